"""Contextual conditions: a block that goes is no evidence for what is said of another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from written import read

from cleaner import Cleaner, load_rules
from cleaner.matching.compiled import CompiledRules
from cleaner.matching.match import match_page

BRIDGE = "The bridge was closed for repairs in the spring, and the ferry took all the traffic of the town."
JUNE = "It opened again in June, two months later than the council had promised to the whole town."
PAYS = "Nobody wants to say who pays for the delay, and the builder has gone home for the summer."
ADVERT = "Advertising in the harbour paper pays for the ferry, and has done so for as long as anybody knows."


def html(blocks: list[str]) -> str:
    return "".join(f"<p>{block}</p>" for block in blocks)


def text(blocks: list[str]) -> str:
    return "\n\n".join(blocks)


LABELS_IN_A_ROW = [
    ([html, text], ["Advertisement", "Story continues below advertisement"]),
    ([html, text], ["Advertisement", "Advertisement - Scroll to continue", "Story continues below advertisement"]),
    ([html, text], ["Anzeige | Weiterlesen"]),
    ([html, text], ["Anzeige", "Anzeige | Weiterlesen"]),
    ([html, text], ["Anzeige", "Werbung – weiter unten"]),
    ([html, text], ["Publicité – La suite ci-dessous"]),
    ([html, text], ["PUBLICITÉ", "Publicité – La suite ci-dessous"]),
    ([html, text], ["Publicidad · Continúa leyendo", "Publicidad · Continúa leyendo"]),
    ([html, text], ["Advertentie", "Reclame - lees verder"]),
    ([html, text], ["РЕКЛАМА", "Реклама | Читать далее"]),
    ([html, text], ["Anzeige | Weiterlesen", "Artikel wird nach der Anzeige fortgesetzt"]),
    ([text], ["Werbung", "Werbung", "Anzeige"]),
    ([text], ["Publicité", "La suite après cette publicité"]),
]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("write", "labels"),
    [
        pytest.param(write, labels, id=f"{write.__name__}: {' / '.join(labels)}")
        for writes, labels in LABELS_IN_A_ROW
        for write in writes
    ],
)
def test_labels_in_a_row_all_go(write: Callable[[list[str]], str], labels: list[str]) -> None:
    document = Cleaner().clean(write([BRIDGE, *labels, JUNE, PAYS]))
    assert [block.text for block in document.blocks] == [BRIDGE, JUNE, PAYS]
    assert [removal.text for removal in document.removed] == labels


def removed(tmp_path: Path, rules: str, data: str, **options: object) -> list[tuple[str, str]]:
    path = tmp_path / "own.yaml"
    path.write_text(rules, "utf-8")
    cleaner = Cleaner(load_rules(path, shipped=False), **({"extractor": "none"} | options))  # type: ignore[arg-type]
    return [(removal.text, removal.reason) for removal in cleaner.clean(data).removed]


HEADS_NEXT = "rules:\n- drop: {text: Advertising, heads_next: false}\n  id: label\n"


@pytest.mark.parametrize(
    ("more", "blocks", "goes"),
    [
        ("", ["Advertising", ADVERT], False),
        ("", ["Advertising", JUNE], True),
        ("", ["Advertising", BRIDGE, ADVERT], True),
        # What a rule drops stands between nothing.
        ("- drop: Advertising rates\n  id: rates\n", ["Advertising", "Advertising rates", BRIDGE], True),
        ("- drop: Rates\n  id: rates\n", ["Advertising", "Rates", ADVERT], False),
        # What a rule keeps is there, whatever drops it.
        ("- drop: Rates\n  id: rates\n- keep: Rates\n", ["Advertising", "Rates", ADVERT], True),
    ],
)
def test_the_next_block_is_one_that_stays(tmp_path: Path, more: str, blocks: list[str], goes: bool) -> None:
    found = removed(tmp_path, HEADS_NEXT + more, html(blocks))
    assert (("Advertising", "label") in found) is goes


@pytest.mark.parametrize(("more", "goes"), [("", True), ("- keep: {css: footer}\n", False)])
def test_what_the_extractor_drops_is_no_next_block(tmp_path: Path, more: str, goes: bool) -> None:
    menu = "".join(
        f'<li><a href="/{n}">Advertising in {town}</a></li>' for n, town in enumerate(["Ost", "Wye", "Tarn"])
    )
    page = html([BRIDGE, JUNE, PAYS, BRIDGE, JUNE]) + f"<p>Advertising</p><footer><ul>{menu}</ul></footer>"
    page = f"<body><article>{page}</article></body>"
    assert (("Advertising", "label") in removed(tmp_path, HEADS_NEXT + more, page, extractor="auto")) is goes


RECURS = "rules:\n- drop: {recurs_irregularly: 3, kind: paragraph}\n  id: recurs\n"


@pytest.mark.parametrize(
    ("more", "goes"),
    [
        ("", False),  # another text comes back too
        ("- drop: Skip\n  id: skip\n", True),  # that one goes
        ("- drop: {repeats: 3, text: Skip}\n  id: skip\n", True),  # also where it goes for its context
    ],
)
def test_what_goes_does_not_come_back(tmp_path: Path, more: str, goes: bool) -> None:
    blocks = [BRIDGE, "Klarix", JUNE, "Skip", PAYS, "Klarix", BRIDGE, "Skip", JUNE, "Klarix", PAYS, "Skip", BRIDGE]
    assert (("Klarix", "recurs") in removed(tmp_path, RECURS + more, html(blocks))) is goes


@pytest.mark.parametrize("extractor", ["auto", "none"])
def test_running_heads_of_printed_pages_do_not_come_back(tmp_path: Path, extractor: str) -> None:
    pages = [f"Harbour News\n\n{BRIDGE}\n\nKlarix\n\n{JUNE}\n\n{PAYS}\n\n{number}" for number in range(1, 5)]
    found = removed(tmp_path, RECURS, "\f".join(pages), extractor=extractor)
    assert found.count(("Klarix", "recurs")) == 4
    assert (("Harbour News", "text.printed") in found) is (extractor == "auto")


@pytest.mark.parametrize(("following", "goes"), [(ADVERT, False), (JUNE, True)])
def test_the_edge_of_a_printed_page_is_no_next_block(tmp_path: Path, following: str, goes: bool) -> None:
    pages = [f"Advertising news\n\n{JUNE}\n\n{BRIDGE}\n\n{number}" for number in range(1, 5)]
    pages[1] = f"Advertising news\n\n{JUNE}\n\nAdvertising\n\n2"
    pages[2] = f"Advertising news\n\n{following}\n\n{BRIDGE}\n\n3"
    found = removed(tmp_path, HEADS_NEXT, "\f".join(pages))
    assert (("Advertising", "label") in found) is goes


# --- repeats

A, B, C = "<p>Share</p>", f"<p>{BRIDGE}</p>", f"<p>{JUNE}</p>"
REPEATS = [
    ("often enough", "drop: {repeats: 3, max_words: 3}", [A, B, A, C, A], 3),
    ("too seldom", "drop: {repeats: 3, max_words: 3}", [A, B, A, C], 0),
    ("more often", "drop: {repeats: 2, max_words: 3}", [A, B, A, C, A], 3),
    ("two in a row are one", "drop: {repeats: 3, max_words: 3}", [A, A, B, A, C], 0),
    ("all in a row", "drop: {repeats: 2, max_words: 3}", [A, A, A], 0),
    ("folded", "drop: {repeats: 3, max_words: 3}", [A, B, "<h2>SHARE »</h2>", C, "<p>share!</p>"], 3),
    ("whole blocks only", "drop: {repeats: 3, max_words: 3}", [A, B, A, C, "<p>Share it</p>"], 0),
    ("an image between", "drop: {repeats: 2, max_words: 3}", [A, "<img src=q.png>", A], 2),
    ("not what has no words", "drop: {repeats: 2, max_words: 3}", ["<p>***</p>", A, "<p>***</p>"], 0),
    ("words up to the limit", "drop: {repeats: 2, max_words: 1}", [A, B, A], 2),
    ("words over the limit", "drop: {repeats: 2, max_words: 1}", ["<p>Share it</p>", B, "<p>Share it</p>"], 0),
    ("no limit", "drop: {repeats: 2}", [B, C, B], 2),
    ("the larger of two limits", "drop: [{repeats: 2, max_words: 1}, {repeats: 2, max_words: 20}]", [B, C, B], 2),
    ("no limit beside one", "drop: [{repeats: 2, max_words: 1}, {repeats: 2, kind: paragraph}]", [B, C, B], 2),
    ("limits of other rules", "drop: [{repeats: 2, kind: paragraph}, {text: Skip, max_words: 1}]", [B, C, B], 2),
    ("with another condition", "drop: {repeats: 3, kind: paragraph}", [A, B, "<h2>Share</h2>", C, A], 2),
    ("no part of a block", "drop: {repeats: 2, css: b}", ["<p><b>Share</b> it</p>", B, "<p><b>Share</b> it</p>"], 0),
    ("in a place", "drop: {repeats: 2, max_words: 1, place: first}", [A, B, A], 1),
    (
        "what another rule drops counts",
        "drop: {repeats: 3, max_words: 3}}\n- {drop: {css: h2}",
        [A, B, "<h2>Share</h2>", C, A],
        3,
    ),
]


@pytest.mark.parametrize(
    ("rule", "blocks", "gone"), [pytest.param(rule, blocks, gone, id=name) for name, rule, blocks, gone in REPEATS]
)
def test_repeats(tmp_path: Path, rule: str, blocks: list[str], gone: int) -> None:
    assert len(removed(tmp_path, f"rules:\n- {{{rule}}}\n", "".join(blocks))) == gone


# --- heads_next

NESTED = "rules:\n- drop: {text: [Advert, Advert below, See advert below], heads_next: false}\n"


def test_of_labels_in_a_row_the_first_sees_past_the_others(tmp_path: Path) -> None:
    labels = ["Advert", "Advert below", "See advert below"]
    assert [text for text, _ in removed(tmp_path, NESTED, html([BRIDGE, *labels, JUNE]))] == labels
    assert removed(tmp_path, NESTED, html([BRIDGE, *labels, ADVERT.replace("Advertising", "See advert below")])) == []


LONG_WORDS = "Uncharacteristically straightforward correspondence"
HEADED = [
    ("what follows takes its words up", "true", ["<p class=x>Advertising</p>", f"<p>{ADVERT}</p>"], True),
    ("and is not headed by nothing", "false", ["<p class=x>Advertising</p>", f"<p>{ADVERT}</p>"], False),
    ("something else follows", "true", ["<p class=x>Advertising</p>", C], False),
    ("nothing follows", "true", [C, "<p class=x>Advertising</p>"], False),
    ("nothing follows, which is wanted", "false", [C, "<p class=x>Advertising</p>"], True),
    ("an image stands between", "true", ["<p class=x>Advertising</p>", "<img src=q.png>", f"<p>{ADVERT}</p>"], True),
    ("it comes back", "true", ["<p class=x>Advertising</p>", f"<p>{ADVERT}</p>", "<p>ADVERTISING:</p>"], False),
    ("a part of a block heads nothing", "true", ["<p>a <b class=x>Advertising</b></p>", f"<p>{ADVERT}</p>"], False),
    ("which may be wanted", "false", ["<p>a <b class=x>Advertising</b></p>", f"<p>{ADVERT}</p>"], True),
    ("of any length", "true", [f"<h2 class=x>{LONG_WORDS}</h2>", f"<p>{LONG_WORDS} it is.</p>"], True),
    ("in a place", "true, place: first", ["<p class=x>Advertising</p>", f"<p>{ADVERT}</p>"], True),
    ("in another place", "true, place: last", ["<p class=x>Advertising</p>", f"<p>{ADVERT}</p>"], False),
]


@pytest.mark.parametrize(
    ("wanted", "blocks", "goes"), [pytest.param(wanted, blocks, goes, id=name) for name, wanted, blocks, goes in HEADED]
)
def test_heads_next(tmp_path: Path, wanted: str, blocks: list[str], goes: bool) -> None:
    rules = f"rules:\n- drop: {{css: .x, heads_next: {wanted}}}\n"
    assert bool(removed(tmp_path, rules, "".join(blocks))) is goes


def test_what_recurs_is_no_next_block(tmp_path: Path) -> None:
    rules = RECURS + "- drop: {text: Offer, heads_next: false}\n  id: label\n"
    blocks = [BRIDGE, "Klarix offer", JUNE, "Offer", "Klarix offer", PAYS, "Klarix offer", BRIDGE]
    assert removed(tmp_path, rules, html(blocks)) == [
        ("Klarix offer", "recurs"),
        ("Offer", "label"),
        ("Klarix offer", "recurs"),
        ("Klarix offer", "recurs"),
    ]


def test_what_recurs_is_no_next_block_before_the_extractor_chooses(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(RECURS + "- drop: {text: Offer, heads_next: false}\n", "utf-8")
    blocks = [BRIDGE, "Klarix offer", JUNE, "Offer", "Klarix offer", PAYS, "Klarix offer", BRIDGE]
    matches, _ = match_page(CompiledRules(load_rules(path, shipped=False).rules), read(html(blocks)))
    assert matches.dropped() == {1, 3, 4, 6}


# --- recurs_irregularly

FOUR = [BRIDGE, "Klarix", JUNE, "Klarix", PAYS, "Klarix", BRIDGE, "Klarix", JUNE]
RECURRING = [
    ("{recurs_irregularly: 4}", "", 4),
    ("{recurs_irregularly: 5}", "", 0),
    ("[{recurs_irregularly: 5}, {recurs_irregularly: 3}]", "", 4),
    ("{recurs_irregularly: 3, unless: [Klarix]}", "", 0),
    ("{recurs_irregularly: 3, kind: heading}", "", 0),
    ("{recurs_irregularly: 3, repeats: 4}", "", 4),
    ("{recurs_irregularly: 3, repeats: 5}", "", 0),
    ("{recurs_irregularly: 3, heads_next: false}", "", 4),
    ("{recurs_irregularly: 3, heads_next: true}", "", 0),
    ("{recurs_irregularly: 3, place: {first: 3}}", "", 1),
    ("[{recurs_irregularly: 3, heads_next: true}, {recurs_irregularly: 3}]", "", 4),
    # It is a match on the block itself, which a `keep` around does not override.
    ("{recurs_irregularly: 3}", "- keep: {css: article}\n", 4),
    ("{recurs_irregularly: 3}", "- keep: Klarix\n", 0),
]


@pytest.mark.parametrize(("match", "more", "gone"), RECURRING)
def test_recurs_irregularly_with_other_conditions(tmp_path: Path, match: str, more: str, gone: int) -> None:
    found = removed(tmp_path, f"rules:\n- drop: {match}\n{more}", f"<article>{html(FOUR)}</article>")
    assert [text for text, _ in found] == ["Klarix"] * gone


def test_a_kind_that_the_choice_makes_known_is_given(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text("rules:\n- heading: {text: Bridge, heads_next: true, level: 3}\n", "utf-8")
    menu = "".join(
        f'<li><a href="/{n}">{town}</a></li>' for n, town in enumerate(["Ost", "Wye", "Tarn", "Hale", "Bly"])
    )
    works = "Bridge works will go on until the autumn, the council said, and the ferry will run at night as well."
    page = f"<body><article>{html([BRIDGE, JUNE, PAYS])}<p>Bridge</p><footer><ul>{menu}</ul></footer>{html([works, JUNE])}</article></body>"
    document = Cleaner(load_rules(path, shipped=False)).clean(page)
    assert [(block.kind, block.level) for block in document.blocks if block.text == "Bridge"] == [("heading", 3)]


def test_a_replacement_is_made_once(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text('rules:\n- replace: {regex: "Ad", recurs_irregularly: 2, max_words: 3}\n  with: Ad Ad\n', "utf-8")
    blocks = [BRIDGE, "Zap Ad", JUNE, "Zap Ad", PAYS, BRIDGE, JUNE, "Zap Ad", PAYS]
    document = Cleaner(load_rules(path, shipped=False)).clean(html(blocks))
    assert document.text.count("Zap Ad Ad") == 3
    assert "Ad Ad Ad" not in document.text


def test_what_goes_with_placed_labels(tmp_path: Path) -> None:
    rules = "rules:\n- drop: {text: Advertising, heads_next: false, place: last}\n  id: label\n"
    assert removed(tmp_path, rules, html(["Advertising", BRIDGE, "Advertising"])) == [("Advertising", "label")]
