"""YAML of rule files to nodes that know their line and column.

A rule file comes from a stranger: only the event stream of the parser is used, never its constructors; size and depth
are bounded; aliases, tags and anchors, with which a small file can become a large one, are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import yaml

from cleaner.rules.syntax import position, syntax_error
from cleaner.rules.types import MAX_BYTES, Problem

MAX_DEPTH = 20
MAX_NODES = 250_000
"""Texts, lists and mappings of a file: a file of 2 MB can have a million, and takes seconds."""
MAX_PROBLEMS = 1000
"""Mistakes of a file that are told."""
SHOWN = 60
"""Characters of a text that a message quotes."""

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]|[\ufeff\ufffe\uffff]")


@dataclass(slots=True)
class Scalar:
    """A text; `plain` where it is written without quotes."""

    line: int
    column: int
    text: str
    plain: bool
    start: int = 0
    """Offset in the file's text, in characters; so is `end`."""
    end: int = 0


@dataclass(slots=True)
class Sequence:
    """A list."""

    line: int
    column: int
    items: list[Node] = field(default_factory=list)
    flow: bool = False
    """Whether it is written in brackets."""
    start: int = 0


@dataclass(slots=True)
class Mapping:
    """Keys and values in the order of the file, each key once."""

    line: int
    column: int
    entries: dict[str, tuple[Scalar, Node]] = field(default_factory=dict)
    key: Node | None = None
    """The key that waits for its value while the file is being read."""
    start: int = 0


@dataclass(slots=True)
class Broken:
    """Stands where a problem has been reported already: whoever checks it says nothing more."""

    line: int
    column: int


Node = Scalar | Sequence | Mapping | Broken


class TooManyProblems(Exception):
    """Ends the check of a file that has nothing but mistakes."""


class Problems:
    """Collects the problems of one file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Problem] = []
        self._spent: dict[str, int] = {}

    def add(self, node: Node, message: str, code: str = "wrong-value") -> None:
        """Note a problem at the place of a node; `code` is its kind."""
        self.at(node.line, node.column, message, code)

    def afford(self, node: Node, what: str, size: int, limit: int) -> bool:
        """Whether the file's patterns, selectors, ... stay within a limit; said once where they do not."""
        spent = self._spent.get(what, 0)
        if spent > limit:
            return False
        self._spent[what] = spent + size
        if spent + size > limit:
            self.add(node, f"the {what} of this file are too large together, over {limit:,}", "too-large")
        return spent + size <= limit

    def at(self, line: int, column: int, message: str, code: str = "syntax") -> None:
        """Note a problem at a line and column, both from 1. Raises TooManyProblems after `MAX_PROBLEMS`."""
        self.found.append(Problem(self.file, line, column, message, code))
        if len(self.found) == MAX_PROBLEMS:
            message = f"these are {MAX_PROBLEMS:,} mistakes; the rest of the file is not looked at"
            self.found.append(Problem(self.file, line, column, message, "too-large"))
            raise TooManyProblems


def quote(text: str) -> str:
    """The text in quotes for a message, shortened where it is long."""
    return repr(text if len(text) <= SHOWN else text[:SHOWN] + "…")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The known word that is nearest, as the end of a message; empty where none is near."""
    from rapidfuzz import fuzz, process

    best = process.extractOne(word.lower(), list(known), scorer=fuzz.ratio, score_cutoff=60)
    return f"; did you mean {best[0]!r}?" if best else ""


def read_nodes(data: bytes, problems: Problems) -> Node | None:
    """The root node of a file's bytes; None where a problem leaves nothing to check."""
    text = _decode(data, problems)
    if text is None:
        return None
    builder = _Builder(problems)
    try:
        if not builder.take_all(text):
            return None
    except yaml.YAMLError as error:
        _report(error, text, problems)
        return None
    if builder.root is None:
        problems.at(1, 1, "the file is empty")
    return builder.root


