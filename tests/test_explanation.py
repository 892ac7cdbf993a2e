"""What `explain` tells of each block: its element, a selector, the threshold, and what would change the decision."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies_html import flat_texts, pages

from cleaner import Cleaner, Explanation, load_rules
from cleaner.explanation import ExplainedBlock
from cleaner.explanation.names import cost_of_name, prefix_of_module
from cleaner.html.reader import read_html
from cleaner.matching.compiled import CompiledRules
from cleaner.matching.lookup import PageLookup
from cleaner.rules import RuleSet
from cleaner.text import SHIPPED as TEXT_MODEL

SHIPPED = load_rules()
PROSE = "The ferry to the northern island was late again on Tuesday, and the harbour office gave no reason for it."


def explained(html: str, rules: RuleSet = SHIPPED, **options: str) -> Explanation:
    return Cleaner(rules, **options).explain(html, media_type="text/html")  # type: ignore[arg-type]


def block_of(html: str, text: str, **options: str) -> ExplainedBlock:
    """The first block with this text."""
    return next(block for block in explained(html, **options).blocks if block.text == text)


SELECTORS = [
    ("its id", "<p id=lead>X</p><p>a</p>", "#lead", 1),
    ("its class, with the tag", "<p class=lead>X</p><p>a</p>", "p.lead", 1),
    ("the class that others have not", "<p class='text lead'>X</p><p class=text>a</p>", "p.lead", 1),
    ("the tag, where it is the only one", "<h2>X</h2><p>a</p>", "h2", 1),
    ("a class around it", "<div class=promo><p>X</p></div><p>a</p>", "div.promo p", 1),
    ("an id around it", "<div id=promo><p>X</p></div><p>a</p>", "#promo p", 1),
    ("a speaking tag around it", "<aside><p>X</p></aside><p>a</p>", "aside p", 1),
    ("a class rather than an id with a number", "<p id=post-2 class=lead>X</p><p>a</p>", "p.lead", 1),
    ("no id of a program", "<p id=ember1234 class=lead>X</p><p>a</p>", "p.lead", 1),
    ("no class of a program", "<div class=promo><p class='css-1x2y3z'>X</p></div><p>a</p>", "div.promo p", 1),
    ("a module's class without its hash", "<p class=Card_body__3xYz1>X</p><p>a</p>", "p[class*='Card_body__']", 1),
    ("a class that no selector can hold", "<aside><p class='md:lead w-1/2'>X</p></aside><p>a</p>", "aside p", 1),
    ("not a state", "<p class='active lead'>X</p><p>a</p>", "p.lead", 1),
    ("two classes", "<p class='big red'>X</p><p class=big>a</p><p class=red>b</p>" * 1, "p.big.red", 1),
    ("the group, where it is small", "<ul class=tags><li>X</li><li>a</li></ul>", "ul.tags li", 2),
    (
        "no short class, on a page whose short classes a program has named",
        "<p class='HfYhe'>X</p><aside class=gmuro><p class=gjbzK>a</p><p class=mLASH>b</p><p class=xvlfx>c</p>"
        "<p class=ltDkr>d</p></aside>",
        "body > p:nth-of-type(1)",
        1,
    ),
    (
        "its place, where nothing else parts it from many",
        "<div class=story>" + "<p>a</p>" * 20 + "<p>X</p>" + "<p>b</p>" * 20 + "</div>",
        "div.story > p:nth-of-type(21)",
        1,
    ),
    (
        "its place, among siblings of which some are hidden and others inline",
        "<div class=story>" + "<p hidden>h</p><b>i</b><p>a</p>" * 20 + "<p>X</p>" + "<p>b</p>" * 20 + "</div>",
        "div.story > p:nth-of-type(41)",
        1,
    ),
]


@pytest.mark.parametrize(("name", "html", "selector", "fits"), SELECTORS, ids=[row[0] for row in SELECTORS])
def test_selectors_are_those_that_one_would_write(name: str, html: str, selector: str, fits: int) -> None:
    block = block_of(f"<body>{html}<p>tail</p></body>", "X", extractor="none")
    assert (block.selector, block.fits) == (selector, fits)


@pytest.mark.parametrize(
    ("name", "is_fit"),
    [
        *[
            (name, True)
            for name in ("lead", "post-body", "articleBody", "entry_content", "c-promo__title", "NewsletterBox")
        ],
        *[(name, True) for name in ("mw-content-text", "nav", "h1-title", "btn", "story-body--wide", "überschrift")],
        *[(name, False) for name in ("css-1x2y3z", "sc-hKgILt", "post-48213", "a1b2c3", "_2bXcQ", "jsx-331", "bcdfgh")],
        *[
            (name, False)
            for name in ("x1lliihq", "3d", "w-1/2", "", "ember1234", "yui_3_17_2", "e1x7f2k0", "section-2")
        ],
    ],
)
def test_names_that_a_program_has_written_are_known(name: str, is_fit: bool) -> None:
    assert (cost_of_name(name) is not None) == is_fit


@pytest.mark.parametrize(
    ("name", "prefix"),
    [
        ("Card_body__3xYz1", "Card_body__"),
        ("styles_lead__aBcDe", "styles_lead__"),
        ("card__title", None),
        ("entry_content", None),
        ("post_12345", "post_"),
        ("rgft_c0ffee", None),
    ],
)
def test_classes_of_modules_are_used_without_their_hash(name: str, prefix: str | None) -> None:
    assert prefix_of_module(name) == prefix


def own_rules(*items: str) -> RuleSet:
    """The items of `rules:` in a file of the user's."""
    lines = "".join(f"  - {item}\n" for item in items or ["drop: Never seen"])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "own.yaml"
        path.write_text(f"rules:\n{lines}", "utf-8")
        return load_rules(path, shipped=False)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(pages())
