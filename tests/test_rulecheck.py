"""Every mistake that a rule file can hold, with the exact line and column of its message."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.rules.check import METADATA_FIELDS, VERBS, check_file
from cleaner.rules.source import MAX_DEPTH
from cleaner.rules.types import MAX_BYTES

ALL_VERBS = "keep, drop, drop_after, drop_before, main, heading, paragraph, unwrap, replace, split"
MATCH_KEYS = "text, like, edits, misspelt, with_companions, unless, regex, words, css, xpath, kind, from_markup, max_words, repeats, heads_next, heads_links, takes_links, recurs_irregularly, place"


def problems(text: str | bytes, *, shipped: bool = False) -> list[str]:
    """The problems of a file called `x`, in the order of the file, without the name."""
    data = text.encode() if isinstance(text, str) else text
    found = check_file(data, "x", 0, shipped=shipped).problems.found
    told = [str(problem).removeprefix("x:") for problem in sorted(found, key=lambda p: (p.line, p.column))]
    return [re.sub(r"(?<=RE2 can read) \(.*\)$", "", message) for message in told]  # what RE2 says differs by release


def rule(text: str) -> str:
    """A file of one rule, whose first line is line 2 and begins at column 3."""
    return "rules:\n- " + text + "\n"


FILES = [
    ("", ["1:1: the file is empty"]),
    ("# nothing\n", ["1:1: the file is empty"]),
    ("- drop: a\n", ["1:1: a rule file needs keys and values, not a list"]),
    ("word", ["1:1: a rule file needs keys and values, not 'word'"]),
    ("rule:\n- drop: a\n", ["1:1: unknown key 'rule'; did you mean 'rules'?"]),
    (
        "zzz: 1\n",
        [
            "1:1: unknown key 'zzz'; it is one of description, sites, languages, when, extends, disable, limits, rules, metadata, links, tests"
        ],
    ),
    ("drop: Advert\n", ["1:1: 'drop' is a rule; it belongs in the list under 'rules'"]),
    ("rules: Advert\n", ["1:8: 'rules' needs a list, not 'Advert'"]),
    ("rules:\n", ["1:7: 'rules' needs a list, not nothing"]),
    ("rules: {drop: a}\n", ["1:8: 'rules' needs a list, not a mapping"]),
    ("description: [a]\n", ["1:14: 'description' needs a text, not a list"]),
    ("rules: []\nrules: []\n", ["2:1: duplicate key 'rules'; the first is in line 1"]),
    ("? [a]\n: b\n", ["1:3: a key must be a word"]),
]

SYNTAX = [
    ("rules: [\n", ["2:1: not YAML: the file ends too early"]),
    ("rules: [a,\n  b\n", ["3:1: not YAML: the file ends inside the list that begins in line 1"]),
    ("rules:\n- drop: 'a\n", ["3:1: not YAML: the file ends inside the quoted text that begins in line 2"]),
    ("rules:\n- drop: {text: a\n- keep: b\n",
     ["3:7: not YAML: ':' cannot stand here; is the mapping that begins in line 2 closed,"
      " or does a text in it need quotes?"]),
    ("a: b: c\n", ["1:5: not YAML: ':' cannot stand here; a text that has ': ' in it needs quotes"]),
    ("a: @b\n", ["1:4: not YAML: '@' cannot stand here; a text that begins with it needs quotes"]),
    ("a: *\n", ["1:5: not YAML: the line's end cannot stand here; look at the quotes and at the indentation"]),
    ('a: "b" c\n', ["1:8: not YAML: 'c' cannot stand here; look at the quotes and at the indentation"]),
    ('a: "\\d+"\n', ["1:5: not YAML: \\d means nothing in double quotes; write the text in single quotes"]),
    ("rules:\n\t- drop: a\n", ["2:1: not YAML: '\\t' cannot stand here; indent with spaces"]),
    ("rules: []\n---\nrules: []\n", ["2:1: a rule file is one YAML document; this starts a second"]),
    ("rules:\n- drop: &ad Advert\n- keep: *ad\n",
     ["2:9: '&ad': no anchors and aliases here; write it out",
      "3:9: '*ad': no anchors and aliases here; write it out"]),
    ("rules:\n- drop: !!python/name:os.system x\n",
     ["2:9: tag 'tag:yaml.org,2002:python/name:os.system' is not available; write a plain value"]),
    ("rules: !x []\n", ["1:8: tag '!x' is not available; write a plain value"]),
    ("rules:\n- drop: a\x07\n", ["2:10: character U+0007 is not allowed"]),
    ('rules:\n- drop: "a\\e[31m"\n', ["2:9: 'drop' has the character U+001B, which no text has"]),
    (b"rules:\n- drop: caf\xe9\n", ["2:12: the file is not UTF-8"]),
    ("rules: []".encode("utf-16"), ["1:1: the file is not UTF-8"]),
    (b"#" * (MAX_BYTES + 1), ["1:1: the file is larger than 2,000,000 bytes"]),
    ("[" * 100_000, [f"1:{MAX_DEPTH + 1}: nested more than {MAX_DEPTH} levels deep"]),
    ("- " * 100_000, [f"1:{2 * MAX_DEPTH + 1}: nested more than {MAX_DEPTH} levels deep"]),
    ("- " * 30 + "[}", [f"1:{2 * MAX_DEPTH + 1}: nested more than {MAX_DEPTH} levels deep"]),
]  # fmt: skip

RULES = [
    ("dorp: Advert", ["2:3: unknown verb 'dorp'; did you mean 'drop'?"]),
    ("zzzzz: Advert", [f"2:3: unknown verb 'zzzzz'; it is one of {ALL_VERBS}"]),
    ("id: a", [f"2:3: a rule needs a verb: {ALL_VERBS}"]),
    ("{}", [f"2:3: a rule needs a verb: {ALL_VERBS}"]),
    ("Advert", ["2:3: a rule needs keys and values, not 'Advert'"]),
    ("css: .ad", ["2:3: 'css' belongs inside a verb, as in drop: {css: ...}"]),
    ("drop: a\n  keep: b", ["3:3: 'drop' and 'keep' are two rules; a rule has one verb"]),
    ("drop: a\n  wyh: b", ["3:3: unknown key 'wyh'; did you mean 'why'?"]),
    ("drop: a\n  max_words: 3", ["3:3: 'max_words' belongs inside a verb, as in drop: {max_words: ...}"]),
    ("drop: a\n  id: Ads Label", ["3:7: 'id' is made of a-z, 0-9, '_', '.' and '-', not 'Ads Label'"]),
    ("drop: a\n  id: [a]", ["3:7: 'id' needs a text, not a list"]),
    ("drop: a\n  why: ''", ["3:8: 'why' is empty"]),
    ("drop: a\n  with: b", ["3:3: 'with' goes with 'replace', not with 'drop'"]),
    ("drop: a\n  level: 2", ["3:3: 'level' goes with 'heading', not with 'drop'"]),
    ("heading: a\n  level: 7", ["3:10: 'level' must be 1 to 6, not 7"]),
    ("heading: a\n  level: two", ["3:10: 'level' needs a whole number, not 'two'"]),
    ("heading: {css: p, level: 2}\n  level: 3", ["3:10: a rule gives one level, and this one gave 2; write two rules"]),
    ("heading: [{css: p, level: 2}, {css: b, level: 3}]",
     ["2:49: a rule gives one level, and this one gave 2; write two rules"]),
    ("heading: {css: p, level: 0}", ["2:28: 'level' must be 1 to 6, not 0"]),
    ("heading: {level: 2}", [f"2:12: 'level' alone matches nothing; give one of {MATCH_KEYS.replace(' takes_links,', '')}"]),
    ("keep: {text: Ad, takes_links: true}", ["2:20: 'keep' does not take 'takes_links'"]),
    ("drop: {takes_links: true}", ["2:10: 'takes_links' alone matches every block; say which labels take their links along"]),
]  # fmt: skip

MATCHES = [
    ("drop:", ["2:8: 'drop' is empty"]),
    ("drop: []", ["2:9: 'drop' is an empty list"]),
    ("drop: {words: '^Ad$'}", ["2:17: 'words': '^Ad$' has 'A', which folded text never has; write 'a'"]),
    ("drop: {words: '^ad:$'}", ["2:17: 'words': '^ad:$' has ':', which folded text never has; 'regex' looks at the text as it is"]),
    ("drop: {words: 'an  ad'}", ["2:17: 'words': 'an  ad' has '  ', which folded text never has; write one space"]),
    ("drop: {words: 'gro\u00df'}", ["2:17: 'words': 'gro\u00df' has '\u00df', which folded text never has; 'regex' looks at the text as it is"]),
    ("drop: {subject: true, heads_next: true, text: Ad}", ["2:10: 'subject' is the former name of 'heads_next'; give only one of them"]),
    ("drop: {}", [f"2:9: an empty match; give one of {MATCH_KEYS}"]),
    ("drop: '***'", ["2:9: 'drop': '***' has no word or number to compare; use 'regex'"]),
    ("drop: [a, [b]]", ["2:13: 'drop' needs a text, not a list"]),
    ("drop: {txt: a}", ["2:10: unknown key 'txt'; did you mean 'text'?"]),
    ("drop: {id: a, text: b}", ["2:10: 'id' belongs beside 'drop', not inside it"]),
    ("drop: {text: a, level: 2}", ["2:19: 'drop' does not take 'level'"]),
    ("drop: {text: {a: b}}", ["2:16: 'text' needs a text or a list of texts, not a mapping"]),
    ("drop: {text: []}", ["2:16: 'text' is an empty list"]),
    ("drop: {text: [a, '']}", ["2:20: 'text' is empty"]),
    ("drop: {text: ['-', '!']}",
     ["2:17: 'text': '-' has no word or number to compare; use 'regex'",
      "2:22: 'text': '!' has no word or number to compare; use 'regex'"]),
    ("drop: {like: advert, edits: 4}", ["2:31: 'edits' must be 0 to 3, not 4"]),
    ("drop: {like: advert, edits: '1'}", ["2:31: 'edits' needs a whole number, not '1'"]),
    ("drop: {like: advert, edits: 1.5}", ["2:31: 'edits' needs a whole number, not '1.5'"]),
    ("drop: {text: advert, edits: 1}", ["2:24: 'edits' goes with 'like'"]),
    ("drop: {like: ads, edits: 2}", ["2:16: 'like': 'ads' is too short for 2 edits"]),
    (f"drop: {{like: {'a' * 81}}}", ["2:16: 'like' is for short texts, of 80 characters at most"]),
    ("drop: {xpath: count(//p)}",
     ["2:17: 'xpath': 'count(//p)' gives a value; an expression that selects elements is needed"]),
    ("drop: {max_words: 0}", ["2:21: 'max_words' must be 1 or more, not 0"]),
    ("drop: {max_words: -3}", ["2:21: 'max_words' needs a whole number, not '-3'"]),
    ("drop: {max_words: 99999999999999}", ["2:21: 'max_words' needs a whole number, not '99999999999999'"]),
    ("drop: {repeats: 1}", ["2:19: 'repeats' must be 2 or more, not 1"]),
    ("drop: {interrupts: 1}", ["2:22: 'interrupts' must be 2 or more, not 1"]),
    ("drop: {text: advert, subject: no}", ["2:33: 'subject' needs true or false, not 'no'"]),
    ("drop: {like: advert, misspelt: true}", ["2:24: 'misspelt' goes with 'text'"]),
    ("drop: {like: advert, beside: of}", ["2:24: 'beside' goes with 'text'"]),
    ("drop: {kind: headng}", ["2:16: unknown kind 'headng'; did you mean 'heading'?"]),
    ("drop: {kind: [table, xyz]}",
     ["2:24: unknown kind 'xyz'; it is one of heading, paragraph, list_item, code, table, image, math, rule"]),
    ("drop: {place: frist}", ["2:17: unknown place 'frist'; did you mean 'first'?"]),
    ("drop: {place: [first, last]}", ["2:17: 'place' is one of first, last"]),
    ("drop: {place: {frist: 2}}", ["2:18: unknown key 'frist'; did you mean 'first'?"]),
    ("drop: {place: {first: 1, last: 1}}", ["2:17: 'place' is one of {first: n}, {last: n}"]),
    ("drop: {place: {}}", ["2:17: 'place' is one of {first: n}, {last: n}"]),
    ("drop: {place: {last: 0}}", ["2:24: 'last' must be 1 or more, not 0"]),
    ("drop: {regex: ''}", ["2:17: 'regex' is empty"]),
    ("drop: {regex: 'a(b'}", ["2:17: 'regex': 'a(b': not a regular expression that RE2 can read"]),
    ("drop: {regex: '\\pL{1000})|('}", ["2:17: 'regex': '\\\\pL{1000})|(': not a regular expression that RE2 can read"]),
    ("drop: {regex: 'a(?=b)'}",
     ["2:17: 'regex': 'a(?=b)': look-arounds and back references are not available"]),
    ("drop: {regex: '(?<!a)b'}",
     ["2:17: 'regex': '(?<!a)b': look-arounds and back references are not available"]),
    ("drop: {regex: '(a)\\1'}",
     ["2:17: 'regex': '(a)\\\\1': look-arounds and back references are not available"]),
    ("drop: {regex: '\\pL{1000}'}", ["2:17: 'regex': '\\\\pL{1000}': the pattern is too large; let it repeat less, or make it several"]),
    ("main: '#story'", ["2:9: 'main' takes css or xpath, not a text; write main: {css: ...}"]),
    ("main: {text: a}", ["2:10: 'main' does not take 'text'"]),
    ("unwrap: {css: b, kind: heading}", ["2:20: 'unwrap' does not take 'kind'"]),
    ("replace: {css: b}", ["2:12: 'replace' needs 'text' or 'regex'"]),
    ("replace: {css: b}\n  with: {attr: 'a b'}", ["3:16: 'attr': 'a b' is not the name of an attribute"]),
    ("replace: {css: b}\n  with: {}", ["3:9: 'with' needs 'attr'"]),
    ("replace: {css: b, kind: code}\n  with: {attr: a}", ["2:12: with an attribute, 'replace' takes css and xpath only: it is about elements"]),
    ("replace: b\n  with: {attr: a}", ["2:12: with an attribute, 'replace' takes css and xpath only: it is about elements"]),
    ("split: b", ["2:10: 'split' takes css, xpath or regex: a block with only this text begins already"]),
    ("split: {kind: paragraph}", ["2:10: 'split' needs 'css', 'xpath' or 'regex'"]),
    ("split: {regex: b, place: first}", ["2:21: 'split' does not take 'place'"]),
    ("drop: {text: b, keep: true}", ["2:19: 'drop' does not take 'keep'"]),
    ("heading: {keep: true}", ["2:13: 'keep' alone matches every block; say which blocks are kept"]),
    ("replace: {regex: a}\n  with: [b]", ["3:9: 'with' needs a text, not a list"]),
    ("drop: {text: a\n   , kind: xyzzy, edits: 9}\n  wyh: b",
     ["3:12: unknown kind 'xyzzy'; it is one of heading, paragraph, list_item, code, table, image, math, rule",
      "3:26: 'edits' must be 0 to 3, not 9", "4:3: unknown key 'wyh'; did you mean 'why'?"]),
]  # fmt: skip

SCOPES = [
    ("sites: https://example.com/", "1:8: 'sites': 'https://example.com/' is not a host name, as in example.com"),
    ("sites: [example.com, 'a b']", "1:22: 'sites': 'a b' is not a host name, as in example.com"),
    ("sites: ['*.example.com']", "1:9: 'sites': '*.example.com': subdomains are included; write 'example.com'"),
    ("sites: [example..com]", "1:9: 'sites': 'example..com' is not a host name, as in example.com"),
    ("sites: []", "1:8: 'sites' is an empty list"),
    ("sites: {a: b}", "1:8: 'sites' needs a text or a list of texts, not a mapping"),
    ("when: /app/*", "1:7: 'when' needs keys and values, not '/app/*'"),
    ("when: {}", "1:7: 'when' needs 'path'"),
    ("when: {path: app}", "1:14: 'path': 'app' is not the path of an address, as in /blog/*"),
    ("when: {path: [/a, '/a?b']}", "1:19: 'path': '/a?b' is not the path of an address, as in /blog/*"),
    ("when: {paht: /a}", "1:8: unknown key 'paht'; did you mean 'path'?"),
    ("links: {}", "1:8: 'links' needs 'strip_parameters'"),
    ("links: {strip_parameters: 'a=b'}", "1:27: 'strip_parameters': 'a=b' is not the name of a parameter, as in utm_*"),
    ("languages: german", "1:12: 'languages': 'german' is not a language tag, as in de or pt-BR"),
    ("languages: [de, '1']", "1:17: 'languages': '1' is not a language tag, as in de or pt-BR"),
]

METADATA = [
    ("metadata: a", "1:11: 'metadata' needs keys and values, not 'a'"),
    ("metadata: {autor: {css: a}}", "1:12: unknown key 'autor'; did you mean 'author'?"),
    ("metadata: {license: {css: a}}", "1:12: unknown key 'license'; did you mean 'licence'?"),
    ("metadata: {fields: a}", "1:20: 'fields' needs keys and values, not 'a'"),
    ("metadata: {fields: {author: {css: a}}}", "1:21: 'author' is a field of every document; it belongs beside 'fields'"),
    ("metadata: {fields: {Price: {css: a}}}", "1:21: 'Price' is no name of a field: a to z, then a to z, 0 to 9 and _, at most 64"),
    ("metadata: {fields: {price: {attr: a}}}", "1:28: 'price' needs 'css' or 'xpath'"),
    ("metadata: {author: .byline}", "1:20: 'author' needs keys and values, not '.byline'"),
    ("metadata: {author: {attr: href}}", "1:20: 'author' needs 'css' or 'xpath'"),
    ("metadata: {author: {css: a, attr: 'a b'}}", "1:35: 'attr': 'a b' is not the name of an attribute"),
    ("metadata: {author: {css: a, regex: '('}}", "1:36: 'regex': '(': not a regular expression that RE2 can read"),
    ("metadata: {author: {xpath: string(//a), attr: title}}",
     "1:28: 'xpath': 'string(//a)' gives a value; an expression that selects elements is needed"),
    ("metadata: {author: {css: a, text: b}}", "1:29: unknown key 'text'; it is one of css, xpath, attr, regex"),
]  # fmt: skip

TESTS = [
    ("x", "2:3: a test needs keys and values, not 'x'"),
    ("{name: a, gives: b}", "2:3: a test needs one of text, html, markdown, page"),
    ("{name: a, text: b, html: c, gives: b}", "2:3: a test needs one of text, html, markdown, page"),
    ("{name: a, text: b, page: c.html, gives: b}", "2:3: a test needs one of text, html, markdown, page"),
    ("{text: a, gives: b}", "2:3: a test needs 'name'"),
    ("{name: a, text: b}", "2:3: a test needs one of gives, contains, lacks, headings"),
    ("{name: a, text: b, contains: []}", "2:32: 'contains' is an empty list"),
    ("{name: a, text: b, lacks: ['']}", "2:30: 'lacks' is empty"),
    ("{name: a, text: b, headings: {a: b}}", "2:32: 'headings' needs a text or a list of texts, not a mapping"),
    ("{name: a, page: /etc/hosts.txt, lacks: b}", "2:19: 'page': '/etc/hosts.txt' is not a path from the folder of this file"),
    ("{name: a, page: 'C:/a.txt', lacks: b}", "2:19: 'page': 'C:/a.txt' is not a path from the folder of this file"),
    ("{name: a, page: 'a\\b.txt', lacks: b}", "2:19: 'page': 'a\\\\b.txt': write '/' between folders"),
    ("{name: a, page: passwd, lacks: b}",
     "2:19: 'page': 'passwd' is no saved page; its name ends in one of .html, .htm, .xhtml, .txt, .md"),
    ("{name: a, text: b, give: b, gives: c}", "2:22: unknown key 'give'; did you mean 'gives'?"),
    ("{name: a, text: b, gives: b, shipped: yes}", "2:41: 'shipped' needs true or false, not 'yes'"),
    ("{name: a, text: b, gives: b, url: example.com}",
     "2:37: 'url': 'example.com' is not an address, as in https://example.com/page"),
    ("{name: a, text: b, gives: b, url: 'http://[a'}", "2:37: 'url': 'http://[a' is not an address, as in https://example.com/page"),
    ("{name: a, text: b, gives: b, language: '?'}",
     "2:42: 'language': '?' is not a language tag, as in de or pt-BR"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FILES + SYNTAX)
def test_problems_of_a_file(text: str | bytes, expected: list[str]) -> None:
    assert problems(text) == expected


@pytest.mark.parametrize(("text", "expected"), RULES + MATCHES)
def test_problems_of_a_rule(text: str, expected: list[str]) -> None:
    assert problems(rule(text)) == expected


@pytest.mark.parametrize(("text", "expected"), SCOPES + METADATA)
def test_problems_of_scopes_and_metadata(text: str, expected: str) -> None:
    assert problems(text + "\n") == [expected]


@pytest.mark.parametrize(("text", "expected"), TESTS)
def test_problems_of_tests(text: str, expected: str) -> None:
    assert problems(f"tests:\n- {text}\n") == [expected]


@pytest.mark.parametrize(
    ("text", "start"),
    [
        (rule("drop: {css: 'p['}"), "2:15: 'css': 'p[': "),
        (rule("drop: {css: [p, '..']}"), "2:19: 'css': '..': "),
        (rule("drop: {xpath: '//p['}"), "2:17: 'xpath': '//p[': "),
        ("metadata: {author: {xpath: 'document(\"/etc/passwd\")'}}\n", "1:28: 'xpath': 'document"),
    ],
)
def test_problems_of_selectors(text: str, start: str) -> None:
    (only,) = problems(text)
    assert only.startswith(start)


def test_a_shipped_rule_needs_an_id_and_a_reason() -> None:
    expected = ["2:3: a shipped rule needs 'id'", "2:3: a shipped rule needs 'why'"]
    assert problems(rule("drop: a"), shipped=True) == expected


def test_long_texts_are_shortened_in_messages() -> None:
    (only,) = problems("k" * 1000 + ": 1\n")
    assert only.startswith(f"1:1: unknown key '{'k' * 60}…'; ")


@pytest.mark.parametrize(
    ("key", "unit", "line", "count"),
    [("regex", "patterns, counted in instructions,", "x{number}a{{1000}}", 1000),
     ("css", "selectors, counted in characters,", ".x{number}" + "a" * 1500, 300)],
)  # fmt: skip
def test_what_a_file_costs_is_bounded(key: str, unit: str, line: str, count: int) -> None:
    values = "".join(f'    - "{line.format(number=number)}"\n' for number in range(count))
    (only,) = problems(f"rules:\n- drop:\n    {key}:\n{values}")
    assert only.endswith(f": the {unit} of this file are too large together, over 400,000")


VALID = """\
description: Everything that a file can hold.
sites: [example.com, www.example.org]
languages: [de, pt-BR]
rules:
  - drop: Advert
    id: own.label
    why: It is no part of the text.
  - drop: [Advert, {like: advertisement, edits: 2, max_words: 3}]
  - drop: {repeats: 3, kind: [paragraph, list_item], place: {last: 4}}
  - drop_after: {text: [Related, More of this], place: last}
  - heading: {regex: "^Part [0-9]+$", level: 3}
  - replace: {regex: "[ ]+$"}
    with: ""
