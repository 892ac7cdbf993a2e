"""Worker processes: jobs in, results out in the same order, whatever a job does to its process.

The calling thread does all of it. It hands jobs to each worker over a pipe of that worker's own, and waits for what
comes first: an answer, the end of a process, or a deadline. Workers share no lock and no pipe, so none of them can
block another one by its death.
"""

from __future__ import annotations

import multiprocessing
import pickle
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, field
from multiprocessing import connection, resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from types import TracebackType
from typing import Any, Self

from cleaner.batch.interrupts import interrupts_held
from cleaner.batch.jobs import FailureKind, Job, Result, Settings, failed, told
from cleaner.batch.worker import Says, serve
from cleaner.batch.writing import discard_part

STARTS = 3
"""How many workers in a row may fail to start before no further one is tried."""
START_TIMEOUT = 60.0
"""Seconds that a worker may take to start: about half a second is usual."""
END_TIMEOUT = 5.0
"""Seconds to wait for the end of a process that was killed; only a file system that hangs keeps it longer."""
AT_HAND = 3
"""Jobs that a worker may have, the one that it works on included, so that it need not wait for the next one."""
SMALL = 2000
"""Characters of a job that may wait in a worker's pipe. A larger one could block the sender while it is busy."""
HINT = 'each needs memory of its own, and a script that starts a batch needs `if __name__ == "__main__":`'
"""What to look at where a worker ended before it could say why."""


HELD = 32_000_000
"""Bytes of pages under way for each worker; the last one may go beyond it."""


@dataclass(slots=True, eq=False)
class _Entry:
    """A job with its result, once that is known; it waits until the results before it are taken."""

    job: Job | None
    result: Result | None = None
    tries: int = 0
    """How often an idle worker died when it was sent."""

    @property
    def size(self) -> int:
        """Bytes (or characters) of the page, where it came with its data."""
        return len(self.job.record.data or "") if self.job is not None else 0

    @property
    def is_small(self) -> bool:
        """Whether it may wait in a worker's pipe."""
        if self.job is None:
            return True
        record = self.job.record
        parts = (record.name, record.path, record.data, record.url, record.media_type, str(self.job.target or ""))
        notes = record.metadata.values()
        if not all(isinstance(note, str | int | float) for note in notes):
            return False
        written = (*record.metadata, *(note for note in notes if isinstance(note, str)))
        return sum(len(part) for part in (*parts, *written) if part is not None) <= SMALL

    def fail(self, kind: FailureKind, reason: str) -> None:
        """Makes a failure its result."""
        assert self.job is not None
        self.result = failed(self.job.record, kind, reason)

    def discard_part(self) -> None:
        """Removes what a worker that was killed had written."""
        if self.job is not None and self.job.target is not None:
            discard_part(self.job.target)


@dataclass(slots=True, eq=False)
class _Worker:
    """A worker process, and what it has to do."""

    process: SpawnProcess
    pipe: Connection
    since: float
    """When it was started or began its first entry, on the monotonic clock."""
    entries: deque[_Entry] = field(default_factory=deque)
    """What it was given. It works on the first one."""
    ready: bool = False

    def take(self, entry: _Entry) -> None:
        """Notes an entry that it was given."""
        if not self.entries:
            self.since = time.monotonic()
        self.entries.append(entry)

    def answer(self, result: Result) -> None:
        """Notes the result of the entry that it worked on. It goes on with the next one."""
        self.entries.popleft().result = result
        self.since = time.monotonic()

    def kill(self) -> None:
        """Ends the process, which has nothing of its own to tidy up."""
        self.process.kill()
        self.process.join(END_TIMEOUT)
        self.pipe.close()
        for entry in self.entries:
            entry.discard_part()


