"""Joins the lines of a wrapped block again, with hyphens at line ends and scripts without spaces in mind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from cleaner.text.wrapping import joins_without_space

_LAST = re.compile(r"([^\W\d_]+)[-\u2010]$")
_BETWEEN_DIGITS = re.compile(r"\d[-\u2010\u2013]$")
"""What continues with a digit on the next line: a range, or a number in parts."""
_FIRST = re.compile(r"([^\W\d_]+)")
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_SEAM = re.compile(r"[^\W\d_]+[-\u2010]\s*\n[\s>]*[^\W\d_]+")
_COMPOUND = frozenset(
    (
        *("well", "self", "ill", "ex", "non", "all", "half", "cross", "semi", "anti", "quasi", "low", "high", "long"),
        *("short", "full", "part", "so", "mid", "multi", "co", "vice", "two", "three", "four", "five", "six", "ten"),
    )
)
"""English words that begin compounds with a hyphen; they are too short to be the first part of a broken word."""
_MAX_CONJUNCTION = 4
"""Maximum number of letters of a frequent word after a hyphen that replaces a part: "pre- and post-war"."""
_MIN_CONJUNCTIONS = 3
"""Minimum number of times that such a word is in the text."""


class Joiner:
    """Joins lines of a text; the words elsewhere in the text tell what a hyphen at the end of a line is."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _known(self) -> Counter[str]:
        """The words of the text with the hyphens inside them, without those that a line end breaks."""
        return Counter(_WORD.findall(_SEAM.sub(" ", self._text.lower())))

    def join(self, lines: Sequence[str]) -> str:
        """The lines as one line, with white space collapsed."""
        if len(lines) == 1:
            return " ".join(lines[0].split())
        parts: list[str] = []
        stripped = [line.strip() for line in lines]
        for line, following in pairwise(stripped):
            parts += self._seam(line, following)
        return " ".join("".join([*parts, stripped[-1]]).split())

    def _seam(self, line: str, following: str) -> tuple[str, str]:
        """The line as it is before the next one, and what comes between them."""
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
        if len(after) <= _MAX_CONJUNCTION and after.islower() and known[after] >= _MIN_CONJUNCTIONS:
            return line, " "
        broken = after.islower() and before not in _COMPOUND and not (known[before] and known[after])
        return (line[:-1], "") if broken else (line, "")
