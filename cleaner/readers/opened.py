"""What stands in an open file or pipe, such as standard input: its content tells."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from cleaner.readers.compression import compression_of, plain_stream, read_up_to
from cleaner.readers.contents import HEAD, kind_of_content
from cleaner.readers.expansion import Tell, expand_stream
from cleaner.readers.kinds import Columns, Kind
from cleaner.readers.record import MAX_SIZE, ReadFailure, Record, unreadable


@dataclass(frozen=True, slots=True)
class OpenInput:
    """An open file whose beginning has been looked at."""

    stream: BinaryIO
    """All of it, decompressed."""
    kind: Kind | None
    """What it is, if it holds many pages."""
    columns: Columns
    failure: ReadFailure | None = None
    """Why it cannot be read."""

    def records(
        self,
        name: str = "stdin",
        *,
        url: str | None = None,
        media_type: str | None = None,
        max_size: int = MAX_SIZE,
        tell: Tell | None = None,
    ) -> Iterator[Record]:
        """The record of its page, or the records in it as `expand` gives them. They are named by `name`."""
        record = Record(name, url=url, media_type=media_type, failure=self.failure)
        if record.failure is not None:
            yield record
        elif self.kind is not None:
            yield from expand_stream(record, self.kind, self.stream, self.columns, max_size=max_size, tell=tell)
        else:
            yield _page(record, self.stream, max_size)


def open_input(stream: BinaryIO, columns: Columns | None = None) -> OpenInput:
    """Looks at the beginning of a stream, which need not be able to seek.

    It is a web archive, zip, tar or Parquet by its first bytes, or JSONL by a first line that begins an object,
    compressed or not. Where `columns` names one, anything else is CSV; otherwise it is a page.

    Raises OSError where it cannot be read; what is broken has a `failure`.
    """
    columns = columns or Columns()
    try:
        head, whole = _headed(stream)
        if compression_of(head):
            head, whole = _headed(plain_stream(whole))
    except ReadFailure as failure:
        return OpenInput(stream, None, columns, failure)
    kind = kind_of_content(head)
    if kind is None and columns != Columns():
        kind = "csv"
    return OpenInput(whole, kind, columns)


def _page(record: Record, stream: BinaryIO, max_size: int) -> Record:
    failure = None
    data = b""
    try:
        data = read_up_to(stream, max_size + 1)  # one more than is allowed, so that what is too long is seen to be
    except ReadFailure as broken:
        failure = broken
    except OSError as error:
        failure = unreadable(error)
    return Record(record.name, data=data, url=record.url, media_type=record.media_type, failure=failure)


def _headed(stream: BinaryIO) -> tuple[bytes, BinaryIO]:
    """The first bytes of a stream, and a stream that gives all of it."""
    if stream.seekable():
        start = stream.tell()
        head = read_up_to(stream, HEAD)
        stream.seek(start)
        return head, stream
    head = read_up_to(stream, HEAD)
    return head, io.BufferedReader(_Headed(head, stream))


class _Headed(io.RawIOBase):
    """A stream with what was read from it before."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head = head
        self._take = getattr(stream, "read1", stream.read)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        """Fills the buffer, perhaps in part. Raises what the stream raises."""
        size = len(buffer)
        data, self._head = self._head[:size] or self._take(size), self._head[size:]
        buffer[: len(data)] = data
        return len(data)
