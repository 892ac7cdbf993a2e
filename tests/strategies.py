"""Documents for hypothesis: whatever satisfies the invariants of the model, and looks for trouble with Markdown."""

from __future__ import annotations

import string
from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st

from cleaner.document import Block, Cell, Container, Document, PageWarning, Removal, Span, table_text
from cleaner.writers import MarkdownOptions

_MARKS = list("*_`~[]()<>&!#+-=.:|$\\^\"'{}1290")
_MARKUP = ["**", "__", "~~", "``", "$$", "![", "](", "[^1]", "&amp;", "<b>", "*a*"]
_WORDS = [
    "word",
    "snake_case",
    "über",
    "日本",
    "é",
    "€5",
    "™",
    "“quoted”",
    "(aside)",
    "https://a.example/b",
    "1.",
    "...",
]
VALUES = ["plain", "null", "2024-03-18", "a: b", "# c", 'say "x"', "ä\u2028b", "- x", "1e3", "Yes"]
_CODE = ["x = 1", "  indented", "", "```", "~~~~", "- a", "\ttab", "> q"]
_KINDS = ("heading", "paragraph", "code", "table", "image", "math", "rule")
_HREFS = [
    "https://example.org/a_(b)",
    "http://example.org/?a=1&copy=2&amp;3",
    "/a b",
    "#part",
    "mailto:me@example.org",
    "x\\y",
    "a)b",
    "<>",
    "javascript:alert(1)",
    "data:text/html,hi",
]

pieces = st.sampled_from([*_MARKS, *_MARKUP, *_WORDS])
tokens = st.lists(pieces, min_size=1, max_size=3).map("".join)
hrefs = st.sampled_from(_HREFS)
titles = st.none() | st.none() | tokens
labels = st.sampled_from(["1", "2", "note", "a b"])


