"""`cleaner explain`: the page with what was kept and what was dropped, and why."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from cleaner.cli.errors import Failed
from cleaner.cli.exits import EXIT_CODES
from cleaner.cli.options import CleanerOptions, page_options, rule_options, standard_input

if TYPE_CHECKING:
    from rich.console import Console

    from cleaner.explanation import ExplainedBlock, Explanation
    from cleaner.readers import Record

EPILOG = """\
\b
Examples:
  cleaner explain page.html                   kept and dropped blocks, with reasons
  cleaner explain page.html --rules my.yaml --diff
  cleaner explain page.html --json | jq '.blocks[] | select(.kept | not)'

"""


SCORE = "content.score"


@click.command(epilog=EPILOG + EXIT_CODES)
@click.argument("file", metavar="FILE")
@rule_options
@page_options
@click.option("--json", "as_json", is_flag=True, help="For programs: every block with its decisions.")
@click.option("--diff", is_flag=True, help="A unified diff of the text as it was read and as it was kept.")
def explain(
    file: str,
    rules: tuple[str, ...],
    disable: tuple[str, ...],
    no_shipped_rules: bool,
    no_project: bool,
    url: str | None,
    media_type: str | None,
    as_json: bool,
    diff: bool,
    **content: Any,
) -> None:
    """Show what was kept of a page and what was dropped, and why.

    FILE is a file, or - for standard input. Colours are left out in a pipe and where NO_COLOR is set.
    """
    if as_json and diff:
        raise click.UsageError("--json and --diff exclude each other")
    record = _record(file, url, media_type)
    choice = CleanerOptions(rules, disable, not no_shipped_rules, content, not no_project)
    explanation = _explain(record, choice)
    for warning in explanation.document.warnings:
        click.echo(f"cleaner: {record.shown}: warning: {' '.join(warning.split())}", err=True)
    if as_json:
        click.echo(json.dumps(explanation.to_dict(), indent=2, ensure_ascii=False))
    elif diff:
        _print_diff(diff_lines(explanation, record.shown))
    else:
        _print_page(explanation, record.shown)


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


def summary_line(explanation: Explanation, name: str) -> str:
    """How much of the page was kept."""
    kept = sum(block.kept for block in explanation.blocks)
    return f"{name}: {len(explanation.blocks)} blocks, {kept} kept, {len(explanation.blocks) - kept} dropped"


def source_lines(explanation: Explanation) -> Iterator[str]:
    """A line for each field of the metadata: its value, and where it is from."""
    for name, sources in explanation.sources.items():
        value = " ".join(str(getattr(explanation.document, name)).split())
        yield f"{name}: {value} ({', '.join(sources)})"


def kind_of(block: ExplainedBlock) -> str:
    """A block's kind, with the level of a heading."""
    return f"{block.kind} {block.level}" if block.level else block.kind


def reason_of(block: ExplainedBlock) -> str:
    """Why a block was dropped or, where something spoke for it, kept: rule or stage, its place, its score."""
    parts = [block.reason or "", f"({block.source})" if block.source else ""]
    if block.score is not None:
        parts.append(f"{block.score:.2f}")
    return " ".join(part for part in parts if part)


def notes_of(block: ExplainedBlock) -> Iterator[str]:
    """What else was decided of a block, and what was taken out of its text."""
    for decision in block.decisions:
        if decision.detail:
            yield f"{decision.action} by {decision.by}: {decision.detail}"
    if block.reason == SCORE and block.against:
        yield "against it: " + ", ".join(f"{name} {value:g}" for name, value in block.against)
    for cut in block.cuts:
        becomes = f" -> {cut.replacement!r}" if cut.replacement else ""
        place = f" ({cut.source})" if cut.source else ""
        yield f"cut {cut.text!r}{becomes} by {cut.by}{place}"


def _print_page(explanation: Explanation, name: str) -> None:
    console = _console()
    if console.is_terminal:
        _print_table(explanation, name, console)
    else:
        for line in plain_lines(explanation, name):
            click.echo(line)


def plain_lines(explanation: Explanation, name: str) -> Iterator[str]:
    """One line a block: number, kept or dropped, kind, reason, text; then its notes, indented. First the metadata."""
    yield summary_line(explanation, name)
    yield from source_lines(explanation)
    width = min(44, max((len(reason_of(block)) for block in explanation.blocks), default=0))
    for block in explanation.blocks:
        mark = "kept" if block.kept else "dropped"
        text = " ".join((block.text or block.src or "").split())
        yield f"{block.index:>5}  {mark:<7}  {kind_of(block):<10}  {reason_of(block):<{width}}  {text}".rstrip()
        for note in notes_of(block):
            yield f"{'':5}  {'':7}  {'':10}  {' '.join(note.split())}"


def _print_table(explanation: Explanation, name: str, console: Console) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2), expand=True)
    for style in ("dim", "bold", "dim"):
        table.add_column(style=style)
    table.add_column(ratio=3)
    table.add_column(ratio=1, style="dim", overflow="fold")
    for block in explanation.blocks:
        style = ("bold green" if block.kind == "heading" else "green") if block.kept else "red strike"
        text = "\n".join(line for line in (block.text or block.src or "").split("\n") if line.strip())
        reason = Text(reason_of(block), style="" if block.kept else "red")
        notes = Text("".join(f"\n{note}" for note in notes_of(block)), style="yellow")
        mark = "+" if block.kept else "-"
        table.add_row(str(block.index), mark, kind_of(block), Text(text, style=style), reason + notes)
    console.print(Text(summary_line(explanation, name), style="bold"))
    for line in source_lines(explanation):
        console.print(Text(line, style="dim"))
    console.print(table)


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
