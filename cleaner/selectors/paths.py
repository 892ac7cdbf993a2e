"""Following paths: from a set of nodes at once, and node by node where a predicate counts places."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias, cast

from cleaner.selectors.axes import Axes, View, both
from cleaner.selectors.budget import SCALAR, Budget
from cleaner.selectors.expressions import Expression, Filtered, Path, Step, Union, is_fixed, is_positional, kind
from cleaner.selectors.functions import Value, to_number
from cleaner.selectors.places import bounds, enough
from cleaner.selectors.tree import DOCUMENT, Source, Tree

Attribute: TypeAlias = tuple[int, str]
"""An attribute: its element and its name."""
Item: TypeAlias = int | Attribute


@dataclass(frozen=True, slots=True)
class Context:
    """The node that a value is asked for, and its place in the list that is being filtered."""

    node: int
    position: int = 1
    size: int = 1


class Paths(ABC):
    """Sets of nodes on one tree, within a budget: any method raises SelectorTooCostly when it is used up."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.budget = Budget(tree.size)
        self.axes = Axes(tree, self.budget.charge)
        # By the identity of expressions, which live as long as the selector.
        self._fixed: dict[int, Sequence[Item]] = {}
        self._sources: dict[int, Source] = {}

    @abstractmethod
    def filter(self, test: Expression, nodes: Sequence[int]) -> Sequence[int]:
        """The nodes that pass a test that does not depend on their place, in the order given."""

    @abstractmethod
    def truth(self, test: Expression, context: Context) -> bool:
        """Whether one node passes a test, which may ask for its place."""

    @abstractmethod
    def value(self, expression: Expression, context: Context) -> Value:
        """The value for one node; of a node-set the string values."""

    def nodes(self, expression: Expression, node: int = DOCUMENT) -> Sequence[Item]:
        """What a node-set expression selects from a context node, in document order."""
        self.budget.charge(SCALAR)
        if not is_fixed(expression):
            return self._nodes(expression, node)
        if id(expression) not in self._fixed:
            self._fixed[id(expression)] = self._nodes(expression, node)
        return self._fixed[id(expression)]

    def _nodes(self, expression: Expression, node: int) -> Sequence[Item]:
        match expression:
            case Path(steps=[*steps, Step(axis="attribute", test=name)]):
                return self.attributes(self._follow(steps, self._start(expression, node)), name)
            case Path(steps=steps):
                return self._follow(steps, self._start(expression, node))
            case Filtered(base=base, predicates=predicates):
                # Attributes too: the predicates that the parser lets follow them do not look at them.
                found = cast("Sequence[int]", self.nodes(base, node))
                return self._pick_all(predicates, View(found, 0, len(found)))
            case Union(parts=parts):
                return self._merge([self.nodes(part, node) for part in parts])
        raise TypeError(f"no set of nodes: {expression}")

    def _start(self, path: Path, node: int) -> Sequence[int]:
        if path.base is not None:
            return cast("Sequence[int]", self.nodes(path.base, node))
        return (DOCUMENT,) if path.absolute else (node,)

    def attributes(self, owners: Sequence[int], name: str) -> list[Attribute]:
        """The attributes of some elements that have a name, or any for "*"."""
        self.budget.charge(len(owners))
        if name == "*":
            found = [(owner, each) for owner in owners for each in self.tree.attribute_names(owner)]
            self.budget.charge(SCALAR * len(found))
            return found
        column = self.tree.attribute(name)
        return [(owner, name) for owner in owners if owner in column]

    def _merge(self, parts: list[Sequence[Item]]) -> Sequence[Item]:
        """The union in document order, an attribute behind its element."""
        found = {item for part in parts for item in part}
        self.budget.charge(len(found))
        return sorted(found, key=lambda item: item if isinstance(item, tuple) else (item, ""))

    def _follow(self, steps: Sequence[Step], context: Sequence[int]) -> Sequence[int]:
        for step in steps:
            if step.positional:
                context = self._step_by_node(step, context)
            else:
                context = self.axes.reach(step.axis, context, self.tree.source(step.test))
                for predicate in step.predicates:
                    context = self.filter(predicate, context)
        return context

    def _step_by_node(self, step: Step, context: Sequence[int]) -> Sequence[int]:
        source, predicates = self.source(step)
        limit = enough(predicates[0])
        if step.axis == "child":
            self.budget.charge(len(context))
            context = both(context, source.children)
        found: set[int] = set()
        for node in context:
            found.update(self._pick_all(predicates, self.axes.view(step.axis, node, source, limit)))
        return sorted(found)

    def source(self, step: Step) -> tuple[Source, tuple[Expression, ...]]:
        """The nodes that a step can reach at all, and its predicates from the first on that counts places."""
        lead = 0
        while lead < len(step.predicates) and not is_positional(step.predicates[lead]):
            lead += 1
        if not lead:
            return self.tree.source(step.test), step.predicates
        if id(step) not in self._sources:
            nodes = self.tree.source(step.test).nodes
            for predicate in step.predicates[:lead]:
                nodes = self.filter(predicate, nodes)
            self._sources[id(step)] = Source(self.tree, nodes)
        return self._sources[id(step)], step.predicates[lead:]

    def _pick_all(self, predicates: Sequence[Expression], view: View) -> Sequence[int]:
        picked = self._pick(predicates[0], view)
        for predicate in predicates[1:]:
            picked = self._pick(predicate, View(picked, 0, len(picked)))
        return picked

    def _pick(self, predicate: Expression, view: View) -> Sequence[int]:
        """The part of a list that a predicate leaves, places counted in the list's order."""
        size = len(view)
        if not size:
            return ()
        if not is_positional(predicate):
            return self.filter(predicate, view.take(0, size))
        left = bounds(predicate, size)
        if left is not None:
            picked = view.take(*left)
            self.budget.charge(SCALAR + len(picked))
            return picked
        self.budget.charge(SCALAR * size)
        contexts = (Context(node, place, size) for place, node in enumerate(view.take(0, size), 1))
        if kind(predicate) == "number":
            return [c.node for c in contexts if to_number(self.value(predicate, c)) == c.position]
        return [c.node for c in contexts if self.truth(predicate, c)]
