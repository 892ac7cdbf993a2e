"""What can be told of a selector without a page: that it selects nothing, all, no block, or what HTML does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.rules.lint.elements import EMPTY, KNOWN, NEVER_BLOCKS, TEXT_ONLY
from cleaner.selectors import Selector
from cleaner.selectors.expressions import (
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
)
from cleaner.selectors.tree import ELEMENT, NODE, TEXT

_DOWN = ("child", "descendant", "descendant-or-self")
_INTO = ("child", "descendant")
_BESIDE = ("following-sibling", "next-sibling", "preceding-sibling", "previous-sibling", "parent", "ancestor")
_WORD = re.compile(r"[A-Za-z][\w-]*")


def alternatives(selector: Selector) -> tuple[Expression, ...]:
    """The parts of a list of selectors, or of a union."""
    if selector.compounds is not None:  # classes and ids alone tell nothing
        tags = [compound.tag for compound in selector.compounds if compound.tag]
        return tuple(LocationPath((Step("descendant", tag),), absolute=True) for tag in tags)
    expression = selector.expression
    return expression.parts if isinstance(expression, Union) else (expression,)


def why_nothing(expression: Expression) -> str | None:
    """Why an expression selects nothing on any page; None where it may select something."""
    match expression:
        case Union(parts=parts):
            reasons = [why_nothing(part) for part in parts]
            return reasons[0] if all(reasons) else None
        case FilterExpression(base=base, predicates=predicates):
            return why_nothing(base) or _contradiction(NODE, predicates)
        case LocationPath(steps=steps, absolute=absolute, base=base):
            before = why_nothing(base) if base is not None else None
            return before or _why_no_path(steps, absolute=absolute)
    return None


def is_everything(expression: Expression) -> bool:
    """Whether all elements of a page are selected."""
    match expression:
        case LocationPath(steps=[Step("descendant", test, ())], absolute=True):
            return test in (ELEMENT, NODE, TEXT)
        case LocationPath(steps=[Step("descendant-or-self", test, ()), *_] as steps, absolute=True):
            return test in (ELEMENT, NODE) and len(steps) == 1
    return False


def only_without_blocks(expression: Expression) -> str | None:
    """The element, as "head", in which all that is selected stands, and in which nothing is ever a block."""
    match expression:
        case LocationPath(steps=steps):
            inside = None
            for step in steps:
                if step.node_test in NEVER_BLOCKS:
                    inside = step.node_test
                elif step.axis not in (*_DOWN, "self", "attribute"):
                    inside = None
            return inside
        case FilterExpression(base=base):
            return only_without_blocks(base)
    return None


def names_last(expression: Expression) -> str | None:
    """The name of the elements that are selected, where it has one."""
    match expression:
        case LocationPath(steps=[*_, Step(axis=axis, node_test=name, predicates=())]) if axis != "attribute":
            return name
    return None


def unknown_names(selector: Selector) -> list[str]:
    """The names of elements that HTML does not have, but for those with a hyphen, which anybody may make up."""
    if selector.compounds is not None:
        tags = dict.fromkeys(compound.tag for compound in selector.compounds if compound.tag)
        return [tag for tag in tags if tag not in KNOWN and "-" not in tag]
    found = dict.fromkeys(
        step.node_test
        for step in _steps(selector.expression)
        if step.axis != "attribute" and _WORD.fullmatch(step.node_test)
    )
    return [name for name in found if name not in KNOWN and "-" not in name]


def _steps(expression: Expression) -> Iterator[Step]:
    stack = [expression]
    while stack:
        match stack.pop():
            case LocationPath(steps=steps, base=base):
                yield from steps
                stack += [each for step in steps for each in step.predicates]
                stack += [base] if base is not None else []
            case FilterExpression(base=base, predicates=predicates):
                stack += [base, *predicates]
            case Union(parts=parts) | And(parts=parts) | Or(parts=parts) | FunctionCall(arguments=parts):
                stack += parts
            case Not(operand=part) | MemberOf(nodes=part):
                stack.append(part)
            case Comparison(left=left, right=right) | Arithmetic(left=left, right=right):
                stack += [left, right]


def _why_no_path(steps: tuple[Step, ...], *, absolute: bool) -> str | None:
    if absolute and steps[0].axis == "child" and steps[0].node_test not in ("html", ELEMENT, NODE):
        return f"a page begins with html, not with {_shown(steps[0].node_test)}; write //{_shown(steps[0].node_test)}"
    for before, step in zip((None, *steps), steps, strict=False):
        if before is not None:
            reason = _why_no_step(before, step)
            if reason:
                return reason
        reason = _contradiction(step.node_test, step.predicates) if step.axis != "attribute" else None
        if reason:
            return reason
    return None


def _why_no_step(before: Step, step: Step) -> str | None:
    above, name = before.node_test, step.node_test
    if step.axis in _INTO:
        if above in EMPTY or above == TEXT:
            return f"{_shown(above)} has nothing in it"
        if above in TEXT_ONLY and name not in (TEXT, NODE):
            return f"there is only text in {above}, no elements"
        if name == "html" and above not in (NODE, TEXT):
            return "html is in no other element"
        if name == "body" and above not in ("html", ELEMENT, NODE):
            return f"body is in html, not in {above}"
    if above == "html" and step.axis in _BESIDE:
        return "nothing stands beside html or around it"
    return None


def _contradiction(node_test: str, predicates: tuple[Expression, ...]) -> str | None:
    tests = [inner for each in predicates for inner in (each.parts if isinstance(each, And) else (each,))]
    for number, test in enumerate(tests):
        others = tests[:number] + tests[number + 1 :]
        if _truth(test, node_test, others) is False:
            return _blamed(test, node_test)
    return None


def _blamed(test: Expression, node_test: str) -> str:
    match test:
        case Not():
            return "it asks for what its :not() or not() excludes"
        case AttributeTest(name=name):
            return f"it asks for two values of {name!r}"
        case Nth() | Constant(value=float()) | Comparison():
            return "elements are counted from 1"
    return f"its conditions contradict each other at {_shown(node_test)}"


def _truth(test: Expression, node_test: str, given: list[Expression]) -> bool | None:
    """Whether a test holds of a node with this name of which the given tests hold; None where that is open."""
    if test in given:
        return True
    match test:
        case Constant(value=bool(value)):
            return value
        case (
            Constant(value=float(position))
            | Comparison(operator="=", left=FunctionCall(name="position"), right=Constant(value=float(position)))
        ):
            return False if position < 1 or position != int(position) else None
        case FunctionCall(name="false"):
            return False
        case FunctionCall(name="true"):
            return True
        case LocationPath(steps=(Step("self", name, ()),), absolute=False, base=None):
            return _passes(node_test, name)
        case Nth(a=a, b=b):
            return False if a <= 0 and b <= 0 else None
        case AttributeTest(name=name, operator="=", value=value, ignore_case=False):
            return False if any(_other_value(each, name, value) for each in given) else None
        case Not(operand=operand):
            return _negated(_truth(operand, node_test, given))
        case And(parts=parts):
            truths = [_truth(part, node_test, given) for part in parts]
            return False if False in truths else True if all(truths) else None
        case Or(parts=parts):
            truths = [_truth(part, node_test, given) for part in parts]
            return True if True in truths else None if None in truths else False
    return None


def _negated(truth: bool | None) -> bool | None:
    return None if truth is None else not truth


def _passes(node_test: str, name: str) -> bool | None:
    if node_test == name or name == NODE or (name == ELEMENT and node_test != NODE and node_test != TEXT):
        return True
    return False if _WORD.fullmatch(node_test) and _WORD.fullmatch(name) else None


def _other_value(test: Expression, name: str, value: str) -> bool:
    match test:
        case AttributeTest(name=other, operator="=", value=another, ignore_case=False):
            return other == name and another != value
    return False


def _shown(node_test: str) -> str:
    return {TEXT: "text()", NODE: "node()", ELEMENT: "*"}.get(node_test, node_test)
