"""Near matches: texts with wrong letters in them, and texts that stand together with companions."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from cleaner.rules.types import LONGEST_LIKE

MAX_COMPOSED_WORDS = 16
"""Maximum words of a block that is one of the texts with companions beside it."""
_LETTERS_A_WRONG_ONE = 9
"""Letters that a text must have for each wrong one; an ideograph or a syllable counts as two, a space as none."""
_MAX_WRONG = 2
"""Maximum wrong letters of a text."""
_MIN_LONG_TEXT = 18
"""Minimum letters of a text in which any letter may be wrong: the rest of it says enough."""
_MIN_LONG_WORD = 8
"""Minimum letters of a word that may have a wrong one in a shorter text: short words are a letter away from others."""
_SURE_BEGINNING, _SURE_END = 1, 2
"""Letters of such a word that must be right: inflected forms of a word differ at its end."""
_WIDE = "\u2e80"
"""The first of the ideographs and syllables."""


def is_within(text: str, term: str, edits: int) -> bool:
    """Whether `text` becomes `term` by at most `edits` insertions, deletions, substitutions or transpositions."""
    return bool(OSA.distance(text, term, score_cutoff=edits) <= edits)


def is_within_any(text: str, terms: Sequence[str], edits: int) -> bool:
    """Whether `text` becomes any of `terms` by at most `edits` edits: one call for all, since hardly any text does."""
    return extractOne(text, terms, scorer=OSA.distance, score_cutoff=edits) is not None


@lru_cache(maxsize=16_384)
def max_wrong_letters(term: str) -> int:
    """The maximum number of letters of a folded text that may be wrong."""
    return min(_letters(term) // _LETTERS_A_WRONG_ONE, _MAX_WRONG) if len(term) <= LONGEST_LIKE else 0


def is_misspelt(text: str, term: str, wrong: int) -> bool:
    """Whether a folded text is `term` with at most `wrong` wrong letters.

    In a long term any letter may be wrong. In a shorter one only the middle of a long word may be, or the space
    between two words.
    """
    if not is_within(text, term, wrong):
        return False
    if _letters(term) >= _MIN_LONG_TEXT:
        return True
    given, meant = text.split(" "), term.split(" ")
    if len(given) != len(meant):
        return "".join(given) == "".join(meant)
    return all(a == b or _is_misspelt_word(a, b) for a, b in zip(given, meant, strict=True))


def is_composed(folded: str, terms: frozenset[str], companions: frozenset[str]) -> bool:
    """Whether a folded text is one or several of `terms`, with nothing beside them but companions and short numbers."""
    words = folded.split(" ")
    if not companions or len(words) > MAX_COMPOSED_WORDS:
        return False
    reached = [0] * (len(words) + 1)  # by word: 1 where the words before it are accounted for, 2 with a term among them
    reached[0] = 1
    for start, word in enumerate(words):
        if not reached[start]:
            continue
        if len(word) <= 3 and word.isdecimal():
            reached[start + 1] |= reached[start]
        for end in range(start + 1, len(words) + 1):
            piece = " ".join(words[start:end])
            reached[end] |= 2 * (piece in terms) | reached[start] * (piece in companions)
    return reached[-1] >= 2


def _letters(term: str) -> int:
    wide = sum(char >= _WIDE for char in term) if max(term, default="") >= _WIDE else 0
    return len(term) - term.count(" ") + wide


def _is_misspelt_word(given: str, meant: str) -> bool:
    return (
        _letters(meant) >= _MIN_LONG_WORD
        and given[:_SURE_BEGINNING] == meant[:_SURE_BEGINNING]
        and given[-_SURE_END:] == meant[-_SURE_END:]
    )
