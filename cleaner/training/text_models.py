"""The scores for text, learnt from texts with known answers: which lines are headings, and which are content."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from cleaner.text import headings
from cleaner.text.features import Forms, names_of
from cleaner.training.boosting import Settings, fit
from cleaner.training.texts import TextSample
from cleaner.trees import Trees


def train_headings(samples: Iterable[TextSample], settings: Settings) -> Trees:
    """The score that tells headings: of the lines that it is asked about and whose answer is known."""
    matrices, labels = [], []
    for item in samples:
        forms = Forms(item.matrix, names_of(), item.words)
        rows = np.flatnonzero(headings.may_be_heading(forms) & (item.headings >= 0))
        matrices.append(item.matrix[:, rows].T)
        labels.append(item.headings[rows])
    answers = np.concatenate(labels).astype(np.float32)
    return fit(np.concatenate(matrices), answers, np.ones_like(answers), names_of(), settings)
