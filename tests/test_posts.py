"""Posts, when it is known which blocks stay: authors, dates, and bylines that repeat them."""

from __future__ import annotations

import pytest

from cleaner.document import Container
from cleaner.page.candidate import Candidate, Decision
from cleaner.page.page import Page
from cleaner.page.posts import PostHead
from cleaner.posts import settle

ADA = PostHead("Ada", ("6 May 2023, 08:12",), ("6 May 2023, 08:12",))
TEXT = "The mill race is dry, and the wheel has not turned since the spring."


def page_of(*texts: str, head: PostHead = ADA) -> Page:
    return Page(
        blocks=[Candidate("paragraph", text, containers=(Container("post", 1),)) for text in texts], posts={1: head}
    )


def kept(page: Page) -> list[str]:
    settle(page)
    return [block.text for block in page.blocks if block.kept]


@pytest.mark.parametrize(
    ("head", "author", "date"),
    [
        (ADA, "Ada", "2023-05-06"),
        (PostHead("by Ada", ()), "Ada", None),
        (PostHead("Posted by: Ada,", ("2 days ago", "2023-05-06")), "Ada", "2023-05-06"),
        (PostHead("May 6, 2023", ()), None, None),
        (PostHead("byron", ()), "byron", None),
        (PostHead("Ada says:", ()), "Ada", None),
        (PostHead("Ada schrieb", ()), "Ada", None),
    ],
)
def test_a_post_gets_its_author_and_date(head: PostHead, author: str | None, date: str | None) -> None:
    page = page_of(TEXT, head=head)
    settle(page)
    assert page.blocks[0].containers == (Container("post", 1, author=author, date=date),)


@pytest.mark.parametrize(
    "byline",
    ["Ada", "Ada 6 May 2023, 08:12", "6 May 2023, 08:12 #3", "Ada (Member) wrote on 6 May 2023, 08:12", "Ada says:"],
)
def test_bylines_above_the_text_go(byline: str) -> None:
    page = page_of(byline, TEXT)
    assert kept(page) == [TEXT]
    assert page.blocks[0].decided == Decision("drop", "structure.post")


def test_bylines_below_the_text_go_if_they_have_the_date() -> None:
    assert kept(page_of(TEXT, "answered 6 May 2023, 08:12", "Ada")) == [TEXT]
    assert kept(page_of(TEXT, "Cheers, Ada")) == [TEXT, "Cheers, Ada"]
    assert kept(page_of(TEXT, "Ada")) == [TEXT, "Ada"]


@pytest.mark.parametrize(
    "text",
    [
        "Ada, what is it that you did on that day?",
        "Thanks!",
        "7 May 2023",
        TEXT,
        "Thanks a lot, Ada",
        "No, Ada disagrees.",
        "Ada disagrees.",
        "Cheers - Ada",
        "It closed 6 May 2023, 08:12.",
        "Ada sold it 6 May 2023, 08:12 already.",
    ],
)
def test_what_says_something_stays(text: str) -> None:
    assert kept(page_of(text)) == [text]


@pytest.mark.parametrize(
    ("texts", "left"),
    [
        (["Ada", "Thanks a lot, Ada"], ["Thanks a lot, Ada"]),
        (["Ada", "No, Ada disagrees."], ["No, Ada disagrees."]),
        (["Ada", "Moderator Ada"], ["Moderator Ada"]),
        (["Ada", "It closed 6 May 2023, 08:12"], ["It closed 6 May 2023, 08:12"]),
        (["Ada", "Posted on 6 May 2023, 08:12 #3", TEXT], [TEXT]),
        (["Ada", "6 May 2023, 08:12", "Ada", TEXT], [TEXT]),
    ],
)
def test_behind_a_byline_only_others_go(texts: list[str], left: list[str]) -> None:
    assert kept(page_of(*texts)) == left


def test_other_blocks_stay() -> None:
    page = page_of("Ada", "Ada", "Ada", TEXT)
    page.blocks[0].containers = ()
    page.blocks[1].decided = Decision("keep", "own.names", "own.yaml:3")
    page.blocks[2].kind = "code"
    assert kept(page) == ["Ada", "Ada", "Ada", TEXT]
    assert page.blocks[0].containers == ()
