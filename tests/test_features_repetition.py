"""What a score sees of what recurs in a document."""

from __future__ import annotations

import pytest
from feature_cases import features_of_lines, lists, lists_of

from cleaner.text.features.lines import MAX_DISTANCE
from cleaner.text.features.repetition import copy_columns

FAR = MAX_DISTANCE


@pytest.mark.parametrize(
    ("feature", "column"),
    [
        ("echo+1", [0.5, 0.5, 0, 0]),  # ferry
        ("echo+2", [1, 0, 0, 0]),  # ferry and island
        ("echo+3", [0, 0, 0, 0]),
        ("echoes", [1.5, 1, 1.333, 0]),
        ("new_words", [0, 0.5, 0, 0]),  # late
    ],
)
def test_echoes(feature: str, column: list[float]) -> None:
    found = features_of_lines("Ferry island", "The ferry is late", "islands FERRY island", "it is so")
    assert lists_of(found.table)[feature] == column


def test_a_word_that_is_in_a_line_twice_counts_twice_there() -> None:
    found = lists_of(features_of_lines("ferry ferry island", "ferry").table)
    assert found["echo+1"] == [0.667, 0]
    assert found["echoes"] == [0.667, 1]


def test_a_document_without_long_words_has_no_echoes() -> None:
    found = lists_of(features_of_lines("a b", "a b").table)
    assert [found[name] for name in ("echo+1", "echoes", "new_words")] == [[0, 0]] * 3


@pytest.mark.parametrize(
    ("texts", "copies", "distance"),
    [
        (["a", "b"], [1, 1], [FAR, FAR]),
        (["Ad", "x", "AD", "ad"], [3, 1, 3, 3], [2, FAR, 1, 1]),
        (["a", *"xyz", "a", "a"], [3, 1, 1, 1, 3, 3], [4, FAR, FAR, FAR, 1, 1]),
        (["a", *map(str, range(100)), "a"], [2, *[1] * 100, 2], [FAR] * 102),
        (["long " * 60, "long " * 60], [1, 1], [FAR, FAR]),  # too long to be a label
        (["Straße", "STRASSE"], [2, 2], [1, 1]),
    ],
)
def test_copies(texts: list[str], copies: list[int], distance: list[int]) -> None:
    assert lists(copy_columns(texts), len(texts)) == {"copies": copies, "copy_distance": distance}
