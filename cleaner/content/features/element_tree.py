"""The block-level elements of a page as arrays, with the rows of the blocks in them."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from cleaner.content.features.keywords import PURPOSES, purpose_bits
from cleaner.models.arrays import Flags, Floats, Ints
from cleaner.page.elements import ElementSignature, Nodes

NOT_FOUND = 99
"""Distance to an ancestor that does not exist, and maximum distance to one that does."""
LEVELS = 6
"""Number of levels of ancestors that are looked at, a block's own element included."""

_LIST_TAGS = frozenset(("ul", "ol", "dl"))
_BITS = np.arange(len(PURPOSES), dtype=np.int64)


@dataclass(frozen=True, slots=True)
class ElementTree:
    """The block-level elements of a page in document order, with the rows of its blocks.

    Arrays have an entry for each element where nothing else is said.
    """

    parent: Ints
    depth: Ints
    first: Ints
    """Row of the first block inside."""
    end: Ints
    """One past the row of the last block inside."""
    purposes: Flags
    """Elements by PURPOSES: what each is for."""
    look: Ints
    """Number of its tag and class names: elements that look the same have the same."""
    twins: Ints
    """Number of its siblings that look the same, itself included."""
    children: Ints
    lists: Ints
    """Numbers of the elements that are lists."""
    defines: Flags
    """The elements that are definition lists."""
    above: tuple[Ints, ...]
    """For each of LEVELS and each block the element that many levels above: first the block's own."""

    @classmethod
    def of(cls, nodes: Nodes, blocks: Sequence[int], own: Sequence[int]) -> ElementTree:
        """The elements of a page, whose rows are the `blocks` of these numbers; `own` are the blocks' elements."""
        if not nodes.end:
            nodes = Nodes([-1], [0], [1], [0], [blocks[-1] + 1], [ElementSignature("body")])
        parent = np.maximum(np.array(nodes.parent, np.int64), 0)
        signature = np.array(nodes.signature, np.int64)
        look, twins = _looks(nodes.signatures, signature, parent)
        first, end = _rows(nodes, blocks)
        bits = _purposes(nodes.signatures, set(nodes.signature))
        return cls(
            parent=parent,
            depth=np.array(nodes.depth, np.int64),
            first=first,
            end=end,
            purposes=(bits[:, None] >> _BITS & 1).astype(bool)[signature],
            look=look,
            twins=twins,
            children=np.bincount(parent, minlength=len(parent)),
            lists=np.flatnonzero(np.array([each.tag in _LIST_TAGS for each in nodes.signatures])[signature]),
            defines=np.array([each.tag == "dl" for each in nodes.signatures])[signature],
            above=_above(np.maximum(np.array(own, np.int64), 0), parent),
        )

    def __len__(self) -> int:
        return len(self.parent)

    @property
    def block_depth(self) -> Ints:
        """For each block the depth of its element."""
        return self.depth[self.above[0]]

    def purpose_distance(self) -> Floats:
        """Blocks by PURPOSES: the number of levels up to the nearest element for each, at most NOT_FOUND."""
        nearest = np.where(self.purposes, self.depth[:, None], -1).astype(np.int16)
        order = np.argsort(self.depth, kind="stable")
        ends = np.searchsorted(self.depth[order], np.arange(1, self.depth.max() + 2))
        for first, end in pairwise(ends[1:]):  # the elements below the outermost, level by level
            at = order[first:end]
            nearest[at] = np.maximum(nearest[at], nearest[self.parent[at]])
        mine = nearest[self.above[0]]
        distance = np.minimum(self.block_depth[:, None] - mine, NOT_FOUND)
        return np.where(mine >= 0, distance, NOT_FOUND).astype(np.float32)

    def common_depth(self, element: int) -> Ints:
        """For each block the depth of the deepest element that is around both the block and `element`."""
        around = [element]
        while around[-1] != 0:
            around.append(int(self.parent[around[-1]]))
        depth = np.zeros(len(self.above[0]), np.int64)
        for number in reversed(around):
            depth[self.first[number] : self.end[number]] = self.depth[number]
        return depth

    def shared_depth(self) -> Ints:
        """For each block but the last the depth of the deepest element that is around it and the next one."""
        one, other = self.above[0][:-1], self.above[0][1:]
        while (apart := one != other).any():
            deeper = self.depth[one] - self.depth[other]
            one, other = (
                np.where(apart & (deeper >= 0), self.parent[one], one),
                np.where(apart & (deeper <= 0), self.parent[other], other),
            )
        return self.depth[one]

    def ancestor_below(self, depth: Ints) -> Ints:
        """For each block the outermost element around it that is deeper than `depth`, or else its own element."""
        element, depth = self.above[0], np.maximum(depth, self.depth[0] - 1)
        while (below := self.depth[element] > depth + 1).any():
            element = np.where(below, self.parent[element], element)
        return element


def _purposes(signatures: Sequence[ElementSignature], asked: Set[int]) -> Ints:
    """The purposes of elements by the number of their signature, of those that are `asked`; inline elements are not."""
    bits = np.zeros(len(signatures), np.int64)
    numbers = list(asked)
    bits[numbers] = [purpose_bits(*signatures[number]) for number in numbers]
    return bits


def _rows(nodes: Nodes, blocks: Sequence[int]) -> tuple[Ints, Ints]:
    """For each element the row of the first block inside, and one past the row of the last."""
    before = np.zeros(blocks[-1] + 2, np.int64)  # for each number of a block the rows before it
    before[np.array(blocks) + 1] = 1
    before = np.cumsum(before)
    last = len(before) - 1
    first, end = np.array(nodes.first), np.maximum(np.array(nodes.end), 0)
    return before[np.minimum(first, last)], before[np.minimum(end, last)]


def _looks(signatures: Sequence[ElementSignature], signature: Ints, parent: Ints) -> tuple[Ints, Ints]:
    """For each element the number of its look, and the number of its siblings that have the same."""
    known: dict[tuple[str, str], int] = {}
    look = np.array([known.setdefault(each[:2], len(known)) for each in signatures], np.int64)[signature]
    _, family, sizes = np.unique(parent * len(known) + look, return_inverse=True, return_counts=True)
    return look, sizes[family]


def _above(own: Ints, parent: Ints) -> tuple[Ints, ...]:
    """For each level and block the element that many levels above; the outermost is above itself."""
    above = [own]
    while len(above) < LEVELS:
        above.append(parent[above[-1]])
    return tuple(above)
