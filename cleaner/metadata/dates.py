"""Dates as pages write them, to ISO 8601."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import NamedTuple

from cleaner import lazily
from cleaner.metadata.calendars import ERAS, HIJRI_YEARS, from_solar_hijri, western_year
from cleaner.metadata.months import ENGLISH, day_comes_first, hijri_month_in, month_in

MAX_TEXT = 300
"""Characters of a text in which dates are looked for."""
EARLIEST = date(1990, 1, 1)
"""Before it there were no web pages."""
LATEST_YEAR = 2099
"""A fixed bound, since nothing here may depend on today's date."""

_MONTHS = {name: number for number, names in enumerate(ENGLISH, 1) for name in names.split()}
_MONTH = "(" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_ISO = lazily.pattern(
    r"(?<!\d)(\d{4})-(\d\d?)-(\d\d?)(?:[T ]\s?(\d\d):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?\s?(Z\b|[+-]\d\d:?\d\d)?)?(?!\d)"
)
_COMPACT = lazily.pattern(r"^\s*(\d{4})(\d\d)(\d\d)(?:T\d{4,6}Z?)?\s*$")
_YEAR_FIRST = lazily.pattern(r"(?<!\d)(\d{4})(?:/|\.\s?)(\d\d?)(?:/|\.\s?)(\d\d?)(?!\d)")
_NUMBERS = lazily.pattern(r"(?<![\d./])(\d\d?)([/.-])\s?(\d\d?)\2\s?(\d{4})(?!\d)")
_MONTH_FIRST = lazily.pattern(rf"\b{_MONTH}\s*(\d\d?)(?:st|nd|rd|th)?\s*,?\s+(?:at\s)?(\d{{4}})\b", re.IGNORECASE)
_DAY_FIRST = lazily.pattern(rf"\b(\d\d?)(?:st|nd|rd|th)?[\s-]+(?:of\s+)?{_MONTH}[\s,-]+(\d{{4}})\b", re.IGNORECASE)
_YEAR_MONTH_DAY = lazily.pattern(rf"(?<!\d)(\d{{4}})[\s-]+{_MONTH}[\s-]+(\d\d?)\b(?!:)", re.IGNORECASE)
_DAY_TO_YEAR = lazily.pattern(r"(?<!\d)(\d\d?)(?!\d)([^\d\n:]{2,30}?)(\d{4})(?!\d)")
_YEAR_TO_DAY = lazily.pattern(r"(?<!\d)(\d{4})(?!\d)([^\d\n:]{2,30}?)(\d\d?)(?![\d:])")
_YEAR_THEN_DAY = lazily.pattern(r"(?<!\d)(\d{4})([^\d\n:]{1,8})(\d\d?)[\s.]{1,2}([^\s\d,.]{3,20})")
_NAMED_FIRST = lazily.pattern(r"([^\s\d]{2,20})\s+(\d\d?)[^\W\d_]{0,3}[\s,.،]{1,3}(?:[^\W\d_]{1,4}\s)?(\d{4})(?!\d)")
_ERA = "|".join(sorted(ERAS, key=len, reverse=True))
_IDEOGRAPHIC = lazily.pattern(
    rf"(?:(?<!\d)(\d{{4}})|({_ERA})\s?(\d{{1,3}}|元))\s?[年년]\s?(\d\d?)\s?[月월]\s?(\d\d?)(?!\d)\s?[日号號일]?"
)
_NUMERALS = {"〇": 0, "○": 0, **{numeral: value for value, numeral in enumerate("零一二三四五六七八九")}}
_NUMERAL = "".join(_NUMERALS)
_IN_NUMERALS = lazily.pattern(rf"([{_NUMERAL}]{{4}})年([{_NUMERAL}十]{{1,3}})月([{_NUMERAL}十]{{1,3}})[日号號]?")
_VIETNAMESE = lazily.pattern(r"(?<!\d)(\d\d?),?\s(?:tháng|thg)\s(\d\d?),?\s(?:năm\s)?(\d{4})(?!\d)", re.IGNORECASE)
_YEAR_AND_DAY = lazily.pattern(rf"\d{{4}}.*\d|\d.*\d{{4}}|{_ERA}", re.DOTALL)
"""What every date has that is in digits: a year, and a digit of the day."""
_IN_PATH = lazily.pattern(r"/(\d{4})[/-](\d\d?)[/-](\d\d?)(?=[/-]|$)|/(\d{4})(\d\d)(\d\d)(?=[/-]|$)")


class Dated(NamedTuple):
    """A date in a text."""

    before: str
    """The text between it and the date before."""
    date: str
    after: str
    """The text between it and the date after."""


def parse(text: str, language: str | None = None) -> str | None:
    """The first date in `text`, "2024-03-18" or with its time "2024-03-18T09:30:00+01:00"; None where there is none.

    `language` (BCP 47) is that of the page. It tells names of months apart that two languages have, and the order of
    day and month in numbers. All-number dates whose order cannot be told (03/04/2024 in English) are none.
    """
    return next((found.date for found in parse_all(text, language)), None)


