"""Walking the axes: from a set of nodes at once, or from one node as a slice of a sorted list."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from cleaner.selectors.budget import SCALAR
from cleaner.selectors.tree import Source, Tree

INVERSE = {
    "ancestor": "descendant",
    "ancestor-or-self": "descendant-or-self",
    "child": "parent",
    "descendant": "ancestor",
    "descendant-or-self": "ancestor-or-self",
    "following": "preceding",
    "following-sibling": "preceding-sibling",
    "next-sibling": "previous-sibling",
    "parent": "child",
    "preceding": "following",
    "preceding-sibling": "following-sibling",
    "previous-sibling": "next-sibling",
    "self": "self",
}
"""The axis that leads back. `next-sibling` and `previous-sibling` are the element beside (CSS +); XPath has no name for
them."""


@dataclass(frozen=True, slots=True)
class View:
    """What an axis reaches from one node, in the axis's order, without copying it."""

    nodes: Sequence[int]
    start: int
    stop: int
    backwards: bool = False

    def __len__(self) -> int:
        return max(0, self.stop - self.start)

    def take(self, first: int, behind: int) -> Sequence[int]:
        """The nodes at places `first` to before `behind`, counted from 0."""
        first, behind = max(first, 0), min(behind, len(self))
        if first >= behind:
            return ()
        if self.backwards:
            return self.nodes[self.stop - behind : self.stop - first][::-1]
        return self.nodes[self.start + first : self.start + behind]


class Axes:
    """The axes of one tree; `charge` is told how many nodes were visited."""

    def __init__(self, tree: Tree, charge: Callable[[int], None]) -> None:
        self.tree = tree
        self.charge = charge
        self._nearest: dict[int, list[int]] = {}

    def reach(self, axis: str, context: Sequence[int], source: Source) -> Sequence[int]:
        """The nodes of `source` that are on the axis of any context node, sorted.

        Takes time linear in the context, in what is reached and, for ancestors, in what is passed on the way.
        """
        self.charge(len(context) + 1)
        found = _REACH[axis](self, context, source)
        self.charge(len(found))
        return found

    def view(self, axis: str, node: int, source: Source, limit: int | None = None) -> View:
        """The nodes of `source` on the axis of one node, in logarithmic time.

        Ancestors are the exception, one step each, of which `limit` at most are taken; `preceding` is as `reach`.
        """
        self.charge(1)
        if axis in ("ancestor", "ancestor-or-self"):
            with_self = axis == "ancestor-or-self" and node in source.members
            above = self._above(source)
            return self._chain(node if with_self else above[node], above, limit)
        return _VIEW[axis](self, node, source)

    # From a set.

    def _self(self, context: Sequence[int], source: Source) -> Sequence[int]:
        if isinstance(source.nodes, range) and len(source.nodes) > self.tree.size:
            return context
        return [node for node in context if node in source.members]

    def _children(self, context: Sequence[int], source: Source) -> Sequence[int]:
        return _join(source.children[node] for node in both(context, source.children))

    def _descendants(self, context: Sequence[int], source: Source, *, with_self: bool = False) -> Sequence[int]:
        end, nodes = self.tree.end, source.nodes
        slices: list[Sequence[int]] = []
        behind = -2
        for node in context:
            if node >= behind:
                first = bisect_left(nodes, node if with_self else node + 1)
                behind = end[node]
                slices.append(nodes[first : bisect_left(nodes, behind)])
        return slices[0] if len(slices) == 1 else [node for part in slices for node in part]

    def _descendants_or_self(self, context: Sequence[int], source: Source) -> Sequence[int]:
        return self._descendants(context, source, with_self=True)

    def _parents(self, context: Sequence[int], source: Source) -> Sequence[int]:
        parent = self.tree.parent
        return sorted({parent[node] for node in context if parent[node] in source.members})

    def _ancestors(self, context: Sequence[int], source: Source, *, with_self: bool = False) -> Sequence[int]:
        parent = self.tree.parent
        seen: set[int] = set()
        for node in context:
            up = node if with_self else parent[node]
            while up != -2 and up not in seen:
                seen.add(up)
                up = parent[up]
        self.charge(len(seen))
        return sorted(node for node in seen if node in source.members)

    def _ancestors_or_self(self, context: Sequence[int], source: Source) -> Sequence[int]:
        return self._ancestors(context, source, with_self=True)

    def _later_siblings(self, context: Sequence[int], source: Source) -> Sequence[int]:
        parent, groups = self.tree.parent, source.children
        first: dict[int, int] = {}
        for node in context:
            first.setdefault(parent[node], node)
        return _join(groups[up][bisect_right(groups[up], first[up]) :] for up in first if up in groups)

    def _earlier_siblings(self, context: Sequence[int], source: Source) -> Sequence[int]:
        groups = source.children
        last = {self.tree.parent[node]: node for node in context}
        return _join(groups[up][: bisect_left(groups[up], last[up])] for up in last if up in groups)

    def _next_sibling(self, context: Sequence[int], source: Source) -> Sequence[int]:
        _, after = self.tree.siblings
        return sorted(after[node] for node in context if after[node] in source.members and after[node] >= 0)

    def _previous_sibling(self, context: Sequence[int], source: Source) -> Sequence[int]:
        before, _ = self.tree.siblings
        return sorted(before[node] for node in context if before[node] in source.members and before[node] >= 0)

    def _following(self, context: Sequence[int], source: Source) -> Sequence[int]:
        if not context:
            return ()
        first = min(self.tree.end[node] for node in context)
        return source.nodes[bisect_left(source.nodes, first) :]

    def _preceding(self, context: Sequence[int], source: Source) -> Sequence[int]:
        return self._before(context[-1], source) if context else ()

    def _before(self, node: int, source: Source) -> list[int]:
        earlier = source.nodes[: bisect_left(source.nodes, node)]
        self.charge(len(earlier))
        end = self.tree.end
        return [other for other in earlier if end[other] <= node]

    # From one node.

    def _view_self(self, node: int, source: Source) -> View:
        return View((node,), 0, int(node in source.members))

    def _view_parent(self, node: int, source: Source) -> View:
        up = self.tree.parent[node]
        return View((up,), 0, int(up in source.members))

    def _view_children(self, node: int, source: Source) -> View:
        group = source.children.get(node, ())
        return View(group, 0, len(group))

    def _view_descendants(self, node: int, source: Source) -> View:
        return View(source.nodes, bisect_right(source.nodes, node), bisect_left(source.nodes, self.tree.end[node]))

    def _view_descendants_or_self(self, node: int, source: Source) -> View:
        return View(source.nodes, bisect_left(source.nodes, node), bisect_left(source.nodes, self.tree.end[node]))

    def _chain(self, node: int, above: list[int], limit: int | None) -> View:
        chain: list[int] = []
        while node != -2 and len(chain) != limit:
            chain.append(node)
            node = above[node]
        self.charge(len(chain))
        return View(chain, 0, len(chain))

    def _above(self, source: Source) -> list[int]:
        """For every node of the tree its nearest ancestor in the set; -2 where there is none.

        Kept for this evaluation only, and charged for its memory too: it is as large as the page for any set.
        """
        if id(source) not in self._nearest:
            parent, members, size = self.tree.parent, source.members, self.tree.size
            self.charge(SCALAR * size)
            nearest = [-2] * (size + 1)
            for node in range(size):
                up = parent[node]
                nearest[node] = up if up in members else nearest[up]
            self._nearest[id(source)] = nearest
        return self._nearest[id(source)]

    def _view_later_siblings(self, node: int, source: Source) -> View:
        group = source.children.get(self.tree.parent[node], ())
        return View(group, bisect_right(group, node), len(group))

    def _view_earlier_siblings(self, node: int, source: Source) -> View:
        group = source.children.get(self.tree.parent[node], ())
        return View(group, 0, bisect_left(group, node), backwards=True)

    def _view_following(self, node: int, source: Source) -> View:
        return View(source.nodes, bisect_left(source.nodes, self.tree.end[node]), len(source.nodes))

    def _view_preceding(self, node: int, source: Source) -> View:
        before = self._before(node, source)
        return View(before, 0, len(before), backwards=True)


