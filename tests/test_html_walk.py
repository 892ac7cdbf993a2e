"""The walk: which blocks a page's elements become, in which containers, and what selectors match of them."""

from __future__ import annotations

import gc
import weakref

import pytest
from walked import Selectors, body_of, marks_of, said, walked

from cleaner.document import Span
from cleaner.html.walk import Walked, Walker
from cleaner.page.elements import ElementSignature, Hit


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        # text is a paragraph up to the next block-level element
        ("A b <i>c</i> d", ["paragraph: A b c d"]),
        ("A<p>b</p>c<div>d<div>e</div>f</div>", [f"paragraph: {text}" for text in "Abcdef"]),
        ("<p> </p><div><span></span></div>", []),
        ("<p>\u200d</p><p><b>\u200d</b></p><p>A\u200db</p>", ["paragraph: A\u200db"]),
        # elements that HTML does not know are parts of the line, unless they hold blocks or stand among blocks
        ("A <x-b data-c=1>b</x-b>, <st1:city w:st=on><st1:place>c</st1:place></st1:city>", ["paragraph: A b, c"]),
        ("<p><x-a>A</x-a> <x-b>b</x-b></p>", ["paragraph: A b"]),
        ("A <x-b>b<p>c</p></x-b>d", ["paragraph: A", "paragraph: b", "paragraph: c", "paragraph: d"]),
        ("<x-a><x-b>A</x-b><x-c><i>b</i></x-c><p>c</p></x-a>", ["paragraph: A", "paragraph: b", "paragraph: c"]),
        ("<div><x-a>A</x-a><x-b>b</x-b></div>", ["paragraph: A", "paragraph: b"]),
        ("<div>A <div style='display: inline'>b</div> c</div>", ["paragraph: A b c"]),
        ("<div>A <div style='display:inline-block'>b</div></div>", ["paragraph: A", "paragraph: b"]),
        # inline elements on lines of their own end the line; outside paragraphs they are some
        ("<p>A<span class=br></span>b <i class='d-block x'>c</i>d</p>", ["paragraph: A\nb\nc\nd"]),
        ("<p><span style='color:red; display:block'>A</span><span style='display:block'>b</span></p>", ["paragraph: A\nb"]),
        ("<div><span class=block>A</span><span class=block>b</span>c</div>", ["paragraph: A", "paragraph: b", "paragraph: c"]),
        ("<h2><span class=block>A</span><span class=block>b</span></h2>", ["heading2: A b"]),
        ("<p>A<span class=blocked>b</span><span style='display:inline'>c</span></p>", ["paragraph: Abc"]),
        ("<table><tr><th>A<th>b<tr><td><b class=br>c</b>d<td>e</table>", ["table: A\tb\nc d\te"]),
        # readings stand in parentheses, whether the page has some or not
        ("<ruby>A<rt>b</rt></ruby> <ruby>c<rp>[</rp><rt>d</rt><rp>]</rp></ruby>", ["paragraph: A(b) c[d]"]),
        ("<ruby>A<rt> </rt>b<rt><i>c</i></rt></ruby>", ["paragraph: A b(c)"]),
        # headings
        ("<h1>A</h1><h6>b</h6>", ["heading1: A", "heading6: b"]),
        ("<div role=heading aria-level=3>A</div><p role=heading>b</p>", ["heading3: A", "heading2: b"]),
        ("<div role=heading aria-level=1>a</div><div role=heading aria-level=9>A</div><div role=heading aria-level=x>b</div>", ["heading1: a", "heading6: A", "heading2: b"]),
        ("<h2>A<br>b <div>c</div>d</h2>e", ["heading2: A b", "heading2: c", "heading2: d", "paragraph: e"]),
        # line breaks: two of them are a paragraph's end
        ("A<br>b", ["paragraph: A\nb"]),
        ("A<br> <br>b<br><br><br>c", ["paragraph: A", "paragraph: b", "paragraph: c"]),
        ("A<br><i>b</i><br>c", ["paragraph: A\nb\nc"]),
        # lists
        ("<ul><li>A<li>b</ul>", ["list_item item: A", "list_item item: b"]),
        ("<ul><li>A<p>b</p><ul><li>c</ul>d</ul>", ["list_item item: A", "paragraph item: b", "list_item item item: c", "paragraph item: d"]),
        ("<ol start=4><li>A<li value=9>b<li>c</ol>", ["list_item item4: A", "list_item item9: b", "list_item item10: c"]),
        ("<ol><li>A<ol><li>b</ol><li>c</ol>", ["list_item item1: A", "list_item item1 item1: b", "list_item item2: c"]),
        ("<ol start=-3><li>A</ol><ol start=9999999999><li>b</ol>", ["list_item item0: A", "list_item item999999999: b"]),
        ("<li>A</li>", ["list_item item: A"]),
        ("<ul><li><h3>A</h3>b</ul>", ["heading3 item: A", "list_item item: b"]),
        # quotes, rules, code
        ("<blockquote>A<blockquote>b</blockquote></blockquote>c", ["paragraph quote: A", "paragraph quote quote: b", "paragraph: c"]),
        ("<h2>A<blockquote>b</blockquote>c</h2>", ["heading2: A", "paragraph quote: b", "heading2: c"]),
        ("A<hr>b", ["paragraph: A", "rule: ", "paragraph: b"]),
        ("A<pre>x\n y</pre>b<pre> </pre>", ["paragraph: A", "code: x\n y", "paragraph: b"]),
        # formulas
        ('<math alttext="x^2"></math>', ["math: x^2"]),
        ('A <math alttext="x^2"></math> b', ["paragraph: A x^2 b"]),
        ('A <math alttext="x^2" display=block></math> b', ["paragraph: A", "math: x^2", "paragraph: b"]),
        ("A <math><mi>x</mi></math> b", ["paragraph: A x b"]),
        ("<span class=math>x</span>", ["math: x"]),
        ("<div class='math block'>x <i>y</i></div>z", ["math: x y", "paragraph: z"]),
        ("<div class=mathematics>x</div>", ["paragraph: x"]),
        # images: within text they are spans
        ("<p><img src=/a.png alt='b  c'></p>", ["image: /a.png"]),
        ("<p>A <img src=/a.png></p><img src=data:x>", ["paragraph: A"]),
        ("<img src=/a.png><img src=/b.png>", ["image: /a.png", "image: /b.png"]),
        # tables: of data, and of a layout
        ("<table><tr><th>A<th>b<tr><td>c<td><p>d</p><p>e</p></table>", ["table: A\tb\nc\td e"]),
        ("<table><tr><td>A<td>b</table>c", ["paragraph: A", "paragraph: b", "paragraph: c"]),
        ("<table><tr><td>A<td>b<br>c<tr><td>d<td><img src=/a.png></table>", ["table: A\tb c\nd\t"]),
        ("<table><thead><tr><td>A<td>b</thead><tr><td>c<td><pre>d  e</pre></table>", ["table: A\tb\nc\td e"]),
        ("<table><caption>A</caption><tr><td>b<td>c<tr><td>d<td>e</table>", ["paragraph: A", "table: b\tc\nd\te"]),
        ("<table><tr><td><img src=/a.png><td><img src=/b.png><tr><td><img src=/c.png><td></table>", ["image: /a.png", "image: /b.png", "image: /c.png"]),
        # callouts
        ("<div class='admonition note'><p class=admonition-title>Note</p><p>A</p></div>b", ["paragraph callout: A", "paragraph: b"]),
        ("<div class='notecard odd'>A</div>", ["paragraph: A"]),
        ("<blockquote data-callout=tip data-callout-title='Do it'>A</blockquote>", ["paragraph callout: A"]),
        # what has no text of the page
        ("A<script>b</script><select><option>c</select><dialog>d</dialog><template>e</template>", ["paragraph: A"]),
        ("<dialog open>A</dialog>", ["paragraph: A"]),
        ("<p>A</p><div hidden>b<p>c</p></div>d<i hidden>e</i>f", ["paragraph: A", "paragraph: df"]),
        ("<p class=hidden>A</p><p style='display:none'>b</p><p style='color:red'>c</p>", ["paragraph: c"]),
        ("<noscript>A</noscript>b", ["paragraph: b"]),
        # a role makes a heading of what else it is, and the element ends as it has begun
        ("<ul><li role=heading>a</li><li>b</li></ul>c", ["heading2 item: a", "list_item item: b", "paragraph: c"]),
        ("<ol role=heading><li>a</ol>b", ["list_item item1: a", "paragraph: b"]),
        ("<figure role=heading>a</figure><div class=caption role=heading>b</div>c", ["heading2: a", "heading2: b", "paragraph: c"]),
        ("<dl><dt role=heading>a<dd>b</dl>", ["heading2: a", "paragraph: b"]),
        ("<blockquote role=heading>a</blockquote><p>b", ["heading2 quote: a", "paragraph: b"]),
        ("<table role=heading><tr><td>a<td>b<tr><td>c<td>d</table><p>e", ["table: a\tb\nc\td", "paragraph: e"]),
        ("<table><tr><td role=heading>a<td>b<tr><td>c<td>d</table><p>e", ["table: a\tb\nc\td", "paragraph: e"]),
        ("<div aria-modal=true>A</div><div aria-modal=false role=dialog>b</div>", ["paragraph: b"]),
    ],
)  # fmt: skip
def test_blocks(html: str, blocks: list[str]) -> None:
    assert [said(block) for block in walked(html).blocks] == blocks


