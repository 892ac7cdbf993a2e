"""Joins the lines of a wrapped block again, with hyphens at line ends and scripts without spaces in mind.

A hyphen at a line's end parts a word, or it belongs to a compound. The words elsewhere in the text tell, the words of
the language (`vocabulary`), the rules of languages (`compounds`), and how often
lines end with hyphens. Where nothing tells, the hyphen stays: a reader can mend one too many, but not one too few.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from cleaner.intake.language import detect
from cleaner.text.compounds import CONJUNCTIONS, joined_by_hyphen
from cleaner.text.wrapping import joins_without_space

_HYPHENS = "-\u2010\u00ac\u2e17"
"""Hyphens at line ends; the last two are those of optical character recognition, which only part words."""
_ONLY_PARTS = "\u00ac\u2e17"
_LAST = re.compile(rf"([^\W\d_]+)[{_HYPHENS}]$")
_BETWEEN_DIGITS = re.compile(r"\d[-\u2010\u2013]$")
"""What continues with a digit on the next line: a range, or a number in parts."""
_BESIDE_DIGIT = re.compile(r"\w[-\u2010]$")
"""What a digit is before or after: "16-year-old", "F-16"."""
_FIRST = re.compile(r"([^\W\d_]+)")
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_SEAM = re.compile(rf"[^\W\d_]+[{_HYPHENS}]\s*\n[\s>]*[^\W\d_]+")
_INNER = re.compile(r"[^\W\d_][-\u2010][^\W\d_]")
"""A hyphen in the middle of a line."""
_CONTINUED = re.compile(r"[^\W\d_]+[-\u2010][^\W\d_]")
"""What follows a line end in a compound of three parts: "in-law"."""
_MIN_PARTED, _MAX_INNER = 3, 3
"""Minimum number of line ends with a hyphen in a text that parts words, and maximum number of other hyphens for each of
them: one of about twelve hyphens that belong to their words is at a line's end by chance."""
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

    @cached_property
    def _language(self) -> str | None:
        return detect(self._text)

    @cached_property
    def _parts_words(self) -> bool:
        """Whether the text has more hyphens at line ends than those of compounds."""
        parted = len(_SEAM.findall(self._text))
        return parted >= _MIN_PARTED and len(_INNER.findall(self._text)) <= _MAX_INNER * parted

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
        if line[-1] not in _HYPHENS:
            return line, " "
        left, right = _LAST.search(line), _FIRST.match(following)
        if left is None or right is None:
            is_beside_digit = _BESIDE_DIGIT.search(line) and (following[0].isdigit() or following[0].islower())
            return line, "" if is_beside_digit and not self._is_conjunction(following) else " "
        if line[-1] in _ONLY_PARTS:
            return line[:-1], ""
        before, after = left.group(1), right.group(1)
        if self._is_one_word(before, after):
            return line[:-1], ""
        if self._is_conjunction(following):
            return line, " "
        is_compound = line[: left.start()].endswith(("-", "\u2010")) or _CONTINUED.match(following) is not None
        return (line, "") if is_compound or not self._is_parted(before, after) else (line[:-1], "")

    def _is_one_word(self, before: str, after: str) -> bool:
        """Whether the parts are a word that is in the text, or in the language."""
        word, compound = (before + after).lower(), f"{before}-{after}".lower()
        if self._known[word] or self._known[compound]:
            return self._known[word] >= self._known[compound]
        is_word = (before + after).isupper() or (after.islower() and (len(before) == 1 or not before.isupper()))
        return is_word and self._is_word_of_language(word)

    def _is_word_of_language(self, word: str) -> bool:
        from cleaner.text.vocabulary import american, vocabulary

        words = vocabulary(self._language)
        if words is None:
            return False
        return word in words or (self._language == "en" and american(word) in words)

    def _is_conjunction(self, following: str) -> bool:
        """Whether a conjunction is at the beginning of a line, after a part that stands for a compound."""
        first = following.split(None, 1)[0]
        is_frequent = len(first) <= _MAX_CONJUNCTION and first.islower() and first.isalpha()
        return first in CONJUNCTIONS or (is_frequent and self._known[first] >= _MIN_CONJUNCTIONS)

    def _is_parted(self, before: str, after: str) -> bool:
        """Whether the parts of a word that nobody knows are parts rather than words."""
        known, before = self._known, before.lower()
        if not after.islower() or (known[before] and known[after]):
            return False
        has_hyphen = joined_by_hyphen(before, after, self._language)
        if has_hyphen is None:
            return self._parts_words and not self._are_words(before, after)
        return not has_hyphen

    def _are_words(self, *parts: str) -> bool:
        return all(self._known[part] or self._is_word_of_language(part) for part in parts)
