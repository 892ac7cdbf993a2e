"""Mistakes in a command line, told in words of our own: those of click differ between its releases."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click


class Commands(click.Group):
    """A group of commands that guesses what an unknown one was meant to be."""

    def resolve_command(
        self, context: click.Context, words: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Finds the command that the first word names. Raises click.UsageError for an unknown one."""
        if words[0] not in self.commands:
            raise click.UsageError(f"unknown command {words[0]!r}{_guess(words[0], self.commands)}", context)
        return super().resolve_command(context, words)


def told(error: click.UsageError) -> str:
    """Tells what is wrong, in one line without the command's name."""
    match error:
        case click.NoSuchOption():
            return f"unknown option {error.option_name!r}{_guess(error.option_name, _options(error.ctx))}"
        case click.BadOptionUsage():
            return f"{error.option_name}: its value is missing, or it takes none"
        case click.MissingParameter(param=click.Parameter() as parameter):
            return f"{_name(parameter)} is missing"
        case click.BadParameter(param=click.Parameter() as parameter):
            return f"{_name(parameter)} needs {_wanted(parameter.type)}"
    return error.format_message()


def _guess(word: str, known: Iterable[str]) -> str:
    from cleaner.rules.source import did_you_mean

    return did_you_mean(word, known)


def _options(context: click.Context | None) -> list[str]:
    parameters = context.command.get_params(context) if context else []
    return [name for parameter in parameters if isinstance(parameter, click.Option) for name in parameter.opts]


def _name(parameter: click.Parameter) -> str:
    if isinstance(parameter, click.Option):
        return max(parameter.opts, key=len)
    return parameter.human_readable_name


def _wanted(kind: click.ParamType[Any]) -> str:
    match kind:
        case click.Choice(choices=choices):
            return f"one of {', '.join(choices)}"
        case click.IntRange(min=least, max=None):
            return f"a whole number, at least {least}"
        case click.IntRange(min=least, max=most):
            return f"a whole number, {least} to {most}"
        case click.FloatRange(min=least):
            return f"a number, at least {least}"
        case click.Path():
            return "a file that exists"
    return "another value"
