"""Links within a page: those that lead nowhere are text."""

from __future__ import annotations

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
    ],
)
def test_links_to_places_that_a_page_does_not_have(href: str, is_link: bool) -> None:
    page = f"{PLACES}<p>See <a href='{href}'>there</a>.</p><table><tr><td>y<td><a href='{href}'>z</a></table>"
    document = Cleaner(extractor="none").clean(page, media_type="text/html")
    text = next(block for block in document.blocks if block.text == "See there.")
    assert bool(text.spans) is is_link