def test_headings_in_cells_are_strong_but_in_headers() -> None:
    (table,) = walked("<table><tr><th><h3>A</h3><th>b<tr><td><h3>c</h3> d<td>e</table>").blocks
    assert [[cell.spans for cell in row] for row in table.rows] == [[(), ()], [(Span(0, 1, "strong"),), ()]]
    (table,) = walked("<table><tr><td><h4>A</h4><td><h4>b</h4><tr><td>c<td>d</table>").blocks
    assert [cell.header for row in table.rows for cell in row] == [True, True, False, False]


def test_containers_have_keys_labels_and_boxes() -> None:
    page = walked(
        "<ul><li><input type=checkbox checked>A<li><input type=checkbox>b<li><p>c</p><input type=checkbox><li><input>d</ul>"
        "<div class='admonition warning'><p class=admonition-title>Mind the step</p>e</div>"
        "<blockquote data-callout=tip data-callout-title='Do it'>f</blockquote>"
    )
    found = [block.containers[0] for block in page.blocks]
    assert [container.key for container in found] == [1, 2, 3, 4, 5, 6]
    assert [container.checked for container in found[:4]] == [True, False, None, None]
    assert [container.label for container in found[4:]] == ["warning Mind the step", "tip Do it"]


@pytest.mark.parametrize(
    ("html", "captions"),
    [
        ("<figure><img src=/a.png><figcaption>A<p>b</p></figcaption></figure>", [None, 0, 0]),
        ("<figure><figcaption>A</figcaption><img src=/a.png></figure>", [1, None]),
        ("<figure><img src=/a.png><img src=/b.png><figcaption>A</figcaption></figure>", [None, None, 1]),
        ("<figure>A<figcaption>b</figcaption></figure>", [None, None]),
        ("<figure><figcaption><img src=/a.png></figcaption></figure>", [None]),
        ("<figure><figcaption><img src=/a.png>A</figcaption></figure>", [None]),
        ("<figure><figure><img src=/a.png><figcaption>A</figcaption></figure></figure>", [None, 0]),
        ("<figure><div><div><img src=/a.png></div><div><figcaption><p>A</p></figcaption></div></div></figure>", [None, 0]),
        # a few words in a figure are its caption, whatever they stand in
        ("<figure><img src=/a.png><figcaption>A</figcaption><div>Photo: b</div></figure>", [None, 0, 0]),
        ("<figure><img src=/a.png><p>A</p></figure>", [None, 0]),
        (f"<figure><img src=/a.png><p>{'a ' * 80}</p></figure>", [None, None]),
        ("<figure><h2>A</h2><img src=/a.png><p>b</p></figure>", [None, None, None]),
        # outside figures: what stands beside an image
        ("<img src=/a.png><figcaption>A</figcaption>", [None, 0]),
        ("<div class=wp-caption><a href=/x><img src=/a.png></a><p class=wp-caption-text>A</p></div>b", [None, 0, None]),
        ("<div class=imageCaption>A</div><div><img src=/a.png></div>b", [1, None, None]),
        ("<div><div><div><img src=/a.png></div></div><div><p class='caption x'>A</p></div></div>", [None, 0]),
        ("<p>A</p><div><img src=/a.png> <span class=photo-caption>B</span></div>", [None, None, 1]),
        ("<img src=/a.png><p>A</p><p class=caption>b</p>", [None, None, None]),
        ("<img src=/a.png><p class=caption>A</p><span class=photo-credit>b</span>", [None, 0, 0]),
        ("<div><div><img src=/a.png></div><div><p class=caption>A</p><span class=credit>b</span></div></div>", [None, 0, 0]),
        ("<table><tr><td><img src=/a.png><tr><td class=tr-caption>A</table>", [None, 0]),
        ("<p class=caption>A</p>", [None]),
        ("<div class='has-caption'><img src=/a.png></div><p>A</p>", [None, None]),
    ],
)  # fmt: skip
def test_a_caption_belongs_to_the_image_beside_it(html: str, captions: list[int | None]) -> None:
    assert [block.caption_of for block in walked(html).blocks] == captions


