"""Parquet, read by pyarrow: a few rows at a time, and only the columns that are needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from cleaner.readers.columns import MAX_METADATA, Chosen, choose
from cleaner.readers.extras import needed
from cleaner.readers.kinds import Columns
from cleaner.readers.record import ReadFailure

_BATCH_SIZE = 8_000_000
"""Bytes of a batch of rows, about."""
_MOST_ROWS = 200
"""Values that repeat take more than the file says: it keeps them once."""
_BUFFER = 1 << 20
"""Bytes that are read from a column at once."""


def read_parquet(
    stream: BinaryIO, columns: Columns
) -> tuple[Chosen, Iterator[tuple[int, Mapping[str, Any] | ReadFailure]]]:
    """The columns of a Parquet file that were chosen, and its rows by their numbers, from 1.

    A page that is in no UTF-8 makes a failure of its row; where the file is broken, the rows end with a failure. Raises
    ReadFailure for a file that is no Parquet or has no column with pages.
    """
    pa, parquet = needed("pyarrow", "parquet"), needed("pyarrow.parquet", "parquet")
    try:
        file = parquet.ParquetFile(stream, buffer_size=_BUFFER, pre_buffer=False)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise ReadFailure("unreadable", f"no Parquet file ({_first_line(error)})", "table.broken") from None
    schema = file.schema_arrow
    is_own = "blocks" in schema.names and pa.types.is_list(schema.field("blocks").type)
    chosen = choose(columns, schema.names, lambda name: has_column(schema, name), is_own=is_own)
    sizes = _sizes(file)
    small = {field.name for field in schema if is_plain(pa, field.type) and sizes.get(field.name, 0) <= MAX_METADATA}
    wanted = sorted({*chosen.used, *small - {name.partition(".")[0] for name in chosen.used}})
    row_size = sum(size for name, size in sizes.items() if name in {w.partition(".")[0] for w in wanted})
    rows = max(1, min(_MOST_ROWS, int(_BATCH_SIZE / max(row_size, 1))))
    return chosen, _rows(pa, file.iter_batches(rows, columns=wanted, use_threads=False))


def _rows(pa: Any, batches: Iterator[Any]) -> Iterator[tuple[int, Mapping[str, Any] | ReadFailure]]:
    number = 0
    while True:
        try:
            batch = next(batches, None)
        except (pa.ArrowException, OSError, ValueError) as error:
            reason = f"the rows from {number + 1} on cannot be read ({_first_line(error)})"
            yield number + 1, ReadFailure("unreadable", reason, "table.broken")
            return
        if batch is None:
            return
        named = list(zip(batch.schema.names, batch.columns, strict=True))
        for place in range(batch.num_rows):
            number += 1
            try:
                yield number, {name: column[place].as_py() for name, column in named}
            except (UnicodeDecodeError, OverflowError, ValueError) as error:
                yield number, ReadFailure("unreadable", f"row {number}: {_first_line(error)}", "row.not_text")


def has_column(schema: Any, name: str) -> bool:
    """Whether there is a column, or a field of a column, with this name."""
    if name in schema.names:
        return True
    first, *parts = name.split(".")
    if first not in schema.names:
        return False
    kind = schema.field(first).type
    for part in parts:
        if not hasattr(kind, "get_field_index") or kind.get_field_index(part) < 0:
            return False
        kind = kind.field(part).type
    return True


def is_plain(pa: Any, kind: Any) -> bool:
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    tests = ("integer", "floating", "boolean", "string", "large_string", "date", "timestamp")
    return any(getattr(pa.types, f"is_{test}")(kind) for test in tests)


def _sizes(file: Any) -> dict[str, float]:
    """Bytes that a row takes in each column, as the file's own figures say, before compression."""
    metadata = file.metadata
    sizes: dict[str, float] = {}
    for group in range(metadata.num_row_groups):
        row_group = metadata.row_group(group)
        for place in range(row_group.num_columns):
            column = row_group.column(place)
            name = column.path_in_schema.partition(".")[0]
            sizes[name] = sizes.get(name, 0) + column.total_uncompressed_size
    return {name: size / max(1, metadata.num_rows) for name, size in sizes.items()}


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n")[0][:200] or type(error).__name__
