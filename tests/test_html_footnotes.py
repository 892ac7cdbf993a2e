"""Footnotes: links to notes become references, and the items that they point to become notes."""

from __future__ import annotations

import pytest
from walked import said, walked

from cleaner.document import Span
from cleaner.page.candidate import Candidate

NOTE = "<ol><li id=fn1>A note. <a href='#ref1'>↩</a></ol>"


def reference(start: int, end: int, label: str) -> Span:
    return Span(start, end, "footnote_ref", value=label)


def first(html: str, notes: str = NOTE) -> Candidate:
    return walked(f"<p>{html}</p>{notes}").blocks[0]


@pytest.mark.parametrize(
    ("html", "text", "spans"),
    [
        ("A<sup><a href='#fn1'>1</a></sup>.", "A1.", [reference(1, 2, "1")]),
        ("A<a href='#fn1'><sup>1</sup></a>.", "A1.", [reference(1, 2, "1")]),
        ("A <a href='#fn1'>[ 7 ]</a> b", "A 1 b", [reference(2, 3, "1")]),
        ("A<a href='#fn1'>*</a>", "A1", [reference(1, 2, "1")]),
        ("<a href='#fn1'>(b)</a> A", "1 A", [reference(0, 1, "1")]),
        # spans around it stay, and those behind it move
        ("<b>A<sup><a href='#fn1'>[12]</a></sup> b</b> <i>c</i>", "A1 b c", [Span(0, 4, "strong"), reference(1, 2, "1"), Span(5, 6, "emphasis")]),
        ("A<b><a href='#fn1'>[1]</a></b>", "A1", [Span(1, 2, "strong"), reference(1, 2, "1")]),
        ("<a href=/x>A</a><a href='#fn1'>[1]</a><code>b</code>", "A1b", [Span(0, 1, "link", "/x"), reference(1, 2, "1"), Span(2, 3, "code")]),
        ("<sup>A</sup><sup><a href='#fn1'>1</a></sup>", "A1", [Span(0, 2, "sup"), reference(1, 2, "1")]),
        # an image and code beside it stay what they are
        ("<img src=/i.png><a href='#fn1'>[1]</a>", "1", [Span(0, 0, "image", "/i.png"), reference(0, 1, "1")]),
        ("A<a href='#fn1'>[1]</a><img src=/i.png>b", "A1b", [reference(1, 2, "1"), Span(2, 2, "image", "/i.png")]),
        ("<img src=/i.png><code>A</code><a href='#fn1'>[1]</a>", "A1", [Span(0, 0, "image", "/i.png"), Span(0, 1, "code"), reference(1, 2, "1")]),
        ("<code><a href='#fn1'>1</a></code>", "1", [reference(0, 1, "1"), Span(0, 1, "code")]),
        # the same note twice
        ("A<a href='#fn1'>[1]</a> b<a href='#fn1'>[1]</a>", "A1 b1", [reference(1, 2, "1"), reference(4, 5, "1")]),
        # links that are no references
        ("A<a href='#fn1'>see the note</a>", "Asee the note", [Span(1, 13, "link", "#fn1")]),
        ("A<a href='#fn9'>1</a>", "A1", [Span(1, 2, "link", "#fn9")]),
        ("A<a href='/x#fn1'>1</a>", "A1", [Span(1, 2, "link", "/x#fn1")]),
    ],
)  # fmt: skip
def test_references(html: str, text: str, spans: list[Span]) -> None:
    block = first(html)
    assert (block.text, block.spans) == (text, spans)


def test_labels_count_in_the_order_of_references() -> None:
    page = walked(
        "<p>A<a href='#fn-b'>b</a> c<a href='#fn-a'>a</a></p><p>d<a href='#fn-b'>b</a></p>"
        "<ol><li id=fn-a>First. <a href='#r'>^</a><li id=fn-b>Second.<p>More <b>of</b> it.</p><li id=fn-c>Unused.</ol>"
    )
    assert [block.text for block in page.blocks[:2]] == ["A1 c2", "d1"]
    assert [(said(block), block.containers[-1].label) for block in page.blocks[2:]] == [
        ("paragraph footnote: First.", "2"),
        ("paragraph footnote: Second.", "1"),
        ("paragraph footnote: More of it.", "1"),
        ("list_item item3: Unused.", None),
    ]


def test_what_is_in_a_note_stays_what_it_is() -> None:
    page = walked(
        "<p>A<a href='#fn1'>1</a></p><ol><li id=fn1>A note.<ul><li>An item.</ul><blockquote>B.</blockquote></ol>"
    )
    assert [said(block) for block in page.blocks[1:]] == [
        "paragraph footnote: A note.",
        "list_item footnote item: An item.",
        "paragraph footnote quote: B.",
    ]


@pytest.mark.parametrize(
    ("note", "text", "spans"),
    [
        ("A note. <a href='#r'>↩</a>", "A note.", []),
        ("<a href='#r'>^</a> A <b>note</b>.", "A note.", [Span(2, 6, "strong")]),
        ("<a href='#r'>↩</a> A note. <a href='#r2'>↩</a> <a href='#r3'>↩</a>", "A note.", []),
        ("A note. <a href='#r'>back</a>", "A note. back", [Span(8, 12, "link", "#r")]),
        ("See <a href=/x>→</a> it.", "See → it.", [Span(4, 5, "link", "/x")]),
    ],
)
def test_links_back_are_cut(note: str, text: str, spans: list[Span]) -> None:
    page = walked(f"<p>A<a href='#fn1'>1</a></p><ol><li id=fn1>{note}</ol>")
    assert (page.blocks[1].text, page.blocks[1].spans) == (text, spans)


@pytest.mark.parametrize(
    "id", ["fn1", "fn:1", "footnote-1", "cite_note-3", "user-content-fn-1", "_ftn1", "ref1", "fnref1", "lamp"]
)
def test_ids_of_notes(id: str) -> None:
    block = first(f"A<a href='#{id}'>1</a>", f"<ol><li id={id}>A note.</ol>")
    assert (block.spans[0].kind == "footnote_ref") is (id not in ("_ftn1", "ref1", "fnref1", "lamp"))
