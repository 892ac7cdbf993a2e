"""Headings of a page that marks none up: its short lines are looked at as if their markup were gone."""

from __future__ import annotations

from pathlib import Path

from cleaner.page.candidate import Candidate, Decision
from cleaner.page.page import Page

_MARKED = 1
"""Headings up to which a page says nothing by its markup: the one may be its title."""
_FEWEST_BLOCKS = 10
"""Blocks of text that tell something of each other."""
_SURE = 0.5
"""Score of a heading, at least: the page may have its reasons for having none."""
_LINKED = 0.5
"""Share of a block's characters that are links, from which on it is one."""
_KINDS = ("heading", "paragraph", "list_item")


def find_unmarked(page: Page, model: Path) -> None:
    """Makes headings of the paragraphs that a score for text takes for headings, where the page has next to none.

    `model` is the file of the scores for text.
    """
    blocks = [block for block in page.blocks if block.text and block.kind in _KINDS]
    if len(blocks) < _FEWEST_BLOCKS or sum(block.kind == "heading" for block in blocks) > _MARKED:
        return
    from cleaner.text.features import Lines, forms_of
    from cleaner.text.headings import find_headings

    texts = [" ".join(block.text.split()) for block in blocks]
    forms = forms_of(Lines(texts, [True] * len(texts), [0] * len(texts)))
    for number in find_headings(forms, texts, model, sure=_SURE).lines:
        block = blocks[number]
        if block.kind == "paragraph" and _stands_alone(block):
            block.kind, block.level = "heading", 2
            block.history += (Decision("heading", "headings.unmarked", detail="the page marks no headings up"),)


def _stands_alone(block: Candidate) -> bool:
    """Whether a block is one line, in no list or quotation, and more than a link."""
    linked = sum(span.end - span.start for span in block.spans if span.kind == "link")
    return not block.containers and "\n" not in block.text and linked < _LINKED * len(block.text)
