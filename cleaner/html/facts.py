"""What a page says of itself outside its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any

from cleaner.page.facts import Facts

MAX_VALUES = 60
"""Bylines, dates and scripts that are kept, each; later ones belong to comments and lists of other pages."""
_MAX_META = 400
_MAX_HEADINGS = 8
_MAX_TEXT = 300
"""Characters that are kept of a byline, a heading or another text."""
_MAX_BYLINE = 200
"""Characters of an element that is a byline by its class alone; a longer one is about the author, or a page's frame."""
_MAX_PIECES = 40
_BY_CLASS = ("class", "username")
"""Marks of bylines that a class alone makes."""
_MAX_ANCESTORS = 40
_BEFORE = 30
_AFTER = 400
"""Elements before and after the page's own <h1> among which bylines and dates are looked for: those further off are of
something else."""
_WITHOUT_HEADING = 1_000
_INLINE = frozenset(("span", "b", "strong", "i", "em", "small", "label", "dt"))
_MAX_LABEL = 30
_OPENING = 60
"""Elements after the <h1> whose texts are in the opening."""

_HEAD = 4_096
_SAVED = re.compile(
    r"<!--\s*saved from url=\(\d{4}\)\s*(\S+?)\s*-->|<!--\s*Page saved with SingleFile\s+url:\s*(\S+)", re.IGNORECASE
)
_MARKS = (
    *("author", "byline", "by-line", "date", "time", "publish", "posted"),
    *("writer", "username", "user-name", "contributor"),
)
"""What a class has in it that may mark a byline or a date, the commonest first; the patterns below look closer."""
_AUTHOR = re.compile(r"author|by-?line|writer|contributor", re.IGNORECASE)
_ACCOUNT = re.compile(r"user-?name", re.IGNORECASE)
_AUTHOR_PATH = re.compile(r"/(?:authors?|autor(?:en|es|as?)?|auteurs?)/[^/?#]+/?(?:[?#]|$)", re.IGNORECASE)
"""Where a link leads to what a site has by one author."""
_ENDS_OF_SENTENCES = (".", "!", "?", "。")
_PUBLISHED = re.compile(r"publi|posted|entry-date", re.IGNORECASE)
_NOT_PUBLISHED = re.compile(r"update|modif|timeline|timer|runtime|reading", re.IGNORECASE)
_ASIDE = re.compile(
    r"comment|related|sidebar|footer|recommend|repl(?:y|ies)|widget|popular|latest|carousel|review|teaser|\bcards?\b",
    re.IGNORECASE,
)
_HOME = re.compile(r"(?:https?:)?(//[^/?#]+)/?$|/(?:(?:index|default|home)\.\w{3,5})?$", re.IGNORECASE)
_MAX_HOME = 80
_NO_BRANDS = frozenset(("home", "homepage", "home page", "startseite", "start", "accueil", "inicio", "início", "首页"))
"""What links to the home say that is not the site's name."""
_BRAND = re.compile(r"logo|brand|masthead|(?:site|blog)[-_]?(?:title|name)", re.IGNORECASE)
_ENTRY = re.compile(r"\b(?:entry|post|hentry)\b", re.IGNORECASE)
_LOWER_HEADINGS = ("h2", "h3", "h4")
_MIN_ENTRY = 4
"""Minimum number of characters of a text that is compared with the title."""
_ASIDE_TAGS = frozenset(("footer", "aside", "nav"))
_PAGE_TAGS = frozenset(("body", "main", "article"))
_NO_TEXT = frozenset(("title", "script", "style", "noscript", "template"))
_DATE_ITEMS = {
    **{name: name for name in ("datepublished", "datecreated", "uploaddate")},
    **dict.fromkeys(("published-date", "publishdate", "pubdate", "published"), "datepublished"),
}
"""What items of dates are called, and the sort of date that each is."""
_AUTHOR_ITEMS = frozenset(("author", "creator"))


def collect(root: Any, text: str) -> Facts:
    """The facts of a page: `root` is its <html> element, `text` its source."""
    facts = _head(root)
    facts.canonical = _address(facts, text)
    _read_links(root, facts)
    headings = list(islice(root.iter("h1"), _MAX_HEADINGS))
    own = _own(root, headings, facts)
    shown = headings if own is None else [own, *(h1 for h1 in headings if h1 is not own)]
    facts.headings = [heading for element in shown if (heading := _text(element))]
    _Surroundings(facts).look(_around(root, own), own)
    return facts


def _read_links(root: Any, facts: Facts) -> None:
    """Reads the licence, and the names that the site has in links to its home."""
    title = _folded(facts.title or "")
    for link in root.iter("a"):
        if facts.licence is None and "license" in _relations(link):
            facts.licence = link.get("href")
        if _leads_home(link, facts) and len(facts.brands) < MAX_VALUES:
            name = _text(link)
            if name and _folded(name) in title and _folded(name) not in _NO_BRANDS:
                facts.brands.append(name)


