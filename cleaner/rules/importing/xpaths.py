"""XPath of other tools to the subset of rule files."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cleaner.rules.importing.writing import UNWRITABLE
from cleaner.selectors import SelectorError, compile_xpath

_LAST_ATTRIBUTE = re.compile(r"/(?:@|attribute::)([\w:*-]+)\s*$")
_COMMENTS = re.compile(r"comment\(\)\s*(?:\[[^\]]*\]\s*)?$")
_MENDS = (
    (re.compile(r"\bcontain\("), "contains("),
    (re.compile(r"contains\((@[\w-]+)\s*=\s*"), r"contains(\1, "),
    (re.compile(r"@text\(\)"), "text()"),
    (re.compile(r"^/{3,}"), "//"),
)
"""Mistakes that have one plain meaning. Full-Text RSS takes such an expression for one that selects nothing."""


@dataclass(frozen=True, slots=True)
class Usable:
    """An expression that a rule file takes."""

    source: str
    selects_nodes: bool
    note: str = ""
    """What was changed."""


def usable_xpath(source: str) -> Usable | str:
    """The expression for a rule file, or why there is none."""
    if not source:
        return "it has no value"
    if bad := UNWRITABLE.search(source):
        return f"it has the character U+{ord(bad.group()):04X}, which no rule file may have"
    first = _compiled(source)
    if isinstance(first, Usable):
        return first
    mended = source
    for mistake, meant in _MENDS:
        mended = mistake.sub(meant, mended)
    second = _compiled(mended) if mended != source else first
    if isinstance(second, Usable):
        return Usable(mended, second.selects_nodes, f"it was wrong ({first}) and was mended")
    return first


def attribute_selected(source: str) -> str | None:
    """The name of the attribute that an expression selects instead of elements; None where it selects elements."""
    found = _LAST_ATTRIBUTE.search(source)
    return found[1].lower() if found else None


def selects_comments(source: str) -> bool:
    """Whether an expression ends in comments of the page's markup."""
    return _COMMENTS.search(source) is not None


def unless_any(source: str, others: list[str]) -> str:
    """The expression, selecting nothing on a page where one of the others selects something."""
    if not others:
        return source
    return f"({source})[not({' | '.join(others)})]"


def _compiled(source: str) -> Usable | str:
    try:
        selector = compile_xpath(source)
    except SelectorError as error:
        return error.message
    return Usable(source, selector.compounds is not None or selector.selects_nodes)
