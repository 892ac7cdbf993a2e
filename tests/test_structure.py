"""The structure of a decided page: one title, captions, footnotes, thematic breaks."""

from __future__ import annotations

from pathlib import Path

import pytest
from written import page_of, read, written

from cleaner import Cleaner, Document, load_rules
from cleaner.document import Container, Span
from cleaner.page.candidate import Cut, Decision
from cleaner.page.page import Origin
from cleaner.structure import finish

P = "<p>The ferry left at noon with a load of hay, and nobody on the quay knew where it was going, or why.</p>"


def cleaned(data: str, rules: str = "", tmp_path: Path | None = None, **given: str) -> Document:
    if not rules or tmp_path is None:
        return Cleaner(extractor="none").clean(data, **given)
    path = tmp_path / "own.yaml"
    path.write_text(rules, "utf-8")
    return Cleaner(load_rules(path, shipped=False), extractor="none").clean(data, **given)


def title_blocks(document: Document) -> list[str]:
    return [block.text for block in document.blocks if block.role == "title"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("head", "body", "title", "block"),
    [
        ("<title>The late ferry</title>", "<h1>The late ferry</h1>", "The late ferry", True),
        ("<title>The late ferry | Harbour Post</title>", "<h1>The late ferry</h1>", "The late ferry", True),
        (
            "<title>The late ferry of May on Harbour</title>",
            "<h1>The late ferry of May</h1>",
            "The late ferry of May",
            True,
        ),
        ("<title>The late ferry</title>", "<h1>THE LATE FERRY</h1>", "THE LATE FERRY", True),
        ("<title>The late ferry</title>", "<h2>Boats</h2><h2>The late ferry</h2>", "The late ferry", True),
        # A heading that is another text is a heading, and the page's name is the title.
        ("<title>The late ferry</title>", "<h1>Welcome aboard</h1>", "The late ferry", False),
        (
            "<title>Tools: Python, SQL &amp; tar</title>",
            "<h1>Tools: Python, SQL &amp;#x26; tar</h1>",
            "Tools: Python, SQL & tar",
            True,
        ),
        (
            "<title>“We will not be moved”</title>",
            "<h1>&amp;#8220;We will not be moved&amp;#8221;</h1>",
            "“We will not be moved”",
            True,
        ),
        ("<title>»</title>", "<h1>»</h1>", None, False),
        ("<title>The late ferry</title>", "<h1>→</h1><h2>The late ferry</h2>", "The late ferry", True),
        ("", "<h1>Only a heading</h1>", "Only a heading", True),
        # Old pages have titles that are no headings, and names of sections in their menus.
        ("<title>The late ferry</title>", "<p>Boats</p><p>The late ferry</p>", "The late ferry", True),
        ("<title>Ferries</title>", "<p>Ferries</p><p>Boats</p>", "Ferries", False),
        ("<title>The late ferry</title>", "<p>The late ferry left</p>", "The late ferry", False),
        ("<title>»</title>", "", None, False),
        ("", "", None, False),
    ],
)
def test_there_is_one_title(head: str, body: str, title: str | None, block: bool) -> None:
    document = cleaned(f"<html><head>{head}</head><body>{body}{P}</body></html>")
    assert document.title == title
    assert title_blocks(document) == [title] * block
    assert document.to_dict().get("title") == title
    again = Cleaner().clean(document.to_markdown(), media_type="text/markdown")
    assert (again.title, title_blocks(again)) == (title, [title] * block)


@pytest.mark.parametrize(
    ("rules", "title", "block"),
    [
        ("metadata: {title: {css: .t}}", "Ferry news", False),
        ("metadata: {title: {css: h1}}", "The late ferry", True),
        ("rules: [{heading: {css: .t, level: 1}}, {drop: {css: h1}}]", "Ferry news", True),
        ("rules: [{heading: {css: .t, level: 2}}, {drop: {css: h1}}]", "The late ferry", False),
    ],
)
def test_a_rule_says_what_the_title_is(tmp_path: Path, rules: str, title: str, block: bool) -> None:
    page = f"<title>The late ferry</title><p class='t'>Ferry news</p><h1>The late ferry</h1>{P}"
    document = cleaned(page, rules, tmp_path)
    assert (document.title, title_blocks(document)) == (title, [title] * block)


