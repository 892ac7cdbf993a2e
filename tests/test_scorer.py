"""The score of blocks, and the set of blocks that follows from it."""

from __future__ import annotations

from itertools import combinations
from typing import get_args

import numpy as np
import pytest
from feature_cases import features_of
from hypothesis import given
from hypothesis import strategies as st

from cleaner.content.options import Favor
from cleaner.content.scorer import best_set, expected_f1, scorer_of, threshold

MENU = "".join(f"<li><a href='/{name}'>{name}</a></li>" for name in ("News", "Sport", "Weather", "Culture"))
PROSE = "The ferry to the northern island was late again on Tuesday, and the harbour office gave no reason for it."
FEATURES = features_of(f"<body><nav class=menu><ul>{MENU}</ul></nav><article>{f'<p>{PROSE}</p>' * 4}</article></body>")

blocks = st.lists(
    st.tuples(st.integers(1, 50), st.floats(0.01, 0.99).map(lambda chance: round(chance, 2))), min_size=1, max_size=6
)


def test_content_scores_higher_than_menus() -> None:
    scored = scorer_of(None).scored(FEATURES)
    assert scored.rows.blocks == list(range(8))
    assert max(scored.scores[:4]) < 0.2 < 0.7 < min(scored.scores[4:])


def test_reasons_are_what_lowered_a_score_most() -> None:
    scorer = scorer_of(None)
    scored = scorer.scored(FEATURES)
    weights = scorer.trees.contributions(scored.rows.table.matrix[scorer.columns])
    for row, reasons in enumerate(scorer.reasons(scored, most=2)):
        lowest = np.argsort(weights[:, row], kind="stable")[:2]
        names = [scorer.trees.features[feature] for feature in lowest if weights[feature, row] < 0]
        assert [name for name, _ in reasons] == names
        assert [value for _, value in reasons] == [round(float(scored.rows[name][row]), 4) for name in names]


@given(blocks)
def test_no_set_has_a_higher_expected_f1(blocks: list[tuple[int, float]]) -> None:
    """The sets are all those of the blocks, not only those of the highest scores."""
    words, chances = (np.array(column, float) for column in zip(*blocks, strict=True))
    order = np.argsort(-chances, kind="stable")
    best = expected_f1(words[order].astype(np.float32), chances[order]).max()
    total = (words * chances).sum()
    for size in range(1, len(blocks) + 1):
        for rows in map(list, combinations(range(len(blocks)), size)):
            assert 2 * (words * chances)[rows].sum() / (words[rows].sum() + total) <= best + 1e-6


@pytest.mark.parametrize(
    ("favor", "kept"),
    [("precision", [1, 0, 0, 0]), ("balanced", [1, 1, 0, 0]), ("recall", [1, 1, 1, 0])],
)
def test_favor_trades_words_for_certainty(favor: Favor, kept: list[int]) -> None:
    words, scores = np.array([100, 50, 40, 30], np.float32), np.array([0.9, 0.6, 0.3, 0.08])
    assert best_set(words, scores, favor).astype(int).tolist() == kept


@pytest.mark.parametrize("favor", get_args(Favor))
def test_blocks_with_low_scores_are_never_chosen(favor: Favor) -> None:
    assert best_set(np.array([5, 5], np.float32), np.array([0.01, 0.02]), favor).tolist() == [False, False]


@pytest.mark.parametrize(("best", "favor", "kept"), [(0.39, "balanced", 0), (0.41, "balanced", 2), (0.39, "recall", 2)])
def test_a_page_without_a_likely_block_has_no_main_content(best: float, favor: Favor, kept: int) -> None:
    assert best_set(np.array([20, 30], np.float32), np.array([best, 0.35]), favor).sum() == kept


@pytest.mark.parametrize("favor", ["precision", "balanced", "recall"])
@pytest.mark.parametrize("seed", range(40))
def test_the_threshold_parts_the_chosen_blocks_from_the_others(favor: Favor, seed: int) -> None:
    random = np.random.default_rng(seed)
    words = random.integers(1, 200, 60).astype(np.float32)
    scores = random.beta(0.3, 0.6, 60) if seed % 2 else random.random(60)
    assert (scores > threshold(words, scores, favor)).tolist() == best_set(words, scores, favor).tolist()
