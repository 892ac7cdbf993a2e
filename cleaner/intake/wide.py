"""Texts in units of two or four bytes, UTF-16 and UTF-32, without a byte order mark."""

from __future__ import annotations

import codecs

MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
"""Byte order marks of such texts; that of UTF-32-LE begins as that of UTF-16-LE."""
_SAMPLE = 2048
"""Bytes that are looked at."""
_CODECS = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_FEWEST_COMMON = 0.05
"""The share of spaces, ASCII and punctuation that the text of a page has, in any language."""
_MOST_ODD = 0.02
_NARROW = bytes(set(range(0x100)) - {0, 1, 2, 0x0C})
"""All bytes but those of which the common characters have one at least, in any of the encodings."""


def wide_encoding(data: bytes) -> str | None:
    """The codec of a text in UTF-16 or UTF-32 without a byte order mark; None where it is no such text.

    Such a text shows by what it has in the right order of bytes alone: no invalid units, hardly any character that is
    no text, and spaces, tags or punctuation among them. Other data is hardly ever all of that.
    """
    sample = data[:_SAMPLE]
    if len(sample.translate(None, _NARROW)) * 4 < len(sample) * _FEWEST_COMMON:  # nearly all pages
        return None
    scores = ((_score(sample, name), name) for name in _CODECS)
    candidates = [(score, name) for score, name in scores if score is not None]
    return max(candidates)[1] if candidates else None


def _score(sample: bytes, name: str) -> float | None:
    """The share of common characters in the sample as read with a codec; None where it is no text."""
    try:
        text = codecs.getincrementaldecoder(name)().decode(sample)  # the last character may be cut
    except UnicodeDecodeError:
        return None
    if not text:
        return None
    common = sum(1 for c in text if c in "\t\n\r" or " " <= c <= "~" or "\u3000" <= c <= "\u3002" or c == "\uff0c")
    odd = sum(1 for c in text if not c.isprintable() and not c.isspace() and c not in "\ufeff\u200b\u200c\u200d\xad")
    if common < len(text) * _FEWEST_COMMON or odd > len(text) * _MOST_ODD:
        return None
    return common / len(text)