def both(context: Sequence[int], groups: dict[int, list[int]]) -> list[int]:
    """The context nodes that have a group, found by way of the smaller side."""
    if len(context) <= len(groups):
        return [node for node in context if node in groups]
    members = context if isinstance(context, range) else frozenset(context)
    return [node for node in groups if node in members]


def _join(groups: Iterable[Sequence[int]]) -> Sequence[int]:
    parts = list(groups)
    return parts[0] if len(parts) == 1 else sorted(node for part in parts for node in part)


_REACH: dict[str, Callable[[Axes, Sequence[int], Source], Sequence[int]]] = {
    "ancestor": Axes._ancestors,
    "ancestor-or-self": Axes._ancestors_or_self,
    "child": Axes._children,
    "descendant": Axes._descendants,
    "descendant-or-self": Axes._descendants_or_self,
    "following": Axes._following,
    "following-sibling": Axes._later_siblings,
    "next-sibling": Axes._next_sibling,
    "parent": Axes._parents,
    "preceding": Axes._preceding,
    "preceding-sibling": Axes._earlier_siblings,
    "previous-sibling": Axes._previous_sibling,
    "self": Axes._self,
}
_VIEW: dict[str, Callable[[Axes, int, Source], View]] = {
    "child": Axes._view_children,
    "descendant": Axes._view_descendants,
    "descendant-or-self": Axes._view_descendants_or_self,
    "following": Axes._view_following,
    "following-sibling": Axes._view_later_siblings,
    "parent": Axes._view_parent,
    "preceding": Axes._view_preceding,
    "preceding-sibling": Axes._view_earlier_siblings,
    "self": Axes._view_self,
}
