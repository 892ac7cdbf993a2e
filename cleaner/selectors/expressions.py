"""Expressions: what CSS and XPath are both parsed to, and what can be told of an expression without a page.

An expression is a node-set (`LocationPath`, `FilterExpression`, `Union`), a test (`And`, `Or`, `Not`, `Comparison` and
others) or another value. All are plain frozen data.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypeAlias

from cleaner.selectors.tree import NODE
from cleaner.selectors.values import FUNCTIONS, MIRRORED, AttributeOperator, ValueType, calculate, to_number


@dataclass(frozen=True, slots=True)
class Constant:
    value: str | float | bool


@dataclass(frozen=True, slots=True)
class Step:
    axis: str
    node_test: str
    """A name in lower case, or one of the node tests of `tree`; for attributes a name or "*"."""
    predicates: tuple[Expression, ...] = ()

    @property
    def positional(self) -> bool:
        """Whether a predicate asks for the position in the step's list."""
        return any(is_positional(predicate) for predicate in self.predicates)


@dataclass(frozen=True, slots=True)
class LocationPath:
    """Leads in steps from the document, from `base` where there is one, else from the context node."""

    steps: tuple[Step, ...]
    absolute: bool = False
    base: Expression | None = None


@dataclass(frozen=True, slots=True)
class FilterExpression:
    """Filters a node-set in parentheses by predicates, which count in document order."""

    base: Expression
    predicates: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Union:
    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class MemberOf:
    """Tests whether the context node is in a node-set that is the same for every context (CSS :not, :is)."""

    nodes: Expression


@dataclass(frozen=True, slots=True)
class And:
    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Or:
    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Not:
    operand: Expression


@dataclass(frozen=True, slots=True)
class AttributeTest:
    """Tests whether the context element has an attribute whose value passes."""

    name: str
    operator: AttributeOperator = "exists"
    value: str = ""
    ignore_case: bool = False


@dataclass(frozen=True, slots=True)
class Nth:
    """Tests whether the place among the siblings is a * n + b for some n >= 0."""

    a: int
    b: int
    from_end: bool = False
    of_type: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Arithmetic:
    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class FunctionCall:
    name: str
    arguments: tuple[Expression, ...]


Expression: TypeAlias = (
    Constant
    | LocationPath
    | FilterExpression
    | Union
    | MemberOf
    | And
    | Or
    | Not
    | AttributeTest
    | Nth
    | Comparison
    | Arithmetic
    | FunctionCall
)

SELF_STEP = Step("self", NODE)
SELF = LocationPath((SELF_STEP,))
"""The context node, in XPath `.`."""
ANYWHERE_STEP = Step("descendant-or-self", NODE)
"""What `//` stands for."""


# Constructors that keep expressions flat and plain.


def conjunction(parts: tuple[Expression, ...]) -> Expression:
    """Joins tests by `and`, flat, so that a chain of any length is no deeper than one."""
    flat = tuple(inner for part in parts for inner in (part.parts if isinstance(part, And) else (part,)))
    return flat[0] if len(flat) == 1 else And(flat)


def disjunction(parts: tuple[Expression, ...]) -> Expression:
    """Joins tests by `or`, flat."""
    flat = tuple(inner for part in parts for inner in (part.parts if isinstance(part, Or) else (part,)))
    return flat[0] if len(flat) == 1 else Or(flat)


def union(parts: tuple[Expression, ...]) -> Expression:
    """Joins node-sets by `|`, flat."""
    flat = tuple(inner for part in parts for inner in (part.parts if isinstance(part, Union) else (part,)))
    return flat[0] if len(flat) == 1 else Union(flat)


def passes_node_test(node_test: str) -> Expression:
    """Tests whether the context node passes a node test."""
    return LocationPath((Step("self", node_test),))


def location_steps(steps: list[Step]) -> tuple[Step, ...]:
    """Shortens steps: `//p` becomes one step, and `.` is left out where another step is beside it.

    A positional step, as in `//p[1]`, counts inside each parent and stays as it is.
    """
    found: list[Step] = []
    for step in steps:
        if found and found[-1] == ANYWHERE_STEP and step.axis in ("child", "descendant") and not step.positional:
            found[-1] = Step("descendant", step.node_test, step.predicates)
        elif step != SELF_STEP:
            found.append(step)
    return tuple(found) or (SELF_STEP,)


def comparison(operator: str, left: Expression, right: Expression) -> Expression:
    """Compares, with position() on the left; `@name = 'value'` becomes a test of the attribute."""
    if right == FunctionCall("position", ()) and left != right:
        operator, left, right = MIRRORED[operator], right, left
    match operator, left, right:
        case ("=", attribute, Constant(value=str(value))) | ("=", Constant(value=str(value)), attribute):
            name = _attribute_name(attribute)
            if name:
                return AttributeTest(name, "=", value)
    return Comparison(operator, left, right)


def function_call(name: str, arguments: tuple[Expression, ...]) -> Expression:
    """Calls a function; what is often written for classes and parts of attributes becomes a test of the attribute."""
    match name, arguments:
        case "contains", (subject, Constant(value=str(part))) if part:
            return _attribute_containing(subject, part) or FunctionCall(name, arguments)
        case "starts-with", (subject, Constant(value=str(part))) if part and (attribute := _attribute_name(subject)):
            return AttributeTest(attribute, "^=", part)
        case "ends-with", (subject, Constant(value=str(part))) if part and (attribute := _attribute_name(subject)):
            return AttributeTest(attribute, "$=", part)
    return FunctionCall(name, arguments)


