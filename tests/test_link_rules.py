"""Parameters that rules take off links, and content that they take from attributes."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner import Cleaner, Document, load_rules
from cleaner.matching.links import without_parameters


@pytest.mark.parametrize(
    ("href", "left"),
    [
        ("/a?utm_source=b", "/a"),
        ("/a?utm_source=b&c=1#d", "/a?c=1#d"),
        ("/a?c=1&utm_source=b&d", "/a?c=1&d"),
        ("/a?UTM_source=b", "/a?UTM_source=b"),
        ("/a?utm%5Fsource=b", "/a"),
        ("/a?snr&c=%20+", "/a?c=%20+"),
        ("/a?snrs=1", "/a?snrs=1"),
        ("/a?", "/a?"),
        ("/utm_a?", "/utm_a?"),
        ("/a#?utm_source=b", "/a#?utm_source=b"),
        ("https://e.com/?a=utm_b", "https://e.com/?a=utm_b"),
        ("?snr=1", ""),
    ],
)
def test_addresses(href: str, left: str) -> None:
    assert without_parameters(href, ("utm_*", "snr")) == left


def cleaned(tmp_path: Path, rules: str, page: str) -> Document:
    path = tmp_path / "own.yaml"
    path.write_text(rules, "utf-8")
    cleaner = Cleaner(load_rules(path, shipped=False), extractor="none")
    return cleaner.clean(page, media_type="text/html", url="https://example.com/x")


def test_links_of_texts_cells_and_images(tmp_path: Path) -> None:
    page = """<p><a href="/a?id=1&q=2">a</a></p><a href="/b?id=1"><img src="/c.png?id=1" alt=c></a>
    <table><tr><th>x<th>y<tr><td><a href="/d?id=1">d</a><td>e</table>
    <p>f <a href="/g?id=1"><img src="/h.png?id=1" alt=h></a></p>"""
    document = cleaned(tmp_path, "links: {strip_parameters: id}", page)
    assert document.to_markdown(front_matter=False).split("\n\n") == [
        "[a](https://example.com/a?q=2)",
        "[![c](https://example.com/c.png?id=1)](https://example.com/b)",
        "| x | y |\n| --- | --- |\n| [d](https://example.com/d) | e |",
        "f [![h](https://example.com/h.png?id=1)](https://example.com/g)\n",
    ]


@pytest.mark.parametrize(
    ("page", "text", "removed"),
    [
        ("<p>Write to <span class=x data-a=ann@e.com></span>.</p>", "Write to ann@e.com.", []),
        ("<p>a <b class=x data-a='c  d'>b <i>b</i></b> e</p>", "a c d e", [("b b", "c d")]),
        ("<p class=x>b</p>", "b", []),
        ("<p class=x data-a=''>b</p>", "b", []),
        ("<div class=x data-a=c><p>a</p><p class=x data-a=d>b</p></div>", "c", [("ab", "c"), ("b", "d")]),
    ],
)
def test_content_from_attributes(tmp_path: Path, page: str, text: str, removed: list[tuple[str, str]]) -> None:
    document = cleaned(tmp_path, "rules: [{replace: {css: .x}, with: {attr: DATA-A}, id: x}]", page)
    assert document.text == text
    assert [(item.text, item.replacement) for item in document.removed] == removed


@pytest.mark.parametrize("verb", ["heading", "paragraph"])
def test_a_heading_may_be_kept_too(tmp_path: Path, verb: str) -> None:
    rules = f"rules: [{{drop: {{css: div}}}}, {{{verb}: {{css: b, keep: true}}}}, {{{verb}: {{css: i}}}}]"
    page = "<div><p><b>Ebb</b></p><p><i>Tide</i></p><p>a <b>Flow</b></p></div>"
    assert [block.text for block in cleaned(tmp_path, rules, page).blocks] == ["Ebb", "Flow"]
