"""Files that are elsewhere, in object stores and the like: addresses with a scheme, found and read by fsspec."""

from __future__ import annotations

import errno
import glob
import io
import itertools
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from cleaner.readers.extras import needed
from cleaner.readers.files import MEDIA_TYPES, InputError, is_looked_for, page_suffix
from cleaner.readers.kinds import is_web, last_part
from cleaner.readers.record import ReadFailure, Record

_BUFFER = 1 << 18
"""Bytes that are asked for at once."""


@dataclass(frozen=True, slots=True)
class _Source:
    """One argument: a folder to walk, or the files that a pattern or a plain address gave."""

    given: str
    system: Any
    base: tuple[str, ...]
    """The parts of the folder that names in the output start from."""
    folder: str | None = None
    files: tuple[str, ...] = ()

    @property
    def place(self) -> tuple[str, str]:
        """What addresses have in common whose paths can be compared: the file system, and what it lies in."""
        head, _, rest = self.given.partition("::")
        return head.partition("://")[0].lower(), rest

    def address(self, path: str) -> str:
        """The address of a file, by which it can be opened."""
        own = str(self.system.unstrip_protocol(path))
        head, chained, rest = self.given.partition("::")
        if not chained:
            return own
        is_own = own.startswith(head.partition("://")[0] + "://")  # a cache gives the address of what it keeps
        return f"{own}::{rest}" if is_own else f"{head}::{own}"


def find_places(inputs: Sequence[str], *, media_type: str | None = None, url: str | None = None) -> Iterator[Record]:
    """A record for every file that the addresses name: what `find_files` does, in places that fsspec reaches.

    A record's path is the file's address. Raises InputError as `find_files` does, and where a package is missing.
    """
    sources = [_source(given) for given in inputs]
    if len({source.place for source in sources}) > 1:
        raise InputError("inputs in different places: clean them one place at a time")
    base = _common([source.base for source in sources])
    records = (
        Record(
            "/".join(_parts(path)[len(base) :]),
            path=source.address(path),
            url=url,
            media_type=media_type or MEDIA_TYPES.get(page_suffix(last_part(path))),
        )
        for source, path in _files(sources)
    )
    first = next(records, None)
    if first is None:
        raise InputError(f"{', '.join(inputs)}: no page to clean")
    return itertools.chain([first], records)


def open_place(path: str) -> BinaryIO:
    """Opens the file at an address to be read as it is needed. Raises ReadFailure; reading raises OSError."""
    try:
        system, inner = _file_system(path)
        return io.BufferedReader(_Remote(system, inner), _BUFFER)
    except ReadFailure:
        raise
    except Exception as error:  # each file system has exceptions of its own
        raise ReadFailure("unreadable", _told(error)) from None


def _file_system(path: str) -> tuple[Any, str]:
    if is_web(path):
        raise ReadFailure("unreadable", "cleaner does not fetch: save the page and give the file")
    system, inner = needed("fsspec.core", "places").url_to_fs(path)
    return system, inner


def _source(given: str) -> _Source:
    try:
        system, path = _file_system(given)
        if glob.has_magic(path) and not system.exists(path):
            found = system.glob(path, detail=True)
            files = sorted(name for name, info in found.items() if info["type"] != "directory")
            base = tuple(itertools.takewhile(lambda part: not glob.has_magic(part), _parts(path)))
            if not _is_hidden(_parts(path)):  # as in other patterns, a wildcard is no dot
                files = [name for name in files if not _is_hidden(_parts(name)[len(base) :])]
            source = _Source(given, system, base, files=tuple(files))
        elif system.isdir(path):
            return _Source(given, system, _parts(path), folder=path)
        else:
            return _Source(given, system, _parts(path)[:-1], files=(path,))
    except Exception as error:  # as in `open_place`
        raise InputError(f"{given}: {_told(error)}") from None
    if not source.files:
        raise InputError(f"{given}: no file matches")
    return source


def _files(sources: list[_Source]) -> Iterator[tuple[_Source, str]]:
    """The files of all sources, each once. Only names that were given or matched are remembered."""
    folders = [source.base for source in sources if source.folder is not None]
    seen: set[tuple[str, ...]] = set()
    for source in sources:
        if source.folder is not None:
            around = (folder for folder in folders if source.base[: len(folder)] == folder and folder != source.base)
            if source.base not in seen and not any(around):
                seen.add(source.base)
                yield from ((source, path) for path in _walk(source, source.folder))
            continue
        for path in source.files:
            parts = _parts(path)
            if parts not in seen and not any(_walk_finds(parts, folder) for folder in folders):
                seen.add(parts)
                yield source, path


def _walk(source: _Source, folder: str) -> Iterator[str]:
    """The pages and archives in a folder at any depth, sorted. What starts with a dot is passed over, as are links."""
    try:
        entries = source.system.ls(folder, detail=True)
    except Exception:  # as in `open_place`
        yield folder  # no file: reading it fails and puts it among the failures
        return
    for entry in sorted(entries, key=lambda entry: str(entry["name"])):
        path = entry["name"]
        name = _parts(path)[-1:]
        if _parts(path) == _parts(folder) or not name or name[0].startswith("."):  # stores have files for folders
            continue
        if entry["type"] == "directory":
            if not entry.get("islink"):
                yield from _walk(source, path)
        elif is_looked_for(name[0]):
            yield path


def _walk_finds(parts: tuple[str, ...], folder: tuple[str, ...]) -> bool:
    inner = parts[len(folder) :]
    return parts[: len(folder)] == folder and bool(inner) and not _is_hidden(inner) and is_looked_for(inner[-1])


def _is_hidden(parts: tuple[str, ...]) -> bool:
    return any(part.startswith(".") for part in parts)


def _parts(path: str) -> tuple[str, ...]:
    """The parts of a path, without those that lead out of a folder: in stores they are names as others."""
    return tuple(part for part in path.split("/") if part not in ("", ".", ".."))


def _common(folders: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The deepest folder that holds all folders."""
    alike = itertools.takewhile(lambda parts: len(set(parts)) == 1, zip(*folders, strict=False))
    return tuple(parts[0] for parts in alike)


def _told(error: Exception) -> str:
    """An exception of a file system in one line, for people."""
    if isinstance(error, FileNotFoundError):
        return os.strerror(errno.ENOENT)
    if isinstance(error, PermissionError):
        return os.strerror(errno.EACCES)
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]


class _Remote(io.RawIOBase):
    """A file that is elsewhere; whatever goes wrong is an OSError."""

    def __init__(self, system: Any, path: str) -> None:
        self._system = system  # that of an archive closes it when nobody needs it any more
        self._file = system.open(path, "rb")

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return bool(self._file.seekable())

    def readinto(self, buffer: Any) -> int:
        """Fills the buffer, perhaps in part. Raises OSError."""
        try:
            data = self._file.read(len(buffer))
        except Exception as error:  # as in `open_place`
            raise OSError(errno.EIO, _told(error)) from None
        buffer[: len(data)] = data
        return len(data)

    def seek(self, place: int, whence: int = os.SEEK_SET) -> int:
        """Goes to a place. Raises OSError."""
        return int(self._file.seek(place, whence))

    def tell(self) -> int:
        return int(self._file.tell())

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()
