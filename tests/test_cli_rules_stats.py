"""`cleaner rules stats`: what rules do over a batch, and what they cost."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from command_line import OWN, make_folder, run

from cleaner.cli.rule_acts import SHOWN, acts_of, shortened, summed
from cleaner.engine import Cleaner
from cleaner.rules import load_rules

ACTS = """\
rules:
  - {id: unwrap, unwrap: {css: span.drop}}
  - {id: attribute, replace: {css: span.mail}, with: {attr: data-a}}
  - {id: split, split: {regex: 'Step'}}
  - {id: loses, drop: {css: .x}}
  - {id: keep, keep: {css: .x}}
  - {id: heading, heading: {css: b.h}}
  - {id: main, main: {css: main}}
  - {id: cut, drop: {css: i}}
  - {id: after, drop_after: End}
  - {id: idle, drop: Never}
metadata: {author: {css: .by}, title: {css: .no}}
"""
PAGE = (
    "<p>Outside of it</p><main><p><span class=drop>T</span>here was. Step one</p><p class=x>foo bar</p>"
    "<p><b class=h>Head</b> text <i>and more</i></p><p>mail <span class=mail data-a=q>z</span></p>"
    "<p class=by>Ann</p><p>End</p><p>gone for good</p></main>"
)
# rule: (matches, decided, words, examples)
EXPECTED = {
    "unwrap": (1, 0, 0, []),
    "attribute": (1, 1, 1, ["z"]),
    "split": (1, 1, 0, ["Step one"]),
    "loses": (1, 0, 0, []),
    "keep": (1, 1, 0, ["foo bar"]),
    "heading": (2, 2, 0, ["Head", "text"]),
    "main": (7, 1, 3, ["Outside of it"]),
    "cut": (1, 1, 2, ["and more"]),
    "after": (2, 2, 4, ["End", "gone for good"]),
}


def test_acts_of_each_verb(tmp_path: Path) -> None:
    file = tmp_path / "r.yaml"
    file.write_text(ACTS)
    rules = load_rules(file, shipped=False)
    explained = Cleaner(rules, extractor="none").explain(PAGE, media_type="text/html")
    found = acts_of(explained, 10)
    (author,) = (rule for rule in rules.metadata if rule.field == "author")
    told = {id: (acts.blocks, acts.decided, acts.words, acts.examples) for id, acts in found.items()}
    assert told.pop(author.key) == (1, 1, 0, ["Ann"])
    assert {id: told[id] for id in EXPECTED if id != "main"} == {k: v for k, v in EXPECTED.items() if k != "main"}
    assert told["main"][1:] == EXPECTED["main"][1:]
    assert set(told) == set(EXPECTED)
    twice = summed([found, acts_of(explained, 10)], 1)
    assert (twice["cut"].pages, twice["cut"].words, twice["cut"].examples) == (2, 4, ["and more"])


def test_examples_are_short() -> None:
    assert shortened(" a\n b ") == "a b"
    assert (len(shortened("word " * 100)), shortened("word " * 100)[-1]) == (SHOWN, "…")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_folder(tmp_path, monkeypatch)


def stats(*words: str) -> Any:
    return json.loads(run("rules", "stats", *words, *OWN, "--format", "json").stdout)


@pytest.mark.usefixtures("folder")
def test_the_table() -> None:
    result = run("rules", "stats", "pages", *OWN, "--workers", "0")
    assert (result.exit_code, result.stderr) == (0, "")
    assert re.sub(r"\d\.\d+", "0.00", result.stdout) == (
        "RULE         VERB  PAGES  MATCHES  DECIDED  WORDS  MS    SOURCE\n"
        "own.sponsor  drop  2      2        2        6      0.00  own.yaml:2\n"
        "own.idle     drop  0      0        0        0      0.00  own.yaml:5\n"
        "\n"
        "own.sponsor\n"
        "  Sponsored by nobody\n"
        "\n"
        "2 pages; 2 rules, 1 without a match\n"
        "measured on 2 pages: 0.00 ms a page, 0.00 ms without rules; MS is each rule by itself\n"
    )
    quick = run("rules", "stats", "pages", *OWN, "--workers", "0", "--no-time", "--examples", "0").stdout
    assert quick.splitlines() == [
        "RULE         VERB  PAGES  MATCHES  DECIDED  WORDS  SOURCE",
        "own.sponsor  drop  2      2        2        6      own.yaml:2",
        "own.idle     drop  0      0        0        0      own.yaml:5",
        "",
        "2 pages; 2 rules, 1 without a match",
    ]


@pytest.mark.usefixtures("folder")
def test_workers_change_nothing() -> None:
    assert stats("pages", "--no-time", "--workers", "1") == stats("pages", "--no-time", "--workers", "0")


@pytest.mark.usefixtures("folder")
def test_json_and_failures() -> None:
    Path("pages/c.html").write_bytes(b"%PDF-1.4 \x00\x01")
    found = stats("pages", "--workers", "0")
    assert (found["pages"], found["failed"], found["time"]["pages"]) == (2, 1, 3)
    assert found["rules"][0].keys() == {
        "id", "verb", "source", "pages", "matches", "decided", "words", "milliseconds", "examples",
    }  # fmt: skip
    result = run("rules", "stats", "pages", *OWN, "--workers", "0")
    assert (result.exit_code, result.stderr[:22]) == (1, "cleaner: pages/c.html:")
    assert run("rules", "stats", "missing", *OWN).exit_code == 1
    assert run("rules", "stats", "pages", "--rules", "missing.yaml").exit_code == 3


@pytest.mark.usefixtures("folder")
def test_rules_are_measured_where_they_are_for_the_page() -> None:
    Path("own.yaml").write_text("sites: [a.example]\nrules:\n- {id: own.site, drop: {css: 'p:nth-child(2)'}}\n")
    Path("page.html").write_text("<div><p>One here.</p><p>Two there.</p></div>" * 50)
    assert stats("page.html", "--url", "https://b.example/")["rules"][0]["milliseconds"] is None
    (rule,) = stats("page.html", "--url", "https://a.example/")["rules"]
    assert rule["milliseconds"] > 0
    assert rule["pages"] == 1
