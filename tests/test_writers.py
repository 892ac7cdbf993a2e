"""Writers: every format, and Markdown that reads back as it was."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it.token import Token
from strategies import documents, spans, texts

from cleaner.document import Block, Cell, Container, Document, Span, table_text
from cleaner.markdown_parser import parser
from cleaner.writers import WRITERS, to_jsonl, to_markdown, to_text, write
from cleaner.writers.front_matter import front_matter
from cleaner.writers.links import safe_href
from cleaner.writers.markdown_form import markdown_form
from cleaner.writers.markdown_inline import inline
from cleaner.writers.markdown_spans import expressible_spans

NOTES = frozenset({"1", "2"})


def read_inline(tokens: list[Token]) -> tuple[str, list[Span]]:
    """Text and spans of inline tokens: a reader of its own, that shares nothing with the writer."""
    text, found, stack = "", [], []
    opened = {"strong_open": "strong", "em_open": "emphasis", "s_open": "delete", "link_open": "link"}
    for token in tokens:
        if token.type in opened:
            stack.append(len(found))
            found.append(Span(len(text), 0, opened[token.type], token.attrs.get("href")))
        elif token.nesting == -1:
            place = stack.pop()
            found[place] = replace(found[place], end=len(text))
        elif token.type in ("hardbreak", "softbreak"):
            text += "\n"
        elif token.type == "image":
            alt = read_inline(token.children or [])[0]
            found.append(Span(len(text), len(text), "image", token.attrs["src"] or None, alt or None))
        elif token.type in ("code_inline", "math_inline", "footnote_ref"):
            kind = {"code_inline": "code", "math_inline": "math"}.get(token.type, "footnote_ref")
            content = token.content or token.meta["label"]
            found.append(Span(len(text), len(text) + len(content), kind, None, None if kind == "code" else content))
            text += content
        else:
            assert token.type == "text", token
            text += token.content
    return text, found


def ordered(found: tuple[Span, ...] | list[Span]) -> list[tuple[object, ...]]:
    # Where spans cover the same text, which of them is outside says nothing.
    return sorted((s.start, s.end, s.kind, s.href or "", s.value or "") for s in found)


def read(markdown: str) -> list[tuple[str, str]]:
    """Kind and text of the blocks of a Markdown body."""
    found: list[tuple[str, str]] = []
    kinds, row, rows = ["paragraph"], [], []
    for token in parser().parse(markdown, {}):
        assert token.type not in ("html_block", "html_inline")
        if token.type == "heading_open":
            kinds.append(f"heading {token.tag[1]}")
        elif token.type == "tr_open":
            row = []
        elif token.type == "tr_close":
            rows.append("\t".join(row))
        elif token.type == "table_open":
            kinds.append("cell")
        elif token.type == "table_close":
            found.append(("table", "\n".join(rows)))
            rows = []
            kinds.pop()
        elif token.type == "heading_close":
            kinds.pop()
        elif token.type == "inline":
            text, inner = read_inline(token.children or [])
            if kinds[-1] == "cell":
                row.append(text)
            elif not text and [span.kind for span in inner] == ["image"]:
                found.append(("image", inner[0].value or ""))
            else:
                found.append((kinds[-1], text))
        elif token.type == "fence":
            found.append(("code", token.content.removesuffix("\n")))
        elif token.type == "math_block":
            found.append(("math", "\n".join(line.strip() for line in token.content.strip().split("\n"))))
        elif token.type == "hr":
            found.append(("rule", ""))
    return found


def expected(document: Document) -> list[tuple[str, str]]:
    found = []
    for block in document.blocks:
        kind = {"list_item": "paragraph", "heading": f"heading {block.level}"}.get(block.kind, block.kind)
        found.append((kind, (block.alt or "") if kind == "image" else block.text))
    return found


@given(st.data())
@settings(max_examples=500)
def test_inline_markdown_reads_back_with_its_spans(data: st.DataObject) -> None:
    text = data.draw(texts())
    shown = expressible_spans(text, data.draw(spans(text)), NOTES)
    markdown = inline(text, shown)
    body = "".join(f"\n\n[^{label}]: x" for label in sorted(NOTES))
    tokens = parser().parse(markdown + body, {})
    assert tokens[0].type == "paragraph_open", markdown
    got, found = read_inline(tokens[1].children or [])
    assert (got, ordered(found)) == (text, ordered(shown)), markdown


@given(documents())
@settings(max_examples=200)
def test_markdown_reads_back(document: Document) -> None:
    assert read(to_markdown(document, front_matter=False)) == expected(markdown_form(document, front_matter=False))
