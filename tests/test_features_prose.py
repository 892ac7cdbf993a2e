"""What a score sees of the prose before and after a line."""

from __future__ import annotations

import numpy as np
import pytest
from feature_cases import lists

from cleaner.models.table import Table
from cleaner.text.features.lines import MAX_DISTANCE
from cleaner.text.features.prose import MEANINGS, prose_columns, prose_lines

FAR = MAX_DISTANCE
WORDS = np.array([2, 20, 3, 1, 30, 4], np.float32)
PROSE = WORDS > 10


@pytest.mark.parametrize(
    ("words", "sentence_ends", "is_prose"),
    [(12, 1, True), (11, 1, False), (12, 0, False), (23, 0, False), (24, 0, True)],
)
def test_prose(words: int, sentence_ends: int, is_prose: bool) -> None:
    assert prose_lines(Table.of(1, {"words": words, "sentence_ends": sentence_ends})).tolist() == [is_prose]


@pytest.mark.parametrize(
    ("feature", "column"),
    [
        ("since_prose", [FAR, FAR, 1, 2, 3, 1]),
        ("until_prose", [1, 3, 2, 1, FAR, FAR]),
        ("short_run", [FAR, FAR, 2, 2, FAR, FAR]),
        ("prose_share_before_2", [0, 0, 0.909, 0.87, 0, 0.968]),
        ("prose_share_after_2", [0.87, 0, 0.968, 0.882, 0, 0]),
        ("words_before_2", [0, 2, 11, 11.5, 2, 15.5]),
        ("words_after_2", [11.5, 2, 15.5, 17, 4, 0]),
        ("prose_share_after_5", [0.862, 0.789, 0.857, 0.882, 0, 0]),
        ("words_before_12", [0, 2, 11, 8.333, 6.5, 11.2]),
        ("next_prose_words", [20, 30, 30, 30, 0, 0]),
        ("prose_words_before", [0, 0, 20, 20, 20, 50]),
        ("prose_words_after", [50, 30, 30, 30, 0, 0]),
    ],
)
def test_columns(feature: str, column: list[float]) -> None:
    found = lists(prose_columns(WORDS, PROSE), len(WORDS))
    assert list(found) == list(MEANINGS)
    assert found[feature] == column


def test_a_document_without_prose() -> None:
    found = lists(prose_columns(WORDS, np.zeros(6, bool)), 6)
    assert {found[name][3] for name in ("since_prose", "until_prose", "short_run")} == {FAR}
    assert found["next_prose_words"] == [0] * 6
