"""Cross-validation: how good a score is on pages of sites that it has not seen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from cleaner.content.scorer import best_set
from cleaner.models.trees import Trees
from cleaner.training.boosting import Hyperparameters, averaged, fit
from cleaner.training.samples import Sample, weights, word_f1

_ROWS_SHARE = 0.35
"""Share of the rows that a model learns from: most blocks of long menus and lists add nothing."""


def train(samples: Iterable[Sample], names: tuple[str, ...], settings: Hyperparameters) -> Trees:
    """The model that is learnt from all samples."""
    samples = list(samples)
    weight = np.concatenate([weights(item) * item.weight for item in samples])
    chance = _chances(weight)
    taken = np.random.default_rng(settings.seed).random(len(weight)) < chance
    parts = np.split(taken, np.cumsum([len(item.words) for item in samples])[:-1])
    matrix = np.concatenate([item.matrix[:, part].T for item, part in zip(samples, parts, strict=True)])
    share = np.concatenate([item.share for item in samples])[taken]
    counts = (weight / chance)[taken].astype(np.float32)
    return averaged([fit(matrix, answers, counts, names, settings) for answers in labels(share)])


def labels(share: npt.NDArray[np.float32]) -> Iterable[npt.NDArray[np.float32]]:
    """The labels of two questions, each of which half of the trees answer: is most of a block content, and how much.

    Their errors differ, so that their mean is better than either alone, or than twice as many trees for one of them.
    """
    return (share >= 0.5).astype(np.float32), share


def _chances(weight: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """The probability that each row is taken, by its weight; a row that is taken less often counts more."""
    low, high = 0.0, float(weight.max())
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if np.minimum(1, weight / middle).mean() > _ROWS_SHARE else (low, middle)
    chances: npt.NDArray[np.float32] = np.minimum(1, weight / high).astype(np.float32)
    return chances


def by_fold(samples: Sequence[Sample], names: tuple[str, ...], settings: Hyperparameters) -> dict[int, Trees]:
    """For each fold the model that is learnt from the other folds."""
    folds = sorted({item.fold for item in samples})
    return {fold: train((s for s in samples if s.fold != fold), names, settings) for fold in folds}


def out_of_fold(
    samples: Iterable[Sample], models: Mapping[int, Trees], names: tuple[str, ...]
) -> list[npt.NDArray[np.float64]]:
    """The scores of the blocks of each sample, by the model that has not seen its page."""
    columns = {fold: trees.columns_among(names) for fold, trees in models.items()}
    return [np.round(models[item.fold].scores(item.matrix[columns[item.fold]]), 4) for item in samples]


def figures(samples: Iterable[Sample], chosen: Iterable[npt.NDArray[np.bool_]]) -> dict[str, float]:
    """The mean word F1 of what is `chosen` of all pages, and of each kind of page."""
    found: dict[str, list[float]] = defaultdict(list)
    for item, kept in zip(samples, chosen, strict=True):
        value = word_f1(item, np.flatnonzero(kept))[2]
        found["all"].append(value)
        found[item.kind].append(value)
    return {kind: round(float(np.mean(values)), 4) for kind, values in found.items()}


def first_choice(item: Sample, scores: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """The blocks that the scores keep, among those that rules leave."""
    kept = ~item.dropped
    if kept.any():
        kept[kept] = best_set(item.words[kept], scores[kept], "balanced")
    return kept
