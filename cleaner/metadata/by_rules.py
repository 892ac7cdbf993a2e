"""The metadata that rules name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cleaner.intake.language_tags import language_tag
from cleaner.metadata.dates import parse
from cleaner.metadata.evidence import Found
from cleaner.rules.types import MetadataRule


def fields_by_rules(
    rules: Sequence[MetadataRule], values: Mapping[int, Sequence[str]], language: str | None = None
) -> tuple[dict[str, Found], dict[str, Found]]:
    """The fields that rules give, by name, each with the place of its rule; then those that files have for their own.

    `values` are what the selectors of the rules found, by the rule's number; `language` is the page's. Of several
    rules for a field the strongest that finds something counts, in one file the first.
    """
    found: dict[bool, dict[str, Found]] = {False: {}, True: {}}
    for number in sorted(values, key=lambda n: _weakness(rules[n])):
        rule = rules[number]
        fields = found[rule.is_own]
        if rule.field in fields:
            continue
        matched = (_matched(rule.regex, " ".join(value.split())).strip() for value in values[number])
        candidates = matched if rule.is_own else (_read(rule.field, value, language) for value in matched)
        value = next(filter(None, candidates), None)
        if value:
            fields[rule.field] = Found(value, (f"rule {rule.source}",))
    return found[False], found[True]


def _read(field: str, value: str, language: str | None) -> str | None:
    """What a value says for a field; one that is no date or no language counts as none."""
    if field == "date":
        return parse(value, language)
    return language_tag(value) if field == "language" else value


def _weakness(rule: MetadataRule) -> tuple[int, int, int]:
    """What orders rules from the strongest to the weakest: a later file counts more, in a file the first of a list."""
    file, place = rule.order
    return -rule.tier, -file, place


def _matched(pattern: str | None, value: str) -> str:
    """The first group of a pattern in a value, or the whole match where it has no group."""
    if pattern is None:
        return value
    import re2

    match = re2.search(pattern, value)
    if match is None:
        return ""
    return (match.group(1) if match.re.groups else match.group()) or ""
