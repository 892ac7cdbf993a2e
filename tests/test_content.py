"""The learnt score: what it chooses, that it is the same every time, and that rules come first."""

from __future__ import annotations

import pickle
from pathlib import Path

import numpy as np
import pytest

from cleaner import Cleaner, load_rules
from cleaner.content.alignment import coverage
from cleaner.content.scorer import SHIPPED, best_set, feature_list, scorer_of
from cleaner.models.trees import Trees
from cleaner.training.feature_table import table

PROSE = [
    "The ferry to the northern island was late again on Tuesday, and the harbour office gave no reason for it.",
    "Passengers waited in the rain for two hours, while the crew looked for a part that had been ordered in May.",
    "A spokeswoman said that the timetable would be changed in autumn, when the second ship comes back from the yard.",
    "Until then the islanders will go on doing what they have always done: they will telephone before they set out.",
]
MENU = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in ("News", "Sport", "Weather", "Culture", "Travel"))
PAGE = f"""<!doctype html><html lang="en"><head><title>Ferry late again</title></head><body>
<header><nav class="menu"><ul>{MENU}</ul></nav></header>
<main><article class="post"><h1>Ferry late again</h1>{"".join(f"<p>{p}</p>" for p in PROSE)}</article></main>
<aside class="related"><h3>More news</h3><ul>{MENU}</ul></aside>
<section id="comments"><h3>Comments</h3><div class="comment"><p>I waited there as well, with two children.</p></div></section>
<footer class="site-footer"><p>Harbour Press, all rights reserved</p></footer></body></html>"""


def texts(cleaner: Cleaner, page: str = PAGE) -> list[str]:
    return [block.text for block in cleaner.clean(page, media_type="text/html").blocks if block.role != "title"]


def test_prose_is_kept_and_menus_go() -> None:
    assert texts(Cleaner(comments="drop")) == PROSE


@pytest.mark.parametrize(("comments", "there"), [("keep", True), ("drop", False)])
def test_comments_are_kept_or_dropped_as_asked(comments: str, there: bool) -> None:
    found = texts(Cleaner(comments=comments))  # type: ignore[arg-type]
    assert ("I waited there as well, with two children." in found) is there


def test_rules_win_over_the_score(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(
        "rules:\n  - drop: {regex: '^A spokeswoman'}\n    id: own.drop\n  - keep: {css: footer}\n    id: own.keep\n"
    )
    explained = Cleaner(load_rules(path, shipped=False)).explain(PAGE, media_type="text/html")
    told = {block.text.split()[0]: (block.kept, block.reason) for block in explained.blocks}
    assert told["A"][1] is not None
    assert {block.reason for block in explained.blocks if block.text.startswith("A spokeswoman")} == {"own.drop"}
    assert {block.reason for block in explained.blocks if block.text.startswith("Harbour")} == {"own.keep"}


def test_a_dropped_block_tells_what_spoke_against_it() -> None:
    dropped = [
        b for b in Cleaner().explain(PAGE, media_type="text/html").blocks if b.reason == "content.score" and not b.kept
    ]
    names = {feature.name for feature in feature_list()}
    assert dropped
    for block in dropped:
        assert block.score is not None
        assert block.against
        assert {name for name, _ in block.against} <= names


def test_favor_trades_words_for_certainty() -> None:
    scores, words = np.array([0.9, 0.6, 0.3, 0.08]), np.array([100, 50, 40, 30], np.float32)
    sizes = [int(best_set(words, scores, favor).sum()) for favor in ("precision", "balanced", "recall")]
    assert sizes == sorted(sizes)
    assert sizes[0] < sizes[-1]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"extractor": "magic"}, "unknown extractor 'magic'; there are auto, trafilatura, none"),
        ({"favor": "speed"}, "unknown favor 'speed'; there are precision, balanced, recall"),
        ({"comments": "some"}, "unknown comments 'some'; there are auto, keep, drop"),
    ],
)
def test_unknown_options_are_told(options: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Cleaner(**options)  # type: ignore[arg-type]


def test_a_model_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"there is no model .*gone\.npz"):
        Cleaner(model=tmp_path / "gone.npz")


def test_the_shipped_model_is_small_and_reads_back_the_same(tmp_path: Path) -> None:
    trees = Trees.load(SHIPPED)
    assert SHIPPED.stat().st_size < 1_000_000
    trees.save(tmp_path / "again.npz")
    again = Trees.load(tmp_path / "again.npz")
    rows = np.random.default_rng(0).normal(size=(len(trees.features), 50)).astype(np.float32)
    assert (again.scores(rows) == trees.scores(rows)).all()


def test_contributions_add_up_to_the_score() -> None:
    trees = scorer_of(None).trees
    rows = np.random.default_rng(1).normal(size=(len(trees.features), 20)).astype(np.float32)
    scores = trees.scores(rows)
    added = trees.contributions(rows).sum(0)
    log_odds = np.log(scores / (1 - scores))
    assert np.allclose(added - added[0], log_odds - log_odds[0], atol=1e-3)


def test_the_feature_page_is_current() -> None:
    assert Path(__file__).parents[1].joinpath("docs", "features.md").read_text("utf-8") == table()


def test_a_cleaner_with_options_survives_pickling() -> None:
    cleaner = Cleaner(favor="recall", comments="drop")
    assert pickle.loads(pickle.dumps(cleaner)).clean(PAGE) == cleaner.clean(PAGE)


@pytest.mark.parametrize(
    ("blocks", "target", "shares"),
    [
        (["home news", "the ferry was late", "news"], "the ferry was late", [0, 1, 0]),
        (["news", "the ferry was late again", "news"], "the ferry was late again news", [0, 1, 1]),
        (["a b c d"], "a b x y", [0.0]),
        ([], "a", []),
        (["a"], "", [0]),
    ],
)
def test_coverage_finds_blocks_where_their_neighbours_are(blocks: list[str], target: str, shares: list[float]) -> None:
    assert coverage([block.split() for block in blocks], target.split()) == shares


@pytest.mark.parametrize(
    ("page", "kept"),
    [
        ("<p>Hello, this is a short note of mine.</p>", ["Hello, this is a short note of mine."]),
        ("<ul><li>milk</li><li>bread</li></ul>", ["milk", "bread"]),
        ("<pre>x = 1</pre>", ["x = 1"]),
        ("<h2>Tides</h2><p>Twice a day.</p>", ["Tides", "Twice a day."]),
    ],
)
def test_fragments_and_notes_are_kept_whole(page: str, kept: list[str]) -> None:
    assert [block.text for block in Cleaner().clean(page).blocks] == kept
