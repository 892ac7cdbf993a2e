"""Candidates to a document: addresses, keys, and where a removal stood."""

from __future__ import annotations

import pytest
from written import page_of

from cleaner.document import Block, Cell, Container, Document, PageWarning, Removal, Span
from cleaner.freezing import freeze
from cleaner.metadata.fields import Metadata
from cleaner.page.candidate import Candidate, Cut, Decision
from cleaner.page.facts import Facts
from cleaner.page.page import Page

URL = "https://example.org/news/ferry.html"


def frozen(*blocks: Candidate, url: str | None = None, base: str | None = None) -> Document:
    return freeze(Page(blocks=list(blocks), facts=Facts(base=base)), Metadata(url=url), ())


ADDRESSES = [
    ("map.html", URL, None, "https://example.org/news/map.html"),
    ("/map.html", URL, None, "https://example.org/map.html"),
    ("?page=2", URL, None, "https://example.org/news/ferry.html?page=2"),
    ("//cdn.example.org/q.png", URL, None, "https://cdn.example.org/q.png"),
    ("https://example.com/a/../b", URL, None, "https://example.com/a/../b"),
    ("http://example.com", URL, None, "http://example.com/"),
    ("mailto:me@example.org", URL, None, "mailto:me@example.org"),
    ("map.html", None, None, "map.html"),  # the page does not say where it is from
    # Links within the page stay so.
    ("#tides", URL, None, "#tides"),
    ("#tides", URL, "/old/", "#tides"),
    ("ferry.html#tides", URL, None, "https://example.org/news/ferry.html#tides"),
    # The address that a page gives its links.
    ("map.html", URL, "/old/", "https://example.org/old/map.html"),
    ("map.html", URL, "https://example.com/a/b", "https://example.com/a/map.html"),
    ("map.html", None, "https://example.com/a/b", "https://example.com/a/map.html"),
    ("map.html", None, "/old/", "/old/map.html"),
    # One that cannot be read counts for nothing.
    ("map.html", URL, "https://[example/", "https://example.org/news/map.html"),
    ("map.html", "https://[example/", None, "map.html"),
    ("//[example/map.html", URL, None, "//[example/map.html"),
    # What could run code is no address.
    ("javascript:alert(1)", URL, None, None),
    ("map.html", URL, "javascript:alert(1)//", "map.html"),
]


@pytest.mark.parametrize(("href", "url", "base", "address"), ADDRESSES)
def test_addresses_are_absolute(href: str, url: str | None, base: str | None, address: str | None) -> None:
    link = Span(4, 9, "link", href)
    document = frozen(
        Candidate("paragraph", "The ferry", spans=[link]),
        Candidate("table", "ferry", rows=[[Cell("ferry", (Span(0, 5, "link", href),))]]),
        Candidate("image", src=href),
        url=url,
        base=base,
    )
    paragraph, table, image = document.blocks
    assert paragraph.spans == ((Span(4, 9, "link", address),) if address else ())
    assert table.rows[0][0].spans == ((Span(0, 5, "link", address),) if address else ())
    assert image.src == address


def test_spans_without_an_address_stay_as_they_are() -> None:
    spans = (Span(0, 3, "strong"), Span(4, 4, "image", "q.png", "Quay"), Span(4, 9, "footnote_ref", value="1"))
    (block,) = frozen(Candidate("paragraph", "The ferry", spans=list(spans))).blocks
    assert block.spans == spans


def test_a_block_has_what_its_candidate_had() -> None:
    cells = [[Cell("a", header=True), Cell("b", colspan=2)], [Cell("c")]]
    blocks = frozen(
        Candidate("heading", "Tides", level=2),
        Candidate("heading", "Ferry", level=1, role="title"),
        Candidate("paragraph", "At noon.", level=3, score=0.5),  # a level is a heading's
        Candidate("code", "x = 1", language="python"),
        Candidate("table", "a\tb\nc", rows=cells),
        Candidate("image", src="q.png", alt="Quay", caption="The quay"),
    ).blocks
    assert blocks == (
        Block("heading", "Tides", level=2),
        Block("heading", "Ferry", level=1, role="title"),
        Block("paragraph", "At noon.", score=0.5),
        Block("code", "x = 1", language="python"),
        Block("table", "a\tb\nc", rows=(tuple(cells[0]), tuple(cells[1]))),
        Block("image", src="q.png", alt="Quay", caption="The quay"),
    )
    assert all(type(block.rows) is tuple and type(block.spans) is tuple for block in blocks)


def test_containers_are_counted_in_the_order_of_the_document() -> None:
    outer, inner, other = Container("quote", 40), Container("item", 7, ordered=True, number=3), Container("quote", 2)
    document = frozen(
        Candidate("paragraph", "gone", containers=(Container("quote", 1),), kept=False),
        Candidate("paragraph", "a", containers=(outer,)),
        Candidate("list_item", "b", containers=(outer, inner)),
        Candidate("paragraph", "c", containers=(other,)),
        Candidate("paragraph", "d", containers=(outer,)),
    )
    quote, item, last = Container("quote", 1), Container("item", 2, ordered=True, number=3), Container("quote", 3)
    assert [block.containers for block in document.blocks] == [(quote,), (quote, item), (last,), (quote,)]


def test_lists_are_counted_in_the_order_of_the_document() -> None:
    items = [Container("item", key, ordered=False, list=list) for key, list in ((1, 9), (2, 9), (3, None), (4, 4))]
    document = frozen(*(Candidate("list_item", "a", containers=(item,)) for item in items))
    assert [block.containers[0].list for block in document.blocks] == [1, 1, None, 2]


def test_a_removal_tells_its_place_and_its_reason() -> None:
    page = page_of("~p Menu / p a / -p Ad / p b / hr / p c")
    page.blocks[0].score = 0.25
    page.blocks[3].cuts = (Cut("x", "own.cut", "own.yaml:2"), Cut("y", "own.put", "own.yaml:3", "z"))
    page.blocks[4].kept = False  # has no text that could be lost
    page.blocks[5].kept = False  # nothing says why
    assert freeze(page, Metadata(), ()).removed == (
        Removal("Menu", "content.score", score=0.25, index=0, before=0),
        Removal("Ad", "own", "own.yaml:1", index=2, before=1),
        Removal("x", "own.cut", "own.yaml:2", index=3, before=1),
        Removal("y", "own.put", "own.yaml:3", index=3, before=1, replacement="z"),
        Removal("c", "structure", index=5, before=2),
    )


def test_the_cuts_of_a_block_that_goes_are_told_as_well() -> None:
    block = Candidate("paragraph", "b", kept=False, decided=Decision("drop", "own"), cuts=(Cut("a", "own.cut", None),))
    assert [(removal.text, removal.reason) for removal in frozen(block).removed] == [("a", "own.cut"), ("b", "own")]


def test_what_has_become_a_part_of_another_block_is_no_removal() -> None:
    assert frozen(Candidate("paragraph", "The quay", kept=False, merged=True)).removed == ()


def test_metadata_and_warnings_are_the_documents() -> None:
    metadata = Metadata("Ferry", "Ann Lee", "2024-03-18", "Harbour Post", "Late.", "en", "CC0", URL)
    said = [("a.b", "One."), ("a.c", "One."), ("a.b", "Two."), ("a.b", "One.")]
    document = freeze(Page(), metadata, [PageWarning(code, text) for code, text in said])
    assert Document(*(getattr(metadata, name) for name in Metadata.__slots__), warnings=document.warnings) == document
    assert [(warning.code, str(warning)) for warning in document.warnings] == said[:3]  # each once
