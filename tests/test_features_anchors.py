"""What a score sees of a block's place."""

from __future__ import annotations

import pytest
from feature_cases import features_of, lists_of

PROSE = "The ferry to the northern island was late again on this Tuesday."
PAGE = f"""<head><title>Ferry late</title></head><body>
<nav><p>Home</p></nav>
<main><h1>Harbour News</h1><section><h1>Ferry late</h1><p>{PROSE}</p><p>{PROSE}</p><p>And {PROSE}</p></section></main>
<p>Imprint</p>
</body>"""
"""Its words: 1, 2, 2, 12, 12, 13 and 1; its main element is the section."""


@pytest.mark.parametrize(
    ("feature", "column"),
    [
        ("in_top", [0, 0, 1, 1, 1, 1, 0]),
        ("top_share", [0.907] * 7),
        ("top_from_start", [-2, -1, 0, 1, 2, 3, 4]),
        ("top_from_end", [6, 5, 4, 3, 2, 1, 0]),
        ("depth", [3, 3, 4, 4, 4, 4, 2]),
        ("top_common", [1, 2, 3, 3, 3, 3, 1]),
        ("top_up", [2, 1, 1, 1, 1, 1, 1]),
        ("top_down", [2, 1, 0, 0, 0, 0, 2]),
        ("longest_common", [1, 2, 3, 3, 3, 4, 1]),
        ("longest_up", [2, 1, 1, 1, 1, 0, 1]),
        ("longest_down", [3, 2, 1, 1, 1, 0, 3]),
        ("headline_common", [1, 2, 4, 3, 3, 3, 1]),
        ("after_headline", [-2, -1, 0, 1, 2, 3, 4]),
        ("words_after_headline", [-0.07, -0.047, 0, 0.047, 0.326, 0.605, 0.907]),
        ("position", [0, 0.143, 0.286, 0.429, 0.571, 0.714, 0.857]),
        ("word_position", [0, 0.023, 0.07, 0.116, 0.395, 0.674, 0.977]),
        ("from_start", [0, 1, 2, 3, 4, 5, 6]),
        ("from_end", [7, 6, 5, 4, 3, 2, 1]),
    ],
)
def test_columns(feature: str, column: list[float]) -> None:
    assert lists_of(features_of(PAGE).table)[feature] == column


@pytest.mark.parametrize(
    ("headings", "headline"),
    [
        ("<h1>One</h1><h1>Two</h1>", 0),  # neither has the title's words
        ("<h1>Other</h1><h1>Ferry late</h1>", 1),
        ("<h2>Ferry late</h2><h1>Other</h1>", 1),  # level 1 comes first
        ("<h2>Other</h2><h3>Ferry late</h3>", 1),
        ("<p>No heading</p><p>at all</p>", 0),
    ],
)
def test_the_headline(headings: str, headline: int) -> None:
    features = features_of(f"<head><title>Ferry late</title></head><body>{headings}</body>")
    assert lists_of(features.table)["after_headline"] == [-headline, 1 - headline]
