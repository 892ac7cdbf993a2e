"""Markdown in: the HTML that the HTML reader takes on, and front matter."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import examples

from cleaner.markdown.front_matter import MAX_LENGTH
from cleaner.markdown.parser import MAX_NESTING
from cleaner.markdown.reader import MarkdownPage, to_html


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("# One *two*", "<h1>One <em>two</em></h1>\n"),
        ("a\\\nb  \nc", "<p>a<br />\nb<br />\nc</p>\n"),
        ("~~gone~~", "<p><s>gone</s></p>\n"),
        ("<b>raw</b>", "<p><b>raw</b></p>\n"),
        ("[ä](/ö b)", "<p>[ä](/ö b)</p>\n"),
        ("[ä](</ö b>)", '<p><a href="/ö b">ä</a></p>\n'),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
        ("```python\nx\n```", '<pre><code class="language-python">x\n</code></pre>\n'),
        ('![a](/b "c & d")', '<figure><img src="/b" alt="a" /><figcaption>c &amp; d</figcaption></figure>\n'),
        ('![a](/b "c") d', '<p><img src="/b" alt="a" title="c" /> d</p>\n'),
        (
            '- ![a](/b "c")',
            '<ul>\n<li><figure><img src="/b" alt="a" /><figcaption>c</figcaption></figure>\n</li>\n</ul>\n',
        ),
        # math
        ("so $x<y$.", '<p>so <span class="math inline">x&lt;y</span>.</p>\n'),
        ("$x$ in 1999", '<p><span class="math inline">x</span> in 1999</p>\n'),
        ("$5 and $10, US$5-$10", "<p>$5 and $10, US$5-$10</p>\n"),
        ("$ x$", "<p>$ x$</p>\n"),
        ("$x $", "<p>$x $</p>\n"),
        ("2$x$", "<p>2$x$</p>\n"),
        ("$x$2", "<p>$x$2</p>\n"),
        ("$$\na\n  b\n$$", '<div class="math block">a\nb</div>\n'),
        ("> $$\n> a\n> $$", '<blockquote>\n<div class="math block">a</div>\n</blockquote>\n'),
        # tasks
        ("- [x] done", '<ul>\n<li><input type="checkbox" checked>done</li>\n</ul>\n'),
        ("- [ ] open", '<ul>\n<li><input type="checkbox">open</li>\n</ul>\n'),
        ("- [x](y) z", '<ul>\n<li><a href="y">x</a> z</li>\n</ul>\n'),
        # callouts
        (
            "> [!NOTE]\n> Text",
            '<blockquote class="callout" data-callout="note">\n<p>Text</p>\n</blockquote>\n',
        ),
        (
            '> [!tip]- Try *this* "now"\n>\n> Text',
            '<blockquote class="callout" data-callout="tip" data-callout-title="Try this &quot;now&quot;">\n'
            "<p>Text</p>\n</blockquote>\n",
        ),
        ("> [!note](x)", '<blockquote>\n<p><a href="x">!note</a></p>\n</blockquote>\n'),
        ("> \\[!note]", "<blockquote>\n<p>[!note]</p>\n</blockquote>\n"),
        # footnotes stay where they are, used or not
        (
            "A[^b].\n\n[^b]: Note.\n\nB.",
            '<p>A<sup class="footnote-ref"><a href="#fnb">b</a></sup>.</p>\n'
            '<section class="footnotes"><ol><li id="fnb"><p>Note.</p>\n</li></ol></section>\n<p>B.</p>\n',
        ),
        ("[^1]: Unused", '<section class="footnotes"><ol><li id="fn1"><p>Unused</p>\n</li></ol></section>\n'),
        ("Nowhere[^1]", "<p>Nowhere[^1]</p>\n"),
        # an empty header is no row
        (
            "| | |\n|-|-|\n| a | b |",
            '<table role="table">\n<tbody>\n<tr>\n<td>a</td>\n<td>b</td>\n</tr>\n</tbody>\n</table>\n',
        ),
    ],
)
def test_html(markdown: str, html: str) -> None:
    assert to_html(markdown).html == html


@pytest.mark.parametrize(
    ("markdown", "page"),
    [
        ("", MarkdownPage("", {})),
        ("Text", MarkdownPage("<p>Text</p>\n", {})),
        ("\ufeff---\r\ntitle: A\r\n---\r\nText", MarkdownPage("<p>Text</p>\n", {}, "A", 0)),
        ("---\ntitle: A\ntitle_position: 2\n...\n", MarkdownPage("", {}, "A", 2)),
        ("---\ntitle: A\ntitle_position: none\n---\n", MarkdownPage("", {}, "A", None)),
        ("---\ntitle: A b\n---\n# a  B\n", MarkdownPage("<h1>a  B</h1>\n", {}, "A b", None)),
        ("---\ntitle: ~\nauthor: null\nlang: 'null'\n---\n", MarkdownPage("", {"language": "null"})),
        ("---\ndate: 2024-03-18\nlicense: yes\n---\n", MarkdownPage("", {"date": "2024-03-18", "licence": "yes"})),
        ("---\nauthors: [A, {name: B}, [C]]\ntags: x\n---\n", MarkdownPage("", {"author": "A, B"})),
        ("---\nauthor: A\nauthors: [B]\n---\n", MarkdownPage("", {"author": "A"})),
        ("---\n---\nText", MarkdownPage("<p>Text</p>\n", {})),
    ],
)
def test_front_matter(markdown: str, page: MarkdownPage) -> None:
    assert to_html(markdown) == page


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("---\ntitle: [\n---\n", "<hr />\n<h2>title: [</h2>\n"),
        ("---\nJust text\n---\n", "<hr />\n<h2>Just text</h2>\n"),
        ("---\n- a\n---\n", "<hr />\n<ul>\n<li>a</li>\n</ul>\n<hr />\n"),
    ],
)
def test_what_is_no_metadata_is_text(markdown: str, html: str) -> None:
    page = to_html(markdown)
    assert (page.html, page.metadata, page.title) == (html, {}, None)
    assert [warning.code for warning in page.warnings] == ["markdown.front_matter"]


@pytest.mark.parametrize("markdown", ["---\ntitle: A\n", "--- title: A ---", "---\n" + "a: b\n" * MAX_LENGTH + "---\n"])
def test_what_is_not_closed_is_text(markdown: str) -> None:
    page = to_html(markdown)
    assert (page.metadata, page.title, page.warnings) == ({}, None, ())
    assert page.html.startswith(("<hr />", "<p>---"))


@pytest.mark.parametrize("markdown", [">" * 10 * MAX_NESTING + " a & b", "- " * 10 * MAX_NESTING + "a & b"])
def test_what_is_nested_too_deeply_is_plain_text(markdown: str) -> None:
    page = to_html(f"first\n\n{markdown}")
    assert [warning.code for warning in page.warnings] == ["markdown.nesting"]
    assert page.html.startswith("<p>first</p>\n<p>")
    assert page.html.endswith("a &amp; b</p>")


TROUBLE = [*"*_`~[]()<>&!#+-=.:|$\\^\"'x1 \n\t>\x00", "---\n", "[^1]: ", "> [!note] ", "    "]


@given(st.lists(st.sampled_from(TROUBLE), max_size=60).map("".join))
@examples(300)
def test_it_never_raises(text: str) -> None:
    assert isinstance(to_html(text), MarkdownPage)


N = 5_000
WORST = {
    "brackets": "[" * N,
    "images": "![" * N,
    "links": "[a](" * N,
    "notes": "[^" * N + "\n\n[^1]: x",
    "stars": "*a **b " * N,
    "backticks": "".join("`" * size + " " for size in range(150)),
    "tags": "<a " * N,
    "comments": "<!--" * N,
    "dollars": "$a " * N,
    "backslashes": "\\" * N,
    "quotes": ">" * N,
    "table": "a|" * N + "\n" + "-|" * N,
    "tasks": "- [ ] a\n" * N,
    "definitions": "[a]: b\n" * N,
    "entities": "&" * N,
    "yaml": "---\na: " + "[" * N + "\n---\n",
    "aliases": "---\na: &a [x]\n" + "b: *a\n" * 1000 + "---\n",
}


@pytest.mark.parametrize("text", WORST.values(), ids=WORST)
def test_the_worst_input_takes_little_time(text: str) -> None:
    start = time.perf_counter()
    to_html(text)
    assert time.perf_counter() - start < 5
