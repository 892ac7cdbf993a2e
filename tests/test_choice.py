"""Which blocks an extractor's scores keep: headings, and what has no words, go with what stands beside them."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from written import page_of, read, written

from cleaner import Cleaner
from cleaner.content import lines, revision, scorer
from cleaner.content.choice import Choice, choose_blocks
from cleaner.content.features import block_features
from cleaner.content.options import Comments, Options
from cleaner.content.scorer import Scored
from cleaner.document import Span
from cleaner.models.table import Features, Table
from cleaner.page.page import Origin, Page, TextLines

WORDS = 100
"""Words that each block is given: enough for a page to be scored."""


def chosen(page: Page, monkeypatch: pytest.MonkeyPatch, words: int = WORDS, comments: Comments = "auto") -> Choice:
    """The choice by scores that are sure of the marks: 0 for a block with "~", 1 for one without.

    "-" marks a block that a rule drops. Images and rules have no score, as no block without text has.
    """
    texts = [number for number, block in enumerate(page.blocks) if block.text]
    scores = np.array([float(page.blocks[number].kept) for number in texts])
    rows = Features(Table.of(len(texts), {"words": words}), texts)
    scored = Scored(None, rows, scores)  # type: ignore[arg-type]
    monkeypatch.setattr(block_features, "block_features", lambda page: rows if texts else None)
    monkeypatch.setattr(scorer, "scorer_of", lambda model: SimpleNamespace(scored=lambda rows: scored))
    monkeypatch.setattr(revision, "reviser_of", lambda model: None)
    monkeypatch.setattr(lines, "score", lambda forms, model: scored)
    monkeypatch.setattr(lines, "is_uniform", lambda features: False)
    return choose_blocks(page, Options(comments=comments), dropped=dropped(page))


def dropped(page: Page) -> set[int]:
    """The blocks that a rule drops."""
    return {n for n, block in enumerate(page.blocks) if block.decided is not None and block.decided.source}


def after(page: Page, choice: Choice) -> str:
    """How the page is written when it is decided as was chosen."""
    for number, block in enumerate(page.blocks):
        block.kept = choice.kept[number] and number not in dropped(page)
    return written(page)


HEADINGS = [
    ("p a / ~h2 Tides / p b", "p a / h2 Tides / p b"),
    ("p a / ~h2 Tides / ~p b", "p a / ~h2 Tides / ~p b"),
    ("p a / ~h2 Tides / ~p b / p c", "p a / ~h2 Tides / ~p b / p c"),
    ("p a / ~h2 Tides", "p a / ~h2 Tides"),
    ("p a / -h2 Tides / p b / ~p c", "p a / -h2 Tides / p b / ~p c"),
    ("p a / h2 Tides / ~p b", "p a / h2 Tides / ~p b"),  # what the score keeps stays
    ("p a / ~p Tides / p b", "p a / ~p Tides / p b"),  # no heading
    ("p a / ~h2 Tides / h3 Springs / p b", "p a / ~h2 Tides / h3 Springs / p b"),  # a menu has headings as well
]
ABOVE = "~h2 Tides / p a"
OVER_LIST = "p a / ~h2 Tides / li b"
LABELS = [
    (OVER_LIST, "p a / h2 Tides / li b"),
    ("~h2 Tides / li b", "h2 Tides / li b"),
    ("p a / ~h2 Tides / ~li b / li c", "p a / ~h2 Tides / ~li b / li c"),
    ("p a / -h2 Tides / li b", "p a / -h2 Tides / li b"),
    ("p a / ~h2 One two three four five six seven eight nine / li b",) * 2,
    ("p a / ~p Kit contains: / p b", "p a / p Kit contains: / p b"),
    ("p a / ~p Kit contains: / li b", "p a / p Kit contains: / li b"),
    ("p a / ~p Kit contains: / ~p b", "p a / ~p Kit contains: / ~p b"),
    ("p a / ~p Kit contains / li b",) * 2,
    ("p a / ~li Kit contains: / p b",) * 2,
]


@pytest.mark.parametrize(("page", "kept"), [*HEADINGS, *LABELS, (ABOVE, ABOVE)])
def test_which_headings_of_a_page_stay(page: str, kept: str, monkeypatch: pytest.MonkeyPatch) -> None:
    work = page_of(page)
    assert after(work, chosen(work, monkeypatch)) == kept


@pytest.mark.parametrize(
    ("is_prominent", "has_link", "stays"), [(True, False, True), (False, False, False), (True, True, False)]
)
def test_a_line_that_looks_like_a_heading_stays_over_its_list(
    is_prominent: bool, has_link: bool, stays: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = page_of("p a / ~p Advantages / li b")
    work.blocks[1].is_prominent = is_prominent
    work.blocks[1].spans = [Span(0, 10, "link", "/")] if has_link else []
    choice = chosen(work, monkeypatch)
    assert choice.kept == [True, stays, True]
    assert choice.details == ({1: "with what stands under it"} if stays else {})


@pytest.mark.parametrize(("page", "kept"), [*HEADINGS, (OVER_LIST, OVER_LIST), (ABOVE, "h2 Tides / p a")])
def test_which_headings_of_a_text_stay(page: str, kept: str, monkeypatch: pytest.MonkeyPatch) -> None:
    work = page_of(page, Origin.TEXT)
    texts = list(range(len(work.blocks)))
    forms = SimpleNamespace(blocks=texts, words=np.full(len(texts), WORDS, np.float32))
    work.lines = TextLines(forms, None)  # type: ignore[arg-type]
    assert after(work, chosen(work, monkeypatch)) == kept


@pytest.mark.parametrize(
    ("page", "score", "kept"),
    [
        ("~p Menu / ~h2 Tides / ~h3 Springs / p a", 0.3, "~p Menu / h2 Tides / h3 Springs / p a"),
        ("~h2 Boats / ~h2 Tides / ~h2 Springs / p a", 0.3, "~h2 Boats / ~h2 Tides / ~h2 Springs / p a"),
        ("~h2 Tides / ~p Menu / p a", 0.3, "~h2 Tides / ~p Menu / p a"),
        ("~h2 Tides / img / p a", 0.3, "h2 Tides / img / p a"),
        ("~h2 Tides / p a", 0.2, "~h2 Tides / p a"),
        ("-h2 Tides / p a", 0.3, "-h2 Tides / p a"),
    ],
)
def test_headings_directly_above_the_content_belong_to_it(
    page: str, score: float, kept: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Choice, "scores", lambda choice: dict.fromkeys(range(9), score))
    work = page_of(page)
    assert after(work, chosen(work, monkeypatch)) == kept


def test_the_edges_of_printed_pages_stay_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    work = page_of("p a / ~h2 Tides / p b", Origin.TEXT)
    forms = SimpleNamespace(blocks=[0, 1, 2], words=np.full(3, WORDS, np.float32))
    work.lines = TextLines(forms, None)  # type: ignore[arg-type]
    work.printed = frozenset({1})
    choice = chosen(work, monkeypatch)
    assert (after(work, choice), choice.otherwise) == ("p a / ~h2 Tides / p b", {1: "text.printed"})


@pytest.mark.parametrize(
    ("page", "kept"),
    [
        ("p a / img / p b", "p a / img / p b"),
        ("p a / hr / p b", "p a / hr / p b"),
        ("p a / img / hr / img / p b", "p a / img / hr / img / p b"),
        ("p a / img / ~cap1 The quay / p b", "p a / img / cap1 The quay / p b"),
        ("p a / ~p *** / p b", "p a / p *** / p b"),
        ("p a / hr / ~p b", "p a / ~hr / ~p b"),
        ("~p a / hr / p b", "~p a / ~hr / p b"),
        ("hr / p a / hr", "~hr / p a / ~hr"),
        ("p a / img / ~cap1 The quay / ~p b", "p a / img / cap1 The quay / ~p b"),
        ("~p a / img / cap1 The quay / ~p b", "~p a / ~img / ~cap1 The quay / ~p b"),
    ],
)
def test_what_has_no_words_goes_with_its_neighbours(page: str, kept: str, monkeypatch: pytest.MonkeyPatch) -> None:
    work = page_of(page)
    assert after(work, chosen(work, monkeypatch)) == kept


def test_formulas_go_with_their_neighbours(monkeypatch: pytest.MonkeyPatch) -> None:
    work = page_of("p a / ~p x = y / p b / p E = mc / ~p c")
    work.blocks[1].spans = [Span(0, 5, "math", value="x = y")]
    work.blocks[3].kind = "math"
    assert chosen(work, monkeypatch).kept == [True, True, True, True, False]  # a text may end with one


@pytest.mark.parametrize(
    ("page", "words", "kept"),
    [
        ("p a / ~p b", 25, "p a / p b"),  # 50 words make a page
        ("p a / ~p b", 24, "p a / p b"),
        ("p a / ~p b / -p c", 24, "p a / p b / -p c"),
    ],
)
def test_a_page_of_a_few_words_is_kept_whole(page: str, words: int, kept: str, monkeypatch: pytest.MonkeyPatch) -> None:
    work = page_of(page)
    assert after(work, chosen(work, monkeypatch, words)) == (kept if words < 25 else page)


@pytest.mark.parametrize(
    ("around", "texts"),
    [
        (
            "<nav><a href=/>Home</a></nav><main><nav>By Ann Lee</nav>{}</main><footer>Ferries</footer>",
            ["By Ann Lee", "{}", "Ferries"],
        ),
        ("{}<footer><a href=/>Home</a> | <a href=/b>Piers</a></footer>", ["{}"]),
        (
            "{}<footer>Call 555 1234 or write to us at the quay.</footer>",
            ["{}", "Call 555 1234 or write to us at the quay."],
        ),
        (
            "{}<footer>Call 555 1234 or write to <a href=/us>us</a> at the quay.</footer>",
            ["{}", "Call 555 1234 or write to us at the quay."],
        ),
    ],
)
def test_a_page_of_a_few_words_has_menus_that_go(around: str, texts: list[str]) -> None:
    own = "The ferry is open from nine to five."
    page = around.replace("{}", f"<p>{own}</p>")
    kept = [block.text for block in Cleaner().clean(page, media_type="text/html").blocks]
    assert kept == [text.replace("{}", own) for text in texts]


@pytest.mark.parametrize(
    ("page", "codes"),
    [("~p a / ~p b", ["content.nothing"]), ("-p a / -p b", []), ("p a / ~p b", [])],
)
def test_a_page_without_main_content_says_so(page: str, codes: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert [warning.code for warning in chosen(page_of(page), monkeypatch).warnings] == codes


@pytest.mark.parametrize(
    ("words", "name", "wish", "left"),
    [
        (60, "article", "auto", False),  # a post, with comments
        (19, "article", "auto", True),  # a note, and what its readers say
        (60, "thread", "auto", True),  # a discussion
        (60, "article", "keep", True),
        (19, "article", "drop", False),
    ],
)
def test_comments_go_from_beside_an_article(
    words: int, name: str, wish: Comments, left: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    posts = f"<div class={name}></div>" * 4
    work = read(f"<article><p>a</p></article>{posts}<div class=comments><p>b</p></div>")
    choice = chosen(work, monkeypatch, words, wish)
    assert choice.kept == [True, left]
    assert choice.otherwise == ({} if left else {1: "content.comments"})


def test_comments_that_the_score_drops_come_back_where_that_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    work = read("<p>a</p><div class=comments><p>b</p></div>")
    work.blocks[1].kept = False
    choice = chosen(work, monkeypatch, comments="keep")
    assert (choice.kept, choice.otherwise) == ([True, True], {1: "content.comments"})
