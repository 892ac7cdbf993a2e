"""Tables that were drawn with signs: cells between pipes, or columns set apart by spaces."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cleaner.document import Cell

_FEWEST_ROWS = 3
_LONGEST = 400
"""Characters of a table's row."""
_RULE = re.compile(r"[\s|:+=-]+")
_GAP = re.compile(r"\S {2,}\S")


class Drawn(NamedTuple):
    """Rows `start` to `end` (half-open) that do not flow."""

    start: int
    end: int
    cells: list[list[Cell]]
    """Of a table with pipes; empty for columns, which are kept as they stand."""


def tables_in(rows: Sequence[str]) -> Iterator[Drawn]:
    """The tables of a text, in their order."""
    start = 0
    while start < len(rows):
        sort = _sort(rows[start])
        end = start + 1
        while sort and end < len(rows) and _sort(rows[end]) == sort:
            end += 1
        found = _table(rows, start, end) if sort == "|" else _columns(rows, start, end) if sort else None
        if found is not None:
            yield found
        start = end


def _sort(row: str) -> str:
    """What a row may be part of: "|" a table with pipes, " " columns, "" none."""
    if len(row) > _LONGEST:
        return ""
    if row.count("|") + row.count("+") * row.strip().startswith("+-") > 1:
        return "|"
    return " " if "  " in row and _GAP.search(row) else ""


def _table(rows: Sequence[str], start: int, end: int) -> Drawn | None:
    """A table with pipes: with a line under its head or around it, or with as many cells in each of its rows.

    Where no line is drawn at all, the first row is its head, as Markdown has it.
    """
    found: list[list[str]] = []
    ruled = header = False
    for row in rows[start:end]:
        if _RULE.fullmatch(row):
            header = header or len(found) == 1
            ruled = True
        else:
            found.append([cell.strip() for cell in row.strip().strip("|").split("|")])
    boxed = all(row.strip()[0] in "|+" and row.strip()[-1] in "|+" for row in rows[start:end])
    if not found or len({len(row) for row in found}) > 1:
        return None
    if len(found) < 2 or not (ruled or boxed or len(found) >= _FEWEST_ROWS):
        return None
    cells = [
        [Cell(text, header=(header or not ruled) and not number) for text in row] for number, row in enumerate(found)
    ]
    return Drawn(start, end, cells) if any(cell.text for row in cells for cell in row) else None


def _columns(rows: Sequence[str], start: int, end: int) -> Drawn | None:
    """Rows with a gutter of two spaces or more that goes down through all of them."""
    block = rows[start:end]
    if len(block) < _FEWEST_ROWS:
        return None
    indent = min(len(row) - len(row.lstrip()) for row in block)
    shortest = min(map(len, block))
    empty = [all(row[column] == " " for row in block) for column in range(indent, shortest)]
    gutter = any(one and two for one, two in itertools.pairwise(empty))
    inner = any(not column for column in empty)
    return Drawn(start, end, []) if gutter and inner else None
