"""`cleaner rules test`: runs the tests of rule files, shows what differs, writes what was left where one says so."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher, unified_diff
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cleaner.cli.errors import Failed
from cleaner.cli.exits import EXIT_CODES, Exit
from cleaner.cli.options import count_of, load_rule_files

if TYPE_CHECKING:
    from cleaner.document import Document
    from cleaner.rules import MetadataRule, Rule, RuleSet
    from cleaner.rules.testing import TestResult

EPILOG = """\
\b
Examples:
  cleaner rules test my-site.yaml
  cleaner rules test rules/ --coverage --strict
  cleaner rules test my-site.yaml --update       shows what changed, asks, writes it into the file

"""
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


@click.command("test", epilog=EPILOG + EXIT_CODES)
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@click.option("--quiet", is_flag=True, help="Print failing tests only.")
@click.option(
    "--update", is_flag=True, help="Write what was left as what the failing tests give, when you have seen it."
)
@click.option("--yes", is_flag=True, help="With --update: do not ask.")
@click.option("--coverage", is_flag=True, help="List in how many tests each rule matches, those that never do first.")
@click.option("--strict", is_flag=True, help="With --coverage: a rule that no test exercises is a failure.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="For whom."
)
def test(paths: tuple[str, ...], quiet: bool, update: bool, yes: bool, coverage: bool, strict: bool, form: str) -> int:
    """Run the tests that stand in rule files: those of PATH, or of the shipped rules.

    A test says what must be left of a page in the file, or of a saved page that it names.
    """
    from cleaner.rules.testing import run_tests

    if update and not paths:
        raise click.UsageError("--update needs a PATH")
    for option, given, needed in (("--yes", yes, update), ("--strict", strict, coverage)):
        if given and not needed:
            raise click.UsageError(f"{option} goes with {'--update' if option == '--yes' else '--coverage'}")
    loaded = load_rule_files(paths, shipped=True)
    wanted = [test for test in loaded.tests if _is_meant(test, paths)]
    cleaning = _Cleaning(coverage)
    results = run_tests(loaded, cleaning.clean, wanted)
    covered = [_Covered.of(rule, cleaning.matched) for rule in _rules(loaded, paths)] if coverage else None
    if form == "json":
        click.echo(json.dumps(_as_dict(results, covered), indent=2, ensure_ascii=False))
    else:
        for line in _as_text(results, covered, quiet):
            click.echo(line, color=False if "NO_COLOR" in os.environ else None)
    failing = [result for result in results if not result.passed]
    if update and failing:
        failing = _update(failing, yes)
    missed = strict and any(not each.tests for each in covered or ())
    return Exit.FAILURES if failing or missed else Exit.DONE


def _is_meant(item: Any, paths: tuple[str, ...]) -> bool:
    from cleaner.rules import Tier

    return (item.tier is Tier.USER) == bool(paths)


def _rules(loaded: RuleSet, paths: tuple[str, ...]) -> Iterator[Rule | MetadataRule]:
    """The rules that the tests are for."""
    yield from (rule for rule in loaded.rules if _is_meant(rule, paths))
    yield from (rule for rule in loaded.metadata if _is_meant(rule, paths))


@dataclass
class _Cleaning:
    """Cleans for tests, and counts in how many of them each rule matched."""

    counts: bool
    matched: Counter[str] = field(default_factory=Counter)
    """By the rule's id, or the key of a metadata rule."""
    _cleaners: dict[int, tuple[RuleSet, Any]] = field(default_factory=dict)

    def clean(self, rules: RuleSet, data: str, media_type: str, url: str | None) -> Document:
        """Cleans a page with the extractor "none"."""
        from cleaner.engine import Cleaner

        # Tests of a file share their rule set, and compiling it costs more than a test. Keeping it keeps its id.
        if id(rules) not in self._cleaners:
            self._cleaners[id(rules)] = (rules, Cleaner(rules, extractor="none"))
        cleaner: Cleaner = self._cleaners[id(rules)][1]
        if not self.counts:
            return cleaner.clean(data, url=url, media_type=media_type)
        explained = cleaner.explain(data, url=url, media_type=media_type)
        self.matched.update(explained.matched.keys())
        return explained.document


@dataclass(frozen=True, slots=True)
class _Covered:
    """In how many tests a rule matched."""

    id: str
    source: str
    tests: int

    @classmethod
    def of(cls, rule: Rule | MetadataRule, matched: Counter[str]) -> _Covered:
        """What is counted of a rule."""
        from cleaner.rules import Rule

        if isinstance(rule, Rule):
            return cls(rule.id, rule.source, matched[rule.id])
        return cls(f"metadata.{rule.field}", rule.source, matched[rule.key])


# What is shown.


def _as_text(results: list[TestResult], covered: list[_Covered] | None, quiet: bool) -> Iterator[str]:
    failing = [result for result in results if not result.passed]
    for result in failing:
        yield from told(result)
    if covered is not None:
        yield from _coverage(covered, quiet)
    if not quiet:
        yield f"{count_of(len(results), 'test')}, {len(failing)} failing"


