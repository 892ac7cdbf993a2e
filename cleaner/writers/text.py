"""Plain text."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.document import Block, Document
from cleaner.writers.posts import post_line


def to_text(document: Document) -> str:
    """The text of all blocks but the title, with blank lines between; above each post stands who speaks.

    It ends with a newline, and is nothing for a document without text.
    """
    text = "\n\n".join(_parts(document.blocks))
    return text + "\n" if text else ""


def _parts(blocks: tuple[Block, ...]) -> Iterator[str]:
    begun: set[int] = set()
    for block in blocks:
        if not block.text or block.role == "title":
            continue
        for post in block.containers:
            if post.kind == "post" and post.key not in begun:
                begun.add(post.key)
                yield from filter(None, [post_line(post)])
        yield block.text
