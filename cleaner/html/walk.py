"""The one pass over a page's tree that makes its blocks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, NamedTuple

from cleaner.document import BlockKind, Container, table_text
from cleaner.html.callouts import callout_of, label_of
from cleaner.html.code import code_of
from cleaner.html.footnotes import resolve
from cleaner.html.headings import drop_permalinks
from cleaner.html.hidden import is_hidden, names_hidden
from cleaner.html.images import image_source
from cleaner.html.inline import BREAK, CLOSE, Image, Inline, Open, Piece, assemble, plain
from cleaner.html.math import tex_of
from cleaner.html.tables import TableReader, is_data_table, number
from cleaner.html.tags import SPANS, TAGS, Tag
from cleaner.page.candidate import Candidate
from cleaner.page.page import Hit, Mark, Nodes, Page, Sort
from cleaner.page.reading import Lookup

_TELLING = re.compile("math|admonition|callout|markdown-alert|notecard")
"""What the classes of a callout or a formula have in them."""
_MAX_NUMBER = 999_999_999
"""Largest number that a Markdown list can have."""


class _Look(NamedTuple):
    """What is known of every element that looks alike, asked once a page."""

    number: int
    """Place in the page's sorts."""
    selectors: tuple[int, ...]
    is_telling: bool
    """Whether its classes may make it a callout or a formula."""
    may_hide: bool
    """Whether its classes are those of a hidden element."""


_BLOCK, _SKIP, _INLINE = Tag.BLOCK, Tag.SKIP, Tag.INLINE
_PLAIN, _SKIPPED, _OPEN, _FRAME, _SPACE = range(5)
"""What the end of an element has to undo: nothing; nothing, for its inside was not read; a piece in the buffer;
a block; a space in a table's cell."""

_Frame = tuple[int, BlockKind, "int | None", "tuple[Container, ...]", "tuple[int, ...]", Tag]
"""What to go back to when a block ends: node, kind, level, containers; the selectors that matched it; what it is."""


@dataclass(slots=True)
class _List:
    ordered: bool
    number: int


