"""Markdown: CommonMark with tables, strikethrough, task lists, footnotes, math and callouts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from cleaner.document import Block, Document
from cleaner.writers.markdown.blocks import RULE, block_lines
from cleaner.writers.markdown.form import markdown_blocks
from cleaner.writers.markdown.front_matter import front_matter as front_matter_of
from cleaner.writers.markdown.layout import Layout, References
from cleaner.writers.markdown.options import DEFAULT, MarkdownOptions

_KEYS = ("author", "date", "site_name", "description", "language", "licence", "url")
NO_POSITION = "none"
"""The `title_position` of a title that the page does not show as a block."""


def to_markdown(
    document: Document, options: MarkdownOptions | None = None, *, front_matter: bool = True, id: str | None = None
) -> str:
    """The document as Markdown that any CommonMark reader gives back, without raw HTML and unsafe links.

    With front matter the metadata and the title stand on top as YAML, and the title is not repeated below;
    `title_position` says how many blocks stand before it where there are any, and "none" where it is no block.
    An `id` stands there too. Without, the title is a heading at its place. `markdown_form` says what Markdown cannot
    express.
    """
    options = options or DEFAULT
    blocks = markdown_blocks(document, options, front_matter=front_matter)
    if not front_matter:
        return _body(blocks, options)
    position = next((number for number, block in enumerate(blocks) if block.role == "title"), None)
    below = [block for block in blocks if block.role != "title"]
    title = document.title if position is None else blocks[position].text
    head = front_matter_of([("id", id), *_entries(document, title, _position(title, position, below))])
    body = _body(below, options)
    return f"{head}\n{body}" if head and body else head + body


def _position(title: str | None, position: int | None, body: Sequence[Block]) -> str | int | None:
    """What `title_position` says; nothing where the title is taken to stand on top without it."""
    if position is None:
        return NO_POSITION if title else None
    heads_body = any(block.kind == "heading" and block.level == 1 for block in body)
    return position if position or heads_body else None


def _entries(
    document: Document, title: str | None, position: str | int | None
) -> Iterable[tuple[str, str | int | Mapping[str, str] | None]]:
    yield "title", title
    yield "title_position", position
    yield from ((key, getattr(document, key)) for key in _KEYS)
    yield "fields", document.fields


def _body(blocks: Sequence[Block], options: MarkdownOptions) -> str:
    references = References() if options.links == "reference" else None
    lines = block_lines(blocks, Layout(options.wrap, references))
    if lines[:1] == [RULE]:
        lines[0] = "___"
    definitions = list(references.definitions()) if references is not None else []
    if definitions:
        lines += ["", *definitions]
    return "\n".join(lines) + "\n" if lines else ""
