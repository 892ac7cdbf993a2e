"""Sections and chunks of a document: what its headings divide, and pieces of a limited size for retrieval."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple

from cleaner.document import Block, Container, Document
from cleaner.normalize import LETTERS_OF_WORD, SPACELESS

_DEEPEST = 40
"""Containers around a block that are looked at."""
_FULL = 4
"""A chunk with a quarter of its words does not go on into another section, where one of the two is cut."""
_LONGEST_LEAD = 2
"""The header of a table is repeated if it has at most one in so many of a chunk's words."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it, or what stands above the first heading."""

    heading: str
    """Empty above the first heading."""
    headings: tuple[str, ...]
    """The headings that it stands under, the highest first and its own last. The document's title is none of them."""
    level: int
    """1 (highest) to 6; 0 above the first heading."""
    first_block: int
    """The number, in `Document.blocks`, of its heading."""
    last_block: int
    """The number of its last block, those of the sections in it included."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a document for retrieval."""

    number: int
    """0 for the first one of its document."""
    text: str
    """The text of its blocks, with blank lines between."""
    words: int
    """How many words the text has."""
    headings: tuple[str, ...]
    """The headings that all of it stands under, the highest first. The document's title is none of them."""
    first_block: int
    """The number, in `Document.blocks`, of the first block that it has words of; what is repeated does not count."""
    last_block: int
    """The number of the last such block."""
    repeated: int = 0
    """How many code points of the text, from its beginning, are repeated: the overlap, and the header of a table."""
    title: str | None = None
    """The title of the document."""
    url: str | None = None
    """The address of the page."""
    id: str | None = None
    """What the caller calls the page."""

    def to_dict(self) -> dict[str, Any]:
        """Gives all fields, for a row of a table. The path of headings is a list."""
        return {name: getattr(self, name) for name in self.__slots__} | {"headings": list(self.headings)}


def sections_of(document: Document) -> tuple[Section, ...]:
    """The sections of a document in reading order, each before those in it.

    A heading in a container (a quote, an item, a post) ends with it, whatever its level.
    """
    parts = _parts(document.blocks, 0, len(document.blocks), 0)
    above = next((n for n, part in enumerate(parts) if part.heading is not None), len(parts))
    found = [Section("", (), 0, parts[0].first, parts[above - 1].last)] if above else []
    for part, headings in _walk(parts, ()):
        if part.heading is not None:
            heading = _line(part.heading)
            found.append(Section(heading, headings, part.heading.level or 1, part.first, part.last))
    return tuple(found)


def chunks_of(
    document: Document, max_words: int = 250, *, overlap: int = 0, id: str | None = None
) -> tuple[Chunk, ...]:
    """The text of a document in chunks of at most `max_words` words, as `Document.chunks` says."""
    if max_words < 1:
        raise ValueError(f"max_words is {max_words}; it is 1 or more")
    if not 0 <= overlap < max_words:
        raise ValueError(f"overlap is {overlap}; it is 0 or more, and less than max_words")
    blocks = document.blocks
    parts = _parts(blocks, 0, len(blocks), 0)
    packer = _Packer(blocks, max_words, overlap)
    for part in parts:
        packer.add(_node(blocks, part))
    packer.finish()
    paths: list[tuple[str, ...]] = [()] * len(blocks)
    for part, headings in _walk(parts, ()):
        paths[part.first : part.last + 1] = [headings] * (part.last + 1 - part.first)
    found = []
    for number, (pieces, before) in enumerate(packer.chunks()):
        own = _text(blocks, pieces)
        text = f"{before}{own}"
        found.append(
            Chunk(
                number,
                text,
                _size(text).words,
                _common([paths[piece.block] for piece in pieces]),
                pieces[0].block,
                pieces[-1].block,
                len(before),
                document.title,
                document.url,
                id,
            )
        )
    return tuple(found)


# --- the tree of sections and containers


@dataclass(slots=True)
class _Part:
    """A block, a container, a list or a section: the blocks from `first` to `last`, and the parts that it has."""

    first: int
    last: int
    parts: list[_Part] = field(default_factory=list)
    heading: Block | None = None
    """Sections: the heading, which is the first of the parts too."""