def told(result: TestResult) -> Iterator[str]:
    """Lines that tell how a test failed."""
    yield f"{click.style('FAILED', fg='red', bold=True)} {result.test.source}: {result.test.name}"
    if result.error:
        yield f"  {result.error}"
        return
    for text in result.missing:
        yield f"  does not contain: {_in_one_line(text)}"
    for text in result.unwanted:
        yield f"  does not lack: {_in_one_line(text)}"
    if result.headings is not None:
        yield "  has other headings:"
        yield from ("  " + line for line in _diff(result.test.headings or (), result.headings))
    if result.test.gives is not None and result.differs:
        yield from ("  " + line for line in _diff(result.test.gives.strip("\n").splitlines(), result.got.splitlines()))


def _in_one_line(text: str) -> str:
    return " ".join(text.split())


def _diff(wanted: Iterable[str], got: Iterable[str]) -> Iterator[str]:
    """A unified diff in colours; in lines that take the place of each other, the words that differ are set off."""
    lines = unified_diff(list(wanted), list(got), "wanted", "got", lineterm="")
    for sign, group in groupby(lines, key=_sign):
        if sign == "±":
            yield from _changed(list(group))
        else:
            yield from (click.style(line, fg="cyan") if sign == "@" else line for line in group)


def _sign(line: str) -> str:
    if line.startswith(("---", "+++", "@@")):
        return line[0] if line[0] != "-" else "-"
    return "±" if line[:1] in ("-", "+") else line[:1]


def _changed(lines: list[str]) -> Iterator[str]:
    old = [line[1:] for line in lines if line[0] == "-"]
    new = [line[1:] for line in lines if line[0] == "+"]
    if len(old) != len(new):
        yield from (click.style(line, fg="red" if line[0] == "-" else "green") for line in lines)
        return
    pairs = [_marked(*pair) for pair in zip(old, new, strict=True)]
    yield from (click.style("-", fg="red") + before for before, _ in pairs)
    yield from (click.style("+", fg="green") + after for _, after in pairs)


def _marked(old: str, new: str) -> tuple[str, str]:
    """Two lines in colours, with the words that differ underlined, unless they have little in common."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    alike = matcher.quick_ratio() > 0.5 and max(len(before), len(after)) < 2_000
    changes = matcher.get_opcodes() if alike else [("equal", 0, len(before), 0, len(after))]
    one = "".join(
        click.style("".join(before[a:b]), fg="red", underline=tag != "equal") for tag, a, b, _, _ in changes if a < b
    )
    other = "".join(
        click.style("".join(after[c:d]), fg="green", underline=tag != "equal") for tag, _, _, c, d in changes if c < d
    )
    return one, other


def _coverage(covered: list[_Covered], quiet: bool) -> Iterator[str]:
    from cleaner.cli.rules import table

    never = [each for each in covered if not each.tests]
    shown = never if quiet else [*never, *(each for each in covered if each.tests)]
    if shown:
        rows = [(each.id, each.source, count_of(each.tests, "test") if each.tests else "never") for each in shown]
        yield from table([("RULE", "SOURCE", "MATCHES IN"), *rows], None)
    if not quiet:
        yield f"{count_of(len(covered), 'rule')}, {len(never)} in no test"


def _as_dict(results: list[TestResult], covered: list[_Covered] | None) -> dict[str, Any]:
    found: dict[str, Any] = {"tests": [_result(result) for result in results]}
    if covered is not None:
        found["coverage"] = [{"id": each.id, "source": each.source, "tests": each.tests} for each in covered]
    return found


def _result(result: TestResult) -> dict[str, Any]:
    file, _, line = result.test.source.rpartition(":")
    return {
        "file": file,
        "line": int(line),
        "name": result.test.name,
        "passed": result.passed,
        "error": result.error,
        "gives": result.test.gives if result.differs else None,
        "got": result.got,
        "missing": list(result.missing),
        "unwanted": list(result.unwanted),
        "headings": None if result.headings is None else list(result.headings),
    }


# What is written.


def _update(failing: list[TestResult], yes: bool) -> list[TestResult]:
    """Writes what was left into the rule files, where the user wants it; gives the results that still fail."""
    differing = [result for result in failing if result.differs]
    if not differing:
        click.echo("nothing to update: what a test contains, lacks or has for headings is yours to change", err=True)
        return failing
    files = sorted({result.test.source.rpartition(":")[0] for result in differing})
    question = f"Write what was left into {count_of(len(differing), 'test')} of {', '.join(files)}?"
    if not (yes or _confirmed(question)):
        return failing
    updated = [result for file in files for result in _update_file(Path(file), differing)]
    return [
        result
        for result in failing
        if result not in updated or result.missing or result.unwanted or result.headings is not None
    ]


def _confirmed(question: str) -> bool:
    try:
        return click.confirm(question, err=True)
    except click.Abort:  # there is nobody to ask
        click.echo(err=True)
        return False


def _update_file(path: Path, results: list[TestResult]) -> list[TestResult]:
    """Writes what was left into one file; gives the results that are written."""
    from cleaner.rules.lint.mending import write_mended
    from cleaner.rules.updating import updated

    own = [result for result in results if result.test.source.rpartition(":")[0] == path.as_posix()]
    try:
        text, done = updated(path.read_bytes().decode("utf-8-sig"), own)
        if done:
            write_mended(path, text)
    except OSError as error:
        raise Failed(f"{path}: {error.strerror or error}") from None
    left = [result for result in own if result not in done]
    if done:
        click.echo(f"{path}: updated {count_of(len(done), 'test')}", err=True)
    for result in left:
        click.echo(f"{result.test.source}: not updated; write it by hand", err=True)
    return done
