"""What the rules say of a block: who wins, and what a verb on a part of a block says."""

from __future__ import annotations

import pytest
from written import match_of

from cleaner.matching.matches import WHOLE, BlockMatches, PageMatches

WINNERS = [
    # The sort of the file counts first, then which of the user's files it is.
    ("user 0.0 drop", "site 9.9 keep"),
    ("site 0.0 drop", "language 9.9 keep"),
    ("language 0.0 drop", "generic 9.9 keep"),
    ("user 0.0 keep", "generic 9.9 drop"),
    ("user 1.0 drop", "user 0.9 keep"),
    ("user 1.0 keep", "user 0.9 drop"),
    ("user 1.0 drop around", "user 0.9 keep"),
    ("site 0.0 drop around", "language 9.9 keep"),
    # Shipped files of one sort are one file: there, the rest of the order decides.
    ("generic 0.0 keep", "generic 1.0 drop"),
    ("language 0.0 drop", "language 1.0 drop around"),
    ("site 1.0 drop", "site 0.9 drop"),
    # In one file what is on the block itself, then `keep`, then the later rule.
    ("user 0.0 drop", "user 0.1 drop around"),
    ("user 0.0 keep", "user 0.1 drop around"),
    ("user 0.0 keep", "user 0.1 drop"),
    ("user 0.0 keep around", "user 0.1 drop around"),
    ("user 0.1 keep", "user 0.0 keep"),
    ("user 0.1 drop", "user 0.0 drop"),
    # A `keep` around a block wins over what is around it, and over nothing on the block itself.
    ("user 0.0 keep around", "generic 9.9 drop around"),
    ("user 0.0 drop", "user 0.1 keep around"),
    ("user 0.0 drop", "user 1.0 keep around"),
    ("generic 0.0 drop", "user 9.9 keep around"),
]


@pytest.mark.parametrize(("winner", "beaten"), WINNERS, ids=" over ".join)
def test_who_wins(winner: str, beaten: str) -> None:
    for order in ([winner, beaten], [beaten, winner]):
        won = BlockMatches(whole=[match_of(written) for written in order]).winner()
        assert won is not None
        assert won.rule.id == winner


@pytest.mark.parametrize(
    ("matches", "winner"),
    [
        ([], None),
        (["generic 0.0 drop"], "generic 0.0 drop"),
        (["user 0.0 keep around"], "user 0.0 keep around"),
        # Under a `keep` around the block the strongest on the block itself decides.
        (["user 0.0 keep around", "generic 0.0 keep", "generic 0.1 drop"], "generic 0.0 keep"),
        (["user 0.0 keep around", "generic 0.1 drop", "site 0.0 keep"], "site 0.0 keep"),
        (["user 0.0 keep around", "site 0.0 drop around", "generic 0.0 drop"], "generic 0.0 drop"),
        (["user 1.0 drop around", "user 0.0 keep around", "generic 0.0 keep"], "user 1.0 drop around"),
    ],
)
def test_who_wins_of_several(matches: list[str], winner: str | None) -> None:
    won = BlockMatches(whole=[match_of(written) for written in matches]).winner()
    assert (won.rule.id if won is not None else None) == winner


GROUPS = [
    ("keep", "whole", "parts"),
    ("drop", "whole", "parts"),
    ("heading", "kinds", None),
    ("paragraph", "kinds", None),
    ("replace", "replacements", None),
    ("drop_after", "cuts", None),
    ("drop_before", "cuts", None),
    ("main", "mains", "mains"),
]


@pytest.mark.parametrize(("verb", "whole", "part"), GROUPS)
def test_what_a_verb_says_of_a_block_and_of_a_part_of_one(verb: str, whole: str, part: str | None) -> None:
    for group, end in ((whole, WHOLE), (part, 3)):
        page = PageMatches()
        match = match_of(f"user 0.0 {verb}", end)
        page.add(7, match)
        filled = {name: found for name in BlockMatches.__slots__ if (found := getattr(page.blocks[7], name))}
        assert filled == ({group: [match]} if group else {})


@pytest.mark.parametrize(
    ("matches", "verdict"),
    [
        ([], None),
        (["user 0.0 drop"], "drop"),
        (["user 0.0 keep"], "keep"),
        (["user 0.0 keep", "user 0.1 drop"], "keep"),
        (["user 0.0 heading"], None),
    ],
)
def test_what_becomes_of_a_block(matches: list[str], verdict: str | None) -> None:
    page = PageMatches()
    for written in matches:
        page.add(3, match_of(written))
    assert (page.drops(3), page.keeps(3)) == (verdict == "drop", verdict == "keep")
    assert (page.drops(2), page.keeps(2)) == (False, False)
    assert page.dropped() == ({3} if verdict == "drop" else set())


def test_parts_decide_nothing_of_the_whole() -> None:
    page = PageMatches()
    page.add(0, match_of("user 0.0 drop", end=3))
    page.add(1, match_of("user 0.0 keep", end=3))
    assert page.dropped() == set()
    assert not page.keeps(1)


def test_the_rules_that_name_the_main_content() -> None:
    page = PageMatches()
    for number, written in enumerate(["user 0.0 main", "user 0.1 drop", "user 0.0 main", "user 0.2 main"]):
        page.add(number, match_of(written))
    assert [rule.id for rule in page.main_rules()] == ["user 0.0 main", "user 0.0 main", "user 0.2 main"]
