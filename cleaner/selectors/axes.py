"""Axes: where each leads, from a set of nodes at once, or from one node as a view of a sorted list."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from cleaner.selectors.limits import LOOKUP_UNITS, Budget
from cleaner.selectors.tree import NO_NODE, NodeSet, Tree, members

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
"""By axis: the axis that leads back. `next-sibling` and `previous-sibling` lead to the adjacent element, as CSS's `+`
does; XPath has no such axes."""


@dataclass(frozen=True, slots=True)
class View:
    """Shows what an axis reaches from one node, in the axis's order, without copying it."""

    nodes: Sequence[int]
    start: int
    stop: int
    backwards: bool = False

    def __len__(self) -> int:
        return max(0, self.stop - self.start)

    def take(self, start: int, stop: int) -> Sequence[int]:
        """Copies the nodes at places `start` to before `stop`, counted from 0."""
        start, stop = max(start, 0), min(stop, len(self))
        if start >= stop:
            return ()
        if self.backwards:
            return self.nodes[self.stop - stop : self.stop - start][::-1]
        return self.nodes[self.start + start : self.start + stop]


class Axes:
    """Walks the axes of one tree within a budget, which is charged for the nodes visited."""

    def __init__(self, tree: Tree, budget: Budget) -> None:
        self.tree = tree
        self.charge = budget.charge
        self._nearest: dict[int, list[int]] = {}

    def reach(self, axis: str, context: Sequence[int], targets: NodeSet) -> Sequence[int]:
        """Returns the targets that are on the axis of any context node, in document order.

        Takes time linear in the context, in what is reached and, for ancestors, in what is passed on the way.
        """
        self.charge(len(context) + 1)
        found = _REACH[axis](self, context, targets)
        self.charge(len(found))
        return found

    def view(self, axis: str, node: int, targets: NodeSet, limit: int | None = None) -> View:
        """Returns the targets that are on the axis of one node, in logarithmic time.

        Two axes are exceptions: each ancestor takes a step, at most `limit` of them, and `preceding` costs what it
        costs in `reach`.
        """
        self.charge(1)
        if axis in ("ancestor", "ancestor-or-self"):
            with_self = axis == "ancestor-or-self" and node in targets.members
            nearest = self._nearest_ancestors(targets)
            return self._chain(node if with_self else nearest[node], nearest, limit)
        return _VIEW[axis](self, node, targets)

    # From a set of nodes.

    def _self(self, context: Sequence[int], targets: NodeSet) -> Sequence[int]:
        if isinstance(targets.nodes, range) and len(targets.nodes) > self.tree.size:
            return context  # node() passes every node
        return [node for node in context if node in targets.members]

    def _children(self, context: Sequence[int], targets: NodeSet) -> Sequence[int]:
        return _join(targets.children[node] for node in nodes_with_group(context, targets.children))

    def _descendants(self, context: Sequence[int], targets: NodeSet, *, with_self: bool = False) -> Sequence[int]:
        end, nodes = self.tree.end, targets.nodes
        slices: list[Sequence[int]] = []
        stop = NO_NODE
        for node in context:
            if node >= stop:  # else it is inside the last one
                first = bisect_left(nodes, node if with_self else node + 1)
                stop = end[node]
                slices.append(nodes[first : bisect_left(nodes, stop)])
        return slices[0] if len(slices) == 1 else [node for part in slices for node in part]

    def _descendants_or_self(self, context: Sequence[int], targets: NodeSet) -> Sequence[int]:
        return self._descendants(context, targets, with_self=True)

    def _parents(self, context: Sequence[int], targets: NodeSet) -> Sequence[int]:
        parent = self.tree.parent
        return sorted({parent[node] for node in context if parent[node] in targets.members})

    def _ancestors(self, context: Sequence[int], targets: NodeSet, *, with_self: bool = False) -> Sequence[int]:
        parent = self.tree.parent
        seen: set[int] = set()
        for node in context:
            up = node if with_self else parent[node]
            while up != NO_NODE and up not in seen:
                seen.add(up)
                up = parent[up]
        self.charge(len(seen))
        return sorted(node for node in seen if node in targets.members)

    def _ancestors_or_self(self, context: Sequence[int], targets: NodeSet) -> Sequence[int]:
        return self._ancestors(context, targets, with_self=True)

    def _following_siblings(self, context: Sequence[int], targets: NodeSet) -> Sequence[int]:
        parent, groups = self.tree.parent, targets.children
        first: dict[int, int] = {}
        for node in context:
            first.setdefault(parent[node], node)
        return _join(groups[up][bisect_right(groups[up], first[up]) :] for up in first if up in groups)

    def _preceding_siblings(self, context: Sequence[int], targets: NodeSet) -> Sequence[int]:
        groups = targets.children
        last = {self.tree.parent[node]: node for node in context}
        return _join(groups[up][: bisect_left(groups[up], last[up])] for up in last if up in groups)

    def _next_sibling(self, context: Sequence[int], targets: NodeSet) -> Sequence[int]:
        _, after = self.tree.siblings
        return sorted(after[node] for node in context if after[node] in targets.members and after[node] >= 0)

    def _previous_sibling(self, context: Sequence[int], targets: NodeSet) -> Sequence[int]:
        before, _ = self.tree.siblings
        return sorted(before[node] for node in context if before[node] in targets.members and before[node] >= 0)

    def _following(self, context: Sequence[int], targets: NodeSet) -> Sequence[int]:
        if not context:
            return ()
        first = min(self.tree.end[node] for node in context)
        return targets.nodes[bisect_left(targets.nodes, first) :]

    def _preceding(self, context: Sequence[int], targets: NodeSet) -> Sequence[int]:
        return self._before(context[-1], targets) if context else ()

    def _before(self, node: int, targets: NodeSet) -> list[int]:
        earlier = targets.nodes[: bisect_left(targets.nodes, node)]
        self.charge(len(earlier))
        end = self.tree.end
        return [other for other in earlier if end[other] <= node]

    # From one node.

    def _view_self(self, node: int, targets: NodeSet) -> View:
        return View((node,), 0, int(node in targets.members))

    def _view_parent(self, node: int, targets: NodeSet) -> View:
        up = self.tree.parent[node]
        return View((up,), 0, int(up in targets.members))

    def _view_children(self, node: int, targets: NodeSet) -> View:
        group = targets.children.get(node, ())
        return View(group, 0, len(group))

    def _view_descendants(self, node: int, targets: NodeSet) -> View:
        return View(targets.nodes, bisect_right(targets.nodes, node), bisect_left(targets.nodes, self.tree.end[node]))

    def _view_descendants_or_self(self, node: int, targets: NodeSet) -> View:
        return View(targets.nodes, bisect_left(targets.nodes, node), bisect_left(targets.nodes, self.tree.end[node]))

    def _chain(self, node: int, nearest: list[int], limit: int | None) -> View:
        chain: list[int] = []
        while node != NO_NODE and len(chain) != limit:
            chain.append(node)
            node = nearest[node]
        self.charge(len(chain))
        return View(chain, 0, len(chain))

    def _nearest_ancestors(self, targets: NodeSet) -> list[int]:
        """Returns for every node of the tree its nearest ancestor among the targets, or NO_NODE.

        The list is kept for this evaluation only, and is charged for its memory too: it is as large as the page
        however few targets there are.
        """
        if id(targets) not in self._nearest:
            parent, held, size = self.tree.parent, targets.members, self.tree.size
            self.charge(LOOKUP_UNITS * size)
            nearest = [NO_NODE] * (size + 1)
            for node in range(size):
                up = parent[node]
                nearest[node] = up if up in held else nearest[up]
            self._nearest[id(targets)] = nearest
        return self._nearest[id(targets)]

    def _view_following_siblings(self, node: int, targets: NodeSet) -> View:
        group = targets.children.get(self.tree.parent[node], ())
        return View(group, bisect_right(group, node), len(group))

    def _view_preceding_siblings(self, node: int, targets: NodeSet) -> View:
        group = targets.children.get(self.tree.parent[node], ())
        return View(group, 0, bisect_left(group, node), backwards=True)

    def _view_following(self, node: int, targets: NodeSet) -> View:
        return View(targets.nodes, bisect_left(targets.nodes, self.tree.end[node]), len(targets.nodes))

    def _view_preceding(self, node: int, targets: NodeSet) -> View:
        before = self._before(node, targets)
        return View(before, 0, len(before), backwards=True)


