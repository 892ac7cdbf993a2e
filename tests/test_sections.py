"""Sections and chunks of a document."""

from __future__ import annotations

import pickle
import re
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import documents, examples

from cleaner import Block, Cell, Chunk, Container, Document, Section
from cleaner.document import table_text
from cleaner.normalize import count_words


def heading(text: str, level: int = 2, *containers: Container, title: bool = False) -> Block:
    return Block("heading", text, level, "title" if title else None, containers=containers)


def para(text: str, *containers: Container) -> Block:
    return Block("paragraph", text, containers=containers)


def item(text: str, key: int, of: int = 1) -> Block:
    return Block("list_item", text, containers=(Container("item", key, False, list=of),))


def table(*rows: str, header: int = 1) -> Block:
    cells = tuple(tuple(Cell(text, header=n < header) for text in row.split("|")) for n, row in enumerate(rows))
    return Block("table", table_text(cells), rows=cells)


def document(*blocks: Block, title: str | None = None) -> Document:
    return Document(title=title, url="https://example.com/a", blocks=blocks)


def texts(*blocks: Block, max_words: int, overlap: int = 0) -> list[str]:
    return [chunk.text for chunk in document(*blocks).chunks(max_words, overlap=overlap)]


def words(number: int, name: str = "w") -> str:
    return " ".join(f"{name}{n}" for n in range(number))


QUOTE = Container("quote", 90)


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        ([], []),
        ([para("a")], [("", (), 0, 0, 0)]),
        (
            [para("a"), heading("One"), para("b"), heading("Two", 3), para("c"), heading("Three"), para("d")],
            [
                ("", (), 0, 0, 0),
                ("One", ("One",), 2, 1, 4),
                ("Two", ("One", "Two"), 3, 3, 4),
                ("Three", ("Three",), 2, 5, 6),
            ],
        ),
        (
            [heading("Title", 1, title=True), para("a"), heading("One"), para("b")],
            [("Title", (), 1, 0, 3), ("One", ("One",), 2, 2, 3)],
        ),
        (  # levels that are left out
            [heading("One", 2), heading("Two", 5), para("a"), heading("Three", 4), para("b")],
            [("One", ("One",), 2, 0, 4), ("Two", ("One", "Two"), 5, 1, 2), ("Three", ("One", "Three"), 4, 3, 4)],
        ),
        (  # a heading in a quote ends with it
            [heading("One", 3), heading("Quoted", 2, QUOTE), para("a", QUOTE), para("b")],
            [("One", ("One",), 3, 0, 3), ("Quoted", ("One", "Quoted"), 2, 1, 2)],
        ),
        ([heading("Two\nlines"), para("a")], [("Two lines", ("Two lines",), 2, 0, 1)]),
    ],
)
def test_sections(blocks: list[Block], expected: list[tuple[str, tuple[str, ...], int, int, int]]) -> None:
    assert document(*blocks).sections() == tuple(Section(*fields) for fields in expected)


def test_a_chunk_has_its_place_and_its_page() -> None:
    page = document(
        heading("Tides", 1, title=True),
        para("The sea."),
        heading("Spring"),
        para("Full moon."),
        heading("Neap"),
        para("Half moon again and again."),
        title="Tides",
    )
    one, two = page.chunks(7, id="t-1")
    assert one == Chunk(
        0, "Tides\n\nThe sea.\n\nSpring\n\nFull moon.", 6, (), 0, 3, 0, "Tides", "https://example.com/a", "t-1"
    )
    assert two.headings == ("Neap",)
    assert two.to_dict() == {
        "number": 1,
        "text": "Neap\n\nHalf moon again and again.",
        "words": 6,
        "headings": ["Neap"],
        "first_block": 4,
        "last_block": 5,
        "repeated": 0,
        "title": "Tides",
        "url": "https://example.com/a",
        "id": "t-1",
    }
    assert pickle.loads(pickle.dumps(two)) == two


