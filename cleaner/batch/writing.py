"""How a path is written: a regular file is replaced by rename, anything else is written into."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from cleaner.batch.interrupts import interrupts_held

MAX_LINKS = 40
"""Symbolic links that are followed one after another, as many as Linux follows."""

_NUMBER = re.compile("[0-9]{1,9}")


def replaced_file(path: Path) -> Path | None:
    """The regular file that is replaced, or created, when `path` is written; None where `path` is written into.

    A symbolic link stands for the file that it leads to, whether that exists or not. Devices, pipes, sockets and open
    descriptors (`/dev/stdout`, `/dev/fd/63`) are written into.

    Raises OSError where the path cannot be followed.
    """
    if _descriptor(path) is not None:
        return None
    try:
        mode = path.lstat().st_mode
        if stat.S_ISLNK(mode):
            return _end_of_link(path)
    except FileNotFoundError:
        return path
    return path if stat.S_ISREG(mode) else None


def _end_of_link(path: Path) -> Path | None:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return None
    except FileNotFoundError:
        pass
    return Path(os.path.realpath(path))


@contextmanager
def open_output(path: Path) -> Iterator[BinaryIO]:
    """Opens `path` for writing. A regular file appears when the block ends, and stays as it was after an error.

    Raises OSError.
    """
    file = replaced_file(path)
    if file is None:
        with _open_into(path) as stream:
            yield stream
        return
    part = part_of(file)
    try:
        with _open_part(part) as stream:
            yield stream
        part.replace(file)
    except BaseException as error:
        with interrupts_held(), suppress(OSError):
            part.unlink()
        if isinstance(error, OSError) and error.filename == str(part):
            error.filename = str(path)  # what the user has named
        raise


def write_output(path: Path, data: bytes) -> None:
    """Writes all data to `path`, as `open_output` does. Raises OSError."""
    with open_output(path) as stream:
        stream.write(data)


def remove_output(path: Path) -> None:
    """Removes the file that writing to `path` would replace, if there is one. Raises OSError."""
    file = replaced_file(path)
    if file is not None:
        file.unlink(missing_ok=True)


def discard_part(path: Path) -> None:
    """Removes what a process that was killed had written of `path`, if anything."""
    with suppress(OSError):
        file = replaced_file(path)
        if file is not None:
            part_of(file).unlink()


def part_of(file: Path) -> Path:
    """The file that `file` is written as until it is whole. It stands beside it, so that a rename puts it in place."""
    return file.with_name(f".{file.name}.part")


def _open_part(part: Path) -> BinaryIO:
    try:
        return part.open("wb")
    except FileNotFoundError:  # most files are not the first in their folder
        part.parent.mkdir(parents=True, exist_ok=True)
        return part.open("wb")


def _open_into(path: Path) -> BinaryIO:
    descriptor = _descriptor(path)
    if descriptor is not None:
        # Opening "/dev/stdout" anew would begin a file that is appended to (`>> log`) from its start.
        return os.fdopen(os.dup(descriptor), "wb")
    return open(path, "wb", opener=lambda name, flags: os.open(name, flags & ~(os.O_CREAT | os.O_TRUNC)))


def _descriptor(path: Path) -> int | None:
    """The number of the open descriptor of this process that the path names, if it does: 63 for `/dev/fd/63`."""
    for _ in range(MAX_LINKS):
        if _NUMBER.fullmatch(path.name) and os.path.realpath(path.parent) in _descriptor_folders():
            return int(path.name)
        if not path.is_symlink():
            return None
        path = path.parent / path.readlink()
    return None


def _descriptor_folders() -> set[str]:
    return {os.path.realpath(name) for name in ("/dev/fd", "/proc/self/fd")}
