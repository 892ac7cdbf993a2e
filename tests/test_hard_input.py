"""Promises 4 and 5: nothing makes `clean` raise, hang or grow out of bounds, whatever a page or a rule file holds.

Bounds are CPU seconds, about four times what a slow core takes.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from cleaner import Cleaner, Document, load_rules
from cleaner.content.options import Extractor

SENTENCE = "The ferry left at noon with a list of birds and three boxes. "
RULES = """\
rules:
  - drop: {css: "td:nth-child(2n), li li, b i"}
  - drop: {css: "td, a, b, i, span, code", max_words: 2}
  - drop: {xpath: "//p[not(.//img)]//a"}
  - keep: {css: "a"}
  - heading: {css: "p b:first-child"}
  - replace: {regex: "[a-z]+ (noon|text)"}
    with: "x"
  - drop: {repeats: 3, max_words: 4}
  - drop: {like: advertisement, edits: 2}
  - drop_after: {css: "a.none"}
  - unwrap: {css: "blockquote"}
metadata:
  author: {css: "a"}
"""


def nested(opening: str, times: int, closing: str) -> str:
    return opening * times + "deep text" + closing * times


def nested_posts(times: int) -> str:
    opening = "".join(f"<div class=comment><span class=author>A{n}</span><p>words</p>" for n in range(times))
    return opening + "</div>" * times


def attributes(count: int, value: str) -> str:
    return "<p " + " ".join(f'a{n}="{value}"' for n in range(count)) + ">text</p>"


def json_ld(source: str) -> str:
    return f'<script type="application/ld+json">{source}</script><p>text</p>'


def scrambled(size: int) -> bytes:
    return random.Random(7).randbytes(size)


MATHJAX = "<script src=/mathjax/tex.js></script>"
Make = Callable[[], "bytes | str"]

NOT_A_PAGE: dict[str, Make] = {
    "empty bytes": lambda: b"",
    "empty text": lambda: "",
    "white space": lambda: b" \r\n\t " * 100_000,
    "nothing but NUL": lambda: b"\0" * 1_000_000,
    "a doctype": lambda: "<!doctype html>",
    "an unclosed tag": lambda: "<a href=" + '"' * 5,
    "a frame of embedded documents": lambda: "<iframe src=x></iframe><svg><text>x</text></svg>",
}
"""Input without text: an empty document, and a warning that says so."""

BYTES: dict[str, tuple[bytes, str]] = {
    "UTF-8 with a mark": ("\ufeffÄpfel und Birnen".encode(), "Äpfel und Birnen"),
    "UTF-16 with a mark": ("Äpfel und Birnen".encode("utf-16"), "Äpfel und Birnen"),
    "UTF-16 little-endian without": ("Apples and pears for all".encode("utf-16-le"), "Apples and pears for all"),
    "UTF-16 big-endian without": ("Apples and pears for all".encode("utf-16-be"), "Apples and pears for all"),
    "UTF-32 with a mark": ("Äpfel und Birnen".encode("utf-32"), "Äpfel und Birnen"),
    "UTF-8 declared as Latin-1": ("<meta charset=iso-8859-1><p>Äpfel und Birnen</p>".encode(), "Äpfel und Birnen"),
    "an encoding that is none": (b"<meta charset=hex><p>Apples and pears</p>", "Apples and pears"),
    "an encoding that nobody knows": (b"<meta charset=x-secret><p>Apples and pears</p>", "Apples and pears"),
    "NUL among letters": (b"<p>App\0les and pears</p>", "Apples and pears"),
}
"""Bytes, and the text that is in them."""

SLOW: dict[str, tuple[Make, float]] = {
    "noise": (lambda: scrambled(1_000_000), 8),
    "NUL in 20,000 paragraphs": (lambda: b"<p>a\0b</p>" * 20_000, 4),
    "20 MB in one line of text": (lambda: (SENTENCE * 350_000)[:20_000_000], 10),
    "2 MB in one line of text": (lambda: SENTENCE * 35_000, 3),
    "20 MB in one paragraph": (lambda: "<p>" + (SENTENCE * 350_000)[:20_000_000], 8),
    "100,000 div": (lambda: nested("<div>", 100_000, "</div>"), 4),
    "100,000 span": (lambda: nested("<span>", 100_000, "</span>"), 4),
    "100,000 b": (lambda: nested("<b>", 100_000, "</b>"), 4),
    "100,000 lists": (lambda: nested("<ul><li>", 100_000, "</li></ul>"), 6),
    "100,000 quotes": (lambda: nested("<blockquote>", 100_000, "</blockquote>"), 4),
    "100,000 tables": (lambda: nested("<table><tr><td>", 100_000, "</td></tr></table>"), 8),
    "100,000 hidden": (lambda: nested("<div hidden>", 100_000, "</div>"), 4),
    "50,000 svg": (lambda: "<svg>" * 50_000 + "x", 3),
    "50,000 pre": (lambda: "<pre>" * 50_000 + "x", 3),
    "10,000 nested lists that never end": (lambda: "<ul><li>item words " * 10_000, 3),
    "a million br": (lambda: "<p>word" + "<br>" * 1_000_000 + "word</p>", 15),
    "300,000 lines by br": (lambda: "<p>" + "word<br>" * 300_000, 6),
    "50,000 p that never end": (lambda: "<p>a word" * 50_000, 12),
    "500,000 b that never end": (lambda: "<b>word " * 500_000, 12),
    "100,000 div that never end": (lambda: "<div>word " * 100_000, 4),
    "100,000 attributes": (lambda: attributes(100_000, "v"), 2),
    "100,000 attributes with tags in them": (lambda: attributes(100_000, "<p>"), 2),
    "100,000 attributes that never end": (lambda: "<a x='" * 100_000, 2),
    "5 MB of an attribute": (lambda: f"<p title='{'x' * 5_000_000}'>text</p>", 2),
    "5 MB of a data: address": (lambda: f"<img src='data:image/png;base64,{'A' * 5_000_000}'><p>text</p>", 2),
    "a style with 200,000 parts": (lambda: f"<p style='{'display ;' * 200_000}'>text</p>", 2),
    "broken entities": (lambda: "<p>&#xFFFFFFFF; &#0; &bogus; &amp &#x110000; &; &#; &#xD800;</p>" * 10_000, 5),
    "a comment that never ends": (lambda: "<p>text</p><!-- " + "never closed -- > " * 200_000, 2),
    "half a million <": (lambda: "<p>" + "< " * 500_000, 2),
    "half a million &": (lambda: "<p>" + "&" * 500_000, 2),
    "a table of 50,000 cells": (lambda: "<table>" + ("<tr>" + "<td>a cell" * 50) * 1_000 + "</table>", 6),
    "a row of 50,000 cells": (lambda: "<table><tr>" + "<td>a cell" * 50_000 + "</table>", 8),
    "a cell of 50,000 columns and rows": (lambda: "<table><tr><td colspan=50000 rowspan=50000>a<td>b<tr><td>c<td>d", 2),
    "100,000 links in one paragraph": (lambda: "<p>" + "<a href='/x'>link text</a> " * 100_000, 8),
    "10,000 paragraphs of a link": (lambda: "<p><a href='/x'>link text</a></p>" * 10_000, 4),
    "10,000 terms": (lambda: "<dl>" + "<dt>a<dd>b" * 10_000, 6),
    "10,000 figures": (lambda: "<figure><img src=a.png><figcaption>a caption</figcaption></figure>" * 10_000, 5),
    "100,000 objects in JSON-LD": (lambda: json_ld('{"a":' * 100_000 + "1" + "}" * 100_000), 2),
    "100,000 lists in JSON-LD": (lambda: json_ld("[" * 100_000 + "]" * 100_000), 2),
    "100,000 meta": (lambda: "<meta name=a content=b>" * 100_000 + "<p>text</p>", 3),
    "a declared encoding that never comes": (lambda: b"<meta " * 100_000 + b"<p>text</p>", 2),
    "100,000 separators in the title": (lambda: f"<title>{'a | ' * 100_000}b</title><p>text</p>", 2),
    "a title of spaces": (lambda: f"<title>a{' ' * 1_000_000}b</title><h1>a{' - ' * 200_000}b</h1><p>text</p>", 3),
    "spaces": (lambda: f"a{' ' * 2_000_000}b", 2),
    "dots": (lambda: "." * 2_000_000, 2),
    "dots and spaces": (lambda: ". " * 1_000_000, 3),
    "dashes": (lambda: "- " * 1_000_000, 3),
    "letters": (lambda: "a" * 2_000_000, 2),
    "digits": (lambda: "1" * 2_000_000, 2),
    "quotation marks": (lambda: '"' * 2_000_000, 2),
    "short lines of dots and digits": (lambda: ("1" * 99 + "\n" + "." * 99 + "\n") * 5_000, 4),
    "50,000 numbered lines": (lambda: "1. a\n" * 50_000, 8),
    "mojibake": (lambda: "Ã©â€™ word " * 100_000, 3),
    "half a million accents on a letter": (lambda: "<p>a" + "\u0301" * 500_000, 2),
    "4,000 labels of links": (lambda: "<h3>Read also</h3>" * 4_000, 2),
    "6,000 bold items in a paragraph": (lambda: "<p>" + "• <b>x</b> item<br>" * 6_000, 2),
    "1,500 bold lines over prose": (lambda: "<p>" + f"<b>Head</b><br>{SENTENCE * 2}<br>" * 1_500, 2),
    "900 posts in each other": (lambda: nested_posts(900) * 4, 5),
    "900 posts around 400 authors": (lambda: "<div class=comment>" * 900 + "<b class=author>a</b>" * 400, 5),
    "cells of 1,000 columns and rows": (lambda: "<table>" + "<tr><td rowspan=1000 colspan=1000>a" * 1_000, 2),
    "digits in names": (lambda: f"<p class='comment-{'1' * 99}x'>a<img src='/loading{'1' * 99}.jpg'>", 2),
    "6,000 formulas and bold words": (lambda: f"{MATHJAX}<p>" + "cost $x$ and <b>b</b> " * 6_000, 2),
    "6,000 cells with formulas": (lambda: f"{MATHJAX}<table>" + "<tr><td>$x$<td><code>b</code> $y$" * 3_000, 3),
    "8,000 environments that never end": (lambda: f"{MATHJAX}<p>" + "\\begin{align} a " * 8_000, 2),
    "16,000 formulas that never end": (lambda: f"{MATHJAX}<p>" + "\\[ a " * 8_000 + "\\( a " * 8_000, 2),
    "6,000 references in one paragraph": (lambda: "<p>" + "a<a href=#fn1>1</a> " * 6_000 + "</p><p id=fn1>Note", 2),
    "900 formulas inside one another": (lambda: "<span class=ql-formula data-value=x>" * 900 + "<i>a</i> " * 15_000, 4),
    "a note of dots": (lambda: f"<p>a<a href=#fn1>1</a></p><p id=fn1>{'.' * 20_000} abc</p>", 2),
    "6,000 links back": (lambda: "<p>a<a href=#fn1>1</a></p><p id=fn1>Note" + " <a href=#r>↩</a>" * 6_000, 2),
    "a long id of a note": (lambda: f"<p>a<a href=#fn1>1</a></p><p id={'note-1' * 20_000}!>{'1' * 50_000}x</p>", 2),
    "a table of 20,000 rows": (lambda: "<table>" + "<tr><td>a<td>b" * 20_000 + "</table>", 5),
}
"""Input that is large or twisted, and the seconds that it may take."""

TRAFILATURA: dict[str, tuple[Make, float]] = {
    "24,000 paragraphs": (lambda: f"<p>{SENTENCE}</p>" * 24_000, 14),
    "24,000 links": (lambda: "<p>" + "<a href=/x>link text</a> " * 24_000, 10),
    "24,000 br": (lambda: "<p>" + "word<br>" * 48_000, 14),
    "2,000 tables in a table": (lambda: "<table>" + "<tr><td><table><tr><td>words</table>" * 2_000, 12),
    "100,000 attributes": (lambda: attributes(100_000, "v"), 2),
    "100,000 p": (lambda: "<p>word" * 100_000, 14),
}
"""Input for Trafilatura up to and over the limits to which it is asked."""

WITH_RULES: dict[str, float] = {
    "a table of 50,000 cells": 12,
    "a row of 50,000 cells": 12,
    "100,000 b": 4,
    "100,000 lists": 8,
    "50,000 p that never end": 14,
    "10,000 paragraphs of a link": 8,
    "2 MB in one line of text": 5,
    "100,000 attributes": 2,
}

MARKDOWN: dict[str, tuple[str, float]] = {
    "100,000 quotes": (">" * 100_000 + " x", 2),
    "20,000 brackets": ("[" * 20_000, 4),
    "100,000 stars": ("*a " * 100_000, 5),
    "2,000 nested items": ("".join(" " * n * 2 + "- a\n" for n in range(2_000)), 4),
    "10,000 rows": ("|a|b|\n|-|-|\n" + "|x y|z|\n" * 10_000, 5),
    "5,000 notes": ("".join(f"x[^{n}]\n\n[^{n}]: note\n\n" for n in range(5_000)), 8),
    "100,000 tags": ("<b>" * 100_000, 4),
    "100,000 dollars": ("$a " * 100_000, 3),
    "front matter that is no mapping": ("---\n" + "[" * 10_000 + "\n---\ntext", 2),
}


@cache
def cleaner(extractor: Extractor = "auto") -> Cleaner:
    """A cleaner that has loaded what loads late."""
    made = Cleaner(extractor=extractor)
    made.clean("<html><body><p>A first page with some words in it, so that everything is loaded.</p></body></html>")
    return made


def timed(clean: Callable[[], Document]) -> tuple[Document, float]:
    start = time.process_time()
    document = clean()
    return document, time.process_time() - start


@pytest.mark.parametrize("name", NOT_A_PAGE)
def test_no_text_is_an_empty_document_that_says_so(name: str) -> None:
    document = cleaner().clean(NOT_A_PAGE[name]())
    assert document.blocks == document.removed == ()
    assert document.warnings


@pytest.mark.parametrize("name", BYTES)
def test_encodings(name: str) -> None:
    data, text = BYTES[name]
    assert cleaner("none").clean(data).text == text


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"<p>Caf\xc3\xa9 and a broken \xe2\x82", None),
        ("<p>lone \ud800 surrogate", None),
        ("lone \udfff surrogate", "text/plain"),
    ],
)
def test_broken_characters_cost_no_more_than_themselves(data: bytes | str, kind: str | None) -> None:
    text = cleaner("none").clean(data, media_type=kind).text
    assert text.split()[0] in ("Café", "lone")
    text.encode("utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("name", SLOW)
def test_bounds(name: str) -> None:
    make, seconds = SLOW[name]
    data = make()
    document, spent = timed(lambda: cleaner().clean(data))
    assert not any("could not be read" in warning for warning in document.warnings)
    assert spent < seconds


@pytest.mark.slow
@pytest.mark.parametrize("name", TRAFILATURA)
def test_bounds_of_trafilatura(name: str) -> None:
    make, seconds = TRAFILATURA[name]
    data = make()
    document, spent = timed(lambda: cleaner("trafilatura").clean(data))
    assert document.text.strip()
    assert spent < seconds


@pytest.fixture(scope="module")
def ruled(tmp_path_factory: pytest.TempPathFactory) -> Cleaner:
    path = tmp_path_factory.mktemp("rules") / "hostile.yaml"
    path.write_text(RULES)
    return Cleaner(load_rules(path, shipped=False), extractor="none")


@pytest.mark.slow
@pytest.mark.parametrize("name", WITH_RULES)
def test_bounds_with_rules_that_match_everything(ruled: Cleaner, name: str) -> None:
    data = SLOW[name][0]()
    document, spent = timed(lambda: ruled.clean(data))
    assert not any("could not be read" in warning for warning in document.warnings)
    assert spent < WITH_RULES[name]


@pytest.mark.slow
@pytest.mark.parametrize("name", MARKDOWN)
def test_bounds_of_markdown(name: str) -> None:
    text, seconds = MARKDOWN[name]
    document, spent = timed(lambda: cleaner().clean(text, media_type="text/markdown"))
    assert not any("could not be read" in warning for warning in document.warnings)
    assert spent < seconds


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("100,000 div", "nested deeper"),
        ("100,000 attributes", "attributes"),
        ("a million br", "Trafilatura was not asked"),
        ("20 MB in one paragraph", "Trafilatura was not asked"),
    ],
)
def test_what_is_over_a_limit_is_reported(name: str, said: str) -> None:
    document = cleaner("trafilatura").clean(SLOW[name][0]())
    assert any(said in warning for warning in document.warnings)
    assert document.text.strip()


def test_a_page_over_the_size_limit_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleaner.engine.MAX_CHARACTERS", 10)
    assert cleaner().clean("12345678901").warnings == ("the page is larger than 10 characters",)


GROWING: dict[str, Callable[[int], str]] = {
    "text": lambda n: f"{SENTENCE * 3}\n\n" * (20 * n),
    "flat HTML": lambda n: f"<p>{SENTENCE}</p>" * (20 * n),
    "nested HTML": lambda n: nested("<div>", 400, f"<p>{SENTENCE}</p></div>") * (n // 10),
    "one paragraph of links": lambda n: "<p>" + "<a href='/x'>ferry</a> and birds " * (40 * n),
    "one table": lambda n: "<table>" + f"<tr><td>{SENTENCE}<td>noon" * (20 * n) + "</table>",
    "labels in a row": lambda n: f"{SENTENCE}\n\n" + "Advertisement\n\n" * (10 * n),
    "labels in a row of HTML": lambda n: f"<p>{SENTENCE}</p>" + "<p>Advertisement</p>" * (10 * n),
    "different words": lambda n: "".join(f"<p>{SENTENCE} {k} and {k + 1} of {k + 2} birds.</p>" for k in range(15 * n)),
}


@pytest.mark.slow
@pytest.mark.parametrize("shape", GROWING)
def test_time_grows_linearly(shape: str) -> None:
    small, large = (GROWING[shape](n) for n in (100, 400))
    of_small = min(timed(lambda: cleaner().clean(small))[1] for _ in range(3))
    of_large = min(timed(lambda: cleaner().clean(large))[1] for _ in range(2))
    assert of_large < 6.5 * of_small + 0.2


MEMORY = """\
import resource, sys
from cleaner import Cleaner
sys.path.insert(0, {tests!r})
from test_hard_input import SLOW
engine = Cleaner()
engine.clean("<p>A first page.</p>")
data = SLOW[sys.argv[1]][0]()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
engine.clean(data)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no module resource")
@pytest.mark.parametrize(
    ("name", "megabytes"),
    [
        ("20 MB in one line of text", 700),
        ("20 MB in one paragraph", 700),
        ("a table of 50,000 cells", 200),
        ("100,000 div", 150),
        ("50,000 p that never end", 300),
    ],
)
def test_memory(name: str, megabytes: int) -> None:
    code = MEMORY.format(tests=str(Path(__file__).parent))
    given = subprocess.run([sys.executable, "-c", code, name], capture_output=True, text=True, check=True)
    unit = 1 if sys.platform == "darwin" else 1024
    assert int(given.stdout) * unit < megabytes * 1_000_000
