"""The spans of a text as far as Markdown can express them.

What Markdown cannot say is changed as little as it allows: emphasis shrinks to the words at its edges, code is divided
at line breaks and links, and a span that is left with nothing to stand on goes while its text stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from cleaner.document import Span
from cleaner.links import is_inert, safe_href
from cleaner.writers.markdown.flanking import (
    DELIMITED,
    Edge,
    char_class,
    choose_delimiters,
    contexts,
    edges,
)

_TEX = re.compile(r"(?:[^$\\]|\\[\s\S])+")
"""TeX between dollar signs: neither a bare dollar nor a backslash before the closing one."""
_ROUNDS = 8
_MERGED = DELIMITED | {"code"}


def expressible_spans(text: str, spans: Iterable[Span], footnotes: frozenset[str]) -> tuple[Span, ...]:
    """The spans that Markdown gives back when it is read; `footnotes` are the labels that have a definition."""
    sayable = [span for given in spans if (span := _sayable(text, given, footnotes)) is not None]
    divided = _divide_code(text, _nested(sayable))
    trimmed = [span for given in divided if (span := _trimmed(text, given)) is not None]
    return tuple(_flanking(text, _merged(sorted(trimmed, key=lambda span: span.start))))


def _sayable(text: str, span: Span, footnotes: frozenset[str]) -> Span | None:
    """The span if Markdown has a form for it, whatever stands around it."""
    if not 0 <= span.start <= span.end <= len(text) or (span.start == span.end) != (span.kind == "image"):
        return None
    form = _FORMS.get(span.kind)
    if form is not None:
        return form(text, span)
    if span.kind == "footnote_ref":
        return span if span.value in footnotes and text[span.start : span.end] == span.value else None
    return None if span.kind in ("sub", "sup") else span


def _linked(text: str, span: Span) -> Span | None:
    href = safe_href(span.href)
    return replace(span, href=href) if href else None


def _pictured(text: str, span: Span) -> Span | None:
    linked = _linked(text, span)
    return linked and replace(linked, value=" ".join((span.value or "").split()) or None)


def _typeset(text: str, span: Span) -> Span | None:
    tex = text[span.start : span.end]
    beside_digit = text[max(span.start - 1, 0) : span.start].isdigit() or text[span.end : span.end + 1].isdigit()
    is_tex = span.value == tex == tex.strip() and "\n" not in tex and _TEX.fullmatch(tex) is not None
    return span if is_tex and not beside_digit and is_inert(tex) else None


_FORMS: dict[str, Callable[[str, Span], Span | None]] = {"link": _linked, "image": _pictured, "math": _typeset}


def _nested(spans: Iterable[Span]) -> list[Span]:
    """Without spans that cross others, stand in one of their own kind, or in one that is written as it is."""
    kept: list[Span] = []
    stack: list[Span] = []
    for span in spans:
        if kept and span.start < kept[-1].start:
            continue
        while stack and stack[-1].end <= span.start:
            stack.pop()
        if stack and (span.end > stack[-1].end or not _may_stand_in(span, stack)):
            continue
        kept.append(span)
        if span.kind != "image":
            stack.append(span)
    return kept


def _may_stand_in(span: Span, around: Sequence[Span]) -> bool:
    kinds = {outer.kind for outer in around}
    if kinds & {"math", "footnote_ref", span.kind}:
        return False
    return "code" not in kinds or span.kind == "link"


def _divide_code(text: str, spans: Sequence[Span]) -> list[Span]:
    """Code divided at the links in it, which go around their part of the code, and at line breaks."""
    out: list[Span] = []
    code: Span | None = None
    done = 0
    for span in [*spans, None]:
        if code is not None and span is not None and span.start < code.end:
            out += _lines_of_code(text, done, span.start)
            out.append(span)
            out += _lines_of_code(text, span.start, span.end)
            done = span.end
            continue
        if code is not None:
            out += _lines_of_code(text, done, code.end)
            code = None
        if span is not None and span.kind == "code":
            code, done = span, span.start
        elif span is not None:
            out.append(span)
    return out


def _lines_of_code(text: str, start: int, end: int) -> list[Span]:
    return [Span(start + m.start(), start + m.end(), "code") for m in re.finditer(r"[^\n]+", text[start:end])]


def _trimmed(text: str, span: Span) -> Span | None:
    """The span without white space at its edges; None if nothing is left."""
    if span.kind == "image":
        return span
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return replace(span, start=start, end=end) if start < end else None


def _merged(spans: Iterable[Span]) -> list[Span]:
    """With spans of one kind that touch made one: `**a****b**` would not be two."""
    out: list[Span] = []
    stack: list[int] = []
    latest: dict[tuple[int, str], int] = {}
    for span in spans:
        while stack and out[stack[-1]].end <= span.start:
            stack.pop()
        place = (stack[-1] if stack else -1, span.kind)
        before = latest.get(place)
        if span.kind in _MERGED and before is not None and out[before].end == span.start:
            out[before] = replace(out[before], end=span.end)
            stack.append(before)
            continue
        latest[place] = len(out)
        out.append(span)
        if span.kind != "image":
            stack.append(len(out) - 1)
    return out


def _flanking(text: str, spans: list[Span]) -> list[Span]:
    """With emphasis only where CommonMark reads it back: shrunk to words first, given up second."""
    for turn in range(_ROUNDS):
        row = list(edges(spans))
        chosen = choose_delimiters(spans, row, contexts(text, row))
        unwritable = {number for number, delimiter in chosen.items() if delimiter is None}
        if not unwritable:
            return spans
        shrunk = _shrunk(text, spans, row, unwritable) if turn < _ROUNDS // 2 else {}
        spans = _merged(
            shrunk.get(number, span)
            for number, span in enumerate(spans)
            if number not in unwritable or number in shrunk
        )
    return [span for span in spans if span.kind not in DELIMITED]


def _shrunk(text: str, spans: Sequence[Span], row: Sequence[Edge], numbers: set[int]) -> dict[int, Span]:
    """Those of the spans that can give up what is no word at their edges, without crossing another edge."""
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