def nodes_with_group(context: Sequence[int], groups: dict[int, list[int]]) -> list[int]:
    """Returns the context nodes that have a group, by way of the smaller side."""
    if len(context) <= len(groups):
        return [node for node in context if node in groups]
    members_of_context = members(context)
    return [node for node in groups if node in members_of_context]


def _join(groups: Iterable[Sequence[int]]) -> Sequence[int]:
    parts = list(groups)
    return parts[0] if len(parts) == 1 else sorted(node for part in parts for node in part)


_REACH: dict[str, Callable[[Axes, Sequence[int], NodeSet], Sequence[int]]] = {
    "ancestor": Axes._ancestors,
    "ancestor-or-self": Axes._ancestors_or_self,
    "child": Axes._children,
    "descendant": Axes._descendants,
    "descendant-or-self": Axes._descendants_or_self,
    "following": Axes._following,
    "following-sibling": Axes._following_siblings,
    "next-sibling": Axes._next_sibling,
    "parent": Axes._parents,
    "preceding": Axes._preceding,
    "preceding-sibling": Axes._preceding_siblings,
    "previous-sibling": Axes._previous_sibling,
    "self": Axes._self,
}
_VIEW: dict[str, Callable[[Axes, int, NodeSet], View]] = {
    "child": Axes._view_children,
    "descendant": Axes._view_descendants,
    "descendant-or-self": Axes._view_descendants_or_self,
    "following": Axes._view_following,
    "following-sibling": Axes._view_following_siblings,
    "parent": Axes._view_parent,
    "preceding": Axes._view_preceding,
    "preceding-sibling": Axes._view_preceding_siblings,
    "self": Axes._view_self,
}
