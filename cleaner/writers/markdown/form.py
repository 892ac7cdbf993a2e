"""A document as far as Markdown can express it: the document that reading its Markdown gives.

Markdown loses subscripts and superscripts, merged cells and headers other than a table's first row, footnote references
without a note, the score of a block, formatting within a title in the front matter, emphasis where CommonMark has no
form for it, and addresses that are not safe.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from cleaner.document import Block, Container, Document, Span
from cleaner.links import is_inert, safe_href
from cleaner.page.spans import Edited
from cleaner.writers.markdown.containers import nested, note_label
from cleaner.writers.markdown.headings import below_title, without_idle
from cleaner.writers.markdown.options import DEFAULT, MarkdownOptions
from cleaner.writers.markdown.spans import expressible_spans
from cleaner.writers.markdown.tables import grid
from cleaner.writers.posts import author_of, post_line

_BREAK = re.compile(r"[^\S\n]*\n\s*")
_LANGUAGE = re.compile(r"[^\s`~\\&]+")


def markdown_form(document: Document, options: MarkdownOptions = DEFAULT, *, front_matter: bool = True) -> Document:
    """The document with the blocks that reading its Markdown gives; the arguments are those of `to_markdown`."""
    blocks = markdown_blocks(document, options, front_matter=front_matter)
    return replace(document, blocks=tuple(replace(block, score=None) for block in blocks))


def markdown_blocks(document: Document, options: MarkdownOptions, *, front_matter: bool) -> list[Block]:
    """The blocks of `markdown_form`, apart from their scores.

    A block that Markdown has as it is, as most are, is the document's own: copies took a third of the writer's time.
    """
    given = list(_without_unsafe_notes(_with_post_lines(document.blocks)))
    notes = frozenset(note_label(block.containers[0]) for block in given if _is_note(block))
    title = (document.title or None) if front_matter else None
    if any(block.role == "title" for block in given):
        title = ""
    ordered = below_title(given, title)
    written = (_plain_title(block, front_matter) for block in _without_unwanted(ordered, options))
    blocks = (shown for block in written for shown in _form(block, notes, options))
    return list(nested(_one_title(blocks)))


def _with_post_lines(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks without the containers of posts, with a line above each post that says who speaks."""
    begun: set[int] = set()
    for block in blocks:
        if not any(container.kind == "post" for container in block.containers):
            yield block
            continue
        around: tuple[Container, ...] = ()
        for container in block.containers:
            if container.kind != "post":
                around += (container,)
            elif container.key not in begun:
                begun.add(container.key)
                yield from _post_line(container, around)
        yield replace(block, containers=around)


def _post_line(post: Container, around: tuple[Container, ...]) -> Iterator[Block]:
    line, author = post_line(post), author_of(post)
    if line:
        spans = (Span(0, len(author), "strong"),) if author else ()
        yield Block("paragraph", line, spans=spans, containers=around)


def _is_note(block: Block) -> bool:
    return bool(block.containers) and block.containers[0].kind == "footnote"


