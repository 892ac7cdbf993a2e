"""Training of the weights of words and shapes of headings and openings: logistic regression with an L1 penalty."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Protocol

import numpy as np
import numpy.typing as npt

from cleaner.models.wording import SCALE, Keys, Wording
from cleaner.training.texts import LAYOUTS, TextSample

_MIN_PAGES = 2
"""Minimum number of pages that have a word or shape with a weight."""
_C = 1.0
"""Inverse of the strength of the penalty."""
_MIN_WEIGHT = 1e-3
"""Absolute value that a weight must exceed to be kept."""


class Said(Protocol):
    """Lines whose answers are known, of a page of a fold."""

    fold: int
    keys: Keys

    @property
    def answers(self) -> npt.NDArray[np.int8]: ...


def heading_wordings(samples: Iterable[TextSample], folds: Sequence[int]) -> dict[frozenset[int], Wording]:
    """The weights for headings, as `wordings` gives them; of each page one layout, since words are the same in all."""
    once: dict[str, TextSample] = {}
    for item in samples:
        if item.layout in LAYOUTS and not item.script and len(item.answers):
            once.setdefault(item.id, item)
    return wordings(list(once.values()), folds)


def wordings(samples: Sequence[Said], folds: Sequence[int]) -> dict[frozenset[int], Wording]:
    """The weights of all pages, of those without each fold, and without each two folds, by the folds left out."""
    left_out = [frozenset(some) for size in range(3) for some in combinations(folds, size)]
    return {some: _fitted([item for item in samples if item.fold not in some]) for some in left_out}


def _fitted(samples: Sequence[Said]) -> Wording:
    """The weights that some texts give."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    joined = _joined([item.keys for item in samples])
    page = np.repeat(np.arange(len(samples)), [len(item.keys.keys) for item in samples])
    keys, which = np.unique(joined.keys, return_inverse=True)
    pages = np.bincount(np.unique(which * len(samples) + page) // len(samples), minlength=len(keys))
    often = pages >= _MIN_PAGES
    taken = often[which]
    column = (np.cumsum(often) - 1)[which[taken]]
    rows = csr_matrix((np.ones(len(column)), (joined.line[taken], column)), shape=(len(joined.words), often.sum()))
    rows.data[:] = 1  # a feature that a line has twice counts once
    model = LogisticRegression(C=_C, l1_ratio=1, solver="liblinear", random_state=0)
    model.fit(rows, np.concatenate([item.answers for item in samples]))
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
