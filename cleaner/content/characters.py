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

_WORD, _UPPER, _END, _IDEOGRAPH, _CURRENCY, _SEPARATOR = (1 << bit for bit in range(6))


@cache
def _table() -> npt.NDArray[np.uint8]:
    """What each character of the basic plane is, as bits; those beyond it are taken for its last."""
    table = np.zeros(65_536, np.uint8)
    for code in range(65_536):
        char = chr(code)
        bits = _WORD if char.isalnum() or char == "_" else 0
        bits |= _UPPER if char.isupper() else 0
        bits |= _IDEOGRAPH if 0x2E80 <= code < 0xA000 or 0xF900 <= code < 0xFB00 else 0
        bits |= _CURRENCY if bits == 0 and unicodedata.category(char) == "Sc" else 0
        table[code] = bits
    for chars, bit in ((".!?。！？…।؟", _END), ("|»·›•/", _SEPARATOR)):
        for char in chars:
            table[ord(char)] |= bit
    return table


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
    codes = np.frombuffer(joined.encode("utf-32-le", "replace"), np.uint32)
    kinds = _table()[np.minimum(codes, 65_535)]
    ends = np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)) + 1)
    starts = np.concatenate(([0], ends[:-1]))
    length = (ends - starts - 1).astype(np.float32)

    def total(flags: npt.NDArray[Any]) -> Floats:
        return np.add.reduceat(flags.astype(np.int32), starts).astype(np.float32)

    word = kinds & _WORD
    begins = word.copy()
    begins[1:] &= ~word[:-1] & 1
    closes = word.copy()
    closes[:-1] &= ~word[1:] & 1
    first, last = np.flatnonzero(begins), np.flatnonzero(closes)
    short = np.zeros(len(codes), np.uint8)
    short[first[last - first < 3]] = 1
    before_space = np.ones(len(codes), bool)
    before_space[:-1] = (codes[1:] == 32) | (codes[1:] == 10)
    ends_sentence = ((kinds & _END) > 0) & (before_space | (codes > 255))
    words = total(begins)
    some_words: Floats = np.maximum(words, 1).astype(np.float32)
    size: Floats = np.maximum(length, 1).astype(np.float32)
    return Counts(
        characters=length,
        words=words,
        short_words=total(short) / some_words,
        upper=total(kinds & _UPPER > 0) / size,
        sentence_ends=total(ends_sentence),
        ideographs=total(kinds & _IDEOGRAPH > 0) / size,
        currency=total(kinds & _CURRENCY > 0),
        separators=total(kinds & _SEPARATOR > 0),
    )
