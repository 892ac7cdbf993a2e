"""`run_batch`: records through worker processes to an output, and what the batch came to."""

from __future__ import annotations

import dataclasses
import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO, Protocol, Self

from cleaner.batch.jobs import Cleans, Failure, Job, Result, Settings, process
from cleaner.batch.outputs import NotesFailures, Output
from cleaner.batch.writing import open_output, remove_output
from cleaner.readers.record import MAX_SIZE, Record

if TYPE_CHECKING:
    from cleaner.batch.repeats import KnowsRepeats
    from cleaner.batch.workers import Workers

TIMEOUT = 60.0
"""Seconds that a record may take where the caller says nothing else."""
WINDOW = 64
"""Records under way for each worker process: enough that one slow page does not stop the others."""


class Runner(AbstractContextManager["Runner", None], Protocol):
    """What runs jobs, in a `with` statement; leaving it gives up what is under way."""

    def run(self, jobs: Iterable[Job | Result]) -> Iterator[Result]:
        """Results in the order of the jobs; a `Result` among them comes back at its place."""

    def untaken(self) -> Iterator[Result]:
        """Results that `run` has not given, since an earlier one was not there when it ended."""


Engine = Callable[[Settings, float | None], Runner]
"""What makes a runner for settings and a time-out in seconds."""


@dataclass(slots=True)
class Summary:
    """What a batch came to."""

    files: int = 0
    written: int = 0
    skipped: int = 0
    """Written by an earlier run and still current."""
    failed: Counter[str] = field(default_factory=Counter)
    """Failures by kind."""
    removed: Counter[str] = field(default_factory=Counter)
    """Removals by reason."""
    warnings: int = 0

    @property
    def failures(self) -> int:
        """How many records have no output."""
        return self.failed.total()

    def add(self, result: Result) -> None:
        """Counts one record."""
        self.files += 1
        self.removed.update(result.removed)
        self.warnings += len(result.warnings)
        if result.failure:
            self.failed[result.failure.kind] += 1
        elif result.skipped:
            self.skipped += 1
        else:
            self.written += 1


