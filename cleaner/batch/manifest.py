"""The manifest of a folder of shards: which records each holds, and the hash that tells whether it is whole."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from cleaner.batch.jobs import Failure
from cleaner.batch.writing import write_output

MANIFEST = "manifest.jsonl"
"""The manifest's name in an output folder."""


@dataclass(frozen=True, slots=True)
class Shard:
    """A file of rows: what became of some inputs in a row."""

    number: int
    shard: str
    """The file's name."""
    rows: int
    size: int
    """Bytes of the file."""
    sha256: str
    """Of the file."""
    first: int
    """The position of its first input, from 0."""
    last: int
    """The position of its last input."""
    first_id: str
    last_id: str
    inputs: str
    """A hash of what its inputs are called and hold, as far as that is known without reading files."""
    failures: tuple[tuple[int, Failure], ...] = ()
    """Its inputs without a row: position and failure."""

    def line(self) -> bytes:
        """The shard as a line of the manifest."""
        given = {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}
        given["failures"] = [
            {"position": position, **dataclasses.asdict(failure)} for position, failure in self.failures
        ]
        return _json_line(given)

    @classmethod
    def of_line(cls, line: bytes) -> Shard:
        """The shard that a line tells of. Raises ValueError for a line that is none."""
        try:
            given = json.loads(line)
            given["failures"] = tuple((failure.pop("position"), Failure(**failure)) for failure in given["failures"])
            return cls(**given)
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError("no line of a manifest") from error


class Manifest:
    """A file whose first line says how the shards were made, followed by a line for each shard.

    A line is added after its file is in place, at once. Of two lines for a shard the later one counts. At the end of a
    run the lines are in order, whatever was made anew. Memory holds a place in the file for each shard.

    Opening, adding and rewriting raise OSError.
    """

    def __init__(self, path: Path, head: dict[str, Any]) -> None:
        self._path = path
        self._head = _json_line(head)
        self._places: dict[int, tuple[int, int]] = {}
        self._written: list[int] = []
        self._stream: BinaryIO | None = None

    def open(self, *, resume: bool) -> bool:
        """Begins a manifest, or goes on with one that has the same head. Says whether one was there."""
        was_there = self._path.exists()
        length = self._read() if resume and was_there else 0
        if length:
            # Unbuffered: what the manifest has when the process is killed need not be made again.
            self._stream = self._path.open("r+b", buffering=0)
            self._stream.truncate(length)
            self._stream.seek(length)
        else:
            self._stream = self._path.open("w+b", buffering=0)
            self._stream.write(self._head)
        return was_there

    def close(self) -> None:
        """Closes the file."""
        if self._stream is not None:
            self._stream.close()

    def add(self, shard: Shard) -> None:
        """Notes a shard whose file is in its place."""
        assert self._stream is not None
        line = shard.line()
        self._note(shard.number, self._stream.seek(0, 2), len(line))
        self._stream.write(line)

    def known(self, number: int) -> Shard | None:
        """What the manifest says of a shard."""
        return Shard.of_line(self._line(number)) if number in self._places else None

    def rewrite(self, shards: int) -> None:
        """Leaves the lines of so many shards, in order; the others are forgotten."""
        if self._written == list(range(shards)):
            return
        assert self._stream is not None
        numbers = [number for number in sorted(self._places) if number < shards]
        write_output(self._path, b"".join([self._head, *map(self._line, numbers)]))
        self.close()
        self._stream = self._path.open("r+b", buffering=0)
        self._read()

    def _read(self) -> int:
        """Notes the lines that are whole. Gives their length in bytes, 0 where the head is another one."""
        self._places.clear()
        self._written.clear()
        with self._path.open("rb") as lines:
            if next(lines, b"") != self._head:
                return 0
            length = len(self._head)
            for number, line in _whole(lines):
                self._note(number, length, len(line))
                length += len(line)
        return length

    def _note(self, number: int, start: int, length: int) -> None:
        self._places[number] = (start, length)
        self._written.append(number)

    def _line(self, number: int) -> bytes:
        assert self._stream is not None
        start, length = self._places[number]
        self._stream.seek(start)
        return self._stream.read(length)


def _whole(lines: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The numbers and lines of shards, up to the first line that was cut short."""
    for line in lines:
        try:
            shard = Shard.of_line(line)
        except ValueError:
            return
        if not line.endswith(b"\n"):
            return
        yield shard.number, line


def _json_line(value: Any) -> bytes:
    return json.dumps(value).encode() + b"\n"  # ASCII in one line, whatever the names hold
