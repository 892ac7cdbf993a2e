"""Training of the second decision, on scores and choices of models that have not seen the pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from cleaner.content.features.choice_features import choice_features, choice_names, page_features, page_names
from cleaner.content.revision import Reviser, open_blocks
from cleaner.models.arrays import Flags, Floats
from cleaner.models.trees import Trees
from cleaner.training.boosting import Hyperparameters, fit
from cleaner.training.cross_validation import first_choice
from cleaner.training.samples import MIN_CONTENT_SHARE, Sample, weights, word_f1

_BLOCKS = Hyperparameters(rounds=200, depth=5)
_PAGE = Hyperparameters(rounds=80, depth=3, rate=0.06, columns=0.6)
_WORDS, _EACH = 0.4, 0.1
"""What a block weighs for its words, as in the first score, and by itself, over the square root of a page's blocks.

The second makes short blocks count: a heading that is missing is seen, though it has four words."""
_MIN_BLOCKS = 30


class Revisions:
    """Choices of pages by the first score, from which the second decision is learnt."""

    def __init__(self, samples: Sequence[Sample], scores: Sequence[npt.NDArray[np.float64]], seed: int) -> None:
        """`scores` are of models that have not seen the page."""
        self.samples = samples
        self._scores = scores
        self._seed = seed
        self._first = [first_choice(item, found) for item, found in zip(samples, scores, strict=True)]
        self._open = [
            open_blocks(item.rows, kept, item.dropped) for kept, item in zip(self._first, samples, strict=True)
        ]
        self._features = [
            choice_features(item.rows, found, kept).matrix[:, asked].T
            for item, found, kept, asked in zip(samples, scores, self._first, self._open, strict=True)
        ]

    def block_trees(self, left_out: int | None) -> Trees:
        """The score of blocks in a choice, learnt from all folds but one."""
        learnt = [n for n, item in enumerate(self.samples) if item.fold != left_out]
        labels = [(self.samples[n].share >= MIN_CONTENT_SHARE)[self._open[n]] for n in learnt]
        counts = [_weights(self.samples[n], self._open[n]) for n in learnt]
        return fit(
            np.concatenate([self._features[n] for n in learnt]),
            np.concatenate(labels).astype(np.float32),
            np.concatenate(counts),
            choice_names(),
            replace(_BLOCKS, seed=self._seed),
        )

    def revised(self, number: int, reviser: Reviser) -> Flags:
        """What is chosen of a sample in the end."""
        item = self.samples[number]
        return reviser.revised(item.rows, self._scores[number], self._first[number], item.dropped, "balanced")[0]

    def page_trees(self, chosen: Sequence[Flags], left_out: int | None) -> Trees:
        """The expected F1 of choices, learnt from all folds but one; `chosen` are by models that have not seen them."""
        learnt = [n for n, item in enumerate(self.samples) if item.fold != left_out]
        rows = [page_features(self.samples[n].rows, self._scores[n], chosen[n]).matrix.T for n in learnt]
        found = [word_f1(self.samples[n], np.flatnonzero(chosen[n]))[2] for n in learnt]
        even = np.ones(len(found), np.float32)
        return fit(
            np.concatenate(rows),
            np.array(found, np.float32),
            even,
            page_names(),
            replace(_PAGE, seed=self._seed),
        )


def train_revisions(
    samples: Sequence[Sample], scores: Sequence[npt.NDArray[np.float64]], seed: int
) -> tuple[dict[int | None, tuple[Trees, Trees]], list[Flags]]:
    """The trees of the second decision without each fold, and of all pages (None); and what is chosen out of fold."""
    revisions = Revisions(samples, scores, seed)
    folds: list[int | None] = [*sorted({item.fold for item in samples}), None]
    blocks = {fold: revisions.block_trees(fold) for fold in folds}
    revisers = {fold: Reviser(trees) for fold, trees in blocks.items()}
    chosen = [revisions.revised(number, revisers[item.fold]) for number, item in enumerate(samples)]
    return {fold: (blocks[fold], revisions.page_trees(chosen, fold)) for fold in folds}, chosen


def _weights(item: Sample, asked: Flags) -> Floats:
    """The weights of the blocks that are decided again."""
    each = _EACH / max(int(asked.sum()), _MIN_BLOCKS) ** 0.5
    found: Floats = (_WORDS * weights(item)[asked] + each).astype(np.float32)
    return found
