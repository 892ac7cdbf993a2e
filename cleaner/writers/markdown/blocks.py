"""Blocks and their containers as lines of Markdown."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence

from cleaner.document import Block, Container
from cleaner.writers.markdown.inline import Place, image, inline, inline_lines, longest_run
from cleaner.writers.markdown.layout import INLINE, Layout
from cleaner.writers.markdown.tables import table_lines

Lines = list[str]
Part = tuple[Container | None, Sequence[Block]]
"""A container with its blocks, or None with one block that is in no container at this depth."""

_FENCES = re.compile("^ *`+", re.MULTILINE)
_CLOSING = re.compile("(?:(?<= )|^)#+$")
"""Number signs at the end of a heading, which would be part of its markup."""
_TEXT = ("paragraph", "list_item")
RULE = "---"
"""A thematic break; at the start of a text it would be front matter."""
_SIGNS = (("-", "*"), (".", ")"))


def block_lines(blocks: Sequence[Block], layout: Layout = INLINE, depth: int = 0, *, tight: bool = False) -> Lines:
    """The lines of blocks that `markdown_form` gave and that share their first `depth` containers.

    Blank lines stand between blocks unless `tight`, for the text of an item and the list in it.
    """
    if _is_leaf(blocks, depth):  # most items
        return _LEAVES[blocks[0].kind](blocks[0], layout)
    lines: Lines = []
    before = ""
    """The sign of the last list, if it stood directly before: its bullet, or what is behind its numbers."""
    for parts in _runs(list(_parts(blocks, depth))):
        if lines and not tight:
            lines.append("")
        container, content = parts[0]
        sign = ""
        if container is None:
            lines += _LEAVES[content[0].kind](content[0], layout)
        elif container.kind == "item":
            # Lists that follow each other would be read as one if their signs were the same.
            one, other = _SIGNS[container.ordered is True]
            sign = other if before == one else one
            lines += _list(parts, layout, depth + 1, sign)
        else:
            lines += _WRAPPED[container.kind](container, content, layout, depth + 1)
        before = sign
    return lines


def _is_leaf(blocks: Sequence[Block], depth: int) -> bool:
    """Whether the content of a container is one block, in no further container."""
    return len(blocks) == 1 and len(blocks[0].containers) == depth


def _parts(blocks: Sequence[Block], depth: int) -> Iterator[Part]:
    key = lambda block: block.containers[depth].key if len(block.containers) > depth else None  # noqa: E731
    for found, run in itertools.groupby(blocks, key):
        content = list(run)
        if found is None:
            yield from ((None, [block]) for block in content)
        else:
            yield content[0].containers[depth], content


def _runs(parts: Sequence[Part]) -> Iterator[list[Part]]:
    """The items of each list together, and every other part by itself."""
    run: list[Part] = []
    for part in parts:
        if run and not _continues(run[-1][0], part[0]):
            yield run
            run = []
        run.append(part)
    if run:
        yield run


def _continues(before: Container | None, item: Container | None) -> bool:
    if before is None or item is None:
        return False
    return before.kind == item.kind == "item" and before.list == item.list


def _list(items: Sequence[Part], layout: Layout, depth: int, sign: str) -> Lines:
    tight = all(_is_tight(blocks, depth) for _, blocks in items)
    lines: Lines = []
    for item, blocks in items:
        if item is None:
            continue
        if lines and not tight:
            lines.append("")
        marker = f"{item.number}{sign} " if item.ordered else f"{sign} "
        box = "" if item.checked is None else "[x] " if item.checked else "[ ] "
        content = block_lines(blocks, layout.narrower(len(marker + box)), depth, tight=tight)
        if box and _is_formula(blocks[0]):  # behind a box it is text
            content[0] = inline(blocks[0].text, blocks[0].spans)
        content[0] = box + content[0]
        lines += _indented(marker, content, " " * len(marker))
    return lines


def _is_tight(blocks: Sequence[Block], depth: int) -> bool:
    """Whether an item needs no blank lines: it is a text, a list, or a text and a list that may follow it directly."""
    if _is_leaf(blocks, depth):
        return blocks[0].kind in _TEXT
    runs = list(_runs(list(_parts(blocks, depth))))
    kinds = [container.kind if container else "" for (container, _), *_ in runs]
    if kinds not in ([""], ["item"], ["", "item"]):
        return False
    follows = runs[-1][0][0]
    starts_anywhere = len(runs) < 2 or follows is None or not follows.ordered or follows.number == 1
    return starts_anywhere and (kinds[0] != "" or runs[0][0][1][0].kind in _TEXT)


def _indented(first: str, lines: Lines, rest: str) -> Lines:
    return [(rest if number else first) + line if line else "" for number, line in enumerate(lines)]


def _quote(_: Container, blocks: Sequence[Block], layout: Layout, depth: int) -> Lines:
    return _quoted(block_lines(blocks, layout.narrower(2), depth))


def _quoted(lines: Lines) -> Lines:
    return [f"> {line}" if line else ">" for line in lines]


def _callout(callout: Container, blocks: Sequence[Block], layout: Layout, depth: int) -> Lines:
    kind, _, title = (callout.label or "note").partition(" ")
    lines = block_lines(blocks, layout.narrower(2), depth)
    head = [f"[!{kind}] {inline(title, (), 'brackets', layout.references)}".strip()]
    begins_with_text = len(blocks[0].containers) == depth and blocks[0].kind in _TEXT and not _is_formula(blocks[0])
    return _quoted(head + ([] if begins_with_text else [""]) + lines)


def _footnote(note: Container, blocks: Sequence[Block], layout: Layout, depth: int) -> Lines:
    indent, mark = " " * 4, f"[^{note.label}]:"
    lines = block_lines(blocks, layout.narrower(len(mark) + 1), depth)
    if len(blocks[0].containers) > depth or blocks[0].kind not in _TEXT:
        # Lists and code count their indentation from the line that they begin in.
        return [mark, *_indented(indent, lines, indent)]
    return _indented(f"{mark} ", lines, indent)


_WRAPPED: dict[str, Callable[[Container, Sequence[Block], Layout, int], Lines]] = {
    "quote": _quote,
    "callout": _callout,
    "footnote": _footnote,
}


def _prose(block: Block, layout: Layout) -> Lines:
    if _is_formula(block):
        return [f"$${block.text}$$"]
    return inline_lines(block.text, block.spans, _place(block), layout)


def _is_formula(block: Block) -> bool:
    """Whether a paragraph is a formula and nothing else, which is displayed."""
    return [(span.kind, span.start, span.end) for span in block.spans] == [("math", 0, len(block.text))]


def _place(block: Block) -> Place:
    if block.kind == "list_item":
        return "item"
    return _PLACES.get(block.containers[-1].kind, "paragraph") if block.containers else "paragraph"


_PLACES: dict[str, Place] = {"quote": "quote", "callout": "callout"}
"""By the container that a paragraph is in."""


def _heading(block: Block, layout: Layout) -> Lines:
    text = inline(block.text, block.spans, "line", layout.references)
    if text.endswith("#"):
        text = _CLOSING.sub(r"\\\g<0>", text)
    return ["#" * (block.level or 2) + " " + text]


def _code(block: Block, _: Layout) -> Lines:
    fence = "`" * max(3, longest_run(_FENCES, block.text) + 1)
    return [fence + (block.language or ""), *block.text.split("\n"), fence]


def _math(block: Block, _: Layout) -> Lines:
    return ["$$", *block.text.split("\n"), "$$"]


def _rule(block: Block, _: Layout) -> Lines:
    # Dashes behind a bullet could be more bullets, and the mark of a note is a line that they could underline.
    return ["___" if any(container.kind in ("item", "footnote") for container in block.containers) else RULE]


def _image(block: Block, layout: Layout) -> Lines:
    return [image(block.alt, block.src, block.caption, block.href, layout.references)]


def _table(block: Block, layout: Layout) -> Lines:
    return table_lines(block.rows, layout.references)


_LEAVES: dict[str, Callable[[Block, Layout], Lines]] = {
    "paragraph": _prose,
    "list_item": _prose,
    "heading": _heading,
    "code": _code,
    "math": _math,
    "rule": _rule,
    "image": _image,
    "table": _table,
}
