"""Notes in the margin: they are footnotes of their paragraph."""

from __future__ import annotations

import pytest
from walked import Selectors, said

from cleaner.html.reader import HtmlSource

TOGGLE = "<label for=sn class=margin-toggle>+</label><input type=checkbox id=sn>"


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        (
            f"<p>A mill.{TOGGLE}<span class=sidenote>Of <i>oak</i>.</span> Old.</p><p>b</p>",
            ["paragraph: A mill.1 Old.", "paragraph footnote: Of oak.", "paragraph: b"],
        ),
        (
            "<p>A<span class=sidenote>One.</span> b<small class='x marginnote'>Two.</small></p>",
            ["paragraph: A1 b2", "paragraph footnote: One.", "paragraph footnote: Two."],
        ),
        (
            "<ul><li>A<span class=sidenote>One.</span><li>b</ul>",
            ["list_item item: A1", "paragraph footnote: One.", "list_item item: b"],
        ),
        # Its own number, and the same note once more at the foot of the page.
        ("<p>A<span class=sidenote><sup>7</sup> One.</span></p>", ["paragraph: A1", "paragraph footnote: One."]),
        (
            f"<p>A{TOGGLE}<span class=sidenote><sup>1</sup> One.</span></p><div role=doc-footnote id=fn1>One.</div>",
            ["paragraph: A1", "paragraph footnote: One."],
        ),
        ("<h2>A<span class=sidenote>One.</span></h2>", ["heading2: AOne."]),
        ("<p>A <span class=sidenotes>b</span></p>", ["paragraph: A b"]),
    ],
)
def test_notes_in_the_margin(html: str, blocks: list[str]) -> None:
    assert [said(block) for block in HtmlSource(html).read(Selectors()).blocks] == blocks
