"""The section about the features, which is made from them."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.training.feature_table import features, with_features

PAGE = (Path(__file__).parents[1] / "docs" / "scores.md").read_text("utf-8")


def test_the_section_is_current() -> None:
    assert f"<!-- features -->\n\n{features()}\n<!-- end of features -->" in PAGE


def test_the_section_is_replaced_and_the_rest_stays() -> None:
    stale = PAGE.replace(features(), "- `words`: something else\n")
    assert stale != PAGE
    assert with_features(stale) == PAGE


def test_a_page_without_the_section_is_refused() -> None:
    with pytest.raises(ValueError, match="features"):
        with_features("# A page\n")


@pytest.mark.parametrize(
    "line",
    [
        "- `link_density`: share of its characters in links",
        "- `upN_headings` (N: 1, 2): its headings per block",
        "- `nN_depth` (N: -2, -1, +1): depth of the block at place N less its own",
        "- `page_X` (X: product, forum, review, list): share of elements that are for *X*",
        "- `n-1_kind`: kind of the block before",
        "- `X_over_next` (X: capitalised, upper, words, indent): *X* less that of the next line",
    ],
)
def test_features_that_differ_in_one_value_share_a_line(line: str) -> None:
    assert line in features().splitlines()
