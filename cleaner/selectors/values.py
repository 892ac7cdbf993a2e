"""Values: string values of nodes, XPath's conversions, comparisons and functions (XPath 1.0, sections 3.4, 4 and 5),
and CSS's tests of attribute values (Selectors 3, section 6.3)."""

from __future__ import annotations

import math
import operator
import re
from array import array
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from cleaner.selectors.limits import Budget
from cleaner.selectors.tree import Item, Tree, split_tokens

Value: TypeAlias = str | float | bool | list[str]
"""The value of an expression; a list holds the string values of a node-set."""
ValueType: TypeAlias = Literal["node-set", "string", "number", "boolean"]
AttributeOperator: TypeAlias = Literal["exists", "=", "~=", "|=", "^=", "$=", "*="]

_NUMBER = re.compile(r"-?(?:\d+(?:\.\d*)?|\.\d+)", re.ASCII)
_SPACE = " \t\r\n"
_SPACES = re.compile(r"[ \t\r\n]+")


@dataclass(frozen=True, slots=True)
class Function:
    """Declares what an XPath function takes and returns."""

    takes: tuple[ValueType, ...]
    returns: Literal["string", "number", "boolean"]
    apply: Callable[..., Any] | None = None
    """None for functions of the context or of nodes, which the evaluation answers."""
    minimum: int | None = None
    """Minimum number of arguments, where the rest may be left out."""
    defaults_to_self: bool = False
    """Whether the context node is the argument where none is given."""
    variadic: bool = False
    """Whether more arguments of the last type may follow."""

    @property
    def arity(self) -> str:
        """How many arguments it takes, for people."""
        least, most = self._counts
        return f"{least} or more" if self.variadic else f"{least}" if least == most else f"{least} to {most}"

    @property
    def _counts(self) -> tuple[int, int]:
        return len(self.takes) if self.minimum is None else self.minimum, len(self.takes)

    def accepts(self, count: int) -> bool:
        """Tells whether it takes `count` arguments."""
        least, most = self._counts
        return least <= count and (self.variadic or count <= most)

    def type_of_argument(self, place: int) -> ValueType:
        """Returns the type that the argument at a place, counted from 0, is converted to."""
        return self.takes[min(place, len(self.takes) - 1)]


class Strings:
    """Looks up the string values of a tree's nodes within a budget."""

    def __init__(self, tree: Tree, budget: Budget) -> None:
        self.tree = tree
        self.budget = budget
        self._occurrences: dict[str, Sequence[int]] = {}

    def value(self, item: Item) -> str:
        """Returns the string value of a node."""
        if isinstance(item, tuple):
            text = self.tree.attribute(item[1])[item[0]]
            self.budget.charge_text(len(text))
            return text
        start, stop = self.tree.span(item)
        self.budget.charge_text(stop - start)
        return self.tree.text[start:stop]

    def equals(self, item: Item, value: str) -> bool:
        """Tells whether a node's string value is this, without reading longer ones."""
        if isinstance(item, tuple):
            return self.value(item) == value
        start, stop = self.tree.span(item)
        return stop - start == len(value) and self.tree.text.startswith(value, start)

    def containing(self, part: str, nodes: Sequence[int]) -> Sequence[int]:
        """Returns the nodes whose string value contains `part`."""
        offsets, span = self._find_all(part), self.tree.span
        if not part:
            return list(nodes)
        found = []
        for node in nodes:
            start, stop = span(node)
            first = bisect_left(offsets, start)
            if first < len(offsets) and offsets[first] <= stop - len(part):
                found.append(node)
        return found

    def _find_all(self, part: str) -> Sequence[int]:
        """Returns the offsets of `part`, looked up once for the page: nested elements' string values add up."""
        if part not in self._occurrences:
            text = self.tree.text
            self.budget.charge_text(len(text))
            found = array("q")
            at = text.find(part) if part else -1
            while at >= 0:
                found.append(at)
                at = text.find(part, at + 1)
            self.budget.charge(len(found))
            self._occurrences[part] = found
        return self._occurrences[part]