def test_a_selector_selects_the_block_s_own_element_and_covers_what_it_says(html: str) -> None:
    blocks = explained(html, RuleSet(), extractor="none").blocks
    named = [block for block in blocks if block.selector and not block.selector.startswith("body")]
    selectors = sorted({block.selector for block in named if block.selector})
    if not selectors:
        return
    compiled = CompiledRules(own_rules(*(f'drop: {{css: "{selector}"}}' for selector in selectors)).rules)
    page = read_html(html, lambda *_: PageLookup(compiled), text_model=TEXT_MODEL)
    own: dict[str, set[int]] = defaultdict(set)
    covered: dict[str, set[int]] = defaultdict(set)
    for hit in page.hits:
        selector = compiled.selectors[hit.selector].source
        covered[selector] |= set(range(hit.first, hit.end))
        own[selector] |= {number for number in range(hit.first, hit.end) if page.blocks[number].element == hit.node}
    assert [block for block in named if block.index not in own[str(block.selector)]] == []
    assert [block for block in named if block.fits != len(covered[str(block.selector)])] == []


def check_changes(data: str, media_type: str, extractor: str, numbers: set[int]) -> None:
    """The rules that are told for these blocks make the decisions the other ones."""
    for block in Cleaner(SHIPPED, extractor=extractor).explain(data, media_type=media_type).blocks:  # type: ignore[arg-type]
        if block.rule is not None and block.index in numbers:
            rules = replace(SHIPPED, rules=SHIPPED.rules + own_rules(block.rule).rules)
            after = Cleaner(rules, extractor=extractor).explain(data, media_type=media_type)  # type: ignore[arg-type]
            assert after.blocks[block.index].kept != block.kept, block


some = st.sets(st.integers(0, 30), min_size=6, max_size=6)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(pages(), st.sampled_from(["auto", "none"]), some)
def test_what_would_have_to_change_changes_the_decision(html: str, extractor: str, numbers: set[int]) -> None:
    check_changes(html, "text/html", extractor, numbers)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(flat_texts(), st.sampled_from(["text/plain", "text/markdown"]), some)
def test_texts_have_a_rule_for_each_block(text: str, media_type: str, numbers: set[int]) -> None:
    check_changes(text, media_type, "auto", numbers)


STORY = (
    f"<html lang=en><main class=story><h1>Late</h1><p class=lead>{PROSE}</p><p class=more>{PROSE} {PROSE}</p>"
    f"<div class=ad-label>Advertisement</div><p class=end>{PROSE} And so on.</p></main><div class=promo>Buy a boat now</div>"
)
CHANGES = [
    ("by nothing but its score", [], "Buy a boat now", "score 0.", '`keep: {css: "div.promo"}` keeps it'),
    (
        "by a shipped rule",
        [],
        "Advertisement",
        "--disable ads.label leaves it to the extractor; ",
        'ad-label"}` keeps it',
    ),
    ("kept", [], "Late", "", '`drop: {css: "h1"}` drops it'),
    (
        "by a rule of the user's",
        ["drop: {css: .lead}"],
        PROSE,
        "--disable own:2 leaves it to the extractor; ",
        "after own.yaml keeps it",
    ),
    ("kept by one", ["keep: Advertisement"], "Advertisement", "--disable own:2; ", "after own.yaml drops it"),
    (
        "outside of `main`",
        ["main: {css: .lead}"],
        f"{PROSE} And so on.",
        "--disable own:2 leaves",
        "after own.yaml keeps it",
    ),
    ("by `drop_after`", ["drop_after: {css: .more}"], f"{PROSE} And so on.", "--disable own:2", "keeps it"),
    (
        "nothing was left of it",
        ['replace: {regex: "^Buy.*"}', "keep: {css: .promo}"],
        "",
        "--disable own:2",
        "own:2 leaves it to the extractor",
    ),
]


@pytest.mark.parametrize(("name", "items", "text", "begins", "ends"), CHANGES, ids=[row[0] for row in CHANGES])
def test_what_would_have_to_change_is_told(name: str, items: list[str], text: str, begins: str, ends: str) -> None:
    """The rule that is told for a block that a rule of the user's decided is tried in a later file."""
    rules = replace(SHIPPED, rules=SHIPPED.rules + own_rules(*items).rules)
    block = next(b for b in explained(STORY, rules).blocks if text in (b.text, b.original) and (text or not b.text))
    told = (block.change or "").replace(block_folder(block), "")
    assert told.startswith(begins) and told.endswith(ends), told
    if block.rule is None:
        return
    later = tuple(replace(rule, order=(99, 0)) for rule in own_rules(block.rule).rules)
    after = explained(STORY, replace(rules, rules=rules.rules + later)).blocks[block.index]
    assert after.kept != block.kept


def block_folder(block: ExplainedBlock) -> str:
    """The temporary folder that the rule is in."""
    return str(Path(block.source).parent) + "/" if block.source and "own.yaml" in block.source else "\0"
