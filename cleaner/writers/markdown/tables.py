"""Tables as GFM pipe tables."""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.document import Cell
from cleaner.writers.markdown.inline import inline
from cleaner.writers.markdown.layout import References

Row = tuple[Cell, ...]

_ROOM = 4
"""Maximum factor by which merged cells may enlarge a table; cells of a larger one stand side by side."""


def grid(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The table in the form that Markdown has for it: rows of one length, empty cells for merged ones, one header row.

    The first row is the header if all its cells are headers and one has text; no other cell is a header. A table
    without text has no rows.
    """
    placed = _placed(rows)
    if not any(cell.text for row in placed for cell in row):
        return ()
    width = max(map(len, placed))
    has_header = bool(rows[0]) and all(cell.header for cell in rows[0]) and any(cell.text for cell in rows[0])
    return tuple(
        tuple(Cell(cell.text, cell.spans, header=has_header and not number) for cell in _padded(row, width))
        for number, row in enumerate(placed)
    )


def _placed(rows: Sequence[Row]) -> list[list[Cell]]:
    """The cells at their columns, with empty ones where merged cells extend."""
    cells = sum(map(len, rows))
    room = sum(max(cell.colspan, 1) for row in rows for cell in row)
    if room > _ROOM * cells + 64:
        return [list(row) for row in rows]
    placed: list[list[Cell]] = []
    reaching: dict[int, int] = {}
    """By column: the number of rows that a cell above still covers."""
    for row in rows:
        line: list[Cell] = []
        covered = {}
        for cell in row:
            while reaching.get(len(line)):
                covered[len(line)] = reaching[len(line)] - 1
                line.append(Cell())
            span = max(cell.colspan, 1)
            covered |= dict.fromkeys(range(len(line), len(line) + span), max(cell.rowspan, 1) - 1)
            line += [cell, *[Cell()] * (span - 1)]
        placed.append(line)
        reaching = covered
    return placed


def _padded(row: Sequence[Cell], width: int) -> list[Cell]:
    return [*row, *[Cell()] * (width - len(row))]


def table_lines(rows: Sequence[Row], references: References | None = None) -> list[str]:
    """The lines of a table that `grid` returned; one without a header gets an empty header, which GFM requires."""
    body = [_line([inline(cell.text, cell.spans, "line", references) for cell in row]) for row in rows]
    if not rows[0][0].header:
        body.insert(0, _line([""] * len(rows[0])))
    body.insert(1, _line(["---"] * len(rows[0])))
    return body


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
