"""Selectors: what they select, what they refuse, and that they end."""

from __future__ import annotations

import itertools
import math
import operator
import pickle
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from typing import Any

import hypothesis.strategies as st
import lxml.etree
import lxml.html
import pytest
from hypothesis import example, given

from cleaner.selectors import (
    CompoundSelector,
    Elements,
    Selector,
    SelectorError,
    SelectorTooCostly,
    compile_css,
    compile_xpath,
    css,
)
from cleaner.selectors.axes import INVERSE, Axes, View
from cleaner.selectors.compounds import compounds_of_names
from cleaner.selectors.expressions import Comparison, Constant, FunctionCall, position_range
from cleaner.selectors.limits import BASE_UNITS, CHARACTERS_PER_UNIT, LOOKUP_UNITS, UNITS_PER_NODE, Budget
from cleaner.selectors.tree import ELEMENT, NODE, Tree
from cleaner.selectors.values import compare

PAGE = """<html><head><title>The tide table | Harbour News</title><meta name="author" content=" Ida  Berg "></head>
<body id="top">
<div class="nav menu" id="n"><a href="/a">Home</a> <a href="/b" title="Tides">Tides</a></div>
<article class="story Lead" id="s">
  <h1>The tide table</h1>
  <p class="by line">By Ida Berg<!-- staff -->, harbour desk</p>
  <p>High water comes <b>twice</b> a day.</p>
  <h2 id="h">When</h2>
  <ul><li>at six</li><li>at noon</li><li>at seven</li></ul>
  <p lang="en-GB"><a href="/b">More</a></p>
  <div class="box"><div class="box inner"><p>deep</p></div></div>
</article>
<hr></body></html>"""


@pytest.fixture(scope="module")
def elements() -> Elements:
    return Elements.of(lxml.html.document_fromstring(PAGE))


CSS = [
    ("p", ["By Ida Berg, harbour desk", "High water comes twice a day.", "More", "deep"]),
    ("P.by", ["By Ida Berg, harbour desk"]),
    (".lead", []),
    ("article.Lead > h2", ["When"]),
    ("#h", ["When"]),
    ("#H", []),
    ("h1 + p", ["By Ida Berg, harbour desk"]),
    ("h2 ~ p", ["More"]),
    (".box .inner p, b", ["twice", "deep"]),
    ("a[href]", ["Home", "Tides", "More"]),
    ("a[href='/b'][title]", ["Tides"]),
    ("[class~=line]", ["By Ida Berg, harbour desk"]),
    ("[lang|=en]", ["More"]),
    ("[href^='/a'], [href$='b']", ["Home", "Tides", "More"]),
    ("[href*='']", []),
    ("[title=TIDES i]", ["Tides"]),
    ("a[title!=Tides]", ["Home", "More"]),
    ("a:not([title])", ["Home", "More"]),
    ("a:not([title], .none)", ["Home", "More"]),
    ("A:NOT( [title] ,[href='/none']/* , */)", ["Home", "More"]),
    ("a:not([title=','], [title])", ["Home", "More"]),
    ("p:not(article > p)", ["deep"]),
    ("p:has(> b)", ["High water comes twice a day."]),
    ("p:has(a, b)", ["High water comes twice a day.", "More"]),
    ("h1:has(+ p.by)", ["The tide table"]),
    (":is(h1, h2, :where(b))", ["The tide table", "twice", "When"]),
    ("li:first-child", ["at six"]),
    ("li:last-child", ["at seven"]),
    ("b:only-child", ["twice"]),
    ("article p:first-of-type", ["By Ida Berg, harbour desk", "deep"]),
    ("article > p:last-of-type", ["More"]),
    ("li:nth-child(2n+1)", ["at six", "at seven"]),
    ("li:nth-last-child(2)", ["at noon"]),
    ("article > p:nth-of-type(2)", ["High water comes twice a day."]),
    ("p:contains('twice')", ["High water comes twice a day."]),
    ("hr:empty", [""]),
    ("p:root", []),
]