def to_number(value: Value) -> float:
    """Converts as number() does: to NaN where there is no number."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, str):
        text = value.strip(_SPACE)
        return float(text) if _NUMBER.fullmatch(text) else math.nan
    return float(value)


def to_string(value: Value) -> str:
    """Converts as string() does: a whole number without a point."""
    if isinstance(value, list):
        return value[0] if value else ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return str(int(value)) if value == int(value) else repr(value)


def to_boolean(value: Value) -> bool:
    """Converts as boolean() does: an empty node-set, an empty string, 0 and NaN are false."""
    return not math.isnan(value) and value != 0 if isinstance(value, float) else bool(value)


def normalize_space(text: str) -> str:
    """Strips white space at both ends, and makes one space of each run of it inside."""
    return _SPACES.sub(" ", text.strip(_SPACE))


_ARITHMETIC: dict[str, Callable[[float, float], float]] = {"+": operator.add, "-": operator.sub, "*": operator.mul}


def calculate(sign: str, left: float, right: float) -> float:
    """Applies an operator of IEEE 754 arithmetic, which raises nothing."""
    if sign == "mod":
        return math.fmod(left, right) if right and not math.isinf(left) else math.nan
    if sign == "div":
        return _divide(left, right)
    result: float = _ARITHMETIC[sign](left, right)
    return result


def _divide(left: float, right: float) -> float:
    if right:
        return left / right
    if not left or math.isnan(left) or math.isnan(right):
        return math.nan
    return math.copysign(math.inf, left) * math.copysign(1.0, right)


_ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
MIRRORED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
"""By comparison: the one that holds with the sides exchanged."""


def compare(sign: str, left: Value, right: Value) -> bool:
    """Compares as section 3.4 says: a node-set passes where any of its nodes does."""
    if isinstance(left, bool) or isinstance(right, bool):
        return _ORDER[sign](float(to_boolean(left)), float(to_boolean(right)))
    if isinstance(left, list) and isinstance(right, list):
        return _compare_sets(sign, left, right)
    if isinstance(left, list):
        return any(_compare_one(sign, item, right) for item in left)
    if isinstance(right, list):
        return any(_compare_one(sign, left, item) for item in right)
    return _compare_one(sign, left, right)


def _compare_one(sign: str, left: Value, right: Value) -> bool:
    if sign in ("=", "!=") and isinstance(left, str) and isinstance(right, str):
        return _ORDER[sign](left, right)
    return _ORDER[sign](to_number(left), to_number(right))


def _compare_sets(sign: str, left: list[str], right: list[str]) -> bool:
    """Compares in time linear in both: a pair that differs or is in order shows in the sets' extremes."""
    if not left or not right:
        return False
    if sign == "=":
        return not set(left).isdisjoint(right)
    if sign == "!=":
        return len({*left, *right}) > 1
    numbers = [[n for n in map(to_number, side) if not math.isnan(n)] for side in (left, right)]
    if not all(numbers):
        return False
    lowest_first = sign in ("<", "<=")
    return _ORDER[sign](
        min(numbers[0]) if lowest_first else max(numbers[0]), max(numbers[1]) if lowest_first else min(numbers[1])
    )


def _round(value: float) -> float:
    return value if math.isnan(value) or math.isinf(value) else float(math.floor(value + 0.5))


def _floor(value: float) -> float:
    return value if math.isnan(value) or math.isinf(value) else float(math.floor(value))


def _ceiling(value: float) -> float:
    return value if math.isnan(value) or math.isinf(value) else float(math.ceil(value))


def _substring(text: str, start: float, length: float = math.inf) -> str:
    first = _round(start)
    stop = first + _round(length)
    if math.isnan(first) or math.isnan(stop):
        return ""
    return text[int(min(max(first, 1), len(text) + 1)) - 1 : int(min(max(stop, 1), len(text) + 1)) - 1]


def _substring_before(text: str, mark: str) -> str:
    return text.partition(mark)[0] if mark and mark in text else ""


def _substring_after(text: str, mark: str) -> str:
    return text.partition(mark)[2] if mark else text


def _translate(text: str, old: str, new: str) -> str:
    table: dict[int, int | None] = {}
    for place, char in enumerate(old):
        table.setdefault(ord(char), ord(new[place]) if place < len(new) else None)
    return text.translate(table)


FUNCTIONS: dict[str, Function] = {
    "boolean": Function(("boolean",), "boolean", to_boolean),
    "ceiling": Function(("number",), "number", _ceiling),
    "concat": Function(("string", "string"), "string", lambda *parts: "".join(parts), variadic=True),
    "contains": Function(("string", "string"), "boolean", lambda text, part: part in text),
    "count": Function(("node-set",), "number"),
    "ends-with": Function(("string", "string"), "boolean", str.endswith),
    "floor": Function(("number",), "number", _floor),
    "last": Function((), "number"),
    "local-name": Function(("node-set",), "string", defaults_to_self=True),
    "lower-case": Function(("string",), "string", str.lower),
    "name": Function(("node-set",), "string", defaults_to_self=True),
    "normalize-space": Function(("string",), "string", normalize_space, defaults_to_self=True),
    "number": Function(("number",), "number", lambda number: number, defaults_to_self=True),
    "position": Function((), "number"),
    "round": Function(("number",), "number", _round),
    "starts-with": Function(("string", "string"), "boolean", str.startswith),
    "string": Function(("string",), "string", lambda text: text, defaults_to_self=True),
    "string-length": Function(("string",), "number", lambda text: float(len(text)), defaults_to_self=True),
    "substring": Function(("string", "number", "number"), "string", _substring, minimum=2),
    "substring-after": Function(("string", "string"), "string", _substring_after),
    "substring-before": Function(("string", "string"), "string", _substring_before),
    "translate": Function(("string", "string", "string"), "string", _translate),
    "upper-case": Function(("string",), "string", str.upper),
}
"""The functions of XPath 1.0 and some of 2.0; the parser answers not(), true(), false() and id() itself."""


def attribute_check(sign: AttributeOperator, wanted: str, *, ignore_case: bool) -> Callable[[str], bool]:
    """Returns the test of an attribute's value, for elements that have the attribute."""
    passes = _ATTRIBUTE_OPERATORS[sign]
    if ignore_case:
        lowered = wanted.lower()
        return lambda value: passes(value.lower(), lowered)
    return lambda value: passes(value, wanted)


# An empty string is part of no value.
_ATTRIBUTE_OPERATORS: dict[AttributeOperator, Callable[[str, str], bool]] = {
    "exists": lambda value, wanted: True,
    "=": lambda value, wanted: value == wanted,
    "~=": lambda value, wanted: wanted in split_tokens(value),
    "|=": lambda value, wanted: value == wanted or value.startswith(wanted + "-"),
    "^=": lambda value, wanted: bool(wanted) and value.startswith(wanted),
    "$=": lambda value, wanted: bool(wanted) and value.endswith(wanted),
    "*=": lambda value, wanted: bool(wanted) and wanted in value,
}
