"""Pieces of blocks: where a block is cut that does not fit into a chunk, and how many words a piece has."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from cleaner.document import Block
from cleaner.lazily import pattern
from cleaner.normalize import LETTERS_OF_WORD, SPACELESS
from cleaner.sections.tree import Part

if TYPE_CHECKING:
    import re

_SPACELESS = "".join(f"{chr(first)}-{chr(end - 1)}" for first, end in SPACELESS)
_LETTER = pattern(f"[{_SPACELESS}]")
_LINE = pattern(r"[^\n]+")
_CELL = pattern(r"[^\t\n]+")
_TOKEN = pattern(r"\S+")
_NEVER_FIRST = "\u0e30-\u0e3a\u0e45-\u0e4e\u0eb0-\u0ebd\u0ec6-\u0ecd、。々〉》」』】〕ゝゞーヽヾ！），．：；？］｝"
"""Vowels behind their letter, signs and closing marks: no piece begins with one. Marks of other scripts are known by
their category."""
_NEVER_LAST = "\u0e40-\u0e44\u0ec0-\u0ec4\u1039\u17d2「『【〈《〔（［｛"
"""Vowels before their letter, signs that join letters, opening marks: no piece ends with one."""
_PLACE = pattern(
    rf"(?<![{_NEVER_LAST}])(?=[{_SPACELESS}])(?![{_NEVER_FIRST}])|(?<=[{_SPACELESS}])(?<![{_NEVER_LAST}])(?![{_NEVER_FIRST}])"
)
"""Where a piece may begin in scripts that have no spaces between words."""
_SENTENCE_END = pattern(r"(?<![.!?…։؟۔።])[.!?…։؟۔።]++[\"'”’»)\]]*+(?=\s)|[。！？｡．।॥။។]+[\"'”’»）」』】\]]*|\n")
_BEFORE_POINT = pattern(r"(\S+?)\.[\"'”’»)\]]*$")
_ABBREVIATIONS = """
mr mrs ms dr prof st mt no nos nr vs cf fig figs eq vol vols pp ch sec ed eds al inc ltd co corp gen col capt
lt sgt rev hon jan feb mar apr jun jul aug sep sept oct nov dec approx dept est bzw ca vgl usw evtl sog art
abs mme mlle av bd etc sr sra dra ing tel
"""
"""Words that a point behind them does not end a sentence at, for the most part."""
_KNOWN = frozenset(_ABBREVIATIONS.split())


class Size(NamedTuple):
    """How large texts are together, so that `normalize.count_words` of all of them is known from their sums."""

    tokens: int
    letters: int

    @property
    def words(self) -> int:
        return self.tokens + self.letters // LETTERS_OF_WORD

    def plus(self, other: Size, glued: bool = False) -> Size:
        """The size of both; `glued` where no white space is between."""
        return Size(self.tokens + other.tokens - glued, self.letters + other.letters)


NOTHING = Size(0, 0)


def size_of(text: str) -> Size:
    return Size(len(text.split()), 0 if text.isascii() else len(_LETTER.findall(text)))


class Piece(NamedTuple):
    """A stretch of a block's text."""

    block: int
    start: int
    end: int


_Splitter = Callable[[str, int, int], Iterator[tuple[int, int]]]


def _matches(expression: re.Pattern[str]) -> _Splitter:
    def split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        return (match.span() for match in expression.finditer(text, start, end))

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


def ladder_of(block: Block) -> tuple[_Splitter, ...]:
    """Where a block is cut, the first choice first."""
    return _LADDERS.get(block.kind, _PROSE)


@dataclass(slots=True)
class Node:
    """What is in one chunk if it fits, and is divided into smaller nodes otherwise."""

    size: Size
    pieces: list[Piece]
    divide: Callable[[], list[Node]]
    """The nodes in it; none for what cannot be cut."""
    is_section: bool = False
    is_sticky: bool = False
    """A heading or the header of a table: it is in the chunk of what follows it."""
    lead: Piece | None = None
    """The header to repeat where a chunk begins with this row of a table."""


def node_of(blocks: Sequence[Block], part: Part) -> Node:
    if not part.parts:
        return _block_node(blocks, part.first)
    inner = [node_of(blocks, one) for one in part.parts]
    size, pieces = NOTHING, []
    for one in inner:
        size = size.plus(one.size)
        pieces += one.pieces
    return Node(size, pieces, lambda: inner, part.heading is not None)


def _block_node(blocks: Sequence[Block], number: int) -> Node:
    block = blocks[number]
    size = size_of(block.text)
    if not size.tokens:
        return Node(NOTHING, [], list)
    start, end = (0, len(block.text)) if block.kind == "code" else stripped(block.text, 0, len(block.text))
    piece = Piece(number, start, end)
    ladder = ladder_of(block)
    divide = (lambda: _rows(block, piece)) if block.kind == "table" else lambda: _divided(block.text, piece, ladder)
    return Node(size, [piece], divide, is_sticky=block.kind == "heading")


def _divided(text: str, piece: Piece, ladder: Sequence[_Splitter]) -> list[Node]:
    """The nodes of a piece, by the first splitter that cuts it."""
    for number, split in enumerate(ladder):
        found = [Piece(piece.block, *stripped(text, *span, keep=split is _LINES)) for span in split(text, *piece[1:])]
        found = [one for one in found if one.start < one.end]
        if len(found) > 1:
            return [_text_node(text, one, ladder[number + 1 :]) for one in found]
    return []


def _text_node(text: str, piece: Piece, ladder: Sequence[_Splitter]) -> Node:
    return Node(size_of(text[piece.start : piece.end]), [piece], lambda: _divided(text, piece, ladder))


def _rows(block: Block, piece: Piece) -> list[Node]:
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
            row.lead = Piece(piece.block, rows[0].pieces[0].start, rows[heads - 1].pieces[0].end)
    return rows


def stripped(text: str, start: int, end: int, *, keep: bool = False) -> tuple[int, int]:
    """The stretch without white space at its ends; with `keep`, what it begins with stays, as in code."""
    end = start + len(text[start:end].rstrip())
    return (start if keep else end - len(text[start:end].lstrip())), end


def text_of(blocks: Sequence[Block], pieces: Sequence[Piece]) -> str:
    return "\n\n".join(blocks[piece.block].text[piece.start : piece.end] for piece in pieces)
