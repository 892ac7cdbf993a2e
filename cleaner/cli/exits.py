"""The exit codes, and the signals that end a command."""

from __future__ import annotations

import signal
from enum import IntEnum


class Exit(IntEnum):
    """The exit codes of all commands. What ends a command by a signal has 128 and the signal's number."""

    meaning: str
    """For the help and the manual."""

    def __new__(cls, code: int, meaning: str) -> Exit:
        member = int.__new__(cls, code)
        member._value_ = code
        member.meaning = meaning
        return member

    DONE = 0, "all is well"
    FAILURES = 1, "some inputs have no output, or a rule's test fails"
    USAGE = 2, "the command line makes no sense, or there is nothing to do"
    RULES = 3, "a rule file has a mistake"
    BROKEN_OFF = 4, "the output cannot be written, or no worker process starts"
    HANGUP = 129, "the terminal was closed (SIGHUP)"
    INTERRUPTED = 130, "interrupted (SIGINT, Ctrl-C)"
    TERMINATED = 143, "terminated (SIGTERM)"


EXIT_CODES = "\b\nExit codes:\n" + "\n".join(f"  {code:<4} {code.meaning}" for code in Exit)
"""The end of every command's help."""
ENDING_SIGNALS = {
    code - 128: code for code in Exit if code > 128 and code - 128 in {int(number) for number in signal.valid_signals()}
}


class EndedBySignal(KeyboardInterrupt):
    """A signal that ends the command, as an exception."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.code = ENDING_SIGNALS[number]