@pytest.mark.parametrize(
    ("page", "headings"),
    [
        ("<title>Ebb</title><h1>Ebb</h1><div id=m><p>a</p></div>", ["Ebb"]),
        ("<title>Ebb</title><h1>Ebb</h1><h2>News</h2><div id=m><p>a</p></div>", ["Ebb"]),
        ("<title>Ebb</title><h1>The Harbour</h1><div id=m><p>a</p></div>", []),
        ("<title>Ebb</title><h1>Ebb</h1><div id=m><h2>Ebb</h2><p>a</p></div>", ["Ebb"]),
        ("<title>Ebb</title><div id=m><p>a</p></div><h1>Ebb</h1>", []),
    ],
)
def test_the_title_may_stand_above_the_elements_of_main(tmp_path: Path, page: str, headings: list[str]) -> None:
    path = tmp_path / "own.yaml"
    path.write_text("rules: [{main: {css: '#m'}}]", "utf-8")
    document = Cleaner(load_rules(path, shipped=False), extractor="none").clean(page, media_type="text/html")
    assert [block.text for block in document.blocks if block.kind == "heading"] == headings
    assert document.title == "Ebb"


@pytest.mark.parametrize(
    ("markdown", "title"),
    [
        ("* * *\n\n# Title\n\ntext here", "Title"),
        ("# Title\n\n* * *\n\ntext here", "Title"),
        ("---\ntitle: A &amp; B\n---\n\ntext here", "A &amp; B"),
        ("---\ntitle: title\n---\n\n# Title\n\ntext here", "Title"),
        ("text here\n\n# Late heading", "Late heading"),
    ],
)
def test_markdown_has_the_same_title_when_it_is_read_again(markdown: str, title: str) -> None:
    first = Cleaner().clean(markdown, media_type="text/markdown")
    again = Cleaner().clean(first.to_markdown(), media_type="text/markdown")
    assert first.title == again.title == title
    assert title_blocks(first) == title_blocks(again)
    assert first.blocks == again.blocks


KICKERS = "".join(f"<p>{word}</p>" for word in ("Sea", "18 March", "By Ann Lee", "Photo", "Map", "Share"))


@pytest.mark.parametrize(("above", "is_title"), [(2, True), (3, True), (4, False), (6, False)])
def test_three_blocks_may_stand_above_the_title(above: int, is_title: bool) -> None:
    kickers = "".join(KICKERS.split("</p>")[n] + "</p>" for n in range(above))
    document = cleaned(f"<title>The late ferry</title>{kickers}<h2>The late ferry</h2>{P}")
    assert (title_blocks(document) == ["The late ferry"]) is is_title


