"""The entry point of the `cleaner` script.

It imports little: until `main` handles signals, Ctrl-C ends Python with a traceback.
"""

from __future__ import annotations

import signal
import sys
from types import FrameType
from typing import NoReturn

from cleaner.cli.exits import ENDING_SIGNALS, EndedBySignal


def main() -> NoReturn:
    """Runs the command line, and ends the process with an exit code of `Exit`."""
    # Signals that are ignored, as by `nohup`, stay ignored.
    handled = [number for number in ENDING_SIGNALS if signal.getsignal(number) is not signal.SIG_IGN]
    try:
        for number in handled:
            signal.signal(number, _end)
        from cleaner.cli.commands import cli

        cli.main(prog_name="cleaner")
    except EndedBySignal as error:  # before the command or after it
        sys.exit(error.code)
    finally:
        for number in handled:  # what comes now ends the process without a word
            signal.signal(number, signal.SIG_DFL)


def _end(number: int, _: FrameType | None) -> None:
    raise EndedBySignal(number)
