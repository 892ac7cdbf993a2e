"""Writers: every format, and Markdown that reads back as it was written."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_tokens import blocks_of, spans_of
from strategies import documents, examples, markdown_options, spans, texts

from cleaner.document import Block, Cell, Container, Document, Removal, Span, table_text
from cleaner.links import safe_href
from cleaner.markdown.parser import parser
from cleaner.markdown.reader import to_html
from cleaner.writers import WRITERS, MarkdownOptions, to_json, to_jsonl, to_markdown, to_text, write
from cleaner.writers.markdown.form import markdown_form
from cleaner.writers.markdown.front_matter import front_matter
from cleaner.writers.markdown.inline import Place, inline, inline_lines
from cleaner.writers.markdown.layout import Layout, References
from cleaner.writers.markdown.spans import expressible_spans

NOTES = frozenset({"1", "2"})


def image_at(at: int) -> Span:
    return Span(at, at, "image", "/i.png", "i")


def written(text: str, *given: Span) -> str:
    return inline(text, expressible_spans(text, given, NOTES))


# --- the table of formats


def test_formats_and_their_suffixes() -> None:
    assert {name: writer.suffix for name, writer in WRITERS.items()} == {
        "json": ".json",
        "jsonl": ".jsonl",
        "md": ".md",
        "text": ".txt",
    }


@pytest.mark.parametrize(
    ("format", "message"),
    [
        ("jsno", "unknown format 'jsno'; did you mean 'json'?"),
        ("txt", "unknown format 'txt'; did you mean 'text'?"),
        ("parquet", "unknown format 'parquet'; there are json, jsonl, md, text"),
    ],
)
def test_an_unknown_format_is_an_error_with_a_hint(format: str, message: str) -> None:
    with pytest.raises(ValueError) as error:
        write(Document(), format)
    assert str(error.value) == message


def test_removed_is_listed_unless_it_is_not_wanted() -> None:
    document = Document(blocks=(Block("paragraph", "Kept."),), removed=(Removal("Gone", "ads.label"),))
    for format in ("json", "jsonl"):
        assert "Gone" in write(document, format)
        assert "Gone" not in write(document, format, removed=False)


def test_json_lines_are_lines_to_every_reader() -> None:
    document = Document(title="one\u2028two\u2029three\x85four\nfive")
    line = to_jsonl(document)
    assert line.splitlines() == [line.removesuffix("\n")]
    assert Document.from_dict(json.loads(line)) == document


def test_text_is_the_text_with_a_newline() -> None:
    blocks = (Block("heading", "Title", 1, "title"), Block("paragraph", "One."), Block("paragraph", "Two."))
    assert to_text(Document(blocks=blocks)) == "One.\n\nTwo.\n"
    assert to_text(Document()) == ""


@given(documents())
def test_json_gives_the_document_back(document: Document) -> None:
    assert Document.from_dict(json.loads(to_json(document))) == document
    assert Document.from_dict(json.loads(to_jsonl(document))) == document
    assert Document.from_dict(document.to_dict()) == document


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({}, "document of version None; this cleaner reads version 1"),
        ({"version": 1, "titel": "A"}, "not a document of this version: unknown field 'titel'"),
        ({"version": 1, "blocks": [{"text": "A"}]}, "not a block of this version: no field 'kind'"),
        (
            {"version": 1, "removed": [{"txt": "A", "reason": "a"}]},
            "not a removal of this version: unknown field 'txt', no field 'text'",
        ),
    ],
)
def test_what_is_no_document_is_told(data: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError) as error:
        Document.from_dict(data)
    assert str(error.value) == message


# --- Markdown inside a block


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        # as it is
        ("snake_case and __init__.py", r"snake_case and \_\_init\_\_.py"),
        ("5 * 3 and 2*", "5 * 3 and 2*"),
        ("R&D, AT&T; a < b > c", "R&D, AT&T; a < b > c"),
        ("It cost $5 and then $10.", "It cost $5 and then $10."),
        ("[sic] and (see [1])", "[sic] and (see [1])"),
        ("C:\\temp", "C:\\temp"),
        ("a `tick", "a `tick"),
        ("a ~5 and #1 + 2 - 3 = 4", "a ~5 and #1 + 2 - 3 = 4"),
        ("Wow! [1]", "Wow! [1]"),
        # escaped
        ("*not* _emphasis_", r"\*not\* \_emphasis\_"),
        ("~~kept~~", r"\~\~kept\~\~"),
        ("&amp; and &#60;", r"\&amp; and \&#60;"),
        ("<b>", r"\<b>"),
        ("a `b` c", r"a \`b\` c"),
        ("$x$", r"\$x$"),
        ("[text](https://example.org)", r"[text\](https://example.org)"),
        ("a note[^1]", r"a note\[^1]"),
        ("\\* and \\", r"\\* and " + "\\"),
        # at the start of a line
        ("# no heading", r"\# no heading"),
        ("#hashtag", "#hashtag"),
        ("- no item", r"\- no item"),
        ("1. no item", r"1\. no item"),
        ("2024) no item", r"2024\) no item"),
        ("3.5 per cent", "3.5 per cent"),
        ("> no quote", r"\> no quote"),
        ("* * *", r"\* * *"),
        ("---", r"\---"),
        ("a\n===", "a\\\n\\==="),
        ("a | b\n--- | ---", "a | b\\\n\\--- | ---"),
        ("===", "==="),
        ("--", "--"),
        ("~~~", r"\~~~"),
        ("[a]: b", r"[a\]: b"),
        ("a\n[a]: b", "a\\\n[a]: b"),
        ("[x] no task", "[x] no task"),
        ("[!note] no callout", "[!note] no callout"),
        ("one\ntwo", "one\\\ntwo"),
        # on a further line
        ("one\n2. two", "one\\\n2. two"),
        ("none\n1. one", "none\\\n1\\. one"),
        ("one\n+ two", "one\\\n\\+ two"),
        ("one\n+", "one\\\n+"),
        ("one\n# two", "one\\\n\\# two"),
        ("one\n<b two", "one\\\n\\<b two"),
        # what has no partner
        ("a <b and c", "a <b and c"),
        ("a <b> and c", r"a \<b> and c"),
        ("<b and c", r"\<b and c"),
        ("&copycat; &nosuch;", "&copycat; &nosuch;"),
        ("a ``b` c", "a ``b` c"),
        ("a ``b`` c", r"a \`\`b\`\` c"),
        ("a `b``c``", r"a \`b\`\`c\`\`"),
        ("*a and *b", "*a and *b"),
        ("a* and b*", "a* and b*"),
        ("a*b and c", "a*b and c"),
        ("~~~~ ~~~~~", r"\~~~~ ~~~~~"),
    ],
)
def test_only_what_would_be_markup_is_escaped(text: str, markdown: str) -> None:
    assert written(text) == markdown


@pytest.mark.parametrize(
    ("text", "place", "markdown"),
    [
        ("1. Planning", "line", "1. Planning"),
        ("- 3 degrees", "line", "- 3 degrees"),
        ("# one", "line", "# one"),
        ("> 5", "line", "> 5"),
        ("[a]: b", "line", "[a]: b"),
        ("~~~", "line", "~~~"),
        ("<b", "line", "<b"),
        ("1. *a*", "line", r"1. \*a\*"),
        ("1. Planning", "item", r"1\. Planning"),
        ("[x] no task", "item", r"\[x] no task"),
        ("[!note] no callout", "item", "[!note] no callout"),
        ("[x] no task", "quote", "[x] no task"),
        ("[!note] no callout", "quote", r"\[!note] no callout"),
        ("===", "callout", r"\==="),
        ("2. two", "callout", r"2\. two"),
        ("1. [a", "brackets", r"1. \[a"),
    ],
)
def test_escapes_depend_on_the_place(text: str, place: Place, markdown: str) -> None:
    assert inline(text, (), place) == markdown


@pytest.mark.parametrize(
    ("text", "given", "markdown"),
    [
        ("5* 6 *7", [Span(3, 4, "strong")], "5* **6** *7"),
        ("5* 6 7*", [Span(3, 4, "emphasis")], "5* *6* 7*"),
        ("*5 x6y", [Span(4, 5, "emphasis")], r"\*5 x*6*y"),
        ("a *b c", [Span(2, 4, "strong")], r"a **\*b** c"),
        ("a `b", [Span(3, 4, "code")], r"a \``b`"),
        ("a ` b", [Span(4, 5, "code")], r"a \` `b`"),
        ("a `` b", [Span(5, 6, "code")], "a `` `b`"),
        ("^", [Span(0, 1, "link", "/a")], "[^](/a)"),
        ("^1", [Span(0, 2, "link", "/a")], r"[\^1](/a)"),
        ("a <b c", [Span(5, 6, "link", "/d e")], r"a \<b [c](</d e>)"),
        ("\u0663. a b", [Span(5, 6, "strong")], "\u0663. a **b**"),  # only Arabic numerals of ASCII number an item
        ("3. a b", [Span(5, 6, "strong")], r"3\. a **b**"),
        ("3 a b", [Span(4, 5, "strong")], "3 a **b**"),
        ("R&D &amp b", [Span(9, 10, "strong")], "R&D &amp **b**"),
        ("a &amp; b", [Span(8, 9, "strong")], r"a \&amp; **b**"),
        # What is no markup by itself, and is some beside the markup of a span.
        ("a! b", [Span(3, 4, "link", "/c")], "a! [b](/c)"),
        ("a!b", [Span(2, 3, "link", "/c")], r"a\![b](/c)"),
        ("a!1", [Span(2, 3, "footnote_ref", value="1")], r"a\![^1]"),
        ("a!b", [Span(2, 3, "strong")], "a!**b**"),
        ("a 1(c)", [Span(2, 3, "footnote_ref", value="1")], r"a [^1]\(c)"),
        ("a 1 (c)", [Span(2, 3, "footnote_ref", value="1")], "a [^1] (c)"),
        ("b(c): d", [Span(0, 1, "link", "/d")], "[b](/d)(c): d"),
        ("b: c", [Span(0, 1, "strong")], "**b**: c"),
        ("a b", [Span(2, 2, "image", "/i.png", "^i")], r"a ![\^i](/i.png)b"),
        ("a b", [Span(2, 2, "image", "/i.png", "^")], "a ![^](/i.png)b"),
        ("a b c", [Span(2, 3, "strong")], "a **b** c"),
        ("a b c", [Span(2, 3, "emphasis")], "a *b* c"),
        ("a b c", [Span(2, 3, "delete")], "a ~~b~~ c"),
        ("abc", [Span(1, 2, "emphasis")], "a*b*c"),
        ("both", [Span(0, 4, "strong"), Span(0, 4, "emphasis")], "**_both_**"),
        ("all of it", [Span(0, 9, "emphasis"), Span(4, 6, "strong")], "*all **of** it*"),
        ("Note:text", [Span(0, 5, "strong"), Span(5, 9, "emphasis")], "**Note:**_text_"),
        ("ab", [Span(0, 1, "strong"), Span(1, 2, "strong")], "**ab**"),
        # Behind a letter, emphasis cannot begin or end at punctuation.
        ('say"this"now', [Span(3, 9, "strong")], 'say"**this**"now'),
        ("a!?b", [Span(1, 3, "strong")], "a!?b"),
        (" a ", [Span(0, 3, "strong")], " **a** "),
        ("the list", [Span(4, 8, "link", "/list")], "the [list](/list)"),
        ("[1]", [Span(0, 3, "link", "#n")], "[[1]](#n)"),
        ("1]", [Span(0, 2, "link", "#n")], r"[1\]](#n)"),
        ("Oh!here", [Span(3, 7, "link", "/a")], r"Oh\![here](/a)"),
        ("wiki", [Span(0, 4, "link", "/a_(b)")], "[wiki](/a_(b))"),
        ("half", [Span(0, 4, "link", "/a)")], r"[half](/a\))"),
        ("gap", [Span(0, 3, "link", "/a b")], "[gap](</a b>)"),
        ("bad", [Span(0, 3, "link", "javascript:alert(1)")], "bad"),
        ("a`b", [Span(0, 3, "code")], "``a`b``"),
        ("`a", [Span(0, 2, "code")], "`` `a ``"),
        ("a*b*", [Span(0, 4, "code")], "`a*b*`"),
        ("f(T)", [Span(0, 4, "code"), Span(2, 3, "link", "#T")], "`f(`[`T`](#T)`)`"),
        ("a\nb", [Span(0, 3, "code")], "`a`\\\n`b`"),
        ("let x^2 be", [Span(4, 7, "math", value="x^2")], "let $x^2$ be"),
        ("2x", [Span(1, 2, "math", value="x")], "2x"),
        ("see 1", [Span(4, 5, "footnote_ref", value="1")], "see [^1]"),
        ("see 9", [Span(4, 5, "footnote_ref", value="9")], "see 9"),
        ("1: one", [Span(0, 1, "footnote_ref", value="1")], r"[^1]\: one"),
        ("see 1", [Span(0, 5, "link", "/a"), Span(4, 5, "footnote_ref", value="1")], "[see 1](/a)"),
        ("H2O", [Span(1, 2, "sub")], "H2O"),
        ("a b", [Span(2, 2, "image", "/i.png", "An *i*")], r"a ![An \*i\*](/i.png)b"),
        # A space stands between an image at the start or the end of a line and the text.
        (
            "a\nb",
            [image_at(0), image_at(1), Span(2, 2, "image", "/i.png")],
            "![i](/i.png) a ![i](/i.png)\\\n![](/i.png) b",
        ),
        ("-", [image_at(1)], r"\- ![i](/i.png)"),
        ("", [image_at(0), image_at(0)], "![i](/i.png)![i](/i.png)"),
        # Titles and the link of an image.
        ("a", [Span(0, 1, "link", "/x", title='A "b" \\\\ c\n&amp;')], r'[a](/x "A \"b\" \\\ c \&amp;")'),
        ("a", [Span(0, 1, "link", "/x", title="a")], "[a](/x)"),
        ("a b", [Span(2, 2, "image", "/i.png", "i", "T", "/x y")], 'a [![i](/i.png "T")](</x y>)b'),
        ("ab", [Span(0, 2, "link", "/y"), Span(1, 1, "image", "/i.png", link="/x")], "[a![](/i.png)b](/y)"),
        ("a", [Span(0, 1, "link", "/y"), Span(0, 0, "image", "/i.png", link="/y")], "[![](/i.png) a](/y)"),
        ("a", [Span(0, 1, "link", "/y"), Span(0, 0, "image", "/i.png")], "![](/i.png) [a](/y)"),
        ("a", [Span(0, 1, "link", "/y"), Span(1, 1, "image", "/i.png", link="/y")], "[a](/y) [![](/i.png)](/y)"),
        ("ab", [Span(1, 1, "image", "/i.png", link="javascript:x")], "a![](/i.png)b"),
        # An image stands in nothing that is written as it is: it divides code, and is put beside the rest.
        ("ab", [Span(0, 1, "code"), image_at(1), Span(1, 2, "code")], "`a`![i](/i.png)`b`"),
        ("ab", [Span(0, 2, "code"), image_at(1)], "`a`![i](/i.png)`b`"),
        ("ab", [Span(0, 2, "code"), image_at(0), image_at(2)], "![i](/i.png) `ab` ![i](/i.png)"),
        ("a b", [Span(0, 3, "code"), image_at(1)], "`a`![i](/i.png) `b`"),
        ("abcd", [Span(0, 4, "code"), Span(1, 3, "link", "/x"), image_at(2)], "`a`[`b`![i](/i.png)`c`](/x)`d`"),
        ("ab", [Span(0, 1, "strong"), image_at(1), Span(1, 2, "strong")], "**a![i](/i.png)b**"),
        ("a1b", [Span(0, 1, "code"), Span(1, 2, "footnote_ref", value="1"), Span(2, 3, "code")], "`a`[^1]`b`"),
        ("1", [Span(0, 1, "footnote_ref", value="1"), image_at(0)], "![i](/i.png) [^1]"),
        ("axb", [Span(0, 1, "code"), Span(1, 2, "math", value="x"), Span(2, 3, "code")], "`a`$x$`b`"),
        ("xy", [Span(0, 2, "math", value="xy"), image_at(1)], "$xy$ ![i](/i.png)"),
        # What covers the same text as code is around it, whichever is given first.
        ("a", [Span(0, 1, "code"), Span(0, 1, "strong")], "**`a`**"),
        ("a", [Span(0, 1, "strong"), Span(0, 1, "code")], "**`a`**"),
    ],
)
def test_spans(text: str, given: list[Span], markdown: str) -> None:
    assert written(text, *given) == markdown


def _comparable(found: list[Span] | tuple[Span, ...]) -> list[tuple[object, ...]]:
    # Where two spans cover the same text, which of them is outside means nothing.
    return sorted((s.start, s.end, s.kind, s.href or "", s.value or "", s.title or "", s.link or "") for s in found)


@given(st.data())
@examples(500)
def test_inline_markdown_reads_back_with_its_spans(data: st.DataObject) -> None:
    text = data.draw(texts())
    shown = expressible_spans(text, data.draw(spans(text)), NOTES)
    check_inline(text, shown, Layout())


@given(st.data())
@examples(500)
def test_wrapped_lines_and_references_read_back_with_their_spans(data: st.DataObject) -> None:
    text = data.draw(texts())
    shown = expressible_spans(text, data.draw(spans(text)), NOTES)
    references = data.draw(st.none() | st.builds(References))
    check_inline(text, shown, Layout(data.draw(st.none() | st.integers(1, 20)), references))


def check_inline(text: str, shown: tuple[Span, ...], layout: Layout) -> None:
    markdown = "\n".join(inline_lines(text, shown, "paragraph", layout))
    definitions = [f"[^{label}]: x" for label in sorted(NOTES)]
    definitions += layout.references.definitions() if layout.references else []
    tokens = parser().parse("\n\n".join((markdown, *definitions)), {})
    assert tokens[0].type == "paragraph_open", markdown
    got, found = spans_of(tokens[1].children or ())
    assert (got, _comparable(found)) == (text, _comparable(shown)), markdown


# --- Markdown of whole documents


def item(key: int, number: int | None = None, checked: bool | None = None) -> Container:
    return Container("item", key, number is not None, number, checked)


def test_every_kind_of_block() -> None:
    quote, note = Container("quote", 1), Container("callout", 2, label="warning Mind the *step*")
    rows = (
        (Cell("Part", header=True), Cell("Price | net", header=True)),
        (Cell("Nut", rowspan=2), Cell("2")),
        (Cell("3"),),
    )
    document = Document(
        blocks=(
            Block("heading", "Parts #", 2),
            Block("paragraph", "See 1.", spans=(Span(4, 5, "footnote_ref", value="1"),)),
            Block("list_item", "one", containers=(item(3),)),
            Block("list_item", "inner", containers=(item(3), item(4))),
            Block("list_item", "two", containers=(item(5),)),
            Block("rule"),
            Block("list_item", "done", containers=(item(6, 3, True),)),
            Block("code", "x = 1\n\ny = 2", language="python", containers=(item(6, 3, True),)),
            Block("list_item", "open", containers=(item(7, 4, False),)),
            Block("list_item", "another list", containers=(item(8, 1),)),
            Block("list_item", "bullets", containers=(replace(item(13), list=1),)),
            Block("list_item", "other bullets", containers=(replace(item(14), list=2),)),
            Block("list_item", "more of them", containers=(replace(item(15), list=2),)),
            Block("list_item", "and others", containers=(replace(item(16), list=3),)),
            Block("paragraph", "Quoted.", containers=(quote,)),
            Block("heading", "Within", 3, containers=(quote,)),
            Block("paragraph", "Careful.", containers=(note,)),
            Block("code", "```\ncode\n```", containers=(Container("callout", 9, label="tip"),)),
            Block("table", table_text(rows), rows=rows),
            Block("image", src="/a b.png", alt="A nut", caption='The "nut"', href="/nut"),
            Block("math", "x^2\n+ 1"),
            Block("paragraph", "A note.", containers=(Container("footnote", 10, label="1"),)),
            Block("list_item", "with a list", containers=(Container("footnote", 11, label="2"), item(12))),
        )
    )
    assert to_markdown(document) == (
        """## Parts \\#

