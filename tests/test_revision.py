"""The second decision: what it may change, and what it changes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from feature_cases import features_of

from cleaner.content.options import Favor
from cleaner.content.revision import Reviser, open_blocks, reviser_of
from cleaner.models.trees import SCALE, Trees, save_parts

PAGE = "<body>" + "".join(f"<p>{'word ' * number}</p>" for number in range(1, 7)) + "</body>"
BY_WORDS = Trees(
    ("words",),
    np.zeros((2, 1), np.int16),
    np.array([[1.5], [2.5]], np.float32),
    np.array([[-3, 0], [0, 3]], np.int32) * SCALE,
    bias=0,
    about={},
)
"""Scores of .05 for a block of one word, .5 for two, .95 for more."""


def flags(marks: str) -> np.ndarray:
    return np.array([mark == "x" for mark in marks])


@pytest.mark.parametrize(
    ("chosen", "dropped", "asked"),
    [
        (".x..x.", "......", ".xxxx."),
        ("..x...", "......", "..x..."),
        (".x..x.", "..x...", ".x.xx."),  # rules win
        ("......", "......", "......"),
    ],
)
def test_blocks_between_chosen_ones_are_decided_again(chosen: str, dropped: str, asked: str) -> None:
    assert (open_blocks(flags(chosen), flags(dropped)) == flags(asked)).all()


@pytest.mark.parametrize(
    ("chosen", "dropped", "favor", "found"),
    [
        (".x..x.", "......", "balanced", ".xxxx."),  # gaps are filled
        (".x..x.", "..x...", "balanced", ".x.xx."),
        ("x....x", "......", "balanced", ".xxxxx"),  # strays go
        ("x....x", "......", "precision", "..xxxx"),
        ("x....x", "......", "recall", ".xxxxx"),
        ("...x..", "......", "balanced", "...x.."),
        ("......", "......", "balanced", "......"),
    ],
)
def test_gaps_are_filled_and_strays_go(chosen: str, dropped: str, favor: Favor, found: str) -> None:
    scores = np.full(6, 0.5)
    revised = Reviser(BY_WORDS).revised(features_of(PAGE), scores, flags(chosen), flags(dropped), favor)
    assert "".join("x" if kept else "." for kept in revised) == found


def test_a_model_may_have_no_second_part(tmp_path: Path) -> None:
    path = tmp_path / "model.npz"
    save_parts(path, {"": BY_WORDS})
    assert reviser_of(path) is None
    assert reviser_of(None) is not None


def test_a_second_part_without_a_score_of_pages_gives_no_confidence() -> None:
    rows, scores, chosen = features_of(PAGE), np.full(6, 0.5), flags(".xxx..")
    assert Reviser(BY_WORDS).confidence(rows, scores, chosen) is None
    page = Trees(("chosen_words",), BY_WORDS.column, BY_WORDS.threshold, BY_WORDS.leaves, 0, {})
    assert Reviser(BY_WORDS, page).confidence(rows, scores, chosen) == 0.9526
