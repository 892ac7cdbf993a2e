"""Symmetric trees: their scores, what features contribute to them, and their files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from cleaner.content.scorer import SHIPPED, scorer_of
from cleaner.models.trees import SCALE, Trees, save_parts
from cleaner.text import SHIPPED as SHIPPED_FOR_TEXT

TREES = Trees(
    features=("words", "links"),
    column=np.array([[0, 1], [1, 1]], np.int16),
    threshold=np.array([[10, 0.5], [0.25, np.inf]], np.float32),  # infinity asks nothing
    leaves=np.array([[0, 2, -1, 1], [1, -1, 9, 9]], np.int32) * SCALE,
    bias=SCALE // 2,
    about={"seed": 3},
)
ROWS = np.array([[5, 20, 5, 20], [0, 0, 1, 1]], np.float32)
"""Two features of four rows."""
SUMS = [0 + 1 + 0.5, 2 + 1 + 0.5, -1 - 1 + 0.5, 1 - 1 + 0.5]


def random_rows(trees: Trees, seed: int, count: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(len(trees.features), count)).astype(np.float32)


def test_a_score_is_the_sum_of_a_leaf_of_each_tree() -> None:
    assert TREES.scores(ROWS).tolist() == pytest.approx([1 / (1 + np.exp(-total)) for total in SUMS])


def test_rows_are_scored_the_same_in_any_number() -> None:
    trees = scorer_of(None).trees
    rows = random_rows(trees, 2, 5_000)
    assert (trees.scores(rows)[4_990:] == trees.scores(rows[:, 4_990:])).all()
    assert trees.scores(rows[:, :0]).tolist() == []


@pytest.mark.parametrize("trees", [TREES, scorer_of(None).trees], ids=["small", "shipped"])
def test_contributions_add_up_to_the_score(trees: Trees) -> None:
    rows = ROWS if trees is TREES else random_rows(trees, 1, 20)
    scores = trees.scores(rows)
    added = trees.contributions(rows).sum(0)
    log_odds = np.log(scores / (1 - scores))
    assert np.allclose(added - added[0], log_odds - log_odds[0], atol=1e-3)


def test_columns_are_found_by_name() -> None:
    assert TREES.columns_among(["links", "depth", "words"]).tolist() == [2, 0]


def test_a_feature_that_is_not_made_is_an_error() -> None:
    with pytest.raises(ValueError, match="the model asks for words, which this version does not make; train it anew"):
        TREES.columns_among(["links"])


def test_a_model_reads_back_the_same(tmp_path: Path) -> None:
    TREES.save(tmp_path / "one.npz")
    again = Trees.load(tmp_path / "one.npz")
    assert (again.features, again.bias, again.about) == (TREES.features, TREES.bias, TREES.about)
    assert again.scores(ROWS).tolist() == TREES.scores(ROWS).tolist()
    again.save(tmp_path / "two.npz")
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


def test_a_part_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    save_parts(tmp_path / "model.npz", {"content": TREES})
    assert Trees.load(tmp_path / "model.npz", "content").features == TREES.features
    with pytest.raises(ValueError, match="has no part 'headings'"):
        Trees.load(tmp_path / "model.npz", "headings")


@pytest.mark.parametrize(
    ("path", "parts", "size"),
    [(SHIPPED, [""], 1_000_000), (SHIPPED_FOR_TEXT, ["breaks", "headings", "content"], 500_000)],
)
def test_shipped_models_have_their_parts_and_are_small(path: Path, parts: list[str], size: int) -> None:
    assert path.stat().st_size < size
    assert all(Trees.load(path, part).features for part in parts)
