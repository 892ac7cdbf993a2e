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
        # Notes that a script shows.
        (
            "<p>A<sup><a href='javascript:void(0)' aria-describedby=m1>1</a></sup><span id=m1 role=tooltip>One.</span> b</p>",
            ["paragraph: A1 b", "paragraph footnote: One."],
        ),
        (
            "<p>A<span data-definition=x><a href=#>*</a></span> b</p><p>c</p><aside style='display:none' class=fn id=x>One.</aside>",
            ["paragraph: A1 b", "paragraph: c", "paragraph footnote: One."],
        ),
        (
            "<p>All of oak <a href=/b aria-describedby=t>b</a></p><div id=t hidden>A tip.</div>",
            ["paragraph: All of oak b"],
        ),
        ("<p>A <a href=#b aria-describedby>1</a></p><p role=tooltip>b</p>", ["paragraph: A 1", "paragraph: b"]),
        ("<p>A <a href=#b aria-describedby=none>1</a></p>", ["paragraph: A 1"]),
        ("<p>A <a href=#b aria-describedby=t>boat</a></p><div id=t hidden>A tip.</div>", ["paragraph: A boat"]),
        ("<h2>A<span class=sidenote>One.</span></h2>", ["heading2: AOne."]),
        ("<p>A <span class=sidenotes>b</span></p>", ["paragraph: A b"]),
    ],
)
def test_notes_in_the_margin(html: str, blocks: list[str]) -> None:
    assert [said(block) for block in HtmlSource(html).read(Selectors()).blocks] == blocks
