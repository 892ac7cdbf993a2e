"""Headings of HTML: bold lines that are headings, and the links to themselves that headings have."""

from __future__ import annotations

import pytest
from walked import marks_of, said, walked

from cleaner.document import Span
from cleaner.html.headings import drop_permalinks, is_bold_line, promote
from cleaner.html.inline import Inline
from cleaner.page.candidate import Candidate
from cleaner.page.elements import Nodes

PROSE = "The ferry left at noon with a list of birds."
LONG = f"{PROSE} {PROSE}"


def link(start: int, end: int) -> Span:
    return Span(start, end, "link", "#a")


@pytest.mark.parametrize(
    ("text", "spans", "after", "left"),
    [
        ("Lamps #", [link(6, 7)], "Lamps", []),
        ("¶ Lamps", [link(0, 1)], "Lamps", []),
        ("Lamps#", [link(5, 6)], "Lamps", []),
        ("# Lamps ¶", [link(0, 1), link(8, 9)], "Lamps", []),
        ("Lamps ¶ #", [link(6, 7), link(8, 9)], "Lamps", []),
        # spans move along
        ("¶ Lamps of brass", [link(0, 1), Span(2, 7, "strong"), Span(11, 16, "code")], "Lamps of brass", [Span(0, 5, "strong"), Span(9, 14, "code")]),
        ("¶ Lamps", [Span(0, 7, "strong"), link(0, 1)], "Lamps", [Span(0, 5, "strong")]),
        ("Lamps ¶", [Span(0, 7, "strong"), link(6, 7)], "Lamps", [Span(0, 5, "strong")]),
        ("Lamps ¶", [Span(0, 5, "code"), link(6, 7), Span(6, 7, "sup")], "Lamps", [Span(0, 5, "code")]),
        ("Lamps ¶", [Span(5, 5, "image", "/i.png"), link(6, 7), Span(7, 7, "image", "/j.png")], "Lamps", [Span(5, 5, "image", "/i.png"), Span(5, 5, "image", "/j.png")]),
        # icons, and links to edit
        ("Lamps \uf0c1", [link(6, 7)], "Lamps", []),
        ("Lamps\uf0c1", [], "Lamps", []),
        ("\ue9cb Lamps", [], "Lamps", []),
        ("Lamps 🔗", [], "Lamps", []),
        ("Lamps[source] ¶", [link(5, 13), link(14, 15)], "Lamps", []),
        ("Lamps[edit]", [Span(6, 10, "link", "/w?action=edit")], "Lamps", []),
        ("Lamps [edit | edit source]", [Span(7, 11, "link", "/a"), Span(14, 25, "link", "/b")], "Lamps", []),
        ("Lampen[Bearbeiten | Quelltext bearbeiten]", [], "Lampen", []),
        ("Lamps Edit", [Span(6, 10, "link", "/w?action=edit")], "Lamps", []),
        ("Lamps Permalink", [link(6, 15)], "Lamps", []),
        ("Lamps Link to this heading", [link(6, 26)], "Lamps", []),
        ("How to edit", [Span(7, 11, "link", "/help")], "How to edit", [Span(7, 11, "link", "/help")]),
        ("Lamps [PDF]", [Span(6, 11, "link", "/l.pdf")], "Lamps [PDF]", [Span(6, 11, "link", "/l.pdf")]),
        ("C#", [], "C#", []),
        ("¶¶", [], "¶¶", []),
        # what has words, stands within the text or is all of it is no link of a heading to itself
        ("Lamps here", [link(6, 10)], "Lamps here", [link(6, 10)]),
        ("Lamps # brass", [link(6, 7)], "Lamps # brass", [link(6, 7)]),
        ("¶", [link(0, 1)], "¶", [link(0, 1)]),
        ("Lamps #", [Span(6, 7, "code")], "Lamps #", [Span(6, 7, "code")]),
    ],
)  # fmt: skip
def test_permalinks_are_cut(text: str, spans: list[Span], after: str, left: list[Span]) -> None:
    inline = Inline(text, spans)
    drop_permalinks(inline)
    assert (inline.text, inline.spans) == (after, left)


def test_marks_move_as_spans_do() -> None:
    inline = Inline(
        "¶ Lamps of brass #", [link(0, 1), link(17, 18)], [(1, 0, 18), (2, 2, 7), (3, 11, 18), (4, 0, 1), (5, 17, 18)]
    )
    drop_permalinks(inline)
    assert (inline.text, inline.marks) == ("Lamps of brass", [(1, 0, 14), (2, 0, 5), (3, 9, 14)])


def test_a_selector_around_the_text_of_a_heading_matches_the_heading() -> None:
    page = walked(
        "<h2><span class=x>Lamps <a href='#a'>#</a></span></h2><h2>Of <i class=x>brass <a href='#b'>#</a></i></h2>",
        ".x",
    )
    assert [(hit.selector, hit.first) for hit in page.hits] == [(0, 0)]
    assert marks_of(page) == [(0, "brass")]


