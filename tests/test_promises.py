"""The design's promises, over pages that nobody has seen before."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from cases import cases
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import html as lxml_html
from strategies import examples
from strategies_html import flat_texts, pages, rule_files
from test_roundtrip import comparable

from cleaner import Cleaner, Document, load_rules
from cleaner.writers.markdown.form import markdown_form

EXTRACTORS = ("auto", "none", "trafilatura")


@cache
def cleaner(extractor: str = "auto") -> Cleaner:
    return Cleaner(extractor=extractor)  # type: ignore[arg-type]


# --- 1: nothing is lost silently, and nothing is made up

NO_TEXT = frozenset(
    [
        "script",
        "style",
        "template",
        "noscript",
        "head",
        "title",
        "meta",
        "link",
        "base",
        "svg",
        "canvas",
        "audio",
        "video",
        "iframe",
        "frame",
        "frameset",
        "noframes",
        "object",
        "embed",
        "applet",
        "select",
        "option",
        "optgroup",
        "datalist",
        "textarea",
        "map",
        "area",
        "param",
        "source",
        "track",
        "progress",
        "meter",
        "dialog",
        "colgroup",
        "col",
        "input",
    ]
)
"""Elements whose text is no text of the page."""
WITHIN_A_LINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "nobr",
        "output",
        "q",
        "rb",
        "rp",
        "rt",
        "rtc",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "slot",
        "blink",
        "marquee",
        "picture",
        "img",
        "math",
        "mi",
    ]
)
"""Elements around which a word goes on."""
HIDDEN = re.compile(r"(^|;)\s*(display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")


def is_hidden(element: Any) -> bool:
    hidden = element.get("hidden")
    return (hidden is not None and hidden != "until-found") or bool(HIDDEN.search(element.get("style") or ""))


def visible(element: Any) -> Iterator[str]:
    """The text that a reader sees, in order, with a space where a word cannot go on."""
    if not isinstance(element.tag, str):  # a comment
        return
    if element.tag in NO_TEXT or is_hidden(element):
        return
    edge = "" if element.tag in WITHIN_A_LINE else " "
    yield edge + (element.text or "")
    for child in element:
        yield from visible(child)
        yield child.tail or ""
    yield edge


def words(text: str) -> list[str]:
    return re.findall(r"\w+", INVISIBLE.sub("", text).lower())


def words_of_page(page: str) -> Counter[str]:
    return Counter(words("".join(visible(lxml_html.document_fromstring(page).find("body")))))


def words_of_document(document: Document) -> Counter[str]:
    texts = [text for block in document.blocks for text in (block.text, block.caption or "")]
    return Counter(word for text in [*texts, *(gone.text for gone in document.removed)] for word in words(text))


@pytest.mark.slow
@pytest.mark.parametrize("extractor", EXTRACTORS)
@given(page=pages())
@example(page="<figure><figcaption>A lamp <br><br><img src=a.png> in its own caption</figcaption></figure>")
@example(page="<p>A page of some words</p><pre>code<b hidden>secret</b><template>secret</template></pre>")
@example(page="<p>A page of some words</p><pre>lamp<div>ferry</div>gull</pre>")
def test_every_visible_word_is_in_a_block_or_a_removal_once(extractor: str, page: str) -> None:
    assert words_of_document(cleaner(extractor).clean(page)) == words_of_page(page)


@given(page=pages(split=False), rules=rule_files())
@example(page="<table><tr><td>a<td>b<tr><td>c<td>d</table>", rules='rules: [{replace: {regex: "."}, with: "swapped"}]')
def test_rules_lose_no_word_silently(tmp_path_factory: pytest.TempPathFactory, page: str, rules: str) -> None:
    path = tmp_path_factory.getbasetemp() / "rules.yaml"
    path.write_text(rules)
    document = Cleaner(load_rules(path, shipped=False), extractor="none").clean(page)
    put_in = Counter(word for gone in document.removed for word in words(gone.replacement or ""))
    assert letters(words_of_document(document)) == letters(words_of_page(page) + put_in)


def letters(found: Counter[str]) -> Counter[str]:
    """Of words, since a rule may cut one in two."""
    return Counter("".join(found.elements()))


@given(text=flat_texts())
def test_flattened_text_loses_no_word_silently(text: str) -> None:
    document = cleaner().clean(text, media_type="text/plain")
    bullets = re.compile(r"^\s*\d{1,3}[.)]\s", re.M)  # the number of an item is in its container
    numbers = Counter(
        str(b.containers[-1].number) for b in document.blocks if b.kind == "list_item" and b.containers[-1].ordered
    )
    joined = "".join(re.findall(r"\w", text.lower()))
    given = Counter(re.findall(r"\w", "".join(words_of_document(document).elements()))) + Counter(
        "".join(numbers.elements())
    )
    assert bullets.search(text) or not numbers
    assert given == Counter(joined)


# --- 2: deterministic


@pytest.mark.slow
@given(page=pages())
def test_twice_the_same(page: str) -> None:
    assert fresh().clean(page.encode()).to_json() == cleaner().clean(page.encode()).to_json()


@cache
def fresh() -> Cleaner:
    """A cleaner that has not seen the pages that the other has."""
    return Cleaner()


IN_A_PROCESS = """\
import json, sys
from cleaner import Cleaner
engine = Cleaner()
print(json.dumps({name: engine.clean(page).to_json() for name, page in json.load(sys.stdin).items()}, sort_keys=True))
"""


def in_a_process(pages: dict[str, str], seed: str) -> str:
    environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-c", IN_A_PROCESS]
    return subprocess.run(
        command, input=json.dumps(pages), env=environment, capture_output=True, text=True, check=True
    ).stdout


@pytest.mark.slow
def test_the_same_in_another_process_and_another_order() -> None:
    read = {case.name: next(case.folder.glob("page.*")).read_bytes().decode("latin-1") for case in cases()}
    first = in_a_process(read, "1")
    assert in_a_process(dict(reversed(read.items())), "2") == first
    assert set(json.loads(first)) == {case.name for case in cases()}


# --- 3: idempotent


def assert_idempotent(document: Document) -> None:
    again = cleaner().clean(document.to_markdown(), media_type="text/markdown")
    assert comparable(again) == comparable(markdown_form(document))
    assert again.removed == ()


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in cases()])
def test_a_cleaned_case_is_clean(case: Any) -> None:
    assert_idempotent(case.document())


@pytest.mark.slow
@pytest.mark.parametrize("extractor", EXTRACTORS)
@given(page=pages())
@example(page="<p>A box that is none, in code:</p><p><code>[x] lamp</code></p>")
def test_a_cleaned_page_is_clean(extractor: str, page: str) -> None:
    assert_idempotent(cleaner(extractor).clean(page))


@given(text=flat_texts())
def test_a_cleaned_text_is_clean(text: str) -> None:
    assert_idempotent(cleaner().clean(text, media_type="text/plain"))


# --- 4: never raises

media_types = st.sampled_from(
    [None, "text/html", "text/plain", "text/markdown", "text/html; charset=utf-16", "text/html; charset=\0"]
)
anything = st.one_of(
    st.binary(max_size=300),
    st.text(max_size=300),
    st.text(alphabet=st.characters(codec=None, categories=["Cs", "Cc", "Lu", "Sm"]), max_size=60),
    st.lists(st.sampled_from([b"<", b">", b"<p>", b"</", b"<!--", b"<![CDATA[", b"&#", b";", b'"', b"\0", b"\xff\xfe", b"<?", b"\xc3"])).map(b"".join),
    st.lists(st.sampled_from(["---\n", "# ", "* ", "> ", "```\n", "|a|b|\n|-|-|\n", "[^1]", "[^1]: ", "$$", "![", "](", "<b>", "\n\n", "    "])).map("".join),
)  # fmt: skip


@given(data=anything, media_type=media_types | st.text(max_size=20), url=st.none() | st.text(max_size=30))
@examples(300)
def test_clean_never_raises(data: bytes | str, media_type: str | None, url: str | None) -> None:
    document = cleaner().clean(data, media_type=media_type, url=url)
    assert not any("could not be read" in warning for warning in document.warnings)
    document.to_json().encode("utf-8", "surrogatepass")
    document.to_markdown()


# --- 6: safe output

ADDRESSES = ["javascript:alert(1)", " JaVaScRiPt:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "vbscript:x", "&#106;avascript:alert(1)",
             "\x01javascript:alert(1)", "java&Tab;script:alert(1)", "javascript&colon;alert(1)"]  # fmt: skip
HOSTILE = [
    *(f'<a href="{address}">a link</a>' for address in ADDRESSES),
    *(f'<p>words <img src="{address}" alt="words"></p>' for address in ADDRESSES),
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>words</svg>",
    "<p onclick=alert(1)>words</p>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<p>&lt;img src=x onerror=alert(1)&gt;</p>",
    "<pre>&lt;script&gt;alert(1)&lt;/script&gt;</pre>",
    "<p>[words](javascript:alert(1))</p>",
    "<math alttext='&lt;script>alert(1)&lt;/script>'><mi>x</mi></math>",
    "<table><tr><td>a<td>&lt;script&gt;alert(1)&lt;/script&gt;<tr><td>b<td>|</table>",
    "<h1>&lt;script&gt;</h1>",
    "<div data-callout='note' data-callout-title='<script>alert(1)</script>'>words</div>",
    "<pre class='language-js\"onload=x'>code</pre>",
    "<title>&lt;script>alert(1)&lt;/script></title>",
    "<meta name=author content='<script>alert(1)</script>'>",
    "<link rel=canonical href='javascript:alert(1)'>",
    "<base href='javascript:alert(1)//'><a href='x'>words</a>",
    "<figure><img src=a.png alt='](javascript:alert(1))'><figcaption>&lt;b onclick=x></figcaption></figure>",
]
UNSAFE_ADDRESS = re.compile(r"^[\s\x00-\x20]*(javascript|vbscript|data)\s*:", re.I)
ATTRIBUTES = ("href", "src")


@given(st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=4).map("".join))
def test_nothing_that_runs_comes_out(page: str) -> None:
    document = cleaner("none").clean(
        "<p>A paragraph of words that stands first.</p>" + page, url="https://example.org/"
    )
    for address in addresses(document.to_dict()):
        assert not UNSAFE_ADDRESS.match(address)
    rendered = lxml_html.fromstring("<div>" + as_html(document.to_markdown(front_matter=False)) + "</div>")
    for element in rendered.iter():
        assert element.tag not in ("script", "iframe", "object", "svg", "style")
        assert not [name for name in element.attrib if name.startswith("on")]
        assert not any(UNSAFE_ADDRESS.match(element.get(name) or "") for name in ATTRIBUTES)


def addresses(value: Any) -> Iterator[str]:
    """All addresses in a document's dictionary."""
    if isinstance(value, dict):
        yield from (item for key, item in value.items() if key in ("href", "src", "url") and isinstance(item, str))
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from addresses(item)


