"""Promise 3: cleaning the Markdown of a document gives its blocks again and removes nothing."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from strategies import documents

from cleaner import Cleaner
from cleaner.document import Block, Document, Span
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
def test_markdown_gives_the_blocks_again(written: Document) -> None:
    document = READER.clean(to_markdown(written), media_type="text/markdown")
    again = READER.clean(to_markdown(document), media_type="text/markdown")
    assert comparable(again) == comparable(markdown_form(document))
    assert again.removed == ()
