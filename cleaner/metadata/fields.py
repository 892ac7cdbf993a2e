"""Title, author, date, site, language, address and licence: what a page says of itself, and what of it to believe."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from cleaner.intake.language_tags import language_tag
from cleaner.metadata import authors, json_ld, published, titles
from cleaner.metadata.claims import Claims, clean, plain
from cleaner.metadata.evidence import Found, Sources, first
from cleaner.page.facts import Facts

MAX_DESCRIPTION = 2_000
"""Characters of a description; a longer one is no description."""

_DESCRIPTIONS = ("description", "og:description", "twitter:description", "dc.description", "dcterms.description")
_TITLES = ("og:title", "twitter:title")
_FRONT_MATTER: dict[str, Callable[[str | None], str | None]] = {"language": language_tag}
"""How fields of front matter are read that are more than a line of text."""
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


def described(facts: Facts, *, url: str | None, source: str = "") -> tuple[Metadata, dict[str, Sources]]:
    """What of `facts` to believe, and where each field is from, what weighs most first.

    `url` is the address that the caller knows, `source` the text of the page. Raises nothing, and depends on nothing
    but its arguments. What front matter says comes before all else.
    """
    found = _fields(facts, url, source)
    metadata = Metadata(**{field: given.value for field, given in found.items()})
    return metadata, {field: given.sources for field, given in found.items() if given.value is not None}


def names_of_site(facts: Facts, *, url: str | None) -> frozenset[str]:
    """What the page's site is called, squashed as hosts are: by what the page says, its logos and its host."""
    sites = Claims(facts, url or _absolute(facts.canonical, None)).sites
    return frozenset(map(titles.squashed, sites)) - {""}


def _fields(facts: Facts, url: str | None, source: str) -> dict[str, Found]:
    if url is None and facts == Facts(language=facts.language, language_source=facts.language_source):
        # A text, which says nothing of itself.
        return {"language": first([(facts.language_source, language_tag(facts.language))])}
    address = url or _absolute(facts.canonical, None)
    claims = Claims(facts, address, source)
    written = {field: _FRONT_MATTER.get(field, plain)(value) for field, value in facts.front_matter.items()}

    def found(field: str, otherwise: Callable[[], Found]) -> Found:
        value = written.get(field)
        return Found(value, ("front matter",)) if value else otherwise()

    date = found("date", lambda: published.choose(claims, has_author=False))
    author = found("author", lambda: authors.choose(claims, is_dated=date.value is not None))
    if date.value is None and author.value is not None:
        date = published.choose(claims, has_author=True)
    return {
        "title": found("title", lambda: _title(claims)),
        "author": author,
        "date": date,
        "site_name": found("site_name", lambda: claims.site_found),
        "description": found("description", lambda: _description(claims)),
        "language": found("language", lambda: _language(claims)),
        "licence": found("licence", lambda: _licence(claims, address)),
        "url": Found(url, ("given",)) if url else found("url", lambda: _own_address(facts, address)),
    }


def _title(claims: Claims) -> Found:
    headlines = [("json-ld headline", article.get("headline")) for article in claims.articles[:1]]
    metas = next(((f"meta {name}", value) for name in _TITLES if (value := claims.meta(name))), ("", None))
    given = [(source, clean(text)) for source, text in (*headlines, metas, ("title element", claims.facts.title))]
    shown = {title: heading for title in claims.facts.headings if (heading := clean(title))}
    told = [(source, text) for source, text in given if text]
    return titles.choose([("heading", text) for text in shown.values()], told, claims.sites)


def _description(claims: Claims) -> Found:
    articles = [("json-ld description", clean(article.get("description"))) for article in claims.articles[:1]]
    metas = [(f"meta {name}", claims.meta(name)) for name in _DESCRIPTIONS]
    given = first([*metas, *articles])
    return given if given.value and len(given.value) <= MAX_DESCRIPTION else Found()


def _language(claims: Claims) -> Found:
    return first((source, language_tag(value)) for source, value in claims.languages())


def _licence(claims: Claims, address: str | None) -> Found:
    described = [text for thing in claims.articles[:1] for text in json_ld.strings(thing.get("license"))]
    links = [("link rel=license", claims.facts.licence), *(("json-ld license", text) for text in described)]
    found = first((source, _absolute(value, address)) for source, value in links)
    return found if found.value else first((f"meta {name}", claims.meta(name)) for name in _LICENCES)


def _own_address(facts: Facts, address: str | None) -> Found:
    named = any(name == "og:url" and value == facts.canonical for name, value in facts.meta)
    return first([("meta og:url" if named else "link rel=canonical", address)])


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
