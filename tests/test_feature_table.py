"""The page about the features, which is made from them."""

from __future__ import annotations

from pathlib import Path

from cleaner.training.feature_table import table


def test_the_feature_page_is_current() -> None:
    assert Path(__file__).parents[1].joinpath("docs", "features.md").read_text("utf-8") == table()