FERRY = "The late ferry"
TITLES_OF_HTML = [
    ("a heading that is the title", "Ferry", "h2 Ferry / p a", "title Ferry / p a"),
    ("no heading", "Ferry", "p a", "p a"),
    ("a heading of level 1, where nothing else says it", None, "h1 Boats / p a", "title Boats / p a"),
    ("no heading of level 1", None, "h2 Boats / p a", "h2 Boats / p a"),
    ("another heading of level 1", "Ferry", "h1 Boats / p a", "h1 Boats / p a"),
    ("a heading without text is none", None, "h1 / p a", "h1 / p a"),
    # Which of several.
    ("the highest", "Ferry", "h1 Ferry / h2 Ferry / p a", "title Ferry / h2 Ferry / p a"),
    ("the highest, though it is the last", "Ferry", "h3 Ferry / h1 Ferry / p a", "h3 Ferry / title Ferry / p a"),
    ("the one that stays", "Ferry", "h1 Ferry / ~h1 Ferry / p a", "title Ferry / ~h1 Ferry / p a"),
    ("the one next to the text", "Ferry", "h1 Ferry / h1 Ferry / p a", "h1 Ferry / title Ferry / p a"),
    # A heading that the extractor has dropped.
    ("the page's top heading comes back", "Ferry", "~h1 Boats / p a", "h1 Boats / p a"),
    ("it may be the title", "Ferry", "~h2 Ferry / p a", "title Ferry / p a"),
    ("it may be all that says it", None, "~p Menu / ~h1 Boats / p a", "~p Menu / title Boats / p a"),
    ("below the first text it stays dropped", None, "p a / ~h1 Boats / p b", "p a / ~h1 Boats / p b"),
    ("below the first text one that stays counts", None, "p a / h1 Boats / p b", "p a / title Boats / p b"),
    ("of level 2 it stays dropped", "Ferry", "~h2 Boats / p a", "~h2 Boats / p a"),
    ("a rule's drop is final", "Ferry", "-h1 Ferry / p a", "-h1 Ferry / p a"),
    # What stands above it: at most three blocks.
    ("three blocks", "Ferry", "p a / p b / p c / h2 Ferry / p d", "p a / p b / p c / title Ferry / p d"),
    ("four blocks", "Ferry", "p a / p b / p c / p d / h2 Ferry / p e", "p a / p b / p c / p d / h2 Ferry / p e"),
    ("dropped blocks do not count", "Ferry", f"{'~p a / ' * 4}h2 Ferry / p a", f"{'~p a / ' * 4}title Ferry / p a"),
    ("images do not count", "Ferry", f"{'img / ' * 4}h2 Ferry / p a", f"{'img / ' * 4}title Ferry / p a"),
    ("headings do not count", "Ferry", f"{'h3 a / ' * 4}h2 Ferry / p a", f"{'h3 a / ' * 4}title Ferry / p a"),
    ("a page of headings", "Ferry", f"{'h3 a / ' * 4}h2 Ferry", f"{'h3 a / ' * 4}title Ferry"),
]


@pytest.mark.parametrize(
    ("title", "page", "settled"),
    [pytest.param(title, page, settled, id=name) for name, title, page, settled in TITLES_OF_HTML],
)
def test_the_title_of_html(title: str | None, page: str, settled: str) -> None:
    work = page_of(page)
    blocks = [block.removeprefix("title ") for block in settled.split(" / ") if block.startswith("title")]
    assert finish(work, title) == (blocks[0] if blocks else title)
    assert written(work) == settled


@pytest.mark.parametrize(
    ("heading", "title", "is_same"),
    [
        ("The late ferry", "The late ferry - Harbour Post", True),
        ("Now the late ferry", "The late ferry", False),  # what says more is another title
        ("The late ferryman", "The late ferry", False),
        ("The late ferry", "Harbour Post: The late ferry", True),
        ("the LATE ferry!", "The late ferry", True),
        ("Late ferry", "Late ferry - Harbour Post", False),  # two words may be the site's name as well
        ("The late ferry", "The late ferryman - Harbour Post", False),
        ("Nother late ferry", "Another late ferry - Harbour Post", False),
        ("News", "News", True),
    ],
)
def test_a_heading_is_the_title_but_for_the_name_of_a_site(heading: str, title: str, is_same: bool) -> None:
    work = page_of(f"h1 {heading} / p a")
    assert finish(work, title) == (heading if is_same else title)
    assert (work.blocks[0].role == "title") is is_same


@pytest.mark.parametrize("after", [" - Harbour Post", " | Harbour Post", " – Harbour Post", "» Harbour Post"])
@pytest.mark.parametrize(
    ("brands", "url"), [(["Harbour Post"], None), ([], "https://www.harbourpost.example/ferry"), ([], None)]
)
def test_the_name_of_the_site_is_cut_off_the_title(after: str, brands: list[str], url: str | None) -> None:
    work = page_of(f"h1 The late ferry{after} / p a")
    work.facts.brands = brands
    is_known = bool(brands or url)
    assert finish(work, "The late ferry", url=url) == "The late ferry"
    assert work.blocks[0].role == ("title" if is_known else None)
    assert [(cut.text, cut.by) for cut in work.blocks[0].cuts] == [(after, "structure.title")] * is_known


