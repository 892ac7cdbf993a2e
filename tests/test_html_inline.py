"""The text of a block from its pieces: white space, spans, marks, images and line breaks."""

from __future__ import annotations

import pytest
from walked import marks_of, walked

from cleaner.document import Span
from cleaner.html.inline import BREAK, CLOSE, Image, InlineBuffer, Open, Piece, assemble, plain

STRONG, CODE, LINK = Open("strong"), Open("code"), Open("link", href="/x")
MARK, MATH = Open(selectors=(7,)), Open("math")
IMAGE = Image("/i.png", "an icon")


def described(pieces: list[Piece]) -> tuple[str, list[tuple[str, str | int]]]:
    """The text, and the kinds of its spans, each with its text, or its position where it is an image."""
    inline = assemble(pieces)
    return inline.text, [
        (span.kind, span.start if span.kind == "image" else inline.text[span.start : span.end]) for span in inline.spans
    ]


@pytest.mark.parametrize(
    ("pieces", "text", "spans"),
    [
        ([], "", []),
        (["a"], "a", []),
        # white space collapses, wherever it stands
        ([" a  b ", "\n c", "d "], "a b cd", []),
        (["a", " ", " b"], "a b", []),
        (["a", BREAK, "b"], "a\nb", []),
        (["a ", BREAK, " b"], "a\nb", []),
        (["a", BREAK, " ", "b"], "a\nb", []),
        ([BREAK, "a", BREAK], "a", []),
        # a span begins and ends at a visible character
        (["a", STRONG, " b ", CLOSE, "c"], "a b c", [("strong", "b")]),
        ([STRONG, " ", CLOSE, "a"], "a", []),
        (["a", STRONG, " ", CLOSE, "b"], "a b", []),
        ([STRONG, "a", BREAK, CLOSE, "b"], "a\nb", [("strong", "a")]),
        ([STRONG, LINK, "a", CLOSE, CLOSE], "a", [("strong", "a"), ("link", "a")]),
        ([LINK, STRONG, "a", CLOSE, CLOSE], "a", [("link", "a"), ("strong", "a")]),
        ([LINK, "a", STRONG, "b", CLOSE, CLOSE], "ab", [("link", "ab"), ("strong", "b")]),
        # what is not closed ends with the text
        ([STRONG, "a ", LINK, "b"], "a b", [("strong", "a b"), ("link", "b")]),
        ([STRONG, "a ", LINK], "a", [("strong", "a")]),
        # they are tidy
        ([STRONG, "a", CLOSE, STRONG, "b", CLOSE], "ab", [("strong", "ab")]),
        ([STRONG, "a", STRONG, "b", CLOSE, CLOSE], "ab", [("strong", "ab")]),
        ([CODE, STRONG, "a", CLOSE, CLOSE], "a", [("strong", "a"), ("code", "a")]),
        ([CODE, STRONG, "a", CLOSE, "b", CLOSE], "ab", [("code", "ab")]),
        # an image is visible: white space stays on both sides of it, but not at the ends of lines
        ([IMAGE], "", [("image", 0)]),
        ([IMAGE, IMAGE], "", [("image", 0), ("image", 0)]),
        (["a ", IMAGE, " b"], "a  b", [("image", 2)]),
        (["a ", IMAGE, ". b"], "a . b", [("image", 2)]),
        (["a", IMAGE, " b"], "a b", [("image", 1)]),
        (["a ", IMAGE, " ", IMAGE, " b"], "a   b", [("image", 2), ("image", 3)]),
        ([" ", IMAGE, " a"], "a", [("image", 0)]),
        (["a ", IMAGE, " ", IMAGE, " "], "a", [("image", 1), ("image", 1)]),
        (["a ", IMAGE, " ", BREAK, " b"], "a\nb", [("image", 1)]),
        (["a ", IMAGE, " ", IMAGE, BREAK, IMAGE, " b"], "a\nb", [("image", 1), ("image", 1), ("image", 2)]),
        (["a", BREAK, IMAGE, BREAK, "b"], "a\nb", [("image", 2)]),
        ([STRONG, "a ", IMAGE, CLOSE, " b"], "a  b", [("strong", "a"), ("image", 2)]),
        ([STRONG, IMAGE, CLOSE, "a"], "a", [("image", 0)]),
        ([STRONG, "a", IMAGE, CLOSE], "a", [("strong", "a"), ("image", 1)]),
        ([CODE, "a", CLOSE, IMAGE, CODE, "b", CLOSE], "ab", [("code", "a"), ("image", 1), ("code", "b")]),
        ([CODE, "a ", IMAGE, " b", CLOSE], "a  b", [("code", "a"), ("image", 2), ("code", "b")]),
    ],
)
def test_assemble(pieces: list[Piece], text: str, spans: list[tuple[str, str | int]]) -> None:
    assert described(pieces) == (text, spans)


