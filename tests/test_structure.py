"""The structure of a decided page: one title, captions, footnotes, thematic breaks."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner import Cleaner, Document, load_rules

P = "<p>The ferry left at noon with a load of hay, and nobody on the quay knew where it was going, or why.</p>"


def cleaned(data: str, rules: str = "", tmp_path: Path | None = None, **given: str) -> Document:
    if not rules or tmp_path is None:
        return Cleaner(extractor="none").clean(data, **given)
    path = tmp_path / "own.yaml"
    path.write_text(rules, "utf-8")
    return Cleaner(load_rules(path, shipped=False), extractor="none").clean(data, **given)


def title_blocks(document: Document) -> list[str]:
    return [block.text for block in document.blocks if block.role == "title"]


@pytest.mark.parametrize(
    ("head", "body", "title", "block"),
    [
        ("<title>The late ferry</title>", "<h1>The late ferry</h1>", "The late ferry", True),
        ("<title>The late ferry | Harbour Post</title>", "<h1>The late ferry</h1>", "The late ferry", True),
        (
            "<title>The late ferry of May on Harbour</title>",
            "<h1>The late ferry of May</h1>",
            "The late ferry of May",
            True,
        ),
        ("<title>The late ferry</title>", "<h1>THE LATE FERRY</h1>", "THE LATE FERRY", True),
        ("<title>The late ferry</title>", "<h2>Boats</h2><h2>The late ferry</h2>", "The late ferry", True),
        # A heading that is another text is a heading, and the page's name is the title.
        ("<title>The late ferry</title>", "<h1>Welcome aboard</h1>", "The late ferry", False),
        (
            "<title>Tools: Python, SQL &amp; tar</title>",
            "<h1>Tools: Python, SQL &amp;#x26; tar</h1>",
            "Tools: Python, SQL & tar",
            True,
        ),
        ("", "<h1>Only a heading</h1>", "Only a heading", True),
        ("<title>»</title>", "", None, False),
        ("", "", None, False),
    ],
)
def test_there_is_one_title(head: str, body: str, title: str | None, block: bool) -> None:
    document = cleaned(f"<html><head>{head}</head><body>{body}{P}</body></html>")
    assert document.title == title
    assert title_blocks(document) == [title] * block
    assert document.to_dict().get("title") == title
    again = Cleaner().clean(document.to_markdown(), media_type="text/markdown")
    assert (again.title, title_blocks(again)) == (title, [title] * block)


@pytest.mark.parametrize(
    ("rules", "title", "block"),
    [
        ("metadata: {title: {css: .t}}", "Ferry news", False),
        ("metadata: {title: {css: h1}}", "The late ferry", True),
        ("rules: [{heading: {css: .t, level: 1}}, {drop: {css: h1}}]", "Ferry news", True),
        ("rules: [{heading: {css: .t, level: 2}}, {drop: {css: h1}}]", "The late ferry", False),
    ],
)
def test_a_rule_says_what_the_title_is(tmp_path: Path, rules: str, title: str, block: bool) -> None:
    page = f"<title>The late ferry</title><p class='t'>Ferry news</p><h1>The late ferry</h1>{P}"
    document = cleaned(page, rules, tmp_path)
    assert (document.title, title_blocks(document)) == (title, [title] * block)


@pytest.mark.parametrize(
    ("markdown", "title"),
    [
        ("* * *\n\n# Title\n\ntext here", "Title"),
        ("# Title\n\n* * *\n\ntext here", "Title"),
        ("---\ntitle: A &amp; B\n---\n\ntext here", "A &amp; B"),
        ("---\ntitle: title\n---\n\n# Title\n\ntext here", "Title"),
        ("text here\n\n# Late heading", "Late heading"),
    ],
)
def test_markdown_has_the_same_title_when_it_is_read_again(markdown: str, title: str) -> None:
    first = Cleaner().clean(markdown, media_type="text/markdown")
    again = Cleaner().clean(first.to_markdown(), media_type="text/markdown")
    assert first.title == again.title == title
    assert title_blocks(first) == title_blocks(again)
    assert first.blocks == again.blocks


KICKERS = "".join(f"<p>{word}</p>" for word in ("Sea", "18 March", "By Ann Lee", "Photo", "Map", "Share"))


@pytest.mark.parametrize(("above", "is_title"), [(2, True), (3, True), (4, False), (6, False)])
def test_three_blocks_may_stand_above_the_title(above: int, is_title: bool) -> None:
    kickers = "".join(KICKERS.split("</p>")[n] + "</p>" for n in range(above))
    document = cleaned(f"<title>The late ferry</title>{kickers}<h2>The late ferry</h2>{P}")
    assert (title_blocks(document) == ["The late ferry"]) is is_title


NOTE = """<p>The ferry<a href="#fn1"><sup>1</sup></a> left at noon.</p>{}
<ol><li id="fn1">A boat that goes back and forth.</li></ol>"""


@pytest.mark.parametrize(
    ("rules", "stays"),
    [
        ("rules: [{drop: Other}]", True),
        ("rules: [{drop: {text: A boat that goes back and forth}}]", False),
    ],
)
def test_a_footnote_stays_with_its_reference_unless_a_rule_drops_it(tmp_path: Path, rules: str, stays: bool) -> None:
    document = cleaned(NOTE.format(P), rules, tmp_path)
    assert ("A boat that goes back and forth." in document.text) is stays


@pytest.mark.parametrize(
    ("page", "kinds"),
    [
        ("<hr><p>One.</p><hr><hr><p>Two.</p><hr>", ["paragraph", "rule", "paragraph"]),
        ("<hr><hr>", []),
        ("<p>One.</p><hr>", ["paragraph"]),
    ],
)
def test_a_thematic_break_stands_between_two_blocks(page: str, kinds: list[str]) -> None:
    assert [block.kind for block in cleaned(page).blocks] == kinds


def test_a_caption_becomes_a_part_of_its_image() -> None:
    figure = (
        '<figure><img src="https://x.example/q.png" alt="Quay"><figcaption>The quay<br>at noon</figcaption></figure>'
    )
    (image,) = [block for block in cleaned(P + figure + P).blocks if block.kind == "image"]
    assert image.caption == "The quay at noon"
