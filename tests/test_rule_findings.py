"""`cleaner rules check`: each kind of finding, how it is told, and what `--fix` makes of it."""

from __future__ import annotations

import json
import os
import re
import time
from pathlib import Path

import pytest
from command_line import run

from cleaner.cli.rules_check import _needed
from cleaner.engine import Cleaner
from cleaner.rules import shipped_rules_root
from cleaner.rules.lint import SEVERITY, lint
from cleaner.rules.lint.elements import EMPTY, KNOWN, NEVER_BLOCKS
from cleaner.rules.lint.mending import mended
from cleaner.rules.lint.patterns import is_found_nowhere

TEXT = (Path(__file__).parent.parent / "docs" / "rule-findings.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^### ([a-z-]+)\n(.*?)(?=^##|\Z)", TEXT, re.M | re.S))
WITHOUT_EXAMPLES = {"file", "too-large"}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are written into an empty folder."""
    monkeypatch.chdir(tmp_path)


def codes(text: str, *, strict: bool = False) -> list[str]:
    """The codes of the findings of a file, in its order."""
    Path("x.yaml").write_text(text, encoding="utf-8")
    return [finding.code for file in lint(["x.yaml"], _needed if strict else None) for finding in file.findings]


def fixed(text: str) -> str:
    """A file after `--fix`."""
    Path("x.yaml").write_text(text, encoding="utf-8")
    (file,) = lint(["x.yaml"])
    return mended(file.text, file.findings)[0]


# The document.


def test_every_code_has_its_section_and_no_other() -> None:
    assert list(SECTIONS) and set(SECTIONS) == set(SEVERITY)


@pytest.mark.parametrize("code", sorted(SEVERITY.keys() - WITHOUT_EXAMPLES))
def test_the_first_example_has_just_this_finding_and_the_second_has_none(code: str) -> None:
    bad, good = re.findall(r"^```yaml\n(.*?)^```$", SECTIONS[code], re.M | re.S)
    strict = code == "untested-rule"
    assert codes(bad, strict=strict) == [code]
    assert codes(good, strict=strict) == []


# What is found, and what is not. Each rule stands alone in a file.

RULES = [
    # Selectors that select nothing.
    ("drop: {css: 'html:not(html)'}", ["matches-nothing"]),
    ("drop: {css: 'p.a:not(.a)'}", ["matches-nothing"]),
    ("drop: {css: 'p.a:not(.b, .a)'}", ["matches-nothing"]),
    ("drop: {css: 'p.a:not(.b, .c)'}", []),
    ("drop: {css: 'p:not(*)'}", ["matches-nothing"]),
    ("split: {css: 'p:not(p)'}", ["matches-nothing"]),
    ("heading: [{css: .a}, {css: .a, keep: true}]", []),
    ("replace: {css: .a}\n    with: {attr: title}", []),
    ("drop: {css: 'p:is(div, span)'}", ["matches-nothing"]),
    ("drop: {css: 'p:is(div, p)'}", []),
    ("drop: {css: '[id=a][id=b]'}", ["matches-nothing"]),
    ("drop: {css: '[id=a][id=A i]'}", []),
    ("drop: {css: 'li:nth-child(0)'}", ["matches-nothing"]),
    ("drop: {css: 'li:nth-child(-n+3)'}", []),
    ("drop: {css: 'img p'}", ["matches-nothing"]),
    ("drop: {css: 'br > *'}", ["matches-nothing"]),
    ("drop: {css: 'textarea p'}", ["matches-nothing"]),
    ("drop: {css: 'div html'}", ["matches-nothing"]),
    ("drop: {css: 'div > body p'}", ["matches-nothing"]),
    ("drop: {css: 'html ~ p'}", ["matches-nothing"]),
    ("drop: {css: 'html > body > p'}", []),
    ("drop: {css: 'p, a:not(a)'}", ["matches-nothing"]),
    ("drop: {xpath: '//p[0]'}", ["matches-nothing"]),
    ("drop: {xpath: '//p[1.5]'}", ["matches-nothing"]),
    ("drop: {xpath: '//p[position() = 0]'}", ["matches-nothing"]),
    ("drop: {xpath: '//p[position() = 2]'}", []),
    ("main: {css: '*'}", ["matches-everything"]),
    ("drop: {xpath: '//p[false()]'}", ["matches-nothing"]),
    ("drop: {xpath: '//p[true()]'}", []),
    ("drop: {xpath: '//p[self::div]'}", ["matches-nothing"]),
    ("drop: {xpath: '//p[not(self::p)]'}", ["matches-nothing"]),
    ("drop: {xpath: '//p/text()/b'}", ["matches-nothing"]),
    ("drop: {xpath: '/div'}", ["matches-nothing"]),
    ("drop: {xpath: '/html/body/div'}", []),
    ("drop: {xpath: \"//p[@class='a'][@class='b']\"}", ["matches-nothing"]),
    ("drop: {xpath: \"//p[@class='a' or @class='b']\"}", []),
    ("drop: {xpath: '//p[last()]'}", []),
    # Selectors of what is no block.
    ("drop: {css: script}", ["not-a-block"]),
    ("drop: {css: meta}", ["not-a-block"]),
    ("keep: {css: 'head > title'}", ["not-a-block"]),
    ("drop: {css: body}", ["not-a-block"]),
    ("drop: {css: body, max_words: 3}", []),
    ("keep: {css: body}", []),
    ("drop: {css: 'script + p'}", []),
    ("drop: {css: 'select, p'}", ["not-a-block"]),
    ("drop: {xpath: '//head/following::p'}", []),
    # All.
    ("drop: {css: '*'}", ["matches-everything"]),
    ("drop: {css: '*', max_words: 3}", []),
    ("drop: {xpath: '//*'}", ["matches-everything"]),
    ("keep: {css: '*'}", []),
    ("drop: {css: '.a *'}", []),
    ("drop: {regex: ''}", ["wrong-value"]),
    ("drop: {regex: '^'}", ["matches-everything"]),
    ("drop: {regex: '.+'}", ["matches-everything"]),
    ("drop: {regex: 'x*'}", ["matches-everything"]),
    ("drop: {regex: '\\w'}", []),
    ("drop: {regex: '[^x]'}", []),
    ("drop: {words: '.'}", ["matches-everything"]),
    ("drop: {words: '^[a-z ]+$'}", []),
    ("replace: {regex: '^'}\n    with: '- '", []),
    # Elements.
    ("drop: {css: 'newsleter.a'}", ["unknown-element"]),
    ("drop: {css: my-element}", []),
    ("drop: {css: 'svg path, math mi'}", []),
    ("drop: {xpath: '//artcle//p'}", ["unknown-element"]),
    # Patterns that are found nowhere.
    ("drop: {regex: 'a^'}", ["matches-nothing"]),
    ("drop: {regex: '$a'}", ["matches-nothing"]),
    ("drop: {regex: '^a$|b^'}", []),
    ("drop: {regex: '^(a|b)^'}", ["matches-nothing"]),
    ("drop: {regex: '(^|x)a'}", []),
    ("drop: {regex: 'a?^b'}", []),
    ("drop: {regex: '(?m)a$\\n^b'}", []),
    ("drop: {regex: 'a(b|$)c'}", []),
    ("drop: {regex: 'a(b$|$)c'}", ["matches-nothing"]),
    ("drop: {regex: '[^\\s\\S]'}", ["matches-nothing"]),
    ("drop: {regex: '^ a'}", []),
    ("drop: {words: '^ a'}", ["matches-nothing"]),
    ("drop: {words: 'a $'}", ["matches-nothing"]),
    ("drop: {words: 'a( |-)?$'}", ["pattern"]),
    ("drop: {words: 'a ?$'}", []),
    ("drop: {words: '[A-Z]'}", ["matches-nothing"]),
    ("drop: {words: '[A-Za-z]+'}", []),
    ("drop: {words: 'a\\.'}", ["matches-nothing"]),
    ("drop: {words: '[а-я]+ это'}", []),
    ("drop: {regex: 'cafe\u0301 noir'}", ["matches-nothing"]),
    # Conditions together.
    ("drop: {text: Read all about it, max_words: 2}", ["matches-nothing"]),
    ("drop: {text: Read all about it, max_words: 4}", []),
    ("drop: {text: Read on, unless: READ ON}", ["matches-nothing"]),
    ("drop: {text: [Ad, Advertisement], misspelt: true}", []),
    ("drop: {text: Advertisement, misspelt: false}", ["unused-key"]),
    ("drop: {like: Advertisement, edits: 0}", ["unused-key"]),
    ("heading: {css: .a, level: 2}\n    level: 2", ["unused-key"]),
    ("heading: [{css: .a, level: 2}, {css: .b}]\n    level: 2", []),
    ("replace: {regex: '(a)b'}\n    with: '${name}'", ["literal-group"]),
    ("replace: {regex: '(a)b'}\n    with: '5 $'", []),
    # Costs.
    ("drop: {xpath: \"//*[starts-with(normalize-space(.), 'a')]\"}", ["costly-selector"]),
    ('drop: {xpath: "//*[count(preceding::*) > 3]"}', ["costly-selector"]),
    ("drop: {xpath: \"//*[contains(., 'a')]\"}", []),
    ("drop: {css: 'div:has(p) > ul li:not(.a) a'}", []),
    # Lists.
    ("drop: {css: '.a, .b, .a'}", ["duplicate-item"]),
    ("drop: {css: ['.a, .b', '.c, .a']}", ["duplicate-item"]),
    ("drop: {css: ['.a', '.a']}", ["duplicate-item"]),
    ("drop: {css: ['.a', 'p.a']}", ["duplicate-item"]),
    ("drop: {css: ['.a', '.b']}", []),
    ("drop: {css: '.a, .c.b, #x, .b'}", ["duplicate-item"]),
    ("drop: {css: ['div > p, .a', 'div  > p']}", ["duplicate-item"]),
    ("drop: {regex: [abc, ABC]}", []),
    ("drop: [Advert, {text: Advert, max_words: 3}]", ["duplicate-item"]),
    ("drop: [{text: Advert, kind: heading}, {text: Advert, kind: paragraph}]", []),
    ("drop: [Advert, {like: advert}]", ["duplicate-item"]),
    ("drop: [Advert, {words: '^advert'}]", ["duplicate-item"]),
    ("drop: [Advert, {words: '^advert', kind: heading}]", []),
    ("drop: [Advert, {text: Advert, takes_links: true}]", []),
    ("drop: {text: Advert, marked: true}", ["former-key"]),
]


@pytest.mark.parametrize(("rule", "expected"), RULES)
def test_a_rule_has_these_findings(rule: str, expected: list[str]) -> None:
    assert codes(f"rules:\n  - {rule}\n") == expected


PAIRS = [
    ("drop: A label\n  - drop: A label", ["duplicate-rule"]),
    ("drop: A label\n    why: One.\n  - drop: a label.\n    why: Two.", ["duplicate-rule"]),
    ("drop: [A label, Other]\n  - drop: a label", ["shadowed-rule"]),
    ("drop: a label\n  - drop: [A label, Other]", ["duplicate-item"]),
    ("drop: [One, Two]\n  - drop: [Two, One]", ["duplicate-rule"]),
    ("drop: {css: .a}\n  - drop: {css: div.a.b}", ["shadowed-rule"]),
    ("drop: {css: div.a.b}\n  - drop: {css: .a}", ["shadowed-rule"]),
    ("drop: {css: .a}\n  - drop: {css: .a, text: Label}", []),  # the second is on the block itself
    ("drop: {css: .a, max_words: 9}\n  - drop: {css: .a, max_words: 3}", ["shadowed-rule"]),
    ("drop: {css: .a, max_words: 3}\n  - keep: {css: .a, max_words: 9}", ["keep-drop-conflict"]),
    ("keep: Label\n  - drop: [Label, Other]", ["keep-drop-conflict"]),
    ("drop: {regex: '^a'}\n  - keep: Advert", []),
    ("keep: {css: .a}\n  - drop: Label", []),
    ("heading: {css: .a, level: 2}\n  - heading: {css: .a, level: 3}", ["shadowed-rule"]),
    ("heading: {css: .a, level: 2}\n  - paragraph: {css: .a.b}", []),
    ("heading: {css: .a.b, level: 2}\n  - paragraph: {css: .a}", ["shadowed-rule"]),
    ("main: {css: .a}\n  - main: {css: .a}", ["duplicate-rule"]),
    ("drop: {text: Label, place: {first: 3}}\n  - drop: {text: Label, place: {first: 5}}", ["shadowed-rule"]),
    ("drop: {text: Label, place: {first: 3}}\n  - drop: {text: Label, place: {last: 5}}", []),
    ("drop: {repeats: 5, kind: heading}\n  - drop: {repeats: 3, kind: [heading, paragraph]}", ["shadowed-rule"]),
    ("drop: {max_words: 2, unless: x}\n  - drop: {max_words: 2}", ["shadowed-rule"]),
    ("drop_after: Label\n  - drop: Label", []),
    ("replace: {regex: a}\n  - replace: {regex: a}\n    with: b", []),
]


@pytest.mark.parametrize(("rules", "expected"), PAIRS)
def test_two_rules_have_these_findings(rules: str, expected: list[str]) -> None:
    assert codes(f"rules:\n  - {rules}\n") == expected


SCOPES = [
    ("sites: [example.com, www.example.com]", ["duplicate-item"]),
    ("sites: [example.com, blog.example.com]", ["duplicate-item"]),
    ("sites: [www.com]", []),
    ("sites: [WWW.example.com]", ["site-www"]),
    ("sites: localhost", []),
    ("sites: [192.168.0.1]", []),
    ("sites: https://example.com/page", ["wrong-value"]),
    ("languages: [de, de-AT]", ["duplicate-item"]),
    ("languages: [pt-BR]", []),
    ("languages: [zz]", ["unknown-language"]),
    ("languages: [eng-GB]", ["unknown-language"]),
    ("languages: [gsw]", []),
    ("when: {path: [/a/*, /b, /a/c]}", ["duplicate-item"]),
    ("when: {path: [/a/*, /b, /ab]}", []),
    ("links: {strip_parameters: [utm_*, utm_source, ref, ref]}", ["duplicate-item", "duplicate-item"]),
]


@pytest.mark.parametrize(("scope", "expected"), SCOPES)
def test_a_scope_has_these_findings(scope: str, expected: list[str]) -> None:
    assert codes(f"{scope}\nrules:\n  - drop: Label\n") == expected


def test_rules_that_no_test_needs_are_told_also_where_no_block_says_that_they_acted() -> None:
    rules = "rules:\n  - main: {css: .a}\n  - unwrap: {css: b}\n  - main: {css: .c}\n"
    test = "tests:\n  - {name: n, html: '<p class=\"a\">x<b>y</b></p><p>z</p>', gives: xy}\n"
    assert codes(rules) == []
    assert codes(rules + test) == []
    assert codes(rules + test, strict=True) == ["untested-rule"]
    assert codes(rules, strict=True) == ["untested-rule"] * 3
    assert codes("metadata: {author: [{css: .a},\n  {css: .b}]}\n" + test, strict=True) == ["untested-rule"]


def test_what_is_right_in_a_file_with_a_mistake_is_looked_at_too() -> None:
    assert codes("rules:\n  - dorp: x\n  - drop: [A, a]\n  - drop: {css: 'a:not(a)', zzz: 1}\n") == [
        "unknown-key", "duplicate-item", "unknown-key",
    ]  # fmt: skip


def test_a_comment_leaves_a_warning_out_and_no_error() -> None:
    assert codes("rules:\n  - drop: {css: 'a:not(a)'}  # check: ignore matches-nothing, not-a-block\n") == []
    assert codes("rules:\n  - drop: {css: 'a:not(a)'}  # check: ignore not-a-block\n") == ["matches-nothing"]
    assert codes("rules:\n  - dorp: x  # check: ignore unknown-key\n") == ["unknown-key"]


def test_the_shipped_rules_have_no_findings() -> None:
    assert [finding for file in lint([shipped_rules_root()], _needed) for finding in file.findings] == []


@pytest.mark.parametrize("tag", sorted(NEVER_BLOCKS - EMPTY))
def test_no_block_is_made_of_what_stands_in_these_elements(tag: str) -> None:
    page = f"<html><body><p>Prose of the page.</p><{tag}>Inside of it<p>and more</p></{tag}></body></html>"
    page = page if tag != "head" else "<html><head>Inside of it</head><body></body></html>"
    kept = Cleaner(extractor="none").explain(page).blocks
    assert tag in KNOWN
    assert tag in ("head", "colgroup") or not any("Inside" in block.text for block in kept)


@pytest.mark.parametrize("depth", [10, 59, 61, 900])
def test_deep_patterns_are_no_trouble(depth: int) -> None:
    began = time.perf_counter()
    is_found_nowhere("(" * depth + "a{2}" + "){1,2}" * depth, folded=True)
    assert time.perf_counter() - began < 1


# What `--fix` does.

MENDED = [
    ("rules:\n  - drop: [A x, B, a X, C]\n", "rules:\n  - drop: [A x, B, C]\n"),
    ("rules:\n  - drop: [A x, B, a X]  # why\n", "rules:\n  - drop: [A x, B]  # why\n"),
    ("rules:\n  - drop: [\n      A x,  # one\n      a X,  # two\n      B,\n    ]\n",
     "rules:\n  - drop: [\n      A x,  # one\n      # two\n      B,\n    ]\n"),
    ("rules:\n  - drop:\n      - A x  # one\n      - a X  # two\n      - B\n", "rules:\n  - drop:\n      - A x  # one\n      - B\n"),
    ("rules:\n  - drop:\n      - A x\n      - >-\n        a\n        X\n      - B\n", "rules:\n  - drop:\n      - A x\n      - B\n"),
    ("rules:\n- drop:\n  - A x\n  - B\n  - 'a X'", "rules:\n- drop:\n  - A x\n  - B\n"),
    ("sites: [www.a.com, b.org]\nrules: [{drop: x}]\n", "sites: [a.com, b.org]\nrules: [{drop: x}]\n"),
    ('sites: "WWW.a.com" # x\nrules: [{drop: x}]\n', 'sites: "a.com" # x\nrules: [{drop: x}]\n'),
    ("languages: [ger-AT]\nrules: [{drop: x}]\n", "languages: [de-AT]\nrules: [{drop: x}]\n"),
    ("rules:\n- drop: {text: a b, subject: true, marked: false}\n",
     "rules:\n- drop: {text: a b, heads_next: true, from_markup: false}\n"),
    ("rules:\n- {drop: é, id: A.b}\n", "rules:\n- {drop: é, id: a.b}\n"),
    ("rules:\n- {drop: x, id: a.b}\n- {drop: y, id: A.B}\n", "rules:\n- {drop: x, id: a.b}\n- {drop: y, id: A.B}\n"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), MENDED)
def test_what_is_safe_is_mended_and_the_rest_stays(text: str, expected: str) -> None:
    assert fixed(text) == expected
    assert fixed(expected) == expected


def test_a_byte_order_mark_and_line_ends_stay() -> None:
    Path("x.yaml").write_bytes(b"\xef\xbb\xbfrules:\r\n- drop: [\xc3\xa9 a, \xc3\x89 A, b]\r\n")
    result = run("rules", "check", "x.yaml", "--fix")
    assert (result.exit_code, result.stdout) == (0, "1 rule, 0 tests: fine\n")
    assert result.stderr == "x.yaml: mended 1 finding\n"
    assert Path("x.yaml").read_bytes() == b"\xef\xbb\xbfrules:\r\n- drop: [\xc3\xa9 a, b]\r\n"


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_and_the_rights_of_a_file_stay() -> None:
    Path("deep").mkdir()
    Path("deep/x.yaml").write_text("sites: [www.a.com]\nrules: [{drop: x}]\n", encoding="utf-8")
    Path("deep/x.yaml").chmod(0o640)
    Path("link.yaml").symlink_to("deep/x.yaml")
    assert run("rules", "check", "link.yaml", "--fix").exit_code == 0
    assert Path("link.yaml").is_symlink()
    assert Path("deep/x.yaml").read_text(encoding="utf-8").startswith("sites: [a.com]")
    assert Path("deep/x.yaml").stat().st_mode & 0o777 == 0o640
    assert [path.name for path in Path("deep").iterdir()] == ["x.yaml"]


# How it is told.

BAD = "sites: [www.a.com]\nrules:\n\t- x\n"
DOUBTFUL = 'sites: [www.a.com]\nrules:\n  - drop: [広告, "広 告", x y]\n  - drop: {css: nwsletter}\n'


def test_people_see_the_line() -> None:
    Path("x.yaml").write_text(DOUBTFUL + "  - dorp: a\n", encoding="utf-8")
    result = run("rules", "check", "x.yaml")
    assert (result.exit_code, result.stderr) == (3, "")
    assert result.stdout == (
        "x.yaml:1:9: warning: 'www.' says nothing: write 'a.com' [site-www]\n"
        "    1 | sites: [www.a.com]\n"
        "      |         ^~~~~~~~~\n"
        "x.yaml:4:17: note: HTML has no element 'nwsletter'; is it a class, '.nwsletter', or an id, '#nwsletter'?"
        " [unknown-element]\n"
        "    4 |   - drop: {css: nwsletter}\n"
        "      |                 ^~~~~~~~~\n"
        "x.yaml:5:5: error: unknown verb 'dorp'; did you mean 'drop'? [unknown-key]\n"
        "    5 |   - dorp: a\n"
        "      |     ^~~~\n"
        "2 rules, 0 tests: 1 error, 1 warning, 1 note (1 can be mended with --fix)\n"
    )


def test_wide_letters_and_tabs_do_not_move_the_caret() -> None:
    Path("x.yaml").write_text("rules:\n- drop: [広告,\t広告, b]\n", encoding="utf-8")
    assert run("rules", "check", "x.yaml").stdout.splitlines()[2] == "      |          " + "    " + " \t^~~~"


def test_a_long_line_is_shown_where_it_matters() -> None:
    Path("x.yaml").write_text("rules:\n- drop: [" + "a" * 500 + ", b c, b C]\n", encoding="utf-8")
    lines = run("rules", "check", "x.yaml").stdout.splitlines()
    assert max(map(len, lines[1:3])) < 140
    assert lines[1][lines[2].index("^") :] == "b C]"


def test_programs_get_json() -> None:
    Path("x.yaml").write_text(DOUBTFUL, encoding="utf-8")
    result = run("rules", "check", "x.yaml", "--format", "json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)[0] == {
        "file": "x.yaml", "line": 1, "column": 9, "severity": "warning", "code": "site-www",
        "message": "'www.' says nothing: write 'a.com'", "fixable": True,
    }  # fmt: skip


def test_github_gets_workflow_commands() -> None:
    Path("a,b.yaml").write_text(DOUBTFUL + "  - drop: {regex: '100%('}\n", encoding="utf-8")
    result = run("rules", "check", "a,b.yaml", "none.yaml", "--format", "github")
    lines = result.stdout.splitlines()
    assert lines[0] == "::error file=none.yaml,title=file::no such file"
    assert lines[1] == ("::warning file=a%2Cb.yaml,line=1,col=9,title=site-www::'www.' says nothing: write 'a.com'")
    assert lines[2].startswith("::notice file=a%2Cb.yaml,line=4,col=17,title=unknown-element::")
    assert lines[3].startswith("::error file=a%2Cb.yaml,line=5,col=19,title=pattern::'regex': '100%25(")


@pytest.mark.parametrize(
    ("text", "options", "code"),
    [
        ("rules: [{drop: a}]\n", (), 0),
        (DOUBTFUL, (), 0),
        (DOUBTFUL, ("--strict",), 3),
        ("rules: [{drop: {css: nwsletter}}]\n", (), 0),
        (BAD, (), 3),
    ],
)
def test_exit_codes(text: str, options: tuple[str, ...], code: int) -> None:
    Path("x.yaml").write_text(text, encoding="utf-8")
    assert run("rules", "check", "x.yaml", *options).exit_code == code
