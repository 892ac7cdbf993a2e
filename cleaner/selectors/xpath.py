"""XPath: parses a subset of XPath 1.0 to expressions by recursive descent.

Left out: variables, namespaces, comment() and processing-instruction(), predicates on attributes, and steps after them.
Added: names in any case, ends-with(), lower-case(), upper-case().
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NoReturn

from cleaner.selectors.axes import INVERSE
from cleaner.selectors.expressions import (
    ANYWHERE_STEP,
    SELF,
    SELF_STEP,
    And,
    Arithmetic,
    AttributeTest,
    Comparison,
    Constant,
    Expression,
    FilterExpression,
    LocationPath,
    Not,
    Step,
    comparison,
    conjunction,
    depends_on_size_only,
    disjunction,
    function_call,
    is_positional,
    location_steps,
    selects_attributes,
    union,
    value_type,
)
from cleaner.selectors.limits import MAX_NESTING, SelectorError, check_length
from cleaner.selectors.tree import ELEMENT, NODE, TEXT
from cleaner.selectors.values import FUNCTIONS

_TOKEN = re.compile(
    r"""[ \t\r\n]*(?:
      (?P<literal>"[^"]*"|'[^']*')
    | (?P<number>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)
    | (?P<name>[^\W\d][\w.\-]*(?::(?!:)[^\W\d][\w.\-]*)?)
    | (?P<sign>::|//|\.\.|!=|<=|>=|[][()@,/|.=<>+*-])
    | (?P<end>$)
    )""",
    re.VERBOSE,
)
_PRECEDENCES = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"), ("|",))
_PRECEDENCE = {sign: level for level, signs in enumerate(_PRECEDENCES, start=1) for sign in signs}
_AXES = frozenset(INVERSE) - {"next-sibling", "previous-sibling"} | {"attribute"}
_NODE_TYPES = {"text": TEXT, "node": NODE}
_PARSED_FUNCTIONS = {"not": 1, "true": 0, "false": 0, "id": 1}
"""Functions that become other expressions, and how many arguments they take."""

_NOTHING_FOLLOWS = "nothing can follow an attribute; write the condition [@name] on its element"
_CHARACTER_HINTS = {
    "$": "variables are not supported; write the value",
    **dict.fromkeys("‘’“”", "a typographic quote; write ' or \""),
    **dict.fromkeys("'\"", "the quote is not closed"),
    "!": "'!' alone; write != or not(...)",
    "&": "'&'; write 'and'",
}
"""By character that begins no token: what is wrong."""
_FUNCTION_HINTS = {
    "comment": "comment() is not supported: comments are no part of the page's text",
    "exists": "exists() is not XPath 1.0; write the path alone",
    "lang": "lang() is not supported; write ancestor-or-self::*[@lang='en']",
    "matches": "matches() is not XPath 1.0; write contains() or starts-with()",
    "processing-instruction": "processing-instruction() is not supported: it is no part of the page's text",
    "replace": "replace() is not XPath 1.0; write translate(), substring-before() or substring-after()",
    "sum": "sum() is not supported",
}
"""By function or node type that is not there: what to write instead."""


def parse(source: str) -> tuple[Expression, bool]:
    """Parses an expression; the flag tells whether it asks for text nodes. Raises SelectorError, with its place."""
    check_length(source)
    parser = _Parser(source)
    expression = parser.expression()
    if parser.tokens.current.kind != "end":
        parser.tokens.fail(f"unexpected {parser.tokens.current}")
    return expression, parser.uses_text_nodes


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    """literal, number, name, sign or end."""
    text: str
    position: int

    def __str__(self) -> str:
        return f"{self.text!r}" if self.text else "the end"


def _tokenize(source: str) -> list[_Token]:
    """Splits an expression into tokens, the last of kind "end". Raises SelectorError at a character of none."""
    found: list[_Token] = []
    position = 0
    while not found or found[-1].kind != "end":
        match = _TOKEN.match(source, position)
        if match is None:
            start = position + len(source[position:]) - len(source[position:].lstrip(" \t\r\n"))
            raise SelectorError(_CHARACTER_HINTS.get(source[start], f"unexpected {source[start]!r}"), start)
        kind = match.lastgroup or ""
        found.append(_Token(kind, match[kind], match.start(kind)))
        position = match.end()
    return found


class _Tokens:
    """Moves through the tokens of an expression."""

    def __init__(self, source: str) -> None:
        self._tokens = _tokenize(source)
        self._index = 0

    @property
    def current(self) -> _Token:
        return self._tokens[self._index]

    @property
    def lookahead(self) -> _Token:
        """The token after the current one."""
        return self._tokens[min(self._index + 1, len(self._tokens) - 1)]

    def advance(self) -> _Token:
        """Returns the current token and passes over it."""
        token = self.current
        self._index = min(self._index + 1, len(self._tokens) - 1)
        return token

    def is_at(self, *signs: str) -> bool:
        return self.current.kind == "sign" and self.current.text in signs

    def accept(self, sign: str) -> bool:
        """Passes over a sign where it is the current token."""
        found = self.is_at(sign)
        if found:
            self.advance()
        return found

    def expect(self, sign: str) -> None:
        if not self.accept(sign):
            self.fail(f"expected {sign!r}, found {self.current}")

    def fail(self, message: str, token: _Token | None = None) -> NoReturn:
        raise _error(token or self.current, message)


class _Parser:
    """Parses one expression; a method that is named after a part of the grammar parses such a part."""

    def __init__(self, source: str) -> None:
        self.tokens = _Tokens(source)
        self.uses_text_nodes = False
        self.nesting = 0

    def expression(self) -> Expression:
        self.deepen()
        found = self.binary(1)
        self.nesting -= 1
        return found

    def deepen(self) -> None:
        self.nesting += 1
        if self.nesting > MAX_NESTING:
            self.tokens.fail(f"nested more than {MAX_NESTING} levels deep")

    def binary(self, minimum: int) -> Expression:
        """Parses operands joined by operators of this precedence or a higher one."""
        left = self.unary()
        while (precedence := self.precedence()) >= minimum:
            sign = self.tokens.advance()
            right = self.binary(precedence + 1)
            if isinstance(left, Arithmetic | Comparison):
                # A chain is as deep as it is long, wherever it stands: this level is not given back.
                self.deepen()
            left = self.join(sign, left, right)
        return left

    def precedence(self) -> int:
        return _PRECEDENCE.get(self.tokens.current.text, 0) if self.tokens.current.kind in ("sign", "name") else 0

    def join(self, sign: _Token, left: Expression, right: Expression) -> Expression:
        match sign.text:
            case "or":
                return disjunction((left, right))
            case "and":
                return conjunction((left, right))
            case "|":
                if value_type(left) != "node-set" or value_type(right) != "node-set":
                    self.tokens.fail("'|' joins paths; write 'or' between conditions", sign)
                return union((left, right))
            case "+" | "-" | "*" | "div" | "mod":
                return Arithmetic(sign.text, left, right)
        return comparison(sign.text, left, right)

    def unary(self) -> Expression:
        negative = False
        minus = self.tokens.is_at("-")
        while self.tokens.accept("-"):
            negative = not negative
        operand = self.path()
        if not minus:
            return operand
        return Arithmetic("*", Constant(-1.0 if negative else 1.0), operand)

    # Location paths.

    def path(self) -> Expression:
        if self.tokens.is_at("/", "//"):
            return self.absolute_path()
        if not self.is_at_primary():
            return LocationPath(self.steps([]))
        base = self.filter_expression()
        if not self.tokens.is_at("/", "//"):
            return base
        if value_type(base) != "node-set":
            self.tokens.fail(f"a step can follow a path only, not a {value_type(base)}")
        if selects_attributes(base):
            self.tokens.fail(_NOTHING_FOLLOWS)
        return LocationPath(self.steps(self.separator()), base=base)

    def absolute_path(self) -> Expression:
        steps = self.separator()
        if steps or self.tokens.current.kind == "name" or self.tokens.is_at(".", "..", "@", "*"):
            return LocationPath(self.steps(steps), absolute=True)
        return LocationPath((SELF_STEP,), absolute=True)

    def separator(self) -> list[Step]:
        return [ANYWHERE_STEP] if self.tokens.advance().text == "//" else []

    def is_at_primary(self) -> bool:
        if self.tokens.current.kind == "name":
            is_call = self.tokens.lookahead.kind == "sign" and self.tokens.lookahead.text == "("
            return is_call and self.tokens.current.text.lower() not in _NODE_TYPES
        return self.tokens.current.kind in ("literal", "number") or self.tokens.is_at("(")

    def steps(self, steps: list[Step]) -> tuple[Step, ...]:
        while True:
            steps.append(self.step())
            if not self.tokens.is_at("/", "//"):
                break
            if steps[-1].axis == "attribute":
                self.tokens.fail(_NOTHING_FOLLOWS)
            steps += self.separator()
        found = location_steps(steps)
        self.uses_text_nodes |= any(map(_starts_at_texts, found, (*found[1:], ANYWHERE_STEP)))
        return found

    def step(self) -> Step:
        for sign, axis in (("..", "parent"), (".", "self")):
            if self.tokens.accept(sign):
                if self.tokens.is_at("["):
                    self.tokens.fail(f"no condition can follow {sign!r}; write {axis}::node()[...] or {axis}::*[...]")
                return Step(axis, NODE)
        axis = self.axis()
        node_test = self.node_test(axis)
        if axis == "attribute" and self.tokens.is_at("["):
            self.tokens.fail("no condition can follow an attribute; put it on the element: [contains(@class, 'x')]")
        return Step(axis, node_test, self.predicates())

    def axis(self) -> str:
        if self.tokens.accept("@"):
            return "attribute"
        token = self.tokens.current
        if token.kind != "name" or self.tokens.lookahead.text != "::" or self.tokens.lookahead.kind != "sign":
            return "child"
        name = token.text.lower()
        if name not in _AXES:
            self.tokens.fail(f"unknown axis {token}{_suggestion(name, _AXES)}")
        self.tokens.advance()
        self.tokens.advance()
        return name

    def node_test(self, axis: str) -> str:
        token = self.tokens.current
        if self.tokens.accept("*"):
            return ELEMENT
        if token.kind != "name":
            self.tokens.fail(f"expected a name, found {token}")
        self.tokens.advance()
        name = token.text.lower()
        if not self.tokens.accept("("):
            return name
        if name not in _NODE_TYPES:
            self.tokens.fail(_FUNCTION_HINTS.get(name, f"the function {name}() cannot be a step"), token)
        self.tokens.expect(")")
        if axis == "attribute":
            self.tokens.fail("attributes have names; write @* for any", token)
        self.uses_text_nodes |= name == "text" or axis not in ("self", "parent", "ancestor", "ancestor-or-self")
        return _NODE_TYPES[name]

    def predicates(self) -> tuple[Expression, ...]:
        """Parses conditions in brackets; a conjunction without a positional part becomes several predicates."""
        found: list[Expression] = []
        while self.tokens.accept("["):
            condition = self.expression()
            self.tokens.expect("]")
            if isinstance(condition, And) and not any(map(is_positional, condition.parts)):
                found += condition.parts
            else:
                found.append(condition)
        return tuple(found)

    # Primary expressions.

    def filter_expression(self) -> Expression:
        base = self.primary()
        if not self.tokens.is_at("["):
            return base
        if value_type(base) != "node-set":
            self.tokens.fail(f"a condition can follow a path only, not a {value_type(base)}")
        start = self.tokens.current
        predicates = self.predicates()
        if selects_attributes(base) and not all(map(_only_counts, predicates)):
            self.tokens.fail("no condition but a place can follow an attribute; put it on the element", start)
        return FilterExpression(base, predicates)

    def primary(self) -> Expression:
        token = self.tokens.advance()
        if token.kind == "literal":
            return Constant(token.text[1:-1])
        if token.kind == "number":
            return Constant(float(token.text))
        if token.kind == "name":
            return _call(token, self.arguments())
        inner = self.expression()
        self.tokens.expect(")")
        return inner

    def arguments(self) -> tuple[Expression, ...]:
        self.tokens.expect("(")
        found: list[Expression] = []
        if not self.tokens.is_at(")"):
            found.append(self.expression())
            while self.tokens.accept(","):
                found.append(self.expression())
        self.tokens.expect(")")
        return tuple(found)


def _call(token: _Token, arguments: tuple[Expression, ...]) -> Expression:
    """Returns the call of the function that the token names. Raises SelectorError, with its place."""
    name = token.text.lower()
    if name in _PARSED_FUNCTIONS:
        return _parsed_function(token, name, arguments)
    if name not in FUNCTIONS:
        known = (*FUNCTIONS, *_PARSED_FUNCTIONS)
        raise _error(token, _FUNCTION_HINTS.get(name, f"unknown function {token}{_suggestion(name, known)}"))
    function = FUNCTIONS[name]
    if function.defaults_to_self and not arguments:
        arguments = (SELF,)
    if not function.accepts(len(arguments)):
        raise _error(token, f"{token.text}() takes {function.arity} arguments, not {len(arguments)}")
    if "node-set" in function.takes and value_type(arguments[0]) != "node-set":
        raise _error(token, f"{name}() takes a path, not a {value_type(arguments[0])}")
    return function_call(name, arguments)


def _parsed_function(token: _Token, name: str, arguments: tuple[Expression, ...]) -> Expression:
    if len(arguments) != _PARSED_FUNCTIONS[name]:
        raise _error(token, f"{name}() takes {_PARSED_FUNCTIONS[name]} arguments, not {len(arguments)}")
    match name, arguments:
        case "not", (operand,):
            return Not(operand)
        case "id", (Constant(str(ids)),) if ids.split():
            tests: tuple[Expression, ...] = tuple(AttributeTest("id", "=", each) for each in ids.split())
            return LocationPath((Step("descendant", ELEMENT, (disjunction(tests),)),), absolute=True)
        case "id", _:
            raise _error(token, "id() takes an id in quotes")
    return Constant(name == "true")


def _error(token: _Token, message: str) -> SelectorError:
    return SelectorError(message, token.position)


def _suggestion(name: str, known: Iterable[str]) -> str:
    """Returns what else may have been meant, as the end of a message."""
    import difflib

    close = difflib.get_close_matches(name, sorted(known), 1)
    return f"; did you mean {close[0]!r}?" if close else ""


def _starts_at_texts(step: Step, following: Step) -> bool:
    """Tells whether it matters that `//` reaches texts too: they have no children, but parents and siblings."""
    return step == ANYWHERE_STEP and following.axis not in ("child", "descendant", "attribute")


def _only_counts(predicate: Expression) -> bool:
    match predicate:
        case Comparison(left=left, right=right) if is_positional(left) and depends_on_size_only(right):
            return True
    return depends_on_size_only(predicate)
