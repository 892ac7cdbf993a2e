"""The text of one block, put together from the pieces that the walk collects: white space, spans, marks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
    title: str | None = None


@dataclass(slots=True, eq=False)
class Image:
    """An image among text."""

    src: str
    alt: str = ""
    title: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    """Those of its element, for who wants to know more."""
    selectors: tuple[int, ...] = ()
    """Numbers of the selectors that match its element."""


_JOINERS = "\u200c\u200d \n"
"""Characters that join letters, and cannot be seen without any; editors leave them in empty paragraphs."""
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
    images: list[Image] = field(default_factory=list)
    """In their order; each has a span as well."""


class InlineBuffer:
    """The pieces since the last block. The walk adds texts to `pieces` itself, which is faster than a call for each."""

    __slots__ = ("ends_with_break", "has_image", "has_markup", "open", "pieces")

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.open: list[Open] = []
        """The inline elements that are open, from the outermost in."""
        self.has_markup = False
        """Whether there are pieces other than strings."""
        self.has_image = False
        """Whether there is an image among the pieces."""
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

    def image(self, image: Image) -> None:
        """An image stands here."""
        self.pieces.append(image)
        self.has_markup = self.has_image = True
        self.ends_with_break = False

    def formula(self, tex: str) -> None:
        """A formula stands here."""
        self.pieces += [Open("math", value=tex), tex, CLOSE]
        self.has_markup = True
        self.ends_with_break = False

    def is_in_link(self) -> bool:
        """Whether a link is open."""
        return any(piece.kind == "link" for piece in self.open)

    def holds_something(self) -> bool:
        """Whether there is more than the starts of the elements that are open."""
        return len(self.pieces) > len(self.open)

    def take(self) -> Inline:
        """The text of the pieces, which are then gone but for the starts of the elements that are open."""
        pieces = self.pieces
        if self.has_markup:
            inline = assemble(pieces + [CLOSE] * len(self.open) if self.open else pieces)
        else:
            inline = Inline(plain(pieces))
        self._clear()
        if inline.text and not inline.text.strip(_JOINERS):
            return Inline(spans=[span for span in inline.spans if span.kind == "image"], images=inline.images)
        return inline

    def take_plain(self) -> str:
        """The text of the pieces where none is markup; they are then gone."""
        text = plain(self.pieces)
        self.pieces.clear()
        self.ends_with_break = False
        return text if text.isascii() or text.strip(_JOINERS) else ""

    def take_parts(self) -> list[Inline]:
        """As `take`, with the lines apart that hold only images."""
        if BREAK not in self.pieces:
            return [self.take()]
        parts = [assemble(part) for part in _image_lines_apart(self.pieces)]
        self._clear()
        return parts

    def _clear(self) -> None:
        self.pieces.clear()
        self.pieces.extend(self.open)
        self.has_markup = bool(self.open)
        self.has_image = self.ends_with_break = False


def plain(pieces: list[Piece]) -> str:
    """The text of pieces that are all strings."""
    text = "".join(pieces)  # type: ignore[arg-type]
    return " ".join((text if text.isascii() else normalize(text)).split())


def assemble(pieces: list[Piece]) -> Inline:
    """The text of any pieces. White space collapses as in CSS; a span begins and ends at a visible character.

    An image is visible too: the white space before it and behind it stays, but for that at the ends of a line.
    """
    inline = _one_link(pieces)
    if inline is not None:
        return inline
    result = Inline()
    out: list[str] = []
    position = 0
    seen = 0  # where the last visible character ends
    gap = ""  # white space between the last character and the next one: "", " " or a line break
    stack: list[Open] = []
    starts: list[int] = []  # of the elements in the stack that have a character
    images: list[_Placed] = []
    for piece in pieces:
        if isinstance(piece, str):
            if not piece.isascii():
                piece = normalize(piece)
            text = " ".join(piece.split())
            if not text:
                gap = gap or (" " if piece else "")
                continue
            if gap or piece[0].isspace():
                position = _put_gap(gap or " ", out, images, position)
            starts += [position] * (len(stack) - len(starts))
            out.append(text)
            position = seen = position + len(text)
            gap = " " if piece[-1].isspace() else ""
        elif piece is CLOSE:
            if len(starts) == len(stack):
                _close(result, stack, starts, seen)
            else:
                stack.pop()
        elif isinstance(piece, Open):
            stack.append(piece)
        elif isinstance(piece, Image):
            position = _put_gap(gap, out, images, position)
            gap = ""
            images.append(_Placed(piece, position, _innermost_link(stack)))
        else:
            gap = "\n"
    del stack[len(starts) :]
    while starts:
        _close(result, stack, starts, seen)
    result.text = "".join(out)[:seen]
    return _settled(result, images) if result.spans or images else result


def _one_link(pieces: list[Piece]) -> Inline | None:
    """The text of pieces that are one link, as most of a menu's are; None where they are anything else."""
    first = 1 if pieces[:1] == [" "] else 0
    size = len(pieces) - first
    if size != 3 and (size != 4 or pieces[-1] != " "):
        return None
    opened, text, closed = pieces[first : first + 3]
    if closed is not CLOSE or not isinstance(text, str) or not isinstance(opened, Open):
        return None
    if opened.kind != "link" or opened.selectors or opened.title:
        return None
    text = plain([text])
    return Inline(text, [Span(0, len(text), "link", opened.href, opened.value)]) if text else None


