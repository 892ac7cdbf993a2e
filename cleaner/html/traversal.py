"""The one pass over a page's tree: every element is entered and left once, in the order of the source."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cleaner.html.inline import InlineBuffer

PLAIN, SKIPPED, OPEN, FRAME, ENDING = range(5)
"""What the end of an element has to undo: nothing; nothing, because its inside was not read; an inline element in the
buffer; a block; an element whose end is a text or the end of a line."""


def traverse(  # noqa: C901 - one loop, entered for every element
    body: Any, buffer: InlineBuffer, start: Callable[[Any], int], end: Callable[[int], None]
) -> None:
    """Calls `start` for every element, adds its texts to the buffer and calls `end` with what `start` returned.

    What is inside an element is left out where `start` returns SKIPPED, and `end` is called only for what comes behind
    SKIPPED. The end of an element is told by counting the children of those that are open: lxml hands out elements
    faster than events, and a page may be nested deeper than Python's stack.
    """
    stack: list[tuple[Any, int]] = []
    left: list[int] = []
    muted = -1
    pieces = buffer.pieces
    for element in body.iter():
        children = len(element)
        undo = SKIPPED
        if muted < 0:
            undo = start(element)
            if undo != SKIPPED:
                text = element.text
                if text:
                    if not text.isspace():
                        buffer.ends_with_break = False
                        pieces.append(text)
                    elif pieces:
                        pieces.append(" ")
            elif children:
                muted = len(stack)
        if children:
            stack.append((element, undo))
            left.append(children)
            continue
        while True:  # ends the element, and those around it whose last child it was
            if muted < 0 or len(stack) == muted:
                muted = -1
                if undo > SKIPPED:
                    end(undo)
                text = element.tail
                if text and stack:
                    if not text.isspace():
                        buffer.ends_with_break = False
                        pieces.append(text)
                    elif pieces:
                        pieces.append(" ")
            if not left:
                break
            left[-1] -= 1
            if left[-1]:
                break
            left.pop()
            element, undo = stack.pop()
