"""Evaluating an expression on one page: values for one node, on top of sets of nodes and tests on many."""

from __future__ import annotations

from cleaner.selectors.axes import View
from cleaner.selectors.budget import SCALAR
from cleaner.selectors.expressions import (
    All,
    AnyOf,
    Arithmetic,
    Call,
    Compare,
    Constant,
    Expression,
    Filtered,
    Not,
    Path,
    Step,
    Union,
    depends_on_place,
    is_fixed,
    kind,
)
from cleaner.selectors.functions import FUNCTIONS, Value, calculate, compare, to_boolean, to_number, to_string
from cleaner.selectors.paths import Context, Item
from cleaner.selectors.predicates import Predicates
from cleaner.selectors.tree import TEXT, Tree


class Evaluation(Predicates):
    """One expression on one tree."""

    def __init__(self, tree: Tree) -> None:
        super().__init__(tree)
        self._strings: dict[int, list[str]] = {}

    def truth(self, test: Expression, context: Context) -> bool:
        match test:
            case All(parts=parts):
                return all(self.truth(part, context) for part in parts)
            case AnyOf(parts=parts):
                return any(self.truth(part, context) for part in parts)
            case Not(part=part):
                return not self.truth(part, context)
            case Compare() | Call() if depends_on_place(test):
                return to_boolean(self.value(test, context))
        if kind(test) in ("boolean", "nodes"):
            return bool(self.filter(test, (context.node,)))
        return to_boolean(self.value(test, context))

    def value(self, expression: Expression, context: Context) -> Value:
        self.budget.charge(SCALAR)
        match expression:
            case Constant(value=value):
                return value
            case Path() | Filtered() | Union():
                return self._string_values(expression, context.node)
            case Compare(operator=sign, left=left, right=right):
                return self._compare(sign, self.value(left, context), self.value(right, context))
            case Arithmetic(operator=sign, left=left, right=right):
                return calculate(sign, to_number(self.value(left, context)), to_number(self.value(right, context)))
            case Call():
                return self._call(expression, context)
        return self.truth(expression, context)

    def _string_values(self, expression: Expression, node: int) -> list[str]:
        if not is_fixed(expression):
            return [self.string(item) for item in self.nodes(expression, node)]
        if id(expression) not in self._strings:
            self._strings[id(expression)] = [self.string(item) for item in self.nodes(expression)]
        return self._strings[id(expression)]

    def _compare(self, sign: str, left: Value, right: Value) -> bool:
        self.budget.charge(SCALAR * sum(len(side) for side in (left, right) if isinstance(side, list)))
        return compare(sign, left, right)

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
        self.budget.charge_text(sum(len(text) for text in given if isinstance(text, str)))
        assert function.apply is not None
        result: Value = function.apply(*given)
        return result

    def _argument(self, wanted: str, argument: Expression, context: Context) -> Value:
        if wanted == "boolean":
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
                    return self.axes.view(axis, node, self.source(step)[0])
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
        return min((*view.take(0, 1), *view.take(len(view) - 1, len(view))), default=None)

    def _name(self, item: Item | None) -> str:
        if item is None:
            return ""
        if isinstance(item, tuple):
            return item[1]
        return "" if self.tree.tag[item] == TEXT else self.tree.tag[item]
