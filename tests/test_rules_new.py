"""`cleaner rules new`: a first rule file from the pages of a site."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from written_sites import AUTHOR_BOX, NEWSLETTER, TOPICS, page, related

from cleaner import Cleaner, load_rules
from cleaner.batch.drafts import drafted, loaded, seen
from cleaner.cli.commands import cli
from cleaner.engine import Cleaner as Engine
from cleaner.normalize import fold
from cleaner.page.elements import ElementSignature
from cleaner.readers.record import Record
from cleaner.rules.learning.draft import Draft, Line, file_text
from cleaner.rules.learning.names import element_of, identifier, looks_generated, names_layout, selectors_of
from cleaner.rules.learning.survey import MAX_BLOCKS, MAX_PLACES, PageSurvey
from cleaner.rules.lint import lint
from cleaner.rules.testing import run_tests
from cleaner.selectors import Elements, compile_css

Pages = Callable[[int], str]


def rules_of(pages: Pages, count: int = 8) -> str:
    """The file that is written for pages of a site."""
    records = [Record(f"{number}.html", data=pages(number), media_type="text/html") for number in range(count)]
    cleaner = Cleaner()
    return drafted("example.com", list(seen(records, cleaner)), cleaner)


def active(text: str) -> str:
    """A rule file without its comments and tests."""
    return "\n".join(line for line in text.partition("tests:\n")[0].splitlines() if not line.lstrip().startswith("#"))


def passes(text: str) -> bool:
    def clean(rules, data, media_type, url):  # type: ignore[no-untyped-def]
        return Engine(rules, extractor="none").clean(data, url=url, media_type=media_type)

    return all(result.passed for result in run_tests(loaded(text), clean))


GENERATED = '<div class="css-1q2w3e"><p>Get the letter of the valley every Friday, with all that our readers liked best.</p></div>'
FIGURE = (
    '<figure><img src="/{0}.jpg" alt="" width="600" height="400"><figcaption>The {0} in the first light of a morning in '
    "May, seen from the tower.</figcaption></figure>"
)
WRITTEN = [
    (
        "captions are no loss",
        lambda n: page(n, inside=FIGURE.format(TOPICS[n]) + NEWSLETTER),
        "- drop: {css: '.newsletter'}",
    ),
    ("a menu goes by its tag", lambda n: page(n), "- drop: {css: nav}"),
    ("a foot goes", lambda n: page(n), "- drop: {css: footer}"),
    ("the main container is named", lambda n: page(n, after=related(n)), "- main: {css: '.story-body'}"),
    ("an id names it, too", lambda n: page(n).replace('class="story-body"', 'id="story"'), "- main: {css: '#story'}"),
    ("a box that cleaner keeps goes", lambda n: page(n, inside=NEWSLETTER), "- drop: {css: '.newsletter'}"),
    ("so does one on most pages", lambda n: page(n, inside=AUTHOR_BOX if n else ""), "- drop: {css: '.author-box'}"),
    ("links to other pages go", lambda n: page(n, after=related(n)), "- drop: {css: '.related'}"),
    ("without a name, the text goes", lambda n: page(n, inside=GENERATED), "- drop: {text: 'Get the letter of"),
    ("the title has its place", lambda n: page(n), "title: {css: h1}"),
    ("the author is behind a word", lambda n: page(n), "author: {css: '.byline', regex: '^By ?(.+)'}"),
    ("the date is in an attribute", lambda n: page(n), "date: {css: time, attr: datetime}"),
]


@pytest.mark.parametrize(("pages", "line"), [case[1:] for case in WRITTEN], ids=[case[0] for case in WRITTEN])
def test_what_is_written(pages: Pages, line: str) -> None:
    text = rules_of(pages)
    assert line in active(text)
    assert passes(text)


HINT = '<p class="hint">The paper of the valley was printed here for years.</p>'
NOT_CERTAIN = [
    ("a short text that cleaner keeps", lambda n: page(n).replace("<p>For", HINT + "<p>For"), ".hint"),
    ("a place with one text of the page's own", lambda n: page(n, inside=NEWSLETTER) if n else page(
        n, inside=NEWSLETTER.replace("</div>", "<p>The ferry of this page has a letter of its own, which says more.</p></div>")
    ), ".newsletter"),
]  # fmt: skip


@pytest.mark.parametrize(("pages", "name"), [case[1:] for case in NOT_CERTAIN], ids=[case[0] for case in NOT_CERTAIN])
def test_what_is_not_certain_is_commented_out(pages: Pages, name: str) -> None:
    text = rules_of(pages)
    assert name not in active(text)
    assert name in text


def test_generated_names_are_not_written() -> None:
    text = rules_of(lambda n: page(n, inside=GENERATED, body_class="css-9x8y7z"))
    assert "css-" not in text


def test_few_pages_make_nothing_certain_of_what_differs() -> None:
    text = rules_of(lambda n: page(n, after=related(n)), 3)
    assert ".related" not in active(text)
    assert "# - drop: {css: '.related'}" in text


def test_a_file_takes_nothing_of_the_pages_own_text() -> None:
    def pages(number: int) -> str:
        return page(number, inside=NEWSLETTER + AUTHOR_BOX, after=related(number))

    rules = loaded(rules_of(pages, 6))
    for number in range(len(TOPICS)):
        text = Cleaner(rules).clean(pages(number), url="https://www.example.com/x").text
        assert "letter of the valley" not in text and "Our reporters" not in text
        assert len(re.findall(f"{TOPICS[number]} of", text)) == 5


@pytest.mark.parametrize("pages", [case[1] for case in WRITTEN], ids=[case[0] for case in WRITTEN])
def test_the_check_finds_nothing(pages: Pages, tmp_path: Path) -> None:
    path = tmp_path / "example.yaml"
    path.write_text(rules_of(pages), encoding="utf-8")
    assert [finding.message for file in lint([path]) for finding in file.findings] == []


ODD = [
    "# no comment",
    "'",
    '"',
    "- a: b",
    "{x: [y]}",
    "\x07bell\x1b[31m",
    "\u202eevil",
    "a\u2028b",
    "*x &y !z",
    "%: |",
    "\\n",
]


@pytest.mark.parametrize("odd", ODD)
def test_hostile_texts_are_harmless(odd: str, tmp_path: Path) -> None:
    box = f'<div class="box-of-words"><p>{odd} get the letter of the valley every Friday with all that readers liked.</p></div>'
    text = rules_of(lambda n: page(n, inside=box).replace("Ann Example", f"Ann {odd} Example"))
    assert all(char.isprintable() or char == "\n" for char in text)
    assert ".box-of-words" in active(text)
    assert passes(text)


NAMES = [
    "md:w-1/2",
    "a.b",
    "x#y",
    "-foo",
    "--x",
    "a'b",
    'a"b',
    "ünï-côde",
    "名前",
    "a{b}",
    "a,b",
    "[role]",
    "@media",
]


@pytest.mark.parametrize("name", NAMES)
def test_odd_names_are_escaped(name: str) -> None:
    import lxml.html

    root = lxml.html.fragment_fromstring("<div/>")
    root.set("class", name)
    assert compile_css(f".{identifier(name)}").select(Elements.of(root)) == [0]
    assert element_of(f".{identifier(name)}") == ("div", (("class", name),))


@pytest.mark.parametrize("name", NAMES)
def test_a_file_with_odd_names_loads(name: str) -> None:
    quoted = name.replace('"', "&quot;")
    text = rules_of(lambda n: page(n, inside=NEWSLETTER.replace("newsletter", quoted)))
    assert passes(text)


@pytest.mark.parametrize(
    ("name", "generated"),
    [("post-4711", True),
        ("a\\b", True), ("css-1q2w3e", True), ("sc-bdVaJa", True), ("Box__3xK9s", True), ("xkqzpt", True), ("main-nav", False),
     ("h1-title", False), ("mainNav", False), ("wsjHead", False), ("article2", False), ("btn", False)],
)  # fmt: skip
def test_names_that_programs_make(name: str, generated: bool) -> None:
    assert looks_generated(name) is generated


@pytest.mark.parametrize(
    ("name", "layout"), [("col-md-8", True), ("clearFix", True), ("first", True), ("top-story", False)]
)
def test_names_of_layout(name: str, layout: bool) -> None:
    assert names_layout(name) is layout


def test_selectors_of_an_element() -> None:
    signature = ElementSignature("nav", "menu first", "top", "main x")
    assert selectors_of(signature) == ("#top", ".menu", "nav", "[role=main]")


def test_a_survey_of_a_hostile_page_is_bounded() -> None:
    deep = "".join(f'<div class="a{letter}x b{letter}y" id="i{letter}">' for letter in map(chr, range(0x4E00, 0x51E0)))
    found = Cleaner().survey(f"<html><body>{deep}{'<p>word</p>' * 6000}</body></html>", media_type="text/html")[1]
    assert len(found.blocks) <= MAX_BLOCKS
    assert len(found.places) <= MAX_PLACES and len(found.counts) <= MAX_PLACES


def test_a_survey_comes_back_whole() -> None:
    survey = Cleaner().survey(page(0, after=related(0)))[1]
    assert PageSurvey.from_bytes(survey.to_bytes()) == survey


TEXTS = st.text(st.characters(codec="utf-8"), max_size=40)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(TEXTS, min_size=4, max_size=4), st.text(min_size=1, max_size=12), TEXTS)
def test_whatever_the_pages_the_file_loads_and_its_passes(texts: list[str], name: str, shared: str) -> None:
    import html

    inside = f'<div class="{html.escape(name)}" id="{html.escape(shared)}"><p>{html.escape(shared)} and so on</p></div>'
    text = rules_of(lambda n: page(n, inside=inside + f"<p>{html.escape(texts[n % 4])}</p>"), 5)
    assert passes(text)


@settings(max_examples=100, deadline=None)
@given(TEXTS, TEXTS)
def test_whatever_a_draft_holds_its_file_loads(text: str, evidence: str) -> None:
    from cleaner.rules.importing.writing import scalar
    from cleaner.rules.learning.draft import printable

    shown = printable(text)
    if not fold(shown):
        return
    line = Line(f"- drop: {{text: {scalar(shown)}}}", printable(evidence), True, verb="drop", text=shown)
    assert loaded(file_text(Draft("example.com", 3, (line,), "The text."))).rules[0].matches[0].text == (shown,)


def test_the_documentation_shows_what_is_written() -> None:
    documented = (Path(__file__).parent.parent / "docs" / "rules.md").read_text(encoding="utf-8")
    shown = documented.partition("## Rules from pages\n")[2].partition("```yaml\n")[2].partition("```")[0]
    text = rules_of(lambda n: page(n, inside=NEWSLETTER + AUTHOR_BOX, after=related(n)))
    assert shown == text.partition("tests:\n")[0]


# The command.


def saved(folder: Path, count: int = 6) -> list[str]:
    """Pages in files; their paths."""
    paths = [folder / f"{number}.html" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_text(page(number, inside=NEWSLETTER))
    return list(map(str, paths))


def test_the_file_is_written(tmp_path: Path) -> None:
    output = tmp_path / "example.yaml"
    result = CliRunner().invoke(cli, ["rules", "new", "https://www.example.com/a", *saved(tmp_path), "-o", str(output)])
    assert (result.exit_code, result.stdout) == (0, "")
    assert "rules from 6 pages" in result.stderr
    assert load_rules(output, shipped=False).rules[0].sites == ("example.com",)
    assert output.read_text().startswith("# yaml-language-server: $schema=rules.schema.json\n")


REFUSED = [
    (["not a host", "."], "no host name"),
    (["example.com", "0.html", "1.html"], "2 pages of example.com"),
    (["example.com", "0.html", "1.html", "2.html", "-o", "3.html"], "exists"),
]


@pytest.mark.parametrize(("arguments", "told"), REFUSED)
def test_what_is_refused(arguments: list[str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    saved(tmp_path)
    result = CliRunner().invoke(cli, ["rules", "new", *arguments])
    assert result.exit_code == 2
    assert told in result.stderr


def test_pages_of_other_sites_are_left_out(tmp_path: Path) -> None:
    import json

    hosts = ["example.com"] * 4 + ["www.example.com", "example.org"]
    rows = [json.dumps({"url": f"https://{host}/{n}", "html": page(n)}) for n, host in enumerate(hosts)]
    path = tmp_path / "pages.jsonl"
    path.write_text("\n".join(rows))
    result = CliRunner().invoke(cli, ["rules", "new", "example.com", str(path)])
    assert "# Learnt from 5 pages of example.com" in result.stdout
    assert "1 page of other sites left out" in result.stderr
