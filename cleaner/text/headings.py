"""Which lines of flattened text are headings: a learnt score over their form, and their levels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from cleaner.models.characters import Floats
from cleaner.models.trees import Trees
from cleaner.models.wording import NAMES as SAID
from cleaner.models.wording import Wording
from cleaner.text.features import PROSE_WORDS, Forms, names_of

PART = "headings"
"""Name of this score in a model for text."""
WORDING = "headings.wording"
"""Name of what it knows of words and shapes."""
MOST_WORDS = 20
LONGEST = 160
"""Characters of a heading."""
_NEVER = re.compile(r"https?://|\bwww\.|\S@\S+\.\w|^\W*[$€£¥]\s?\d[\d.,]*\W*$")
"""Addresses and prices, which the score knows too seldom."""
_FEW_WORDS = 3
"""Words of a sentence that says little."""
_BULLETS = "-–*+•‣▪◦●○·"
SURE = 0.28
"""Score of a heading, at least."""


_FEWEST_NUMBERED = 2
"""Numbered lines that may number sections."""


@dataclass(frozen=True, slots=True)
class _Score:
    """The trees, and what they look at: columns among the forms of lines, and among what wording says of them."""

    trees: Trees
    wording: Wording
    formed: npt.NDArray[np.int64]
    worded: npt.NDArray[np.int64]

    def rows(self, forms: Forms, texts: Sequence[str], lines: npt.NDArray[np.int64]) -> Floats:
        """What the trees look at, of some lines by their numbers."""
        said = self.wording.rows([texts[number] for number in lines.tolist()])
        return np.concatenate((forms.matrix[np.ix_(self.formed, lines)], said[self.worded]))


@lru_cache(maxsize=16)
def _score(model: Path) -> _Score:
    trees, names = Trees.load(model, PART), score_names()
    columns = trees.columns_among(names)
    made = len(names) - len(SAID)
    if (np.diff(columns) < 0).any():
        raise ValueError(f"{model}: the features of {PART!r} are out of order; train it anew")
    return _Score(trees, Wording.load(model, WORDING), columns[columns < made], columns[columns >= made] - made)


def score_names() -> tuple[str, ...]:
    """What the score of headings may look at."""
    return (*names_of(), *SAID)


def may_be_heading(forms: Forms) -> npt.NDArray[np.bool_]:
    """The lines that are asked about: short, with a letter, and no statement with its full stop."""
    is_short = (forms.words <= MOST_WORDS) & (forms["characters"] <= LONGEST) & (forms["letters"] > 0)
    is_statement = (forms["last_end"] > 0) & (forms["last_question"] == 0) & (forms.words > 1)
    found: npt.NDArray[np.bool_] = is_short & ~is_statement
    return found


@dataclass(frozen=True, slots=True)
class Headings:
    """The lines of a text that are headings, by their numbers."""

    lines: list[int]
    numbered: frozenset[int]
    """Those that are headings for their numbers."""
    forms: Forms
    texts: Sequence[str]
    model: Path

    def reasons(self, most: int = 4) -> dict[int, tuple[float, str]]:
        """For each of them its score, and the features that weighed more for it than for the lines that were asked
        about with it, with their values."""
        if not self.lines:
            return {}
        score = _score(self.model)
        asked = np.flatnonzero(may_be_heading(self.forms))
        rows = score.rows(self.forms, self.texts, asked)
        weights = score.trees.contributions(rows)
        weights -= weights.mean(1, keepdims=True)
        order, scores = np.argsort(-weights, axis=0, kind="stable")[:most], score.trees.scores(rows)
        return {
            line: (
                round(float(scores[at]), 4),
                ", ".join(f"{score.trees.features[f]} {rows[f, at]:.3g}" for f in order[:, at] if weights[f, at] > 0),
            )
            for line, at in zip(self.lines, np.searchsorted(asked, self.lines).tolist(), strict=True)
        }


def find_headings(forms: Forms, texts: Sequence[str], model: Path, *, sure: float = SURE) -> Headings:
    """The lines that are headings: those with a score of `sure` or more, 0 to 1, and those that number sections."""
    asked = np.flatnonzero(may_be_heading(forms))
    if not len(asked):
        return Headings([], frozenset(), forms, texts, model)
    score = _score(model)
    by_score = score.trees.scores(score.rows(forms, texts, asked)) >= sure
    by_number = _number_sections(forms)[asked]
    last = _last_said(forms, texts)
    found = [line for line in asked[by_score | by_number].tolist() if line < last and not _NEVER.search(texts[line])]
    return Headings(found, frozenset(asked[by_number & ~by_score].tolist()), forms, texts, model)


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
