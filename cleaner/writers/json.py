"""JSON, indented for people, and JSONL, one line a document for programs."""

from __future__ import annotations

from cleaner.document import Document

_LINE_ENDS = {"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"}
"""What JSON allows in a string but some readers (`str.splitlines`, older JavaScript) take for the end of a line."""


def to_json(document: Document, *, removed: bool = True) -> str:
    """`Document.to_dict` as indented JSON with a newline; equal documents give equal texts."""
    return document.to_json(removed=removed) + "\n"


def to_jsonl(document: Document, *, removed: bool = True) -> str:
    """`Document.to_dict` as JSON in one line with a newline, and no other line end of any kind."""
    line = document.to_json(indent=None, removed=removed)
    for end, escape in _LINE_ENDS.items():  # `str.translate` takes four times as long as the JSON
        line = line.replace(end, escape)
    return line + "\n"
