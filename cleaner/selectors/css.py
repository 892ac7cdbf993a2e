"""CSS selectors: cssselect parses them and they become expressions; some expressions are compound selectors again."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, cast

from cleaner.selectors.compounds import CompoundSelector
from cleaner.selectors.expressions import (
    SELF,
    AttributeTest,
    Comparison,
    Constant,
    Expression,
    FunctionCall,
    LocationPath,
    MemberOf,
    Not,
    Nth,
    Step,
    Union,
    conjunction,
    disjunction,
    passes_node_test,
    union,
)
from cleaner.selectors.limits import MAX_NESTING, SelectorError, check_length
from cleaner.selectors.tree import ELEMENT, NODE, TEXT
from cleaner.selectors.values import AttributeOperator

_AXES = {" ": "descendant", ">": "child", "+": "next-sibling", "~": "following-sibling"}
_FIRST, _LAST = Nth(0, 1), Nth(0, 1, from_end=True)
_FIRST_OF_TYPE, _LAST_OF_TYPE = Nth(0, 1, of_type=True), Nth(0, 1, from_end=True, of_type=True)
_PSEUDO_CLASSES: dict[str, tuple[Expression, ...]] = {
    "empty": (Not(LocationPath((Step("child", ELEMENT),))), Comparison("=", SELF, Constant(""))),
    "first-child": (_FIRST,),
    "first-of-type": (_FIRST_OF_TYPE,),
    "last-child": (_LAST,),
    "last-of-type": (_LAST_OF_TYPE,),
    "only-child": (_FIRST, _LAST),
    "only-of-type": (_FIRST_OF_TYPE, _LAST_OF_TYPE),
    "root": (Not(LocationPath((Step("parent", ELEMENT),))),),
}
_COUNTED = {
    "nth-child": (False, False),
    "nth-last-child": (True, False),
    "nth-last-of-type": (True, True),
    "nth-of-type": (False, True),
}
"""By pseudo-class with a series: whether it counts from the end, and among elements of one name."""
_UNSUPPORTED = "is not supported: it depends on what a reader does or sees, and a page here is only read"


def parse(source: str) -> Expression:
    """Parses a list of selectors to the node-set that it selects. Raises SelectorError, with a place if known."""
    import cssselect.parser as cssselect

    check_length(source)
    commas = _commas_in_negations(source)
    written = _AND_NOT.join(source[start + 1 : end] for start, end in pairwise((-1, *commas, len(source))))
    tokens = cssselect.TokenStream(cssselect.tokenize(written), written)
    try:
        selectors = list(cssselect.parse_selector_group(tokens))
    except cssselect.SelectorError:
        raise _error(tokens, commas) from None
    return union(tuple(_Converter(source).selector(selector) for selector in selectors))


_AND_NOT = "):not("
"""What a comma in `:not()` means; cssselect knows no lists there."""
_SIGN = re.compile(
    r"""\\.|/\*.*?(?:\*/|$)|"(?:\\.|[^"\\\n\r\f])*"|'(?:\\.|[^'\\\n\r\f])*'|((?<!:):not)?(\()|([)"',])""",
    re.DOTALL | re.IGNORECASE,
)


def _commas_in_negations(source: str) -> list[int]:
    """The places of commas between the selectors of a `:not()`.

    Bounds the recursion of cssselect beforehand; strings, comments and escapes do not nest. Raises SelectorError.
    """
    commas: list[int] = []
    negations: list[bool] = []
    for found in _SIGN.finditer(source):
        sign = found[2] or found[3]
        if sign in ('"', "'"):
            raise SelectorError("the quote is not closed", found.start())
        if sign == "(":
            negations.append(found[1] is not None)
            if len(negations) > MAX_NESTING:
                raise SelectorError(f"nested more than {MAX_NESTING} levels deep", found.end() - 1)
        elif sign == ")" and negations:
            negations.pop()
        elif sign == "," and negations and negations[-1]:
            commas.append(found.start())
    return commas


def _error(tokens: Any, commas: Sequence[int]) -> SelectorError:
    """Tells where cssselect stopped, in words of our own: its messages differ between its releases."""
    last = max([*tokens.used[-1:], *filter(None, [tokens.peeked])], key=lambda token: token.pos)
    place, longer = last.pos, len(_AND_NOT) - 1
    for comma in commas:
        if place > comma:
            place = max(comma, place - longer)
    if last.type == "EOF":
        return SelectorError("the selector ends too early", place)
    return SelectorError(f"{last.value!r} cannot stand here", place)


