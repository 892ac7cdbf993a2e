"""The reader of HTML: a page's tree to the blocks that it shows, and what it says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from itertools import islice
from pathlib import Path
from typing import Any

from cleaner.document import PageWarning
from cleaner.html.embedded import embedded_text
from cleaner.html.facts import collect
from cleaner.html.headings import promote
from cleaner.html.layout_lists import unlist_layouts
from cleaner.html.lines import mark_items
from cleaner.html.math import settle_formulas
from cleaner.html.parse import names_in, parse, without_excess
from cleaner.html.prepared import prepare
from cleaner.html.raw_tex import holds_tex, loads_math, read_formulas
from cleaner.html.sidenotes import may_have_notes, set_behind
from cleaner.html.walk import Walked, Walker
from cleaner.intake.language import detect
from cleaner.page.elements import Nodes
from cleaner.page.facts import Facts
from cleaner.page.page import Origin, Page
from cleaner.page.reading import Lookup, RuleScope
from cleaner.text.unmarked import find_unmarked

_SHOWS_NOTHING = 250
"""Characters; a page that shows less may hold its text as JSON."""
_SAMPLE_TEXTS = 400
"""Pieces of text that a page's language is told from."""
_EMPTY = PageWarning("page.empty", "the page is empty")
_WAITING = PageWarning("html.waiting_for_script", "text that waits for a script, hidden or in <noscript>, was read")
_FROM_JSON = PageWarning("html.text_from_json", "the page shows next to no text: what its JSON holds was read")
_NO_TEXT = frozenset(("script", "style", "template"))


def read_html(text: str, scope: RuleScope, *, text_model: Path) -> Page:
    """The page that HTML is; see `Reader`."""
    page = HtmlSource(text).read_with(scope)
    find_unmarked(page, text_model)
    return page


class HtmlSource:
    """A parsed page: first what it says of itself, then, with the rules that hold for it, its blocks."""

    def __init__(self, text: str, origin: Origin = Origin.HTML) -> None:
        self.origin = origin
        self.text, excess = without_excess(text)
        self.root, warnings = parse(self.text)
        self.warnings = excess + warnings
        self.facts = collect(self.root, self.text) if self.root is not None else Facts()

    def sample(self) -> str:
        """Some of the page's text, to tell its language from."""
        body = self._body()
        if body is None:
            return ""
        longer = (e.text for e in body.iter() if e.text and len(e.text) > 30 and e.tag not in _NO_TEXT)
        return " ".join(islice(longer, _SAMPLE_TEXTS))

    def read_with(self, scope: RuleScope) -> Page:
        """The blocks that the page shows, read with the rules for the address and the language that it names."""
        if not self.facts.language:
            self.facts.language, self.facts.language_source = detect(self.sample()), "text"
        return self.read(scope(self.facts.canonical, self.facts.language))

    def read(self, lookup: Lookup) -> Page:
        """The blocks that the page shows, and what the selectors of `lookup` match in it.

        Hidden elements are no text, but for those that a page without its scripts hides its content in. Bold lines with
        prose under them are read as headings, and signs that link a heading to itself go, but not in what was Markdown.
        """
        found, warnings = self._walked(lookup)
        marks = found.marks
        if self.origin is Origin.HTML:
            unlist_layouts(found.blocks)
            if holds_tex(found.blocks) and loads_math(self.text):
                marks = read_formulas(found.blocks, marks)
                settle_formulas(found.blocks, found.nodes)
            mark_items(found.blocks, marks)
            promote(found.blocks, found.nodes)
        return Page(
            self.origin,
            found.blocks,
            found.nodes,
            found.hits,
            marks,
            self.facts,
            posts=found.posts,
            source=self.text if self.origin is Origin.HTML else "",
            names=names_in(self.root) if found.has_inner_links and _FROM_JSON not in warnings else None,
            warnings=[*self.warnings, *warnings, *([] if found.blocks else [_EMPTY])],
        )

    def _walked(self, lookup: Lookup) -> tuple[Walked, list[PageWarning]]:
        """What the page shows; with what waits for a script to show it, where that is more than what it shows."""
        body = self._body()
        if body is None:
            return _nothing(), []
        prepare(lookup, self.root)
        is_markdown = self.origin is Origin.MARKDOWN
        walker = Walker(lookup, is_markdown=is_markdown)
        found = walker.walk(body)
        if not is_markdown and may_have_notes(found.nodes.signatures) and set_behind(self.root):
            prepare(lookup, self.root)
            walker = Walker(lookup)
            found = walker.walk(body)
        visible = sum(len(block.text) for block in found.blocks)
        waiting = frozenset(_waiting(walker.hidden, visible))
        if not waiting and not visible:  # what is called a dialog is the page itself
            waiting = frozenset(filter(_text_length, walker.dialogs))
        if waiting:
            return Walker(lookup, shown=waiting, is_markdown=is_markdown).walk(body), [_WAITING]
        if visible < _SHOWS_NOTHING:
            text = embedded_text(self.root)
            if len(text) > 3 * visible:
                return _walked_text(text, lookup), [_FROM_JSON]
        return found, []

    def _body(self) -> Any:
        if self.root is None or self.root.tag != "html":
            return self.root
        body = self.root.find("body")
        return self.root if body is None else body


def _waiting(hidden: list[Any], visible: int) -> Iterator[Any]:
    """Of the elements that are not shown, those that hold what the page is about."""
    noscripts = [element for element in hidden if element.tag == "noscript"]
    if sum(map(_text_length, noscripts)) > visible:
        yield from noscripts
    for element in hidden:
        if element.tag != "noscript" and (_streamed(element) or _text_length(element) > visible):
            yield element


def _streamed(element: Any) -> bool:
    """Whether an element is a part of the page that React sent late, for its script to put in place."""
    return element.get("hidden") is not None and element.get("id", "").startswith("S:")


def _text_length(element: Any) -> int:
    return sum(len(e.text.strip()) for e in element.iter() if e.text and e.tag not in _NO_TEXT)


def _walked_text(text: str, lookup: Lookup) -> Walked:
    """The blocks of a text that is HTML, or plain with blank lines between paragraphs."""
    if "</" not in text:
        text = "".join(f"<p>{escape(part)}</p>" for part in re.split(r"\n\s*\n|\n", text) if part.strip())
    root, _ = parse(text)
    return Walker(lookup).walk(root) if root is not None else _nothing()


def _nothing() -> Walked:
    return Walked([], Nodes(), [], [], {})
