"""What a page must have for a selector to select anything on it, so that most of many selectors need no evaluation.

A need is an attribute with a value, or with a part of one. Whether a page has it is a look-up, where an evaluation goes
over its elements. A page that has what is needed may still have nothing that the selector selects.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from cleaner.selectors.expressions import (
    And,
    AttributeTest,
    Expression,
    FilterExpression,
    LocationPath,
    MemberOf,
    Union,
)
from cleaner.selectors.tree import Elements

_How = Literal["value", "token", "part", "name"]
_HOW: dict[str, _How] = {"=": "value", "~=": "token", "^=": "part", "$=": "part", "*=": "part", "exists": "name"}
_RANK: dict[_How, int] = {"value": 3, "token": 3, "part": 2, "name": 1}
"""What is rarer on pages, and found faster, has the higher rank."""


@dataclass(frozen=True, slots=True)
class Need:
    """An attribute that an element of the page must have, with this value, token of a value or part of a value."""

    name: str
    how: _How
    text: str


def needs_of(expression: Expression) -> tuple[Need, ...]:
    """Needs of which a page must have one, where the expression selects anything; empty where it may without."""
    match expression:
        case Union(parts=parts):
            each = [needs_of(part) for part in parts]
            return tuple(need for needs in each for need in needs) if all(each) else ()
        case FilterExpression(base=base):
            return needs_of(base)
        case LocationPath(steps=steps, base=base):
            own = [need for step in steps for predicate in step.predicates for need in _of_test(predicate)]
            if own:
                return (max(own, key=lambda need: (_RANK[need.how], len(need.text))),)
            return needs_of(base) if base is not None else ()
    return ()


def _of_test(test: Expression) -> Iterator[Need]:
    """What elements have that pass a test, all of it."""
    match test:
        case And(parts=parts):
            for part in parts:
                yield from _of_test(part)
        case AttributeTest(name=name, operator=operator, value=value, ignore_case=False) if operator in _HOW:
            yield Need(name, _HOW[operator], value)
        case MemberOf(nodes=nodes):
            yield from _single(nodes)
        case LocationPath():
            yield from _single(test)


def _single(nodes: Expression) -> tuple[Need, ...]:
    needs = needs_of(nodes)
    return needs if len(needs) == 1 else ()


class PageHoldings:
    """Which of many needs a page has; what it needs of the page's attributes is read once."""

    def __init__(self, elements: Elements) -> None:
        self._elements = elements
        self._values: dict[str, frozenset[str]] = {}
        self._tokens: dict[str, frozenset[str]] = {}
        self._joined: dict[str, str] = {}

    def has_any(self, needs: tuple[Need, ...]) -> bool:
        """Whether the page has one of the needs, or there is none."""
        return not needs or any(map(self._has, needs))

    def _has(self, need: Need) -> bool:
        name = need.name
        if name not in self._values:
            self._read(name)
        match need.how:
            case "value":
                return need.text in self._values[name]
            case "token" if need.text.isascii() and need.text.isprintable():
                return need.text in self._tokens[name]
            case "name":
                return bool(self._values[name])
        return need.text in self._joined[name]

    def _read(self, name: str) -> None:
        values = frozenset(self._elements.attribute(name).values())
        joined = "\n".join(values)
        self._values[name], self._tokens[name], self._joined[name] = values, frozenset(joined.split()), joined
