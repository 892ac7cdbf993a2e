"""What a score sees of the whole document, and of the place of a line in it."""

from __future__ import annotations

import numpy as np
import pytest
from feature_cases import features_of_lines, lists, lists_of

from cleaner.text.features.document import MEANINGS, document_columns, place_columns
from cleaner.text.features.lines import MAX_DISTANCE

PROSE = "The ferry to the northern island was late again on this Tuesday."
LINES = features_of_lines("Menu", "- Home", PROSE, "Menu", gaps=[True, False, True, True], indents=[0, 2, 0, 0])


@pytest.mark.parametrize(
    ("feature", "value"),
    [
        ("doc_lines", 4),
        ("doc_words", 15),
        ("doc_short", 0.75),
        ("doc_prose", 0.8),
        ("doc_median_words", 1),
        ("doc_gaps", 0.75),
        ("doc_indents", 0.25),
        ("doc_caseless", 0),
        ("doc_ends", 0.25),
        ("doc_short_ends", 0),
        ("doc_short_capitalised", 1),
        ("doc_short_signs", 0.333),
        ("doc_copies", 0.5),
        ("doc_runs", 20),  # longer runs count as 20
        ("doc_longest_run", MAX_DISTANCE),
    ],
)
def test_the_document(feature: str, value: float) -> None:
    assert lists_of(LINES.table)[feature] == [value] * 4


def test_places() -> None:
    assert lists(place_columns(np.array([1, 3, 4], np.float32)), 3) == {
        "lines_before": [0, 1, 2],
        "lines_after": [2, 1, 0],
        "place": [0, 0.5, 1],
        "place_in_words": [0.125, 0.5, 1],
    }


def test_far_lines_count_no_further() -> None:
    found = lists(place_columns(np.ones(200, np.float32)), 200)
    assert (found["lines_before"][-1], found["lines_after"][0]) == (MAX_DISTANCE, MAX_DISTANCE)


def test_every_column_has_a_meaning() -> None:
    columns = {**place_columns(LINES.words), **document_columns(LINES.table, LINES["short_run"], np.ones(4, bool))}
    assert list(columns) == list(MEANINGS)
