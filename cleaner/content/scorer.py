"""The learnt score: how likely each block is main content, and the set of blocks that follows from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from cleaner.content.features import Feature, Rows, rows_of
from cleaner.content.options import Favor
from cleaner.models.trees import Trees
from cleaner.page.page import Page

SHIPPED = Path(__file__).with_name("model.npz")


@dataclass(frozen=True, slots=True)
class _Trade:
    """How the scores are read."""

    exponent: float
    """Each score is taken to this power: the higher, the less a doubtful block counts."""
    sure: float
    """The same for a page where it is clear what the content is, and doubt the more telling."""
    floor: float
    """No block with a score under this is chosen."""


_TRADES: dict[str, _Trade] = {
    "precision": _Trade(2.0, 2.5, 0.4),
    "balanced": _Trade(1.15, 1.6, 0.3),
    "recall": _Trade(0.7, 0.7, 0.02),
}
_CLEAR = 0.9
"""Expected F1 of the best set above which a page is a clear one."""


@dataclass(frozen=True, slots=True)
class Scored:
    """The rows of a page with their scores."""

    scorer: Scorer
    rows: Rows
    scores: npt.NDArray[np.float64]


class Scorer:
    """A model, and where its features stand among all that are made."""

    def __init__(self, trees: Trees, names: Iterable[str]) -> None:
        self.trees = trees
        self.columns = trees.columns_among(names)

    def score(self, page: Page) -> Scored | None:
        """The scores of a page's blocks with text; None where it has none."""
        rows = rows_of(page)
        if rows is None:
            return None
        return Scored(self, rows, np.round(self.trees.scores(rows.matrix[self.columns]), 4))

    def reasons(self, scored: Scored, most: int = 3) -> list[tuple[tuple[str, float], ...]]:
        """For each row the features that weighed most against it: name and value."""
        weights = self.trees.contributions(scored.rows.matrix[self.columns])
        order = np.argsort(weights, axis=0, kind="stable")[:most]
        return [
            tuple(
                (self.trees.features[f], round(float(scored.rows.matrix[self.columns[f], row]), 4))
                for f in order[:, row]
                if weights[f, row] < 0
            )
            for row in range(weights.shape[1])
        ]


@lru_cache(maxsize=16)
def scorer_of(model: Path | None) -> Scorer:
    """The scorer with the model of a file, or with the one that comes with the package."""
    return Scorer(Trees.load(model or SHIPPED), (feature.name for feature in feature_list()))


@cache
def feature_list() -> tuple[Feature, ...]:
    """All features in their order."""
    from cleaner.page.candidate import Candidate

    rows = rows_of(Page(blocks=[Candidate("paragraph", "One sentence is enough.", element=0)]))
    assert rows is not None
    return tuple(rows.features)


def best_set(words: npt.NDArray[np.float32], scores: npt.NDArray[np.float64], favor: Favor) -> npt.NDArray[np.bool_]:
    """The blocks whose words together have the highest expected F1, if each is content with its score's probability.

    The best set of a size is the blocks with the highest scores, so sets are tried in that order: Nan, Chai, Lee and
    Chieu, "Optimizing F-measure: a tale of two approaches" (2012).
    """
    trade = _TRADES[favor]
    order = np.argsort(-scores, kind="stable")
    size, quality = _best_size(words[order], scores[order] ** trade.exponent)
    if quality > _CLEAR:
        size, _ = _best_size(words[order], scores[order] ** trade.sure)
    kept = np.zeros(len(words), bool)
    kept[order[:size]] = True
    return kept & (scores > trade.floor)


def expected_f1(words: npt.NDArray[np.float32], chances: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The expected F1 of the first block, of the first two, and so on, if each is content with its chance."""
    expected = np.cumsum(chances * words)
    found: npt.NDArray[np.float64] = 2 * expected / (np.cumsum(words) + expected[-1] + 1e-9)
    return found


def _best_size(words: npt.NDArray[np.float32], chances: npt.NDArray[np.float64]) -> tuple[int, float]:
    """How many of the blocks, in this order, make the set with the highest expected F1; and that F1."""
    quality = expected_f1(words, chances)
    best = int(quality.argmax())
    return best + 1, float(quality[best])
