"""The rows of a text before wraps are undone: what each of them is by itself, as arrays over all rows.

A *row* is what is between two line feeds. A *run* is several rows without a blank one between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from cleaner.models import characters as ch
from cleaner.models.arrays import Flags, Floats, Ints
from cleaner.models.characters import Characters
from cleaner.text.wrapping import starts_item

_HEAD, _TAIL = 300, 100
"""Characters of the beginning and of the end of a row that are looked at; none that was broken is as long."""
_BATCH = 4_096
"""Number of rows whose characters are looked at together: the arrays take many times the memory of the text."""
_MAX_SIGNS = 3
"""Maximum number of quotation signs and brackets around a sentence."""
_ITEM_SIGNS = frozenset("-*+•‣▪◦●○·–—(o0123456789")
"""What a bullet or a number may begin with; a letter has a bracket after it."""
_SLACK = 3
"""What stands for the first word in scripts without spaces: a character, and two that a row may lack because some signs
may not begin a row."""
EN = 45
"""Width of an average character in hundredths of an em, by which widths in points become comparable to characters."""
_TIMES = {
    **dict.fromkeys("ijlt", 28),
    **dict.fromkeys("fr", 33),
    **dict.fromkeys("acez", 44),
    **dict.fromkeys("bdghknopquvxy", 50),
    "s": 39,
    "w": 72,
    "m": 78,
    **dict.fromkeys(" ,.;:'|", 25),
    **dict.fromkeys("-()[]/", 33),
    **dict.fromkeys("0123456789", 50),
    "\n": 0,
}
"""Widths of characters in Times, in hundredths of an em; other proportional fonts are nearly alike."""
_CAPITAL, _SMALL, _WIDE = 66, 50, 100
"""Widths of other characters: capitals and signs, small letters and digits, those of scripts without spaces."""

NOTHING, CAPITAL, LETTER, DIGIT, OTHER_LETTER, COLON, PAUSE, HYPHEN, SIGN = range(9)
"""What a row begins or ends with; LETTER is a small letter, OTHER_LETTER one without case."""
_KINDS = (
    (ch.LETTER, OTHER_LETTER),
    (ch.UPPER, CAPITAL),
    (ch.LOWER, LETTER),
    (ch.DIGIT, DIGIT),
    (ch.COLON, COLON),
    (ch.PAUSE, PAUSE),
    (ch.DASH, HYPHEN),
)
_ALL_CLASSES = 1 << 14
"""Number of the combinations of character classes."""


@dataclass(frozen=True, slots=True)
class Rows:
    """What the rows of a text are, by themselves; blank ones have zeros."""

    texts: Sequence[str]
    length: Ints
    """Characters, those before the text included."""
    points: Floats
    """Width in a proportional font, in units of an average character."""
    indent: Ints
    """Characters before the text."""
    word: Ints
    """Characters that the row before would need more to have its first word too, with a space."""
    word_points: Floats
    """The same in a proportional font."""
    first: Ints
    """What it begins with, after quotation signs and brackets: a CAPITAL, a LETTER, ..."""
    last: Ints
    """What its last character is."""
    ends: Flags
    """Whether it ends as a sentence does."""
    tail: Ints
    """Stands for its last two letters, which rhymes have in common; 0 where it has no letter."""
    inner_ends: Ints
    """Number of the sentences that end before its last character."""
    item: Flags
    """Whether it begins with a bullet or a number."""
    capitals: Floats
    """The share of its words that begin with a capital."""
    spaceless: Flags
    """Whether it begins with a letter of a script that has no spaces between words."""
    run: Ints
    """The number of the run of rows that it is in; that of the run before for blank rows, -1 at the beginning."""

    def __len__(self) -> int:
        """The number of rows."""
        return len(self.length)

    @property
    def written(self) -> Flags:
        """The rows that are not blank."""
        return self.length > 0

    @property
    def inside(self) -> Flags:
        """The rows after which there is another one of their run."""
        written = self.written
        found: Flags = written & np.append(written[1:], False)
        return found


def rows_of(texts: Sequence[str]) -> Rows:
    """What the rows of a text are; there is at least one, and none ends with white space."""
    parts = [_characters_of(texts[first : first + _BATCH]) for first in range(0, len(texts), _BATCH)]
    joined = [np.concatenate(columns) for columns in zip(*parts, strict=True)]
    length = np.fromiter(map(len, texts), np.int64, len(texts))
    points, indent, word, word_points, first, last, ends, tail, inner_ends, may_be_item, capitals, spaceless = joined
    item = np.zeros(len(texts), bool)
    for number in np.flatnonzero(may_be_item).tolist():
        item[number] = bool(starts_item(texts[number]))
    written = length > 0
    begins = written & ~np.append(False, written[:-1])
    return Rows(
        texts,
        length,
        points * (length / np.minimum(length, _HEAD + _TAIL).clip(1)).astype(np.float32),
        indent,
        word,
        word_points,
        first,
        last,
        ends,
        tail,
        inner_ends,
        item,
        capitals,
        spaceless,
        np.cumsum(begins) - 1,
    )


def _characters_of(texts: Sequence[str]) -> tuple[npt.NDArray[Any], ...]:
    """What is told by the characters of some rows, in the order of the fields of `Rows`."""
    chars = Characters.of([text if len(text) <= _HEAD + _TAIL else text[:_HEAD] + text[-_TAIL:] for text in texts])
    begin, end = chars.bounds[:-1], chars.bounds[1:] - 1  # of each row, and of the line feed after it
    is_space = _space_table().take(chars.codes, mode="clip")
    written = end > begin
    starts = np.append(np.flatnonzero(~is_space & np.append(True, is_space[:-1])), len(is_space) - 1)
    spaces = np.flatnonzero(is_space)
    first_word = np.searchsorted(
        starts, begin
    )  # by its number among all words; of a blank row it is that of a later row
    text = np.where(written, starts[first_word], begin)
    after = np.where(written, spaces[np.searchsorted(spaces, text)], begin)
    widths = np.zeros(len(chars.codes) + 1)
    np.cumsum(_width_table(ch.table_size(chars.codes)).take(chars.codes, mode="clip"), out=widths[1:])
    is_capital = np.zeros(len(starts) + 1, np.int64)
    np.cumsum(chars.classes[starts] & ch.UPPER > 0, out=is_capital[1:])
    words = np.searchsorted(starts, end) - first_word
    capitals = is_capital[np.searchsorted(starts, end)] - is_capital[first_word]
    spaceless = written & (chars.classes[text] & ch.SPACELESS > 0)
    begins = _item_table().take(chars.codes[text], mode="clip")
    sentence = _without_signs(chars, end - 1, begin, -1, ch.CLOSING)
    opening = _without_signs(chars, text, end - 1, 1, ch.OPENING)
    return (
        ((widths[end] - widths[begin]) / EN).astype(np.float32),
        text - begin,
        np.where(spaceless, _SLACK, after - text + 1) * written,
        np.where(spaceless, _SLACK * _WIDE, widths[after] - widths[text] + _TIMES[" "]).astype(np.float32)
        / EN
        * written,
        np.where(written, _kind_table()[chars.classes[opening]], NOTHING),
        np.where(written, _kind_table()[chars.classes[end - 1]], NOTHING),
        written & (chars.classes[sentence] & ch.END > 0),
        _tails(chars),
        chars.count_at(chars.sentence_ends()) - (written & (chars.classes[end - 1] & ch.END > 0)),
        written & (begins | (chars.codes[np.minimum(text + 1, end)] == ord(")"))),
        (capitals / words.clip(1)).astype(np.float32),
        spaceless,
    )


def _tails(chars: Characters) -> Ints:
    """For each row a number that stands for its last two letters."""
    letters = np.flatnonzero(chars.classes & ch.LETTER)
    count = np.searchsorted(letters, chars.bounds)
    found = np.zeros(len(chars), np.int64)
    has = np.flatnonzero(np.diff(count))
    last = letters[count[1:][has] - 1]
    lower = ch.lower_table()
    for factor, at in ((1, last), (len(lower), np.maximum(last - 1, 0))):
        found[has] += lower.take(chars.codes[at], mode="clip").astype(np.int64) * factor
    return found


def _without_signs(chars: Characters, at: Ints, last: Ints, step: int, signs: int) -> Ints:
    """The positions, moved by `step` while there are `signs` at them, and at most to `last`."""
    for _ in range(_MAX_SIGNS):
        at = at + step * ((chars.classes[at] & signs > 0) & (at != last))
    return at


def needs(rows: Rows, before: Ints) -> Ints:
    """The width, in characters, that rows would have with the first word of the row after them."""
    return rows.length[before] + rows.word[before + 1]


@cache
def _space_table() -> Flags:
    """Whether each character is white space; the last one, which is not, stands for all beyond."""
    return np.array([chr(code).isspace() for code in range(0x3001)] + [False])


@cache
def _width_table(size: int) -> Floats:
    """The width of the first characters of the basic plane in hundredths of an em."""
    classes = ch.class_table(size)
    table = np.full(len(classes), _CAPITAL, np.float32)
    table[classes & (ch.LOWER | ch.DIGIT) > 0] = _SMALL
    table[classes & ch.SPACELESS > 0] = _WIDE
    for char, width in _TIMES.items():
        table[ord(char)] = width
    return table


@cache
def _kind_table() -> Ints:
    """For each combination of character classes what a row is that begins or ends with such a character."""
    classes = np.arange(_ALL_CLASSES)
    table = np.full(_ALL_CLASSES, SIGN, np.int64)
    for mask, kind in _KINDS:
        table[classes & mask > 0] = kind
    return table


@cache
def _item_table() -> Flags:
    """For each character of the basic plane whether a bullet or a number may begin with it."""
    table = np.zeros(ch.PLANE, bool)
    table[[ord(char) for char in _ITEM_SIGNS]] = True
    return table
