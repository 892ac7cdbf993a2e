"""Text with spans as inline Markdown: the markup of the spans, and the escaped text between it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from cleaner.document import Span
from cleaner.writers.markdown.escapes import escape_entities, escapes, needs_care
from cleaner.writers.markdown.flanking import ATOMS, DELIMITED, Edge, choose_delimiters, edges, flanks_of
from cleaner.writers.markdown.layout import Layout, References
from cleaner.writers.markdown.wrapping import wrapped

Place = Literal["paragraph", "item", "quote", "callout", "line", "brackets"]
"""Where a text stands: it is a paragraph, one that begins an item, one in a quote or a callout, a part of a line, or
the inside of brackets."""

_GAP = re.compile(r"(?<! ) (?! )")
"""A space at which a line may end; of several none, because their number would be lost."""
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
    has_references: bool = False
    """Whether numbers in brackets are the labels of links."""

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
        return self.text.startswith("[") and self.starts_line

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


def inline(
    text: str, spans: Sequence[Span] = (), place: Place = "paragraph", references: References | None = None
) -> str:
    """The text as Markdown; `spans` are those that `expressible_spans` returned.

    Line breaks are written as a backslash before the line end. The addresses of links go to `references`, if given.
    """
    if not spans and not needs_care(text):
        return text
    return "".join(part for part, _ in _parts(text, spans, place, references)).replace("\n", "\\\n")


def inline_lines(text: str, spans: Sequence[Span], place: Place, layout: Layout) -> list[str]:
    """The text as lines of Markdown, wrapped where the layout has a width."""
    if layout.width is None:
        return inline(text, spans, place, layout.references).split("\n")
    lines: list[str] = []
    gaps: list[int] = []
    line = ""
    for part, is_text in _parts(text, spans, place, layout.references):
        for number, piece in enumerate(part.split("\n")):
            if number:
                lines += wrapped(line + "\\", gaps, layout.width)
                line, gaps = "", []
            if is_text:
                gaps += [len(line) + found.start() for found in _GAP.finditer(piece)]
            line += piece
    return [*lines, *wrapped(line, gaps, layout.width)]


def _parts(text: str, spans: Sequence[Span], place: Place, references: References | None) -> Iterator[tuple[str, bool]]:
    """The parts that are written one after another, and whether each is text."""
    if not spans and not needs_care(text):
        yield text, True
        return
    row = tuple(edges(spans))
    emphasised = any(span.kind in DELIMITED for span in spans)
    delimiters = choose_delimiters(spans, row, flanks_of(text, row)) if emphasised else {}
    shown = _without_links_in_links(spans)
    markup = tuple(_markup(text, edge, shown[edge.span], delimiters.get(edge.span), references) for edge in row)
    context = InlineContext(text, tuple(spans), row, markup, place, references is not None)
    waiting = sorted(escapes(context), reverse=True)
    for start, end, behind in context.pieces():
        done = start
        while waiting and waiting[-1] < end:
            at = waiting.pop()
            yield text[done:at], True
            yield "\\", False
            done = at
        yield text[done:end], True
        yield behind, False


def _without_links_in_links(spans: Sequence[Span]) -> Sequence[Span]:
    """The spans, where an image that stands in a link has none of its own."""
    shown = list(spans)
    end = 0
    for number, span in enumerate(spans):
        if span.kind == "link":
            end = span.end
        elif span.link is not None and span.start < end:
            shown[number] = replace(span, link=None)
    return shown


def _markup(text: str, edge: Edge, span: Span, delimiter: str | None, references: References | None) -> str:
    if span.kind in DELIMITED:
        return (delimiter or "") * (1 if span.kind == "emphasis" else 2)
    if span.kind == "image":
        return _apart(text, span.start, image(span.value, span.href, span.title, span.link, references))
    if span.kind in ATOMS:
        return _atom(text[span.start : span.end], span)
    return "[" if edge.kind == "open" else _link_end(_target(span.href, span.title), references)


def _link_end(target: str, references: References | None) -> str:
    return f"]({target})" if references is None else f"][{references.label(target)}]"


def _apart(text: str, at: int, markup: str) -> str:
    """An image with a space between it and the text, where it stands at the start or the end of a line of it."""
    begins, ends = text[at - 1 : at] in ("", "\n") or not at, text[at : at + 1] in ("", "\n")
    if begins == ends:
        return markup
    return f"{markup} " if begins else f" {markup}"


def _atom(text: str, span: Span) -> str:
    if span.kind == "code":
        return code(text)
    if span.kind == "math":
        return f"${text}$"
    return f"[^{text}]"


def code(text: str) -> str:
    """A code span, fenced with more backticks than stand together inside."""
    fence = "`" * (longest_run(_RUN, text) + 1)
    spaced = text[:1] == "`" or text[-1:] == "`" or (text[:1] == text[-1:] == " " and text.strip(" ") != "")
    return f"{fence} {text} {fence}" if spaced else f"{fence}{text}{fence}"


def longest_run(pattern: re.Pattern[str], text: str) -> int:
    """Length of the longest match; 0 where there is none."""
    return max((len(found[0]) for found in pattern.finditer(text)), default=0)


def image(
    alt: str | None,
    src: str | None,
    title: str | None = None,
    href: str | None = None,
    references: References | None = None,
) -> str:
    """An image, in a link where it has one; the caption of a block is what Markdown calls the title."""
    markup = f"![{inline(alt or '', (), 'brackets', references)}]({_target(src, title)})"
    return f"[{markup}{_link_end(destination(href), references)}" if href else markup


def _target(href: str | None, title: str | None) -> str:
    return destination(href or "") + (f' "{_title(title)}"' if title else "")


def _title(caption: str) -> str:
    return escape_entities(_ESCAPABLE.sub(r"\\\\", caption)).replace('"', '\\"')


def destination(href: str) -> str:
    """A link's address, in angle brackets where it has spaces or is empty."""
    address = escape_entities(_ESCAPABLE.sub(r"\\\\", href))
    if _UNQUOTED.fullmatch(address):
        return address if _balanced(address) else re.sub(r"[()]", r"\\\g<0>", address)
    return "<" + re.sub(r"[<>]", r"\\\g<0>", address) + ">"


def _balanced(address: str) -> bool:
    if "(" not in address and ")" not in address:
        return True
    depth = 0
    for char in address:
        depth += (char == "(") - (char == ")")
        if not 0 <= depth <= 1:
            return False
    return depth == 0
