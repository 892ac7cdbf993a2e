"""The features of the blocks of a page: complete, in a fixed order, finite, and for blocks with text only."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from feature_cases import page_of
from hypothesis import given
from hypothesis import strategies as st

from cleaner.content.features.block_features import MEANINGS, block_features, feature_names
from cleaner.content.scorer import SHIPPED
from cleaner.models.trees import Trees
from cleaner.page.candidate import Candidate
from cleaner.page.page import Page

FOLD_MODELS = sorted((Path(__file__).parent.parent / "benchmarks" / "fold-models").glob("fold-*.npz"))
pieces = st.sampled_from(
    ["<p>One.</p>", "<h1>Two</h1>", "<div>", "</div>", "<ul><li><a href=/>x</a></li></ul>", "<hr>", "y"]
)


def test_every_feature_has_its_meaning_and_its_place() -> None:
    assert feature_names() == tuple(MEANINGS)


@pytest.mark.parametrize("path", [SHIPPED, *FOLD_MODELS], ids=lambda path: path.stem)
def test_models_know_their_features(path: Path) -> None:
    assert set(Trees.load(path).features) <= set(feature_names())


def test_rows_are_the_blocks_with_text() -> None:
    features = block_features(page_of("<body><p>One two</p><hr><p>Three</p><img src=x></body>"))
    assert features is not None
    assert features.blocks == [0, 2]
    assert features.words.tolist() == [2, 1]


@pytest.mark.parametrize("page", [Page(), Page(blocks=[Candidate("rule")])])
def test_a_page_without_text_has_none(page: Page) -> None:
    assert block_features(page) is None


@given(st.lists(pieces, min_size=1, max_size=30).map("".join))
def test_features_are_finite_and_always_the_same(html: str) -> None:
    page = page_of(f"<body>{html}</body>")
    features, again = block_features(page), block_features(page)
    if features is None or again is None:
        assert features is again
        return
    assert features.table.names == feature_names()
    assert features.table.matrix.shape == (len(feature_names()), len(features.blocks))
    assert np.isfinite(features.table.matrix).all()
    assert features.table.matrix.tobytes() == again.table.matrix.tobytes()
