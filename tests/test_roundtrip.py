"""Promise 3: cleaning the Markdown of a document gives its blocks again and removes nothing."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import example, given
from hypothesis import strategies as st
from strategies import VALUES, documents, nested_spans

from cleaner import Cleaner
from cleaner.document import Block, Container, Document, Span
from cleaner.rules import load_rules
from cleaner.writers import to_markdown
from cleaner.writers.markdown.form import markdown_form

READER = Cleaner(load_rules(shipped=False), extractor="none")


def comparable(document: Document) -> list[Block]:
    """Blocks with keys counted from 1; which of two spans over the same text is outside means nothing."""
    keys: dict[int, int] = {}
    found = []
    for block in document.blocks:
        containers = tuple(replace(c, key=keys.setdefault(c.key, len(keys) + 1)) for c in block.containers)
        rows = tuple(tuple(replace(cell, spans=ordered(cell.spans)) for cell in row) for row in block.rows)
        found.append(replace(block, containers=containers, spans=ordered(block.spans), rows=rows, score=None))
    return found


def ordered(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    return tuple(sorted(spans, key=str))


@given(documents())
@example(Document(blocks=(Block("rule"), Block("heading", "*", 1))))
@example(Document(blocks=(Block("paragraph", "*", spans=(Span(0, 1, "strong"), Span(1, 1, "image", "/a", "[^1]"))),)))
def test_markdown_gives_the_blocks_again(written: Document) -> None:
    document = READER.clean(to_markdown(written), media_type="text/markdown")
    again = READER.clean(to_markdown(document), media_type="text/markdown")
    assert comparable(again) == comparable(markdown_form(document))
    assert again.removed == ()


@given(nested_spans())
def test_no_image_and_no_character_is_lost_or_doubled(given: tuple[str, list[Span]]) -> None:
    text, found = given
    values = {"math": lambda span: text[span.start : span.end], "footnote_ref": lambda _: "a"}
    spans = tuple(replace(span, value=values[span.kind](span)) if span.kind in values else span for span in found)
    prose = Block("paragraph", f"{text}.", spans=spans)
    reference = Block("paragraph", "a", spans=(Span(0, 1, "footnote_ref", value="a"),))
    note = Block("paragraph", "A note.", containers=(Container("footnote", 1, label="a"),))
    document = READER.clean(to_markdown(Document(blocks=(prose, reference, note))), media_type="text/markdown")
    assert document.blocks[0].text == prose.text
    assert images(document.blocks[0]) == images(prose)
    again = READER.clean(to_markdown(document), media_type="text/markdown")
    assert to_markdown(again) == to_markdown(document)


WORDS = ["a", "b ", "*", "`", "c<br>", "<img>", "<img>"]
TAGS = ["<code>", "<code>", "</code>", "</code>", "<b>", "</b>", "<a href=/x>", "</a>"]
MATH, NOTES = ["<span class=math>", "</span>"], ["<sup><a href=#fn1>1</a></sup>."]


@given(
    st.sampled_from([MATH, NOTES]).flatmap(lambda more: st.lists(st.sampled_from([*WORDS, *TAGS, *more]), max_size=16))
)
def test_a_page_keeps_its_images_and_its_markdown_gives_it_again(pieces: list[str]) -> None:
    inner = "".join(f'<img src="/{at}.png">' if piece == "<img>" else piece for at, piece in enumerate(pieces))
    page = f"<p>Text {inner}</p><p>More.</p><ol><li id=fn1>A note.</li></ol>"
    document = READER.clean(page, media_type="text/html")
    given = [f"/{at}.png" for at, piece in enumerate(pieces) if piece == "<img>"]
    assert [src for block in document.blocks for src, _ in images(block)] == given
    again = READER.clean(to_markdown(document), media_type="text/markdown")
    assert comparable(again) == comparable(markdown_form(document))
    assert to_markdown(again) == to_markdown(document)


def images(block: Block) -> list[tuple[str | None, str | None]]:
    own = [(block.src, block.alt)] if block.kind == "image" else []
    return own + [(span.href, span.value) for span in block.spans if span.kind == "image"]


@given(documents(), st.dictionaries(st.sampled_from(("price", "no_9")), st.sampled_from(VALUES)))
def test_fields_of_ones_own_come_back(document: Document, fields: dict[str, str]) -> None:
    given_document = replace(document, fields=fields)
    assert Document.from_dict(given_document.to_dict()) == given_document
    assert READER.clean(given_document.to_markdown(), media_type="text/markdown").fields == fields
