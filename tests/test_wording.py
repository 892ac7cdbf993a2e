"""What lines say: hashed words and shapes, the same wherever a line stands."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.models.trees import save_parts
from cleaner.models.wording import SCALE, WORDING_FEATURES, Keys, Wording, keys_of

LINES = st.lists(st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), min_size=1), min_size=1)


def of_line(found: Keys, line: int, *, of_words: bool) -> list[int]:
    return sorted(found.keys[(found.line == line) & (found.of_words == of_words)].tolist())


@given(LINES)
def test_a_line_is_the_same_among_others_and_alone(lines: list[str]) -> None:
    together = keys_of(lines)
    for number, line in enumerate(lines):
        alone = keys_of([line])
        for of_words in (True, False):
            assert of_line(together, number, of_words=of_words) == of_line(alone, 0, of_words=of_words)
        assert together.words[number] == alone.words[0]


@pytest.mark.parametrize(
    ("one", "other", "same_words", "same_shape"),
    [
        ("Read more", "READ MORE", True, False),
        ("Read more:", "Read more", True, False),
        ("Read more", "Warm baths", False, True),
        ("Chapter 1", "Chapter 22", False, True),
        ("more read", "read more", False, True),
        ("Заря", "Море", False, True),
        ("広告です", "山の家だ", True, True),  # no spaces, no words
    ],
)
def test_words_and_shapes(one: str, other: str, same_words: bool, same_shape: bool) -> None:
    found = keys_of([one, other])
    assert (of_line(found, 0, of_words=True) == of_line(found, 1, of_words=True)) is same_words
    assert (of_line(found, 0, of_words=False) == of_line(found, 1, of_words=False)) is same_shape


def test_rows_are_sums_of_weights(tmp_path: Path) -> None:
    known = keys_of(["read more"])
    spoken = known.keys[known.of_words]
    wording = Wording(np.sort(spoken), np.full(len(spoken), SCALE, np.int32))
    save_parts(tmp_path / "model.npz", {"said": wording})
    for held in (wording, Wording.load(tmp_path / "model.npz", "said")):
        said, shaped, share, overall = held.rows(["Read more!", "Nothing", "read it", "read more"])
        assert said.tolist() == [7, 0, 2, 7]  # words, the pair, and both once more as a beginning and an end
        assert not shaped.any()
        assert share.tolist() == [3.5, 0, 1, 3.5]
        assert overall.tolist() == pytest.approx([16 / 7] * 4)


def test_what_is_known_of_a_document_is_the_same_in_all_its_lines() -> None:
    wording = Wording(np.sort(keys_of(["read"]).keys), np.ones(len(keys_of(["read"]).keys), np.int32))
    lines = ["read"] * 4_096 + ["write"] * 4_096
    for texts in (lines, lines[::-1], lines[2_048:] + lines[:2_048]):
        assert set(wording.rows(texts)[3].tolist()) == {1.5}  # a word, a beginning and an end, in every second line


def test_what_some_lines_say_is_known_from_what_all_say() -> None:
    wording = Wording(np.sort(keys_of(["read"]).keys), np.ones(len(keys_of(["read"]).keys), np.int32))
    texts = ["read it", "Nothing", "they read", "read"]
    kept = np.array([False, True, True, False])
    assert wording.said_in(texts).only(kept).rows().tolist() == wording.rows(texts[1:3]).tolist()


def test_nothing_is_known_without_weights(tmp_path: Path) -> None:
    save_parts(tmp_path / "model.npz", {})
    wording = Wording.load(tmp_path / "model.npz", "said")
    assert not wording.rows(["Read more"]).any()
    assert wording.rows([]).shape == (len(WORDING_FEATURES), 0)
