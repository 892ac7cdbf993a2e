"""What the texts of blocks have, as numbers and shares."""

from __future__ import annotations

import numpy as np
import pytest

from cleaner.content.features.counts import Counts

TEXTS = ["The ferry WAS late.", "| Home » News | $5 €7 |", "漢字です。山。", "x"]


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("characters", [19, 23, 7, 1]),
        ("words", [4, 4, 6, 1]),  # two letters without spaces count as a word more
        ("short_words", [0.5, 0.5, 0.167, 1]),  # The, WAS; 5, 7; 山; x
        ("upper", [0.211, 0.087, 0, 0]),
        ("sentence_ends", [1, 0, 2, 0]),
        ("currency", [0, 2, 0, 0]),
        ("separators", [0, 4, 0, 0]),
    ],
)
def test_counts(name: str, column: list[float]) -> None:
    assert np.round(getattr(Counts.of(TEXTS), name).astype(float), 3).tolist() == column
