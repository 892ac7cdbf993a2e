"""All commands, and how their errors are told."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

import click

from cleaner.cli.clean import clean
from cleaner.cli.errors import BrokenOff, Stopped
from cleaner.cli.exits import EXIT_CODES, Exit
from cleaner.cli.explain import explain
from cleaner.cli.mistakes import Commands, told
from cleaner.cli.options import version
from cleaner.cli.rules import rules

HELP = """\
Scraped pages and flattened text in, the document that its author wrote out.

\b
Examples:
  cleaner clean page.html                     one page as Markdown, in the terminal
  cleaner clean pages/ -o out/                a folder of pages, one Markdown file each
  cleaner clean pages/ -o all.jsonl           the same as one JSON document a line
  cleaner explain page.html                   what was removed, and why
  cleaner rules list                          the rules that decide
"""


class OneLineErrors(Commands):
    """A group whose errors are one line each, on standard error, beginning with the program's name."""

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> NoReturn:
        """Runs the command line and leaves the process with the exit code."""
        sys.exit(self._exit_code(args, *rest, **(extra | {"standalone_mode": False})))

    def _exit_code(self, *args: Any, **extra: Any) -> int:
        try:
            given = super().main(*args, **extra)
            _flush()
            return given if isinstance(given, int) else Exit.DONE
        except click.exceptions.NoArgsIsHelpError as error:
            error.show()
            return Exit.USAGE
        except click.UsageError as error:
            command = error.ctx.command_path if error.ctx else "cleaner"
            click.echo(f"{command}: {told(error)} (see '{command} --help')", err=True)
            return Exit.USAGE
        except click.ClickException as error:
            error.show()
            return error.exit_code
        except (Stopped, click.Abort) as error:
            stopped = error if isinstance(error, Stopped) else Stopped(error.__cause__)
            click.echo(f"cleaner: {stopped}", err=True)
            return stopped.code
        except BrokenPipeError:
            return Exit.FAILURES  # whoever read our output has seen enough
        except OSError as error:
            broken = BrokenOff(f"{error.filename or 'standard output'}: {error.strerror or error}")
            broken.show()
            return broken.exit_code
        finally:
            _drop_unwritten()

    def invoke(self, ctx: click.Context) -> Any:
        """Runs a command."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as error:
            raise Stopped(error) from None


def _flush() -> None:
    if sys.stdout is not None:  # it is None where it was closed before the start
        sys.stdout.flush()


def _drop_unwritten() -> None:
    """Gives up what standard output does not take, so that it does not fail once more when the process ends."""
    try:
        _flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _print_version(context: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked:
        click.echo(f"cleaner {version()}")
        context.exit()


@click.group(cls=OneLineErrors, help=HELP, epilog=EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_print_version, help="Print the version."
)
def cli() -> None:
    """Holds the commands."""


@cli.command()
@click.option("--explain", "of_explain", is_flag=True, help="That of `cleaner explain --json` instead.")
def schema(of_explain: bool) -> None:
    """Print the JSON Schema of the documents that cleaner writes."""
    import json

    if of_explain:
        from cleaner.writers.explanation_schema import explanation_schema as schema_of
    else:
        from cleaner.writers.schema import document_schema as schema_of

    click.echo(json.dumps(schema_of(), indent=2, ensure_ascii=False))


for command in (clean, explain, rules):
    cli.add_command(command)
