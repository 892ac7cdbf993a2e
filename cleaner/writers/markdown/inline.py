"""Text with spans as inline Markdown: what spans are written with, and the text between them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleaner.document import Span
from cleaner.writers.markdown.escapes import escape_entities, escapes, needs_care
from cleaner.writers.markdown.flanking import ATOMS, DELIMITED, Edge, choose_delimiters, contexts, edges
from cleaner.writers.markdown.written import Written

_RUN = re.compile("`+")
_UNQUOTED = re.compile(r"[^\s<>]+")
_ESCAPABLE = re.compile(r"\\(?=[!-/:-@\[-`{-~]|$)")


def inline(text: str, spans: Sequence[Span] = (), *, bracketed: bool = False) -> str:
    """The text as Markdown, for spans that `expressible_spans` gave.

    Line breaks are written as a backslash before the line end. `bracketed` is for a text that stands in brackets, such
    as an image's alternative text.
    """
    if not spans and not bracketed and not needs_care(text):
        return text
    row = tuple(edges(spans))
    around = tuple(contexts(text, row))
    delimiters = choose_delimiters(spans, row, around)
    markup = tuple(_markup(text, edge, spans[edge.span], delimiters.get(edge.span)) for edge in row)
    written = Written(text, tuple(spans), row, around, markup, bracketed)
    return _composed(written, escapes(written))


def _composed(written: Written, positions: set[int]) -> str:
    parts: list[str] = []
    waiting = sorted(positions, reverse=True)
    for start, end, markup in written.pieces():
        done = start
        while waiting and waiting[-1] < end:
            at = waiting.pop()
            parts += (written.text[done:at], "\\")
            done = at
        parts += (written.text[done:end], markup)
    return "".join(parts).replace("\n", "\\\n")


def _markup(text: str, edge: Edge, span: Span, delimiter: str | None) -> str:
    if span.kind in DELIMITED:
        return (delimiter or "") * (1 if span.kind == "emphasis" else 2)
    if span.kind in ATOMS:
        return _atom(text[span.start : span.end], span)
    return "[" if edge.kind == "open" else f"]({destination(span.href or '')})"


def _atom(text: str, span: Span) -> str:
    if span.kind == "code":
        return code(text)
    if span.kind == "math":
        return f"${text}$"
    if span.kind == "footnote_ref":
        return f"[^{text}]"
    return image(span.value, span.href)


def code(text: str) -> str:
    """A code span, fenced with more backticks than stand together inside."""
    fence = "`" * (longest_run(_RUN, text) + 1)
    spaced = text[:1] == "`" or text[-1:] == "`" or (text[:1] == text[-1:] == " " and text.strip(" ") != "")
    return f"{fence} {text} {fence}" if spaced else f"{fence}{text}{fence}"


def longest_run(pattern: re.Pattern[str], text: str) -> int:
    """Length of the longest match; 0 where there is none."""
    return max((len(found[0]) for found in pattern.finditer(text)), default=0)


def image(alt: str | None, src: str | None, caption: str | None = None) -> str:
    """An image; its caption is what Markdown calls the title."""
    title = f' "{_title(caption)}"' if caption else ""
    return f"![{inline(alt or '', bracketed=True)}]({destination(src or '')}{title})"


def _title(caption: str) -> str:
    return escape_entities(_ESCAPABLE.sub(r"\\\\", caption)).replace('"', '\\"')


def destination(href: str) -> str:
    """A link's address, in angle brackets where it has spaces or is empty."""
    address = escape_entities(_ESCAPABLE.sub(r"\\\\", href))
    if _UNQUOTED.fullmatch(address):
        return address if _balanced(address) else re.sub(r"[()]", r"\\\g<0>", address)
    return "<" + re.sub(r"[<>]", r"\\\g<0>", address) + ">"


def _balanced(address: str) -> bool:
    depth = 0
    for char in address:
        depth += (char == "(") - (char == ")")
        if not 0 <= depth <= 1:
            return False
    return depth == 0
