"""Which lines of a text are content, if it is a whole page at all."""

from __future__ import annotations

import numpy as np
import pytest
from feature_cases import features_of_lines

from cleaner.content.lines import best_lines, is_uniform, score, threshold
from cleaner.content.options import Favor
from cleaner.text import SHIPPED

PAGE = np.array([0.1, 0.1, 0.9, 0.95, 0.3])


@pytest.mark.parametrize(
    ("scores", "words", "favor", "uniform", "kept"),
    [
        (PAGE, [100, 100, 30, 40, 2], "balanced", False, [0, 0, 1, 1, 0]),
        (PAGE, [100, 100, 30, 40, 2], "balanced", True, [0, 0, 1, 1, 0]),
        (PAGE, [1, 2, 30, 40, 2], "balanced", False, None),  # hardly better than all lines
        (PAGE, [8, 8, 30, 40, 2], "precision", False, [0, 0, 1, 1, 0]),
        (PAGE, [8, 8, 30, 40, 2], "precision", True, None),  # a uniformly spaced text must promise more
        (np.full(5, 0.9), [100, 100, 30, 40, 2], "balanced", False, None),  # all of it is content
    ],
)
def test_lines_are_dropped_only_for_a_clear_gain(
    scores: np.ndarray, words: list[int], favor: Favor, uniform: bool, kept: list[int] | None
) -> None:
    found = best_lines(np.array(words, np.float32), scores, favor, uniform=uniform)
    assert (None if found is None else found.astype(int).tolist()) == kept


@pytest.mark.parametrize(
    ("gaps", "uniform"),
    [
        ([True] * 40, True),
        ([True] + [False] * 39, True),
        ([True, False] * 20, False),
        ([True] * 38 + [False] * 2, False),
    ],
)
def test_uniformly_spaced_text(gaps: list[bool], uniform: bool) -> None:
    assert is_uniform(features_of_lines(*["A line"] * 40, gaps=gaps)) is uniform


def test_every_line_has_a_score() -> None:
    scored = score(features_of_lines("Home", "News", "The ferry to the northern island was late again."), SHIPPED)
    assert scored.scores.shape == (3,)
    assert ((scored.scores >= 0) & (scored.scores <= 1)).all()


@pytest.mark.parametrize("favor", ["precision", "balanced", "recall"])
@pytest.mark.parametrize("seed", range(20))
def test_the_threshold_parts_the_chosen_lines_from_the_others(favor: Favor, seed: int) -> None:
    random = np.random.default_rng(seed)
    words, scores = random.integers(1, 40, 60).astype(np.float32), random.beta(0.3, 0.6, 60)
    found = best_lines(words, scores, favor, uniform=False)
    assert found is None or (scores > threshold(words, scores, favor)).tolist() == found.tolist()
