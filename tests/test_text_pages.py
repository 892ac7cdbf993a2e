"""Printed pages in flattened text: what stands at their edges goes, and what they cut is whole again."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

import pytest

from cleaner import Cleaner, Document

SENTENCES = [
    "The lock keeper's house was the last on the canal, and whoever came by boat after dark had to call for him twice.",
    "He kept bees behind the weir and sold the honey to the captains, who paid with coal, rope and stories of the coast.",
    "In a wet spring the gates would not close, so that he stood in the water for days with two men from the village.",
    "Nobody wrote down how many barges went through in those years, but the toll book has survived, and it is thick.",
    "When the railway came, the canal was given up, and the house stood empty until a painter from the north rented it.",
    "She painted the weir in every light that there is, and some of these pictures are now in the town hall of Averley.",
    "The gates have been repaired with money from the lottery, and on Sundays a boat takes visitors up to the old mill.",
]
PARAGRAPHS = [" ".join(SENTENCES[n % 7 :] + SENTENCES[: n % 7]) for n in range(12)]
ROWS = "\n\n".join(textwrap.fill(text, 70) for text in PARAGRAPHS).split("\n")
SIZE = 17
COUNT = -(-len(ROWS) // SIZE)

Edge = Callable[[int], str]


def printed(head: Edge, foot: Edge, rows: list[str] = ROWS, size: int = SIZE) -> str:
    """The rows on pages, with a head and a foot on each by its number, where these are not empty."""
    pages = []
    for number in range(-(-len(rows) // size)):
        top, bottom = head(number + 1), foot(number + 1)
        body = rows[size * number : size * (number + 1)]
        pages.append("\n".join([*([top, ""] if top else ()), *body, *(["", bottom] if bottom else ())]))
    return "\n\n".join(pages) + "\n"


def cleaned(text: str) -> Document:
    return Cleaner().clean(text, media_type="text/plain")


def nothing(page: int) -> str:
    return ""


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        (nothing, "{}".format),
        (nothing, "- {} -".format),
        (nothing, "[{}]".format),
        (nothing, f"{{}}/{COUNT}".format),
        (nothing, f"{{}} of {COUNT}".format),
        (nothing, f"Page {{}} of {COUNT}".format),
        (nothing, f"Averley Canal Trust, page {{}} of {COUNT}".format),
        (nothing, f"Seite {{}} von {COUNT}".format),
        (nothing, f"Página {{}} de {COUNT}".format),
        (nothing, f"Strona {{}} z {COUNT}".format),
        (nothing, f"Стр. {{}} из {COUNT}".format),
        (nothing, f"صفحة {{}} من {COUNT}".format),
        (nothing, f"第 {{}} 页 共 {COUNT} 页".format),
        (nothing, "{} | P a g e".format),
        (nothing, "Averley Canal Trust | Page {} | Draft".format),
        ("The Canal at Averley".format, nothing),
        ("The Canal at Averley".format, "{}".format),
        ("{}   The Canal at Averley".format, nothing),
        ("The Canal at Averley - {}".format, nothing),
        (lambda n: f"{n}   THE CANAL" if n % 2 else f"THE CANAL   {n}", nothing),
        (lambda n: f"{n}   THE CANAL" if n % 2 else f"THE LOCK KEEPER   {n}", nothing),
        (lambda n: "THE CANAL" if n % 2 else "THE LOCK KEEPER", "{}".format),
        (
            "3/14/24, 9:05 PM                The canal at Averley - Averley Canal Trust".format,
            f"https://averley.example/canal/2024/03                        {{}}/{COUNT}".format,
        ),
        (nothing, lambda n: ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"][n - 1]),
        (nothing, lambda n: f"© 2023 Averley Canal Trust          {n} | {COUNT}"),
        ("Averley Canal Trust".format, "www.averley.example".format),
        (
            lambda n: f"{n + 40}  AVERLEY" if n % 2 else f"{('THE LOCK', 'THE BEES', 'THE WEIR')[n // 4]}  {n + 40}",
            nothing,
        ),
        ("14.03.24, 21:05      Der Kanal von Averley".format, f"https://averley.example/kanal  {{}}/{COUNT}".format),
    ],
)
def test_edges_of_pages_go_and_paragraphs_are_whole(head: Edge, foot: Edge) -> None:
    document = cleaned(printed(head, foot))
    assert [block.text for block in document.blocks] == PARAGRAPHS
    edges = [edge(number + 1) for number in range(COUNT) for edge in (head, foot) if edge(1)]
    assert sorted(gone.text.split() for gone in document.removed) == sorted(map(str.split, edges))
    assert {gone.reason for gone in document.removed} <= {"text.printed", "legal.copyright"}


@pytest.mark.parametrize("count", [1, 2])
def test_few_pages_are_enough_where_they_say_how_many_there_are(count: int) -> None:
    rows = ROWS[: SIZE * count - 3]
    text = printed(lambda n: f"{n}   The Canal" if n % 2 else f"The Canal   {n}", f"Page {{}} of {count}".format, rows)
    gone = [removal.text for removal in cleaned(text).removed]
    assert f"Page {count} of {count}" in gone
    assert count == 1 or "The Canal 2" in map(" ".join, map(str.split, gone))


def test_pages_cut_lines_that_are_whole_paragraphs() -> None:
    texts = [f"In {year} the keeper wrote: {SENTENCES[year % 7]}" for year in range(1870, 1894)]
    lines = texts[:]
    for page in range(1, 5):
        cut = 6 * page - 1
        lines[cut] = texts[cut].replace(", ", f",\n\n{page}\n\n", 1)
    assert [block.text for block in cleaned("\n\n".join(lines)).blocks] == texts


def test_a_page_may_end_with_a_paragraph() -> None:
    parts = [textwrap.wrap(text, 70) for text in PARAGRAPHS[:3]]
    rows = [row for part in parts for row in [*part, *[""] * (13 - len(part))]]
    document = cleaned(printed(nothing, "Page {}".format, rows, 13))
    assert [block.text for block in document.blocks] == PARAGRAPHS[:3]


@pytest.mark.parametrize(
    "label",
    ["Step {}", "Question {} of 12", "Figure {}", "{}. The lock", "Lock {}:", "Sunday, {} May", "Room {}", "- {} -"],
)
def test_what_recurs_between_paragraphs_stays(label: str) -> None:
    parts = [
        part for number in range(1, 13) for part in (label.format(number), textwrap.fill(PARAGRAPHS[number - 1], 70))
    ]
    for gap in ("\n", "\n\n"):
        assert not cleaned(gap.join(parts)).removed


def test_a_refrain_is_no_running_head() -> None:
    verse = [
        "we rowed along the water",
        "with nothing in the hold",
        "the captain and his daughter",
        "were singing in the cold",
    ]
    stanzas = [[*verse[:2], f"we counted {n} bridges", *verse[2:], "o row along, my brothers"] for n in range(20, 30)]
    document = cleaned("\n\n".join("\n".join(stanza) for stanza in stanzas))
    assert not document.removed


def test_numbers_of_a_list_that_lacks_punctuation_stay() -> None:
    steps = [f"Step {n}\nmix the flour with {n} eggs and wait" for n in range(1, 9)]
    assert not cleaned("\n".join(steps)).removed


@pytest.mark.parametrize("text", ["\f", "\f\f\f", "\n\f\n", "1\n\f2\n\f3"])
def test_pages_may_be_empty(text: str) -> None:
    assert [warning.code for warning in cleaned(text).warnings] in (["page.empty"], [])
