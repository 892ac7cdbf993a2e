"""The spans of a text as far as Markdown can express them.

What Markdown cannot express is changed as little as possible: emphasis shrinks to the words at its edges, code is
divided at line breaks, links and images, and a span that no text is left for is dropped while its text stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from cleaner.document import Span
from cleaner.links import is_inert, safe_href
from cleaner.page.spans import LITERAL, in_order, merged, nested, trimmed, without_images_inside
from cleaner.writers.markdown.flanking import (
    DELIMITED,
    Edge,
    char_class,
    choose_delimiters,
    edges,
    flanks_of,
)

_TEX = re.compile(r"(?:[^$\\]|\\[\s\S])+")
"""TeX between dollar signs: neither a bare dollar nor a backslash before the closing one."""
_ROUNDS = 8
"""Attempts to find emphasis that can be written; the later half of them drops what cannot."""


def expressible_spans(text: str, spans: Sequence[Span], footnotes: frozenset[str]) -> tuple[Span, ...]:
    """The spans that Markdown gives back when it is read; `footnotes` are the labels that have a definition."""
    if not spans:
        return ()
    expressible = [span for given in spans if (span := _expressible(text, given, footnotes)) is not None]
    kept = nested(in_order(expressible), _may_stand_in)
    divided = without_images_inside(text, kept, _cuts_in_code(text, kept))
    trimmed_spans = [span for given in divided if (span := trimmed(text, given)) is not None]
    return tuple(_with_link_around(_with_valid_emphasis(text, merged(in_order(trimmed_spans)))))


def _with_link_around(spans: Iterable[Span]) -> Iterator[Span]:
    """The spans, which are in order, where an image leads where the link leads that it stands in."""
    link: Span | None = None
    for span in spans:
        if span.kind == "link":
            link = span
        inside = span.kind == "image" and link is not None and span.start < link.end
        yield replace(span, link=link.href) if inside and link is not None else span


def _expressible(text: str, span: Span, footnotes: frozenset[str]) -> Span | None:
    """The span as Markdown can express it, whatever stands around it; None if Markdown has no form for it."""
    if not 0 <= span.start <= span.end <= len(text) or (span.start == span.end) != (span.kind == "image"):
        return None
    form = _FORMS.get(span.kind)
    if form is not None:
        return form(text, span)
    if span.kind == "footnote_ref":
        return span if span.value in footnotes and text[span.start : span.end] == span.value else None
    return None if span.kind in ("sub", "sup") else span


def _link(text: str, span: Span) -> Span | None:
    href = safe_href(span.href)
    if not href:
        return None
    title = _line(span.title)
    if title == text[span.start : span.end]:
        title = None
    return span if (href, title) == (span.href, span.title) else replace(span, href=href, title=title)


def _image(text: str, span: Span) -> Span | None:
    linked = _link(text, span)
    return linked and replace(linked, value=_line(span.value), link=safe_href(span.link))


def _line(text: str | None) -> str | None:
    return (" ".join(text.split()) or None) if text else None


def _math(text: str, span: Span) -> Span | None:
    tex = text[span.start : span.end]
    beside_digit = text[max(span.start - 1, 0) : span.start].isdigit() or text[span.end : span.end + 1].isdigit()
    is_tex = span.value == tex == tex.strip() and "\n" not in tex and _TEX.fullmatch(tex) is not None
    return span if is_tex and not beside_digit and is_inert(tex) else None


_FORMS: dict[str, Callable[[str, Span], Span | None]] = {"link": _link, "image": _image, "math": _math}


def _may_stand_in(span: Span, around: Sequence[Span]) -> bool:
    kinds = {outer.kind for outer in around}
    if span.kind == "footnote_ref" and "link" in kinds:  # it is a link too, and links have none inside
        return False
    return not kinds & LITERAL or (kinds & LITERAL == {"code"} and span.kind == "link")


def _cuts_in_code(text: str, spans: Sequence[Span]) -> Iterator[int]:
    """Where code is divided: at line breaks, and at links, which go around their part of the code."""
    if any(span.kind == "code" for span in spans):
        for found in re.finditer("\n", text):
            yield from found.span()
        for span in spans:
            if span.kind == "link":
                yield from (span.start, span.end)


def _with_valid_emphasis(text: str, spans: list[Span]) -> list[Span]:
    """The spans with emphasis only where CommonMark reads it back: it shrinks to words, or else is dropped."""
    if not any(span.kind in DELIMITED for span in spans):
        return spans
    for turn in range(_ROUNDS):
        row = list(edges(spans))
        chosen = choose_delimiters(spans, row, flanks_of(text, row))
        unwritable = {number for number, delimiter in chosen.items() if delimiter is None}
        if not unwritable:
            return spans
        shrunk = _shrunk(text, spans, row, unwritable) if turn < _ROUNDS // 2 else {}
        spans = merged(
            shrunk.get(number, span)
            for number, span in enumerate(spans)
            if number not in unwritable or number in shrunk
        )
    return [span for span in spans if span.kind not in DELIMITED]


def _shrunk(text: str, spans: Sequence[Span], row: Sequence[Edge], numbers: set[int]) -> dict[int, Span]:
    """By number: the spans that can lose what is no word at their edges without crossing another edge."""
    found: dict[int, Span] = {}
    for place, edge in enumerate(row):
        if edge.span not in numbers:
            continue
        span = found.get(edge.span, spans[edge.span])
        if edge.kind == "open":
            start = _skip(text, span.start, row[place + 1].position, 1)
            span = replace(span, start=start)
        else:
            end = _skip(text, span.end - 1, row[place - 1].end - 1, -1) + 1
            span = replace(span, end=end)
        found[edge.span] = span
    return {number: span for number, span in found.items() if span.start < span.end and span != spans[number]}


def _skip(text: str, index: int, limit: int, step: int) -> int:
    while index != limit and char_class(text[index]) != "word":
        index += step
    return index
