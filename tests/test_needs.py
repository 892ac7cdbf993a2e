"""What selectors need of a page: a look-up that never keeps a selector from what it selects."""

from __future__ import annotations

from typing import Any

import hypothesis.strategies as st
import lxml.html
import pytest
from hypothesis import given
from strategies import examples
from test_selectors_properties import css_selectors, pages, xpaths

from cleaner.selectors import Elements, Selector, compile_css, compile_xpath
from cleaner.selectors.needs import PageHoldings, needs_of

PAGE = lxml.html.document_fromstring(
    '<div class="card wide" id="top"><a href="https://example.com/a" title="x\u00a0y">t</a><p data-n>u</p></div>'
)
CSS = [
    ("[class^=car]", True),
    ("[class^=bar]", False),
    ("[class$=de]", True),
    ("a[href*='example.com']", True),
    ("a[href*='example.org']", False),
    (".card > .none", False),
    (".card > p", True),
    (".card:has(> .none)", False),
    (".none, .card > a", True),
    (".none > a, .other > a", False),
    ("[data-n]", True),
    ("[data-m]", False),
    ("[id=top] p", True),
    ("[id=to] p", False),
    ("[title~='x\u00a0y']", True),  # no white space of HTML, so one token
    ("p:not(.none)", True),
    (":is(.none, .card) > p", True),
    ("[class=CARD i]", True),  # not looked up
    ("div p", True),
]


@pytest.mark.parametrize(("selector", "may_hold"), CSS)
def test_what_a_page_may_hold(selector: str, may_hold: bool) -> None:
    holdings = PageHoldings(Elements.of(PAGE))
    assert holdings.has(needs_of(compile_css(selector).expression)) == may_hold


XPATH = [
    ("//div[@id='top']/p", True),
    ("//div[@id='bottom']/p", False),
    ("(//div[@class='none'])[1]", False),
    ("(//a | //p)[@id='none']", True),
    ("//p[not(@id='none')]", True),
    ("//p[@id='none' or @class]", True),
    ("//a[contains(@href, 'none')]/..", False),
    ("string(//p)", True),
]


@pytest.mark.parametrize(("expression", "may_hold"), XPATH)
def test_what_a_page_may_hold_for_xpath(expression: str, may_hold: bool) -> None:
    holdings = PageHoldings(Elements.of(PAGE))
    assert holdings.has(needs_of(compile_xpath(expression).expression)) == may_hold


@examples(300)
@given(pages(), st.one_of(xpaths.map(compile_xpath), css_selectors.map(compile_css)))
def test_a_page_without_what_is_needed_has_nothing_that_is_selected(page: Any, selector: Selector) -> None:
    elements = Elements.of(page)
    if not PageHoldings(elements).has(needs_of(selector.expression)):
        assert selector.select(elements) == []


@examples(100)
@given(
    st.lists(st.sampled_from(["<p>", "<!--c-->", "<?pi x?>", "<b class=x>", "</b>", "<br>", "t", "</div>", "<div>"]))
)
def test_elements_are_numbered_in_document_order(parts: list[str]) -> None:
    root = lxml.html.document_fromstring("<html><body>" + "".join(parts) + "</body></html>")
    elements = Elements.of(root)
    nodes = [node for node in root.iter() if isinstance(node.tag, str)]
    assert elements.nodes == nodes
    assert [elements.nodes[n] if n >= 0 else None for n in elements.parent] == [node.getparent() for node in nodes]
