"""Signals that end the command, held back while something must not be left half done."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))


@contextmanager
def interrupts_held() -> Iterator[None]:
    """Signals that a handler turns into an exception wait until the end of the block.

    Processes that are started in the block are born with these signals blocked, where the system can do that.
    """
    caught: list[int] = []

    def note(number: int, _: FrameType | None) -> None:
        caught.append(number)

    # Blocking alone holds nothing back where another thread takes the signal: Python's handler then runs here.
    in_main = threading.current_thread() is threading.main_thread()
    handlers = {number: signal.getsignal(number) for number in SIGNALS if callable(signal.getsignal(number))}
    if in_main:
        for number in handlers:
            signal.signal(number, note)
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS) if hasattr(signal, "pthread_sigmask") else None
    try:
        yield
    finally:
        if blocked is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
        if in_main:
            for number, handler in handlers.items():
                signal.signal(number, handler)
            for number in caught[:1]:
                signal.raise_signal(number)
