"""Text with spans as inline Markdown: the markup of the spans, and the escaped text between it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from cleaner.document import Span
from cleaner.writers.markdown.escapes import escape_entities, escapes, needs_care
from cleaner.writers.markdown.flanking import ATOMS, DELIMITED, Edge, choose_delimiters, edges, flanks_of

Place = Literal["paragraph", "item", "quote", "continued", "line", "brackets"]
"""What a text begins: a paragraph, the first one of an item or a quote, a further line of a paragraph, none of these
(it stands within a line), or the inside of brackets."""

_RUN = re.compile("`+")
_UNQUOTED = re.compile(r"[^\s<>]+")
_ESCAPABLE = re.compile(r"\\(?=[!-/:-@\[-`{-~]|$)")


@dataclass(frozen=True)
class InlineContext:
    """A text with the markup of its spans: the context in which each character is read."""

    text: str
    spans: tuple[Span, ...]
    edges: tuple[Edge, ...]
    markup: tuple[str, ...]
    """The markup at each edge."""
    place: Place = "paragraph"

    def pieces(self) -> Iterator[tuple[int, int, str]]:
        """Start and end of each stretch of text between markup, with the markup that follows it."""
        done = 0
        for edge, markup in zip(self.edges, self.markup, strict=True):
            yield done, edge.position, markup
            done = edge.end
        yield done, len(self.text), ""

    @cached_property
    def _first(self) -> dict[int, str]:
        found: dict[int, str] = {}
        for edge, markup in zip(self.edges, self.markup, strict=True):
            found.setdefault(edge.position, markup[0])
        if self.place == "brackets":
            found.setdefault(len(self.text), "]")
        return found

    @cached_property
    def _last(self) -> dict[int, str]:
        start = {0: "["} if self.place == "brackets" else {}
        return start | {edge.end: markup[-1] for edge, markup in zip(self.edges, self.markup, strict=True)}

    @property
    def starts_line(self) -> bool:
        """Whether the text stands at the start of a line."""
        return self.place not in ("line", "brackets")

    @property
    def may_define_link(self) -> bool:
        """Whether the text could be the definition of a link, which cannot interrupt a paragraph."""
        return self.text.startswith("[") and self.place not in ("continued", "line", "brackets")

    @cached_property
    def last_greater(self) -> int:
        """The position of the last `>` in text or markup; -1 where there is none."""
        behind = (edge.end for edge, markup in zip(self.edges, self.markup, strict=True) if ">" in markup)
        return max(self.text.rfind(">"), *behind, -1)

    def markup_before(self, index: int) -> str:
        """The last character of markup directly before a character of the text; empty if text is there."""
        return self._last.get(index, "")

    def markup_after(self, index: int) -> str:
        """The first character of markup directly after a character of the text; empty if text is there."""
        return self._first.get(index + 1, "")

    def before(self, index: int) -> str:
        """The character that is written before one of the text; empty at the start."""
        return self.markup_before(index) or (self.text[index - 1] if index else "")

    def after(self, index: int) -> str:
        """The character that is written after one of the text; empty at the end."""
        return self.markup_after(index) or self.text[index + 1 : index + 2]


def inline(text: str, spans: Sequence[Span] = (), place: Place = "paragraph") -> str:
    """The text as Markdown; `spans` are those that `expressible_spans` returned.

    Line breaks are written as a backslash before the line end.
    """
    if not spans and place != "brackets" and not needs_care(text):
        return text
    row = tuple(edges(spans))
    delimiters = choose_delimiters(spans, row, flanks_of(text, row))
    markup = tuple(_markup(text, edge, spans[edge.span], delimiters.get(edge.span)) for edge in row)
    context = InlineContext(text, tuple(spans), row, markup, place)
    return _with_escapes(context, escapes(context))


def _with_escapes(context: InlineContext, positions: set[int]) -> str:
    parts: list[str] = []
    waiting = sorted(positions, reverse=True)
    for start, end, markup in context.pieces():
        done = start
        while waiting and waiting[-1] < end:
            at = waiting.pop()
            parts += (context.text[done:at], "\\")
            done = at
        parts += (context.text[done:end], markup)
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
    return f"![{inline(alt or '', place='brackets')}]({destination(src or '')}{title})"


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
