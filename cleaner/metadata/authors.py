"""Who wrote a page: what speaks for each name that it gives, added up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cleaner.metadata import names
from cleaner.metadata.claims import Claims
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

Evidence = tuple[str, str]
"""(where a name is from, a key of the votes; the name, or several with commas between)"""


def choose(claims: Claims) -> str | None:
    """The author, several with ", " between; None where nothing speaks strongly enough for anyone."""
    votes: dict[str, int] = {}
    spelled: dict[str, str] = {}
    for source, name in dict.fromkeys(_evidence(claims)):
        key = fold(name)
        if key not in spelled:
            spelled[key] = name
            votes[key] = -SITE_COSTS * claims.is_site(name) - LOGIN_COSTS * names.is_login(name)
        base, by, _ = source.partition(" by")
        votes[key] += _VOTES.get(base, 0) + (_BY_VOTES if by else 0)
    best = max(votes, key=lambda key: votes[key], default=None)  # of equals, the first
    return spelled[best] if best is not None and votes[best] >= ENOUGH else None


def _evidence(claims: Claims) -> Iterator[Evidence]:
    if claims.is_goods:
        return
    for source, values in _told(claims):
        if name := ", ".join(dict.fromkeys(filter(None, map(names.told, values)))):
            yield source, name
    if not claims.is_home:
        yield from _shown(claims)


def _told(claims: Claims) -> Iterator[tuple[str, Iterable[str]]]:
    for article in claims.articles[:1]:
        yield "json-ld", claims.named(article.get("author"))
    for page in claims.pages[:1]:
        yield "json-ld page", claims.named(page.get("author"))
    for name in _METAS:
        if given := claims.values(name):
            catalogued = name.startswith(("citation", "dc"))
            yield "meta", [_REVERSED.sub(r"\2 \1", value) for value in given] if catalogued else given
    for number in "1234":
        if _LABELS.match(claims.meta(f"twitter:label{number}") or ""):
            yield "label", claims.values(f"twitter:data{number}")[:1]


def _shown(claims: Claims) -> Iterator[Evidence]:
    """The first name of each sort of byline: the page's own stands before those of comments and of other pages."""
    seen = set()
    for mark, text in claims.bylines:
        source = mark + " by" * names.has_label(text)
        if source not in seen and (name := names.shown(text, login="itemprop" in mark)):
            seen.add(source)
            yield source, name
    if name := names.opened(claims.opening):
        yield "opening", name
