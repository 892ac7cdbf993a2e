"""Counts of characters over many texts at once: one array of code points, one table of what each is."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

WORD, UPPER, END, IDEOGRAPH, CURRENCY, SEPARATOR, LOWER, LETTER, DIGIT = (1 << bit for bit in range(9))
PAUSE, COLON, DASH, OPENING, CLOSING, SPACELESS = (1 << bit for bit in range(9, 15))
"""What a character is; several bits may hold. PAUSE is a comma or a semicolon, SEPARATOR a sign between menu items,
SPACELESS a letter of a script that puts no spaces between words."""


_SIGNS = (
    (".!?。！？…।؟", END),
    ("|»·›•/", SEPARATOR),
    (",;،؛、，；", PAUSE),
    (":：", COLON),
    ("-–—−―", DASH),
    ("\"'“‘«„‹([{「『（", OPENING),
    ("\"'”’»“›)]}」』）", CLOSING),
)


_SPACELESS = ((0xE00, 0xF00), (0x1000, 0x10A0), (0x1780, 0x1800), (0x2E80, 0xA000), (0xF900, 0xFB00))
"""Thai, Lao, Burmese, Khmer, Chinese and Japanese."""


@cache
def table() -> npt.NDArray[np.uint16]:
    """What each character of the basic plane is, as bits; those beyond it are taken for its last."""
    found = np.zeros(65_536, np.uint16)
    for code in range(65_536):
        char = chr(code)
        bits = WORD if char.isalnum() or char == "_" else 0
        if bits:
            bits |= UPPER if char.isupper() else LOWER if char.islower() else 0
            bits |= LETTER if char.isalpha() else DIGIT if char.isdigit() else 0
        elif code > 0xFF or char in "$¢£¤¥":
            bits |= CURRENCY if unicodedata.category(char) == "Sc" else 0
        bits |= IDEOGRAPH if 0x2E80 <= code < 0xA000 or 0xF900 <= code < 0xFB00 else 0
        found[code] = bits
    for chars, bit in _SIGNS:
        for char in chars:
            found[ord(char)] |= bit
    for first, end in _SPACELESS:
        found[first:end] |= SPACELESS
    return found


@cache
def lower() -> npt.NDArray[np.uint32]:
    """For each character of the basic plane the one that it is in lower case."""
    found = np.arange(65_536, dtype=np.uint32)
    for code in range(65_536):
        small = chr(code).lower()
        found[code] = ord(small) if len(small) == 1 else code
    return found


def kinds_of(text: str) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint16]]:
    """The code points of a text, and what each is."""
    codes = np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32)
    return codes, table()[np.minimum(codes, 65_535)]


@dataclass(slots=True)
class Counts:
    """For each text: how many of what it has. Shares are of its characters."""

    characters: Floats
    words: Floats
    short_words: Floats
    """Share of the words that have three letters or fewer, as most stop words do."""
    upper: Floats
    sentence_ends: Floats
    """Full stops and their kin before white space or the end."""
    ideographs: Floats
    currency: Floats
    separators: Floats


def count(texts: Sequence[str]) -> Counts:
    """Counts of one text or more, none of them empty."""
    joined = "\n".join(texts) + "\n"
    codes, kinds = kinds_of(joined)
    ends = np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)) + 1)
    starts = np.concatenate(([0], ends[:-1]))
    length = (ends - starts - 1).astype(np.float32)

    def total(flags: npt.NDArray[Any]) -> Floats:
        return np.add.reduceat(flags.astype(np.int32), starts).astype(np.float32)

    word = kinds & WORD
    begins = word.copy()
    begins[1:] &= ~word[:-1] & 1
    closes = word.copy()
    closes[:-1] &= ~word[1:] & 1
    first, last = np.flatnonzero(begins), np.flatnonzero(closes)
    short = np.zeros(len(codes), np.uint8)
    short[first[last - first < 3]] = 1
    before_space = np.ones(len(codes), bool)
    before_space[:-1] = (codes[1:] == 32) | (codes[1:] == 10)
    ends_sentence = ((kinds & END) > 0) & (before_space | (codes > 255))
    words = total(begins)
    some_words: Floats = np.maximum(words, 1).astype(np.float32)
    size: Floats = np.maximum(length, 1).astype(np.float32)
    return Counts(
        characters=length,
        words=words,
        short_words=total(short) / some_words,
        upper=total(kinds & UPPER > 0) / size,
        sentence_ends=total(ends_sentence),
        ideographs=total(kinds & IDEOGRAPH > 0) / size,
        currency=total(kinds & CURRENCY > 0),
        separators=total(kinds & SEPARATOR > 0),
    )
