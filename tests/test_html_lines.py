"""Paragraphs whose lines are blocks of their own: bold headings, and items behind bullets or numbers."""

from __future__ import annotations

import pytest
from walked import marks_of, said, walked

from cleaner.html.lines import mark_items

PROSE = "The ferry left at noon with a load of hay, and nobody knew where it was going."


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        # a bold line over prose
        (f"<p><b>Lamps</b><br>{PROSE}</p>", ["paragraph: Lamps", f"paragraph: {PROSE}"]),
        (f"<p>A<br><b>Lamps</b><br>{PROSE}<br>b</p>", ["paragraph: A", "paragraph: Lamps", f"paragraph: {PROSE}\nb"]),
        ("<p><b>Ada Ofori</b><br>12 Quay Street<br>Harbour</p>", ["paragraph: Ada Ofori\n12 Quay Street\nHarbour"]),
        (f"<p><b>Lamps.</b><br>{PROSE}</p>", [f"paragraph: Lamps.\n{PROSE}"]),
        (f"<p><b>Lamps<br>{PROSE}</b></p>", [f"paragraph: Lamps\n{PROSE}"]),
        (f"<p><b>Lamps</b> of brass<br>{PROSE}</p>", [f"paragraph: Lamps of brass\n{PROSE}"]),
        (f"<ul><li><b>Lamps</b><br>{PROSE}</ul>", [f"list_item item: Lamps\n{PROSE}"]),
        # bullets and numbers
        ("<p>A:<br>• b<br>• c<br>d</p>", ["paragraph: A:", "list_item item: b", "list_item item: c\nd"]),
        ("<p>* a<br>* b</p>", ["list_item item: a", "list_item item: b"]),
        ("<p>3. a<br>4. b<br>5) c</p>", ["list_item item3: a", "list_item item4: b", "list_item item5: c"]),
        ("<p>• a</p><p>•\xa0b</p><p>• c</p>", ["list_item item: a", "list_item item: b", "list_item item: c"]),
        ("<blockquote><p>• a</p><p>• b</p></blockquote>", ["list_item quote item: a", "list_item quote item: b"]),
        ("<p>• a</p><p>▪ b</p>", ["paragraph: • a", "paragraph: ▪ b"]),
        ("<p>• a<br>b</p>", ["paragraph: • a\nb"]),
        ("<p>•</p><p>•</p>", ["paragraph: •", "paragraph: •"]),
        ("<p>2. a<br>9. b</p>", ["paragraph: 2. a\n9. b"]),
        ("<p>1. a<br>* b</p>", ["paragraph: 1. a\n* b"]),
        ("<p>* a</p><p>* b</p>", ["paragraph: * a", "paragraph: * b"]),
        ("<p>1. a</p><p>2. b</p>", ["paragraph: 1. a", "paragraph: 2. b"]),
        ("<p>• a</p><hr><p>• b</p>", ["paragraph: • a", "rule: ", "paragraph: • b"]),
        ("<figure><img src=/a.png><figcaption>• a<br>• b</figcaption></figure>", ["image: /a.png", "paragraph: • a\n• b"]),
    ],
)  # fmt: skip
def test_lines(html: str, blocks: list[str]) -> None:
    page = walked(html)
    mark_items(page.blocks, page.marks)
    assert [said(block) for block in page.blocks] == blocks


def test_lines_keep_their_spans_and_images() -> None:
    page = walked("<p>A <i>b</i><img src=/a.png><br>• c <b>d</b><br>• <img src=/b.png>e</p>")
    mark_items(page.blocks, page.marks)
    found = [[(s.kind, s.href or block.text[s.start : s.end]) for s in block.spans] for block in page.blocks]
    assert found == [[("emphasis", "b"), ("image", "/a.png")], [("strong", "d")], [("image", "/b.png")]]


def test_spans_over_several_lines_are_divided() -> None:
    page = walked("<p><i class=x>A b<br>• c <b>d</b><br>• e</i> <b>f</b><img src=/a.png><br>• g</p>", ".x")
    found = [[(s.kind, block.text[s.start : s.end]) for s in block.spans] for block in page.blocks]
    assert [block.text for block in page.blocks] == ["A b", "• c d", "• e f", "• g"]
    assert found == [
        [("emphasis", "A b")],
        [("emphasis", "• c d"), ("strong", "d")],
        [("emphasis", "• e"), ("strong", "f"), ("image", "")],
        [],
    ]
    assert marks_of(page) == [(0, "• e")]


def test_runs_are_lists_of_their_own_with_new_keys() -> None:
    page = walked("<ul><li>a</ul><p>• b</p><p>• c</p><p>d</p><p>▪ e</p><p>▪ f</p>")
    mark_items(page.blocks, page.marks)
    items = [block.containers[0] for block in page.blocks if block.containers]
    assert [item.key for item in items] == [1, 2, 3, 4, 5]
    assert [item.list for item in items] == [1, 2, 2, 3, 3]


def test_marks_of_selectors_move_with_the_text() -> None:
    page = walked("<p>a <i class=x>b</i></p><p>• c <i class=x>d</i></p><p><i class=x>•</i> e</p>", ".x")
    mark_items(page.blocks, page.marks)
    assert marks_of(page) == [(0, "b"), (0, "d")]


def test_markdown_has_its_lists_already() -> None:
    page = walked(f"<p><b>Lamps</b><br>{PROSE}<br>• a<br>• b</p>", is_markdown=True)
    assert len(page.blocks) == 1
