"""What a page says of itself outside its text."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable
from itertools import islice
from typing import Any

from cleaner.page import Facts

MAX_VALUES = 60
"""Bylines, times and other values of one sort that are kept; later ones belong to lists of other pages."""
_MAX_META = 400
_MAX_TEXT = 300
_MAX_PIECES = 40
_MAX_HEADINGS = 8
_BEFORE = 12
"""Elements before the first <h1> whose texts are in the opening too."""
_OPENING = 60
"""Elements after the first <h1> whose texts are its opening."""
_NEAR = 600
"""Elements after the first <h1> among which bylines and dates are looked for: what is further down is of something else."""
_MAX_ANCESTORS = 40

_HEAD = 4_096
_SAVED = re.compile(
    r"<!--\s*saved from url=\(\d{4}\)\s*(\S+?)\s*-->|<!--\s*Page saved with SingleFile\s+url:\s*(\S+)", re.IGNORECASE
)
_AUTHOR = re.compile(r"author|by-?line|writer|user-?name|contributor", re.IGNORECASE)
_DATE = re.compile(r"date|publish|posted|time", re.IGNORECASE)
_NOT_A_DATE = re.compile(r"update|modif|timeline|timer|runtime|reading|candidate", re.IGNORECASE)
_MARKS = ("author", "byline", "by-line", "writer", "username", "user-name", "contributor", "date", "publish", "posted", "time")
_PUBLISHED = re.compile(r"publi|posted|entry-date", re.IGNORECASE)
_ASIDE = re.compile(
    r"comment|related|sidebar|footer|recommend|repl(?:y|ies)|widget|popular|latest|carousel|review|teaser|\bcards?\b",
    re.IGNORECASE,
)
_ASIDE_TAGS = frozenset(("footer", "aside", "nav"))
_DATE_ITEMPROPS = frozenset(("datepublished", "datecreated", "uploaddate"))
_NO_TEXT = frozenset(("script", "style", "noscript", "template", "svg"))


def collect(root: Any, text: str) -> Facts:
    """The facts of a page: `root` is its <html> element, `text` its source."""
    collector = _Collector(text)
    collector.read(root)
    return collector.facts


class _Collector:
    """One pass over a page's elements."""

    def __init__(self, source: str) -> None:
        self.facts = Facts()
        self.source = source
        self.classes: dict[str, bool] = {}
        self.own_heading = False

    def read(self, root: Any) -> None:
        facts = self.facts
        facts.language = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang")
        readers = {"title": self._title, "meta": self._meta, "link": self._link, "script": self._script}
        for element in root.iter(*readers):
            readers[element.tag](element)
        if facts.canonical is None:
            facts.canonical = next((value for name, value in facts.meta if name == "og:url"), None)
        if facts.canonical is None:
            facts.canonical = _saved_from(self.source)
        if facts.licence is None:
            facts.licence = next(iter(root.xpath("//a[@rel='license' or contains(@rel,'license ') or contains(@rel,' license')]/@href")), None)
        self._near_heading(root)

    def _near_heading(self, root: Any) -> None:
        """Bylines, dates and first texts, as far as `_NEAR` elements after the page's own <h1>."""
        known = self.classes
        recent: deque[Any] = deque(maxlen=_BEFORE)
        since = -1
        for element in root.iter():
            tag = element.tag
            if tag == "h1":
                if self._heading(element) or since < 0:
                    self._start_opening(recent)
                    since = 0
            elif tag == "time":
                self._time(element)
            elif tag == "a" and "author" in _relations(element):
                self._byline("rel=author", element)
            if name := element.get("class"):
                marked = known.get(name)
                if marked is None:
                    marked = known[name] = _is_marked(name.lower())
                if marked:
                    self._marked(element, name)
            if item := element.get("itemprop"):
                self._item(element, item.lower())
            if since < 0:
                recent.append(element)
            else:
                since += 1
                if since < _OPENING:
                    self._follow(element, inside=since > 1)
                elif since > _NEAR:
                    break

    def _start_opening(self, recent: Iterable[Any]) -> None:
        self.facts.opening.clear()
        for element in recent:
            self._follow(element, inside=True)

    def _title(self, element: Any) -> None:
        parent = element.getparent()
        if self.facts.title is None and (parent is None or parent.tag != "svg"):
            self.facts.title = _text(element) or None

    def _meta(self, element: Any) -> None:
        content = element.get("content")
        if not content or len(self.facts.meta) >= _MAX_META:
            return
        for attribute in ("name", "property", "itemprop", "http-equiv"):
            name = element.get(attribute)
            if name:
                self.facts.meta.append((name.strip().lower(), content))

    def _link(self, element: Any) -> None:
        relations = _relations(element)
        target = element.get("href")
        if target and "canonical" in relations and self.facts.canonical is None:
            self.facts.canonical = target
        if target and "license" in relations and self.facts.licence is None:
            self.facts.licence = target

    def _script(self, element: Any) -> None:
        if "ld+json" in (element.get("type") or "").lower() and element.text and len(self.facts.json_ld) < MAX_VALUES:
            self.facts.json_ld.append(element.text)

    def _heading(self, element: Any) -> bool:
        """Takes the heading in; whether it is the first that is in the <title>, so probably the page's own."""
        heading = _text(element)
        if not heading or len(self.facts.headings) >= _MAX_HEADINGS:
            return False
        self.facts.headings.append(heading)
        own = not self.own_heading and heading.lower() in (self.facts.title or "").lower()
        self.own_heading = self.own_heading or own
        return own

    def _time(self, element: Any) -> None:
        published = element.get("pubdate") is not None or _PUBLISHED.search(element.get("class") or "")
        changed = _NOT_A_DATE.search(element.get("class") or "") or "modified" in (element.get("itemprop") or "").lower()
        if not changed or published:
            self._date("time published" if published else "time", element)

    def _item(self, element: Any, name: str) -> None:
        if element.tag == "meta":
            return
        for word in name.split():
            if word in ("author", "creator"):
                self._byline("itemprop=author", element)
            elif word in _DATE_ITEMPROPS:
                self._date(f"itemprop={word}", element)

    def _marked(self, element: Any, name: str) -> None:
        if element.tag == "body":
            return
        if _AUTHOR.search(name):
            self._byline("class", element)
        elif element.tag != "time" and not _NOT_A_DATE.search(name):
            self._date("class published" if _PUBLISHED.search(name) else "class", element)

    def _byline(self, mark: str, element: Any) -> None:
        if len(self.facts.bylines) < MAX_VALUES and (text := _text(element, "\n")):
            self.facts.bylines.append((mark + _place(element), text))

    def _date(self, mark: str, element: Any) -> None:
        if len(self.facts.times) >= MAX_VALUES:
            return
        value = element.get("datetime") or element.get("content") or _text(element)
        if value and len(value) < _MAX_TEXT:
            self.facts.times.append((mark + _place(element), value))

    def _follow(self, element: Any, inside: bool) -> None:
        if inside and element.tag not in _NO_TEXT:
            self._open(element.text)
        self._open(element.tail)

    def _open(self, text: str | None) -> None:
        if text and len(text) < _MAX_TEXT and (text := text.strip()):
            self.facts.opening.append(text)


def _relations(element: Any) -> list[str]:
    return (element.get("rel") or "").lower().split()


def _is_marked(name: str) -> bool:
    for word in _MARKS:  # a loop, which is three times as fast as any() or a pattern
        if word in name:
            return True
    return False


def _text(element: Any, between: str = " ") -> str:
    """The element's text, with `between` its text nodes."""
    pieces = (" ".join(piece[:_MAX_TEXT].split()) for piece in islice(element.itertext(), _MAX_PIECES))
    return between.join(filter(None, pieces))[:_MAX_TEXT]


def _place(element: Any) -> str:
    """" aside" for an element inside something that is not the page's own text."""
    for ancestor in islice(element.iterancestors(), _MAX_ANCESTORS):
        if ancestor.tag in ("body", "main", "article"):
            return ""
        if ancestor.tag in _ASIDE_TAGS or _ASIDE.search(f"{ancestor.get('class')} {ancestor.get('id')}"):
            return " aside"
    return ""


def _saved_from(source: str) -> str | None:
    found = _SAVED.search(source[:_HEAD])
    return (found[1] or found[2]) if found else None
