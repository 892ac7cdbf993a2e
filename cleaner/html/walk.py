"""The one pass over a page's tree that makes its blocks."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, Protocol

from lxml import etree

from cleaner.candidate import Candidate
from cleaner.document import BlockKind, Cell, Container, table_text
from cleaner.html.callouts import callout_of, label_of
from cleaner.html.code import code_of
from cleaner.html.footnotes import resolve
from cleaner.html.inline import BREAK, CLOSE, Image, Inline, Open, Piece, assemble, plain
from cleaner.html.math import tex_of
from cleaner.html.tables import MAX_SPAN, cell_text_offsets, is_data_table
from cleaner.html.tags import SPANS, TAGS, Tag
from cleaner.page import Hit, Mark, Nodes, Page

_INVISIBLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_NO_SOURCE = re.compile(r"\s*(?:data|blob|about):", re.I)
"""Addresses that stand for an image that comes later."""
_MAX_NUMBER = 999_999_999
"""Largest number that a Markdown list can have."""


class Lookup(Protocol):
    """What the walk asks of the rules: which selectors match an element, and which of them unwrap it."""

    def prepare(self, root: Any) -> None:
        """Called once before the walk, with the root of the tree."""

    def at(self, element: Any, tag: str, id: str, classes: str) -> tuple[int, ...]: ...

    def unwraps(self, selectors: tuple[int, ...]) -> bool: ...


@dataclass(slots=True)
class _Frame:
    """An element that is open: what to go back to when it ends."""

    element: Any
    node: int
    kind: BlockKind
    level: int | None
    containers: tuple[Container, ...]
    selectors: tuple[int, ...]
    role: Tag


@dataclass(slots=True)
class _List:
    ordered: bool
    number: int


@dataclass(slots=True)
class _Table:
    """A data table that is being read: its cells, and the marks in them."""

    node: int
    rows: list[list[Cell]]
    marks: list[tuple[int, int, int, int, int]]
    """selector, row, column, start, end"""
    pending: list[tuple[Any, tuple[int, ...], int, int]]
    """Rows and cells that selectors matched: the element, the selectors, its first row and column."""


class Walker:
    """Walks a <body> and fills a `Page`."""

    def __init__(self, lookup: Lookup, *, shown: frozenset[Any] = frozenset()) -> None:
        self.page = Page()
        self.lookup = lookup
        self.shown = shown
        """Elements that are read even though they are hidden."""
        self.hidden: list[Any] = []
        """Elements that were not read because they are hidden or <noscript>."""
        self.blocks = self.page.blocks
        self.nodes: Nodes = self.page.nodes
        self.buffer: list[Piece] = []
        self.marked = False
        """Whether the buffer holds more than strings."""
        self.open: list[tuple[Any, Open]] = []
        self.frames: list[_Frame] = []
        self.node = -1
        self.kind: BlockKind = "paragraph"
        self.level: int | None = None
        self.containers: tuple[Container, ...] = ()
        self.begun: set[int] = set()
        """Keys of the items that have their first paragraph."""
        self.next_key = 0
        self.consumed: Any = None
        """The element of a callout's title, which is in its label."""
        self.items: dict[str, int] = {}
        """Keys of the list items that have an id, by it."""
        self.lists: list[_List] = []
        self.broke = False
        """Whether the last thing in the buffer, white space aside, is a line break."""
        self.table: _Table | None = None
        self.cell: dict[str, str] | None = None
        self.figures: list[tuple[int, list[int]]] = []
        """Open figures: number of their first block, and the blocks that are captions."""
        self.captions = 0
        """Open captions: a caption is no item's first paragraph."""

    # --- the walk

    def walk(self, body: Any) -> Page:
        events = etree.iterwalk(body, events=("start", "end"))
        tags, push = TAGS.get, self.push
        skipped = None
        for event, element in events:
            name = element.tag
            tag = tags(name, Tag.BLOCK)
            if event == "start":
                if not self.start(element, name, tag):
                    events.skip_subtree()
                    skipped = element
                    if element is not body and element.tail:
                        push(element.tail)
                elif element.text:
                    push(element.text)
            elif element is not skipped:  # an element without children ends even if it is skipped
                self.end(element, tag)
                if element is not body and element.tail:
                    push(element.tail)
        self.flush()
        resolve(self.page, self.items)
        return self.page

    def push(self, text: str) -> None:
        if not text.isspace():
            self.broke = False
            self.buffer.append(text)
        elif self.buffer:
            self.buffer.append(" ")

    def start(self, element: Any, name: str, tag: Tag) -> bool:
        """Enters an element; False where nothing inside it is to be read."""
        if (tag is Tag.SKIP and not self.visible_after_all(element, name)) or element is self.consumed:
            if name == "noscript":
                self.hidden.append(element)
            return False
        given = element.items()
        attributes: dict[str, str] = dict(given) if given else {}
        if given and _is_hidden(attributes) and element not in self.shown:
            self.hidden.append(element)
            return False
        selectors = self.lookup.at(element, name, attributes.get("id", ""), attributes.get("class", ""))
        if name in ("body", "html"):
            selectors = ()  # a rule may be wrong, but not take the whole page
        if tag is Tag.INLINE:
            self.start_inline(element, name, attributes, selectors)
            return True
        if selectors and self.lookup.unwraps(selectors):
            tag = Tag.BLOCK
        return self.start_special(element, name, tag, attributes, selectors)

    def visible_after_all(self, element: Any, name: str) -> bool:
        if name == "noscript":
            return element in self.shown
        if name == "template":
            return element.get("shadowrootmode") is not None
        return name == "dialog" and element.get("open") is not None

    def start_special(
        self, element: Any, name: str, tag: Tag, attributes: dict[str, str], selectors: tuple[int, ...]
    ) -> bool:
        if tag is Tag.BREAK:
            self.line_break()
        elif tag is Tag.IMAGE:
            self.image(attributes, selectors)
        elif tag is Tag.MATH:
            return self.math(element, attributes)
        elif tag is Tag.CHECKBOX:
            self.checkbox(attributes)
            return False
        elif self.table is not None and tag not in (Tag.ROW, Tag.CELL):
            self.inside_table(element, tag, selectors)
        else:
            self.start_block(element, name, tag, attributes, selectors)
            if tag is Tag.CODE and self.table is None:
                self.code(element, selectors)
                return False
        return True

    def end(self, element: Any, tag: Tag) -> None:
        if self.open and self.open[-1][0] is element:
            self.open.pop()
            self.buffer.append(CLOSE)
        elif self.frames and self.frames[-1].element is element:
            self.end_block(self.frames.pop())
        elif self.table is not None and tag not in (Tag.INLINE, Tag.BREAK, Tag.IMAGE):
            self.buffer.append(" ")

    # --- inline elements

    def start_inline(self, element: Any, name: str, attributes: dict[str, str], selectors: tuple[int, ...]) -> None:
        kind = SPANS.get(name)
        piece = None
        if selectors and self.lookup.unwraps(selectors):
            kind = None
        if kind == "link":
            href = attributes.get("href", "").strip()
            if href and href != "#":
                piece = Open("link", href=href, selectors=selectors)
        elif kind is not None:
            piece = Open(kind, selectors=selectors)
        elif "math" in attributes.get("class", "").split():
            piece = Open("math", selectors=selectors)
        if piece is None and selectors:
            piece = Open(selectors=selectors)
        if piece is not None:
            self.open.append((element, piece))
            self.buffer.append(piece)
            self.marked = True

    def line_break(self) -> None:
        if self.table is not None or self.kind == "heading":
            self.buffer.append(" ")
        elif self.broke:
            self.flush()
        else:
            self.buffer.append(BREAK)
            self.marked = self.broke = True

    def image(self, attributes: dict[str, str], selectors: tuple[int, ...]) -> None:
        src = _image_source(attributes)
        if src:
            self.buffer.append(Image(src, " ".join(attributes.get("alt", "").split()), selectors))
            self.marked = True

    def math(self, element: Any, attributes: dict[str, str]) -> bool:
        tex = tex_of(element)
        if not tex:
            return True
        display = attributes.get("display") == "block" and self.table is None
        if display:
            self.flush()
        self.buffer += [Open("math", value=tex), tex, CLOSE]
        self.marked = True
        if display:
            self.flush()
        return False

    def checkbox(self, attributes: dict[str, str]) -> None:
        if attributes.get("type", "").lower() == "checkbox" and self.containers:
            item = self.containers[-1]
            if item.kind == "item" and item.key not in self.begun:
                ticked = Container("item", item.key, item.ordered, item.number, "checked" in attributes)
                self.containers = (*self.containers[:-1], ticked)

    # --- block elements

    def start_block(
        self, element: Any, name: str, tag: Tag, attributes: dict[str, str], selectors: tuple[int, ...]
    ) -> None:
        self.flush()
        frame = _Frame(element, self.node, self.kind, self.level, self.containers, selectors, tag)
        self.frames.append(frame)
        self.node = self.add_node(name, attributes)
        if tag is Tag.HEADING:
            self.kind, self.level = "heading", int(name[1])
        elif attributes.get("role") == "heading":
            self.kind, self.level = "heading", _number(attributes.get("aria-level"), 2, 1, 6)
        elif tag is not Tag.BLOCK:
            self.start_structure(element, tag, name, attributes, selectors)
        elif attributes and "class" in attributes:
            self.start_by_class(element, name, attributes)

    def start_by_class(self, element: Any, name: str, attributes: dict[str, str]) -> None:
        """Blocks that only their classes tell from any other."""
        if name == "div" and "math" in attributes["class"].split():
            self.kind = "math"
            return
        callout = callout_of(element, attributes)
        if callout is not None:
            kind, title = callout
            self.consumed = title
            self.contain(Container("callout", self.key(), label=label_of(kind, title)))

    def start_structure(
        self, element: Any, tag: Tag, name: str, attributes: dict[str, str], selectors: tuple[int, ...]
    ) -> None:
        """Elements that make containers, tables, figures and rules."""
        if tag is Tag.LIST:
            self.lists.append(_List(name == "ol", _number(attributes.get("start"), 1, 0, _MAX_NUMBER)))
        elif tag is Tag.ITEM:
            self.start_item(attributes)
        elif tag is Tag.QUOTE:
            self.kind, self.level = "paragraph", None
            label = attributes.get("data-callout")
            title = attributes.get("data-callout-title", "")
            self.contain(Container("callout", self.key(), label=f"{label} {title}".strip()) if label else None)
        elif tag is Tag.RULE:
            self.add(Candidate("rule"))
        elif tag is Tag.TABLE:
            if is_data_table(element):
                self.table = _Table(self.node, [], [], [])
        elif tag in (Tag.ROW, Tag.CELL):
            self.kind, self.level = "paragraph", None
            if self.table is not None:
                self.start_table_part(self.table, element, tag, attributes, selectors)
        elif tag is Tag.CAPTION:
            self.captions += 1
        elif tag is Tag.FIGURE:
            self.figures.append((len(self.blocks), []))

    def contain(self, container: Container | None) -> None:
        self.containers = (*self.containers, container or Container("quote", self.key()))

    def key(self) -> int:
        self.next_key += 1
        return self.next_key

    def start_item(self, attributes: dict[str, str]) -> None:
        self.kind, self.level = "paragraph", None
        around = self.lists[-1] if self.lists else _List(False, 1)
        number = None
        if around.ordered:
            around.number = number = _number(attributes.get("value"), around.number, 0, _MAX_NUMBER)
            around.number += 1
        self.contain(Container("item", self.key(), ordered=around.ordered, number=number))
        if "id" in attributes:
            self.items.setdefault(attributes["id"], self.next_key)

    def end_block(self, frame: _Frame) -> None:
        if frame.role is Tag.CELL and self.table is not None:
            self.end_cell(self.table)
        self.flush()
        first, end = self.nodes.first[self.node], len(self.blocks)
        if frame.role is Tag.LIST:
            self.lists.pop()
        elif frame.role is Tag.CAPTION:
            self.captions -= 1
            if self.figures:
                self.figures[-1][1].extend(range(first, end))
        elif frame.role is Tag.FIGURE:
            self.end_figure(*self.figures.pop())
        elif frame.role is Tag.TABLE and self.table is not None and self.table.node == self.node:
            self.end_table(self.table)
        end = len(self.blocks)
        self.nodes.end[self.node] = end
        for selector in frame.selectors:
            self.page.hits.append(Hit(selector, self.node, first, end))
        self.node, self.kind, self.level, self.containers = frame.node, frame.kind, frame.level, frame.containers

    def add_node(self, name: str, attributes: dict[str, str]) -> int:
        nodes = self.nodes
        nodes.parent.append(self.node)
        nodes.tag.append(name)
        nodes.classes.append(attributes.get("class", ""))
        nodes.id.append(attributes.get("id", ""))
        role = attributes.get("role", "")
        nodes.role.append(f"{role} {attributes['itemprop']}" if "itemprop" in attributes else role)
        nodes.depth.append(len(self.frames))
        nodes.first.append(len(self.blocks))
        nodes.end.append(-1)
        return len(nodes.tag) - 1

    def code(self, element: Any, selectors: tuple[int, ...]) -> None:
        text, language = code_of(element)
        if text.strip():
            self.add(Candidate("code", text, language=language))
        self.end_block(self.frames.pop())

    def end_figure(self, first: int, captions: list[int]) -> None:
        """Ties the caption of a figure to its image, where it has one image only."""
        images = [number for number in range(first, len(self.blocks)) if self.blocks[number].kind == "image"]
        if len(images) == 1:
            for number in captions:
                self.blocks[number].caption_of = images[0]

    # --- data tables

    def inside_table(self, element: Any, tag: Tag, selectors: tuple[int, ...]) -> None:
        """Blocks in a cell are parts of its text."""
        if selectors:
            piece = Open(selectors=selectors)
            self.open.append((element, piece))
            self.buffer.append(piece)
            self.marked = True
        self.buffer.append(" ")

    def start_table_part(
        self, table: _Table, element: Any, tag: Tag, attributes: dict[str, str], selectors: tuple[int, ...]
    ) -> None:
        if tag is Tag.ROW or not table.rows:
            table.rows.append([])
        if selectors:
            table.pending.append((element, selectors, len(table.rows) - 1, len(table.rows[-1])))
        if tag is Tag.CELL:
            self.cell = {**attributes, "tag": element.tag}

    def end_cell(self, table: _Table) -> None:
        given, self.cell = self.cell or {}, None
        inline = self.take()
        cell = Cell(
            inline.text,
            tuple(inline.spans),
            header=given.get("tag") == "th",
            colspan=_number(given.get("colspan"), 1, 1, MAX_SPAN),
            rowspan=_number(given.get("rowspan"), 1, 1, MAX_SPAN),
        )
        row = len(table.rows) - 1
        table.rows[row].append(cell)
        table.marks += [(s, row, len(table.rows[row]) - 1, start, end) for s, start, end in inline.marks]

    def end_table(self, table: _Table) -> None:
        self.table = None
        rows = [row for row in table.rows if row]
        if not any(cell.text for row in rows for cell in row):
            return
        number = len(self.blocks)
        kept = {index: new for new, index in enumerate(i for i, row in enumerate(table.rows) if row)}
        offsets = cell_text_offsets(rows)
        self.add(Candidate("table", table_text(rows), rows=rows))
        for selector, row, column, start, end in table.marks:
            at = offsets[kept[row]][column]
            self.page.marks.append(Mark(selector, number, at + start, at + end))
        for element, selectors, row, column in table.pending:
            if row not in kept:
                continue
            cells = rows[kept[row]]
            whole = element.tag == "tr"
            first, last = (0, len(cells) - 1) if whole else (column, min(column, len(cells) - 1))
            start, end = offsets[kept[row]][first], offsets[kept[row]][last] + len(cells[last].text)
            self.page.marks += [Mark(selector, number, start, end) for selector in selectors]

    # --- text to blocks

    def take(self) -> Inline:
        """The text of the buffer, which is then empty but for the inline elements that are still open."""
        closed = self.buffer + [CLOSE] * len(self.open)
        inline = assemble(closed) if self.marked else Inline(plain(self.buffer))
        self.buffer.clear()
        self.buffer.extend(piece for _, piece in self.open)
        self.marked = bool(self.open)
        self.broke = False
        return inline

    def flush(self) -> None:
        """Makes a block of the text since the last one."""
        if self.cell is not None and self.table is not None:
            self.buffer.append(" ")
            return
        if len(self.buffer) == len(self.open):  # nothing but the starts of inline elements, or nothing at all
            return
        inline = self.take()
        if inline.text:
            self.add_text(inline)
        else:
            for image in inline.images:
                self.add(Candidate("image", src=image.src, alt=image.alt or None))

    def add_text(self, inline: Inline) -> None:
        kind = self.kind
        if kind == "paragraph" and self.containers:
            inner = self.containers[-1]
            if inner.kind == "item" and inner.key not in self.begun and not self.captions:
                self.begun.add(inner.key)
                kind = "list_item"
        whole = len(inline.spans) == 1 and inline.spans[0].kind == "math" and inline.spans[0].end == len(inline.text)
        if kind == "math" or (whole and inline.spans[0].start == 0 and kind == "paragraph"):
            kind, inline.spans = "math", []
        if kind == "heading" and inline.spans:
            _drop_permalinks(inline)
        number = len(self.blocks)
        self.add(Candidate(kind, inline.text, level=self.level if kind == "heading" else None, spans=inline.spans))
        for selector, start, end in inline.marks:
            if start == 0 and end == len(inline.text):
                self.page.hits.append(Hit(selector, -1, number, number + 1))
            else:
                self.page.marks.append(Mark(selector, number, start, end))

    def add(self, candidate: Candidate) -> None:
        candidate.containers = self.containers
        candidate.element = self.node
        self.blocks.append(candidate)


