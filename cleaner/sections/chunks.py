"""The chunks of a document: pieces of a limited size for retrieval."""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.document import Document
from cleaner.sections import Chunk
from cleaner.sections.packer import Packer
from cleaner.sections.pieces import node_of, size_of, text_of
from cleaner.sections.tree import parts_of, walk


def chunks_of(
    document: Document, max_words: int = 250, *, overlap: int = 0, id: str | None = None
) -> tuple[Chunk, ...]:
    """The text of a document in chunks of at most `max_words` words, as `Document.chunks` says."""
    if max_words < 1:
        raise ValueError(f"max_words is {max_words}; it is 1 or more")
    if not 0 <= overlap < max_words:
        raise ValueError(f"overlap is {overlap}; it is 0 or more, and less than max_words")
    blocks = document.blocks
    parts = parts_of(blocks, 0, len(blocks), 0)
    packer = Packer(blocks, max_words, overlap)
    for part in parts:
        packer.add(node_of(blocks, part))
    packer.finish()
    paths: list[tuple[str, ...]] = [()] * len(blocks)
    for part, headings in walk(parts, ()):
        paths[part.first : part.last + 1] = [headings] * (part.last + 1 - part.first)
    found = []
    for number, (pieces, before) in enumerate(packer.chunks()):
        own = text_of(blocks, pieces)
        text = f"{before}{own}"
        found.append(
            Chunk(
                number,
                text,
                size_of(text).words,
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


def _common(paths: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """What all paths begin with."""
    low, high = min(paths), max(paths)
    same = next((n for n, pair in enumerate(zip(low, high, strict=False)) if pair[0] != pair[1]), len(low))
    return low[:same]
