"""Hard wraps: whether a text's lines were broken at a width, at which, and which of its line ends are such breaks.

Who wraps a text breaks a line where the next word would not have fitted. So at the right width almost every line is
*full*: with the first word of the next line it would have been too long. A block's last line is seldom full.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate

NARROWEST, WIDEST = 30, 140
"""Columns between which text is hard-wrapped by anything."""
_LEAST_FULL = 0.3
"""Share of the lines before another that are full in a wrapped text of many short blocks."""
_LEAST_FLOWING = 0.5
"""Share of the full lines that the next one goes on from."""
_MOSTLY_FULL, _SURELY = 0.85, 8
"""Share and number of full lines that are enough where nothing else speaks for wraps."""
_MORE_FLOWING, _ENOUGH = 0.35, 4
"""By how much more often full lines flow on than others do, and of how many, in a text of mostly short blocks."""
_MOST_OVER = 0.05
"""Share of lines that may be longer than the width: code, tables, what was pasted in."""
_OVER = 3
"""Full lines that one too long speaks against."""
_SLACK = 2
"""Characters that a line may lack in scripts without spaces, where some signs may not begin a line."""
_SPACELESS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
"""Thai, Lao, Burmese, Khmer, Chinese and Japanese are joined without a space; so are the signs used with them."""
_ITEM = re.compile(r"\s*([-*+•‣▪◦●○·–—]|\(?\d{1,3}[.)]|o(?=\s{2}))\s")
_ENDS = ".!?…。！？।؟"
_CLOSERS = "\"'”’»“›)]}」』）"

Pair = tuple[str, str]
"""A line and the next one, neither of them blank."""


def joins_without_space(line: str, following: str) -> bool:
    """Whether the two lines are of a script that has no spaces between words."""
    return bool(_SPACELESS.match(line[-1]) and _SPACELESS.match(following[0]))


def ends_sentence(line: str) -> bool:
    """Whether a line ends as a sentence does."""
    bare = line.rstrip(_CLOSERS)
    return bool(bare) and bare[-1] in _ENDS


def starts_item(line: str) -> str:
    """The bullet or number that a line begins with, empty where there is none."""
    found = _ITEM.match(line)
    return found.group(1) if found else ""


def hanging(rows: Sequence[str]) -> list[bool]:
    """For each row whether it goes on with the item above it, beginning right under that one's text."""
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
    """Whether the next line seems to go on with the sentence."""
    first = following.lstrip()[:1]
    return (first.islower() or not (first.isupper() or first.isdigit())) and not ends_sentence(line)


def widest_fit(line: str, following: str) -> int:
    """The widest that a text can have been wrapped at if this line end is a wrap."""
    if joins_without_space(line, following.lstrip()):
        return len(line) + _SLACK
    return len(line) + len(following.split(None, 1)[0])


def width_of(lines: Sequence[str], pairs: Sequence[Pair]) -> int | None:
    """The width that lines were wrapped at, None where they were not."""
    too_long = sum(len(line) > WIDEST and " " in line for line in lines)
    if len(pairs) < 2 or too_long > _MOST_OVER * len(lines):
        return None
    spans = [(len(line), widest_fit(line, following)) for line, following in pairs]
    full = _counts((max(low, min(high, NARROWEST)), high) for low, high in spans)
    lengths = [len(line) for line in lines if " " in line or _SPACELESS.search(line)]
    over = _counts((0, length - 1) for length in lengths)
    best = max(range(NARROWEST, WIDEST + 1), key=lambda width: (full[width] - _OVER * over[width], width))
    if over[best] > _MOST_OVER * len(lengths) or full[best] < 2:
        return None
    flowing = {True: 0, False: 0}
    for (low, high), pair in zip(spans, pairs, strict=True):
        flowing[low <= best <= high] += flows(*pair)
    return best if _is_wrapped(full[best], len(pairs), flowing[True], flowing[False]) else None


def _is_wrapped(full: int, pairs: int, flowing: int, flowing_else: int) -> bool:
    """Whether so many full lines are no accident: by their share, or since sentences go on over them and only them."""
    share, flow = full / pairs, flowing / full
    if share >= _LEAST_FULL and flow >= _LEAST_FLOWING:
        return True
    if full >= _SURELY and share >= _MOSTLY_FULL:
        return True
    elsewhere = flowing_else / max(pairs - full, 1)
    return full >= _ENOUGH and flow >= _LEAST_FLOWING and flow - elsewhere >= _MORE_FLOWING


def _counts(spans: Iterable[tuple[int, int]]) -> list[int]:
    """For each width how many of the spans, ends included, hold it."""
    turns = [0] * (WIDEST + 2)
    for low, high in spans:
        if low <= WIDEST and high >= 0:
            turns[max(low, 0)] += 1
            turns[min(high, WIDEST) + 1] -= 1
    return list(accumulate(turns))
