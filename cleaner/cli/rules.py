"""`cleaner rules`: look at rules, check them, run their tests."""

from __future__ import annotations

import json
import shutil
import sys
import textwrap
from typing import TYPE_CHECKING, Any

import click

from cleaner.cli.exits import EXIT_CODES
from cleaner.cli.mistakes import Commands
from cleaner.cli.options import CleanerOptions, rule_options
from cleaner.cli.rules_check import check
from cleaner.cli.rules_import import import_rules
from cleaner.cli.rules_learn import learn
from cleaner.cli.rules_new import new
from cleaner.cli.rules_stats import stats
from cleaner.cli.rules_test import test

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.rules import Rule
    from cleaner.rules.project import FoundRules

EPILOG = """\
\b
Examples:
  cleaner rules list
  cleaner rules show ads.label
  cleaner rules check my-site.yaml
  cleaner rules test my-site.yaml
  cleaner rules stats pages/ --rules my-site.yaml
  cleaner rules schema > rules.schema.json
  cleaner rules new example.com pages/ -o example.yaml
  cleaner rules learn crawl.warc.gz -o rules/

"""


GAP = "  "
INDENT = "    "
MIN_PROSE = 30
"""Columns that a table's last column must have; with fewer, it stands below the others."""


@click.group(cls=Commands, epilog=EPILOG + EXIT_CODES)
def rules() -> None:
    """List, show, check, test and write rules."""


rules.add_command(check)
rules.add_command(learn)
rules.add_command(new)
rules.add_command(import_rules)
rules.add_command(stats)
rules.add_command(test)


@rules.command("list")
@rule_options
@click.option("--json", "as_json", is_flag=True, help="For programs: a list of objects.")
@click.option("--sources", is_flag=True, help="List where rules are from instead, the later wins.")
def list_rules(
    rules: tuple[str, ...],
    disable: tuple[str, ...],
    no_shipped_rules: bool,
    no_project: bool,
    as_json: bool,
    sources: bool,
) -> None:
    """List the rules that apply, with verb, place and reason.

    Where rules were found in a project or in your folder, all sources come first. On a terminal, lines are as wide as
    it is; elsewhere, each rule is one line.
    """
    choice = CleanerOptions(rules, disable, not no_shipped_rules, project=not no_project)
    where = choice.sources()
    if sources and as_json:
        click.echo(json.dumps([{"kind": each.kind, "path": each.path} for each in where.sources], indent=2))
        return
    if not as_json and (sources or where.file or any(each.kind == "user" for each in where.sources)):
        for line in source_lines(where):
            click.echo(line)
    if sources:
        return
    found = choice.load().rules
    if as_json:
        click.echo(json.dumps([_as_dict(rule) for rule in found], indent=2, ensure_ascii=False))
        return
    rows = [(rule.id, rule.verb, rule.source, scope_of(rule), rule.why or "") for rule in found]
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    for line in table([("ID", "VERB", "SOURCE", "SCOPE", "WHY"), *rows], width):
        click.echo(line)


@rules.command()
def schema() -> None:
    """Print the JSON Schema of rule files, with which an editor completes and checks them."""
    from cleaner.rules.schema import rule_file_schema

    click.echo(json.dumps(rule_file_schema(), indent=2, ensure_ascii=False))


@rules.command()
@click.argument("id")
@rule_options
def show(id: str, rules: tuple[str, ...], disable: tuple[str, ...], no_shipped_rules: bool, no_project: bool) -> None:
    """Show one rule as a rule file, with the place where it stands."""
    from cleaner.rules import RuleError
    from cleaner.rules.printing import rule_yaml

    loaded = CleanerOptions(rules, disable, not no_shipped_rules, project=not no_project).load()
    try:
        rule = loaded.rule(id)
    except RuleError as error:
        raise click.UsageError(str(error)) from None
    click.echo(rule_yaml(rule), nl=False)


def source_lines(found: FoundRules) -> Iterator[str]:
    """A line for each place that rules are from, in load order, and one for what a project says of all rules."""
    told = {"shipped": "shipped rules", "user": "your folder", "project": "project", "given": "--rules"}
    yield "# the later source wins:"
    for source in found.sources:
        yield f"# {told[source.kind]}{': ' if source.path else ''}{source.path}"
    if found.file is not None:
        limit = "" if found.max_drop_ratio is None else f", max_drop_ratio {found.max_drop_ratio:g}"
        off = f", disables {', '.join(found.disable)}" if found.disable else ""
        yield f"# by {found.file}{off}{limit}"


def scope_of(rule: Rule) -> str:
    """Where a rule applies, for people: hosts and languages, "everywhere" without."""
    return ", ".join((*rule.sites, *rule.languages)) or "everywhere"


def _as_dict(rule: Rule) -> dict[str, Any]:
    from cleaner.rules.printing import match_parts

    return {
        "id": rule.id,
        "verb": rule.verb,
        "source": rule.source,
        "tier": rule.tier.name.lower(),
        "sites": rule.sites,
        "languages": rule.languages,
        "why": rule.why,
        "matches": [match_parts(match) for match in rule.matches],
    }


def table(rows: list[tuple[str, ...]], width: int | None) -> Iterator[str]:
    """Lines of a table whose last column is prose. They have at most `width` characters, and no word is broken.

    Without a width, a row is one line. Where too little is left for the prose, it stands below the other columns.
    """
    widths = [max(map(len, column)) for column in list(zip(*rows, strict=True))[:-1]]
    left = None if width is None else width - sum(size + len(GAP) for size in widths)
    for *cells, prose in rows:
        if left is not None and width is not None and left < MIN_PROSE:
            yield from _wrapped(GAP.join(cells), width, others=INDENT)
            yield from _wrapped(prose, width, INDENT, INDENT)
            continue
        columns = GAP.join(cell.ljust(size) for cell, size in zip(cells, widths, strict=True))
        first, *others = (_wrapped(prose, left) if left is not None else [prose]) or [""]
        yield f"{columns}{GAP}{first}".rstrip()
        yield from (" " * len(columns) + GAP + line for line in others)


def _wrapped(text: str, width: int, first: str = "", others: str = "") -> list[str]:
    """Lines with an indent, broken at spaces only."""
    wrapper = textwrap.TextWrapper(width, first, others, break_long_words=False, break_on_hyphens=False)
    return wrapper.wrap(text)
