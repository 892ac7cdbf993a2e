"""The packer of chunks: it fills them with nodes, and divides the nodes that do not fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cleaner.document import Block
from cleaner.sections.pieces import NOTHING, Node, Piece, Size, ladder_of, size_of, stripped, text_of

_FULL = 4
"""A chunk with a quarter of its words does not go on into another section, where one of the two is cut."""
_LONGEST_LEAD = 2
"""The header of a table is repeated if it has at most one in so many of a chunk's words."""


class Packer:
    """Fills chunks one after another. What has to be cut is cut where it shows least."""

    def __init__(self, blocks: Sequence[Block], max_words: int, overlap: int) -> None:
        self._blocks = blocks
        self._max = max_words
        self._overlap = overlap
        self._closed: list[tuple[list[Piece], Piece | None]] = []
        self._open: list[Piece] = []
        self._lead: Piece | None = None
        self._size = NOTHING
        """Of the open chunk, with its header."""
        self._limit = max_words
        """Words that the open chunk may have, without the overlap."""
        self._held: list[Node] = []
        """Headings, which wait for what follows them."""

    def add(self, node: Node) -> None:
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

    def chunks(self) -> Iterator[tuple[list[Piece], str]]:
        """The pieces of each chunk, and what is repeated before them."""
        before: list[Piece] = []
        for pieces, lead in self._closed:
            overlap = [] if not before or self._is_heading(pieces[0]) else self._tail(before, pieces, lead)
            if lead is not None and overlap and overlap[0] < lead:
                lead = None  # it is in the overlap
            text = text_of(self._blocks, [lead]) + "\n" if lead else ""
            yield pieces, text + (self._overlapping(overlap, pieces[0]) if overlap else "")
            before = pieces

    def _overlapping(self, overlap: Sequence[Piece], first: Piece) -> str:
        """The text of an overlap, and what is between it and the chunk's own text."""
        last, text = overlap[-1], self._blocks[first.block].text
        return text_of(self._blocks, overlap) + (text[last.end : first.start] if last.block == first.block else "\n\n")

    def _tail(self, before: Sequence[Piece], pieces: Sequence[Piece], lead: Piece | None) -> list[Piece]:
        """The last words of the chunk before: whole blocks and sentences, or single words of a longer sentence."""
        own = self._size_of([*pieces, *([lead] if lead else [])])
        found: list[Piece] = []
        for piece in reversed(before):
            if self._may_overlap([*found, piece], own):
                found.append(piece)
                continue
            block = self._blocks[piece.block]
            ladder = ladder_of(block)
            for split in ladder[:1] if found else ladder:
                starts = (stripped(block.text, *span)[0] for span in split(block.text, *piece[1:]))
                shorter = (Piece(piece.block, start, piece.end) for start in starts if start < piece.end)
                fitting = next((one for one in shorter if self._may_overlap([*found, one], own)), None)
                if fitting is not None:
                    found.append(fitting)
                    break
            break
        return found[::-1]

    def _may_overlap(self, pieces: Sequence[Piece], own: Size) -> bool:
        size = self._size_of(pieces)
        return size.words <= self._overlap and own.plus(size).words <= self._max

    def _size_of(self, pieces: Iterable[Piece]) -> Size:
        size = NOTHING
        for piece in pieces:
            size = size.plus(size_of(self._blocks[piece.block].text[piece.start : piece.end]))
        return size

    def _add_divided(self, node: Node, inner: list[Node]) -> None:
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

    def _hold(self, node: Node) -> None:
        if self._leaves_room(node):
            self._held.append(node)
            return
        self._release()
        if self._leaves_room(node):
            self._held.append(node)
            return
        for one in node.divide() or [Node(node.size, node.pieces, list)]:
            self.add(one)

    def _leaves_room(self, node: Node) -> bool:
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

    def _with_held(self, node: Node) -> Size:
        size = NOTHING
        for held in self._held:
            size = size.plus(held.size)
        return size.plus(node.size)

    def _fits(self, node: Node) -> bool:
        """Whether the open chunk has room for a node and the headings before it."""
        if not self._open:
            return self._fits_alone(node)
        glued = not self._held and self._is_glued(node)
        return self._size.plus(self._with_held(node), glued).words <= self._limit

    def _fits_alone(self, node: Node) -> bool:
        return self._with_held(node).words <= self._limit_from(self._held[0] if self._held else node)

    def _is_glued(self, node: Node) -> bool:
        last, first = self._open[-1], node.pieces[0]
        return last.block == first.block and last.end == first.start

    def _limit_from(self, node: Node) -> int:
        """Words of a chunk that begins with a node: no overlap reaches over a heading."""
        is_first = not self._closed and not self._open
        return self._max if is_first or self._is_heading(node.pieces[0]) else self._max - self._overlap

    def _is_heading(self, piece: Piece) -> bool:
        return self._blocks[piece.block].kind == "heading" and piece.start == 0

    def _append(self, node: Node) -> None:
        nodes, self._held = [*self._held, node], []
        if not self._open:
            self._limit = self._limit_from(nodes[0])
            self._lead = self._lead_of(nodes[0])
            self._size = self._size_of([self._lead] if self._lead else [])
        for one in nodes:
            self._size = self._size.plus(one.size, bool(self._open) and self._is_glued(one))
            self._open += one.pieces

    def _lead_of(self, row: Node) -> Piece | None:
        """The header that a chunk begins with, if the row leaves room for it."""
        if row.lead is None:
            return None
        size = self._size_of([row.lead])
        fits = size.plus(row.size).words <= self._limit and size.words * _LONGEST_LEAD <= self._max
        return row.lead if fits else None

    def _close(self) -> None:
        if self._open:
            self._closed.append((_joined(self._open), self._lead))
        self._open, self._lead, self._size = [], None, NOTHING


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Pieces, those of the same block as one."""
    found: list[Piece] = []
    for piece in pieces:
        if found and found[-1].block == piece.block:
            found[-1] = Piece(piece.block, found[-1].start, piece.end)
        else:
            found.append(piece)
    return found
