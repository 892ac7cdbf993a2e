"""Lists that are the layout of a page."""

from __future__ import annotations

import pytest
from walked import said, walked

from cleaner.html.layout_lists import unlist_layouts

PROSE = "The ferry left at noon with a load of hay, and nobody on the quay knew where it was going, or why."
P = f"<p>{PROSE}</p>"
SHOWN = f"paragraph: {PROSE}"
LISTED = f"paragraph item: {PROSE}"
FIRST = f"list_item item: {PROSE}"


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        # an item that holds the page
        (f"<ul><li><h1>A</h1>{P * 3}<li>b</ul>", ["heading1: A", SHOWN, SHOWN, SHOWN, "paragraph: b"]),
        (f"<ul><li>{P * 4}</ul>", [SHOWN] * 4),
        (f"<ol><li><h1>A</h1>{P * 3}</ol>", ["heading1: A", SHOWN, SHOWN, SHOWN]),
        (f"<ul><li><h1>A</h1>{P * 3}<ul><li>b</ul></ul>", ["heading1: A", SHOWN, SHOWN, SHOWN, "list_item item: b"]),
        # items that hold sections
        (f"<ul><li><h2>A</h2>{P * 2}<h2>b</h2>{P}</ul>{P * 9}", ["heading2: A", SHOWN, SHOWN, "heading2: b", *[SHOWN] * 10]),
        # lists
        (f"<ul><li>{P}<li>{P}</ul>", [FIRST, FIRST]),
        (f"<ul><li>{P * 3}<li>{P * 3}</ul>", [FIRST, LISTED, LISTED] * 2),
        (f"<ul><li>{P * 4}<li>b</ul>", [FIRST, LISTED, LISTED, LISTED, "list_item item: b"]),
        (f"<ul><li><h2>A</h2>{P * 3}</ul>{P * 9}", ["heading2 item: A", FIRST, LISTED, LISTED, *[SHOWN] * 9]),
        (f"<ol><li><h2>A</h2>{P * 2}<h2>b</h2>{P}</ol>{P * 9}", ["heading2 item1: A", FIRST.replace("m:", "m1:"), *[LISTED.replace("m:", "m1:")] * 1, "heading2 item1: b", LISTED.replace("m:", "m1:"), *[SHOWN] * 9]),
        ("<ul><li><h2>A</h2><ul><li>a<li>b</ul><h2>b</h2><ul><li>c</ul></ul>", ["heading2 item: A", "list_item item item: a", "list_item item item: b", "heading2 item: b", "list_item item item: c"]),
    ],
)  # fmt: skip
def test_layouts_are_no_lists(html: str, blocks: list[str]) -> None:
    page = walked(html)
    unlist_layouts(page.blocks)
    assert [said(block) for block in page.blocks] == blocks
