"""`cleaner rules`: look at rules, check them, run their tests."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from cleaner.cli.mistakes import Commands
from cleaner.cli.options import EXIT_FAILURES, Choice, count_of, load_rule_files, rule_options

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from cleaner.document import Document
    from cleaner.rules import Rule, RuleSet
    from cleaner.rules.testing import TestResult

EPILOG = """\
\b
Examples:
  cleaner rules list
  cleaner rules show ads.label
  cleaner rules check my-site.yaml
  cleaner rules test my-site.yaml

\b
Exit codes: 0 all is well, 1 a test fails, 2 the command line makes no sense, 3 a rule file has a mistake.
"""


@click.group(cls=Commands, epilog=EPILOG)
def rules() -> None:
    """List, show, check and test rules."""


@rules.command("list")
@rule_options
@click.option("--json", "as_json", is_flag=True, help="For programs: a list of objects.")
def list_rules(rules: tuple[str, ...], disable: tuple[str, ...], no_shipped_rules: bool, as_json: bool) -> None:
    """List the rules that apply, with verb, place and reason."""
    found = Choice(rules, disable, not no_shipped_rules).load().rules
    if as_json:
        click.echo(json.dumps([_as_dict(rule) for rule in found], indent=2, ensure_ascii=False))
        return
    rows = [(rule.id, rule.verb, rule.source, scope_of(rule), rule.why or "") for rule in found]
    for line in _table([("ID", "VERB", "SOURCE", "SCOPE", "WHY"), *rows]):
        click.echo(line)


@rules.command()
@click.argument("id")
@rule_options
def show(id: str, rules: tuple[str, ...], disable: tuple[str, ...], no_shipped_rules: bool) -> None:
    """Show one rule: what it does, why, what it matches and where it stands."""
    from cleaner.rules import RuleError

    loaded = Choice(rules, disable, not no_shipped_rules).load()
    try:
        rule = loaded.rule(id)
    except RuleError as error:
        raise click.UsageError(str(error)) from None
    for line in _described(rule):
        click.echo(line)


@rules.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
def check(paths: tuple[str, ...]) -> None:
    """Check rule files and folders; every mistake is listed, with file, line and column."""
    loaded = load_rule_files(paths, shipped=False)
    click.echo(
        f"{count_of(len(loaded.rules) + len(loaded.metadata), 'rule')}, {count_of(len(loaded.tests), 'test')}: fine"
    )


@rules.command()
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@click.option("--quiet", is_flag=True, help="Print failing tests only.")
def test(paths: tuple[str, ...], quiet: bool) -> int:
    """Run the tests that stand in rule files: those of PATH, or of the shipped rules."""
    from cleaner.rules import Tier
    from cleaner.rules.testing import run_tests

    loaded = load_rule_files(paths, shipped=True)
    wanted = [test for test in loaded.tests if (test.tier is Tier.USER) == bool(paths)]
    results = run_tests(loaded, _clean_with(), wanted)
    failing = [result for result in results if not result.passed]
    for result in failing:
        for line in _failing(result):
            click.echo(line)
    if not quiet:
        click.echo(f"{count_of(len(results), 'test')}, {len(failing)} failing")
    return EXIT_FAILURES if failing else 0


def scope_of(rule: Rule) -> str:
    """Where a rule applies, for people: hosts and languages, "everywhere" without."""
    return ", ".join((*rule.sites, *rule.languages)) or "everywhere"


def _clean_with() -> Callable[[RuleSet, str, str, str | None], Document]:
    from cleaner.engine import Cleaner

    cleaners: dict[int, tuple[RuleSet, Cleaner]] = {}

    def clean(rules: RuleSet, data: str, media_type: str, url: str | None) -> Document:
        # Tests of a file share their rule set, and compiling it costs more than a test. Keeping it keeps its id.
        if id(rules) not in cleaners:
            cleaners[id(rules)] = (rules, Cleaner(rules, extractor="none"))
        return cleaners[id(rules)][1].clean(data, url=url, media_type=media_type)

    return clean


def _failing(result: TestResult) -> Iterator[str]:
    from difflib import unified_diff

    yield f"FAILED {result.test.source}: {result.test.name}"
    if result.error:
        yield f"  {result.error}"
        return
    wanted = result.test.gives.strip("\n").splitlines()
    for line in unified_diff(wanted, result.got.splitlines(), "wanted", "got", lineterm=""):
        yield f"  {line}"


def _as_dict(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "verb": rule.verb,
        "source": rule.source,
        "tier": rule.tier.name.lower(),
        "sites": rule.sites,
        "languages": rule.languages,
        "why": rule.why,
        "matches": [dict(_parts(match)) for match in rule.matches],
    }


def _described(rule: Rule) -> Iterator[str]:
    yield f"{rule.id}"
    yield f"  verb    {rule.verb}" + (f" (level {rule.level})" if rule.level else "")
    yield f"  source  {rule.source}"
    yield f"  scope   {scope_of(rule)}"
    yield f"  why     {rule.why or '(no reason given)'}"
    for match in rule.matches:
        yield "  matches"
        for name, value in _parts(match):
            for item in value if isinstance(value, list) else [value]:
                yield f"    {name:<9} {item}"
    if rule.verb == "replace":
        yield f"  with    {rule.replacement!r}"


def _parts(match: Any) -> Iterator[tuple[str, Any]]:
    """The keys of a match that its rule gives, as plain values."""
    import dataclasses

    for part in dataclasses.fields(match):
        value = getattr(match, part.name)
        if value == part.default and part.name != "edits":
            continue
        if part.name == "edits" and not match.like:
            continue
        if part.name == "place":
            yield part.name, f"{value.where} {value.count}"
        else:
            yield part.name, [str(item) for item in value] if isinstance(value, tuple) else value


def _table(rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    lines = list(rows)
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        yield "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
