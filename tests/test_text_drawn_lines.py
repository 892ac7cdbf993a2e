"""Lines of signs in flattened text: thematic breaks, and the underlines of headings."""

from __future__ import annotations

import textwrap

import pytest

from cleaner import Block, Cleaner

SCENES = [
    "The boat lay at the quay for three days, and nobody came to fetch the boxes that had been sent from the north.",
    "On the fourth day a boy asked for the captain. He had a letter in his hat and would not give it to anybody else.",
    "The captain read it twice, and then he had the boxes carried back on board without a word to the harbour office.",
]


def blocks(text: str) -> list[Block]:
    return list(Cleaner().clean(text, media_type="text/plain").blocks)


def kinds(text: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in blocks(text)]


@pytest.mark.parametrize(
    "line",
    [
        *(
            "* * *",
            "***",
            "*****",
            "*   *   *",
            "-----",
            "- - -",
            "~~~~~~",
            "____________",
            "=====",
            "#",
            "# # #",
            "###",
            "*",
        ),
        *(
            "~",
            "⁂",
            "❦",
            "* * * * *",
            "~*~",
            "-=-=-=-",
            "———",
            "─────────",
            "• • •",
            "＊＊＊",
            "＊　＊　＊",
            "◇◇◇",
            "※",
        ),
        "               * * *",
    ],
)
def test_scene_breaks_are_rules_at_their_place(line: str) -> None:
    expected = [("paragraph", SCENES[0]), ("rule", ""), ("paragraph", SCENES[1])]
    assert kinds(f"{SCENES[0]}\n\n{line}\n\n{SCENES[1]}\n") == expected
    wrapped = [textwrap.fill(scene, 60) for scene in SCENES]
    assert kinds(f"{wrapped[0]}\n\n{line}\n\n{wrapped[1]}\n\n{line}\n\n{wrapped[2]}\n") == [
        *expected,
        ("rule", ""),
        ("paragraph", SCENES[2]),
    ]


@pytest.mark.parametrize("line", ["***", "-----", "~~~~"])
def test_rules_need_no_blank_lines(line: str) -> None:
    expected = [("paragraph", SCENES[0]), ("rule", ""), ("paragraph", SCENES[1])]
    assert kinds(f"{SCENES[0]}\n{line}\n{SCENES[1]}\n") == expected


@pytest.mark.parametrize("line", ["-", "—", "•", "...", "--", "#1", "* a", "x x x", "1 * 2", "?!", "```"])
def test_what_is_no_rule(line: str) -> None:
    assert "rule" not in [kind for kind, _ in kinds(f"{SCENES[0]}\n\n{line}\n\n{SCENES[1]}\n")]


def test_a_single_sign_between_lines_is_no_rule() -> None:
    assert "rule" not in [kind for kind, _ in kinds(f"{SCENES[0]}\n#\n{SCENES[1]}\n")]


def test_rules_at_the_edges_of_a_text_go() -> None:
    assert kinds(f"*****\n\n{SCENES[0]}\n\n-----\n") == [("paragraph", SCENES[0])]


def test_a_rule_in_a_quotation_is_in_it() -> None:
    found = blocks(f"{SCENES[0]}\n\n> {SCENES[1]}\n>\n> ---\n>\n> {SCENES[2]}\n")
    assert [(block.kind, [c.kind for c in block.containers]) for block in found[1:]] == [
        ("paragraph", ["quote"]),
        ("rule", ["quote"]),
        ("paragraph", ["quote"]),
    ]


def test_underlined_lines_are_headings_with_levels_by_their_signs() -> None:
    text = (
        f"The Boat\n========\n\n{SCENES[0]}\n\nThe boy\n-------\n\n{SCENES[1]}\n\nwhat was in the letter\n~~~~~~~~~~~~~~~~~~~~~~"
        f"\n\n{SCENES[2]}\n\nThe captain\n-----------\n\n{SCENES[0]}\n"
    )
    assert [(block.level, block.text) for block in blocks(text) if block.kind == "heading"] == [
        (1, "The Boat"),
        (2, "The boy"),
        (3, "what was in the letter"),
        (2, "The captain"),
    ]


@pytest.mark.parametrize(
    "drawn",
    ["========\nThe boat\n========", "The boat\n========", "The boat\n----------------------------------------"],
)
def test_a_heading_has_its_line_below_or_around_it(drawn: str) -> None:
    found = kinds(f"{SCENES[0]}\n\n{drawn}\n\n{SCENES[1]}\n")
    assert found == [("paragraph", SCENES[0]), ("heading", "The boat"), ("paragraph", SCENES[1])]


@pytest.mark.parametrize("above", [SCENES[0], SCENES[0].replace(", ", ",\n"), "From: the harbour\nTo: the captain"])
def test_a_line_below_other_text_is_a_rule(above: str) -> None:
    found = kinds(f"{SCENES[2]}\n\n{above}\n-----------------\n{SCENES[1]}\n")
    assert [kind for kind, _ in found].count("rule") == 1
    assert "heading" not in [kind for kind, _ in found]


def test_explain_tells_that_a_heading_is_underlined() -> None:
    explained = Cleaner().explain(f"{SCENES[0]}\n\nThe boat\n========\n\n{SCENES[1]}\n", media_type="text/plain")
    assert [d.by for block in explained.blocks if block.kind == "heading" for d in block.decisions] == [
        "headings.underlined"
    ]


def test_lines_of_tables_and_code_are_no_rules() -> None:
    table = "+-----+-----+\n| Day | Sea |\n+-----+-----+\n| Mon | 3.2 |\n+-----+-----+"
    code = "    total = 1\n    # ------\n    ------\n    wait(ship)"
    assert [kind for kind, _ in kinds(f"{SCENES[0]}\n\n{table}\n\n{SCENES[1]}\n\n{code}\n\n{SCENES[2]}")] == [
        *("paragraph", "table", "paragraph", "code", "paragraph")
    ]


@pytest.mark.parametrize("sign", ["***", "=====", "###"])
def test_a_line_between_signs_goes_on_in_the_next_row(sign: str) -> None:
    banner = f"{sign} Here begins the book of the boat, and of the boy, and of\nthe captain {sign}"
    found = kinds(f"{SCENES[0]}\n\n{banner}\n\n{SCENES[1]}\n\n{sign} {SCENES[2]}\n")
    assert [text for _, text in found][1] == banner.replace("\n", " ")
    assert len(found) == 4


def test_an_underlined_heading_needs_no_blank_lines() -> None:
    found = kinds(f"{SCENES[0]}\nThe boat\n--------\n{SCENES[1]}\n")
    assert found == [("paragraph", SCENES[0]), ("heading", "The boat"), ("paragraph", SCENES[1])]
