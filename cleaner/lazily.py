"""Regular expressions that are compiled when they are first asked.

Compiling all of a page's expressions takes as long as cleaning a page, and no page asks them all.
"""

from __future__ import annotations

import re
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn")


class _LazyPattern:
    """Stands for a compiled pattern. The first question compiles it; from then on its methods are the pattern's own."""

    def __init__(self, source: str, flags: int) -> None:
        self.pattern = source
        self._given = flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # which copying and pickling ask for
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._given)
        self.__dict__ |= {method: getattr(compiled, method) for method in _METHODS}
        return getattr(compiled, name)


def pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` gives, compiled later."""
    return cast("re.Pattern[str]", _LazyPattern(source, flags))