def _report(error: yaml.YAMLError, text: str, problems: Problems) -> None:
    """Adds the problem for which PyYAML could not read on."""
    mark = getattr(error, "problem_mark", None)
    inside = getattr(error, "context_mark", None)
    at, message = syntax_error(text, mark.index if mark else 0, inside.index if inside else None)
    # The parser reads ahead of its events. What stands before its error may have been over a limit of ours already.
    earlier = Problems(problems.file)
    with suppress(yaml.YAMLError):
        if not _Builder(earlier).take_all(text[:at]):
            problems.found[:] = earlier.found
            return
    problems.at(*position(text[:at]), f"not YAML: {message}")


def _decode(data: bytes, problems: Problems) -> str | None:
    if len(data) > MAX_BYTES:
        problems.at(1, 1, f"the file is larger than {MAX_BYTES:,} bytes", "too-large")
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problems.at(*position(data[: error.start].decode("utf-8-sig")), "the file is not UTF-8")
        return None
    if bad := _UNPRINTABLE.search(text):
        message = f"character U+{ord(bad.group()):04X} is not allowed"
        problems.at(*position(text[: bad.start()]), message)
        return None
    return text


def _place(mark: Any) -> tuple[int, int]:
    """Line and column, from 1, of a mark of the parser."""
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _offset(mark: Any) -> int:
    """The offset of a mark of the parser, in characters."""
    return int(mark.index) if mark else 0


def _events(text: str) -> Iterator[yaml.Event]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml is seven times faster, where it was built in
    events: Iterator[yaml.Event] = yaml.parse(text, Loader=loader)
    return events


class _Builder:
    """Events to nodes, with a stack of its own: no depth of nesting can exhaust Python's."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self.root: Node | None = None
        self.stack: list[Sequence | Mapping] = []
        self.documents = 0
        self.nodes = 0

    def take_all(self, text: str) -> bool:
        """Takes the events of a text; False where reading on made no sense. Raises yaml.YAMLError."""
        return all(map(self._take, _events(text)))

    def _take(self, event: yaml.Event) -> bool:
        if isinstance(event, yaml.NodeEvent):
            return self._node(event)
        if isinstance(event, yaml.CollectionEndEvent):
            self.stack.pop()
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                message = "a rule file is one YAML document; this starts a second"
                self.problems.at(*_place(event.start_mark), message)
        return self.documents <= 1

    def _node(self, event: yaml.NodeEvent) -> bool:
        node = _node_of(event)
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self.problems.add(
                node, f"the file has over {MAX_NODES:,} texts, lists and mappings; divide it", "too-large"
            )
            return False
        if len(self.stack) >= MAX_DEPTH:
            self.problems.add(node, f"nested more than {MAX_DEPTH} levels deep", "too-large")
            return False
        if event.anchor is not None:
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            self.problems.add(
                node, f"{quote(sign + event.anchor)}: no anchors and aliases here; write it out", "syntax"
            )
        tag: str | None = getattr(event, "tag", None)
        if tag is not None:
            self.problems.add(node, f"tag {quote(tag)} is not available; write a plain value", "syntax")
        self._put(node)
        if isinstance(node, Sequence | Mapping):
            self.stack.append(node)
        return True

    def _put(self, node: Node) -> None:
        if not self.stack:
            self.root = node
            return
        parent = self.stack[-1]
        if isinstance(parent, Sequence):
            parent.items.append(node)
        elif parent.key is None:
            parent.key = node
        else:
            self._entry(parent, parent.key, node)
            parent.key = None

    def _entry(self, parent: Mapping, key: Node, value: Node) -> None:
        if not isinstance(key, Scalar):
            self.problems.add(key, "a key must be a word", "syntax")
        elif key.text in parent.entries:
            first = parent.entries[key.text][0]
            self.problems.add(key, f"duplicate key {quote(key.text)}; the first is in line {first.line}", "syntax")
        else:
            parent.entries[key.text] = (key, value)


def _node_of(event: yaml.NodeEvent) -> Node:
    line, column = _place(event.start_mark)
    start, end = _offset(event.start_mark), _offset(event.end_mark)
    if isinstance(event, yaml.ScalarEvent):
        return Scalar(line, column, event.value, event.implicit[0], start, end)
    if isinstance(event, yaml.SequenceStartEvent):
        return Sequence(line, column, flow=bool(event.flow_style), start=start)
    if isinstance(event, yaml.MappingStartEvent):
        return Mapping(line, column, start=start)
    return Broken(line, column)
