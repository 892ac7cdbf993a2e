"""The elements of a page as arrays in document order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

from cleaner.selectors.tree import Tree

_TOKENS = re.compile(r"[^ \t\n\r\f]+")


@dataclass(frozen=True, slots=True)
class TextNode:
    """A stretch of text between two tags."""

    parent: int
    """Number of the element that it is in."""
    after: int
    """Number of the last element that opened before it."""
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Layout:
    """The page's whole text, and where each element begins and ends in it."""

    text: str
    start: list[int]
    stop: list[int]
    nodes: list[TextNode]


class Elements:
    """A page's elements, numbered from 0 in document order.

    Knows no parser: an element is anything with the ElementTree interface. Indexes are built when they are first asked
    for, so the elements must not change in between. Time and memory are linear in the page, however deep it is.
    """

    def __init__(self, nodes: list[Any], parent: list[int], tag: list[str]) -> None:
        self.nodes = nodes
        """The elements themselves."""
        self.parent = parent
        """Number of the parent; -1 for the root."""
        self.tag = tag
        """Name in lower case, without a namespace."""

    @classmethod
    def of(cls, root: Any) -> Self:
        """The elements from `root` down; comments and processing instructions are left out."""
        nodes: list[Any] = []
        parent: list[int] = []
        tag: list[str] = []
        names: dict[str, str] = {}
        stack = [(root, -1)]
        while stack:
            node, above = stack.pop()
            name = node.tag
            if not isinstance(name, str):
                continue
            if name not in names:
                names[name] = name.rpartition("}")[2].lower()
            stack.extend([(child, len(nodes)) for child in reversed(node)])
            nodes.append(node)
            parent.append(above)
            tag.append(names[name])
        return cls(nodes, parent, tag)

    def __len__(self) -> int:
        return len(self.nodes)

    @cached_property
    def end(self) -> list[int]:
        """Number after the last descendant: the descendants of `i` are `range(i + 1, end[i])`."""
        end = list(range(1, len(self.nodes) + 1))
        for number in range(len(end) - 1, 0, -1):
            above = self.parent[number]
            if end[number] > end[above]:
                end[above] = end[number]
        return end

    @cached_property
    def attributes(self) -> dict[str, dict[int, str]]:
        """By attribute name in lower case: the numbers of the elements that have it, in order, with its value."""
        columns: dict[str, dict[int, str]] = {}
        for number, node in enumerate(self.nodes):
            for name, value in node.items():
                columns.setdefault(name.lower(), {}).setdefault(number, value)
        return columns

    def attribute(self, name: str) -> dict[int, str]:
        """Number of element to value, for the elements that have the attribute."""
        return self.attributes.get(name, {})

    @cached_property
    def classes(self) -> dict[int, frozenset[str]]:
        """Class tokens of the elements that have a `class`."""
        return {number: frozenset(split_tokens(value)) for number, value in self.attribute("class").items()}

    @cached_property
    def by_class(self) -> dict[str, list[int]]:
        """The elements that carry a class token, in document order."""
        found: dict[str, list[int]] = {}
        for number, names in self.classes.items():
            for name in names:
                found.setdefault(name, []).append(number)
        return found

    @cached_property
    def layout(self) -> Layout:
        """The concatenated text, with every element's place in it."""
        pieces, start, nodes = self._read_text()
        stop = start.copy()
        for node in nodes:
            stop[node.parent] = node.stop
        for number in range(len(stop) - 1, 0, -1):
            above = self.parent[number]
            if stop[number] > stop[above]:
                stop[above] = stop[number]
        return Layout("".join(pieces), start, stop, nodes)

    def _read_text(self) -> tuple[list[str], list[int], list[TextNode]]:
        pieces: list[str] = []
        start: list[int] = []
        nodes: list[TextNode] = []
        offset = 0
        stack: list[tuple[Any, int]] = [(self.nodes[0], -1)] if self.nodes else []
        while stack:
            item, above = stack.pop()
            if isinstance(item, str):
                nodes.append(TextNode(above, len(start) - 1, offset, offset + len(item)))
                pieces.append(item)
                offset += len(item)
            elif isinstance(item.tag, str):
                stack.extend(_inside(item, len(start)))
                start.append(offset)
        return pieces, start, nodes

    @cached_property
    def tree(self) -> Tree:
        """The page for selectors that ask for elements only."""
        return Tree(self)

    @cached_property
    def tree_with_texts(self) -> Tree:
        """The page for selectors that ask for text nodes."""
        return Tree(self, texts=True)

    def string(self, number: int) -> str:
        """All text in the element, as it stands."""
        layout = self.layout
        return layout.text[layout.start[number] : layout.stop[number]]


def split_tokens(value: str) -> list[str]:
    """The tokens of a `class` or similar attribute, split at HTML's white space."""
    return _TOKENS.findall(value)


def _inside(element: Any, number: int) -> Sequence[tuple[Any, int]]:
    """What to visit in an element, last first: a comment is skipped later, but the text behind it is the parent's."""
    found: list[tuple[Any, int]] = []
    for child in reversed(element):
        if child.tail:
            found.append((child.tail, number))
        found.append((child, number))
    if element.text:
        found.append((element.text, number))
    return found