def _attribute_containing(subject: Expression, part: str) -> Expression | None:
    attribute = _attribute_name(subject)
    if attribute:
        return AttributeTest(attribute, "*=", part)
    match subject:
        case FunctionCall(
            "concat", (Constant(value=" "), FunctionCall("normalize-space", (inner,)), Constant(value=" "))
        ) if (name := _attribute_name(inner)) and part == f" {part.strip()} " and len(part.split()) == 1:
            return AttributeTest(name, "~=", part.strip())
    return None


def _attribute_name(expression: Expression) -> str | None:
    """Returns the name, where the expression is an attribute of the context node."""
    match expression:
        case LocationPath(steps=(Step("attribute", name),), absolute=False, base=None) if name != "*":
            return name
    return None


# What holds on every page.


def value_type(expression: Expression) -> ValueType:
    """Returns the type of the expression's value."""
    match expression:
        case LocationPath() | FilterExpression() | Union():
            return "node-set"
        case Constant(value=str()):
            return "string"
        case Constant(value=bool()):
            return "boolean"
        case Constant() | Arithmetic():
            return "number"
        case FunctionCall(name=name):
            return FUNCTIONS[name].returns
    return "boolean"


def is_positional(predicate: Expression) -> bool:
    """Tells whether a predicate depends on the position in the list that it filters: `[2]`, `[position() < 3]`."""
    return value_type(predicate) == "number" or depends_on_position(predicate)


def depends_on_position(expression: Expression) -> bool:
    """Tells whether position() or last() of the context itself is asked for."""
    match expression:
        case FunctionCall(name="position" | "last"):
            return True
        case FunctionCall(arguments=parts) | And(parts=parts) | Or(parts=parts) | Union(parts=parts):
            return any(depends_on_position(part) for part in parts)
        case Not(operand=part) | FilterExpression(base=part):
            return depends_on_position(part)
        case Comparison(left=left, right=right) | Arithmetic(left=left, right=right):
            return depends_on_position(left) or depends_on_position(right)
        case LocationPath(base=base):
            return base is not None and depends_on_position(base)
    return False


def depends_on_size_only(expression: Expression) -> bool:
    """Tells whether a number is the same for every node of a list: made of constants and last()."""
    match expression:
        case Constant(value=value):
            return not isinstance(value, str | bool)
        case FunctionCall(name="last"):
            return True
        case Arithmetic(left=left, right=right):
            return depends_on_size_only(left) and depends_on_size_only(right)
    return False


def is_context_free(nodes: Expression) -> bool:
    """Tells whether a node-set is the same from every context node."""
    match nodes:
        case LocationPath(absolute=absolute, base=base):
            return absolute or (base is not None and is_context_free(base))
        case FilterExpression(base=base):
            return is_context_free(base)
        case Union(parts=parts):
            return all(is_context_free(part) for part in parts)
    return False


def selects_attributes(nodes: Expression) -> bool:
    """Tells whether a node-set holds attributes."""
    match nodes:
        case LocationPath(steps=[*_, Step(axis="attribute")]):
            return True
        case FilterExpression(base=base):
            return selects_attributes(base)
        case Union(parts=parts):
            return any(selects_attributes(part) for part in parts)
    return False


def constant_comparison(test: Expression) -> tuple[LocationPath, str, str | float] | None:
    """Returns path, operator and constant of a comparison that is made of these."""
    match test:
        case Comparison(sign, LocationPath() as path, Constant(value)) if not isinstance(value, bool):
            return path, sign, value
        case Comparison(sign, Constant(value), LocationPath() as path) if not isinstance(value, bool):
            return path, MIRRORED[sign], value
    return None


def position_range(predicate: Expression, size: int) -> tuple[int, int] | None:
    """Returns what a predicate leaves of a list of `size` as a half-open range from 0; None where nodes decide."""
    match predicate:
        case Comparison(operator=sign, left=FunctionCall(name="position"), right=right) if (
            sign != "!=" and depends_on_size_only(right)
        ):
            return _positions(sign, _number(right, size), size)
        case _ if depends_on_size_only(predicate):
            return _positions("=", _number(predicate, size), size)
    return None


def last_position(predicate: Expression) -> int | None:
    """Returns the last position that a predicate can leave, where that is the same for every list."""
    match predicate:
        case (
            Constant(value=float(position))
            | Comparison(
                operator="=" | "<" | "<=",
                left=FunctionCall(name="position"),
                right=Constant(value=float(position)),
            )
        ):
            return math.ceil(position) if 0 <= position < 1_000_000 else None
    return None


def _number(expression: Expression, size: int) -> float:
    match expression:
        case Constant(value=value):
            return to_number(value)
        case Arithmetic(operator=sign, left=left, right=right):
            return calculate(sign, _number(left, size), _number(right, size))
    return float(size)


def _positions(sign: str, position: float, size: int) -> tuple[int, int]:
    """Returns the p with 1 <= p <= size for which `p sign position` holds, as a half-open range from 0."""
    if math.isnan(position):
        return 0, 0
    position = min(max(position, -0.5), size + 1.5)
    match sign:
        case "=":
            return (int(position) - 1, int(position)) if position == int(position) else (0, 0)
        case "<":
            return 0, math.ceil(position) - 1
        case "<=":
            return 0, math.floor(position)
        case ">":
            return math.floor(position), size
    return math.ceil(position) - 1, size
