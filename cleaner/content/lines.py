"""Main content of flattened text: whether a text is a whole page with its menus, and which of its lines are content.

Text whose markup is gone is mostly content already, and every line that is dropped by mistake is lost. So lines are
dropped only where the score expects a clear gain: the trees know what whole pages look like, and what content alone
does.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from cleaner.content.options import Favor
from cleaner.content.scorer import Scored, Scorer, expected_f1, least_score
from cleaner.models.arrays import Flags, Floats
from cleaner.models.trees import Trees
from cleaner.text.features.line_features import LineFeatures, feature_names

PART = "content"
"""The name of this score in a model for text."""


@dataclass(frozen=True, slots=True)
class LineThresholdProfile:
    """How scores become a choice of lines, for one value of `favor`."""

    exponent: float
    """Power that each score is raised to; a higher one makes uncertain lines count less."""
    min_score: float
    """Score that a chosen line must exceed."""
    gain: float
    """Expected F1 by which the best choice must exceed that of keeping everything."""


_PROFILES: dict[str, LineThresholdProfile] = {
    "precision": LineThresholdProfile(2.0, 0.3, 0.04),
    "balanced": LineThresholdProfile(1.3, 0.2, 0.06),
    "recall": LineThresholdProfile(0.8, 0.05, 0.1),
}
_UNIFORM_GAIN = 3.5
"""Multiplier on `gain` for uniformly spaced text, which is more likely to be content only: pages have blank lines here
and there."""
_MIN_MIXED, _MAX_MIXED = 0.03, 0.97
"""Shares of lines after a blank line between which a text is not uniformly spaced."""


@lru_cache(maxsize=16)
def _scorer(model: Path) -> Scorer:
    return Scorer(Trees.load(model, PART), feature_names())


def score(features: LineFeatures, model: Path) -> Scored:
    """The scores of the lines of a text; `model` is the file of the scores for text."""
    return _scorer(model).scored(features)


def best_lines(words: Floats, scores: npt.NDArray[np.float64], favor: Favor, *, uniform: bool) -> Flags | None:
    """The lines that together have the highest expected F1; None where that is hardly more than all lines have.

    `uniform` says whether the text is uniformly spaced.
    """
    profile = _PROFILES[favor]
    order = np.argsort(-scores, kind="stable")
    quality = expected_f1(words[order], scores[order])
    if quality.max() - quality[-1] <= profile.gain * (_UNIFORM_GAIN if uniform else 1):
        return None
    quality = expected_f1(words[order], scores[order] ** profile.exponent)
    kept = np.zeros(len(words), bool)
    kept[order[: int(quality.argmax()) + 1]] = True
    return kept & (scores > profile.min_score)


def threshold(words: Floats, scores: npt.NDArray[np.float64], favor: Favor) -> float:
    """The score that lines must exceed to be chosen, where not all are; see `scorer.threshold`."""
    profile = _PROFILES[favor]
    order = np.argsort(-scores, kind="stable")
    quality = float(expected_f1(words[order], scores[order] ** profile.exponent).max())
    return max(profile.min_score, least_score(quality, profile.exponent))


def is_uniform(features: LineFeatures) -> bool:
    """Whether a text is uniformly spaced: it has blank lines between all of its lines, or between none."""
    share = float(features["gap_before"].mean())
    return not _MIN_MIXED < share < _MAX_MIXED