@pytest.mark.parametrize(("selector", "expected"), CSS)
def test_css(elements: Elements, selector: str, expected: list[str]) -> None:
    assert compile_css(selector).values(elements) == expected


XPATH = [
    ("//h1", ["The tide table"]),
    ("//H2/@ID", ["h"]),
    ("/html/body/article/h2", ["When"]),
    ("html//h2", ["When"]),
    ("//li[1]", ["at six"]),
    ("//li[last()]", ["at seven"]),
    ("//li[position()<3]", ["at six", "at noon"]),
    ("//li[position() mod 2 = 1]", ["at six", "at seven"]),
    ("//li[last() - 1]", ["at noon"]),
    ("(//p)[1]", ["By Ida Berg, harbour desk"]),
    ("(//a/@href)[last()]", ["/b"]),
    ("(//ul | //ol)/li[2]", ["at noon"]),
    ("//p[@class='by line']", ["By Ida Berg, harbour desk"]),
    ("//p[@class='by']", []),
    ("//p[contains(@class, 'li') and not(a)]", ["By Ida Berg, harbour desk"]),
    ("//*[starts-with(@href, '/') and ends-with(@href, 'a')]", ["Home"]),
    ("//p[contains(., 'twice a')]", ["High water comes twice a day."]),
    ("//p[contains(text(), 'day')]", []),
    ("//p[b]/text()", ["High water comes", "a day."]),
    ("//p[1]/text()", ["By Ida Berg", ", harbour desk", "deep"]),
    ("//h2/following-sibling::*[1]/li[1]", ["at six"]),
    ("//h2/preceding-sibling::p[1]", ["High water comes twice a day."]),
    ("//b/ancestor::*[2]/@id", ["s"]),
    ("//b/../preceding-sibling::h1", ["The tide table"]),
    ("//b/following::a", ["More"]),
    ("//ul/preceding::a[1]", ["Tides"]),
    ("//*[self::h1 or self::h2]", ["The tide table", "When"]),
    ("//article//div[not(ancestor::div)]/@class", ["box"]),
    ("//p[count(preceding-sibling::p) = 2]", ["More"]),
    ("//li[. = //li[2]]", ["at noon"]),
    ("//li[string-length() > 6]", ["at noon", "at seven"]),
    ("//*[name() = 'ul' or local-name() = 'hr']/@id", []),
    ("//a[@href = preceding::a/@href]", ["More"]),
    ("id('h')", ["When"]),
    ("//meta[@name='author']/@content", ["Ida Berg"]),
    ("substring-after(//p[1], 'By ')", ["Ida Berg, harbour desk"]),
    ("substring-before(//title, ' |')", ["The tide table"]),
    ("substring(//h2, 2, 2)", ["he"]),
    ("normalize-space(//meta/@content)", ["Ida Berg"]),
    ("concat(//h2, ': ', (//li)[1])", ["When: at six"]),
    ("translate(//h2, 'When', 'w')", ["w"]),
    ("lower-case(//h1)", ["the tide table"]),
    ("string(//no)", []),
    ("count(//li)", ["3"]),
    ("1 div 4", ["0.25"]),
    ("-(2 + 3) * 2", ["-10"]),
    ("1 div 0", ["Infinity"]),
    ("number('x')", ["NaN"]),
    ("true() and not(//no)", ["true"]),
    ("//li[position() > 1]", ["at noon", "at seven"]),
    ("//li[position() >= 2]", ["at noon", "at seven"]),
    ("//li[position() <= 2]", ["at six", "at noon"]),
    ("//li[position() != 2]", ["at six", "at seven"]),
    ("//li[2 = position()]", ["at noon"]),
    ("//li[position() = 1 or position() = last()]", ["at six", "at seven"]),
    ("//li[position() > 1 and not(position() = last())]", ["at noon"]),
    ("//li[1.5]", []),
    ("//li[0 div 0]", []),
    ("//li[starts-with(., 'at s')][2]", ["at seven"]),
    ("//article/*[last()]/@class", ["box"]),
    ("(//@class)[position() < 2]", ["nav menu"]),
    ("//h1/@id | //h2/@id | //h2", ["When", "h"]),
    ("//h2['When' = .]", ["When"]),
    ("//h2[contains(., '')]", ["When"]),
    ("//a['/b' = @href]", ["Tides", "More"]),
    ("//a[@* = 'Tides']/@href", ["/b"]),
    ("//a[@href > 0]", []),
    ("//h1[preceding::a = 'Tides']", ["The tide table"]),
    ("//b[count(following::li) = 3]", ["twice"]),
    ("//div[boolean(a)]/@id", ["n"]),
    ("//a[number(translate(@href, '/ab', '12')) > 11]", ["Home"]),
    ("name(//article/@*)", ["class"]),
    ("name(//text())", []),
    ("string-length(//li[9])", ["0"]),
    ("concat(//no, 'x')", ["x"]),
    ("0 * //li", ["NaN"]),
    ("//li = true()", ["true"]),
    ("//li != //li", ["true"]),
    ("//h2 != //h2", ["false"]),
    ("//li < 4", ["false"]),
    ("5 mod -3", ["2"]),
    ("-5 mod 3", ["-2"]),
    ("0 div 0", ["NaN"]),
    ("-1 div 0", ["-Infinity"]),
    ("floor(-1.5)", ["-2"]),
    ("ceiling(1.2)", ["2"]),
    ("round(2.5)", ["3"]),
    ("round(-2.5)", ["-2"]),
    ("round(1 div 0)", ["Infinity"]),
    ("substring('12345', 1.5, 2.6)", ["234"]),
    ("substring('abc', 0 div 0)", []),
]


