"""Edits of a candidate's text: stretches are cut out or replaced, and its spans move along."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import NamedTuple

from cleaner.document import Cell, Span, SpanKind, table_text
from cleaner.page.candidate import Candidate
from cleaner.page.spans import Edited, in_order


class Edit(NamedTuple):
    """A replacement of the text from `start` to `end` (half-open)."""

    start: int
    end: int
    replacement: str = ""


_start: Callable[[Edit], int] = attrgetter("start")
_end: Callable[[Edit], int] = attrgetter("end")


def cell_starts(rows: Iterable[Sequence[Cell]]) -> list[list[int]]:
    """For each cell of a table the position of its text in the table's text."""
    starts: list[list[int]] = []
    position = 0
    for row in rows:
        starts.append([])
        for cell in row:
            starts[-1].append(position)
            position += len(cell.text) + 1
    return starts


def stretches(candidate: Candidate) -> Iterator[tuple[int, str]]:
    """The texts that can be edited, each with its position in the candidate's text: the whole text, or the cells."""
    if not candidate.rows:
        yield 0, candidate.text
    for row, starts in zip(candidate.rows, cell_starts(candidate.rows), strict=True):
        yield from ((start, cell.text) for cell, start in zip(row, starts, strict=True))


def apply(candidate: Candidate, edits: list[Edit]) -> None:
    """Makes edits, which are in order and do not overlap.

    An edit over several cells of a table changes its part of each, and its replacement goes into the first. Rows that
    have no text left are removed.
    """
    if not candidate.rows:
        edited = _edited(candidate.text, edits)
        candidate.text, candidate.spans = edited.text, edited.spans(candidate.spans)
        return
    rows = []
    for row, starts in zip(candidate.rows, cell_starts(candidate.rows), strict=True):
        cells = [_edited_cell(cell, start, edits) for cell, start in zip(row, starts, strict=True)]
        if any(cell.text for cell in cells) or cells == row:
            rows.append(cells)
    candidate.rows = rows
    candidate.text = table_text(rows)


def _edited_cell(cell: Cell, position: int, edits: Sequence[Edit]) -> Cell:
    """The cell whose text stands at `position` in the text that the edits are for."""
    end = position + len(cell.text)
    inside = edits[bisect_right(edits, position, key=_end) : bisect_left(edits, end, key=_start)]
    if not inside:
        return cell
    local = [
        Edit(
            max(0, edit.start - position),
            min(len(cell.text), edit.end - position),
            edit.replacement if edit.start >= position else "",
        )
        for edit in inside
    ]
    edited = _edited(cell.text, local)
    return replace(cell, text=edited.text, spans=tuple(edited.spans(cell.spans)))


def _edited(text: str, edits: Iterable[Edit]) -> Edited:
    return Edited(text, _with_gaps(text, edits))


def _with_gaps(text: str, edits: Iterable[Edit]) -> Iterator[Edit]:
    """The edits, touching cuts as one; a cut takes a space along where it would leave two next to each other."""
    joined: list[Edit] = []
    for edit in edits:
        if joined and joined[-1].end == edit.start and not (joined[-1].replacement or edit.replacement):
            edit = Edit(joined.pop().start, edit.end)
        joined.append(edit)
    starts, ends = {edit.start for edit in joined}, {edit.end for edit in joined}
    for edit in joined:
        touches = edit.end in starts or edit.start in ends
        around = text[max(edit.start - 1, 0) : edit.start], text[edit.end : edit.end + 1]
        takes_space = not edit.replacement and not touches and all(char.isspace() for char in around)
        yield edit._replace(end=edit.end + 1) if takes_space else edit


def disjoint(edits: list[Edit]) -> list[Edit]:
    """Edits in the order of their starts; of two that overlap the later one is shortened or left out."""
    out: list[Edit] = []
    for edit in sorted(edits, key=lambda e: (e.start, -e.end)):
        if out and edit.start < out[-1].end:
            if edit.end <= out[-1].end:
                continue
            edit = edit._replace(start=out[-1].end)
        out.append(edit)
    return out


def change_spans(candidate: Candidate, change: Callable[[Sequence[Span]], Iterable[Span]]) -> None:
    """Puts what `change` makes of the spans of a candidate in their place, of each cell by itself."""
    candidate.spans = list(change(candidate.spans))
    if candidate.rows:
        rows = candidate.rows
        candidate.rows = [[replace(cell, spans=tuple(change(cell.spans))) for cell in row] for row in rows]


def texts_with_spans(candidate: Candidate) -> Iterator[tuple[int, str, Sequence[Span]]]:
    """The texts that can be edited, as `stretches`, each with its own spans, whose offsets count from its start."""
    if not candidate.rows:
        yield 0, candidate.text, candidate.spans
    for row, starts in zip(candidate.rows, cell_starts(candidate.rows), strict=True):
        yield from ((start, cell.text, cell.spans) for cell, start in zip(row, starts, strict=True))


def _touching(span: Span, edits: Sequence[Edit]) -> Sequence[Edit]:
    """Those of the edits, which are in order and do not overlap, that the span overlaps or borders on."""
    return edits[bisect_left(edits, span.start, key=_end) : bisect_right(edits, span.end, key=_start)]


def put_spans(candidate: Candidate, edits: list[Edit], kind: SpanKind, is_gone: Callable[[Span, Edit], bool]) -> None:
    """Makes edits, and puts a span over each replacement, whose value is the new text.

    The edits are in order, do not overlap, and none crosses the border of a cell. Spans that `is_gone` is true of for
    an edit that they touch are removed.
    """

    def covered(spans: Sequence[Span], own: Sequence[Edit]) -> list[Span]:
        kept = [span for span in spans if not any(is_gone(span, edit) for edit in _touching(span, own))]
        return in_order([*kept, *(Span(edit.start, edit.end, kind, value=edit.replacement) for edit in own)])

    if not candidate.rows:
        candidate.spans = covered(candidate.spans, edits)
    rows = []
    for row, starts in zip(candidate.rows, cell_starts(candidate.rows), strict=True):
        cells = []
        for cell, start in zip(row, starts, strict=True):
            end = start + len(cell.text)
            inside = edits[bisect_left(edits, start, key=_start) : bisect_left(edits, end, key=_start)]
            own = [edit._replace(start=edit.start - start, end=edit.end - start) for edit in inside]
            cells.append(replace(cell, spans=tuple(covered(cell.spans, own))) if own else cell)
        rows.append(cells)
    candidate.rows = rows
    apply(candidate, edits)
