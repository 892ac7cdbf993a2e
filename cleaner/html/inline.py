"""The text of one block, put together from the pieces that the walk collected: white space, spans, marks."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from cleaner.document import Span, SpanKind
from cleaner.normalize import normalize
from cleaner.page.spans import InlineMark, tidy


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
    """The text of a block with its spans, and marks for the elements that selectors matched."""

    text: str = ""
    spans: list[Span] = field(default_factory=list)
    marks: list[InlineMark] = field(default_factory=list)


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
    images: list[Span] = []
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
            images.append(Span(position, position, "image", piece.src, piece.alt or None))
        else:
            gap = "\n"
    while starts:
        del stack[len(starts) :]
        _close(result, stack, starts, position)
    result.text = "".join(out)
    # Of two elements with the same text the outer one closed last.
    result.spans = [*reversed(result.spans), *images]
    if len(result.spans) > 1:
        result.spans = tidy(result.text, result.spans)
    result.spans = [_with_tex(span, result.text) if span.kind == "math" else span for span in result.spans]
    return result


def _close(result: Inline, stack: list[Open], starts: list[int], position: int) -> None:
    """Notes the innermost open element, which ends at `position`."""
    piece, start = stack.pop(), starts.pop()
    if piece.kind is not None:
        result.spans.append(Span(start, position, piece.kind, piece.href, piece.value))
    for selector in piece.selectors:
        result.marks.append((selector, start, position))


def _with_tex(span: Span, text: str) -> Span:
    return span if span.value else replace(span, value=text[span.start : span.end])
