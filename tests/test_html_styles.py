"""What styles say of an element's text: its place in the line, its weight, its size."""

from __future__ import annotations

import pytest
from walked import walked

from cleaner.document import SpanKind
from cleaner.html.styles import is_large, shows_inline, shows_line, styled


@pytest.mark.parametrize(
    ("style", "inline", "line"),
    [
        ("display:inline", True, False),
        ("color: red; display : inline !important;", True, False),
        ("display:inline-block", False, False),
        ("display:block", False, True),
        ("color:red; DISPLAY: flex", False, True),
        ("x-display:inline", False, False),
        ("x-display:block", False, False),
        ("display:none", False, False),
    ],
)
def test_the_place_in_the_line(style: str, inline: bool, line: bool) -> None:
    assert (shows_inline(style), shows_line(style)) == (inline, line)


@pytest.mark.parametrize(
    ("kind", "style", "expected"),
    [
        (None, "font-weight:bold", "strong"),
        (None, "color:red;font-weight: 700", "strong"),
        (None, "font-weight:400", None),
        (None, "mso-bidi-font-weight:bold", None),
        ("strong", "font-weight:normal", None),
        ("strong", "mso-bidi-font-weight:normal", "strong"),
        (None, "font-style:italic", "emphasis"),
        ("emphasis", "font-style:normal", None),
        (None, "font-weight:bold;font-style:italic", "strong"),
        ("emphasis", "font-weight:bold", "strong"),
        ("emphasis", "font-weight:400;font-style:italic", "emphasis"),
        ("link", "font-weight:bold", "link"),
        ("code", "font-style:italic", "code"),
    ],
)
def test_the_weight_and_the_slant(kind: SpanKind | None, style: str, expected: SpanKind | None) -> None:
    assert styled(kind, style) == expected


@pytest.mark.parametrize(
    ("attributes", "large"),
    [
        ({"size": "+1"}, True),
        ({"size": "4"}, True),
        ({"size": "3"}, False),
        ({"size": "-1"}, False),
        ({"size": "40"}, False),
        ({"style": "font-size:18px"}, True),
        ({"style": "font-size: 13.5pt"}, False),
        ({"style": "font-size:1.5em"}, True),
        ({"style": "font-size:110%"}, False),
        ({"style": "font-size:xx-large"}, True),
        ({"style": "font-size:larger"}, True),
        ({"style": "font-size:small"}, False),
        ({"style": "font-family:x"}, False),
        ({}, False),
    ],
)
def test_the_size(attributes: dict[str, str], large: bool) -> None:
    assert is_large(attributes) is large


@pytest.mark.parametrize(
    ("html", "prominent"),
    [
        ("<p><font size=+2>A</font></p>", True),
        ("<p><font size=+2>A</font> b</p>", False),
        ("<p style='font-size:20px'>A</p>", True),
        ("<div class=section-title>A</div>", True),
        ("<p><span class='x entryTitle'>A</span></p>", True),
        ("<p class=site-title>A</p>", False),
        ("<p class=untitled>A</p>", False),
        ("<p class=title><b>A</b> b</p>", True),
        ("<p>A</p>", False),
    ],
)
def test_what_is_set_off(html: str, prominent: bool) -> None:
    (block,) = walked(html).blocks
    assert block.is_prominent is prominent


def test_a_style_makes_a_span() -> None:
    (block,) = walked("<p>A <span style='font-weight:bold'>b</span> <b style='font-weight:normal'>c</b></p>").blocks
    assert [(span.kind, block.text[span.start : span.end]) for span in block.spans] == [("strong", "b")]


def test_cells_of_tables_have_no_marks_of_their_size() -> None:
    page = walked("<table><tr><th>A<th>b<tr><td><font size=+2>c</font><td class=title>d</table>")
    assert page.marks == []
