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
    return _Assembler().run(pieces)


class _Assembler:
    def __init__(self) -> None:
        self.out: list[str] = []
        self.position = 0
        self.gap = ""
        """White space that stands between the last character and the next one: "", " " or a line break."""
        self.stack: list[tuple[Open, int]] = []
        """Open elements and their starts, -1 before the first character."""
        self.result = Inline()

    def run(self, pieces: list[Piece]) -> Inline:
        for piece in pieces:
            if isinstance(piece, str):
                self.add_text(piece)
            elif piece is CLOSE:
                self.close()
            elif piece is BREAK:
                self.gap = "\n"
            elif isinstance(piece, Open):
                self.stack.append((piece, -1))
            elif isinstance(piece, Image):
                self.add_image(piece)
        while self.stack:
            self.close()
        result = self.result
        result.text = "".join(self.out)
        result.spans = [_with_tex(span, result.text) if span.kind == "math" else span for span in result.spans]
        if len(result.spans) > 1:
            result.spans = tidy(result.spans)
        return result

    def add_text(self, piece: str) -> None:
        if not piece.isascii():
            piece = normalize(piece)
        parts = piece.split()
        if not parts:
            self.gap = self.gap or (" " if piece else "")
            return
        if piece[0].isspace():
            self.gap = self.gap or " "
        if self.gap and self.position:
            self.out.append(self.gap)
            self.position += 1
        self.gap = ""
        self.begin()
        text = " ".join(parts)
        self.out.append(text)
        self.position += len(text)
        if piece[-1].isspace():
            self.gap = " "

    def add_image(self, image: Image) -> None:
        self.result.images.append(image)
        self.result.spans.append(Span(self.position, self.position, "image", image.src, image.alt or None))

    def begin(self) -> None:
        """The elements that are open and had no character yet start here."""
        for place in range(len(self.stack) - 1, -1, -1):
            piece, start = self.stack[place]
            if start >= 0:
                break
            self.stack[place] = (piece, self.position)

    def close(self) -> None:
        piece, start = self.stack.pop()
        if start < 0:
            return
        if piece.kind is not None and not self._inside_same(piece):
            self.result.spans.append(Span(start, self.position, piece.kind, piece.href, piece.value))
        for selector in piece.selectors:
            self.result.marks.append((selector, start, self.position))

    def _inside_same(self, piece: Open) -> bool:
        """Whether an element of the same kind is around: strong in strong is strong once, and links do not nest."""
        return any(outer.kind == piece.kind for outer, start in self.stack if start >= 0)


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
