"""What a score sees of the words of a line."""

from __future__ import annotations

import pytest
from feature_cases import lists

from cleaner.models.characters import Characters
from cleaner.text.features.words import MEANINGS, stems_of, word_columns, words_of

NONE = dict.fromkeys(MEANINGS, 0.0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ferry to Island", {"words_seen": 3, "short_words": 0.333, "word_length": 4.333, "longest_word": 6}),
        ("Ferry to Island", {"capitalised": 0.667, "long_capitalised": 1, "capitals": 0, "numbers": 0}),
        ("READ more, A 2019", {"capitalised": 0.5, "long_capitalised": 0.5, "capitals": 0.25, "numbers": 0.25}),
        ("A b c", {"short_words": 1, "long_capitalised": 0, "capitals": 0}),  # one letter is no word in capitals
        ("snake_case", {"words_seen": 1, "longest_word": 10}),
        ("* * *", NONE),
    ],
)
def test_words(text: str, expected: dict[str, float]) -> None:
    found = lists(word_columns(words_of(Characters.of([text]))))
    assert list(found) == list(MEANINGS)
    assert {name: found[name][0] for name in expected} == expected


def test_lines_without_words_are_told_from_their_neighbours() -> None:
    found = lists(word_columns(words_of(Characters.of(["...", "One longer", "-", "two"]))), 4)
    assert found["words_seen"] == [0, 2, 0, 1]
    assert found["longest_word"] == [0, 6, 0, 3]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ferry", "ferry", True),
        ("ferries", "ferries", True),
        ("islands", "islander", True),  # the first six letters
        ("ferry", "ferries", False),
        ("late", "later", False),
        ("ПРИВЕТ", "привет", True),
    ],
)
def test_stems(one: str, other: str, same: bool) -> None:
    chars = Characters.of([one, f"the {other}"])
    stems = stems_of(chars, words_of(chars), 7)
    assert stems.line.tolist() == [7, 8]
    assert bool(stems.hashes[0] == stems.hashes[1]) is same


def test_short_words_and_numbers_have_no_stems() -> None:
    chars = Characters.of(["the 2019 sea", "island"])
    assert stems_of(chars, words_of(chars), 0).line.tolist() == [1]
