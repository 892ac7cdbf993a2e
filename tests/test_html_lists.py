"""Lists: which list an item is in, at which level, and its number, however the page writes it."""

from __future__ import annotations

import pytest
from walked import walked

from cleaner.html.walk import Walked


def outline(page: Walked) -> list[str]:
    """The blocks of a page, each behind a letter for the list and a number for each item that it is in."""
    letters: dict[int, str] = {}
    found = []
    for block in page.blocks:
        items = [c for c in block.containers if c.kind == "item"]
        names = [letters.setdefault(c.list or 0, "abcdefgh"[len(letters)]) for c in items]
        numbers = ["" if c.number is None else str(c.number) for c in items]
        mark = "" if block.kind == "list_item" else "+"
        found.append(" ".join([*map(str.__add__, names, numbers), mark + block.text]))
    return found


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        ("<ul><li>A<li>B</ul><ul><li>C</ul>", ["a A", "a B", "b C"]),
        ("<ul><li>A<ul><li>B</ul>C<ol><li>D</ol><li>E</ul>", ["a A", "a b B", "a +C", "a c1 D", "a E"]),
        # a list directly in a list belongs to the item before it
        ("<ul><li>A</li><ul><li>B</li><ul><li>C</li></ul></ul><li>D</li></ul>", ["a A", "a b B", "a b c C", "a D"]),
        ("<ol><li>A</li><ul><li>B</li></ul><li>C</li></ol>", ["a1 A", "a1 b B", "a2 C"]),
        ("<ul><ul><li>A</li></ul><li>B</li></ul>", ["a A", "b B"]),
        # so does a list in an item of its own
        ("<ol><li>A</li><li><ol><li>B</li></ol></li><li>C</li></ol>", ["a1 A", "a1 b1 B", "a2 C"]),
        ("<ul><li><ul><li>A</li></ul></li></ul>", ["a A"]),
        ("<ul><li>A</li><li> <ul><li>B</li></ul> C</li></ul>", ["a A", "a b B", "a C"]),
        # items outside a list are one list, as long as nothing stands between
        ("<li>A</li><li>B</li>c<li>D</li>", ["a A", "a B", "+c", "b D"]),
        ("<ul><li>A<div><blockquote><li>B</li></blockquote></div></ul>", ["a A", "a b B"]),
        ("<ul>A<div><li>B</li></div>C</ul>", ["+A", "a B", "+C"]),
    ],
)
def test_nesting(html: str, blocks: list[str]) -> None:
    assert outline(walked(html)) == blocks


def test_markdown_nests_its_lists_itself() -> None:
    assert outline(walked("<ul><li><ul><li>A</li></ul></li></ul>", is_markdown=True)) == ["a b A"]


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        # Quill: items with levels, of one list or of several in a row
        ("<ul><li>A<li class=ql-indent-1>B<li class='x ql-indent-2'>C<li class=ql-indent-1>D<li>E</ul>", ["a A", "a b B", "a b c C", "a b D", "a E"]),
        ("<ol><li>A</ol><ul><li class=ql-indent-1>B</ul><ol><li>C</ol>d", ["a1 A", "a1 b B", "a2 C", "+d"]),
        ("<ol><li data-list=ordered>A<li data-list=bullet class=ql-indent-1>B<li data-list=ordered>C</ol>", ["a1 A", "a1 b B", "a2 C"]),
        ("<ol><li data-list=bullet>A<li data-list=ordered>B</ol>", ["a A", "b1 B"]),
        # levels count from the first item
        ("<ul><li class=level2>A<li class=level3>B<li class=level2>C</ul>", ["a A", "a b B", "a C"]),
        ("<ul><li class=level1>A<ul><li class=level2>B</ul><li class=level1>C</ul>", ["a A", "a b B", "a C"]),
        ("<ul><li class=level1>A</ul><ul><li class=level1>B</ul>", ["a A", "b B"]),
        ("<ul><li data-indent=0>A<li data-indent=1>B<li data-indent=x>C</ul>", ["a A", "a b B", "a C"]),
        # a level that comes up again is a new list
        ("<ol><li>A<li class=indent-1>B<li>C<li class=indent-1>D<li class=indent-1>E</ol>", ["a1 A", "a1 b1 B", "a2 C", "a2 c1 D", "a2 c2 E"]),
        # Google Docs: a list element for each run of items of a level
        ("<ul class='x lst-kix_1-0 start'><li>A</ul><ul class=lst-kix_1-1><li>B<li>C</ul><ul class=lst-kix_1-0><li>D</ul>", ["a A", "a b B", "a b C", "a D"]),
        ("<ol class=lst-kix_1-0 start=1><li>A</ol><ul class=lst-kix_2-1><li>B</ul><ol class=lst-kix_1-0 start=2><li>C</ol>", ["a1 A", "a1 b B", "a2 C"]),
        ("<ul class=lst-kix_1-0><li>A</ul><ul class=lst-kix_2-0><li>B</ul>", ["a A", "b B"]),
        ("<ul class=lst-kix_1-0><li>A</ul><p>b</p><ul class=lst-kix_1-1><li>C</ul>", ["a A", "+b", "b C"]),
    ],
)  # fmt: skip
def test_levels_that_are_not_nested(html: str, blocks: list[str]) -> None:
    assert outline(walked(html)) == blocks


