"""Regular expressions of many rules as one automaton: RE2 finds all that match in one pass over a text."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

_NOTHING: frozenset[int] = frozenset()
_MAX_MEMORY = 256 << 20
"""Maximum bytes of a set: one of thousands of patterns needs many; RE2 takes only what it uses."""


class PatternSet:
    """Patterns by number; those for short texts only are not asked of a long text.

    `limits` gives for a pattern's number the maximum words of a text that it is asked of; None or 0 is no limit.
    """

    def __init__(self, patterns: list[str], limits: Mapping[int, int | None]) -> None:
        self.is_empty = not patterns
        self.max_words = max((limit for limit in limits.values() if limit), default=0)
        """The largest of the limits, in words; longer texts are asked of the patterns without a limit."""
        unlimited = [number for number in range(len(patterns)) if not limits.get(number)]
        self.is_limited = not unlimited
        """Whether every pattern has a limit."""
        self._of_short = _automaton(tuple(enumerate(patterns)))
        self._of_long = _automaton(tuple((number, patterns[number]) for number in unlimited))

    def may_hold(self, text: str) -> bool:
        """Whether a text is short enough for any of the patterns."""
        return not self.is_empty and (not self.is_limited or text.count(" ") < self.max_words)

    def find(self, text: str) -> frozenset[int]:
        """The numbers of the patterns that a text with single spaces holds."""
        is_long = text.count(" ") >= self.max_words > 0
        return (self._of_long if is_long else self._of_short).find(text)


@lru_cache(maxsize=64)
def _automaton(patterns: tuple[tuple[int, str], ...]) -> _Automaton:
    """The automaton of these patterns, remembered: most hosts and languages have them in common."""
    return _Automaton(patterns)


class _Automaton:
    """Numbered patterns as one RE2 set."""

    def __init__(self, patterns: tuple[tuple[int, str], ...]) -> None:
        self._numbers = [number for number, _ in patterns]
        self._set: Any = None
        if not self._numbers:
            return
        import re2

        options = re2.Options()
        options.max_mem = _MAX_MEMORY
        options.never_capture = True
        options.log_errors = False
        self._set = re2.Set.SearchSet(options)
        for _, pattern in patterns:
            self._set.Add(pattern)
        self._set.Compile()

    def find(self, text: str) -> frozenset[int]:
        hits = self._set.Match(text) if self._set is not None else None
        return frozenset(map(self._numbers.__getitem__, hits)) if hits else _NOTHING
