"""LangChain: a loader of pages, and a transformer of documents that hold HTML. Needs the extra `langchain`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from langchain_core.document_loaders import BaseLoader
from langchain_core.documents import BaseDocumentTransformer, Document

from cleaner.batch.jobs import Cleans
from cleaner.integrations._pages import (
    Cleaning,
    Form,
    Format,
    Inputs,
    OnFailure,
    address_of,
    found_records,
    log_to,
    record_of,
    source_metadata,
)
from cleaner.readers import Columns, Record
from cleaner.readers.record import MAX_SIZE


class CleanerLoader(BaseLoader):  # type: ignore[misc]
    """Loads clean pages from files, folders and patterns; of tables and archives every page, as `cleaner clean` does.

    - `inputs`: a path or several.
    - `cleaner`: a `Cleaner` of your own; without one the shipped rules apply.
    - `format`: "text" or "markdown".
    - `max_words`, `overlap`: with `max_words` each chunk of a page is a document, as in `Document.chunks`.
    - `columns`: which columns of tables hold what.
    - `url_from`: addresses for pages that have none: "https://example.com/{path}".
    - `workers`, `timeout`, `max_size`: as in `clean_records`.
    - `on_failure`: is called with the `Failure` of each page that has no document. Without it they are logged.

    Raises ValueError for options that cannot be meant; loading raises InputError for such inputs.
    """

    def __init__(
        self,
        inputs: Inputs,
        cleaner: Cleans | None = None,
        *,
        format: Format = "text",
        max_words: int | None = None,
        overlap: int = 0,
        columns: Columns | None = None,
        url_from: str | None = None,
        workers: int = 0,
        timeout: float | None = None,
        max_size: int = MAX_SIZE,
        on_failure: OnFailure | None = None,
    ) -> None:
        form = Form(format, max_words, overlap)
        self._cleaning = Cleaning(cleaner, form, workers, timeout, max_size, on_failure or log_to(__name__))
        self._inputs = inputs
        self._columns = columns
        self._url_from = url_from

    def lazy_load(self) -> Iterator[Document]:
        """The documents, one page after the other is cleaned."""
        records = found_records(self._inputs, self._columns, self._url_from, self._cleaning.max_size)
        for record, piece in self._cleaning.pieces((record, record) for record in records):
            metadata = source_metadata(record) | piece.metadata
            yield Document(piece.text, id=f"{record.id}{piece.end}", metadata=metadata)


class CleanerTransformer(BaseDocumentTransformer):  # type: ignore[misc]
    """Makes clean documents of documents that hold HTML, under their ids and with their metadata.

    The address of a page is its metadata's `url`, else a `source` that is one. What the page says of itself comes
    before what the metadata say. Options are those of `CleanerLoader`.

    Raises ValueError for options that cannot be meant.
    """

    def __init__(
        self,
        cleaner: Cleans | None = None,
        *,
        format: Format = "text",
        max_words: int | None = None,
        overlap: int = 0,
        workers: int = 0,
        timeout: float | None = None,
        max_size: int = MAX_SIZE,
        on_failure: OnFailure | None = None,
    ) -> None:
        form = Form(format, max_words, overlap)
        self._cleaning = Cleaning(cleaner, form, workers, timeout, max_size, on_failure or log_to(__name__))

    def transform_documents(self, documents: Sequence[Document], **kwargs: Any) -> Sequence[Document]:
        """The clean documents, in their order; those that fail are left out and told."""
        pages = ((page, _record(page, number)) for number, page in enumerate(documents))
        return [
            Document(piece.text, id=page.id and f"{page.id}{piece.end}", metadata=page.metadata | piece.metadata)
            for page, piece in self._cleaning.pieces(pages)
        ]


def _record(page: Document, number: int) -> Record:
    """The record of a document; its name tells which one it is where it has no id."""
    source = page.metadata.get("source")
    name = page.id or (str(source) if source else f"document {number}")
    return record_of(name, page.page_content, url=address_of(page.metadata))
