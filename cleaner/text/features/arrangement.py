"""What a score sees of the layout around a line, and of the number that it begins with."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cleaner.models.arrays import Flags, Floats
from cleaner.models.table import Columns

_MAX_NUMBER = 11
"""Maximum number of characters of a line's number."""
_MAX_DIGITS = 3
"""Maximum number of digits of the first part of a line's number; four are a year."""

MEANINGS = {
    "gap_before": "a blank line is before it, or the text has none",
    "gap_after": "a blank line is after it, or the text has none",
    "indent": "columns before it, less the minimum",
    "number_depth": "parts of the number that it begins with: 2 for `2.1`",
    "number": "the last part of that number",
}


def layout_columns(gaps: Sequence[bool], indents: Sequence[int]) -> Columns:
    """The blank lines and columns around each line.

    A text with blank lines between all of its lines gives the same as one with none.
    """
    before = np.asarray(gaps, bool)
    if not before[1:].any():
        before = np.ones(len(before), bool)
    columns = np.asarray(indents, np.float32)
    return {
        "gap_before": before,
        "gap_after": np.append(before[1:], True),
        "indent": columns - columns.min(),
    }


def number_columns(texts: Sequence[str], begins_with_digit: Flags) -> Columns:
    """The numbers that lines begin with: "2.1 " has two parts, "2019 " is none."""
    depth: Floats = np.zeros(len(texts), np.float32)
    number: Floats = np.full(len(texts), -1, np.float32)
    for line in np.flatnonzero(begins_with_digit).tolist():
        parts = _parts(texts[line].split(None, 1)[0])
        if parts:
            depth[line], number[line] = len(parts), float(parts[-1])
    return {"number_depth": depth, "number": number}


def _parts(word: str) -> list[str]:
    """The parts of a number that counts sections or items; none where a word is something else."""
    parts = word.rstrip(".):").split(".")
    if len(word) > _MAX_NUMBER or not word.isascii() or not all(part.isdigit() for part in parts):
        return []
    counts = word[-1] in ".):" or len(parts) > 1
    return parts if counts and len(parts[0]) <= _MAX_DIGITS else []