@pytest.mark.parametrize(
    ("title", "page", "settled"),
    [
        (
            "The gale",
            "h2 The gale | Live: roads shut / p a / p b",
            "h2 The gale | Live: roads shut / p a / p b",
        ),
        ("The gale", "h1 The gale / h1 The gale - Part two / p a", "title The gale / h1 The gale - Part two / p a"),
        ("The gale", "h1 The gale » Harbour / p a", "h1 The gale » Harbour / p a"),
    ],
)
def test_what_else_stands_behind_the_title_stays(title: str, page: str, settled: str) -> None:
    work = page_of(page)
    work.facts.brands = ["Harbour Post"]
    finish(work, title)
    assert written(work) == settled


@pytest.mark.parametrize(
    ("lines", "title", "settled"),
    [
        ("h1 The late  ferry / p a", FERRY, "title The late  ferry / p a"),
        ("h1 The late ferry - Harbour Post / p a", FERRY, "h1 The late ferry - Harbour Post / p a"),
        ("~h1 The late ferry / p a", FERRY, "title The late ferry / p a"),
    ],
)
def test_a_title_by_a_rule_is_the_heading_that_is_equal(lines: str, title: str, settled: str) -> None:
    work = page_of(lines)
    finish(work, title, is_exact=True)
    assert written(work) == settled


@pytest.mark.parametrize(
    ("source", "level", "is_exact", "is_title"),
    [
        ("own.yaml:1", 1, False, True),
        ("own.yaml:1", 2, False, False),
        ("own.yaml:1", 1, True, False),  # where another rule gives the title
        (None, 1, False, False),  # the score says so, and no rule
    ],
)
def test_a_heading_by_a_rule_is_the_title(source: str | None, level: int, is_exact: bool, is_title: bool) -> None:
    work = page_of(f"h{level} Boats / p a")
    work.blocks[0].history = (Decision("heading", "own", source),)
    assert finish(work, FERRY, is_exact=is_exact) == ("Boats" if is_title else FERRY)
    assert (work.blocks[0].role == "title") is is_title


def test_a_heading_that_a_rule_keeps_may_be_the_title() -> None:
    work = page_of("h1 Ferry / p a")
    work.blocks[0].decided = Decision("keep", "own", "own.yaml:1")
    finish(work, "Ferry")
    assert written(work) == "title Ferry / p a"


@pytest.mark.parametrize(
    ("page", "history"),
    [
        ("h1 Ferry / p a", ["drop"]),
        ("~h1 Ferry / p a", ["drop", "keep structure.title"]),
        ("~h1 Boats / p a", ["drop", "keep structure.title"]),
    ],
)
def test_the_history_of_a_heading_tells_that_it_came_back(page: str, history: list[str]) -> None:
    work = page_of(page)
    work.blocks[0].history = (Decision("drop", "content.score"),)
    finish(work, "Ferry")
    assert [said.action for said in work.blocks[0].history] == [told.split()[0] for told in history]
    assert [said.by for said in work.blocks[0].history[1:]] == [told.split()[1] for told in history[1:]]


def test_a_rule_that_makes_no_heading_makes_no_title() -> None:
    work = page_of("h1 Boats / p a")
    work.blocks[0].history = (Decision("keep", "own", "own.yaml:1"),)
    assert finish(work, FERRY) == FERRY


def test_the_title_is_a_heading_of_level_1_on_one_line_without_spans() -> None:
    document = cleaned(f"<title>The late ferry</title><ul><li><h3>The <b>late</b><br>ferry</h3></li></ul>{P}")
    (title,) = [block for block in document.blocks if block.role == "title"]
    assert (title.text, title.level, title.spans, title.containers) == (FERRY, 1, (), ())


