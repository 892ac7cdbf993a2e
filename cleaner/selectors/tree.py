"""A page as arrays: its elements in document order, and the tree of nodes that expressions are evaluated on."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any, Self, TypeAlias

from cleaner.selectors.limits import Pot

DOCUMENT = -1
"""The document node. Every array of a tree has one slot more than there are nodes, which the index -1 reaches."""
NO_NODE = -2
"""The parent of the document node, and the neighbour of a first or last sibling."""
TEXT = "#text"
"""The node test text(), and the name of text nodes."""
NODE = "#node"
"""The node test node()."""
ELEMENT = "*"
"""The node test for any element."""

Attribute: TypeAlias = tuple[int, str]
"""An attribute node: the node of its element, and its name."""
Item: TypeAlias = int | Attribute
"""A member of a node-set."""

_TOKENS = re.compile(r"[^ \t\n\r\f]+")


@dataclass(slots=True)
class TextLayout:
    """Holds the page's text in one piece, and where each element and each text node begins and ends in it."""

    text: str = ""
    start: list[int] = field(default_factory=list)
    """By element: offset of its string value in `text`."""
    stop: list[int] = field(default_factory=list)
    """By element: offset after its string value."""
    offsets: list[int] = field(default_factory=lambda: [0])
    """Text node `k` is `text[offsets[k] : offsets[k + 1]]`."""
    parent: list[int] = field(default_factory=list)
    """By text node: number of the element that it is in."""
    preceding: list[int] = field(default_factory=list)
    """By text node: number of the last element that opened before it."""
    owner: list[tuple[Any, bool]] = field(default_factory=list)
    """By text node: the parser's element that has it, and whether it is the tail of this element, not its text."""


class Elements:
    """Numbers a page's elements from 0 in document order.

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
        self.pot = Pot()
        """What all evaluations on the page may cost together."""

    @classmethod
    def of(cls, root: Any) -> Self:
        """Collects the elements from `root` down, without comments and processing instructions."""
        nodes: list[Any] = []
        parent: list[int] = []
        tag: list[str] = []
        names: dict[Any, str | None] = {}
        around: list[int] = []  # the numbers of the elements that are open, and how many children each still has
        left: list[int] = []
        above = -1
        for node in root.iter():
            name = node.tag
            if name not in names:
                names[name] = name.rpartition("}")[2].lower() if isinstance(name, str) else None
            known = names[name]
            children = len(node)
            if known is not None:
                nodes.append(node)
                parent.append(above)
                tag.append(known)
            if left:
                left[-1] -= 1
            if children:
                around.append(len(nodes) - 1)
                left.append(children)
            while left and not left[-1]:
                left.pop()
                around.pop()
            above = around[-1] if around else -1
        return cls(nodes, parent, tag)

    def __len__(self) -> int:
        return len(self.nodes)

    @cached_property
    def end(self) -> list[int]:
        """Number after the last descendant: the descendants of `i` are `range(i + 1, end[i])`."""
        return subtree_ends(self.parent)

    @cached_property
    def attributes(self) -> dict[str, dict[int, str]]:
        """By attribute name in lower case: the numbers of the elements that have it, in order, with its value."""
        columns: dict[str, dict[int, str]] = {}
        for number, node in enumerate(self.nodes):
            for name, value in node.items():
                columns.setdefault(name.lower(), {}).setdefault(number, value)
        return columns

    def attribute(self, name: str) -> dict[int, str]:
        """Maps the numbers of the elements that have the attribute to its values."""
        return self.attributes.get(name, {})

    @cached_property
    def classes(self) -> dict[int, frozenset[str]]:
        """Class tokens of the elements that have a `class`."""
        return {number: frozenset(split_tokens(value)) for number, value in self.attribute("class").items()}

    @cached_property
    def by_class(self) -> dict[str, list[int]]:
        """By class token: the elements that carry it, in document order."""
        found: dict[str, list[int]] = {}
        for number, names in self.classes.items():
            for name in names:
                found.setdefault(name, []).append(number)
        return found

    @cached_property
    def layout(self) -> TextLayout:
        """Where the text of every element is."""
        layout = self._read_text()
        stop = layout.start.copy()
        for node, above in enumerate(layout.parent):
            stop[above] = layout.offsets[node + 1]
        for number in range(len(stop) - 1, 0, -1):
            above = self.parent[number]
            if stop[number] > stop[above]:
                stop[above] = stop[number]
        layout.stop = stop
        return layout

    def _read_text(self) -> TextLayout:
        layout = TextLayout()
        pieces: list[str] = []
        offset = 0
        stack: list[_Content] = [(self.nodes[0], _ALL, -1)] if self.nodes else []
        while stack:
            node, what, above = stack.pop()
            if what != _ALL:
                layout.parent.append(above)
                layout.preceding.append(len(layout.start) - 1)
                layout.owner.append((node, what == _TAIL))
                pieces.append(node.tail if what == _TAIL else node.text)
                offset += len(pieces[-1])
                layout.offsets.append(offset)
            elif isinstance(node.tag, str):
                _push_content(stack, node, len(layout.start))
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
        """Returns all text in the element, as it stands."""
        layout = self.layout
        return layout.text[layout.start[number] : layout.stop[number]]


def split_tokens(value: str) -> list[str]:
    """Splits the value of a `class` or similar attribute at HTML's white space."""
    return _TOKENS.findall(value)