class Walker:
    """Walks a <body> and fills a `Page`."""

    def __init__(self, lookup: Lookup, *, shown: frozenset[Any] = frozenset(), is_markdown: bool = False) -> None:
        self.page = Page()
        self.lookup = lookup
        self.special = lookup.special
        self.looks: dict[Any, _Look] = {}
        """By tag, or tag and attributes."""
        self.is_markdown = is_markdown
        """Whether the HTML was made from Markdown, whose headings have no permalinks."""
        self.shown = shown
        """Elements that are read even though they are hidden."""
        self.hidden: list[Any] = []
        """Elements that were not read because they are hidden or <noscript>."""
        self.blocks = self.page.blocks
        self.nodes: Nodes = self.page.nodes
        self.buffer: list[Piece] = []
        self.marked = False
        """Whether the buffer holds more than strings."""
        self.open: list[Open] = []
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
        self.reader: TableReader | None = None
        """The data table that is being read."""
        self.figures: list[tuple[int, list[int]]] = []
        """Open figures: number of their first block, and the blocks that are captions."""
        self.captions = 0
        """Open captions: a caption is no item's first paragraph."""

    # --- the walk

    def walk(self, body: Any) -> Page:  # noqa: C901 - one loop, entered for every element
        """Visits every element once, in the order of the source.

        An element's end is told by counting the children of those that are open: lxml hands out elements faster than
        events, and a page may be nested deeper than Python's stack.
        """
        stack: list[tuple[Any, int]] = []
        left: list[int] = []
        muted = -1
        buffer = self.buffer
        for element in body.iter():
            children = len(element)
            undo = _SKIPPED
            if muted < 0:
                undo = self.start(element)
                if undo != _SKIPPED:
                    text = element.text
                    if text:
                        if not text.isspace():
                            self.broke = False
                            buffer.append(text)
                        elif buffer:
                            buffer.append(" ")
                elif children:
                    muted = len(stack)
            if children:
                stack.append((element, undo))
                left.append(children)
                continue
            while True:  # ends the element, and those around it whose last child it was
                if muted < 0 or len(stack) == muted:
                    muted = -1
                    if undo > _SKIPPED:
                        self.end(undo)
                    text = element.tail
                    if text and stack:
                        if not text.isspace():
                            self.broke = False
                            buffer.append(text)
                        elif buffer:
                            buffer.append(" ")
                if not left:
                    break
                left[-1] -= 1
                if left[-1]:
                    break
                left.pop()
                element, undo = stack.pop()
        self.flush()
        resolve(self.page, self.items)
        return self.page

    def start(self, element: Any) -> int:
        """Enters an element; what its end has to undo."""
        name = element.tag
        tag = TAGS.get(name, _BLOCK)
        if (tag is _SKIP and not self.visible_after_all(element, name)) or element is self.consumed:
            if name == "noscript":
                self.hidden.append(element)
            return _SKIPPED
        attributes: dict[str, str] = dict(element.items())
        if attributes:
            get = attributes.get
            key = (name, get("class", ""), get("id", ""), get("role", ""), get("itemprop", ""))
            look = self.looks.get(key) or self.look(key)
            may_hide = look.may_hide or "style" in attributes or "hidden" in attributes
            if may_hide and is_hidden(attributes) and element not in self.shown:
                self.hidden.append(element)
                return _SKIPPED
        else:
            look = self.looks.get(name) or self.look(name)
        selectors = look.selectors
        if self.special:
            selectors += self.special.get(element, ())
        if tag is _INLINE:
            return self.start_inline(name, attributes, selectors)
        if selectors:
            if name in ("body", "html"):
                selectors = ()  # a rule may be wrong, but not take the whole page
            elif self.lookup.unwraps(selectors):
                tag = _BLOCK
        if tag is _BLOCK and self.reader is None:
            self.start_block(element, name, tag, attributes, selectors, look)
            return _FRAME
        return self.start_special(element, name, tag, attributes, selectors, look)

    def look(self, key: Any) -> _Look:
        """Notes a sort of element that the page had not yet; `key` is its tag, with its attributes if it has any."""
        name, classes, id, role, item = key if isinstance(key, tuple) else (key, "", "", "", "")
        sorts = self.nodes.sorts
        selectors = self.lookup.of(name, id, classes)
        found = _Look(len(sorts), selectors, _TELLING.search(classes) is not None, names_hidden(classes))
        sorts.append(Sort(name, classes, id, f"{role} {item}" if item else role))
        self.looks[key] = found
        return found

    def visible_after_all(self, element: Any, name: str) -> bool:
        if name == "noscript":
            return element in self.shown
        if name == "template":
            return element.get("shadowrootmode") is not None
        return name == "dialog" and element.get("open") is not None

    def start_special(
        self, element: Any, name: str, tag: Tag, attributes: dict[str, str], selectors: tuple[int, ...], look: _Look
    ) -> int:
        if tag is Tag.BREAK:
            self.line_break()
            return _PLAIN
        if tag is Tag.IMAGE:
            self.image(attributes)
            return _PLAIN
        if tag is Tag.MATH:
            return self.math(element, attributes)
        if tag is Tag.CHECKBOX:
            self.checkbox(attributes)
            return _SKIPPED
        if self.reader is not None and tag not in (Tag.ROW, Tag.CELL):
            return self.inside_table(selectors)
        self.start_block(element, name, tag, attributes, selectors, look)
        if tag is Tag.CODE:
            self.code(element)
            return _SKIPPED
        return _FRAME

    def end(self, undo: int) -> None:
        if undo == _FRAME:
            self.end_block(self.frames.pop())
        elif undo == _OPEN:
            self.open.pop()
            self.buffer.append(CLOSE)
        else:
            self.buffer.append(" ")

    # --- inline elements

    def start_inline(self, name: str, attributes: dict[str, str], selectors: tuple[int, ...]) -> int:
        kind = SPANS.get(name)
        if kind is None and not attributes and not selectors:
            return _PLAIN
        piece = None
        if selectors and self.lookup.unwraps(selectors):
            kind = None
        if kind == "link":
            href = attributes.get("href", "").strip()
            if href and href != "#":
                piece = Open("link", href=href, selectors=selectors)
        elif kind is not None:
            piece = Open(kind, selectors=selectors)
        elif "math" in attributes.get("class", "") and "math" in attributes["class"].split():
            piece = Open("math", selectors=selectors)
        if piece is None and selectors:
            piece = Open(selectors=selectors)
        if piece is None:
            return _PLAIN
        return self.begin(piece)

    def begin(self, piece: Open) -> int:
        self.open.append(piece)
        self.buffer.append(piece)
        self.marked = True
        return _OPEN

    def line_break(self) -> None:
        if self.reader is not None or self.kind == "heading":
            self.buffer.append(" ")
        elif self.broke:
            self.flush()
        else:
            self.buffer.append(BREAK)
            self.marked = self.broke = True

    def image(self, attributes: dict[str, str]) -> None:
        src = image_source(attributes)
        if src:
            self.buffer.append(Image(src, " ".join(attributes.get("alt", "").split())))
            self.marked = True

    def math(self, element: Any, attributes: dict[str, str]) -> int:
        tex = tex_of(element)
        if not tex:
            return _PLAIN
        display = attributes.get("display") == "block" and self.reader is None
        if display:
            self.flush()
        self.buffer += [Open("math", value=tex), tex, CLOSE]
        self.marked = True
        if display:
            self.flush()
        return _SKIPPED

    def checkbox(self, attributes: dict[str, str]) -> None:
        if attributes.get("type", "").lower() == "checkbox" and self.containers:
            item = self.containers[-1]
            if item.kind == "item" and item.key not in self.begun:
                ticked = Container("item", item.key, item.ordered, item.number, "checked" in attributes)
                self.containers = (*self.containers[:-1], ticked)

    # --- block elements

    def start_block(
        self, element: Any, name: str, tag: Tag, attributes: dict[str, str], selectors: tuple[int, ...], look: _Look
    ) -> None:
        if self.buffer:
            self.flush()
        nodes, frames = self.nodes, self.frames
        frames.append((self.node, self.kind, self.level, self.containers, selectors, tag))
        nodes.parent.append(self.node)
        nodes.sort.append(look.number)
        nodes.depth.append(len(frames))
        nodes.first.append(len(self.blocks))
        self.node = len(nodes.end)
        nodes.end.append(-1)
        if tag is Tag.HEADING:
            self.kind, self.level = "heading", int(name[1])
        elif attributes and attributes.get("role") == "heading":
            self.kind, self.level = "heading", number(attributes.get("aria-level"), 2, 1, 6)
        elif tag is not _BLOCK:
            self.start_structure(element, tag, name, attributes, selectors)
        elif look.is_telling:
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
            ordered = name == "ol"
            self.lists.append(_List(ordered, number(attributes.get("start"), 1, 0, _MAX_NUMBER) if ordered else 1))
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
                self.reader = TableReader(self.node)
        elif tag in (Tag.ROW, Tag.CELL):
            self.kind, self.level = "paragraph", None
            if self.reader is not None:
                self.reader.start(element.tag, attributes, selectors)
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
        value = None
        if around.ordered:
            value = number(attributes.get("value"), around.number, 0, _MAX_NUMBER)
            around.number = value + 1
        self.contain(Container("item", self.key(), ordered=around.ordered, number=value))
        if "id" in attributes:
            self.items.setdefault(attributes["id"], self.next_key)

    def end_block(self, frame: _Frame) -> None:
        around, kind, level, containers, selectors, tag = frame
        if tag is Tag.CELL and self.reader is not None:
            self.reader.end_cell(self.take())
        if self.buffer:
            self.flush()
        if tag is not _BLOCK:
            self.end_structure(tag)
        node, nodes = self.node, self.nodes
        nodes.end[node] = end = len(self.blocks)
        for selector in selectors:
            self.page.hits.append(Hit(selector, node, nodes.first[node], end))
        self.node, self.kind, self.level, self.containers = around, kind, level, containers

    def end_structure(self, tag: Tag) -> None:
        if tag is Tag.LIST:
            self.lists.pop()
        elif tag is Tag.CAPTION:
            self.captions -= 1
            if self.figures:
                self.figures[-1][1].extend(range(self.nodes.first[self.node], len(self.blocks)))
        elif tag is Tag.FIGURE:
            self.end_figure(*self.figures.pop())
        elif tag is Tag.TABLE and self.reader is not None and self.reader.node == self.node:
            self.end_table(self.reader)

    def code(self, element: Any) -> None:
        text, language = code_of(element)
        if text.strip():
            self.add(Candidate("code", text, language=language))
        self.end_block(self.frames.pop())

    def end_figure(self, first: int, captions: list[int]) -> None:
        """Ties the caption of a figure to its image, where it has one image only."""
        images = [place for place in range(first, len(self.blocks)) if self.blocks[place].kind == "image"]
        if len(images) == 1:
            for place in captions:
                if self.blocks[place].text:  # the image may stand in its own caption
                    self.blocks[place].caption_of = images[0]

    # --- data tables

    def inside_table(self, selectors: tuple[int, ...]) -> int:
        """Blocks in a cell are parts of its text."""
        self.buffer.append(" ")
        return self.begin(Open(selectors=selectors)) if selectors else _SPACE

    def end_table(self, reader: TableReader) -> None:
        self.reader = None
        rows, marks = reader.finish()
        if rows:
            place = len(self.blocks)
            self.add(Candidate("table", table_text(rows), rows=rows))
            self.page.marks += [Mark(selector, place, start, end) for selector, start, end in marks]

    # --- text to blocks

    def take(self) -> Inline:
        """The text of the buffer, which is then empty but for the inline elements that are still open."""
        inline = assemble(self.buffer + [CLOSE] * len(self.open)) if self.marked else Inline(plain(self.buffer))
        self.buffer.clear()
        self.buffer.extend(self.open)
        self.marked = bool(self.open)
        self.broke = False
        return inline

    def flush(self) -> None:
        """Makes a block of the text since the last one."""
        if self.reader is not None and self.reader.in_cell:
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
        if inline.spans:
            if kind == "math" or (kind == "paragraph" and _is_formula(inline)):
                kind, inline.spans = "math", []
            elif kind == "heading" and not self.is_markdown:
                drop_permalinks(inline)
        place = len(self.blocks)
        level = self.level if kind == "heading" else None
        self.blocks.append(Candidate(kind, inline.text, level, None, inline.spans, self.containers, element=self.node))
        for selector, start, end in inline.marks:
            if start == 0 and end == len(inline.text):
                self.page.hits.append(Hit(selector, -1, place, place + 1))
            else:
                self.page.marks.append(Mark(selector, place, start, end))

    def add(self, candidate: Candidate) -> None:
        candidate.containers = self.containers
        candidate.element = self.node
        self.blocks.append(candidate)


def _is_formula(inline: Inline) -> bool:
    """Whether a text is one formula and nothing else."""
    only = inline.spans[0]
    return len(inline.spans) == 1 and only.kind == "math" and (only.start, only.end) == (0, len(inline.text))
