"""What a score sees of the words of a line: how long they are, and how they are written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from cleaner.models import characters as ch
from cleaner.models.arrays import Flags, Floats, Ints
from cleaner.models.characters import Characters
from cleaner.models.table import Columns
from cleaner.text.features.lines import MAX_CHARACTERS

_MIN_LONG = 4
"""Minimum number of characters of a long word."""
_STEM = 6
"""Number of characters of a word that are compared, because endings do not matter."""
_POWERS = np.cumprod([1] + [65_599] * (_STEM - 1))[::-1]
"""Factors of these characters in a polynomial hash, modulo 2 ** 64."""

MEANINGS = {
    "words_seen": f"words among its first {MAX_CHARACTERS} characters",
    "short_words": "share of words with at most three letters",
    "word_length": "letters per word",
    "longest_word": "letters of the longest word",
    "capitalised": "share of words that begin with a capital",
    "long_capitalised": "share of long words that begin with a capital",
    "capitals": "share of words that are all capitals, of at least two letters",
    "numbers": "share of words that begin with a digit",
}


class LineWords(NamedTuple):
    """The words of several lines."""

    first: Ints
    """Position of the first character of each word."""
    length: Ints
    per_line: Ints
    """Number of words of each line."""
    line: Ints
    """Number of each word's line."""
    is_number: Flags
    is_long: Flags
    """Whether a word is long, and not a number."""
    is_capitalised: Flags
    is_capitals: Flags


class Stems(NamedTuple):
    """The beginnings of the long words of several lines."""

    hashes: Ints
    """Equal for words that begin with the same letters, in any case."""
    line: Ints
    """Number of each word's line."""

    def only(self, kept: Sequence[int], lines: int) -> Stems:
        """Those of some of so many `lines`; `kept` are their numbers, which ascend."""
        number = np.full(lines, -1)
        number[kept] = np.arange(len(kept))
        line = number[self.line]
        there = line >= 0
        return Stems(self.hashes[there], line[there])


def words_of(chars: Characters) -> LineWords:
    """The words of some lines."""
    first, after, per_line = chars.words()
    length = after - first
    classes = chars.classes[first]
    capitals = np.zeros(len(chars.classes) + 1, np.int32)
    np.cumsum(chars.classes & ch.UPPER > 0, dtype=np.int32, out=capitals[1:])
    is_number = classes & ch.DIGIT > 0
    return LineWords(
        first=first,
        length=length,
        per_line=per_line,
        line=np.repeat(np.arange(len(per_line)), per_line),
        is_number=is_number,
        is_long=(length >= _MIN_LONG) & ~is_number,
        is_capitalised=classes & ch.UPPER > 0,
        is_capitals=(capitals[after] - capitals[first] == length) & (length > 1),
    )


def word_columns(words: LineWords) -> Columns:
    """What the words of each line are."""

    def total(values: Any) -> Floats:
        return np.bincount(words.line, values, len(words.per_line)).astype(np.float32)

    seen = words.per_line.astype(np.float32)
    some = np.maximum(seen, 1)
    return {
        "words_seen": seen,
        "short_words": total(words.length < _MIN_LONG) / some,
        "word_length": total(words.length) / some,
        "longest_word": _maxima(words.length, words.per_line),
        "capitalised": total(words.is_capitalised) / some,
        "long_capitalised": total(words.is_capitalised & words.is_long) / np.maximum(total(words.is_long), 1),
        "capitals": total(words.is_capitals) / some,
        "numbers": total(words.is_number) / some,
    }


def stems_of(chars: Characters, words: LineWords, first_line: int) -> Stems:
    """The stems of the long words of some lines, of which the first has the number `first_line`."""
    long = np.flatnonzero(words.is_long)
    places = np.arange(_STEM)
    codes = chars.codes.take(words.first[long, None] + places, mode="clip")
    letters = ch.lower_table().take(codes, mode="clip") * (places < words.length[long, None])
    return Stems(letters @ _POWERS, words.line[long] + first_line)


def _maxima(values: Ints, sizes: Ints) -> Floats:
    """The maximum of each of some groups of values, which have these sizes; 0 for an empty group."""
    found = np.zeros(len(sizes), np.float32)
    some = sizes > 0
    if some.any():
        found[some] = np.maximum.reduceat(values, (np.cumsum(sizes) - sizes)[some])
    return found
