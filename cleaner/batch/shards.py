"""Documents as rows in shards: files of so many inputs each, and a manifest that says what each holds."""

from __future__ import annotations

import hashlib
import re
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, BinaryIO, Self

from cleaner.batch.manifest import MANIFEST, Manifest, Shard
from cleaner.batch.outputs import Renders
from cleaner.batch.tables import sink_of
from cleaner.batch.writing import open_output
from cleaner.readers.record import Record

if TYPE_CHECKING:
    from cleaner.batch.jobs import Failure, Result

SHARD_SIZE = 10_000
"""Inputs of a shard where the caller says nothing else."""
_OURS = re.compile(r"\.?part-\d{5,}\.(jsonl|parquet)(\.part)?")
_READ = 1 << 20


class InputsChanged(Exception):
    """A run with `resume` has met other inputs than the run before, in a shard that it had left alone.

    The manifest has forgotten this shard and those after it: the same run, started again, makes them anew.
    """

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name}: {why}; it and what follows are made anew")


class ShardOutput:
    """Rows in ROOT/part-00000.jsonl, part-00001.jsonl, ...: what became of `size` inputs each, in input order.

    Where the shards lie in the input depends on nothing but their size: an input that fails has no row, and the shard
    has one row less. Each appears when it is whole, and then gets a line in the manifest.

    With `resume`, a shard stays if earlier runs with the same `fingerprint` (a text that stands for the version,
    options and rules) wrote it, and the file has the size and hash that the manifest says. Its inputs are not cleaned,
    and those that failed count as failed. All files are then as if one run had made them.

    Raises InputsChanged where the inputs of such a shard have other names, addresses or data, or a file among them is
    newer than the shard.
    """

    def __init__(
        self, root: Path, rendering: Renders, size: int = SHARD_SIZE, *, fingerprint: str = "", resume: bool = False
    ) -> None:
        if size < 1:
            raise ValueError("a shard has at least one input")
        self.rendering = rendering
        self._root = root
        self._size = size
        self._resume = resume
        self._manifest = Manifest(root / MANIFEST, {"fingerprint": fingerprint, "shard_size": size})
        self._asked = 0
        self._taken = 0
        self._inputs: dict[int, _Inputs] = {}
        """Of the shards that were asked for and are not done."""
        self._open: _Open | None = None

    def __enter__(self) -> Self:
        self._root.mkdir(parents=True, exist_ok=True)
        self._has_older = self._manifest.open(resume=self._resume)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._end()
        finally:
            if self._open is not None:
                self._open.__exit__(kind, error, trace)
            self._manifest.close()

    def target(self, record: Record) -> None:
        """None: the row comes to `add`."""

    def is_current(self, record: Record) -> bool:
        """Whether the record is in a shard that stays. To be asked for every record, in their order."""
        number, place = divmod(self._asked, self._size)
        if place == 0:
            self._inputs[number] = _Inputs(self._standing(number))
        inputs = self._inputs[number]
        inputs.add(record)
        self._asked += 1
        if inputs.standing is None:
            return False
        self._compare(inputs, record)
        return True

    def known_failure(self, record: Record) -> Failure | None:
        """The failure of the record that was asked for last, where an earlier run has noted one that stands."""
        position = self._asked - 1
        return self._inputs[position // self._size].failures.get(position)

    def add(self, result: Result) -> None:
        """Writes the next row."""
        opened = self._next()
        if opened is not None:
            opened.sink.add(result.data)
            opened.rows += 1
        self._end_shard()

    def fail(self, failure: Failure) -> None:
        """Notes that the next input has no row."""
        opened = self._next()
        if opened is not None:
            opened.failures.append((self._taken, failure))
        self._end_shard()

    def _next(self) -> _Open | None:
        """The shard that the next result belongs to; None where that stays as it is."""
        number = self._taken // self._size
        if self._inputs[number].standing is not None:
            return None
        if self._open is None:
            self._open = _Open(self._root / self._name(number), self.rendering)
        return self._open

    def _end_shard(self) -> None:
        self._taken += 1
        if self._taken % self._size == 0:
            self._finish()

    def _finish(self) -> None:
        number = (self._taken - 1) // self._size
        inputs = self._inputs.pop(number)
        if self._open is None:
            return
        opened, self._open = self._open, None
        opened.finish()
        self._manifest.add(
            Shard(
                number,
                opened.path.name,
                opened.rows,
                opened.size,
                opened.hash.hexdigest(),
                number * self._size,
                self._taken - 1,
                inputs.first_id,
                inputs.last_id,
                inputs.hash.hexdigest(),
                tuple(opened.failures),
            )
        )

    def _end(self) -> None:
        """Ends the last shard, and removes what a longer run has left."""
        if self._taken % self._size:
            inputs = self._inputs[self._taken // self._size]
            if inputs.standing is not None and self._taken - 1 < inputs.standing.last:
                self._begin_anew(inputs.standing, "there are fewer inputs")
            self._finish()
        shards = -(-self._taken // self._size)
        self._manifest.rewrite(shards)
        if self._has_older:
            whole = {self._name(number) for number in range(shards)}
            for path in self._root.iterdir():
                if _OURS.fullmatch(path.name) and path.name not in whole:
                    path.unlink()

    def _name(self, number: int) -> str:
        return f"part-{number:05}{self.rendering.suffix}"

    def _standing(self, number: int) -> _Standing | None:
        """The shard that an earlier run has made, if the manifest knows it and its file is as it was."""
        shard = self._manifest.known(number) if self._resume else None
        path = self._root / self._name(number)
        try:
            if shard is None or path.stat().st_size != shard.size or _hash_of(path) != shard.sha256:
                return None
            return _Standing(shard, path.stat().st_mtime_ns)
        except OSError:
            return None

    def _compare(self, inputs: _Inputs, record: Record) -> None:
        standing = inputs.standing
        assert standing is not None
        position = self._asked - 1
        if position == standing.first and record.id != standing.shard.first_id:
            self._begin_anew(standing, f"its first input is {record.id!r} now, and was {standing.shard.first_id!r}")
        if position > standing.last:
            self._begin_anew(standing, "there are more inputs")
        if position == standing.last and inputs.hash.hexdigest() != standing.shard.inputs:
            self._begin_anew(standing, "its inputs have changed")
        if _is_newer(record, standing.written):
            self._begin_anew(standing, f"{record.shown} has changed")

    def _begin_anew(self, standing: _Standing, why: str) -> None:
        self._manifest.rewrite(standing.shard.number)
        raise InputsChanged(standing.shard.shard, why)


@dataclass(frozen=True, slots=True)
class _Standing:
    """A shard that stays as it is."""

    shard: Shard
    written: int
    """When, in nanoseconds."""

    @property
    def first(self) -> int:
        return self.shard.first

    @property
    def last(self) -> int:
        return self.shard.last


class _Inputs:
    """What the inputs of a shard are called and hold."""

    def __init__(self, standing: _Standing | None) -> None:
        self.standing = standing
        self.failures = dict(standing.shard.failures) if standing is not None else {}
        self.hash = hashlib.sha256()
        self.first_id = ""
        self.last_id = ""

    def add(self, record: Record) -> None:
        """Adds the next one."""
        self.first_id = self.first_id or record.id
        self.last_id = record.id
        told = (record.id, record.name, record.path, record.url, record.media_type, record.language)
        for part in (repr((told, sorted(record.metadata.items()))), record.data if record.data is not None else b""):
            data = part.encode(errors="backslashreplace") if isinstance(part, str) else part
            self.hash.update(len(data).to_bytes(8))
            self.hash.update(data)


@dataclass(slots=True)
class _Open(AbstractContextManager["_Open", None]):
    """A shard that is being written."""

    path: Path
    rendering: Renders
    rows: int = 0
    size: int = 0
    failures: list[tuple[int, Failure]] = field(default_factory=list)
    hash: Any = field(default_factory=hashlib.sha256)
    sink: Any = field(init=False)
    _stack: ExitStack = field(default_factory=ExitStack)
    _stream: BinaryIO = field(init=False)

    def __post_init__(self) -> None:
        self._stream = self._stack.enter_context(open_output(self.path))
        self.sink = sink_of(self.rendering, self._write)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    def finish(self) -> None:
        """Puts the file in its place."""
        with self._stack:
            self.sink.close()

    def _write(self, data: bytes) -> None:
        self._stream.write(data)
        self.hash.update(data)
        self.size += len(data)


def _hash_of(path: Path) -> str:
    found = hashlib.sha256()
    with path.open("rb") as file:
        while data := file.read(_READ):
            found.update(data)
    return found.hexdigest()


def _is_newer(record: Record, written: int) -> bool:
    if record.data is not None or record.path is None:
        return False
    try:
        return Path(record.path).stat().st_mtime_ns > written
    except OSError:
        return False
