"""Dates as pages write them, to ISO 8601."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime

MAX_TEXT = 300
"""Characters of a text in which dates are looked for."""
EARLIEST = date(1990, 1, 1)
"""Before it there were no web pages."""
LATEST_YEAR = 2099
"""A fixed bound, since nothing here may depend on today's date."""

_MONTH_NAMES = (
    *("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug"),
    *("september sept sep", "october oct", "november nov", "december dec"),
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
_MONTH = "(" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_ISO = re.compile(
    r"(?<!\d)(\d{4})-(\d\d?)-(\d\d?)(?:[T ]\s?(\d\d):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?\s?(Z\b|[+-]\d\d:?\d\d)?)?(?!\d)"
)
_COMPACT = re.compile(r"^\s*(\d{4})(\d\d)(\d\d)(?:T\d{4,6}Z?)?\s*$")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})[/.](\d\d?)[/.](\d\d?)(?!\d)")
_NUMBERS = re.compile(r"(?<![\d./])(\d\d?)([/.-])(\d\d?)\2(\d{4})(?!\d)")
_MONTH_FIRST = re.compile(rf"\b{_MONTH}\s*(\d\d?)(?:st|nd|rd|th)?\s*,?\s+(?:at\s)?(\d{{4}})\b", re.IGNORECASE)
_DAY_FIRST = re.compile(rf"\b(\d\d?)(?:st|nd|rd|th)?[\s-]+(?:of\s+)?{_MONTH}[\s,-]+(\d{{4}})\b", re.IGNORECASE)
_YEAR_MONTH_DAY = re.compile(rf"(?<!\d)(\d{{4}})[\s-]+{_MONTH}[\s-]+(\d\d?)\b(?!:)", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_IN_PATH = re.compile(r"/(\d{4})[/-](\d\d?)[/-](\d\d?)(?=[/-]|$)|/(\d{4})(\d\d)(\d\d)(?=[/-]|$)")


def parse(text: str) -> str | None:
    """The first date in `text`, "2024-03-18" or with its time "2024-03-18T09:30:00+01:00"; None where there is none.

    All-number dates whose order of day and month cannot be told (03/04/2024) are none.
    """
    return next((date for _, date in parse_all(text)), None)


def parse_all(text: str) -> list[tuple[str, str]]:
    """The dates in the first `MAX_TEXT` characters of `text`, each with the text between it and the one before it."""
    text = text[:MAX_TEXT]
    if not _DIGIT.search(text):
        return []
    matches = [
        (found.start(), order, found, read)
        for order, (form, read) in enumerate(_FORMS)
        for found in form.finditer(text)
    ]
    found_dates, end = [], 0
    for start, _, found, read in sorted(matches, key=lambda match: match[:2]):
        if start >= end and (date_found := read(found)):
            found_dates.append((text[end:start], date_found))
            end = found.end()
    return found_dates


def in_path(path: str) -> str | None:
    """The date in an address's path, /2024/03/18/."""
    found = _IN_PATH.search(path)
    if not found:
        return None
    year, month, day = (found[i] or found[i + 3] for i in (1, 2, 3))
    return _iso(year, month, day)


def _unordered(found: re.Match[str]) -> str | None:
    first, second, year = int(found[1]), int(found[3]), found[4]
    if found[2] == "." or first > 12 or first == second:  # with full stops the day is first everywhere
        return _iso(year, second, first)
    if second > 12:
        return _iso(year, first, second)
    return None


def _iso(year: int | str, month: int | str, day: int | str) -> str | None:
    try:
        given = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return given.isoformat() if given >= EARLIEST and given.year <= LATEST_YEAR else None


def _with_time(found: re.Match[str]) -> str | None:
    day = _iso(found[1], found[2], found[3])
    if day is None or found[4] is None:
        return day
    zone = (found[7] or "").replace("Z", "+00:00")
    try:
        given = datetime.fromisoformat(f"{day}T{found[4]}:{found[5]}:{found[6] or '00'}{zone}")
    except ValueError:
        return day
    midnight = not (given.hour or given.minute or given.second)
    return day if midnight else given.isoformat()


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str | None]], ...] = (
    (_ISO, _with_time),
    (_YEAR_FIRST, lambda found: _iso(found[1], found[2], found[3])),
    (_YEAR_MONTH_DAY, lambda found: _iso(found[1], _MONTHS[found[2].lower()], found[3])),
    (_MONTH_FIRST, lambda found: _iso(found[3], _MONTHS[found[1].lower()], found[2])),
    (_DAY_FIRST, lambda found: _iso(found[3], _MONTHS[found[2].lower()], found[1])),
    (_NUMBERS, _unordered),
    (_COMPACT, lambda found: _iso(found[1], found[2], found[3])),
)
