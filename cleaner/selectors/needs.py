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
_MOST = 4
"""Needs of one path that are looked up."""


@dataclass(frozen=True, slots=True)
class Need:
    """An attribute that an element of the page must have, with this value, token of a value or part of a value."""

    name: str
    how: _How
    text: str


Needs = tuple[tuple[Need, ...], ...]
"""Sets of needs; a page must have all of one of them. Where there is no set, nothing is needed."""


def needs_of(expression: Expression) -> Needs:
    """What a page must have where the expression selects anything."""
    match expression:
        case Union(parts=parts):
            each = [needs_of(part) for part in parts]
            return tuple(needs for sets in each for needs in sets) if all(each) else ()
        case FilterExpression(base=base):
            return needs_of(base)
        case LocationPath(steps=steps, base=base):
            own = [need for step in steps for predicate in step.predicates for need in _of_test(predicate)]
            if own:
                return (tuple(own[:_MOST]),)
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
    return needs[0] if len(needs) == 1 else ()


class PageHoldings:
    """Which of many needs a page has; what it needs of the page's attributes is read once."""

    def __init__(self, elements: Elements) -> None:
        self._elements = elements
        self._values: dict[str, frozenset[str]] = {}
        self._tokens: dict[str, frozenset[str]] = {}
        self._joined: dict[str, str] = {}

    def has(self, needs: Needs) -> bool:
        """Whether the page has all that is needed."""
        return not needs or any(all(map(self._has, each)) for each in needs)

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
