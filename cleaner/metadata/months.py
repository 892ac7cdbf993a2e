"""Names of months, and the order of day, month and year, in the languages that dateparser knows.

Its data, most of it from Unicode's CLDR, is loaded for the first date that asks for it; that of all its languages only
for a word that begins as a month does in one of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module
from typing import Any

from cleaner import lazily
from cleaner.metadata.calendars import HIJRI_MONTHS
from cleaner.metadata.month_beginnings import BEGINNINGS, LETTERS

ENGLISH = (
    *("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug"),
    *("september sept sep", "october oct", "november nov", "december dec"),
)
_KEYS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october"),
    *("november", "december"),
)
_OTHER_TAGS = {"no": "nb", "nn": "nb", "iw": "he", "in": "id", "sh": "sr-Latn", "tl": "fil"}
"""Tags of languages that dateparser knows by another one."""
_BESIDE = {"sr": "sr-Latn", "uz": "uz-Cyrl", "fil": "tl"}
"""A second set of data that pages in a language may need: another script, or more names."""
_LANGUAGES = 90
"""Number of languages, those with most pages first, in which a name is looked up that the page's own does not have."""
_BETWEEN = lazily.pattern(r"[\s.,;'’`´\-–/،()|·־]+")
_GLUE_WORDS = """
    de del d di do da den der dem le el la the of ta a o e m g gada ko eko ren en er re st nd rd th ero ho го г р ж
    год года г року рік р. године године. г. оны ปี في من عام م ב ב־ ה של בשנת सन को का साल
    º ª ° . të në vuonna lc
"""
_GLUE = frozenset(_GLUE_WORDS.split())
"""Words between a day, a month and a year. Those of other languages do no harm, since a month must be there too."""
_THAI_ERA = lazily.pattern(r"[พค]\.ศ\.")
_MIN_STEM = 4
"""Minimum number of letters of a name that may have an ending."""
_MAX_ENDING = 3


def month_in(text: str, language: str | None) -> int | None:
    """The month, 1 to 12, that a text names between a day and a year: in `language` (BCP 47), in English, or in any
    language whose name for it is no other month's elsewhere. None where the text says anything else besides."""
    key = _key(_THAI_ERA.sub(" ", text))
    if not key:
        return None
    found = _found(key, _of(_primary(language))) or _found(key, _english())
    return found or (_found(key, _of_all()) if key[:LETTERS] in BEGINNINGS else None)


def hijri_month_in(text: str) -> int | None:
    """The month of the Solar Hijri calendar that a text is; None for any other text."""
    name = text.strip(" ،,").removesuffix("ماه").strip()
    return HIJRI_MONTHS.index(name) + 1 if name in HIJRI_MONTHS else None


@cache
def day_comes_first(language: str | None) -> bool | None:
    """Whether people write 5/10 for the fifth of October; None where the language alone does not tell."""
    if language is None:
        return None
    primary = _primary(language)
    if primary == "en":
        if language.lower() == "en-us":
            return False
        regions = _data("en").get("locale_specific", {})
        order = regions.get(language, {}).get("date_order")
        return True if order == "DMY" else None
    order = _data(primary).get("date_order")
    return order != "MDY" if order else None


def _primary(language: str | None) -> str:
    return (language or "").split("-")[0].lower()


def _key(text: str) -> str:
    """`text` for looking it up: its words but those between, one after another, in lower case.

    Turkish has an "i" without a dot and a capital with one; both are the same letter here.
    """
    folded = text.casefold().replace("i\u0307", "i").replace("ı", "i")
    return "".join(word for word in _BETWEEN.split(folded) if word not in _GLUE)


def _found(key: str, names: Mapping[str, int]) -> int | None:
    """The number of the name that `key` is, or that it is but for an ending, which some languages add."""
    if key in names:
        return names[key]
    for size in range(len(key) - 1, max(_MIN_STEM, len(key) - _MAX_ENDING) - 1, -1):
        if key[:size] in names:
            return names[key[:size]]
    return None


@cache
def _english() -> Mapping[str, int]:
    return {name: number for number, names in enumerate(ENGLISH, 1) for name in names.split()}


@cache
def _of(language: str) -> Mapping[str, int]:
    """The names of the months in a language: as keys, without the spaces and signs in them."""
    found: dict[str, int] = {}
    for tag in (language, _BESIDE.get(language)):
        found = {**dict(_keys(_data(tag or ""))), **found}
    return found


@cache
def _of_all() -> Mapping[str, int]:
    """The names in many languages, without those that are different months' in two of them."""
    from dateparser.data.languages_info import language_order

    found: dict[str, int] = {}
    twice: set[str] = set()
    for language in language_order[:_LANGUAGES]:
        for key, number in _of(language).items():
            if found.setdefault(key, number) != number:
                twice.add(key)
    return {key: number for key, number in found.items() if key not in twice}


def _keys(data: Mapping[str, Any]) -> Iterable[tuple[str, int]]:
    for number, month in enumerate(_KEYS, 1):
        for name in data.get(month, ()):
            key = _key(name)
            if len(key) > 1 and not any(map(str.isdigit, key)):
                yield key, number


@cache
def _data(language: str) -> Mapping[str, Any]:
    """What dateparser knows of a language, by the name of its data; nothing where it has none."""
    from dateparser.data.languages_info import language_locale_dict

    language = _OTHER_TAGS.get(language, language)
    if language not in language_locale_dict:
        return {}
    data: Mapping[str, Any] = import_module(f"dateparser.data.date_translation_data.{language}").info
    return data
