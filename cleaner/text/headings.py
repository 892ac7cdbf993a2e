"""Which lines of flattened text are headings: a learnt score over their form, and their levels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from cleaner.text.features import PROSE_WORDS, Forms, names_of
from cleaner.trees import Trees

PART = "headings"
"""Name of this score in a model for text."""
MOST_WORDS = 20
LONGEST = 160
"""Characters of a heading."""
_NEVER = re.compile(r"https?://|\bwww\.|\S@\S+\.\w|^\W*[$€£¥]\s?\d[\d.,]*\W*$")
"""Addresses and prices, which the score knows too seldom."""
_FEW_WORDS = 3
"""Words of a sentence that says little."""
_BULLETS = "-–*+•‣▪◦●○·"
SURE = 0.3
"""Score of a heading, at least."""


_FEWEST_NUMBERED = 2
"""Numbered lines that may number sections."""


@lru_cache(maxsize=16)
def _trees(model: Path) -> tuple[Trees, npt.NDArray[np.int64]]:
    """The score, and where its features stand among all that are made."""
    trees = Trees.load(model, PART)
    return trees, trees.columns_among(names_of())


def may_be_heading(forms: Forms) -> npt.NDArray[np.bool_]:
    """The lines that are asked about: short, with a letter, and no statement with its full stop."""
    is_short = (forms.words <= MOST_WORDS) & (forms["characters"] <= LONGEST) & (forms["letters"] > 0)
    is_statement = (forms["last_end"] > 0) & (forms["last_question"] == 0) & (forms.words > _FEW_WORDS)
    found: npt.NDArray[np.bool_] = is_short & ~is_statement
    return found


def find_headings(forms: Forms, texts: Sequence[str], model: Path, *, sure: float = SURE) -> list[int]:
    """The lines that are headings, by their numbers: those with a score of `sure` or more, 0 to 1."""
    trees, columns = _trees(model)
    asked = np.flatnonzero(may_be_heading(forms))
    if not len(asked):
        return []
    scores = trees.scores(forms.matrix[np.ix_(columns, asked)])
    chosen = (scores >= sure) | _number_sections(forms)[asked]
    found: list[int] = asked[chosen].tolist()
    last = _last_said(forms, texts)
    return [number for number in found if number < last and not _NEVER.search(texts[number])]


def _number_sections(forms: Forms) -> npt.NDArray[np.bool_]:
    """The lines that number sections: each has prose under it, and there are several. The score knows them too seldom,
    since what a page numbers by its markup has no number in its text."""
    found = (
        (forms["number_depth"] > 0)
        & (forms["numbers_beside"] == 0)
        & (forms.words < PROSE_WORDS)
        & (forms["last_letter"] > 0)
        & (forms["until_prose"] == 1)
    )
    sections: npt.NDArray[np.bool_] = found & (found.sum() >= _FEWEST_NUMBERED)
    return sections


def _last_said(forms: Forms, texts: Sequence[str]) -> int:
    """The last line that can stand under a heading: a long one, a sentence, or an item."""
    says = (
        (forms.words >= PROSE_WORDS)
        | ((forms["last_end"] > 0) & (forms.words > _FEW_WORDS))
        | (forms["number_depth"] > 0)
    )
    says |= np.fromiter((text[0] in _BULLETS for text in texts), bool, len(texts))
    return int(np.flatnonzero(says)[-1]) if says.any() else 0
