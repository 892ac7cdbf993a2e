"""Tables that are drawn with signs: cells between pipes, or columns separated by spaces."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cleaner.document import Cell

_MIN_ROWS = 3
"""Minimum number of rows of columns, and of a table without lines."""
_MAX_CHARACTERS = 400
"""Maximum number of characters of a row."""
_RULE = re.compile(r"[\s|:+=-]+")
_GAP = re.compile(r"\S {2,}\S")


class Drawn(NamedTuple):
    """Rows `start` to `end` (half-open) that are not flowing text."""

    start: int
    end: int
    cells: list[list[Cell]]
    """The rows of a table with pipes; empty for columns, which stay as they are."""


def tables_in(rows: Sequence[str]) -> Iterator[Drawn]:
    """The tables of a text in their order."""
    start = 0
    while start < len(rows):
        kind = _kind(rows[start])
        end = start + 1
        while kind and end < len(rows) and _kind(rows[end]) == kind:
            end += 1
        found = _table(rows, start, end) if kind == "|" else _columns(rows, start, end) if kind else None
        if found is not None:
            yield found
        start = end


def _kind(row: str) -> str:
    """What a row may be a part of: "|" a table with pipes, " " columns, "" neither."""
    if len(row) > _MAX_CHARACTERS:
        return ""
    if row.count("|") + row.count("+") * row.strip().startswith("+-") > 1:
        return "|"
    return " " if "  " in row and _GAP.search(row) else ""


def _table(rows: Sequence[str], start: int, end: int) -> Drawn | None:
    """A table with pipes, whose rows have the same number of cells.

    It has a line below its head, a line around it, or _MIN_ROWS rows. Where it has no line at all, its first row is its
    head, as in Markdown.
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
    if len(found) < 2 or not (ruled or boxed or len(found) >= _MIN_ROWS):
        return None
    cells = [
        [Cell(text, header=(header or not ruled) and not number) for text in row] for number, row in enumerate(found)
    ]
    return Drawn(start, end, cells) if any(cell.text for row in cells for cell in row) else None


def _columns(rows: Sequence[str], start: int, end: int) -> Drawn | None:
    """Columns: rows with a gutter of two spaces or more that runs through all of them."""
    block = rows[start:end]
    if len(block) < _MIN_ROWS:
        return None
    indent = min(len(row) - len(row.lstrip()) for row in block)
    shortest = min(map(len, block))
    empty = [all(row[column] == " " for row in block) for column in range(indent, shortest)]
    gutter = any(one and two for one, two in itertools.pairwise(empty))
    inner = any(not column for column in empty)
    return Drawn(start, end, []) if gutter and inner else None
