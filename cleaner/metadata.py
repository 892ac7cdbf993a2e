"""What a page says of itself, and what of it to believe."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from cleaner import authors, dates, json_ld, titles
from cleaner.json_ld import Thing
from cleaner.normalize import fold, normalize
from cleaner.page import Facts

_ARTICLES = frozenset(
    """AdvertiserContentArticle AnalysisNewsArticle Article AskPublicNewsArticle BackgroundNewsArticle BlogPosting Book
    DiscussionForumPosting HowTo LiveBlogPosting MedicalScholarlyArticle MedicalWebPage NewsArticle OpinionNewsArticle Question
    Recipe Report ReportageNewsArticle ReviewNewsArticle SatiricalArticle ScholarlyArticle SocialMediaPosting TechArticle""".split()
)
_PAGES = frozenset("WebPage AboutPage QAPage FAQPage ItemPage ProfilePage CollectionPage".split())
_AUTHOR_METAS = (
    "citation_author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author", "cxenseparse:author", "author", "article:author",
    "byl", "og:author", "creator", "article:author_name", "bc:authors",
)
_DATE_METAS = (
    "article:published_time", "og:article:published_time", "datepublished", "citation_publication_date", "citation_online_date", "citation_date",
    "parsely-pub-date", "sailthru.date", "cxenseparse:publishtime", "og:publish_date", "publish_date", "publish-date", "publishdate", "pubdate",
    "published", "publish_time", "publication_date", "published_time", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "dc.date.created", "dcterms.created", "date", "datecreated",
)


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
    page = _Page(facts, url, title_block)
    return Metadata(
        title=page.title(),
        author=page.author(),
        date=page.date(),
        site_name=page.site,
        url=page.url,
    )


def clean(text: Any) -> str | None:
    if not isinstance(text, str):
        return None
    text = text[:20_000]
    if "&" in text:
        text = html.unescape(html.unescape(text))  # many a page escapes what its program has escaped already
    return " ".join(normalize(text).split()) or None


class _Page:
    def __init__(self, facts: Facts, url: str | None, title_block: str | None) -> None:
        self.facts = facts
        self.url = url
        self.title_block = title_block
        self.metas: dict[str, list[str]] = {}
        for name, content in facts.meta:
            if value := clean(content):
                self.metas.setdefault(name, []).append(value)
        self.things = json_ld.things(facts.json_ld)
        self.by_id: dict[str, Thing] = {}
        for t in self.things:
            if isinstance(t.get("@id"), str) and len(t) > 2:
                self.by_id.setdefault(t["@id"], t)
        self.articles = [t for t in self.things if _ARTICLES.intersection(json_ld.types(t))]
        self.pages = [t for t in self.things if _PAGES.intersection(json_ld.types(t))]
        self.site = self.meta("og:site_name") or self._ld_site() or self.meta("application-name")

    def meta(self, *names: str) -> str | None:
        for n in names:
            if n in self.metas:
                return self.metas[n][0]
        return None

    def _ld_site(self) -> str | None:
        for t in self.things:
            if "WebSite" in json_ld.types(t) and (n := clean(t.get("name"))):
                return n
        for t in self.articles:
            p = t.get("publisher")
            if isinstance(p, dict) and (n := clean(p.get("name"))):
                return n
        return None

    def sites(self) -> list[str]:
        out = [self.site] if self.site else []
        host = urlsplit(self.url).hostname if self.url else None
        if host:
            parts = host.removeprefix("www.").split(".")
            out += [".".join(parts)] + parts[:-1][-2:]
        return out

    def title(self) -> str | None:
        headlines = [h for t in self.articles[:1] if (h := clean(t.get("headline")))]
        told = [*headlines, self.meta("og:title", "twitter:title"), clean(self.facts.title)]
        headings = dict.fromkeys(h for text in [self.title_block, *self.facts.headings] if (h := clean(text)))
        return titles.choose(headings, filter(None, told), self.sites())

    def author(self) -> str | None:
        no = frozenset(fold(s) for s in self.sites())
        for values in self._author_sources():
            names = authors.names(values, not_these=no)
            if names:
                return ", ".join(names)
        return None

    def _author_sources(self):
        for t in self.articles:
            yield self._people(t.get("author"))
        for n in _AUTHOR_METAS:
            if n in self.metas:
                yield self.metas[n]
        for t in self.pages:
            yield self._people(t.get("author"))
        for mark in ("rel=author", "itemprop=author", "class"):
            yield [t for m, t in self.facts.bylines if m == mark][:1]

    def _people(self, value: Any) -> list[str]:
        people, others = [], []
        for v in value if isinstance(value, list) else [value]:
            if isinstance(v, dict):
                if "name" not in v and isinstance(v.get("@id"), str): v = self.by_id.get(v["@id"], v)
                ns = [c for s in json_ld.strings(v.get("name")) if (c := clean(s))]
                (others if "Organization" in json_ld.types(v) else people).extend(ns)
            elif isinstance(v, str) and (c := clean(v)):
                people.append(c)
        return people or others

    def date(self) -> str | None:
        for v in self._date_sources():
            if isinstance(v, str) and (d := dates.parse(v)):
                return d
        return dates.in_path(urlsplit(self.url).path) if self.url else None

    def _date_sources(self):
        for t in self.articles:
            yield t.get("datePublished")
        for n in _DATE_METAS:
            if n in self.metas:
                yield self.metas[n][0]
        for t in self.pages:
            yield t.get("datePublished")
        for mark in ("itemprop=datepublished", "time published", "time", "class published", "class"):
            for m, v in self.facts.times:
                if m == mark:
                    yield v
                    break
