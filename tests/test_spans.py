"""Spans: in order, properly nested, merged, and at the right place after edits."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import nested_spans

from cleaner.document import Span
from cleaner.page.spans import (
    LITERAL,
    Edited,
    in_order,
    merged,
    nested,
    shifted,
    tidy,
    trimmed,
    without_images_inside,
)


def span(start: int, end: int, kind: str, **values: str) -> Span:
    return Span(start, end, kind, **values)  # type: ignore[arg-type]


def image(position: int) -> Span:
    return span(position, position, "image", href=f"/{position}.png")


def code(start: int, end: int) -> Span:
    return span(start, end, "code")


def strong(start: int, end: int) -> Span:
    return span(start, end, "strong")


def emphasis(start: int, end: int) -> Span:
    return span(start, end, "emphasis")


def link(start: int, end: int) -> Span:
    return span(start, end, "link", href="/x")


def math(start: int, end: int) -> Span:
    return span(start, end, "math")


# --- tidy


@pytest.mark.parametrize(
    ("spans", "tidied"),
    [
        ([], []),
        ([strong(2, 3), strong(0, 1)], [strong(0, 1), strong(2, 3)]),
        # what touches and is of one kind is one
        ([strong(0, 1), strong(1, 2)], [strong(0, 2)]),
        ([code(0, 1), code(1, 2), code(2, 3)], [code(0, 3)]),
        ([link(0, 1), link(1, 2)], [link(0, 1), link(1, 2)]),
        ([strong(0, 1), strong(2, 3)], [strong(0, 1), strong(2, 3)]),
        ([strong(0, 1), emphasis(1, 2)], [strong(0, 1), emphasis(1, 2)]),
        ([link(0, 1), strong(0, 1), strong(1, 2)], [link(0, 1), strong(0, 1), strong(1, 2)]),
        ([strong(0, 1), emphasis(0, 1), strong(1, 2), emphasis(1, 2)], [strong(0, 2), emphasis(0, 2)]),
        # a kind stands once, also around the same text; links do not nest
        ([strong(0, 3), strong(1, 2)], [strong(0, 3)]),
        ([strong(0, 3), strong(0, 3)], [strong(0, 3)]),
        ([link(0, 3), strong(0, 2), link(1, 2)], [link(0, 3), strong(0, 2)]),
        # the outer span comes first, which of two over the same text is the one given first
        ([strong(0, 2), emphasis(0, 2)], [strong(0, 2), emphasis(0, 2)]),
        ([emphasis(0, 2), strong(0, 2)], [emphasis(0, 2), strong(0, 2)]),
        ([strong(0, 1), emphasis(0, 2)], [emphasis(0, 2), strong(0, 1)]),
        # code holds nothing; what covers the same text is put around it
        ([code(0, 3), strong(1, 2)], [code(0, 3)]),
        ([code(0, 3), strong(0, 1)], [code(0, 3)]),
        ([code(0, 3), strong(2, 3)], [code(0, 3)]),
        ([code(0, 2), strong(0, 2)], [strong(0, 2), code(0, 2)]),
        ([code(0, 2), strong(0, 2), link(0, 2)], [strong(0, 2), link(0, 2), code(0, 2)]),
        ([code(0, 2), code(2, 4), strong(2, 4)], [code(0, 2), strong(2, 4), code(2, 4)]),
        ([code(1, 2), strong(0, 3)], [strong(0, 3), code(1, 2)]),
        ([code(0, 1), strong(1, 2)], [code(0, 1), strong(1, 2)]),
        # an image stands inside the spans that start at its place, but before code
        ([image(0), strong(0, 2)], [strong(0, 2), image(0)]),
        ([strong(0, 2), code(0, 1), image(0)], [strong(0, 2), image(0), code(0, 1)]),
        ([code(0, 1), image(1)], [code(0, 1), image(1)]),
        ([strong(0, 1), image(1), strong(1, 2)], [strong(0, 2), image(1)]),
        # an image keeps code apart and divides it
        ([code(0, 1), image(1), code(1, 2)], [code(0, 1), image(1), code(1, 2)]),
        ([code(0, 2), image(1)], [code(0, 1), image(1), code(1, 2)]),
        ([code(0, 3), image(1), image(2)], [code(0, 1), image(1), code(1, 2), image(2), code(2, 3)]),
        ([link(0, 2), code(0, 2), image(1)], [link(0, 2), code(0, 1), image(1), code(1, 2)]),
        # of other literal spans it is moved out
        ([math(0, 2), image(0)], [image(0), math(0, 2)]),
        ([math(0, 2), image(1)], [math(0, 2), span(2, 2, "image", href="/1.png")]),
        ([math(0, 2), image(2)], [math(0, 2), image(2)]),
    ],
)
def test_tidy(spans: list[Span], tidied: list[Span]) -> None:
    assert tidy("abcd", spans) == tidied


def test_code_that_is_divided_has_no_white_space_at_its_edges() -> None:
    assert tidy("a b", [code(0, 3), image(1)]) == [code(0, 1), image(1), code(2, 3)]
    assert tidy("a b", [code(0, 3), image(1), image(2)]) == [code(0, 1), image(1), image(2), code(2, 3)]


def covered(text: str, spans: list[Span], kind: str = "") -> set[int]:
    """Positions of the visible characters in the spans of a kind, or in any."""
    return {at for s in spans if s.kind == kind or not kind for at in range(s.start, s.end) if not text[at].isspace()}


def addresses(spans: list[Span]) -> list[str | None]:
    return [s.href for s in spans if s.kind == "image"]


@given(nested_spans())
def test_tidy_keeps_every_image_and_covers_the_same_characters(given: tuple[str, list[Span]]) -> None:
    text, spans = given
    tidied = tidy(text, spans)
    assert addresses(tidied) == addresses(spans)
    assert covered(text, tidied) == covered(text, spans)
    assert covered(text, tidied, "code") == covered(text, spans, "code")


@given(nested_spans())
def test_what_is_tidy_is_properly_nested(given: tuple[str, list[Span]]) -> None:
    tidied = tidy(*given)
    assert [s.start for s in tidied] == sorted(s.start for s in tidied)
    wide = [s for s in tidied if s.start < s.end]
    for number, outer in enumerate(wide):
        for inner in wide[number + 1 :]:
            assert inner.start >= outer.end or inner.end <= outer.end
            assert inner.start >= outer.end or (inner.kind != outer.kind and outer.kind != "code")
        assert (
            not any(outer.start < s.start < outer.end for s in tidied if s.kind == "image") or outer.kind not in LITERAL
        )
    for before, after in pairwise(tidied):
        assert not (before.kind in LITERAL and after.kind == "image" and before.start == after.start)


@given(nested_spans())
def test_what_is_tidy_stays_as_it_is(given: tuple[str, list[Span]]) -> None:
    text, spans = given
    tidied = tidy(text, spans)
    assert tidy(text, tidied) == tidied
    assert in_order(tidied) == tidied
    assert merged(tidied) == tidied
    assert without_images_inside(text, tidied) == tidied


# --- its parts


@pytest.mark.parametrize(
    ("spans", "kept"),
    [
        ([strong(0, 2), emphasis(1, 3)], [strong(0, 2)]),
        ([strong(0, 2), emphasis(1, 2)], [strong(0, 2), emphasis(1, 2)]),
        ([strong(0, 2), emphasis(2, 3)], [strong(0, 2), emphasis(2, 3)]),
        ([strong(0, 3), emphasis(0, 2), strong(1, 2)], [strong(0, 3), emphasis(0, 2)]),
        ([strong(0, 2), image(1), image(2)], [strong(0, 2), image(1), image(2)]),
        ([link(0, 3), emphasis(1, 2)], [link(0, 3)]),
        ([link(0, 2), emphasis(2, 3)], [link(0, 2), emphasis(2, 3)]),
    ],
)
def test_nested(spans: list[Span], kept: list[Span]) -> None:
    assert nested(spans, lambda _, around: all(outer.kind != "link" for outer in around)) == kept


@pytest.mark.parametrize(
    ("cuts", "parts"),
    [
        ([], [code(0, 4), math(4, 6)]),
        ([0, 4], [code(0, 4), math(4, 6)]),
        ([1, 3], [code(0, 1), code(1, 2), code(3, 4), math(4, 6)]),
        ([2, 2, 3, 5], [code(0, 2), code(3, 4), math(4, 6)]),
    ],
)
def test_code_is_divided_at_cuts(cuts: list[int], parts: list[Span]) -> None:
    assert without_images_inside("ab cdef", [code(0, 4), math(4, 6)], cuts) == parts


@pytest.mark.parametrize(
    ("text", "given", "expected"),
    [
        ("ab", strong(0, 2), strong(0, 2)),
        (" a ", strong(0, 3), strong(1, 2)),
        ("\n a\tb", strong(0, 4), strong(2, 3)),
        ("   ", strong(0, 3), None),
        ("a b", image(1), image(1)),
    ],
)
def test_trimmed(text: str, given: Span, expected: Span | None) -> None:
    assert trimmed(text, given) == expected


def test_marks_are_shifted() -> None:
    assert shifted([(7, 0, 2), (8, 1, 1)], 5) == [(7, 5, 7), (8, 6, 6)]


# --- after edits

EDITED = [
    # text, changes, the text after them, and what becomes of spans
    ("abcdef", [], "abcdef", {(0, 6): (0, 6), (2, 3): (2, 3)}),
    (
        "abcdef",
        [(2, 4, "")],
        "abef",
        {
            (0, 2): (0, 2),  # ends where the cut starts
            (4, 6): (2, 4),  # starts where the cut ends
            (0, 3): (0, 2),  # reaches into it
            (3, 6): (2, 4),
            (0, 6): (0, 4),  # is around it
            (2, 4): None,  # is cut
            (2, 3): None,
            (3, 4): None,
        },
    ),
    (
        "abcdef",
        [(2, 4, "XYZ")],
        "abXYZef",
        {
            (0, 2): (0, 2),
            (4, 6): (5, 7),
            (2, 4): (2, 5),  # goes around the replacement
            (0, 4): (0, 5),
            (2, 6): (2, 7),
            (0, 3): (0, 2),  # a border inside goes to the start
            (3, 6): (2, 7),
            (3, 4): (2, 5),
            (2, 3): None,
        },
    ),
    ("abcdef", [(0, 2, ""), (4, 6, "")], "cd", {(0, 6): (0, 2), (1, 3): (0, 1), (3, 5): (1, 2), (0, 1): None}),
    ("abcdef", [(1, 2, ""), (2, 3, "X")], "aXdef", {(1, 3): (1, 2), (2, 3): (1, 2), (1, 2): None, (3, 4): (2, 3)}),
    # white space goes at the edges of the text, and at those of spans
    ("ab cd ef", [(0, 2, "")], "cd ef", {(0, 5): (0, 2), (2, 4): (0, 1), (3, 8): (0, 5)}),
    ("ab cd ef", [(6, 8, "")], "ab cd", {(3, 8): (3, 5), (5, 8): None}),
    ("ab cd ef", [(3, 5, "")], "ab  ef", {(0, 5): (0, 2), (3, 8): (4, 6), (2, 6): None}),
    ("abc", [(0, 3, "")], "", {(0, 3): None, (1, 2): None}),
    ("abc", [(0, 3, "   ")], "", {(0, 3): None}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "changes", "after", "moved"), EDITED)
def test_spans_and_marks_move_alike(
    text: str,
    changes: list[tuple[int, int, str]],
    after: str,
    moved: dict[tuple[int, int], tuple[int, int] | None],
) -> None:
    edited = Edited(text, changes)
    assert edited.text == after
    for (start, end), expected in moved.items():
        assert edited.spans([strong(start, end)]) == ([strong(*expected)] if expected else []), (start, end)
        assert edited.marks([(7, start, end)]) == ([(7, *expected)] if expected else []), (start, end)


@pytest.mark.parametrize(
    ("changes", "places"),
    [
        ([(2, 4, "")], [0, 2, 2, 2, 3]),
        ([(2, 4, "XYZ")], [0, 2, 2, 5, 6]),
        ([(0, 6, "")], [0, 0, 0, 0, 0]),
        ([(0, 3, " ")], [0, 0, 0, 1, 2]),
    ],
)
def test_images_stay(changes: list[tuple[int, int, str]], places: list[int]) -> None:
    images = [span(at, at, "image", href=f"/{at}") for at in (0, 2, 3, 4, 5)]
    moved = Edited("abcdef", changes).spans(images)
    assert [(s.start, s.end, s.href) for s in moved] == [(p, p, s.href) for p, s in zip(places, images, strict=True)]


def test_an_image_stays_in_order_where_the_span_around_it_shrinks() -> None:
    assert Edited("(ab c)", [(1, 3, "")]).spans([strong(1, 5), image(1)]) == [image(1), strong(2, 3)]


@given(st.data())
def test_a_span_keeps_the_characters_that_are_not_cut(data: st.DataObject) -> None:
    text, spans = data.draw(nested_spans())
    borders = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    changes = [(start, end, "") for start, end in zip(borders[::2], borders[1::2], strict=False)]
    gone = {at for start, end, _ in changes for at in range(start, end)}
    kept = [at for at in range(len(text)) if at not in gone]
    edited = Edited(text, changes)
    assert edited.text == "".join(text[at] for at in kept).strip()
    origin = [at for at in kept if not text[at].isspace()]
    """Where the visible characters of the new text come from."""
    visible = [at for at, char in enumerate(edited.text) if not char.isspace()]
    was_at = dict(zip(visible, origin, strict=True))
    wide = [s for s in spans if s.start < s.end]
    expected = [left for s in wide if (left := covered(text, [s]) - gone)]
    moved = edited.spans(wide)
    assert sorted(sorted(was_at[at] for at in covered(edited.text, [s])) for s in moved) == sorted(
        map(sorted, expected)
    )
    assert len(edited.spans(spans)) - len(moved) == len(spans) - len(wide)
