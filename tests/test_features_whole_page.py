"""What a score sees of the whole page."""

from __future__ import annotations

import pytest
from feature_cases import features_of, lists_of

PROSE = "The ferry to the northern island was late again on this Tuesday."
PAGE = f"""<body><main><article><h1>Ferry late</h1><p>{PROSE}</p><h2>Prices</h2><ul><li>$5</li><li>€7</li></ul></article>
</main><div class="product"><pre>x = 1</pre></div><p><a href="/">Home</a></p></body>"""
"""Its words: 2, 12, 1, 1, 1, 2 and 1."""


@pytest.mark.parametrize(
    ("feature", "value"),
    [
        ("page_words", 20),
        ("page_blocks", 7),
        ("page_link_density", 0.05),
        ("page_prose", 0.6),
        ("page_articles", 1),
        ("page_headlines", 1),
        ("page_h2", 1),
        ("page_h3", 0),
        ("page_items", 0.286),
        ("page_code", 1),
        ("page_currency", 2),
        ("page_longest", 12),
        ("page_short_words", 0.45),
        ("page_twins", 2),
        ("page_product", 0.083),  # one element of twelve
        ("page_forum", 0),
        ("page_in_article", 0.85),
        ("page_in_main", 0.85),
        ("page_type", 0),
    ],
)
def test_columns(feature: str, value: float) -> None:
    assert lists_of(features_of(PAGE).table)[feature] == [value] * 7


@pytest.mark.parametrize(
    ("said", "value"), [("article", 1), ("og:Product", 2), ("website", 3), ("video.movie", 4), ("", 0)]
)
def test_the_type_of_a_page(said: str, value: int) -> None:
    html = f'<head><meta property="og:type" content="{said}"></head><body><p>Text</p></body>'
    assert lists_of(features_of(html).table)["page_type"] == [value]