def subtree_ends(parent: Sequence[int]) -> list[int]:
    """Returns for every node in document order the number after its last descendant."""
    found = list(range(1, len(parent) + 1))
    for node in range(len(found) - 1, 0, -1):
        above = parent[node]
        if found[node] > found[above]:
            found[above] = found[node]
    return found


_ALL, _TEXT, _TAIL = range(3)
"""What is meant of an element of the parser: all of it, the text before its first child, or the text behind it."""
_Content = tuple[Any, int, int]
"""An element of the parser, what is meant of it, and the number of the element that this is in."""


def _push_content(stack: list[_Content], element: Any, number: int) -> None:
    """Pushes what is in an element, last first. Comments are skipped later, but the text after one is the parent's."""
    for child in reversed(element):
        if child.tail:
            stack.append((child, _TAIL, number))
        stack.append((child, _ALL, number))
    if element.text:
        stack.append((element, _TEXT, number))


class NodeSet:
    """Holds nodes of a tree in document order, with the indexes that it takes to walk an axis into them."""

    def __init__(self, tree: Tree, nodes: Sequence[int]) -> None:
        self.tree = tree
        self.nodes = nodes

    @cached_property
    def members(self) -> Collection[int]:
        return members(self.nodes)

    @cached_property
    def children(self) -> dict[int, list[int]]:
        """The nodes by their parent."""
        parent = self.tree.parent
        groups: dict[int, list[int]] = {}
        for node in self.nodes:
            groups.setdefault(parent[node], []).append(node)
        return groups

    def among(self, nodes: Sequence[int]) -> Sequence[int]:
        """Returns those that are in both, in the order of `nodes`, which is document order where it is a range."""
        if isinstance(nodes, range):
            return [node for node in self.nodes if node in nodes]
        return [node for node in nodes if node in self.members]


def members(nodes: Sequence[int]) -> Collection[int]:
    """Returns the nodes as a collection with a fast `in`."""
    return nodes if isinstance(nodes, range) else frozenset(nodes)


