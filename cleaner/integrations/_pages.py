"""What the integrations have in common: pages cleaned beside what they are from, their metadata, their failures."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import replace
from os import PathLike
from pathlib import Path
from typing import Any, Literal, TypeVar

from cleaner.batch import Failure, Result, clean_records
from cleaner.batch.jobs import Cleans
from cleaner.document import Document
from cleaner.readers import Columns, Record, expand, find_files
from cleaner.readers.addresses import Addresses, AddressPattern
from cleaner.readers.record import MAX_SIZE
from cleaner.writers.rows import json_value

T = TypeVar("T")
Format = Literal["text", "markdown"]
Inputs = str | PathLike[str] | Sequence[str | PathLike[str]]
OnFailure = Callable[[Failure], None]

FORMATS: tuple[Format, ...] = ("text", "markdown")
METADATA = ("url", "title", "author", "date", "site_name", "description", "language", "licence", "confidence")
"""Fields of a document that go into the metadata of a framework."""
EMPTY = "page.empty"
"""The code of a page that has no text, or of which none is left."""


def check_format(format: str) -> Format:
    """The format. Raises ValueError for an unknown one."""
    for known in FORMATS:
        if format == known:
            return known
    raise ValueError(f"unknown format {format!r}; there are {', '.join(FORMATS)}")


def rendered(document: Document, format: Format) -> str:
    """The document as plain text, or as Markdown without front matter."""
    return document.text if format == "text" else document.to_markdown(front_matter=False).rstrip("\n")


def metadata_of(document: Document) -> dict[str, Any]:
    """The metadata of a document; what it does not have is left out."""
    found = {name: getattr(document, name) for name in METADATA}
    return {name: value for name, value in found.items() if value is not None}


def simple_metadata(record: Record, document: Document) -> dict[str, Any]:
    """Metadata that vector stores take, no lists and no nulls: what the source says, with `source_` before it, and the
    page's own.

    `source` is the address of the page, else its file.
    """
    of_source = {f"source_{name}": json_value(value) for name, value in record.metadata.items()}
    simple = {name: value for name, value in of_source.items() if isinstance(value, str | int | float)}
    known = metadata_of(document)
    return {"source": known.get("url") or record.url or record.shown, "id": record.id, **simple, **known}


def found_records(inputs: Inputs, columns: Columns | None, url_from: str | None, max_size: int) -> Iterator[Record]:
    """The pages of files, folders, patterns, tables and archives, as `cleaner clean` finds them.

    Raises InputError for inputs that cannot be meant.
    """
    given = [inputs] if isinstance(inputs, str | PathLike) else list(inputs)
    folders = [str(path) for path in given if Path(path).is_dir()]
    addresses = Addresses(pattern=AddressPattern(url_from) if url_from else None, folders=folders)
    files = find_files([str(path) for path in given])
    return addresses(expand(files, columns, max_size=max_size))


def cleaned(
    pages: Iterable[tuple[T, Record]],
    cleaner: Cleans | None = None,
    *,
    workers: int = 0,
    timeout: float | None = None,
    max_size: int = MAX_SIZE,
) -> Generator[tuple[T, Result], None, None]:
    """The result of each record beside what the record is of, in their order; see `clean_records`.

    A document without a block is a failure with the code `EMPTY`.
    """
    waiting: deque[T] = deque()

    def records() -> Iterator[Record]:
        for thing, record in pages:
            waiting.append(thing)
            yield record

    for result in clean_records(records(), cleaner, workers=workers, timeout=timeout, max_size=max_size):
        yield waiting.popleft(), _without_empty(result)


def _without_empty(result: Result) -> Result:
    if result.document is None or result.document.blocks:
        return result
    failure = Failure(result.path, "no text is left of the page", "not_a_page", result.id, result.url, EMPTY)
    return replace(result, document=None, failure=failure)


def log_failure(logger: logging.Logger) -> OnFailure:
    """A handler of failures that logs a warning with the code."""
    return lambda failure: logger.warning("%s: %s (%s)", failure.id or failure.path, failure.reason, failure.code)
