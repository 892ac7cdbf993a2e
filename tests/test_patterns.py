"""Regular expressions of many rules as one automaton."""

from __future__ import annotations

import pytest

from cleaner.matching.patterns import PatternSet


@pytest.mark.parametrize(
    ("text", "limits", "found"),
    [
        ("a b", {}, {0, 1}),
        ("c", {}, {2}),
        ("d", {}, set()),
        # Some are asked of texts of at most so many words.
        ("a b", {0: 2, 1: None, 2: 0}, {0, 1}),
        ("a b d", {0: 2, 1: None, 2: 0}, {1}),
        ("a b d", {0: 3, 1: 2, 2: None}, {0, 1}),  # the largest limit counts: what asks has its own as well
        ("a b d e", {0: 3, 1: 2, 2: None}, set()),
        ("a b c d e", {0: 3, 1: 2, 2: None}, {2}),
    ],
)
def test_which_patterns_a_text_holds(text: str, limits: dict[int, int | None], found: set[int]) -> None:
    assert PatternSet(["a", "b", "c"], limits).find(text) == found


def test_no_patterns() -> None:
    patterns = PatternSet([], {})
    assert patterns.is_empty
    assert patterns.find("a") == frozenset()


def test_thousands_of_patterns_are_one_set() -> None:
    patterns = PatternSet([rf"(?i)\b(word|term) {number}\b.{{0,20}}end$" for number in range(2_000)], {})
    assert patterns.find("A TERM 1321 and its END") == {1321}
