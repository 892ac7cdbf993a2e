"""The JSON Schema of rule files: it is current, takes what the check takes, and refuses keys and types that it refuses.

`python tests/test_rule_schema.py` writes `rules/schema.json` anew.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from command_line import run
from jsonschema import Draft202012Validator

from cleaner.rules import check, keys, matches
from cleaner.rules.check import check_file
from cleaner.rules.schema import NAME, rule_file_schema
from cleaner.rules.source import Broken, Mapping, Node, Problems, Scalar, Sequence, read_nodes

ROOT = Path(__file__).parent.parent
WRITTEN = ROOT / "rules" / NAME
DOCUMENT = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
VALIDATOR = Draft202012Validator(rule_file_schema())
FILES = sorted([*(ROOT / "rules").rglob("*.yaml"), *(ROOT / "fixtures").rglob("rules.yaml")])


def written() -> str:
    return json.dumps(rule_file_schema(), indent=2, ensure_ascii=False) + "\n"


def plain(node: Node | None) -> Any:
    """A node as an editor reads it: by YAML 1.2, in which numbers and `true` are no texts."""
    match node:
        case Scalar(plain=True, text="true" | "false" as text):
            return text == "true"
        case Scalar(plain=True, text=text) if re.fullmatch(r"-?\d+", text):
            return int(text)
        case Scalar(plain=True, text=text) if re.fullmatch(r"-?\d+\.\d+", text):
            return float(text)
        case Scalar(plain=True, text="" | "~" | "null"):
            return None
        case Scalar(text=text):
            return text
        case Sequence(items=items):
            return [plain(item) for item in items]
        case Mapping(entries=entries):
            return {key: plain(value) for key, (_, value) in entries.items()}
    assert isinstance(node, Broken) or node is None
    return None


def is_valid(text: str) -> bool:
    problems = Problems("x")
    node = read_nodes(text.encode(), problems)
    return bool(VALIDATOR.is_valid(plain(node))) and not problems.found


def test_the_schema_is_one_and_current() -> None:
    Draft202012Validator.check_schema(rule_file_schema())
    assert WRITTEN.read_text(encoding="utf-8") == written(), "python tests/test_rule_schema.py renews it"
    assert run("rules", "schema").stdout == written()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_rule_files_are_valid(file: Path) -> None:
    assert is_valid(file.read_text(encoding="utf-8"))


def test_the_table_has_the_keys_of_the_check() -> None:
    assert tuple(keys.MATCH) == matches.MATCH_KEYS
    assert tuple(keys.VERBS) == check.VERBS
    assert {name for name, key in keys.MATCH.items() if not key.description.endswith(".")} <= {
        "regex",
        "words",
        "xpath",
    }


LISTED = [
    *((name, key) for table in (keys.FILE, keys.RULE, keys.MATCH, keys.TEST, keys.PLACE) for name, key in table.items())
]


@pytest.mark.parametrize(("name", "key"), LISTED)
def test_the_reference_has_the_descriptions_of_the_table(name: str, key: keys.Key) -> None:
    items = re.findall(r"^- (?=`\w)(.*?)(?=^- |^$|^\*\*)", DOCUMENT, re.M | re.S)
    told = [" ".join(item.split()) for item in items]
    listed = any(f"`{name}`" in item.partition(": ")[0] and item.endswith(f": {key.description}") for item in told)
    assert listed or (name == "keep" and key.description in " ".join(DOCUMENT.split()))


@pytest.mark.parametrize(("verb", "sentence"), keys.VERBS.items())
def test_the_reference_has_a_sentence_for_each_verb(verb: str, sentence: str) -> None:
    section = re.search(rf"^### [^\n]*\b{verb}\b.*?(?=^##)", DOCUMENT, re.M | re.S)
    assert section is not None
    assert sentence in " ".join(section[0].split())


VALID = [
    "{}",
    "rules: []",
    "sites: WWW.Example.com\nlanguages: [pt-BR]\nwhen: {path: [/a/*, '*b']}",
    "rules:\n- drop: No\n- drop: 1.50\n- drop: true\n- keep: [a, {text: b}]",
    "rules:\n- {drop: {text: a, misspelt: true, with_companions: b}, id: a.b, why: c}",
    "rules:\n- drop: {like: [a b c], edits: 0, place: {last: 3}, kind: heading}\n- drop: {place: first}",
    "rules:\n- drop: {text: a, beside: b, marked: true}",
    "rules:\n- heading: [{css: .a, level: 2, keep: true}, b]\n  level: 2",
    "rules:\n- replace: {regex: a}\n  with: ''\n- replace: {css: .a}\n  with: {attr: data-x}",
    "rules:\n- split: {regex: a}\n- main: [{css: .a}, {xpath: //b}]",
    "metadata: {title: [{css: .a}, {xpath: //b, attr: c}], author: [], fields: {price: {css: .p, regex: x}}}",
    "links: {strip_parameters: utm_*}",
    "tests: [{name: a, text: '', gives: '', url: 'https://a.com', language: de, shipped: true}]",
    "tests: [{name: a, page: pages/a.html, contains: [b, c], lacks: d, headings: []}]",
]


@pytest.mark.parametrize("text", VALID)
def test_what_the_check_takes_is_valid(text: str) -> None:
    assert check_file(text.encode(), "x", 0, shipped=False).problems.found == []
    assert is_valid(text)


INVALID = [
    "- drop: a",
    "zzz: 1",
    "rules: Advert",
    "rules: {drop: a}",
    "description: [a]",
    "description: ' '",
    "sites: [https://example.com/]",
    "sites: '*.example.com'",
    "sites: []",
    "languages: german language",
    "when: {paht: /a}",
    "when: {}",
    "when: {path: a}",
    "links: {}",
    "rules:\n- {}",
    "rules:\n- drop",
    "rules:\n- dorp: a",
    "rules:\n- {drop: a, keep: b}",
    "rules:\n- {id: a}",
    "rules:\n- {drop: a, text: b}",
    "rules:\n- {drop: a, id: 'A b'}",
    "rules:\n- {drop: a, level: 2}",
    "rules:\n- {drop: a, with: b}",
    "rules:\n- {heading: a, level: 7}",
    "rules:\n- {heading: a, level: x}",
    "rules:\n- drop: []",
    "rules:\n- drop: {}",
    "rules:\n- drop: {text: []}",
    "rules:\n- drop: {text: {a: b}}",
    "rules:\n- drop: {txt: a}",
    "rules:\n- drop: {kind: headings}",
    "rules:\n- drop: {max_words: 0}",
    "rules:\n- drop: {max_words: '3'}",
    "rules:\n- drop: {repeats: 1}",
    "rules:\n- drop: {edits: 1, text: a}",
    "rules:\n- drop: {like: a b c, edits: 4}",
    "rules:\n- drop: {css: .a, misspelt: true}",
    "rules:\n- drop: {text: a, misspelt: yes}",
    "rules:\n- drop: {text: a, level: 2}",
    "rules:\n- drop: {place: {first: 1, last: 2}}",
    "rules:\n- drop: {place: middle}",
    "rules:\n- keep: {text: a, takes_links: true}",
    "rules:\n- drop: {text: a, keep: true}",
    "rules:\n- main: a",
    "rules:\n- main: {text: a}",
    "rules:\n- unwrap: {css: .a, kind: code}",
    "rules:\n- split: a",
    "rules:\n- split: {text: a}",
    "rules:\n- split: {regex: a, repeats: 2}",
    "rules:\n- replace: {css: .a}\n  with: {atr: b}",
    "metadata: {titel: {css: a}}",
    "metadata: {title: a}",
    "metadata: {title: {regex: a}}",
    "metadata: {title: {css: a, attr: 'a b'}}",
    "metadata: {fields: {Price: {css: a}}}",
    "tests: [{text: a, gives: b}]",
    "tests: [{name: a, gives: b}]",
    "tests: [{name: a, text: b}]",
    "tests: [{name: a, text: b, page: c.html, gives: d}]",
    "tests: [{name: a, text: b, contains: []}]",
    "tests: [{name: a, text: b, html: c, gives: d}]",
    "tests: [{name: a, text: b, gives: d, shipped: 1}]",
    "tests: [{name: a, text: b, gives: d, url: example.com}]",
]


@pytest.mark.parametrize("text", INVALID)
def test_what_the_check_refuses_for_keys_and_types_is_not_valid(text: str) -> None:
    assert check_file(text.encode(), "x", 0, shipped=False).problems.found
    assert not is_valid(text)


if __name__ == "__main__":
    WRITTEN.write_text(written(), encoding="utf-8", newline="\n")
