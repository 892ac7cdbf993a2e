"""HTML to candidates: the only package that knows lxml."""

from __future__ import annotations

from itertools import islice
from typing import Any

from cleaner.html.facts import collect
from cleaner.html.headings import promote
from cleaner.html.parse import parse
from cleaner.html.walk import Lookup, Walker
from cleaner.normalize import words
from cleaner.page import Facts, Page

__all__ = ["HtmlSource", "Lookup"]

_FEW_WORDS = 20
"""A page that shows fewer words than this may keep its text hidden until a script runs."""
_SAMPLE_TEXTS = 400
"""Pieces of text that a page's language is told from."""
_NO_TEXT = frozenset(("script", "style", "noscript", "template"))


class HtmlSource:
    """A parsed page: first what it says of itself, then, with the rules that hold for it, its blocks."""

    def __init__(self, text: str) -> None:
        self.root, self.warnings = parse(text)
        self.facts = collect(self.root, text) if self.root is not None else Facts()

    def sample(self) -> str:
        """Some of the page's text, to tell its language from."""
        body = self._body()
        if body is None:
            return ""
        longer = (e.text for e in body.iter() if e.text and len(e.text) > 30 and e.tag not in _NO_TEXT)
        return " ".join(islice(longer, _SAMPLE_TEXTS))

    def read(self, lookup: Lookup) -> Page:
        """The blocks that the page shows, and what the selectors of `lookup` match in it.

        Hidden elements are no text, but for those that a page without its scripts hides its content in.
        """
        body = self._body()
        if body is None:
            return Page(facts=self.facts, warnings=[*self.warnings, "the page is empty"])
        lookup.prepare(self.root)
        (page, hides), warnings = self._walked(body, lookup), list(self.warnings)
        if hides and _word_count(page, _FEW_WORDS) < _FEW_WORDS:
            revealed = Walker(lookup, reveal=True).walk(body)
            if _word_count(revealed) > 3 * _word_count(page):
                page = revealed
                warnings.append("the page shows next to no text: hidden elements and <noscript> were read")
        promote(page)
        if not page.blocks:
            warnings.append("the page is empty")
        base = next(self.root.iter("base"), None)
        page.base = base.get("href") if base is not None else None
        page.facts, page.warnings = self.facts, warnings
        return page

    @staticmethod
    def _walked(body: Any, lookup: Lookup) -> tuple[Page, bool]:
        """The page, and whether there is more to reveal.

        An element that hides more text than the page shows is waiting for a script, and is read too.
        """
        walker = Walker(lookup)
        page = walker.walk(body)
        visible = sum(len(block.text) for block in page.blocks)
        waiting = [element for element in walker.hidden if _streamed(element) or _text_length(element) > visible]
        hides = bool(walker.hidden) or next(body.iter("noscript", "dialog"), None) is not None
        return (Walker(lookup, shown=frozenset(waiting)).walk(body) if waiting else page), hides

    def _body(self) -> Any:
        if self.root is None or self.root.tag != "html":
            return self.root
        body = self.root.find("body")
        return self.root if body is None else body


def _streamed(element: Any) -> bool:
    """Whether an element is a part of the page that React sent late, for its script to put in place."""
    return element.get("hidden") is not None and element.get("id", "").startswith("S:")


def _text_length(element: Any) -> int:
    return sum(len(e.text.strip()) for e in element.iter() if e.text and e.tag not in _NO_TEXT)


def _word_count(page: Page, enough: int | None = None) -> int:
    count = 0
    for block in page.blocks:
        count += len(words(block.text))
        if enough is not None and count >= enough:
            break
    return count
