"""The learnt score: what it chooses, that it is the same every time, and that rules come first."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from cleaner import Cleaner, load_rules
from cleaner.content.features.block_features import feature_names

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
    names = set(feature_names())
    assert dropped
    for block in dropped:
        assert block.score is not None
        assert block.against
        assert {name for name, _ in block.against} <= names


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


def test_a_cleaner_with_options_survives_pickling() -> None:
    cleaner = Cleaner(favor="recall", comments="drop")
    assert pickle.loads(pickle.dumps(cleaner)).clean(PAGE) == cleaner.clean(PAGE)


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
