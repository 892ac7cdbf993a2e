"""The evaluation of an expression on one page, a set of nodes at a time wherever that is possible.

A predicate that asks for no position depends on its node alone. It is therefore decided for all nodes together: a
location path in it is followed backwards, from the nodes that it could end at to those that it could start from. Only
positions, counts and strings are looked up node by node.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TypeAlias, cast

from cleaner.selectors.axes import INVERSE, Axes, View, nodes_with_group
from cleaner.selectors.expressions import (
    SELF,
    SELF_STEP,
    And,
    Arithmetic,
    AttributeTest,
    Comparison,
    Constant,
    Expression,
    FilterExpression,
    FunctionCall,
    LocationPath,
    MemberOf,
    Not,
    Nth,
    Or,
    Step,
    Union,
    constant_comparison,
    depends_on_position,
    is_context_free,
    is_positional,
    last_position,
    position_range,
    value_type,
)
from cleaner.selectors.limits import LOOKUP_UNITS, Budget
from cleaner.selectors.tree import DOCUMENT, Attribute, Item, NodeSet, Tree, members
from cleaner.selectors.values import (
    FUNCTIONS,
    Strings,
    Value,
    ValueType,
    attribute_check,
    calculate,
    compare,
    to_boolean,
    to_number,
    to_string,
)

Check: TypeAlias = Callable[[Item], bool]
"""A test on the node that a location path ends at."""


@dataclass(frozen=True, slots=True)
class Context:
    """Names the node that a value is asked for, and its position in the list that is being filtered."""

    node: int
    position: int = 1
    size: int = 1


class Evaluation:
    """Evaluates one expression on one tree within a budget: any method raises SelectorTooCostly when it is used up."""

    def __init__(self, tree: Tree, limit: int | None = None) -> None:
        self.tree = tree
        self.budget = Budget(tree.size, limit, tree.elements.pot if limit is None else None)
        self.axes = Axes(tree, self.budget)
        self.strings = Strings(tree, self.budget)
        # By the identity of expressions, which live as long as the selector.
        self._context_free: dict[int, Sequence[Item]] = {}
        self._context_free_strings: dict[int, list[str]] = {}
        self._filtered: dict[int, NodeSet] = {}
        self._passing: dict[int, Collection[int] | None] = {}

    # Node-sets: location paths, followed forwards.

    def nodes(self, expression: Expression, node: int = DOCUMENT) -> Sequence[Item]:
        """Returns what a node-set expression selects from a context node, in document order."""
        self.budget.charge(LOOKUP_UNITS)
        if not is_context_free(expression):
            return self._select(expression, node)
        if id(expression) not in self._context_free:
            self._context_free[id(expression)] = self._select(expression, node)
        return self._context_free[id(expression)]

    def _select(self, expression: Expression, node: int) -> Sequence[Item]:
        match expression:
            case LocationPath(steps=[*steps, Step(axis="attribute", node_test=name)]):
                return self._attributes(self._follow(steps, self._start(expression, node)), name)
            case LocationPath(steps=steps):
                return self._follow(steps, self._start(expression, node))
            case FilterExpression(base=base, predicates=predicates):
                # Attributes too: the predicates that the parser lets follow them do not look at them.
                found = cast("Sequence[int]", self.nodes(base, node))
                return self._apply_all(predicates, View(found, 0, len(found)))
            case Union(parts=parts):
                return self._merge([self.nodes(part, node) for part in parts])
        raise TypeError(f"no node-set: {expression}")

    def _start(self, path: LocationPath, node: int) -> Sequence[int]:
        if path.base is not None:
            return cast("Sequence[int]", self.nodes(path.base, node))
        return (DOCUMENT,) if path.absolute else (node,)

    def _attributes(self, owners: Sequence[int], name: str) -> list[Attribute]:
        """Returns the attributes of some elements that have a name, or any for "*"."""
        self.budget.charge(len(owners))
        if name == "*":
            found = [(owner, each) for owner in owners for each in self.tree.attribute_names(owner)]
            self.budget.charge(LOOKUP_UNITS * len(found))
            return found
        column = self.tree.attribute(name)
        return [(owner, name) for owner in owners if owner in column]

    def _merge(self, parts: list[Sequence[Item]]) -> Sequence[Item]:
        """Returns the union in document order, an attribute after its element."""
        found = {item for part in parts for item in part}
        self.budget.charge(len(found))
        return sorted(found, key=lambda item: item if isinstance(item, tuple) else (item, ""))

    def _follow(self, steps: Sequence[Step], context: Sequence[int]) -> Sequence[int]:
        for step in steps:
            if step.positional:
                context = self._step_from_each(step, context)
            else:
                reached = self.axes.reach(step.axis, context, self.tree.node_set(step.node_test))
                context = self._filter_by_all(step.predicates, reached)
        return context

    def _filter_by_all(self, tests: Sequence[Expression], nodes: Sequence[int]) -> Sequence[int]:
        for test in tests:
            nodes = self.filter(test, nodes)
        return nodes

    def _step_from_each(self, step: Step, context: Sequence[int]) -> Sequence[int]:
        targets, predicates = self._targets(step)
        limit = last_position(predicates[0])
        if step.axis == "child":
            self.budget.charge(len(context))
            context = nodes_with_group(context, targets.children)
        found: set[int] = set()
        for node in context:
            found.update(self._apply_all(predicates, self.axes.view(step.axis, node, targets, limit)))
        return sorted(found)

    def _targets(self, step: Step) -> tuple[NodeSet, tuple[Expression, ...]]:
        """Returns the nodes that a step can reach at all, and its predicates from the first positional one on."""
        first = 0
        while first < len(step.predicates) and not is_positional(step.predicates[first]):
            first += 1
        tested = self.tree.node_set(step.node_test)
        if not first:
            return tested, step.predicates
        if id(step) not in self._filtered:
            self._filtered[id(step)] = NodeSet(self.tree, self._filter_by_all(step.predicates[:first], tested.nodes))
        return self._filtered[id(step)], step.predicates[first:]

    # Predicates on a list in which nodes have positions.

    def _apply_all(self, predicates: Sequence[Expression], view: View) -> Sequence[int]:
        nodes = self._apply(predicates[0], view)
        for predicate in predicates[1:]:
            nodes = self._apply(predicate, View(nodes, 0, len(nodes)))
        return nodes

    def _apply(self, predicate: Expression, view: View) -> Sequence[int]:
        """Returns what a predicate leaves of a list, positions counted in the list's order."""
        size = len(view)
        if not size:
            return ()
        if not is_positional(predicate):
            return self.filter(predicate, view.take(0, size))
        positions = position_range(predicate, size)
        if positions is not None:
            nodes = view.take(*positions)
            self.budget.charge(LOOKUP_UNITS + len(nodes))
            return nodes
        self.budget.charge(LOOKUP_UNITS * size)
        contexts = (Context(node, position, size) for position, node in enumerate(view.take(0, size), 1))
        if value_type(predicate) == "number":
            return [c.node for c in contexts if to_number(self.value(predicate, c)) == c.position]
        return [c.node for c in contexts if self.is_true(predicate, c)]

    # Predicates on many nodes at once.

    def filter(self, test: Expression, nodes: Sequence[int]) -> Sequence[int]:
        """Returns the nodes that pass a test that does not depend on their position, in the order given."""
        self.budget.charge(len(nodes) + 1)
        match test:
            case And(parts=parts):
                return self._filter_by_all(parts, nodes)
            case Or(parts=parts) | Union(parts=parts):
                return self._filter_any(parts, nodes)
            case Not(operand=operand):
                out = members(self.filter(operand, nodes))
                return [node for node in nodes if node not in out]
            case AttributeTest():
                return self._filter_attribute(test, nodes)
            case Nth():
                return self._filter_nth(test, nodes)
            case FunctionCall("contains", (subject, Constant(str(part)))) if subject == SELF:
                return self.strings.containing(part, nodes)
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
            return self.tree.with_class(test.value).among(nodes)
        column = self.tree.attribute(test.name)
        if isinstance(nodes, range) and len(column) < len(nodes):
            nodes = [node for node in column if node in nodes]
        passes = attribute_check(test.operator, test.value, ignore_case=test.ignore_case)
        return [node for node in nodes if node in column and passes(column[node])]

    def _filter_nth(self, test: Nth, nodes: Sequence[int]) -> Sequence[int]:
        ordinals = self.tree.ordinals(from_end=test.from_end, of_type=test.of_type)
        a, b = test.a, test.b
        if a == 0:
            return [node for node in nodes if ordinals[node] == b > 0]
        return [n for n in nodes if ordinals[n] and (ordinals[n] - b) % a == 0 and (ordinals[n] - b) // a >= 0]

    def _filter_other(self, test: Expression, nodes: Sequence[int]) -> Sequence[int]:
        comparison = constant_comparison(test)
        if comparison and comparison[0] == SELF:
            check = self._check(*comparison[1:])
            return [node for node in nodes if check(node)]
        passing = self._all_passing(test)
        if passing is not None:
            return [node for node in nodes if node in passing]
        if value_type(test) == "node-set":
            return [node for node in nodes if self.nodes(test, node)]
        return [node for node in nodes if to_boolean(self.value(test, Context(node)))]

    def _check(self, sign: str, value: str | float) -> Check:
        """Returns the comparison of a node's string value with a constant."""
        if sign in ("=", "!=") and isinstance(value, str):
            return lambda item: self.strings.equals(item, value) == (sign == "=")
        return lambda item: compare(sign, self.strings.value(item), value)

    # Location paths in predicates, followed backwards.

    def _all_passing(self, test: Expression) -> Collection[int] | None:
        """Returns all nodes of the page that pass a test made of paths; None for tests that ask each node."""
        if id(test) not in self._passing:
            self._passing[id(test)] = self._find_passing(test)
        return self._passing[id(test)]

    def _find_passing(self, test: Expression) -> Collection[int] | None:
        match test:
            case MemberOf(nodes=nodes):
                return members(cast("Sequence[int]", self.nodes(nodes)))
            case LocationPath():
                return self._origins(test, None)
        comparison = constant_comparison(test)
        return self._origins(comparison[0], self._check(*comparison[1:])) if comparison else None

    def _origins(self, path: LocationPath, check: Check | None) -> Collection[int] | None:
        """Returns the nodes from which a path reaches one that passes the check; None where positions matter."""
        if path.base is not None or any(step.positional for step in path.steps):
            return None
        if path.absolute:
            found = self.nodes(path)
            return range(-1, self.tree.size) if (any(map(check, found)) if check else found) else ()
        steps = path.steps
        if steps[-1].axis == "attribute":
            steps = steps[:-1] or (SELF_STEP,)
            ends = self._ends_with_attribute(steps[-1], path.steps[-1].node_test, check)
        else:
            ends = self._ends(steps[-1])
            if check is not None:
                self.budget.charge(len(ends))
                ends = [node for node in ends if check(node)]
        return self._follow_back(steps, ends)

    def _ends(self, step: Step) -> Sequence[int]:
        """Returns the nodes where a step can end, whatever it starts from."""
        return self._filter_by_all(step.predicates, self.tree.node_set(step.node_test).nodes)

    def _ends_with_attribute(self, step: Step, name: str, check: Check | None) -> Sequence[int]:
        attributes = self._attributes(self._ends(step), name)
        self.budget.charge(len(attributes))
        return list(dict.fromkeys(item[0] for item in attributes if check is None or check(item)))

    def _follow_back(self, steps: tuple[Step, ...], ends: Sequence[int]) -> Collection[int]:
        for step, before in zip(reversed(steps), [*reversed(steps[:-1]), SELF_STEP], strict=True):
            origins = self.axes.reach(INVERSE[step.axis], ends, self.tree.node_set(before.node_test))
            ends = self._filter_by_all(before.predicates, origins)
        return members(ends)

    # Values for one node.

    def is_true(self, test: Expression, context: Context) -> bool:
        """Tells whether one node passes a test, which may ask for its position."""
        match test:
            case And(parts=parts):
                return all(self.is_true(part, context) for part in parts)
            case Or(parts=parts):
                return any(self.is_true(part, context) for part in parts)
            case Not(operand=operand):
                return not self.is_true(operand, context)
            case Comparison() | FunctionCall() if depends_on_position(test):
                return to_boolean(self.value(test, context))
        if value_type(test) in ("boolean", "node-set"):
            return bool(self.filter(test, (context.node,)))
        return to_boolean(self.value(test, context))

    def value(self, expression: Expression, context: Context) -> Value:
        """Returns the value for one node; of a node-set the string values."""
        self.budget.charge(LOOKUP_UNITS)
        match expression:
            case Constant(value=value):
                return value
            case LocationPath() | FilterExpression() | Union():
                return self._string_values(expression, context.node)
            case Comparison(operator=sign, left=left, right=right):
                return self._compare(sign, self.value(left, context), self.value(right, context))
            case Arithmetic(operator=sign, left=left, right=right):
                return calculate(sign, to_number(self.value(left, context)), to_number(self.value(right, context)))
            case FunctionCall():
                return self._call(expression, context)
        return self.is_true(expression, context)

    def _string_values(self, expression: Expression, node: int) -> list[str]:
        if not is_context_free(expression):
            return [self.strings.value(item) for item in self.nodes(expression, node)]
        if id(expression) not in self._context_free_strings:
            found = [self.strings.value(item) for item in self.nodes(expression)]
            self._context_free_strings[id(expression)] = found
        return self._context_free_strings[id(expression)]

    def _compare(self, sign: str, left: Value, right: Value) -> bool:
        self.budget.charge(LOOKUP_UNITS * sum(len(side) for side in (left, right) if isinstance(side, list)))
        return compare(sign, left, right)

    def _call(self, call: FunctionCall, context: Context) -> Value:
        match call.name:
            case "position":
                return float(context.position)
            case "last":
                return float(context.size)
            case "count":
                return float(self._count(call.arguments[0], context.node))
            case "name" | "local-name":
                first = self._first(call.arguments[0], context.node)
                return "" if first is None else self.tree.name(first)
        function = FUNCTIONS[call.name]
        given = [
            self._argument(function.type_of_argument(place), argument, context)
            for place, argument in enumerate(call.arguments)
        ]
        self.budget.charge_text(sum(len(text) for text in given if isinstance(text, str)))
        assert function.apply is not None
        result: Value = function.apply(*given)
        return result

    def _argument(self, wanted: ValueType, argument: Expression, context: Context) -> Value:
        if wanted == "boolean":
            return self.is_true(argument, context)
        if value_type(argument) == "node-set":
            first = self._first(argument, context.node)
            given: Value = "" if first is None else self.strings.value(first)
        else:
            given = self.value(argument, context)
        return to_string(given) if wanted == "string" else to_number(given)

    def _view(self, expression: Expression, node: int) -> View | None:
        """Returns what a location path of one step reaches, uncopied; None for any other node-set."""
        match expression:
            case LocationPath(steps=(Step(axis=axis) as step,), absolute=False, base=None):
                if axis != "attribute" and not step.positional:
                    return self.axes.view(axis, node, self._targets(step)[0])
        return None

    def _count(self, expression: Expression, node: int) -> int:
        view = self._view(expression, node)
        return len(self.nodes(expression, node) if view is None else view)

    def _first(self, expression: Expression, node: int) -> Item | None:
        """Returns the first node of a node-set in document order."""
        view = self._view(expression, node)
        if view is None:
            found = self.nodes(expression, node)
            return found[0] if found else None
        return min((*view.take(0, 1), *view.take(len(view) - 1, len(view))), default=None)
