"""Headings above the text that say who wrote it, or when."""

from __future__ import annotations

import re

import pytest

from cleaner import Cleaner

HEAD = """<head><title>The dry mill race</title><meta name="author" content="Ada Holm">
<meta property="article:published_time" content="2023-05-06"></head>"""
P = "<p>The mill race is dry, and the wheel has not turned since the spring, when the sluice was shut for good.</p>"


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("<h3>By Ada Holm</h3>", None),
        ("<h3>By ADA HOLM</h3>", None),
        ("<h3>By Holm</h3>", None),
        ("<h3>By Ada Holm, 6 May 2023</h3>", None),
        ("<h3>By Ada Holm | May 6, 2023</h3>", None),
        ("<h6>Saturday, 6 May 2023</h6>", None),
        ("<p>Mills</p><h4>Published 6 May 2023</h4>", None),
        # Another name is said nowhere else.
        ("<h3>By Per Lund</h3>", "paragraph"),
        ("<h3>By ADA HOLM and Per Lund</h3>", "paragraph"),
        ("<h3>By Ada Holm | Photos by Cy Orr</h3>", "paragraph"),
        ("<h3>By Ada Holm in Hamburg, Germany</h3>", "paragraph"),
        ("<h3>By Ada Holm Lund</h3>", "paragraph"),
        ("<h3>By Ada Holm, 7 May 2023</h3>", "paragraph"),
        ("<h3>7 May 2023</h3>", "heading"),
        ("<h3>The flood of 6 May 2023</h3>", "heading"),
        ("<h3>By the river</h3>", "heading"),
        ("<h3>Ada Holm</h3>", "heading"),
        # The text has begun.
        (f"{P}<h3>By Ada Holm</h3>", "heading"),
    ],
)
def test_a_byline_is_no_heading(heading: str, kind: str | None) -> None:
    page = f"{HEAD}<body><h1>The dry mill race</h1>{heading}{P}</body>"
    document = Cleaner(extractor="none").clean(page, media_type="text/html")
    said = heading.rpartition("<h")[2].partition(">")[2].partition("<")[0]
    found = next((block.kind for block in document.blocks if block.text == said), None)
    assert found == kind
    assert [r.reason for r in document.removed] == (["structure.byline"] if kind is None else [])


@pytest.mark.parametrize(
    ("author", "heading", "kind"),
    [
        ("Ada Holm, Per Lund", "By Per Lund and Ada Holm", None),
        ("Ada Maria Holm", "By Ada Maria", None),
        ("Ada", "By Ada Holm", "paragraph"),
    ],
)
def test_a_byline_goes_where_the_page_knows_all_its_names(author: str, heading: str, kind: str | None) -> None:
    page = f"{HEAD.replace('Ada Holm', author)}<body><h1>The dry mill race</h1><h3>{heading}</h3>{P}</body>"
    document = Cleaner(extractor="none").clean(page, media_type="text/html")
    assert next((block.kind for block in document.blocks if block.text == heading), None) == kind


def test_a_title_that_is_a_date_stays() -> None:
    page = f"<title>6 May 2023</title><h1>6 May 2023</h1>{P}"
    document = Cleaner(extractor="none").clean(page, media_type="text/html")
    assert document.blocks[0].role == "title"


def test_a_date_that_is_known_from_nowhere_else_is_a_paragraph() -> None:
    page = f"<title>The dry mill race</title><h1>The dry mill race</h1><h3>6 May 2023</h3>{P}"
    document = Cleaner(extractor="none").clean(page, media_type="text/html", url="https://mill.example/")
    assert [block.kind for block in document.blocks] == ["heading", "paragraph", "paragraph"]


def test_the_dates_of_a_diary_stay() -> None:
    page = f"{HEAD}<body><h1>The mill</h1><h3>6 May 2023</h3>{P}<h3>5 May 2023</h3>{P}</body>"
    document = Cleaner(extractor="none").clean(page, media_type="text/html")
    assert [block.text for block in document.blocks if block.kind == "heading"][-2:] == ["6 May 2023", "5 May 2023"]


CHANGES = "<h1>Changes</h1><h2>2024-03-01</h2>"


@pytest.mark.parametrize("head", ["", '<meta property="article:published_time" content="2024-03-01">'])
@pytest.mark.parametrize(
    "body",
    [
        f"{CHANGES}{P}",
        f"{CHANGES}<p>Pumps:</p><ul><li>New oil<li>New belts</ul>{P}",
        # Ways to go, and who goes there.
        f"<h1>To the mill</h1><h2>By Land Rover</h2>{P}<h2>By Sea</h2>{P}<h2>By Grand Central</h2>{P}",
        f"<h1>To the mill</h1><h2>By Sea</h2><h2>By Land Rover</h2>{P}",
        f"<h1>To the mill</h1><h2>By Grand Central</h2>{P}<h2>On foot</h2>{P}",
    ],
)
def test_sections_keep_their_headings(head: str, body: str) -> None:
    page = f"<head><title>Mill</title>{head}</head><body>{body}</body>"
    document = Cleaner(extractor="none").clean(page, media_type="text/html", url="https://mill.example/")
    assert [block.text for block in document.blocks if block.level == 2] == re.findall("<h2>(.*?)</h2>", body)


def test_a_byline_over_sections_goes_where_the_page_says_it_elsewhere() -> None:
    page = f"{HEAD}<body><h1>The dry mill race</h1><h2>By Ada Holm</h2>{P}<h2>The sluice</h2>{P}</body>"
    document = Cleaner(extractor="none").clean(page, media_type="text/html")
    assert [block.text for block in document.blocks if block.level == 2] == ["The sluice"]