def _leads_home(link: Any, facts: Facts) -> bool:
    """Whether a link leads to the home of the page's site."""
    target = link.get("href")
    found = _HOME.match(target) if target and len(target) < _MAX_HOME else None
    return found is not None and (not found[1] or found[1] in (facts.canonical or ""))


def _head(root: Any) -> Facts:
    """What <title>, <meta>, <link> and <script> say, wherever they stand."""
    facts = Facts(
        language=root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang")
    )
    for element in root.iter("title", "meta", "link", "script", "base"):
        tag = element.tag
        if tag == "meta":
            _read_meta(element, facts)
        elif tag == "link":
            _read_link(element, facts)
        elif tag == "base":
            facts.base = element.get("href") if facts.base is None else facts.base
        elif tag == "script":
            if "ld+json" in (element.get("type") or "").lower() and element.text and len(facts.json_ld) < MAX_VALUES:
                facts.json_ld.append(element.text)
        elif facts.title is None and (element.getparent() is None or element.getparent().tag != "svg"):
            facts.title = _text(element) or None
    return facts


def _address(facts: Facts, source: str) -> str | None:
    """The first of what the page gives as its address that is absolute; the canonical link where none is."""
    given = (facts.canonical, *(value for name, value in facts.meta if name == "og:url"), _saved_from(source))
    return next((address for address in given if address and "://" in address), facts.canonical)


def _read_meta(element: Any, facts: Facts) -> None:
    content = element.get("content")
    if not content or len(facts.meta) >= _MAX_META:
        return
    for attribute in ("name", "property", "itemprop", "http-equiv"):
        if name := element.get(attribute):
            facts.meta.append((name.strip().lower(), content))


def _read_link(element: Any, facts: Facts) -> None:
    relations, target = _relations(element), element.get("href")
    if target and "canonical" in relations and facts.canonical is None:
        facts.canonical = target
    if target and "license" in relations and facts.licence is None:
        facts.licence = target


def _own(root: Any, headings: list[Any], facts: Facts) -> Any:
    """The page's own heading, None where it has none: the <h1> that is in the <title>, else the first.

    Where no <h1> is but the site's name, it is another element whose text the title begins or ends with.
    """
    title = _folded(facts.title or "")
    brands = {*map(_folded, facts.brands), *(_folded(_text(h1)) for h1 in headings if _is_brand(h1, facts))}
    own = [h1 for h1 in headings if _folded(_text(h1)) not in brands]
    inside = [h1 for h1 in own if (text := _folded(_text(h1))) and text in title]
    begins = [h1 for h1 in inside if title.startswith(_folded(_text(h1)))]
    named = max(begins, key=lambda h1: len(_text(h1)), default=inside[0] if inside else None)
    entry = _entry(root, title, brands, own, named) if title else None
    found = named if entry is None else entry
    if found is None:
        return next(iter((*own, *headings)), None)
    own_text = _folded(_text(found))
    shown = [_text(h1) for h1 in headings]
    facts.brands += [text for text in shown if _at_end(title, _folded(text)) and own_text not in _folded(text)]
    return found


def _entry(root: Any, title: str, brands: set[str], own: list[Any], named: Any) -> Any:
    """The heading of an entry under an <h1> that is the site's name; the heading of a page that has no <h1>.

    `own` are the <h1> that are not marked as the site's name, `named` is the one of them that is in the title. An <h1>
    is the site's name too where it ends the title, and a lower heading begins it; or where a lower heading that is
    marked as that of an entry is at an end of the title, and the <h1> at the other or not in it at all.
    """
    text_of_named = _folded(_text(named)) if named is not None else ""
    if text_of_named == title:
        return None
    is_last = _ends(title, text_of_named)
    for element in root.iter(*_LOWER_HEADINGS):
        text = _folded(_text(element))
        begins, ends = _begins(title, text), _ends(title, text)
        if not (begins or ends) or text in brands or text == text_of_named:
            continue
        if not own or (begins and is_last) or (_is_of_entry(element) and not _in_common(own, title, text_of_named)):
            return element
    return _text_in_title(root, title, brands) if next(root.iter("h1"), None) is None else None


def _in_common(own: list[Any], title: str, text_of_named: str) -> bool:
    """Whether a page's <h1> has so many words of the title that it is no site's name, unless it is one end of it."""
    if text_of_named:
        return not _at_end(title, text_of_named)
    words = set(title.split())
    return any(2 * len(words & set(_folded(_text(h1)).split())) > len(words) for h1 in own)


