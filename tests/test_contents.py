"""Tables of contents: what they are, and which line goes with them."""

from __future__ import annotations

import pytest
from written import read

from cleaner.content.contents import tables_of_contents

SECTIONS = "<h2 id=a>1. Tides</h2><p>x</p><h2 id=b>Boats</h2><p>y</p><h3 id=c>Of oak</h3><p>z</p>"
LINKS = "<ul><li><a href=#a>Tides</a><li><a href=#b>2. Boats</a> ↓<ul><li><a href=/p#c>Of oak</a></ul></ul>"
OWN = "https://quay.example/p"


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        (LINKS, ["Tides", "2. Boats ↓", "Of oak"]),
        (f"<h2>Contents</h2>{LINKS}", ["Contents", "Tides", "2. Boats ↓", "Of oak"]),
        (f"<p>In this article:</p>{LINKS}", ["In this article:", "Tides", "2. Boats ↓", "Of oak"]),
        (f"<p><b>Jump to</b></p>{LINKS}", ["Jump to", "Tides", "2. Boats ↓", "Of oak"]),
        ("<p><a href=#a>Tides</a></p><p><a href=#b>Boats</a></p><p><a href=#x>All</a></p>", ["Tides", "Boats", "All"]),
        # What else stands above them.
        (f"<h1>The quay</h1>{LINKS}", ["Tides", "2. Boats ↓", "Of oak"]),
        (f"<h2>The quay</h2>{LINKS}<p>Old.</p>", ["Tides", "2. Boats ↓", "Of oak"]),
        (f"<p>It is old.</p>{LINKS}", ["Tides", "2. Boats ↓", "Of oak"]),
        # Links that lead elsewhere, or say more.
        ("<ul><li><a href=#a>Tides</a><li><a href=#b>Boats</a></ul>", []),
        ("<ul><li><a href=/a>Tides</a><li><a href=/b>Boats</a><li><a href=/c>Of oak</a></ul>", []),
        ("<ul><li><a href=#a>Sun</a><li><a href=#b>Moon</a><li><a href=#c>Of oak</a></ul>", []),
        ("<ul><li><a href=#a>Tides</a> come twice<li><a href=#b>Boats</a> rot<li><a href=#c>Of oak</a></ul>", []),
    ],
)
def test_what_is_a_table_of_contents(html: str, texts: list[str]) -> None:
    page = read(f"{html}{SECTIONS}")
    found = tables_of_contents(page, OWN)
    assert [page.blocks[number].text for number in sorted(found)] == texts


def linked(to: str) -> str:
    return "".join(
        f"<li><a href='{to}#{name}'>{text}</a>" for name, text in zip("abc", ("Tides", "Boats", "Of oak"), strict=True)
    )


@pytest.mark.parametrize(
    ("to", "url", "head", "is_own"),
    [
        ("", None, "", True),
        ("/p", OWN, "", True),
        ("p", OWN, "", True),
        (OWN, OWN, "", True),
        (OWN, f"{OWN}#a", "", True),
        (OWN, None, f"<link rel=canonical href='{OWN}'>", True),
        (OWN, f"{OWN}?from=rss", f"<link rel=canonical href='{OWN}'>", True),
        ("", OWN, "<base href='/p'>", True),
        ("p", OWN, "<base href='/'>", True),
        # Another page's places, which may be called alike.
        ("/chain.html", OWN, "", False),
        ("/p", None, "", False),
        ("https://other.example/p", OWN, "", False),
        ("", OWN, "<base href='/chain.html'>", False),
        ("//[", OWN, "", False),
    ],
)
def test_a_table_of_contents_leads_to_its_own_page(to: str, url: str | None, head: str, is_own: bool) -> None:
    page = read(f"<head>{head}</head><body><p>Compare these guides:</p><ul>{linked(to)}</ul>{SECTIONS}</body>")
    assert bool(tables_of_contents(page, url)) is is_own
