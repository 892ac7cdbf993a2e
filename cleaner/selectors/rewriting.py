"""Turns what is often written in XPath into the plainer expression that it means."""

from __future__ import annotations

from cleaner.selectors.expressions import (
    AttributeTest,
    Call,
    Compare,
    Constant,
    Expression,
    Path,
    Step,
)
from cleaner.selectors.functions import MIRRORED
from cleaner.selectors.tree import NODE

ANYWHERE = Step("descendant-or-self", NODE)
"""What `//` stands for."""
_HERE = Step("self", NODE)


def shorten(steps: list[Step]) -> tuple[Step, ...]:
    """The same steps in fewer: `//p` as one step, without `.` where another step follows or precedes.

    A step with a place, as in `//p[1]`, counts inside each parent and stays as it is.
    """
    found: list[Step] = []
    for step in steps:
        if found and found[-1] == ANYWHERE and step.axis in ("child", "descendant") and not step.positional:
            found[-1] = Step("descendant", step.test, step.predicates)
        elif step != _HERE:
            found.append(step)
    return tuple(found) or (_HERE,)


def comparison(sign: str, left: Expression, right: Expression) -> Expression:
    """A comparison, with position() on the left, and `@name = 'value'` as a test of the attribute."""
    if right == Call("position", ()) and left != right:
        sign, left, right = MIRRORED[sign], right, left
    match sign, left, right:
        case ("=", attribute, Constant(value=str(value))) | ("=", Constant(value=str(value)), attribute):
            name = _attribute(attribute)
            if name:
                return AttributeTest(name, "=", value)
    return Compare(sign, left, right)


def rewritten(name: str, arguments: tuple[Expression, ...]) -> Expression:
    """A function call, with the idioms for classes and for parts of attributes as tests of the attribute."""
    match name, arguments:
        case "contains", (subject, Constant(value=str(part))) if part:
            return _containing(subject, part) or Call(name, arguments)
        case "starts-with", (subject, Constant(value=str(part))) if part and (attribute := _attribute(subject)):
            return AttributeTest(attribute, "^=", part)
        case "ends-with", (subject, Constant(value=str(part))) if part and (attribute := _attribute(subject)):
            return AttributeTest(attribute, "$=", part)
    return Call(name, arguments)


def _containing(subject: Expression, part: str) -> Expression | None:
    attribute = _attribute(subject)
    if attribute:
        return AttributeTest(attribute, "*=", part)
    match subject:
        case Call(
            "concat",
            (
                Constant(value=" "),
                Call("normalize-space", (Path(steps=(Step("attribute", name),)) as path,)),
                Constant(value=" "),
            ),
        ) if _attribute(path) and part == f" {part.strip()} " and len(part.split()) == 1:
            return AttributeTest(name, "~=", part.strip())
    return None


def _attribute(expression: Expression) -> str | None:
    """The name, where the expression is an attribute of the context node."""
    match expression:
        case Path(steps=(Step("attribute", name),), absolute=False, base=None) if name != "*":
            return name
    return None