def examples(number: int) -> settings:
    """Settings for a property that wants another number of examples than 100; the profile multiplies it."""
    return settings(max_examples=number * settings.default.max_examples // 100)


@st.composite
def texts(draw: st.DrawFn, *, lines: bool = True, min_size: int = 1) -> str:
    """A text as blocks hold it: white space collapsed, `\\n` for line breaks."""
    words = draw(st.lists(tokens, min_size=min_size, max_size=6))
    gap = st.sampled_from(["", " ", " ", "\n"] if lines else ["", " "])
    return "".join(word + draw(gap) for word in words).strip()


_INLINE = ["link", "strong", "emphasis", "code", "math", "footnote_ref", "sub", "sup", "delete"]


@st.composite
def spans(draw: st.DrawFn, text: str) -> tuple[Span, ...]:
    """Spans of a text: properly nested, without white space at their edges."""
    found: list[Span] = []

    def within(start: int, end: int, depth: int) -> None:
        at = start
        while at < end and depth < 4 and len(found) < 6:
            if not draw(st.booleans()):
                return
            first = draw(st.integers(at, end - 1))
            last = draw(st.integers(first, end - 1))
            at = last + 1
            covered = text[first : last + 1]
            if covered != covered.strip():
                continue
            kind = draw(st.sampled_from(_INLINE))
            href, title = (draw(hrefs), draw(titles)) if kind == "link" else (None, None)
            value = covered if kind in ("math", "footnote_ref") else None
            found.append(Span(first, last + 1, kind, href, value, title))  # type: ignore[arg-type]
            within(first, last + 1, depth + 1)
        if draw(st.integers(0, 5)) == 0:
            place = draw(st.integers(start, end))
            alt, link = draw(st.none() | tokens), draw(st.none() | hrefs)
            found.append(Span(place, place, "image", draw(hrefs), alt, draw(titles), link))

    within(0, len(text), 0)
    return tuple(sorted(found, key=lambda span: span.start))


_STEPS = ["letter"] * 6 + ["space"] * 2 + ["image"] * 2 + ["close"] * 5 + ["code"] * 3
_STEPS += ["strong", "emphasis", "link", "math", "footnote_ref", "sup"]


@st.composite
def nested_spans(draw: st.DrawFn) -> tuple[str, list[Span]]:
    """A text with spans as HTML nests elements, any in any other, the outer one first; then images at any place."""
    text = ""
    opened: list[tuple[int, int, str]] = []
    wide: list[tuple[int, Span]] = []
    images: list[int] = []
    steps = draw(st.lists(st.sampled_from(_STEPS), max_size=25))
    for number, step in enumerate([*steps, *["close"] * len(steps)]):
        if step == "letter":
            text += string.ascii_letters[number]
        elif step == "space":
            text += " " if text and text[-1] != " " else ""
        elif step == "image":
            images.append(len(text))
        elif step != "close":
            opened.append((number, len(text), step))
        elif opened:
            order, start, kind = opened.pop()
            start, end = len(text) - len(text[start:].lstrip()), len(text.rstrip())
            if start < end:
                wide.append((order, Span(start, end, kind, "/x" if kind == "link" else None)))  # type: ignore[arg-type]
    text = text.rstrip()
    pictured = [Span(min(at, len(text)), min(at, len(text)), "image", f"/{n}.png") for n, at in enumerate(images)]
    return text, [*(span for _, span in sorted(wide, key=lambda item: item[0])), *pictured]


@st.composite
def cells(draw: st.DrawFn, *, header: bool) -> Cell:
    text = draw(texts(lines=False, min_size=0))
    sizes = st.sampled_from([1, 1, 1, 2])
    return Cell(text, draw(spans(text)), header, draw(sizes), draw(sizes))


@st.composite
def blocks(draw: st.DrawFn, kinds: tuple[str, ...] = _KINDS) -> Block:
    """A block without containers."""
    kind = draw(st.sampled_from(kinds))
    if kind in ("heading", "paragraph", "list_item"):
        text = draw(texts(lines=kind != "heading"))
        level = draw(st.integers(1, 6)) if kind == "heading" else None
        return Block(kind, text, level=level, spans=draw(spans(text)))  # type: ignore[arg-type]
    if kind == "code":
        lines = draw(st.lists(st.sampled_from(_CODE), min_size=1))
        text = "\n".join(lines).strip("\n")
        return Block("code", text or "x", language=draw(st.sampled_from([None, "python", "c++"])))
    if kind == "table":
        width, height = draw(st.integers(2, 3)), draw(st.integers(2, 3))  # what is smaller is read as text
        headed = draw(st.booleans())
        rows = tuple(tuple(draw(cells(header=headed and not row)) for _ in range(width)) for row in range(height))
        return Block("table", table_text(rows), rows=rows)
    if kind == "image":
        caption = draw(st.none() | texts(lines=False))
        alt, href = draw(st.none() | tokens), draw(st.none() | hrefs)
        return Block("image", src=draw(hrefs), alt=alt, caption=caption, href=href)
    if kind == "math":
        return Block("math", draw(st.sampled_from(["x^2", "a_1 + b_2 = c", "\\frac{1}{2}", "\\$5", "a $$"])))
    return Block("rule")


@st.composite
def containers(draw: st.DrawFn, keys: list[int], depth: int) -> Container:
    keys[0] += 1
    kind = draw(st.sampled_from(["quote", "item", "item", "callout", "post"] + ["footnote"] * (depth == 0)))
    if kind == "item":
        ordered = draw(st.booleans())
        number = draw(st.integers(0, 12)) if ordered else None
        checked = draw(st.sampled_from([None, None, True, False]))
        return Container("item", keys[0], ordered, number, checked, list=draw(st.sampled_from([None, 1, 2])))
    if kind == "post":
        return Container("post", keys[0], author=draw(st.none() | tokens), date=draw(st.none() | st.just("2023-05-06")))
    label = None
    if kind == "callout":
        label = draw(st.sampled_from(["note", "warning Mind the step", "tip *Two* [x]"]))
    elif kind == "footnote":
        label = draw(labels)
    return Container(kind, keys[0], label=label)  # type: ignore[arg-type]


@st.composite
def _contained(draw: st.DrawFn, keys: list[int], around: tuple[Container, ...]) -> list[Block]:
    found: list[Block] = []
    for _ in range(draw(st.integers(1, 3))):
        if len(around) < 3 and draw(st.integers(0, 2)) == 0:
            found += draw(_contained(keys, (*around, draw(containers(keys, len(around))))))
            continue
        block = draw(blocks())
        if block.kind == "paragraph" and not found and around and around[-1].kind == "item":
            block = Block("list_item", block.text, spans=block.spans)
        found.append(replace(block, containers=around))
    return found


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A document of a few blocks, with metadata and removals."""
    found = draw(_contained([0], ()))
    optional = st.none() | st.sampled_from(VALUES)
    removal = st.builds(Removal, tokens, st.just("ads.label"), score=st.none() | st.just(0.5))
    title = draw(st.none() | texts(lines=False))
    if title and draw(st.booleans()):
        place = draw(st.integers(0, len(found)))
        found.insert(place, Block("heading", title, 1, "title"))
    return Document(
        title=title,
        author=draw(optional),
        description=draw(optional),
        url=draw(st.none() | st.just("https://example.org/a?b=c#d")),
        blocks=tuple(found),
        removed=tuple(draw(st.lists(removal, max_size=2))),
        warnings=tuple(PageWarning("page.empty", words) for words in draw(st.lists(tokens, max_size=1))),
    )


markdown_options = st.builds(
    MarkdownOptions,
    links=st.sampled_from(["inline", "reference", "none"]),
    images=st.booleans(),
    heading_links=st.booleans(),
    heading_offset=st.integers(-2, 2),
    max_heading_level=st.integers(1, 6),
    wrap=st.none() | st.integers(1, 30),
)
