"""The learnt score of a page's blocks: how likely each is main content, and the set of blocks that follows from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from cleaner.content.features.block_features import feature_names
from cleaner.content.options import Favor
from cleaner.models.arrays import Flags, Floats
from cleaner.models.table import Features
from cleaner.models.trees import Trees

SHIPPED = Path(__file__).with_name("model.npz")
"""The model that comes with the package."""


@dataclass(frozen=True, slots=True)
class ThresholdProfile:
    """How scores become a choice of blocks, for one value of `favor`."""

    exponent: float
    """Power that each score is raised to; a higher one makes uncertain blocks count less."""
    clear_exponent: float
    """The exponent for a page with a clear choice, where uncertainty tells more."""
    min_score: float
    """Score that a chosen block must exceed."""
    min_best: float
    """Score that the best block of a page must exceed; a page without such a block has no main content."""


_PROFILES: dict[str, ThresholdProfile] = {
    "precision": ThresholdProfile(2.0, 2.5, 0.4, 0.5),
    "balanced": ThresholdProfile(1.15, 1.6, 0.3, 0.4),
    "recall": ThresholdProfile(0.7, 0.7, 0.02, 0.02),
}
_MIN_CLEAR_F1 = 0.9
"""Expected F1 of the best set that a page with a clear choice must exceed."""


@dataclass(frozen=True, slots=True)
class Scored:
    """The blocks of a page, or the lines of a text, with their scores."""

    scorer: Scorer
    rows: Features
    scores: npt.NDArray[np.float64]


class Scorer:
    """A model, and the places of its features among all features."""

    def __init__(self, trees: Trees, names: Iterable[str]) -> None:
        """Raises ValueError where `trees` ask for a feature that is not among `names`."""
        self.trees = trees
        self.columns = trees.columns_among(names)

    def scored(self, features: Features) -> Scored:
        """The scores of blocks by their features."""
        return Scored(self, features, np.round(self.trees.scores(features.table.matrix, self.columns), 4))

    def reasons(self, scored: Scored, most: int = 3) -> list[tuple[tuple[str, float], ...]]:
        """For each row the names and values of the features that weighed most against it, at most `most`."""
        values = scored.rows.table.matrix[self.columns]
        weights = self.trees.contributions(values)
        order = np.argsort(weights, axis=0, kind="stable")[:most]
        return [
            tuple((self.trees.features[f], round(float(values[f, row]), 4)) for f in features if weights[f, row] < 0)
            for row, features in enumerate(order.T)
        ]


@lru_cache(maxsize=16)
def scorer_of(model: Path | None) -> Scorer:
    """The scorer with the model of a file; None stands for the model that comes with the package."""
    return Scorer(Trees.load(model or SHIPPED), feature_names())


def best_set(words: Floats, scores: npt.NDArray[np.float64], favor: Favor) -> Flags:
    """The blocks whose words together have the highest expected F1, if each is content with its score's probability.

    The best set of a size is the blocks with the highest scores, so sets are tried in that order: Nan, Chai, Lee and
    Chieu, "Optimizing F-measure: a tale of two approaches" (2012).
    """
    profile = _PROFILES[favor]
    order = np.argsort(-scores, kind="stable")
    size, _, _ = _clear_or_best_size(words[order], scores[order], profile)
    kept = np.zeros(len(words), bool)
    if scores[order[0]] > profile.min_best:
        kept[order[:size]] = True
    return kept & (scores > profile.min_score)


def threshold(words: Floats, scores: npt.NDArray[np.float64], favor: Favor) -> float:
    """The score that blocks must exceed to be in the best set of these, for readers of `explain`.

    A block adds to the expected F1 of a set if its chance exceeds half of it: Lipton, Elkan and Naryanaswamy, "Optimal
    thresholding of classifiers to maximize F1 measure" (2014).
    """
    profile = _PROFILES[favor]
    order = np.argsort(-scores, kind="stable")
    if scores[order[0]] <= profile.min_best:
        return profile.min_best
    _, quality, exponent = _clear_or_best_size(words[order], scores[order], profile)
    return max(profile.min_score, least_score(quality, exponent))


def least_score(quality: float, exponent: float) -> float:
    """The score, before it is raised to `exponent`, that adds to a set with this expected F1."""
    return float((quality / 2) ** (1 / exponent))


def expected_f1(words: Floats, chances: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The expected F1 of the first block, of the first two, and so on, if each is content with its chance."""
    expected = np.cumsum(chances * words)
    found: npt.NDArray[np.float64] = 2 * expected / (np.cumsum(words) + expected[-1] + 1e-9)
    return found


def _clear_or_best_size(
    words: Floats, scores: npt.NDArray[np.float64], profile: ThresholdProfile
) -> tuple[int, float, float]:
    """The number of blocks of the best set, its expected F1, and the exponent of the scores that it was found with."""
    size, quality = _best_size(words, scores**profile.exponent)
    if quality <= _MIN_CLEAR_F1:
        return size, quality, profile.exponent
    return *_best_size(words, scores**profile.clear_exponent), profile.clear_exponent


def _best_size(words: Floats, chances: npt.NDArray[np.float64]) -> tuple[int, float]:
    """The number of blocks, from the first, that has the highest expected F1; and that F1."""
    quality = expected_f1(words, chances)
    best = int(quality.argmax())
    return best + 1, float(quality[best])
