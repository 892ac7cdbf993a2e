"""`cleaner rules import`: rules of other tools to rule files, and what of them has no counterpart."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cleaner.cli.errors import BrokenOff, Failed
from cleaner.cli.exits import EXIT_CODES, Exit
from cleaner.cli.mistakes import Commands
from cleaner.cli.options import count_of

if TYPE_CHECKING:
    from cleaner.rules.importing.findings import Finding, ImportedFile, Outcome

MAX_LISTED = 40
"""Lines without a counterpart that are listed for people, and reasons where the lines are more; JSON has all."""
MAX_SHOWN = 100
"""Characters of a line that are shown."""
EPILOG = """\
\b
Examples:
  cleaner rules import ftr ftr-site-config/ -o rules/
  cleaner rules import ftr example.com.txt --dry-run
  cleaner rules import adblock my-filters.txt -o rules/

"""
Command = Callable[..., Any]


@dataclass(slots=True)
class _Report:
    """What was read and what became of it."""

    files: list[ImportedFile] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    """Files that could not be imported, each with the reason."""
    read: int = 0
    """How many files were read."""
    imported: int = 0
    """How many of them were imported."""


@click.group("import", cls=Commands, epilog=EPILOG + EXIT_CODES)
def import_rules() -> None:
    """Make rule files of site configs of Full-Text RSS, or of cosmetic filters of ad blockers.

    What is imported is yours: look at it, and keep what its author allows.
    """


def _options(command: Command) -> Command:
    options = (
        click.argument("paths", metavar="PATH...", nargs=-1, required=True),
        click.option("-o", "--out", metavar="OUT", help="The folder for the rule files."),
        click.option("--dry-run", is_flag=True, help="Write nothing; only tell what would become of each line."),
        click.option("--force", is_flag=True, help="Write over files that are there."),
        click.option(
            "--format",
            "form",
            type=click.Choice(["text", "json"]),
            default="text",
            show_default=True,
            help="The report: for people, or with every line for programs.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


@import_rules.command("ftr", epilog=EPILOG + EXIT_CODES)
@_options
def ftr(paths: tuple[str, ...], out: str | None, dry_run: bool, force: bool, form: str) -> int:
    """Import site configs of Full-Text RSS, one rule file for each.

    A file is named after its site: "example.com.txt", or ".example.com.txt" for the site's subdomains. Of folders, all
    "*.txt" are read.
    """
    from cleaner.rules.importing.findings import NotImported
    from cleaner.rules.importing.ftr import import_ftr
    from cleaner.rules.importing.ftr_syntax import MAX_BYTES

    folder = _folder(out, dry_run)
    report = _Report()
    for path in _inputs(paths, report):
        try:
            made = import_ftr(_read(path, MAX_BYTES), path.name)
        except NotImported as error:
            report.errors.append(f"{path.parent.as_posix()}/{error}" if path.parent != Path() else str(error))
            continue
        report.files.append(made)
        report.imported += 1
        report.findings += made.findings
    return _finish(report, folder, force, form)


@import_rules.command("adblock", epilog=EPILOG + EXIT_CODES)
@_options
@click.option("--generic", is_flag=True, help="Import the filters for all sites, too.")
def adblock(paths: tuple[str, ...], out: str | None, dry_run: bool, force: bool, form: str, generic: bool) -> int:
    """Import element hiding filters of Adblock Plus, uBlock Origin and AdGuard, one rule file for each set of sites.

    Filters of requests, scripts and styles have no counterpart. Of folders, all "*.txt" are read.
    """
    from cleaner.rules.importing.adblock import import_adblock
    from cleaner.rules.importing.adblock_syntax import MAX_BYTES
    from cleaner.rules.importing.findings import NotImported

    folder = _folder(out, dry_run)
    report = _Report()
    lists = [(path.as_posix(), _read(path, MAX_BYTES)) for path in _inputs(paths, report)]
    try:
        report.files, report.findings = import_adblock(lists, generic=generic)
    except NotImported as error:
        raise Failed(str(error)) from None
    report.imported = report.read
    return _finish(report, folder, force, form)


def _folder(out: str | None, dry_run: bool) -> Path | None:
    """Where the files go; None where none are written."""
    if dry_run:
        return None
    if out is None:
        raise click.UsageError("--out is missing; or give --dry-run, which writes nothing")
    return Path(out)


def _inputs(paths: Iterable[str], report: _Report) -> Iterator[Path]:
    """The files of files and folders; each is counted."""
    for path in map(Path, paths):
        try:
            inside = sorted(path.glob("*.txt")) if path.is_dir() else [path]
        except OSError as error:
            raise Failed(f"{path}: cannot be read: {error.strerror or error}") from None
        if not inside:
            raise Failed(f"{path}: no *.txt in this folder")
        for file in inside:
            if file.is_file() or file == path:
                report.read += 1
                yield file


def _read(path: Path, limit: int) -> bytes:
    """The bytes of a file, at most one more than it may have."""
    try:
        if not path.is_file():
            raise Failed(f"{path}: not a file" if path.exists() else f"{path}: no such file")
        with path.open("rb") as stream:
            return stream.read(limit + 1)
    except OSError as error:
        raise Failed(f"{path}: cannot be read: {error.strerror or error}") from None


def _finish(report: _Report, folder: Path | None, force: bool, form: str) -> int:
    if folder is not None:
        _write(report.files, folder, force)
    for line in _as_json(report, folder) if form == "json" else _as_text(report, folder):
        click.echo(line)
    for error in report.errors:
        click.echo(f"cleaner: {error}", err=True)
    return Exit.FAILURES if report.errors else Exit.DONE


def _write(files: list[ImportedFile], folder: Path, force: bool) -> None:
    from cleaner.batch.writing import write_output

    there = [folder / file.name for file in files if (folder / file.name).exists()]
    if there and not force:
        more = f" and {len(there) - 1} more" if len(there) > 1 else ""
        raise click.UsageError(f"{there[0]}{more}: there already; give --force to write over it")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file in files:
            write_output(folder / file.name, file.text.encode())
    except OSError as error:
        raise BrokenOff(f"{error.filename or folder}: cannot be written: {error.strerror or error}") from None


# What the report looks like.


def _as_text(report: _Report, folder: Path | None) -> Iterator[str]:
    from cleaner.cli.rules import table
    from cleaner.rules.importing.findings import Outcome

    missing = [finding for finding in report.findings if finding.outcome is Outcome.MISSING]
    if len(missing) <= MAX_LISTED:
        for finding in missing:
            shown = finding.text if len(finding.text) <= MAX_SHOWN else finding.text[:MAX_SHOWN] + "…"
            yield f"{finding.file}:{finding.line}: {_printable(shown)}"
            yield f"    {_printable(finding.reason)}"
    else:
        reasons = Counter((finding.key, finding.reason) for finding in missing)
        ranked = sorted(reasons.items(), key=lambda item: (-item[1], item[0]))
        told = [(str(count), key, _printable(reason)) for (key, reason), count in ranked[:MAX_LISTED]]
        yield from table([("", "WITHOUT A COUNTERPART", "WHY"), *told], None)
        rest = sum(count for _, count in ranked[MAX_LISTED:])
        yield (f"... and {rest} more; " if rest else "") + "--format json lists each line"
    if missing:
        yield ""
    by_key = Counter((finding.key, finding.outcome) for finding in report.findings)
    keys = Counter(finding.key for finding in report.findings)
    if keys:
        met = [outcome for outcome in Outcome if any(outcome is finding.outcome for finding in report.findings)]
        head = ("", *(outcome.value for outcome in met), "all")
        rows = [(key, *(str(by_key[key, each] or "") for each in met), str(count)) for key, count in _ranked(keys)]
        yield from table([head, *rows, _totals(report.findings, met)], None)
        yield ""
        for outcome in met:
            yield f"{outcome.value:<12}{outcome.meaning}"
        yield ""
    yield _summary(report, folder)


def _ranked(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _totals(findings: list[Finding], met: list[Outcome]) -> tuple[str, ...]:
    counts = Counter(finding.outcome for finding in findings)
    return ("all", *(f"{counts[each]} ({counts[each] / len(findings):.1%})" for each in met), str(len(findings)))


def _summary(report: _Report, folder: Path | None) -> str:
    where = f" in {folder}" if folder is not None else ""
    made = f"{report.imported} of {count_of(report.read, 'file')} imported"
    return f"{made}: {count_of(len(report.files), 'rule file')}{where}"


def _printable(text: str) -> str:
    """The text without what a terminal would obey."""
    return "".join(char if char.isprintable() else "\ufffd" for char in text)


def _as_json(report: _Report, folder: Path | None) -> Iterator[str]:
    counts = Counter(finding.outcome.value for finding in report.findings)
    told = {
        "read": report.read,
        "imported": report.imported,
        "written": [(folder / file.name).as_posix() for file in report.files] if folder is not None else [],
        "errors": report.errors,
        "counts": counts,
        "findings": [_plain(finding) for finding in report.findings],
    }
    yield json.dumps(told, indent=2, ensure_ascii=False)


def _plain(finding: Finding) -> dict[str, Any]:
    return {
        "file": finding.file,
        "line": finding.line,
        "key": finding.key,
        "text": finding.text[:MAX_SHOWN],
        "outcome": finding.outcome.value,
        "reason": finding.reason,
    }