def _is_hidden(attributes: dict[str, str]) -> bool:
    if "hidden" in attributes and attributes["hidden"] != "until-found":
        return True
    style = attributes.get("style")
    return style is not None and _INVISIBLE.search(style) is not None


def _drop_permalinks(inline: Inline) -> None:
    """Takes the signs off that link a heading to itself ("#", "¶"): they have no words."""
    for span in reversed(inline.spans):
        if span.kind == "link" and not re.search(r"\w", inline.text[span.start : span.end]):
            if span.end == len(inline.text):
                inline.text = inline.text[: span.start].rstrip()
            elif span.start == 0:
                shift = len(inline.text) - len(inline.text[span.end :].lstrip())
                inline.text = inline.text[shift:]
                inline.spans = [
                    replace(s, start=s.start - shift, end=s.end - shift) for s in inline.spans if s.start >= shift
                ]
                inline.marks = [(n, s - shift, e - shift) for n, s, e in inline.marks if s >= shift]
    inline.spans = [s for s in inline.spans if s.end <= len(inline.text)]
    inline.marks = [m for m in inline.marks if m[2] <= len(inline.text)]


def _image_source(attributes: dict[str, str]) -> str | None:
    """The address of an image: pages that load late keep it outside `src`; measuring pixels have none."""
    if attributes.get("width") in ("0", "1") or attributes.get("height") in ("0", "1"):
        return None
    for name in ("src", "data-src", "data-lazy-src", "data-original", "srcset", "data-srcset"):
        value = attributes.get(name, "").strip()
        if name.endswith("srcset"):
            value = value.split(",")[0].split(" ")[0].strip()
        if value and not _NO_SOURCE.match(value):
            return value
    return None


def _number(text: str | None, default: int, low: int, high: int) -> int:
    try:
        return min(high, max(low, int(text or "", 10)))
    except ValueError:
        return default
