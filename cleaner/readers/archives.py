"""Archives of files to records, a page at a time: zip, WACZ (a zip with web archives in it) and tar."""

from __future__ import annotations

import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, Any

from cleaner.readers.compression import plain_stream, read_up_to, without_suffix
from cleaner.readers.files import IN_FOLDERS, MEDIA_TYPES, page_suffix
from cleaner.readers.record import MAX_SIZE, ReadFailure, Record
from cleaner.readers.warc import is_warc, warc_records

_ZIPS = (".zip", ".wacz")
_TARS = (".tgz", ".tbz2", ".txz", ".tzst")
"""Names of tar archives that tell a compression, beside ".tar" and the suffix of one."""
_BLOCK = 512
"""Bytes of a block of tar."""

Member = tuple[str, Callable[[], IO[bytes]]]
"""The name of a file in an archive, and how it is opened."""


def archive_kind(path: str) -> str | None:
    """What archive of files a file is by its name: "zip" or "tar"; None for any other file."""
    name = path.lower()
    if name.endswith(_ZIPS):
        return "zip"
    return "tar" if name.endswith(_TARS) or without_suffix(name).endswith(".tar") else None


def with_archives(records: Iterable[Record], *, max_size: int = MAX_SIZE) -> Iterator[Record]:
    """The records, and instead of those whose files are archives the pages in them, lazily and as they stand there.

    Pages are the files with the suffixes that folders are searched for (`IN_FOLDERS`), compressed or not, and what web
    archives hold; nothing that starts with a dot. A record is named by the archive and the place in it:
    "pages.zip/news/a.html". Parts that lead out of the archive are left out, and a name that comes twice gets a number.

    A file that cannot be read is a record with a `failure`, and an archive that is broken ends with one.
    """
    for record in records:
        kind = archive_kind(record.path) if record.path is not None else None
        if kind is None or record.data is not None or record.failure is not None:
            yield record
            continue
        try:
            yield from _Archive(record, kind, max_size).pages(_MEMBERS[kind](record.path or ""))
        except ReadFailure as failure:
            yield replace(record, failure=failure)
        except OSError as error:
            yield replace(record, failure=ReadFailure("unreadable", error.strerror or str(error)))


@dataclass(slots=True)
class _Archive:
    record: Record
    kind: str
    max_size: int
    seen: set[int] = field(default_factory=set)
    """Hashes of the names that were given."""

    def pages(self, members: Iterator[Member]) -> Iterator[Record]:
        for number, (name, open_member) in enumerate(members, 1):
            parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
            suffix = page_suffix(PurePosixPath(name))
            if not parts or any(part.startswith(".") for part in parts) or parts[0] == "__MACOSX":
                continue
            if suffix in IN_FOLDERS:
                yield self._page(self._unique(parts, number), MEDIA_TYPES[suffix], open_member)
            elif is_warc(name):
                yield from self._warc(self._unique(parts, number), name, open_member)

    def _unique(self, parts: list[str], number: int) -> str:
        name = "/".join([self.record.name, *parts])
        key = hash(name.lower())  # some systems take names for the same that differ in case
        if key in self.seen or "\0" in name:
            return f"{self.record.name}/{number:06d}-{parts[-1]}".replace("\0", "")
        self.seen.add(key)
        return name

    def _page(self, name: str, media_type: str, open_member: Callable[[], IO[bytes]]) -> Record:
        found: dict[str, Any]
        try:
            with open_member() as stream:
                data = read_up_to(stream, self.max_size + 1)  # type: ignore[arg-type]
            if len(data) > self.max_size:
                raise ReadFailure("limit", f"larger than {self.max_size} bytes")
            found = {"data": data}
        except _ERRORS as error:
            found = {"failure": _failure(error, self.kind)}
        except ReadFailure as failure:
            found = {"failure": failure}
        record = self.record
        return Record(
            name, path=record.path, url=record.url, media_type=record.media_type or media_type, id=name, **found
        )

    def _warc(self, name: str, path: str, open_member: Callable[[], IO[bytes]]) -> Iterator[Record]:
        try:
            with open_member() as stream:
                for page in warc_records(
                    path,
                    stream,  # type: ignore[arg-type]
                    name=name,
                    media_type=self.record.media_type,
                    max_size=self.max_size,
                ):
                    yield replace(page, path=self.record.path)
        except _ERRORS as error:
            yield Record(name, path=self.record.path, failure=_failure(error, self.kind))


_ERRORS = (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError)
"""What `zipfile` and `tarfile` raise for data that is broken, encrypted or of a kind that they do not know."""


def _failure(error: Exception, kind: str) -> ReadFailure:
    return ReadFailure("unreadable", f"the {kind} archive cannot be read here ({error})", f"{kind}.broken")


def _zip_members(path: str) -> Iterator[Member]:
    try:
        archive = zipfile.ZipFile(path)
    except _ERRORS as error:
        raise _failure(error, "zip") from None
    with archive:
        for member in archive.infolist():
            if not member.is_dir():
                yield member.filename, partial(archive.open, member)


def _tar_members(path: str) -> Iterator[Member]:
    with Path(path).open("rb") as file:
        source = _Tail(plain_stream(file))
        try:
            archive = tarfile.open(fileobj=source, mode="r|", errorlevel=1)  # type: ignore[call-overload]  # noqa: SIM115
            while (member := archive.next()) is not None:
                archive.members.clear()  # they would grow with the archive
                if member.isfile():
                    yield member.name, partial(archive.extractfile, member)
        except _ERRORS as error:
            raise _failure(error, "tar") from None
        if source.tail.strip(b"\0"):  # tarfile passes over what is cut short; a whole archive ends with zeros
            raise ReadFailure("unreadable", "the tar archive is cut short", "tar.broken")


class _Tail:
    """A stream that remembers the last bytes it gave."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.tail = b""

    def read(self, size: int) -> bytes:
        data = self._stream.read(size)
        self.tail = (self.tail + data[-_BLOCK:])[-_BLOCK:]
        return data


_MEMBERS: dict[str, Callable[[str], Iterator[Member]]] = {"zip": _zip_members, "tar": _tar_members}
