"""`cleaner explain`: the page with what was kept and what was dropped, and why."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cleaner.cli.errors import BrokenOff, Failed
from cleaner.cli.exits import EXIT_CODES
from cleaner.cli.explained_lines import ONLY, chosen_blocks, lines_of
from cleaner.cli.options import CleanerOptions, page_options, rule_options, standard_input

if TYPE_CHECKING:
    from rich.console import Console

    from cleaner.cli.explained_lines import Style
    from cleaner.explanation import ExplainedBlock, Explanation
    from cleaner.readers import Record

EPILOG = """\
\b
Examples:
  cleaner explain page.html                   kept and dropped blocks, with reasons and selectors
  cleaner explain page.html --only edges      where the content begins and ends
  cleaner explain page.html --grep newsletter all that is known of some blocks
  cleaner explain page.html --html why.html   a page to look at in a browser
  cleaner explain page.html --rules my.yaml --diff
  cleaner explain page.html --json | jq '.blocks[] | select(.kept | not)'

"""


@click.command(epilog=EPILOG + EXIT_CODES)
@click.argument("file", metavar="FILE")
@rule_options
@page_options
@click.option(
    "--only", type=click.Choice(ONLY), help="Only these blocks; edges: the first and last kept, and beside them."
)
@click.option("--grep", "pattern", metavar="PATTERN", help="Only blocks whose text, element or selector contains it.")
@click.option("--details/--no-details", default=None, help="All that is known of each block; with --grep and edges.")
@click.option("--json", "as_json", is_flag=True, help="For programs: every block with its decisions.")
@click.option("--document", is_flag=True, help="With --json: the document, too.")
@click.option(
    "--html", "html", metavar="FILE", help="Write a page for a browser, with the blocks in colour; - to print it."
)
@click.option("--diff", is_flag=True, help="A unified diff of the text as it was read and as it was kept.")
def explain(
    file: str,
    rules: tuple[str, ...],
    disable: tuple[str, ...],
    no_shipped_rules: bool,
    no_project: bool,
    url: str | None,
    media_type: str | None,
    only: str | None,
    pattern: str | None,
    details: bool | None,
    as_json: bool,
    document: bool,
    html: str | None,
    diff: bool,
    **content: Any,
) -> None:
    """Show what was kept of a page and what was dropped, why, and what would have to change.

    FILE is a file, or - for standard input. Colours are left out in a pipe and where NO_COLOR is set.
    """
    _check_options(as_json, document, html, diff, blocks=only is not None or pattern is not None)
    record = _record(file, url, media_type)
    choice = CleanerOptions(rules, disable, not no_shipped_rules, content, not no_project)
    explanation = _explain(record, choice)
    for warning in explanation.document.warnings:
        click.echo(f"cleaner: {record.shown}: warning: {' '.join(warning.split())}", err=True)
    if diff:
        _print_diff(diff_lines(explanation, record.shown))
        return
    if html is not None:
        _write_html(explanation.to_html(record.shown), html)
        return
    blocks = chosen_blocks(explanation, only, pattern)
    if as_json:
        told = replace(explanation, blocks=blocks).to_dict(document=document)
        click.echo(json.dumps(told, indent=2, ensure_ascii=False))
    else:
        shows_all = details if details is not None else pattern is not None or only == "edges"
        _print_blocks(explanation, blocks, record.shown, details=shows_all)


def _check_options(as_json: bool, document: bool, html: str | None, diff: bool, *, blocks: bool) -> None:
    """Raises click.UsageError for options that exclude each other."""
    forms = [name for name, given in (("--json", as_json), ("--diff", diff), ("--html", html is not None)) if given]
    if len(forms) > 1:
        raise click.UsageError(f"{forms[0]} and {forms[1]} exclude each other")
    if blocks and forms and forms[0] != "--json":
        raise click.UsageError(f"{forms[0]} shows all blocks: --only and --grep are for text and --json")
    if document and not as_json:
        raise click.UsageError("--document is for --json")


def _record(file: str, url: str | None, media_type: str | None) -> Record:
    from cleaner.readers import InputError, find_files, holds_many
    from cleaner.readers.files import is_single_file

    if file == "-":
        found = standard_input()
        if found.kind is not None:
            raise click.UsageError("explain takes one page, and standard input holds many")
        return next(found.records(url=url, media_type=media_type))
    if holds_many(file):
        raise click.UsageError(f"{file}: explain takes one page, and this file holds many")
    try:
        records = list(find_files([file], url=url, media_type=media_type)) if is_single_file([file]) else []
    except InputError as error:
        raise click.UsageError(str(error)) from None
    if not records:
        raise click.UsageError(f"{file}: explain takes one file")
    return records[0]


def _explain(record: Record, choice: CleanerOptions) -> Explanation:
    from cleaner.readers import ReadFailure

    cleaner = choice.cleaner(choice.load())
    try:
        record = record.loaded()
    except ReadFailure as failure:
        raise Failed(f"{record.shown}: {failure}") from None
    assert record.data is not None
    return cleaner.explain(record.data, url=record.url, media_type=record.media_type, language=record.language)


def diff_lines(explanation: Explanation, name: str) -> Iterator[str]:
    """A unified diff: the text of the blocks as they were read, and of those that the document has."""
    from difflib import unified_diff

    before = _lines(block.original for block in explanation.blocks)
    after = _lines(block.text or block.caption or "" for block in explanation.document.blocks)
    yield from unified_diff(before, after, f"{name} (read)", f"{name} (kept)", lineterm="")


def _lines(texts: Iterator[str]) -> list[str]:
    return "\n\n".join(text for text in texts if text).split("\n")


def _write_html(page: str, target: str) -> None:
    if target == "-":
        click.echo(page, nl=False)
        return
    from cleaner.batch.writing import write_output

    try:
        write_output(Path(target), page.encode("utf-8"))
    except OSError as error:
        raise BrokenOff(f"{target}: {error.strerror or error}") from None


def _print_blocks(explanation: Explanation, blocks: tuple[ExplainedBlock, ...], name: str, *, details: bool) -> None:
    console = _console()
    if not console.is_terminal:
        for line in lines_of(explanation, blocks, name, details=details, width=None):
            click.echo("".join(piece.text for piece in line))
        return
    from rich.text import Text

    with console.capture() as shown:
        for line in lines_of(explanation, blocks, name, details=details, width=console.width):
            console.print(Text.assemble(*((piece.text, _STYLES[piece.style]) for piece in line)))
    _page(shown.get(), console)


_STYLES: dict[Style, str] = {
    "kept": "green",
    "heading": "bold green",
    "dropped": "red",
    "dim": "dim",
    "bold": "bold",
    "note": "yellow",
    "plain": "",
}


def _page(text: str, console: Console) -> None:
    """Prints a text, in a pager if it is longer than the terminal."""
    if text.count("\n") < console.height:
        click.echo(text, nl=False, color=True)
        return
    os.environ.setdefault("LESS", "FRX")  # colours, and no page for what fits
    click.echo_via_pager(text, color=True)


def _print_diff(lines: Iterator[str]) -> None:
    from rich.text import Text

    console = _console()
    styles = {"-": "red", "+": "green", "@": "cyan"}
    for line in lines:
        if console.is_terminal:
            console.print(Text(line, style=styles.get(line[:1], "")), soft_wrap=True)
        else:
            click.echo(line)


def _console() -> Console:
    from rich.console import Console

    return Console(highlight=False, emoji=False, markup=False)
