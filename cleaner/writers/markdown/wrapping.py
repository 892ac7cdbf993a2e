"""Lines of Markdown with a maximum width: they are broken only where that changes nothing for a reader."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

_UNSAFE_START = re.compile(
    r"[-+*>#=|:~]|"  # bullets, quotes, headings, underlines, tables, fences; but see `_EMPHASIS`
    r"\d+[.)]|"  # numbers of items
    r"<|```|\$\$|\[\^[^\]\s]*\]:|"  # HTML, fences, notes
    r"([_*])(?: *\1){2,}\s*$"  # thematic breaks
)
_EMPHASIS = re.compile(r"\*{1,3}[^\s*]|~~[^\s~]|\*\*_")
"""What begins with a character of `_UNSAFE_START` and begins no block."""
_MARK = re.compile(r"[-_*=:|~+#> ]+")
"""A line that could be a mark, such as a thematic break, and is none with more behind it."""


def wrapped(line: str, gaps: Iterable[int], width: int) -> Iterator[str]:
    """A line as lines of at most `width` characters, broken at some of the spaces whose positions are `gaps`.

    No line begins with what would start a block, or ends with a backslash. A part that cannot be broken is a line of
    its own, however long.
    """
    safe = [gap for gap in gaps if _may_break(line, gap)]
    start = end = 0
    """The line that is being filled."""
    for _, stop in pairwise((-1, *safe, len(line))):
        if stop - start > width and end > start and not _MARK.fullmatch(line, start, end):
            yield line[start:end]
            start = end + 1
        end = stop
    yield line[start:]


def _may_break(line: str, gap: int) -> bool:
    if line[max(gap - 1, 0) : gap] in ("", "\\"):
        return False
    return _UNSAFE_START.match(line, gap + 1) is None or _EMPHASIS.match(line, gap + 1) is not None
