"""Paragraphs whose lines are blocks of their own: headings, and items behind bullets or numbers.

Pages that were written by hand, or copied out of Word, end their lines with <br> and write the bullets themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from cleaner.document import Container
from cleaner.html.headings import has_heading_form
from cleaner.html.inline import Inline
from cleaner.page.candidate import Candidate
from cleaner.page.edits import Edit, apply
from cleaner.page.elements import Mark
from cleaner.page.spans import Edited

_BULLETS = "•·▪●◦‣■►▶➢➤✓✔❖"
_MARKER = re.compile(rf"([{_BULLETS}*])\s+(?=\S)|([1-9]\d{{0,2}})[.)]\s+(?=\S)")
_SHORTEST_PROSE = 60
"""Characters of the line under a bold one that is a heading of it; under a name stands an address."""

Range = tuple[int, int]


def parts_of(inline: Inline) -> list[Inline]:
    """The parts of a paragraph's text that are blocks of their own; one where it has a single line or is one block."""
    lines = list(_lines(inline.text))
    starts = {0, *_headings(inline, lines), *_items(inline.text, lines)}
    borders = [*sorted(starts), len(inline.text) + 1]
    if len(borders) == 2:
        return [inline]
    parts = [(start, end - 1) for start, end in pairwise(borders)]
    spans = _by_part([(span.start, span.end) for span in inline.spans], parts)
    marks = _by_part([(start, end) for _, start, end in inline.marks], parts)
    return [_part(inline, *found) for found in zip(parts, spans, marks, strict=True)]


def mark_items(blocks: Sequence[Candidate], marks: list[Mark]) -> None:
    """Makes items of paragraphs in a row that begin with the same bullet, or that are lines with numbers that count.

    The markers are cut off, and the `marks` of selectors move along.
    """
    runs = list(_runs(blocks))
    if not runs:
        return
    cut: dict[int, int] = {}
    containers = [container for block in blocks for container in block.containers]
    key = max((container.key for container in containers), default=0)
    lists = max((container.list or 0 for container in containers), default=0)
    for run in runs:
        lists += 1
        for place, mark in run:
            block, key = blocks[place], key + 1
            value = int(mark[2]) if mark[2] else None
            block.containers = (*block.containers, Container("item", key, value is not None, value, list=lists))
            block.kind = "list_item"
            apply(block, [Edit(0, mark.end())])
            cut[place] = mark.end()
    marks[:] = filter(None, (_moved(mark, cut.get(mark.block, 0)) for mark in marks))


def _moved(mark: Mark, distance: int) -> Mark | None:
    start, end = max(mark.start - distance, 0), mark.end - distance
    return Mark(mark.selector, mark.block, start, end) if start < end else None


_Run = list[tuple[int, re.Match[str]]]


def _runs(blocks: Sequence[Candidate]) -> Iterator[_Run]:
    """The runs of two paragraphs or more whose markers go on: their numbers on the page, and the markers."""
    run: _Run = []
    for place, block in enumerate(blocks):
        mark = _MARKER.match(block.text) if block.kind == "paragraph" else None
        if mark is None or (run and not _goes_on(blocks[run[-1][0]], run[-1][1], block, mark)):
            if len(run) > 1:
                yield run
            run = []
        if mark is not None:
            run.append((place, mark))
    if len(run) > 1:
        yield run


def _goes_on(before: Candidate, last: re.Match[str], block: Candidate, mark: re.Match[str]) -> bool:
    if before.containers != block.containers or mark[1] != last[1]:
        return False
    if mark[1] is not None and mark[1] in _BULLETS:
        return True
    is_next = mark[2] is None or int(mark[2]) == int(last[2]) + 1
    return is_next and before.element == block.element


def _lines(text: str) -> Iterator[Range]:
    start = 0
    for line in text.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def _headings(inline: Inline, lines: Sequence[Range]) -> Iterator[int]:
    """Where bold lines over prose begin, and where they end."""
    bold = {(span.start, span.end) for span in inline.spans if span.kind == "strong"}
    for (start, end), (below, last) in pairwise(lines) if bold else ():
        if (start, end) in bold and last - below >= _SHORTEST_PROSE and has_heading_form(inline.text[start:end]):
            yield from (start, below)


def _items(text: str, lines: Sequence[Range]) -> list[int]:
    """Where the lines begin that are items of a list: at least two with the same bullet, or with numbers that count."""
    found = [(start, mark) for start, _ in lines if (mark := _MARKER.match(text, start))]
    signs = [mark[1] for _, mark in found]
    if len(found) < 2 or any(sign != signs[0] for sign in signs):
        return []
    if signs[0] is None and any(int(b[2]) != int(a[2]) + 1 for (_, a), (_, b) in pairwise(found)):
        return []
    return [start for start, _ in found]


def _by_part(ranges: Sequence[Range], parts: Sequence[Range]) -> Iterator[list[int]]:
    """For each part of a text, in order: the numbers of the ranges that reach into it or stand at its edge."""
    by_start = sorted(range(len(ranges)), key=lambda number: ranges[number][0])
    begun: list[int] = []
    next_one = 0
    for start, end in parts:
        while next_one < len(by_start) and ranges[by_start[next_one]][0] <= end:
            begun.append(by_start[next_one])
            next_one += 1
        begun = [number for number in begun if ranges[number][1] >= start]
        yield sorted(begun)


def _part(inline: Inline, part: Range, spans: Sequence[int], marks: Sequence[int]) -> Inline:
    """A stretch of a text between two line breaks as a text, with the spans and marks of these numbers."""
    first, last = part

    def inside(start: int, end: int) -> Range:
        return max(start, first) - first, min(end, last) - first

    edited = Edited(inline.text[first:last], ())
    moved = []
    for span in map(inline.spans.__getitem__, spans):
        start, end = inside(span.start, span.end)
        if start < end or span.start == span.end:
            moved.append(replace(span, start=start, end=end))
    cut = [(selector, *inside(start, end)) for selector, start, end in map(inline.marks.__getitem__, marks)]
    return Inline(edited.text, edited.spans(moved), edited.marks(cut))
