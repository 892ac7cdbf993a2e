"""Characters: what is done to every text before anything looks at it, and how texts are compared."""

from __future__ import annotations

import re
import unicodedata

from cleaner import lazily

_INVISIBLE = dict.fromkeys(
    [
        *(c for c in range(0x20) if c not in (0x09, 0x0A, 0x0C, 0x0D)),
        *range(0x7F, 0xA0),
        0xAD,  # soft hyphen
        0x200B,  # zero-width space; the joiners U+200C and U+200D carry meaning and stay
        0x2060,  # word joiner
        0xFEFF,  # byte order mark
        *range(0xD800, 0xE000),  # lone surrogates, which no encoding can write
        *range(0xFFF9, 0xFFFC),  # interlinear annotation
    ]
)
_INVISIBLE[0x85] = 0x0A  # "next line"
_NEEDS_WORK = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\xad\u200b\u2060\ufeff\ud800-\udfff\ufff9-\ufffb]")
_LINE_END = re.compile("\r\n?|\x0c|[\u2028\u2029]")
_LINE_END_IN_PRINT = re.compile("\r\n?|[\u2028\u2029]|(?<=[^\n\r\x0c])(?=\x0c)")
# What UTF-8 read as a Western single-byte encoding looks like: a lead byte's letter before a trail byte's sign.
_MOJIBAKE = re.compile("[ÂÃâÅÐÑ][\u0080-¿€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
_SOFT_BREAK = re.compile("\xad(?=[ \t]*\r?\n)")
_IDLE_JOINER = re.compile("(?<!\\S)[\u200c\u200d]+(?!\\S)")
"""Joiners with nothing on both sides, which some editors put in empty lines."""
_WORD = re.compile(r"\w+")
_WORDS_OF_ASCII = bytes(ord(char.lower() if _WORD.match(char) else " ") for char in map(chr, range(128))).ljust(256)
"""For each character the one in lower case, and a space for what is in no word."""
SPACELESS = ((0xE00, 0xF00), (0x1000, 0x10A0), (0x1780, 0x1800), (0x2E80, 0xA000), (0xF900, 0xFB00))
"""Ranges of the characters of scripts that have no spaces between words, half-open: Thai and Lao, Burmese, Khmer,
Chinese and Japanese."""
LETTERS_OF_WORD = 2
"""Letters of such a script that count as a word."""
_SPACELESS = lazily.pattern("[" + "".join(f"{chr(first)}-{chr(end - 1)}" for first, end in SPACELESS) + "]")


def normalize(text: str, *, printed: bool = False) -> str:
    """`text` in Unicode form NFC, with "\\n" as its only line end and without characters that cannot be seen.

    `printed` keeps form feeds, each at a line's beginning: the ends of a printed text's pages. A soft hyphen that a
    line ends with, where it is to be seen, becomes a hyphen.

    Mojibake (UTF-8 that was read as another encoding) is repaired where ftfy is certain of it.
    """
    if _MOJIBAKE.search(text):
        text = _repaired(text)
    if printed and "\xad" in text:
        text = _SOFT_BREAK.sub("\u2010", text)
    if _NEEDS_WORK.search(text):
        text = text.translate(_INVISIBLE)
    if "\r" in text or "\x0c" in text or "\u2028" in text or "\u2029" in text:
        text = (_LINE_END_IN_PRINT if printed else _LINE_END).sub("\n", text)
    if "\u200d" in text or "\u200c" in text:
        text = _IDLE_JOINER.sub("", text)
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return text


def _repaired(text: str) -> str:
    import ftfy

    return "\n".join(
        ftfy.fix_encoding(line) if len(line) < 1_000_000 and _MOJIBAKE.search(line) else line
        for line in text.split("\n")
    )


def words(text: str) -> list[str]:
    """The words of `text` in lower case, the unit that coverage is counted in."""
    return _ascii_words(text) if text.isascii() else _WORD.findall(text.lower())


def count_words(text: str) -> int:
    """How many words `text` has: what stands between spaces, and more where a script has no spaces between words."""
    found = len(text.split())
    return found if text.isascii() else found + len(_SPACELESS.findall(text)) // LETTERS_OF_WORD


def has_words(text: str) -> bool:
    """Whether there is a word in `text`."""
    return text[:1].isalnum() or _WORD.search(text) is not None


def fold(text: str) -> str:
    """`text` for comparing: NFKC, case-folded, its words only, a space between them.

    An underscore belongs to a word inside it only: "_Read_ more__" is "read more", and "read_more" is one word.
    """
    if text.isascii():
        found = _ascii_words(text)
    else:
        text = unicodedata.normalize("NFKC", text)
        found = _WORD.findall(text.casefold())
    if "_" in text:
        found = [word for word in (word.strip("_") for word in found) if word]
    return " ".join(found)


def _ascii_words(text: str) -> list[str]:
    """The words of a text in ASCII, in lower case: most texts are, and a table is faster than a pattern."""
    return text.encode().translate(_WORDS_OF_ASCII).decode().split()
