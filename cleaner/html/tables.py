"""Tables of data, as against tables that only lay a page out."""

from __future__ import annotations

from itertools import islice
from typing import Any

from cleaner.document import Cell

MAX_SPAN = 1_000
"""Largest colspan or rowspan, as in the HTML specification."""
_LOOK_AT = 3_000
"""Elements of a table that are looked at to tell what it is."""
_LAYOUT = frozenset(
    ["h1", "h2", "h3", "h4", "h5", "h6", "form", "pre", "blockquote", "article", "section", "iframe", "video", "hr"]
)
_LONG_CELL = 600
"""Characters; a cell of data is shorter than this, most columns of a laid-out page are longer."""


def is_data_table(table: Any) -> bool:
    """Whether a table holds data: two rows and columns or more, and no blocks of text in its cells."""
    if table.get("role") in ("presentation", "none"):
        return False
    headers = cells = rows = blocks = 0
    widest = width = 0
    for element in islice(table.iterdescendants(), _LOOK_AT):
        tag = element.tag
        if tag == "table" or tag in _LAYOUT:
            return False
        if tag == "tr":
            rows, widest, width = rows + 1, max(widest, width), 0
        elif tag in ("td", "th"):
            cells, width = cells + 1, width + 1
            headers += tag == "th"
            if not headers and _is_long(element):
                return False
        elif tag in ("p", "ul", "ol", "div"):
            blocks += 1
    widest = max(widest, width)
    if rows < 2 or widest < 2:
        return False
    return headers > 0 or blocks <= cells


def _is_long(cell: Any) -> bool:
    size = 0
    for text in cell.itertext():
        size += len(text.strip())
        if size > _LONG_CELL:
            return True
    return False


def cell_text_offsets(rows: list[list[Cell]]) -> list[list[int]]:
    """Where each cell's text starts in the text of the table (`document.table_text`)."""
    offsets, position = [], 0
    for row in rows:
        starts = []
        for cell in row:
            starts.append(position)
            position += len(cell.text) + 1
        offsets.append(starts)
    return offsets
