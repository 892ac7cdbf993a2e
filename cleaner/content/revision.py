"""The second decision: a choice of blocks is looked at as a whole, gaps in it are filled and strays in it go.

The first score judges each block by itself, and most short blocks say little. The score here sees what was decided
about their neighbours, about the blocks that look like them, and about the section that they stand in. It is stacked on
the first one: Wolpert, "Stacked generalization" (1992).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from cleaner.content.features.block_features import BlockFeatures
from cleaner.content.features.choice_features import choice_features, choice_names, page_features, page_names
from cleaner.content.options import Favor
from cleaner.content.scorer import SHIPPED, Scorer
from cleaner.models.arrays import Flags
from cleaner.models.trees import Trees, parts_of

REVISION, CONFIDENCE = "revision", "confidence"
"""Parts of a model's file: the score of the blocks of a choice, and the expected F1 of the choice."""


@dataclass(frozen=True, slots=True)
class RevisionProfile:
    """How scores change a choice, for one value of `favor`."""

    fill: float
    """Score that a block between chosen ones must exceed to be chosen as well."""
    drop: float
    """Score below which a chosen block goes."""


_PROFILES: dict[str, RevisionProfile] = {
    "precision": RevisionProfile(0.6, 0.35),
    "balanced": RevisionProfile(0.42, 0.2),
    "recall": RevisionProfile(0.2, 0.05),
}


class Reviser:
    """The second part of a model: scores of the blocks of a choice, and of a whole choice."""

    def __init__(self, blocks: Trees, page: Trees | None = None) -> None:
        """Raises ValueError where the trees ask for features that this version does not make."""
        self._blocks = Scorer(blocks, choice_names())
        self._page = Scorer(page, page_names()) if page is not None else None

    def revised(
        self, rows: BlockFeatures, scores: npt.NDArray[np.float64], chosen: Flags, dropped: Flags, favor: Favor
    ) -> Flags:
        """What is chosen in the end, where the first `scores` have `chosen` and rules have `dropped` some blocks."""
        asked = open_blocks(chosen, dropped)
        if not asked.any():
            return chosen
        matrix = choice_features(rows, scores, chosen).matrix[:, asked]
        again, profile = self._blocks.trees.scores(matrix[self._blocks.columns]), _PROFILES[favor]
        found = chosen.copy()
        found[asked] = np.where(chosen[asked], again >= profile.drop, again > profile.fill)
        return found

    def confidence(self, rows: BlockFeatures, scores: npt.NDArray[np.float64], chosen: Flags) -> float | None:
        """The expected word F1 of a choice, 0 to 1; None without a score of whole choices."""
        if self._page is None:
            return None
        matrix = page_features(rows, scores, chosen).matrix
        return round(float(self._page.trees.scores(matrix[self._page.columns])[0]), 4)


@lru_cache(maxsize=16)
def reviser_of(model: Path | None) -> Reviser | None:
    """The second part of a model's file, None where it has none; see `scorer_of`."""
    path = model or SHIPPED
    if REVISION not in parts_of(path):
        return None
    return Reviser(Trees.load(path, REVISION), Trees.load(path, CONFIDENCE))


def open_blocks(chosen: Flags, dropped: Flags) -> Flags:
    """The blocks that are decided again: those from the first chosen one to the last, but what rules drop."""
    places = np.flatnonzero(chosen)
    found = np.zeros(len(chosen), bool)
    if len(places):
        found[places[0] : places[-1] + 1] = True
    return found & ~dropped