def test_spans_have_their_values() -> None:
    inline = assemble([LINK, "a", CLOSE, IMAGE, MATH, "x", CLOSE, Open("math", value="y^2"), "y2", CLOSE])
    assert inline.spans == [
        Span(0, 1, "link", "/x"),
        Span(1, 1, "image", "/i.png", "an icon"),
        Span(1, 2, "math", None, "x"),
        Span(2, 4, "math", None, "y^2"),
    ]
    assert assemble([Image("/i.png")]).spans == [Span(0, 0, "image", "/i.png", None)]
    assert assemble([Open("link", href="/x", title="T"), "a", CLOSE]).spans == [Span(0, 1, "link", "/x", title="T")]
    assert assemble([Open("link", href="/x", title="a"), "a", CLOSE]).spans == [Span(0, 1, "link", "/x")]


def test_an_image_has_the_address_of_the_link_around_it() -> None:
    other, titled = Open("link", href="/y"), Image("/t.png", "", "T")
    inline = assemble(["a", LINK, IMAGE, CLOSE, other, titled, "b", CLOSE, LINK, STRONG, IMAGE])
    assert inline.spans == [
        Span(1, 1, "image", "/i.png", "an icon", link="/x"),
        Span(1, 2, "link", "/y"),
        Span(1, 1, "image", "/t.png", title="T", link="/y"),
        Span(2, 2, "image", "/i.png", "an icon", link="/x"),
    ]
    assert inline.images == [IMAGE, titled, IMAGE]


def test_marks_are_where_spans_would_be() -> None:
    both = Open("strong", selectors=(8, 9))
    inline = assemble(["a", MARK, " b ", both, "c", CLOSE, CLOSE, MARK, " ", CLOSE])
    assert inline.text == "a b c"
    assert sorted(inline.marks) == [(7, 2, 5), (8, 4, 5), (9, 4, 5)]


def test_characters_are_normalized() -> None:
    assert plain(["nai\u0308ve ", "\u00a0x\u200b"]) == assemble(["nai\u0308ve ", "\u00a0x\u200b"]).text == "naïve x"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\u200d", ""),
        ("a \u200d b", "a b"),
        ("\u0645\u06cc\u200c\u062e", "\u0645\u06cc\u200c\u062e"),
        ("a\u200d b", "a\u200d b"),
    ],
)
def test_joiners_between_nothing_go(text: str, expected: str) -> None:
    assert plain([text]) == expected


# --- the buffer


def test_what_is_open_stays_open_when_a_text_is_taken() -> None:
    buffer = InlineBuffer()
    buffer.start(STRONG)
    assert not buffer.holds_something()
    buffer.pieces.append("a")
    buffer.line_break()
    assert buffer.holds_something() and buffer.ends_with_break
    first = buffer.take()
    assert (first.text, first.spans) == ("a", [Span(0, 1, "strong")])
    assert not buffer.holds_something() and not buffer.ends_with_break
    buffer.pieces.append("b")
    buffer.end()
    buffer.pieces.append("c")
    assert buffer.take().spans == [Span(0, 1, "strong")]
    buffer.pieces.append("d")
    assert (buffer.take().spans, buffer.pieces) == ([], [])


