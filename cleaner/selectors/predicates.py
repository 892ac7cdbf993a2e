"""Tests on many nodes at once.

A predicate that does not ask for a place in a list depends on its node alone. It is therefore decided for all nodes
together: a path in it is followed backwards, from the nodes that it could end at to those that it could start from.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Sequence
from typing import TypeAlias, cast

from cleaner.selectors.attributes import attribute_check
from cleaner.selectors.axes import INVERSE
from cleaner.selectors.expressions import (
    SELF,
    All,
    Among,
    AnyOf,
    AttributeTest,
    Call,
    Compare,
    Constant,
    Expression,
    Not,
    Nth,
    Path,
    Step,
    Union,
    kind,
)
from cleaner.selectors.functions import MIRRORED, compare, to_boolean
from cleaner.selectors.paths import Context, Item, Paths
from cleaner.selectors.tree import NODE, Source, Tree, holds

Check: TypeAlias = Callable[[Item], bool]
"""A test on the node that a path ends at."""
_HERE = Step("self", NODE)


class Predicates(Paths):
    """Which nodes pass a test."""

    def __init__(self, tree: Tree) -> None:
        super().__init__(tree)
        self._holding: dict[int, Collection[int] | None] = {}
        self._places: dict[str, Sequence[int]] = {}

    def filter(self, test: Expression, nodes: Sequence[int]) -> Sequence[int]:
        self.budget.charge(len(nodes) + 1)
        match test:
            case All(parts=parts):
                for part in parts:
                    nodes = self.filter(part, nodes)
                return nodes
            case AnyOf(parts=parts) | Union(parts=parts):
                return self._filter_any(parts, nodes)
            case Not(part=part):
                out = members(self.filter(part, nodes))
                return [node for node in nodes if node not in out]
            case AttributeTest():
                return self._filter_attribute(test, nodes)
            case Nth():
                return self._filter_nth(test, nodes)
            case Call("contains", (subject, Constant(str(part)))) if subject == SELF:
                places = self._occurrences(part)
                return [node for node in nodes if self._contains(node, part, places)]
        return self._filter_other(test, nodes)

    def _filter_any(self, parts: tuple[Expression, ...], nodes: Sequence[int]) -> Sequence[int]:
        passed: set[int] = set()
        rest = nodes
        for part in parts:
            passed.update(self.filter(part, rest))
            rest = [node for node in rest if node not in passed]
        return [node for node in nodes if node in passed]

    def _filter_attribute(self, test: AttributeTest, nodes: Sequence[int]) -> Sequence[int]:
        if test.name == "class" and test.operator == "~=" and not test.ignore_case:
            return _intersect(self.tree.with_class(test.value), nodes)
        column = self.tree.attribute(test.name)
        if isinstance(nodes, range) and len(column) < len(nodes):
            nodes = [node for node in column if node in nodes]
        passes = attribute_check(test)
        return [node for node in nodes if node in column and passes(column[node])]

    def _filter_nth(self, test: Nth, nodes: Sequence[int]) -> Sequence[int]:
        places = self.tree.ordinals(from_end=test.from_end, of_type=test.of_type)
        a, b = test.a, test.b
        if a == 0:
            return [node for node in nodes if places[node] == b > 0]
        return [n for n in nodes if places[n] and (places[n] - b) % a == 0 and (places[n] - b) // a >= 0]

    def _filter_other(self, test: Expression, nodes: Sequence[int]) -> Sequence[int]:
        check = self._own_check(test)
        if check is not None:
            return [node for node in nodes if check(node)]
        held = self._held(test)
        if held is not None:
            return [node for node in nodes if node in held]
        if kind(test) == "nodes":
            return [node for node in nodes if self.nodes(test, node)]
        return [node for node in nodes if to_boolean(self.value(test, Context(node)))]

    # Strings.

    def _contains(self, node: int, part: str, places: Sequence[int]) -> bool:
        """Whether a string value contains a constant that occurs in the page's text at `places`."""
        start, stop = self.tree.span(node)
        return not part or holds(places, start, stop - len(part))

    def _occurrences(self, part: str) -> Sequence[int]:
        """Looked up once for the page: the string values of nested elements can be long in sum."""
        if part not in self._places:
            text = self.tree.text
            self.budget.charge_text(len(text))
            found = array("q")
            at = text.find(part) if part else -1
            while at >= 0:
                found.append(at)
                at = text.find(part, at + 1)
            self.budget.charge(len(found))
            self._places[part] = found
        return self._places[part]

    def _check(self, sign: str, value: str | float) -> Check:
        """The comparison of a node's string value with a constant."""
        if sign in ("=", "!=") and isinstance(value, str):
            return lambda item: self._equals(item, value) == (sign == "=")
        return lambda item: compare(sign, self.string(item), value)

    def _equals(self, item: Item, value: str) -> bool:
        if isinstance(item, tuple):
            return self.string(item) == value
        start, stop = self.tree.span(item)
        return stop - start == len(value) and self.tree.text.startswith(value, start)

    def string(self, item: Item) -> str:
        """The string value of a node."""
        if isinstance(item, tuple):
            text = self.tree.attribute(item[1])[item[0]]
            self.budget.charge_text(len(text))
            return text
        start, stop = self.tree.span(item)
        self.budget.charge_text(stop - start)
        return self.tree.text[start:stop]

    # Paths, backwards.

    def _own_check(self, test: Expression) -> Check | None:
        """The check, for a comparison of the node's own string value with a constant."""
        comparison = _with_constant(test)
        return self._check(comparison[1], comparison[2]) if comparison and comparison[0] == SELF else None

    def _held(self, test: Expression) -> Collection[int] | None:
        """All nodes of the page that pass a test made of paths; None where it is not one that can be told at once."""
        if id(test) not in self._holding:
            self._holding[id(test)] = self._hold(test)
        return self._holding[id(test)]

    def _hold(self, test: Expression) -> Collection[int] | None:
        match test:
            case Among(nodes=nodes):
                return members(cast("Sequence[int]", self.nodes(nodes)))
            case Path():
                return self._starts(test, None)
        comparison = _with_constant(test)
        return self._starts(comparison[0], self._check(*comparison[1:])) if comparison else None

    def _starts(self, path: Path, check: Check | None) -> Collection[int] | None:
        """The nodes from which a path reaches one that passes the check; None where places matter."""
        if path.base is not None or any(step.positional for step in path.steps):
            return None
        if path.absolute:
            found = self.nodes(path)
            return range(-1, self.tree.size) if (any(map(check, found)) if check else found) else ()
        steps = path.steps
        if steps[-1].axis == "attribute":
            steps = steps[:-1] or (_HERE,)
            ends = self._ends_with_attribute(steps[-1], path.steps[-1].test, check)
        else:
            ends = self._candidates(steps[-1])
            if check is not None:
                self.budget.charge(len(ends))
                ends = [node for node in ends if check(node)]
        return self._back(steps, ends)

    def _candidates(self, step: Step) -> Sequence[int]:
        """The nodes where a step can end, whatever it starts from."""
        nodes = self.tree.source(step.test).nodes
        for predicate in step.predicates:
            nodes = self.filter(predicate, nodes)
        return nodes

    def _ends_with_attribute(self, step: Step, name: str, check: Check | None) -> Sequence[int]:
        items = self.attributes(self._candidates(step), name)
        self.budget.charge(len(items))
        return list(dict.fromkeys(item[0] for item in items if check is None or check(item)))

    def _back(self, steps: tuple[Step, ...], ends: Sequence[int]) -> Collection[int]:
        for step, before in zip(reversed(steps), [*reversed(steps[:-1]), _HERE], strict=True):
            ends = self.axes.reach(INVERSE[step.axis], ends, self.tree.source(before.test))
            for predicate in before.predicates:
                ends = self.filter(predicate, ends)
        return members(ends)


def members(nodes: Sequence[int]) -> Collection[int]:
    """The nodes as something that tells fast what is in it."""
    return nodes if isinstance(nodes, range) else frozenset(nodes)


def _intersect(source: Source, nodes: Sequence[int]) -> Sequence[int]:
    if isinstance(nodes, range):
        return [node for node in source.nodes if node in nodes]
    return [node for node in nodes if node in source.members]


def _with_constant(test: Expression) -> tuple[Path, str, str | float] | None:
    """Path, sign and constant of a comparison that is made of these."""
    match test:
        case Compare(sign, Path() as path, Constant(value)) if not isinstance(value, bool):
            return path, sign, value
        case Compare(sign, Constant(value), Path() as path) if not isinstance(value, bool):
            return path, MIRRORED[sign], value
    return None
