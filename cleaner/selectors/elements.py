"""The elements of a page as arrays in document order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Self

from cleaner.selectors.tree import Tree, ends

_TOKENS = re.compile(r"[^ \t\n\r\f]+")


@dataclass(slots=True)
class Layout:
    """The page's text in one piece, and where each element and each text node begins and ends in it."""

    text: str = ""
    start: list[int] = field(default_factory=list)
    stop: list[int] = field(default_factory=list)
    places: list[int] = field(default_factory=lambda: [0])
    """Text node `k` is `text[places[k] : places[k + 1]]`."""
    parent: list[int] = field(default_factory=list)
    """By text node: number of the element that it is in."""
    after: list[int] = field(default_factory=list)
    """By text node: number of the last element that opened before it."""


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
        return ends(self.parent)

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
        """Where the text of every element is."""
        layout = self._read_text()
        stop = layout.start.copy()
        for node, above in enumerate(layout.parent):
            stop[above] = layout.places[node + 1]
        for number in range(len(stop) - 1, 0, -1):
            above = self.parent[number]
            if stop[number] > stop[above]:
                stop[above] = stop[number]
        layout.stop = stop
        return layout

    def _read_text(self) -> Layout:
        layout = Layout()
        pieces: list[str] = []
        offset = 0
        stack: list[tuple[Any, int]] = [(self.nodes[0], -1)] if self.nodes else []
        while stack:
            item, above = stack.pop()
            if isinstance(item, str):
                layout.parent.append(above)
                layout.after.append(len(layout.start) - 1)
                pieces.append(item)
                offset += len(item)
                layout.places.append(offset)
            elif isinstance(item.tag, str):
                _push_content(stack, item, len(layout.start))
                layout.start.append(offset)
        layout.text = "".join(pieces)
        return layout

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


def _push_content(stack: list[tuple[Any, int]], element: Any, number: int) -> None:
    """What is in an element, last first. A comment is skipped when it comes, but the text behind it is the parent's."""
    for child in reversed(element):
        tail = child.tail
        if tail:
            stack.append((tail, number))
        stack.append((child, number))
    text = element.text
    if text:
        stack.append((text, number))
