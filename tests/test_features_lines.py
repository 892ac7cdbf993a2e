"""The characters of lines, in batches."""

from __future__ import annotations

from cleaner.text.features.lines import MAX_CHARACTERS, batches


def test_batches_are_all_lines_in_their_order() -> None:
    texts = [str(number) for number in range(10_000)]
    found = list(batches(texts))
    assert len(found) > 1
    assert "".join(chr(code) for chars in found for code in chars.codes).split() == texts
    assert sum(map(len, found)) == len(texts)


def test_only_the_beginning_of_a_line_is_looked_at() -> None:
    (chars,) = batches(["x" * (MAX_CHARACTERS + 5), "y"])
    assert chars.lengths.tolist() == [MAX_CHARACTERS, 1]
