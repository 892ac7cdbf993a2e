"""Links within a page: those that lead nowhere are text."""

from __future__ import annotations

import json

import pytest

from cleaner import Cleaner

PLACES = (
    "<h2>The old quay</h2><div id=a></div><a name='b'></a><img src=/x.png id = 'cé'><table><tr><td id=\"e\">x</table>"
)


@pytest.mark.parametrize(
    ("href", "is_link"),
    [
        ("#a", True),
        ("#b", True),
        ("#c%C3%A9", True),
        ("#e", True),
        ("#the-old-quay", True),
        ("#x", False),
        ("#S3.F1", False),
        # What scripts and browsers read.
        ("#/boats", True),
        ("#!boats", True),
        ("#:~:text=oak", True),
        ("/page#x", True),
        # The top of the page.
        ("#top", True),
        ("#Top", True),
    ],
)
def test_links_to_places_that_a_page_does_not_have(href: str, is_link: bool) -> None:
    page = f"{PLACES}<p>See <a href='{href}'>there</a>.</p><table><tr><td>y<td><a href='{href}'>z</a></table>"
    document = Cleaner(extractor="none").clean(page, media_type="text/html")
    text = next(block for block in document.blocks if block.text == "See there.")
    assert bool(text.spans) is is_link


@pytest.mark.parametrize(
    ("id", "href"),
    [
        ("a&amp;b", "#a&amp;b"),
        ("&Uuml;ber", "#&Uuml;ber"),
        ("&Uuml;ber", "#%C3%9Cber"),
        ("my sec", "#my%20sec"),
        ("my sec", "#my sec"),
        ("it's", "#it's"),
        ("%E4%BB%8B", "#%E4%BB%8B"),
        ("a>b", "#a>b"),
    ],
)
def test_names_are_compared_as_browsers_do(id: str, href: str) -> None:
    assert link(f'<div id="{id}">x</div><p><a href="{href}">there</a></p>')
    assert not link(f'<pre>id="y"</pre><div title="id=y {id}">x</div><p><a href="#y">there</a></p>')


def test_names_in_what_is_not_shown_count() -> None:
    assert link("<p><a href=#a>there</a></p><div hidden><p id=a>Old</div>")


@pytest.mark.parametrize(
    ("base", "url", "is_link"),
    [
        ("/other/", None, True),
        ("/other/", "https://quay.example/boats", True),
        ("/boats", "https://quay.example/boats", False),
        ("https://quay.example/boats", "https://quay.example/boats#x", False),
        ("", None, False),
        ("//[", "https://quay.example/boats", True),
    ],
)
def test_links_stay_where_a_base_leads_them_elsewhere(base: str, url: str | None, is_link: bool) -> None:
    page = f"<head><base href='{base}'></head><body><p><a href=#far>there</a></p></body>"
    assert link(page, url=url) is is_link


def test_links_stay_where_the_names_of_a_page_are_not_known() -> None:
    text = '<p>See <a href="#x2">there</a>.</p>' + "<p>The quay is old, and nobody knows who built it.</p>" * 8
    data = json.dumps({"props": {"body": text}})
    assert link(f"<body><div id=app></div><script type='application/json'>{data}</script></body>")


def link(page: str, url: str | None = None) -> bool:
    document = Cleaner(extractor="none").clean(page, media_type="text/html", url=url)
    block = next(block for block in document.blocks if "there" in block.text)
    return bool(block.spans)