@pytest.mark.parametrize(("expression", "expected"), XPATH)
def test_xpath(elements: Elements, expression: str, expected: list[str]) -> None:
    assert compile_xpath(expression).values(elements) == expected


@pytest.mark.parametrize(
    ("expression", "tags"),
    [
        ("//article/@class", ["article"]),
        ("//li/text()", ["li", "li", "li"]),
        ("//p[1]/text()", ["p", "p"]),
        ("//h2 | //h1 | //h2", ["h1", "h2"]),
        ("/", []),
        ("string(//h1)", []),
    ],
)
def test_select_gives_the_elements_around(elements: Elements, expression: str, tags: list[str]) -> None:
    assert [elements.tag[number] for number in compile_xpath(expression).select(elements)] == tags


COMPOUNDS = [
    ("css", "p", [CompoundSelector("p", None, frozenset())]),
    ("css", "P.a.b, #i", [CompoundSelector("p", None, frozenset("ab")), CompoundSelector(None, "i", frozenset())]),
    ("css", "div p", None),
    ("css", "*", None),
    ("css", "#i#j", None),
    ("css", "p:first-child", None),
    ("xpath", "//aside", [CompoundSelector("aside", None, frozenset())]),
    ("xpath", "//*[@id='x']", [CompoundSelector(None, "x", frozenset())]),
    (
        "xpath",
        "//div[@id='x'] | //nav",
        [CompoundSelector("div", "x", frozenset()), CompoundSelector("nav", None, frozenset())],
    ),
    (
        "xpath",
        "//p[contains(concat(' ', normalize-space(@class), ' '), ' x ')]",
        [CompoundSelector("p", None, frozenset("x"))],
    ),
    ("xpath", "//p[@class='x y']", None),
    ("xpath", "//p[contains(@class, 'x')]", None),
    ("xpath", "//p[1]", None),
    ("xpath", "/p", None),
    ("xpath", "//text()", None),
]


@pytest.mark.parametrize(("language", "source", "expected"), COMPOUNDS)
def test_compound_selectors(language: str, source: str, expected: list[CompoundSelector] | None) -> None:
    compiled = compile_css(source) if language == "css" else compile_xpath(source)
    assert compiled.compounds == (tuple(expected) if expected else None)