See [^1].

- one
  - inner
- two

---

3. [x] done

   ```python
   x = 1

   y = 2
   ```

4. [ ] open

1) another list

- bullets

* other bullets
* more of them

- and others

> Quoted.
>
> ### Within

> [!warning] Mind the \\*step\\*
> Careful.

> [!tip]
>
> ````
> ```
> code
> ```
> ````

| Part | Price \\| net |
| --- | --- |
| Nut | 2 |
|  | 3 |

[![A nut](</a b.png> "The \\"nut\\"")](/nut)

$$
x^2
+ 1
$$

[^1]: A note.

[^2]:
    - with a list
"""
    )


def test_a_thematic_break_is_no_front_matter() -> None:
    rule, text = Block("rule"), Block("paragraph", "Text.")
    assert to_markdown(Document(blocks=(rule, text, rule, text))) == "___\n\nText.\n\n---\n\nText.\n"
    assert to_markdown(Document(author="Ada", blocks=(rule, text))) == "---\nauthor: Ada\n---\n\n___\n\nText.\n"


def link(start: int, end: int, href: str) -> Span:
    return Span(start, end, "link", href)


PAGE = Document(
    blocks=(
        Block("heading", "1. Oars", 2, spans=(Span(0, 7, "strong"), link(3, 7, "/oars"))),
        Block("paragraph", "Ash [1] is the wood of choice.", spans=(link(15, 19, "/wood"), link(23, 29, "/ash"))),
        Block("heading", "Care", 5),
        Block("paragraph", "More of the wood", spans=(link(12, 16, "/wood"), image_at(0))),
        Block("image", src="/i.png", alt="A can", caption="Oil"),
        Block("image", src="/j.png", alt="A can"),
        Block("table", rows=((Cell("a", (link(0, 1, "/ash"),)), Cell("b", (image_at(0),))),) * 2),
    )
)


@pytest.mark.parametrize(
    ("options", "changed"),
    [
        (MarkdownOptions(), {}),
        (MarkdownOptions(heading_links=True), {"## 1. Oars": "## 1. [Oars](/oars)"}),
        (MarkdownOptions(heading_offset=1), {"## 1. Oars": "### 1. Oars", "##### Care": "###### Care"}),
        (MarkdownOptions(heading_offset=-3), {"## 1. Oars": "# 1. Oars", "##### Care": "## Care"}),
        (MarkdownOptions(heading_offset=5), {"## 1. Oars": "###### 1. Oars", "##### Care": "###### Care"}),
        (MarkdownOptions(max_heading_level=3), {"##### Care": "### Care"}),
        (
            MarkdownOptions(links="none"),
            {"[wood](/wood)": "wood", "[choice](/ash)": "choice", "[a](/ash)": "a"},
        ),
        (
            MarkdownOptions(images=False),
            {'![A can](/i.png "Oil")': "Oil", "![A can](/j.png)\n\n": "", "![i](/i.png) ": ""},
        ),
        (
            MarkdownOptions(links="reference"),
            {
                "[1]": r"[1\]",
                "[wood](/wood)": "[wood][1]",
                "[choice](/ash)": "[choice][2]",
                "[a](/ash)": "[a][2]",
                "|\n<end>": "|\n\n[1]: /wood\n[2]: /ash\n",
            },
        ),
        (
            MarkdownOptions(wrap=20),
            {"Ash [1] is the [wood](/wood) of [choice](/ash).": "Ash [1] is the\n[wood](/wood) of\n[choice](/ash)."}
            | {"More of the": "More of\nthe"},
        ),
    ],
)
def test_options(options: MarkdownOptions, changed: dict[str, str]) -> None:
    expected = """## 1. Oars

