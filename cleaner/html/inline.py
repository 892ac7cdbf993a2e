"""The text of one block, put together from the pieces that the walk collects: white space, spans, marks."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from cleaner.document import Span, SpanKind
from cleaner.normalize import normalize
from cleaner.page.spans import InlineMark, tidy


@dataclass(slots=True, eq=False)
class Open:
    """Start of an inline element that leaves a trace: a span, or a mark for each selector that matched it."""

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


class InlineBuffer:
    """The pieces since the last block. The walk adds texts to `pieces` itself, which is faster than a call for each."""

    __slots__ = ("ends_with_break", "has_markup", "open", "pieces")

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.open: list[Open] = []
        """The inline elements that are open, from the outermost in."""
        self.has_markup = False
        """Whether there are pieces other than strings."""
        self.ends_with_break = False
        """Whether the last piece, white space aside, is a line break."""

    def start(self, piece: Open) -> None:
        """An inline element starts."""
        self.open.append(piece)
        self.pieces.append(piece)
        self.has_markup = True

    def end(self) -> None:
        """The innermost inline element ends."""
        self.open.pop()
        self.pieces.append(CLOSE)

    def line_break(self) -> None:
        """A line of the text ends."""
        self.pieces.append(BREAK)
        self.has_markup = self.ends_with_break = True

    def image(self, src: str, alt: str) -> None:
        """An image stands here."""
        self.pieces.append(Image(src, " ".join(alt.split())))
        self.has_markup = True

    def formula(self, tex: str) -> None:
        """A formula stands here."""
        self.pieces += [Open("math", value=tex), tex, CLOSE]
        self.has_markup = True

    def is_in_link(self) -> bool:
        """Whether a link is open."""
        return any(piece.kind == "link" for piece in self.open)

    def holds_something(self) -> bool:
        """Whether there is more than the starts of the elements that are open."""
        return len(self.pieces) > len(self.open)

    def take(self) -> Inline:
        """The text of the pieces, which are then gone but for the starts of the elements that are open."""
        pieces, opened = self.pieces, self.open
        inline = assemble(pieces + [CLOSE] * len(opened)) if self.has_markup else Inline(plain(pieces))
        pieces.clear()
        pieces.extend(opened)
        self.has_markup = bool(opened)
        self.ends_with_break = False
        return inline


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
