"""A batch on an engine: this process reads and writes, the engine's processes clean."""

from __future__ import annotations

import dataclasses
import hashlib
import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from cleaner import __version__
from cleaner.batch.jobs import Job, Result, Settings, failed, told
from cleaner.integrations.kept import Kept, kept
from cleaner.readers.record import ReadFailure

MOST = 256
"""Records that go to the engine at once."""
MOST_SIZE = 8_000_000
"""Bytes of their pages; the last page may go beyond it."""


class Wait(Protocol):
    """What is under way on the engine."""

    def __call__(self) -> bytes:
        """Waits for what `Packed` gave. Raises RuntimeError, which says why, where the engine gave up."""


class Cluster(AbstractContextManager["Cluster", None], Protocol):
    """An engine, for the time of a batch."""

    def window(self) -> int:
        """How many calls may be under way: enough to keep the engine busy."""

    def submit(self, packed: Packed, jobs: bytes) -> Wait:
        """Has `packed(jobs)` called in one of the engine's processes."""


@dataclass(frozen=True, slots=True)
class Packed:
    """What an engine's process calls: pickled jobs in, pickled results out. Its workers stay for the next call."""

    settings: bytes
    timeout: float | None
    key: str
    version: str = __version__

    @classmethod
    def of(cls, settings: Settings, timeout: float | None) -> Packed:
        """The call for these settings."""
        data = pickle.dumps(settings)
        return cls(data, timeout, hashlib.sha256(data + repr(timeout).encode()).hexdigest())

    def __call__(self, jobs: bytes) -> bytes:
        """The results of the jobs.

        Raises RuntimeError where worker processes do not start, and where this process has another version of cleaner:
        its rows would be others.
        """
        if self.version != __version__:
            raise RuntimeError(f"the engine has cleaner {__version__}, and the batch was started by {self.version}")
        runner = kept(self.key, lambda: Kept(lambda: pickle.loads(self.settings), 1, self.timeout))
        return pickle.dumps(runner.results(pickle.loads(jobs)))


class EngineRunner(AbstractContextManager["EngineRunner", None]):
    """What `Workers` are, on an engine: for `run_batch`, whose output then is the same as without an engine.

    Files are read here, so that the engine need not reach them. Memory depends on the engine's size.
    """

    def __init__(self, cluster: Cluster, settings: Settings, timeout: float | None) -> None:
        self._cluster = cluster
        self._max_size = settings.max_size
        self._packed = Packed.of(settings, timeout)
        self._under_way: deque[_Portion] = deque()

    def __enter__(self) -> EngineRunner:
        self._cluster.__enter__()
        return self

    def __exit__(self, *error: Any) -> None:
        """Gives up what is under way."""
        self._under_way.clear()
        self._cluster.__exit__(*error)

    def run(self, jobs: Iterable[Job | Result]) -> Iterator[Result]:
        """Results in the order of the jobs; a `Result` among them comes back at its place.

        Raises RuntimeError where the engine gives up, and ValueError for a job whose file a worker should write.
        """
        for portion in _portions(self._read(job) for job in jobs):
            if portion.jobs:
                portion.wait = self._cluster.submit(self._packed, pickle.dumps(portion.jobs))
                portion.jobs.clear()
            self._under_way.append(portion)
            while len(self._under_way) > self._cluster.window():
                yield from self._under_way.popleft().results()
        while self._under_way:
            yield from self._under_way.popleft().results()

    def untaken(self) -> Iterator[Result]:
        """No result: the files of an engine are written here."""
        return iter(())

    def _read(self, job: Job | Result) -> Job | Result:
        """The job with its data."""
        if isinstance(job, Result):
            return job
        if job.target is not None:
            raise ValueError("an engine gives rows, for shards or a stream; it writes no files of its own")
        try:
            return Job(job.record.loaded(self._max_size), None)
        except ReadFailure as failure:
            return failed(job.record, failure.kind, str(failure), failure.code)
        except Exception as error:
            return failed(job.record, "error", told(error))


@dataclass(slots=True)
class _Portion:
    """Jobs that go to the engine together, and the results that are known between them."""

    known: list[Result | None] = dataclasses.field(default_factory=list)
    """None stands for a job."""
    jobs: list[Job] = dataclasses.field(default_factory=list)
    size: int = 0
    wait: Wait | None = None

    def add(self, job: Job | Result) -> None:
        self.known.append(job if isinstance(job, Result) else None)
        if isinstance(job, Job):
            self.jobs.append(job)
            self.size += len(job.record.data or "")

    def results(self) -> Iterator[Result]:
        """All results, in their order."""
        found = iter(pickle.loads(self.wait()) if self.wait is not None else ())
        return (next(found) if result is None else result for result in self.known)


def _portions(jobs: Iterable[Job | Result]) -> Iterator[_Portion]:
    portion = _Portion()
    for job in jobs:
        portion.add(job)
        if len(portion.known) >= MOST or portion.size >= MOST_SIZE:
            yield portion
            portion = _Portion()
    if portion.known:
        yield portion


def engine_of(name: str) -> Callable[[Settings, float | None], EngineRunner]:
    """The engine "ray" or "spark", for `run_batch`. Raises ImportError, which names the extra, without its package."""
    cluster = _ray() if name == "ray" else _spark()
    return lambda settings, timeout: EngineRunner(cluster, settings, timeout)


def _ray() -> Cluster:
    from cleaner.integrations.ray import RayCluster

    return RayCluster()


def _spark() -> Cluster:
    from cleaner.integrations.spark import SparkCluster

    return SparkCluster()