def images_of(html: str) -> list[str]:
    """The images of a page as Markdown would have them, those in a text in parentheses."""
    found = []
    for block in walked(html).blocks:
        if block.kind == "image":
            found.append(block.src or "" if block.href is None else f"{block.src} -> {block.href}")
        found += [f"({span.href})" for span in block.spans if span.kind == "image"]
    return found


@pytest.mark.parametrize(
    ("html", "images"),
    [
        ("<a href=/x><div><img src=/a.png></div></a>", ["/a.png -> /x"]),
        ("<a href=/x><img src=/a.png><p>A</p></a>", ["/a.png -> /x"]),
        ("<p>A <a href=/x><img src=/a.png></a> b</p>", ["(/a.png)"]),
        # an image in a line of its own
        ("<p>A<br><img src=/a.png><br>b</p>", ["/a.png"]),
        ("<p><img src=/a.png><br>b <img src=/c.png></p>", ["/a.png", "(/c.png)"]),
        # lazy ones: once
        ("<noscript><img src=/a.png></noscript>", ["/a.png"]),
        ("<img src=data:x><noscript><img src=/a.png></noscript>", ["/a.png"]),
        ("<div><img src=/a.png></div><noscript><img src=/a.png></noscript>", ["/a.png"]),
        ("<div><p><img src=/a.png?w=9></p></div><div><noscript><img src=/a.png?w=90></noscript></div>", ["/a.png?w=9"]),
        ("<noscript><img src=/a.png></noscript><img src=/spacer.gif data-src=/a.png>", ["/a.png"]),
        ("<amp-img src=/a.png><noscript><img src=/a.jpg></noscript></amp-img>", ["/a.png"]),
        ("<noscript><img src=/a.png><img src=/b.png></noscript>", []),
        ("<noscript>A <img src=/a.png></noscript>", []),
        ("<p>A</p><noscript><img src=/a.png width=1 height=1></noscript>", []),
        ("<picture><source srcset='/a.webp 2x'><img src=data:x></picture>", ["/a.webp"]),
        # the same image in two sizes
        ("<img src=/9/a.png alt=A><p><img src=/99/a.png alt=A></p>", ["/9/a.png"]),
        ("<img src=/9/a.png alt=A><p><img src=/99/a.png alt=b></p>", ["/9/a.png", "/99/a.png"]),
        ("<img src=/9/a.png alt=A>b<img src=/99/a.png alt=A>", ["(/9/a.png)", "(/99/a.png)"]),
        ("<img src=/show?1 alt=A><img src=/show?2 alt=A>", ["/show?1", "/show?2"]),
        ("<img src=/star.png><img src=/star.png>", ["/star.png", "/star.png"]),
        ("<figure><img src=/a.png alt='A cat'><div><img src=/b.png alt='A cat'></div></figure>", ["/a.png"]),
        ("<figure><img src=/a.png alt='A cat'></figure><img src=/b.png alt='A cat'>", ["/a.png", "/b.png"]),
    ],
)  # fmt: skip
def test_images(html: str, images: list[str]) -> None:
    assert images_of(html) == images


