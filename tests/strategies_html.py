"""Pages for hypothesis: HTML as people and their software write it, nested, hidden, mislabelled and broken."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

_WORDS = [
    "harbour", "lamp", "ferry", "noon", "of", "the", "a", "Birds", "naïve", "Brücke", "日本語", "it's", "e.g.", "3.5", "2024",
    "snake_case", "*star*", "#hash", "1.", "-", "[x]", "A&amp;B", "&lt;b&gt;", "&copy;", "&nbsp;", "&#8212;", "&bogus;", "&", "“quoted”",
    "Advertisement", "words\u00ad soft", "x\u200by",
]  # fmt: skip
_LINES = [
    "Advertisement",
    "Advertisment",
    "Read more",
    "Share this",
    "We use cookies",
    "Anzeige",
    "Comments",
    "By Ann Example",
]
_INLINE = ["b", "i", "em", "strong", "code", "span", "a href='/x'", "a href='javascript:alert(1)'", "sup", "sub", "s", "u", "small",
           "abbr title=t", "time", "kbd", "label", "font color=red", "cite"]  # fmt: skip
_BLOCKS = [
    "p",
    "p",
    "p",
    "div",
    "section",
    "article",
    "header",
    "footer",
    "nav",
    "aside",
    "main",
    "center",
    "form",
    "address",
    "fieldset",
]
_CLASSES = ["", "", "", " class=related", " class='ad banner'", " id=story", " class=byline", " role=heading", " onclick='x()'",
            " class=footnotes", " dir=rtl", " style='color:red'", " hidden=until-found"]  # fmt: skip
_HIDDEN = [" hidden", " style='display:none'", " style='color:red; VISIBILITY : hidden'"]
_NO_TEXT = ["<script>secret()</script>", "<style>.secret{}</style>", "<!-- secret -->", "<template>secret</template>",
            "<select><option>secret</select>", "<svg><text>secret</text></svg>", "<textarea>secret</textarea>",
            "<iframe src='javascript:secret()'>secret</iframe>", "<noscript>secret</noscript>", "<video>secret</video>",
            "<object data=secret>secret</object>", "<dialog>secret</dialog>"]  # fmt: skip
_IMAGES = [
    "<img src=a.png alt='An image'>",
    "<img src='data:image/png;base64,AAAA'>",
    "<img alt=nothing>",
    "<img src=' javascript:x '>",
]

words = st.sampled_from(_WORDS)
gaps = st.sampled_from([" ", " ", "\n", "  \t"])


@dataclass(frozen=True)
class _Form:
    """What a page may have in it."""

    split: bool
    """Markup within words."""
    broken: bool
    """Tags that do not end, or end twice."""


@st.composite
def _text(draw: st.DrawFn, form: _Form, depth: int = 0) -> str:
    """Words, inline elements, line breaks and images; with white space around each but where words may be split."""
    parts = []
    for _ in range(draw(st.integers(1, 5))):
        what = draw(st.integers(0, 9))
        if what < 5 or depth > 3:
            parts.append(draw(words))
        elif what < 8:
            tag = draw(st.sampled_from(_INLINE))
            inner = draw(_text(form, depth + 1))
            parts.append(f"<{tag}>{inner}{draw(_end(form, tag))}")
        elif what == 8:
            parts.append(draw(st.sampled_from(["<br>", "<br><br>", "<br/> <br>", "<wbr>"])))
        else:
            parts.append(draw(st.sampled_from([*_IMAGES, *_NO_TEXT[:3]])))
    separators = gaps | st.just("") if form.split else gaps
    return "".join(part + draw(separators) for part in parts)


@st.composite
def _end(draw: st.DrawFn, form: _Form, tag: str) -> str:
    name = tag.split()[0]
    if form.broken and draw(st.integers(0, 7)) == 0:
        return draw(st.sampled_from(["", f"</{name}></{name}>", "</div>", "</p>", "</"]))
    return f"</{name}>"


@st.composite
def _block(draw: st.DrawFn, form: _Form, depth: int = 0) -> str:
    kind = draw(
        st.sampled_from(["block"] * 6 + ["line", "heading", "list", "table", "quote", "pre", "figure", "other", "bare"])
    )
    make = {"list": _list, "table": _table, "quote": _quote, "figure": _figure}.get(kind)
    if make is not None and depth < 4:
        return draw(make(form, depth))
    if kind == "line":
        return f"<p>{draw(st.sampled_from(_LINES))}</p>"
    if kind == "heading":
        tag = f"h{draw(st.integers(1, 6))}"
        return f"<{tag}>{draw(_text(form))}{draw(_end(form, tag))}"
    if kind == "pre":
        return f"<pre>{draw(_text(form))}</pre>"
    if kind == "other":
        return draw(st.sampled_from([*_NO_TEXT, "<hr>", "<math><mi>x</mi></math>", *_IMAGES]))
    if kind == "bare":
        return draw(_text(form))
    tag = draw(st.sampled_from(_BLOCKS))
    hidden = draw(st.sampled_from(_HIDDEN)) if draw(st.integers(0, 9)) == 0 else ""
    if hidden:
        return f"<{tag}{hidden}>secret</{tag}>"
    inside = draw(_blocks(form, depth + 1)) if tag != "p" and depth < 4 and draw(st.booleans()) else draw(_text(form))
    return f"<{tag}{draw(st.sampled_from(_CLASSES))}>{inside}{draw(_end(form, tag))}"


@st.composite
def _blocks(draw: st.DrawFn, form: _Form, depth: int = 0) -> str:
    between = st.sampled_from(["", "\n", " "])
    return "".join(draw(_block(form, depth)) + draw(between) for _ in range(draw(st.integers(1, 3))))


@st.composite
def _list(draw: st.DrawFn, form: _Form, depth: int) -> str:
    tag = draw(st.sampled_from(["ul", "ol", "ol start=3", "dl", "menu"]))
    item = st.sampled_from(["dt", "dd"] if tag == "dl" else ["li"])
    items = []
    for _ in range(draw(st.integers(1, 3))):
        name = draw(item)
        nested = draw(_block(form, depth + 1)) if draw(st.booleans()) else ""
        items.append(f"<{name}>{draw(_text(form))}{nested}{draw(_end(form, name))}")
    return f"<{tag}>{''.join(items)}{draw(_end(form, tag))}"


@st.composite
def _table(draw: st.DrawFn, form: _Form, depth: int) -> str:
    width = draw(st.integers(1, 3))
    rows = []
    for number in range(draw(st.integers(1, 3))):
        cell = "th" if number == 0 and draw(st.booleans()) else draw(st.sampled_from(["td", "td", "td colspan=2"]))
        inner = _text(form) if draw(st.integers(0, 3)) else _block(form, depth + 1)
        rows.append("<tr>" + "".join(f"<{cell}>{draw(inner)}{draw(_end(form, cell))}" for _ in range(width)))
    caption = "<caption>lamp caption</caption>" if draw(st.booleans()) else ""
    return f"<table>{caption}{''.join(rows)}</table>"


@st.composite
def _quote(draw: st.DrawFn, form: _Form, depth: int) -> str:
    return f"<blockquote>{draw(_blocks(form, depth + 1))}{draw(_end(form, 'blockquote'))}"


@st.composite
def _figure(draw: st.DrawFn, form: _Form, depth: int) -> str:
    images = "".join(draw(st.lists(st.sampled_from(_IMAGES), min_size=1, max_size=2)))
    return f"<figure>{images}<figcaption>{draw(_text(form))}</figcaption></figure>"


@st.composite
def pages(draw: st.DrawFn, *, split: bool = True, broken: bool = True) -> str:
    """A whole page. With `split` markup may stand within words; with `broken` tags may not end."""
    form = _Form(split, broken)
    prose = "<p>The ferry left at noon with a list of birds, and nobody on the quay knew where it was going.</p>"
    head = draw(st.sampled_from(["", "<title>Lamps</title>", "<title>A &amp; B</title><meta charset=utf-8>"]))
    return (
        f"<!doctype html><html><head>{head}</head><body>{prose}{draw(_blocks(form))}{draw(_blocks(form))}</body></html>"
    )


@st.composite
def flat_texts(draw: st.DrawFn) -> str:
    """Text whose markup is gone: prose, short lines, lists, ad labels, in any layout."""
    lines = draw(st.lists(st.sampled_from(
        ["The ferry left at noon with a list of birds.", "A Short Line", "Advertisment", "- an item", "  * nested", "1. first", "2. second",
         "“Quoted,” she said.", "日本語の文です。", "word " * 30, "ends with a hy-", "phen", "\ttab", "x\u2028y", "…", "A", ""]
    ), max_size=14))  # fmt: skip
    return "".join(line + draw(st.sampled_from(["\n", "\n\n", "\r\n"])) for line in lines)


_SELECTORS = [
    "p",
    "td",
    "b",
    "a",
    "li",
    ".related",
    "#story",
    "div > p",
    "li li",
    "table",
    "tr:first-child",
    "h2",
    "figcaption",
    "span, i",
    "body",
]
_REGEXES = ["ferry", "[0-9]+", "^A", "the .*", "(?i)advert", "x|y", "."]


@st.composite
def rule_files(draw: st.DrawFn) -> str:
    """A rule file of a few rules that match a good deal."""
    rules = []
    for _ in range(draw(st.integers(1, 4))):
        selector, pattern = draw(st.sampled_from(_SELECTORS)), draw(st.sampled_from(_REGEXES))
        match = draw(st.sampled_from([
            f'{{css: "{selector}"}}', f'{{css: "{selector}", max_words: 4}}', f'{{regex: "{pattern}"}}', "Read more",
            f'{{css: "{selector}", regex: "{pattern}"}}', "{like: advertisement, edits: 2}", "{text: advertisement, misspelt: true}", "{repeats: 2}", '{xpath: "//li//b"}',
            "{interrupts: 2}", "{subject: true, marked: false}", "{text: [the, ferry], beside: [a, of], unless: the ferry}",
        ]))  # fmt: skip
        verb = draw(st.sampled_from(["drop", "drop", "keep", "heading", "paragraph", "drop_after", "drop_before"]))
        rules.append(f"  - {verb}: {match}\n")
    if draw(st.booleans()):
        rules.append(f'  - main: {{css: "{draw(st.sampled_from(_SELECTORS))}"}}\n')
    if draw(st.booleans()):
        rules.append(
            f'  - replace: {{regex: "{draw(st.sampled_from(_REGEXES))}"}}\n    with: "{draw(st.sampled_from(["", "swapped"]))}"\n'
        )
    if draw(st.booleans()):
        rules.append(f'  - unwrap: {{css: "{draw(st.sampled_from(["b", "div", "li", "table", "blockquote"]))}"}}\n')
    return "rules:\n" + "".join(rules)
