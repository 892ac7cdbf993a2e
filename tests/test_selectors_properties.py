"""Selectors give what lxml gives, on random small pages and random expressions."""

from __future__ import annotations

from typing import Any

import hypothesis.strategies as st
import lxml.cssselect
import lxml.html
import pytest
from hypothesis import given
from strategies import examples

from cleaner.selectors import Elements, compile_css, compile_xpath

TAGS = ["div", "p", "b"]
CLASSES = ["x", "y", "x y", "z-x", ""]
IDS = ["i", "j"]
WORDS = ["x", "ab", "1", "2", " a  b ", ""]


def one_of(*parts: Any) -> st.SearchStrategy[str]:
    return st.one_of(*(part if isinstance(part, st.SearchStrategy) else st.just(part) for part in parts))


def joined(*parts: Any) -> st.SearchStrategy[str]:
    return st.tuples(*(part if isinstance(part, st.SearchStrategy) else st.just(part) for part in parts)).map("".join)


def pages() -> st.SearchStrategy[Any]:
    attributes = joined(
        one_of("", st.sampled_from(CLASSES).map(' class="{}"'.format)),
        one_of("", st.sampled_from(IDS).map(' id="{}"'.format)),
    )
    words = st.sampled_from(WORDS)

    def around(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        content = st.lists(one_of(inner, words), max_size=4).map("".join)
        return st.tuples(st.sampled_from(["div", "b"]), attributes, content).map(
            lambda t: "<{0}{1}>{2}</{0}>".format(*t)
        )

    element = st.recursive(joined("<p", attributes, ">", words, "</p>"), around, max_leaves=8)
    body = st.lists(element, min_size=1, max_size=4).map("".join)
    return body.map(lambda text: lxml.html.document_fromstring(f"<html><body>{text}</body></html>"))


# The grammar of the XPath expressions.

siblings = ["following-sibling", "preceding-sibling", "following", "preceding"]
vertical = ["child", "descendant", "descendant-or-self", "self", "parent", "ancestor", "ancestor-or-self"]
axes = st.sampled_from([*siblings, *vertical])
tests = st.sampled_from([*TAGS, "*", "node()", "text()"])
numbers = st.sampled_from(["0", "1", "2", "3", "1.5", "-1"])
signs = st.sampled_from([" = ", " != ", " < ", " <= ", " > ", " >= "])
literals = st.sampled_from(["'x'", "'ab'", "'1'", "''", "'a b'", "'xab'"])


def steps(predicate: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    predicates = st.lists(predicate.map("[{}]".format), max_size=2).map("".join)
    return one_of(
        joined(axes, "::", tests, predicates),
        joined(st.sampled_from([*TAGS, "*"]), predicates),
        ".",
        "..",
    )


def relative(predicate: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    more = st.lists(joined(st.sampled_from(["/", "//"]), steps(predicate)), max_size=2).map("".join)
    return joined(steps(predicate), more, one_of("", "", "", "/@class", "/@*"))


def predicates_around(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    path = one_of(relative(inner), joined("//", relative(inner)), "@class", "@id", "@*")
    string = one_of(
        literals,
        joined("string(", path, ")"),
        joined("normalize-space(", path, ")"),
        joined("substring-after(", path, ", 'a')"),
        joined("substring(", path, ", ", numbers, ", ", numbers, ")"),
        joined("concat(", path, ", 'x')"),
        joined("translate(", path, ", 'ab', 'x')"),
        joined("name(", path, ")"),
    )
    number = one_of(
        numbers,
        "position()",
        "last()",
        "last() - 1",
        joined("count(", path, ")"),
        joined("string-length(", path, ")"),
        joined("number(", path, ")"),
        joined("position() mod ", numbers),
    )
    return one_of(
        path,
        number,
        joined(path, signs, one_of(path, string, number)),
        joined(string, signs, string),
        joined(number, signs, one_of(number, path)),
        joined("contains(", string, ", ", string, ")"),
        joined("contains(., ", literals, ")"),
        joined("starts-with(", string, ", ", literals, ")"),
        "contains(concat(' ', normalize-space(@class), ' '), ' x ')",
        joined("not(", inner, ")"),
        joined("(", inner, ") and (", inner, ")"),
        joined("(", inner, ") or (", inner, ")"),
    )


predicates = st.recursive(
    one_of("1", "2", "last()", "@class", "@id='i'", "p", ".='x'"), predicates_around, max_leaves=4
)
absolute = joined(st.sampled_from(["/", "//"]), relative(predicates))
xpaths = one_of(
    absolute,
    absolute,
    joined("(", absolute, ")[", predicates.filter(lambda p: "@" not in p), "]").filter(lambda path: "/@" not in path),
    joined(absolute, " | ", absolute),
)


def owner(item: Any) -> Any:
    """The element that an item of lxml's result is, or is in."""
    if not isinstance(item, str):
        return item
    return item.getparent().getparent() if item.is_tail else item.getparent()


@pytest.mark.slow
@given(pages(), xpaths)
@examples(400)
def test_xpath_selects_what_lxml_selects(root: Any, xpath: str) -> None:
    selector = compile_xpath(xpath)
    elements = Elements.of(root)
    expected = root.getroottree().xpath(xpath)
    owners = {owner(item) for item in expected}
    assert [elements.nodes[number] for number in selector.select(elements)] == [
        node for node in elements.nodes if node in owners
    ]
    strings = [item if isinstance(item, str) else item.xpath("string()") for item in expected]
    assert sorted(selector.values(elements)) == sorted(" ".join(string.split()) for string in strings)


# The grammar of the CSS selectors.

simple_selectors = st.sampled_from([".x", ".y", ".z-x", "#i", "#j"])
attribute_selectors = st.builds(
    "[{}{}{}{}]".format,
    st.sampled_from(["class", "id"]),
    st.sampled_from(["=", "~=", "|=", "^=", "$=", "*=", "!="]),
    st.sampled_from(["x", "z", "'x y'", "''"]),
    st.sampled_from(["", " i"]),
).filter(lambda selector: "!=''" not in selector)  # cssselect: has it, and not empty; here: not [class='']
series = st.sampled_from(["1", "2", "odd", "even", "2n+1", "-n+2", "3n", "n+2", "-1", "n"])
counted = st.builds("{}({})".format, st.sampled_from([":nth-child", ":nth-last-child"]), series)
counted_of_type = st.builds("{}({})".format, st.sampled_from([":nth-of-type", ":nth-last-of-type"]), series)
pseudo_classes = st.sampled_from(
    [":first-child", ":last-child", ":only-child", ":empty", ":root", ":contains('x')", ":contains('ab')"]
)
of_type = st.sampled_from([":first-of-type", ":last-of-type", ":only-of-type"])
plain = one_of(
    st.sampled_from(TAGS),
    simple_selectors,
    joined(st.sampled_from(TAGS), simple_selectors),
    joined(st.sampled_from(TAGS), one_of(of_type, counted_of_type)),
    joined(st.sampled_from([*TAGS, "*"]), one_of(attribute_selectors, pseudo_classes, counted)),
)
combinators = st.sampled_from([" ", " > ", " + ", " ~ "])
chains = one_of(plain, joined(plain, combinators, plain), joined(plain, combinators, plain, combinators, plain))
functions = one_of(
    joined(":not(", chains, ")"),
    joined(":is(", plain, ", ", plain, ")"),
    joined(":where(", plain, ")"),
    joined(":has(", chains, ")"),
    joined(":has(> ", chains, ")"),
    joined(":has(+ ", chains, ")"),
)
compounds = one_of(plain, plain, joined(plain, functions), joined("*", functions, functions))
css_selectors = st.lists(one_of(compounds, joined(compounds, combinators, compounds)), min_size=1, max_size=2).map(
    ", ".join
)


@pytest.mark.slow
@given(pages(), css_selectors)
@examples(400)
def test_css_selects_what_lxml_selects(root: Any, css: str) -> None:
    elements = Elements.of(root)
    expected = set(lxml.cssselect.CSSSelector(css, translator="html")(root))
    assert [elements.nodes[number] for number in compile_css(css).select(elements)] == [
        node for node in elements.nodes if node in expected
    ]


@given(
    pages(), st.lists(joined(st.sampled_from(TAGS), st.lists(simple_selectors, max_size=2).map("".join)), min_size=1)
)
def test_compound_selectors_match_the_elements_selected(root: Any, parts: list[str]) -> None:
    selector = compile_css(", ".join(parts))
    elements = Elements.of(root)
    if selector.compounds is None:
        assert any("#i" in part and "#j" in part for part in parts)
        return
    ids = elements.attribute("id")
    assert selector.select(elements) == [
        number
        for number in range(len(elements))
        if any(
            compound.matches(elements.tag[number], ids.get(number), elements.classes.get(number, frozenset()))
            for compound in selector.compounds
        )
    ]
