"""What the integrations have in common: pages cleaned beside what they are from, their metadata, their failures."""

from __future__ import annotations

import contextlib
import logging
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from os import PathLike
from typing import Any, Literal, NamedTuple, TypeVar, get_args

from cleaner.batch import Failure, Result, clean_records
from cleaner.batch.jobs import Cleans, FailureKind, told
from cleaner.document import Document
from cleaner.readers import Columns, ReadFailure, Record, expand, find_files
from cleaner.readers.addresses import Addresses, AddressPattern
from cleaner.readers.record import MAX_SIZE
from cleaner.writers.rows import json_value

T = TypeVar("T")
Format = Literal["text", "markdown"]
Inputs = str | PathLike[str] | Sequence[str | PathLike[str]]
OnFailure = Callable[[Failure], None]

METADATA = ("url", "title", "author", "date", "site_name", "description", "language", "licence", "confidence")
"""Fields of a document that go into the metadata of a framework."""
EMPTY = "page.empty"
"""The code of a page that has no text, or of which none is left."""
ABOVE = " > "
"""What stands between the headings of a chunk's path."""


class Piece(NamedTuple):
    """A document, or a chunk of it."""

    end: str
    """What its id has behind the page's."""
    text: str
    metadata: dict[str, Any]
    """Of the document. Of a chunk also its number, its path of headings in one line, and the numbers of its first and
    last block in `Document.blocks`."""


@dataclass(frozen=True, slots=True)
class Form:
    """What becomes of a document: a text, or chunks of at most `max_words` words.

    Raises ValueError for an unknown format, for chunks of Markdown and for what `Document.chunks` does not take.
    """

    format: Format = "text"
    max_words: int | None = None
    overlap: int = 0

    def __post_init__(self) -> None:
        if self.format not in get_args(Format):
            raise ValueError(f"unknown format {self.format!r}; there are {', '.join(get_args(Format))}")
        if self.max_words is not None:
            if self.format != "text":
                raise ValueError("chunks are text: max_words does not go with another format")
            Document().chunks(self.max_words, overlap=self.overlap)
        elif self.overlap:
            raise ValueError("overlap needs max_words")

    def text(self, document: Document) -> str:
        """The whole document as plain text, or as Markdown without front matter."""
        return document.text if self.format == "text" else document.to_markdown(front_matter=False).rstrip("\n")

    def pieces(self, document: Document, text: str) -> Iterator[Piece]:
        """The chunks of a document; if it is not cut, its whole `text`."""
        if self.max_words is None:
            yield Piece("", text, metadata_of(document))
            return
        for chunk in document.chunks(self.max_words, overlap=self.overlap):
            about = {
                "chunk": chunk.number,
                "headings": ABOVE.join(chunk.headings),
                "first_block": chunk.first_block,
                "last_block": chunk.last_block,
            }
            yield Piece(f"#{chunk.number}", chunk.text, metadata_of(document) | about)


def metadata_of(document: Document) -> dict[str, Any]:
    """The metadata of a document; what it does not have is left out."""
    found = {name: getattr(document, name) for name in METADATA}
    return {name: value for name, value in found.items() if value is not None}


def source_metadata(record: Record) -> dict[str, Any]:
    """What the source of a page says, as vector stores take it: no lists, no nulls; `source_` stands before the names.

    `source` is the address of the page, else its file.
    """
    given = {f"source_{name}": json_value(value) for name, value in record.metadata.items()}
    simple = {name: value for name, value in given.items() if isinstance(value, str | int | float)}
    return {"source": record.url or record.shown, "id": record.id, **simple}


def address_of(metadata: dict[str, Any]) -> str | None:
    """The address of a page by a framework's metadata: `url`, else a `source` that is one."""
    for name in ("url", "source"):
        given = metadata.get(name)
        if isinstance(given, str) and given.lower().startswith(("http://", "https://")):
            return given
    return None


