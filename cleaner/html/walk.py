"""What the walk over a page's tree makes of each element: blocks, with their kinds, containers and spans."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import zip_longest
from typing import Any, NamedTuple

from cleaner.document import BlockKind, Container, Span, SpanKind, table_text
from cleaner.html.code import Code, CodeWithoutPre, code_of, is_code_table
from cleaner.html.containers import Containers, Figures
from cleaner.html.embeds import image_of_frame, shows_stand_in
from cleaner.html.footnotes import Anchor, Places, resolve
from cleaner.html.headings import drop_permalinks, mark_term
from cleaner.html.hidden import is_hidden
from cleaner.html.images import file_of, image_in_noscript, image_of, is_sign, without_idle_title
from cleaner.html.inline import Inline, InlineBuffer, Open
from cleaner.html.lines import parts_of
from cleaner.html.math import (
    Formula,
    formula_of,
    formula_of_image,
    formula_of_script,
    rendered_beside,
    settle_formulas,
)
from cleaner.html.posts import is_post_type
from cleaner.html.styles import is_large, shows_inline, shows_line, styled
from cleaner.html.tables import TableReader, is_data_table, number
from cleaner.html.tags import SPANS, TAGS, Tag
from cleaner.html.traits import Traits, TraitsTable
from cleaner.html.traversal import ENDING, FRAME, OPEN, PLAIN, SKIPPED, traverse
from cleaner.html.unknown import UnknownElements
from cleaner.page.candidate import Candidate
from cleaner.page.elements import Hit, Mark, Nodes
from cleaner.page.posts import PostHead
from cleaner.page.reading import Lookup

# Every element is compared with these: taking a member out of its enum takes longer than the comparison.
_BLOCK, _SKIP, _INLINE, _HEADING, _CODE, _CELL = Tag.BLOCK, Tag.SKIP, Tag.INLINE, Tag.HEADING, Tag.CODE, Tag.CELL
_ITEM = Tag.ITEM
_CELLS = frozenset((Tag.ROW, Tag.CELL))
_HOLD_LINES = frozenset(["p", "li", "td", "th", "dt", "dd", "caption", "figcaption", "summary", "address"])
"""Block-level elements whose text is one paragraph, of several lines where boxes in it say so."""
_HIDING = frozenset(("style", "hidden", "aria-modal"))
"""Attributes that may hide an element."""
_LINE_END = "\n"
_PROMINENT = -1
"""In place of a selector's number: a mark of text that its size or its class sets off."""

_Attributes = dict[str, str]
_NO_ATTRIBUTES: _Attributes = {}
_Frame = tuple[int, BlockKind, "int | None", "tuple[Container, ...]", "tuple[int, ...]", Tag]
"""What to go back to when a block-level element ends: node, kind, level, containers; then the selectors that matched
the element, and what it is."""


class Walked(NamedTuple):
    """What the walk has found: the blocks, the block-level elements, and what selectors match of both."""

    blocks: list[Candidate]
    nodes: Nodes
    hits: list[Hit]
    marks: list[Mark]
    posts: dict[int, PostHead]
    """By the keys of the containers of posts."""
    has_inner_links: bool = False
    """Whether any link leads to a place on the page."""


