"""Tables of data, in contrast to tables that are only the layout of a page."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
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
_SETTING = re.compile(r"(?:^|[\s_-])(?:equation(?:group)?|eqn|disp-formula|footnotes?)(?=$|[\s_-])")
"""Classes of tables that only set numbers beside equations or notes."""
_LAYOUT = frozenset(("table", "form", "article", "section", "iframe", "video", "h1"))
"""Elements that no cell of data holds."""
_HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
_SECTIONS = frozenset(("blockquote", "hr"))
_LISTS = frozenset(("ul", "ol"))
_BLOCKS = frozenset(("p", "div"))
_MAX_DATA_CELL = 600
"""Maximum length of a cell of data, in characters; most columns of a page's layout are longer."""
_SHORT_CELL = 200
"""Length of a cell, in characters, up to which many rows alone make data, whatever the cells are made of."""
_MANY_ROWS = 4
_MENU_LINKS = 3
_TEXT_BESIDE_MENU = 80
"""Minimum length of the text, in characters, that makes links beside it a menu."""
_MAX_COLUMNS = 1_000


@dataclass(slots=True)
class _CellShape:
    size: int = 0
    """Characters of its text, 1 for an image."""
    links: int = 0
    linked: int = 0
    """Characters of the links' own text."""
    headed: int = 0
    """Characters of headings."""
    lines: int = 0
    """Line breaks and blocks in it."""
    is_after_break: bool = False

    def is_section(self) -> bool:
        """Whether there is a heading with something under it."""
        return 0 < self.headed < self.size

    def is_menu(self, beside: int) -> bool:
        """Whether it holds links and nothing else, a line each or beside a text, whose length is `beside`."""
        if self.links < _MENU_LINKS:
            return False
        return self.lines >= self.links - 1 or (5 * self.linked >= 4 * self.size and beside > _TEXT_BESIDE_MENU)


class _Shape:
    """What a table is made of."""

    def __init__(self) -> None:
        self.widths: list[int] = []
        """The columns that each row reaches over."""
        self.full = 0
        """Rows with text in two cells or more."""
        self.bare = 0
        """Rows without cells, which make room."""
        self.headers = self.cells = self.blocks = self.sections = self.longest = 0
        self.is_merged = self.has_prose = self.has_menu = False
        self._row: list[_CellShape] = []
        self._rows = 0
        self._reaching = 0
        """The columns that cells of rows above reach down to."""
        self._ends: defaultdict[int, int] = defaultdict(int)
        """By the number of a row: how many of these columns are free again from it on."""
        self._width = 0

    def start_row(self) -> None:
        """A row starts."""
        self.end_row()
        self._rows += 1
        self._reaching -= self._ends.pop(self._rows, 0)
        self._width = self._reaching

    def end_row(self) -> None:
        """The last row ends."""
        cells = self._row
        if cells:
            longest = max(cell.size for cell in cells)
            self.full += sum(cell.size > 0 for cell in cells) > 1
            self.longest = max(self.longest, longest)
            self.sections += sum(cell.is_section() for cell in cells)
            self.has_menu |= len(cells) > 1 and any(cell.is_menu(longest) for cell in cells)
            self.widths.append(self._width)
        self._row = []

    def start_cell(self, element: Any) -> None:
        """A cell starts."""
        columns = number(element.get("colspan"), 1, 1, _MAX_COLUMNS)
        rows = number(element.get("rowspan"), 1, 1, MAX_SPAN)
        self.cells += 1
        self.headers += element.tag == "th"
        self.is_merged |= columns > 1
        self._width += columns
        if rows > 1:
            self._reaching += columns
            self._ends[self._rows + rows] += columns
        self._row.append(_CellShape())

    def text(self, text: str | None) -> None:
        """A text stands in the last cell."""
        if text and self._row and not text.isspace():
            self._row[-1].size += len(text.strip())
            self._row[-1].is_after_break = False

    def element(self, element: Any) -> None:
        """An element starts in the last cell."""
        if not self._row:
            return
        cell, tag = self._row[-1], element.tag
        if tag == "br":
            self.has_prose |= cell.is_after_break and cell.size > 0
            cell.is_after_break = True
            cell.lines += 1
        elif tag == "a":
            cell.links += 1
            cell.linked += len((element.text or "").strip())
        elif tag == "img":
            cell.size += 1
        elif tag in _LISTS or (tag in _BLOCKS and element.text and not element.text.isspace()):
            self.blocks += 1
            cell.lines += 1
        elif tag in _HEADINGS:
            cell.headed += sum(len(text.strip()) for text in element.itertext())
        elif tag in _SECTIONS:
            self.sections += 1


