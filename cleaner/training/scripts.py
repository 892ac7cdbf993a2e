"""Texts in scripts that are rare among the pages of a set, or in unknown words.

From them a score learns to work without capitals, without spaces, and without known words. The texts have no meaning,
but their lines have the form of such texts.
"""

from __future__ import annotations

import re
import string
import zlib
from collections.abc import Callable

_ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنه"
_CASELESS = str.maketrans(string.ascii_letters, _ARABIC * 2)
_SHIFTED = str.maketrans("aeioubcdfghjklmnpqrstvwxyz", "eiouacdfghjklmnpqrstvwxyzb")
_FOREIGN = _SHIFTED | {ord(chr(letter).upper()): ord(chr(other).upper()) for letter, other in _SHIFTED.items()}
_WORD = re.compile(r"[^\W\d_]+")
_LONG_WORD = re.compile(r"\b[a-z]{4,}\b")
_NOUNS = 3
"""One of so many long words is a noun."""
_SIGNS = str.maketrans({".": "。", ",": "，", "?": "？", "!": "！", ":": "：", ";": "；"})
_SPACE = re.compile(r"(?<=[\u3000-\uffef]) | (?=[\u3000-\uffef])")
_IDEOGRAPHS = range(0x4E00, 0x8E00)
_LETTERS = 2.5
"""Number of letters of a word that an ideograph replaces."""


def caseless(text: str) -> str:
    """The text in letters that have no case."""
    return text.translate(_CASELESS)


def foreign(text: str) -> str:
    """The text in other words of the same form: each vowel becomes another vowel, each consonant another consonant."""
    return text.translate(_FOREIGN)


def with_nouns(text: str) -> str:
    """The text with capitals as in German, where nouns have them: the same word always has one or not."""
    return _LONG_WORD.sub(_noun, text)


def _noun(word: re.Match[str]) -> str:
    return word.group().capitalize() if zlib.crc32(word.group().lower().encode()) % _NOUNS == 0 else word.group()


def spaceless(text: str) -> str:
    """The text in ideographs; the same word always becomes the same ideographs."""
    return _SPACE.sub("", _WORD.sub(_ideographs, text).translate(_SIGNS))


def _ideographs(word: re.Match[str]) -> str:
    seed = zlib.crc32(word.group().lower().encode())
    size = max(1, round(len(word.group()) / _LETTERS))
    return "".join(chr(_IDEOGRAPHS[(seed >> 3 * place) % len(_IDEOGRAPHS)]) for place in range(size))


def is_spaceless(text: str) -> bool:
    """Whether a text is one that `spaceless` made."""
    return any(ord(char) in _IDEOGRAPHS for char in text[:40])


SCRIPTS: dict[str, Callable[[str], str]] = {
    "caseless": caseless,
    "spaceless": spaceless,
    "foreign": foreign,
}
