"""What a score sees of the lines beside a line."""

from __future__ import annotations

import pytest
from feature_cases import features_of_lines, lists_of

from cleaner.text.features.neighbours import NEIGHBOUR_NAMES, OF_NEIGHBOURS, SIDES

FOUND = lists_of(features_of_lines("1. One", "Two words", "3. Three Words Here", "four", indents=[0, 4, 0, 2]).table)


@pytest.mark.parametrize("name", OF_NEIGHBOURS)
@pytest.mark.parametrize("side", SIDES)
def test_neighbours_are_shifted_columns(name: str, side: int) -> None:
    own = dict(enumerate(FOUND[name]))
    assert FOUND[f"{name}{side:+d}"] == [own.get(line + side, -1) for line in range(4)]


def test_the_names_of_neighbours() -> None:
    assert set(NEIGHBOUR_NAMES) <= set(FOUND)
    assert len(set(NEIGHBOUR_NAMES)) == len(SIDES) * len(OF_NEIGHBOURS)


@pytest.mark.parametrize(
    ("feature", "column"),
    [
        ("numbers_beside", [0, 2, 0, 1]),
        ("words_over_next", [0, -2, 3, 2]),
        ("indent_over_next", [-4, 4, -2, 3]),
        ("capitalised_over_next", [0, -0.25, 0.75, 1]),
    ],
)
def test_comparisons(feature: str, column: list[float]) -> None:
    assert FOUND[feature] == column
