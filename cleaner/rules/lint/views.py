"""Rules beside the nodes of the file that they were read from, so that a finding knows its place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

from cleaner.rules.check import RuleFile
from cleaner.rules.lint.codes import Edit, Finding
from cleaner.rules.matches import ALIASES, SELECTOR_KEYS
from cleaner.rules.source import Mapping, Node, Scalar, Sequence
from cleaner.rules.types import Conditions, MetadataRule, Rule, Verb

Entries = dict[str, tuple[Scalar, Node]]
LIST_KEYS = ("text", "like", "css", "xpath", "words", "regex")
"""Keys of a match whose items are alternatives, the one that tells most first."""
_DEFAULTS = {each.name: each.default for each in fields(Conditions)}


MAX_FINDINGS = 1000
"""Of a file; the errors are not counted."""


class TooManyFindings(Exception):
    """Ends the search in a file."""


@dataclass(frozen=True, slots=True)
class MatchView:
    """One match of a rule."""

    conditions: Conditions
    node: Node
    entries: Entries
    """Its keys as they are called now, with the nodes of the key and its value; empty for plain texts."""
    items: dict[str, list[Scalar]]
    """By key: the nodes of its texts, patterns or selectors, one for each item of the conditions."""

    def place(self, key: str) -> Node:
        """Where a key stands; the match itself where it has none."""
        return self.entries[key][0] if key in self.entries else self.node

    def given(self) -> dict[str, Any]:
        """The conditions that are asked for."""
        values = {name: getattr(self.conditions, name) for name in _DEFAULTS}
        return {name: value for name, value in values.items() if value != _DEFAULTS[name]}


@dataclass(frozen=True, slots=True)
class RuleView:
    """A rule with the nodes of its keys."""

    rule: Rule
    node: Mapping
    matches: tuple[MatchView, ...]

    @property
    def verb(self) -> Verb:
        """What the rule does."""
        return self.rule.verb


@dataclass(frozen=True, slots=True)
class MetadataView:
    """A metadata rule with the nodes of its selectors and patterns."""

    rule: MetadataRule
    items: dict[str, list[Scalar]]


@dataclass
class FileView:
    """A rule file: its text, its nodes and what was read from them."""

    name: str
    text: str
    root: Mapping | None
    file: RuleFile
    rules: list[RuleView] = field(default_factory=list)
    """Those in which the check found no mistake."""
    metadata: list[MetadataView] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @cached_property
    def scalars(self) -> dict[tuple[int, int], Scalar]:
        """All keys and texts of the file, by line and column."""
        found: dict[tuple[int, int], Scalar] = {}
        stack: list[Node] = [self.root] if self.root else []
        while stack:
            node = stack.pop()
            if isinstance(node, Scalar):
                found[node.line, node.column] = node
            elif isinstance(node, Sequence):
                stack += node.items
            elif isinstance(node, Mapping):
                stack += [each for entry in node.entries.values() for each in entry]
        return found

    def add(self, code: str, node: Node, message: str, *edits: Edit) -> None:
        """Notes a finding at a node. Raises TooManyFindings after `MAX_FINDINGS`."""
        width = 1
        if isinstance(node, Scalar):
            width = max(1, len(self.text[node.start : node.end].partition("\n")[0]))
        self.findings.append(Finding(self.name, node.line, node.column, code, message, width, edits))
        if len(self.findings) >= MAX_FINDINGS:
            raise TooManyFindings

    def section(self, key: str) -> Node | None:
        """The value of a key of the file."""
        entry = self.root.entries.get(key) if self.root else None
        return entry[1] if entry else None


def view(name: str, text: str, file: RuleFile) -> FileView:
    """Puts the contents of a checked file beside its nodes; rules that have mistakes are left out."""
    found = FileView(name, text, file.root if isinstance(file.root, Mapping) else None, file)
    if any(problem.code == "too-large" for problem in file.problems.found):
        return found
    nodes = _items(found.section("rules"))
    ends = [*((node.line, node.column) for node in nodes[1:]), (len(text) + 1, 0)]
    wrong = sorted((problem.line, problem.column) for problem in file.problems.found)
    for rule in file.rules:
        node, end = nodes[rule.order[1]], ends[rule.order[1]]
        first = bisect_left(wrong, (node.line, node.column))
        is_wrong = first < len(wrong) and wrong[first] < end
        if isinstance(node, Mapping) and not is_wrong:
            matches = _matches(rule, node)
            if matches is not None:
                found.rules.append(RuleView(rule, node, matches))
    found.metadata = list(_metadata(found)) if not wrong else []
    return found


def items_of(node: Node) -> list[Node]:
    """The items of a list; any other value is one item."""
    return node.items if isinstance(node, Sequence) else [node]


def _items(node: Node | None) -> list[Node]:
    return node.items if isinstance(node, Sequence) else []


def _matches(rule: Rule, node: Mapping) -> tuple[MatchView, ...] | None:
    """The matches as `MatchReader` reads them: the plain texts are one match together, the first."""
    value = node.entries[rule.verb][1]
    nodes = items_of(value)
    plain = [item for item in nodes if isinstance(item, Scalar)]
    mappings = [item for item in nodes if isinstance(item, Mapping)]
    if len(rule.matches) != bool(plain) + len(mappings):
        return None
    found = [MatchView(rule.matches[0], plain[0], {}, {"text": plain})] if plain else []
    for conditions, mapping in zip(rule.matches[len(found) :], mappings, strict=True):
        entries = {ALIASES.get(key, key): entry for key, entry in mapping.entries.items()}
        found.append(MatchView(conditions, mapping, entries, _scalars(entries)))
    return tuple(found)


def _scalars(entries: Entries) -> dict[str, list[Scalar]]:
    return {key: [item for item in items_of(value) if isinstance(item, Scalar)] for key, (_, value) in entries.items()}


def _metadata(file: FileView) -> Iterator[MetadataView]:
    """The places of metadata, found by their line and their selectors: the fields are read in another order."""
    by_line: dict[str, list[Mapping]] = {}
    for node in _places(file.section("metadata")):
        by_line.setdefault(f"{file.name}:{node.line}", []).append(node)
    for rule in file.file.metadata:
        candidates = by_line.get(rule.source, [])
        for node in candidates:
            scalars = _scalars(node.entries)
            if [item.text for item in scalars.get("css", [])] == [selector.source for selector in rule.css]:
                yield MetadataView(rule, scalars)
                candidates.remove(node)
                break


def _places(section: Node | None) -> Iterator[Mapping]:
    """The mappings of metadata that name a place of the page, also those of the file's own fields."""
    stack: list[Node] = [section] if section is not None else []
    while stack:
        node = stack.pop()
        if isinstance(node, Mapping):
            if set(SELECTOR_KEYS) & node.entries.keys():
                yield node
            else:
                stack += [value for _, value in reversed(node.entries.values())]
        elif isinstance(node, Sequence):
            stack += reversed(node.items)