class Walker:
    """Walks a <body> and makes its blocks."""

    def __init__(self, lookup: Lookup, *, shown: frozenset[Any] = frozenset(), is_markdown: bool = False) -> None:
        self.hidden: list[Any] = []
        """Elements that were not read because they are hidden or <noscript>."""
        self.dialogs: list[Any] = []
        """Elements that were not read because they are modal dialogs."""
        self._lookup = lookup
        self._special = lookup.special
        self._shown = shown
        """Elements that are read even though they are hidden."""
        self._is_markdown = is_markdown
        """Whether the HTML was made from Markdown, whose headings have no permalinks."""
        self._blocks: list[Candidate] = []
        self._nodes = Nodes()
        self._hits: list[Hit] = []
        self._marks: list[Mark] = []
        self._traits = TraitsTable(lookup, self._nodes.signatures)
        self._buffer = InlineBuffer()
        self._pieces = self._buffer.pieces
        self._frames: list[_Frame] = []
        self._endings: list[tuple[str, bool]] = []
        """Of the open elements that started with ENDING: what their ends add, and whether they are in the buffer."""
        self._unknown = UnknownElements()
        self._prominent: set[int] = set()
        """Numbers of the block-level elements that size or class set off."""
        self._node = -1
        """Number of the innermost block-level element that is open."""
        self._kind: BlockKind = "paragraph"
        self._level: int | None = None
        """Kind and level of the blocks that text makes here."""
        self._in_term = False
        self._containers = Containers(self._blocks, is_markdown=is_markdown)
        self._consumed = self._containers.consumed
        self._places = Places()
        self._codes = CodeWithoutPre()
        self._figures = Figures(self._blocks, self._nodes)
        self._last_file = ""
        """The file of the last image, which a <noscript> behind it may have again."""
        self._table: TableReader | None = None
        """The data table that is being read."""

    def walk(self, body: Any) -> Walked:
        """Makes the blocks of a <body>; called once."""
        traverse(body, self._buffer, self._start, self._end)
        self._flush()
        self._figures.tie_captions()
        resolve(self._blocks, self._nodes, self._places, self._containers.new_key)
        settle_formulas(self._blocks, self._nodes)
        return Walked(
            self._blocks, self._nodes, self._hits, self._marks, self._containers.posts, self._places.has_links
        )

    def _start(self, element: Any) -> int:
        """Enters an element and tells what its end has to undo."""
        name = element.tag
        tag = TAGS.get(name) or self._unknown.tag_of(element)
        if (tag is _SKIP and self._skips(element, name)) or (self._consumed and element in self._consumed):
            return SKIPPED
        if items := element.items():
            attributes: _Attributes = dict(items)
            get = attributes.get
            key = (name, get("class", ""), get("id", ""), get("role", ""), get("itemprop", ""))
            traits = self._traits[key]
            if (traits.may_hide or not _HIDING.isdisjoint(attributes)) and self._hides(element, attributes):
                return SKIPPED
            if tag is _BLOCK and "style" in attributes and shows_inline(attributes["style"]):
                tag = self._unknown.tag_of(element)
        else:
            attributes, traits = _NO_ATTRIBUTES, self._traits[name]
        selectors = traits.selectors
        if self._special:
            selectors += self._special.get(element, ())
        is_whole = traits.may_be_code or traits.may_be_formula
        if is_whole and (undo := self._start_whole(element, tag, attributes, selectors, traits)) is not None:
            return undo
        if traits.is_caption and (tag is _BLOCK or name == "span" or (tag is _CELL and self._table is None)):
            tag = Tag.CAPTION
        if tag is _INLINE:
            return self._start_inline(element, attributes, selectors, traits)
        if selectors and name in ("body", "html"):
            selectors = ()  # a rule may be wrong, but not take the whole page
        elif selectors and self._lookup.unwraps(selectors):
            tag = _BLOCK
        if tag is _BLOCK and self._table is None:
            self._start_block(element, tag, attributes, selectors, traits)
            return FRAME
        return self._start_special(element, tag, attributes, selectors, traits)

    def _start_whole(
        self, element: Any, tag: Tag, attributes: _Attributes, selectors: tuple[int, ...], traits: Traits
    ) -> int | None:
        """Reads an element that is a code or a formula at once; None where it is neither."""
        if traits.may_be_formula and tag in (_INLINE, _BLOCK):
            formula = formula_of(element)
            if formula is not None:
                return self._formula(element, formula, attributes, selectors, traits)
        if traits.may_be_code and self._table is None and not self._is_markdown:
            code = self._codes.code_of(element)
            if code is not None:
                return self._code(element, code, attributes, selectors, traits)
        return None

    def _skips(self, element: Any, name: str) -> bool:
        """Whether an element that has no visible text as a rule has none on this page either."""
        if name == "iframe":
            self._frame(element)
        elif name == "noscript" and element not in self._shown:
            self._noscript(element)
            return True
        if name == "script":
            self._script(element)
            return True
        if name == "template":
            return element.get("shadowrootmode") is None
        if name == "object":
            return not shows_stand_in(element)
        return name != "noscript" and (name != "dialog" or element.get("open") is None)

    def _hides(self, element: Any, attributes: _Attributes) -> bool:
        """Whether the page hides an element; those that may be what the page is about are noted."""
        if not is_hidden(attributes) or element in self._shown:
            return False
        (self.dialogs if "aria-modal" in attributes else self.hidden).append(element)
        return True

    def _start_special(
        self, element: Any, tag: Tag, attributes: _Attributes, selectors: tuple[int, ...], traits: Traits
    ) -> int:
        if tag is Tag.IMAGE:
            return self._image(element, attributes, selectors)
        single = _SINGLES.get(tag)
        if single is not None:
            return single(self, element, attributes)
        if self._table is not None and tag not in _CELLS:
            return self._start_in_table(tag, selectors)
        if tag is _CODE or (tag is Tag.TABLE and is_code_table(element)):
            return self._code(element, code_of(element, is_markdown=self._is_markdown), attributes, selectors, traits)
        self._start_block(element, tag, attributes, selectors, traits)
        return FRAME

    def _end(self, undo: int) -> None:
        if undo == FRAME:
            self._end_block(self._frames.pop())
        elif undo == OPEN:
            self._buffer.end()
        else:
            text, is_open = self._endings.pop()
            if text == _LINE_END:
                self._line_boundary()
            else:
                self._pieces.append(text)
            if is_open:
                self._buffer.end()

    # --- inline elements

    def _start_inline(self, element: Any, attributes: _Attributes, selectors: tuple[int, ...], traits: Traits) -> int:
        name, is_line = element.tag, False
        if attributes:
            if self._is_set_off(attributes, traits) and self._table is None:
                selectors += (_PROMINENT,)
            is_line = traits.is_line or ("style" in attributes and shows_line(attributes["style"]))
        elif not selectors and name not in SPANS and name != "rt":
            return PLAIN
        undo = self._start_span(name, attributes, selectors)
        if is_line:
            return self._start_line(undo)
        return self._start_reading(element, undo) if name == "rt" else undo

    @staticmethod
    def _is_set_off(attributes: _Attributes, traits: Traits) -> bool:
        """Whether the text of an element is set off by its size or its class."""
        return traits.names_heading or (("style" in attributes or "size" in attributes) and is_large(attributes))

    def _start_span(self, name: str, attributes: _Attributes, selectors: tuple[int, ...]) -> int:
        kind = SPANS.get(name)
        id = attributes.get("id") or (attributes.get("name") if name == "a" else None)
        if id:
            self._places.anchors.setdefault(id, Anchor(len(self._blocks), self._node))
        piece = None
        if "style" in attributes:
            kind = styled(kind, attributes["style"])
        if selectors and self._lookup.unwraps(selectors):
            kind = None
        if kind == "link":
            href = attributes.get("href", "").strip()
            if href and href != "#":
                piece = Open("link", href=href, selectors=selectors, title=_title(attributes))
                if href[0] == "#":
                    self._places.add_link(href[1:], attributes)
        elif kind is not None:
            piece = Open(kind, selectors=selectors)
        elif "math" in attributes.get("class", "") and "math" in attributes["class"].split():
            piece = Open("math", selectors=selectors)
        if piece is None and selectors:
            piece = Open(selectors=selectors)
        if piece is None:
            return PLAIN
        self._buffer.start(piece)
        return OPEN

    def _line_break(self, _: Any, __: _Attributes) -> int:
        if self._table is not None or self._kind == "heading":
            self._pieces.append(" ")
        elif self._buffer.ends_with_break:
            self._flush()
        else:
            self._buffer.line_break()
        return PLAIN

    def _formula(
        self,
        element: Any,
        formula: Formula,
        attributes: _Attributes,
        selectors: tuple[int, ...],
        traits: Traits,
    ) -> int:
        """Makes a block of a formula that is displayed, and else a span."""
        self._consumed.update(rendered_beside(element, formula.tex))
        if formula.is_display and self._table is None and self._kind == "paragraph" and not self._buffer.is_in_link():
            self._start_block(element, _BLOCK, attributes, selectors, traits)
            self._add(Candidate("math", formula.tex))
            self._end_block(self._frames.pop())
        elif formula.tex:
            if selectors:
                self._buffer.start(Open(selectors=selectors))
            self._buffer.formula(" ".join(formula.tex.split()))
            if selectors:
                self._buffer.end()
        return SKIPPED

    def _script(self, element: Any) -> None:
        """Reads the formula in a script."""
        if element.get("type", "").startswith("math/") and element not in self._consumed:
            formula = formula_of_script(element)
            if formula is not None:
                self._formula(element, formula, {}, (), self._traits["script"])

    def _start_line(self, undo: int) -> int:
        """An inline element starts that is shown on a line of its own."""
        self._line_boundary()
        return self._ending(_LINE_END, undo)

    def _line_boundary(self) -> None:
        """Ends the line where something stands in it: a line of a paragraph, or else the paragraph."""
        if self._table is not None or self._kind == "heading":
            self._pieces.append(" ")
        elif self._nodes.tag_of(self._node) not in _HOLD_LINES:
            self._flush()
        elif not self._buffer.ends_with_break:
            self._buffer.line_break()

    def _start_reading(self, element: Any, undo: int) -> int:
        """A reading over a word starts, which browsers without ruby show in the parentheses that its <rp> have."""
        before = element.getprevious()
        if (before is not None and before.tag == "rp") or not any(text.strip() for text in element.itertext()):
            return undo
        self._pieces.append("(")
        return self._ending(")", undo)

    def _ending(self, text: str, undo: int) -> int:
        self._endings.append((text, undo == OPEN))
        return ENDING

    def _image(self, element: Any, attributes: _Attributes, selectors: tuple[int, ...]) -> int:
        formula = formula_of_image(attributes)
        if formula is not None:
            self._buffer.formula(" ".join(formula.tex.split()))
            return PLAIN
        image = image_of(element, attributes)
        if image is not None:
            image = image if self._is_markdown else without_idle_title(image)
            self._buffer.image(replace(image, selectors=selectors) if selectors else image)
            self._last_file = file_of(image.src)
        return PLAIN

    def _frame(self, element: Any) -> None:
        """Reads the video that a frame shows as an image; what else is in frames are other pages."""
        attributes = dict(element.items())
        image = image_of_frame(attributes)
        if image is not None and not is_hidden(attributes):
            self._flush()
            self._buffer.image(image)
            self._flush()

    def _noscript(self, element: Any) -> None:
        """Reads the image that a <noscript> has for one that a script loads; its text is not shown."""
        self.hidden.append(element)
        found = image_in_noscript(element)
        image = image_of(found, dict(found.items())) if found is not None else None
        if image is not None and file_of(image.src) != self._last_file:
            self._buffer.image(image)

    def _checkbox(self, _: Any, attributes: _Attributes) -> int:
        self._containers.tick(attributes)
        return SKIPPED

    def _start_in_table(self, tag: Tag, selectors: tuple[int, ...]) -> int:
        """Blocks in a cell of a data table are parts of its text; a heading is strong."""
        self._pieces.append(" ")
        kind: SpanKind | None = "code" if tag is _CODE else None
        if tag is _HEADING and self._table is not None and not self._table.in_header:
            kind = "strong"
        if kind is None and not selectors:
            return self._ending(" ", PLAIN)
        self._buffer.start(Open(kind, selectors=selectors))
        return self._ending(" ", OPEN)

    # --- block-level elements

    def _start_block(
        self, element: Any, tag: Tag, attributes: _Attributes, selectors: tuple[int, ...], traits: Traits
    ) -> None:
        if self._pieces:
            self._flush()
        nodes, frames = self._nodes, self._frames
        frames.append((self._node, self._kind, self._level, self._containers.current, selectors, tag))
        nodes.parent.append(self._node)
        nodes.signature.append(traits.number)
        nodes.depth.append(len(frames))
        nodes.first.append(len(self._blocks))
        self._node = len(nodes.end)
        nodes.end.append(-1)
        if attributes:
            if "id" in attributes:
                self._places.anchors.setdefault(attributes["id"], Anchor(len(self._blocks), self._node))
            if self._is_set_off(attributes, traits):
                self._prominent.add(self._node)
            may_be_post = traits.may_be_post or "itemtype" in attributes
        else:
            may_be_post = traits.may_be_post
        if may_be_post and self._starts_post(element, tag, attributes):
            return
        if tag is _BLOCK:
            if attributes:
                self._start_marked(element, attributes, traits)
            return
        start = _STARTS.get(tag)
        if start is not None:  # whatever its role: its end will undo it
            start(self, element, attributes, selectors)
        if tag is _HEADING:
            self._kind, self._level = "heading", int(element.tag[1])
        elif attributes and attributes.get("role") == "heading":
            self._start_heading(attributes)

    def _start_marked(self, element: Any, attributes: _Attributes, traits: Traits) -> None:
        """Reads what the attributes of an element without a meaning of its own make of it."""
        if attributes.get("role") == "heading":
            self._start_heading(attributes)
        elif traits.has_special_class:
            if element.tag == "div" and "math" in attributes["class"].split():
                self._kind = "math"
            else:
                self._containers.start_callout(element, attributes)
        elif "style" in attributes and "mso-list" in attributes["style"]:
            self._containers.start_word_item(element, attributes["style"])

    def _start_heading(self, attributes: _Attributes) -> None:
        self._kind, self._level = "heading", number(attributes.get("aria-level"), 2, 1, 6)

    def _starts_post(self, element: Any, tag: Tag, attributes: _Attributes) -> bool:
        """Enters a post, and tells whether the element is nothing else: an item of a list of posts is none."""
        if self._table is not None or self._is_markdown:
            return False
        if "itemtype" in attributes and not is_post_type(attributes["itemtype"]):
            return False
        if not self._containers.start_post(element, is_item=tag is _ITEM):
            return False
        self._kind, self._level = "paragraph", None
        return tag in (_BLOCK, _ITEM)

    def _end_block(self, frame: _Frame) -> None:
        around, kind, level, containers, selectors, tag = frame
        if tag is _CELL and self._table is not None:
            self._table.end_cell(self._buffer.take())
        if self._pieces:
            self._flush()
        if tag is not _BLOCK and tag in _ENDS:
            _ENDS[tag](self)
        node, nodes = self._node, self._nodes
        nodes.end[node] = end = len(self._blocks)
        for selector in selectors:
            self._hits.append(Hit(selector, node, nodes.first[node], end))
        self._node, self._kind, self._level, self._containers.current = around, kind, level, containers

    def _start_list(self, element: Any, attributes: _Attributes, _: tuple[int, ...]) -> None:
        self._containers.start_list(element, attributes)

    def _start_item(self, element: Any, attributes: _Attributes, _: tuple[int, ...]) -> None:
        self._kind, self._level = "paragraph", None
        self._containers.start_item(element, attributes)

    def _end_item(self) -> None:
        self._containers.end_item()

    def _start_term(self, *_: object) -> None:
        self._kind, self._level = "paragraph", None
        self._in_term = True

    def _end_term(self) -> None:
        self._in_term = False

    def _start_quote(self, element: Any, attributes: _Attributes, _: tuple[int, ...]) -> None:
        self._kind, self._level = "paragraph", None
        self._containers.start_quote(element, attributes)

    def _rule(self, *_: object) -> None:
        self._add(Candidate("rule"))

    def _end_list(self) -> None:
        self._containers.end_list()

    def _start_figure(self, *_: object) -> None:
        self._figures.start()

    def _end_figure(self) -> None:
        self._figures.end()

    def _start_caption(self, *_: object) -> None:
        self._figures.start_caption()

    def _end_caption(self) -> None:
        self._figures.end_caption(self._node)

    def _start_table(self, element: Any, _: _Attributes, __: tuple[int, ...]) -> None:
        if is_data_table(element):
            self._table = TableReader(self._node)

    def _start_row_or_cell(self, element: Any, attributes: _Attributes, selectors: tuple[int, ...]) -> None:
        self._kind, self._level = "paragraph", None
        if self._table is not None:
            around = element.getparent()
            self._table.start(element.tag, attributes, selectors, in_head=around is not None and around.tag == "thead")

    def _end_table(self) -> None:
        table = self._table
        if table is None or table.node != self._node:
            return
        self._table = None
        rows, marks = table.finish()
        if not any(cell.text for row in rows for cell in row):
            self._add_images(Inline(spans=[span for row in rows for cell in row for span in cell.spans]))
        else:
            place = len(self._blocks)
            self._add(Candidate("table", table_text(rows), rows=rows))
            self._marks += [Mark(selector, place, start, end) for selector, start, end in marks]

    def _code(
        self, element: Any, code: Code, attributes: _Attributes, selectors: tuple[int, ...], traits: Traits
    ) -> int:
        """Makes a block of a code, which is read at once."""
        self._start_block(element, _CODE, attributes, selectors, traits)
        if code.text.strip():
            self._add(Candidate("code", code.text, language=code.language))
        self._consumed.update(code.others)
        self._end_block(self._frames.pop())
        return SKIPPED

    # --- text to blocks

    def _flush(self) -> None:
        """Makes a block of the text since the last one."""
        if self._table is not None and self._table.in_cell:
            self._pieces.append(" ")
            return
        buffer = self._buffer
        if not buffer.has_markup:
            self._add_plain(buffer.take_plain())
        elif not buffer.holds_something():
            return
        elif not buffer.has_image or self._is_markdown:
            self._add_inline(buffer.take())
        else:
            for inline in buffer.take_parts():
                self._add_inline(inline)

    def _add_plain(self, text: str) -> None:
        """Makes a block of a text without markup, as most are."""
        if not text:
            return
        if self._in_term:
            self._add_text(Inline(text))
            return
        kind, current, node = self._kind, self._containers.current, self._node
        if current and kind == "paragraph" and self._begins_item():
            kind = "list_item"
        block = Candidate(kind, text, self._level if kind == "heading" else None, containers=current, element=node)
        block.is_prominent = node in self._prominent
        self._blocks.append(block)

    def _begins_item(self) -> bool:
        """Whether a paragraph is the first of an item."""
        return not self._figures.open_captions and self._containers.begins_item()

    def _add_inline(self, inline: Inline) -> None:
        if inline.text:
            self._add_text(inline)
        else:
            self._add_images(inline)

    def _add_images(self, inline: Inline) -> None:
        """Makes blocks of images that no text stands beside."""
        for span, image in zip_longest(inline.spans, inline.images):
            if not self._figures.shows(span.value) and not self._repeats(span):
                found = Candidate("image", src=span.href, alt=span.value, caption=span.title, href=span.link)
                found.is_sign = image is not None and is_sign(image)
                place = len(self._blocks)
                self._add(found)
                self._hits += [Hit(number, -1, place, place + 1) for number in (image.selectors if image else ())]

    def _repeats(self, image: Span) -> bool:
        """Whether the last block is the same image in another size: the same file, described by the same words."""
        last = self._blocks[-1] if self._blocks else None
        if last is None or last.kind != "image" or last.src is None or image.href is None or last.alt != image.value:
            return False
        return last.src != image.href and "." in file_of(image.href) and file_of(last.src) == file_of(image.href)

    def _add_text(self, inline: Inline) -> None:
        kind = self._kind
        if kind == "paragraph" and self._containers.current and self._begins_item():
            kind = "list_item"
        if kind == "paragraph" and "\n" in inline.text and not self._is_markdown and not self._figures.open_captions:
            for part in parts_of(inline):
                self._add_part(part, kind)
            return
        self._add_part(inline, kind)

    def _add_part(self, inline: Inline, kind: BlockKind) -> None:
        containers = self._containers
        if inline.spans:
            if kind == "math" or (kind == "paragraph" and _is_formula(inline)):
                kind, inline.spans = "math", []
            elif kind == "heading" and not self._is_markdown:
                drop_permalinks(inline)
        if self._in_term and kind == "paragraph":
            mark_term(inline)
        place = len(self._blocks)
        level = self._level if kind == "heading" else None
        block = Candidate(kind, inline.text, level, None, inline.spans, containers.current, element=self._node)
        block.is_prominent = self._node in self._prominent
        self._blocks.append(block)
        for selector, start, end in inline.marks:
            is_whole = start == 0 and end == len(inline.text)
            if selector == _PROMINENT:
                block.is_prominent = block.is_prominent or is_whole
            elif is_whole:
                self._hits.append(Hit(selector, -1, place, place + 1))
            else:
                self._marks.append(Mark(selector, place, start, end))

    def _add(self, candidate: Candidate) -> None:
        candidate.containers = self._containers.current
        candidate.element = self._node
        self._blocks.append(candidate)


