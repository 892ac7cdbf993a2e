"""Rows: what an output says of a page, field by field, with what its source says of it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, NewType

from cleaner.document import FORMAT_VERSION, Block, Document, Removal
from cleaner.readers.record import Record
from cleaner.repeats import page_keys
from cleaner.sections import Chunk
from cleaner.writers.markdown.options import MarkdownOptions
from cleaner.writers.markdown.writer import to_markdown

Long = NewType("Long", int)
"""A number that needs 64 bits."""


@dataclass(frozen=True, slots=True)
class Source:
    """What the fields of a row are from."""

    document: Document
    record: Record | None = None
    markdown: MarkdownOptions | None = None


def located(document: Document, record: Record | None) -> Document:
    """The document with the address that its source gives, where it has none itself."""
    if document.url or record is None or not record.url:
        return document
    return replace(document, url=record.url)


@dataclass(frozen=True, slots=True)
class Field:
    """A field of rows."""

    kind: Any
    """The type of its values, without None, which any may be."""
    value: Callable[[Source], Any]


def _of_document(name: str, kind: Any = str) -> Field:
    return Field(kind, lambda source: getattr(source.document, name))


def _of_record(name: str, kind: Any = str) -> Field:
    return Field(kind, lambda source: getattr(source.record, name, None))


def _id_of(record: Record | None) -> str | None:
    """What the source calls the page; None where it has neither an id nor a name."""
    return (record.id or None) if record is not None else None


FIELDS: Mapping[str, Field] = MappingProxyType(
    {
        "id": Field(str, lambda source: _id_of(source.record)),
        "path": _of_record("path"),
        **{
            name: _of_document(name)
            for name in ("url", "title", "author", "date", "site_name", "description", "language", "licence")
        },
        "fields": Field(dict, lambda source: dict(source.document.fields)),
        "confidence": _of_document("confidence", float),
        "text": _of_document("text"),
        "markdown": Field(str, lambda source: to_markdown(source.document, source.markdown, front_matter=False)),
        "blocks": _of_document("blocks", tuple[Block, ...]),
        "removed": _of_document("removed", tuple[Removal, ...]),
        "warnings": Field(tuple[str, ...], lambda source: tuple(map(str, source.document.warnings))),
        "warning_codes": Field(tuple[str, ...], lambda source: tuple(w.code for w in source.document.warnings)),
        "chunks": Field(tuple[Chunk, ...], lambda source: source.document.chunks(id=_id_of(source.record))),
        "page_keys": Field(tuple[Long, ...], lambda source: tuple(page_keys(source.document))),
        "metadata": Field(dict, lambda source: json_value(source.record.metadata if source.record else {})),
    }
)
"""The fields that a row may have, in the order in which they stand where nobody chooses."""
TABLE_FIELDS = tuple(name for name in FIELDS if name not in ("removed", "chunks", "page_keys", "metadata"))
"""What the rows of a table have where nobody chooses."""
_IN_DICTIONARY = frozenset({"blocks", "removed"})
"""Fields that hold objects: `Document.to_dict` makes them dictionaries."""


def check_fields(names: Iterable[str]) -> tuple[str, ...]:
    """The names of fields as they were given.

    Raises ValueError for an unknown one, with the nearest known one, for one that comes twice, and for none.
    """
    from cleaner.rules.source import did_you_mean

    checked: list[str] = []
    for name in names:
        if name not in FIELDS:
            raise ValueError(
                f"unknown field {name!r}{did_you_mean(name, FIELDS) or '; there are ' + ', '.join(FIELDS)}"
            )
        if name in checked:
            raise ValueError(f"the field {name!r} comes twice")
        checked.append(name)
    if not checked:
        raise ValueError("no field is named")
    return tuple(checked)


def values_of(source: Source, fields: Iterable[str]) -> dict[str, Any]:
    """The fields' values: texts, numbers, tuples of blocks and so on, None for what the document has not."""
    return {name: FIELDS[name].value(source) for name in fields}


def chosen_row(source: Source, fields: tuple[str, ...]) -> dict[str, Any]:
    """A row of exactly these fields, in this order, for JSON; None for what the document has not."""
    given = source.document.to_dict(removed="removed" in fields) if not _IN_DICTIONARY.isdisjoint(fields) else {}
    return {name: given.get(name, []) if name in _IN_DICTIONARY else _in_json(name, source) for name in fields}


def _in_json(name: str, source: Source) -> Any:
    value = FIELDS[name].value(source)
    return [chunk.to_dict() for chunk in value] if name == "chunks" else value


def whole_row(source: Source, *, removed: bool = True) -> dict[str, Any]:
    """What `Document.to_dict` gives, with the record's id and path before the document's fields.

    `cleaner schema` describes it. Without a record it is `Document.to_dict`.
    """
    given = source.document.to_dict(removed=removed)
    record = source.record
    if record is None:
        return given
    head: dict[str, Any] = {"version": FORMAT_VERSION, "id": record.id}
    if record.path is not None:
        head["path"] = record.path
    return {**head, **given}


def json_value(value: Any) -> Any:
    """What JSON can say of a value of a source's own: dates and the like are texts, what is no number is null."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(name): json_value(item) for name, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [json_value(item) for item in value]
    if isinstance(value, bytes):
        return value.decode(errors="replace")
    return str(value)
