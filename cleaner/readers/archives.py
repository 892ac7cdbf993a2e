"""The files in archives, one at a time: zip, WACZ (a zip with web archives in it) and tar."""

from __future__ import annotations

import io
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import IO, Any, BinaryIO, Self

from cleaner.readers.kinds import Kind
from cleaner.readers.record import ReadFailure, too_large, unreadable

_BLOCK = 512
"""Bytes of a block of tar."""
_IN_MEMORY = 1 << 24
"""Bytes of a file in an archive that are kept in memory where it is read from its end; more go to the disk."""
MAX_SPOOLED = 1 << 32
"""Bytes that such a file may have, if it lies in an archive."""
MAX_HEADER = 1 << 18
"""Bytes that the name of a file in a tar, and what else is said of it, may have: tarfile holds them in memory."""

_File = tuple[str, Callable[[], IO[bytes]]]
"""The name of a file in an archive, and how it is opened."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive."""

    name: str
    """Its place in the archive: without parts that lead out of it, and unlike those of the members before it."""
    path: str
    """Its name as it stands in the archive, which tells what it is."""
    open: Callable[[], BinaryIO]
    """Opens it, until the next member is asked for. Raises ReadFailure, as reading does."""


def members(kind: Kind, stream: BinaryIO, wanted: Callable[[str], bool]) -> Iterator[Member]:
    """The files of an archive whose names are `wanted`, in their order; nothing that starts with a dot, and no links.

    A zip is read from a stream that can seek. Raises ReadFailure where the archive is broken or cut short.
    """
    code = "tar" if kind == "tar" else "zip"
    seen: set[int] = set()  # hashes of the names that were given
    for number, (path, open_file) in enumerate(_FILES[code](stream), 1):
        parts = [part for part in path.replace("\\", "/").split("/") if part not in ("", ".", "..")]
        if not parts or any(part.startswith(".") for part in parts) or parts[0] == "__MACOSX" or not wanted(path):
            continue
        name = "/".join(parts).replace("\0", "")
        key = hash(name.lower())  # some systems take names for the same that differ in case
        if key in seen or name != "/".join(parts):
            name = f"{number:06d}-{parts[-1]}".replace("\0", "")
        seen.add(key)
        yield Member(name, path, partial(_opened, open_file, code))


@contextmanager
def spooled(stream: BinaryIO, limit: int | None) -> Iterator[BinaryIO]:
    """The data of a stream as one that can seek: in memory if it is small, else in a temporary file.

    Raises ReadFailure where there are more than `limit` bytes, OSError where the disk is full.
    """
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as copy:
        while part := stream.read(1 << 20):
            if limit is not None and copy.tell() + len(part) > limit:
                raise too_large(limit)
            copy.write(part)
        copy.seek(0)
        yield copy  # type: ignore[misc]


def _opened(open_file: Callable[[], IO[bytes]], code: str) -> BinaryIO:
    try:
        return io.BufferedReader(_FileData(open_file(), code))
    except Exception as error:  # each way of compressing has exceptions of its own
        raise _failure(error, code) from None


class _FileData(io.RawIOBase):
    """The data of a file in an archive; its errors are ReadFailures."""

    def __init__(self, stream: IO[bytes], code: str) -> None:
        self._stream = stream
        self._code = code

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        """Fills the buffer, perhaps in part. Raises ReadFailure."""
        try:
            data = self._stream.read(len(buffer))
        except Exception as error:  # as in `_opened`
            raise _failure(error, self._code) from None
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._stream.close()
        super().close()


def _failure(error: Exception, code: str) -> ReadFailure:
    if isinstance(error, ReadFailure):
        return error
    if isinstance(error, OSError) and error.errno is not None:  # bzip2 has errors of this type, without a number
        return unreadable(error)
    return ReadFailure("unreadable", f"the {code} archive cannot be read here ({error})", f"{code}.broken")


def _zip_files(stream: BinaryIO) -> Iterator[_File]:
    try:
        archive = zipfile.ZipFile(stream)
    except Exception as error:  # as in `_opened`
        raise _failure(error, "zip") from None
    with archive:
        for file in archive.infolist():
            if not file.is_dir():
                yield file.filename, partial(archive.open, file)


def _tar_files(stream: BinaryIO) -> Iterator[_File]:
    source = _Tail(stream)
    try:
        archive = tarfile.open(  # type: ignore[call-overload]  # noqa: SIM115
            fileobj=source, mode="r|", errorlevel=1, tarinfo=_Header
        )
        while (file := archive.next()) is not None:
            archive.members.clear()  # they would grow with the archive
            if file.isfile():
                yield file.name, partial(archive.extractfile, file)
    except Exception as error:  # as in `_opened`
        raise _failure(error, "tar") from None
    if source.tail.strip(b"\0"):  # tarfile passes over what is cut short; a whole archive ends with zeros
        raise ReadFailure("unreadable", "the tar archive is cut short", "tar.broken")


class _Header(tarfile.TarInfo):
    """The header of a file in a tar. Raises ReadFailure where it says that a header of many bytes follows."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        header = super().frombuf(buf, encoding, errors)
        if header.type in _ABOUT_FILES and header.size > MAX_HEADER:
            raise ReadFailure("unreadable", f"the tar archive has a name of {header.size} bytes", "tar.broken")
        return header


_ABOUT_FILES = (
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
)
"""Types of headers that are followed by what is said of the next file, or of all."""


class _Tail:
    """A stream that remembers the last bytes it gave."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.tail = b""

    def read(self, size: int) -> bytes:
        data = self._stream.read(size)
        self.tail = (self.tail + data[-_BLOCK:])[-_BLOCK:]
        return data


_FILES: dict[str, Callable[[BinaryIO], Iterator[_File]]] = {"zip": _zip_files, "tar": _tar_files}
