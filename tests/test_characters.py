"""Character classes, and the one counter of characters: it counts what a loop over each text counts."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.models import characters as ch
from cleaner.models.characters import Characters, class_table, lower_table

CLASSES = {
    name: getattr(ch, name)
    for name in (
        [
            "WORD",
            "UPPER",
            "LOWER",
            "LETTER",
            "DIGIT",
            "END",
            "PAUSE",
            "COLON",
            "DASH",
            "SEPARATOR",
            "CURRENCY",
            "OPENING",
            "CLOSING",
            "SPACELESS",
        ]
    )
}
PIECES = [
    "a",
    "B",
    "7",
    "_",
    "É",
    "ß",
    "漢",
    "ก",
    "😀",
    "𝒜",
    " ",
    "\n",
    ". ",
    "?",
    "。",
    "“",
    ")",
    "€",
    "|",
    "—",
    ",",
    ":",
]
texts = st.lists(st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=30), min_size=1)
long_texts = st.lists(
    st.sampled_from(["", "a", "A." * 511, "Ab" * 512, "é " * 1023, "漢" * 5_000]), min_size=1, max_size=4
)


@pytest.mark.parametrize(
    ("chars", "classes"),
    [
        ("aéж", "WORD LOWER LETTER"),
        ("AÉЖ", "WORD UPPER LETTER"),
        ("אک", "WORD LETTER"),
        ("7٣", "WORD DIGIT"),
        ("_", "WORD"),
        ("漢あ", "WORD LETTER SPACELESS"),
        ("ก", "WORD LETTER SPACELESS"),
        ("!?…", "END"),
        ("。", "END SPACELESS"),
        ("|•/", "SEPARATOR"),
        ("»", "SEPARATOR CLOSING"),
        (",;", "PAUSE"),
        (":", "COLON"),
        ("-—", "DASH"),
        ("([", "OPENING"),
        (")]", "CLOSING"),
        ("\"'", "OPENING CLOSING"),
        ("$€₽", "CURRENCY"),
        (" \n\t&😀𝒜", ""),
    ],
)
def test_classes_of_characters(chars: str, classes: str) -> None:
    for char in chars:
        bits = class_table(ch.PLANE)[min(ord(char), 0xFFFF)]
        assert " ".join(name for name, bit in CLASSES.items() if bits & bit) == " ".join(
            name for name in CLASSES if name in classes.split()
        )


@pytest.mark.parametrize(("char", "lower"), [("A", "a"), ("a", "a"), ("Ж", "ж"), ("漢", "漢"), ("İ", "İ"), ("7", "7")])
def test_lower_case_is_one_character(char: str, lower: str) -> None:
    assert chr(lower_table()[ord(char)]) == lower


def test_lower_case_of_each_character() -> None:
    alone = [chr(code).lower() for code in range(0x10000)]
    assert lower_table().tolist() == [ord(low) if len(low) == 1 else code for code, low in enumerate(alone)]


@pytest.mark.parametrize("beyond", ["", "\u2fff", "\u3000", "漢", "\uffff", "😀"])
def test_a_rare_character_changes_nothing_for_the_others(beyond: str) -> None:
    text = "Ab7_ É.“—€ก" + beyond
    expected = [class_table(ch.PLANE)[min(ord(char), 0xFFFF)] for char in text + "\n"]
    assert Characters.of([text]).classes.tolist() == expected


@given(texts | long_texts)
def test_the_counter_counts_what_a_loop_counts(texts: list[str]) -> None:
    masks = [*CLASSES.values(), ch.UPPER | ch.LOWER]
    table = class_table(ch.PLANE)
    naive = [[sum(bool(table[min(ord(char), 0xFFFF)] & mask) for char in text) for text in texts] for mask in masks]
    assert Characters.of(texts).count(*masks).tolist() == naive


@given(texts | long_texts)
def test_positions_are_counted_as_a_loop_counts_them(texts: list[str]) -> None:
    chars = Characters.of(texts)
    assert chars.lengths.tolist() == [len(text) for text in texts]
    assert chars.count_at(np.flatnonzero(chars.codes == ord("."))).tolist() == [text.count(".") for text in texts]


@given(texts)
def test_words_are_those_of_a_regular_expression(texts: list[str]) -> None:
    chars = Characters.of(texts)
    first, after, per_text = chars.words()
    plane = [re.sub(r"[^\0-\uffff]", " ", text) for text in texts]  # characters beyond the basic plane are no letters
    joined = "\n".join(plane)
    assert [joined[a:b] for a, b in zip(first, after, strict=True)] == re.findall(r"\w+", joined)
    assert per_text.tolist() == [len(re.findall(r"\w+", text)) for text in plane]


@pytest.mark.parametrize(
    ("text", "words"),
    [("Read 漢字 more", ["Read", "more"]), ("漢字", []), ("a漢b", ["a", "b"]), ("one_two 3", ["one_two", "3"])],
)
def test_characters_can_be_left_out_of_words(text: str, words: list[str]) -> None:
    first, after, per_text = Characters.of([text]).words(without=ch.SPACELESS)
    assert [text[a:b] for a, b in zip(first, after, strict=True)] == words
    assert per_text.tolist() == [len(words)]


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("One. Two!", [3, 8]),
        ("Version 2.0 is here?", [19]),
        ("…and 2…3", [0, 6]),  # beyond Latin-1, the next character does not matter
        ("一。二。", [1, 3]),
        ("no end", []),
        ("", []),
    ],
)
def test_ends_of_sentences(text: str, ends: list[int]) -> None:
    assert Characters.of([text]).sentence_ends().tolist() == ends


def test_no_text_has_no_counts() -> None:
    chars = Characters.of([])
    assert len(chars) == 0
    assert chars.count(ch.WORD, ch.UPPER).shape == (2, 0)
    assert chars.words().per_text.tolist() == []
