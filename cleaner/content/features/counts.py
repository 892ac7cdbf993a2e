"""What the texts of blocks have: characters, words and signs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cleaner.models import characters as ch
from cleaner.models.arrays import Floats
from cleaner.models.characters import Characters, length_in_words

_SHORT_WORD = 4
"""Number of letters from which on a word is not short; most stop words are short."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What each of several texts has."""

    characters: Floats
    words: Floats
    """Words; where a script has no spaces between words, as many as its letters let expect."""
    short_words: Floats
    """Share of the words that are short."""
    upper: Floats
    """Share of the characters that are capitals."""
    sentence_ends: Floats
    currency: Floats
    separators: Floats

    @classmethod
    def of(cls, texts: Sequence[str]) -> Counts:
        """The counts of one text or more, none of them empty."""
        chars = Characters.of(texts)
        first, after, runs = chars.words()
        short = first[after - first < _SHORT_WORD]
        numbers = (chars.lengths, runs, chars.count_at(short), chars.count_at(chars.sentence_ends()))
        classes = chars.count(ch.UPPER, ch.SPACELESS, ch.CURRENCY, ch.SEPARATOR).astype(np.float32)
        upper, spaceless, currency, separators = classes
        characters, runs_of, short_words, sentence_ends = np.array(numbers, np.float32)
        words = length_in_words(runs_of, spaceless)
        return cls(
            characters=characters,
            words=words,
            short_words=short_words / np.maximum(words, 1, dtype=np.float32),
            upper=upper / characters,
            sentence_ends=sentence_ends,
            currency=currency,
            separators=separators,
        )
