"""What the words of a text say about its line ends: the first word of the next row, and the last one of a row.

A word that is in the text with a small letter too is no name. So with a capital it begins a sentence, or a block. This
works in every language that has capitals, without a list of words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from cleaner.models.table import Columns

_MAX_COUNT = 30
"""Maximum of what is counted."""
_MAX_WORDS = 200_000
"""Number of words of a text that are counted: more of them say nothing new."""
_BATCH = 1_000
"""Number of rows whose words are counted together."""
_MAX_OPENINGS = 20_000
"""Number of beginnings of blocks that are counted."""
_SENTENCE = re.compile(r"[.!?…] ([^\W\d_]+)")
_SIGNS = "\"'”’»“›)]}」』）‘«„‹([{「『（"
"""Quotation signs and brackets, which are no part of a word."""

_MAX_START = 30
"""Maximum number of characters of the beginnings of rows that are compared."""
_DIGITS = str.maketrans("123456789", "0" * 9)

MEANINGS = {
    "last_word": "characters of its last word, and the sign after it",
    "last_word_count": "times that its last word is in the text, with the sign after it",
    "last_word_pauses": "times that its last word is in the text before a full stop or a comma",
    "next_word_small": "times that the first word of the next row is in the text with a small letter",
    "next_word_capital": "times that it is in the text as it is",
    "next_opens": "rows that surely begin a block and begin with the first word of the next row",
    "next_opens_sentence": "sentences inside rows that begin with the first word of the next row",
    "same_start": f"characters, of the first {_MAX_START}, with which the next row begins too; digits are all alike",
    "same_tail": f"characters, of the last {_MAX_START}, with which the next row ends too; digits are all alike",
    "next_same_start": "the same for the next row and the one after it",
}


@dataclass(frozen=True, slots=True)
class TextWords:
    """The words of a text, with the signs after them."""

    counts: Mapping[str, int]
    openings: Mapping[str, int]
    """The words that rows begin with where a block surely begins."""
    sentences: Mapping[str, int]
    """The words that sentences inside rows begin with."""

    @classmethod
    def of(cls, rows: Sequence[str], firsts: Sequence[int] = ()) -> TextWords:
        """The words of the rows of a text; with the `firsts` of them blocks surely begin."""
        counts: Counter[str] = Counter()
        sentences: Counter[str] = Counter()
        left = _MAX_WORDS
        for first in range(0, len(rows), _BATCH):
            some = rows[first : first + _BATCH]
            words = " ".join(some).split()
            counts.update(words)
            sentences.update(_SENTENCE.findall("\n".join(some)))
            left -= len(words)
            if left < 0:
                break
        openings = Counter(rows[number].split(None, 1)[0].strip(_SIGNS) for number in firsts[:_MAX_OPENINGS])
        return cls(counts, openings, sentences)

    def columns(self, rows: Sequence[str], at: Sequence[int]) -> Columns:
        """What the words tell about the ends of some rows; neither they nor the rows after them are blank."""
        found = [self._of_end(rows[n], rows[n + 1], rows[n + 2] if n + 2 < len(rows) else "") for n in at]
        matrix = np.minimum(np.array(found, np.float32).reshape(len(at), len(MEANINGS)).T, _MAX_COUNT)
        return dict(zip(MEANINGS, matrix, strict=True))

    def _of_end(self, row: str, following: str, third: str) -> tuple[int, ...]:
        count = self.counts.get
        last = row.rsplit(None, 1)[-1].strip(_SIGNS)
        word = following.split(None, 1)[0].strip(_SIGNS)
        return (
            len(last),
            count(last, 0),
            count(last + ".", 0) + count(last + ",", 0),
            count(word.lower(), 0),
            count(word, 0),
            self.openings.get(word, 0),
            self.sentences.get(word, 0),
            _same_start(row, following),
            _same_start(row[: -_MAX_START - 1 : -1], following[: -_MAX_START - 1 : -1]),
            _same_start(following, third),
        )


def _same_start(one: str, other: str) -> int:
    """The number of characters that two rows begin with."""
    if not other or (one[0] != other[0] and not (one[0].isdigit() and other[0].isdigit())):
        return 0
    first, second = one[:_MAX_START].translate(_DIGITS), other[:_MAX_START].translate(_DIGITS)
    return next(
        (n for n, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), min(len(first), len(second))
    )
