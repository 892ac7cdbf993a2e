"""Mail in the format "flowed" (RFC 3676): a line that ends with one space goes on in the next line.

The header that says so is lost when a mail becomes text. So the lines must show it: those with a space at their end are
full and have another line after them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cleaner.text.wrapping import MIN_WIDTH

_MIN_SOFT = 2
"""Minimum number of lines that go on."""
_MAX_SOFT = 120
"""Maximum characters of such a line; senders break them at less than 80, some a little later."""
_MAX_STRAY = 0.05
"""Maximum number, by that of the lines that go on, of other lines that end with a space."""
_FULL, _MIN_FULL = 0.75, 0.8
"""Share of the widest line that a full line has with the next word, and minimum share of the lines that are full."""
_SIGNATURE = "-- "
"""What is before a signature: the one line that ends with a space and does not go on."""
_QUOTED = re.compile(r" ?((?:> ?)*)(.*)", re.S)


@dataclass(frozen=True, slots=True)
class Flowed:
    """The rows of a flowed mail, a row for each of its paragraphs."""

    rows: list[str]
    is_all: bool
    """Whether all of it is flowed. What older programs have sent and others quote may be broken in its lines."""


def flowed(raw: Sequence[str], join: Callable[[Sequence[str]], str]) -> Flowed | None:
    """The paragraphs of a flowed mail; None where the rows, which have the spaces at their ends, are something else.

    `join` makes one line of several.
    """
    rows = [_row(row) for row in raw]
    goes_on = [_goes_on(row, following) for row, following in zip(rows, [*rows[1:], None], strict=True)]
    soft = [number for number, found in enumerate(goes_on) if found]
    if len(soft) < _MIN_SOFT or not _are_full(rows, soft):
        return None
    stray = sum(
        row.text.endswith(" ") and row.text != _SIGNATURE and not on for row, on in zip(rows, goes_on, strict=True)
    )
    if stray > _MAX_STRAY * len(soft):
        return None
    depths = {rows[number].depth for number in soft}
    held: list[str] = []
    out: list[str] = []
    for row, on in zip(rows, goes_on, strict=True):
        held.append(row.text)
        if not on:
            out.append(row.sign + (join(held) if len(held) > 1 else held[0].rstrip()))
            held = []
    return Flowed(out, all(row.depth in depths for row in rows if row.text.strip()))


@dataclass(frozen=True, slots=True)
class _Row:
    sign: str
    """Its quotation signs."""
    text: str
    """What is after them, with the space at its end."""

    @property
    def depth(self) -> int:
        return self.sign.count(">")


def _row(raw: str) -> _Row:
    """A row without the space that keeps what it begins with from being read as something else."""
    found = _QUOTED.fullmatch(raw)
    assert found is not None  # everything matches
    sign, text = found.groups()
    if not sign and raw[:1] == " ":
        text = raw if raw[:2] == "  " else raw[1:]
    return _Row(sign, "" if not text.strip() else text)


def _goes_on(row: _Row, following: _Row | None) -> bool:
    """Whether a row goes on in the next one."""
    return (
        row.text.endswith(" ")
        and not row.text.endswith("  ")
        and row.text != _SIGNATURE
        and following is not None
        and bool(following.text)
        and following.text != _SIGNATURE
        and following.depth == row.depth
        and len(row.text) <= _MAX_SOFT
    )


def _are_full(rows: Sequence[_Row], soft: Sequence[int]) -> bool:
    """Whether the next words would not have fitted in the rows that go on: a list may have a space after every item."""
    widths = [len(rows[n].sign) + len(rows[n].text) - 1 for n in soft]
    widest = max(widths)
    words = (len(rows[n + 1].text.split(None, 1)[0]) + 1 for n in soft)
    full = sum(width + word > _FULL * widest for width, word in zip(widths, words, strict=True))
    return widest >= MIN_WIDTH and full >= _MIN_FULL * len(soft)