@pytest.mark.parametrize(
    ("heading", "title", "text", "cuts"),
    [
        ("Tides &amp;#38; boats", "Tides & boats", "Tides & boats", [("&amp;#38;", "&")]),
        ("Tides &#x26; boats", "Tides & boats", "Tides & boats", [("&#x26;", "&")]),
        ("Caf&eacute; boats", "Café boats", "Café boats", [("&eacute;", "é")]),
        ("&#189; caf&eacute;", "½ café", "½ café", [("&#189;", "½"), ("&eacute;", "é")]),
        ("&frac12; an hour", "½ an hour", "½ an hour", [("&frac12;", "½")]),
        ("Tides&#10;boats", "Tides\nboats", "Tides&#10;boats", []),  # no character that is seen
        ("Tides &bne; boats", "Tides =\u20e5 boats", "Tides &bne; boats", []),  # two characters
        (
            "Tides &none; boats, caf&eacute;",
            "Tides &none; boats, café",
            "Tides &none; boats, café",
            [("&eacute;", "é")],
        ),
        ("Tides & boats", "Tides and boats", "Tides & boats", []),  # another heading
        ("About &amp; in HTML", "About &amp; in HTML", "About &amp; in HTML", []),  # the title has it as well
    ],
)
def test_references_that_were_escaped_twice_are_decoded_in_the_title(
    heading: str, title: str, text: str, cuts: list[tuple[str, str]]
) -> None:
    work = page_of(f"h1 {heading} / p a")
    work.blocks[0].cuts = (Cut("|", "own", "own.yaml:1"),)
    finish(work, title)
    assert work.blocks[0].text == text
    assert [(cut.text, cut.replacement) for cut in work.blocks[0].cuts] == [("|", None), *cuts]
    assert {cut.by for cut in work.blocks[0].cuts[1:]} <= {"structure.title"}


@pytest.mark.parametrize(
    ("page", "title", "settled"),
    [
        ("h2 Ferry / p a", "Ferry", "title Ferry / p a"),
        ("~p Menu / h2 Ferry / p a", "Ferry", "~p Menu / title Ferry / p a"),
        ("~h2 Menu / h2 Ferry / p a", "Ferry", "~h2 Menu / title Ferry / p a"),
        ("h2 Ferry / title Boats / p a", "Boats", "h2 Ferry / title Boats / p a"),  # as reading found it
        ("h2 Ferry / ~title Boats / p a", "Ferry", "title Ferry / ~title Boats / p a"),
        ("p a / h2 Ferry", None, "p a / h2 Ferry"),
        ("h2 Ferry", None, "h2 Ferry"),  # a line alone is no document
        ("h2 Ferry / ~p Menu", None, "h2 Ferry / ~p Menu"),
        ("", None, ""),
    ],
)
def test_the_title_of_text(page: str, title: str | None, settled: str) -> None:
    work = page_of(page, Origin.TEXT)
    assert finish(work, None) == title
    assert written(work) == settled


@pytest.mark.parametrize(
    ("front", "position", "page", "title", "settled"),
    [
        (None, None, "h1 Ferry / p a", "Ferry", "title Ferry / p a"),
        (None, None, "hr / h1 Ferry / p a", "Ferry", "~hr / title Ferry / p a"),
        (None, None, "h2 Ferry / p a", None, "h2 Ferry / p a"),
        (None, None, "p a / h1 Ferry / p b", None, "p a / h1 Ferry / p b"),
        (None, None, "", None, ""),
        (None, None, "-h1 Boats / h1 Ferry / p a", "Ferry", "-h1 Boats / title Ferry / p a"),
        # What front matter says is put at its place, or is the heading that the text begins with.
        ("Ferry", 0, "p a", "Ferry", "title Ferry / p a"),
        ("Ferry", 1, "p a / p End.", "Ferry", "p a / title Ferry / p End."),
        ("Ferry", 1, "p a", "Ferry", "p a / title Ferry"),
        ("Ferry", 9, "p a", "Ferry", "p a / title Ferry"),
        ("Ferry", 1, "-p Gone. / p a / p End.", "Ferry", "-p Gone. / p a / title Ferry / p End."),
        ("Ferry", None, "h1 FERRY / p a", "FERRY", "title FERRY / p a"),
        ("Ferry", None, "h1 Boats / p a", "Ferry", "h1 Boats / p a"),
        (None, 0, "h1 Ferry / p a", "Ferry", "title Ferry / p a"),
    ],
)
def test_the_title_of_markdown(
    front: str | None, position: int | None, page: str, title: str | None, settled: str
) -> None:
    work = page_of(page, Origin.MARKDOWN)
    work.title_position = position
    work.facts.front_matter = {"title": front} if front else {}
    assert finish(work, front) == title
    assert written(work) == settled


def test_markdown_is_called_what_its_first_heading_says() -> None:
    work = page_of("h1 Ferry / p a / h1 Boats", Origin.MARKDOWN)
    assert finish(work, "Boats") == "Ferry"  # what else the page says of itself counts less