def found_records(
    inputs: Inputs, columns: Columns | None = None, url_from: str | None = None, max_size: int = MAX_SIZE
) -> Iterator[Record]:
    """The pages of files, folders, patterns, tables and archives, as `cleaner clean` finds them.

    Raises InputError for inputs that cannot be meant.
    """
    given = [inputs] if isinstance(inputs, str | PathLike) else list(inputs)
    addresses = Addresses(pattern=AddressPattern(url_from) if url_from else None)
    return addresses(expand(find_files([str(path) for path in given]), columns, max_size=max_size))


def record_of(name: str, data: Any, *, url: Any = None, media_type: Any = None) -> Record:
    """The record of a page that a framework holds. What is neither bytes nor text is a failure, null is another one.

    Without that, a record without data would be read from a file of its name.
    """
    failure = None
    if isinstance(data, bytearray | memoryview):
        data = bytes(data)
    if data is None:
        failure = ReadFailure("unreadable", "no page: null", "null")
    elif not isinstance(data, bytes | str):
        failure = ReadFailure("unreadable", f"a value of type {type(data).__name__}, which is no page", "row.not_text")
    page = None if failure else data
    return Record(name, data=page, url=_text(url), media_type=_text(media_type), failure=failure)


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def cleaned(
    pages: Iterable[tuple[T, Record]],
    cleaner: Cleans | None = None,
    form: Form | None = None,
    *,
    workers: int = 0,
    timeout: float | None = None,
    max_size: int = MAX_SIZE,
) -> Generator[tuple[T, Result], None, None]:
    """The result of each record beside what the record is of, in their order; see `clean_records`.

    With a `form` the results have a `text`. A document without a text, or without a block where there is no `form`, is
    a failure with the code `EMPTY`.
    """
    waiting: deque[T] = deque()

    def records() -> Iterator[Record]:
        for thing, record in pages:
            waiting.append(thing)
            yield record

    for result in clean_records(records(), cleaner, workers=workers, timeout=timeout, max_size=max_size):
        yield waiting.popleft(), _with_text(result, form)


def _with_text(result: Result, form: Form | None) -> Result:
    document = result.document
    if document is None:
        return result
    try:
        text = form.text(document) if form else None
    except Exception as error:  # one page must not end a run of thousands
        return _failed(result, told(error), "error")
    if document.blocks if text is None else text.strip():
        return replace(result, text=text)
    return _failed(result, "no text is left of the page", "not_a_page", EMPTY)


def _failed(result: Result, reason: str, kind: FailureKind, code: str = "") -> Result:
    return replace(result, document=None, failure=Failure(result.path, reason, kind, result.id, result.url, code))


@dataclass(frozen=True, slots=True)
class Cleaning:
    """How pages become pieces: `Cleaner`, form, and what `clean_records` takes."""

    cleaner: Cleans | None
    form: Form
    workers: int
    timeout: float | None
    max_size: int
    on_failure: OnFailure
    """Is called for each page that has no piece."""

    def pieces(self, pages: Iterable[tuple[T, Record]]) -> Iterator[tuple[T, Piece]]:
        """The pieces of each record beside what the record is of, in their order."""
        results = cleaned(
            pages, self.cleaner, self.form, workers=self.workers, timeout=self.timeout, max_size=self.max_size
        )
        with contextlib.closing(results):
            for thing, result in results:
                failure, pieces = self._cut(result)
                if failure is not None:
                    self.on_failure(failure)
                for piece in pieces:
                    yield thing, piece

    def _cut(self, result: Result) -> tuple[Failure | None, list[Piece]]:
        if result.document is None:
            return result.failure, []
        try:
            return None, list(self.form.pieces(result.document, str(result.text)))
        except Exception as error:
            return _failed(result, told(error), "error").failure, []


def log_to(name: str) -> OnFailure:
    """What tells of failures where the caller has nothing for it: a warning with the code."""
    logger = logging.getLogger(name)
    return lambda failure: logger.warning("%s: %s (%s)", failure.id or failure.path, failure.reason, failure.code)
