"""The alignment of a page's blocks with a text."""

from __future__ import annotations

import pytest

from cleaner.content.alignment import coverage


@pytest.mark.parametrize(
    ("blocks", "target", "shares"),
    [
        (["home news", "the ferry was late", "news"], "the ferry was late", [0, 1, 0]),
        (["news", "the ferry was late again", "news"], "the ferry was late again news", [0, 1, 1]),
        (["a b c d"], "a b x y", [0.0]),
        ([], "a", []),
        (
            ["one fast boat", "pros", "it is cheap", "pros", "it is slow", "cons"],
            "one fast boat pros it is cheap pros it is slow",
            [1, 1, 1, 1, 1, 0],
        ),
        (["a"], "", [0]),
    ],
)
def test_coverage_finds_blocks_where_their_neighbours_are(blocks: list[str], target: str, shares: list[float]) -> None:
    assert coverage([block.split() for block in blocks], target.split()) == shares
