"""What a score sees of the blocks before and after a block."""

from __future__ import annotations

import pytest
from feature_cases import features_of, lists_of

PAGE = """<body><p>Intro</p><h2>Ferry late</h2><div><p>One two three</p><p><a href="/">Four</a></p></div>
<h2>Last</h2></body>"""


@pytest.mark.parametrize(
    ("feature", "column"),
    [
        ("heading_distance", [-1, -1, 1, 2, 3]),
        ("heading_depth", [0, 0, 1, 1, 0]),
        ("heading_words", [-1, -1, 2, 2, 2]),
        ("n-2_depth", [0, 0, -1, -1, 1]),  # 0 where there is no such block
        ("n-1_depth", [0, 0, -1, 0, 1]),
        ("n+1_depth", [0, 1, 0, -1, 0]),
        ("n-1_kind", [-1, 1, 0, 1, 1]),
        ("within3_link_density", [0.143, 0.125, 0.125, 0.125, 0.143]),
        ("within8_link_density", [0.125] * 5),
        ("within20_link_density", [0.125] * 5),
        ("within20_words", [1.6] * 5),
    ],
)
def test_columns(feature: str, column: list[float]) -> None:
    assert lists_of(features_of(PAGE).table)[feature] == column


def test_windows_end_where_the_page_does() -> None:
    page = f"<body>{'<p>word</p>' * 10}<p><a href='/'>linked</a></p>{'<p>word</p>' * 10}</body>"
    found = lists_of(features_of(page).table)
    assert found["within3_link_density"][6:15] == [0, *[0.143] * 7, 0]
    assert found["within8_link_density"][:4] == [0, 0, 0.091, 0.083]
