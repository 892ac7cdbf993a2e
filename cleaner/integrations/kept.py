"""Runners that stay between batches: an engine calls its function again and again in a process that lives on."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable
from contextlib import ExitStack

from cleaner.batch.jobs import Job, Result, Settings
from cleaner.batch.run import Here, runner_of
from cleaner.batch.workers import Workers

MOST = 4
"""Runners that a process keeps, each with worker processes; the one that was used longest ago goes first."""


class Kept:
    """A runner for settings that are made when the first job comes. Threads take turns."""

    def __init__(self, settings: Callable[[], Settings], workers: int, timeout: float | None) -> None:
        self._settings = settings
        self._workers = workers
        self._timeout = timeout
        self._lock = threading.Lock()
        self._stack = ExitStack()
        self._runner: Workers | Here | None = None

    def results(self, jobs: Iterable[Job]) -> list[Result]:
        """The results of the jobs, in their order.

        Raises RuntimeError where worker processes do not start, and whatever the settings and `jobs` raise.
        """
        with self._lock:
            try:
                return list(self._opened().run(jobs))
            except BaseException:  # what is under way has nobody to take it
                self._end()
                raise

    def close(self) -> None:
        """Ends the worker processes. With another job they start again."""
        with self._lock:
            self._end()

    def _opened(self) -> Workers | Here:
        if self._runner is None:
            # The cleaner is one of ours: its workers need nothing of the script that this process runs.
            self._runner = runner_of(self._settings(), self._workers, self._timeout, imports_main=False)
            self._stack.enter_context(self._runner)
        return self._runner

    def _end(self) -> None:
        self._runner = None
        self._stack.close()


class _All:
    """The runners of this process by their keys, what was used last at the end."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.kept: dict[str, Kept] = {}

    def get(self, key: str, make: Callable[[], Kept]) -> Kept:
        with self.lock:
            found = self.kept.pop(key, None) or make()
            self.kept[key] = found
            old = self.kept.pop(next(iter(self.kept))) if len(self.kept) > MOST else None
        if old is not None:
            old.close()
        return found


_ALL = _All()


def kept(key: str, make: Callable[[], Kept]) -> Kept:
    """The runner that this process keeps under a key; the first call makes it."""
    return _ALL.get(key, make)


def _forget() -> None:
    """A process that was forked has none: the workers are its parent's."""
    global _ALL
    _ALL = _All()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
