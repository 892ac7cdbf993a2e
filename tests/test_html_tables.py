"""Tables: which of them hold data, and what is read of their cells."""

from __future__ import annotations

import pytest
from walked import body_of

from cleaner.document import Cell, Span
from cleaner.html.inline import Inline
from cleaner.html.tables import MAX_SPAN, TableReader, is_data_table, number

TWO_BY_TWO = "<tr><td>a<td>b<tr><td>c<td>d"


@pytest.mark.parametrize(
    ("html", "is_data"),
    [
        (f"<table>{TWO_BY_TWO}</table>", True),
        ("<table><tr><th>a<th>b<tr><td>c<td>d</table>", True),
        ("<table><tr><td>a<td>b</table>", False),
        ("<table><tr><td>a<tr><td>b</table>", False),
        (f"<table role=presentation>{TWO_BY_TWO}</table>", False),
        (f"<table role=none>{TWO_BY_TWO}</table>", False),
        (f"<table>{TWO_BY_TWO}<tr><td><table><tr><td>x</table></table>", False),
        (f"<table>{TWO_BY_TWO}<tr><td><h2>x</h2></table>", False),
        (f"<table>{TWO_BY_TWO}<tr><td><p>x</p></table>", True),
        (f"<table>{TWO_BY_TWO}<tr><td>{'<p>x</p>' * 6}</table>", False),
        (f"<table>{TWO_BY_TWO}<tr><th>e<td>{'<p>x</p>' * 6}</table>", True),
        (f"<table>{TWO_BY_TWO}<tr><td>{'x' * 601}</table>", False),
        (f"<table>{TWO_BY_TWO}<tr><td>{'x' * 600}</table>", True),
        (f"<table><tr><th>a<th>b<tr><td>c<td>{'x' * 601}</table>", True),
    ],
)
def test_tables_of_data(html: str, is_data: bool) -> None:
    assert is_data_table(body_of(html)[0]) is is_data


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


def test_a_table_without_text_is_none() -> None:
    assert reader([Inline("", [Span(0, 0, "image", "/i.png")])], [Inline("")], selectors=(1,)).finish() == ([], [])


@pytest.mark.parametrize(
    ("text", "found"),
    [("3", 3), (" 4 ", 4), ("0", 1), ("-1", 1), ("11", 10), ("x", 5), ("", 5), (None, 5), ("2.5", 5)],
)
def test_numbers_of_attributes(text: str | None, found: int) -> None:
    assert number(text, 5, 1, 10) == found
