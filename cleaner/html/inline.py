"""The text of one block, put together from the pieces that the walk collected: white space, spans, marks."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace

from cleaner.document import Span, SpanKind
from cleaner.normalize import normalize


@dataclass(slots=True, eq=False)
class Open:
    """Start of an inline element that leaves a trace: a span, or a mark for the selectors that matched it."""

    kind: SpanKind | None = None
    href: str | None = None
    value: str | None = None
    selectors: tuple[int, ...] = ()


@dataclass(slots=True, eq=False)
class Image:
    """An image among text."""

    src: str
    alt: str


CLOSE = object()
BREAK = object()
Piece = object
"""str, Open, Image, CLOSE or BREAK."""


@dataclass(slots=True)
class Inline:
    """The text of a block with its spans, and (selector, start, end) for the elements that selectors matched."""

    text: str = ""
    spans: list[Span] = field(default_factory=list)
    marks: list[tuple[int, int, int]] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)


def plain(pieces: list[Piece]) -> str:
    """The text of pieces that are all strings."""
    text = "".join(pieces)  # type: ignore[arg-type]
    return " ".join((text if text.isascii() else normalize(text)).split())


def assemble(pieces: list[Piece]) -> Inline:
    """The text of any pieces. White space collapses as in CSS; a span begins and ends at a visible character."""
    result = Inline()
    out: list[str] = []
    position = 0
    gap = ""  # white space between the last character and the next one: "", " " or a line break
    stack: list[Open] = []
    starts: list[int] = []  # of the elements in the stack that have a character
    for piece in pieces:
        if isinstance(piece, str):
            if not piece.isascii():
                piece = normalize(piece)
            text = " ".join(piece.split())
            if not text:
                gap = gap or (" " if piece else "")
                continue
            if position and (gap or piece[0].isspace()):
                text = (gap or " ") + text
                position += 1
            starts += [position] * (len(stack) - len(starts))
            out.append(text)
            position += len(text) - (text[0] in " \n")
            gap = " " if piece[-1].isspace() else ""
        elif piece is CLOSE:
            if len(starts) == len(stack):
                _close(result, stack, starts, position)
            else:
                stack.pop()
        elif isinstance(piece, Open):
            stack.append(piece)
        elif isinstance(piece, Image):
            result.images.append(piece)
            result.spans.append(Span(position, position, "image", piece.src, piece.alt or None))
        else:
            gap = "\n"
    while starts:
        del stack[len(starts) :]
        _close(result, stack, starts, position)
    result.text = "".join(out)
    if len(result.spans) > 1:
        result.spans = tidy(result.spans)
    result.spans = [_with_tex(span, result.text) if span.kind == "math" else span for span in result.spans]
    return result


def _close(result: Inline, stack: list[Open], starts: list[int], position: int) -> None:
    """Notes the innermost open element, which ends at `position`."""
    piece, start = stack.pop(), starts.pop()
    kind = piece.kind
    # Strong in strong is strong once, and links do not nest.
    if kind is not None and not (starts and any(outer.kind == kind for outer in stack)):
        result.spans.append(Span(start, position, kind, piece.href, piece.value))
    for selector in piece.selectors:
        result.marks.append((selector, start, position))


def _with_tex(span: Span, text: str) -> Span:
    return span if span.value else replace(span, value=text[span.start : span.end])


_MERGED = frozenset({"strong", "emphasis", "code", "delete", "sub", "sup"})


def tidy(closed: list[Span]) -> list[Span]:
    """Spans in the order in which they closed, as `Block` wants them: sorted, the outer first.

    Neighbours of the same kind become one, and code holds no other span: where both cover the same text, the other
    is put around it. Markdown can express nothing else.
    """
    outside = _outside_code(closed)
    order = {id(span): number for number, span in enumerate(outside)}

    def place(span: Span) -> tuple[int, int, int, int]:
        if span.start == span.end:  # an image: inside what starts here, but for code
            return span.start, 1, 0, order[id(span)]
        return span.start, 2 if span.kind == "code" else 0, -span.end, -order[id(span)]

    return _merged(sorted(outside, key=place))


def _outside_code(spans: list[Span]) -> list[Span]:
    codes = sorted((s.start, s.end) for s in spans if s.kind == "code")
    if not codes:
        return spans
    starts = [start for start, _ in codes]

    def inside(span: Span) -> bool:
        at = bisect_right(starts, span.start) - 1
        if at < 0 or span.kind == "code" or (span.start, span.end) == codes[at]:
            return False
        if span.start == span.end and span.start in codes[at]:
            return False
        return span.end <= codes[at][1]

    return [span for span in spans if not inside(span)]


def _merged(spans: list[Span]) -> list[Span]:
    """Joins spans of the same kind that touch inside the same outer one."""
    out: list[Span] = []
    around: list[int] = []
    last: dict[tuple[int, SpanKind], int] = {}
    """Place in `out` of the last span of a kind inside an outer one (by its place, -1 for none)."""
    for span in spans:
        while around and (
            (out[around[-1]].end <= span.start and span.start < span.end) or out[around[-1]].end < span.start
        ):
            around.pop()
        parent = around[-1] if around else -1
        before = last.get((parent, span.kind))
        if before is not None and span.kind in _MERGED and out[before].end == span.start < span.end:
            out[before] = Span(out[before].start, span.end, span.kind)
            around.append(before)
            continue
        last[parent, span.kind] = len(out)
        if span.start < span.end:
            around.append(len(out))
        out.append(span)
    return out