def test_images_and_formulas_are_pieces() -> None:
    buffer = InlineBuffer()
    buffer.image(IMAGE)
    buffer.formula("x^2")
    assert buffer.take().spans == [Span(0, 0, "image", "/i.png", "an icon"), Span(0, 3, "math", value="x^2")]


@pytest.mark.parametrize(
    ("pieces", "parts"),
    [
        (["a", IMAGE, BREAK, "b"], ["a\nb"]),
        ([IMAGE, BREAK, IMAGE], ["", ""]),
        (["a", BREAK, IMAGE], ["a", ""]),
        ([" ", IMAGE, BREAK, "a"], ["", "a"]),
        (
            ["a", BREAK, "b", BREAK, IMAGE, " ", BREAK, " ", BREAK, IMAGE, BREAK, "c", BREAK, "d"],
            ["a\nb", "", "", "c\nd"],
        ),
        ([LINK, "a", BREAK, IMAGE, CLOSE, BREAK, "b"], ["a", "", "b"]),
    ],
)
def test_lines_of_images_are_parts_of_their_own(pieces: list[Piece], parts: list[str]) -> None:
    buffer = InlineBuffer()
    for piece in pieces:
        if isinstance(piece, Image):
            buffer.image(piece)
        elif piece is BREAK:
            buffer.line_break()
        elif piece is CLOSE:
            buffer.end()
        elif isinstance(piece, Open):
            buffer.start(piece)
        else:
            buffer.pieces.append(piece)
    found = buffer.take_parts()
    assert [part.text for part in found] == parts
    assert sum(span.kind == "image" for part in found for span in part.spans) == sum(p is IMAGE for p in pieces)
    assert [p.link for part in found for p in part.spans if p.kind == "image" and not part.text] == [
        "/x" if LINK in pieces else None
    ] * (sum(p is IMAGE for p in pieces) if "" in parts else 0)
    assert not buffer.has_image


# --- pages


@pytest.mark.parametrize(
    ("html", "text", "spans"),
    [
        (
            "Press <code>a*</code><img src=/i.png><code>b</code> now.",
            "Press a*b now.",
            [Span(6, 8, "code"), Span(8, 8, "image", "/i.png"), Span(8, 9, "code")],
        ),
        (
            "<code>a<a href=/x><img src=/i.png></a>b</code>",
            "ab",
            [Span(0, 1, "code"), Span(1, 1, "image", "/i.png", link="/x"), Span(1, 2, "code")],
        ),
        (
            "<img src=/i.png><code>a</code>",
            "a",
            [Span(0, 0, "image", "/i.png"), Span(0, 1, "code")],
        ),
        (
            "<span class=math>x<img src=/i.png>y</span>",
            "xy",
            [Span(0, 2, "math", value="xy"), Span(2, 2, "image", "/i.png")],
        ),
        ("<code><b>a</b></code><code>b</code>", "ab", [Span(0, 1, "strong"), Span(0, 1, "code"), Span(1, 2, "code")]),
        ("<a href=/x title=' A\nb '>a</a>", "a", [Span(0, 1, "link", "/x", title="A b")]),
        ("<a href='#'>a</a><a>b</a><a href=' /x '>c</a>", "abc", [Span(2, 3, "link", "/x")]),
        ("<kbd>a</kbd><tt>b</tt> <var>c</var><strike>d</strike>", "ab cd", [Span(0, 2, "code"), Span(3, 4, "emphasis"), Span(4, 5, "delete")]),
    ],
)  # fmt: skip
def test_pages(html: str, text: str, spans: list[Span]) -> None:
    (block,) = walked(f"<p>{html}</p>").blocks
    assert (block.text, block.spans) == (text, spans)


def test_marks_of_pages() -> None:
    assert marks_of(walked("<p>a <b class=x> b <i class=x>c</i></b>d</p>", ".x")) == [(0, "c"), (0, "b c")]
