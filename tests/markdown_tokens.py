"""Blocks and spans from Markdown tokens: a small reader of the tests' own, that shares nothing with the writer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from markdown_it.token import Token

from cleaner.document import Span, SpanKind

_PAIRS: dict[str, SpanKind] = {
    "strong_open": "strong",
    "em_open": "emphasis",
    "s_open": "delete",
    "link_open": "link",
}
_SINGLE: dict[str, SpanKind] = {"code_inline": "code", "math_inline": "math", "footnote_ref": "footnote_ref"}


def spans_of(tokens: Sequence[Token]) -> tuple[str, list[Span]]:
    """The text of inline tokens, and its spans in the order in which they begin.

    The space between the text of a line and an image at its start or end is not text.
    """
    text = ""
    found: list[Span] = []
    stack: list[int] = []
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            text = _without_end(text, found)
        start = len(text)
        if token.type in _PAIRS:
            stack.append(len(found))
            found.append(Span(start, start, _PAIRS[token.type], *_target(token, "href")))  # type: ignore[arg-type]
        elif token.nesting == -1:
            place = stack.pop()
            found[place] = replace(found[place], end=start)
            inside = found[place + 1 :]
            if found[place].kind == "link":
                inside = [replace(s, link=found[place].href) if s.kind == "image" else s for s in inside]
            found[place:] = inside if found[place].start == start else [found[place], *inside]
        elif token.type == "image":
            alt = spans_of(token.children or ())[0]
            src, _, title = _target(token, "src")
            found.append(Span(start, start, "image", src, alt or None, title))
        elif token.type in _SINGLE:
            text += token.content or token.meta["label"]
            value = None if token.type == "code_inline" else text[start:]
            found.append(Span(start, len(text), _SINGLE[token.type], None, value))
        elif token.type != "figure_caption":
            text += _text(token).lstrip(" " if text[-1:] in ("", "\n") else "")
    return _without_end(text, found), found


def _target(token: Token, name: str) -> tuple[str | None, None, str | None]:
    address, title = token.attrs.get(name), token.attrs.get("title")
    return str(address) if address else None, None, str(title) if title else None


def _without_end(text: str, found: list[Span]) -> str:
    end = len(text.rstrip(" "))
    found[:] = [replace(span, start=min(span.start, end), end=min(span.end, end)) for span in found]
    return text[:end]


def _text(token: Token) -> str:
    assert token.type in ("text", "softbreak", "hardbreak"), token
    return {"text": token.content, "softbreak": " ", "hardbreak": "\n"}[token.type]  # a wrapped line is one line


def blocks_of(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """Kind and text of the blocks: "paragraph", "heading 2", "table" (cells by tab, rows by newline), ..."""
    row: list[str] = []
    rows: list[str] = []
    opened = ""
    for token in tokens:
        assert token.type not in ("html_block", "html_inline"), token
        if token.type == "inline":
            yield from _prose(opened, token, row)
        elif token.type.endswith("_open"):
            opened = f"heading {token.tag[1]}" if token.type == "heading_open" else token.type.removesuffix("_open")
        elif token.type == "tr_close":
            rows.append("\t".join(row))
            row = []
        elif token.type == "table_close":
            yield "table", "\n".join(rows)
            rows = []
        elif token.type in _WHOLE:
            yield _WHOLE[token.type], "\n".join(_lines(token))


_WHOLE = {"fence": "code", "math_block": "math", "hr": "rule"}


def _lines(token: Token) -> list[str]:
    lines = token.content.removesuffix("\n").split("\n")
    return [line.strip() for line in token.content.strip().split("\n")] if token.type == "math_block" else lines


def _prose(opened: str, token: Token, row: list[str]) -> Iterator[tuple[str, str]]:
    text, spans = spans_of(token.children or ())
    if opened in ("th", "td"):
        row.append(text)
    elif not text and [span.kind for span in spans] == ["image"]:
        yield "image", spans[0].value or ""
    else:
        yield opened, text
