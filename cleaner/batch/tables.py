"""Rows on their way into a file: lines one after another, or the row groups of Parquet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from cleaner.batch.outputs import Renders
from cleaner.document import Document
from cleaner.readers.record import Record
from cleaner.writers.markdown.options import MarkdownOptions
from cleaner.writers.rows import TABLE_FIELDS

ROW_GROUP = 16_000_000
"""Bytes of rows that are held until they are written as a row group. The groups depend on the rows alone."""


class Sink(Protocol):
    """What takes rendered documents and writes them."""

    def add(self, data: bytes) -> None:
        """Takes a document."""

    def close(self) -> None:
        """Writes what is left. The stream stays open."""


@dataclass(frozen=True, slots=True)
class TableRendering:
    """Rows of Parquet. A worker makes the columns of a page, so that the calling process has little to do."""

    fields: tuple[str, ...] = TABLE_FIELDS
    """Of `FIELDS` in `cleaner.writers.rows`."""
    markdown: MarkdownOptions | None = None

    def __post_init__(self) -> None:
        from cleaner.writers.arrow import load_pyarrow

        load_pyarrow()  # here, where somebody can be told

    @property
    def suffix(self) -> str:
        """What a file's name gets at its end."""
        return ".parquet"

    def __call__(self, document: Document) -> bytes:
        """The row of a document without a record."""
        return self._row(document, None)

    def of_record(self, document: Document, record: Record) -> bytes:
        """The row as an Arrow message without its schema."""
        return self._row(document, record)

    def sink(self, write: Callable[[bytes], Any]) -> Sink:
        """What makes a file of such rows."""
        return _Parquet(write, self.fields)

    def _row(self, document: Document, record: Record | None) -> bytes:
        from cleaner.writers.arrow import arrow_rows
        from cleaner.writers.rows import Source, located

        source = Source(located(document, record), record, self.markdown)
        data: bytes = arrow_rows([source], self.fields).serialize().to_pybytes()
        return data


def sink_of(rendering: Renders, write: Callable[[bytes], Any]) -> Sink:
    """What writes the documents of this rendering into one file, whose bytes `write` takes in order."""
    return rendering.sink(write) if isinstance(rendering, TableRendering) else _Lines(write)


@dataclass(frozen=True, slots=True)
class _Lines:
    """Texts one after another."""

    write: Callable[[bytes], Any]

    def add(self, data: bytes) -> None:
        """Writes at once."""
        self.write(data)

    def close(self) -> None:
        """Nothing is left."""


class _Parquet:
    """A Parquet file, row group by row group: memory does not grow with the file."""

    def __init__(self, write: Callable[[bytes], Any], fields: tuple[str, ...]) -> None:
        import pyarrow.parquet

        from cleaner.writers.arrow import arrow_schema

        self._schema = arrow_schema(fields)
        self._file = pyarrow.PythonFile(_Written(write), mode="w")
        self._writer = pyarrow.parquet.ParquetWriter(self._file, self._schema, compression="zstd")
        self._rows: list[bytes] = []
        self._held = 0

    def add(self, data: bytes) -> None:
        """Holds a row, until there are enough for a row group."""
        self._rows.append(data)
        self._held += len(data)
        if self._held >= ROW_GROUP:
            self._write_group()

    def close(self) -> None:
        """Writes the last row group and the footer."""
        if self._rows:
            self._write_group()
        self._writer.close()

    def _write_group(self) -> None:
        import pyarrow

        batches = [pyarrow.ipc.read_record_batch(pyarrow.py_buffer(row), self._schema) for row in self._rows]
        self._rows, self._held = [], 0
        table = pyarrow.Table.from_batches(batches, self._schema).combine_chunks()
        self._writer.write_table(table, row_group_size=len(table))


class _Written:
    """What pyarrow takes for a file that is written from its start to its end."""

    closed = False

    def __init__(self, write: Callable[[bytes], Any]) -> None:
        self._write = write
        self._length = 0

    def write(self, data: Any) -> int:
        """Passes the bytes on."""
        given = bytes(data)
        self._write(given)
        self._length += len(given)
        return len(given)

    def tell(self) -> int:
        """How much has been written."""
        return self._length

    def flush(self) -> None:
        """Nothing is held."""

    def close(self) -> None:
        """The file is somebody else's."""
