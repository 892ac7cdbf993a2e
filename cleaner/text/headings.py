"""Which lines of flattened text are headings: a learnt score over their features."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from cleaner.models.arrays import Flags, Floats, Ints
from cleaner.models.trees import Trees
from cleaner.models.wording import WORDING_FEATURES, Said, Wording
from cleaner.text.features.line_features import LineFeatures, feature_names
from cleaner.text.features.prose import MIN_PROSE_WORDS

PART = "headings"
"""The name of this score in a model for text."""
WORDING = "headings.wording"
"""The name of the weights of words and shapes that belong to it."""
MIN_SCORE = 0.28
"""Minimum score of a heading."""
_MAX_WORDS = 20
_MAX_CHARACTERS = 160
_NEVER = re.compile(r"https?://|\bwww\.|\S@\S+\.\w|^\W*[$€£¥]\s?\d[\d.,]*\W*$")
"""Addresses and prices, which are too rare for the score to have learnt."""
_MIN_NUMBERED = 2
"""Minimum number of numbered lines that number sections."""
_MIN_SENTENCE_WORDS = 4
"""Minimum number of words of a sentence that can be the only text under a heading."""
_BATCH = 8_192
"""Number of lines whose rows are copied together."""
_BULLETS = "-–*+•‣▪◦●○·"


@dataclass(frozen=True, slots=True)
class _Score:
    """The trees, and where their features are: among those of lines, and among those of wording."""

    trees: Trees
    wording: Wording
    of_lines: Ints
    of_wording: Ints

    def rows(self, features: LineFeatures, said: Said, lines: Ints) -> Floats:
        """What the trees look at, for some lines by their numbers and by what they say."""
        return self._beside(features, said.rows(), lines)

    def scores(self, features: LineFeatures, said: Floats, lines: Ints) -> npt.NDArray[np.float64]:
        """The scores of some lines by their numbers; `said` are WORDING_FEATURES of these."""
        batches = (slice(first, first + _BATCH) for first in range(0, len(lines), _BATCH))
        parts = [self.trees.scores(self._beside(features, said[:, part], lines[part])) for part in batches]
        return np.concatenate(parts)

    def _beside(self, features: LineFeatures, said: Floats, lines: Ints) -> Floats:
        return np.concatenate((features.table.matrix[np.ix_(self.of_lines, lines)], said[self.of_wording]))


@lru_cache(maxsize=16)
def _score(model: Path) -> _Score:
    trees, names = Trees.load(model, PART), score_names()
    columns = trees.columns_among(names)
    made = len(feature_names())
    if (np.diff(columns) < 0).any():
        raise ValueError(f"{model}: the features of {PART!r} are out of order; train it anew")
    return _Score(trees, Wording.load(model, WORDING), columns[columns < made], columns[columns >= made] - made)


def score_names() -> tuple[str, ...]:
    """The names of the features that the score of headings may look at."""
    return (*feature_names(), *WORDING_FEATURES)


def may_be_heading(features: LineFeatures) -> Flags:
    """The lines that the score is asked about: short ones with a letter that are no statement with a full stop."""
    is_short = (features.words <= _MAX_WORDS) & (features["characters"] <= _MAX_CHARACTERS)
    is_statement = (features["last_end"] > 0) & (features["last_question"] == 0) & (features.words > 1)
    found: Flags = is_short & (features["letters"] > 0) & ~is_statement
    return found


@dataclass(frozen=True, slots=True)
class Headings:
    """The lines of a text that are headings."""

    lines: list[int]
    """Numbers of the lines."""
    numbered: frozenset[int]
    """The lines among them that are headings because of their numbers."""
    features: LineFeatures
    asked: Ints
    """Numbers of the lines that the score was asked about."""
    said: Said
    """What these say."""
    model: Path

    def said_of(self, kept: Sequence[int]) -> Said:
        """What those of the lines that were asked about say that are kept, by their numbers."""
        return self.said.only(np.isin(self.asked, kept))

    def reasons(self, most: int = 4) -> dict[int, tuple[float, str]]:
        """For each heading its score and the features that weighed most for it, at most `most`, with their values.

        A feature is named only if it weighed more for the heading than for the mean of the lines that were asked about.
        """
        if not self.lines:
            return {}
        score = _score(self.model)
        rows = score.rows(self.features, self.said, self.asked)
        weights = score.trees.contributions(rows)
        weights -= weights.mean(1, keepdims=True)
        order, scores = np.argsort(-weights, axis=0, kind="stable")[:most], score.trees.scores(rows)
        return {
            line: (
                round(float(scores[at]), 4),
                ", ".join(f"{score.trees.features[f]} {rows[f, at]:.3g}" for f in order[:, at] if weights[f, at] > 0),
            )
            for line, at in zip(self.lines, np.searchsorted(self.asked, self.lines).tolist(), strict=True)
        }


def find_headings(
    features: LineFeatures,
    texts: Sequence[str],
    model: Path,
    *,
    min_score: float = MIN_SCORE,
    said: Said | None = None,
) -> Headings:
    """The lines that are headings, by their score, 0 to 1, or because they number sections.

    `said` is what the lines that may be headings say, where that is known already.
    """
    asked = np.flatnonzero(may_be_heading(features))
    score = _score(model)
    said = score.wording.said_in([texts[number] for number in asked.tolist()]) if said is None else said
    if not len(asked):
        return Headings([], frozenset(), features, asked, said, model)
    by_score = score.scores(features, said.rows(), asked) >= min_score
    by_number = _number_sections(features)[asked]
    last = _last_content(features, texts)
    found = [line for line in asked[by_score | by_number].tolist() if line < last and not _NEVER.search(texts[line])]
    return Headings(found, frozenset(asked[by_number & ~by_score].tolist()), features, asked, said, model)


def _number_sections(features: LineFeatures) -> Flags:
    """The lines that number sections: there are several, and each has prose below it.

    The score has seen too few of them, because a page that numbers its sections by markup has no numbers in its text.
    """
    found = (
        (features["number_depth"] > 0)
        & (features["numbers_beside"] == 0)
        & (features.words < MIN_PROSE_WORDS)
        & (features["last_letter"] > 0)
        & (features["until_prose"] == 1)
    )
    sections: Flags = found & (found.sum() >= _MIN_NUMBERED)
    return sections


def _last_content(features: LineFeatures, texts: Sequence[str]) -> int:
    """The last line that can be under a heading: a long one, a sentence, or an item."""
    is_content = (
        (features.words >= MIN_PROSE_WORDS)
        | ((features["last_end"] > 0) & (features.words >= _MIN_SENTENCE_WORDS))
        | (features["number_depth"] > 0)
    )
    is_content |= np.fromiter((text[0] in _BULLETS for text in texts), bool, len(texts))
    return int(np.flatnonzero(is_content)[-1]) if is_content.any() else 0
