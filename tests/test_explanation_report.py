"""`explain --html`: a page that shows every block and is safe whatever the scraped page holds."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies_html import pages

from cleaner import Cleaner, Explanation
from cleaner.document import Document, PageWarning
from cleaner.explanation import ExplainedBlock
from cleaner.page.candidate import Cut, Decision

TAGS = frozenset(
    [
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "p",
        "span",
        "ul",
        "li",
        "div",
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "input",
        "label",
        "main",
        "section",
        "code",
        "pre",
        "details",
        "summary",
        "dl",
        "dt",
        "dd",
        "hr",
    ]
)
ATTRIBUTES = frozenset(
    ["lang", "charset", "http-equiv", "content", "name", "class", "id", "for", "type", "scope", "dir"]
)
NASTY = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror='alert(1)'>",
    "</main></body><svg onload=alert(1)>",
    "' style='background:url(//evil)",
    "`]]>--><!--",
    "&lt;b&gt; &amp; &#60;",
    "javascript:alert(1)",
    "\u202eright to left\u0000\x1b[31m\ud800",
]
texts = st.sampled_from(NASTY) | st.text(max_size=30)


class Reader(HTMLParser):
    """Collects elements, attributes and text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_data(self, data: str) -> None:
        self.text += f" {data} "


def read(explanation: Explanation, name: str = "page.html") -> Reader:
    """The report, which has only tags and attributes that load and run nothing."""
    page = explanation.to_html(name)
    page.encode("utf-8")
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert {tag for tag, _ in reader.tags} <= TAGS
    assert {name for _, attributes in reader.tags for name in attributes} <= ATTRIBUTES
    assert page.count("<script") == page.count("<img") == page.count("<a ") == 0
    policy = next(a["content"] for _, a in reader.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None and policy.startswith("default-src 'none'; style-src 'unsafe-inline'")
    return reader


@st.composite
def explanations(draw: st.DrawFn) -> Explanation:
    """Blocks that say what they like, in every field."""

    def block(index: int) -> ExplainedBlock:
        return ExplainedBlock(
            index,
            draw(st.sampled_from(["heading", "paragraph", "list_item", "code", "table", "image", "math", "rule"])),
            draw(st.none() | st.integers(1, 6)),
            draw(texts),
            draw(st.booleans()),
            draw(texts),
            draw(texts),
            0.25,
            (Decision("drop", draw(texts), draw(texts), 0.5, draw(texts)),),
            (Cut(draw(texts), draw(texts), None, draw(texts)),),
            draw(texts),
            ((draw(texts), 1.0),),
            draw(texts),
            *(draw(texts), draw(texts), 3, 0.5, 0.1, 0.2, draw(texts), draw(texts)),
        )

    document = Document(
        title=draw(texts),
        language=draw(texts),
        warnings=(PageWarning(draw(texts), draw(texts)),),
        fields={"own": draw(texts)},
    )
    blocks = tuple(block(index) for index in range(draw(st.integers(0, 3))))
    return Explanation(document, blocks, {"title": (draw(texts),), "own": (draw(texts),), "language": ("text",)})


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(explanations(), texts)
def test_nothing_of_a_page_becomes_markup(explanation: Explanation, name: str) -> None:
    reader = read(explanation, name)
    assert sum(tag == "section" for tag, _ in reader.tags) == len(explanation.blocks)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(pages())
def test_every_block_is_there_with_its_mark(html: str) -> None:
    explanation = Cleaner().explain(html)
    sections = [attributes for tag, attributes in read(explanation).tags if tag == "section"]
    assert [(section["id"], section["class"]) for section in sections] == [
        (f"block-{block.index}", "block kept" if block.kept else "block dropped") for block in explanation.blocks
    ]


def test_the_report_says_what_was_decided() -> None:
    prose = "The ferry to the northern island was late again, and the harbour office gave no reason for it. " * 3
    html = (
        f"<html lang=en><main class=story><h1>Late again</h1><p class=lead>{prose}</p><div class=ad-label>Advertisement</div>"
        f"<pre>a\n  b</pre><table><tr><th>Wood<th>Weight<tr><td>Ash<td>680</table><p>{prose}</p></main>"
    )
    reader = read(Cleaner().explain(html), "late.html")
    text = " ".join(reader.text.split())
    for part in (
        "late.html: kept and dropped",
        "6 blocks: 5 kept , 1 dropped",
        "Dropped by rule or stage place blocks ads.label generic/terms/ads.yaml:4 1",
        "title Late again heading",
        "2 dropped paragraph · ads.label (generic/terms/ads.yaml:4) · score",
        'rule - keep: {css: "div.ad-label"}',
        "--disable ads.label leaves it to the extractor",
        "0 kept heading 1",
    ):
        assert part in text
    assert [tag for tag, _ in reader.tags].count("h3") == 1


@pytest.mark.parametrize(("ground", "text"), [("#eef8f0", "#0b5a24"), ("#fdf0f1", "#90121f"), ("#eef8f0", "#5a6068")])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_have_contrast(scheme: str, ground: str, text: str) -> None:
    dark = {
        "#eef8f0": "#12251a",
        "#fdf0f1": "#2d1518",
        "#0b5a24": "#8fdba5",
        "#90121f": "#f5a9b1",
        "#5a6068": "#a4abb5",
    }
    page = Explanation(Document(), ()).to_html("x")
    pair = [colour if scheme == "light" else dark[colour] for colour in (ground, text)]
    assert all(colour in page for colour in pair)
    light, shade = sorted(map(luminance, pair), reverse=True)
    assert (light + 0.05) / (shade + 0.05) >= 4.5  # WCAG 2, level AA


def luminance(colour: str) -> float:
    """Relative luminance of "#rrggbb", as WCAG 2 defines it."""
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
