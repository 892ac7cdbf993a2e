"""Verse and addresses: short lines between blank lines that stay lines of one block."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from cleaner.text.wrapping import MIN_WIDTH, ends_sentence, starts_item, widest_fit

_MIN_LINES, _MAX_LINES = 3, 60
"""Numbers of lines of a stanza."""
_MIN_WORDS = 2.5
"""Minimum number of words per line of a stanza; the lines of menus are shorter."""
_MAX_CHARACTERS = 60
"""Maximum number of characters of a line of a stanza."""
_MIN_SIGNED = 0.3
"""Minimum share of the lines of a stanza that end with a sign."""
_MIN_FULL = 0.75
"""Minimum share of full lines in a narrow paragraph."""
_MAX_ADDRESS = 6
"""Maximum number of lines of an address."""
_POSTAL_CODE = re.compile(r"(?<![\d.,:/-])\d{4,6}(?![\d.,:/-])")


def stanzas_in(rows: Sequence[str]) -> Iterator[range]:
    """The rows of each stanza or address; none where blank lines do not separate all blocks of the text."""
    if "x" * _MIN_LINES not in "".join("x" if row else " " for row in rows):
        return
    groups = list(_groups(rows))
    if len(groups) < 2 or not all(_is_block(rows, group) for group in groups):
        return
    for group in groups:
        lines = [rows[number].strip() for number in group]
        if len(group) >= _MIN_LINES and _are_lines(lines):
            yield group


def _groups(rows: Sequence[str]) -> Iterator[range]:
    """The rows between blank rows."""
    start = 0
    for number, row in enumerate([*rows, ""]):
        if not row:
            if number > start:
                yield range(start, number)
            start = number + 1


def _is_block(rows: Sequence[str], group: range) -> bool:
    """Whether a group can be a block: one with a long line beside others has several."""
    return len(group) == 1 or all(len(rows[number]) <= 2 * _MAX_CHARACTERS for number in group)


def _are_lines(lines: Sequence[str]) -> bool:
    """Whether lines are those of a stanza or an address."""
    if len(lines) > _MAX_LINES or max(map(len, lines)) > _MAX_CHARACTERS or any(map(starts_item, lines)):
        return False
    if _is_address(lines):
        return True
    if sum(len(line.split()) for line in lines) < _MIN_WORDS * len(lines):
        return False
    longest = max(map(len, lines))
    full = sum(widest_fit(line, following) >= longest for line, following in pairwise(lines))
    if longest >= MIN_WIDTH and full >= _MIN_FULL * (len(lines) - 1):
        return False
    pauses = sum(line[-1] in ",;:—–-" for line in lines)
    sentences = sum(map(ends_sentence, lines))
    is_verse = pauses > 0 and pauses + sentences >= _MIN_SIGNED * len(lines) and sentences <= len(lines) / 2
    return is_verse or (len(lines) <= _MAX_ADDRESS and _numbered(lines) > 1 and not sentences)


def _is_address(lines: Sequence[str]) -> bool:
    """Whether lines are a name, a street and a town with a postal code: several have numbers, none is a sentence."""
    words = sum(len(line.split()) for line in lines)
    return (
        len(lines) <= _MAX_ADDRESS
        and 1 < _numbered(lines) < len(lines)
        and words >= 2 * len(lines)
        and any(_POSTAL_CODE.search(line) for line in lines[1:])
        and not any(map(ends_sentence, lines))
    )


def _numbered(lines: Sequence[str]) -> int:
    """The number of lines with a digit."""
    return sum(any(char.isdigit() for char in line) for line in lines)
