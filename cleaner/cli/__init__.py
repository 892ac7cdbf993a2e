"""The command line: the commands, and how they end."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

import click

from cleaner.cli.clean import clean
from cleaner.cli.explain import explain
from cleaner.cli.mistakes import Commands, told
from cleaner.cli.options import EXIT_INTERRUPTED, EXIT_USAGE, version
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

\b
Exit codes:
  0    all is well
  1    some inputs have no output, or a rule's test fails
  2    the command line makes no sense
  3    a rule file has a mistake
  130  interrupted (Ctrl-C)
"""


class OneLineErrors(Commands):
    """A group whose errors are one line each, on standard error, beginning with the program's name."""

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> NoReturn:
        """Runs the command line and leaves the process with the exit code."""
        sys.exit(self._exit_code(args, *rest, **(extra | {"standalone_mode": False})))

    def _exit_code(self, *args: Any, **extra: Any) -> int:
        try:
            given = super().main(*args, **extra)
            return given if isinstance(given, int) else 0
        except click.exceptions.NoArgsIsHelpError as error:
            error.show()
            return EXIT_USAGE
        except click.UsageError as error:
            command = error.ctx.command_path if error.ctx else "cleaner"
            click.echo(f"{command}: {told(error)} (see '{command} --help')", err=True)
            return EXIT_USAGE
        except click.ClickException as error:
            error.show()
            return error.exit_code
        except click.Abort:
            click.echo("cleaner: interrupted", err=True)
            return EXIT_INTERRUPTED
        except BrokenPipeError:
            # Whoever read our output has seen enough. What is left in the buffer must not fail once more at the exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 1


def _print_version(context: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked:
        click.echo(f"cleaner {version()}")
        context.exit()


@click.group(cls=OneLineErrors, help=HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_print_version, help="Print the version."
)
def cli() -> None:
    """Holds the commands."""


@cli.command()
def schema() -> None:
    """Print the JSON Schema of the documents that cleaner writes."""
    import json

    from cleaner.writers.schema import document_schema

    click.echo(json.dumps(document_schema(), indent=2, ensure_ascii=False))


for command in (clean, explain, rules):
    cli.add_command(command)


def main() -> NoReturn:
    """The entry point of the `cleaner` script."""
    cli.main(prog_name="cleaner")
