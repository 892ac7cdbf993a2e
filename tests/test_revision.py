"""The second decision: what it may change, and what it changes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from feature_cases import features_of

from cleaner.content.options import Favor
from cleaner.content.revision import Reviser, complete_lists, fill_sections, open_blocks, reviser_of, said_of
from cleaner.models.trees import SCALE, Trees, save_parts
from cleaner.models.wording import SCALE as WEIGHT
from cleaner.models.wording import Wording, keys_of

PAGE = "<body>" + "".join(f"<p>{'word ' * number}</p>" for number in range(1, 7)) + "</body>"
BY_WORDS = Trees(
    ("words",),
    np.zeros((2, 1), np.int16),
    np.array([[1.5], [2.5]], np.float32),
    np.array([[-3, 0], [0, 3]], np.int32) * SCALE,
    bias=0,
    about={},
)
"""Scores of .05 for a block of one word, .5 for two, .95 for more."""


def flags(marks: str) -> np.ndarray:
    return np.array([mark == "x" for mark in marks])


@pytest.mark.parametrize(
    ("chosen", "dropped", "asked"),
    [
        (".x..x.", "......", ".xxxx."),
        ("..x...", "......", "..x..."),
        (".x..x.", "..x...", ".x.xx."),  # rules win
        ("......", "......", "......"),
    ],
)
def test_blocks_between_chosen_ones_are_decided_again(chosen: str, dropped: str, asked: str) -> None:
    assert (open_blocks(features_of(PAGE), flags(chosen), flags(dropped)) == flags(asked)).all()


@pytest.mark.parametrize(
    ("chosen", "dropped", "favor", "found"),
    [
        (".x..x.", "......", "balanced", ".xxxx."),  # gaps are filled
        (".x..x.", "..x...", "balanced", ".x.xx."),
        ("x....x", "......", "balanced", ".xxxxx"),  # strays go
        ("x....x", "......", "precision", "..xxxx"),
        ("x....x", "......", "recall", ".xxxxx"),
        ("...x..", "......", "balanced", "...x.."),
        ("......", "......", "balanced", "......"),
    ],
)
def test_gaps_are_filled_and_strays_go(chosen: str, dropped: str, favor: Favor, found: str) -> None:
    scores = np.full(6, 0.5)
    revised, reasons = Reviser(BY_WORDS).revised(features_of(PAGE), scores, flags(chosen), flags(dropped), favor)
    assert "".join("x" if kept else "." for kept in revised) == found
    assert reasons.keys() == set(np.flatnonzero(revised != flags(chosen)).tolist())
    assert set(reasons.values()) <= {"second score 0.05", "second score 0.50", "second score 0.95"}


SECTIONS = """<body><article><h2>Tides</h2><p>One two three</p><div><h2>Winds</h2></div><ul><li>Four</li><li>Five</li></ul>
<h2>Rain</h2><p>Six</p></article><p>Menu</p></body>"""


@pytest.mark.parametrize(
    ("chosen", "asked"),
    [
        ("xxx.....", "xxxxx..."),  # what stands under the last heading, up to the next one
        ("xxx..x..", "xxxxxxx."),  # or in the element around both
        ("xx......", "xx......"),
    ],
)
def test_what_stands_under_the_last_heading_is_decided_again(chosen: str, asked: str) -> None:
    found = open_blocks(features_of(SECTIONS), flags(chosen), flags("." * 8))
    assert "".join("x" if each else "." for each in found) == asked


SERIES = """<body><main><h1>Rules</h1><div><h2>Nets</h2></div><p>One two three</p><div><h2>Lines</h2></div><p>Four</p>
<div><h2>Hooks</h2></div><ul><li>Five</li><li>Six</li></ul></main><div><h2>News</h2></div><p>Seven</p></body>"""


@pytest.mark.parametrize(
    ("chosen", "asked"),
    [
        ("xxxxx.....", "xxxxxxxx.."),  # to the end of the last section of the series, but not in other elements
        ("x.xxx.....", "xxxxx....."),  # one heading is no series
        ("...xxx....", ".xxxxxxx.."),  # and from the beginning of the first
        ("x.x.......", "xxx......."),
    ],
)
def test_the_sections_of_a_series_are_decided_again(chosen: str, asked: str) -> None:
    found = open_blocks(features_of(SERIES), flags(chosen), flags("." * 10))
    assert "".join("x" if each else "." for each in found) == asked


@pytest.mark.parametrize(
    ("chosen", "chance", "found"),
    [
        ("xxx..x..", 0.3, "xxxxxxx."),  # a heading says nothing without what stands under it
        ("xxx..x..", 0.2, "xxx..x.."),
        ("xxxx.x..", 0.3, "xxxx.xx."),  # something of it is there
        ("xx...xx.", 0.3, "xx...xx."),
    ],
)
def test_sections_are_filled(chosen: str, chance: float, found: str) -> None:
    rows, kept = features_of(SECTIONS), flags(chosen)
    fill_sections(rows, kept, open_blocks(rows, kept, flags("." * 8)), np.full(8, chance), 0.25)
    assert "".join("x" if each else "." for each in kept) == found


ITEMS = "<dt>Four</dt><dd>One two three</dd>"
CARD = "<li><h3>A card</h3><p>Its price</p><p>Compare</p></li>"


@pytest.mark.parametrize(
    ("page", "chosen", "score", "found"),
    [
        (f"<dl>{ITEMS}{ITEMS}</dl>", ".x.x", 0.2, "xxxx"),  # a list is whole
        (f"<dl>{ITEMS}{ITEMS}</dl>", ".x.x", 0.01, ".x.x"),  # but for what is certainly none of it
        (f"<dl>{ITEMS}{ITEMS}</dl>", ".x..", 0.2, ".x.."),  # less than half of its words
        (f"<ul>{CARD}{CARD}</ul>", "xx.xx.", 0.2, "xx.xx."),  # cards are no items
        ("<ul><li>One two<li>Three four<li>Five</ul>", "xx.", 0.2, "xxx"),
    ],
)
def test_lists_are_completed(page: str, chosen: str, score: float, found: str) -> None:
    rows, kept = features_of(f"<body>{page}</body>"), flags(chosen)
    complete_lists(rows, kept, np.full(len(kept), score), flags("." * len(kept)))
    assert "".join("x" if each else "." for each in kept) == found


def test_rules_win_over_lists() -> None:
    rows, kept = features_of(f"<body><dl>{ITEMS}{ITEMS}</dl></body>"), flags(".x.x")
    complete_lists(rows, kept, np.full(4, 0.2), flags("x..."))
    assert kept.tolist() == [False, True, True, True]


def test_the_second_score_hears_what_open_blocks_say() -> None:
    known = keys_of(["Word"])
    spoken = np.sort(known.keys[known.of_words])
    wording = Wording(spoken, np.full(len(spoken), WEIGHT, np.int32))
    said = said_of(features_of(PAGE), flags(".xx..."), wording)
    assert said[0].tolist() == [0, 4, 5, 0, 0, 0]  # each word, the first and the last; others are not asked


def test_a_model_may_have_no_second_part(tmp_path: Path) -> None:
    path = tmp_path / "model.npz"
    save_parts(path, {"": BY_WORDS})
    assert reviser_of(path) is None
    assert reviser_of(None) is not None


def test_a_second_part_without_a_score_of_pages_gives_no_confidence() -> None:
    rows, scores, chosen = features_of(PAGE), np.full(6, 0.5), flags(".xxx..")
    assert Reviser(BY_WORDS).confidence(rows, scores, chosen) is None
    page = Trees(("chosen_words",), BY_WORDS.column, BY_WORDS.threshold, BY_WORDS.leaves, 0, {})
    assert Reviser(BY_WORDS, page).confidence(rows, scores, chosen) == 0.9526