@pytest.mark.parametrize(
    ("compound", "matches"),
    [
        (CompoundSelector("p", None, frozenset()), True),
        (CompoundSelector(None, "i", frozenset({"a"})), True),
        (CompoundSelector("div", "i", frozenset()), False),
        (CompoundSelector("p", "j", frozenset()), False),
        (CompoundSelector("p", None, frozenset({"a", "c"})), False),
    ],
)
def test_a_compound_selector_matches(compound: CompoundSelector, matches: bool) -> None:
    assert compound.matches("p", "i", frozenset({"a", "b"})) is matches


ERRORS = [
    ("css", "", "the selector is empty", 0),
    ("css", "p..a", "'.' cannot stand here", 2),
    ("css", "p[", "the selector ends too early", 2),
    ("css", "p[a='x]", "the quote is not closed", 4),
    ("css", "p[a='x\ny']", "the quote is not closed", 4),
    ("css", "p:hover", ":hover is not supported: it depends on what a reader does or sees", 1),
    ("css", "p::before", "the pseudo-element ::before is no element of the page", 1),
    ("css", "p:nth-child(x)", ":nth-child() takes a number, odd, even or a series such as 2n+1", 1),
    ("css", "p:lang(en)", ":lang() is not supported", 1),
    ("css", "p:contains(1)", ":contains() takes one string or name", 1),
    ("css", "p[svg|a]", "namespaces are not supported", 2),
    ("css", "svg|p", "namespaces are not supported; write 'p'", 0),
    ("css", "p" + ":is(p" * 40, "nested more than 30 levels deep", 154),
    ("css", ":is([a=')'] " * 100, "nested more than 30 levels deep", 363),
    ("css", "p " * 1001, "2002 characters; a selector may have 2000", 2000),
    ("xpath", "  ", "the selector is empty", 0),
    ("xpath", "//", "expected a name, found the end", 2),
    ("xpath", "//p[", "expected a name, found the end", 4),
    ("xpath", "//p[1", "expected ']', found the end", 5),
    ("xpath", "//p]", "unexpected ']'", 3),
    ("xpath", "//p[@a='x]", "the quote is not closed", 7),
    ("xpath", "//p[@a=“x”]", "a typographic quote; write ' or \"", 7),
    ("xpath", "//p[$x]", "variables are not supported; write the value", 4),
    ("xpath", "//p[contain(., 'x')]", "unknown function 'contain'; did you mean 'contains'?", 4),
    ("xpath", "//p[contains(.)]", "contains() takes 2 arguments, not 1", 4),
    ("xpath", "//p[concat(.)]", "concat() takes 2 or more arguments, not 1", 4),
    ("xpath", "//p[substring(.)]", "substring() takes 2 to 3 arguments, not 1", 4),
    ("xpath", "//p[not()]", "not() takes 1 arguments, not 0", 4),
    ("xpath", "//p[matches(., 'x')]", "matches() is not XPath 1.0; write contains() or starts-with()", 4),
    ("xpath", "count('x')", "count() takes a path, not a string", 0),
    ("xpath", "id(//p)", "id() takes an id in quotes", 0),
    ("xpath", "//ancestors::p", "unknown axis 'ancestors'; did you mean 'ancestor'?", 2),
    ("xpath", "//comment()", "comment() is not supported: comments are no part of the page's text", 2),
    ("xpath", "//p/string()", "the function string() cannot be a step", 4),
    ("xpath", "//@text()", "attributes have names; write @* for any", 3),
    ("xpath", "//@class/p", "nothing can follow an attribute; write the condition [@name] on its element", 8),
    ("xpath", "(//@class)/p", "nothing can follow an attribute; write the condition [@name] on its element", 10),
    ("xpath", "//@class[. = 'x']", "no condition can follow an attribute; put it on the element", 8),
    ("xpath", "(//@class)[. = 'x']", "no condition but a place can follow an attribute; put it on the element", 10),
    ("xpath", ".[p]", "no condition can follow '.'; write self::node()[...] or self::*[...]", 1),
    ("xpath", "'a'/p", "a step can follow a path only, not a string", 3),
    ("xpath", "'a'[1]", "a condition can follow a path only, not a string", 3),
    ("xpath", "//p | 'a'", "'|' joins paths; write 'or' between conditions", 4),
    ("xpath", "(" * 40 + "//p" + ")" * 40, "nested more than 30 levels deep", 30),
    ("xpath", "1" + "+1" * 40, "nested more than 30 levels deep", 63),
    ("xpath", "//p[" + "a or " * 400 + "a]", "2006 characters; a selector may have 2000", 2000),
]