def parse_all(text: str, language: str | None = None) -> list[Dated]:
    """The dates in the first `MAX_TEXT` characters of `text`."""
    text = text[:MAX_TEXT]
    if not _YEAR_AND_DAY.search(text):
        return _in_numerals(text) if "年" in text else []
    matches = [
        (found.start(), order, found, read)
        for order, (form, read) in enumerate(_FORMS)
        for found in form.finditer(text)
    ]
    places: list[tuple[int, int, str]] = []
    end = 0
    for start, _, found, read in sorted(matches, key=lambda match: match[:2]):
        if start >= end and (date_found := read(found, language)):
            end = found.end()
            places.append((start, end, date_found))
    ends = [0, *(end for _, end, _ in places)]
    starts = [*(start for start, _, _ in places), len(text)]
    return [
        Dated(text[ends[n] : starts[n]], date_found, text[ends[n + 1] : starts[n + 1]])
        for n, (_, _, date_found) in enumerate(places)
    ]


def in_path(path: str) -> str | None:
    """The date in an address's path, /2024/03/18/."""
    found = _IN_PATH.search(path)
    if not found:
        return None
    year, month, day = (found[i] or found[i + 3] for i in (1, 2, 3))
    return _iso(year, month, day)


def _in_numerals(text: str) -> list[Dated]:
    """The first date that a Chinese or Japanese text writes in ideographs."""
    found = _IN_NUMERALS.search(text)
    if not found:
        return []
    year = "".join(str(_NUMERALS[numeral]) for numeral in found[1])
    given = _iso(year, _number(found[2]), _number(found[3]))
    return [Dated(text[: found.start()], given, text[found.end() :])] if given else []


def _number(numerals: str) -> int:
    """A number below 100 in ideographs: 十五 is 15."""
    tens, ten, ones = numerals.rpartition("十")
    return (_NUMERALS.get(tens, 1) * 10 if ten else 0) + _NUMERALS.get(ones, 0)


def _unordered(found: re.Match[str], language: str | None) -> str | None:
    first, second, year = int(found[1]), int(found[3]), found[4]
    if found[2] == "." or first > 12 or first == second:  # with full stops the day is first everywhere
        return _iso(year, second, first)
    if second > 12:
        return _iso(year, first, second)
    day_first = day_comes_first(language)
    if day_first is None:
        return None
    return _iso(year, second, first) if day_first else _iso(year, first, second)


def _year_first(found: re.Match[str], language: str | None) -> str | None:
    year, month, day = (int(part) for part in found.groups())
    if year in HIJRI_YEARS and language is not None and language.startswith("fa"):
        return _hijri(year, month, day)
    return _iso(year, month, day)


def _named(year: str, between: str, day: str, language: str | None) -> str | None:
    """A date whose month is in words."""
    if int(year) in HIJRI_YEARS:
        month = hijri_month_in(between)
        return _hijri(int(year), month, int(day)) if month else None
    month = month_in(between, language)
    return _iso(year, month, day) if month else None


def _ideographic(found: re.Match[str], language: str | None) -> str | None:
    year, era, of_era, month, day = found.groups()
    return _iso(ERAS[era] + (1 if of_era == "元" else int(of_era)) if era else year, month, day)


def _hijri(year: int, month: int, day: int) -> str | None:
    try:
        given = from_solar_hijri(year, month, day)
    except ValueError:
        return None
    return _iso(given.year, given.month, given.day)


def _iso(year: int | str, month: int | str, day: int | str) -> str | None:
    try:
        given = date(western_year(int(year)), int(month), int(day))
    except ValueError:
        return None
    return given.isoformat() if given >= EARLIEST and given.year <= LATEST_YEAR else None


def _with_time(found: re.Match[str], language: str | None) -> str | None:
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


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str | None], str | None]], ...] = (
    (_ISO, _with_time),
    (_YEAR_FIRST, _year_first),
    (_YEAR_MONTH_DAY, lambda found, _: _iso(found[1], _MONTHS[found[2].lower()], found[3])),
    (_MONTH_FIRST, lambda found, _: _iso(found[3], _MONTHS[found[1].lower()], found[2])),
    (_DAY_FIRST, lambda found, _: _iso(found[3], _MONTHS[found[2].lower()], found[1])),
    (_NUMBERS, _unordered),
    (_COMPACT, lambda found, _: _iso(found[1], found[2], found[3])),
    (_IDEOGRAPHIC, _ideographic),
    (_VIETNAMESE, lambda found, _: _iso(found[3], found[2], found[1])),
    (_DAY_TO_YEAR, lambda found, language: _named(found[3], found[2], found[1], language)),
    (_YEAR_TO_DAY, lambda found, language: _named(found[1], found[2], found[3], language)),
    (_YEAR_THEN_DAY, lambda found, language: _named(found[1], f"{found[2]} {found[4]}", found[3], language)),
    (_NAMED_FIRST, lambda found, language: _named(found[3], found[1], found[2], language)),
)
"""The forms of dates, of two that begin at the same place the first counts."""