metadata:
  author: {css: ".byline a", attr: title, regex: "by (.+)"}
tests:
  - name: labels go
    text: Advert
    gives: ""
    url: https://example.com/page
    language: de
    shipped: true
"""


def test_the_valid_file_is_valid() -> None:
    assert problems(VALID) == []


@pytest.mark.parametrize(
    "text",
    [VALID, rule("dorp: a"), rule("drop: *ad"), rule("drop: {text: '-', kind: b}"), *(text for text, _ in SYNTAX)],
)
def test_problems_are_the_same_without_libyaml(monkeypatch: pytest.MonkeyPatch, text: str | bytes) -> None:
    expected = problems(text)
    monkeypatch.delattr("yaml.CSafeLoader")
    assert problems(text) == expected


def never_fails(data: bytes) -> None:
    found = check_file(data, "x", 0, shipped=False)
    assert all(problem.line >= 1 and problem.column >= 1 and problem.message for problem in found.problems.found)


@given(st.binary(max_size=200))
def test_no_bytes_make_checking_fail(data: bytes) -> None:
    never_fails(data)


@given(st.text(max_size=200))
def test_no_text_makes_checking_fail(text: str) -> None:
    never_fails(text.encode("utf-8", "surrogatepass"))


@given(st.integers(0, len(VALID)), st.integers(0, 20), st.text("ab-:{}[]'\"&*!#|>? \n\\1", max_size=6))
def test_no_change_of_a_valid_file_makes_checking_fail(start: int, length: int, put: str) -> None:
    never_fails((VALID[:start] + put + VALID[start + length :]).encode())


SCALARS = st.text(max_size=8) | st.integers(-5, 5).map(str) | st.sampled_from(["", "a", "p", "//p", "(", "true", "de"])
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*MATCH_KEYS.split(", "), "level", "first", "attr", "name", "gives"]), inner)
    ),
    max_leaves=6,
)


@given(
    st.lists(st.dictionaries(st.sampled_from([*VERBS, "id", "why", "with", "level"]), VALUES, max_size=3), max_size=3),
    st.dictionaries(st.sampled_from(METADATA_FIELDS), VALUES, max_size=2),
    VALUES,
)
def test_no_value_makes_checking_fail(rules: object, metadata: object, other: object) -> None:
    # JSON with its escapes is YAML, all of it quoted
    file = {"rules": rules, "metadata": metadata, "tests": other, "sites": other}
    never_fails(json.dumps(file).encode())