Ash [1] is the [wood](/wood) of [choice](/ash).

##### Care

![i](/i.png) More of the [wood](/wood)

![A can](/i.png "Oil")

![A can](/j.png)

|  |  |
| --- | --- |
| [a](/ash) | ![i](/i.png) b |
| [a](/ash) | ![i](/i.png) b |
<end>"""
    for plain, other in changed.items():
        assert plain in expected
        expected = expected.replace(plain, other)
    expected = expected.removesuffix("<end>")
    assert to_markdown(PAGE, options) == expected


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("links", "foot", "unknown links 'foot'; there are inline, reference, none"),
        ("max_heading_level", 0, "max_heading_level is 1 to 6, not 0"),
        ("max_heading_level", 7, "max_heading_level is 1 to 6, not 7"),
        ("wrap", 0, "wrap is a whole number, at least 1, not 0"),
    ],
)
def test_an_option_that_makes_no_sense_is_an_error(name: str, value: Any, message: str) -> None:
    with pytest.raises(ValueError) as error:
        MarkdownOptions(**{name: value})
    assert str(error.value) == message


@pytest.mark.parametrize(
    ("text", "given", "markdown"),
    [
        ("All of it", [Span(0, 9, "strong")], "All of it"),
        ("All of it", [Span(0, 9, "emphasis")], "All of it"),
        ("All of it", [Span(0, 9, "link", "/a")], "All of it"),
        ("All of it", [Span(0, 9, "link", "/a"), Span(0, 9, "strong"), Span(0, 3, "emphasis")], "*All* of it"),
        ("Half of it", [Span(0, 4, "strong")], "Half of it"),
        ("Half of it", [Span(0, 4, "emphasis")], "*Half* of it"),
        ("Half of it", [Span(0, 4, "link", "/a")], "[Half](/a) of it"),
        ("2. All (3)", [Span(3, 6, "link", "/a")], "2. All (3)"),
        ("`all`", [Span(0, 5, "code")], "`` `all` ``"),
    ],
)
def test_headings_have_no_bold_and_no_link_around_the_whole(text: str, given: list[Span], markdown: str) -> None:
    assert to_markdown(Document(blocks=(Block("heading", text, 2, spans=tuple(given)),))) == f"## {markdown}\n"


@pytest.mark.parametrize(
    ("text", "given", "width", "markdown"),
    [
        ("one two three", [], 7, "one two\nthree"),
        ("one two three", [], 6, "one\ntwo\nthree"),
        ("one two three", [], 1, "one\ntwo\nthree"),
        ("one\ntwo three", [], 7, "one\\\ntwo\nthree"),
        # no line begins a block
        ("one - two", [], 5, "one -\ntwo"),
        ("page 12. of it", [], 5, "page 12.\nof it"),
        ("see #4 or +5", [], 4, "see #4\nor +5"),
        ("a > b", [], 1, "a >\nb"),
        ("a === b", [], 1, "a ===\nb"),
        ("a ___", [], 1, "a ___"),
        ("___ b", [], 3, "___ b"),
        ("a <b c", [], 1, "a <b\nc"),
        ("a <b c", [], 1, "a <b\nc"),
        ("a bold", [Span(2, 6, "strong")], 3, "a\n**bold**"),
        # no line ends with a backslash
        ("C:\\ is a", [], 4, "C:\\ is\na"),
        # what stands together
        ("a b c d", [Span(2, 5, "code")], 3, "a\n`b c`\nd"),
        ("a b c d", [Span(2, 5, "link", "/x y")], 3, "a\n[b\nc](</x y>)\nd"),
        ("a  b", [], 1, "a  b"),
        ("東京 大阪", [], 2, "東京\n大阪"),
    ],
)
def test_wrapped_lines(text: str, given: list[Span], width: int, markdown: str) -> None:
    shown = expressible_spans(text, given, NOTES)
    assert "\n".join(inline_lines(text, shown, "paragraph", Layout(width))) == markdown


def test_lines_are_narrower_in_lists_and_quotes() -> None:
    around = (Container("quote", 1), Container("item", 2, checked=False))
    words = " ".join(["word"] * 12)
    markdown = to_markdown(Document(blocks=(Block("list_item", words, containers=around),)), MarkdownOptions(wrap=40))
    assert markdown == f"> - [ ] {' '.join(['word'] * 6)}\n>   {' '.join(['word'] * 6)}\n"
    assert max(map(len, markdown.splitlines())) <= 40


TITLE = Block("heading", "The title", 1, "title")
LEAD = Block("paragraph", "Lead.")


@pytest.mark.parametrize(
    ("document", "front_matter", "markdown"),
    [
        (Document(blocks=(LEAD,)), True, "Lead.\n"),
        (Document(), True, ""),
        (Document(title="The title"), True, "---\ntitle: The title\ntitle_position: none\n---\n"),
        (Document(title="The title", blocks=(TITLE, LEAD)), True, "---\ntitle: The title\n---\n\nLead.\n"),
        (Document(title="The title", blocks=(TITLE, LEAD)), False, "# The title\n\nLead.\n"),
        (Document(title="Else", blocks=(TITLE,)), True, "---\ntitle: The title\n---\n"),
        (
            Document(title="The title", blocks=(LEAD, TITLE)),
            True,
            "---\ntitle: The title\ntitle_position: 1\n---\n\nLead.\n",
        ),
        (
            Document(title="The title", blocks=(TITLE, Block("heading", "The title", 1))),
            True,
            "---\ntitle: The title\n---\n\n## The title\n",
        ),
        (
            Document(author="A: B", date="2024-03-18", url="https://example.org/a?b#c", blocks=(LEAD,)),
            True,
            '---\nauthor: "A: B"\ndate: "2024-03-18"\nurl: https://example.org/a?b#c\n---\n\nLead.\n',
        ),
    ],
)
def test_the_title_stands_once(document: Document, front_matter: bool, markdown: str) -> None:
    assert to_markdown(document, front_matter=front_matter) == markdown


def post(key: int, author: str | None = None, date: str | None = None) -> Container:
    return Container("post", key, author=author, date=date)


POSTS = Document(
    blocks=(
        Block("paragraph", "Before."),
        Block("heading", "Why?", 3, containers=(post(1, "Ada", "2023-05-06T08:12:00+00:00"),)),
        Block("paragraph", "One.", containers=(post(1, "Ada", "2023-05-06T08:12:00+00:00"),)),
        Block("paragraph", "Two.", containers=(post(1, "Ada"), post(2, "*Bo*"))),
        Block("list_item", "Three.", containers=(post(3, date="2023-05-07"), item(4))),
        Block("paragraph", "Four.", containers=(post(5),)),
    )
)


def test_a_line_above_a_post_says_who_speaks() -> None:
    assert to_markdown(POSTS) == (
        "Before.\n\n**Ada**, 2023-05-06\n\n### Why?\n\nOne.\n\n**\\*Bo\\***\n\nTwo.\n\n2023-05-07\n\n- Three.\n\nFour.\n"
    )
    assert (
        to_text(POSTS)
        == "Before.\n\nAda, 2023-05-06\n\nWhy?\n\nOne.\n\n*Bo*\n\nTwo.\n\n2023-05-07\n\nThree.\n\nFour.\n"
    )
    assert POSTS.text == "Before.\n\nWhy?\n\nOne.\n\nTwo.\n\nThree.\n\nFour."


@pytest.mark.parametrize(
    ("title", "levels", "written"),
    [
        ("The title", [1, 2, 1, 3], [2, 3, 2, 4]),
        ("The title", [1, 3, 5], [2, 3, 5]),
        ("The title", [1, 1, 2, 3, 4, 5, 6], [2, 2, 3, 4, 5, 6, 6]),
        # A single one is another name of the page.
        ("The title", [1, 2, 3, 2], [2, 2, 3, 2]),
        ("The title", [2, 4], [2, 4]),
        (None, [1, 2], [1, 2]),
    ],
)
def test_only_the_title_has_the_highest_level(title: str | None, levels: list[int], written: list[int]) -> None:
    headings = tuple(Block("heading", "Part", level) for level in levels)
    document = Document(title=title, blocks=headings)
    assert [block.level for block in markdown_form(document).blocks] == written
    assert [block.level for block in markdown_form(document, front_matter=False).blocks] == levels
    titled = Document(title=title, blocks=(TITLE, *headings))
    expected = [1, *(written if title else [])]
    assert [block.level for block in markdown_form(titled, front_matter=False).blocks][: len(expected)] == expected


@given(documents(), st.booleans())
@examples(200)
def test_markdown_reads_back(document: Document, front_matter: bool) -> None:
    check_reads_back(document, MarkdownOptions(), front_matter)


@given(documents(), markdown_options, st.booleans())
@examples(200)
def test_markdown_reads_back_with_any_options(document: Document, options: MarkdownOptions, front_matter: bool) -> None:
    check_reads_back(document, options, front_matter)


@pytest.mark.xfail(strict=True, reason="an asterisk that is emphasised twice is read as other signs")
def test_an_asterisk_may_be_emphasised_twice() -> None:
    spans = (Span(0, 1, "emphasis"), Span(0, 1, "strong"))
    check_reads_back(Document(blocks=(Block("paragraph", "*_", spans=spans),)), MarkdownOptions(), front_matter=False)


def is_displayed(block: Block) -> bool:
    """Whether a paragraph is a formula, and does not stand behind the box of a task."""
    is_formula = [(span.kind, span.start, span.end) for span in block.spans] == [("math", 0, len(block.text))]
    is_task = block.kind == "list_item" and block.containers[-1].checked is not None
    return block.kind in ("paragraph", "list_item") and is_formula and not is_task


def check_reads_back(document: Document, options: MarkdownOptions, front_matter: bool) -> None:
    shown = markdown_form(document, options, front_matter=front_matter)
    expected = []
    for block in shown.blocks:
        if not (front_matter and block.role == "title"):
            kind = {"list_item": "paragraph", "heading": f"heading {block.level}"}.get(block.kind, block.kind)
            kind = "math" if is_displayed(block) else kind
            expected.append((kind, (block.alt or "") if kind == "image" else block.text))
    body = to_markdown(document, options, front_matter=front_matter)
    if front_matter and body.startswith("---\n"):
        body = body.split("\n---\n", 1)[1]
    assert list(blocks_of(parser().parse(body, {}))) == expected, body


@given(documents())
def test_the_form_of_the_form_is_the_form(document: Document) -> None:
    form = markdown_form(document)
    assert markdown_form(form) == form
    assert to_markdown(form) == to_markdown(document)


@given(documents(), markdown_options, st.booleans())
def test_no_html_and_no_unsafe_link_is_written(
    document: Document, options: MarkdownOptions, front_matter: bool
) -> None:
    check_harmless(to_markdown(document, options, front_matter=front_matter))


def check_harmless(markdown: str) -> None:
    """To a reader that knows CommonMark and nothing else, and checks no address."""
    md = MarkdownIt("commonmark", {"html": True})
    md.validateLink = lambda url: True  # type: ignore[method-assign]
    for token in md.parse(markdown):
        for part in (token, *(token.children or ())):
            assert not part.type.startswith("html")
            address = part.attrs.get("href") or part.attrs.get("src") or ""
            assert safe_href(str(address)) or not address


@pytest.mark.parametrize(
    "document",
    [
        Document(title="<script>alert(1)</script>"),
        Document(description="[a](javascript:alert(1)) and [b]: javascript:alert(1)"),
        Document(blocks=(Block("paragraph", "<b>", spans=(Span(0, 3, "math", value="<b>"),)),)),
        Document(blocks=(Block("math", "a\n\n<script>alert(1)</script>"),)),
        Document(blocks=(Block("math", "a\n\n[x]: javascript:alert(1)"), Block("paragraph", "[x]"))),
        Document(
            blocks=(
                Block("paragraph", "1", spans=(Span(0, 1, "footnote_ref", value="1"),)),
                Block("paragraph", "javascript:alert(1)", containers=(Container("footnote", 1, label="1"),)),
            )
        ),
        Document(blocks=(Block("image", src="data:image/png;base64,x", alt="<b>"),)),
        Document(blocks=(Block("code", "<b>", language="<b>"),)),
        Document(blocks=(Block("paragraph", "a", containers=(Container("callout", 1, label="note <b>"),)),)),
    ],
)
def test_what_would_do_harm_to_a_simple_reader_is_not_written(document: Document) -> None:
    check_harmless(to_markdown(document))
    check_harmless(to_markdown(document, front_matter=False))


@given(documents())
def test_the_front_matter_gives_its_values_back(document: Document) -> None:
    page = to_html(to_markdown(document))
    for name in ("author", "description", "url"):
        assert page.metadata.get(name) == getattr(document, name)


@given(st.text(st.characters(exclude_categories=("Cs",)), min_size=1))
def test_yaml_gives_strings_back(text: str) -> None:
    lines = front_matter([("title", text)])
    assert yaml.safe_load(lines.removesuffix("---\n")) == {"title": text}


@pytest.mark.parametrize(
    "text", ["yes", "No", "null", "~", "1", "1e3", "12:30", "0x1f", "- a", "a: b", "a #b", "a:", ""]
)
def test_yaml_strings_are_not_taken_for_other_things(text: str) -> None:
    assert (
        yaml.safe_load(front_matter([("title", text), ("author", "A")]).removesuffix("---\n")).get("title", "") == text
    )


N = 20_000


@pytest.mark.slow
@pytest.mark.parametrize(
    "block",
    [
        Block("paragraph", "*a " * N),
        Block("paragraph", "[" * N),
        Block("paragraph", "]: [" * N),
        Block("paragraph", "$a " * N),
        Block("paragraph", "a\n" * N),
        Block("paragraph", "`" * N, spans=tuple(Span(i, i + 1, "code") for i in range(0, N, 2))),
        Block("paragraph", "!a" * N, spans=tuple(Span(i, i + 1, "strong") for i in range(0, 2 * N, 2))),
        Block("paragraph", "a" * N, spans=tuple(Span(i, N - i, "emphasis") for i in range(N // 2))),
        Block("table", rows=tuple((Cell(str(i), colspan=1000, rowspan=1000),) for i in range(N))),
        Block("list_item", "a", containers=tuple(item(key) for key in range(5_000))),
    ],
    ids=["stars", "brackets", "definitions", "dollars", "lines", "code", "strong", "nested", "cells", "items"],
)
def test_writing_takes_time_linear_in_the_document(block: Block) -> None:
    start = time.perf_counter()
    to_markdown(Document(blocks=(block,)))
    assert time.perf_counter() - start < 5
