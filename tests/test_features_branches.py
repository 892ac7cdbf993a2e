"""Where blocks leave the elements of the chosen ones."""

from __future__ import annotations

import numpy as np
import pytest
from feature_cases import features_of, lists

from cleaner.content.features.branches import branch_columns

PAGE = """<body><main><h2>Tides</h2><p>One two</p><aside><div><p>Three</p><p>Four</p></div></aside><p>Five</p></main>
<footer><p>Six</p></footer></body>"""
SCORES = np.array([1.0, 2, 3, 5, 4, 6])


@pytest.mark.parametrize(
    ("chosen", "feature", "column"),
    [
        ("xx..x.", "levels_before", [99, 1, 3, 3, 1, 2]),
        ("xx..x.", "levels_after", [1, 1, 3, 3, 99, 99]),
        ("xx..x.", "levels_apart", [-3, 0, 0, 0, 3, 2]),
        ("xx..x.", "branch_blocks", [1, 1, 2, 2, 1, 1]),  # the box in the text is one
        ("xx..x.", "branch_score", [1, 2, 4, 4, 4, 6]),
        ("xx..x.", "branch_words", [1, 2, 2, 2, 1, 1]),
        ("xx.x.x", "levels_before", [99, 1, 3, 3, 1, 2]),
        ("xx.x.x", "branch_blocks", [1, 1, 1, 2, 1, 1]),  # a chosen block of the box has a neighbour in it
        ("......", "levels_before", [99] * 6),
        ("......", "branch_blocks", [6] * 6),
    ],
)
def test_columns(chosen: str, feature: str, column: list[float]) -> None:
    rows = features_of(PAGE)
    flags = np.array([mark == "x" for mark in chosen])
    found = lists(branch_columns(rows.tree, rows.words, SCORES, flags), len(SCORES))
    assert found[feature] == column
