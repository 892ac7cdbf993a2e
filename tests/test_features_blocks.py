"""The blocks of a page as columns: which are prose, how much of them is links, what they share with the title."""

from __future__ import annotations

import numpy as np
import pytest

from cleaner.content.features.blocks import HEADINGS, LINKED_WORDS, PROSE_WORDS, WORDS, Blocks
from cleaner.document import Cell, Span
from cleaner.page.candidate import Candidate

WORDS_12 = "The ferry to the northern island was late again on this Tuesday"


def link(start: int, end: int) -> Span:
    return Span(start, end, "link", href="/")


def blocks_of(*blocks: Candidate, title: str = "") -> Blocks:
    return Blocks.of(blocks, title)


def rounded(column: np.ndarray) -> list[float]:
    return np.round(column.astype(float), 3).tolist()  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("text", "spans", "is_prose"),
    [
        (f"{WORDS_12}.", [], True),
        (WORDS_12, [], False),  # no end of a sentence
        ("The ferry was late again.", [], False),
        (f"{WORDS_12}.", [link(0, 20)], False),
        (f"{WORDS_12}.", [link(0, 10)], True),
        ("渡船今天又晚点了而且港务局没有给出任何理由乘客们等了两个小时。", [], True),
        ("渡船今天又晚点了。", [], False),
    ],
)
def test_prose(text: str, spans: list[Span], is_prose: bool) -> None:
    assert blocks_of(Candidate("paragraph", text, spans=spans)).is_prose.tolist() == [is_prose]


@pytest.mark.parametrize(
    ("block", "density"),
    [
        (Candidate("paragraph", "Read more here"), 0),
        (Candidate("paragraph", "Read more here", spans=[link(0, 7)]), 0.5),
        (Candidate("paragraph", "Read more here", spans=[link(0, 4), link(5, 14)]), 0.929),
        (Candidate("paragraph", "Read more here", spans=[Span(0, 14, "strong")]), 0),
        (Candidate("paragraph", "Read", spans=[link(0, 4), link(0, 4)]), 1),  # never more than all of it
        (Candidate("table", "Read\tmore", rows=[[Cell("Read", spans=(link(0, 4),)), Cell("more")]]), 0.444),
    ],
)
def test_link_density(block: Candidate, density: float) -> None:
    assert rounded(blocks_of(block).link_density) == [density]


@pytest.mark.parametrize(
    ("block", "share"),
    [
        (Candidate("heading", "Late", level=1), 0.333),
        (Candidate("heading", "FERRY late again", level=1), 1),
        (Candidate("paragraph", "The ferry was late"), 0.667),
        (Candidate("paragraph", "Ferry late"), 0),  # too short to be compared
        (Candidate("paragraph", "ferry " * 25), 0),  # too long
    ],
)
def test_title_share(block: Candidate, share: float) -> None:
    assert rounded(blocks_of(block, title="Ferry late again").title_share) == [share]
    assert rounded(blocks_of(block).title_share) == [0]


def test_sums_are_those_before_each_row() -> None:
    blocks = blocks_of(
        Candidate("heading", "Ferry late", level=2),
        Candidate("paragraph", f"{WORDS_12}."),
        Candidate("list_item", "Home page", spans=[link(0, 9)]),
    )
    assert blocks.levels.tolist() == [2, 0, 0]
    assert blocks.kinds.tolist() == [0, 1, 2]
    assert blocks.total_words == 16
    for column, sums in {
        WORDS: [0, 2, 14, 16],
        LINKED_WORDS: [0, 0, 0, 2],
        PROSE_WORDS: [0, 0, 12, 12],
        HEADINGS: [0, 1, 1, 1],
    }.items():
        assert blocks.sums[:, column].tolist() == sums
