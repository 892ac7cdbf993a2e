"""What a choice looks like from its blocks, and as a whole."""

from __future__ import annotations

import numpy as np
import pytest
from feature_cases import features_of, lists_of

from cleaner.content.features.choice_features import choice_features, choice_names, page_features, page_names

PAGE = """<body><h2>Pump</h2><p>One two three</p><ul><li>Four five</li><li><a href="/">Six</a></li></ul>
<h2>Terms</h2><div class=x><p>Seven</p></div><div class=x><p>Eight</p></div></body>"""
SCORES = np.array([0.5, 0.9, 0.9, 0.1, 0.1, 0.5, 0.9])
CHOSEN = np.array([False, True, True, False, False, False, True])
SURE, UNSURE, NO = 2.197, 0, -2.197
"""Log-odds of .9, .5 and .1."""


@pytest.mark.parametrize(
    ("feature", "column"),
    [
        ("words", [1, 3, 2, 1, 1, 1, 1]),
        ("score", [UNSURE, SURE, SURE, NO, NO, UNSURE, SURE]),
        ("chosen", [0, 1, 1, 0, 0, 0, 1]),
        ("score-1", [-9.21, UNSURE, SURE, SURE, NO, NO, UNSURE]),  # the lowest where there is no such block
        ("score+1", [SURE, SURE, NO, NO, UNSURE, SURE, -9.21]),
        ("kind-1", [-1, 0, 1, 2, 2, 0, 1]),
        ("kind+1", [1, 2, 2, 0, 1, 1, -1]),
        ("within3_chosen", [0.5, 0.4, 0.333, 0.429, 0.5, 0.4, 0.25]),
        ("within20_chosen", [0.429] * 7),
        ("chosen_before", [99, 99, 1, 1, 2, 3, 4]),
        ("chosen_after", [1, 1, 4, 3, 2, 1, 99]),
        ("inside", [0, 0, 1, 1, 1, 1, 0]),
        ("run_blocks", [1, 2, 2, 3, 3, 3, 1]),
        ("run_words", [1, 5, 5, 3, 3, 3, 1]),
        ("run_link_density", [0, 0, 0, 0.333, 0.333, 0.333, 0]),
        ("run_score", [UNSURE, SURE, SURE, -1.465, -1.465, -1.465, SURE]),
        ("run_best", [UNSURE, SURE, SURE, UNSURE, UNSURE, UNSURE, SURE]),
        ("parent_score", [0, 0, 0, 0, 0, 0, SURE]),
        ("parent_best", [SURE, SURE, SURE, SURE, SURE, UNSURE, SURE]),
        ("parent_chosen", [0.5, 0, 0, 1, 0.5, -1, -1]),  # -1 where it is the only one
        ("up3_score", [0.314] * 7),
        ("twins_blocks", [2, 1, 2, 2, 2, 2, 2]),
        ("twins_score", [-1.099, SURE, 0, 0, -1.099, 1.099, 1.099]),
        ("twins_best", [UNSURE, SURE, SURE, SURE, UNSURE, SURE, SURE]),
        ("twins_chosen", [0, -1, 0, 1, 0, 1, 0]),
        ("kind_score", [-1.099, 1.465, 0, 0, -1.099, 1.465, 1.465]),
        ("heading_score", [UNSURE] * 4 + [NO] * 3),
        ("section_score", [0.549] * 4 + [0] * 3),
        ("heading_next", [0, 0, 0, 1, 0, 0, 1]),
        ("expected_f1", [0.857] * 7),
        ("chosen_share", [0.6] * 7),
    ],
)
def test_columns(feature: str, column: list[float]) -> None:
    found = lists_of(choice_features(features_of(PAGE), SCORES, CHOSEN))
    assert found[feature] == pytest.approx(column, abs=0.002)


def test_what_blocks_say_is_told_with_their_neighbours() -> None:
    said = np.zeros((4, len(SCORES)), np.float32)
    said[:, 1] = 3, 2, 0.5, 9
    found = lists_of(choice_features(features_of(PAGE), SCORES, CHOSEN, said))
    told = {name: [int(np.argmax(found[name])), max(found[name])] for name in ("said", "shaped", "known")}
    assert told == {"said": [1, 3], "shaped": [1, 2], "known": [1, 0.5]}
    assert [found[name].index(3) for name in ("said+1", "said-1")] == [0, 2]
    assert [found[name].index(2) for name in ("shaped+1", "shaped-1")] == [0, 2]


def test_a_page_is_one_row() -> None:
    table = page_features(features_of(PAGE), SCORES, CHOSEN)
    found = lists_of(table)
    told = {name: found[name] for name in ("chosen_words", "chosen_runs", "chosen_score", "page_words")}
    assert told == {"chosen_words": [6], "chosen_runs": [2], "chosen_score": [2.197], "page_words": [10]}
    assert len(table) == 1


def test_names_are_those_of_the_tables() -> None:
    rows = features_of(PAGE)
    assert choice_features(rows, SCORES, CHOSEN).names == choice_names()
    assert page_features(rows, SCORES, CHOSEN).names == page_names()


def test_nothing_may_be_chosen() -> None:
    none = np.zeros(len(SCORES), bool)
    assert set(lists_of(choice_features(features_of(PAGE), SCORES, none))["chosen_before"]) == {99}
    assert lists_of(page_features(features_of(PAGE), SCORES, none))["expected_f1"] == [0]
