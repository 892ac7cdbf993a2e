"""What a score sees of the characters of a line."""

from __future__ import annotations

import pytest
from feature_cases import lists

from cleaner.models.characters import Characters
from cleaner.text.features.signs import MEANINGS, edge_columns, sign_columns


def all_columns(text: str) -> dict[str, float]:
    chars = Characters.of([text])
    return {name: column[0] for name, column in lists({**sign_columns(chars), **edge_columns(chars)}).items()}


def test_every_column_has_a_meaning() -> None:
    assert list(all_columns("x")) == list(MEANINGS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ferry Late", {"letters": 9, "upper": 0.222, "caseless": 0, "digits": 0, "signs": 0.2}),  # with its line end
        ("12 km", {"letters": 2, "digits": 0.4, "signs": 0.4}),
        ("漢字です", {"letters": 4, "caseless": 1, "spaceless": 4}),
        ("...", {"letters": 0, "upper": 0, "caseless": 1, "signs": 1.333}),
        ("a, b; c: d - e | f", {"pauses": 2, "colons": 1, "dashes": 1, "separators": 1}),
        ('Say "no" (or) $5', {"openings": 3, "currency": 1}),
        ("me@example.org, a_b", {"addresses": 2}),
        ("One. Two? 3.5", {"sentence_ends": 2}),
        ("The end.", {"sentence_ends": 1}),
    ],
)
def test_signs(text: str, expected: dict[str, float]) -> None:
    found = all_columns(text)
    assert {name: found[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("text", "edges"),
    [
        ("Ferry late", "first_upper last_letter"),
        ("ferry late:", "first_lower last_colon"),
        ("1. Ferry,", "first_digit last_pause"),
        ("“Late again.”", "first_opening last_end last_closing"),
        ("(late)", "first_opening last_closing"),
        ("* late 5", "first_sign last_digit"),
        ("_late_", ""),  # an underscore is part of a word, and no letter
        ("Why?", "first_upper last_end last_question"),
        ("為什麼？", "last_end last_question"),
        ("漢字", "last_letter"),
        ("x", "first_lower last_letter"),
        (")", "first_sign last_closing"),
        (".", "first_sign last_end"),
    ],
)
def test_edges(text: str, edges: str) -> None:
    found = all_columns(text)
    assert {name for name, value in found.items() if name.startswith(("first_", "last_")) and value} == set(
        edges.split()
    )