@pytest.mark.parametrize(
    ("position", "page", "settled"),
    [
        (0, "p a", "title Ferry, late / p a"),
        (None, "h1 Ferry, late / p a", "title Ferry, late / p a"),
        (None, "h1 Ferry late / p a", "h1 Ferry late / p a"),
        (None, "h1 Boats / p a", "h1 Boats / p a"),
    ],
)
def test_a_rule_says_what_the_title_of_markdown_is(position: int | None, page: str, settled: str) -> None:
    work = page_of(page, Origin.MARKDOWN)
    work.title_position = position
    work.facts.front_matter = {"title": "Boats"}
    assert finish(work, "Ferry, late", is_exact=True) == "Ferry, late"
    assert written(work) == settled


NOTE = """<p>The ferry<a href="#fn1"><sup>1</sup></a> left at noon.</p>{}
<ol><li id="fn1">A boat that goes back and forth.</li></ol>"""


@pytest.mark.parametrize(
    ("rules", "stays"),
    [
        ("rules: [{drop: Other}]", True),
        ("rules: [{drop: {text: A boat that goes back and forth}}]", False),
    ],
)
def test_a_footnote_stays_with_its_reference_unless_a_rule_drops_it(tmp_path: Path, rules: str, stays: bool) -> None:
    document = cleaned(NOTE.format(P), rules, tmp_path)
    assert ("A boat that goes back and forth." in document.text) is stays


@pytest.mark.parametrize(
    ("page", "settled"),
    [
        ("ref1 Ferry / ~fn1 A boat.", "ref1 Ferry / fn1 A boat."),
        ("ref1 Ferry / ~fn1 A boat. / ~fn1 Or a ship.", "ref1 Ferry / fn1 A boat. / fn1 Or a ship."),
        ("ref1 Ferry / -fn1 A boat.", "ref1 Ferry / -fn1 A boat."),
        ("ref1 Ferry / ~fn2 A boat.", "ref1 Ferry / ~fn2 A boat."),
        ("~ref1 Ferry / ~fn1 A boat.", "~ref1 Ferry / ~fn1 A boat."),
        ("ref1 Ferry / ~p A boat.", "ref1 Ferry / ~p A boat."),
        ("p Ferry / ~fn1 A boat.", "p Ferry / ~fn1 A boat."),
        ("ref1 Ferry / fn1 A boat.", "ref1 Ferry / fn1 A boat."),
    ],
)
def test_which_footnotes_stay(page: str, settled: str) -> None:
    work = page_of(page)
    finish(work, None)
    assert written(work) == settled
    came_back = [after != before for before, after in zip(page.split(" / "), settled.split(" / "), strict=True)]
    assert [bool(block.history) for block in work.blocks] == came_back


def test_only_references_to_footnotes_make_them_stay() -> None:
    work = page_of("p Ferry / ~fn1 A boat. / ref2 Boats / ~p Mind the step.")
    work.blocks[0].spans = [Span(0, 0, "image", "q.png", "1")]
    work.blocks[3].containers = (Container("callout", 1, label="2"),)
    finish(work, None)
    assert [block.kept for block in work.blocks] == [True, False, True, False]


def test_the_history_of_a_footnote_tells_that_it_came_back() -> None:
    work = page_of("ref1 Ferry / ~fn1 A boat.")
    note = work.blocks[1]
    note.history = (Decision("drop", "content.score"),)
    finish(work, None)
    assert [said.by for said in note.history] == ["content.score", "structure.footnote"]
    assert [said.action for said in note.history] == ["drop", "keep"]


@pytest.mark.parametrize(
    ("page", "settled"),
    [
        ("ref1 Ferry / h2 Notes / fn1 A boat.", "ref1 Ferry / ~h2 Notes / fn1 A boat."),
        (
            "ref1 Ferry / h2 Notes / fn1 A boat. / h2 Boats / p a",
            "ref1 Ferry / ~h2 Notes / fn1 A boat. / h2 Boats / p a",
        ),
        ("ref1 Ferry / h2 Notes / fn1 A boat. / p a", "ref1 Ferry / h2 Notes / fn1 A boat. / p a"),
        ("ref1 Ferry / h2 Notes / h2 More / fn1 A boat.", "ref1 Ferry / h2 Notes / ~h2 More / fn1 A boat."),
        ("ref1 Ferry / h2 Notes", "ref1 Ferry / h2 Notes"),
    ],
)
def test_a_heading_over_footnotes_goes(page: str, settled: str) -> None:
    work = page_of(page)
    finish(work, None)
    assert written(work) == settled


