"""JSON, indented for people, and JSONL, one line a document for programs."""

from __future__ import annotations

import json
from typing import Any

from cleaner.document import Document
from cleaner.readers.record import Record
from cleaner.writers.markdown.options import MarkdownOptions
from cleaner.writers.rows import Source, chosen_row, located, whole_row

_LINE_ENDS = {"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"}
"""What JSON allows in a string but some readers (`str.splitlines`, older JavaScript) take for the end of a line."""


def to_json(
    document: Document,
    *,
    removed: bool = True,
    record: Record | None = None,
    fields: tuple[str, ...] | None = None,
    markdown: MarkdownOptions | None = None,
) -> str:
    """The document as indented JSON with a newline; equal documents give equal texts.

    With a `record`, its id and path stand before the document's fields. `fields` are those that a row has, of `FIELDS`
    in `cleaner.writers.rows`; `markdown` says how the field of this name is written.
    """
    return _dumped(_row(Source(located(document, record), record, markdown), fields, removed), indent=2) + "\n"


def to_jsonl(
    document: Document,
    *,
    removed: bool = True,
    record: Record | None = None,
    fields: tuple[str, ...] | None = None,
    markdown: MarkdownOptions | None = None,
) -> str:
    """What `to_json` gives as JSON in one line with a newline, and no other line end of any kind."""
    line = _dumped(_row(Source(located(document, record), record, markdown), fields, removed), indent=None)
    for end, escape in _LINE_ENDS.items():  # `str.translate` takes four times as long as the JSON
        line = line.replace(end, escape)
    return line + "\n"


def _row(source: Source, fields: tuple[str, ...] | None, removed: bool) -> dict[str, Any]:
    return whole_row(source, removed=removed) if fields is None else chosen_row(source, fields)


def _dumped(row: dict[str, Any], indent: int | None) -> str:
    text = json.dumps(row, ensure_ascii=False, indent=indent)
    try:
        text.encode()
    except UnicodeEncodeError:
        # A file name that is no UTF-8 has lone surrogates; "\udcff" is how JSON writes them too.
        return text.encode(errors="backslashreplace").decode()
    return text
