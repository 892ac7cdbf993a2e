"""Elements that HTML does not know: which of them are parts of a line."""

from __future__ import annotations

import time

import pytest
from walked import body_of

from cleaner.html.tags import Tag
from cleaner.html.unknown import UnknownElements, shows_inline


def tags_of(html: str) -> dict[str, str]:
    """What each element whose name begins with x- is."""
    unknown = UnknownElements()
    return {e.tag: unknown.tag_of(e).name for e in body_of(html).iter() if e.tag.startswith("x-")}


@pytest.mark.parametrize(
    ("html", "inline"),
    [
        ("a<x-a>b</x-a>", ["x-a"]),
        ("a<x-a><p>b</p></x-a>", []),
        ("a<x-a><x-b>b</x-b><x-c><hr></x-c><x-d>c</x-d></x-a>", []),
        ("a<x-a>a<x-b>b</x-b><p>c</p><x-d>d</x-d></x-a>", ["x-b", "x-d"]),
        ("<x-a><x-b>b</x-b></x-a>", ["x-b"]),
        ("<x-a>b</x-a><i>c</i>", ["x-a"]),
        ("<x-a>b</x-a><p>c</p>", []),
        ("<p><x-a>b</x-a></p>", ["x-a"]),
        ("<li><x-a>b</x-a></li>", ["x-a"]),
    ],
)
def test_parts_of_a_line(html: str, inline: list[str]) -> None:
    assert [name for name, tag in tags_of(html).items() if tag == Tag.INLINE.name] == inline


@pytest.mark.parametrize(
    ("style", "inline"),
    [
        ("display:inline", True),
        ("color: red; DISPLAY : inline !important;", True),
        ("display:inline-block", False),
        ("display:block", False),
        ("x-display:inline", False),
    ],
)
def test_styles_of_parts_of_a_line(style: str, inline: bool) -> None:
    assert shows_inline(style) is inline


def test_time_grows_with_the_page_and_not_with_its_depth() -> None:
    body = body_of(("<x-a>" * 400 + "a" + "</x-a>" * 400) * 40 + "<p>b</p>")
    started = time.process_time()
    unknown = UnknownElements()
    for element in body.iter("x-a"):
        unknown.tag_of(element)
    assert time.process_time() - started < 1
