"""What a page says of itself, and what of it to believe."""

from __future__ import annotations

from dataclasses import dataclass

from cleaner import authors, published, titles
from cleaner.claims import Claims, clean
from cleaner.page import Facts

@dataclass(frozen=True, slots=True)
class Metadata:
    title: str | None = None
    author: str | None = None
    date: str | None = None
    site_name: str | None = None
    description: str | None = None
    language: str | None = None
    licence: str | None = None
    url: str | None = None


def decide(facts: Facts, *, url: str | None, title_block: str | None) -> Metadata:
    claims = Claims(facts, url)
    author = authors.choose(claims)
    return Metadata(title=_title(claims, title_block), author=author, date=published.choose(claims, has_author=author is not None), site_name=claims.site, url=url)


def _title(claims: Claims, title_block: str | None) -> str | None:
    headlines = [h for t in claims.articles[:1] if (h := clean(t.get("headline")))]
    told = [*headlines, claims.meta("og:title", "twitter:title"), clean(claims.facts.title)]
    headings = dict.fromkeys(h for text in [title_block, *claims.facts.headings] if (h := clean(text)))
    return titles.choose(headings, filter(None, told), claims.sites)
