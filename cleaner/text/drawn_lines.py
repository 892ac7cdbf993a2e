"""Lines that are drawn with signs: thematic breaks ("* * *", "-----"), and the underlines of headings ("=====")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cleaner.text.wrapping import ends_sentence, starts_item

_SIGNS = r"\-*_~=#+•·–—―─━═⁂✻✽❦❧§◆◇◊○●★☆※＊－＿～＝＃﹡"
_BREAK = re.compile(rf"[{_SIGNS}](?:\s*[{_SIGNS}]){{2,}}|[*#~⁂✻✽❦❧◆◇◊★☆※＊＃﹡]")
"""Three signs or more, with or without spaces, or one that is no bullet."""
_MIN_SIGNS = 3
_UNDERLINE = re.compile(r"([=\-~^\"*#+_])\1{2,}")
_MAX_HEADING = 90
"""Maximum number of characters of an underlined heading."""
_AROUND = "*=~#-"
"""Signs that stand around a line."""
_LONG = "=-_"
"""Signs of underlines that may be longer than the heading."""
_MAX_OFF = 3
"""Maximum difference in length between a heading and its underline of other signs."""
_MIN_SHARE = 0.6
"""Minimum length of an underline as a share of its heading."""
_NO_END = ".,;:。，；：،؛"
"""What no heading that is underlined ends with."""


class Underlined(NamedTuple):
    """A heading with a line below it, and perhaps one above."""

    start: int
    row: int
    """The row of its text."""
    end: int
    """After its last row."""
    sign: str
    """What the line is drawn with."""


def lines_of_signs(rows: Sequence[str]) -> list[int]:
    """The rows that are nothing but signs."""
    found = []
    for number, row in enumerate(rows):
        if row and not row[-1].isalnum():
            bare = row.strip()
            if _BREAK.fullmatch(bare) or _UNDERLINE.fullmatch(bare):
                found.append(number)
    return found


def underlined_in(rows: Sequence[str], drawn: Sequence[int]) -> Iterator[Underlined]:
    """The headings of a text that have lines below them; `drawn` are the rows that are nothing but signs."""
    signs = set(drawn)
    taken = -1
    for number in drawn:
        line = _UNDERLINE.fullmatch(rows[number].strip())
        title = number - 1
        if line is None or title <= taken or title in signs or not _is_heading(rows[title], rows[number]):
            continue
        above = rows[title - 1].strip() if title else ""
        is_over = title - 1 in signs and set(above) == {line.group(1)}
        if above and not is_over and not (ends_sentence(above) and _is_as_long(rows[title], rows[number])):
            continue
        yield Underlined(title - is_over, title, number + 1, line.group(1))
        taken = number


def breaks_in(rows: Sequence[str], drawn: Sequence[int]) -> Iterator[int]:
    """The thematic breaks of a text; a single sign is one between blank rows only."""
    for number in drawn:
        bare = rows[number].strip()
        if not bare or not _BREAK.fullmatch(bare):
            continue
        beside = [rows[n] for n in (number - 1, number + 1) if 0 <= n < len(rows)]
        if len(bare) >= _MIN_SIGNS or not any(beside):
            yield number


def banners_in(rows: Sequence[str]) -> Iterator[int]:
    """The rows that continue a line between signs: "*** a line that goes on", "in the next row ***"."""
    for number, row in enumerate(rows[1:], 1):
        if row and row[-1] in _AROUND and row[-_MIN_SIGNS:] == row[-1] * _MIN_SIGNS:
            begin, above = row[-1] * _MIN_SIGNS, rows[number - 1].strip()
            is_open = above.startswith(begin) and not above.endswith(begin)
            if is_open and not row.lstrip().startswith(begin):
                yield number


def _is_as_long(row: str, line: str) -> bool:
    return abs(len(row.strip()) - len(line.strip())) <= 1


def _is_heading(row: str, line: str) -> bool:
    """Whether a row is the heading over a line."""
    text, drawn = row.strip(), line.strip()
    if not 1 < len(text) <= _MAX_HEADING or "  " in text or "|" in text or not any(map(str.isalpha, text)):
        return False
    if (
        text[-1] in _NO_END
        or (ends_sentence(text) and text[-1] not in "?!")
        or (starts_item(text) and text[0] in "-*+•")
    ):
        return False
    if drawn[0] in _LONG:
        return len(drawn) >= _MIN_SHARE * len(text)
    return abs(len(drawn) - len(text)) <= _MAX_OFF
