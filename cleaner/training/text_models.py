"""The scores for text, learnt from texts with known answers: where blocks end, which lines are headings, and which are
content."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from cleaner.text import breaks, headings
from cleaner.text.features import Forms, names_of
from cleaner.training.boosting import Settings, fit
from cleaner.training.texts import BreakSample, TextSample
from cleaner.trees import Trees

_BREAK_ROUNDS = 250
"""Trees of the score of line ends, of which there are not many to learn from."""


def train_breaks(samples: Iterable[BreakSample], settings: Settings) -> Trees:
    """The score that tells the ends of blocks from wraps."""
    samples = list(samples)
    matrix = np.concatenate([item.matrix.T for item in samples])
    answers = np.concatenate([item.ends for item in samples]).astype(np.float32)
    return fit(matrix, answers, np.ones_like(answers), breaks.NAMES, replace(settings, rounds=_BREAK_ROUNDS))


def train_headings(samples: Sequence[TextSample], settings: Settings) -> Trees:
    """The score that tells headings: of the lines that it is asked about and whose answer is known."""
    matrices, labels = [], []
    for item in samples:
        forms = Forms(item.matrix, names_of(), item.words)
        rows = np.flatnonzero(headings.may_be_heading(forms) & (item.headings >= 0))
        matrices.append(item.matrix[:, rows].T)
        labels.append(item.headings[rows])
    answers = np.concatenate(labels).astype(np.float32)
    return fit(np.concatenate(matrices), answers, np.ones_like(answers), names_of(), settings)
