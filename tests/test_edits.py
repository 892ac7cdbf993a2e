"""Edits of a block's text: what is cut, what is put in its place, and what becomes of spans and of tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.document import Cell, Span, table_text
from cleaner.page.candidate import Candidate
from cleaner.page.edits import Edit, apply, cell_starts, disjoint, put_spans, stretches

TEXT = "Read more about ferries here today"
#       0    5    10    16      24   29


def edited(text: str, edits: list[Edit], *spans: Span) -> tuple[str, list[tuple[str, str]]]:
    """The text after edits, and the kind and text of its spans."""
    block = Candidate("paragraph", text, spans=list(spans))
    apply(block, edits)
    return block.text, [(span.kind, block.text[span.start : span.end]) for span in block.spans]


# --- text


@pytest.mark.parametrize(
    ("edits", "text"),
    [
        ([], TEXT),
        ([Edit(0, 4)], "more about ferries here today"),
        ([Edit(29, 34)], "Read more about ferries here"),
        ([Edit(5, 9)], "Read about ferries here today"),
        ([Edit(5, 10)], "Read about ferries here today"),
        ([Edit(4, 9)], "Read about ferries here today"),
        ([Edit(4, 10)], "Readabout ferries here today"),
        ([Edit(5, 9), Edit(16, 23)], "Read about here today"),
        ([Edit(5, 9), Edit(10, 15)], "Read ferries here today"),
        ([Edit(0, 34)], ""),
        ([Edit(0, 4, "See")], "See more about ferries here today"),
        ([Edit(5, 9, "less")], "Read less about ferries here today"),
        ([Edit(5, 9, " ")], "Read   about ferries here today"),
        ([Edit(0, 5, "")], "more about ferries here today"),
        ([Edit(0, 5, " ")], "more about ferries here today"),
        # cuts that touch are one cut, and leave one space
        ([Edit(5, 7), Edit(7, 9)], "Read about ferries here today"),
        ([Edit(5, 9), Edit(9, 15)], "Read ferries here today"),
        ([Edit(5, 9), Edit(9, 10), Edit(10, 15)], "Read ferries here today"),
        # the space beside a replacement is the replacement's matter
        ([Edit(5, 9), Edit(9, 15, "ily ")], "Read ily  ferries here today"),
        ([Edit(0, 5, "Reading"), Edit(5, 9)], "Reading about ferries here today"),
    ],
)
def test_text(edits: list[Edit], text: str) -> None:
    assert edited(TEXT, edits)[0] == text


# --- spans


@pytest.mark.parametrize(
    ("edits", "covered"),
    [
        # "more about" is strong, and "about" in it a link
        ([Edit(0, 5)], ["more about", "about"]),
        ([Edit(0, 4)], ["more about", "about"]),
        ([Edit(15, 23)], ["more about", "about"]),
        ([Edit(16, 23)], ["more about", "about"]),
        ([Edit(0, 6)], ["ore about", "about"]),
        ([Edit(14, 23)], ["more abou", "abou"]),
        ([Edit(5, 9)], ["about", "about"]),
        ([Edit(5, 10)], ["about", "about"]),
        ([Edit(9, 15)], ["more"]),
        ([Edit(10, 15)], ["more"]),
        ([Edit(11, 14)], ["more at", "at"]),
        ([Edit(5, 15)], []),
        ([Edit(0, 34)], []),
        ([Edit(10, 15, "on")], ["more on", "on"]),
        ([Edit(5, 9, "less")], ["less about", "about"]),
        # a border inside goes to the start, in front of what is put there
        ([Edit(5, 15, "on")], ["on", "on"]),
        ([Edit(0, 6, "Mo")], ["Moore about", "about"]),
        ([Edit(0, 9, "On")], ["On about", "about"]),
        ([Edit(10, 23, "on")], ["more"]),
        ([Edit(5, 9), Edit(9, 15)], []),
        ([Edit(5, 9), Edit(16, 23)], ["about", "about"]),
    ],
)
def test_spans(edits: list[Edit], covered: list[str]) -> None:
    _, found = edited(TEXT, edits, Span(5, 15, "strong"), Span(10, 15, "link", "/x"))
    assert [text for _, text in found] == covered
    assert [kind for kind, _ in found] == ["strong", "link"][: len(covered)]


def test_spans_behind_cuts_that_touch() -> None:
    assert edited("a bb cc dd", [Edit(2, 4), Edit(4, 7)], Span(8, 10, "code")) == ("a dd", [("code", "dd")])


def test_images_stay_at_their_place() -> None:
    block = Candidate("paragraph", TEXT, spans=[Span(at, at, "image", "/i.png") for at in (4, 5, 7, 9, 10, 34)])
    apply(block, [Edit(5, 9)])
    assert [(span.start, span.end) for span in block.spans] == [(at, at) for at in (4, 5, 5, 5, 5, 29)]


cuts = st.sets(st.integers(0, len(TEXT)), max_size=8).map(sorted)


@given(cuts)
def test_a_text_that_was_cut_is_tidy_and_stays_as_it_is(borders: list[int]) -> None:
    block = Candidate("paragraph", TEXT, spans=[Span(5, 15, "strong"), Span(10, 15, "link", "/x")])
    apply(block, [Edit(start, end) for start, end in zip(borders[::2], borders[1::2], strict=False)])
    assert "  " not in block.text and block.text == block.text.strip()
    before = block.text, block.spans
    apply(block, [])
    assert (block.text, block.spans) == before


@given(st.sets(st.integers(0, len(TEXT) - 1)).map(sorted))
def test_what_is_replaced_by_itself_stays(places: list[int]) -> None:
    block = Candidate("paragraph", TEXT, spans=[Span(5, 15, "strong"), Span(10, 15, "link", "/x")])
    apply(block, [Edit(at, at + 1, TEXT[at]) for at in places])
    assert (block.text, block.spans) == (TEXT, [Span(5, 15, "strong"), Span(10, 15, "link", "/x")])


# --- tables


def table(*rows: list[Cell]) -> Candidate:
    return Candidate("table", table_text(rows), rows=list(rows))


def prices() -> Candidate:
    return table(
        [Cell("Part", header=True), Cell("Price", header=True)],
        [Cell("Nut (new)", (Span(0, 3, "strong"),)), Cell("", (Span(0, 0, "image", "/i.png"),))],
        [Cell("Bolt"), Cell("2 pence", (Span(2, 7, "code"),))],
    )


PRICES = "Part\tPrice\nNut (new)\t\nBolt\t2 pence"
#         0     5      11         21 22    27


def test_where_cells_start() -> None:
    assert prices().text == PRICES
    assert cell_starts(prices().rows) == [[0, 5], [11, 21], [22, 27]]
    assert cell_starts([[Cell("a")], [], [Cell("b")]]) == [[0], [], [2]]
    assert list(stretches(prices())) == [
        (0, "Part"),
        (5, "Price"),
        (11, "Nut (new)"),
        (21, ""),
        (22, "Bolt"),
        (27, "2 pence"),
    ]
    assert list(stretches(Candidate("paragraph", "a b"))) == [(0, "a b")]


@pytest.mark.parametrize(
    ("edits", "text"),
    [
        ([], PRICES),
        ([Edit(14, 20)], "Part\tPrice\nNut\t\nBolt\t2 pence"),
        ([Edit(11, 14)], "Part\tPrice\n(new)\t\nBolt\t2 pence"),
        ([Edit(27, 29)], "Part\tPrice\nNut (new)\t\nBolt\tpence"),
        ([Edit(29, 34, "p")], "Part\tPrice\nNut (new)\t\nBolt\t2 p"),
        # a whole cell, and the separators at its borders
        ([Edit(5, 10)], "Part\t\nNut (new)\t\nBolt\t2 pence"),
        ([Edit(4, 11)], "Part\t\nNut (new)\t\nBolt\t2 pence"),
        # a whole row goes
        ([Edit(11, 20)], "Part\tPrice\nBolt\t2 pence"),
        ([Edit(0, 10)], "Nut (new)\t\nBolt\t2 pence"),
        ([Edit(0, 34)], ""),
        # over several cells: the replacement stands in the first
        ([Edit(22, 34, "Nail")], "Part\tPrice\nNut (new)\t\nNail\t"),
        ([Edit(15, 29, "[x]")], "Part\tPrice\nNut [x]\t\n\tpence"),
        ([Edit(0, 4), Edit(14, 20), Edit(27, 28)], "\tPrice\nNut\t\nBolt\tpence"),
    ],
)
def test_cells(edits: list[Edit], text: str) -> None:
    block = prices()
    apply(block, edits)
    assert block.text == text == table_text(block.rows)


def test_spans_of_cells_move() -> None:
    block = prices()
    apply(block, [Edit(12, 13), Edit(14, 20), Edit(27, 28)])
    assert block.rows[1] == [Cell("Nt", (Span(0, 2, "strong"),)), Cell("", (Span(0, 0, "image", "/i.png"),))]
    assert block.rows[2] == [Cell("Bolt"), Cell("pence", (Span(0, 5, "code"),))]


def test_a_row_that_was_empty_before_stays() -> None:
    block = table([Cell("a"), Cell("b")], [Cell(""), Cell("")])
    apply(block, [Edit(0, 1)])
    assert block.rows == [[Cell(""), Cell("b")], [Cell(""), Cell("")]]


# --- spans over what is replaced


@pytest.mark.parametrize(
    ("spans", "kept"),
    [
        ([Span(0, 34, "strong")], ["strong"]),
        ([Span(0, 5, "link", "/x"), Span(5, 9, "code"), Span(9, 10, "sup")], []),
        ([Span(0, 4, "code"), Span(10, 15, "sup"), Span(23, 28, "sub"), Span(30, 34, "code")], ["code", "sup", "code"]),
    ],
)
def test_spans_that_touch_an_edit_are_asked_about(spans: list[Span], kept: list[str]) -> None:
    block = Candidate("paragraph", TEXT, spans=spans)
    edits = [Edit(5, 9, "x"), Edit(16, 23, "y"), Edit(24, 28, "z")]
    put_spans(block, edits, "math", lambda span, _: span.kind != "strong" and (span.start, span.end) != (0, 4))
    assert [span.value for span in block.spans if span.kind == "math"] == ["x", "y", "z"]
    assert [span.kind for span in block.spans if span.kind != "math"] == kept


def test_cells_get_spans_of_their_own() -> None:
    block = prices()
    put_spans(block, [Edit(11, 14, "Bold"), Edit(27, 28, "1"), Edit(29, 34, "p")], "math", lambda *_: True)
    assert block.rows[1][0] == Cell("Bold (new)", (Span(0, 4, "math", value="Bold"),))
    assert block.rows[2][1] == Cell("1 p", (Span(0, 1, "math", value="1"), Span(2, 3, "math", value="p")))


# --- edits that overlap


@pytest.mark.parametrize(
    ("edits", "made"),
    [
        ([], []),
        ([Edit(4, 6), Edit(0, 2)], [Edit(0, 2), Edit(4, 6)]),
        ([Edit(0, 2), Edit(2, 4)], [Edit(0, 2), Edit(2, 4)]),
        ([Edit(0, 4), Edit(2, 6)], [Edit(0, 4), Edit(4, 6)]),
        ([Edit(0, 6), Edit(2, 4)], [Edit(0, 6)]),
        ([Edit(0, 6), Edit(2, 6)], [Edit(0, 6)]),
        ([Edit(0, 2), Edit(0, 4)], [Edit(0, 4)]),
        ([Edit(0, 2, "x"), Edit(0, 2, "y")], [Edit(0, 2, "x")]),
        ([Edit(0, 3, "x"), Edit(1, 5, "y"), Edit(4, 8, "z")], [Edit(0, 3, "x"), Edit(3, 5, "y"), Edit(5, 8, "z")]),
    ],
)
def test_disjoint(edits: list[Edit], made: list[Edit]) -> None:
    assert disjoint(edits) == made


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 8)), max_size=8))
def test_disjoint_edits_cover_what_was_covered(pairs: list[tuple[int, int]]) -> None:
    edits = [Edit(start, start + length) for start, length in pairs]
    made = disjoint(edits)
    positions = [at for edit in made for at in range(edit.start, edit.end)]
    assert positions == sorted({at for edit in edits for at in range(edit.start, edit.end)})
    assert disjoint(made) == made
