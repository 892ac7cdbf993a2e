"""Parses a subset of XPath 1.0 by recursive descent.

Left out: variables, namespaces, comment() and processing-instruction(), predicates on attributes,
and steps behind them.
Added: names in any case, ends-with(), lower-case(), upper-case(). Limits: 2000 characters, 30 levels.
"""

from __future__ import annotations

from cleaner.selectors.axes import INVERSE
from cleaner.selectors.calls import HINTS, call, suggestion
from cleaner.selectors.expressions import (
    All,
    Arithmetic,
    Compare,
    Constant,
    Expression,
    Filtered,
    Path,
    Step,
    all_of,
    any_of,
    is_positional,
    is_size_only,
    kind,
    union,
    yields_attributes,
)
from cleaner.selectors.limits import MAX_NESTING, check_length
from cleaner.selectors.rewriting import ANYWHERE, comparison, shorten
from cleaner.selectors.tokens import Token, Tokens
from cleaner.selectors.tree import ELEMENT, NODE, TEXT

_PRECEDENCE = {
    "or": 1,
    "and": 2,
    "=": 3,
    "!=": 3,
    "<": 4,
    "<=": 4,
    ">": 4,
    ">=": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "div": 6,
    "mod": 6,
    "|": 7,
}
_AXES = frozenset(INVERSE) - {"next-sibling", "previous-sibling"} | {"attribute"}
_NODE_TYPES = {"text": TEXT, "node": NODE}
_NOTHING_FOLLOWS = "nothing can follow an attribute; write the condition [@name] on its element"


def parse(source: str) -> tuple[Expression, bool]:
    """The expression, and whether it asks for text nodes. Raises SelectorError, with its place."""
    check_length(source)
    parser = _Parser(source)
    expression = parser.expression()
    if parser.tokens.here.kind != "end":
        parser.tokens.fail(f"unexpected {parser.tokens.here}")
    return expression, parser.texts


