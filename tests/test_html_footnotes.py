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
    assert (block.spans[0].kind == "footnote_ref") is (id not in ("ref1", "fnref1", "lamp"))


FORMS = [
    # list items: Pandoc, kramdown, GitHub, WordPress
    "A<a href=#fn1 id=fnref1 role=doc-noteref><sup>1</sup></a>.<section role=doc-endnotes><ol><li id=fn1><p>The note.<a href=#fnref1>↩︎</a></p></ol></section>",
    "A<sup id=fnref:1><a href=#fn:1>1</a></sup>.<div class=footnotes><ol><li id=fn:1><p>The note. <a href=#fnref:1>&#8617;</a> <a href=#fnref:1:1>&#8617;<sup>2</sup></a></p></ol></div>",
    "A<sup><a href=#fn-1-a1b2 id=user-content-fnref-1-a1b2>1</a></sup>.<ol><li id=user-content-fn-1-a1b2><p>The note. <a href=#user-content-fnref-1-a1b2>↩</a></p></ol>",
    "A<sup><a href=#a1-b2 id=a1-b2-link>1</a></sup>.<ol><li id=a1-b2>The note. <a href=#a1-b2-link>↩︎</a></ol>",
    "A<span><a href=#easy-footnote-bottom-1-9><sup>1</sup></a></span>.<ol><li><span id=easy-footnote-bottom-1-9></span>The note.<a href=#easy-footnote-1-9></a></ol>",
    # Wikipedia
    "A<sup id=cite_ref-B_1-0><a href=#cite_note-B-1>[1]</a></sup>.<ol><li id=cite_note-B-1><span>^ <a href=#cite_ref-B_1-0><sup>a</sup></a> <a href=#cite_ref-B_1-1><sup>b</sup></a></span> <span>The note.</span></ol>",
    # paragraphs, asides, divisions, terms
    "A<sup><a href=#fn1>1</a></sup>.<p id=fn1>1. The note.</p>",
    "A<sup id=ftnt_ref1><a href=#ftnt1>[1]</a></sup>.<div><p id=ftnt1><a href=#ftnt_ref1>[1]</a>&nbsp;The note.</p></div>",
    "A<a epub:type=noteref href=#n1>*</a>.<aside epub:type=footnote id=n1><p>* The note.</p></aside>",
    "A<a role=doc-noteref href=#id2 id=id1>[1]</a>.<aside id=id2 role=doc-footnote><span>[<a href=#id1>1</a>]</span><p>The note.</p></aside>",
    "A<a href=#id2 id=id1>[1]</a>.<dl class=footnote><dt id=id2><a href=#id1>1</a></dt><dd><p>The note.</p></dd></dl>",
    "A<sup><a href=#1>1</a></sup>.<div class=footnote-definition id=1><sup>1</sup><p>The note.</p></div>",
    "A<a href=#footnote-1-9 id=footnote-anchor-1-9>1</a>.<div class=footnote><a id=footnote-1-9 href=#footnote-anchor-1-9>1</a><div><p>The note.</p></div></div>",
    "A<a name=FnAnchor_1 href=#Footnote_1>1</a>.<div><p><a name=Footnote_1 href=#FnAnchor_1>1</a> The note.</p></div>",
    "A<a href=#footnote_plugin_reference_1><sup id=footnote_plugin_tooltip_1>[1]</sup></a>.<table class=footnotes_table><tr><th id=footnote_plugin_reference_1><a href=#footnote_plugin_tooltip_1>1↑</a></th><td>The note.</td></tr></table>",
    # Word, with and without its names
    "A<a href=#_ftn1 name=_ftnref1>[1]</a>.<div id=ftn1><p><a href=#_ftnref1 name=_ftn1>[1]</a> The note.</p></div>",
    "A<sup><a href=#_ftn1>[1]</a></sup>.<p><sup><a href='//0A#_ftnref1'>[1]</a> </sup>The note.</p>",
    # notes that end with line breaks
    "A<a href=#one><sup>1</sup></a>.<p><a name=one><sup>1</sup></a> The note. <a href='#'>↩</a></p>",
    # numbers alone
    "A<sup>1</sup>.<ol><li id=fn1>The note.</ol>",
    "A<sup>1</sup>.<hr><p><sup>1</sup> The note.</p>",
    "A<sup>1</sup>.<aside><ol start=1><li>The note.</ol></aside>",
]  # fmt: skip


