"""Predicates that only count: which places of a list they leave, told without looking at its nodes."""

from __future__ import annotations

import math

from cleaner.selectors.expressions import Arithmetic, Call, Compare, Constant, Expression, is_size_only
from cleaner.selectors.functions import calculate, to_number


def bounds(predicate: Expression, size: int) -> tuple[int, int] | None:
    """The places left of a list of `size` as a half-open range from 0; None where that depends on the nodes."""
    match predicate:
        case Compare(operator=sign, left=Call(name="position"), right=right) if sign != "!=" and is_size_only(right):
            return _range(sign, _number(right, size), size)
        case _ if is_size_only(predicate):
            return _range("=", _number(predicate, size), size)
    return None


def enough(predicate: Expression) -> int | None:
    """How many places from the first are all that a predicate can leave, where that is the same for every list."""
    match predicate:
        case (
            Constant(value=float(place))
            | Compare(operator="=" | "<" | "<=", left=Call(name="position"), right=Constant(value=float(place)))
        ):
            return math.ceil(place) if 0 <= place < 1_000_000 else None
    return None


def _number(expression: Expression, size: int) -> float:
    match expression:
        case Constant(value=value):
            return to_number(value)
        case Arithmetic(operator=sign, left=left, right=right):
            return calculate(sign, _number(left, size), _number(right, size))
    return float(size)


def _range(sign: str, place: float, size: int) -> tuple[int, int]:
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
