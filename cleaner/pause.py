"""Python's search for reference cycles, held off while a page is cleaned.

A page makes tens of thousands of objects that all live until it is done and hardly any cycle, so that the search finds
nothing: it took a tenth of the time of a page, most of it in passes over all objects of the process.
"""

from __future__ import annotations

import gc
import os
from threading import Lock
from types import TracebackType

_MANY = 200_000
"""Objects, made since the last search and still there, at which it is made between two pages of other threads."""


class CollectionPause:
    """Holds off the cyclic garbage collection of the process as long as a thread is inside.

    With threads that are never all outside, a page that leaves many objects is followed by a search. Collection that
    was off before stays off. The switch belongs to the process, so that all callers share one pause.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._inside = 0
        self._was_on = False

    def __enter__(self) -> None:
        with self._lock:
            if not self._inside:
                self._was_on = gc.isenabled()
                gc.disable()
            self._inside += 1

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with self._lock:
            self._inside = max(self._inside - 1, 0)  # a process that was forked inside has forgotten its threads
            if not self._inside and self._was_on:
                gc.enable()
            is_due = self._inside > 0 and self._was_on and gc.get_count()[0] > _MANY
        if is_due:  # outside the lock, because a finalizer may clean a page
            gc.collect()

    def forget_threads(self) -> None:
        """Starts anew in a process that was forked, which has none of the threads that were inside."""
        self._lock = Lock()
        if self._inside and self._was_on:
            gc.enable()
        self._inside = 0


COLLECTION_PAUSE = CollectionPause()
if hasattr(os, "register_at_fork"):  # not on Windows, which does not fork
    os.register_at_fork(after_in_child=COLLECTION_PAUSE.forget_threads)