@pytest.mark.parametrize("html", FORMS)
def test_forms(html: str) -> None:
    text, *others = [block for block in walked(f"<div>{html}</div>").blocks if block.kind != "rule"]
    assert (text.text, text.spans) == ("A1.", [reference(1, 2, "1")])
    assert {block.containers[0].label for block in others} == {"1"}
    assert [block.text for block in others if block.text] == ["The note."]
    assert not any(span.kind in ("link", "sup") for block in others for span in block.spans)


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        # the paragraphs between two notes at the end belong to the first
        ("<p>A<sup><a href=#fn1>1</a></sup> b<sup><a href=#fn2>2</a></sup></p><p id=fn1>1. One.</p><p>More.</p><p id=fn2>2. Two.</p><p>The end.</p>",
         ["paragraph: A1 b2", "paragraph footnote: One.", "paragraph footnote: More.", "paragraph footnote: Two.", "paragraph: The end."]),
        ("<p>A<sup>1</sup> b<sup>2</sup></p><hr><p><b>1</b> One:</p><ul><li>more</ul><p><b>2</b> Two.</p>",
         ["paragraph: A1 b2", "rule: ", "paragraph footnote: One:", "list_item footnote item: more", "paragraph footnote: Two."]),
        # those between two notes beside the text do not
        ("<p>A<sup><a href=#fn1>1</a></sup></p><aside id=fn1>One.</aside><p>Text b<sup><a href=#fn2>2</a></sup></p><aside id=fn2>Two.</aside><p>c</p>",
         ["paragraph: A1", "paragraph footnote: One.", "paragraph: Text b2", "paragraph footnote: Two.", "paragraph: c"]),
        ("<p>A<sup>1</sup> b<sup>2</sup></p><aside><ol><li>One.</ol></aside><p>Text</p><aside><ol start=2><li>Two.</ol></aside><p>c</p>",
         ["paragraph: A1 b2", "paragraph footnote: One.", "paragraph: Text", "paragraph footnote: Two.", "paragraph: c"]),
        ("<table><tr><th>A<th>b<tr><td>c<sup><a href=#fn1>a</a></sup><td>d</table><ol><li id=fn1>a Note.</ol>",
         ["table: A\tb\nc1\td", "paragraph footnote: Note."]),
        ("<p>A<a href=#note-1><sup>1</sup></a> b<a href=#note-2><sup>2</sup></a></p><table class=footnotes><tr><th id=note-1>1</th><td>One.</td></tr><tr><th id=note-2>2</th><td>Two.</td></tr></table>",
         ["paragraph: A1 b2", "paragraph footnote: ", "paragraph footnote: One.", "paragraph footnote: ", "paragraph footnote: Two."]),
        # links within the page that are none
        ("<p>See <a href=#th>1</a> and (<a href=#eq>2</a>).</p><h3 id=th>Theorem 1</h3><p id=eq>Exercise 2.</p>",
         ["paragraph: See 1 and (2).", "heading3: Theorem 1", "paragraph: Exercise 2."]),
        ("<p>By <a href=#eq1>(1)</a> and <a href=#eq2>(2)</a>.</p><p id=eq1>(1) a = b</p><p id=eq2>(2) c = d</p>",
         ["paragraph: By (1) and (2).", "paragraph: (1) a = b", "paragraph: (2) c = d"]),
        ("<p>See [<a href=#ref1>1</a>].</p><ol><li id=ref1>Smith.</ol>", ["paragraph: See [1].", "list_item item1: Smith."]),
        ("<p>An area of 3 m<sup>2</sup> and x<sup>1</sup>.</p><hr><p><sup>1</sup> One.</p><p><sup>3</sup> Three.</p>",
         ["paragraph: An area of 3 m2 and x1.", "rule: ", "paragraph: 1 One.", "paragraph: 3 Three."]),
    ],
)  # fmt: skip
def test_notes_and_what_stands_beside_them(html: str, blocks: list[str]) -> None:
    assert [said(block) for block in walked(html).blocks] == blocks


def test_cells_have_references() -> None:
    page = walked(
        "<table><tr><th>A<th>b<tr><td>c<td>d<sup><a href=#fn1>1</a></sup> e</table><ol><li id=fn1>A note.</ol>"
    )
    cell = page.blocks[0].rows[1][1]
    assert (cell.text, cell.spans) == ("d1 e", (reference(1, 2, "1"),))
