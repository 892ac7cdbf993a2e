"""The words of a language, as a Bloom filter: a word that it has is always found, one that it lacks nearly never.

Source of the method: B. H. Bloom, "Space/time trade-offs in hash coding with allowable errors", 1970. With 10 bits a
word and 7 hashes, one of 120 other words is taken for one of the language.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path

_BITS, _HASHES = 10, 7
"""Bits for each word, and how many of them a word sets."""
FOLDER = Path(__file__).with_name("words")
"""The files of the languages, `en.bloom` and so on; see `cleaner.training.vocabularies`."""


class Vocabulary:
    """The words of a language, in small letters."""

    def __init__(self, bits: bytes) -> None:
        self.bits = bits

    @classmethod
    def of(cls, words: Collection[str]) -> Vocabulary:
        """The vocabulary of some words."""
        bits = bytearray(max(len(words) * _BITS // 8, 8))
        for word in words:
            for place in _places(word, len(bits)):
                bits[place >> 3] |= 1 << (place & 7)
        return cls(bytes(bits))

    def __contains__(self, word: str) -> bool:
        return all(self.bits[place >> 3] >> (place & 7) & 1 for place in _places(word, len(self.bits)))


def _places(word: str, size: int) -> Iterator[int]:
    """The places of the bits of a word, by double hashing."""
    digest = blake2b(word.encode(), digest_size=16).digest()
    first, second = int.from_bytes(digest[:8], "big"), int.from_bytes(digest[8:], "big")
    return ((first + number * second) % (8 * size) for number in range(_HASHES))


_SPELLINGS = (
    (re.compile(r"is(?=(?:e[drs]?|ing|ations?|able)$)"), "iz"),
    (re.compile(r"ys(?=(?:e[drs]?|ing)$)"), "yz"),
    (re.compile(r"our"), "or"),
    (re.compile(r"ll(?=(?:ed|ing|ers?)$)"), "l"),
    (re.compile(r"tre(?=s?$)"), "ter"),
    (re.compile(r"ence(?=s?$)"), "ense"),
)
"""How British spellings differ from American ones."""


def american(word: str) -> str:
    """The American spelling of a British word, which is that of the vocabulary of English."""
    for pattern, spelling in _SPELLINGS:
        word = pattern.sub(spelling, word)
    return word


@cache
def vocabulary(language: str | None) -> Vocabulary | None:
    """The words of a language by its BCP 47 tag; None where there is no file for it."""
    path = FOLDER / f"{language}.bloom"
    return Vocabulary(path.read_bytes()) if path.is_file() else None