@pytest.mark.parametrize(("language", "source", "message", "position"), ERRORS)
def test_errors_say_what_and_where(language: str, source: str, message: str, position: int) -> None:
    with pytest.raises(SelectorError) as caught:
        compile_css(source) if language == "css" else compile_xpath(source)
    assert (caught.value.message[: len(message)], caught.value.position) == (message, position)
    assert str(caught.value).endswith(f"(at {position})")


def test_an_error_survives_pickling() -> None:
    error = pickle.loads(pickle.dumps(SelectorTooCostly("too long", 3)))
    assert (type(error), error.message, error.position) == (SelectorTooCostly, "too long", 3)


CSS_PIECES = [*".#[]():*>+~,|=\\\"'-1é\x00", "a", "::", ":not(", ":is(", ":has(", ":nth-child(", "/*", "\\41"]
XPATH_PIECES = [*"/@*[]().,|=<-+$!'\"1aé", "//", "::", "..", "self", "text()", " and ", " div ", "'x'", "9" * 400]
XPATH_CALLS = ["not(", "count(", "last()", "id(", "contains(", "string("]


@given(st.lists(st.sampled_from(CSS_PIECES), min_size=1).map("".join))
@example("a[b=")
def test_any_text_is_a_css_selector_or_an_error(elements: Elements, text: str) -> None:
    _compile_and_use(compile_css, text, elements)


@given(st.lists(st.sampled_from([*".#*, \n_-1aB", "h1", "é", "\\"]), min_size=1).map("".join))
@example("a.b#c, .D-e , _f")
@example("#a.b#c,h1")
def test_names_without_the_parser_are_what_the_parser_makes_of_them(text: str) -> None:
    found = compounds_of_names(text) if text.strip() else None
    assert found is None or found == css.compound_selectors(css.parse(text))


@given(st.lists(st.sampled_from([*XPATH_PIECES, *XPATH_CALLS]), min_size=1).map("".join))
@example("@*//a")
def test_any_text_is_an_xpath_or_an_error(elements: Elements, text: str) -> None:
    _compile_and_use(compile_xpath, text, elements)


def _compile_and_use(compile_selector: Any, text: str, elements: Elements) -> None:
    try:
        selector = compile_selector(text)
    except SelectorError as error:
        assert error.message
        assert error.position is None or 0 <= error.position <= len(text)
        return
    assert all(0 <= number < len(elements) for number in selector.select(elements))
    selector.values(elements)


def test_no_parser_is_loaded() -> None:
    code = "import sys, cleaner.selectors as s; s.compile_css('p > a'); s.compile_xpath('//p'); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "cssselect" in loaded
    assert not {"lxml", "bs4", "numpy"} & set(loaded)


# Elements.


def test_elements_are_numbered_in_document_order() -> None:
    root = lxml.html.fragment_fromstring("<DIV>a<!-- c -->b<p>d<b class='x y'>e</b></p>f<?pi?>g<hr></DIV>")
    found = Elements.of(root)
    assert found.tag == ["div", "p", "b", "hr"]
    assert found.parent == [-1, 0, 1, 0]
    assert found.end == [4, 3, 3, 4]
    assert found.classes == {2: {"x", "y"}}
    assert [found.string(number) for number in range(4)] == ["abdefg", "de", "e", ""]


