"""Line ends of a text whose lines may have been broken: a learnt score tells the end of a block from a wrap.

Who breaks lines does it at a width in characters (mail, consoles), at a width on paper (print, PDF) or by hand. So no
width decides by itself. The score weighs whether the next word would have fitted against whether the sentence goes on,
and it sees how the other lines of the text end; `features/line_ends.py` has what it looks at.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from cleaner.models.arrays import Ints
from cleaner.models.trees import Trees
from cleaner.models.wording import Wording
from cleaner.text.features import openings
from cleaner.text.features.line_ends import BREAK_FEATURES, LineEnds
from cleaner.text.features.openings import rows_by_wording
from cleaner.text.features.rows import DIGIT, SIGN, Rows, needs, rows_of
from cleaner.text.wrapping import MAX_WIDTH, ends_sentence, starts_item

PART = "breaks"
"""The name of this score in a model for text."""
WORDING = "breaks.wording"
"""The name of the weights of words that belong to it."""
MIN_SCORE = 0.42
"""Score that the end of a block must exceed. It is below one half because two blocks in one are worse than one in two:
neither of them comes back, and a list or a verse is spoilt."""
_MIN_NEED = 20
"""Minimum width with the next word of a row that may have been broken: nobody breaks lines as narrow as this."""
_MIN_NEED_SPACELESS = 10
"""The same in scripts without spaces, whose characters are twice as wide."""
_STAMP = re.compile(r"\s*([\[(<]?)(?:\d{1,2}(:)\d{2}|\d{1,4}([./-])\d{1,2}\3\d{1,4})\b")
"""A time or a date at the beginning of a row."""
_BATCH = 8_192
"""Number of rows whose features are made together."""


@dataclass(frozen=True, slots=True)
class _Score:
    """The trees, the places of their features among those that are made, and the weights of words."""

    trees: Trees
    columns: Ints
    wording: Wording


def score_names() -> tuple[str, ...]:
    """The names of the features that the score may look at."""
    return (*BREAK_FEATURES, *openings.MEANINGS)


@lru_cache(maxsize=16)
def _score(model: Path) -> _Score:
    trees = Trees.load(model, PART)
    return _Score(trees, trees.columns_among(score_names()), Wording.load(model, WORDING))


def end_scores(texts: Sequence[str], model: Path) -> npt.NDArray[np.float64]:
    """For each row of a text the probability that a block ends with it; 1 where that is certain."""
    found = np.ones(len(texts))
    if _has_runs(texts):
        rows = rows_of(texts)
        asked = asked_ends(rows)
        if len(asked):
            score = _score(model)
            line_ends = LineEnds(rows)
            for first in range(0, len(asked), _BATCH):
                at = asked[first : first + _BATCH]
                matrix = np.concatenate((line_ends.features(at), rows_by_wording(rows, at, score.wording)))
                found[at] = score.trees.scores(matrix, score.columns)
    return found


def _has_runs(texts: Sequence[str]) -> bool:
    """Whether there are two rows without a blank one between them, which may have been one."""
    return any(row and following and len(row) <= MAX_WIDTH for row, following in pairwise(texts))


def asked_ends(rows: Rows) -> Ints:
    """The rows with which a block may end or not; it certainly ends with all others.

    These are the rows before a blank one, before an item, between the entries of a log, and those that are longer or
    shorter than what is broken.
    """
    before = np.flatnonzero(rows.inside)
    may_be_broken = (rows.length[before] <= MAX_WIDTH) & (rows.length[before + 1] <= MAX_WIDTH)
    least = np.where(rows.spaceless[before + 1], _MIN_NEED_SPACELESS, _MIN_NEED)
    before = before[may_be_broken & (needs(rows, before) >= least)]
    stamped = np.isin(rows.first, (DIGIT, SIGN))
    certain = [
        (bool(rows.item[number + 1]) and begins_item(rows.texts[number], rows.texts[number + 1]))
        or (bool(stamped[number]) and _are_entries(rows.texts[number], rows.texts[number + 1]))
        for number in before.tolist()
    ]
    asked: Ints = before[~np.array(certain, bool)]
    return asked


def _are_entries(row: str, following: str) -> bool:
    """Whether two rows begin with a time or a date of the same form, as entries of a log do."""
    one, other = _STAMP.match(row), _STAMP.match(following)
    return one is not None and other is not None and one.groups() == other.groups()


def begins_item(row: str, following: str) -> bool:
    """Whether the row that follows begins an item; a wrap may put a dash or a number at the beginning of a row too."""
    marker = starts_item(following)
    if not marker:
        return False
    is_bullet = marker not in "-–—" and not any(map(str.isalnum, marker))
    return is_bullet or marker == "o" or row[-1] in ":;," or ends_sentence(row)
