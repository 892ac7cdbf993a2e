"""A page to be cleaned: data that is already here, or the file that holds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, BinaryIO, Literal

from cleaner.intake.not_pages import is_mhtml
from cleaner.readers.kinds import is_place

MAX_SIZE = 50_000_000
"""Bytes that an input may have where the caller says nothing else."""


ReadFailureKind = Literal["unreadable", "limit", "not_a_page"]


class ReadFailure(Exception):
    """An input that cannot be had. The message says why.

    `kind` is "unreadable", "limit" (too large) or "not_a_page". `code` is more exact where there is more to tell, as in
    "not_a_page.pdf".
    """

    def __init__(self, kind: ReadFailureKind, reason: str, code: str = "") -> None:
        super().__init__(reason)
        self.kind: ReadFailureKind = kind
        self.code = code or kind

    def __reduce__(self) -> tuple[type[ReadFailure], tuple[ReadFailureKind, str, str]]:
        return type(self), (self.kind, str(self), self.code)


def too_large(limit: int) -> ReadFailure:
    """What to raise for a page of more than `limit` bytes."""
    return ReadFailure("limit", f"larger than {limit} bytes")


def unreadable(error: OSError) -> ReadFailure:
    """What to raise where the system cannot open or read a file."""
    if isinstance(error, IsADirectoryError):
        return ReadFailure("unreadable", "a folder that cannot be listed")
    return ReadFailure("unreadable", error.strerror or str(error) or "the system does not say why")


def open_file(path: str) -> BinaryIO:
    """Opens a file to be read, wherever it is. Raises ReadFailure."""
    if is_place(path):
        from cleaner.readers.places import open_place

        return open_place(path)
    try:
        return Path(path).open("rb")
    except OSError as error:
        raise unreadable(error) from None
    except ValueError:
        raise ReadFailure("unreadable", "no file has a NUL character in its name") from None


@dataclass(frozen=True, slots=True)
class Record:
    """One page, and what its source says of it. Either `data` is given, or `path` names the file to read it from."""

    name: str
    """The page's place in the batch, with "/" between folders: "news/page.html". Unique; names the output file."""
    path: str | None = None
    """The file that holds it, or its address ("s3://bucket/a.html"); with `data`, the file that the data is from."""
    data: bytes | str | None = None
    url: str | None = None
    media_type: str | None = None
    id: str = ""
    """What its source calls it; the name where that is left out."""
    language: str | None = None
    """The language that its source names, as a BCP 47 tag."""
    metadata: Mapping[str, Any] = field(default_factory=dict, hash=False)
    """What else its source says of it. Nothing here reads it."""
    failure: ReadFailure | None = None
    """Why its source has no data for it, where that is known before it is read: `read` raises it."""

    def __post_init__(self) -> None:
        if not self.id:
            object.__setattr__(self, "id", self.name)

    @property
    def shown(self) -> str:
        """What messages call it."""
        return self.path if self.path is not None else self.name

    def read(self, max_size: int = MAX_SIZE) -> bytes | str:
        """The page's data, `max_size` bytes (or characters of a `str`) at most; see `loaded`. Raises ReadFailure."""
        data = self.loaded(max_size).data
        assert data is not None
        return data

    def loaded(self, max_size: int = MAX_SIZE) -> Record:
        """The record with its page's data.

        What is compressed is decompressed. Of a page that a browser has saved as MHTML it has the HTML, the media type
        that the file says, and its address, unless the record has one.

        What it gives it leaves as it is. Raises ReadFailure where the file cannot be read, is broken or is larger than
        `max_size` bytes, and the record's own `failure`.
        """
        if self.failure is not None:
            raise self.failure
        data = self._read_file(max_size) if self.data is None else self._given(self.data, max_size)
        if len(data) > max_size:
            raise too_large(max_size)
        if isinstance(data, bytes) and is_mhtml(data):
            from cleaner.readers.mhtml import page_of

            page = page_of(data)
            return self._with(data=page.data, media_type=page.media_type, url=self.url or page.url)
        return self._with(data=data)

    def _with(self, **known: Any) -> Record:
        return Loaded(**{field.name: getattr(self, field.name) for field in fields(Record)} | known)

    def _given(self, data: bytes | str, max_size: int) -> bytes | str:
        from cleaner.readers.compression import plain_data

        return data if isinstance(data, str) else plain_data(data, max_size)

    def _read_file(self, max_size: int) -> bytes:
        from cleaner.readers.compression import plain_stream, read_up_to

        if self.path is None:
            raise ReadFailure("unreadable", "no page: neither data nor a path", "null")
        with open_file(self.path) as file:
            try:
                return read_up_to(plain_stream(file, self.path), max_size + 1)
            except OSError as error:
                raise unreadable(error) from None


@dataclass(frozen=True, slots=True)
class Loaded(Record):
    """A record that has been loaded: what looks compressed is so within."""

    def loaded(self, max_size: int = MAX_SIZE) -> Record:
        """The record itself."""
        return self