def test_elements_of_any_tree() -> None:
    root = ElementTree.fromstring("<html xmlns='urn:x'><Body>a<p id='i'>b</p>c</Body></html>")
    found = Elements.of(root)
    assert found.tag == ["html", "body", "p"]
    assert compile_css("body > #i").select(found) == [2]
    assert compile_xpath("//body/text()").values(found) == ["a", "c"]


def test_no_elements() -> None:
    nothing = Elements.of(lxml.etree.Comment("only a comment"))
    assert len(nothing) == 0
    assert compile_css("p").select(nothing) == []
    assert compile_xpath("//text()").values(nothing) == []


def test_a_part_of_a_page_is_a_page_of_its_own() -> None:
    root = lxml.html.document_fromstring(PAGE).find(".//ul")
    assert compile_xpath("/ul/li[1]").values(Elements.of(root)) == ["at six"]
    assert compile_css("ul:root, article").select(Elements.of(root)) == [0]


@pytest.mark.parametrize("selector", [compile_css("p:has(> a) ~ div, #x"), compile_xpath("(//p)[last()]/@id")])
def test_a_selector_pickles(selector: Selector) -> None:
    assert pickle.loads(pickle.dumps(selector)) == selector


# Axes, positions, comparisons.


@pytest.fixture(scope="module", params=[False, True], ids=["elements", "texts"])
def tree(elements: Elements, request: pytest.FixtureRequest) -> Tree:
    return elements.tree_with_texts if request.param else elements.tree


def axes_of(tree: Tree) -> Axes:
    return Axes(tree, Budget(tree.size))


@pytest.mark.parametrize("axis", sorted(INVERSE))
def test_an_axis_and_its_inverse_lead_there_and_back(tree: Tree, axis: str) -> None:
    axes, nodes = axes_of(tree), tree.node_set(NODE)
    there = {(node, other) for node in nodes.nodes for other in axes.reach(axis, (node,), nodes)}
    back = {(other, node) for node in nodes.nodes for other in axes.reach(INVERSE[axis], (node,), nodes)}
    assert there
    assert there == back


@pytest.mark.parametrize("node_test", ["p", ELEMENT, NODE])
@pytest.mark.parametrize("axis", sorted(set(INVERSE) - {"next-sibling", "previous-sibling"}))
def test_an_axis_leads_from_a_set_where_it_leads_from_its_nodes(tree: Tree, axis: str, node_test: str) -> None:
    axes, targets = axes_of(tree), tree.node_set(node_test)
    views = {node: axes.view(axis, node, targets) for node in tree.node_set(NODE).nodes}
    reached = {node: sorted(view.take(0, len(view))) for node, view in views.items()}
    assert reached == {node: list(axes.reach(axis, (node,), targets)) for node in reached}
    for context in ([node for node in reached if node % 3 == 0], list(reached)):
        together = sorted({other for node in context for other in reached[node]})
        assert list(axes.reach(axis, context, targets)) == together


@pytest.mark.parametrize(
    ("start", "stop", "forwards", "backwards"),
    [(0, 2, [3, 5], [7, 5]), (1, 9, [5, 7], [5, 3]), (-1, 1, [3], [7]), (2, 2, [], []), (3, 4, [], [])],
)
def test_a_view_gives_a_part_in_its_order(start: int, stop: int, forwards: list[int], backwards: list[int]) -> None:
    nodes = [1, 3, 5, 7, 9]
    assert list(View(nodes, 1, 4).take(start, stop)) == forwards
    assert list(View(nodes, 1, 4, backwards=True).take(start, stop)) == backwards


