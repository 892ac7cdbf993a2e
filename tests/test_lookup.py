"""Which selectors match an element, and what metadata rules select."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner import Cleaner, Document, load_rules
from cleaner.matching.lookup import SelectorIndex
from cleaner.selectors import compile_css, limits

SELECTORS = ["p", ".a", "#i", "p.a.b", "p#i", ".a#i", "div, .b", "div p", "*", ":not(.a)", "[id=i]"]
"""Numbered from 0; the last but one two are answered by the whole tree."""


@pytest.mark.parametrize(
    ("tag", "id", "classes", "found"),
    [
        ("p", "", "", (0,)),
        ("p", "", "a", (0, 1)),
        ("p", "", "a b", (0, 1, 3, 6)),
        ("p", "", "b  a\tc", (0, 1, 3, 6)),
        ("p", "i", "", (0, 2, 4, 10)),
        ("p", "i", "a", (0, 1, 2, 4, 5, 10)),
        ("div", "", "", (6,)),
        ("div", "", "b", (6,)),
        ("span", "", "", ()),
        ("span", "j", "c", ()),
        ("span", "", "A", ()),  # classes are what they are
    ],
)
def test_which_selectors_an_element_alone_answers(tag: str, id: str, classes: str, found: tuple[int, ...]) -> None:
    index = SelectorIndex([compile_css(selector) for selector in SELECTORS])
    assert index.find(tag, id, classes) == found
    assert [number for _, number in index.of_tree] == [7, 8, 9]


def cleaned(tmp_path: Path, rules: str, page: str) -> Document:
    path = tmp_path / "own.yaml"
    path.write_text(rules, "utf-8")
    return Cleaner(load_rules(path, shipped=False), extractor="none").clean(page, media_type="text/html")


PAGE = "<div class='x note'><p>a</p><p>b</p></div><p id=c class=x>c</p><p>d</p>"


@pytest.mark.parametrize(
    ("selector", "left"),
    [
        (".x", "d"),
        (".note", "c d"),
        ("p.x", "a b d"),
        ("#c", "a b d"),
        ("p", ""),
        ("div p", "c d"),
        ("div p, #c", "d"),
        ("p:first-child", "b c d"),
        ("p:not([class])", "c"),
        ("div + p", "a b d"),
        ("div ~ p", "a b"),
        ("*:has(> p + p)", "c d"),
        (".nowhere", "a b c d"),
    ],
)
def test_selectors_of_both_sorts_decide_for_blocks(tmp_path: Path, selector: str, left: str) -> None:
    document = cleaned(tmp_path, f"rules: [drop: {{css: '{selector}'}}]", PAGE)
    assert " ".join(block.text for block in document.blocks) == left


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        ("{css: p}", "a"),
        ("{css: .x, attr: class}", "x note"),
        ("{css: .x, attr: id}", "c"),  # the first that has one
        ("{css: p, attr: href}", None),
        ("{xpath: 'string(//p[2])'}", "b"),
        ("{css: '.nowhere, #c'}", "c"),
    ],
)
def test_metadata_rules_select_values(tmp_path: Path, rule: str, value: str | None) -> None:
    assert cleaned(tmp_path, f"metadata: {{licence: {rule}}}", PAGE).licence == value


@pytest.mark.parametrize(
    ("rule", "what"),
    [
        ("rules: [drop: {css: 'div p'}]", "selector 'div p'"),
        ("metadata: {licence: {css: 'div p'}}", "{path}:1: selector 'div p'"),
        ("metadata: {licence: {xpath: //div/p, attr: class}}", "selector '//div/p'"),
    ],
)
def test_a_selector_that_costs_too_much_is_told(
    tmp_path: Path, rule: str, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "BASE_UNITS", 0)
    monkeypatch.setattr(limits, "UNITS_PER_NODE", 0)
    document = cleaned(tmp_path, rule, PAGE)
    (warning,) = document.warnings
    assert warning.code == "rules.selector_cost"
    assert warning.startswith(f"{what.format(path=tmp_path / 'own.yaml')} was not evaluated: ")
    assert (len(document.blocks), document.licence) == (4, None)


@pytest.mark.parametrize(
    ("selector", "page", "left"),
    [
        ("b", "<p>The <b>ferry</b> left.</p>", []),
        ("p > b", "<p>The <b>ferry</b> left.</p>", []),
        ("i", "<p>The <b>ferry</b> left.</p>", ["strong"]),
        (".x", "<p>The <a class=x href=/ferry>ferry</a> left.</p>", []),
        (".x", "<p>The <a class=x href=/ferry><b>ferry</b></a> left.</p>", ["strong"]),
        ("blockquote", "<blockquote><p>The ferry left.</p></blockquote>", []),
        ("p", "<blockquote><p>The ferry left.</p></blockquote>", ["quote"]),
    ],
)
def test_unwrap_takes_an_element_away_from_around_its_content(
    tmp_path: Path, selector: str, page: str, left: list[str]
) -> None:
    (block,) = cleaned(tmp_path, f"rules: [unwrap: {{css: '{selector}'}}]", page).blocks
    assert block.text == "The ferry left."
    assert [around.kind for around in (*block.containers, *block.spans)] == left
