"""Writes into a rule file what its tests give now: by the places of its text, so that comments and layout stay."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence as Results
from dataclasses import replace

import yaml

from cleaner.rules.check import check_file
from cleaner.rules.source import Mapping, Node, Problems, Scalar, Sequence, read_nodes
from cleaner.rules.testing import TestResult
from cleaner.rules.types import RuleTest

_UNWRITABLE = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""Characters that a rule file cannot have as they are."""


def updated(text: str, results: Results[TestResult]) -> tuple[str, list[TestResult]]:
    """The text of a rule file in which the tests of these results give what was left, and the results that it is so of.

    A test whose text cannot be written so that it says the same again stays as it is.
    """
    done: list[TestResult] = []
    by_line = {int(result.test.source.rpartition(":")[2]): result for result in results}
    places = [(node, result) for node in _tests(text) if (result := by_line.get(node.line)) is not None]
    for node, result in reversed(places):  # from the end, so that the places before stay
        new = _with_gives(text, node, result.got)
        if new is not None and _says(new, text, result):
            text = new
            done.append(result)
    return text, done[::-1]


def _tests(text: str) -> list[Mapping]:
    root = read_nodes(text.encode(), Problems(""))
    section = root.entries.get("tests") if isinstance(root, Mapping) else None
    nodes = section[1].items if section is not None and isinstance(section[1], Sequence) else []
    return [node for node in nodes if isinstance(node, Mapping)]


def _with_gives(text: str, test: Mapping, gives: str) -> str | None:
    """The text of a file in which a test has another `gives`; None where it has none."""
    if "gives" not in test.entries:
        return None
    key, node = test.entries["gives"]
    if not isinstance(node, Scalar):
        return None
    newline = "\r\n" if "\r\n" in text else "\n"
    in_block = _is_in_block(text, test)
    start, end = node.start, node.end
    was_block = start < end and text[start] in "|>"
    if was_block:
        end = _block_end(text, start, key)
    several = gives and (was_block or "\n" in gives)
    if not several or not in_block or _UNWRITABLE.search(gives):
        written = _quoted(gives)
        if in_block and text[end : end + 1] not in ("", "\r", "\n", " "):
            written += newline
    else:
        written = _literal(gives, key.column - 1 + 2).replace("\n", newline)
    if start == end and not text[start - 1 : start].isspace():  # `gives:` with nothing after it
        written = " " + written
    return text[:start] + written + text[end:]


def _is_in_block(text: str, test: Mapping) -> bool:
    """Whether a test is written in lines rather than in braces: `gives` is the first thing of its line."""
    key: Node = test.entries["gives"][0]
    assert isinstance(key, Scalar)
    before = text[text.rfind("\n", 0, key.start) + 1 : key.start]
    return text[test.start : test.start + 1] != "{" and not before.strip(" -")


def _block_end(text: str, start: int, key: Scalar) -> int:
    """The end of the last line of a block scalar that says something: those that are indented more than its key."""
    line_end = text.find("\n", start)
    end = at = len(text) if line_end < 0 else line_end
    while 0 <= at < len(text):
        following = text.find("\n", at + 1)
        following = len(text) if following < 0 else following
        line = text[at + 1 : following]
        if line.strip():
            if len(line) - len(line.lstrip(" ")) < key.column:
                break
            end = following
        at = following
    return end - 1 if text[end - 1 : end] == "\r" else end


def _quoted(text: str) -> str:
    """A text in one line, in quotes where it needs them, as it may stand in brackets, too."""
    if "\n" in text or _UNWRITABLE.search(text):
        return json.dumps(text)
    return yaml.safe_dump([text], default_flow_style=True, allow_unicode=True, width=sys.maxsize).strip()[1:-1]


def _literal(text: str, indent: int) -> str:
    """A text as a block scalar; a first line that begins with spaces needs its indentation said."""
    sign = "|2" if text.startswith((" ", "\n")) else "|"
    lines = [" " * indent + line if line else "" for line in text.split("\n")]
    return "\n".join([sign, *lines])


def _says(new: str, old: str, result: TestResult) -> bool:
    """Whether a changed file is the old one but for what this test gives."""
    files = [check_file(text.encode(), "", 0, shipped=False) for text in (old, new)]
    before, after = ([replace(test, source="") for test in file.tests] for file in files)
    if files[1].problems.found or len(before) != len(after) or len(files[0].rules) != len(files[1].rules):
        return False
    changed = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
    return [_given(b) for _, b in changed] in ([_trimmed(result.got)], []) and all(
        replace(a, gives=None) == replace(b, gives=None) for a, b in changed
    )


def _given(test: RuleTest) -> str:
    return _trimmed(test.gives or "")


def _trimmed(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.splitlines()).strip("\n")