class FailureLog:
    """A JSONL file of failures, one object a line; it appears at the end, and only where there was a failure.

    A file that an earlier run left is replaced or, after a run without failures, removed.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stream: BinaryIO | None = None
        self._opened = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._stream is None and kind is None:
            remove_output(self._path)
        self._opened.close()  # what failed before an error ended the batch is listed, too

    def add(self, failure: Failure) -> None:
        """Notes a failure."""
        if self._stream is None:
            self._stream = self._opened.enter_context(open_output(self._path))
        line = json.dumps(dataclasses.asdict(failure), ensure_ascii=False) + "\n"
        # A file name that is no UTF-8 has lone surrogates; "\udcff" is how JSON writes them too.
        self._stream.write(line.encode(errors="backslashreplace"))


def run_batch(
    records: Iterable[Record],
    cleaner: Cleans,
    output: Output,
    *,
    workers: int | None = None,
    timeout: float | None = TIMEOUT,
    max_size: int = MAX_SIZE,
    failures: Path | None = None,
    on_result: Callable[[Result], None] | None = None,
    summary: Summary | None = None,
    engine: Engine | None = None,
    repeats: KnowsRepeats | None = None,
) -> Summary:
    """Cleans the records in worker processes and puts the documents into the output.

    A record that cannot be read, is larger than `max_size` bytes, takes longer than `timeout` seconds (None: any time)
    or kills its worker process becomes a line of the file `failures`, and the others go on. `on_result` is called
    for each record, in the order of the records. `workers` is the number of processes, by default the processors of
    the machine; with 0 the records are cleaned in this process, without time-out and at their own risk. `summary` is
    what to count in: it tells what was done where an exception ends the batch, too. `repeats` knows what repeats over
    the pages of each site, and goes from the documents. Memory depends on the number of processes and the size of the
    pages, not on the number of records. An `engine` cleans instead of worker processes.

    Raises ValueError for fewer than 0 workers and a time-out that is not above 0, RuntimeError where worker processes
    cannot be started, OSError where the output cannot be written to, and whatever `records` and `on_result` raise. An
    exception, KeyboardInterrupt too, leaves no half-written file.
    """
    count = default_workers() if workers is None else workers
    check_limits(count, timeout)
    settings = Settings(cleaner, output.rendering, max_size, repeats)
    summary = Summary() if summary is None else summary
    log: AbstractContextManager[FailureLog | None] = FailureLog(failures) if failures else nullcontext()

    def local(settings: Settings, timeout: float | None) -> Runner:
        return runner_of(settings, count, timeout)

    with output, log as opened, (engine or local)(settings, timeout) as runner:
        try:
            for result in runner.run(_jobs(records, output)):
                summary.add(result)
                if not result.failure:
                    output.add(result)
                else:
                    if isinstance(output, NotesFailures):
                        output.fail(result.failure)
                    if opened:
                        opened.add(result.failure)
                if on_result:
                    on_result(result)
        except BaseException:
            for result in runner.untaken():  # of what has been reported, the files need not be made again
                if result.written is not None:
                    summary.add(result)
                    output.add(result)
            raise
    return summary


def clean_records(
    records: Iterable[Record],
    cleaner: Cleans | None = None,
    *,
    workers: int = 0,
    timeout: float | None = None,
    max_size: int = MAX_SIZE,
    repeats: KnowsRepeats | None = None,
) -> Iterator[Result]:
    """The results of the records, in their order and as they come: each has a `document` or a `failure`.

    Without a `cleaner` the shipped rules apply. `workers` is the number of processes; with 0 the records are cleaned in
    this one, without time-out. A page may take `timeout` seconds (None: any time). `repeats` has what repeats over the
    pages of each site, which goes from the documents: a dictionary from `cleaner.repeats.count_repeats`, for example.
    Records are read as they are needed: memory depends on the number of processes and the size of the pages. Closing
    the iterator ends the processes.

    Raises ValueError for fewer than 0 workers and for a `timeout` without workers or not above 0, RuntimeError where
    workers cannot be started, and whatever `records` raises.
    """
    check_limits(workers, timeout)
    if timeout is not None and workers == 0:
        raise ValueError("a timeout needs worker processes")
    if cleaner is None:
        from cleaner.engine import shared_cleaner

        cleaner = shared_cleaner()
    return _results(records, Settings(cleaner, None, max_size, repeats), workers, timeout)


def _results(records: Iterable[Record], settings: Settings, workers: int, timeout: float | None) -> Iterator[Result]:
    with runner_of(settings, workers, timeout) as runner:
        yield from runner.run(Job(record, None) for record in records)


def check_limits(workers: int, timeout: float | None) -> None:
    """Raises ValueError for a number of workers and a time-out in seconds with which no page could be cleaned."""
    if workers < 0:
        raise ValueError("workers is a number of processes; 0 means this process")
    if timeout is not None and not timeout > 0:
        raise ValueError("timeout is in seconds, above 0; None means any time")


def default_workers() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _jobs(records: Iterable[Record], output: Output) -> Iterator[Job | Result]:
    for record in records:
        if output.is_current(record):
            failure = output.known_failure(record) if isinstance(output, NotesFailures) else None
            yield Result(record.shown, failure, skipped=failure is None, id=record.id, url=record.url)
        else:
            yield Job(record, output.target(record))


def runner_of(settings: Settings, count: int, timeout: float | None, *, imports_main: bool = True) -> Workers | Here:
    """What runs jobs, in a `with` statement: `count` worker processes or, with 0, this process.

    See `Workers` for `timeout`, in seconds, and `imports_main`.
    """
    if count == 0:
        return Here(settings)
    from cleaner.batch.workers import Workers  # loads multiprocessing

    return Workers(settings, count, timeout=timeout, window=count * WINDOW, imports_main=imports_main)


class Here(Runner):
    """What `Workers` are, without worker processes."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def __exit__(self, *_: object) -> None:
        """Nothing is left to do."""

    def run(self, jobs: Iterable[Job | Result]) -> Iterator[Result]:
        """The result of each job; a `Result` among them comes back at its place."""
        return (job if isinstance(job, Result) else process(self._settings, job) for job in jobs)

    def untaken(self) -> Iterator[Result]:
        """No result."""
        return iter(())
