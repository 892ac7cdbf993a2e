"""Function calls of XPath: which there are, what they take, and what to write instead of others."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from cleaner.selectors.errors import SelectorError
from cleaner.selectors.expressions import SELF, AttributeTest, Constant, Expression, Not, Path, Step, any_of, kind
from cleaner.selectors.functions import FUNCTIONS, Function
from cleaner.selectors.rewriting import rewritten
from cleaner.selectors.tokens import Token
from cleaner.selectors.tree import ELEMENT

_SPECIAL = {"not": 1, "true": 0, "false": 0, "id": 1}
"""Functions that are expressions of their own, and how many arguments they take."""
HINTS = {
    "comment": "comment() is not supported: comments are no part of the page's text",
    "exists": "exists() is not XPath 1.0; write the path alone",
    "lang": "lang() is not supported; write ancestor-or-self::*[@lang='en']",
    "matches": "matches() is not XPath 1.0; write contains() or starts-with()",
    "processing-instruction": "processing-instruction() is not supported: it is no part of the page's text",
    "replace": "replace() is not XPath 1.0; write translate(), substring-before() or substring-after()",
    "sum": "sum() is not supported",
}
"""What to write instead of functions and node types that are not there."""


def call(token: Token, arguments: tuple[Expression, ...]) -> Expression:
    """The call of the function that the token names. Raises SelectorError, with its place."""
    name = token.text.lower()
    if name in _SPECIAL:
        return _special(token, name, arguments)
    if name not in FUNCTIONS:
        known = (*FUNCTIONS, *_SPECIAL)
        raise _error(token, HINTS.get(name, f"unknown function {token}{suggestion(name, known)}"))
    function = FUNCTIONS[name]
    if function.of_self and not arguments:
        arguments = (SELF,)
    _check_count(token, function, len(arguments))
    if "nodes" in function.takes and kind(arguments[0]) != "nodes":
        raise _error(token, f"{name}() takes a path, not a {kind(arguments[0])}")
    return rewritten(name, arguments)


def suggestion(name: str, known: Iterable[str]) -> str:
    """What else may have been meant, as the end of a message."""
    close = difflib.get_close_matches(name, sorted(known), 1)
    return f"; did you mean {close[0]!r}?" if close else ""


def _error(token: Token, message: str) -> SelectorError:
    return SelectorError(message, token.position)


def _check_count(token: Token, function: Function, given: int) -> None:
    most = len(function.takes)
    least = most if function.least is None else function.least
    if given < least or (given > most and not function.endless):
        wanted = f"{least} or more" if function.endless else f"{least}" if least == most else f"{least} to {most}"
        raise _error(token, f"{token.text}() takes {wanted} arguments, not {given}")


def _special(token: Token, name: str, arguments: tuple[Expression, ...]) -> Expression:
    if len(arguments) != _SPECIAL[name]:
        raise _error(token, f"{name}() takes {_SPECIAL[name]} arguments, not {len(arguments)}")
    if name == "not":
        return Not(arguments[0])
    if name == "id":
        return _by_id(token, arguments[0])
    return Constant(name == "true")


def _by_id(token: Token, argument: Expression) -> Expression:
    match argument:
        case Constant(str(ids)) if ids.split():
            tests: tuple[Expression, ...] = tuple(AttributeTest("id", "=", each) for each in ids.split())
            return Path((Step("descendant", ELEMENT, (any_of(tests),)),), absolute=True)
    raise _error(token, "id() takes an id in quotes")
