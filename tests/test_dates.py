"""Dates as pages of many languages write them."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleaner.metadata import dates, months
from cleaner.metadata.calendars import from_solar_hijri
from cleaner.metadata.month_beginnings import BEGINNINGS, LETTERS
from cleaner.metadata.months import month_in

FIFTH_OF_OCTOBER = [
    ("de", "Veröffentlicht am 5. Oktober 2021 von Jutta"),
    ("de", "Dienstag, 5. Okt. 2021, 10:30 Uhr"),
    ("fr", "Publié le 5 octobre 2021 à 10h30"),
    ("es", "Publicado el 5 de octubre de 2021"),
    ("es", "Octubre 5, 2021"),
    ("pt", "5 de outubro de 2021"),
    ("it", "5 ottobre 2021"),
    ("nl", "dinsdag 5 oktober 2021"),
    ("sv", "den 5 oktober 2021"),
    ("da", "5. oktober 2021"),
    ("no", "5. oktober 2021"),
    ("fi", "5. lokakuuta 2021"),
    ("is", "5. október 2021"),
    ("pl", "5 października 2021"),
    ("pl", "5 październik 2021"),
    ("pl", "5 paź 2021"),
    ("cs", "5. října 2021"),
    ("cs", "5. 10. 2021"),
    ("sk", "5. októbra 2021"),
    ("hu", "2021. október 5."),
    ("hu", "2021. október 5-én"),
    ("hu", "2021. 10. 05."),
    ("ro", "5 octombrie 2021"),
    ("bg", "5 октомври 2021 г."),
    ("ru", "5 октября 2021, 10:30"),
    ("ru", "5 окт. 2021"),
    ("uk", "5 жовтня 2021 р."),
    ("be", "5 кастрычніка 2021"),
    ("sr", "5. октобар 2021."),
    ("sr", "5. oktobar 2021."),
    ("hr", "5. listopada 2021."),
    ("sl", "5. oktober 2021"),
    ("mk", "5 октомври 2021"),
    ("sq", "5 tetor 2021"),
    ("el", "5 Οκτωβρίου 2021"),
    ("tr", "5 Ekim 2021"),
    ("tr", "05 EKİM 2021"),
    ("az", "5 oktyabr 2021"),
    ("ka", "5 ოქტომბერი 2021"),
    ("hy", "5 հոկտեմբերի 2021"),
    ("he", "5 באוקטובר 2021"),
    ("he", "5 אוקטובר, 2021"),
    ("ar", "5 أكتوبر 2021"),
    ("ar", "٥ أكتوبر ٢٠٢١"),
    ("ar", "5 أكتوبر، 2021"),
    ("fa", "۵ اکتبر ۲۰۲۱"),
    ("fa", "۱۳ مهر ۱۴۰۰"),
    ("fa", "۱۴۰۰/۰۷/۱۳"),
    ("ur", "5 اکتوبر 2021"),
    ("hi", "5 अक्टूबर 2021"),
    ("hi", "५ अक्टूबर २०२१"),
    ("bn", "৫ অক্টোবর ২০২১"),
    ("bn", "5 অক্টোবর, 2021"),
    ("ta", "அக்டோபர் 5, 2021"),
    ("th", "5 ตุลาคม 2564"),
    ("th", "5 ต.ค. 2564"),
    ("th", "วันที่ ๕ ตุลาคม พ.ศ. ๒๕๖๔"),
    ("vi", "5 tháng 10, 2021"),
    ("vi", "Ngày 5 tháng 10 năm 2021"),
    ("vi", "05/10/2021"),
    ("id", "5 Oktober 2021"),
    ("ms", "5 Oktober 2021"),
    ("fil", "Oktubre 5, 2021"),
    ("ja", "2021年10月5日 公開"),
    ("ja", "令和3年10月5日"),
    ("ja", "２０２１年１０月５日"),
    ("zh", "2021年10月05日"),
    ("zh", "二〇二一年十月五日"),
    ("zh-TW", "民國110年10月5日"),
    ("zh", "2021/10/5 08:00"),
    ("ko", "2021년 10월 5일"),
    ("ko", "2021. 10. 5."),
    ("et", "5. oktoober 2021"),
    ("lv", "2021. gada 5. oktobris"),
    ("lt", "2021 m. spalio 5 d."),
    ("lt", "2021 spalio 5"),
    ("ca", "5 d'octubre de 2021"),
    ("ca", "5 d’octubre del 2021"),
    ("gl", "5 de outubro de 2021"),
    ("eu", "2021eko urriaren 5a"),
    ("ga", "5 Deireadh Fómhair 2021"),
    ("cy", "5 Hydref 2021"),
    ("sw", "5 Oktoba 2021"),
    ("af", "5 Oktober 2021"),
    ("en", "5. Oktober 2021"),
    ("en", "5 octobre 2021"),
    (None, "5 października 2021"),
    ("en-GB", "05/10/2021"),
    ("de", "05/10/2021"),
    ("en-US", "10/05/2021"),
    ("el", "5 Οκτ 2021"),
    ("el", "Τρίτη, 5 Οκτωβρίου 2021"),
    ("ru", "Опубликовано: 05.10.2021"),
    ("kk", "2021 ж. 5 қазан"),
    ("uz", "5-oktabr, 2021"),
    ("lo", "5 ຕຸລາ 2021"),
    ("km", "5 តុលា 2021"),
    ("my", "5 အောက်တိုဘာ 2021"),
    ("ne", "5 अक्टोबर 2021"),
    ("te", "5 అక్టోబర్ 2021"),
    ("mr", "5 ऑक्टोबर 2021"),
    ("si", "2021 ඔක්තෝබර් 5"),
    ("am", "5 ኦክቶበር 2021"),
    ("eo", "5-a de oktobro 2021"),
    ("lb", "5. Oktober 2021"),
    ("fo", "5. oktober 2021"),
    ("mt", "5 ta’ Ottubru 2021"),
    ("hr", "5. listopad 2021."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), FIFTH_OF_OCTOBER)
def test_dates_in_words(language: str | None, text: str) -> None:
    assert (dates.parse(text, language) or "")[:10] == "2021-10-05"


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "mardi 1er juin 2021", "2021-06-01"),
        ("de", "3. Mrz. 2021", "2021-03-03"),
        ("tr", "15 KASIM 2021", "2021-11-15"),
        # listopad is October in Croatian, and November in Polish and Czech
        ("hr", "5. listopada 2021.", "2021-10-05"),
        ("pl", "5 listopada 2021", "2021-11-05"),
        ("en", "5 listopada 2021", None),
        # the order of numbers is a matter of language
        ("es", "03/04/2021", "2021-04-03"),
        ("en", "03/04/2021", None),
        ("en-US", "03/04/2021", "2021-03-04"),
        ("en-GB", "03/04/2021", "2021-04-03"),
        ("en-XX", "03/04/2021", None),
        (None, "03/04/2021", None),
        ("xx", "03/04/2021", None),
        ("sv", "2021/4/3", "2021-04-03"),
        # other calendars
        ("ja", "平成元年5月1日", None),  # 1989: there were no pages
        ("ja", "令和元年5月1日", "2019-05-01"),
        ("th", "1/4/2567", "2024-04-01"),
        ("fa", "۳۰ اسفند ۱۳۹۹", "2021-03-20"),
        ("fa", "۳۱ مهر ۱۴۰۰", None),
        ("ar", "1400/07/13", None),
        ("zh", "二〇二一年十二月三十一日", "2021-12-31"),
        ("zh", "二○二一年二月二十日", "2021-02-20"),
        # no dates
        ("de", "5 Personen 2021", None),
        ("en", "5 people in May 2021", None),
        ("fr", "chapitre 3, édition 2021", None),
        ("ja", "2021年10月", None),
        ("vi", "5 tháng 13 năm 2021", None),
        ("../x", "5 mai 2021", "2021-05-05"),
    ],
)
def test_dates_of_a_language(language: str | None, text: str, expected: str | None) -> None:
    assert dates.parse(text, language) == expected


def test_every_new_year_of_the_solar_hijri_calendar_is_in_march() -> None:
    first = from_solar_hijri(1370, 1, 1)
    assert first == date(1991, 3, 21)
    for year in range(1370, 1410):
        following = from_solar_hijri(year + 1, 1, 1)
        assert following - from_solar_hijri(year, 12, 29) in (timedelta(1), timedelta(2))
        assert following.month == 3


@pytest.mark.parametrize(
    ("text", "month"),
    [(" de mayo de ", 5), (" Mai ", 5), ("", None), (" de ", None), (" mayo pasado ", None), ("maj" * 9, None)],
)
def test_a_month_stands_alone_between_a_day_and_a_year(text: str, month: int | None) -> None:
    assert month_in(text, "es") == month


def test_the_beginnings_of_months_are_those_of_the_data() -> None:
    assert {name[:LETTERS] for name in months._of_all()} == BEGINNINGS


def test_languages_load_only_for_what_begins_as_a_month(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(months, "_of_all", lambda: {"kesäkuu": 6})
    assert month_in(" kesäkuuta ", "en") == 6
    monkeypatch.delattr(months, "_of_all")
    assert month_in(" of the best running shoes of ", "en") is None


def test_what_stands_around_dates_is_told() -> None:
    assert dates.parse_all("Vom 3. Mai 2021, geändert 2021-06-01.", "de") == [
        dates.Dated("Vom ", "2021-05-03", ", geändert "),
        dates.Dated(", geändert ", "2021-06-01", "."),
    ]


@given(st.dates())
@example(date(2533, 1, 1))
@example(date(2544, 2, 29))
@example(date(2642, 12, 31))
def test_every_date_since_1990_is_read_and_none_before(day: date) -> None:
    """Years from 2400 on are of the Buddhist era."""
    year = day.year - 543 if day.year >= 2400 else day.year
    is_leap_day = (day.month, day.day) == (2, 29)
    exists = 1990 <= year <= 2099 and (not is_leap_day or calendar.isleap(year))
    expected = f"{year}-{day:%m-%d}" if exists else None
    assert dates.parse(f"on {day}") == expected