# --- bold lines


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        (f"<p><b>Lamps</b></p><p>{PROSE}</p>", ["heading2: Lamps", f"paragraph: {PROSE}"]),
        (f"<h1>A</h1><h3>B</h3><p><b>Lamps</b></p><p>{PROSE}</p>", ["heading1: A", "heading3: B", "heading4: Lamps", f"paragraph: {PROSE}"]),
        (f"<h3>A</h3><p><b>Lamps</b></p><p>{PROSE}</p>", ["heading3: A", "heading2: Lamps", f"paragraph: {PROSE}"]),
        ("<p><b>Lamps of brass</b></p><p>Short.</p>", ["paragraph: Lamps of brass", "paragraph: Short."]),
        ("<p><b>Lamps</b></p><p>Brass</p>", ["paragraph: Lamps", "paragraph: Brass"]),
        (f"<p><b>Of</b></p><p><b>Lamps</b></p><p>{PROSE}</p>", ["heading2: Of", "heading2: Lamps", f"paragraph: {PROSE}"]),
        (f"<p><b>A</b></p><p><b>Of</b></p><p><b>Lamps</b></p><p>{PROSE}</p>", ["paragraph: A", "paragraph: Of", "paragraph: Lamps", f"paragraph: {PROSE}"]),
        ("<p><b>Lamps</b></p><ul><li>a</ul>", ["heading2: Lamps", "list_item item: a"]),
        ("<p><b>Lamps</b></p><ul><li><a href=/a>a</a></ul>", ["paragraph: Lamps", "list_item item: a"]),
        (f"<blockquote><p><b>Lamps</b></p><p>{PROSE}</p></blockquote>", ["heading2 quote: Lamps", f"paragraph quote: {PROSE}"]),
        (f"<p><font size=4>Lamps</font></p><p>{LONG}</p>", ["heading2: Lamps", f"paragraph: {LONG}"]),
        (f"<div class=title>Lamps</div><p>{LONG}</p>", ["heading2: Lamps", f"paragraph: {LONG}"]),
        (f"<span class=cross-head>Lamps</span><p>{LONG}</p>", ["heading2: Lamps", f"paragraph: {LONG}"]),
        ("<div class=title>Lamps</div><p>Short, but longer than the line.</p>", ["paragraph: Lamps", "paragraph: Short, but longer than the line."]),
        (f"<div class=title>Lamps</div><div class=title>{LONG}</div>", ["paragraph: Lamps", f"paragraph: {LONG}"]),
        ("<p><b>Lamps</b></p>", ["paragraph: Lamps"]),
        (f"<dl><dt><b>Lamps</b><dd>{PROSE}</dl>", ["paragraph: Lamps", f"paragraph: {PROSE}"]),
        (f"<dl><dd><p><b>Lamps</b></p><p>{PROSE}</dl>", ["paragraph: Lamps", f"paragraph: {PROSE}"]),
        ("<p><b>Lamps</b></p><h2>Of brass and iron</h2>", ["paragraph: Lamps", "heading2: Of brass and iron"]),
        ("<p><b>Lamps</b></p><p><b>Of brass and iron</b></p>", ["paragraph: Lamps", "paragraph: Of brass and iron"]),
    ],
)  # fmt: skip
def test_lines_set_off_from_the_prose_under_them_are_headings(html: str, blocks: list[str]) -> None:
    page = walked(html)
    promote(page.blocks, page.nodes)
    assert [said(block) for block in page.blocks] == blocks


def test_a_bold_line_loses_only_its_bold_span() -> None:
    line = Candidate("paragraph", "Lamps", spans=[Span(0, 5, "strong"), Span(0, 5, "emphasis")])
    promote([line, Candidate("paragraph", PROSE)], Nodes())
    assert (line.kind, line.level, line.spans) == ("heading", 2, [Span(0, 5, "emphasis")])


@pytest.mark.parametrize(
    ("text", "is_heading"),
    [
        ("Lamps of brass", True),
        ("Is it late?", True),
        ("It is late.", False),
        ("Lamps:", False),
        ('She said "late."', False),
        ("12", False),
        ("* * *", False),
        ("See www.example.org", False),
        ("me@example.org", False),
        ("two\nlines", False),
        ("word " * 14 + "word", False),
        ("word " * 13 + "word", True),
        ("w" * 100, True),
        ("w" * 101, False),
    ],
)
def test_the_form_of_a_heading(text: str, is_heading: bool) -> None:
    assert is_bold_line(Candidate("paragraph", text, spans=[Span(0, len(text), "strong")])) is is_heading


def test_a_line_that_is_bold_in_part_is_no_bold_line() -> None:
    assert not is_bold_line(Candidate("paragraph", "Lamps of brass", spans=[Span(0, 5, "strong")]))
    assert not is_bold_line(Candidate("list_item", "Lamps", spans=[Span(0, 5, "strong")]))
