"""The traits of elements: what is asked once for each signature of a page."""

from __future__ import annotations

import pytest
from walked import Selectors, body_of, walked

from cleaner.html.class_names import names_of
from cleaner.html.traits import Traits, TraitsTable
from cleaner.html.walk import Walker
from cleaner.page.elements import ElementSignature


def test_traits_are_found_once_for_a_signature() -> None:
    signatures: list[ElementSignature] = []
    lookup = Selectors("p", ".lead")
    traits = TraitsTable(lookup, signatures)
    lead = ("p", "lead big", "start", "", "")
    names = ("has_special_class", "is_caption", "may_hide", "is_line", "names_heading", "may_be_post")
    no = dict.fromkeys(names, False)
    assert traits["p"] == Traits(0, (0,), **no)
    assert traits[lead] == Traits(1, (0, 1), **no)
    assert traits["p"] is traits["p"]
    assert lookup.asked == [("p", "", ""), ("p", "start", "lead big")]
    assert signatures == [ElementSignature("p"), ElementSignature("p", "lead big", "start")]


@pytest.mark.parametrize(
    ("role", "item", "expected"),
    [("", "", ""), ("main", "", "main"), ("", "author", " author"), ("main", "author", "main author")],
)
def test_role_and_itemprop_are_one_field(role: str, item: str, expected: str) -> None:
    signatures: list[ElementSignature] = []
    assert TraitsTable(Selectors(), signatures)["div", "", "", role, item].number == 0
    assert signatures[0].role == expected


@pytest.mark.parametrize(
    ("classes", "special", "hides"),
    [
        ("", False, False),
        ("lead", False, False),
        ("math inline", True, False),
        ("admonition note", True, False),
        ("markdown-alert", True, False),
        ("notecard", True, False),
        ("callout", True, False),
        ("hidden", False, True),
        ("callout d-none", True, True),
        ("d-none d-md-block", False, False),
    ],
)
def test_what_classes_tell(classes: str, special: bool, hides: bool) -> None:
    traits = TraitsTable(Selectors(), [])["div", classes, "", "", ""]
    assert (traits.has_special_class, traits.may_hide) == (special, hides)


@pytest.mark.parametrize(
    ("tag", "classes", "expected"),
    [("code", "", True), ("div", "highlight", True), ("div", "view-line", True), ("div", "highlights", False)],
)
def test_what_may_be_code(tag: str, classes: str, expected: bool) -> None:
    assert TraitsTable(Selectors(), [])[tag, classes, "", "", ""].may_be_code is expected


def test_a_page_of_many_elements_has_few_signatures() -> None:
    lookup = Selectors()
    page = walked("<p class=x>a <b>b</b></p>" * 50)
    assert [like.tag for like in page.nodes.signatures] == ["body", "p", "b"]
    Walker(lookup).walk(body_of("<p>a</p>" * 50))
    assert len(lookup.asked) == 2


@pytest.mark.parametrize(
    ("classes", "expected"),
    [
        ("", ()),
        ("lead big", ()),
        ("wp-caption-text", ("is_caption",)),
        ("photoCredit", ("is_caption",)),
        ("accredited", ()),
        ("d-none", ("hides",)),
        ("d-none d-md-block", ()),
        ("hidden md:block", ()),
        ("overflow-hidden", ()),
        ("note br", ("may_be_callout", "is_line")),
        ("notes", ()),
        ("entry-title", ("is_heading",)),
        ("site-title", ()),
        ("subhead", ("is_heading",)),
        ("header", ()),
        ("hljs language-python", ("is_code",)),
        ("MathJax_Display", ("is_formula",)),
        ("aftermath", ("may_be_callout",)),
        ("comment", ("is_post",)),
        ("js-comment-item12", ("is_post",)),
        ("comments", ()),
        ("h-entry", ("is_post_or_article",)),
        ("übersicht title", ("is_heading",)),
    ],
)
def test_names_in_classes(classes: str, expected: tuple[str, ...]) -> None:
    names = names_of(classes)
    assert tuple(name for name, told in names._asdict().items() if told) == expected
