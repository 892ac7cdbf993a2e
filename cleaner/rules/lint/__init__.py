"""What is wrong or doubtful in rule files: more than keeps them from loading.

`lint` reads the files as `load_rules` does, looks at their nodes beside the rules that were read from them, and gives
findings with a place and a code. `docs/rule-findings.md` explains each code.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cleaner.pause import COLLECTION_PAUSE
from cleaner.rules import (
    RuleFileSource,
    RuleSet,
    check_disabled,
    load_rules,
    read_source,
    refuse_twice,
    shipped_rules_root,
    sources_of,
)
from cleaner.rules.check import RuleFile, check_file
from cleaner.rules.lint.checks import check_former_keys, check_ids, check_rules, check_scope, check_tests
from cleaner.rules.lint.codes import SEVERITY, Edit, Finding, Severity
from cleaner.rules.lint.costs import Costs
from cleaner.rules.lint.overlaps import find_overlaps
from cleaner.rules.lint.views import FileView, TooManyFindings, view
from cleaner.rules.packs import Packs
from cleaner.rules.types import MAX_BYTES, Problem

__all__ = ["SEVERITY", "Edit", "Finding", "Linted", "Severity", "lint"]

_IGNORED = re.compile(r"#\s*check:\s*ignore\s+([a-z, -]+)")
_ID = re.compile("[a-z0-9_.-]+")
Exercised = Callable[[RuleSet], Collection[str]]
"""Runs the tests of a rule set; gives the ids of the rules, and the sources of the metadata rules, that they need."""


@dataclass(frozen=True, slots=True)
class Linted:
    """What `lint` found in one file."""

    path: Path
    text: str
    """The file as text; empty where it could not be read as such."""
    findings: tuple[Finding, ...]
    """In the order of the file."""
    rules: int = 0
    tests: int = 0


def lint(paths: Iterable[str | os.PathLike[str]], exercised: Exercised | None = None) -> list[Linted]:
    """Everything that is wrong or doubtful in rule files and folders.

    With `exercised`, rules that no test needs are doubtful too.
    A finding that is no error is left out where its line has the comment `# check: ignore CODE`.
    """
    with COLLECTION_PAUSE:  # the nodes and views of large files make no garbage
        return _lint(paths, exercised)


def _lint(paths: Iterable[str | os.PathLike[str]], exercised: Exercised | None) -> list[Linted]:
    problems: list[Problem] = []
    sources = sources_of(paths, False, problems)
    root = os.path.realpath(shipped_rules_root()) + os.sep
    files: list[tuple[Path, FileView]] = []
    for number, source in enumerate(sources):
        data = read_source(source, problems)
        if data is not None:
            shipped = os.path.realpath(source.path).startswith(root)
            files.append((source.path, _read(data, source.name, number, shipped)))
    refuse_twice([file.file for _, file in files])
    _resolve(sources, [file.file for _, file in files])
    ids = {rule.id: rule.source for rule in load_rules().rules}
    costs = Costs()
    for _, file in files:
        _look_at(file, costs, ids)
        if exercised is not None:
            with suppress(TooManyFindings):
                _check_tested(file, exercised)
    unread = [Linted(Path(problem.file), "", (_finding(problem),)) for problem in problems]
    return unread + [_linted(path, file) for path, file in files]


def _read(data: bytes, name: str, number: int, shipped: bool) -> FileView:
    file = check_file(data, name, number, shipped=shipped)
    # Offsets of nodes are in the text without a byte order mark.
    text = data.decode("utf-8-sig", "replace") if len(data) <= MAX_BYTES else ""
    return view(name, text, file)


def _resolve(sources: Iterable[RuleFileSource], files: list[RuleFile]) -> None:
    """Notes what files extend or switch off and that there is not; what is wrong in the files that they extend, too."""
    packs = Packs({})
    by_name = {file.problems.file: file for file in files}
    for source in sources:
        file = by_name.get(source.name)
        if file is not None and (file.extends or file.disable):
            packs.resolve(source, file)
    check_disabled([*files, *packs.checked])


def _look_at(file: FileView, costs: Costs, shipped_ids: dict[str, str]) -> None:
    problems = [_finding(problem) for problem in file.file.problems.found]
    with suppress(TooManyFindings):
        check_scope(file)
        check_former_keys(file)
        check_rules(file, costs)
        find_overlaps(file)
        check_ids(file, shipped_ids)
        check_tests(file)
    file.findings[:] = [_with_edit(problem, file) for problem in problems] + file.findings


def _check_tested(file: FileView, exercised: Exercised) -> None:
    found = file.file
    if found.problems.found:
        return
    needed = exercised(RuleSet(tuple(found.rules), tuple(found.metadata), tuple(found.tests)))
    for rule in file.rules:
        if rule.rule.id not in needed:
            file.add("untested-rule", rule.node, "no test of this file needs this rule")
    for place in file.metadata:
        node = next((node for nodes in place.items.values() for node in nodes), None)
        if place.rule.source not in needed and node is not None:
            file.add("untested-rule", node, f"no test of this file needs this place of {place.rule.field!r}")


def _finding(problem: Problem) -> Finding:
    return Finding(problem.file, problem.line, problem.column, problem.code, problem.message)


def _with_edit(finding: Finding, file: FileView) -> Finding:
    """An error with what mends it: an id in capitals becomes one in small letters."""
    large = any(problem.code == "too-large" for problem in file.file.problems.found)
    node = None if large else file.scalars.get((finding.line, finding.column))
    if node is None:
        return finding
    width = max(1, len(file.text[node.start : node.end].partition("\n")[0]))
    written, lower = file.text[node.start : node.end], node.text.lower()
    mends = finding.message.startswith("'id'") and _ID.fullmatch(lower) and written == node.text
    edits = (Edit(node.start, node.end, lower),) if mends else ()
    return Finding(finding.file, finding.line, finding.column, finding.code, finding.message, width, edits)


def _linted(path: Path, file: FileView) -> Linted:
    lines = file.text.splitlines()
    found = sorted(set(file.findings), key=lambda each: (each.line, each.column, each.code))
    kept = tuple(finding for finding in found if not _is_ignored(finding, lines))
    rules = len(file.file.rules) + len(file.file.metadata)
    return Linted(path, file.text, kept, rules, len(file.file.tests))


def _is_ignored(finding: Finding, lines: list[str]) -> bool:
    if finding.severity == "error" or not 0 < finding.line <= len(lines):
        return False
    ignored = _IGNORED.search(lines[finding.line - 1])
    return ignored is not None and finding.code in re.split("[, ]+", ignored[1])
