"""What is wrong with a file that is not YAML, in words of our own: those of PyYAML differ between its releases."""

from __future__ import annotations

import re

_LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_OPENED = {"[": "list", "{": "mapping", '"': "quoted text", "'": "quoted text"}
_HINTS = {
    "\t": "indent with spaces",
    ":": "a text that has ': ' in it needs quotes",
} | dict.fromkeys("@`%!,]}", "a text that begins with it needs quotes")


def position(before: str) -> tuple[int, int]:
    """Line and column, from 1, of what stands after a text."""
    ends = list(_LINE_END.finditer(before))
    return len(ends) + 1, len(before) - (ends[-1].end() if ends else 0) + 1


def syntax_error(text: str, at: int, inside: int | None) -> tuple[int, str]:
    """The offset and the description of a syntax error.

    `at` is the offset at which the parser gave up, `inside` the offset of what it was reading then, where it says so.
    """
    opened = None if inside is None else _OPENED.get(text[inside : inside + 1])
    begun = f"the {opened} that begins in line {position(text[:inside])[0]}" if opened else ""
    if at >= len(text):
        return at, f"the file ends inside {begun}" if opened else "the file ends too early"
    if opened == "quoted text" and text.find("\\", at - 1, at + 1) >= 0:  # libyaml points at it, PyYAML behind it
        at = text.index("\\", at - 1)
        return at, f"{text[at : at + 2]} means nothing in double quotes; write the text in single quotes"
    what = "the line's end" if text[at] in "\r\n" else repr(text[at])
    hint = _HINTS.get(text[at], "look at the quotes and at the indentation")
    if opened:
        hint = f"is {begun} closed, or does a text in it need quotes?"
    return at, f"{what} cannot stand here; {hint}"
