"""Character classes, and what many texts have of them: one array of code points for all of the texts.

A class is a bit, so that a character may be of several. What is counted are the bits of `class_table`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.models.arrays import Floats, Ints
from cleaner.normalize import LETTERS_OF_WORD
from cleaner.normalize import SPACELESS as SPACELESS_RANGES

Codes = npt.NDArray[np.uint32]
Classes = npt.NDArray[np.uint16]

WORD, UPPER, END, CURRENCY, SEPARATOR, LOWER, LETTER, DIGIT = (1 << bit for bit in range(8))
PAUSE, COLON, DASH, OPENING, CLOSING, SPACELESS = (1 << bit for bit in range(8, 14))
"""Character classes. WORD is a letter, a digit or an underscore, END the end of a sentence, SEPARATOR a sign between
items of a menu, PAUSE a comma or a semicolon, SPACELESS a letter of a script that has no spaces between words."""

_SIGNS = (
    (".!?。！？…।؟", END),
    ("|»·›•/", SEPARATOR),
    (",;،؛、，；", PAUSE),
    (":：", COLON),
    ("-–—−―", DASH),
    ("\"'“‘«„‹([{「『（", OPENING),
    ("\"'”’»“›)]}」』）", CLOSING),
)
PLANE = 1 << 16
"""Number of the characters whose classes are known: those of Unicode's basic plane."""
_MOST = 0x3000
"""Number of the characters that most texts are made of; the classes of the others are told when a text has one."""
_LONGER_IN_LOWER = "\u0130"
"""The one character whose lower case is two."""
_COMBINATIONS = 1 << 14
"""Number of the combinations of classes."""
_COUNTER_BITS = 10
"""Bits of a counter; several counters share one number of 64 bits."""
_COUNTERS = 6
"""Maximum number of counters in one number."""
_MAX_COUNT = (1 << _COUNTER_BITS) - 1
"""Maximum that a counter holds; longer texts are counted in pieces."""


def table_size(codes: Codes) -> int:
    """The size of a table of characters that has all of these; with the whole plane, its last stands for all beyond."""
    return _MOST if codes.max() < _MOST else PLANE


@cache
def class_table(size: int) -> Classes:
    """The classes of the first characters of the basic plane; its last character has none."""
    found = np.fromiter(map(_classes_of, map(chr, range(size))), np.uint16, size)
    for chars, bit in _SIGNS:
        for code in map(ord, chars):
            if code < size:
                found[code] |= bit
    for first, end in SPACELESS_RANGES:
        found[first:end] |= SPACELESS
    return found


def _classes_of(char: str) -> int:
    """The classes that a character has by its Unicode properties."""
    if char.isalnum() or char == "_":
        case = UPPER if char.isupper() else LOWER if char.islower() else 0
        return WORD | case | (LETTER if char.isalpha() else DIGIT if char.isdigit() else 0)
    return CURRENCY if unicodedata.category(char) == "Sc" else 0


@cache
def lower_table() -> Codes:
    """For each character of the basic plane its lower case, where that is one character."""
    found = np.arange(PLANE, dtype="<u4")
    text = found.tobytes().decode("utf-32-le", "surrogatepass").replace(_LONGER_IN_LOWER, "_").lower()
    changed = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    return np.where(found == ord(_LONGER_IN_LOWER), found, changed)


class Words(NamedTuple):
    """Where the words of several texts are: runs of letters, digits and underscores."""

    first: Ints
    """Position of the first character of each word."""
    after: Ints
    """Position after the last character of each word."""
    per_text: Ints
    """Number of words of each text."""


@dataclass(frozen=True, slots=True)
class Characters:
    """The characters of several texts in one array, with a line feed after each text."""

    codes: Codes
    """Code points."""
    classes: Classes
    bounds: Ints
    """Position of the beginning of each text, and after these the length of the array."""

    @classmethod
    def of(cls, texts: Sequence[str]) -> Characters:
        joined = "\n".join(texts) + "\n"
        codes = np.frombuffer(joined.encode("utf-32-le", "replace"), np.uint32)
        bounds = np.zeros(len(texts) + 1, np.int64)
        np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)) + 1, out=bounds[1:])
        return cls(codes, class_table(table_size(codes)).take(codes, mode="clip"), bounds)

    def __len__(self) -> int:
        """The number of texts."""
        return len(self.bounds) - 1

    @property
    def lengths(self) -> Ints:
        """The number of characters of each text."""
        return np.diff(self.bounds) - 1

    def count(self, *masks: int) -> Ints:
        """How many characters of each text are of one of the classes of each mask, as an array of masks by texts."""
        starts, firsts = self._pieces()
        shifts = np.arange(_COUNTERS, dtype=np.uint64)[:, None] * np.uint64(_COUNTER_BITS)
        counts = [
            np.add.reduceat(packed.take(self.classes), starts) >> shifts & np.uint64(_MAX_COUNT)
            for packed in _packed(masks)
        ]
        found = np.concatenate(counts)[: len(masks)].astype(np.int64)
        return found if firsts is None else np.add.reduceat(found, firsts, axis=1)

    def _pieces(self) -> tuple[Ints, Ints | None]:
        """Where the pieces of texts begin that a counter holds, and which piece is the first of each text.

        The second is None where each text is one piece.
        """
        starts, sizes = self.bounds[:-1], np.diff(self.bounds)
        if sizes.max(initial=0) <= _MAX_COUNT:
            return starts, None
        pieces = -(-sizes // _MAX_COUNT)
        firsts = np.cumsum(pieces) - pieces
        within = np.arange(pieces.sum()) - np.repeat(firsts, pieces)
        return np.repeat(starts, pieces) + within * _MAX_COUNT, firsts

    def count_at(self, positions: Ints) -> Ints:
        """How many of some positions, which ascend, are in each text."""
        return np.diff(np.searchsorted(positions, self.bounds))

    def sentence_ends(self) -> Ints:
        """The positions of signs that end a sentence: before white space, or anywhere if they are not in Latin-1."""
        signs = np.flatnonzero(self.classes & END > 0)
        following = self.codes[signs + 1]  # a line feed is always the last character
        ends: Ints = signs[(following == 0x20) | (following == 0x0A) | (self.codes[signs] > 0xFF)]
        return ends

    def words(self, *, without: int = 0) -> Words:
        """The words of the texts; characters of the classes `without` belong to none."""
        inside = np.zeros(len(self.codes) + 1, bool)
        np.equal(self.classes & (WORD | without), WORD, out=inside[1:])
        turns = np.flatnonzero(inside[1:] != inside[:-1])
        return Words(turns[::2], turns[1::2], self.count_at(turns[::2]))


def length_in_words(words: Floats, spaceless: Floats) -> Floats:
    """The lengths of texts: their `words`, and more where letters are of scripts that have no spaces between words."""
    length: Floats = np.rint(words + spaceless / LETTERS_OF_WORD)
    return length


@lru_cache(maxsize=16)
def _packed(masks: tuple[int, ...]) -> list[npt.NDArray[np.uint64]]:
    """For each combination of classes a number to add up, which holds several counters, one for each mask."""
    combinations = np.arange(_COMBINATIONS)
    found = []
    for first in range(0, len(masks), _COUNTERS):
        packed = np.zeros(_COMBINATIONS, np.uint64)
        for place, mask in enumerate(masks[first : first + _COUNTERS]):
            packed |= (combinations & mask > 0).astype(np.uint64) << np.uint64(place * _COUNTER_BITS)
        found.append(packed)
    return found