def test_a_caption_is_no_items_first_paragraph() -> None:
    html = "<ul><li><figure><img src=/a.png><figcaption>A</figcaption></figure>b</ul>"
    assert [said(block) for block in walked(html).blocks] == [
        "image item: /a.png",
        "paragraph item: A",
        "list_item item: b",
    ]


@pytest.mark.parametrize(
    ("html", "terms"),
    [
        ("<dl><dt>A<dd>b<dt><b>C</b><dd>d</dl>", ["A", "C"]),
        ("<dl><div><dt>A</dt><dt><code>B</code></dt><dd><p>c</p></dd></div></dl>", ["A", "B"]),
        ("<dl><dt><p>A</p>B<dd>c</dl>", ["A", "B"]),
        ("<dl><dt><h3>A</h3><dd>b</dl>", []),
        ("<dl><dt id=a>A <a href='#a'>¶</a><dd>b</dl>", ["A"]),
    ],
)
def test_terms_are_strong_and_alike(html: str, terms: list[str]) -> None:
    strong = [block.text for block in walked(html).blocks if Span(0, len(block.text), "strong") in block.spans]
    assert strong == terms
    assert all(sum(span.kind == "strong" for span in block.spans) < 2 for block in walked(html).blocks)


# --- elements and selectors


def test_elements_are_arrays_in_document_order() -> None:
    page = walked("<div id=a class='b c' role=main itemprop=d>A<p>b</p><p>c<i>d</i></p></div><p>e</p>")
    nodes = page.nodes
    assert [nodes.signatures[number].tag for number in nodes.signature] == ["body", "div", "p", "p", "p"]
    assert nodes.signatures[nodes.signature[1]] == ElementSignature("div", "b c", "a", "main d")
    assert (nodes.parent, nodes.depth) == ([-1, 0, 1, 1, 0], [1, 2, 3, 3, 2])
    assert (nodes.first, nodes.end) == ([0, 0, 1, 2, 3], [4, 3, 2, 3, 4])
    assert [block.element for block in page.blocks] == [1, 2, 3, 4]