def _parts(blocks: Sequence[Block], first: int, end: int, depth: int) -> list[_Part]:
    """The parts of blocks that share their first `depth` containers."""
    found: list[_Part] = []
    sections: list[_Part] = []
    for part in _groups(blocks, first, end, depth):
        block = blocks[part.first]
        if block.kind == "heading" and not part.parts:
            while sections and _level(sections[-1]) >= (block.level or 1):
                sections.pop()
            section = _Part(part.first, part.last, [part], block)
            (sections[-1].parts if sections else found).append(section)
            sections.append(section)
        else:
            (sections[-1].parts if sections else found).append(part)
        for section in sections:
            section.last = part.last
    return found


def _level(section: _Part) -> int:
    return (section.heading.level if section.heading else None) or 1


def _groups(blocks: Sequence[Block], first: int, end: int, depth: int) -> Iterator[_Part]:
    """Blocks, and the containers at a depth; items of the same list make one."""
    for key, run in groupby(range(first, end), lambda number: _group(blocks[number], depth)):
        numbers = list(run)
        if key is None:
            yield from (_Part(number, number) for number in numbers)
            continue
        containers = groupby(numbers, lambda number: blocks[number].containers[depth].key)
        inner = []
        for _, content in containers:
            held = list(content)
            inner.append(_Part(held[0], held[-1], _parts(blocks, held[0], held[-1] + 1, depth + 1)))
        yield inner[0] if len(inner) == 1 else _Part(numbers[0], numbers[-1], inner)


def _group(block: Block, depth: int) -> tuple[str, int | None] | None:
    if depth >= min(len(block.containers), _DEEPEST):
        return None
    container: Container = block.containers[depth]
    return ("list", container.list) if container.kind == "item" else (container.kind, container.key)


def _walk(parts: Iterable[_Part], above: tuple[str, ...]) -> Iterator[tuple[_Part, tuple[str, ...]]]:
    """Parts, each before those in it, with the path of headings."""
    for part in parts:
        headings = above
        if part.heading is not None and part.heading.role != "title" and (text := _line(part.heading)):
            headings = (*above, text)
        yield part, headings
        yield from _walk(part.parts, headings)


def _line(heading: Block) -> str:
    return " ".join(heading.text.split())