class Workers:
    """At most `count` worker processes, to be used in a `with` statement; they start when there is a job for them.

    A job may take `timeout` seconds (None: any time). At most `window` jobs are under way or done and not yet taken, so
    that memory does not grow with their number. Leaving the `with` ends the processes and removes what they had
    half written.

    Workers import the script that the calling process runs, as `multiprocessing` does: the cleaner may be of a class
    that is defined there. Where `imports_main` is false they do not, and the script needs no `__main__` guard.
    """

    def __init__(
        self, settings: Settings, count: int, *, timeout: float | None, window: int, imports_main: bool = True
    ) -> None:
        self._settings = settings
        self._packed = b""
        self._count = count
        self._timeout = timeout
        self._window = window
        self._main: AbstractContextManager[None] = nullcontext() if imports_main else _MainHidden()
        self._entries: deque[_Entry] = deque()
        self._held = 0
        """Bytes of the pages in them."""
        self._waiting: deque[_Entry] = deque()
        self._workers: list[_Worker] = []
        self._failed_starts = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with interrupts_held():
            for worker in self._workers:
                worker.process.kill()  # all of them, before any is waited for
            for worker in self._workers:
                worker.kill()
            self._workers.clear()

    def run(self, jobs: Iterable[Job | Result]) -> Iterator[Result]:
        """Results in the order of the jobs; a `Result` among them comes back at its place.

        Raises RuntimeError where worker processes do not start.
        """
        for job in jobs:
            self._add(job)
            self._work(wait=False)
            yield from self._done()
            while len(self._entries) >= self._window or (self._entries and self._held > self._count * HELD):
                self._work(wait=True)
                yield from self._done()
        while self._entries:
            self._work(wait=True)
            yield from self._done()

    def untaken(self) -> Iterator[Result]:
        """Results that `run` has not given, since an earlier one was not there when it ended."""
        return (entry.result for entry in self._entries if entry.result is not None)

    def _add(self, job: Job | Result) -> None:
        entry = _Entry(None, job) if isinstance(job, Result) else _Entry(job)
        self._entries.append(entry)
        self._held += entry.size
        if entry.result is None:
            self._waiting.append(entry)

    def _done(self) -> Iterator[Result]:
        while self._entries and (result := self._entries[0].result) is not None:
            self._held -= self._entries.popleft().size
            yield result

    def _work(self, *, wait: bool) -> None:
        """Hands out jobs and takes what has come; with `wait`, not before something has come or a time is over."""
        self._hand_out()
        for worker in self._heard(self._patience() if wait else 0):
            self._listen(worker)
        self._end_late()
        self._hand_out()

    def _hand_out(self) -> None:
        while self._waiting and self._give(self._waiting[0]):
            pass
        starting = sum(not worker.ready for worker in self._workers)
        while starting < len(self._waiting) and len(self._workers) < self._count:
            self._start()
            starting += 1

    def _give(self, entry: _Entry) -> bool:
        """Gives the first entry that waits to a worker, if one may have it."""
        ahead = len(self._waiting) > self._count and entry.is_small  # the last pages are for whoever is idle
        limit = AT_HAND if ahead else 1
        able = [worker for worker in self._workers if worker.ready and len(worker.entries) < limit]
        if not able:
            return False
        self._waiting.popleft()
        self._send(min(able, key=lambda worker: len(worker.entries)), entry)
        return True

    def _send(self, worker: _Worker, entry: _Entry) -> None:
        try:
            worker.pipe.send(entry.job)
        except OSError:  # the worker has died
            entry.tries += not worker.entries
            if entry.tries > 1:
                entry.fail("crash", "ended the worker processes that it was sent to")
            else:
                self._waiting.appendleft(entry)
            while worker in self._workers:  # its last answer may be there
                self._listen(worker)
        except Exception as error:
            entry.fail("error", told(error))
        else:
            worker.take(entry)

    def _start(self) -> None:
        self._packed = self._packed or pickle.dumps(self._settings)
        context = multiprocessing.get_context("spawn")  # no fork: the calling process may have threads
        resource_tracker.ensure_running()  # its start would let signals through
        # No process starts without being known here; a terminal's Ctrl-C is not for workers.
        with interrupts_held(), self._main:
            here, there = context.Pipe()
            worker = _Worker(context.Process(target=serve, args=(there,), daemon=True), here, time.monotonic())
            try:
                worker.process.start()
            except OSError as error:
                here.close()
                self._start_failed(error.strerror or str(error))
            else:
                self._workers.append(worker)
            finally:
                there.close()

    def _heard(self, seconds: float | None) -> list[_Worker]:
        """The workers of which something has come within the time: a message or their end."""
        by_object: dict[Any, _Worker] = {worker.pipe: worker for worker in self._workers}
        by_object |= {worker.process.sentinel: worker for worker in self._workers}
        if not by_object:
            return []
        return list(dict.fromkeys(by_object[heard] for heard in connection.wait(by_object, seconds)))

    def _patience(self) -> float | None:
        """Seconds until the first deadline."""
        deadlines = [worker.since + limit for worker in self._workers if (limit := self._limit(worker)) is not None]
        return max(0.0, min(deadlines) - time.monotonic()) if deadlines else None

    def _limit(self, worker: _Worker) -> float | None:
        if not worker.ready:
            return START_TIMEOUT
        return self._timeout if worker.entries else None

    def _listen(self, worker: _Worker) -> None:
        try:
            message = worker.pipe.recv() if worker.pipe.poll() else None  # none: only the process has ended
        except (EOFError, OSError):
            message = None
        match message:
            case Result():
                worker.answer(message)
            case Says.STARTED:
                self._set_up(worker)
            case Says.READY:
                worker.ready = True
                self._failed_starts = 0
            case _:
                self._ended(worker, message)

    def _set_up(self, worker: _Worker) -> None:
        worker.since = time.monotonic()
        jobs = (entry.job for entry in self._entries if entry.job is not None)
        media_type = next((job.record.media_type for job in jobs), None)
        with suppress(OSError):  # its end will be heard
            worker.pipe.send((self._packed, media_type))

    def _end_late(self) -> None:
        now = time.monotonic()
        for worker in list(self._workers):
            limit = self._limit(worker)
            if limit is None or now - worker.since < limit or worker.pipe.poll():
                continue
            reason = f"took longer than {limit:g} seconds"
            if worker.ready:
                self._bury(worker, "timeout", reason)
            else:
                self._bury(worker)
                self._start_failed(f"one {reason}")

    def _ended(self, worker: _Worker, reason: str | None = None) -> None:
        worker.process.join(1)  # its pipe may close a moment before it ends
        ending = _ending(worker.process.exitcode)
        self._bury(worker, "crash", f"ended its worker process ({ending})")
        if not worker.ready:
            self._start_failed(reason or f"{ending}; {HINT}")

    def _bury(self, worker: _Worker, kind: FailureKind = "crash", reason: str = "") -> None:
        """Ends a worker. What it worked on has failed; what it had not begun goes to others."""
        with interrupts_held():
            worker.kill()
            self._workers.remove(worker)
        if worker.entries:
            worker.entries.popleft().fail(kind, reason)
        self._waiting.extendleft(reversed(worker.entries))

    def _start_failed(self, reason: str) -> None:
        self._failed_starts += 1
        if self._failed_starts > STARTS:
            if not self._workers:
                raise RuntimeError(f"worker processes do not start: {reason}")
            self._count = len(self._workers)  # those that run do the rest


class _MainHidden(AbstractContextManager[None]):
    """Keeps `multiprocessing` from telling a new process what script this one runs.

    There is no option for it: it looks at the module's file and at the name that it was started by.
    """

    _lock = threading.Lock()

    def __enter__(self) -> None:
        self._lock.acquire()
        main = vars(sys.modules["__main__"])
        self._known: dict[str, Any] = {name: main.pop(name) for name in ("__file__", "__spec__") if name in main}
        main["__spec__"] = None

    def __exit__(self, *_: object) -> None:
        vars(sys.modules["__main__"]).update(self._known)
        self._lock.release()


def _ending(code: int | None) -> str:
    if code is None:
        return "its pipe is closed"
    try:
        return f"signal {signal.Signals(-code).name}"
    except ValueError:
        return f"exit code {code}"
