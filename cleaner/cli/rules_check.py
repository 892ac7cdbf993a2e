"""`cleaner rules check`: everything that is wrong or doubtful in rule files, for people, programs and GitHub."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from cleaner.cli.errors import Failed
from cleaner.cli.exits import EXIT_CODES, Exit
from cleaner.cli.options import count_of

if TYPE_CHECKING:
    from cleaner.rules import Rule, RuleSet
    from cleaner.rules.lint import Finding, Linted

MAX_TRIALS = 2000
"""Runs of a test without a rule, for rules of which no block tells that they acted."""
MAX_SHOWN = 120
"""Characters of a line of a file that are shown."""
EPILOG = """\
\b
Examples:
  cleaner rules check my-site.yaml
  cleaner rules check rules/ --strict --format github
  cleaner rules check my-site.yaml --fix

A comment "# check: ignore CODE" at the end of a line leaves a warning out.

"""


@click.command("check", epilog=EPILOG + EXIT_CODES)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="For people, for programs, or as annotations of GitHub's workflows.",
)
@click.option("--strict", is_flag=True, help="Warnings fail too, and every rule needs a test.")
@click.option("--fix", is_flag=True, help="Mend the files where it is safe; the rest is told.")
def check(paths: tuple[str, ...], form: str, strict: bool, fix: bool) -> int:
    """Check rule files and folders: every mistake and everything doubtful, with file, line and column.

    Mistakes keep a file from loading. Warnings are most likely mistakes, notes may well be meant.
    """
    from cleaner.rules.lint import lint

    found = lint(paths, _needed if strict else None)
    if fix and _fix(found):
        found = lint(paths, _needed if strict else None)
    for line in _FORMATS[form](found):
        click.echo(line)
    severities = Counter(finding.severity for file in found for finding in file.findings)
    return Exit.RULES if severities["error"] or (strict and severities["warning"]) else Exit.DONE


def _fix(files: Iterable[Linted]) -> int:
    """Mends files, says so, and gives the number of findings that are mended."""
    from cleaner.rules.lint.mending import mended, write_mended

    total = 0
    for file in files:
        text, count = mended(file.text, file.findings)
        if count:
            try:
                write_mended(file.path, text)
            except OSError as error:
                raise Failed(f"{file.path}: {error.strerror or error}") from None
            click.echo(f"{file.path}: mended {count_of(count, 'finding')}", err=True)
        total += count
    return total


# What the findings look like.


def _as_text(files: list[Linted]) -> Iterator[str]:
    from cleaner.rules.types import Problem

    for file in files:
        lines = file.text.splitlines()
        for finding in file.findings:
            message = f"{finding.severity}: {finding.message} [{finding.code}]"
            yield str(Problem(finding.file, finding.line, finding.column, message))
            if 0 < finding.line <= len(lines):
                yield from _pointed_at(finding, lines[finding.line - 1])
    yield _summary(files)


def _pointed_at(finding: Finding, line: str) -> Iterator[str]:
    """The line of a file, and under it what is meant."""
    number = f"{finding.line:>5} | "
    first = finding.column - 1
    start = max(0, first - MAX_SHOWN // 2) if len(line) > MAX_SHOWN else 0
    shown = line[start : start + MAX_SHOWN]
    before = "".join("\t" if char == "\t" else " " * _columns(char) for char in shown[: first - start])
    meant = shown[first - start : first - start + finding.width]
    yield number + shown.rstrip()
    yield f"{'':>5} | {before}^" + "~" * (sum(map(_columns, meant)) - 1)


def _columns(char: str) -> int:
    """How many columns of a terminal a character takes."""
    from unicodedata import category, east_asian_width

    return 0 if category(char) in ("Mn", "Me", "Cf") else 2 if east_asian_width(char) in "WF" else 1


def _summary(files: list[Linted]) -> str:
    severities = Counter(finding.severity for file in files for finding in file.findings)
    told = [count_of(severities[kind], kind) for kind in ("error", "warning", "note") if severities[kind]]
    held = f"{count_of(sum(file.rules for file in files), 'rule')}, {count_of(sum(f.tests for f in files), 'test')}"
    mendable = sum(bool(finding.edits) for file in files for finding in file.findings)
    hint = f" ({mendable} can be mended with --fix)" if mendable else ""
    return f"{held}: {', '.join(told) or 'fine'}{hint}"


def _as_json(files: list[Linted]) -> Iterator[str]:
    yield json.dumps([_plain(finding) for file in files for finding in file.findings], indent=2, ensure_ascii=False)


def _plain(finding: Finding) -> dict[str, Any]:
    return {
        "file": finding.file,
        "line": finding.line,
        "column": finding.column,
        "severity": finding.severity,
        "code": finding.code,
        "message": finding.message,
        "fixable": bool(finding.edits),
    }


def _as_github(files: list[Linted]) -> Iterator[str]:
    """Workflow commands, with which GitHub shows a finding beside the line of a change."""
    levels = {"error": "error", "warning": "warning", "note": "notice"}
    for finding in (finding for file in files for finding in file.findings):
        place = {"file": finding.file, "line": finding.line, "col": finding.column, "title": finding.code}
        given = ",".join(f"{name}={_escaped(str(value), ':,')}" for name, value in place.items() if value)
        yield f"::{levels[finding.severity]} {given}::{_escaped(finding.message)}"


def _escaped(text: str, also: str = "") -> str:
    return "".join(f"%{ord(char):02X}" if char in "%\r\n" + also else char for char in text)


_FORMATS = {"text": _as_text, "json": _as_json, "github": _as_github}


# Which rules the tests need.


def _needed(rules: RuleSet) -> Collection[str]:
    """The ids of rules, and the sources of metadata rules, that act in the tests of a file or change their outcome."""
    from cleaner.engine import Cleaner
    from cleaner.rules.testing import data_of, rules_for

    needed: set[str] = set()
    for test in rules.tests:
        try:
            cleaner = Cleaner(rules_for(rules, test), extractor="none")
            explained = cleaner.explain(data_of(test), url=test.url, media_type=test.media_type)
        except Exception:  # `rules test` tells it
            continue
        needed |= {decision.by for block in explained.blocks for decision in block.decisions}
        needed |= {cut.by for block in explained.blocks for cut in block.cuts}
        needed |= {place.removeprefix("rule ") for places in explained.sources.values() for place in places}
    silent = [rule for rule in rules.rules if rule.id not in needed]
    return needed | _missed(rules, silent[: MAX_TRIALS // max(1, len(rules.tests))])


def _missed(rules: RuleSet, silent: list[Rule]) -> set[str]:
    """The rules without which the document of a test is another."""
    from cleaner.engine import Cleaner
    from cleaner.rules.testing import data_of, rules_for

    found: set[str] = set()
    for test in rules.tests:
        prepared = rules_for(rules, test)
        try:
            page = data_of(test)
        except (OSError, ValueError):  # `rules test` tells it
            continue

        def document(prepared: RuleSet, data: str = page, test: Any = test) -> Any:
            cleaned = Cleaner(prepared, extractor="none").clean(data, url=test.url, media_type=test.media_type)
            return cleaned.blocks, cleaned.title

        for rule in silent:
            if rule.id not in found and any(each.id == rule.id for each in prepared.rules):
                without = replace(prepared, rules=tuple(each for each in prepared.rules if each.id != rule.id))
                if document(prepared) != document(without):
                    found.add(rule.id)
    return found
