"""Worker processes: jobs in, results out in the same order, whatever a job does to its process."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import resource_tracker
from types import TracebackType
from typing import Self

from pebble import ProcessExpired, ProcessPool

from cleaner.batch.jobs import Job, Result, Settings, failed, process
from cleaner.batch.writing import discard_part

STARTS = 3
"""How often in a row a pool is started again that broke before it gave a result."""

_settings: Settings | None = None  # of this worker process: a pool's initializer has no other way to its jobs


@dataclass(slots=True)
class _Waiting:
    """A job that was handed out, or a result that only waits for its turn."""

    job: Job | Result
    future: Future[Result] | None


class Workers:
    """A number of worker processes, to be used in a `with` statement.

    A job may take `timeout` seconds (None: any time). `window` jobs at most are under way or done and not yet taken, so
    that memory does not grow with their number. Leaving the `with` ends the processes and removes what they had
    half written.
    """

    def __init__(self, settings: Settings, count: int, *, timeout: float | None, window: int) -> None:
        self._settings = settings
        self._count = count
        self._timeout = timeout
        self._window = window
        self._waiting: deque[_Waiting] = deque()
        self._starts = 0
        self._pool: ProcessPool | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with _interrupts_held():
            self._stop()
            for waiting in self._waiting:
                if isinstance(waiting.job, Job):
                    _remove_part(waiting.job)

    def run(self, jobs: Iterable[Job | Result]) -> Iterator[Result]:
        """Results in the order of the jobs; a `Result` among them comes back at its place.

        Raises RuntimeError where worker processes cannot be started.
        """
        for job in jobs:
            while self._waiting and (len(self._waiting) >= self._window or self._first_is_done()):
                yield self._take()
            self._waiting.append(_Waiting(job, self._schedule(job)))
        while self._waiting:
            yield self._take()

    def _first_is_done(self) -> bool:
        future = self._waiting[0].future
        return future is None or future.done()

    def _take(self) -> Result:
        while True:
            first = self._waiting[0]
            try:
                result = _outcome(first)
            except BrokenProcessPool:
                self._restart()
                continue
            self._waiting.popleft()
            self._starts = 0
            return result

    def _schedule(self, job: Job | Result) -> Future[Result] | None:
        return None if isinstance(job, Result) else self._submit(job)

    def _submit(self, job: Job) -> Future[Result]:
        try:
            if self._pool is None:  # not before: where all is current, no worker is needed
                self._start()
            assert self._pool is not None
            future: Future[Result] = self._pool.schedule(_process, args=(job,), timeout=self._timeout)
        except RuntimeError as error:  # the pool broke since the last job; `_take` sees to it
            future = Future()
            future.set_exception(BrokenProcessPool(str(error)))
        return future

    def _start(self) -> None:
        # New interpreters, not forks: the parent has threads. Workers and the pool's threads inherit the signal mask
        # of this moment, so that Ctrl-C reaches this process alone, even while a worker is only starting.
        resource_tracker.ensure_running()  # whose start, in the midst of the pool's, would set the mask anew
        with _interrupts_held():
            self._pool = ProcessPool(  # known before an interrupt can come, so that it is stopped then
                max_workers=self._count,
                initializer=_install,
                initargs=(self._settings,),
                context=multiprocessing.get_context("spawn"),
            )
            if not self._pool.active:
                raise RuntimeError("worker processes do not start")

    def _stop(self) -> None:
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]
            self._pool.join()
            self._pool = None

    def _restart(self) -> None:
        # A worker that dies without a job at hand breaks the whole pool; what was not finished is done again.
        self._starts += 1
        if self._starts > STARTS:
            raise RuntimeError("worker processes do not start")
        self._stop()
        for waiting in self._waiting:
            if isinstance(waiting.job, Job) and (waiting.future is None or not _is_finished(waiting.future)):
                waiting.future = self._submit(waiting.job)


def _outcome(waiting: _Waiting) -> Result:
    if isinstance(waiting.job, Result):
        return waiting.job
    assert waiting.future is not None
    record = waiting.job.record
    try:
        return waiting.future.result()
    except TimeoutError as error:
        result = failed(record, "timeout", f"took longer than {error.args[1]:g} seconds")
    except ProcessExpired as error:
        result = failed(record, "crash", f"ended its worker process ({_ending(error.exitcode)})")
    _remove_part(waiting.job)
    return result


def _is_finished(future: Future[Result]) -> bool:
    return future.done() and not isinstance(future.exception(), BrokenProcessPool)


def _ending(code: int) -> str:
    try:
        return f"signal {signal.Signals(-code).name}"
    except ValueError:
        return f"exit code {code}"


def _remove_part(job: Job) -> None:
    if job.target is not None:
        discard_part(job.target)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Ctrl-C waits until the end of the block, where the system can do that."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _install(settings: Settings) -> None:
    global _settings
    _settings = settings
    # Loads what the first page would load, so that no page's time counts it.
    settings.cleaner.clean(b"<p>A paragraph.</p>", media_type=settings.warm_up)


def _process(job: Job) -> Result:
    assert _settings is not None
    return process(_settings, job)
