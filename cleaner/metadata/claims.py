"""What a page says of itself, read: values cleaned, JSON-LD parsed and sorted by what it describes."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from cleaner.intake.language_tags import language_tag
from cleaner.metadata import json_ld, lists
from cleaner.metadata.evidence import Found, first
from cleaner.metadata.json_ld import Thing
from cleaner.normalize import fold, normalize
from cleaner.page.facts import Facts

_MAX_VALUE = 5_000
_MAX_VALUES = 50
_MIN_LIKE = 4
_LANGUAGES = ("og:locale", "content-language", "dc.language", "dcterms.language", "language", "inlanguage")
_ARTICLE_TYPES = """
    AdvertiserContentArticle AnalysisNewsArticle Article AskPublicNewsArticle BackgroundNewsArticle BlogPosting
    DiscussionForumPosting HowTo LiveBlogPosting MedicalScholarlyArticle NewsArticle OpinionNewsArticle Question Recipe
    Report ReportageNewsArticle ReviewNewsArticle SatiricalArticle ScholarlyArticle SocialMediaPosting TechArticle
"""
_PAGE_TYPES = "AboutPage CheckoutPage CollectionPage FAQPage ItemPage MedicalWebPage ProfilePage QAPage WebPage"
_GOODS_TYPES = "CollectionPage ItemList OfferCatalog Product ProductGroup SearchResultsPage"
_ARTICLES = frozenset(_ARTICLE_TYPES.split())
_PAGES = frozenset(_PAGE_TYPES.split())
_GOODS = frozenset(_GOODS_TYPES.split())


class Claims:
    """What a page says of itself. `url` is its address, where known; `source` is the text that it was read from."""

    def __init__(self, facts: Facts, url: str | None, source: str = "") -> None:
        self.facts = facts
        self.source = source
        self.url = url
        self.opening = [normalize(text) for text in facts.opening]
        self.bylines = [(mark, normalize(text)) for mark, text in facts.bylines]
        self.times = [(mark, normalize(value)) for mark, value in facts.times]
        self._metas: dict[str, list[str]] = {}
        for name, content in facts.meta:
            self._metas.setdefault(name, []).append(content)
        self._sort(json_ld.things(facts.json_ld))
        self.site_found = self._site()
        self.site = self.site_found.value
        self.sites = [self.site] if self.site else []
        self.sites += facts.brands
        self.language = next(filter(None, (language_tag(value) for _, value in self.languages())), None)
        self.path = ""
        self.is_home = False
        self.is_list = False
        self._read_address()

    def _sort(self, things: list[Thing]) -> None:
        self.articles: list[Thing] = []
        self.pages: list[Thing] = []
        self.webs: list[Thing] = []
        self.by_id: dict[str, Thing] = {}
        self.is_goods = (self.meta("og:type") or "").startswith("product")
        for thing in things:
            types = json_ld.types(thing)
            if isinstance(thing.get("@id"), str) and len(thing) > 2:
                self.by_id.setdefault(thing["@id"], thing)
            if not _ARTICLES.isdisjoint(types):
                self.articles.append(thing)
            elif not _PAGES.isdisjoint(types):
                self.pages.append(thing)
            elif "WebSite" in types:
                self.webs.append(thing)
            self.is_goods = self.is_goods or not _GOODS.isdisjoint(types)
        self.is_goods = self.is_goods and not self.articles
        self.is_article = bool(self.articles) or "article" in (self.meta("og:type") or "").lower()

    def _read_address(self) -> None:
        try:
            parts = urlsplit(self.url or "")
            host = (parts.hostname or "").removeprefix("www.")
        except ValueError:
            return
        self.path = parts.path
        if host:
            self.is_home = parts.path in ("", "/") and not parts.query
            may_be_list = not self.is_article and not parts.query
            self.is_list = may_be_list and lists.is_list(self.facts, parts.path, self.language)
            self.sites += [host, *host.split(".")[:-1][-2:]]

    def meta(self, *names: str) -> str | None:
        """The first value of the first of the <meta> `names` that says something."""
        return next((value for name in names for value in self.values(name)[:1]), None)

    def values(self, name: str) -> list[str]:
        """What the <meta> elements of this name say."""
        return [value for content in self._metas.get(name, ())[:_MAX_VALUES] if (value := clean(content))]

    def is_site(self, name: str) -> bool:
        return fold(name) in map(fold, self.sites)

    def has_in_lower_case(self, word: str) -> bool:
        """Whether the text of the page has a word in lower case."""
        pattern = re.compile(
            re.escape(word.lower().strip(".,")) + r"[\s.,;:<?!]"
        )  # which begins with its letters, and is fast
        before = (self.source[found.start() - 1 : found.start()] for found in pattern.finditer(self.source))
        return any(sign == ">" or sign.isspace() for sign in before)

    def is_like_site(self, name: str) -> bool:
        """Whether a name begins with that of the site, or the other way round."""
        own = fold(name).replace(" ", "")
        others = [fold(site).replace(" ", "") for site in self.sites]
        return any(
            len(min(own, other, key=len)) >= _MIN_LIKE and (own.startswith(other) or other.startswith(own))
            for other in others
        )

    def named(self, value: Any) -> list[str]:
        """Names of the people in a JSON-LD value, or of its organisations where there are none."""
        people, organisations = self.people_in(value)
        return people or organisations

    def people_in(self, value: Any) -> tuple[list[str], list[str]]:
        """Names of the people in a JSON-LD value, and of its organisations."""
        people: list[str] = []
        others: list[str] = []
        for item in (value if isinstance(value, list) else [value])[:_MAX_VALUES]:
            if isinstance(item, dict):
                thing = self._followed(item)
                names = filter(None, map(clean, json_ld.strings(thing.get("name"))))
                (others if "Organization" in json_ld.types(thing) else people).extend(names)
            elif name := clean(item):
                people.append(name)
        return people, others

    def _followed(self, thing: Thing) -> Thing:
        key = thing.get("@id")
        return self.by_id.get(key, thing) if isinstance(key, str) and "name" not in thing else thing

    def languages(self) -> Iterator[tuple[str, Any]]:
        """What the page says of its language, and where, the most trusted first."""
        yield self.facts.language_source, self.facts.language
        for name in _LANGUAGES:
            yield f"meta {name}", self.meta(name)
        for thing in (*self.articles[:1], *self.pages[:1]):
            yield "json-ld inLanguage", thing.get("inLanguage")

    def _site(self) -> Found:
        publishers = [("json-ld publisher", article.get("publisher")) for article in self.articles]
        webs = [("json-ld WebSite", thing) for thing in self.webs]
        named = [(source, next(iter(self.named(value)), None)) for source, value in (*webs, *publishers)]
        before, after = (
            [(f"meta {name}", self.meta(name)) for name in names]
            for names in (("og:site_name",), ("application-name", "apple-mobile-web-app-title"))
        )
        return first([*before, *named, *after])


def clean(value: Any) -> str | None:
    """`value` on one line, normalized, without entities; None where it is no text or an empty one."""
    return plain(unescaped(value)) if isinstance(value, str) else None


def plain(value: str | None) -> str | None:
    """`value` on one line and normalized; None where it is empty."""
    return " ".join(normalize(value[:_MAX_VALUE]).split()) or None if value else None


def unescaped(value: str) -> str:
    """`value` without entities: many a page escapes what its program has escaped already."""
    return html.unescape(html.unescape(value[:_MAX_VALUE])) if "&" in value else value
