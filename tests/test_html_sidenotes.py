"""Notes in the margin: they are footnotes of their paragraph."""

from __future__ import annotations

import pytest
from lxml import etree
from walked import Selectors, said

from cleaner.html.reader import HtmlSource
from cleaner.html.sidenotes import set_behind

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
        # What a script shows, and something else needs where it is.
        (
            "<table><tr><th>Length <a href=# aria-describedby=n>*</a><td>b<tr><td>c<td id=n>Metres at the keel.</table><p role=tooltip>d</p>",
            ["table: Length *\tb\nc\tMetres at the keel.", "paragraph: d"],
        ),
        (
            "<table><tr><th>Length <a href=# aria-describedby=n>*</a><td>b<tr><td>c<td><p id=n role=tooltip>Metres at the keel.</table>",
            ["table: Length *\tb\nc\tMetres at the keel."],
        ),
        (
            "<p>A <a href=# aria-describedby=n>1</a></p><ul><li>b<li id=n role=tooltip>One.</ul>",
            ["paragraph: A 1", "list_item item: b", "list_item item: One."],
        ),
        # A label that says something.
        (
            "<p>Go <label for=n>north by west</label><input id=n type=checkbox><span class=sidenote>One.</span> now.</p>",
            ["paragraph: Go north by west1 now.", "paragraph footnote: One."],
        ),
        (
            "<p>A<label for=n>(2)</label><input id=n type=checkbox><span class=sidenote>One.</span> b</p>",
            ["paragraph: A1 b", "paragraph footnote: One."],
        ),
        # Beside nothing.
        ("<p>A</p><p><span class=marginnote>One.</span></p>", ["paragraph: A", "paragraph: One."]),
        (f"<p>{TOGGLE}<span class=marginnote>One.</span> <b> </b></p>", ["paragraph: One."]),
        (
            "<div><p>A</p><span class=marginnote>One.</span><p>b</p></div>",
            ["paragraph: A", "paragraph: One.", "paragraph: b"],
        ),
        (
            "<p><i><span class=marginnote>One.</span></i> <b>A</b></p>",
            ["paragraph: 1 A", "paragraph footnote: One."],
        ),
        ("<h2>A<span class=sidenote>One.</span></h2>", ["heading2: AOne."]),
        ("<p>A <span class=sidenotes>b</span></p>", ["paragraph: A b"]),
    ],
)
def test_notes_in_the_margin(html: str, blocks: list[str]) -> None:
    assert [said(block) for block in HtmlSource(html).read(Selectors()).blocks] == blocks


@pytest.mark.parametrize(
    ("note", "is_one"),
    [
        ("<div id=n>One.</div>", True),
        ("<section><aside id=n><p>One.</p></aside></section>", True),
        ("<table><tr><td>b <small id=n>One.</small></table>", True),
        ("<ul><li><p>b</p><p id=n>One.</p></ul>", True),
        ("<table><tr><td id=n>One.</table>", False),
        ("<table><tr><td><p id=n>One.</p></table>", False),
        ("<ul><li id=n>One.</ul>", False),
        ("<dl><dt>b<dd><div id=n>One.</div></dl>", False),
        ("<main id=n><p>One.</p></main>", False),
        ("<h2 id=n>One.</h2>", False),
        (f"<div id=n><p>{'word ' * 300}</p></div>", False),
    ],
)
def test_what_is_taken_for_the_note_that_a_script_shows(note: str, is_one: bool) -> None:
    root = etree.HTML(f"<p>A <a href=# aria-describedby=n>1</a></p>{note}")
    before = etree.tostring(root)
    assert set_behind(root) is is_one
    assert (etree.tostring(root) == before) is not is_one
