"""Lines that were one put together again, with what stood at their ends: hyphens, scripts without spaces."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from cleaner.text.wrapping import joins_without_space

_LAST = re.compile(r"([^\W\d_]+)[-\u2010]$")
_BETWEEN_DIGITS = re.compile(r"\d[-\u2010\u2013]$")
"""Before a digit, a range or a number in parts."""
_FIRST = re.compile(r"([^\W\d_]+)")
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_SEAM = re.compile(r"[^\W\d_]+[-\u2010]\s*\n[\s>]*[^\W\d_]+")
_COMPOUND = frozenset(
    (
        *("well", "self", "ill", "ex", "non", "all", "half", "cross", "semi", "anti", "quasi", "low", "high", "long"),
        *("short", "full", "part", "so", "mid", "multi", "co", "vice", "two", "three", "four", "five", "six", "ten"),
    )
)
"""English words that begin compounds with a hyphen; as the first part of a broken word they would be short."""
_SUSPENDED = 4
"""Letters of a word, often used, before which a hyphen stands for a part left out: "pre- and post-war"."""


class Joiner:
    """Joins lines of one text, which tells by the words that it has elsewhere what a hyphen at a line's end is."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _known(self) -> Counter[str]:
        """The words of the text, hyphens inside them included; not the halves that are asked about."""
        return Counter(_WORD.findall(_SEAM.sub(" ", self._text.lower())))

    def join(self, lines: Sequence[str]) -> str:
        """The lines as one, its white space collapsed."""
        if len(lines) == 1:
            return " ".join(lines[0].split())
        parts: list[str] = []
        stripped = [line.strip() for line in lines]
        for line, following in pairwise(stripped):
            parts += self._seam(line, following)
        return " ".join("".join([*parts, stripped[-1]]).split())

    def _seam(self, line: str, following: str) -> tuple[str, str]:
        """A line as it is before the next one, and what comes between them."""
        if joins_without_space(line, following):
            return line, ""
        if _BETWEEN_DIGITS.search(line) and following[0].isdigit():
            return line, ""
        left = _LAST.search(line) if line[-1] in "-\u2010" else None
        right = _FIRST.match(following) if left else None
        if not left or not right:
            return line, " "
        before, after = left.group(1).lower(), right.group(1)
        known = self._known
        if known[before + after.lower()]:
            return line[:-1], ""
        if known[f"{before}-{after.lower()}"]:
            return line, ""
        if len(after) <= _SUSPENDED and after.islower() and known[after] > 2:
            return line, " "
        broken = after.islower() and before not in _COMPOUND and not (known[before] and known[after])
        return (line[:-1], "") if broken else (line, "")
