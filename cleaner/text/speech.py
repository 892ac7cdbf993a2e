"""Speeches of plays and chats: lines that begin with the name of who speaks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from cleaner.text.wrapping import ends_sentence

_CAPITALS = r"[^\W\d_a-z](?:[^\W\d_a-z]|['’.-])*"
_SPEAKER = re.compile(
    rf"\s*({_CAPITALS}(?: {_CAPITALS}){{0,3}})(?:\s*[(\[][^)\]]*[)\]])?"
    r"(?:(?:(?<=\.)|[.:—–])(?=\s|$|[—–])|\s+[—–](?=\s)|$)"
)
"""A name in capitals before what is said, or alone."""
_NAME = re.compile(r"\s*<?([^\W\d_][\w'’-]*(?: [^\W\d_][\w'’-]*)?)>?(?:\s*\([^)]*\))?:(?=\s)")
"""A name of one word or two before a colon."""
_MAX_NAME = 60
"""Maximum number of characters of a name, with the space before it and what is said of the speech."""
_MIN_SPEECHES, _MIN_SPEAKERS = 4, 2
"""Minimum numbers of speeches and of speakers."""
_MIN_AGAIN = 2
"""Minimum number of speeches of a speaker."""
_MIN_AFTER_END = 0.7
"""Minimum share of the speeches that begin where a sentence has ended."""


def speeches_in(rows: Sequence[str]) -> set[int]:
    """The rows before which a block ends: speeches begin with them, or follow a name that stands alone.

    There are two speakers or more who speak more than once, each after a sentence. The terms of lists are found too.
    """
    found = {number: name for number, row in enumerate(rows) if row and (name := _speaker(row))}
    counts = Counter(found.values())
    speeches = [number for number, name in found.items() if counts[name] >= _MIN_AGAIN]
    speakers = {found[number] for number in speeches}
    if len(speeches) < _MIN_SPEECHES or len(speakers) < _MIN_SPEAKERS:
        return set()
    after_end = sum(not number or not rows[number - 1] or _ends(rows[number - 1]) for number in speeches)
    if after_end < _MIN_AFTER_END * len(speeches):
        return set()
    return {*speeches, *(number + 1 for number in speeches if _SPEAKER.fullmatch(rows[number]))}


def _speaker(row: str) -> str:
    """The name that a row begins with, if somebody speaks in it."""
    if ":" not in row[:_MAX_NAME] and not row.lstrip()[:2].isupper():
        return ""
    found = _SPEAKER.match(row)
    if found and found.group(1).isupper() and sum(map(str.isalpha, found.group(1))) > 1:
        return found.group(1).rstrip(".")
    found = _NAME.match(row)
    return found.group(1) if found else ""


def _ends(row: str) -> bool:
    """Whether what was said ends with a row: with a sentence, or with what is said about it."""
    return ends_sentence(row) or row[-1] in ")]—–" or _SPEAKER.fullmatch(row) is not None
