"""Verse and addresses: short lines between blank lines that stay lines of one block.

Prose that is broken at some width has small letters at the beginnings of most of its lines, and lines of about the
width of the text. Verse is narrower than the prose around it, or its lines begin with capitals; and it pauses where its
lines end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from cleaner.text.wrapping import MIN_WIDTH, ends_sentence, starts_item, widest_fit

_MIN_STANZA, _MAX_LINES = 3, 60
"""Numbers of lines of a stanza; one of two lines needs more signs."""
_MIN_CAPITAL_LINES = 4
"""Minimum number of lines that begin with capitals, where they are as long as one another."""
_MIN_WORDS = 2.5
"""Minimum number of words per line of a stanza; the lines of menus are shorter."""
_MAX_CHARACTERS, _MAX_LONG = 60, 80
"""Maximum number of characters of a line of a stanza, and of a line that begins with a capital as all others do."""
_MIN_SIGNED = 0.3
"""Minimum share of the lines of a stanza that end with a sign."""
_MIN_CAPITAL = 0.8
"""Minimum share of the lines of a stanza that begin with capitals, if it is as wide as prose."""
_MIN_FULL = 0.75
"""Minimum share of full lines in a narrow paragraph."""
_USUAL, _MAX_MEASURE = 0.9, 100
"""Share of the lines of a text that are not longer than its measure, and the maximum of that."""
_NARROW, _MAX_NARROW, _ALWAYS_NARROW = 0.62, 48, 45
"""Maximum length of the lines of narrow text: as a share of the measure, of text that is not set in, and of verse in a
text of short lines."""
_MIN_INDENT = 2
"""Minimum number of columns before lines that are set in."""
_ENDS_OF_COUPLET = ".,;!—"
_MAX_ADDRESS = 6
"""Maximum number of lines of an address."""
_POSTAL_CODE = re.compile(r"(?<![\d.,:/-])\d{4,6}(?![\d.,:/-])")
_OPENERS = "\"'“”‘’«»„‹›([¿¡—–- "


def stanzas_in(rows: Sequence[str]) -> Iterator[range]:
    """The rows of each stanza or address; none where blank lines do not separate all blocks of the text."""
    if "xx" not in "".join("x" if row else " " for row in rows):
        return
    groups = list(_groups(rows))
    if len(groups) < 2 or not all(_is_block(rows, group) for group in groups):
        return
    measure = _measure(rows)
    for group in groups:
        if 1 < len(group) <= _MAX_LINES and _are_lines([rows[number] for number in group], measure):
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


def _measure(rows: Sequence[str]) -> int:
    """The usual length of the lines of a text."""
    lengths = sorted(len(row) for row in rows if row)
    return min(lengths[int(_USUAL * (len(lengths) - 1))], _MAX_MEASURE)


def _are_lines(rows: Sequence[str], measure: int) -> bool:
    """Whether rows are those of a stanza or an address."""
    lines = [row.strip() for row in rows]
    longest = max(map(len, lines))
    if longest > _MAX_LONG or any(map(starts_item, lines)):
        return False
    if longest <= _MAX_CHARACTERS and _is_address(lines):
        return True
    if sum(len(line.split()) for line in lines) < _MIN_WORDS * len(lines):
        return False
    sentences = sum(map(ends_sentence, lines))
    signs = sentences + sum(line[-1] in ",;:—–-，；、،؛" for line in lines)
    if sentences > len(lines) / 2:
        return False
    is_set_in = all(row[:_MIN_INDENT].isspace() for row in rows)
    is_narrow = longest <= _NARROW * measure and (is_set_in or longest <= _MAX_NARROW)
    if is_narrow and (is_set_in or len(lines) >= _MIN_STANZA) and _goes_on(lines, signs):
        return True
    if len(lines) < _MIN_STANZA:
        return is_narrow and not ends_sentence(lines[0]) and lines[-1][-1] in _ENDS_OF_COUPLET
    numbers = _numbered(lines)
    if numbers > 1 and len(lines) <= _MAX_ADDRESS and not sentences and longest <= _MAX_CHARACTERS:
        return not _is_full(lines, longest)
    if signs == sentences or signs < _MIN_SIGNED * len(lines):
        return False
    begins = _capital_share(lines)
    if begins >= _MIN_CAPITAL and len(lines) >= _MIN_CAPITAL_LINES:
        return begins == 1 or not _is_full(lines, longest)
    may_be_verse = begins >= _MIN_CAPITAL or is_narrow or longest <= _ALWAYS_NARROW
    return may_be_verse and longest <= _MAX_CHARACTERS and not _is_full(lines, longest)


def _goes_on(lines: Sequence[str], signs: int) -> bool:
    """Whether narrow lines are those of one text: its sentences go on from line to line."""
    small = sum(line.lstrip(_OPENERS)[:1].islower() for line in lines[1:])
    if not signs:
        return small == len(lines) - 1 and lines[0].lstrip(_OPENERS)[:1].isupper()
    return 2 * small >= len(lines) - 1 or signs >= _MIN_SIGNED * len(lines)


def _capital_share(lines: Sequence[str]) -> float:
    """The share of the lines after the first one that begin with a capital; 0 for letters without case."""
    return sum(line.lstrip(_OPENERS)[:1].isupper() for line in lines[1:]) / (len(lines) - 1)


def _is_full(lines: Sequence[str], longest: int) -> bool:
    """Whether the lines are as long as their words allow, as those of prose are."""
    full = sum(widest_fit(line, following) >= longest for line, following in pairwise(lines))
    return longest >= MIN_WIDTH and full >= _MIN_FULL * (len(lines) - 1)


def _is_address(lines: Sequence[str]) -> bool:
    """Whether lines are a name, a street and a town with a postal code: several have numbers, none is a sentence."""
    words = sum(len(line.split()) for line in lines)
    return (
        _MIN_STANZA <= len(lines) <= _MAX_ADDRESS
        and 1 < _numbered(lines) < len(lines)
        and words >= 2 * len(lines)
        and any(_POSTAL_CODE.search(line) for line in lines[1:])
        and not any(map(ends_sentence, lines))
    )


def _numbered(lines: Sequence[str]) -> int:
    """The number of lines with a digit."""
    return sum(any(char.isdigit() for char in line) for line in lines)