@pytest.mark.parametrize(
    ("page", "settled"),
    [
        ("p a / h2 More / ~p b", "p a / ~h2 More / ~p b"),
        ("p a / h2 More / h3 Boats / hr / ~p b", "p a / ~h2 More / ~h3 Boats / ~hr / ~p b"),
        # Nothing was left out under it.
        ("~p menu / p a / h2 More / h3 Boats / hr", "~p menu / p a / h2 More / h3 Boats / ~hr"),
        ("p a / h2 More / -p b / ~p c", "p a / h2 More / -p b / ~p c"),
        # It says something by itself.
        ("p a / h2 Call us / h3 +44 20 7946 0000 / ~p b", "p a / h2 Call us / h3 +44 20 7946 0000 / ~p b"),
        ("p a / h2 Rest, and be glad. / ~p b", "p a / h2 Rest, and be glad. / ~p b"),
        ("p a / h2 More... / ~p b", "p a / ~h2 More... / ~p b"),
        (
            "p a / h2 In the end a rope is worth what its knot is worth / ~p b",
            "p a / h2 In the end a rope is worth what its knot is worth / ~p b",
        ),
        # A list of its own.
        ("p a / h2 More / h2 Boats / h2 Tides / ~p b", "p a / h2 More / h2 Boats / h2 Tides / ~p b"),
        # Nothing was chosen, or nothing but headings.
        ("p a / h2 More / -p b", "p a / h2 More / -p b"),
        ("h2 More / ~p b", "h2 More / ~p b"),
    ],
)
def test_a_heading_goes_where_nothing_follows_it(page: str, settled: str) -> None:
    work = page_of(page)
    for block in work.blocks:
        if block.text and not block.kept and block.decided is None:
            block.decided = Decision("drop", "content.score")
    finish(work, None)
    assert written(work) == settled


@pytest.mark.parametrize(
    ("html", "stays"),
    [
        ("<section><h2>More</h2><p>b</section>", False),
        ("<section><header><h2>More</h2></header><p>b</section>", False),
        ("<section><header><h2>More</h2><h3>Boats</h3></header><p>b</section>", False),
        ("<article><p>c<h2>Never sail alone</h2></article><footer><p>b</footer>", True),
        ("<article><blockquote><h3>Never sail alone</h3></blockquote><p>b</article>", True),
    ],
)
def test_a_last_heading_goes_where_what_was_left_out_is_in_its_element(html: str, stays: bool) -> None:
    work = read(f"<p>a</p>{html}")
    left_out = work.blocks[-1]
    left_out.kept, left_out.decided = False, Decision("drop", "content.score")
    finish(work, None)
    assert [block.kept for block in work.blocks if block.kind == "heading"][:1] == [stays]


def test_the_sign_of_a_footnote_becomes_a_part_of_it() -> None:
    page = "<p>A<sup><a href=#fn1>1</a></sup> b.</p><div id=fn1><p>1</p><p>A note.</p></div>"
    assert cleaned(page).to_markdown() == "A[^1] b.\n\n[^1]: A note.\n"


@pytest.mark.parametrize(
    ("page", "kinds"),
    [
        ("<hr><p>One.</p><hr><hr><p>Two.</p><hr>", ["paragraph", "rule", "paragraph"]),
        ("<hr><hr>", []),
        ("<p>One.</p><hr>", ["paragraph"]),
    ],
)
def test_a_thematic_break_stands_between_two_blocks(page: str, kinds: list[str]) -> None:
    assert [block.kind for block in cleaned(page).blocks] == kinds


