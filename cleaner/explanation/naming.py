"""Selectors for blocks: short, stable, and fitting the block's own element and few others on the page.

What a selector covers is told by the arrays of block-level elements (`Nodes`): descendants are theirs whatever inline
elements stand between. Only `:nth-of-type` and `>` need the tree of the page itself, in which nodes are found again.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from math import log2
from typing import NamedTuple, TypeAlias

from cleaner.explanation.names import Compound, compounds_of, described, is_scrambled
from cleaner.html.hidden import is_hidden
from cleaner.page.elements import ElementSignature, Nodes
from cleaner.selectors import Elements
from cleaner.selectors.tree import subtree_ends

_MOST_AROUND = 12
"""Enclosing elements whose names are tried."""
_MOST_ANCHORS = 64
"""Elements that have a name from which others are counted: more of them hold too many others of the same place."""
_MOST_STEPS = 8
"""Levels between an element with a name and the one that is counted from it."""
_COST_OF_VAGUE = 2.2
"""For a tag alone that other elements have too."""
_FEW, _COST_OF_MANY = 8, 2.5
"""A selector that covers more others than these is the last choice."""
_COST_OF_DISTANCE, _COST_OF_SECOND, _COST_OF_PLACE, _COST_OF_STEP = 0.15, 0.7, 4.5, 0.8
_SPEAKING = frozenset(
    (
        "article",
        "aside",
        "main",
        "nav",
        "header",
        "footer",
        "figure",
        "blockquote",
        "form",
        "table",
        "ul",
        "ol",
        "dl",
        "details",
    )
)
"""Tags that tell what is in an element, even without a class."""


class Named(NamedTuple):
    """A selector, and what it covers."""

    selector: str
    fits: int
    """Blocks in the elements that it selects."""


class _Rated(NamedTuple):
    """A selector and what it costs; the shorter of two that cost the same is the better one."""

    cost: float
    length: int
    named: Named


_Select: TypeAlias = Callable[[], Iterable[int]]
"""Gives the nodes that a selector selects."""


class Step(NamedTuple):
    """A child by its tag and its place among the siblings of this tag, from 1; 0 where it is the only one."""

    tag: str
    place: int

    def __str__(self) -> str:
        return f" > {self.tag}:nth-of-type({self.place})" if self.place else f" > {self.tag}"


class Naming:
    """Names the block-level elements of one page."""

    def __init__(self, nodes: Nodes, elements: Elements | None = None, *, shows_hidden: bool = False) -> None:
        """`elements` is the tree that the nodes were read from, where there is one.

        `shows_hidden` says whether hidden elements were read, too.
        """
        self._nodes = nodes
        self._ends = subtree_ends(nodes.parent)
        scrambled = is_scrambled(nodes.signatures)
        self._compounds = [list(compounds_of(signature, scrambled=scrambled)) for signature in nodes.signatures]
        self._having: dict[str, list[int]] = {}
        """By the text of a compound selector: the nodes that it selects, in order."""
        self._file_nodes()
        self._tree = _Tree(nodes, elements, self._ends, shows_hidden=shows_hidden) if elements is not None else None
        self._found: dict[tuple[int, int], _Rated | None] = {}
        """The best selector without a place among siblings, by signature and parent."""
        self._inside: dict[str, list[tuple[int, int]]] = {}
        self._fits: dict[str, int] = {}
        """By selector: the blocks in the elements that it selects."""

    def described(self, node: int) -> str:
        """The element with all of its names."""
        return described(self._nodes.signatures[self._nodes.signature[node]])

    def named(self, node: int) -> Named | None:
        """The best selector for an element; None where its tag is none that CSS can write."""
        key = self._nodes.signature[node], self._nodes.parent[node]
        if key not in self._found:
            self._found[key] = self._by_names(node)
        found = self._by_place(node, self._found[key])
        return found.named if found is not None else None

    def _file_nodes(self) -> None:
        for node, number in enumerate(self._nodes.signature):
            for compound in self._compounds[number]:
                self._having.setdefault(compound.text, []).append(node)
        for text in [text for text in self._having if "[" in text]:  # a part of an attribute, wherever it stands
            self._having[text] = self._with_part(*text.removesuffix("']").split("[class*='"))

    def _with_part(self, tag: str, part: str) -> list[int]:
        signatures = self._nodes.signatures
        fit = {n for n, signature in enumerate(signatures) if signature.tag == tag and part in signature.classes}
        return [node for node, number in enumerate(self._nodes.signature) if number in fit]

    # --- by names

    def _by_names(self, node: int) -> _Rated | None:
        """The best selector of names: the element's own, and one of an element around it."""
        own = self._compounds[self._nodes.signature[node]]
        best: _Rated | None = None
        for compound in own:
            having = self._having[compound.text]
            is_vague = compound.text.isalnum() and len(having) > 1
            cost = compound.cost + (_COST_OF_VAGUE if is_vague else 0)
            best = self._better(best, node, Compound(compound.text, cost), partial(iter, having))
        for one, other in _pairs([compound for compound in own if "." in compound.text]):
            text = one.text + other.text[other.text.index(".") :]
            cost = max(one.cost, other.cost) + _COST_OF_SECOND
            best = self._better(best, node, Compound(text, cost), partial(self._having_both, one.text, other.text))
        for outer in self._around(node):
            for compound in own:
                cost = outer.cost + compound.cost
                if not compound.text.startswith("#") and (best is None or cost < best.cost):
                    select = partial(self._having_in, compound.text, outer.text)
                    best = self._better(best, node, Compound(f"{outer.text} {compound.text}", cost), select)
        return best

    def _better(self, best: _Rated | None, node: int, compound: Compound, select: _Select) -> _Rated:
        """The better one of the best so far and a selector, of which `select` gives the nodes."""
        fits = self._fits.get(compound.text)
        if fits is None:
            fits = self._fits[compound.text] = self._blocks_in(select())
        others = fits - (self._nodes.end[node] - self._nodes.first[node])
        cost = compound.cost + log2(1 + max(0, others)) + (_COST_OF_MANY if others > _FEW else 0)
        rated = _Rated(round(cost, 6), len(compound.text), Named(compound.text, fits))
        return rated if best is None else min(best, rated)

    def _having_both(self, one: str, other: str) -> list[int]:
        return sorted(set(self._having[one]) & set(self._having[other]))

    def _around(self, node: int) -> Iterator[Compound]:
        """The names of enclosing elements, the nearest first."""
        seen: set[str] = set()
        above, distance = self._nodes.parent[node], 0
        while above >= 0 and distance < _MOST_AROUND:
            for compound in self._compounds[self._nodes.signature[above]]:
                if (compound.text in _SPEAKING or not compound.text.isalnum()) and compound.text not in seen:
                    seen.add(compound.text)
                    yield Compound(compound.text, compound.cost + _COST_OF_DISTANCE * distance)
            above, distance = self._nodes.parent[above], distance + 1

    def _having_in(self, text: str, around: str) -> list[int]:
        """The nodes of a compound selector that are in one of another."""
        having = self._having[text]
        found: list[int] = []
        for start, end in self._stretches(around):
            found += having[bisect_left(having, start) : bisect_left(having, end)]
        return found

    def _stretches(self, text: str) -> list[tuple[int, int]]:
        """The numbers of the nodes inside those of a compound selector, as disjoint ranges."""
        if text not in self._inside:
            ranges: list[tuple[int, int]] = []
            for node in self._having[text]:
                if not ranges or node >= ranges[-1][1]:
                    ranges.append((node + 1, self._ends[node]))
            self._inside[text] = ranges
        return self._inside[text]

    def _blocks_in(self, selected: Iterable[int]) -> int:
        count = reached = 0
        for node in selected:
            first, end = self._nodes.first[node], self._nodes.end[node]
            if end > reached:
                count += end - max(first, reached)
                reached = end
        return count

    # --- by place

    def _by_place(self, node: int, best: _Rated | None) -> _Rated | None:
        """The best selector, where one that counts siblings may be better: from an enclosing element with a name."""
        tree = self._tree
        if tree is None or tree.element[node] is None:
            return best
        path: list[Step] = []
        element, cost = tree.element[node], _COST_OF_PLACE
        while element is not None and len(path) < _MOST_STEPS and (best is None or cost < best.cost):
            step = tree.step(element)
            if step is None:
                return best
            path.insert(0, step)
            element = tree.elements.parent[element]
            for anchor in self._anchors(element):
                if best is None or anchor.cost + cost < best.cost:
                    compound = Compound(anchor.text + "".join(map(str, path)), anchor.cost + cost)
                    best = self._better(best, node, compound, partial(tree.selected, anchor.text, tuple(path)))
            cost += _COST_OF_STEP
        return best

    def _anchors(self, element: int) -> Iterator[Compound]:
        assert self._tree is not None
        node = self._tree.node[element]
        if self._tree.elements.tag[element] == "body":
            yield Compound("body", _COST_OF_STEP)
        elif node >= 0:
            for compound in self._compounds[self._nodes.signature[node]]:
                is_name = compound.text in _SPEAKING or not compound.text.isalnum()
                if is_name and "[" not in compound.text and len(self._having[compound.text]) <= _MOST_ANCHORS:
                    yield compound