def is_data_table(table: Any) -> bool:
    """Whether a table holds data, rather than the parts of a page.

    Data has rows of the same width, with text in several cells. Headers make data of cells of any length. Without them,
    cells of data hold no headings, menus, paragraphs or long texts, unless there are many regular rows of short cells.
    """
    role = table.get("role")
    if role in ("presentation", "none") or _SETTING.search(table.get("class", "")):
        return False
    shape = _shape_of(table)
    if shape is None or not shape.widths:
        return False
    if role in ("table", "grid"):
        return True
    if len(shape.widths) < 2:
        return False
    if shape.headers:
        return not shape.sections or shape.longest <= _MAX_DATA_CELL
    width = max(set(shape.widths), key=shape.widths.count)
    regular = shape.widths.count(width)
    rows = len(shape.widths)
    if width < 2 or 5 * shape.bare > rows or 3 * regular < 2 * rows:
        return False
    if shape.full >= _MANY_ROWS and 3 * shape.full >= 2 * rows and shape.longest <= _SHORT_CELL:
        return True
    if shape.sections or shape.has_menu or shape.has_prose or shape.blocks > shape.cells:
        return False
    is_filled = shape.full > 1 or (shape.full == 1 and rows > 2 and not shape.is_merged)
    return is_filled and shape.longest <= _MAX_DATA_CELL


def _shape_of(table: Any) -> _Shape | None:
    """What a table is made of; None where it holds what no table of data does."""
    shape = _Shape()
    for element in islice(table.iterdescendants(), _MAX_ELEMENTS):
        tag = element.tag
        if tag in _LAYOUT or (tag == "pre" and "\n" in "".join(element.itertext()).strip()):
            return None
        if tag == "tr":
            shape.bare += next(element.iterchildren("td", "th"), None) is None
            shape.start_row()
        elif tag in ("td", "th"):
            shape.start_cell(element)
        else:
            shape.element(element)
            shape.text(element.tail)
        shape.text(element.text)
    shape.end_row()
    return shape


class TableReader:
    """A data table while it is read: its cells, and the marks of selectors."""

    def __init__(self, node: int) -> None:
        self.node = node
        self.in_cell = False
        self._in_head = False
        self._rows: list[list[Cell]] = []
        self._cell: tuple[str, dict[str, str]] = ("td", {})
        self._marks: list[tuple[int, int, list[InlineMark]]] = []
        """Row and column of a cell, with the marks of its text."""
        self._parts: list[tuple[tuple[int, ...], int, int, bool]] = []
        """Rows and cells that selectors matched: the selectors, row, column, and whether it is the whole row."""

    def start(
        self, tag: str, attributes: dict[str, str], selectors: tuple[int, ...] = (), *, in_head: bool = False
    ) -> None:
        """A row or a cell starts; all cells of a row in the head are headers."""
        if tag == "tr" or not self._rows:
            self._rows.append([])
            self._in_head = in_head
        if selectors:
            self._parts.append((selectors, len(self._rows) - 1, len(self._rows[-1]), tag == "tr"))
        if tag != "tr":
            self._cell, self.in_cell = (tag, attributes), True

    @property
    def in_header(self) -> bool:
        """Whether the cell is a header."""
        return self._cell[0] == "th" or self._in_head

    def end_cell(self, inline: Inline) -> None:
        """The cell ends; `inline` is its text."""
        attributes, is_header = self._cell[1], self.in_header
        self._cell, self.in_cell = ("td", {}), False
        cell = Cell(
            inline.text,
            tuple(inline.spans),
            header=is_header,
            colspan=number(attributes.get("colspan"), 1, 1, MAX_SPAN),
            rowspan=number(attributes.get("rowspan"), 1, 1, MAX_SPAN),
        )
        row = self._rows[-1]
        row.append(cell)
        self._marks.append((len(self._rows) - 1, len(row) - 1, inline.marks))

    def finish(self) -> tuple[list[list[Cell]], list[InlineMark]]:
        """The rows that have cells, and the marks of the table's text."""
        starts = cell_starts(self._rows)
        marks = [mark for row, column, found in self._marks for mark in shifted(found, starts[row][column])]
        for selectors, at, column, whole in self._parts:
            cells = self._rows[at]
            if cells:
                first = 0 if whole else min(column, len(cells) - 1)
                last = len(cells) - 1 if whole else first
                marks += [(s, starts[at][first], starts[at][last] + len(cells[last].text)) for s in selectors]
        self._find_head()
        return [row for row in self._rows if row], marks

    def _find_head(self) -> None:
        """Makes headers of the first row if it alone is strong, in a table without headers."""
        if len(self._rows) < 2 or any(cell.header for row in self._rows for cell in row):
            return
        first, *others = ([*map(_is_strong, row)] for row in self._rows)
        if first and all(first) and not any(others_all and all(others_all) for others_all in others):
            self._rows[0] = [replace(cell, header=True) for cell in self._rows[0]]


def _is_strong(cell: Cell) -> bool:
    return bool(cell.text) and any(
        span.kind == "strong" and span.start == 0 and span.end == len(cell.text) for span in cell.spans
    )


def number(text: str | None, default: int, low: int, high: int) -> int:
    """The number in an attribute, limited to `low` and `high`; `default` where it is none."""
    if not text:
        return default
    try:
        return min(high, max(low, int(text, 10)))
    except ValueError:
        return default
