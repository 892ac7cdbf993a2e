"""LlamaIndex: a reader of pages, and a node parser for documents that hold HTML. Needs the extra `llama-index`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import PurePath
from typing import Annotated, Any

from llama_index.core.bridge.pydantic import BeforeValidator, Field, PlainSerializer
from llama_index.core.node_parser import NodeParser
from llama_index.core.node_parser.node_utils import build_nodes_from_splits
from llama_index.core.readers.base import BaseReader
from llama_index.core.schema import BaseNode, Document, MetadataMode

from cleaner import __version__
from cleaner.batch.jobs import Cleans
from cleaner.engine import Cleaner, shared_cleaner
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

EMBEDDED = frozenset(("title", "headings"))
"""Of what cleaner adds to the metadata, what is embedded with the text."""
TOLD = EMBEDDED | {"author", "date", "url"}
"""What language models are told with the text."""


class CleanerReader(BaseReader):  # type: ignore[misc]
    """Reads clean pages from files, folders and patterns; of tables and archives every page, as `cleaner clean` does.

    - `cleaner`: a `Cleaner` of your own; without one the shipped rules apply.
    - `format`: "text" or "markdown".
    - `columns`: which columns of tables hold what.
    - `url_from`: addresses for pages that have none: "https://example.com/{path}".
    - `workers`, `timeout`, `max_size`: as in `clean_records`.
    - `on_failure`: is called with the `Failure` of each page that has no document. Without it they are logged.

    Raises ValueError for options that cannot be meant.
    """

    def __init__(
        self,
        cleaner: Cleans | None = None,
        *,
        format: Format = "text",
        columns: Columns | None = None,
        url_from: str | None = None,
        workers: int = 0,
        timeout: float | None = None,
        max_size: int = MAX_SIZE,
        on_failure: OnFailure | None = None,
    ) -> None:
        self._cleaning = Cleaning(cleaner, Form(format), workers, timeout, max_size, on_failure or log_to(__name__))
        self._columns = columns
        self._url_from = url_from

    def lazy_load_data(
        self, inputs: Inputs, extra_info: Mapping[str, Any] | None = None, fs: Any = None
    ) -> Iterator[Document]:
        """The documents of a path or several, one page after the other is cleaned.

        `extra_info` goes into their metadata. With `fs`, a file system of fsspec, the input is the path of one page in
        it. `SimpleDirectoryReader` gives both to a reader in its `file_extractor`. Raises InputError for inputs that
        cannot be meant.
        """
        records = self._records(inputs) if fs is None else iter([_record_in(fs, inputs)])
        for record, piece in self._cleaning.pieces((record, record) for record in records):
            metadata = source_metadata(record) | piece.metadata
            yield Document(
                text=piece.text,
                id_=record.id,
                metadata={**(extra_info or {}), **metadata},
                excluded_embed_metadata_keys=_besides(metadata, EMBEDDED),
                excluded_llm_metadata_keys=_besides(metadata, TOLD),
            )

    def _records(self, inputs: Inputs) -> Iterator[Record]:
        return found_records(inputs, self._columns, self._url_from, self._cleaning.max_size)


def _fingerprint(cleaner: Cleans | None) -> str:
    """What tells one cleaner from another in the cache of a pipeline: the version, rules and options."""
    given = cleaner or shared_cleaner()
    options: object = type(given).__qualname__
    if isinstance(given, Cleaner):
        options = (options, given.rules.rules, given.rules.metadata, given.options, given.ascii_punctuation)
    return hashlib.sha256(repr((__version__, options)).encode(errors="backslashreplace")).hexdigest()


def _given(cleaner: Any) -> Any:
    """The cleaner of a parser, also of one that was stored with the shipped rules. Raises ValueError for others."""
    if not isinstance(cleaner, str):
        return cleaner
    if cleaner == _fingerprint(None):
        return None
    raise ValueError("a stored parser needs the cleaner that it was stored with: from_dict(stored, cleaner=...)")


class CleanerNodeParser(NodeParser):  # type: ignore[misc]
    """Cuts documents that hold HTML into nodes of clean text, at their headings and blocks, as `Document.chunks` does.

    The address of a page is its metadata's `url`, else a `source` that is one. A node's metadata has what the page says
    of itself, the path of headings, and the numbers of its blocks. A page that fails has no node.
    """

    max_words: int = Field(default=250, description="The most words of a node.", ge=1)
    overlap: int = Field(default=0, description="The most words that a node repeats of the one before it.", ge=0)
    workers: int = Field(default=0, description="Worker processes; 0 for none.", ge=0)
    timeout: float | None = Field(default=None, description="Seconds for a page; needs workers.")
    max_size: int = Field(default=MAX_SIZE, description="Characters that a page may have.")
    cleaner: Annotated[Any, BeforeValidator(_given), PlainSerializer(_fingerprint, return_type=str)] = Field(
        default=None, description="A Cleaner; without one the shipped rules apply."
    )
    on_failure: Any = Field(
        default=None, exclude=True, description="Is called with the Failure of a page. Without it they are logged."
    )

    def model_post_init(self, context: Any, /) -> None:
        """Raises ValueError for an overlap that is not less than a node."""
        super().model_post_init(context)
        Form(max_words=self.max_words, overlap=self.overlap)

    @classmethod
    def class_name(cls) -> str:
        """The name under which LlamaIndex stores it."""
        return "CleanerNodeParser"

    def _parse_nodes(self, nodes: Sequence[BaseNode], show_progress: bool = False, **kwargs: Any) -> list[BaseNode]:
        cleaning = Cleaning(
            self.cleaner,
            Form(max_words=self.max_words, overlap=self.overlap),
            self.workers,
            self.timeout,
            self.max_size,
            self.on_failure or log_to(__name__),
        )
        found = cleaning.pieces((number, _record_of(node)) for number, node in enumerate(nodes))
        made: list[BaseNode] = []
        for number, pieces in groupby(found, key=lambda pair: pair[0]):
            given = [piece for _, piece in pieces]
            parts = build_nodes_from_splits([piece.text for piece in given], nodes[number], id_func=self.id_func)
            for part, piece in zip(parts, given, strict=True):
                part.metadata = piece.metadata
                part.excluded_embed_metadata_keys = [
                    *part.excluded_embed_metadata_keys,
                    *_besides(piece.metadata, EMBEDDED),
                ]
                part.excluded_llm_metadata_keys = [*part.excluded_llm_metadata_keys, *_besides(piece.metadata, TOLD)]
            made += parts
        return made


def _record_of(node: BaseNode) -> Record:
    text = node.get_content(metadata_mode=MetadataMode.NONE)
    return record_of(node.node_id, text, url=address_of(node.metadata))


def _record_in(fs: Any, path: Any) -> Record:
    with fs.open(str(path), "rb") as file:
        return Record(PurePath(path).name, path=str(path), data=file.read(), id=str(path))


def _besides(metadata: Mapping[str, Any], shown: frozenset[str]) -> list[str]:
    return [name for name in metadata if name not in shown]
