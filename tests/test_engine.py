"""The whole of a `Cleaner`: metadata by rules, sites by address, pickling, threads."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import cleaner as cleaner_package
from cleaner import Cleaner, engine, load_rules

PAGE = """<html lang="en"><head><title>Harbour news</title><link rel="canonical" href="https://news.example.com/ferry"></head>
<body><h1>Site headline</h1><p class="t">Ferry late again</p><p class="when">March 18, 2024</p>
<p>The ferry to the northern island was late again on Tuesday, and nobody said why, though many asked.</p></body></html>"""


def cleaner(tmp_path: Path, rules: str) -> Cleaner:
    path = tmp_path / "own.yaml"
    path.write_text(rules, "utf-8")
    return Cleaner(load_rules(path, shipped=False), extractor="none")


@pytest.mark.parametrize(
    ("rule", "field", "value"),
    [
        ("title: {css: .t}", "title", "Ferry late again"),
        ("date: {css: .when}", "date", "2024-03-18"),
        ("date: {css: h1}", "date", "2024-03-18"),  # no date: what the page says counts
        ("author: {css: .when, regex: '^(\\w+)'}", "author", "March"),
        ("language: {css: html, attr: lang}", "language", "en"),
    ],
)
def test_metadata_by_rules(tmp_path: Path, rule: str, field: str, value: str | None) -> None:
    document = cleaner(tmp_path, f"metadata:\n  {rule}\n").clean(PAGE)
    assert getattr(document, field) == value


@pytest.mark.parametrize(
    ("site", "url", "applies"),
    [
        ("example.com", None, True),  # the page's own canonical address
        ("example.com", "https://www.example.com/a", True),
        ("example.com", "https://example.org/a", False),
        ("other.example", None, False),
    ],
)
def test_rules_apply_to_their_sites(tmp_path: Path, site: str, url: str | None, applies: bool) -> None:
    own = cleaner(tmp_path, f"sites: [{site}]\nrules:\n  - drop: {{css: .t}}\n    id: own.t\n")
    removed = own.clean(PAGE, url=url).removed
    assert [removal.reason for removal in removed] == (["own.t"] if applies else [])


def test_cleaners_with_the_same_rules_share_them() -> None:
    one, other = Cleaner(), Cleaner(favor="recall")
    assert one.rules.rules is other.rules.rules
    assert one.rules_for("example.com", "en") is other.rules_for("example.org", "en")
    without = Cleaner(one.rules.without(["ads.label"]))
    assert without.rules_for("example.com", "en") is not one.rules_for("example.com", "en")


def test_a_cleaner_is_pickled_and_shared_by_threads() -> None:
    shared = pickle.loads(pickle.dumps(Cleaner()))
    with ThreadPoolExecutor(4) as pool:
        found = set(pool.map(lambda _: shared.clean(PAGE).to_json(), range(16)))
    assert found == {Cleaner().clean(PAGE).to_json()}


def test_a_cleaner_keeps_a_bounded_number_of_compiled_rule_sets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        (tmp_path / f"{number}.yaml").write_text(f"sites: [s{number}.example]\nrules: [drop: Advert]\n", "utf-8")
    own = Cleaner(load_rules(tmp_path, shipped=False), extractor="none")
    monkeypatch.setattr(engine, "_MAX_SCOPES", 3)
    for number in range(5):
        compiled = own.rules_for(f"s{number}.example", None)
        assert own.rules_for(f"www.s{number}.example", "en") is compiled  # kept, and for all hosts of the same files
        assert [match.rule.source for match in compiled.matches] == [f"{tmp_path}/{number}.yaml:2"]
        assert len(own._compiled) <= 3
    assert own.rules_for("s0.example", None).matches[0].rule.source == f"{tmp_path}/0.yaml:2"


@pytest.mark.parametrize(
    ("page", "media_type", "language", "expected"),
    [
        ("<html><p>Die Fähre fuhr gestern wieder nicht, und niemand sagte warum.</p>", "text/html", "de-AT", "de-AT"),
        ("<html lang='en'><p>Die Fähre fuhr nicht.</p>", "text/html", "de", "de"),
        ("<html lang='de-CH'><p>Die Fähre fuhr nicht.</p>", "text/html", "de", "de-CH"),
        ("<html lang='de'><p>Die Fähre fuhr nicht.</p>", "text/html", "de_at", "de-AT"),
        ("<html lang='de'><p>Die Fähre fuhr nicht.</p>", "text/html", "German", "de"),  # no tag
        ("<html lang='de'><p>Die Fähre fuhr nicht.</p>", "text/html", "", "de"),
        ("Die Fähre fuhr nicht.", "text/plain", "deu", "de"),
        ("---\nlanguage: en\n---\n\nDie Fähre fuhr nicht.", "text/markdown", "de", "de"),
        ("---\nlanguage: de-CH\n---\n\nDie Fähre fuhr nicht.", "text/markdown", "de", "de-CH"),
    ],
)
def test_the_language_that_the_caller_knows_comes_first(
    tmp_path: Path, page: str, media_type: str, language: str, expected: str
) -> None:
    own = cleaner(tmp_path, "languages: [de]\nrules:\n  - drop: {regex: Fähre}\n    id: own.de\n")
    document = own.clean(page, media_type=media_type, language=language)
    assert (document.language, [removal.reason for removal in document.removed]) == (expected, ["own.de"])
    assert own.explain(page, media_type=media_type, language=language).document == document


def test_explain_tells_that_the_language_was_given() -> None:
    found = Cleaner(extractor="none")
    assert found.explain("A text of no length.", language="en").sources["language"] == ("given",)
    assert found.explain("<html lang=en-GB><p>A page.", language="en").sources["language"] == ("html lang",)
    assert cleaner_package.clean("A text.", language="sv").language == "sv"
