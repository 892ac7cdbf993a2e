"""Mail in the format "flowed": a line that ends with one space goes on."""

from __future__ import annotations

import pytest

from cleaner import Cleaner
from cleaner.text.flowed import flowed
from cleaner.text.joining import Joiner

MAIL = [
    "The nets were dry by Tuesday, and the boat could have gone out if the ",
    "engine had started. It did not start, although we pushed and prayed ",
    "for an hour.",
    "",
    "Who has the key of the shed? I have looked on the nail and under the ",
    "stone.",
]


WHOLE = ["".join(MAIL[:3]), "", "".join(MAIL[4:])]


def rows_of(*rows: str) -> list[str] | None:
    found = flowed(rows, Joiner("\n".join(rows)).join)
    return found.rows if found else None


def test_a_flowed_mail_has_a_row_for_each_paragraph() -> None:
    assert rows_of(*MAIL) == WHOLE


def test_lines_that_do_not_go_on_stay_lines() -> None:
    assert rows_of(*MAIL, "Yours,", "Anna") == [*WHOLE, "Yours,", "Anna"]


@pytest.mark.parametrize(
    ("more", "rows"),
    [
        (["", "-- ", "Anna", "Cape Vane"], ["", "--", "Anna", "Cape Vane"]),
        (["and so we went, ", "-- ", "Anna"], None),  # a space that is before nothing
        (
            [" > is no quotation here, and it is on a row of its own."],
            ["> is no quotation here, and it is on a row of its own."],
        ),
        ([" From the shed we saw it."], ["From the shed we saw it."]),
        (["    four spaces stay"], ["    four spaces stay"]),
    ],
)
def test_signatures_and_stuffed_lines(more: list[str], rows: list[str] | None) -> None:
    assert rows_of(*MAIL, *more) == (None if rows is None else [*WHOLE, *rows])


def test_quotations_keep_their_depth() -> None:
    quoted = [f"> {row}" for row in MAIL[:3]] + [f">> {row}" for row in MAIL[4:]]
    document = Cleaner(extractor="none").clean(
        "\n".join(["Ben wrote:", *quoted, "", *MAIL[:3]]), media_type="text/plain"
    )
    assert [(len(block.containers), block.text) for block in document.blocks] == [
        (0, "Ben wrote:"),
        (1, "".join(MAIL[:3])),
        (2, "".join(MAIL[4:])),
        (0, "".join(MAIL[:3])),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        ["milk ", "bread ", "ten eggs ", "butter"],
        ["The first line of a verse with its spaces  ", "and the second one, which has two more  ", "and an end"],
        [row.rstrip() for row in MAIL],
        [f"{row.rstrip()} " for row in MAIL],
        ["A title ", "", MAIL[0], MAIL[2], "", "Another title ", "", "x"],
    ],
)
def test_other_spaces_at_line_ends_say_nothing(rows: list[str]) -> None:
    assert rows_of(*rows) is None


def test_what_older_programs_sent_is_not_flowed() -> None:
    old = ["> A line that was broken by a program that knew nothing of", "> spaces, so that it goes on without one."]
    found = flowed([*old, *MAIL], Joiner("").join)
    assert found is not None
    assert not found.is_all