def test_a_positional_predicate_is_known_without_the_nodes() -> None:
    position = FunctionCall("position", ())
    holds = {"=": operator.eq, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
    for sign, value, size in itertools.product(holds, [-1.0, 0.0, 0.5, 1.0, 1.5, 3.0, 4.0, math.inf, math.nan], [0, 3]):
        found = position_range(Comparison(sign, position, Constant(value)), size)
        assert found is not None
        left = View(range(1, size + 1), 0, size).take(*found)
        assert list(left) == [p for p in range(1, size + 1) if holds[sign](p, value)]
    assert position_range(Comparison("!=", position, Constant(1.0)), 3) is None


@pytest.mark.parametrize("sign", ["=", "!=", "<", "<=", ">", ">="])
def test_node_sets_compare_as_any_pair_of_their_nodes_does(sign: str) -> None:
    for left, right in itertools.product([[], ["1"], ["x"], ["2", "x"], ["1", " 2 ", "3"], ["3", "3"]], repeat=2):
        assert compare(sign, left, right) == any(compare(sign, a, b) for a, b in itertools.product(left, right))


# Cost.


def test_a_budget_grows_with_the_page_and_ends() -> None:
    budget = Budget(10)
    budget.charge(BASE_UNITS + 10 * UNITS_PER_NODE - LOOKUP_UNITS - 2)
    budget.charge_text(2 * CHARACTERS_PER_UNIT)
    with pytest.raises(SelectorTooCostly, match="make it more specific"):
        budget.charge(1)


SIZE = 50_000


def _nested() -> Any:
    root = here = lxml.etree.Element("html")
    for number in range(SIZE // 2):
        here = lxml.etree.SubElement(here, "div")
        here.set("class", "x")
        lxml.etree.SubElement(here, "p").text = f"x{number % 7}"
    return root


def _flat() -> Any:
    root = lxml.etree.Element("html")
    for number in range(SIZE):
        lxml.etree.SubElement(root, "div" if number % 2 else "p").text = "word"
    return root


@pytest.fixture(scope="module", params=[_nested, _flat], ids=["nested", "flat"])
def large(request: pytest.FixtureRequest) -> Elements:
    return Elements.of(request.param())


LINEAR = [
    compile_xpath("//div//div//div//p"),
    compile_xpath("//*[count(preceding-sibling::*)=3]"),
    compile_xpath("//*[count(.//*) > 3]"),
    compile_xpath("//*[contains(., 'x6x')]"),
    compile_xpath("//*[. = 'word']"),
    compile_xpath("//p/following-sibling::div[1]"),
    compile_xpath("//p/following-sibling::h2[1]"),
    compile_xpath("//p/ancestor::div[2]"),
    compile_xpath("//*[following::p[. = 'x1']]"),
    compile_xpath("//div[p[1]/following-sibling::div]"),
    compile_xpath("//*[string(.//p) = 'x1']"),
    compile_xpath("//p[.//a or preceding::p]"),
    compile_xpath("//text()[. = 'word']/.."),
    compile_css("div ~ div ~ div"),
    compile_css("div div > p:not(div ~ p)"),
    compile_css("div:has(p ~ div)"),
    compile_css("*:empty, p:nth-last-child(3n+1)"),
]


@pytest.mark.slow
@pytest.mark.parametrize("selector", LINEAR, ids=lambda selector: selector.source)
def test_linear_time(large: Elements, selector: Selector) -> None:
    started = time.process_time()
    selector.select(large)
    assert time.process_time() - started < 5


COSTLY = [
    compile_xpath("//*[.//p = //div]"),
    compile_xpath("//*[count(preceding::p[count(preceding::p) > 1]) = 2]"),
    compile_xpath("//p[(following::p | preceding::p)[last()]]"),
]


@pytest.mark.slow
@pytest.mark.parametrize("selector", COSTLY, ids=lambda selector: selector.source)
def test_what_is_not_linear_stops(large: Elements, selector: Selector) -> None:
    started = time.process_time()
    with pytest.raises(SelectorTooCostly):
        selector.select(large)
    assert time.process_time() - started < 10
