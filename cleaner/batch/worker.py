"""What a worker process does: it is set up, then it cleans one page after another until it is killed."""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import signal
from enum import Enum, auto
from multiprocessing.connection import Connection
from types import FrameType

from cleaner.batch.interrupts import SIGNALS
from cleaner.batch.jobs import Settings, process, told

LOOK = 1.0
"""Seconds after which a worker looks whether the process that started it is still there."""


class Says(Enum):
    """What a worker says before its first job. Where it cannot be set up, it sends the reason, a `str`, instead."""

    STARTED = auto()
    """The interpreter runs and waits for the settings."""
    READY = auto()
    """Everything is loaded. Jobs may come."""


def serve(pipe: Connection) -> None:
    """Answers jobs that come through the pipe, until the process is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the calling process ends its workers
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
    _end_with_parent()
    try:
        pipe.send(Says.STARTED)
        settings = _settings(*pipe.recv())
        pipe.send(Says.READY if isinstance(settings, Settings) else settings)
        while isinstance(settings, Settings):
            pipe.send(process(settings, pipe.recv()))
    except Exception:
        os._exit(1)  # the pipe is closed, or there is no memory for a page; a traceback would tell nobody more


def _settings(packed: bytes, media_type: str | None) -> Settings | str:
    """The settings, or why they cannot be used."""
    try:
        settings: Settings = pickle.loads(packed)
        # Loads what the first page would load, so that no page's time counts it. HTML takes half a second more.
        warm_up = "text/plain" if media_type == "text/plain" else "text/html"
        settings.cleaner.clean(b"<p>A paragraph.</p>", media_type=warm_up)
        gc.freeze()  # rules and modules stay: a search for cycles in pages need not look at them
    except Exception as error:
        return told(error)
    return settings


def _end_with_parent() -> None:
    """Ends this process soon after the one that started it, whatever page it works on, where the system has timers.

    Elsewhere it ends after the page, when it finds its pipe closed. A thread would need 64 MB of address space.
    """
    parent = multiprocessing.parent_process()
    if parent is None or not hasattr(signal, "setitimer"):
        return

    def look(number: int, frame: FrameType | None) -> None:
        if os.getppid() != parent.pid:
            os._exit(1)

    signal.signal(signal.SIGALRM, look)
    signal.siginterrupt(signal.SIGALRM, False)
    signal.setitimer(signal.ITIMER_REAL, LOOK, LOOK)
