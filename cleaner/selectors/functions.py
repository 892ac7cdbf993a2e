"""XPath's functions on values, its conversions and its comparisons (XPath 1.0, sections 3.4 and 4)."""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

Value: TypeAlias = str | float | bool | list[str]
"""A list holds the string values of a node-set."""

_NUMBER = re.compile(r"-?(?:\d+(?:\.\d*)?|\.\d+)", re.ASCII)
_SPACE = " \t\r\n"
_SPACES = re.compile(r"[ \t\r\n]+")


@dataclass(frozen=True, slots=True)
class Function:
    """What a function takes and gives."""

    takes: tuple[Literal["string", "number", "boolean", "nodes"], ...]
    returns: Literal["string", "number", "boolean"]
    apply: Callable[..., Any] | None = None
    """None for those that ask for the context or for nodes; the evaluator answers them."""
    least: int | None = None
    """Arguments that must be given, where the rest may be left out."""
    of_self: bool = False
    """Whether a missing only argument means the context node."""
    endless: bool = False
    """Whether the last kind of argument may be repeated."""


def to_number(value: Value) -> float:
    """As number() does: NaN where there is no number."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, str):
        text = value.strip(_SPACE)
        return float(text) if _NUMBER.fullmatch(text) else math.nan
    return float(value)


def to_string(value: Value) -> str:
    """As string() does: a whole number without a point."""
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
    """As boolean() does: an empty set, an empty string, 0 and NaN are false."""
    return not math.isnan(value) and value != 0 if isinstance(value, float) else bool(value)


def collapse(text: str) -> str:
    """As normalize-space() does."""
    return _SPACES.sub(" ", text.strip(_SPACE))


def calculate(sign: str, left: float, right: float) -> float:
    """IEEE 754 arithmetic, which raises nothing."""
    if sign == "mod":
        return math.fmod(left, right) if right and not math.isinf(left) else math.nan
    if sign == "div":
        return _divide(left, right)
    given: float = {"+": operator.add, "-": operator.sub, "*": operator.mul}[sign](left, right)
    return given


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


def compare(sign: str, left: Value, right: Value) -> bool:
    """Comparison as section 3.4 has it: of a set, whether any node passes."""
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
    """In time linear in both: a pair that differs or is in order shows in the sets' extremes."""
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
    "concat": Function(("string", "string"), "string", lambda *parts: "".join(parts), endless=True),
    "contains": Function(("string", "string"), "boolean", lambda text, part: part in text),
    "count": Function(("nodes",), "number"),
    "ends-with": Function(("string", "string"), "boolean", str.endswith),
    "floor": Function(("number",), "number", _floor),
    "last": Function((), "number"),
    "local-name": Function(("nodes",), "string", of_self=True),
    "lower-case": Function(("string",), "string", str.lower),
    "name": Function(("nodes",), "string", of_self=True),
    "normalize-space": Function(("string",), "string", collapse, of_self=True),
    "number": Function(("number",), "number", lambda number: number, of_self=True),
    "position": Function((), "number"),
    "round": Function(("number",), "number", _round),
    "starts-with": Function(("string", "string"), "boolean", str.startswith),
    "string": Function(("string",), "string", lambda text: text, of_self=True),
    "string-length": Function(("string",), "number", lambda text: float(len(text)), of_self=True),
    "substring": Function(("string", "number", "number"), "string", _substring, least=2),
    "substring-after": Function(("string", "string"), "string", _substring_after),
    "substring-before": Function(("string", "string"), "string", _substring_before),
    "translate": Function(("string", "string", "string"), "string", _translate),
    "upper-case": Function(("string",), "string", str.upper),
}
"""not(), true(), false() and id() are answered by the parser: they are expressions of their own."""
