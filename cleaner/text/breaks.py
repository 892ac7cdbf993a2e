"""Line ends of a text whose lines were broken: a learnt score tells the end of a block from a wrap.

Who breaks lines does it at a width in characters (mail, consoles), at a width on paper (print, PDF) or by hand. So no
width decides by itself. The score weighs whether the next word would have fitted (by the widest line of the paragraph,
of the lines around and of the text, in characters and in a proportional font) against whether the sentence goes on, and
it sees how the other lines of the paragraph and of the text end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.models.arrays import Flags, Floats, Ints
from cleaner.models.trees import Trees
from cleaner.text.wrapping import MAX_WIDTH, ends_sentence, starts_item, width_of

PART = "breaks"
"""The name of this score in a model for text."""
_MIN_SCORE = 0.5
"""Score that the end of a block must exceed."""
_MAX_LABEL = 60
"""Maximum characters of a label."""
_MAX_LINES = 40
"""Maximum number of lines of a block that are counted."""
_AROUND = 6
"""Lines on each side of a line among which the widest one is looked for."""
_WIDE = 400
"""Length from which on lines are equally long to the score."""
_TIMES = dict(
    zip("abcdefghijklmnopqrstuvwxyz", (44, 50, 44, 50, 44, 33, 50, 50, 28, 28, 50, 28, 78, 50, 50, 50, 50, 33, 39, 28, 50, 50, 72, 50, 50, 44), strict=True)
)
"""Widths of small letters in a proportional font, in hundredths of an em: those of Times."""
_EN = 45
"""Width of an average character, by which widths in a proportional font are made comparable with characters."""


class _Rows(NamedTuple):
    """What is known of each row, as arrays; blank rows have zeros."""

    length: Ints
    points: Floats
    word: Ints
    """Characters of the first word, with the space before it."""
    word_points: Floats
    indent: Ints
    ends: Flags
    """Whether it ends as a sentence does."""
    last: Ints
    """What its last character is: 1 a letter, 2 a colon, 3 a comma or semicolon, 4 a hyphen, 0 anything else."""
    first: Ints
    """What its first character is: 1 a capital, 2 a small letter, 3 another letter, 4 a digit, 0 anything else."""
    item: Flags
    capitals: Floats
    """The share of its words that begin with a capital."""
    chunk: Ints
    """The number of the run of rows without a blank one that it is in; -1 for blank rows."""


BREAK_FEATURES = (
    *(f"{what}_{among}_{by}" for by in ("characters", "points") for what in ("fit", "lacks") for among in ("chunk", "around", "text")),
    "length",
    "next_length",
    "next_word",
    "ends_sentence",
    "last",
    "first",
    "next_first",
    "next_ends_sentence",
    "next_last",
    "item",
    "third_first",
    "third_item",
    "capitals",
    "next_capitals",
    "before_fit",
    "before_ends",
    "next_fit",
    "before_length",
    "third_length",
    "indent_change",
    "above",
    "below",
    "chunk_rows",
    "chunk_flow",
    "chunk_ends",
    "chunk_full",
    "chunk_full_points",
    "chunk_mean",
    "chunk_spread",
    "chunk_spread_points",
    "chunk_last",
    "chunk_capitals",
    "chunk_items",
    "chunk_width",
    "text_blank",
    "text_chunk_rows",
    "text_single",
    "text_long",
    "text_width",
    "text_width_points",
    "text_flow",
    "text_full",
    "text_full_points",
    "text_ends",
    "text_ends_at_blank",
    "text_longest",
    "text_capitals",
    "text_items",
    "text_rows",
    "fit_width",
    "lacks_width",
    "text_exact",
    "run_above",
    "run_below",
    "run_ends",
    "run_lower",
    "text_run",
    "text_run_ends",
)


@lru_cache(maxsize=16)
def _trees(model: Path) -> tuple[Trees, npt.NDArray[np.int64]]:
    trees = Trees.load(model, PART)
    return trees, trees.columns_among(BREAK_FEATURES)


def block_ends(rows: Sequence[str], model: Path) -> list[bool]:
    """For each row of a text, whether a block ends with it."""
    ends, asked = certain_ends(rows)
    if asked:
        trees, columns = _trees(model)
        scores = trees.scores(break_features(rows, asked)[columns])
        for number, score in zip(asked, scores.tolist(), strict=True):
            ends[number] = score > _MIN_SCORE
    return ends


def certain_ends(rows: Sequence[str]) -> tuple[list[bool], list[int]]:
    """For each row whether a block may end with it, and the rows for which the score is asked.

    A block ends at a blank row, at an item, and at a row that is longer than any that was broken or that recurs, as
    labels between blocks do.
    """
    ends = [True] * len(rows)
    asked = []
    labels = _labels(rows)
    for number, (row, following) in enumerate(pairwise(rows)):
        if row and following and len(row) <= MAX_WIDTH and len(following) <= MAX_WIDTH:
            if not (begins_item(row, following) or row in labels or following in labels):
                asked.append(number)
    return ends, asked


def _labels(rows: Sequence[str]) -> frozenset[str]:
    """Short rows that occur more than once, and are neither the end of a sentence nor begin in the middle of one."""
    counts = Counter(row for row in rows if 0 < len(row) <= _MAX_LABEL)
    if len(counts) == sum(counts.values()):
        return frozenset()
    return frozenset(
        row for row, count in counts.items() if count > 1 and not row.lstrip()[0].islower() and not ends_sentence(row)
    )


def begins_item(row: str, following: str) -> bool:
    """Whether the row that follows begins an item; a wrap may put a dash or a number at the beginning of a row too."""
    marker = starts_item(following)
    if not marker:
        return False
    return (marker not in "-–—" and not marker[0].isdigit()) or row[-1] in ":;," or ends_sentence(row)


def break_features(rows: Sequence[str], asked: Sequence[int]) -> Floats:
    """BREAK_FEATURES by rows, for the rows that are `asked` about."""
    known = _known(rows)
    at = np.array(asked, np.int64)
    n = len(rows)
    pair = (known.chunk[:-1] >= 0) & (known.chunk[:-1] == known.chunk[1:]) if n > 1 else np.zeros(0, bool)
    inside = np.append(pair, False)  # whether the next row is in the same chunk
    after = np.minimum(np.arange(n) + 1, n - 1)
    chunks = int(known.chunk.max()) + 1
    written = known.chunk >= 0
    of = known.chunk[written]
    first_of = np.flatnonzero(np.diff(known.chunk, prepend=-1) & written) if False else np.flatnonzero(written & (np.append(-1, known.chunk[:-1]) != known.chunk))
    size = np.bincount(of, minlength=chunks)
    start = first_of
    end = start + size - 1  # the last row of each chunk
    columns: list[npt.NDArray[np.generic]] = []
    fits = {}
    widths = {}
    for by, length, word in (("c", known.length.astype(np.float64), known.word), ("p", known.points / _EN, known.word_points / _EN)):
        need = length + word[after]  # the width with the next row's first word
        usual = np.where(known.length <= MAX_WIDTH, length, 0)
        chunk_width = np.maximum.reduceat(usual, start)
        around = _around(usual, known.chunk)
        several = written & (size[known.chunk] > 1) & (known.length <= MAX_WIDTH)
        sample = usual[several] if several.any() else usual[written]
        text_width = float(np.percentile(sample, 97))
        fits[by] = need - chunk_width[known.chunk]
        widths[by] = text_width
        columns += [need - chunk_width[known.chunk], need - around, need - text_width]
        columns += [chunk_width[known.chunk] - length, around - length, text_width - length]
        if by == "c":
            width_of_chunk = chunk_width
    lower = known.first == 2
    flow = inside & lower[after] & ~known.ends
    full = {by: inside & (fit > 0) for by, fit in fits.items()}
    pairs_of = np.maximum(size - 1, 1)

    def per_chunk(values: npt.NDArray[np.generic], count: npt.NDArray[np.generic]) -> Floats:
        return (np.add.reduceat(values.astype(np.float64), start) / count).astype(np.float32)

    is_end = np.zeros(n, bool)
    is_end[end] = True
    body = written & ~is_end
    mean, spread = {}, {}
    for by, length in (("c", known.length), ("p", known.points / _EN)):
        values = length * body
        mean[by] = per_chunk(values, pairs_of)
        square = per_chunk(values.astype(np.float64) ** 2, pairs_of)
        spread[by] = np.sqrt(np.maximum(square - mean[by] ** 2, 0)) / np.maximum(mean[by], 1)
    place = np.arange(n) - start[known.chunk]
    before = np.maximum(np.arange(n) - 1, 0)
    has_before = place > 0
    third = np.minimum(np.arange(n) + 2, n - 1)
    has_third = inside & inside[after]
    fit_around = columns[1]
    columns += [
        np.minimum(known.length, _WIDE),
        np.minimum(known.length[after], _WIDE),
        known.word[after],
        known.ends,
        known.last,
        known.first,
        known.first[after],
        known.ends[after],
        known.last[after],
        known.item,
        np.where(has_third, known.first[third], -1),
        has_third & known.item[third],
        known.capitals,
        known.capitals[after],
        np.where(has_before, fit_around[before], -99),
        has_before & known.ends[before],
        np.where(has_third, fit_around[after], -99),
        np.where(has_before, np.minimum(known.length[before], _WIDE), 0),
        np.where(has_third, np.minimum(known.length[third], _WIDE), 0),
        known.indent[after] - known.indent,
        np.minimum(place, _MAX_LINES),
        np.minimum(end[known.chunk] - np.arange(n), _MAX_LINES),
    ]
    by_chunk = (
        np.minimum(size, _MAX_LINES),
        per_chunk(flow, pairs_of),
        per_chunk(known.ends & written, size),
        per_chunk(full["c"], pairs_of),
        per_chunk(full["p"], pairs_of),
        mean["c"],
        spread["c"],
        spread["p"],
        known.length[end] / np.maximum(width_of_chunk, 1),
        per_chunk((known.first == 1) & written, size),
        per_chunk(known.item & written, size),
        width_of_chunk,
    )
    columns += [values[known.chunk] for values in by_chunk]
    pairs, lines = max(int(inside.sum()), 1), max(int(written.sum()), 1)
    several_ends = known.ends[end][size > 1]
    text = (
        1 - lines / n,
        lines / chunks,
        float((size == 1).mean()),
        float((known.length > MAX_WIDTH).sum() / lines),
        widths["c"],
        widths["p"],
        float(flow.sum() / pairs),
        float(full["c"].sum() / pairs),
        float(full["p"].sum() / pairs),
        float(known.ends.sum() / lines),
        float(several_ends.mean()) if len(several_ends) else -1.0,
        float(min(known.length.max(), _WIDE)),
        float((known.first == 1).sum() / lines),
        float(known.item.sum() / lines),
        float(min(lines, 200)),
    )
    exact = width_of([row for row in rows if row], [(a, b) for a, b in pairwise(rows) if a and b])
    is_exact = exact is not None
    if exact is None:
        exact = round(widths["c"])
    out = np.empty((len(BREAK_FEATURES), len(at)), np.float32)
    for number, column in enumerate(columns):
        out[number] = column[at]
    out[len(columns) : len(columns) + len(text)] = np.array(text, np.float32)[:, None]
    row = len(columns) + len(text)
    out[row] = (known.length + known.word[after] - exact)[at]
    out[row + 1] = (exact - known.length)[at]
    out[row + 2] = exact if is_exact else 0
    goes_on = inside & ((known.length + known.word[after] > exact) if is_exact else ((columns[1] > 0) | (columns[7] > 0)))
    above, below = _runs(goes_on)
    last = np.arange(n) + 1 + below[after]
    last = np.minimum(last, n - 1)
    breaks = written & ~goes_on
    out[row + 3] = above[at]
    out[row + 4] = below[after][at]
    out[row + 5] = known.ends[last][at]
    out[row + 6] = (known.first[np.minimum(last + 1, n - 1)] == 2)[at]
    out[row + 7] = lines / max(int(breaks.sum()), 1)
    out[row + 8] = known.ends[breaks].mean() if breaks.any() else -1
    return out


def _runs(goes_on: Flags) -> tuple[Ints, Ints]:
    """For each row the rows before it, and after it, that seem to be of its block."""
    n = len(goes_on)
    places = np.arange(n)
    last_break = np.maximum.accumulate(np.where(~goes_on, places, -1))
    above = places - 1 - np.append(-1, last_break[:-1])
    next_break = np.minimum.accumulate(np.where(~goes_on, places, n)[::-1])[::-1]
    return np.minimum(above, _MAX_LINES), np.minimum(next_break - places, _MAX_LINES)


def _around(lengths: npt.NDArray[np.float64], chunk: Ints) -> npt.NDArray[np.float64]:
    """For each row the widest of the rows near it in its chunk."""
    out = lengths.copy()
    for shift in range(1, _AROUND + 1):
        same = chunk[shift:] == chunk[:-shift]
        np.maximum(out[shift:], np.where(same, lengths[:-shift], 0), out=out[shift:])
        np.maximum(out[:-shift], np.where(same, lengths[shift:], 0), out=out[:-shift])
    return out


def _known(rows: Sequence[str]) -> _Rows:
    n = len(rows)
    text = "\n".join(rows)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    sums = np.zeros(len(codes) + 1)
    np.cumsum(_WIDTHS[np.minimum(codes, len(_WIDTHS) - 1)], out=sums[1:])
    length = np.fromiter(map(len, rows), np.int64, n)
    begin = np.concatenate(([0], np.cumsum(length + 1)[:-1]))
    indent = np.zeros(n, np.int64)
    word = np.zeros(n, np.int64)
    ends = np.zeros(n, bool)
    last = np.zeros(n, np.int64)
    first = np.zeros(n, np.int64)
    item = np.zeros(n, bool)
    capitals = np.zeros(n, np.float32)
    chunk = np.full(n, -1, np.int64)
    number, open_ = -1, False
    for at, row in enumerate(rows):
        if not row:
            open_ = False
            continue
        if not open_:
            number, open_ = number + 1, True
        chunk[at] = number
        words = row.split()
        indent[at] = len(row) - len(row.lstrip())
        word[at] = len(words[0])
        ends[at] = ends_sentence(row)
        last[at] = _last_of(row[-1])
        first[at] = _first_of(words[0][0])
        item[at] = bool(starts_item(row))
        capitals[at] = sum(w[0].isupper() for w in words) / len(words)
    starts = begin + indent
    points = sums[begin + length] - sums[begin]
    return _Rows(
        length, points, word + 1, sums[np.minimum(starts + word, len(codes))] - sums[starts] + 25, indent, ends, last, first, item, capitals, chunk
    )


def _last_of(char: str) -> int:
    if char.isalpha():
        return 1
    return 2 if char in ":：" else 3 if char in ",;，；、" else 4 if char in "-\u2010" else 0


def _first_of(char: str) -> int:
    if char.isupper():
        return 1
    if char.islower():
        return 2
    return 3 if char.isalpha() else 4 if char.isdigit() else 0


def _widths() -> Floats:
    table = np.full(0x2E80, 66, np.float32)
    for code in range(0x2E80):
        char = chr(code)
        if char in _TIMES:
            table[code] = _TIMES[char]
        elif char in " ,.;:'":
            table[code] = 25
        elif char in "-()":
            table[code] = 33
        elif char.isdigit() or (code >= 128 and char.islower()):
            table[code] = 50
    table[10] = 0
    return np.append(table, np.float32(100))


_WIDTHS = _widths()
