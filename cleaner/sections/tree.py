"""The sections of a document: the tree of its headings and containers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from cleaner.document import Block, Container, Document
from cleaner.sections import Section

_DEEPEST = 40
"""Containers around a block that are looked at."""


def sections_of(document: Document) -> tuple[Section, ...]:
    """The sections of a document in reading order, each before those in it.

    A heading in a container (a quote, an item, a post) ends with it, whatever its level.
    """
    parts = parts_of(document.blocks, 0, len(document.blocks), 0)
    above = next((n for n, part in enumerate(parts) if part.heading is not None), len(parts))
    found = [Section("", (), 0, parts[0].first, parts[above - 1].last)] if above else []
    for part, headings in walk(parts, ()):
        if part.heading is not None:
            heading = _line(part.heading)
            found.append(Section(heading, headings, part.heading.level or 1, part.first, part.last))
    return tuple(found)


@dataclass(slots=True)
class Part:
    """A block, a container, a list or a section: the blocks from `first` to `last`, and the parts that it has."""

    first: int
    last: int
    parts: list[Part] = field(default_factory=list)
    heading: Block | None = None
    """Sections: the heading, which is the first of the parts too."""


def parts_of(blocks: Sequence[Block], first: int, end: int, depth: int) -> list[Part]:
    """The parts of blocks that share their first `depth` containers."""
    found: list[Part] = []
    sections: list[Part] = []
    for part in _groups(blocks, first, end, depth):
        block = blocks[part.first]
        if block.kind == "heading" and not part.parts:
            while sections and _level(sections[-1]) >= (block.level or 1):
                sections.pop()
            section = Part(part.first, part.last, [part], block)
            (sections[-1].parts if sections else found).append(section)
            sections.append(section)
        else:
            (sections[-1].parts if sections else found).append(part)
        for section in sections:
            section.last = part.last
    return found


def _level(section: Part) -> int:
    return (section.heading.level if section.heading else None) or 1


def _groups(blocks: Sequence[Block], first: int, end: int, depth: int) -> Iterator[Part]:
    """Blocks, and the containers at a depth; items of the same list make one."""
    for key, run in groupby(range(first, end), lambda number: _group(blocks[number], depth)):
        numbers = list(run)
        if key is None:
            yield from (Part(number, number) for number in numbers)
            continue
        containers = groupby(numbers, lambda number: blocks[number].containers[depth].key)
        inner = []
        for _, content in containers:
            held = list(content)
            inner.append(Part(held[0], held[-1], parts_of(blocks, held[0], held[-1] + 1, depth + 1)))
        yield inner[0] if len(inner) == 1 else Part(numbers[0], numbers[-1], inner)


def _group(block: Block, depth: int) -> tuple[str, int | None] | None:
    if depth >= min(len(block.containers), _DEEPEST):
        return None
    container: Container = block.containers[depth]
    return ("list", container.list) if container.kind == "item" else (container.kind, container.key)


def walk(parts: Iterable[Part], above: tuple[str, ...]) -> Iterator[tuple[Part, tuple[str, ...]]]:
    """Parts, each before those in it, with the path of headings."""
    for part in parts:
        headings = above
        if part.heading is not None and part.heading.role != "title" and (text := _line(part.heading)):
            headings = (*above, text)
        yield part, headings
        yield from walk(part.parts, headings)


def _line(heading: Block) -> str:
    return " ".join(heading.text.split())
