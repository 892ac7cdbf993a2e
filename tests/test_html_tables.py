"""Tables: which of them hold data, and what is read of their cells."""

from __future__ import annotations

import pytest
from walked import body_of

from cleaner.document import Cell, Span
from cleaner.html.inline import Inline
from cleaner.html.tables import MAX_SPAN, TableReader, is_data_table, number

TWO_BY_TWO = "<tr><td>a<td>b<tr><td>c<td>d"


MANY = "<tr><td>a<td>1" * 4
WIDE = "<tr><td>a<td>b<td>c"


@pytest.mark.parametrize(
    ("html", "is_data"),
    [
        (TWO_BY_TWO, True),
        ("<tr><th>a<th>b<tr><td>c<td>d", True),
        ("<tr><td>a<td>b", False),
        ("<tr><td>a<tr><td>b", False),
        ("<tr><th>a<tr><td>b", True),
        (f"{TWO_BY_TWO}<tr><td><table><tr><td>x</table>", False),
        (f"{TWO_BY_TWO}<tr><td><form>x</form>", False),
        # rows of one width, counted with merged cells
        (f"{WIDE}{WIDE}<tr><td colspan=2>d<td>e", True),
        (f"{WIDE}{WIDE}<tr><td rowspan=2>d<td>e<td>f<tr><td>g<td>h", True),
        ("<tr><td rowspan=3>a<td>b<tr><td>c<tr><td>d<tr><td>e<td>f", True),
        ("<tr><td rowspan=2>a<td>b<tr><td>c<tr><td>d", True),
        ("<tr><td rowspan=1>a<td>b<tr><td>c<tr><td>d", False),
        ("<tr><td>a<tr><td>b<td>c<tr><td>d<td>e<td>f", False),
        # rows that only make room
        (TWO_BY_TWO + "<tr></tr>" * 2, False),
        (MANY * 3 + "<tr></tr>" * 2, True),
        # text in several cells
        ("<tr><td><td>a<tr><td><td>b<tr><td><td>c", False),
        ("<tr><td>a<td><tr><td>b<td><tr><td>c<td>d", True),
        ("<tr><td colspan=2>a<tr><td>b<td>c<tr><td colspan=2>d", False),
        ("<tr><td><img src=/a.png><td>b<tr><td><img src=/c.png><td>d", True),
        # headings
        (f"{TWO_BY_TWO}<tr><td><h2>x</h2><td>y", True),
        (f"{TWO_BY_TWO}<tr><td><h2>x</h2>z<td>y", False),
        (f"{MANY}<tr><td><h2>x</h2>z<td>y", True),
        ("<tr><th><h3>a</h3><th>b<tr><td>c<td>d", True),
        (f"<tr><th>a<th>b<tr><td><h2>c</h2>{'x' * 601}<td>d", False),
        (f"<tr><th>a<th>b<tr><td>c<td>{'x' * 601}<tr><td><h2>c</h2><td>d", True),
        (f"<tr><th>a<th>b{MANY}<tr><td><h1>c</h1><td>d", False),
        ("<tr><td><h4>a</h4><td><h4>b</h4><tr><td>c<td>d<tr><td>e<td>f", True),
        # blocks, paragraphs, menus
        (f"{TWO_BY_TWO}<tr><td><p>x</p><td>y", True),
        (f"{TWO_BY_TWO}<tr><td>{'<p>x</p>' * 7}<td>y", False),
        (f"{MANY}<tr><td>{'<p>x</p>' * 12}<td>y", True),
        (f"{TWO_BY_TWO}<tr><th>e<td>{'<p>x</p>' * 6}", True),
        (f"{TWO_BY_TWO}<tr><td>x<br><br>y<td>z", False),
        (f"{TWO_BY_TWO}<tr><td>x<br>y<br>z<td>z", True),
        (f"{MANY}<tr><td>x<br><br>y<td>z", True),
        ("<tr><td><a>a</a><br><a>b</a><br><a>c</a><td>d<tr><td>e<td>f", False),
        ("<tr><td><a>a</a>, <a>b</a>, <a>c</a><td>d<tr><td>e<td>f", True),
        (f"<tr><td><a>aaa</a>, <a>bbb</a>, <a>ccc</a><td>{'d' * 90}<tr><td>e<td>f", False),
        (f"<tr><td><a>aaa</a>, <a>bbb</a>, <a>ccc</a><td>{'d' * 70}<tr><td>e<td>f", True),
        ("<tr><td><div><p>a</p></div><td><div><p>b</p></div>" * 2, True),
        # long texts
        (f"{TWO_BY_TWO}<tr><td>{'x' * 601}<td>y", False),
        (f"{TWO_BY_TWO}<tr><td>{'x' * 600}<td>y", True),
        (f"<tr><th>a<th>b<tr><td>c<td>{'x' * 601}", True),
        # code
        ("<tr><td><pre>a</pre><td>b<tr><td>c<td>d", True),
        (f"<tr><th>a<th>b{MANY}<tr><td><pre>a\nb</pre><td>b", False),
    ],
)
def test_tables_of_data(html: str, is_data: bool) -> None:
    assert is_data_table(body_of(f"<table>{html}</table>")[0]) is is_data


