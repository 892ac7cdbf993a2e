"""The width at which a text was wrapped, if it was wrapped at one.

A wrap breaks a line where the next word does not fit. So at the right width almost every line is *full*: with the first
word of the next line it would be too long. The last line of a block is seldom full.
"""

from __future__ import annotations

import numpy as np

from cleaner.models.arrays import Flags, Ints
from cleaner.text.features.rows import CAPITAL, DIGIT, Rows, needs
from cleaner.text.wrapping import MAX_OVER, MAX_WIDTH, MIN_WIDTH

_MIN_FULL = 0.3
"""Minimum share of the lines before another line that are full in a wrapped text with many short blocks."""
_MIN_FLOWING = 0.5
"""Minimum share of the full lines whose sentence continues on the next line."""
_MIN_SURELY_FULL, _MIN_SURE_LINES = 0.85, 8
"""Minimum share and number of full lines that are enough without any other evidence."""
_MIN_FLOW_DIFFERENCE, _MIN_FLOW_LINES = 0.35, 4
"""Minimum difference between the shares of full lines and of others whose sentence continues, and minimum number of
full lines, in a text with mostly short blocks."""
_OVER_WEIGHT = 3
"""Number of full lines that outweigh one line longer than the width."""


def width_of(rows: Rows, before: Ints) -> int | None:
    """The width at which rows were wrapped, None where they were not.

    `before` are the numbers of the rows whose ends may be wraps; the row after each of them is not blank.
    """
    lines = int(rows.written.sum())
    if len(before) < 2 or (rows.length > MAX_WIDTH).sum() > MAX_OVER * lines:
        return None
    low, high = rows.length[before], needs(rows, before) - 1
    full = _counts(np.maximum(low, np.minimum(high, MIN_WIDTH)), high)
    several = rows.length[rows.written & (rows.length > rows.word)]  # one word alone may be wider than the text
    over = _counts(np.zeros_like(several), several - 1)
    widths = np.arange(MIN_WIDTH, MAX_WIDTH + 1)
    gains = full[widths] - _OVER_WEIGHT * over[widths]
    best = int(widths[np.flatnonzero(gains == gains.max())[-1]])
    if over[best] > MAX_OVER * lines or full[best] < 2:
        return None
    is_full = (low <= best) & (best <= high)
    flowing = _flows_after(rows, before)
    return (
        best if _is_wrapped(int(is_full.sum()), len(before), int(flowing[is_full].sum()), int(flowing.sum())) else None
    )


def _flows_after(rows: Rows, before: Ints) -> Flags:
    """Whether the sentence of rows seems to continue on the row after them."""
    first = rows.first[before + 1]
    found: Flags = (first != CAPITAL) & (first != DIGIT) & ~rows.ends[before]
    return found


def _is_wrapped(full: int, pairs: int, flowing_full: int, flowing: int) -> bool:
    """Whether the full lines are wraps: there are many, or sentences continue after them and not after other lines."""
    share, flow = full / pairs, flowing_full / max(full, 1)
    if share >= _MIN_FULL and flow >= _MIN_FLOWING:
        return True
    if full >= _MIN_SURE_LINES and share >= _MIN_SURELY_FULL:
        return True
    elsewhere = (flowing - flowing_full) / max(pairs - full, 1)
    return full >= _MIN_FLOW_LINES and flow >= _MIN_FLOWING and flow - elsewhere >= _MIN_FLOW_DIFFERENCE


def _counts(low: Ints, high: Ints) -> Ints:
    """For each width the number of spans, both ends included, that it is in."""
    fits = (low <= MAX_WIDTH) & (high >= 0)
    opened = np.bincount(low[fits].clip(0), minlength=MAX_WIDTH + 2)
    closed = np.bincount(high[fits].clip(0, MAX_WIDTH) + 1, minlength=MAX_WIDTH + 2)
    return np.cumsum(opened - closed)
