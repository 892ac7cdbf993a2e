"""Evaluating an expression on one page, a set of nodes at a time.

A predicate that does not ask for a place in a list depends on its node alone. It is therefore decided for all nodes
at once: a path in it is followed backwards, from the nodes that its end could be to the nodes that it could start from.
What remains (places, counts, the string of a path's first node) is looked up node by node in sorted lists.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TypeAlias, cast

from cleaner.selectors.axes import INVERSE, Axes, View
from cleaner.selectors.errors import SelectorTooCostly
from cleaner.selectors.expressions import (
    SELF,
    All,
    Among,
    AnyOf,
    Arithmetic,
    AttributeTest,
    Call,
    Compare,
    Constant,
    Expression,
    Filtered,
    Not,
    Nth,
    Path,
    Step,
    Union,
    depends_on_place,
    is_fixed,
    is_positional,
    is_size_only,
    kind,
)
from cleaner.selectors.functions import (
    FUNCTIONS,
    MIRRORED,
    Value,
    calculate,
    compare,
    to_boolean,
    to_number,
    to_string,
)
from cleaner.selectors.tree import DOCUMENT, NODE, TEXT, Source, Tree, holds

BASE_BUDGET = 1_000_000
BUDGET_PER_NODE = 100
CHARACTERS_PER_UNIT = 16

Attribute: TypeAlias = tuple[int, str]
"""An attribute: its element and its name."""
Item: TypeAlias = int | Attribute


@dataclass(frozen=True, slots=True)
class Context:
    """The node that a value is asked for, and its place in the list that is being filtered."""

    node: int
    position: int = 1
    size: int = 1


class Evaluation:
    """One expression on one tree. Raises SelectorTooCostly when the budget is used up."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.axes = Axes(tree, self.charge)
        self._budget = BASE_BUDGET + BUDGET_PER_NODE * tree.size
        # By the identity of expressions, which live as long as the selector.
        self._sources: dict[int, Source] = {}
        self._holding: dict[int, Collection[int]] = {}
        self._fixed: dict[int, Sequence[Item]] = {}
        self._places: dict[str, list[int]] = {}

    def charge(self, units: int) -> None:
        self._budget -= units
        if self._budget < 0:
            raise SelectorTooCostly("the selector takes too long on this page; make it more specific")

    # Sets of nodes.

    def nodes(self, expression: Expression, node: int = DOCUMENT) -> Sequence[Item]:
        """What a node-set expression selects from a context node, in document order."""
        if not is_fixed(expression):
            return self._nodes(expression, node)
        if id(expression) not in self._fixed:
            self._fixed[id(expression)] = self._nodes(expression, node)
        return self._fixed[id(expression)]

    def _nodes(self, expression: Expression, node: int) -> Sequence[Item]:
        match expression:
            case Path(steps=[*_, Step(axis="attribute", test=name)]):
                return self._attributes(self._owners(expression, node), name)
            case Path():
                return self._follow(expression.steps, self._start(expression, node))
            case Filtered(base=base, predicates=predicates):
                found = cast("Sequence[int]", self.nodes(base, node))
                for predicate in predicates:
                    found = self._pick(predicate, View(found, 0, len(found)))
                return found
            case Union(parts=parts):
                return _merge([self.nodes(part, node) for part in parts])
        raise TypeError(f"no set of nodes: {expression}")

    def _start(self, path: Path, node: int) -> Sequence[int]:
        if path.base is not None:
            return cast("Sequence[int]", self.nodes(path.base, node))
        return (DOCUMENT,) if path.absolute else (node,)

    def _owners(self, path: Path, node: int) -> Sequence[int]:
        return self._follow(path.steps[:-1], self._start(path, node))

    def _attributes(self, owners: Sequence[int], name: str) -> list[Attribute]:
        if name == "*":
            return [(owner, each) for owner in owners for each in self.tree.attribute_names(owner)]
        column = self.tree.attribute(name)
        return [(owner, name) for owner in owners if owner in column]

    def _follow(self, steps: tuple[Step, ...], context: Sequence[int]) -> Sequence[int]:
        for step in steps:
            if step.positional:
                context = self._step_by_node(step, context)
            else:
                context = self.axes.reach(step.axis, context, self.tree.source(step.test))
                for predicate in step.predicates:
                    context = self.filter(predicate, context)
        return context

    def _step_by_node(self, step: Step, context: Sequence[int]) -> Sequence[int]:
        source, rest = self._source(step)
        limit = _places_needed(rest[0])
        if step.axis == "child":
            context = [node for node in source.children if node in _members(context)]
            self.charge(len(source.children))
        found: set[int] = set()
        for node in context:
            picked = self._pick(rest[0], self.axes.view(step.axis, node, source, limit))
            for predicate in rest[1:]:
                picked = self._pick(predicate, View(picked, 0, len(picked)))
            found.update(picked)
        return sorted(found)

    def _source(self, step: Step) -> tuple[Source, tuple[Expression, ...]]:
        """The nodes that a step can reach at all, and the predicates from the first positional one on."""
        lead = 0
        while lead < len(step.predicates) and not is_positional(step.predicates[lead]):
            lead += 1
        if not lead:
            return self.tree.source(step.test), step.predicates
        if id(step) not in self._sources:
            nodes = self.tree.source(step.test).nodes
            self.charge(len(nodes))
            for predicate in step.predicates[:lead]:
                nodes = self.filter(predicate, nodes)
            self._sources[id(step)] = Source(self.tree, nodes)
        return self._sources[id(step)], step.predicates[lead:]

    def _pick(self, predicate: Expression, view: View) -> Sequence[int]:
        """The part of a list that a predicate leaves, places counted in the list's order."""
        size = len(view)
        if not size:
            return ()
        if not is_positional(predicate):
            return self.filter(predicate, view.take(0, size))
        bounds = self._bounds(predicate, size)
        if bounds is not None:
            picked = view.take(*bounds)
            self.charge(len(picked))
            return picked
        self.charge(size)
        contexts = (Context(node, place, size) for place, node in enumerate(view.take(0, size), 1))
        if kind(predicate) == "number":
            return [c.node for c in contexts if to_number(self.value(predicate, c)) == c.position]
        return [c.node for c in contexts if self.truth(predicate, c)]

    def _bounds(self, predicate: Expression, size: int) -> tuple[int, int] | None:
        """The places that a predicate leaves as a range from 0, where it does not depend on the nodes."""
        match predicate:
            case Compare(operator=sign, left=Call(name="position"), right=right) if (
                is_size_only(right) and sign != "!="
            ):
                pass
            case _ if is_size_only(predicate):
                sign, right = "=", predicate
            case _:
                return None
        place = to_number(self.value(right, Context(DOCUMENT, 1, size)))
        return _places(sign, place, size)

    # Tests on many nodes at once.

    def filter(self, test: Expression, nodes: Sequence[int]) -> Sequence[int]:
        """The nodes that pass a test that does not depend on their place, in the order given."""
        self.charge(len(nodes))
        match test:
            case All(parts=parts):
                for part in parts:
                    nodes = self.filter(part, nodes)
                return nodes
            case AnyOf(parts=parts):
                return self._filter_any(parts, nodes)
            case Not(part=part):
                out = frozenset(self.filter(part, nodes))
                return [node for node in nodes if node not in out]
            case AttributeTest():
                return self._filter_attribute(test, nodes)
            case Nth():
                return self._filter_nth(test, nodes)
            case Union(parts=parts):
                return self._filter_any(parts, nodes)
            case Call(name="contains", arguments=(subject, Constant(value=str(part)))) if subject == SELF:
                return [node for node in nodes if self._contains(node, part)]
        held = self._held(test)
        if held is not None:
            return [node for node in nodes if node in held]
        if kind(test) == "nodes":
            return [node for node in nodes if self.nodes(test, node)]
        return [node for node in nodes if to_boolean(self.value(test, Context(node)))]

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
        passes = attribute_test(test)
        return [node for node in nodes if node in column and passes(column[node])]

    def _filter_nth(self, test: Nth, nodes: Sequence[int]) -> Sequence[int]:
        places = self.tree.ordinals(from_end=test.from_end, of_type=test.of_type)
        a, b = test.a, test.b
        if a == 0:
            return [node for node in nodes if places[node] == b > 0]
        return [n for n in nodes if places[n] and (places[n] - b) % a == 0 and (places[n] - b) // a >= 0]

    def _contains(self, node: int, part: str) -> bool:
        """Whether a string value contains a constant, by looking it up among all its occurrences on the page."""
        if part not in self._places:
            self._places[part] = self._occurrences(part)
        start, stop = self.tree.span(node)
        return not part or holds(self._places[part], start, stop - len(part))

    def _occurrences(self, part: str) -> list[int]:
        text = self.tree.text
        self.charge(len(text) // CHARACTERS_PER_UNIT)
        found: list[int] = []
        at = text.find(part) if part else -1
        while at >= 0:
            found.append(at)
            at = text.find(part, at + 1)
        self.charge(len(found) * (1 + len(part) // CHARACTERS_PER_UNIT))
        return found

    def _held(self, test: Expression) -> Collection[int] | None:
        """All nodes of the page that pass a test made of paths; None where it is not one that can be told at once."""
        if id(test) in self._holding:
            return self._holding[id(test)]
        held = self._hold(test)
        if held is not None:
            self._holding[id(test)] = held
        return held

    def _hold(self, test: Expression) -> Collection[int] | None:
        match test:
            case Among(nodes=nodes):
                return _members(cast("Sequence[int]", self.nodes(nodes)))
            case Path():
                return self._starts(test, None)
            case Compare(operator=sign, left=Path() as path, right=Constant(value=value)):
                return self._starts_of_comparison(path, sign, value)
            case Compare(operator=sign, left=Constant(value=value), right=Path() as path):
                return self._starts_of_comparison(path, MIRRORED[sign], value)
        return None

    def _starts_of_comparison(self, path: Path, sign: str, value: str | float | bool) -> Collection[int] | None:
        if isinstance(value, bool):
            return None
        return self._starts(path, lambda text: compare(sign, text, value))

    def _starts(self, path: Path, passes: Callable[[str], bool] | None) -> Collection[int] | None:
        """The context nodes from which a path reaches a node whose string value passes; None where places matter."""
        if path.base is not None or any(step.positional for step in path.steps):
            return None
        if path.absolute:
            reached = [self.string(item) for item in self.nodes(path)] if passes else self.nodes(path)
            found = any(map(passes, reached)) if passes else bool(reached)  # type: ignore[arg-type]
            return range(-1, self.tree.size) if found else ()
        ends, steps = self._ends(path.steps, passes)
        for place in range(len(steps) - 1, -1, -1):
            before = steps[place - 1] if place else Step("self", NODE)
            ends = self.axes.reach(INVERSE[steps[place].axis], ends, self.tree.source(before.test))
            for predicate in before.predicates:
                ends = self.filter(predicate, ends)
        return _members(ends)

    def _ends(
        self, steps: tuple[Step, ...], passes: Callable[[str], bool] | None
    ) -> tuple[Sequence[int], tuple[Step, ...]]:
        """The nodes where a path can end, whatever it starts from, and the steps that lead there."""
        last = steps[-1]
        if last.axis == "attribute":
            return self._ends_with_attribute(steps, passes)
        ends = self.tree.source(last.test).nodes
        for predicate in last.predicates:
            ends = self.filter(predicate, ends)
        self.charge(len(ends))
        return (ends if passes is None else [node for node in ends if passes(self.string(node))]), steps

    def _ends_with_attribute(
        self, steps: tuple[Step, ...], passes: Callable[[str], bool] | None
    ) -> tuple[Sequence[int], tuple[Step, ...]]:
        before = steps[-2] if len(steps) > 1 else Step("self", NODE)
        owners = self.tree.source(before.test).nodes
        for predicate in before.predicates:
            owners = self.filter(predicate, owners)
        items = self._attributes(owners, steps[-1].test)
        self.charge(len(items))
        ends = dict.fromkeys(owner for owner, name in items if passes is None or passes(self.string((owner, name))))
        return list(ends), steps[:-1] or (before,)

    # Values for one node.

    def truth(self, test: Expression, context: Context) -> bool:
        """Whether one node passes a test, which may ask for its place."""
        match test:
            case All(parts=parts):
                return all(self.truth(part, context) for part in parts)
            case AnyOf(parts=parts):
                return any(self.truth(part, context) for part in parts)
            case Not(part=part):
                return not self.truth(part, context)
        if not depends_on_place(test) and kind(test) == "boolean":
            return bool(self.filter(test, (context.node,)))
        return to_boolean(self.value(test, context))

    def value(self, expression: Expression, context: Context) -> Value:
        """The value for one node; of a node-set the string values."""
        self.charge(1)
        match expression:
            case Constant(value=value):
                return value
            case Path() | Filtered() | Union():
                return [self.string(item) for item in self.nodes(expression, context.node)]
            case Compare(operator=sign, left=left, right=right):
                return compare(sign, self.value(left, context), self.value(right, context))
            case Arithmetic(operator=sign, left=left, right=right):
                return calculate(sign, to_number(self.value(left, context)), to_number(self.value(right, context)))
            case Call():
                return self._call(expression, context)
        return self.truth(expression, context)

    def _call(self, call: Call, context: Context) -> Value:
        match call.name:
            case "position":
                return float(context.position)
            case "last":
                return float(context.size)
            case "count":
                return float(self._count(call.arguments[0], context.node))
            case "name" | "local-name":
                return self._name(self._first(call.arguments[0], context.node))
        function = FUNCTIONS[call.name]
        given = [
            self._argument(function.takes[min(place, len(function.takes) - 1)], argument, context)
            for place, argument in enumerate(call.arguments)
        ]
        self.charge(sum(len(text) for text in given if isinstance(text, str)) // CHARACTERS_PER_UNIT)
        assert function.apply is not None
        result: Value = function.apply(*given)
        return result

    def _argument(self, wanted: str, argument: Expression, context: Context) -> Value:
        if wanted == "boolean" or wanted == "any":
            return self.truth(argument, context)
        if kind(argument) == "nodes":
            first = self._first(argument, context.node)
            given: Value = "" if first is None else self.string(first)
        else:
            given = self.value(argument, context)
        return to_string(given) if wanted == "string" else to_number(given)

    def _view(self, expression: Expression, node: int) -> View | None:
        """What a path of one step reaches, uncopied; None for any other set."""
        match expression:
            case Path(steps=(Step(axis=axis) as step,), absolute=False, base=None):
                if axis != "attribute" and not step.positional:
                    return self.axes.view(axis, node, self._source(step)[0])
        return None

    def _count(self, expression: Expression, node: int) -> int:
        view = self._view(expression, node)
        return len(self.nodes(expression, node) if view is None else view)

    def _first(self, expression: Expression, node: int) -> Item | None:
        """The first node of a set in document order."""
        view = self._view(expression, node)
        if view is None:
            found = self.nodes(expression, node)
            return found[0] if found else None
        if not len(view):
            return None
        # Ancestors come nearest first.
        upwards = view.backwards or view.take(0, 1)[0] > view.take(len(view) - 1, len(view))[0]
        return view.take(len(view) - 1, len(view))[0] if upwards else view.take(0, 1)[0]

    def _name(self, item: Item | None) -> str:
        if item is None:
            return ""
        if isinstance(item, tuple):
            return item[1]
        return "" if self.tree.tag[item] == TEXT else self.tree.tag[item]

    def string(self, item: Item) -> str:
        """The string value of a node."""
        if isinstance(item, tuple):
            return self.tree.attribute(item[1])[item[0]]
        start, stop = self.tree.span(item)
        self.charge(1 + (stop - start) // CHARACTERS_PER_UNIT)
        return self.tree.text[start:stop]


def _members(nodes: Sequence[int]) -> Collection[int]:
    return nodes if isinstance(nodes, range) else frozenset(nodes)


def _intersect(source: Source, nodes: Sequence[int]) -> Sequence[int]:
    if isinstance(nodes, range):
        return [node for node in source.nodes if node in nodes]
    return [node for node in nodes if node in source.members]


def _merge(parts: list[Sequence[Item]]) -> Sequence[Item]:
    """The union in document order, an attribute behind its element."""
    found = {item for part in parts for item in part}
    return sorted(found, key=lambda item: (item[0], item[1]) if isinstance(item, tuple) else (item, ""))


def _places(sign: str, place: float, size: int) -> tuple[int, int]:
    """The places p with 1 <= p <= size for which `p sign place`, as a range from 0."""
    if math.isnan(place):
        return 0, 0
    place = min(max(place, -0.5), size + 1.5)
    match sign:
        case "=":
            return (int(place) - 1, int(place)) if place == int(place) else (0, 0)
        case "<":
            return 0, math.ceil(place) - 1
        case "<=":
            return 0, math.floor(place)
        case ">":
            return math.floor(place), size
    return math.ceil(place) - 1, size


def _places_needed(predicate: Expression) -> int | None:
    """How many places from the first a predicate can leave, where that shows in its text."""
    match predicate:
        case (
            Constant(value=float(place))
            | Compare(operator="=" | "<" | "<=", left=Call(name="position"), right=Constant(value=float(place)))
        ):
            return math.ceil(place) if 0 <= place < 1_000_000 else None
    return None


def attribute_test(test: AttributeTest) -> Callable[[str], bool]:
    """The test on the attribute's value (Selectors 3, section 6.3: an empty value is never contained)."""
    wanted = test.value.lower() if test.ignore_case else test.value
    passes = _OPERATORS[test.operator]
    if test.ignore_case:
        return lambda value: passes(value.lower(), wanted)
    return lambda value: passes(value, wanted)


_OPERATORS: dict[str, Callable[[str, str], bool]] = {
    "exists": lambda value, wanted: True,
    "=": lambda value, wanted: value == wanted,
    "~=": lambda value, wanted: wanted in value.split(),
    "|=": lambda value, wanted: value == wanted or value.startswith(wanted + "-"),
    "^=": lambda value, wanted: bool(wanted) and value.startswith(wanted),
    "$=": lambda value, wanted: bool(wanted) and value.endswith(wanted),
    "*=": lambda value, wanted: bool(wanted) and wanted in value,
}
