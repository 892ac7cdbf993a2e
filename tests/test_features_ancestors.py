"""What a score sees of the elements around a block."""

from __future__ import annotations

import pytest
from feature_cases import features_of, lists_of

PROSE = "The ferry to the northern island was late again on this Tuesday."
PAGE = f"""<body>
<article class="post main-content"><h2>Ferry late</h2><p>{PROSE}</p></article>
<ul class="menu"><li class="item"><a href="/">Home page</a></li><li class="item"><a href="/n">News</a></li></ul>
</body>"""
"""Its words: 2, 12, 2 and 1."""


@pytest.mark.parametrize(
    ("feature", "column"),
    [
        ("near_content", [1, 1, 99, 99]),
        ("near_nav", [99, 99, 1, 1]),
        ("near_card", [99, 99, 0, 0]),
        ("in_article", [1, 1, 99, 99]),
        ("in_div", [99, 99, 99, 99]),
        ("up0_words", [2, 12, 2, 1]),
        ("up0_share", [0.118, 0.706, 0.118, 0.059]),
        ("up0_link_density", [0, 0, 1, 1]),
        ("up0_twins", [1, 1, 2, 2]),
        ("up0_copies", [1, 1, 2, 2]),
        ("up1_words", [14, 14, 3, 3]),
        ("up1_headings", [0.5, 0.5, 0, 0]),
        ("up1_children", [2, 2, 2, 2]),
        ("up2_words", [17, 17, 17, 17]),
        ("up2_prose", [0.706] * 4),
        ("up2_blocks", [4] * 4),
        ("up4_share", [1] * 4),  # the outermost element is above itself
        ("up5_words_a_block", [4.25] * 4),
        ("like0_share", [0.118, 0.706, 0.176, 0.176]),  # both items together
        ("like0_prose", [0, 1, 0, 0]),
        ("like0_words_a_block", [2, 12, 1.5, 1.5]),
        ("like1_share", [0.824, 0.824, 0.176, 0.176]),
        ("most_twins", [1, 1, 2, 2]),
    ],
)
def test_columns(feature: str, column: list[float]) -> None:
    assert lists_of(features_of(PAGE).table)[feature] == column
