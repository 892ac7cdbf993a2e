"""The traversal: the order in which elements start and end, and which texts come between."""

from __future__ import annotations

from typing import Any

import pytest
from walked import body_of

from cleaner.html.inline import InlineBuffer
from cleaner.html.traversal import FRAME, PLAIN, SKIPPED, traverse


class Recorder:
    """Writes elements and texts down as they come; <s> is skipped, <b> needs no end."""

    def __init__(self) -> None:
        self.buffer = InlineBuffer()
        self.open: list[str] = []

    def start(self, element: Any) -> int:
        if element.tag == "s":
            return SKIPPED
        self.buffer.pieces.append(f"<{element.tag}>")
        if element.tag == "b":
            return PLAIN
        self.open.append(element.tag)
        return FRAME

    def end(self, undo: int) -> None:
        if undo == FRAME:
            self.buffer.pieces.append(f"</{self.open.pop()}>")


def recorded(html: str) -> str:
    recorder = Recorder()
    traverse(body_of(html), recorder.buffer, recorder.start, recorder.end)
    assert recorder.open == []
    return "".join(map(str, recorder.buffer.pieces))


@pytest.mark.parametrize(
    ("html", "record"),
    [
        ("", "<body></body>"),
        ("a<p>b</p>c", "<body>a<p>b</p>c</body>"),
        ("<div><p>a</p>b<p>c</p></div>d", "<body><div><p>a</p>b<p>c</p></div>d</body>"),
        ("<p>a<b>c</b>d</p>", "<body><p>a<b>cd</p></body>"),
        # white space alone is one space
        ("<p>a</p>\n\n<p>b</p>", "<body><p>a</p> <p>b</p></body>"),
        # nothing inside of what is skipped, but what follows it
        ("a<s>b<i>c</i>d</s>e", "<body>ae</body>"),
        ("<div><s>b<i>c</i>d</s></div>e", "<body><div></div>e</body>"),
        ("<div>a<s></s></div><s><i><b>x</b></i></s><p>c</p>", "<body><div>a</div><p>c</p></body>"),
    ],
)
def test_order(html: str, record: str) -> None:
    assert recorded(html) == record


def test_what_follows_the_body_is_not_read() -> None:
    body = body_of("a")
    body.tail = "b"
    recorder = Recorder()
    traverse(body, recorder.buffer, recorder.start, recorder.end)
    assert recorder.buffer.pieces == ["<body>", "a", "</body>"]


def test_a_text_ends_the_line_break_before_it() -> None:
    recorder = Recorder()
    recorder.buffer.line_break()
    traverse(body_of(" "), recorder.buffer, recorder.start, recorder.end)
    assert recorder.buffer.ends_with_break
    traverse(body_of("a"), recorder.buffer, recorder.start, recorder.end)
    assert not recorder.buffer.ends_with_break


def test_any_depth() -> None:
    deep = recorded("<div>" * 900 + "a" + "</div>" * 900 + "b")
    assert deep == "<body>" + "<div>" * 900 + "a" + "</div>" * 900 + "b</body>"
