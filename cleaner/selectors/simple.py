"""The selectors that one element answers for itself, without its place on the page."""

from __future__ import annotations

from dataclasses import dataclass

from cleaner.selectors.expressions import AttributeTest, Expression, Path, Step, Union
from cleaner.selectors.tree import ELEMENT, NODE, TEXT


@dataclass(frozen=True, slots=True)
class Simple:
    """A compound of tag, id and classes: what one element answers for itself. None and the empty set ask nothing."""

    tag: str | None
    id: str | None
    classes: frozenset[str]

    def matches(self, tag: str, id: str | None, class_tokens: frozenset[str]) -> bool:
        """Whether an element passes that has this tag (in lower case), id and class tokens."""
        return (
            (self.tag is None or self.tag == tag)
            and (self.id is None or self.id == id)
            and self.classes <= class_tokens
        )


def simple_parts(expression: Expression) -> tuple[Simple, ...] | None:
    """The expression as a union of compounds; None where it is more than that, or asks nothing (`*`)."""
    parts = expression.parts if isinstance(expression, Union) else (expression,)
    found = [_simple(part) for part in parts]
    given = tuple(part for part in found if part is not None)
    return given if len(given) == len(found) else None


def _simple(expression: Expression) -> Simple | None:
    match expression:
        case Path(absolute=True, steps=(Step(axis="descendant", test=test, predicates=predicates),)):
            if test in (TEXT, NODE):
                return None
            return _compound(None if test == ELEMENT else test, predicates)
    return None


def _compound(tag: str | None, predicates: tuple[Expression, ...]) -> Simple | None:
    ids: set[str] = set()
    classes: set[str] = set()
    for predicate in predicates:
        match predicate:
            case AttributeTest(name="id", operator="=", value=value, ignore_case=False) if value:
                ids.add(value)
            case AttributeTest(name="class", operator="~=", value=value, ignore_case=False):
                classes.add(value)
            case _:
                return None
    if len(ids) > 1 or not (tag or ids or classes):
        return None
    return Simple(tag, ids.pop() if ids else None, frozenset(classes))
