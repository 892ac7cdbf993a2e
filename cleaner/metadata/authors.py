"""Who wrote a page: what speaks for each name that it gives, added up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cleaner import lazily
from cleaner.metadata import names
from cleaner.metadata.claims import Claims
from cleaner.metadata.evidence import Evidence, Found, grouped, sources_of
from cleaner.normalize import fold

ENOUGH = 2
"""Votes from which on a name is believed."""
SITE_COSTS = 5
"""Votes that the name of the site itself has to have more where only what readers do not see has it as the author."""
PERSONAL_SITE_COSTS = 3
"""The same for a name of two words on a page with a date: many a blog has the name of its author."""
SHOWN_SITE_COSTS = 2
"""The same where the page shows the name as that of the author."""
LIKE_SITE_COSTS = 3
"""The same for an organisation whose name begins like that of the site."""
LOGIN_COSTS = 1

TOLD_AGAIN = 2
"""Votes at most of each place but one that tells programs a name: they often have it all from one account."""

_VOTES = {
    "json-ld": 5,
    "json-ld page": 4,
    "json-ld organisation": 2,
    "meta": 5,
    "label": 6,
    "opening": 4,
    "beside": 2,
    "rel=author": 4,
    "itemprop=author": 3,
    "class": 3,
    "username": 3,
    "link": 2,
    "link far": 1,
    "link said": 0,
    "rel=author aside": 2,
    "itemprop=author aside": 1,
    "class aside": 1,
}
_TOLD = ("json-ld", "json-ld page", "json-ld organisation", "meta", "label")
"""What is told to programs, and not shown."""
_BY_VOTES = 2
"""Votes that a byline has more which says "by"."""
_META_NAMES = """
    citation_author dc.creator dcterms.creator parsely-author sailthru.author cxenseparse:author
    author article:author article:author_name byl og:author book:author creator bc:authors
"""
_METAS = _META_NAMES.split()
_LABELS = lazily.pattern(
    r"(?:(?:written |posted )?by|author|autor|auteur|écrit par|escrito por|verfasst von|scritto da|geschreven door|"
    r"skrevet av|skrivet av|автор|作者|執筆者)$",
    re.IGNORECASE,
)
_REVERSED = lazily.pattern(r"^([^,]+), ([^,]+)$")


def choose(claims: Claims, *, is_dated: bool) -> Found:
    """The author, several with ", " between; none where nothing speaks strongly enough for anyone.

    `is_dated`: whether the page has a date.
    """
    speaking = grouped(_evidence(claims, is_dated=is_dated), fold)
    votes = {key: _votes(claims, given, is_dated=is_dated) for key, given in speaking.items()}
    best = max(votes, key=lambda key: votes[key], default=None)  # of equals, the first
    if best is None or votes[best] < ENOUGH:
        return Found()
    return Found(speaking[best][0].value, sources_of(speaking[best], _weight))


def _votes(claims: Claims, speaking: list[Evidence], *, is_dated: bool) -> int:
    name = speaking[0].value
    costs = LOGIN_COSTS * names.is_login(name)
    if claims.is_site(name):
        is_personal = is_dated and len(name.split()) == 2
        hidden = PERSONAL_SITE_COSTS if is_personal else SITE_COSTS
        costs += hidden if all(given.sort in _TOLD for given in speaking) else SHOWN_SITE_COSTS
    elif any(given.sort == "json-ld organisation" for given in speaking) and claims.is_like_site(name):
        costs += LIKE_SITE_COSTS
    told = sorted(_weight(given.sort) for given in speaking if given.sort in _TOLD)
    shown = sum(_weight(given.sort) for given in speaking if given.sort not in _TOLD)
    return sum(told[-1:]) + sum(min(weight, TOLD_AGAIN) for weight in told[:-1]) + shown - costs


def _weight(sort: str) -> int:
    base, by, _ = sort.partition(" by")
    return _VOTES[base] + (_BY_VOTES if by else 0) if base in _VOTES else 0


def _evidence(claims: Claims, *, is_dated: bool) -> Iterator[Evidence]:
    if claims.is_goods:
        return
    for sort, source, values in _told(claims):
        if name := ", ".join(dict.fromkeys(filter(None, map(names.told, values)))):
            yield Evidence(sort, name, source)
    if not (claims.is_home or claims.is_list):
        yield from _shown(claims, is_dated=is_dated)


def _told(claims: Claims) -> Iterator[tuple[str, str, Iterable[str]]]:
    for sort, things in (("json-ld", claims.articles), ("json-ld page", claims.pages)):
        for thing in things[:1]:
            people, organisations = claims.people_in(thing.get("author"))
            yield sort if people else "json-ld organisation", "json-ld author", people or organisations
    for name in _METAS:
        if given := claims.values(name):
            catalogued = name.startswith(("citation", "dc"))
            values = [_REVERSED.sub(r"\2 \1", value) for value in given] if catalogued else given
            yield "meta", f"meta {name}", values
    for number in "1234":
        if _LABELS.match(claims.meta(f"twitter:label{number}") or ""):
            yield "label", f"meta twitter:data{number}", claims.values(f"twitter:data{number}")[:1]


def _shown(claims: Claims, *, is_dated: bool) -> Iterator[Evidence]:
    """The first name of each sort of byline: the page's own stands before those of comments and of other pages."""
    seen = set()
    for mark, text in claims.bylines:
        sort = _near(mark, text, claims) + " by" * names.has_label(text)
        is_account = mark.startswith(("itemprop", "username", "rel=author")) or sort.endswith(" by")
        kind = sort.partition(" said")[0]
        if kind in seen or not _weight(sort):
            continue
        if name := names.shown(text, login=is_account, language=claims.language):
            seen.add(kind)
            name = names.with_neighbours(name, claims.opening, _alike(claims, mark))
            source = mark.removesuffix(" aside").removesuffix(" said")
            yield Evidence(sort, name, f"{source} byline" if "=" not in mark else mark)
    if name := names.opened(claims.opening, claims.language):
        yield Evidence("opening", name, "text")
    below = claims.opening[claims.facts.before_heading :]
    if is_dated and (name := names.beside(below, claims.has_in_lower_case, claims.language)):
        yield Evidence("beside", name, "text")


def _near(mark: str, text: str, claims: Claims) -> str:
    """The mark of a byline; of a link far from the heading one of its own, since it may be in the text."""
    return "link far" if mark == "link" and text.split("\n")[0] not in claims.opening else mark


def _alike(claims: Claims, mark: str) -> list[str]:
    """The texts that a mark has; of links each without what stands before it, as an "and"."""
    if not mark.startswith("link"):
        return [text for also, text in claims.bylines if also == mark]
    links = ((also, text) for also, text in claims.bylines if also.startswith("link"))
    return [text.partition("\n")[2] if also.startswith("link said") else text for also, text in links]
