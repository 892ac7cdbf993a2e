"""How words are counted."""

from __future__ import annotations

import pytest

from cleaner.models import characters as ch
from cleaner.models.characters import Characters, length_in_words
from cleaner.normalize import count_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("  two\n words ", 2),
        ("naïve idée", 2),
        ("한국어 문장", 2),  # Korean has spaces
        ("当前位置", 3),
        ("หน้าแรก", 4),
        ("第 3 章", 4),
    ],
)
def test_words_are_counted_where_no_spaces_are_between_them(text: str, words: int) -> None:
    assert count_words(text) == words


@pytest.mark.parametrize("text", ["two words", "naïve idée", "한국어 문장", "当前位置", "ข่าวใหม่"])
def test_texts_and_tables_count_alike(text: str) -> None:
    chars = Characters.of([text])
    lengths = length_in_words(chars.words().per_text.astype("f4"), chars.count(ch.SPACELESS)[0].astype("f4"))
    assert abs(lengths[0] - count_words(text)) <= 2  # a vowel sign of Thai ends a run of letters
