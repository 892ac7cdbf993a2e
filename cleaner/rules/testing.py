"""Runs the tests that stand in rule files.

A test is about its file: the file's own rules run whatever sites and languages they are for, unless the test says on
which page (`url`) or in which language it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from cleaner.document import Document
from cleaner.rules import Disabled, LinkRule, MetadataRule, Rule, RuleSet, RuleTest, Tier, shipped_rules_root
from cleaner.rules.paths import file_named
from cleaner.rules.scope import Scopes

MAX_PAGE = 10_000_000
"""Bytes of a saved page that a test names."""

Clean = Callable[[RuleSet, str, str, str | None], Document]
"""Cleans with these rules: the data, its media type, its address; with the extractor "none"."""

Scoped = TypeVar("Scoped", Rule, MetadataRule, LinkRule, Disabled)


@dataclass(frozen=True, slots=True)
class TestResult:
    """How a test went."""

    __test__ = False  # its name is no reason for pytest to collect it

    test: RuleTest
    passed: bool
    got: str
    """What was left, as Markdown; empty where cleaning failed."""
    error: str | None = None
    """What cleaning raised, or why the page cannot be read."""
    differs: bool = field(default=False, compare=False)
    """Whether what was left is not what the test `gives`."""
    missing: tuple[str, ...] = ()
    """Of what it `contains`, what is not there."""
    unwanted: tuple[str, ...] = ()
    """Of what it `lacks`, what is there."""
    headings: tuple[str, ...] | None = None
    """The headings that were left, as "## Text", where they are not those of the test."""


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
    own = frozenset((test.file, *ruleset.extended_by(test.file)))
    return replace(
        rules,
        rules=_lifted(rules.rules, test, own),
        metadata=_lifted(rules.metadata, test, own),
        links=_lifted(rules.links, test, own),
        disabled=_lifted(rules.disabled, test, own),
        tests=(),
    )


def data_of(test: RuleTest) -> str:
    """The page of a test: what stands in the rule file, or what the file holds that it names.

    Raises ValueError for a file that is too large or leads out of the project, OSError for one that cannot be read.
    """
    if test.page is None:
        return test.data
    path = file_named(_rule_file(test), test.page)
    if not path.is_file():  # a pipe or a device would never end
        raise FileNotFoundError(f"{test.page}: no such file")
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _read(path: Path, _: int) -> str:
    """The text of a saved page; several tests in a row may be about one."""
    from cleaner.intake.encoding import decode

    with path.open("rb") as stream:
        data = stream.read(MAX_PAGE + 1)
    if len(data) > MAX_PAGE:
        raise ValueError(f"{path.name}: larger than {MAX_PAGE:,} bytes")
    return decode(data)[0]


def _rule_file(test: RuleTest) -> Path:
    root = Path() if test.tier is Tier.USER else shipped_rules_root()
    return root / test.source.rpartition(":")[0]


def _lifted(rules: tuple[Scoped, ...], test: RuleTest, own: frozenset[int]) -> tuple[Scoped, ...]:
    """Rules without the conditions that the test has settled: a few lines are too little to tell a language from."""
    fitting = rules
    if test.language is not None:
        spoken = Scopes((r.order[0], (), r.languages, ()) for r in rules).files(None, test.language)
        fitting = tuple(r for r in rules if r.order[0] in spoken)
    return tuple(_without_scope(rule, test, is_own=rule.order[0] in own) for rule in fitting)


def _without_scope(rule: Scoped, test: RuleTest, *, is_own: bool) -> Scoped:
    is_anywhere = is_own and test.url is None
    sites, paths = ((), ()) if is_anywhere else (rule.sites, rule.paths)
    languages = () if is_own or test.language is not None else rule.languages
    return replace(rule, sites=sites, languages=languages, paths=paths)


def _run(test: RuleTest, rules: RuleSet, clean: Clean) -> TestResult:
    try:
        data = data_of(test)
    except (ValueError, OSError) as error:
        return TestResult(test, passed=False, got="", error=str(error))
    try:
        document = clean(rules, data, test.media_type, test.url)
        markdown = document.to_markdown(front_matter=False)
    except Exception as error:  # whatever it is, the other tests go on and the result says so
        return TestResult(test, passed=False, got="", error=f"{type(error).__name__}: {error}")
    return judged(test, document, markdown)


def judged(test: RuleTest, document: Document, markdown: str) -> TestResult:
    """Whether a document, and its Markdown without front matter, is what a test says."""
    left = (_outline(markdown), _outline(document.text))
    differs = test.gives is not None and _outline(test.gives) not in left
    spaced = tuple(map(_spaced, left))
    missing = tuple(text for text in test.contains if not any(_spaced(text) in each for each in spaced))
    unwanted = tuple(text for text in test.lacks if any(_spaced(text) in each for each in spaced))
    headings = None if test.headings is None else _other_headings(test.headings, document)
    passed = not (differs or missing or unwanted or headings is not None)
    return TestResult(test, passed, left[0], None, differs, missing, unwanted, headings)


def _other_headings(wanted: tuple[str, ...], document: Document) -> tuple[str, ...] | None:
    """The headings of a document, where they are not those that a test wants; the title may be left out."""
    blocks = [block for block in document.blocks if block.kind == "heading"]
    without_title = [block for block in blocks if block.role != "title"]
    for found in (blocks, without_title):
        if len(found) == len(wanted) and all(
            _is_heading(text, block.level, block.text) for text, block in zip(wanted, found, strict=True)
        ):
            return None
    return tuple(f"{'#' * (block.level or 1)} {_spaced(block.text)}" for block in blocks)


def _is_heading(wanted: str, level: int | None, text: str) -> bool:
    if _spaced(wanted) == _spaced(text):
        return True
    signs, _, rest = wanted.strip().partition(" ")
    return signs == "#" * (level or 1) and _spaced(rest) == _spaced(text)


def _spaced(text: str) -> str:
    """A text with one space for each stretch of white space."""
    return " ".join(text.split())


def _outline(text: str) -> str:
    """A text without the white space that nobody sees: at the ends of lines, and empty lines around it."""
    return "\n".join(line.rstrip() for line in text.splitlines()).strip("\n")