def _pairs(compounds: Sequence[Compound]) -> Iterator[tuple[Compound, Compound]]:
    few = compounds[:4]
    for place, one in enumerate(few):
        for other in few[place + 1 :]:
            yield one, other


class _Tree:
    """The tree of a page, with the nodes of its blocks found in it."""

    def __init__(self, nodes: Nodes, elements: Elements, ends: Sequence[int], *, shows_hidden: bool) -> None:
        self.elements = elements
        self.element = _found_again(nodes, elements, ends, shows_hidden=shows_hidden)
        """By node: its element; None where that is not certain."""
        self.node = [-1] * len(elements)
        for node, element in enumerate(self.element):
            if element is not None:
                self.node[element] = node
        self._children: dict[tuple[int, str], list[int]] = {}
        for element, parent in enumerate(elements.parent):
            self._children.setdefault((parent, elements.tag[element]), []).append(element)
        self._ordinals = elements.tree.ordinals(from_end=False, of_type=True)
        self._ids: dict[str, list[int]] = {}
        for element, id in elements.attribute("id").items():
            self._ids.setdefault(id, []).append(element)
        self._anchors: dict[str, Sequence[int]] = {}

    def step(self, element: int) -> Step | None:
        """The way to an element from its parent; None where its tag is none that CSS can write."""
        tag = self.elements.tag[element]
        parent = self.elements.parent[element]
        if parent < 0 or not tag.isalnum():
            return None
        return Step(tag, self._ordinals[element] if len(self._children[parent, tag]) > 1 else 0)

    def selected(self, anchor: str, steps: Sequence[Step]) -> list[int]:
        """The nodes that a path of children from an anchor selects, in order."""
        found = self._having(anchor)
        for tag, place in steps:
            inside = (self._children.get((element, tag), []) for element in found)
            found = [child for children in inside for child in (children[place - 1 : place] if place else children)]
        return sorted(node for element in found if (node := self.node[element]) >= 0)

    def _having(self, compound: str) -> Sequence[int]:
        if compound not in self._anchors:
            self._anchors[compound] = self._found_having(compound)
        return self._anchors[compound]

    def _found_having(self, compound: str) -> Sequence[int]:
        elements = self.elements
        if compound.startswith("#"):
            return self._ids.get(compound[1:], [])
        tag, _, name = compound.partition(".")
        if name:
            return [element for element in elements.by_class.get(name, ()) if elements.tag[element] == tag]
        return [element for element, its_tag in enumerate(elements.tag) if its_tag == tag]