def _settled(result: Inline, images: list[_Placed]) -> Inline:
    """Adds the images, brings all spans into order and gives math its TeX."""
    result.spans.reverse()  # of two elements with the same text the outer one closed last
    if images:
        result.spans += [placed.span(len(result.text)) for placed in images]
        result.images = [placed.image for placed in images]
    if len(result.spans) > 1:
        result.spans = tidy(result.text, result.spans)
    result.spans = [_told(span, result.text) if span.title or span.kind == "math" else span for span in result.spans]
    return result


def _image_lines_apart(pieces: list[Piece]) -> list[list[Piece]]:
    """The pieces in parts: lines that hold images and no text, and the lines between those.

    What is open where a part ends is closed there, and opened again in the next one.
    """
    parts: list[list[Piece]] = [[]]
    opened: list[Piece] = []
    held = ""  # what the part holds so far: "text", "image", or nothing yet
    for line in _lines(pieces):
        holds = _held_by(line)
        if held and holds and (held == "image" or holds == "image"):
            parts[-1] += [CLOSE] * len(opened)
            parts.append([*opened])
            held = ""
        elif parts[-1]:
            parts[-1].append(BREAK)
        held = held or holds
        parts[-1] += line
        for piece in line:
            if piece is CLOSE:
                opened.pop()
            elif isinstance(piece, Open):
                opened.append(piece)
    parts[-1] += [CLOSE] * len(opened)
    return parts


def _lines(pieces: list[Piece]) -> Iterator[list[Piece]]:
    line: list[Piece] = []
    for piece in pieces:
        if piece is BREAK:
            yield line
            line = []
        else:
            line.append(piece)
    yield line


def _held_by(line: list[Piece]) -> str:
    if any(isinstance(piece, str) and not piece.isspace() and piece for piece in line):
        return "text"
    return "image" if any(isinstance(piece, Image) for piece in line) else ""


@dataclass(slots=True)
class _Placed:
    """An image at its position in a text, with the address of the link that it stands in."""

    image: Image
    position: int
    link: str | None

    def span(self, end: int) -> Span:
        """The span of the image in a text that ends at `end`."""
        at, image = min(self.position, end), self.image
        return Span(at, at, "image", image.src, image.alt or None, image.title or None, self.link)


def _put_gap(gap: str, out: list[str], images: list[_Placed], position: int) -> int:
    """Puts white space before a visible character; returns the position behind it.

    There is none at the start of a text or a line, nor before the end of a line, which images may stand at.
    """
    if not gap or not position or out[-1] == "\n":
        return position
    while gap == "\n" and out[-1] == " ":
        out.pop()
        position -= 1
    for placed in reversed(images):
        if placed.position <= position:
            break
        placed.position = position
    out.append(gap)
    return position + 1


def _innermost_link(stack: list[Open]) -> str | None:
    return next((opened.href for opened in reversed(stack) if opened.kind == "link"), None)


def _close(result: Inline, stack: list[Open], starts: list[int], position: int) -> None:
    """Notes the innermost open element, which ends at `position`."""
    piece, start = stack.pop(), starts.pop()
    if piece.kind is not None:
        result.spans.append(Span(start, position, piece.kind, piece.href, piece.value, piece.title))
    for selector in piece.selectors:
        result.marks.append((selector, start, position))


def _told(span: Span, text: str) -> Span:
    """The span with what its text tells: math has its TeX, a link no title that is its text."""
    told = text[span.start : span.end]
    if span.kind == "math":
        return span if span.value else replace(span, value=told)
    return replace(span, title=None) if span.title == told else span
