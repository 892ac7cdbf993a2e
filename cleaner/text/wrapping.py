"""Hard wraps: whether the lines of a text were broken at a width, and at which.

A wrap breaks a line where the next word does not fit. So at the right width almost every line is *full*: with the first
word of the next line it would be too long. The last line of a block is seldom full.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate

MIN_WIDTH, MAX_WIDTH = 30, 140
"""Widths at which text is hard-wrapped."""
_MIN_FULL = 0.3
"""Minimum share of the lines before another line that are full in a wrapped text with many short blocks."""
_MIN_FLOWING = 0.5
"""Minimum share of the full lines whose sentence continues on the next line."""
_MIN_SURELY_FULL, _MIN_SURE_LINES = 0.85, 8
"""Minimum share and number of full lines that are enough without any other evidence."""
_MIN_FLOW_DIFFERENCE, _MIN_FLOW_LINES = 0.35, 4
"""Minimum difference between the shares of full lines and of others whose sentence continues, and minimum number of
full lines, in a text with mostly short blocks."""
_MAX_OVER = 0.05
"""Maximum share of lines that are longer than the width: code, tables, text from elsewhere."""
_OVER_WEIGHT = 3
"""Number of full lines that outweigh one line longer than the width."""
_SLACK = 2
"""Number of characters that a line may lack in scripts without spaces, where some signs may not begin a line."""
_SPACELESS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
"""Characters that are joined without a space: Thai, Lao, Burmese, Khmer, Chinese and Japanese, with their signs."""
_ITEM = re.compile(r"\s*([-*+•‣▪◦●○·–—]|\(?\d{1,3}[.)]|o(?=\s{2}))\s")
_ENDS = ".!?…。！？।؟"
_CLOSERS = "\"'”’»“›)]}」』）"

Pair = tuple[str, str]
"""A line and the next one; neither is blank."""


def joins_without_space(line: str, following: str) -> bool:
    """Whether the two lines are in a script that has no spaces between words."""
    return bool(_SPACELESS.match(line[-1]) and _SPACELESS.match(following[0]))


def ends_sentence(line: str) -> bool:
    """Whether a line ends as a sentence does."""
    bare = line.rstrip(_CLOSERS)
    return bool(bare) and bare[-1] in _ENDS


def starts_item(line: str) -> str:
    """The bullet or number that a line begins with; empty where there is none."""
    found = _ITEM.match(line)
    return found.group(1) if found else ""


def hanging(rows: Sequence[str]) -> list[bool]:
    """For each row whether it continues the item above it: it begins right below the text of the item."""
    found, column = [], -1
    for row in rows:
        item = _ITEM.match(row)
        indent = len(row) - len(row.lstrip())
        found.append(item is None and bool(row) and indent == column)
        if item:
            column = len(row) - len(row[item.end() :].lstrip())
        elif not found[-1]:
            column = -1
    return found


def flows(line: str, following: str) -> bool:
    """Whether the sentence of a line seems to continue on the next line."""
    first = following.lstrip()[:1]
    return (first.islower() or not (first.isupper() or first.isdigit())) and not ends_sentence(line)


def widest_fit(line: str, following: str) -> int:
    """The maximum width of a text if the end of this line is a wrap."""
    if joins_without_space(line, following.lstrip()):
        return len(line) + _SLACK
    return len(line) + len(following.split(None, 1)[0])


def width_of(lines: Sequence[str], pairs: Sequence[Pair]) -> int | None:
    """The width at which lines were wrapped, None where they were not."""
    too_long = sum(len(line) > MAX_WIDTH and " " in line for line in lines)
    if len(pairs) < 2 or too_long > _MAX_OVER * len(lines):
        return None
    spans = [(len(line), widest_fit(line, following)) for line, following in pairs]
    full = _counts((max(low, min(high, MIN_WIDTH)), high) for low, high in spans)
    lengths = [len(line) for line in lines if " " in line or _SPACELESS.search(line)]
    over = _counts((0, length - 1) for length in lengths)
    best = max(range(MIN_WIDTH, MAX_WIDTH + 1), key=lambda width: (full[width] - _OVER_WEIGHT * over[width], width))
    if over[best] > _MAX_OVER * len(lengths) or full[best] < 2:
        return None
    flowing = {True: 0, False: 0}
    for (low, high), pair in zip(spans, pairs, strict=True):
        flowing[low <= best <= high] += flows(*pair)
    return best if _is_wrapped(full[best], len(pairs), flowing[True], flowing[False]) else None


def _is_wrapped(full: int, pairs: int, flowing: int, flowing_else: int) -> bool:
    """Whether the full lines are wraps: there are many, or sentences continue after them and not after other lines."""
    share, flow = full / pairs, flowing / full
    if share >= _MIN_FULL and flow >= _MIN_FLOWING:
        return True
    if full >= _MIN_SURE_LINES and share >= _MIN_SURELY_FULL:
        return True
    elsewhere = flowing_else / max(pairs - full, 1)
    return full >= _MIN_FLOW_LINES and flow >= _MIN_FLOWING and flow - elsewhere >= _MIN_FLOW_DIFFERENCE


def _counts(spans: Iterable[tuple[int, int]]) -> list[int]:
    """For each width the number of spans, both ends included, that it is in."""
    turns = [0] * (MAX_WIDTH + 2)
    for low, high in spans:
        if low <= MAX_WIDTH and high >= 0:
            turns[max(low, 0)] += 1
            turns[min(high, MAX_WIDTH) + 1] -= 1
    return list(accumulate(turns))
