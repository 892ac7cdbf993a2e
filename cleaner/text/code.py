"""Code among flattened text: indented lines between blank ones that have the signs of a program."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cleaner.text.tables import Drawn

_INDENT = 4
"""Columns that every line of code is set in, at least: what Markdown asks for as well."""
_FEWEST = 2
_MOSTLY = 0.5
"""Share of the lines that have such signs."""
_SIGNS = re.compile(
    r"[{}();\[=]$|\w\(\w*\)|\w\.\w+\(|\s(?:[=+*/<>!]=?|&&|\|\||->|=>|::)\s|^(?:\$\s|>>>|#\w|//|/\*|\*/|[{}\[\])])"
)


def code_in(rows: Sequence[str]) -> Iterator[Drawn]:
    """The stretches of code of a text whose other blocks are not indented as far."""
    start = 0
    for number, row in enumerate([*rows, "x"]):
        if row and not _is_indented(row):
            end = number
            while end > start and not rows[end - 1]:
                end -= 1
            while start < end and not rows[start]:
                start += 1
            if _is_code([r for r in rows[start:end] if r]):
                yield Drawn(start, end, [])
            start = number + 1


def _is_indented(row: str) -> bool:
    return row[:_INDENT].isspace()


def _is_code(rows: Sequence[str]) -> bool:
    if len(rows) < _FEWEST:
        return False
    return sum(_SIGNS.search(row.strip()) is not None for row in rows) >= _MOSTLY * len(rows)
