"""Years and dates of other calendars, to the Gregorian one."""

from __future__ import annotations

from datetime import date, timedelta

BUDDHIST = 543
"""Years that the Buddhist era is ahead, in Thailand, Laos and Cambodia."""
_BUDDHIST_FROM = 2400
ERAS = {"昭和": 1925, "平成": 1988, "令和": 2018, "民國": 1911, "民国": 1911, "中華民國": 1911}
"""The year before the first of each era, by which years are counted in Japan and Taiwan."""
_MONTH_NAMES = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند"
HIJRI_MONTHS = tuple(_MONTH_NAMES.split())
"""Months of the Solar Hijri calendar of Iran."""
HIJRI_YEARS = range(1300, 1500)
"""Years that are of that calendar where a page is in Persian."""
_HIJRI_EPOCH = date(622, 3, 21)


def western_year(year: int) -> int:
    """The Gregorian year of one that may be of the Buddhist era."""
    return year - BUDDHIST if year >= _BUDDHIST_FROM else year


def from_solar_hijri(year: int, month: int, day: int) -> date:
    """The Gregorian date of one in the Solar Hijri calendar, by the rule that eight of 33 years are leap years.

    The rule holds for the years in `HIJRI_YEARS`. Raises ValueError where there is no such date.
    """
    if not (1 <= month <= 12 and 1 <= day <= (31 if month <= 6 else 30)):
        raise ValueError(f"no date of the Solar Hijri calendar: {year}-{month}-{day}")
    days = 365 * (year - 1) + (8 * year + 21) // 33 + 30 * (month - 1) + min(month - 1, 6) + day - 1
    return _HIJRI_EPOCH + timedelta(days=days)
