"""Tables of contents: lists of links to the headings of their own page, which say nothing that these do not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cleaner import lazily
from cleaner.links import fragment_within
from cleaner.normalize import fold, has_words
from cleaner.page.candidate import Candidate
from cleaner.page.heading_signs import bare
from cleaner.page.page import Page

_LEAST = 3
"""Links in a row that may be a table of contents."""
_HEADINGS = 0.5
"""Share of them that must be called like headings of the page; others lead to figures and to parts of sections."""
_COVERED = 0.8
"""Share of a line that its link must cover: numbers and arrows stand beside it."""
_KINDS = ("list_item", "paragraph")
_LABEL_WORDS = 5
"""Maximum words of a line that announces one: "In this article:"."""
_NUMBER = lazily.pattern(r"(?:\d[\d.)]*|[ivxlc]+[.)])\s+", re.IGNORECASE)


def tables_of_contents(page: Page, url: str | None = None) -> frozenset[int]:
    """The blocks, by number, of the tables of contents of a page, each with the heading or the label above it.

    Links lead to places on the page by `url`, the address that the caller knows, or by what the page calls its own.
    """
    addresses = list(dict.fromkeys((url, page.facts.canonical)))
    blocks = page.blocks
    found: set[int] = set()
    headings: set[str] | None = None
    for run in _runs(blocks, addresses, page.facts.base):
        if headings is None:
            headings = {_name(block.text) for block in blocks if block.kind == "heading"}
        named = sum(_name(blocks[number].text) in headings for number in run)
        if named > _HEADINGS * len(run):
            found.update(run)
            if _has_label(blocks, run):
                found.add(run.start - 1)
    return frozenset(found)


def _runs(blocks: Sequence[Candidate], addresses: Sequence[str | None], base: str | None) -> Iterator[range]:
    """The blocks in a row that are links to places on their own page and nothing else."""
    start = 0
    for number, block in enumerate(blocks):
        if block.spans and block.kind in _KINDS and _is_link(block, addresses, base):
            continue
        if number - start >= _LEAST:
            yield range(start, number)
        start = number + 1
    if len(blocks) - start >= _LEAST:
        yield range(start, len(blocks))


def _is_link(block: Candidate, addresses: Sequence[str | None], base: str | None) -> bool:
    covered = 0
    for span in block.spans:
        if span.kind == "link" and span.href and "#" in span.href and _leads_within(span.href, addresses, base):
            covered += span.end - span.start
    return covered >= _COVERED * len(block.text)


def _leads_within(href: str, addresses: Sequence[str | None], base: str | None) -> bool:
    return any(fragment_within(href, address, base) is not None for address in addresses)


def _name(text: str) -> str:
    """What a heading is called, with or without its number."""
    number = _NUMBER.match(text := bare(text))
    return fold(text[number.end() :] if number else text)


def _has_label(blocks: Sequence[Candidate], run: range) -> bool:
    """Whether a line announces a run of links, or a heading stands over nothing else."""
    if not run.start:
        return False
    before, behind = blocks[run.start - 1], blocks[run.stop] if run.stop < len(blocks) else None
    if before.kind == "heading":
        return (before.level or 0) > 1 and (behind is None or behind.kind in ("heading", "rule"))
    text = before.text
    is_strong = any(span.kind == "strong" and (span.start, span.end) == (0, len(text)) for span in before.spans)
    is_line = before.kind == "paragraph" and has_words(text) and len(text.split()) <= _LABEL_WORDS
    return is_line and (is_strong or text.endswith(":"))
