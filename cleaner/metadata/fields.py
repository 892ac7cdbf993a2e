"""Title, author, date, site, language, address and licence: what a page says of itself, and what of it to believe."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from cleaner.metadata import authors, json_ld, published, titles
from cleaner.metadata.claims import Claims, clean, plain
from cleaner.metadata.languages import language_tag
from cleaner.page.facts import Facts

MAX_DESCRIPTION = 2_000
"""Characters of a description; a longer one is no description."""

_DESCRIPTIONS = ("description", "og:description", "twitter:description", "dc.description", "dcterms.description")
_LICENCES = ("dcterms.license", "dc.rights", "dcterms.rights", "license", "licence")
_MAX_ADDRESS = 2_083


@dataclass(frozen=True, slots=True)
class Metadata:
    """Fields of `Document` that are not its blocks; None where the page says nothing that can be believed."""

    title: str | None = None
    author: str | None = None
    """Several with ", " between."""
    date: str | None = None
    """Of first publication, ISO 8601: "2024-03-18", or with its time."""
    site_name: str | None = None
    description: str | None = None
    language: str | None = None
    """BCP 47: "en", "pt-BR"."""
    licence: str | None = None
    """Its address, or its name where the page gives no address."""
    url: str | None = None


def metadata_of(facts: Facts, *, url: str | None) -> Metadata:
    """What of `facts` to believe; `url` is the address that the caller knows.

    Raises nothing, and depends on nothing but its arguments. What front matter says comes before all else.
    """
    if url is None and facts == Facts(language=facts.language):  # text, which says nothing of itself
        return Metadata(language=language_tag(facts.language))
    address = url or _absolute(facts.canonical, None)
    claims = Claims(facts, address)
    given = facts.front_matter
    author = plain(given.get("author")) or authors.choose(claims)
    return Metadata(
        title=plain(given.get("title")) or _title(claims),
        author=author,
        date=plain(given.get("date")) or published.choose(claims, has_author=author is not None),
        site_name=plain(given.get("site_name")) or claims.site,
        description=plain(given.get("description")) or _description(claims),
        language=language_tag(given.get("language")) or claims.language,
        licence=plain(given.get("licence")) or _licence(claims, address),
        url=url or plain(given.get("url")) or address,
    )


def _title(claims: Claims) -> str | None:
    headlines = [article.get("headline") for article in claims.articles[:1]]
    told = map(clean, [*headlines, claims.meta("og:title", "twitter:title"), claims.facts.title])
    headings = dict.fromkeys(map(clean, claims.facts.headings))
    return titles.choose(filter(None, headings), filter(None, told), claims.sites)


def _description(claims: Claims) -> str | None:
    articles = (clean(article.get("description")) for article in claims.articles[:1])
    found = claims.meta(*_DESCRIPTIONS) or next(filter(None, articles), None)
    return found if found and len(found) <= MAX_DESCRIPTION else None


def _licence(claims: Claims, address: str | None) -> str | None:
    described = [text for thing in claims.articles[:1] for text in json_ld.strings(thing.get("license"))]
    for value in (claims.facts.licence, *described):
        if found := _absolute(value, address):
            return found
    return claims.meta(*_LICENCES)


def _absolute(value: str | None, base: str | None) -> str | None:
    """An http or https address, made absolute; None for anything else."""
    if not isinstance(value, str) or not value.strip() or len(value) > _MAX_ADDRESS:
        return None
    try:
        address = urljoin(base or "", value.strip())
        parts = urlsplit(address)
        named = parts.scheme in ("http", "https") and parts.hostname
    except ValueError:
        return None
    return clean(address) if named and not re.search(r"\s", address) else None