@pytest.mark.parametrize(
    ("blocks", "max_words", "expected"),
    [
        ([], 5, []),
        ([Block("image", src="/a.png"), Block("rule")], 5, []),
        # blocks stay whole
        ([para("a b c"), para("d e f")], 6, ["a b c\n\nd e f"]),
        ([para("a b c"), para("d e f")], 5, ["a b c", "d e f"]),
        # a long block is cut at the ends of sentences, a long sentence between words
        ([para("AA bb cc. DD ee ff. GG hh.")], 5, ["AA bb cc.", "DD ee ff. GG hh."]),
        ([para("AA bb cc dd ee ff gg. HH ii.")], 3, ["AA bb cc", "dd ee ff", "gg. HH ii."]),
        ([para("See Dr. Lee on 3. May at noon. Go J. Hall.")], 8, ["See Dr. Lee on 3. May at noon.", "Go J. Hall."]),
        ([para("He said e.g. Go. Then (he ran!) Off.")], 4, ["He said e.g. Go.", "Then (he ran!) Off."]),
        ([para("one two\nthree four\nfive six")], 5, ["one two\nthree four", "five six"]),
        # scripts without spaces
        ([para("水はとても冷たい。船は港に入る。")], 5, ["水はとても冷たい。", "船は港に入る。"]),
        ([para("水はとても冷たい")], 3, ["水はとても", "冷たい"]),
        ([para("เรือเข้าท่า")], 3, ["เรือ", "เข้า", "ท่า"]),
        # a heading is with what follows it
        ([para("a b c"), heading("H"), para("d e f")], 4, ["a b c", "H\n\nd e f"]),
        ([para("a b c"), heading("H"), heading("I", 3), para("d e f")], 5, ["a b c", "H\n\nI\n\nd e f"]),
        ([heading("H"), para("aa bb cc dd. EE ff gg.")], 4, ["H\n\naa bb cc", "dd. EE ff gg."]),
        ([para("a b c"), heading("H")], 4, ["a b c\n\nH"]),
        ([para("a b c"), heading("H")], 3, ["a b c", "H"]),  # nothing follows
        ([heading("H I J K"), para("a b c")], 3, ["H I J", "K", "a b c"]),
        # sections stay whole; the rest of one that is cut shares no chunk with the next
        (
            [para("a b"), heading("H"), para("c d"), heading("I"), para(words(4)), para(words(4))],
            8,
            ["a b\n\nH\n\nc d", f"I\n\n{words(4)}", words(4)],
        ),
        (
            [heading("H"), para(words(7)), para(words(3)), heading("I"), para("c d")],
            8,
            [f"H\n\n{words(7)}", words(3), "I\n\nc d"],
        ),
        # lists
        ([para(words(3)), item("a b", 1), item("c d", 2)], 6, [words(3), "a b\n\nc d"]),
        ([para(words(3)), item("a b", 1), item("c d", 2), item("e f", 3)], 5, [f"{words(3)}\n\na b", "c d\n\ne f"]),
        (
            [item("a", 1), Block("code", "b c", containers=(Container("item", 1, False, list=1),)), item("d", 2)],
            3,
            ["a\n\nb c", "d"],
        ),
        # tables
        ([table("H|I", "a|b", "c|d", "e|f")], 6, ["H\tI\na\tb\nc\td", "H\tI\ne\tf"]),
        ([para(words(3)), table("H|I", "a|b", "c|d")], 4, [words(3), "H\tI\na\tb", "H\tI\nc\td"]),
        ([table("a|b", "c|d", "e|f", header=0)], 4, ["a\tb\nc\td", "e\tf"]),
        (
            [table("a long header|of many words", "c|d", "e|f", "g|h")],
            9,
            ["a long header\tof many words\nc\td", "e\tf\ng\th"],
        ),
        ([table("H|I", "a b c|d e", "f|g")], 5, ["H\tI\na b c", "d e\nf\tg"]),
        # code
        ([Block("code", "if a:\n    b c\n\n    d e\nf")], 4, ["if a:\n    b c", "    d e\nf"]),
    ],
)
def test_chunks(blocks: list[Block], max_words: int, expected: list[str]) -> None:
    assert texts(*blocks, max_words=max_words) == expected


@pytest.mark.parametrize(
    ("blocks", "max_words", "overlap", "expected"),
    [
        ([para("AA bb. CC dd. EE ff. GG hh.")], 6, 2, ["AA bb. CC dd. EE ff.", "EE ff. GG hh."]),
        ([para("a b c"), para("d e f"), para("g h i")], 6, 3, ["a b c\n\nd e f", "d e f\n\ng h i"]),
        ([para("a b c d e f g")], 5, 2, ["a b c d e", "d e f g"]),
        ([para("a b c"), heading("H"), para("d e f")], 5, 2, ["a b c", "H\n\nd e f"]),  # not over a heading
        ([table("H", "a", "b", "c", "d", "e")], 4, 1, ["H\na\nb\nc", "H\nc\nd\ne"]),
        ([para("水はとても冷たい。船は港に入る。")], 6, 1, ["水はとても冷たい。", "船は港に入る。"]),
    ],
)
def test_chunks_overlap(blocks: list[Block], max_words: int, overlap: int, expected: list[str]) -> None:
    assert texts(*blocks, max_words=max_words, overlap=overlap) == expected


@pytest.mark.parametrize(("max_words", "overlap"), [(0, 0), (5, 5), (5, -1)])
def test_wrong_sizes_are_refused(max_words: int, overlap: int) -> None:
    with pytest.raises(ValueError, match=r"max_words|overlap"):
        Document().chunks(max_words, overlap=overlap)


def bare(text: str) -> str:
    """A text without its white space, which is what may change at a cut."""
    return "".join(text.split())


