"""Code in flattened text: indented lines with the signs of a program, between blank lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cleaner.text.tables import Drawn

_MIN_INDENT = 4
"""Minimum number of columns before every line of code, as in Markdown."""
_MIN_LINES = 2
_MIN_SIGNED = 0.5
"""Minimum share of the lines that have signs of a program."""
_SIGNS = re.compile(
    r"[{}();\[=]$|\w\(\w*\)|\w\.\w+\(|\s(?:[=+*/<>!]=?|&&|\|\||->|=>|::)\s|^(?:\$\s|>>>|#\w|//|/\*|\*/|[{}\[\])])"
)


def code_in(rows: Sequence[str]) -> Iterator[Drawn]:
    """The code of a text, whose other blocks have a smaller indent."""
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
    return row[:_MIN_INDENT].isspace()


def _is_code(rows: Sequence[str]) -> bool:
    if len(rows) < _MIN_LINES:
        return False
    return sum(_SIGNS.search(row.strip()) is not None for row in rows) >= _MIN_SIGNED * len(rows)
