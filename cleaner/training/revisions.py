"""Training of the second decision, on scores and choices of models that have not seen the pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from cleaner.content.features.choice_features import choice_features, choice_names, page_features, page_names
from cleaner.content.revision import CONFIDENCE, REVISION, WORDING, Reviser, within
from cleaner.models.arrays import Flags, Floats
from cleaner.models.trees import Trees
from cleaner.models.wording import WORDING_FEATURES, Wording, keys_of
from cleaner.training.boosting import Hyperparameters, averaged, fit
from cleaner.training.cross_validation import first_choice, labels
from cleaner.training.samples import MIN_CONTENT_SHARE, Sample, weights, word_f1
from cleaner.training.wording import Penalty, SaidLines, without_folds

Parts = dict[str, Trees | Wording]
"""The parts of the second decision by their names in a model's file."""

_BLOCKS = Hyperparameters(rounds=200, depth=5)
_PAGE = Hyperparameters(rounds=80, depth=3, rate=0.06, columns=0.6)
_WORDS, _EACH = 0.4, 0.1
"""What a block weighs for its words, as in the first score, and by itself, over the square root of a page's blocks.

The second makes short blocks count: a heading that is missing is seen, though it has four words."""
_MIN_BLOCKS = 30
_PENALTY = Penalty(min_pages=3, inverse=0.1)
"""Words that few pages have are names; what tells in many is "Read more" or "Advantages"."""


class Revisions:
    """Choices of pages by the first score, from which the second decision is learnt."""

    def __init__(self, samples: Sequence[Sample], scores: Sequence[npt.NDArray[np.float64]], seed: int) -> None:
        """`scores` are of models that have not seen the page."""
        self.samples = samples
        self.folds = sorted({item.fold for item in samples})
        self._scores = scores
        self._seed = seed
        self._first = [first_choice(item, found) for item, found in zip(samples, scores, strict=True)]
        self._open = [within(item.rows, kept, item.dropped) for kept, item in zip(self._first, samples, strict=True)]
        self._said = [
            SaidLines(
                item.fold,
                keys_of([item.rows.forms.texts[row] for row in np.flatnonzero(asked).tolist()]),
                item.share[asked] >= MIN_CONTENT_SHARE,
                1 / max(int(asked.sum()), _MIN_BLOCKS) ** 0.5,
            )
            for item, asked in zip(samples, self._open, strict=True)
        ]
        self._wordings = without_folds(self._said, self.folds, _PENALTY)

    def wording(self, left_out: int | None) -> Wording:
        """The weights of what blocks say, learnt from all folds but one."""
        return self._wordings[_all_but(left_out)]

    def block_trees(self, left_out: int | None) -> Trees:
        """The score of blocks in a choice, learnt from all folds but one.

        Its trees answer the two questions of the first score; see `cross_validation.labels`.
        """
        learnt = [n for n, item in enumerate(self.samples) if item.fold != left_out]
        matrix = np.concatenate([self._features(n, left_out) for n in learnt])
        share = np.concatenate([self.samples[n].share[self._open[n]] for n in learnt])
        counts = np.concatenate([_weights(self.samples[n], self._open[n]) for n in learnt])
        settings = replace(_BLOCKS, seed=self._seed)
        return averaged([fit(matrix, answers, counts, choice_names(), settings) for answers in labels(share)])

    def _features(self, number: int, left_out: int | None) -> Floats:
        """The rows of a sample's open blocks, with the weights of words that have seen neither it nor the fold."""
        item, asked = self.samples[number], self._open[number]
        said = np.zeros((len(WORDING_FEATURES), len(asked)), np.float32)
        said[:, asked] = self._wordings[_all_but(left_out, item.fold)].said(self._said[number].keys).rows()
        found: Floats = choice_features(item.rows, self._scores[number], self._first[number], said).matrix[:, asked].T
        return found

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
) -> tuple[dict[int | None, Parts], list[Flags]]:
    """The parts of the second decision without each fold, and of all pages (None); and what is chosen out of fold."""
    revisions = Revisions(samples, scores, seed)
    folds: list[int | None] = [*revisions.folds, None]
    blocks = {fold: revisions.block_trees(fold) for fold in folds}
    revisers = {fold: Reviser(trees, wording=revisions.wording(fold)) for fold, trees in blocks.items()}
    chosen = [revisions.revised(number, revisers[item.fold]) for number, item in enumerate(samples)]
    made: dict[int | None, Parts] = {
        fold: {
            REVISION: blocks[fold],
            CONFIDENCE: revisions.page_trees(chosen, fold),
            WORDING: revisions.wording(fold),
        }
        for fold in folds
    }
    return made, chosen


def _all_but(*folds: int | None) -> frozenset[int]:
    """These folds as a set, without None."""
    return frozenset(fold for fold in folds if fold is not None)


def _weights(item: Sample, asked: Flags) -> Floats:
    """The weights of the blocks that are decided again."""
    each = _EACH / max(int(asked.sum()), _MIN_BLOCKS) ** 0.5
    found: Floats = (_WORDS * weights(item)[asked] + each).astype(np.float32)
    return found