def hits_of(page: Walked) -> list[tuple[int, list[str]]]:
    return [(hit.selector, [block.text for block in page.blocks[hit.first : hit.end]]) for hit in page.hits]


def test_selectors_match_blocks_and_parts_of_them() -> None:
    page = walked("<div class=x>A<p>b <i class=x>c</i> d</p></div><p><i>e</i></p><p class=x></p>", ".x", "i")
    assert hits_of(page) == [(0, ["A", "b c d"]), (1, ["e"]), (0, [])]
    assert marks_of(page) == [(0, "c"), (1, "c")]
    assert page.hits[1] == Hit(1, -1, 2, 3)


def test_selectors_match_rows_cells_and_what_is_in_cells() -> None:
    page = walked(
        "<table><tr><th>A<th>b<tr class=x><td>c <i class=x>d</i><td>e<tr><td>f<td class=x><p class=x>g</p>h</table>",
        ".x",
    )
    assert marks_of(page) == [(0, "d"), (0, "g"), (0, "c d\te"), (0, "g h")]
    assert hits_of(walked("<table class=x><tr><th>A<th>b<tr><td>c<td>d</table>", ".x"))[-1] == (0, ["A\tb\nc\td"])


def test_a_part_of_a_block_may_be_its_start_or_end() -> None:
    page = walked("<p><i class=x>a</i> b</p><p>c <i class=x>d</i></p>", ".x")
    assert (marks_of(page), page.hits) == ([(0, "a"), (0, "d")], [])


def test_what_is_matched_keeps_its_span() -> None:
    (block,) = walked("<p>a <b class=x>b</b> <span id=y>c</span></p>", ".x", "#y").blocks
    assert block.spans == [Span(2, 3, "strong")]


def test_the_body_is_never_matched() -> None:
    assert walked("<p>A</p>", "body", "html").hits == []


@pytest.mark.parametrize(
    ("html", "unwrapped", "blocks"),
    [
        ("A <b class=x>b</b>", ".x", ["paragraph: A b"]),
        ("<ul class=x><li class=x>A</ul>", ".x", ["paragraph: A"]),
        ("<blockquote class=x>A</blockquote>", ".x", ["paragraph: A"]),
        ("<h2 class=x>A</h2>", ".x", ["paragraph: A"]),
    ],
)
def test_what_is_unwrapped_means_nothing(html: str, unwrapped: str, blocks: list[str]) -> None:
    page = walked(html, unwrapped=(unwrapped,))
    assert [said(block) for block in page.blocks] == blocks
    assert all(block.spans == [] for block in page.blocks)


# --- what a page hides


def test_hidden_elements_are_noted_and_read_when_they_are_asked_for() -> None:
    body = body_of("<p>A</p><div hidden>b</div><div aria-modal=true>d</div><noscript><p>c</p></noscript>")
    walker = Walker(Selectors())
    assert [block.text for block in walker.walk(body).blocks] == ["A"]
    assert [element.tag for element in walker.hidden] == ["div", "noscript"]
    assert [element.text for element in walker.dialogs] == ["d"]
    shown = Walker(Selectors(), shown=frozenset(walker.hidden)).walk(body)
    assert [block.text for block in shown.blocks] == ["A", "b", "c"]


def test_headings_keep_their_links_in_markdown() -> None:
    html = "<h2>A <a href='#a'>#</a></h2>"
    assert [block.text for block in walked(html).blocks] == ["A"]
    assert [block.text for block in walked(html, is_markdown=True).blocks] == ["A #"]


def test_a_walk_leaves_nothing_to_collect() -> None:
    gc.collect()
    gc.disable()
    try:
        walker = Walker(Selectors())
        walker.walk(body_of("<ul><li>A</ul><table><tr><th>b<th>c<tr><td>d<td>e</table>"))
        gone = weakref.ref(walker)
        del walker
        assert gone() is None
    finally:
        gc.enable()