@pytest.mark.parametrize("origin", [Origin.HTML, Origin.MARKDOWN, Origin.TEXT])
@pytest.mark.parametrize(
    ("page", "settled"),
    [
        ("p a / hr / p b", "p a / hr / p b"),
        ("p a / hr / ~p b", "p a / ~hr / ~p b"),
        ("~p a / hr / p b", "~p a / ~hr / p b"),
        ("p a / hr / hr", "p a / ~hr / ~hr"),
        ("p a / hr / ~p b / hr / p c", "p a / hr / ~p b / ~hr / p c"),
        ("p a / -hr / p b", "p a / -hr / p b"),
        ("p a / hr / fn1 See b.", "p a / ~hr / fn1 See b."),
        ("fn1 See b. / hr / p a", "fn1 See b. / ~hr / p a"),
        ("p a / fn1 See b. / hr / p c", "p a / fn1 See b. / hr / p c"),
        ("p a / hr / fn1 See b. / p c", "p a / hr / fn1 See b. / p c"),
        ("", ""),
    ],
)
def test_which_thematic_breaks_stay(page: str, settled: str, origin: Origin) -> None:
    work = page_of(page, origin)
    finish(work, None)
    assert written(work) == settled


@pytest.mark.parametrize(
    ("page", "settled"),
    [
        ("img / cap0 The quay", "img The quay"),
        ("img / cap0 The quay / cap0 at noon", "img The quay at noon"),
        ("~img / cap0 The quay", "~img / cap0 The quay"),
        ("img / ~cap0 The quay", "img / ~cap0 The quay"),
        ("img / p The quay", "img / p The quay"),
        ("p a / img / p b / cap1 The quay", "p a / img The quay / p b"),
    ],
)
def test_which_captions_become_a_part_of_their_image(page: str, settled: str) -> None:
    work = page_of(page)
    finish(work, None)
    assert written(work) == settled
    assert not any(block.kept for block in work.blocks if block.merged)


def test_a_caption_becomes_a_part_of_its_image() -> None:
    figure = (
        '<figure><img src="https://x.example/q.png" alt="Quay"><figcaption>The quay<br>at noon</figcaption></figure>'
    )
    (image,) = [block for block in cleaned(P + figure + P).blocks if block.kind == "image"]
    assert image.caption == "The quay at noon"


@pytest.mark.parametrize(
    ("figure", "caption"),
    [
        ('<img src=/q.png title="A large boat">', "A large boat"),
        ("<img src=/q.png title=boat-2>", None),
        ('<img src=/q.png title="A large boat" alt="A  large boat">', None),
        ('<figure><img src=/q.png title="A large boat"><figcaption>The quay</figcaption></figure>', "The quay"),
    ],
)
def test_the_title_of_an_image_is_its_caption_where_it_has_no_other(figure: str, caption: str | None) -> None:
    (image,) = [block for block in cleaned(P + figure + P).blocks if block.kind == "image"]
    assert image.caption == caption


@pytest.mark.parametrize(
    ("items", "markdown"),
    [
        ("<ol><li>One<li>AD<li>Two<li>AD<li>Three</ol>", "1. One\n2. Two\n3. Three\n"),
        ("<ol start=4><li>AD<li>Four<li>Five</ol>", "4. Four\n5. Five\n"),
        ("<ol><li>One<li>AD<li value=7>Seven<li>Eight</ol>", "1. One\n\n7) Seven\n8) Eight\n"),
        ("<ol><li>One<ol><li>AD<li>Inner</ol><li>Two</ol>", "1. One\n   1. Inner\n2. Two\n"),
        ("<ol><li>One<p>AD</p><li>Two</ol>", "1. One\n2. Two\n"),
        ("<ol reversed><li>Two<li>AD<li>One</ol>", "2. Two\n\n1) One\n"),
        ("<ol><li>One<li><li>Three<li>AD<li>Four</ol>", "1. One\n\n3) Three\n4) Four\n"),
        ("<ul><li>One<li>AD<li>Two</ul>", "- One\n- Two\n"),
    ],
)
def test_numbers_go_on_where_a_rule_drops_items(tmp_path: Path, items: str, markdown: str) -> None:
    document = cleaned(items, "rules: [{drop: AD}]", tmp_path, media_type="text/html")
    assert document.to_markdown(front_matter=False) == markdown
