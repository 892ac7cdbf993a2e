"""Rules as a person would write them: YAML that loads to the same rules."""

from __future__ import annotations

import dataclasses
import sys
from typing import Any

import yaml

from cleaner.rules.types import DEFAULT_EDITS, Conditions, Place, Rule

_ADDED_AFTER_LOADING = ":"
"""Stands in the id of a rule that its file gives none, "example:4", and in no other."""


def rule_yaml(rule: Rule) -> str:
    """A rule file with this rule alone. Where the rule stands is in a comment."""
    scope = {"sites": list(rule.sites), "languages": list(rule.languages)}
    file = {key: value for key, value in scope.items() if value} | {"rules": [_rule(rule)]}
    place = " ".join(f"{rule.id}, {rule.source}".splitlines())
    return f"# {place}\n" + yaml.dump(file, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=sys.maxsize)


def match_parts(match: Conditions) -> dict[str, Any]:
    """The keys that a match gives, as plain values; what may be a list is one."""
    parts = {field.name: getattr(match, field.name) for field in dataclasses.fields(match)}
    if match.edits == DEFAULT_EDITS:
        del parts["edits"]
    return {key: _plain(value) for key, value in parts.items() if value not in ((), None)}


def _plain(value: Any) -> Any:
    if isinstance(value, Place):
        return {value.where: value.count}
    if isinstance(value, tuple):
        return [item if isinstance(item, str) else item.source for item in value]  # of a selector, what was written
    return value


def _rule(rule: Rule) -> dict[str, Any]:
    given = {
        rule.verb: _one_or_all([_match(match, number) for number, match in enumerate(rule.matches)]),
        "id": None if _ADDED_AFTER_LOADING in rule.id else rule.id,
        "why": rule.why,
        "level": rule.level,
        "with": rule.replacement or None,
    }
    return {key: value for key, value in given.items() if value is not None}


def _match(match: Conditions, number: int) -> Any:
    parts = {key: _one_or_all(value) if isinstance(value, list) else value for key, value in match_parts(match).items()}
    # Texts without a key are one match together, the first.
    return parts["text"] if number == 0 and list(parts) == ["text"] else parts


def _one_or_all(items: list[Any]) -> Any:
    return items[0] if len(items) == 1 else items


class _Dumper(yaml.SafeDumper):
    """Indents the items of lists, as the shipped files do."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, indentless=False)