def _common(paths: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """What all paths begin with."""
    low, high = min(paths), max(paths)
    same = next((n for n, pair in enumerate(zip(low, high, strict=False)) if pair[0] != pair[1]), len(low))
    return low[:same]


# --- pieces of blocks


_SPACELESS = "".join(f"{chr(first)}-{chr(end - 1)}" for first, end in SPACELESS)
_LETTER = re.compile(f"[{_SPACELESS}]")
_LINE = re.compile(r"[^\n]+")
_CELL = re.compile(r"[^\t\n]+")
_TOKEN = re.compile(r"\S+")
_NEVER_FIRST = "\u0e30-\u0e3a\u0e45-\u0e4e\u0eb0-\u0ebd\u0ec6-\u0ecd、。々〉》」』】〕ゝゞーヽヾ！），．：；？］｝"
"""Vowels behind their letter, signs and closing marks: no piece begins with one. Marks of other scripts are known by
their category."""
_NEVER_LAST = "\u0e40-\u0e44\u0ec0-\u0ec4\u1039\u17d2「『【〈《〔（［｛"
"""Vowels before their letter, signs that join letters, opening marks: no piece ends with one."""
_PLACE = re.compile(
    rf"(?<![{_NEVER_LAST}])(?=[{_SPACELESS}])(?![{_NEVER_FIRST}])|(?<=[{_SPACELESS}])(?<![{_NEVER_LAST}])(?![{_NEVER_FIRST}])"
)
"""Where a piece may begin in scripts that have no spaces between words."""
_SENTENCE_END = re.compile(r"(?<![.!?…։؟۔።])[.!?…։؟۔።]++[\"'”’»)\]]*+(?=\s)|[。！？｡．।॥။។]+[\"'”’»）」』】\]]*|\n")
_BEFORE_POINT = re.compile(r"(\S+?)\.[\"'”’»)\]]*$")
_ABBREVIATIONS = """
mr mrs ms dr prof st mt no nos nr vs cf fig figs eq vol vols pp ch sec ed eds al inc ltd co corp gen col capt
lt sgt rev hon jan feb mar apr jun jul aug sep sept oct nov dec approx dept est bzw ca vgl usw evtl sog art
abs mme mlle av bd etc sr sra dra ing tel
"""
"""Words that a point behind them does not end a sentence at, for the most part."""
_KNOWN = frozenset(_ABBREVIATIONS.split())


class _Size(NamedTuple):
    """How large texts are together, so that `normalize.count_words` of all of them is known from their sums."""

    tokens: int
    letters: int

    @property
    def words(self) -> int:
        return self.tokens + self.letters // LETTERS_OF_WORD

    def plus(self, other: _Size, glued: bool = False) -> _Size:
        """The size of both; `glued` where no white space is between."""
        return _Size(self.tokens + other.tokens - glued, self.letters + other.letters)


_NOTHING = _Size(0, 0)


def _size(text: str) -> _Size:
    return _Size(len(text.split()), 0 if text.isascii() else len(_LETTER.findall(text)))


class _Piece(NamedTuple):
    """A stretch of a block's text."""

    block: int
    start: int
    end: int


_Splitter = Callable[[str, int, int], Iterator[tuple[int, int]]]


def _matches(pattern: re.Pattern[str]) -> _Splitter:
    def split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        return (match.span() for match in pattern.finditer(text, start, end))

    return split


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of a text; a line break ends one too."""
    first = start
    for match in _SENTENCE_END.finditer(text, start, end):
        if text[match.start()] == "\n" or _ends_sentence(text, first, match, end):
            yield first, match.end()
            first = match.end()
    yield first, end


def _ends_sentence(text: str, first: int, match: re.Match[str], end: int) -> bool:
    following = text[match.end() : min(match.end() + 40, end)].lstrip()[:1]
    if following.islower():
        return False
    if not match[0].startswith(".") or match[0].startswith(".."):
        return True
    before = _BEFORE_POINT.search(text, max(first, match.start() - 40), match.end())
    if before is None:
        return True
    word = before[1].lstrip("(\"'“‘«[").lower()
    is_initial = len(word) == 1 and word.isalpha()
    is_ordinal = word.isdecimal() and len(word) <= 2
    return not (is_initial or is_ordinal or "." in word or word in _KNOWN)


def _clusters(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The letters of scripts without spaces, each with its marks, and what stands between them."""
    first = start
    for match in _PLACE.finditer(text, start, end):
        at = match.start()
        if first < at < end and not unicodedata.category(text[at]).startswith("M"):
            yield first, at
            first = at
    yield first, end


_TOKENS, _LINES, _CELLS = _matches(_TOKEN), _matches(_LINE), _matches(_CELL)
_PROSE: tuple[_Splitter, ...] = (_sentences, _TOKENS, _clusters)
_LADDERS: dict[str, tuple[_Splitter, ...]] = {
    "code": (_LINES, _TOKENS, _clusters),
    "math": (_LINES, _TOKENS, _clusters),
    "table": (_LINES, _CELLS, _sentences, _TOKENS, _clusters),
}
"""By the kind of a block: where it is cut, the first choice first."""


@dataclass(slots=True)
class _Node:
    """What is in one chunk if it fits, and is divided into smaller nodes otherwise."""

    size: _Size
    pieces: list[_Piece]
    divide: Callable[[], list[_Node]]
    """The nodes in it; none for what cannot be cut."""
    is_section: bool = False
    is_sticky: bool = False
    """A heading or the header of a table: it is in the chunk of what follows it."""
    lead: _Piece | None = None
    """The header to repeat where a chunk begins with this row of a table."""


def _node(blocks: Sequence[Block], part: _Part) -> _Node:
    if not part.parts:
        return _block_node(blocks, part.first)
    inner = [_node(blocks, one) for one in part.parts]
    size, pieces = _NOTHING, []
    for one in inner:
        size = size.plus(one.size)
        pieces += one.pieces
    return _Node(size, pieces, lambda: inner, part.heading is not None)


def _block_node(blocks: Sequence[Block], number: int) -> _Node:
    block = blocks[number]
    size = _size(block.text)
    if not size.tokens:
        return _Node(_NOTHING, [], list)
    start, end = (0, len(block.text)) if block.kind == "code" else _stripped(block.text, 0, len(block.text))
    piece = _Piece(number, start, end)
    ladder = _LADDERS.get(block.kind, _PROSE)
    divide = (lambda: _rows(block, piece)) if block.kind == "table" else lambda: _divided(block.text, piece, ladder)
    return _Node(size, [piece], divide, is_sticky=block.kind == "heading")


def _divided(text: str, piece: _Piece, ladder: Sequence[_Splitter]) -> list[_Node]:
    """The nodes of a piece, by the first splitter that cuts it."""
    for number, split in enumerate(ladder):
        found = [_Piece(piece.block, *_stripped(text, *span, keep=split is _LINES)) for span in split(text, *piece[1:])]
        found = [one for one in found if one.start < one.end]
        if len(found) > 1:
            return [_text_node(text, one, ladder[number + 1 :]) for one in found]
    return []


def _text_node(text: str, piece: _Piece, ladder: Sequence[_Splitter]) -> _Node:
    return _Node(_size(text[piece.start : piece.end]), [piece], lambda: _divided(text, piece, ladder))


def _rows(block: Block, piece: _Piece) -> list[_Node]:
    """The rows of a table; its header is kept with the first one."""
    rows = _divided(block.text, piece, _LADDERS["table"])
    lines = block.text.count("\n") + 1
    heads = 0
    if len(block.rows) == lines == len(rows):
        while heads < lines - 1 and block.rows[heads] and all(cell.header for cell in block.rows[heads]):
            heads += 1
    for number, row in enumerate(rows):
        row.is_sticky = number < heads
        if heads and number >= heads:
            row.lead = _Piece(piece.block, rows[0].pieces[0].start, rows[heads - 1].pieces[0].end)
    return rows


def _stripped(text: str, start: int, end: int, *, keep: bool = False) -> tuple[int, int]:
    """The stretch without white space at its ends; with `keep`, what it begins with stays, as in code."""
    end = start + len(text[start:end].rstrip())
    return (start if keep else end - len(text[start:end].lstrip())), end


def _text(blocks: Sequence[Block], pieces: Sequence[_Piece]) -> str:
    return "\n\n".join(blocks[piece.block].text[piece.start : piece.end] for piece in pieces)


# --- packing


class _Packer:
    """Fills chunks one after another. What has to be cut is cut where it shows least."""

    def __init__(self, blocks: Sequence[Block], max_words: int, overlap: int) -> None:
        self._blocks = blocks
        self._max = max_words
        self._overlap = overlap
        self._closed: list[tuple[list[_Piece], _Piece | None]] = []
        self._open: list[_Piece] = []
        self._lead: _Piece | None = None
        self._size = _NOTHING
        """Of the open chunk, with its header."""
        self._limit = max_words
        """Words that the open chunk may have, without the overlap."""
        self._held: list[_Node] = []
        """Headings, which wait for what follows them."""

    def add(self, node: _Node) -> None:
        """Adds a node, in as many chunks as it needs."""
        if not node.pieces:
            return
        if node.is_sticky:
            self._hold(node)
        elif self._fits(node):
            self._append(node)
        elif self._fits_alone(node):
            self._close()
            self._append(node)
        elif inner := node.divide():
            self._add_divided(node, inner)
        elif self._held:
            self._release()
            self.add(node)
        else:  # a word that is longer than a chunk
            self._close()
            self._append(node)

    def finish(self) -> None:
        """Closes the last chunk."""
        self._release()
        self._close()

    def chunks(self) -> Iterator[tuple[list[_Piece], str]]:
        """The pieces of each chunk, and what is repeated before them."""
        before: list[_Piece] = []
        for pieces, lead in self._closed:
            overlap = [] if not before or self._is_heading(pieces[0]) else self._tail(before, pieces, lead)
            if lead is not None and overlap and overlap[0] < lead:
                lead = None  # it is in the overlap
            text = _text(self._blocks, [lead]) + "\n" if lead else ""
            yield pieces, text + (self._overlapping(overlap, pieces[0]) if overlap else "")
            before = pieces

    def _overlapping(self, overlap: Sequence[_Piece], first: _Piece) -> str:
        """The text of an overlap, and what is between it and the chunk's own text."""
        last, text = overlap[-1], self._blocks[first.block].text
        return _text(self._blocks, overlap) + (text[last.end : first.start] if last.block == first.block else "\n\n")

    def _tail(self, before: Sequence[_Piece], pieces: Sequence[_Piece], lead: _Piece | None) -> list[_Piece]:
        """The last words of the chunk before: whole blocks and sentences, or single words of a longer sentence."""
        own = self._size_of([*pieces, *([lead] if lead else [])])
        found: list[_Piece] = []
        for piece in reversed(before):
            if self._may_overlap([*found, piece], own):
                found.append(piece)
                continue
            block = self._blocks[piece.block]
            ladder = _LADDERS.get(block.kind, _PROSE)
            for split in ladder[:1] if found else ladder:
                starts = (_stripped(block.text, *span)[0] for span in split(block.text, *piece[1:]))
                shorter = (_Piece(piece.block, start, piece.end) for start in starts if start < piece.end)
                fitting = next((one for one in shorter if self._may_overlap([*found, one], own)), None)
                if fitting is not None:
                    found.append(fitting)
                    break
            break
        return found[::-1]

    def _may_overlap(self, pieces: Sequence[_Piece], own: _Size) -> bool:
        size = self._size_of(pieces)
        return size.words <= self._overlap and own.plus(size).words <= self._max

    def _size_of(self, pieces: Iterable[_Piece]) -> _Size:
        size = _NOTHING
        for piece in pieces:
            size = size.plus(_size(self._blocks[piece.block].text[piece.start : piece.end]))
        return size

    def _add_divided(self, node: _Node, inner: list[_Node]) -> None:
        if not node.is_section:
            for one in inner:
                self.add(one)
            return
        self._turn()
        for one in inner:
            self.add(one)
        self._turn()

    def _turn(self) -> None:
        """Closes the chunk before or behind a section that is cut, unless it is small."""
        if not self._held and self._size.words * _FULL >= self._max:
            self._close()

    def _hold(self, node: _Node) -> None:
        if self._leaves_room(node):
            self._held.append(node)
            return
        self._release()
        if self._leaves_room(node):
            self._held.append(node)
            return
        for one in node.divide() or [_Node(node.size, node.pieces, list)]:
            self.add(one)

    def _leaves_room(self, node: _Node) -> bool:
        """Whether a word fits behind a heading and those before it."""
        return self._with_held(node).words < self._limit_from(self._held[0] if self._held else node)

    def _release(self) -> None:
        """Puts the headings that wait into a chunk, with nothing behind them."""
        if not self._held:
            return
        *self._held, last = self._held
        if not self._fits(last):
            self._close()
        self._append(last)

    def _with_held(self, node: _Node) -> _Size:
        size = _NOTHING
        for held in self._held:
            size = size.plus(held.size)
        return size.plus(node.size)

    def _fits(self, node: _Node) -> bool:
        """Whether the open chunk has room for a node and the headings before it."""
        if not self._open:
            return self._fits_alone(node)
        glued = not self._held and self._is_glued(node)
        return self._size.plus(self._with_held(node), glued).words <= self._limit

    def _fits_alone(self, node: _Node) -> bool:
        return self._with_held(node).words <= self._limit_from(self._held[0] if self._held else node)

    def _is_glued(self, node: _Node) -> bool:
        last, first = self._open[-1], node.pieces[0]
        return last.block == first.block and last.end == first.start

    def _limit_from(self, node: _Node) -> int:
        """Words of a chunk that begins with a node: no overlap reaches over a heading."""
        is_first = not self._closed and not self._open
        return self._max if is_first or self._is_heading(node.pieces[0]) else self._max - self._overlap

    def _is_heading(self, piece: _Piece) -> bool:
        return self._blocks[piece.block].kind == "heading" and piece.start == 0

    def _append(self, node: _Node) -> None:
        nodes, self._held = [*self._held, node], []
        if not self._open:
            self._limit = self._limit_from(nodes[0])
            self._lead = self._lead_of(nodes[0])
            self._size = self._size_of([self._lead] if self._lead else [])
        for one in nodes:
            self._size = self._size.plus(one.size, bool(self._open) and self._is_glued(one))
            self._open += one.pieces

    def _lead_of(self, row: _Node) -> _Piece | None:
        """The header that a chunk begins with, if the row leaves room for it."""
        if row.lead is None:
            return None
        size = self._size_of([row.lead])
        fits = size.plus(row.size).words <= self._limit and size.words * _LONGEST_LEAD <= self._max
        return row.lead if fits else None

    def _close(self) -> None:
        if self._open:
            self._closed.append((_joined(self._open), self._lead))
        self._open, self._lead, self._size = [], None, _NOTHING


def _joined(pieces: Iterable[_Piece]) -> list[_Piece]:
    """Pieces, those of the same block as one."""
    found: list[_Piece] = []
    for piece in pieces:
        if found and found[-1].block == piece.block:
            found[-1] = _Piece(piece.block, found[-1].start, piece.end)
        else:
            found.append(piece)
    return found