def _without_unsafe_notes(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks without the notes that are an unsafe address to readers that know no footnotes; their blocks stay.

    Such a reader takes `[^1]: javascript:x` for the address of a link `[^1]`.
    """
    unsafe: set[int] = set()
    for block in blocks:
        if not _is_note(block):
            yield block
            continue
        words = block.text.split(maxsplit=1)
        if words and safe_href(words[0]) is None:
            unsafe.add(block.containers[0].key)
        in_one = block.containers[0].key in unsafe
        yield replace(block, containers=block.containers[1:]) if in_one else block


def _without_unwanted(blocks: Iterable[Block], options: MarkdownOptions) -> Iterator[Block]:
    """The blocks without the links and images that are not wanted; the caption of an image is a paragraph."""
    if options.images and options.links != "none":
        yield from blocks
        return
    for block in blocks:
        if block.kind == "image" and not options.images:
            if block.caption:
                yield Block("paragraph", block.caption, containers=block.containers)
            continue
        rows = tuple(tuple(replace(cell, spans=_wanted(cell.spans, options)) for cell in row) for row in block.rows)
        href = None if options.links == "none" else block.href
        yield replace(block, spans=_wanted(block.spans, options), rows=rows, href=href)


def _wanted(spans: Iterable[Span], options: MarkdownOptions) -> tuple[Span, ...]:
    kept = (span for span in spans if options.images or span.kind != "image")
    if options.links != "none":
        return tuple(kept)
    return tuple(replace(span, link=None) for span in kept if span.kind != "link")


def _plain_title(block: Block, front_matter: bool) -> Block:
    if block.role != "title":
        return block
    return replace(block, level=1, containers=(), spans=() if front_matter else block.spans)


def _one_title(blocks: Iterable[Block]) -> Iterator[Block]:
    found = False
    for block in blocks:
        yield replace(block, role=None) if found and block.role else block
        found = found or block.role == "title"


def _form(block: Block, notes: frozenset[str], options: MarkdownOptions) -> Iterator[Block]:
    if block.kind == "code":
        yield from _code(block)
    elif block.kind == "table":
        yield from _table(block, notes)
    elif block.kind == "image":
        yield from _image(block)
    elif block.kind == "math":
        yield from _math(block)
    elif block.kind == "rule":
        yield _with(block, text="", spans=())
    else:
        yield from _prose(block, notes, options)


def _with(block: Block, **fields: Any) -> Block:
    """The block with these fields: itself where it has them."""
    has_them = all(getattr(block, name) == value for name, value in fields.items())
    return block if has_them else replace(block, **fields)


def _code(block: Block) -> Iterator[Block]:
    text = block.text.strip("\n")
    language = _LANGUAGE.match(block.language or "")
    if text.strip():
        yield _with(block, text=text, spans=(), language=language[0] if language else None)


def _math(block: Block) -> Iterator[Block]:
    lines = [line.strip() for line in block.text.strip().split("\n")]
    if any(line.endswith("$$") for line in lines) or not is_inert(block.text):
        yield from _code(replace(block, kind="code", language="latex"))
    elif lines != [""]:
        yield _with(block, text="\n".join(lines), spans=())


def _image(block: Block) -> Iterator[Block]:
    alt, caption = (" ".join((given or "").split()) or None for given in (block.alt, block.caption))
    src = safe_href(block.src)
    if src:
        yield _with(block, text="", spans=(), src=src, alt=alt, caption=caption, href=safe_href(block.href))
    elif alt or caption:
        yield replace(
            block, kind="paragraph", text=caption or alt or "", spans=(), src=None, alt=None, caption=None, href=None
        )


def _prose(block: Block, notes: frozenset[str], options: MarkdownOptions) -> Iterator[Block]:
    text, spans = _collapsed(block.text, block.spans)
    level = None
    if block.kind == "heading":
        text, level = text.replace("\n", " "), options.level(block.level)
        spans = without_idle(text, spans, options)
    shown = expressible_spans(text, spans, notes)
    if not text:
        yield from _pictures(block, shown)
    elif (text, shown, level) == (block.text, block.spans, block.level):
        yield block
    else:
        yield replace(block, text=text, spans=shown, level=level)


def _pictures(block: Block, spans: Iterable[Span]) -> Iterator[Block]:
    """The images of a block that has no text."""
    for span in spans:
        yield Block(
            "image", containers=block.containers, src=span.href, alt=span.value, caption=span.title, href=span.link
        )


def _table(block: Block, notes: frozenset[str]) -> Iterator[Block]:
    rows = []
    for row in block.rows:
        cells = []
        for cell in row:
            text, spans = _collapsed(cell.text, cell.spans)
            text = text.replace("\n", " ")
            shown = expressible_spans(text, spans, notes)
            as_it_is = (text, shown) == (cell.text, cell.spans)
            cells.append(cell if as_it_is else replace(cell, text=text, spans=shown))
        rows.append(tuple(cells))
    squared = grid(rows)
    if not squared:
        yield from _pictures(block, (span for row in rows for cell in row for span in cell.spans))
    else:
        text = "\n".join("\t".join(cell.text for cell in row) for row in squared)
        yield replace(block, text=text, spans=(), rows=squared)


def _collapsed(text: str, spans: Sequence[Span]) -> tuple[str, Sequence[Span]]:
    """The text without white space at the ends of lines and without empty lines; spans move with their text."""
    if "\n" not in text and text == text.strip():
        return text, spans
    edited = Edited(text, ((*found.span(), "\n") for found in _BREAK.finditer(text)))
    return edited.text, edited.spans(spans)
