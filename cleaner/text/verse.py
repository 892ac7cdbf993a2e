"""Verse and addresses: short lines between blank ones that are kept as lines of one block."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from cleaner.text.wrapping import NARROWEST, ends_sentence, starts_item, widest_fit

_FEWEST, _MOST = 3, 60
"""Lines of a stanza."""
_FEWEST_WORDS = 2.5
"""A line on average; menus have shorter ones."""
_LONGEST = 60
"""Characters of such a line."""
_PAUSES = 0.3
"""Share of a stanza's lines that end with a sign."""
_FULL = 0.75
"""Share of full lines from which on lines are those of a narrow paragraph."""
_ADDRESS = 6
"""Lines of an address, at most."""
_CODE = re.compile(r"(?<![\d.,:/-])\d{4,6}(?![\d.,:/-])")
"""A town's code."""


def stanzas_in(rows: Sequence[str]) -> Iterator[range]:
    """The rows of each stanza or address, where blank lines stand between all blocks of a text."""
    if "x" * _FEWEST not in "".join("x" if row else " " for row in rows):
        return
    groups = list(_groups(rows))
    if len(groups) < 2 or not all(_is_block(rows, group) for group in groups):
        return
    for group in groups:
        lines = [rows[number].strip() for number in group]
        if len(group) >= _FEWEST and _are_lines(lines):
            yield group


def _groups(rows: Sequence[str]) -> Iterator[range]:
    start = 0
    for number, row in enumerate([*rows, ""]):
        if not row:
            if number > start:
                yield range(start, number)
            start = number + 1


def _is_block(rows: Sequence[str], group: range) -> bool:
    """Whether no long line stands in a group with others: then blank lines are not what ends a block."""
    return len(group) == 1 or all(len(rows[number]) <= 2 * _LONGEST for number in group)


def _are_lines(lines: Sequence[str]) -> bool:
    if len(lines) > _MOST or max(map(len, lines)) > _LONGEST or any(map(starts_item, lines)):
        return False
    if _is_address(lines):
        return True
    if sum(len(line.split()) for line in lines) < _FEWEST_WORDS * len(lines):
        return False
    longest = max(map(len, lines))
    full = sum(widest_fit(line, following) >= longest for line, following in pairwise(lines))
    if longest >= NARROWEST and full >= _FULL * (len(lines) - 1):
        return False
    pauses = sum(line[-1] in ",;:—–-" for line in lines)
    sentences = sum(map(ends_sentence, lines))
    is_verse = pauses > 0 and pauses + sentences >= _PAUSES * len(lines) and sentences <= len(lines) / 2
    return is_verse or (len(lines) <= _ADDRESS and _numbered(lines) > 1 and not sentences)


def _is_address(lines: Sequence[str]) -> bool:
    """Whether lines are a name, a street and a town with its code: numbers in two of them or more, and no sentence."""
    words = sum(len(line.split()) for line in lines)
    return (
        len(lines) <= _ADDRESS
        and 1 < _numbered(lines) < len(lines)
        and words >= 2 * len(lines)
        and any(_CODE.search(line) for line in lines[1:])
        and not any(map(ends_sentence, lines))
    )


def _numbered(lines: Sequence[str]) -> int:
    return sum(any(char.isdigit() for char in line) for line in lines)
