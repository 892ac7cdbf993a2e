"""Blocks that become several: their texts, spans and marks are divided, and all numbers of blocks move along."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from cleaner.page.candidate import Candidate
from cleaner.page.elements import Hit, Mark
from cleaner.page.page import Page
from cleaner.page.spans import Edited, InlineMark

SPLITTABLE = frozenset(("heading", "list_item", "paragraph"))
"""Kinds of blocks that can be split: the text of the others is more than a line of words."""

PartOrigin = tuple[int, int]
"""The number that a block had, or that the block had which it was a part of, and where in its text the part begins."""
_Part = tuple[int, Candidate, list[InlineMark]]


def split_blocks(page: Page, places: Mapping[int, Sequence[int]]) -> list[PartOrigin]:
    """Splits blocks of a page in place, and gives for each block what it was.

    `places` are the positions, in code points, at which parts begin, in order, by the number of the block. A position
    with no text before or behind it begins none. What an element inside a block covers is a match on the block itself
    where it covers a part.
    """
    marks: dict[int, list[InlineMark]] = {}
    for mark in page.marks:
        marks.setdefault(mark.block, []).append((mark.selector, mark.start, mark.end))
    blocks: list[Candidate] = []
    origins: list[PartOrigin] = []
    first: list[int] = []
    left: list[Mark] = []
    whole: list[Hit] = []
    for number, block in enumerate(page.blocks):
        first.append(len(blocks))
        own = marks.get(number, [])
        parts = _parts(block, own, places[number]) if number in places else [(0, block, own)]
        for position, part, inside in parts:
            place = len(blocks)
            for selector, start, end in inside:
                if number in places and (start, end) == (0, len(part.text)):
                    whole.append(Hit(selector, -1, place, place + 1))
                else:
                    left.append(Mark(selector, place, start, end))
            blocks.append(part)
            origins.append((number, position))
    first.append(len(blocks))
    for block in blocks:
        if block.caption_of is not None:
            block.caption_of = first[block.caption_of]
    page.blocks, page.marks = blocks, left
    page.hits = [replace(hit, first=first[hit.first], end=first[hit.end]) for hit in page.hits] + whole
    page.nodes.first = [first[number] for number in page.nodes.first]
    page.nodes.end = [first[number] for number in page.nodes.end]
    page.printed = frozenset(new for new, (old, _) in enumerate(origins) if old in page.printed)
    if page.title_position is not None:
        page.title_position = first[min(page.title_position, len(first) - 1)]
    return origins


def _parts(block: Candidate, marks: list[InlineMark], places: Sequence[int]) -> Iterator[_Part]:
    """The parts of a block: of an item, the first one is the item and the others are paragraphs in it."""
    kind = block.kind
    for start, end in pairwise((0, *_dividing(block.text, places), len(block.text))):
        edited = Edited(block.text, [(0, start, ""), (end, len(block.text), "")])
        is_last = end == len(block.text)
        spans = [s for s in block.spans if s.start < s.end or start <= s.start < end or (is_last and s.start == end)]
        yield start, replace(block, kind=kind, text=edited.text, spans=edited.spans(spans)), edited.marks(marks)
        kind = "paragraph" if kind == "list_item" else kind


def _dividing(text: str, places: Sequence[int]) -> Iterator[int]:
    """The places with text before them, since the one before, and behind them."""
    last = 0
    for place in places:
        if text[last:place].strip() and text[place:].strip():
            yield place
            last = place
