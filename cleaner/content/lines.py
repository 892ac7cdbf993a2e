"""Main content of flattened text: whether a text is a whole page with its menus, and which of its lines are content.

Text whose markup is gone is mostly content already, and each line that is taken from it wrongly is lost. So lines are
dropped only where the score expects much of it: the trees know what whole pages look like and what content alone does.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.content.features import Feature, Rows
from cleaner.content.options import Favor
from cleaner.content.scorer import Scored, Scorer, expected_f1
from cleaner.models.trees import Trees
from cleaner.text.features import Forms, names_of

PART = "content"
"""Name of this score in a model for text."""


class _Trade(NamedTuple):
    """How the scores are read."""

    exponent: float
    """Each score is taken to this power: the higher, the less a doubtful line counts."""
    floor: float
    """No line with a score under this is chosen where lines are dropped."""
    gain: float
    """What the best choice must have over keeping everything, in expected F1; see _EVEN."""


_TRADES: dict[str, _Trade] = {
    "precision": _Trade(2.0, 0.3, 0.04),
    "balanced": _Trade(1.3, 0.2, 0.06),
    "recall": _Trade(0.8, 0.05, 0.1),
}
_EVEN = 3.5
"""How many times that gain a text must promise that has blank lines between all of its lines or none: pages have them
here and there, so what is even is rather content alone, or says less of what it is."""
_MIXED = (0.03, 0.97)
"""Shares of lines with a blank one before them between which a text is not even."""


@lru_cache(maxsize=16)
def _scorer(model: Path) -> Scorer:
    return Scorer(Trees.load(model, PART), names_of())


def score(forms: Forms, model: Path) -> Scored:
    """The scores of a text's lines."""
    scorer = _scorer(model)
    rows = Rows(forms.matrix, [Feature(name, "") for name in forms.names], forms.blocks, forms.words)
    return Scored(scorer, rows, np.round(scorer.trees.scores(forms.matrix[scorer.columns]), 4))


def best_lines(
    words: npt.NDArray[np.float32], scores: npt.NDArray[np.float64], favor: Favor, *, even: bool
) -> npt.NDArray[np.bool_] | None:
    """The lines that together have the highest expected F1; None where that is hardly better than all of them."""
    trade = _TRADES[favor]
    order = np.argsort(-scores, kind="stable")
    quality = expected_f1(words[order], scores[order])
    if quality.max() - quality[-1] <= trade.gain * (_EVEN if even else 1):
        return None
    quality = expected_f1(words[order], scores[order] ** trade.exponent)
    kept = np.zeros(len(words), bool)
    kept[order[: int(quality.argmax()) + 1]] = True
    found: npt.NDArray[np.bool_] = kept & (scores > trade.floor)
    return found


def is_even(forms: Forms) -> bool:
    """Whether a text has blank lines between all of its lines, or between none."""
    share = float(forms["gap_before"].mean())
    return not _MIXED[0] < share < _MIXED[1]
