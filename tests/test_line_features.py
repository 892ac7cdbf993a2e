"""The features of the lines of a document: complete, in a fixed order, finite, and the same for any number of lines."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from feature_cases import features_of_lines, lists_of
from hypothesis import given
from hypothesis import strategies as st

from cleaner.models.trees import Trees
from cleaner.text import SHIPPED
from cleaner.text.features.line_features import MEANINGS, feature_names, line_features
from cleaner.text.features.lines import Lines
from cleaner.text.features.neighbours import NEIGHBOUR_NAMES
from cleaner.text.headings import score_names

FOLD_MODELS = sorted((Path(__file__).parent.parent / "benchmarks" / "fold-models").glob("text-fold-*.npz"))


def test_every_feature_has_its_meaning() -> None:
    assert len(set(feature_names())) == len(feature_names())
    assert set(feature_names()) == {*MEANINGS, *NEIGHBOUR_NAMES}


@pytest.mark.parametrize("path", [SHIPPED, *FOLD_MODELS], ids=lambda path: path.stem)
def test_models_know_their_features(path: Path) -> None:
    assert set(Trees.load(path, "content").features) <= set(feature_names())
    assert set(Trees.load(path, "headings").features) <= set(score_names())


@given(lines=st.lists(st.text(min_size=1).filter(str.strip), min_size=1, max_size=12))
def test_features_are_finite(lines: list[str]) -> None:
    features = features_of_lines(*lines)
    assert features.table.names == feature_names()
    assert features.table.matrix.shape == (len(feature_names()), len(lines))
    assert np.isfinite(features.table.matrix).all()


@pytest.mark.parametrize(
    ("text", "characters", "words"),
    [
        ("Ferry to Island", 15, 3),
        ("word " * 400, 2_000, 400),  # those that are looked at, times five
        ("漢字です山", 5, 4),  # one word, and half a word for each letter: 3.5, rounded to the even number
        ("漢字です", 4, 3),
        ("- * -", 5, 0),
    ],
)
def test_length(text: str, characters: int, words: int) -> None:
    found = lists_of(features_of_lines(text).table)
    assert (found["characters"], found["words"]) == ([characters], [words])


def test_blocks_are_numbered_as_given() -> None:
    lines = Lines(["One", "Two"], [True, True], [0, 0])
    assert list(line_features(lines).blocks) == [0, 1]
    assert line_features(lines, [3, 5]).blocks == [3, 5]


@given(lines=st.lists(st.text(min_size=1).filter(str.strip), min_size=1, max_size=12), chosen=st.data())
def test_forms_stay_when_other_lines_go(lines: list[str], chosen: st.DataObject) -> None:
    kept = sorted(chosen.draw(st.sets(st.integers(0, len(lines) - 1), min_size=1)))
    left = [lines[place] for place in kept]
    known = features_of_lines(*lines).forms.only(kept)
    features = line_features(Lines(left, [True] * len(left), [0] * len(left)), forms=known)
    assert features.table.matrix.tobytes() == features_of_lines(*left).table.matrix.tobytes()


def test_lines_of_several_batches_are_seen_as_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"Line {n % 7} of the ferry {'and island' * (n % 3)}" for n in range(50)]
    at_once = features_of_lines(*texts).table
    monkeypatch.setattr("cleaner.text.features.lines._BATCH", 8)
    assert features_of_lines(*texts).table.matrix.tobytes() == at_once.matrix.tobytes()
