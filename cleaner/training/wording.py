"""Training of the weights of words and shapes of lines: logistic regression with an L1 penalty."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt

from cleaner.models.wording import SCALE, Keys, Wording
from cleaner.training.texts import LAYOUTS, TextSample

_MIN_WEIGHT = 1e-3
"""Absolute value that a weight must exceed to be kept."""


@dataclass(frozen=True, slots=True)
class SaidLines:
    """The lines of a page or text, by their wording."""

    fold: int
    keys: Keys
    answers: npt.NDArray[Any]
    """For each line whether it is what is asked for."""
    weight: float = 1.0
    """What each of its lines weighs, beside those of others."""


@dataclass(frozen=True, slots=True)
class Penalty:
    """How much a weight must tell to be learnt."""

    min_pages: int = 2
    """Minimum number of pages that have a word or shape with a weight."""
    inverse: float = 1.0
    """Inverse of the strength of the L1 penalty."""


def wordings(samples: Iterable[TextSample], folds: Sequence[int]) -> dict[frozenset[int], Wording]:
    """The weights of all pages, of those without each fold, and without each two folds, by the folds left out."""
    once: dict[str, TextSample] = {}
    for item in samples:
        if item.layout in LAYOUTS and not item.script and len(item.answers):
            once.setdefault(item.id, item)
    return without_folds([SaidLines(item.fold, item.keys, item.answers) for item in once.values()], folds, Penalty())


def without_folds(items: Sequence[SaidLines], folds: Sequence[int], penalty: Penalty) -> dict[frozenset[int], Wording]:
    """The weights of all items, of those without each fold, and without each two folds, by the folds left out."""
    left_out = [frozenset(some) for size in range(3) for some in combinations(folds, size)]
    return {some: _fitted([item for item in items if item.fold not in some], penalty) for some in left_out}


def _fitted(samples: Sequence[SaidLines], penalty: Penalty) -> Wording:
    """The weights that some texts give."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    joined = _joined([item.keys for item in samples])
    page = np.repeat(np.arange(len(samples)), [len(item.keys.keys) for item in samples])
    keys, which = np.unique(joined.keys, return_inverse=True)
    pages = np.bincount(np.unique(which * len(samples) + page) // len(samples), minlength=len(keys))
    often = pages >= penalty.min_pages
    taken = often[which]
    column = (np.cumsum(often) - 1)[which[taken]]
    rows = csr_matrix((np.ones(len(column)), (joined.line[taken], column)), shape=(len(joined.words), often.sum()))
    rows.data[:] = 1  # a feature that a line has twice counts once
    model = LogisticRegression(C=penalty.inverse, l1_ratio=1, solver="liblinear", random_state=0)
    counts = np.concatenate([np.full(len(item.answers), item.weight) for item in samples])
    answers = np.concatenate([item.answers for item in samples])
    model.fit(rows, answers, sample_weight=counts * (len(counts) / counts.sum()))
    weights = model.coef_[0]
    kept = np.abs(weights) > _MIN_WEIGHT
    return Wording(keys[often][kept], np.round(weights[kept] * SCALE).astype(np.int32))


def _joined(parts: Sequence[Keys]) -> Keys:
    """The keys of several texts, whose lines are numbered consecutively."""
    before = np.cumsum([0, *(len(part.words) for part in parts)])
    lines = [part.line + first for part, first in zip(parts, before, strict=False)]
    return Keys(
        np.concatenate([part.keys for part in parts]),
        np.concatenate(lines),
        np.concatenate([part.of_words for part in parts]),
        np.concatenate([part.words for part in parts]),
    )