def _is_of_entry(heading: Any) -> bool:
    """Whether a heading is marked as that of an entry: by its class, its parent's, or the relation of its link."""
    parent = heading.getparent()
    marks = _names(heading) + " " + (_names(parent) if parent is not None else "")
    return bool(_ENTRY.search(marks)) or any("bookmark" in _relations(a) for a in islice(heading.iter("a"), 1))


def _text_in_title(root: Any, title: str, brands: set[str]) -> Any:
    """The first element whose text is the greater part of the title, at one of its ends."""
    body = root.find("body")
    for element in (root if body is None else body).iter():
        text = element.text
        if text and 2 * len(text) >= len(title) and len(text) < _MAX_TEXT and element.tag not in _NO_TEXT:
            folded = _folded(text)
            if folded not in brands and (folded == title or _at_end(title, folded)):
                return element
    return None


def _folded(text: str) -> str:
    return " ".join(text.lower().split())


def _begins(title: str, text: str) -> bool:
    """Whether a title is a text, or goes on after it with a sign."""
    rest = title[len(text) :].lstrip()
    return len(text) >= _MIN_ENTRY and title.startswith(text) and not rest[:1].isalnum()


def _at_end(title: str, text: str) -> bool:
    """Whether a text is a part of a title at one of its ends."""
    return text != title and (_begins(title, text) or _ends(title, text))


def _ends(title: str, text: str) -> bool:
    """Whether a title goes on to a text after a sign, and ends with it."""
    before = title[: -len(text)].rstrip() if text else ""
    return len(text) >= _MIN_ENTRY and title.endswith(text) and bool(before) and not before[-1].isalnum()


def _is_brand(heading: Any, facts: Facts) -> bool:
    """Whether a heading is marked as the site's name: by a class or an id, or because it leads to the home."""
    parent = heading.getparent()
    marks = _names(heading) + (_names(parent) if parent is not None else "")
    return bool(_BRAND.search(marks)) or any(_leads_home(link, facts) for link in islice(heading.iter("a"), 1))


def _around(root: Any, heading: Any) -> Iterable[Any]:
    """The elements around the page's own heading, in the page's order; its first ones where it has no heading."""
    if heading is None:
        return islice(root.iter(), _WITHOUT_HEADING)
    before = reversed(list(islice(_preceding(heading), _BEFORE)))
    return chain(before, heading.iter(), islice(_following(heading), _AFTER))


def _following(element: Any) -> Iterator[Any]:
    """The elements after the end of `element`, in the order of the page."""
    for node in chain((element,), element.iterancestors()):
        for sibling in node.itersiblings():
            yield from sibling.iter()


def _preceding(element: Any) -> Iterator[Any]:
    """The elements that end before `element` begins, the nearest first; each before those inside it."""
    for node in chain((element,), element.iterancestors()):
        for sibling in node.itersiblings(preceding=True):
            waiting = [sibling]
            while waiting:
                latest = waiting.pop()
                yield latest
                waiting.extend(latest)


