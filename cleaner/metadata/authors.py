"""Who wrote a page: what speaks for each name that it gives, added up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cleaner.metadata import names
from cleaner.metadata.claims import Claims
from cleaner.metadata.evidence import Evidence, Found, grouped, sources_of
from cleaner.normalize import fold

ENOUGH = 2
"""Votes from which on a name is believed."""
SITE_COSTS = 5
"""Votes that the name of the site itself has to have more: it is the author where the page shows it as one."""
LOGIN_COSTS = 1

_VOTES = {
    "json-ld": 5,
    "json-ld page": 4,
    "meta": 5,
    "label": 6,
    "opening": 4,
    "rel=author": 4,
    "itemprop=author": 3,
    "class": 3,
    "rel=author aside": 2,
    "itemprop=author aside": 1,
    "class aside": 1,
}
_BY_VOTES = 2
"""Votes that a byline has more which says "by"."""
_META_NAMES = """
    citation_author dc.creator dcterms.creator parsely-author sailthru.author cxenseparse:author
    author article:author article:author_name byl og:author book:author creator bc:authors
"""
_METAS = _META_NAMES.split()
_LABELS = re.compile(
    r"(?:(?:written |posted )?by|author|autor|auteur|écrit par|escrito por|verfasst von|scritto da|geschreven door|"
    r"skrevet av|skrivet av|автор|作者|執筆者)$",
    re.IGNORECASE,
)
_REVERSED = re.compile(r"^([^,]+), ([^,]+)$")


def choose(claims: Claims) -> Found:
    """The author, several with ", " between; none where nothing speaks strongly enough for anyone."""
    speaking = grouped(_evidence(claims), fold)
    votes = {key: _votes(claims, given) for key, given in speaking.items()}
    best = max(votes, key=lambda key: votes[key], default=None)  # of equals, the first
    if best is None or votes[best] < ENOUGH:
        return Found()
    return Found(speaking[best][0].value, sources_of(speaking[best], _weight))


def _votes(claims: Claims, speaking: list[Evidence]) -> int:
    name = speaking[0].value
    costs = SITE_COSTS * claims.is_site(name) + LOGIN_COSTS * names.is_login(name)
    return sum(_weight(given.sort) for given in speaking) - costs


def _weight(sort: str) -> int:
    base, by, _ = sort.partition(" by")
    return _VOTES.get(base, 0) + (_BY_VOTES if by else 0)


def _evidence(claims: Claims) -> Iterator[Evidence]:
    if claims.is_goods:
        return
    for sort, source, values in _told(claims):
        if name := ", ".join(dict.fromkeys(filter(None, map(names.told, values)))):
            yield Evidence(sort, name, source)
    if not claims.is_home:
        yield from _shown(claims)


def _told(claims: Claims) -> Iterator[tuple[str, str, Iterable[str]]]:
    for article in claims.articles[:1]:
        yield "json-ld", "json-ld author", claims.named(article.get("author"))
    for page in claims.pages[:1]:
        yield "json-ld page", "json-ld author", claims.named(page.get("author"))
    for name in _METAS:
        if given := claims.values(name):
            catalogued = name.startswith(("citation", "dc"))
            values = [_REVERSED.sub(r"\2 \1", value) for value in given] if catalogued else given
            yield "meta", f"meta {name}", values
    for number in "1234":
        if _LABELS.match(claims.meta(f"twitter:label{number}") or ""):
            yield "label", f"meta twitter:data{number}", claims.values(f"twitter:data{number}")[:1]


def _shown(claims: Claims) -> Iterator[Evidence]:
    """The first name of each sort of byline: the page's own stands before those of comments and of other pages."""
    seen = set()
    for mark, text in claims.bylines:
        sort = mark + " by" * names.has_label(text)
        if sort not in seen and (name := names.shown(text, login="itemprop" in mark)):
            seen.add(sort)
            yield Evidence(sort, name, f"{mark.removesuffix(' aside')} byline" if "=" not in mark else mark)
    if name := names.opened(claims.opening):
        yield Evidence("opening", name, "text")