def word(level: int, marker: str, text: str, name: str = "l0", run: str = "lfo1") -> str:
    style = f"text-indent:-18pt;mso-list:{name} level{level} {run}"
    ignored = f"<span style='mso-list:Ignore'>{marker}<span>&nbsp; </span></span>"
    return f'<p class=MsoListParagraph style="{style}">{ignored}{text}</p>'


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        (word(1, "·", "A") + word(2, "o", "B") + word(1, "·", "C"), ["a A", "a b B", "a C"]),
        (word(1, "1.", "A") + word(2, "a)", "B") + word(2, "b)", "C") + word(1, "2.", "D"), ["a1 A", "a1 b1 B", "a1 b2 C", "a2 D"]),
        (word(1, "3.", "A") + word(2, "3.1.", "B"), ["a3 A", "a3 b1 B"]),
        (word(1, "·", "A") + word(1, "·", "B", "l1", "lfo2"), ["a A", "b B"]),
        (word(1, "·", "A") + "<p>b</p>" + word(2, "·", "C"), ["a A", "+b", "b C"]),
        ("<p style='mso-list:none'>a</p>", ["+a"]),
        ("<h2 style='mso-list:l0 level1 lfo1'>a</h2>", ["+a"]),
    ],
)  # fmt: skip
def test_lists_of_word(html: str, blocks: list[str]) -> None:
    assert outline(walked(html)) == blocks


@pytest.mark.parametrize(
    ("html", "numbers"),
    [
        ("<ol><li>a<li>b</ol>", [1, 2]),
        ("<ol start=5><li>a<li>b</ol>", [5, 6]),
        ("<ol start=0><li>a</ol>", [0]),
        ("<ol start=-2><li>a</ol>", [0]),
        ("<ol start=x><li>a</ol>", [1]),
        ("<ol start=9999999999><li>a<li>b</ol>", [999_999_999, 999_999_999]),
        ("<ol><li value=7>a<li>b<li value=3>c<li>d<li value=0>e</ol>", [7, 8, 3, 4, 0]),
        ("<ol start=5><li value=x>a<li>b</ol>", [5, 6]),
        ("<ol start=5><li value=2>a<li>b</ol>", [2, 3]),
        ("<ol reversed><li>a<li>b<li>c</ol>", [3, 2, 1]),
        ("<ol reversed start=9><li>a<li>b</ol>", [9, 8]),
        ("<ol reversed start=1><li>a<li>b</ol>", [1, 0]),
        ("<ul><li>a</ul>", [None]),
    ],
)
def test_numbers_of_items(html: str, numbers: list[int | None]) -> None:
    assert [block.containers[-1].number for block in walked(html).blocks] == numbers


def test_boxes_of_quill() -> None:
    page = walked("<ol><li data-list=checked>a<li data-list=unchecked>b<li data-list=bullet>c</ol>")
    assert [block.containers[-1].checked for block in page.blocks] == [True, False, None]