class _Converter:
    """Converts cssselect's tree, by the names of its classes: cssselect is loaded with the first selector only."""

    def __init__(self, source: str) -> None:
        self.source = source

    def selector(self, selector: Any) -> LocationPath:
        if selector.pseudo_element is not None:
            self.fail(f"the pseudo-element ::{selector.pseudo_element} is no element of the page", "::")
        return LocationPath(self.steps(selector.parsed_tree, "descendant"), absolute=True)

    def fail(self, message: str, at: str) -> None:
        place = self.source.lower().find(at.lower())
        raise SelectorError(message, place if place >= 0 else None)

    def steps(self, tree: Any, first: str) -> tuple[Step, ...]:
        """Converts the compound selectors from left to right, each with the axis that its combinator means."""
        found: list[Step] = []
        while type(tree).__name__ == "CombinedSelector":
            found.append(self.compound(tree.subselector, _AXES[tree.combinator]))
            tree = tree.selector
        found.append(self.compound(tree, first))
        return tuple(reversed(found))

    def compound(self, tree: Any, axis: str) -> Step:
        tests: list[Expression] = []
        while type(tree).__name__ != "Element":
            tests += reversed(_TESTS[type(tree).__name__](self, tree))
            tree = tree.selector
        if tree.namespace not in (None, "*"):
            self.fail(f"namespaces are not supported; write {tree.element!r}", f"{tree.namespace}|")
        return Step(axis, tree.element.lower() if tree.element else ELEMENT, tuple(reversed(tests)))

    def condition(self, tree: Any) -> Expression:
        """Tests whether the context element is among what a selector selects."""
        if type(tree).__name__ == "CombinedSelector":
            return MemberOf(LocationPath(self.steps(tree, "descendant"), absolute=True))
        step = self.compound(tree, "self")
        return conjunction((passes_node_test(step.node_test), *step.predicates))

    def class_test(self, tree: Any) -> list[Expression]:
        return [AttributeTest("class", "~=", tree.class_name)]

    def hash_test(self, tree: Any) -> list[Expression]:
        return [AttributeTest("id", "=", tree.id)]

    def attribute_test(self, tree: Any) -> list[Expression]:
        if tree.namespace not in (None, "*"):
            self.fail("namespaces are not supported", f"{tree.namespace}|")
        name, value = tree.attrib.lower(), "" if tree.value is None else tree.value.value
        ignore_case = getattr(tree, "flag", None) == "i"
        if tree.operator == "!=":
            return [Not(AttributeTest(name, "=", value, ignore_case))]
        if tree.operator == "~=" and len(value.split()) != 1:
            return [_NEVER]
        operator = cast("AttributeOperator", tree.operator)
        return [AttributeTest(name, operator, value, ignore_case)]

    def pseudo_class(self, tree: Any) -> list[Expression]:
        if tree.ident not in _PSEUDO_CLASSES:
            self.fail(f":{tree.ident} {_UNSUPPORTED}", f":{tree.ident}")
        return list(_PSEUDO_CLASSES[tree.ident])

    def function(self, tree: Any) -> list[Expression]:
        if tree.name == "contains":
            return [self.contains(tree)]
        if tree.name not in _COUNTED:
            self.fail(f":{tree.name}() is not supported", f":{tree.name}")
        return [self.counted(tree)]

    def contains(self, tree: Any) -> Expression:
        if tree.argument_types() not in (["STRING"], ["IDENT"]):
            self.fail(":contains() takes one string or name", ":contains")
        return FunctionCall("contains", (SELF, Constant(tree.arguments[0].value)))

    def counted(self, tree: Any) -> Expression:
        from cssselect.parser import parse_series

        from_end, of_type = _COUNTED[tree.name]
        try:
            a, b = parse_series(tree.arguments)
        except ValueError:
            self.fail(f":{tree.name}() takes a number, odd, even or a series such as 2n+1", f":{tree.name}")
        return Nth(a, b, from_end, of_type)

    def negation(self, tree: Any) -> list[Expression]:
        return [Not(self.condition(tree.subselector))]

    def matching(self, tree: Any) -> list[Expression]:
        return [disjunction(tuple(self.condition(each) for each in tree.selector_list))]

    def relation(self, tree: Any) -> list[Expression]:
        found = [LocationPath(self.steps(each.parsed_tree, _AXES[sign.value])) for sign, each in tree.arguments]
        return [disjunction(tuple(found))]


_NEVER = Constant(False)
_TESTS: dict[str, Callable[[_Converter, Any], list[Expression]]] = {
    "Attrib": _Converter.attribute_test,
    "Class": _Converter.class_test,
    "Function": _Converter.function,
    "Hash": _Converter.hash_test,
    "Matching": _Converter.matching,
    "Negation": _Converter.negation,
    "Pseudo": _Converter.pseudo_class,
    "Relation": _Converter.relation,
    "SpecificityAdjustment": _Converter.matching,
}


def compound_selectors(expression: Expression) -> tuple[CompoundSelector, ...] | None:
    """Returns the compounds of which an expression is the union; None where it is more, or asks nothing (`*`)."""
    parts = expression.parts if isinstance(expression, Union) else (expression,)
    found = [_compound_selector(part) for part in parts]
    compounds = tuple(part for part in found if part is not None)
    return compounds if len(compounds) == len(found) else None


def _compound_selector(expression: Expression) -> CompoundSelector | None:
    match expression:
        case LocationPath(absolute=True, steps=(Step("descendant", node_test, predicates),)):
            if node_test not in (TEXT, NODE):
                return _from_tests(None if node_test == ELEMENT else node_test, predicates)
    return None


def _from_tests(tag: str | None, tests: tuple[Expression, ...]) -> CompoundSelector | None:
    ids: set[str] = set()
    classes: set[str] = set()
    for test in tests:
        match test:
            case AttributeTest(name="id", operator="=", value=value, ignore_case=False) if value:
                ids.add(value)
            case AttributeTest(name="class", operator="~=", value=value, ignore_case=False):
                classes.add(value)
            case _:
                return None
    if len(ids) > 1 or not (tag or ids or classes):
        return None
    return CompoundSelector(tag, ids.pop() if ids else None, frozenset(classes))
