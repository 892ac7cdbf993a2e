"""`cleaner.rules.printing`: a rule that is printed loads to the same rule."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from cleaner.rules import Rule, load_rules
from cleaner.rules.printing import rule_yaml

SHIPPED = load_rules().rules
ELSEWHERE = {"source", "tier", "order"}
"""What a rule has from its place, not from its text."""

WRITTEN = r"""
sites: [example.com, "xn--bcher-kva.example"]
languages: [de, pt-br]
rules:
  - drop: Most popular
  - drop: [Most popular, "yes", "12", "# no comment", "- x: {}", ' spaced ', "a\nb", "ünï 名 \u2028 x"]
    id: own.list
    why: "It's: a \"title\" # of links, with a very long reason that no printer may ever break into several lines of text"
  - drop: [Most popular, {text: Read also}, {css: .teaser, kind: [list_item, paragraph]}, {xpath: "//p[@class='a']"}]
  - drop: {text: [Read also]}
  - drop: [{css: .a}, {text: [Read also, More]}]
  - drop: {like: newsletter sign-up, edits: 2, max_words: 3, place: {last: 3}}
  - drop: {like: newsletter sign-up, edits: 1, place: first}
  - drop: {text: [Anzeige], beside: [weiterlesen, of], misspelt: true, unless: [Pros], subject: false, marked: true}
  - drop: {text: [Anzeige], misspelt: false, interrupts: 2}
  - drop: {repeats: 3, kind: heading}
  - drop_after: {text: [Related articles], kind: heading}
  - drop_before: {text: Listen, place: {first: 5}}
  - main: {css: "#story, #story-continued"}
  - heading: {css: p.subhead, level: 3}
  - heading: {regex: '^Step \d+$'}
    level: 2
  - paragraph: {css: h2.lead}
  - unwrap: {xpath: "//span[contains(., 'x')]"}
  - replace: {regex: '\[at\]', css: [address, "a[href^='x']"]}
    with: "@"
  - replace: {text: nothing}
  - keep: {css: "a:contains(\"x: y\")"}
"""


def loaded(text: str, folder: Path) -> tuple[Rule, ...]:
    path = folder / "rules.yaml"
    path.write_text(text, "utf-8")
    return load_rules(path, shipped=False).rules


def contents(rule: Rule) -> dict[str, object]:
    fields = {field.name: getattr(rule, field.name) for field in dataclasses.fields(rule)}
    own = {name: value for name, value in fields.items() if name not in ELSEWHERE}
    return own | {"id": None if ":" in rule.id else rule.id}  # made from the place


def test_written_rules_come_back(tmp_path: Path) -> None:
    rules = loaded(WRITTEN, tmp_path)
    assert len(rules) == 20
    for rule in rules:
        printed = rule_yaml(rule)
        assert list(map(contents, loaded(printed, tmp_path))) == [contents(rule)], printed


@pytest.mark.parametrize("rule", SHIPPED, ids=lambda rule: rule.id)
def test_shipped_rules_come_back(rule: Rule, tmp_path: Path) -> None:
    assert list(map(contents, loaded(rule_yaml(rule), tmp_path))) == [contents(rule)]


def test_a_printed_rule_is_as_a_person_writes_it(tmp_path: Path) -> None:
    rules = loaded(
        "sites: [example.com]\n"
        "rules:\n"
        "  - drop: [Most popular, {css: 'aside.related, .promo', place: {last: 3}}]\n"
        "    id: own.popular\n"
        "    why: It is the title of a list of links.\n",
        tmp_path,
    )
    assert rule_yaml(rules[0]) == (
        f"# own.popular, {(tmp_path / 'rules.yaml').as_posix()}:3\n"
        "sites:\n"
        "  - example.com\n"
        "rules:\n"
        "  - drop:\n"
        "      - Most popular\n"
        "      - css: aside.related, .promo\n"
        "        place:\n"
        "          last: 3\n"
        "    id: own.popular\n"
        "    why: It is the title of a list of links.\n"
    )
