"""The journal of an output folder: which files were written there, and how large they were."""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path
from typing import Self

JOURNAL = ".cleaner.journal"
"""The journal's name in an output folder."""


class Journal:
    """A file whose first line is a fingerprint, followed by a line with size and name for each file that was written.

    A run with `resume` and the same fingerprint as the run before adds to its journal; any other begins a new one. A
    line is written after its file, at once, so a journal never claims what is not there. The journal of the earlier
    runs takes 8 bytes of memory for each line.

    Opening, adding and closing raise OSError.
    """

    def __init__(self, path: Path, fingerprint: str, *, resume: bool) -> None:
        self._path = path
        self._head = json.dumps({"fingerprint": fingerprint}).encode()
        self._resume = resume

    def __enter__(self) -> Self:
        known = self._read() if self._resume else None
        self._known = known or array("Q")
        # Unbuffered: what is in the journal when the process is killed need not be made again.
        self._stream = self._path.open("wb" if known is None else "ab", buffering=0)
        if known is None:
            self._stream.write(self._head)
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()

    def add(self, name: str, size: int) -> None:
        """Notes a file that was written, with its size in bytes."""
        self._stream.write(b"\n" + _line(name, size))  # the line end first: it ends a line that was cut short, too

    def knows(self, name: str, size: int) -> bool:
        """Whether an earlier run wrote this file with this size."""
        key = _key(_line(name, size))
        place = bisect_left(self._known, key)
        return place < len(self._known) and self._known[place] == key

    def _read(self) -> array[int] | None:
        """What is known of the earlier runs, sorted; None where they had another fingerprint, or there were none."""
        try:
            with self._path.open("rb") as lines:
                return _keys(lines) if next(lines, b"").rstrip(b"\n") == self._head else None
        except FileNotFoundError:
            return None


def _keys(lines: Iterable[bytes]) -> array[int]:
    return array("Q", sorted(_key(line.rstrip(b"\n")) for line in lines))


def _line(name: str, size: int) -> bytes:
    return json.dumps([size, name]).encode()  # ASCII in one line, whatever the name holds


def _key(line: bytes) -> int:
    return int.from_bytes(blake2b(line, digest_size=8).digest())