def as_html(markdown: str) -> str:
    """As a reader that lets raw HTML through shows it."""
    from markdown_it import MarkdownIt

    return str(MarkdownIt("commonmark", {"html": True}).enable("table").render(markdown))


OPENS_NOTHING = """\
import sys
from cleaner import Cleaner
page = (
    "<base href='https://example.org/'><link rel=stylesheet href=/x.css><img src=file:///etc/passwd>"
    "<!DOCTYPE html SYSTEM 'file:///etc/passwd'><iframe src=/x></iframe><p>A page of a few words that points elsewhere.</p>"
)
engines = [Cleaner(extractor=name) for name in ("auto", "none", "trafilatura")]
def run():
    for engine in engines:
        for data, kind in ((page, None), (page, "text/plain"), ("![x](file:///etc/passwd)", "text/markdown")):
            engine.clean(data, media_type=kind, url="https://example.org/").to_markdown()
run()
def watch(event, given):
    if event == "open" or event.startswith(("socket.", "subprocess.", "os.system", "urllib.")):
        print(event, *given)
sys.addaudithook(watch)
run()
"""


def test_a_page_opens_no_file_and_no_connection() -> None:
    done = subprocess.run([sys.executable, "-c", OPENS_NOTHING], capture_output=True, text=True, check=True)
    assert done.stdout == ""
