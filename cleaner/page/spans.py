"""Spans of a text: their order, their nesting, and their offsets after the text was edited.

No other module computes offsets of spans. The marks of selectors move with the same function as spans.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from cleaner.document import Span

MERGED = frozenset({"strong", "emphasis", "code", "delete", "sub", "sup"})
"""Kinds of spans that become one span where two of them touch."""
LITERAL = frozenset({"code", "math", "footnote_ref"})
"""Kinds of spans whose text Markdown takes literally: an image cannot stand inside."""

Change = tuple[int, int, str]
"""Start and end (half-open) of a stretch of a text, and the text that replaces it."""
InlineMark = tuple[int, int, int]
"""A selector, with start and end (half-open) of the part of a text that it matched."""
Fits = Callable[[Span, Sequence[Span]], bool]
"""Tells whether a span may stand inside the spans around it, which are given from the outermost in."""


def tidy(text: str, spans: Iterable[Span]) -> list[Span]:
    """Properly nested spans in the form that `Block` wants; of two over the same text the outer one is given first.

    Neighbours of the same kind become one span. Code holds no other span: where both cover the same text the other one
    is put around the code. Markdown can express nothing else.
    """
    ordered = nested(in_order(spans), _is_outside_code)
    return merged(without_images_inside(text, ordered))


def _is_outside_code(span: Span, around: Sequence[Span]) -> bool:
    return all(outer.kind != "code" for outer in around)


def in_order(spans: Iterable[Span]) -> list[Span]:
    """Spans by their start, the outer one first.

    Of spans over the same text, code is the innermost; the others keep their order. An image stands inside the spans
    that start at its place, but before a literal one, and before a link that it does not lead to.
    """
    given = list(spans)
    wide = sorted((s for s in given if s.start < s.end), key=lambda s: (s.start, -s.end, s.kind == "code"))
    if len(wide) == len(given):
        return wide
    images = sorted((s for s in given if s.start == s.end), key=lambda s: s.start)
    ordered: list[Span] = []
    placed = 0
    for span in wide:
        while placed < len(images) and _stands_before(images[placed], span):
            ordered.append(images[placed])
            placed += 1
        ordered.append(span)
    return ordered + images[placed:]


def _stands_before(image: Span, span: Span) -> bool:
    if image.start != span.start:
        return image.start < span.start
    return span.kind in LITERAL or (span.kind == "link" and image.link != span.href)


def nested(spans: Iterable[Span], fits: Fits) -> list[Span]:
    """The spans, which are in order, without those that cross another one, stand in their own kind or do not fit."""
    kept: list[Span] = []
    around: list[Span] = []
    for span in spans:
        if span.start < span.end:
            while around and around[-1].end <= span.start:
                around.pop()
            if around and not (
                span.end <= around[-1].end and all(outer.kind != span.kind for outer in around) and fits(span, around)
            ):
                continue
            around.append(span)
        kept.append(span)
    return kept


def without_images_inside(text: str, spans: Sequence[Span], cuts: Iterable[int] = ()) -> list[Span]:
    """The spans, which are in order, with no image inside a literal one.

    Code is divided at its images and at the positions `cuts`; an image in another literal span moves behind it.
    """
    moved: list[Span] = []
    end = 0
    for span in spans:
        if span.start < span.end:
            if span.kind in LITERAL and span.kind != "code":
                end = max(end, span.end)
        elif span.start < end:
            span = replace(span, start=end, end=end)
        moved.append(span)
    points = sorted({*cuts, *(span.start for span in moved if span.start == span.end)})
    return in_order(part for span in moved for part in _divided(text, span, points)) if points else moved


def _divided(text: str, span: Span, points: Sequence[int]) -> Iterable[Span]:
    inside = points[bisect_right(points, span.start) : bisect_left(points, span.end)] if span.kind == "code" else ()
    if not inside:
        return (span,)
    parts = (replace(span, start=start, end=end) for start, end in pairwise((span.start, *inside, span.end)))
    return filter(None, (trimmed(text, part) for part in parts))


def merged(spans: Iterable[Span]) -> list[Span]:
    """The spans, which are in order, with those joined that are of one kind and touch inside the same outer span.

    An image keeps code apart: joined code would have the image inside.
    """
    out: list[Span] = []
    around: list[int] = []
    last: dict[tuple[int, str], int] = {}
    """Index in `out` of the last span of a kind inside an outer one, whose index is -1 for none."""
    image = -1
    for span in spans:
        if span.start == span.end:
            image = span.start
            out.append(span)
            continue
        while around and out[around[-1]].end <= span.start:
            around.pop()
        place = (around[-1] if around else -1, span.kind)
        before = last.get(place)
        touches = before is not None and span.kind in MERGED and out[before].end == span.start
        if before is None or not touches or (span.kind == "code" and image == span.start):
            before = last[place] = len(out)
            out.append(span)
        else:
            out[before] = replace(out[before], end=span.end)
        around.append(before)
    return out


def trimmed(text: str, span: Span) -> Span | None:
    """The span without white space at its edges; None if nothing else is in it. An image stays as it is."""
    start, end = _trimmed(text, span.start, span.end)
    if (start, end) == (span.start, span.end):
        return span
    return replace(span, start=start, end=end) if start < end else None


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def shifted(marks: Iterable[InlineMark], distance: int) -> list[InlineMark]:
    """The marks of a text that `distance` characters were put before."""
    return [(selector, start + distance, end + distance) for selector, start, end in marks]


class Edited:
    """A text after changes, without white space at its edges, which moves the spans and marks of the text along.

    Changes are given in order and do not overlap. A border inside a stretch that is replaced goes to the start of the
    stretch. A span keeps what is left of it without white space at its edges; where nothing is left it is dropped.
    Images always stay.
    """

    def __init__(self, text: str, changes: Iterable[Change]) -> None:
        parts: list[str] = []
        done = shift = 0
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._shifts = [0]
        for start, end, replacement in changes:
            parts += (text[done:start], replacement)
            done = end
            shift += len(replacement) - (end - start)
            self._starts.append(start)
            self._ends.append(end)
            self._shifts.append(shift)
        parts.append(text[done:])
        changed = "".join(parts)
        self._lead = len(changed) - len(changed.lstrip())
        self.text = changed.strip()

    def spans(self, spans: Iterable[Span]) -> list[Span]:
        """The spans of the text, moved."""
        moved = []
        for span in spans:
            start, end = self._moved(span.start, span.end)
            if start < end or span.start == span.end:
                moved.append(replace(span, start=start, end=end))
        return in_order(moved)

    def marks(self, marks: Iterable[InlineMark]) -> list[InlineMark]:
        """The marks of the text, moved."""
        moved = ((selector, *self._moved(start, end)) for selector, start, end in marks)
        return [mark for mark in moved if mark[1] < mark[2]]

    def _moved(self, start: int, end: int) -> tuple[int, int]:
        return _trimmed(self.text, self._at(start), self._at(end))

    def _at(self, position: int) -> int:
        change = bisect_right(self._starts, position) - 1
        if change >= 0 and position < self._ends[change]:
            position = self._starts[change]
        position += self._shifts[bisect_right(self._ends, position)] - self._lead
        return min(max(position, 0), len(self.text))
