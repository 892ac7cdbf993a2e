"""Tables to records, a row at a time: JSONL, CSV, TSV and Parquet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import chain
from typing import Any, BinaryIO

from cleaner.readers.columns import Chosen, Table, choose, value_of
from cleaner.readers.kinds import Columns, last_part, table_kind
from cleaner.readers.record import MAX_SIZE, ReadFailure, Record

Row = tuple[int, Mapping[str, Any] | ReadFailure]
"""The number of a row, from 1, and what it holds or why it cannot be read."""
Tell = Callable[[str], None]

SAMPLE = 100
"""Rows of JSONL whose names are looked at to choose columns."""
_SAMPLE_SIZE = 4_000_000
"""Characters of these rows; after them, fewer rows are looked at."""
_ESCAPED = 6
"""Bytes that a character may take in JSON: \\u0041."""


def table_records(
    path: str,
    stream: BinaryIO,
    columns: Columns | None = None,
    *,
    name: str | None = None,
    kind: str | None = None,
    media_type: str | None = None,
    max_size: int = MAX_SIZE,
    tell: Tell | None = None,
) -> Iterator[Record]:
    """The records of a table, one for each row, lazily: memory does not grow with their number.

    - `path`: the table's file, which messages name; its suffix tells what it is.
    - `stream`: what the file holds, decompressed; for Parquet it can seek.
    - `columns`: what the columns hold; what is not said is guessed by common names.
    - `name`: the table's place in the batch, by default the name of its file. Records are named by it and the number
      of the row, and by their ids where these are safe as names of files: "pages.jsonl/000017-a12".
    - `kind`: "jsonl", "csv", "tsv" or "parquet", by default as `path` says.
    - `media_type`: what all pages are; otherwise the column tells: html, text or, by the content, either.
    - `tell`: called with a line for people about the columns that were guessed.

    Never raises because of what the table holds: a row that cannot be read is a record with a `failure`, and so is
    a table that cannot be read, or that has no column with pages.
    """
    table = Table(path, name or last_part(path), media_type, max_size)
    kind = kind or table_kind(path) or "jsonl"
    try:
        chosen, rows = _READERS[kind](stream, columns or Columns(), table)
        if tell is not None and chosen is not None and chosen.told:
            tell(f"{path}: {', '.join(chosen.told)}")
    except ReadFailure as failure:
        yield table.failed(0, failure)
        return
    for number, row in rows:
        if isinstance(row, ReadFailure) or chosen is None:
            yield table.failed(number, row if isinstance(row, ReadFailure) else ReadFailure("unreadable", "no row"))
        else:
            yield table.record(number, row, chosen)


def _jsonl(stream: BinaryIO, columns: Columns, table: Table) -> tuple[Chosen | None, Iterator[Row]]:
    rows = _lines(stream, _ESCAPED * table.max_size)
    sample = list(_sampled(rows))
    objects = [row for _, row in sample if isinstance(row, Mapping)]
    if not objects:
        failures = [(number, row) for number, row in sample if isinstance(row, ReadFailure)]
        if len(failures) < SAMPLE:
            return None, iter(failures)
        raise ReadFailure("unreadable", f"no JSONL: {failures[0][1]}, and so are others", "table.broken")

    def has(name: str) -> bool:
        return any(name in row or value_of(row, name) is not None for row in objects)

    is_own = any(isinstance(row.get("blocks"), list) and "version" in row for row in objects)
    chosen = choose(columns, dict.fromkeys(name for row in objects for name in row), has, is_own=is_own)
    return chosen, chain(sample, rows)


def _sampled(rows: Iterator[Row]) -> Iterator[Row]:
    size = 0
    for count, (number, row) in enumerate(rows, 1):
        yield number, row
        if isinstance(row, Mapping):
            size += sum(len(value) for value in row.values() if isinstance(value, str))
        if count >= SAMPLE or size > _SAMPLE_SIZE:
            return


def _lines(stream: BinaryIO, limit: int) -> Iterator[Row]:
    """The objects of JSONL by the numbers of their lines; lines without anything are passed over."""
    number = 0
    while True:
        number += 1
        try:
            line = stream.readline(limit + 1)
            is_long = len(line) > limit
            while is_long and line and not line.endswith(b"\n"):
                line = stream.readline(limit + 1)
        except ReadFailure as failure:
            yield number, failure
            return
        except (OSError, EOFError, ValueError) as error:
            yield number, ReadFailure("unreadable", f"line {number} cannot be read ({error})", "table.broken")
            return
        if is_long:
            yield number, ReadFailure("limit", f"line {number} is larger than {limit} bytes")
        elif not line:
            return
        elif not line.isspace():
            yield number, _object(line, number)


def _object(line: bytes, number: int) -> Mapping[str, Any] | ReadFailure:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return ReadFailure("unreadable", f"line {number} is no UTF-8", "row.not_json")
    except (ValueError, RecursionError) as error:
        told = error.msg if isinstance(error, json.JSONDecodeError) else "too deep, or a number too long"
        return ReadFailure("unreadable", f"line {number} is no JSON ({told})", "row.not_json")
    if isinstance(row, Mapping):
        return row
    return ReadFailure("unreadable", f"line {number} is no JSON object", "row.not_object")


def _csv(
    stream: BinaryIO, columns: Columns, table: Table, delimiter: str | None = None
) -> tuple[Chosen | None, Iterator[Row]]:
    text = io.TextIOWrapper(stream, "utf-8-sig", errors="replace", newline="")
    lines = _TextLines(text, _ESCAPED * table.max_size)
    try:
        first = next(lines, "")
        delimiter = delimiter or max(",;\t|", key=first.count)
        # The limit holds for the whole process: it is only ever raised. Where a quotation mark is never closed, it
        # keeps the rest of the file from being read as one value.
        csv.field_size_limit(max(csv.field_size_limit(), min(table.max_size + 1, 2**31 - 1)))
        rows = csv.reader(chain([first], lines), delimiter=delimiter)
        names = [name.strip() for name in next(rows, [])]
    except (csv.Error, OSError, EOFError, ValueError) as error:
        raise ReadFailure("unreadable", f"no table ({error})", "table.broken") from None
    if not names:
        return None, iter(())
    chosen = choose(columns, filter(None, names), set(names).__contains__, is_own=False)
    return chosen, _cells(rows, names, text)


class _TextLines(Iterator[str]):
    """The lines of a text. One that has more than `limit` characters raises csv.Error, and the others go on."""

    def __init__(self, text: io.TextIOWrapper, limit: int) -> None:
        self._text = text
        self._limit = limit

    def __next__(self) -> str:
        line = self._text.readline(self._limit + 1)
        if not line:
            raise StopIteration
        if len(line) <= self._limit:
            return line
        while line and not line.endswith(("\n", "\r")):
            line = self._text.readline(self._limit + 1)
        raise csv.Error(f"longer than {self._limit} characters")


def _cells(rows: Any, names: list[str], text: io.TextIOWrapper) -> Iterator[Row]:
    number = 0
    try:
        while True:
            number += 1
            begin = rows.line_num + 1
            try:
                cells = next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                yield number, ReadFailure("unreadable", f"line {begin} is no row ({error})", "row.not_csv")
                continue
            except ReadFailure as failure:
                yield number, failure
                return
            except (OSError, EOFError, ValueError) as error:
                yield number, ReadFailure("unreadable", f"line {begin} cannot be read ({error})", "table.broken")
                return
            if cells:
                yield number, {name: cell or None for name, cell in zip(names, cells, strict=False)}
            else:
                number -= 1
    finally:
        text.detach()  # the stream is the caller's: it stays open


def _parquet(stream: BinaryIO, columns: Columns, table: Table) -> tuple[Chosen | None, Iterator[Row]]:
    from cleaner.readers.parquet import read_parquet

    return read_parquet(stream, columns)


_READERS: dict[str, Callable[[BinaryIO, Columns, Table], tuple[Chosen | None, Iterator[Row]]]] = {
    "jsonl": _jsonl,
    "csv": _csv,
    "tsv": partial(_csv, delimiter="\t"),
    "parquet": _parquet,
}