class Tree:
    """Holds nodes in document order: elements, a document node above them and, where asked for, text nodes.

    The descendants of node `i` are `range(i + 1, end[i])`; this holds for the document node too.
    """

    def __init__(self, elements: Elements, *, texts: bool = False) -> None:
        self.elements = elements
        self._texts: list[int] = []
        """By node: the number of the text, -1 for an element; empty where there are no text nodes."""
        self._element_nodes: Sequence[int] = range(len(elements))
        """By element: its node."""
        self.element: Sequence[int] = self._element_nodes
        """By node: number of its element; for a text node, of the one that it is in."""
        if texts:
            self._interleave_texts()
        else:
            self.parent = [*elements.parent, NO_NODE]
            self.end = [*elements.end, len(elements)]
            self.tag = [*elements.tag, ""]
        self.size = len(self.parent) - 1
        self._node_sets: dict[str, NodeSet] = {}
        self._class_sets: dict[str, NodeSet] = {}
        self._columns: dict[str, dict[int, str]] = {}
        self._ordinals: dict[tuple[bool, bool], list[int]] = {}

    def _interleave_texts(self) -> None:
        elements, layout = self.elements, self.elements.layout
        order: list[tuple[int, int]] = []  # by node: its element, and its text or -1
        element_nodes: list[int] = []
        text = 0
        for number in range(len(elements)):
            element_nodes.append(len(order))
            order.append((number, -1))
            while text < len(layout.preceding) and layout.preceding[text] == number:
                order.append((layout.parent[text], text))
                text += 1
        self._element_nodes = element_nodes
        self._texts = [text for _, text in order]
        self.element = [number for number, _ in order]
        node_of = [*element_nodes, DOCUMENT]
        self.parent = [node_of[e] if text >= 0 else node_of[elements.parent[e]] for e, text in order]
        self.tag = [TEXT if text >= 0 else elements.tag[e] for e, text in order]
        self.end = [*subtree_ends(self.parent), len(order)]
        self.parent.append(NO_NODE)
        self.tag.append("")

    def node_set(self, node_test: str) -> NodeSet:
        """Returns the nodes that pass a node test."""
        if node_test not in self._node_sets:
            self._node_sets[node_test] = NodeSet(self, self._nodes(node_test))
        return self._node_sets[node_test]

    def _nodes(self, node_test: str) -> Sequence[int]:
        if node_test == NODE:
            return range(-1, self.size)
        if node_test == ELEMENT:
            return self._element_nodes
        return self._by_tag.get(node_test, ())

    @cached_property
    def _by_tag(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for node in range(self.size):
            found.setdefault(self.tag[node], []).append(node)
        return found

    def name(self, item: Item) -> str:
        """Returns the name of an element or attribute; texts and the document have none."""
        if isinstance(item, tuple):
            return item[1]
        return "" if self.tag[item] == TEXT else self.tag[item]

    def attribute(self, name: str) -> dict[int, str]:
        """Maps the nodes of the elements that have the attribute to its values, in document order."""
        column = self.elements.attribute(name)
        if isinstance(self._element_nodes, range):
            return column
        if name not in self._columns:
            self._columns[name] = {self._element_nodes[number]: value for number, value in column.items()}
        return self._columns[name]

    def attribute_names(self, node: int) -> list[str]:
        """Lists the attributes of a node in lower case, each once."""
        if node == DOCUMENT or self.tag[node] == TEXT:
            return []
        return list(dict.fromkeys(name.lower() for name, _ in self.elements.nodes[self.element[node]].items()))

    def with_class(self, name: str) -> NodeSet:
        """Returns the elements that carry a class token."""
        if name not in self._class_sets:
            found = self.elements.by_class.get(name, ())
            self._class_sets[name] = NodeSet(self, [self._element_nodes[number] for number in found])
        return self._class_sets[name]

    @cached_property
    def siblings(self) -> tuple[list[int], list[int]]:
        """By node: the element before it and the element after it among its siblings, or NO_NODE."""
        before, after = [NO_NODE] * (self.size + 1), [NO_NODE] * (self.size + 1)
        for group in self.node_set(ELEMENT).children.values():
            for left, right in pairwise(group):
                before[right], after[left] = left, right
        return before, after

    def ordinals(self, *, from_end: bool, of_type: bool) -> list[int]:
        """Counts, by node, the place of every element among its siblings, or among those of its name, from 1."""
        key = (from_end, of_type)
        if key not in self._ordinals:
            self._ordinals[key] = self._count_siblings(from_end, self.tag.__getitem__ if of_type else lambda _: "")
        return self._ordinals[key]

    def _count_siblings(self, from_end: bool, counted_as: Callable[[int], str]) -> list[int]:
        found = [0] * (self.size + 1)
        for group in self.node_set(ELEMENT).children.values():
            counts: dict[str, int] = {}
            for node in reversed(group) if from_end else group:
                name = counted_as(node)
                counts[name] = found[node] = counts.get(name, 0) + 1
        return found

    @property
    def text(self) -> str:
        return self.elements.layout.text

    def text_of(self, node: int) -> int:
        """Returns the number of a text node among the page's texts, -1 for an element."""
        return self._texts[node] if self._texts else -1

    def span(self, node: int) -> tuple[int, int]:
        """Returns where the node's string value begins and ends in the page's text."""
        layout = self.elements.layout
        if node == DOCUMENT:
            return 0, len(layout.text)
        if self.tag[node] == TEXT:
            text = self._texts[node]
            return layout.offsets[text], layout.offsets[text + 1]
        return layout.start[self.element[node]], layout.stop[self.element[node]]
