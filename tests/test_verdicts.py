"""What becomes of the blocks of a page: by the rules, and by the extractor's choice where no rule speaks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from written import match_of, page_of, written

from cleaner import Cleaner, Explanation, load_rules
from cleaner.content.choice import Choice
from cleaner.matching.matches import PageMatches
from cleaner.matching.verdicts import decide
from cleaner.page.candidate import Decision
from cleaner.rules.types import Conditions


def explained(tmp_path: Path, page: str, *files: str) -> Explanation:
    """How a page is cleaned by files of rules, each with a rule a line."""
    paths = []
    for name, rules in zip("abc", files, strict=False):
        path = tmp_path / f"{name}.yaml"
        path.write_text("rules:\n" + "".join(f"- {{{rule}}}\n" for rule in rules.split("\n")), "utf-8")
        paths.append(path)
    return Cleaner(load_rules(*paths, shipped=False), extractor="none").explain(page, media_type="text/html")


def texts(explanation: Explanation) -> list[str]:
    return [block.text for block in explanation.document.blocks]


# --- which blocks stay

DECIDED = [
    ("without rules the extractor decides", "p a / ~p b", {}, "p a / ~p b"),
    ("a rule drops", "p a / p b", {1: ["user 0.0 drop"]}, "p a / -p b"),
    ("a rule keeps", "p a / ~p b", {1: ["user 0.0 keep"]}, "p a / p b"),
    ("a rule drops what the extractor drops", "~p a", {0: ["user 0.0 drop"]}, "-p a"),
    ("a keep around shields from the extractor", "~p a", {0: ["user 0.0 keep around"]}, "p a"),
    # drop_after and drop_before
    ("after", "p a / p b / p c / p d", {1: ["user 0.0 drop_after"]}, "p a / -p b / -p c / -p d"),
    ("before", "p a / p b / p c / p d", {2: ["user 0.0 drop_before"]}, "-p a / -p b / -p c / p d"),
    (
        "after the first of several",
        "p a / p b / p c / p d",
        {2: ["user 0.0 drop_after"], 1: ["user 0.0 drop_after"]},
        "p a / -p b / -p c / -p d",
    ),
    (
        "before the last of several",
        "p a / p b / p c / p d",
        {2: ["user 0.0 drop_before"], 1: ["user 0.0 drop_before"]},
        "-p a / -p b / -p c / p d",
    ),
    (
        "after, and before",
        "p a / p b / p c / p d",
        {0: ["user 0.0 drop_before"], 3: ["user 0.1 drop_after"]},
        "-p a / p b / p c / -p d",
    ),
    (
        "each rule has its own last match",
        "p a / p b / p c / p d",
        {1: ["user 0.0 drop_before", "user 0.1 drop_before"], 0: ["user 0.1 drop_before"]},
        "-p a / -p b / p c / p d",
    ),
    ("after, kept itself", "p a / p b / p c", {1: ["user 0.0 drop_after", "user 0.1 keep"]}, "p a / p b / -p c"),
    ("after, kept later", "p a / p b / p c", {0: ["user 0.0 drop_after"], 2: ["user 0.1 keep"]}, "-p a / -p b / p c"),
    (
        "after, kept around",
        "p a / p b / p c",
        {0: ["user 0.1 drop_after"], 2: ["user 0.0 keep around"]},
        "-p a / -p b / p c",
    ),
    (
        "after, kept around by a weaker file",
        "p a / p b",
        {0: ["user 1.0 drop_after"], 1: ["user 0.0 keep around"]},
        "-p a / -p b",
    ),
    ("kept around, the match itself", "p a / p b", {0: ["user 0.0 drop_after", "user 1.0 keep around"]}, "-p a / -p b"),
    # The main region goes from the first to the last block that the extractor chose.
    ("after, in the region", "~p a / p b / p c / ~p d", {1: ["user 0.0 drop_after"]}, "~p a / -p b / -p c / ~p d"),
    ("before, in the region", "~p a / p b / p c / ~p d", {2: ["user 0.0 drop_before"]}, "~p a / -p b / -p c / ~p d"),
    ("after, a gap in the region", "p a / ~p b / p c", {0: ["user 0.0 drop_after"]}, "-p a / -p b / -p c"),
    ("after, outside of it", "~p a / p b", {0: ["user 0.0 drop_after"]}, "~p a / p b"),
    ("before, outside of it", "p a / ~p b", {1: ["user 0.0 drop_before"]}, "p a / ~p b"),
    (
        "the first in the region counts",
        "~p a / p b / p c",
        {0: ["user 0.0 drop_after"], 2: ["user 0.0 drop_after"]},
        "~p a / p b / -p c",
    ),
    ("nothing chosen, everything is the region", "~p a / ~p b", {0: ["user 0.0 drop_after"]}, "-p a / -p b"),
    # main
    ("main", "p a / p b / p c", {1: ["user 0.0 main around"]}, "-p a / p b / -p c"),
    (
        "several unite",
        "p a / p b / p c / p d",
        {1: ["user 0.0 main"], 3: ["user 0.1 main"]},
        "-p a / p b / -p c / p d",
    ),
    (
        "the extractor chooses inside",
        "p a / p b / ~p c",
        {1: ["user 0.0 main"], 2: ["user 0.0 main"]},
        "-p a / p b / ~p c",
    ),
    ("a keep around outside", "p a / p b", {0: ["user 0.1 keep around"], 1: ["user 0.0 main"]}, "p a / p b"),
    ("a keep outside", "~p a / p b", {0: ["user 0.1 keep"], 1: ["user 0.0 main"]}, "p a / p b"),
    (
        "main is the region",
        "p a / p b / p c / p d",
        {0: ["user 0.1 drop_after"], 1: ["user 0.0 main"], 2: ["user 0.0 main", "user 0.1 drop_after"]},
        "-p a / p b / -p c / -p d",
    ),
    (
        "main is the region, to its last block",
        "p a / p b / p c / p d",
        {0: ["user 0.0 main"], 1: ["user 0.0 main"], 2: ["user 0.0 main", "user 0.1 drop_before"]},
        "-p a / -p b / -p c / -p d",
    ),
]


@pytest.mark.parametrize(
    ("page", "said", "decided"),
    [pytest.param(page, said, decided, id=name) for name, page, said, decided in DECIDED],
)
def test_which_blocks_stay(page: str, said: dict[int, list[str]], decided: str) -> None:
    work = page_of(page)
    matches = PageMatches()
    for number, found in said.items():
        for match in found:
            matches.add(number, match_of(match))
    decide(work, matches, Choice([block.kept for block in work.blocks], by="content.score"))
    assert written(work) == decided


@pytest.mark.parametrize(
    ("mains", "reason"),
    [
        (["user 0.0 main", "user 0.1 main"], "user 0.1 main"),
        (["user 0.1 main", "user 0.0 main"], "user 0.1 main"),
        (["user 0.0 main", "site 9.9 main"], "user 0.0 main"),
        (["user 0.9 main", "user 1.0 main"], "user 1.0 main"),
    ],
)
def test_the_strongest_main_rule_drops_what_is_outside(mains: list[str], reason: str) -> None:
    work = page_of("p a / p b / p c")
    matches = PageMatches()
    for number, match in enumerate(mains):
        matches.add(number, match_of(match))
    decide(work, matches, Choice([True, True, True]))
    decided = work.blocks[2].decided
    assert decided is not None
    assert decided.by == reason


@pytest.mark.parametrize(
    ("rules", "missing"),
    [
        ("main: {css: '#m'}", []),
        ("main: {css: '#n'}", ["a:2 ({path}:2)"]),
        ("main: {css: '#m'}\nmain: {css: '#n'}", ["a:3 ({path}:3)"]),
        ("main: [{css: '#n'}, {css: '#m'}]", []),
        ("main: {css: '#n'}\nmain: {css: '#o'}, id: own\ndrop: {css: '#p'}", ["a:2 ({path}:2)", "own ({path}:3)"]),
    ],
)
def test_a_main_rule_that_names_nothing_says_so(tmp_path: Path, rules: str, missing: list[str]) -> None:
    document = explained(tmp_path, "<p>a</p><div id=m><p>b</p></div>", rules).document
    assert [(warning.code, warning.split(": ")[0]) for warning in document.warnings] == [
        ("rules.main_not_found", told.format(path=tmp_path / "a.yaml")) for told in missing
    ]
    assert [block.text for block in document.blocks] == (["b"] if "#m" in rules else ["a", "b"])


# --- what is told of it

HISTORIES = [
    ("keep: a", [("keep", "a:2", None)]),
    ("drop: a\nkeep: a", [("keep", "a:3", "wins over a:2")]),
    ("drop: a\nkeep: a\ndrop: {css: div}\nkeep: {css: p}", [("keep", "a:5", "wins over a:2, a:3, a:4")]),
    ("drop: [a, {regex: a}]", [("drop", "a:2", None)]),  # twice the same rule
    ("heading: a", [("heading", "a:2", None)]),
    ("paragraph: a\nheading: a\nkeep: a", [("heading", "a:3", None), ("keep", "a:4", None)]),
    ("replace: {regex: a}, with: b", [("replace", "a:2", "a")]),
    ("heading: a\nparagraph: {text: a, place: first}", [("heading", "a:2", None), ("paragraph", "a:3", None)]),
    ("paragraph: a\nheading: {text: a, place: first}", [("paragraph", "a:2", None), ("heading", "a:3", None)]),
    ("heading: {text: a, place: first}\nparagraph: a", [("paragraph", "a:3", None)]),
    ("drop: {css: i}", [("drop", "a:2", None)]),  # all of the block is in it
]


@pytest.mark.parametrize(("rules", "history"), HISTORIES)
def test_the_history_tells_who_won_over_whom(
    tmp_path: Path, rules: str, history: list[tuple[str, str, str | None]]
) -> None:
    (block,) = explained(tmp_path, "<div><p><i>a</i></p></div>", rules).blocks
    assert [(said.action, said.by, said.detail) for said in block.decisions] == history
    said = [said for said in block.decisions if said.action in ("keep", "drop")]
    assert block.reason == (said[-1].by if said else None)
    assert {said.source for said in block.decisions} <= {f"{tmp_path}/a.yaml:{line}" for line in range(2, 6)}


@pytest.mark.parametrize(
    ("by", "otherwise", "decisions"),
    [
        ("content.none", {}, {0: [], 1: []}),
        ("content.score", {}, {0: [("keep", "content.score")], 1: [("drop", "content.score")]}),
        ("content.none", {1: "content.comments"}, {0: [], 1: [("drop", "content.comments")]}),
        ("content.score", {1: "content.comments"}, {0: [("keep", "content.score")], 1: [("drop", "content.comments")]}),
    ],
)
def test_the_extractors_choice_is_told(
    by: str, otherwise: dict[int, str], decisions: dict[int, list[tuple[str, str]]]
) -> None:
    work = page_of("p a / p b")
    read = Decision("heading", "text")
    for block in work.blocks:
        block.history = (read,)
    decide(work, PageMatches(), Choice([True, False], by=by, otherwise=otherwise))
    assert all(block.history[0] is read for block in work.blocks)
    found = {number: [(said.action, said.by) for said in block.history[1:]] for number, block in enumerate(work.blocks)}
    assert found == decisions
    assert [block.kept for block in work.blocks] == [True, False]


def test_scores_are_told() -> None:
    work = page_of("p a / img / p b")
    scored = SimpleNamespace(rows=SimpleNamespace(blocks=[0, 2]), scores=[0.9, 0.1])
    decide(work, PageMatches(), Choice([True, True, False], by="content.score", scored=scored))  # type: ignore[arg-type]
    assert [block.score for block in work.blocks] == [0.9, None, 0.1]
    assert [block.decided and block.decided.score for block in work.blocks] == [0.9, None, 0.1]


# --- places

P = "".join(f"<p>{letter}</p>" for letter in "abcdef")
KEPT_MAIN = [
    ("all of it", {}, "p a / p b / -p c"),
    ("a drop around is enough", {1: ["user 0.1 drop around"]}, "p a / -p b / -p c"),
    ("of a shipped rule too", {1: ["generic 0.1 drop around"]}, "p a / -p b / -p c"),
    ("a cut goes on", {0: ["user 0.1 drop_after"]}, "-p a / -p b / -p c"),
    ("another may keep", {1: ["user 0.1 keep"]}, "p a / p b / -p c"),
]


@pytest.mark.parametrize(
    ("said", "decided"), [pytest.param(said, decided, id=name) for name, said, decided in KEPT_MAIN]
)
def test_main_may_keep_what_the_extractor_would_not(said: dict[int, list[str]], decided: str) -> None:
    work = page_of("p a / ~p b / p c")
    matches = PageMatches()
    for number in (0, 1):
        matches.add(number, replace(match_of("user 0.0 main around"), conditions=Conditions(keep=True)))
    for number, found in said.items():
        for match in found:
            matches.add(number, match_of(match))
    decide(work, matches, Choice([block.kept for block in work.blocks], by="content.score"))
    assert written(work) == decided


PLACES = [
    ("drop: {max_words: 1, place: first}", "b c d e f"),
    ("drop: {max_words: 1, place: last}", "a b c d e"),
    ("drop: {max_words: 1, place: {first: 2}}", "c d e f"),
    ("drop: {max_words: 1, place: {last: 2}}", "a b c d"),
    ("drop: {text: [b, c], place: {first: 2}}", "a c d e f"),
    ("drop: {text: [b, f], place: {last: 9}}", "a c d e"),
    ("drop: a\ndrop: {max_words: 1, place: {first: 2}}", "c d e f"),  # what goes is counted as well
    # In the main region.
    ("main: {css: '#m'}\ndrop: {max_words: 1, place: first}", "d"),
    ("main: {css: '#m'}\ndrop: {max_words: 1, place: last}", "c"),
    ("main: {css: '#m'}\ndrop: {max_words: 1, place: {first: 2}}", ""),
    ("main: {css: '#m'}\nkeep: {max_words: 1, place: {first: 9}}", "c d"),
    ("drop_after: {regex: '[b-e]', place: last}", "a b c d e f"),
    ("drop_after: {regex: '[b-e]', place: {last: 3}}", "a b c"),
    ("drop_before: {regex: '[b-e]', place: {first: 3}}", "d e f"),
]


@pytest.mark.parametrize(("rules", "left"), PLACES)
def test_places_are_in_the_main_region(tmp_path: Path, rules: str, left: str) -> None:
    page = P.replace("<p>c</p><p>d</p>", "<div id=m><p>c</p><p>d</p></div>")
    assert " ".join(texts(explained(tmp_path, page, rules))) == left


IMAGES = [
    ("drop: {css: img}", "<p>a</p><p><img src=/b.png></p><img src=/c.png>", []),
    ("drop: {css: 'img[src*=b]'}", "<p>a</p><p><img src=/b.png><img src=/c.png></p>", ["/c.png"]),
    ("drop: {xpath: '//a/img'}", "<p>a</p><a href=/d><img src=/b.png></a><img src=/c.png>", ["/c.png"]),
    ("drop: {css: img, kind: paragraph}", "<p>a</p><img src=/b.png>", ["/b.png"]),
    ("drop: {css: img}\nkeep: {css: .x}", "<p>a</p><img class=x src=/b.png><img src=/c.png>", ["/b.png"]),
]


@pytest.mark.parametrize(("rules", "page", "left"), IMAGES)
def test_images_by_themselves_are_blocks_of_their_elements(
    tmp_path: Path, rules: str, page: str, left: list[str]
) -> None:
    blocks = explained(tmp_path, page, rules).document.blocks
    assert [block.src for block in blocks if block.kind == "image"] == left
    assert blocks[0].text == "a"


# --- kinds

KINDS = [
    ("heading: a", "<p>a</p>", ("heading", 2)),
    ("heading: a, level: 4", "<p>a</p>", ("heading", 4)),
    ("heading: a", "<h5>a</h5>", ("heading", 5)),
    ("heading: a, level: 3", "<h5>a</h5>", ("heading", 3)),
    ("heading: a, level: 3", "<ul><li>a</li></ul>", ("heading", 3)),
    ("paragraph: a", "<h3>a</h3>", ("paragraph", None)),
    ("paragraph: a", "<ul><li>a</li></ul>", ("paragraph", None)),
    ("heading: a", "<pre>a</pre>", ("code", None)),
    ("paragraph: a", "<pre>a</pre>", ("code", None)),
    # The strongest wins.
    ("heading: a\nparagraph: a", "<p>a</p>", ("paragraph", None)),
    ("paragraph: a\nheading: a", "<p>a</p>", ("heading", 2)),
    ("heading: a\nparagraph: {css: div}", "<div><p>a</p></div>", ("heading", 2)),
    ("heading: a, level: 3\nheading: a, level: 4", "<p>a</p>", ("heading", 4)),
    # A rule that asks for a place is known last, and is no stronger for that.
    ("paragraph: a\nheading: {text: a, place: first}", "<p>a</p>", ("heading", 2)),
    ("heading: {text: a, place: first}\nparagraph: a", "<p>a</p>", ("paragraph", None)),
    ("heading: {text: a, place: first}\nparagraph: {text: a, place: last}", "<p>a</p>", ("paragraph", None)),
    ("heading: {text: a, place: first}", "<p>a</p>", ("heading", 2)),
]


@pytest.mark.parametrize(("rules", "page", "kind"), KINDS)
def test_kinds(tmp_path: Path, rules: str, page: str, kind: tuple[str, int | None]) -> None:
    (block,) = explained(tmp_path, page, rules).blocks
    assert (block.kind, block.level) == kind


def test_a_heading_by_a_rule_is_one_line(tmp_path: Path) -> None:
    assert texts(explained(tmp_path, "<p>High<br>tide</p>", "heading: {css: p}")) == ["High tide"]


def test_the_extractor_sees_the_kinds_that_rules_give(tmp_path: Path) -> None:
    rules = "heading: High tide\ndrop: {text: High tide, kind: paragraph, place: first}"
    assert texts(explained(tmp_path, "<p>High tide</p><p>At noon.</p>", rules)) == ["At noon."]


# --- stretches

LATE = "<p>The <b>very <i>late</i> night</b> ferry</p>"
WHOLE, CUT = "The very late night ferry", "The very night ferry"
STRETCHES = [
    ("a stretch is taken out", LATE, ["drop: {css: i}"], CUT),
    ("kept by the same rule's file", LATE, ["keep: {css: i}\ndrop: {css: i}"], WHOLE),
    ("kept around it", LATE, ["keep: {css: b}\ndrop: {css: i}"], WHOLE),
    ("kept inside it", LATE, ["keep: {css: i}\ndrop: {css: b}"], "The ferry"),
    ("kept by a later file", LATE, ["drop: {css: i}", "keep: {css: b}"], WHOLE),
    ("kept by an earlier file", LATE, ["keep: {css: b}", "drop: {css: i}"], CUT),
    ("kept with its block", LATE, ["keep: {css: p}\ndrop: {css: i}"], WHOLE),
    ("kept with its block's text", LATE, [f"keep: {WHOLE}\ndrop: {{css: i}}"], WHOLE),
    ("kept with its block by an earlier file", LATE, ["keep: {css: p}", "drop: {css: i}"], CUT),
    ("kept around its block", f"<div>{LATE}</div>", ["keep: {css: div}\ndrop: {css: i}"], CUT),
    ("kept around its block by a later file", f"<div>{LATE}</div>", ["drop: {css: i}", "keep: {css: div}"], CUT),
    ("kept at its start", "<p>a <b><i>b</i> c</b></p>", ["keep: {css: i}\ndrop: {css: b}"], "a"),
    ("kept at its end", "<p>a <b>b <i>c</i></b></p>", ["keep: {css: i}\ndrop: {css: b}"], "a"),
    ("kept before it and behind it", "<p><b>a</b> <i>b</i> <b>c</b></p>", ["keep: {css: b}\ndrop: {css: i}"], "a c"),
    ("kept before it", "<p><b>a</b> <i>b</i> c</p>", ["keep: {css: b}\ndrop: {css: i}"], "a c"),
    ("kept behind it", "<p>a <i>b</i> <b>c</b></p>", ["keep: {css: b}\ndrop: {css: i}"], "a c"),
    ("kept up to its end", "<p>a <b>b <i>c</i></b> d</p>", ["keep: {css: b}\ndrop: {css: i}"], "a b c d"),
    ("kept from its start", "<p>a <b><i>b</i> c</b> d</p>", ["keep: {css: b}\ndrop: {css: i}"], "a b c d"),
    (
        "kept by the outer one",
        "<p><b>a <u>b</u> <i>c</i> d</b></p>",
        ["keep: {css: 'b, u'}\ndrop: {css: i}"],
        "a b c d",
    ),
    (
        "kept by what ends last",
        "<p><b><i>a</i> <u>b</u> <u>c</u></b> d</p>",
        ["keep: {css: 'b, u'}\ndrop: {css: i}"],
        "a b c d",
    ),
    (
        "kept by the second",
        "<p><u>a</u> <b>b <u>c</u> <i>d</i> e</b></p>",
        ["keep: {css: 'b, u'}\ndrop: {css: i}"],
        "a b c d e",
    ),
    ("kept in one place", "<p><b>a <i>b</i></b> <i>c</i> d</p>", ["keep: {css: b}\ndrop: {css: i}"], "a b d"),
    ("two of them", "<p>a <i>b</i> <i>c</i> d</p>", ["drop: {css: i}"], "a d"),
    ("one in the other", "<p>a <i>b <i>c</i> d</i> e</p>", ["drop: {css: i}"], "a e"),
    ("all of it", "<p><i>a</i> <i>b</i></p><p>c</p>", ["drop: {css: i}"], "c"),
    ("all but punctuation", "<p><i>a</i>, <i>b</i>.</p><p>c</p>", ["drop: {css: i}"], "c"),
]


@pytest.mark.parametrize(
    ("page", "files", "left"), [pytest.param(page, files, left, id=name) for name, page, files, left in STRETCHES]
)
def test_which_stretches_stay(tmp_path: Path, page: str, files: list[str], left: str) -> None:
    assert texts(explained(tmp_path, page, *files)) == [left]


def test_a_block_of_which_nothing_is_left_goes(tmp_path: Path) -> None:
    explanation = explained(tmp_path, "<p><i>a</i>, <i>b</i>.</p>", "drop: {css: i}")
    (block,) = explanation.blocks
    assert (block.kept, block.reason, block.source) == (False, "a:2", f"{tmp_path}/a.yaml:2")
    assert [(said.action, said.detail) for said in block.decisions] == [
        ("cut", "a"),
        ("cut", "b"),
        ("drop", "nothing was left of it"),
    ]
    assert [(removal.text, removal.reason) for removal in explanation.document.removed] == [
        ("a", "a:2"),
        ("b", "a:2"),
        (", .", "a:2"),
    ]


def test_the_rule_is_told_that_left_nothing(tmp_path: Path) -> None:
    (block,) = explained(tmp_path, "<p><i>a</i>.</p>", "drop: {css: i}\nreplace: {regex: '[.]'}, with: '!'").blocks
    assert (block.kept, block.reason) == (False, "a:2")


@pytest.mark.parametrize("tag", ["span", "u", "small", "mark", "ins", "q", "abbr", "font", "a", "i", "sub", "code"])
@pytest.mark.parametrize("attribute", ["", " class=x"])
def test_any_inline_element_is_a_stretch(tmp_path: Path, tag: str, attribute: str) -> None:
    for selector in (tag, f"p > {tag}"):
        page = f"<p>a <{tag}{attribute}>b</{tag}> c</p>"
        assert texts(explained(tmp_path, page, f"drop: {{css: {selector}}}")) == ["a c"]


# --- replacements

REPLACEMENTS = [
    ("replace: {regex: late}, with: early", "<p>late, later</p>", ["early, earlyr"]),
    ("replace: {regex: ', .*'}", "<p>late, later</p>", ["late"]),
    ("replace: {regex: '(late)'}, with: '\\1 $1'", "<p>late</p>", ["\\1 $1"]),  # taken literally
    ("replace: {regex: '(?P<cut>late), later'}, with: early", "<p>late, later</p>", ["early, later"]),
    ("replace: {regex: '[.!?] (?P<cut>Ad)$'}", "<p>He left. Ad</p><p>An Ad</p>", ["He left.", "An Ad"]),
    ("replace: {regex: 'x*'}, with: y", "<p>axxb</p>", ["ayb"]),  # what finds nothing replaces nothing
    ("replace: {regex: late, css: i}, with: early", "<p>late</p><div><i>late</i></div>", ["late", "early"]),
    ("replace: {text: late ferry}, with: Ferry", "<p>Late ferry!</p><p>later</p>", ["Ferry", "later"]),
    ("replace: {text: late ferry, regex: f.*y}, with: boat", "<p>Late ferry!</p>", ["Late boat!"]),
    ("replace: {text: late}", "<p>Late!</p><p>later</p>", ["later"]),
    ("replace: {regex: [late, later]}, with: x", "<p>late later</p>", ["x x"]),
    # The stronger comes last, and sees what the weaker has made of the text.
    ("replace: {regex: a}, with: b\nreplace: {regex: b}, with: c", "<p>a b</p>", ["c c"]),
    ("replace: {regex: b}, with: c\nreplace: {regex: a}, with: b", "<p>a b</p>", ["b c"]),
    ("replace: {regex: a}, with: b\nreplace: {text: a b, regex: b}, with: c", "<p>a b</p>", ["c c"]),
    # In a table each cell is a text.
    ("replace: {regex: ' b'}, with: x", "<table><tr><td>a b<td>a b<tr><td>c<td>b</table>", ["ax\tax\nc\tb"]),
    ("replace: {regex: 'b.b|c'}", "<table><tr><td>a b<td>b c<tr><td>d<td>e</table>", ["a b\tb\nd\te"]),
]


@pytest.mark.parametrize(("rules", "page", "left"), REPLACEMENTS)
def test_replacements(tmp_path: Path, rules: str, page: str, left: list[str]) -> None:
    assert texts(explained(tmp_path, page, rules)) == left


def test_what_is_replaced_is_told(tmp_path: Path) -> None:
    rules = "replace: {regex: l(?P<cut>a)te}, with: e, id: e\nreplace: {regex: ' ferry'}, id: none"
    (block,) = explained(tmp_path, "<p>late ferry</p>", rules).blocks
    assert [(cut.text, cut.by, cut.replacement) for cut in block.cuts] == [("a", "e", "e"), (" ferry", "none", None)]
    assert {cut.source for cut in block.cuts} == {f"{tmp_path}/a.yaml:2", f"{tmp_path}/a.yaml:3"}


def test_each_cut_names_its_rule(tmp_path: Path) -> None:
    page = "<p>a <i>b</i> c <u>d</u> <b>e <i>f</i></b> g</p>"
    rules = "drop: {css: i}, id: i\ndrop: {css: u}, id: u\ndrop: {css: b}, id: b"
    (block,) = explained(tmp_path, page, rules).blocks
    assert [(cut.text, cut.by) for cut in block.cuts] == [("b", "i"), ("d", "u"), ("e f", "b")]
    assert block.text == "a c g"


def test_what_is_dropped_is_not_edited(tmp_path: Path) -> None:
    (block,) = explained(tmp_path, "<p>late <i>ferry</i></p>", "drop: {css: [i, p]}\nreplace: {regex: late}").blocks
    assert (block.kept, block.text, block.cuts) == (False, "late ferry", ())


def test_of_two_rules_for_a_stretch_the_first_is_told(tmp_path: Path) -> None:
    (block,) = explained(tmp_path, "<p>a <i>b</i></p>", "drop: {css: i}\ndrop: {css: 'p > i'}").blocks
    assert [cut.by for cut in block.cuts] == ["a:2"]
