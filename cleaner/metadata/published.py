"""When a page was first published: what speaks for each date that it gives, added up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cleaner.metadata import dates
from cleaner.metadata.claims import Claims
from cleaner.metadata.evidence import Evidence, Found, grouped, sources_of
from cleaner.metadata.labels import CHANGED, OF_A_MEMBER, SAID
from cleaner.normalize import has_words

ENOUGH = 4
"""Votes from which on a date is believed."""
AUTHOR_VOTES = 2
"""Votes that every date has more on a page that names its author: a page with one has a date."""

_VOTES = {
    "json-ld": 4,
    "json-ld page": 2,
    "meta": 12,
    "meta of any date": 4,
    "address": 7,
    "opening": 5,
    "byline": 4,
    "said": 4,
    "updated": 1,
    "time": 4,
    "time published": 5,
    "itemprop=datepublished": 5,
    "itemprop=datecreated": 5,
    "itemprop=uploaddate": 3,
    "class published": 4,
    "class": 3,
}
_META_NAMES = """
    article:published_time og:article:published_time datepublished
    citation_publication_date citation_online_date citation_date
    parsely-pub-date sailthru.date cxenseparse:publishtime og:publish_date og:pubdate rnews:datepublished
    publish_date publish-date publishdate publisheddate published-date pubdate published publish_time publication_date
    published_time article:published article.published
    dc.date.issued dcterms.issued dc.date.created dcterms.created dcterms.date dc.date datecreated
"""
_METAS = _META_NAMES.split()
"""In the order in which they are believed."""
_METAS_OF_ANY_DATE = ("date", "article:date", "timestamp", "ms.date")
_MAX_LABEL = 40
_MAX_LABEL_AFTER = 12
_MAX_LINE = 100


def choose(claims: Claims, *, has_author: bool) -> Found:
    """The date of first publication in ISO 8601; none where nothing speaks strongly enough for one.

    A page of goods, a list of pages and a site's home have none.
    """
    if claims.is_goods or claims.is_home or claims.is_list:
        return Found()
    speaking = grouped(_evidence(claims), lambda value: value[:10])
    votes = {day: sum(_weight(given.sort) for given in evidence) for day, evidence in speaking.items()}
    best = max(votes, key=lambda day: votes[day], default=None)  # of equals, the first
    if best is None or votes[best] + AUTHOR_VOTES * has_author < ENOUGH:
        return _last_change(speaking)
    return Found(speaking[best][0].value, sources_of(speaking[best], _weight))


def _last_change(speaking: dict[str, list[Evidence]]) -> Found:
    """The date of the last change that a page shows where it has no date of publication."""
    shown = (given for evidence in speaking.values() for given in evidence if given.sort == "updated")
    return next((Found(given.value, (given.source,)) for given in shown), Found())


def _weight(sort: str) -> int:
    base, aside, _ = sort.partition(" aside")
    return _VOTES.get(base, 0) // (2 if aside else 1)


def _evidence(claims: Claims) -> Iterator[Evidence]:
    for sort, value, source in _told(claims):
        if isinstance(value, str) and (date := dates.parse(value, claims.language)):
            yield Evidence(sort, date, source)
    if date := dates.in_path(claims.path):
        yield Evidence("address", date, "address")
    yield from _marked(claims)
    yield from _opening(claims)


def _told(claims: Claims) -> Iterator[tuple[str, Any, str]]:
    for article in claims.articles[:1]:
        name = "datePublished" if article.get("datePublished") else "dateCreated"
        yield "json-ld", article.get(name), f"json-ld {name}"
    for page in claims.pages[:1]:
        yield "json-ld page", page.get("datePublished"), "json-ld datePublished"
    for name in _METAS:
        yield "meta", claims.meta(name), f"meta {name}"
    for name in _METAS_OF_ANY_DATE:
        yield "meta of any date", claims.meta(name), f"meta {name}"


def _marked(claims: Claims) -> Iterator[Evidence]:
    """The first date of each sort of element, and of the bylines."""
    seen = set()
    for mark, value in claims.times:
        if mark not in seen and (found := _first(value, claims.language)):
            label, date = found
            source = mark.removesuffix(" aside")
            if label == "updated":
                if " aside" not in mark:
                    yield Evidence(label, date, source)
                continue
            seen.add(mark)
            yield Evidence(mark, date, source)
            if label == "said" and " aside" not in mark:
                yield Evidence(label, date, source)
    for mark, text in claims.bylines:
        if " aside" not in mark and (found := _first(text, claims.language)):
            yield Evidence("updated" if found[0] == "updated" else "byline", found[1], f"{mark} byline")
            return


def _opening(claims: Claims) -> Iterator[Evidence]:
    label = ""
    for text in claims.opening:
        if len(text) <= _MAX_LINE and (found := _first(f"{label} {text}", claims.language)):
            yield Evidence("updated" if found[0] == "updated" else "opening", found[1], "text")
            if found[0] != "updated":
                return
        is_label = len(text) <= _MAX_LABEL and not any(map(str.isdigit, text))
        label = text if is_label else ""


def _first(text: str, language: str | None) -> tuple[str, str] | None:
    """What the first date in `text` that is not one of a change is said to be, and the date.

    The dates since which people are members of a forum are left out. Where there is no other date, it is the first that
    is one of a change, which is "updated".
    """
    found = dates.parse_all(text, language)
    changed = None
    for dated, label in zip(found, _labels(found), strict=True):
        if OF_A_MEMBER.search(label):
            continue
        if not CHANGED.search(label):
            return ("said" if SAID.search(label) else ""), dated.date
        changed = changed or dated.date
    return ("updated", changed) if changed else None


def _labels(found: list[dates.Dated]) -> list[str]:
    """What stands before each date, or after each where a text begins with a date and ends with a label."""
    if not found or has_words(found[0].before):
        return [dated.before for dated in found]
    last = found[-1].after.strip()
    is_after = len(last) <= _MAX_LABEL_AFTER and (CHANGED.search(last) or SAID.search(last))
    return [dated.after if is_after else dated.before for dated in found]
