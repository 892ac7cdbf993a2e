"""Errors of the command line. Each ends the command with its exit code."""

from __future__ import annotations

from typing import IO, Any

import click

from cleaner.cli.exits import EndedBySignal, Exit


class Failed(click.ClickException):
    """Ends the command with a line for each message."""

    exit_code = Exit.FAILURES

    def __init__(self, *messages: str) -> None:
        self.messages = messages
        super().__init__("\n".join(messages))

    def show(self, file: IO[Any] | None = None) -> None:
        """Prints the messages on standard error."""
        for message in self.messages:
            click.echo(f"cleaner: {message}", file=file, err=True)


class BadRules(Failed):
    """Ends the command for mistakes in rule files."""

    exit_code = Exit.RULES


class BrokenOff(Failed):
    """Ends the command where going on makes no sense."""

    exit_code = Exit.BROKEN_OFF


class Stopped(Exception):
    """Ends the command for a signal; `told` says what has been done."""

    def __init__(self, cause: BaseException | None, told: str = "") -> None:
        self.code = cause.code if isinstance(cause, EndedBySignal) else Exit.INTERRUPTED
        super().__init__(self.code.name.lower() + (f": {told}" if told else ""))