def _title(attributes: _Attributes) -> str | None:
    return " ".join(attributes["title"].split()) or None if "title" in attributes else None


def _is_formula(inline: Inline) -> bool:
    """Whether a text is one formula and nothing else."""
    only = inline.spans[0]
    return len(inline.spans) == 1 and only.kind == "math" and (only.start, only.end) == (0, len(inline.text))


_SINGLES: dict[Tag, Callable[[Walker, Any, _Attributes], int]] = {
    Tag.BREAK: Walker._line_break,
    Tag.CHECKBOX: Walker._checkbox,
}
"""Elements that are read at once; each function returns what the element's end has to undo."""
_STARTS: dict[Tag, Callable[[Walker, Any, _Attributes, tuple[int, ...]], None]] = {
    Tag.LIST: Walker._start_list,
    Tag.ITEM: Walker._start_item,
    Tag.TERM: Walker._start_term,
    Tag.QUOTE: Walker._start_quote,
    Tag.RULE: Walker._rule,
    Tag.TABLE: Walker._start_table,
    Tag.ROW: Walker._start_row_or_cell,
    Tag.CELL: Walker._start_row_or_cell,
    Tag.FIGURE: Walker._start_figure,
    Tag.CAPTION: Walker._start_caption,
}
"""Block-level elements that are more than a block."""
_ENDS: dict[Tag, Callable[[Walker], None]] = {
    Tag.LIST: Walker._end_list,
    Tag.ITEM: Walker._end_item,
    Tag.TERM: Walker._end_term,
    Tag.TABLE: Walker._end_table,
    Tag.FIGURE: Walker._end_figure,
    Tag.CAPTION: Walker._end_caption,
}
