"""What a score sees of the layout around a line, and of the number that it begins with."""

from __future__ import annotations

import numpy as np
import pytest
from feature_cases import lists

from cleaner.text.features.arrangement import layout_columns, number_columns


@pytest.mark.parametrize(
    ("gaps", "before", "after"),
    [
        ([True, True, True], [1, 1, 1], [1, 1, 1]),
        ([True, False, False], [1, 1, 1], [1, 1, 1]),  # no blank lines at all: the same as with all
        ([True, False, True], [1, 0, 1], [0, 1, 1]),
        ([False], [1], [1]),
    ],
)
def test_gaps(gaps: list[bool], before: list[float], after: list[float]) -> None:
    found = lists(layout_columns(gaps, [0] * len(gaps)), len(gaps))
    assert (found["gap_before"], found["gap_after"]) == (before, after)


@pytest.mark.parametrize(("indents", "column"), [([0, 4, 2], [0, 4, 2]), ([4, 8, 4], [0, 4, 0])])
def test_indents(indents: list[int], column: list[float]) -> None:
    assert lists(layout_columns([True] * 3, indents), 3)["indent"] == column


@pytest.mark.parametrize(
    ("text", "depth", "number"),
    [
        ("1. Ferry", 1, 1),
        ("12) Ferry", 1, 12),
        ("3: Ferry", 1, 3),
        ("2.1 Ferry", 2, 1),
        ("2.1.4. Ferry", 3, 4),
        ("2.10) Ferry", 2, 10),
        ("2019 was late", 0, -1),
        ("2019. A year", 0, -1),  # four digits
        ("7 ferries", 0, -1),
        ("1.5kg of fish", 0, -1),
        ("12:30 Departure", 0, -1),
        ("1234567.8901 is long", 0, -1),
        ("1..2 Ferry", 0, -1),
        ("٣. Ferry", 0, -1),  # other digits
        ("5.", 1, 5),
    ],
)
def test_numbers(text: str, depth: int, number: int) -> None:
    assert lists(number_columns([text], np.array([True]))) == {"number_depth": [depth], "number": [number]}


def test_only_lines_that_begin_with_a_digit_are_asked() -> None:
    found = lists(number_columns(["1. One", "2. Two"], np.array([False, True])), 2)
    assert found == {"number_depth": [0, 1], "number": [-1, 2]}
