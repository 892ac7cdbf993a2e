"""The metadata that rules name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from cleaner.metadata.dates import parse
from cleaner.metadata.fields import language_tag
from cleaner.rules.types import MetadataRule

_READERS: dict[str, Callable[[str], str | None]] = {"date": parse, "language": language_tag}
"""What a value must be for some fields; one that is not counts as none."""


def fields_by_rules(rules: Sequence[MetadataRule], values: Mapping[int, Sequence[str]]) -> dict[str, str]:
    """The fields that rules give, by name.

    `values` are what the selectors of the rules found, by the rule's number. Of several rules for a field the
    strongest that finds something counts, in one file the first.
    """
    found: dict[str, str] = {}
    for number in sorted(values, key=lambda n: _weakness(rules[n])):
        rule = rules[number]
        if rule.field in found:
            continue
        read = _READERS.get(rule.field, str)
        candidates = (read(_matched(rule.regex, " ".join(value.split()))) for value in values[number])
        value = next(filter(None, candidates), None)
        if value:
            found[rule.field] = value
    return found


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