class _Parser:
    def __init__(self, source: str) -> None:
        self.tokens = Tokens(source)
        self.texts = False
        self.nesting = 0

    def deepen(self) -> None:
        self.nesting += 1
        if self.nesting > MAX_NESTING:
            self.tokens.fail(f"nested more than {MAX_NESTING} levels deep")

    def expression(self) -> Expression:
        self.deepen()
        found = self.binary(1)
        self.nesting -= 1
        return found

    def binary(self, least: int) -> Expression:
        """Operands joined by operators that bind at least so tightly."""
        left = self.unary()
        while (precedence := self.operator()) >= least:
            sign = self.tokens.next()
            right = self.binary(precedence + 1)
            if isinstance(left, Arithmetic | Compare):
                # A chain is as deep as it is long, wherever it stands: this level is not given back.
                self.deepen()
            left = self.join(sign, left, right)
        return left

    def operator(self) -> int:
        token = self.tokens.here
        return _PRECEDENCE.get(token.text, 0) if token.kind in ("sign", "name") else 0

    def join(self, sign: Token, left: Expression, right: Expression) -> Expression:
        match sign.text:
            case "or":
                return any_of((left, right))
            case "and":
                return all_of((left, right))
            case "|":
                if kind(left) != "nodes" or kind(right) != "nodes":
                    self.tokens.fail("'|' joins paths; write 'or' between conditions", sign)
                return union((left, right))
            case "+" | "-" | "*" | "div" | "mod":
                return Arithmetic(sign.text, left, right)
        return comparison(sign.text, left, right)

    def unary(self) -> Expression:
        negative = False
        minus = self.tokens.at("-")
        while self.tokens.take("-"):
            negative = not negative
        operand = self.path()
        if not minus:
            return operand
        return Arithmetic("*", Constant(-1.0 if negative else 1.0), operand)

    # Paths.

    def path(self) -> Expression:
        if self.tokens.at("/", "//"):
            return self.absolute()
        if not self.at_primary():
            return Path(self.steps([]))
        base = self.filtered()
        if not self.tokens.at("/", "//"):
            return base
        if kind(base) != "nodes":
            self.tokens.fail(f"a step can follow a path only, not a {kind(base)}")
        if yields_attributes(base):
            self.tokens.fail(_NOTHING_FOLLOWS)
        return Path(self.steps(self.separator()), base=base)

    def absolute(self) -> Expression:
        steps = self.separator()
        if steps or self.at_step():
            return Path(self.steps(steps), absolute=True)
        return Path((Step("self", NODE),), absolute=True)

    def separator(self) -> list[Step]:
        return [ANYWHERE] if self.tokens.next().text == "//" else []

    def at_step(self) -> bool:
        return self.tokens.here.kind == "name" or self.tokens.at(".", "..", "@", "*")

    def at_primary(self) -> bool:
        token = self.tokens.here
        if token.kind == "name":
            called = self.tokens.after
            return called.kind == "sign" and called.text == "(" and token.text.lower() not in _NODE_TYPES
        return token.kind in ("literal", "number") or self.tokens.at("(")

    def steps(self, steps: list[Step]) -> tuple[Step, ...]:
        while True:
            steps.append(self.step())
            if not self.tokens.at("/", "//"):
                break
            if steps[-1].axis == "attribute":
                self.tokens.fail(_NOTHING_FOLLOWS)
            steps += self.separator()
        found = shorten(steps)
        self.texts |= any(map(_from_texts, found, (*found[1:], ANYWHERE)))
        return found

    def step(self) -> Step:
        for sign, axis in (("..", "parent"), (".", "self")):
            if self.tokens.take(sign):
                if self.tokens.at("["):
                    self.tokens.fail(f"no condition can follow {sign!r}; write {axis}::node()[...] or {axis}::*[...]")
                return Step(axis, NODE)
        axis = self.axis()
        test = self.test(axis)
        if axis == "attribute" and self.tokens.at("["):
            self.tokens.fail("no condition can follow an attribute; put it on the element: [contains(@class, 'x')]")
        return Step(axis, test, self.predicates())

    def axis(self) -> str:
        if self.tokens.take("@"):
            return "attribute"
        token = self.tokens.here
        if token.kind != "name" or self.tokens.after.text != "::" or self.tokens.after.kind != "sign":
            return "child"
        name = token.text.lower()
        if name not in _AXES:
            self.tokens.fail(f"unknown axis {token}{suggestion(name, _AXES)}")
        self.tokens.next()
        self.tokens.next()
        return name

    def test(self, axis: str) -> str:
        token = self.tokens.here
        if self.tokens.take("*"):
            return ELEMENT
        if token.kind != "name":
            self.tokens.fail(f"expected a name, found {token}")
        self.tokens.next()
        name = token.text.lower()
        if not self.tokens.take("("):
            return name
        if name not in _NODE_TYPES:
            self.tokens.fail(HINTS.get(name, f"the function {name}() cannot be a step"), token)
        self.tokens.expect(")")
        if axis == "attribute":
            self.tokens.fail("attributes have names; write @* for any", token)
        self.texts |= name == "text" or axis not in ("self", "parent", "ancestor", "ancestor-or-self")
        return _NODE_TYPES[name]

    def predicates(self) -> tuple[Expression, ...]:
        """Conditions in brackets; one that holds several without a place in them is several conditions."""
        found: list[Expression] = []
        while self.tokens.take("["):
            condition = self.expression()
            self.tokens.expect("]")
            several = isinstance(condition, All) and not any(map(is_positional, condition.parts))
            found += condition.parts if isinstance(condition, All) and several else (condition,)
        return tuple(found)

    # Primary expressions.

    def filtered(self) -> Expression:
        base = self.primary()
        if not self.tokens.at("["):
            return base
        if kind(base) != "nodes":
            self.tokens.fail(f"a condition can follow a path only, not a {kind(base)}")
        start = self.tokens.here
        predicates = self.predicates()
        if yields_attributes(base) and not all(map(_counts_only, predicates)):
            self.tokens.fail("no condition but a place can follow an attribute; put it on the element", start)
        return Filtered(base, predicates)

    def primary(self) -> Expression:
        token = self.tokens.next()
        if token.kind == "literal":
            return Constant(token.text[1:-1])
        if token.kind == "number":
            return Constant(float(token.text))
        if token.kind == "name":
            return call(token, self.arguments())
        inner = self.expression()
        self.tokens.expect(")")
        return inner

    def arguments(self) -> tuple[Expression, ...]:
        self.tokens.expect("(")
        found: list[Expression] = []
        if not self.tokens.at(")"):
            found.append(self.expression())
            while self.tokens.take(","):
                found.append(self.expression())
        self.tokens.expect(")")
        return tuple(found)


def _from_texts(step: Step, following: Step) -> bool:
    """Whether it matters that `//` reaches texts too: they have no children, but parents and siblings."""
    return step == ANYWHERE and following.axis not in ("child", "descendant", "attribute")


def _counts_only(predicate: Expression) -> bool:
    match predicate:
        case Compare(left=left, right=right) if is_positional(left) and is_size_only(right):
            return True
    return is_size_only(predicate)
