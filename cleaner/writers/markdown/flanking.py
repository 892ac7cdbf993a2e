"""Where CommonMark lets `*`, `_` and `~~` open and close, and which delimiter a span is written with.

A delimiter opens before a word and closes after one; whether it may stand between a word and punctuation depends on
both. All markup is punctuation itself, so only the edges of spans must be known, not their markup. Symbols beyond ASCII
(€, ™) are punctuation to some versions of CommonMark and not to others: a span is written only where all of them agree,
and a character of the text is escaped where any of them would read it as markup.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from cleaner.document import Span
from cleaner.page.spans import LITERAL

CharClass = Literal["space", "punctuation", "symbol", "word"]

EMPHASIS = frozenset({"strong", "emphasis"})
DELIMITED = EMPHASIS | {"delete"}
ATOMS = LITERAL | {"image"}
"""Kinds of spans that are written as one piece, with no spans inside."""


class Edge(NamedTuple):
    """A position at which markup is written around or into the text."""

    position: int
    end: int
    """Where the text continues: at the same position, or behind an atom."""
    kind: Literal["open", "close", "atom"]
    span: int
    """Number of the span."""


class Flanks(NamedTuple):
    """The classes of the characters before and after an edge."""

    before: CharClass
    after: CharClass


@lru_cache(1024)
def char_class(char: str) -> CharClass:
    """The class of a character by CommonMark's rules of flanking."""
    if char in "\t\n\v\f\r":
        return "space"
    category = unicodedata.category(char)
    if category == "Zs":
        return "space"
    if category[0] == "P" or (category[0] == "S" and char.isascii()):
        return "punctuation"
    return "symbol" if category[0] == "S" else "word"


def edges(spans: Sequence[Span]) -> Iterator[Edge]:
    """The edges of properly nested spans in the order in which they are written."""
    stack: list[int] = []
    for number, span in enumerate(spans):
        while stack and spans[stack[-1]].end <= span.start:
            yield _closing(spans, stack.pop())
        if span.kind in ATOMS:
            yield Edge(span.start, span.end, "atom", number)
        else:
            stack.append(number)
            yield Edge(span.start, span.start, "open", number)
    while stack:
        yield _closing(spans, stack.pop())


def _closing(spans: Sequence[Span], number: int) -> Edge:
    return Edge(spans[number].end, spans[number].end, "close", number)


def flanks_of(text: str, row: Sequence[Edge]) -> list[Flanks]:
    """The flanks of each edge: another edge, or a character of the text."""
    found = []
    for number, edge in enumerate(row):
        behind = number > 0 and row[number - 1].end == edge.position
        ahead = number + 1 < len(row) and row[number + 1].position == edge.end
        before = "punctuation" if behind else _class_at(text, edge.position - 1)
        after = "punctuation" if ahead else _class_at(text, edge.end)
        found.append(Flanks(before, after))
    return found


def _class_at(text: str, index: int) -> CharClass:
    return char_class(text[index]) if 0 <= index < len(text) else "space"


def surely_opens(flanks: Flanks) -> bool:
    """Whether `*` opens here by every version of CommonMark."""
    return flanks.after == "word" or (flanks.after != "space" and flanks.before in ("space", "punctuation"))


def surely_closes(flanks: Flanks) -> bool:
    """Whether `*` closes here by every version of CommonMark."""
    return surely_opens(Flanks(flanks.after, flanks.before))


def may_open(flanks: Flanks, delimiter: str) -> bool:
    """Whether a character of the text could open emphasis here by any version of CommonMark."""
    if flanks.after == "space" or (delimiter == "_" and flanks.before == "word"):
        return False
    return flanks.after != "punctuation" or flanks.before != "word"


def may_close(flanks: Flanks, delimiter: str) -> bool:
    """Whether a character of the text could close emphasis here by any version of CommonMark."""
    return may_open(Flanks(flanks.after, flanks.before), delimiter)


def choose_delimiters(spans: Sequence[Span], row: Sequence[Edge], around: Sequence[Flanks]) -> dict[int, str | None]:
    """For each delimited span the character that it is written with, or None where it cannot be written.

    Delimiters that touch must differ, or a reader would take them for one; `_` cannot stand inside a word.
    """
    sides = _sides(spans, row, around)
    neighbours = _neighbours(spans, row)
    chosen: dict[int, str | None] = {}
    for number, (opening, closing) in sides.items():
        if not (surely_opens(opening) and surely_closes(closing)):
            chosen[number] = None
        elif spans[number].kind == "delete":
            chosen[number] = "~"
        else:
            taken = {chosen.get(other) for other in neighbours.get(number, ())}
            between_words = opening.before in ("word", "symbol") or closing.after in ("word", "symbol")
            free = [c for c in ("*" if between_words else "*_") if c not in taken]
            chosen[number] = free[0] if free else None
    return chosen


def _sides(spans: Sequence[Span], row: Sequence[Edge], around: Sequence[Flanks]) -> dict[int, tuple[Flanks, Flanks]]:
    opening = {}
    sides = {}
    for edge, flanks in zip(row, around, strict=True):
        if spans[edge.span].kind in DELIMITED:
            if edge.kind == "open":
                opening[edge.span] = flanks
            else:
                sides[edge.span] = (opening[edge.span], flanks)
    return dict(sorted(sides.items()))


def _neighbours(spans: Sequence[Span], row: Sequence[Edge]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for one, other in pairwise(row):
        emphasised = spans[one.span].kind in EMPHASIS and spans[other.span].kind in EMPHASIS
        if emphasised and one.end == other.position and one.span != other.span:
            found.setdefault(one.span, set()).add(other.span)
            found.setdefault(other.span, set()).add(one.span)
    return found
