"""Line ends of a wrapped text: a learnt score tells the end of a block from a wrap.

A line that is not full ends its block, and a line after which a sentence continues does not. The score decides about
the others: full lines that end with a sentence or are before a capital. It looks at their neighbours, and at how blocks
end elsewhere in the text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np

from cleaner.models.arrays import Floats
from cleaner.models.trees import Trees
from cleaner.text.wrapping import ends_sentence, starts_item, widest_fit

PART = "breaks"
"""The name of this score in a model for text."""
_MIN_SCORE = 0.5
"""Score that the end of a block must exceed."""
_MAX_LABEL = 0.6
"""Maximum share of the width that a label fills."""
_MAX_LINES = 40
"""Maximum number of lines of a block that are counted."""
BREAK_FEATURES = (
    "fit",
    "lacks",
    "first_word",
    "ends_sentence",
    "ends_colon",
    "ends_pause",
    "ends_letter",
    "next_upper",
    "next_lower",
    "next_letter",
    "length_before",
    "before_full",
    "next_length",
    "next_full",
    "next_last",
    "next_ends_sentence",
    "next_capitalised",
    "capitalised",
    "third_lower",
    "third_item",
    "lines_above",
    "lines_below",
    "block_ends_sentence",
    "indent_change",
    "width",
    "doc_full",
    "doc_blank",
    "doc_ends",
    "doc_block_lines",
    "doc_item",
    "doc_lower",
)


@lru_cache(maxsize=16)
def _trees(model: Path) -> tuple[Trees, tuple[int, ...]]:
    trees = Trees.load(model, PART)
    return trees, tuple(BREAK_FEATURES.index(name) for name in trees.features)


def block_ends(rows: Sequence[str], width: int, model: Path) -> list[bool]:
    """For each row of a text that is wrapped at `width`, whether a block ends with it."""
    ends = certain_ends(rows, width)
    asked = doubtful(rows, ends)
    if asked:
        trees, columns = _trees(model)
        scores = trees.scores(break_features(rows, width, ends, asked)[list(columns)])
        for number, score in zip(asked, scores.tolist(), strict=True):
            ends[number] = score > _MIN_SCORE
    return ends


def certain_ends(rows: Sequence[str], width: int) -> list[bool]:
    """For each row whether a block certainly ends with it.

    The next row would have fitted, is blank, begins an item, or recurs, as labels between blocks do.
    """
    ends = [True] * len(rows)
    labels = _labels(rows, width)
    for number, (row, following) in enumerate(pairwise(rows)):
        if row and following:
            ends[number] = (
                widest_fit(row, following) < width
                or begins_item(row, following)
                or row in labels
                or following in labels
            )
    return ends


def _labels(rows: Sequence[str], width: int) -> set[str]:
    """Short rows that occur more than once, and are neither the end of a sentence nor begin in the middle of one."""
    counts = Counter(row for row in rows if 0 < len(row) <= _MAX_LABEL * width)
    return {
        row for row, count in counts.items() if count > 1 and not row.lstrip()[0].islower() and not ends_sentence(row)
    }


def begins_item(row: str, following: str) -> bool:
    """Whether the row that follows begins an item; a wrap may put a dash or a number at the beginning of a row too."""
    marker = starts_item(following)
    if not marker:
        return False
    return (marker not in "-–—" and not marker[0].isdigit()) or row[-1] in ":;," or ends_sentence(row)


def doubtful(rows: Sequence[str], ends: Sequence[bool]) -> list[int]:
    """The rows after which a block may end or continue: not those in the middle of a sentence."""
    found = []
    for number, row in enumerate(rows):
        if not ends[number]:
            first = rows[number + 1].lstrip()[0]
            if not first.islower() or row[-1] in ".!?:…":
                found.append(number)
    return found


def break_features(rows: Sequence[str], width: int, ends: Sequence[bool], asked: Sequence[int]) -> Floats:
    """BREAK_FEATURES by rows, for the rows that are `asked` about; `ends` are the certain ends of blocks."""
    whole = _document(rows, width, ends)
    above = _since(ends)
    below = _since([False, *ends[::-1]][: len(ends)])[::-1]
    columns = [_row_features(rows, width, ends, number, above[number], below[number]) + whole for number in asked]
    return np.array(columns, np.float32).T


def _since(ends: Sequence[bool]) -> list[int]:
    """For each row the number of rows of its block that are before it for sure."""
    found, run = [], 0
    for end in ends:
        found.append(run)
        run = 0 if end else min(run + 1, _MAX_LINES)
    return found


def _row_features(
    rows: Sequence[str], width: int, ends: Sequence[bool], number: int, above: int, below: int
) -> tuple[float, ...]:
    """The features of a row that are not those of the document; `above` and `below` count the rows of its block."""
    row, following = rows[number], rows[number + 1]
    before = rows[number - 1] if number else ""
    third = rows[number + 2] if number + 2 < len(rows) else ""
    last = number + below
    first = following.lstrip()[0]
    return (
        widest_fit(row, following) - width,
        width - len(row),
        widest_fit(row, following) - len(row),
        ends_sentence(row),
        row[-1] in ":：",
        row[-1] in ",;，；、",
        row[-1].isalpha(),
        first.isupper(),
        first.islower(),
        first.isalpha(),
        len(before) / width,
        bool(before) and not ends[number - 1],
        len(following) / width,
        not ends[number + 1],
        not third,
        ends_sentence(following),
        _capitalised(following),
        _capitalised(row),
        third.lstrip()[:1].islower(),
        bool(third) and bool(starts_item(third)),
        above,
        below,
        ends_sentence(rows[last]),
        len(following) - len(following.lstrip()) - (len(row) - len(row.lstrip())),
    )


def _capitalised(row: str) -> float:
    """The share of the words that begin with a capital."""
    words = row.split()
    return sum(word[0].isupper() for word in words) / len(words)


def _document(rows: Sequence[str], width: int, ends: Sequence[bool]) -> tuple[float, ...]:
    """The features of the document: how long its blocks are, and whether sentences end with them."""
    written = [row for row in rows if row]
    closing = [row for row, end in zip(rows, ends, strict=True) if end and row]
    some, closed = max(len(written), 1), max(len(closing), 1)
    return (
        width,
        1 - len(closing) / some,
        1 - len(written) / len(rows),
        sum(map(ends_sentence, closing)) / closed,
        some / closed,
        sum(bool(starts_item(row)) for row in written) / some,
        sum(row.lstrip()[0].islower() for row in written) / some,
    )
