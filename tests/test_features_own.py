"""What a score sees of a block by itself."""

from __future__ import annotations

from feature_cases import lists

from cleaner.content.features.blocks import Blocks
from cleaner.content.features.own import MEANINGS, own_columns
from cleaner.page.candidate import Candidate

BLOCKS = [
    Candidate("heading", "Ferry Late", level=1),
    Candidate("paragraph", "It was late. Why? Nobody said."),
    Candidate("list_item", "Home | News"),
    Candidate("list_item", "Home | News"),
]


def test_own_columns() -> None:
    columns = own_columns(Blocks.of(BLOCKS, "Ferry late again"))
    assert list(columns) == list(MEANINGS)
    assert lists(columns, 4) == {
        "words": [2, 6, 2, 2],
        "link_density": [0, 0, 0, 0],
        "sentence_ends": [0, 3, 0, 0],
        "sentences_per_word": [0, 0.5, 0, 0],
        "upper": [0.2, 0.1, 0.182, 0.182],
        "kind": [0, 1, 2, 2],
        "level": [1, 0, 0, 0],
        "title_share": [0.667, 0.333, 0, 0],
        "copies": [1, 1, 2, 2],
        "separators": [0, 0, 1, 1],
    }
