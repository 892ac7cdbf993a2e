"""Plain text."""

from __future__ import annotations

from cleaner.document import Document


def to_text(document: Document) -> str:
    """`Document.text` with a newline; nothing for a document without text."""
    return document.text + "\n" if document.text else ""
