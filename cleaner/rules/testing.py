"""Runs the tests that stand in rule files.

A test is about its file: the file's own rules run whatever sites and languages they are for, unless the test says on
which page (`url`) or in which language it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from cleaner.document import Document
from cleaner.rules import LinkRule, MetadataRule, Rule, RuleSet, RuleTest
from cleaner.rules.scope import Scopes

Clean = Callable[[RuleSet, str, str, str | None], Document]
"""Cleans with these rules: the data, its media type, its address; with the extractor "none"."""

Scoped = TypeVar("Scoped", Rule, MetadataRule, LinkRule)


@dataclass(frozen=True, slots=True)
class TestResult:
    """How a test went."""

    __test__ = False  # its name is no reason for pytest to collect it

    test: RuleTest
    passed: bool
    got: str
    """What was left, as Markdown; empty where cleaning failed."""
    error: str | None = None
    """What cleaning raised."""


def run_tests(ruleset: RuleSet, clean: Clean, tests: Iterable[RuleTest] | None = None) -> list[TestResult]:
    """Run the tests of a rule set, or those of them that are given, each with the rules of its file.

    Where a test asks for the shipped rules, they must have been loaded into `ruleset`.
    """
    prepared: dict[tuple[int, bool, bool, str | None], RuleSet] = {}
    results = []
    for test in ruleset.tests if tests is None else tests:
        key = (test.file, test.shipped, test.url is None, test.language)
        if key not in prepared:
            prepared[key] = rules_for(ruleset, test)
        results.append(_run(test, prepared[key], clean))
    return results


def rules_for(ruleset: RuleSet, test: RuleTest) -> RuleSet:
    """The rules that a test runs with."""
    rules = ruleset.only_file(test.file, shipped=test.shipped)
    return replace(
        rules,
        rules=_lifted(rules.rules, test),
        metadata=_lifted(rules.metadata, test),
        links=_lifted(rules.links, test),
        tests=(),
    )


def _lifted(rules: tuple[Scoped, ...], test: RuleTest) -> tuple[Scoped, ...]:
    """Rules without the conditions that the test has settled: a few lines are too little to tell a language from."""
    fitting = rules
    if test.language is not None:
        spoken = Scopes((r.order[0], (), r.languages, ()) for r in rules).files(None, test.language)
        fitting = tuple(r for r in rules if r.order[0] in spoken)
    return tuple(_without_scope(rule, test) for rule in fitting)


def _without_scope(rule: Scoped, test: RuleTest) -> Scoped:
    own = rule.order[0] == test.file
    is_anywhere = own and test.url is None
    sites, paths = ((), ()) if is_anywhere else (rule.sites, rule.paths)
    languages = () if own or test.language is not None else rule.languages
    return replace(rule, sites=sites, languages=languages, paths=paths)


def _run(test: RuleTest, rules: RuleSet, clean: Clean) -> TestResult:
    try:
        document = clean(rules, test.data, test.media_type, test.url)
        markdown = document.to_markdown(front_matter=False)
    except Exception as error:  # whatever it is, the other tests go on and the result says so
        return TestResult(test, passed=False, got="", error=f"{type(error).__name__}: {error}")
    wanted = _outline(test.gives)
    return TestResult(test, passed=wanted in (_outline(markdown), _outline(document.text)), got=_outline(markdown))


def _outline(text: str) -> str:
    """A text without the white space that nobody sees: at the ends of lines, and empty lines around it."""
    return "\n".join(line.rstrip() for line in text.splitlines()).strip("\n")