def _found_again(nodes: Nodes, elements: Elements, ends: Sequence[int], *, shows_hidden: bool) -> list[int | None]:
    """For each node its element in the tree, None where that is not certain.

    Every node is an element, and both are in document order. So where an element that was found again holds as many
    elements of a look as its node holds nodes, they are the same ones; where it holds more, some of them were not read.
    """
    theirs = _by_look(elements, shows_hidden=shows_hidden)
    mine: dict[ElementSignature, list[int]] = {}
    for node, number in enumerate(nodes.signature):
        mine.setdefault(nodes.signatures[number], []).append(node)
    found: list[int | None] = [None] * len(nodes.parent)
    for look, same in mine.items():
        _pair(found, same, theirs.get(look, []))
    for node, number in enumerate(nodes.signature):
        above = nodes.parent[node]
        while above >= 0 and found[above] is None:
            above = nodes.parent[above]
        if found[node] is None and above >= 0:
            around, look = found[above], nodes.signatures[number]
            assert around is not None
            same = _between(mine[look], above + 1, ends[above])
            _pair(found, same, _between(theirs.get(look, []), around + 1, elements.end[around]))
    return found


def _pair(found: list[int | None], mine: Sequence[int], theirs: Sequence[int]) -> None:
    """Notes for each node its element, where there are as many."""
    if len(mine) == len(theirs):
        for node, element in zip(mine, theirs, strict=True):
            found[node] = element


def _by_look(elements: Elements, *, shows_hidden: bool) -> dict[ElementSignature, list[int]]:
    """The elements of each look, in order, without hidden ones."""
    columns = [elements.attribute(name) for name in ("class", "id", "role", "itemprop")]
    looks: dict[ElementSignature, list[int]] = {}
    unseen_until = 0
    for element, tag in enumerate(elements.tag):
        if element >= unseen_until and not shows_hidden and is_hidden(dict(elements.nodes[element].items())):
            unseen_until = elements.end[element]
        if element >= unseen_until:
            classes, id, role, item = (column.get(element, "") for column in columns)
            look = ElementSignature(tag, classes, id, f"{role} {item}" if item else role)
            looks.setdefault(look, []).append(element)
    return looks


def _between(numbers: list[int], start: int, end: int) -> list[int]:
    return numbers[bisect_left(numbers, start) : bisect_left(numbers, end)]
