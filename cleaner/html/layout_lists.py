"""Lists that are the layout of a page, not lists of its text: their items hold the page, or whole sections of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cleaner.document import Container
from cleaner.page.candidate import Candidate

_LONG_ITEM, _PROSE_IN_ITEM, _PROSE = 4, 3, 80
"""Blocks of an item that may be a page, paragraphs of prose among them, and characters of such a paragraph. A menu has
sections too, but no prose."""
_PAGE = 0.5
"""Share of a page's text from which on an item holds the page."""
_SECTIONS = 2
"""Headings in an item of a list without numbers that make its items sections."""


@dataclass(slots=True)
class _Item:
    """What stands in an item, at any depth."""

    headings: int = 0
    blocks: int = 0
    prose: int = 0
    size: int = 0


def unlist_layouts(blocks: Sequence[Candidate]) -> None:
    """Takes the containers of the lists off that are a page's layout; their first paragraphs are paragraphs."""
    layouts = _layouts(blocks) if any(map(_is_long, blocks)) else ()
    if not layouts:
        return
    for block in blocks:
        left = tuple(container for container in block.containers if container.list not in layouts)
        if len(left) < len(block.containers):
            if block.kind == "list_item" and block.containers[-1].list in layouts:
                block.kind = "paragraph"
            block.containers = left


def _is_long(block: Candidate) -> bool:
    """Whether a block is prose that is not the only one of its item."""
    return block.kind == "paragraph" and len(block.text) >= _PROSE and any(c.kind == "item" for c in block.containers)


def _layouts(blocks: Sequence[Candidate]) -> frozenset[int]:
    items: dict[int, _Item] = defaultdict(_Item)
    lists: dict[int, list[Container]] = defaultdict(list)
    for block in blocks:
        for container in _items(block):
            item = items[container.key]
            if not item.blocks and container.list is not None:
                lists[container.list].append(container)
            item.blocks += 1
            item.size += len(block.text)
            item.headings += block.kind == "heading"
            item.prose += len(block.text) >= _PROSE and block.kind in ("paragraph", "list_item")
    page = sum(len(block.text) for block in blocks)
    return frozenset(
        number
        for number, members in lists.items()
        if any(_is_layout(member, items[member.key], page, len(members)) for member in members)
    )


def _items(block: Candidate) -> Iterable[Container]:
    return (container for container in block.containers if container.kind == "item")


def _is_layout(item: Container, inside: _Item, page: int, members: int) -> bool:
    """Whether an item of a list of so many members is a part of the layout of a page of so many characters."""
    if inside.blocks < _LONG_ITEM or inside.prose < _PROSE_IN_ITEM:
        return False
    if inside.size >= _PAGE * page and (inside.headings or members == 1):
        return True
    return not item.ordered and inside.headings >= _SECTIONS