@pytest.mark.parametrize(
    ("role", "rows", "is_data"),
    [
        ("presentation", "<tr><th>a<th>b<tr><td>c<td>d", False),
        ("none", MANY, False),
        ("table", "<tr><td>a", True),
        ("grid", "<tr><td>a<br><br>b", True),
        ("table", "<tr><td><table></table>", False),
        ("table", "", False),
    ],
)
def test_a_role_may_say_what_a_table_is(role: str, rows: str, is_data: bool) -> None:
    assert is_data_table(body_of(f"<table role={role}>{rows}</table>")[0]) is is_data


def reader(*rows: list[Inline], selectors: tuple[int, ...] = ()) -> TableReader:
    """A reader of rows of cells; `selectors` match every cell."""
    table = TableReader(7)
    for row in rows:
        table.start("tr", {}, ())
        for inline in row:
            table.start("td", {}, selectors)
            table.end_cell(inline)
    return table


def test_marks_are_positions_in_the_text_of_the_table() -> None:
    rows, marks = reader(
        [Inline("ab"), Inline("cd ef", marks=[(1, 3, 5)])],
        [Inline("gh", marks=[(2, 0, 2), (3, 0, 1)]), Inline("")],
        [Inline("ij", marks=[(4, 1, 2)])],
    ).finish()
    text = "\n".join("\t".join(cell.text for cell in row) for row in rows)
    assert text == "ab\tcd ef\ngh\t\nij"
    assert [(selector, text[start:end]) for selector, start, end in marks] == [(1, "ef"), (2, "gh"), (3, "g"), (4, "j")]


def test_marks_of_rows_and_cells() -> None:
    table = TableReader(7)
    table.start("tr", {}, (1,))
    table.start("tr", {}, (2,))
    for selectors, text in (((3,), "ab"), ((), "cd")):
        table.start("td", {}, selectors)
        table.end_cell(Inline(text))
    table.start("tr", {}, (4,))
    table.start("td", {}, (5, 6))
    table.end_cell(Inline("ef"))
    rows, marks = table.finish()
    assert [[cell.text for cell in row] for row in rows] == [["ab", "cd"], ["ef"]]
    assert marks == [(2, 0, 5), (3, 0, 2), (4, 6, 8), (5, 6, 8), (6, 6, 8)]


def test_cells_keep_what_they_are() -> None:
    table = TableReader(7)
    table.start("th", {"colspan": "2", "rowspan": "9999"}, ())
    assert table.in_cell
    table.end_cell(Inline("a", [Span(0, 1, "strong")]))
    assert not table.in_cell
    assert table.finish() == ([[Cell("a", (Span(0, 1, "strong"),), True, 2, MAX_SPAN)]], [])


def test_rows_in_the_head_are_headers() -> None:
    table = TableReader(7)
    for in_head in (True, False):
        table.start("tr", {}, in_head=in_head)
        table.start("td", {})
        table.end_cell(Inline("a"))
    rows, _ = table.finish()
    assert [[cell.header for cell in row] for row in rows] == [[True], [False]]


STRONG = [Span(0, 1, "strong")]


@pytest.mark.parametrize(
    ("first", "second", "headers"),
    [
        ([STRONG, STRONG], [[], STRONG], [True, True]),
        ([STRONG, []], [[], []], [False, False]),
        ([STRONG, STRONG], [STRONG, STRONG], [False, False]),
        ([STRONG, STRONG], None, [False, False]),
    ],
)
def test_a_strong_first_row_is_the_head(
    first: list[list[Span]], second: list[list[Span]] | None, headers: list[bool]
) -> None:
    rows, _ = reader(*([Inline("a", spans) for spans in row] for row in (first, second) if row is not None)).finish()
    assert [cell.header for cell in rows[0]] == headers
    assert not any(cell.header for row in rows[1:] for cell in row)


@pytest.mark.parametrize(
    ("text", "found"),
    [("3", 3), (" 4 ", 4), ("0", 1), ("-1", 1), ("11", 10), ("x", 5), ("", 5), (None, 5), ("2.5", 5)],
)
def test_numbers_of_attributes(text: str | None, found: int) -> None:
    assert number(text, 5, 1, 10) == found
