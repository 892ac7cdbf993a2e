"""Tables of data, in contrast to tables that are only the layout of a page."""

from __future__ import annotations

from itertools import islice
from typing import Any

from cleaner.document import Cell
from cleaner.html.inline import Inline
from cleaner.page.edits import cell_starts
from cleaner.page.spans import InlineMark, shifted

MAX_SPAN = 1_000
"""Largest colspan or rowspan, as in the HTML specification."""
_MAX_ELEMENTS = 3_000
"""Number of elements at the start of a table that decide what it is."""
_LAYOUT = frozenset(
    ["h1", "h2", "h3", "h4", "h5", "h6", "form", "pre", "blockquote", "article", "section", "iframe", "video", "hr"]
)
_MAX_DATA_CELL = 600
"""Maximum length of a cell of data, in characters; most columns of a page's layout are longer."""


def is_data_table(table: Any) -> bool:
    """Whether a table holds data: it has at least two rows and columns, and no blocks of text in its cells."""
    if table.get("role") in ("presentation", "none"):
        return False
    headers = cells = rows = blocks = 0
    widest = width = 0
    for element in islice(table.iterdescendants(), _MAX_ELEMENTS):
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
        if size > _MAX_DATA_CELL:
            return True
    return False


class TableReader:
    """A data table while it is read: its cells, and the marks of selectors."""

    def __init__(self, node: int) -> None:
        self.node = node
        self.in_cell = False
        self._rows: list[list[Cell]] = []
        self._cell: tuple[str, dict[str, str]] = ("td", {})
        self._marks: list[tuple[int, int, list[InlineMark]]] = []
        """Row and column of a cell, with the marks of its text."""
        self._parts: list[tuple[tuple[int, ...], int, int, bool]] = []
        """Rows and cells that selectors matched: the selectors, row, column, and whether it is the whole row."""

    def start(self, tag: str, attributes: dict[str, str], selectors: tuple[int, ...]) -> None:
        """A row or a cell starts."""
        if tag == "tr" or not self._rows:
            self._rows.append([])
        if selectors:
            self._parts.append((selectors, len(self._rows) - 1, len(self._rows[-1]), tag == "tr"))
        if tag != "tr":
            self._cell, self.in_cell = (tag, attributes), True

    def end_cell(self, inline: Inline) -> None:
        """The cell ends; `inline` is its text."""
        tag, attributes = self._cell
        self._cell, self.in_cell = ("td", {}), False
        cell = Cell(
            inline.text,
            tuple(inline.spans),
            header=tag == "th",
            colspan=number(attributes.get("colspan"), 1, 1, MAX_SPAN),
            rowspan=number(attributes.get("rowspan"), 1, 1, MAX_SPAN),
        )
        row = self._rows[-1]
        row.append(cell)
        self._marks.append((len(self._rows) - 1, len(row) - 1, inline.marks))

    def finish(self) -> tuple[list[list[Cell]], list[InlineMark]]:
        """The rows that have cells, and the marks of the table's text; nothing where no cell has text."""
        starts = cell_starts(self._rows)
        marks = [mark for row, column, found in self._marks for mark in shifted(found, starts[row][column])]
        for selectors, at, column, whole in self._parts:
            cells = self._rows[at]
            if cells:
                first = 0 if whole else min(column, len(cells) - 1)
                last = len(cells) - 1 if whole else first
                marks += [(s, starts[at][first], starts[at][last] + len(cells[last].text)) for s in selectors]
        if not any(cell.text for row in self._rows for cell in row):
            return [], []
        return [row for row in self._rows if row], marks


def number(text: str | None, default: int, low: int, high: int) -> int:
    """The number in an attribute, limited to `low` and `high`; `default` where it is none."""
    try:
        return min(high, max(low, int(text or "", 10)))
    except ValueError:
        return default
