"""The tests of an attribute's value (Selectors 3, section 6.3)."""

from __future__ import annotations

from collections.abc import Callable

from cleaner.selectors.elements import split_tokens
from cleaner.selectors.expressions import AttributeTest


def attribute_check(test: AttributeTest) -> Callable[[str], bool]:
    """The test of the value, for where the attribute is there."""
    passes = _OPERATORS[test.operator]
    if test.ignore_case:
        wanted = test.value.lower()
        return lambda value: passes(value.lower(), wanted)
    wanted = test.value
    return lambda value: passes(value, wanted)


# An empty string is part of no value.
_OPERATORS: dict[str, Callable[[str, str], bool]] = {
    "exists": lambda value, wanted: True,
    "=": lambda value, wanted: value == wanted,
    "~=": lambda value, wanted: wanted in split_tokens(value),
    "|=": lambda value, wanted: value == wanted or value.startswith(wanted + "-"),
    "^=": lambda value, wanted: bool(wanted) and value.startswith(wanted),
    "$=": lambda value, wanted: bool(wanted) and value.endswith(wanted),
    "*=": lambda value, wanted: bool(wanted) and wanted in value,
}