def smallest(text: str) -> int:
    """Words of the largest part of a text that is never cut."""
    clusters = re.findall(r"[^\s\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff]+|\S", text)
    return max(map(count_words, clusters), default=0)


sizes = st.integers(1, 12)


@given(documents(), sizes, st.integers(0, 5))
@examples(300)
def test_every_word_is_in_one_chunk_and_in_order(given_document: Document, max_words: int, overlap: int) -> None:
    chunks = given_document.chunks(max_words, overlap=min(overlap, max_words - 1))
    own = [chunk.text[chunk.repeated :] for chunk in chunks]
    assert bare("".join(own)) == bare("".join(block.text for block in given_document.blocks))
    assert [chunk.number for chunk in chunks] == list(range(len(chunks)))
    for chunk in chunks:
        assert chunk.words == count_words(chunk.text)
        assert chunk.words <= max(max_words, smallest(chunk.text))
        assert bare(chunk.text)


@given(documents(), sizes, st.integers(0, 5))
@examples(300)
def test_blocks_of_chunks_follow_each_other(given_document: Document, max_words: int, overlap: int) -> None:
    blocks = given_document.blocks
    chunks = given_document.chunks(max_words, overlap=min(overlap, max_words - 1))
    at = 0
    for chunk in chunks:
        assert not any(block.text.strip() for block in blocks[at + 1 : chunk.first_block])
        assert at <= chunk.first_block <= chunk.last_block
        at = chunk.last_block
        inside = "".join(block.text for block in blocks[chunk.first_block : chunk.last_block + 1])
        assert bare(chunk.text[chunk.repeated :]) in bare(inside)


@given(documents(), sizes)
def test_blocks_are_cut_only_where_they_do_not_fit(given_document: Document, max_words: int) -> None:
    blocks = given_document.blocks
    has_headings = any(block.kind == "heading" for block in blocks)
    for before, after in pairwise(given_document.chunks(max_words)):
        if before.last_block == after.first_block:
            assert has_headings or count_words(blocks[after.first_block].text) > max_words


@given(documents(), sizes)
def test_no_heading_is_the_last_of_a_chunk(given_document: Document, max_words: int) -> None:
    """Unless nothing follows it but another heading, or there is no room for a word behind it and the headings before it.

    What follows a quotation or a list is not under the headings in it. The first rows of a table may need a chunk of their own.
    """
    blocks = given_document.blocks
    for chunk in given_document.chunks(max_words):
        following = [n for n, block in enumerate(blocks) if n > chunk.last_block and block.text.strip()]
        is_over = not following or blocks[following[0]].kind == "heading"
        last = blocks[chunk.last_block]
        if last.kind == "heading" and not last.containers and not is_over:
            run = chunk.last_block
            while run and (blocks[run - 1].kind == "heading" or not blocks[run - 1].text.strip()):
                run -= 1
            end = next(n for n in following if blocks[n].kind != "heading")
            size = sum(count_words(block.text) + 1 for block in blocks[run:end])
            assert blocks[end].kind == "table" or size + smallest(blocks[end].text) > max_words


@given(documents())
def test_one_chunk_of_all_is_the_text(given_document: Document) -> None:
    title = [block.text for block in given_document.blocks if block.text and block.role == "title"]
    chunks = given_document.chunks(10_000)
    if not title:
        assert [bare(chunk.text) for chunk in chunks] == [bare(text) for text in [given_document.text] if bare(text)]


@given(documents())
def test_sections_are_in_order_and_nested(given_document: Document) -> None:
    sections = given_document.sections()
    firsts = [section.first_block for section in sections]
    assert firsts == sorted(firsts)
    for section in sections:
        assert section.first_block <= section.last_block < len(given_document.blocks)
        for other in sections:
            if section.first_block < other.first_block <= section.last_block:
                assert other.last_block <= section.last_block
    headings = [n for n, block in enumerate(given_document.blocks) if block.kind == "heading"]
    assert [section.first_block for section in sections if section.level] == headings


@pytest.mark.parametrize(
    "block",
    [
        para("." * 50_000),
        para(". " * 10_000),
        para("水" * 10_000),
        para("word " * 20_000),
        Block("code", (" " * 5_000 + "\n") * 20 + "x"),
        Block("table", "\t" * 100_000 + "x"),
        para(("Dr. " * 20 + "\n") * 1_000),
    ],
)
def test_time_is_linear_in_the_text(block: Block) -> None:
    start = time.process_time()
    document(block).chunks(20, overlap=5)
    assert time.process_time() - start < 3


def test_many_containers_are_no_trouble() -> None:
    around = tuple(Container("quote", key) for key in range(2_000))
    assert texts(*(para(f"a{n}", *around[:n]) for n in range(0, 2_000, 50)), max_words=30)
