"""The page as the evaluator sees it: the elements, a document node above them and, where asked for, text nodes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Sequence
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cleaner.selectors.elements import Elements

DOCUMENT = -1
"""The document node. Every array has one slot more than there are nodes, which the index -1 reaches."""
TEXT = "#text"
"""The node test text(), and the name of text nodes."""
NODE = "#node"
"""The node test node()."""
ELEMENT = "*"
"""The node test for any element."""


class Source:
    """A sorted set of nodes with what it takes to walk an axis into it."""

    def __init__(self, tree: Tree, nodes: Sequence[int]) -> None:
        self.tree = tree
        self.nodes = nodes

    @cached_property
    def members(self) -> Collection[int]:
        return self.nodes if isinstance(self.nodes, range) else frozenset(self.nodes)

    @cached_property
    def children(self) -> dict[int, list[int]]:
        """The nodes by their parent."""
        parent = self.tree.parent
        groups: dict[int, list[int]] = {}
        for node in self.nodes:
            groups.setdefault(parent[node], []).append(node)
        return groups


class Tree:
    """Nodes in document order: `range(i + 1, end[i])` are the descendants of `i`, the document's too."""

    def __init__(self, elements: Elements, *, texts: bool = False) -> None:
        self.elements = elements
        self._of_element: Sequence[int] = range(len(elements))
        self.element: Sequence[int] = self._of_element
        """Number of the node's element; for a text node, of the one that it is in."""
        if texts:
            self._interleave()
        else:
            self.parent = [*elements.parent, -2]
            self.end = [*elements.end, len(elements)]
            self.tag = [*elements.tag, ""]
        self.size = len(self.parent) - 1
        self._sources: dict[str, Source] = {}
        self._carriers: dict[str, Source] = {}
        self._columns: dict[str, dict[int, str]] = {}
        self._ordinals: dict[tuple[bool, bool], list[int]] = {}

    def _interleave(self) -> None:
        elements, layout = self.elements, self.elements.layout
        order: list[tuple[int, int]] = []
        place: list[int] = []
        coming = 0
        for number in range(len(elements)):
            place.append(len(order))
            order.append((number, -1))
            while coming < len(layout.after) and layout.after[coming] == number:
                order.append((layout.parent[coming], coming))
                coming += 1
        self._of_element = place
        self._texts = [text for _, text in order]
        self.element = [number for number, _ in order]
        place = [*place, DOCUMENT]
        self.parent = [place[e] if text >= 0 else place[elements.parent[e]] for e, text in order]
        self.tag = [TEXT if text >= 0 else elements.tag[e] for e, text in order]
        self.end = [*ends(self.parent), len(order)]
        self.parent.append(-2)
        self.tag.append("")

    def source(self, test: str) -> Source:
        """The nodes that pass a node test."""
        if test not in self._sources:
            self._sources[test] = Source(self, self._nodes(test))
        return self._sources[test]

    def _nodes(self, test: str) -> Sequence[int]:
        if test == NODE:
            return range(-1, self.size)
        if test == ELEMENT:
            return self._of_element
        return self._by_tag.get(test, ())

    @cached_property
    def _by_tag(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for node in range(self.size):
            found.setdefault(self.tag[node], []).append(node)
        return found

    def attribute(self, name: str) -> dict[int, str]:
        """Node to value, for the elements that have the attribute, in order."""
        column = self.elements.attribute(name)
        if isinstance(self._of_element, range):
            return column
        if name not in self._columns:
            self._columns[name] = {self._of_element[number]: value for number, value in column.items()}
        return self._columns[name]

    def attribute_names(self, node: int) -> list[str]:
        if node == DOCUMENT or self.tag[node] == TEXT:
            return []
        return list(dict.fromkeys(name.lower() for name, _ in self.elements.nodes[self.element[node]].items()))

    def with_class(self, name: str) -> Source:
        """The elements that carry a class token."""
        if name not in self._carriers:
            found = self.elements.by_class.get(name, ())
            self._carriers[name] = Source(self, [self._of_element[number] for number in found])
        return self._carriers[name]

    @cached_property
    def siblings(self) -> tuple[list[int], list[int]]:
        """The element before and the element after every element among its siblings; -2 where there is none."""
        before, after = [-2] * (self.size + 1), [-2] * (self.size + 1)
        for group in self.source(ELEMENT).children.values():
            for left, right in pairwise(group):
                before[right], after[left] = left, right
        return before, after

    def ordinals(self, *, from_end: bool, of_type: bool) -> list[int]:
        """The place of every element among its siblings, or among those of its name, from 1."""
        key = (from_end, of_type)
        if key not in self._ordinals:
            self._ordinals[key] = self._count_siblings(from_end, self.tag.__getitem__ if of_type else lambda _: "")
        return self._ordinals[key]

    def _count_siblings(self, from_end: bool, kind: Callable[[int], str]) -> list[int]:
        found = [0] * (self.size + 1)
        for group in self.source(ELEMENT).children.values():
            counts: dict[str, int] = {}
            for node in reversed(group) if from_end else group:
                counts[kind(node)] = found[node] = counts.get(kind(node), 0) + 1
        return found

    def span(self, node: int) -> tuple[int, int]:
        """Where the node's string value is in the page's text."""
        layout = self.elements.layout
        if node == DOCUMENT:
            return 0, len(layout.text)
        if self.tag[node] == TEXT:
            text = self._texts[node]
            return layout.places[text], layout.places[text + 1]
        return layout.start[self.element[node]], layout.stop[self.element[node]]

    @property
    def text(self) -> str:
        return self.elements.layout.text


def ends(parent: Sequence[int]) -> list[int]:
    """For every node in document order the number after its last descendant."""
    found = list(range(1, len(parent) + 1))
    for node in range(len(found) - 1, 0, -1):
        above = parent[node]
        if found[node] > found[above]:
            found[above] = found[node]
    return found


def holds(places: Sequence[int], start: int, stop: int) -> bool:
    """Whether one of the sorted places is in `start <= place <= stop`."""
    at = bisect_left(places, start)
    return at < len(places) and places[at] <= stop
