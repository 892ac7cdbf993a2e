"""Taking stretches out of a candidate's text, its spans moved along."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from cleaner.document import Cell, Span, table_text
from cleaner.page.candidate import Candidate


@dataclass(frozen=True, slots=True)
class Edit:
    """Text from `start` to `end` (half-open) that `replacement` takes the place of."""

    start: int
    end: int
    replacement: str = ""


def stretches(candidate: Candidate) -> Iterator[tuple[int, str]]:
    """The texts that can be edited, each with its place in the candidate's: the whole text, or a table's cells."""
    position = 0
    for cell in (cell for row in candidate.rows for cell in row):
        yield position, cell.text
        position += len(cell.text) + 1
    if not candidate.rows:
        yield 0, candidate.text


def apply(candidate: Candidate, edits: list[Edit]) -> None:
    """Makes edits that do not overlap, in the order of their starts. In a table, cells without text that stood in
    one are left out with their row when the whole row is empty."""
    if not candidate.rows:
        candidate.text, spans = _applied(candidate.text, candidate.spans, edits)
        candidate.spans = list(spans)
        return
    position = 0
    rows = []
    starts = [e.start for e in edits]
    ends = [e.end for e in edits]
    for row in candidate.rows:
        cells = []
        for cell in row:
            inside = edits[bisect_right(ends, position) : bisect_left(starts, position + len(cell.text))]
            cells.append(_applied_to_cell(cell, position, inside) if inside else cell)
            position += len(cell.text) + 1
        if any(cell.text for cell in cells) or cells == row:
            rows.append(cells)
    candidate.rows = rows
    candidate.text = table_text(rows)


def _applied_to_cell(cell: Cell, position: int, edits: list[Edit]) -> Cell:
    local = [
        Edit(
            max(0, e.start - position),
            min(len(cell.text), e.end - position),
            e.replacement if e.start >= position else "",
        )
        for e in edits
    ]
    text, spans = _applied(cell.text, list(cell.spans), local)
    return replace(cell, text=text, spans=tuple(spans))


def _applied(text: str, spans: list[Span], edits: list[Edit]) -> tuple[str, list[Span]]:
    edits = [_with_gap(text, edit) for edit in edits]
    begins = [edit.start for edit in edits]
    out, shifts, starts, position, shift = [], [0], [-1], 0, 0
    for edit in edits:
        out += [text[position : edit.start], edit.replacement]
        position = edit.end
        shift += len(edit.replacement) - (edit.end - edit.start)
        starts.append(edit.end)
        shifts.append(shift)
    out.append(text[position:])
    joined = "".join(out)

    def moved(at: int) -> int:
        before = bisect_right(begins, at) - 1
        if before >= 0 and at < edits[before].end:
            at = edits[before].start  # a border inside an edit goes to its start
        return at + shifts[bisect_right(starts, at) - 1]

    stripped = joined.lstrip()
    lead = len(joined) - len(stripped)
    stripped = stripped.rstrip()
    kept = []
    for span in spans:
        start, end = (min(len(stripped), max(0, moved(at) - lead)) for at in (span.start, span.end))
        start, end = _without_edge_space(stripped, start, end)
        if start < end or span.start == span.end:
            kept.append(replace(span, start=start, end=end))
    return stripped, kept


def _without_edge_space(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _with_gap(text: str, edit: Edit) -> Edit:
    """Takes a space along, where taking the stretch alone would leave two."""
    if (
        not edit.replacement
        and edit.start
        and text[edit.start - 1].isspace()
        and text[edit.end : edit.end + 1].isspace()
    ):
        return replace(edit, end=edit.end + 1)
    return edit


def disjoint(edits: list[Edit]) -> list[Edit]:
    """Edits in the order of their starts; of two that overlap the later is shortened or left out."""
    out: list[Edit] = []
    for edit in sorted(edits, key=lambda e: (e.start, -e.end)):
        if out and edit.start < out[-1].end:
            if edit.end <= out[-1].end:
                continue
            edit = replace(edit, start=out[-1].end)
        out.append(edit)
    return out