class _Surroundings:
    """Bylines, dates and short texts around the page's heading."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.classes: dict[str, bool] = {}

    def look(self, elements: Iterable[Any], heading: Any) -> None:
        known = self.classes  # attribute access and calls are what takes time here: a page has hundreds of elements
        opening = 0 if heading is None else _BEFORE + _OPENING
        for element in elements:
            tag = element.tag
            if tag == "time":
                self._time(element)
            elif tag == "a":
                self._link(element)
            if name := element.get("class"):
                marked = known.get(name)
                if marked is None:
                    marked = known[name] = _is_marked(name.lower())
                if marked:
                    self._class(element, name)
            if item := element.get("itemprop"):
                self._items(element, item.lower().split())
            if opening > 0:
                opening -= 1
                if element is heading:
                    self.facts.before_heading = len(self.facts.opening)
                elif tag not in _NO_TEXT:
                    self._open(element.text)
                self._open(element.tail)

    def _link(self, element: Any) -> None:
        if "author" in _relations(element):
            self._byline("rel=author", element)
        elif (target := element.get("href")) and "/a" in target and _AUTHOR_PATH.search(target):
            self._author_link(element)

    def _author_link(self, element: Any) -> None:
        """Keeps a link to what the site has by an author, with the text before it: "by", or what begins a sentence."""
        before = " ".join(_text_before(element)[-_MAX_TEXT:].split())
        if not (element.tail or "").rstrip().endswith(_ENDS_OF_SENTENCES):
            self._byline("link said" if before else "link", element, before)

    def _time(self, element: Any) -> None:
        name = element.get("class") or ""
        published = element.get("pubdate") is not None or _PUBLISHED.search(name)
        if published:
            self._date("time published", element)
        elif not _NOT_PUBLISHED.search(name) and "modified" not in (element.get("itemprop") or "").lower():
            self._date("time", element)

    def _items(self, element: Any, items: list[str]) -> None:
        if element.tag == "meta":
            return  # read with the others
        for item in items:
            if item in _AUTHOR_ITEMS:
                self._byline("itemprop=author", element)
            elif item in _DATE_ITEMS:
                self._date(f"itemprop={_DATE_ITEMS[item]}", element)

    def _class(self, element: Any, name: str) -> None:
        if _AUTHOR.search(name):
            self._byline("class", element)
        elif _ACCOUNT.search(name):
            self._byline("username", element)
        elif element.tag != "time" and not _NOT_PUBLISHED.search(name):
            self._date("class published" if _PUBLISHED.search(name) else "class", element)

    def _byline(self, mark: str, element: Any, before: str = "") -> None:
        if len(self.facts.bylines) >= MAX_VALUES:
            return
        text = (mark.startswith("itemprop") and _named_in(element)) or _text(element, between="\n")
        if text and (mark not in _BY_CLASS or len(text) <= _MAX_BYLINE):
            self.facts.bylines.append((mark + _place(element), f"{before}\n{text}" if before else text))

    def _date(self, mark: str, element: Any) -> None:
        if len(self.facts.times) >= MAX_VALUES:
            return
        value = element.get("datetime") or element.get("content") or _text(element)
        if value and len(value) < _MAX_TEXT:
            self.facts.times.append((mark + _place(element), f"{_label(element)} {value}".strip()))

    def _open(self, text: str | None) -> None:
        if text and len(text) < _MAX_TEXT and (text := text.strip()):
            self.facts.opening.append(text)


def _named_in(element: Any) -> str:
    """The names that microdata gives inside an item, for programs too: of <meta>, or of its elements; a line each.

    The names of what the item has as a property of its own, as where its author works, are not its names.
    """
    named = (inner for inner in islice(element.iterdescendants(), _MAX_PIECES) if inner.get("itemprop") == "name")
    own = (inner for inner in named if not _is_of_property(inner, element))
    texts = (" ".join((inner.get("content") or _text(inner))[:_MAX_TEXT].split()) for inner in own)
    return ",\n".join(dict.fromkeys(filter(None, texts)))


def _is_of_property(inner: Any, item: Any) -> bool:
    """Whether an element inside an item belongs to an item that is a property of it, other than its author."""
    for ancestor in islice(inner.iterancestors(), _MAX_ANCESTORS):
        if ancestor is item:
            return False
        if ancestor.get("itemscope") is not None and (items := ancestor.get("itemprop")):
            return _AUTHOR_ITEMS.isdisjoint(items.lower().split())
    return False


def _label(element: Any) -> str:
    """The text right before an element, where it is short enough to say what the element is: "Updated on"."""
    before, parent = element.getprevious(), element.getparent()
    if before is not None:
        text = before.tail if before.tail and before.tail.strip() else _text(before) if before.tag in _INLINE else ""
    else:
        text = parent.text if parent is not None else ""
    text = " ".join((text or "").split())
    return text if len(text) <= _MAX_LABEL else ""


def _text_before(element: Any) -> str:
    """The text node right before an element."""
    before, parent = element.getprevious(), element.getparent()
    return (before.tail if before is not None else parent.text if parent is not None else "") or ""


def _relations(element: Any) -> list[str]:
    given = element.get("rel")
    return given.lower().split() if given else []


def _is_marked(name: str) -> bool:
    for word in _MARKS:  # noqa: SIM110 - a loop takes a third of the time of any()
        if word in name:
            return True
    return False


def _text(element: Any, between: str = " ") -> str:
    """The element's text, with `between` its text nodes."""
    has_scripts = len(element) > 0 and next(element.iterdescendants(*_NO_TEXT), None) is not None
    texts = _shown_texts(element) if has_scripts else element.itertext()
    pieces = (" ".join(piece[:_MAX_TEXT].split()) for piece in islice(texts, _MAX_PIECES))
    return between.join(filter(None, pieces))[:_MAX_TEXT]


def _shown_texts(element: Any) -> Iterator[str]:
    """The text nodes of an element but those of styles and scripts in it."""
    for inner in element.iter():
        if inner.text and (inner is element or inner.tag not in _NO_TEXT):
            yield inner.text
        if inner is not element and inner.tail:
            yield inner.tail


def _place(element: Any) -> str:
    """What marks an element inside something that is not the page's own text."""
    for ancestor in islice(element.iterancestors(), _MAX_ANCESTORS):
        if ancestor.tag in _PAGE_TAGS:
            return ""
        if ancestor.tag in _ASIDE_TAGS or _ASIDE.search(_names(ancestor)):
            return " aside"
    return ""


def _names(element: Any) -> str:
    return f"{(element.get('class') or '')[:_MAX_TEXT]} {(element.get('id') or '')[:_MAX_TEXT]}"


def _saved_from(source: str) -> str | None:
    found = _SAVED.search(source[:_HEAD])
    return (found[1] or found[2]) if found else None
