"""What repeats over the pages of a site, and what only looks like it."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import documents, examples

from cleaner import Block, Container, Document, Removal
from cleaner.repeats import (
    FEWEST,
    REASON,
    SiteRepeats,
    count_repeats,
    page_keys,
    repeats_of,
    site_of,
    without_repeats,
)
from cleaner.repeats.counting import least_pages

BOX = "Harbour Notes is a letter that we send on Fridays to all who like boats, tides and old harbours."
ABOUT = "Ines Falk writes about the coast, its people and their trades, and has lived by the sea all her life."
COOKIES = "We store cookies in your browser so that this page can remember what you like to see here."
CHINESE = "关注港口通讯，每周五我们把潮汐、船只和老港口的故事寄给您，随时可以退订。"
PAGES = 12


def own(page: int, part: str = "a", words: int = 30) -> str:
    """A paragraph that only this page has."""
    return " ".join(f"{part}{page}w{number}" for number in range(words))


def made(*texts: str) -> Document:
    """A document of blocks: "# ..." is a heading, "- ..." an item, "` ..." code, "! ..." an image, "x ..." removed."""
    blocks: list[Block] = []
    removed: list[Removal] = []
    for index, text in enumerate(texts):
        sign, rest = text[:2], text[2:]
        if sign == "x ":
            removed.append(Removal(rest, "content.score", index=index, before=len(blocks)))
        elif sign == "# ":
            blocks.append(Block("heading", rest, 2))
        elif sign == "- ":
            blocks.append(Block("list_item", rest, containers=(Container("item", index + 1, False, list=1),)))
        elif sign == "` ":
            blocks.append(Block("code", rest))
        elif sign == "! ":
            blocks.append(Block("image", src=rest, alt=f"a picture of {rest}"))
        elif sign == "--":
            blocks.append(Block("rule"))
        else:
            blocks.append(Block("paragraph", text))
    return Document(blocks=tuple(blocks), removed=tuple(removed))


def cleaned(pages: list[Document]) -> list[Document]:
    repeats = repeats_of(page_keys(page) for page in pages)
    return [without_repeats(page, repeats, "example.com") for page in pages]


def dropped(document: Document) -> list[str]:
    return [removal.text for removal in document.removed if removal.reason == REASON]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param([BOX], [BOX], id="a box under the text"),
        pytest.param([BOX, "{own}"], [BOX], id="a box in the text"),
        pytest.param(["# About the author", ABOUT], ["About the author", ABOUT], id="an author box"),
        pytest.param(["# About the author", "! ines.jpg", ABOUT], None, id="an author box with a picture"),
        pytest.param(
            ["- The best walks of the coast", "- Ten boats for small purses", "- How to read a tide table"],
            ["The best walks of the coast", "Ten boats for small purses", "How to read a tide table"],
            id="a list of related pages, of which none is long",
        ),
        pytest.param(["# Read next", f"x {BOX}"], ["Read next"], id="a heading over what the score has removed"),
        pytest.param(["# Sources", "{own}"], [], id="a heading that recurs"),
        pytest.param(["Thanks for reading!"], [], id="a phrase that recurs"),
        pytest.param([BOX, "# Ingredients", "- {own}"], [BOX], id="a heading that recurs under a box"),
        pytest.param([BOX, "Serves four", "{own}"], [BOX], id="a label that recurs under a box"),
        pytest.param([f"x {BOX}", "# Ingredients", "- {own}"], [], id="a heading under what the score has removed"),
        pytest.param(["` import boats\n" * 9], [], id="code"),
        pytest.param(
            ["# Install", "Get the tools from the index:", "` pip install tides boats"], [], id="what code is for"
        ),
        pytest.param([CHINESE], [CHINESE], id="a box in Chinese"),
        pytest.param(["{own} " + BOX], [], id="a block that differs in one sentence"),
        pytest.param(["# Chapter {page}", BOX], [BOX], id="a heading that differs over a box"),
        pytest.param(
            ["- Type: string of any length", "- Required: no, or yes", "- Default: nothing", "{own}"] * 2,
            [],
            id="short items that each page has several times",
        ),
        pytest.param(
            ["- Type: string of any length", "{own}", "- Required: no, or yes", "{own}", "- Default: nothing"],
            [],
            id="short items that never stand together",
        ),
        pytest.param(["--", BOX, "--"], [BOX], id="between thematic breaks"),
    ],
)
def test_what_goes_from_each_page_of_a_site(texts: list[str], expected: list[str] | None) -> None:
    pages = [
        made(own(page), *(text.format(own=own(page, f"b{n}"), page=page) for n, text in enumerate(texts)))
        for page in range(PAGES)
    ]
    for page in cleaned(pages):
        if expected is None:
            assert page.blocks == page.blocks[:1] and page.removed[1].text == "a picture of ines.jpg"
        else:
            assert dropped(page) == expected
        assert page.blocks[-1].kind != "rule"


@pytest.mark.parametrize(
    ("pages", "with_box", "goes"),
    [
        (4, 4, False),  # chance is enough for four of four
        (5, 5, True),
        (5, 4, False),
        (12, 8, True),
        (12, 7, False),
        (100, 34, True),
        (100, 33, False),
    ],
)
def test_on_how_many_pages_a_text_must_be(pages: int, with_box: int, goes: bool) -> None:
    site = [made(own(page), *([BOX] if page < with_box else [])) for page in range(pages)]
    assert dropped(cleaned(site)[0]) == ([BOX] if goes else [])


def test_the_fewest_pages_over_which_a_text_repeats() -> None:
    assert least_pages(FEWEST) == FEWEST and least_pages(FEWEST - 1) > FEWEST
    least = [least_pages(pages) for pages in range(FEWEST, 2000)]
    assert least == sorted(least)
    assert least_pages(100_000) == pytest.approx(20_000, rel=0.03)


def test_a_text_that_most_pages_have_removed_goes_from_those_that_kept_it() -> None:
    site = [made(own(page), f"x {BOX}") for page in range(PAGES - 1)]
    assert dropped(cleaned([*site, made(own(PAGES), BOX)])[-1]) == [BOX]


def test_a_removal_says_of_which_site_and_on_how_many_of_its_pages_the_text_is() -> None:
    site = [made(own(page), *([BOX] if page else [])) for page in range(PAGES)]
    [removal] = cleaned(site)[1].removed
    assert (removal.source, removal.index, removal.before) == ("example.com: 11 of 12 pages", 1, 1)
    [removal] = without_repeats(site[1], repeats_of(map(page_keys, site))).removed
    assert removal.source == "11 of 12 pages"


COPIES = {
    "the same page again": lambda n: made(own(0), BOX),
    "for print": lambda n: made(*(f"{own(0)} {part}" for part in range(5) if part != n % 5)),
    "with other words under it": lambda n: made(own(0), own(0, "c"), own(n, "copy", 20)),
}


@pytest.mark.parametrize(
    ("kind", "others"),
    [
        ("the same page again", 0),
        ("the same page again", 12),
        ("for print", 0),
        ("for print", 12),
        ("with other words under it", 12),
    ],
)
def test_copies_of_a_page_do_not_make_its_text_repeat(kind: str, others: int) -> None:
    site = [COPIES[kind](number) for number in range(8)] + [made(own(page)) for page in range(100, 100 + others)]
    assert cleaned(site) == site


def test_what_repeats_goes_from_a_site_of_which_every_page_is_there_twice() -> None:
    site = [made(own(page), BOX, *extra) for page in range(PAGES) for extra in ((), (own(page, "more", 9),))]
    assert [dropped(page) for page in cleaned(site)] == [[BOX]] * 2 * PAGES


def test_a_page_that_is_about_what_repeats_keeps_it() -> None:
    about = made("# About us", BOX, ABOUT)
    site = [made(own(page), BOX, ABOUT) for page in range(PAGES)]
    *others, page = cleaned([*site, about])
    assert page == about
    assert all(dropped(other) == [BOX, ABOUT] for other in others)


def test_a_page_with_little_text_is_rid_of_what_repeats() -> None:
    site = [made(own(page, words=8), BOX, ABOUT, COOKIES) for page in range(PAGES)]
    assert dropped(cleaned(site)[0]) == [BOX, ABOUT, COOKIES]


def test_a_refrain_stays() -> None:
    refrain = "And the tide comes in"
    site = [made(*(f"{own(page, verse)}\n{refrain}" for verse in "abc"), refrain, refrain) for page in range(PAGES)]
    assert cleaned(site) == site


def test_the_title_stays() -> None:
    title = Block("heading", BOX, 1, "title")
    site = [replace(made(own(page)), blocks=(title, *made(own(page)).blocks)) for page in range(PAGES)]
    assert cleaned(site) == site


def test_containers_count_from_one_again() -> None:
    box = ["- The best walks of the coast", "- Ten boats for small purses", "- How to read a tide table"]
    site = [made(*box, own(page), f"- {own(page, 'item')}") for page in range(PAGES)]
    block = cleaned(site)[0].blocks[-1]
    assert [container.key for container in block.containers] == [1]


def test_keys_may_come_from_columns() -> None:
    pages = [page_keys(made(own(page), BOX)) for page in range(PAGES)]
    found = repeats_of(np.array(page) for page in pages)
    assert found == repeats_of(pages) and json.dumps(found.to_dict())


def test_sites_are_told_apart() -> None:
    pages = [(f"{number % 3}.example", made(own(number), BOX)) for number in range(30)]
    pages += [("3.example", made(own(number, "z"))) for number in range(30)]
    repeats = count_repeats((site, page_keys(page)) for site, page in pages)
    assert {site: len(found.texts) for site, found in repeats.items()} == {
        "0.example": 1,
        "1.example": 1,
        "2.example": 1,
        "3.example": 0,
    }
    assert not repeats["3.example"]


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.Example.com/a?b", "example.com"),
        ("http://news.example.com:8080/", "news.example.com"),
        ("https://example.com./", "example.com"),
        ("example.com/a", ""),
        ("file:///a/b.html", ""),
        ("https://[half", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_the_site_of_an_address(url: str | None, site: str) -> None:
    assert site_of(url) == site


def test_keys_are_the_same_in_every_process_and_are_exact_in_json() -> None:
    assert page_keys(made("# One, two!", "x three")) == page_keys(made("ONE two", "x Three.")) == KEYS
    assert page_keys(made("# * * *", "--")) == []


KEYS = [274266467409925, 1784207091127810]


@examples(30)
@given(st.lists(documents(), max_size=8))
def test_keys_and_repeats_of_any_documents(site: list[Document]) -> None:
    keys = [page_keys(page) for page in site]
    assert all(0 <= key < 1 << 53 for page in keys for key in page)
    repeats = repeats_of(keys)
    assert repeats == repeats_of(reversed(keys)) and repeats.pages <= len(site)
    assert SiteRepeats.from_dict(json.loads(json.dumps(repeats.to_dict()))) == repeats
    for page in site:
        after = without_repeats(page, repeats)
        assert Document.from_dict(after.to_dict()) == after
        assert after.to_markdown() is not None


parts = st.lists(st.sampled_from([BOX, ABOUT, COOKIES, f"x {BOX}", "# Sources", "- Yes", "own"]), max_size=8)


@given(st.lists(parts, min_size=1, max_size=16))
def test_what_differs_from_page_to_page_stays_and_small_sites_lose_nothing(site: list[list[str]]) -> None:
    pages = [
        made(*(own(page, f"p{n}") if text == "own" else text for n, text in enumerate(texts)))
        for page, texts in enumerate(site)
    ]
    for before, after in zip(pages, cleaned(pages), strict=True):
        gone = dropped(after)
        assert {BOX, ABOUT, COOKIES, "Sources", "Yes"}.issuperset(gone)
        if len(pages) < FEWEST:
            assert after == before
        assert sorted([*(block.text for block in after.blocks), *gone]) == sorted(block.text for block in before.blocks)
