"""Running the tests that stand in rule files: which rules they run with, and when they pass."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner import rules as rules_module
from cleaner.document import Block, Document
from cleaner.rules import RuleSet, load_rules, testing
from cleaner.rules.testing import TestResult, rules_for, run_tests

OWN = """\
sites: example.com
languages: de
rules:
- drop: Own
  id: own
metadata: {author: {css: b}}
tests:
"""


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for a user's files; the shipped rules are one for each scope."""
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    monkeypatch.setattr(rules_module, "shipped_rules_root", lambda: shipped)
    for name, scope in (
        ("all", ""),
        ("de", "languages: de\n"),
        ("fr", "languages: fr\n"),
        ("site", "sites: a.example\n"),
    ):
        rule = f"rules: [{{drop: {name}, id: {name}, why: It is a test.}}]\n"
        (shipped / f"{name}.yaml").write_text(scope + rule)
    return tmp_path


def load(files: Path, *tests: str) -> RuleSet:
    (files / "own.yaml").write_text(OWN + "".join(f"- {test}\n" for test in tests))
    (files / "other.yaml").write_text("rules: [{drop: Other, id: other}]\n")
    return load_rules(files / "own.yaml", files / "other.yaml")


RULES = [
    ("", None, "en", ["own"]),
    (", url: 'https://example.com/a'", "example.com", "en", ["own"]),
    (", url: 'https://else.example/'", "else.example", "en", []),
    (", language: de", None, "en", ["own"]),
    (", language: fr", None, "en", []),
    (", shipped: true", None, "fr", ["all", "fr", "own"]),
    (", shipped: true, language: de", None, "en", ["all", "de", "own"]),
    (", shipped: true, url: 'https://a.example/'", "a.example", None, ["all", "site"]),
]


@pytest.mark.parametrize(("keys", "host", "detected", "expected"), RULES)
def test_the_rules_that_a_test_runs_with(
    files: Path, keys: str, host: str | None, detected: str | None, expected: list[str]
) -> None:
    loaded = load(files, f"{{name: n, text: a, gives: a{keys}}}")
    rules = rules_for(loaded, loaded.tests[0])
    assert [rule.id for rule in rules.scoped(host, detected)] == expected
    assert len(rules.scoped_metadata(host, detected)) == ("own" in expected)


def paragraphs(*texts: str) -> Document:
    return Document(blocks=(Block("heading", "Title", level=1, role="title"), *(Block("paragraph", t) for t in texts)))


def clean(rules: RuleSet, data: str, media_type: str, url: str | None) -> Document:
    """Takes away the lines that are the text of a rule."""
    if data == "fail":
        raise RuntimeError("it went wrong")
    gone = {text for rule in rules.scoped(None, None) for match in rule.matches for text in match.text}
    return paragraphs(*(line for line in data.split("\n\n") if line not in gone))


OUTSIDE = "is outside the folder of the rule file, and of the project around it"
OUTCOMES = [
    ('text: "One.\\n\\nOwn", gives: One.', True, None),
    ('text: "One.\\n\\nOwn", gives: "\\n\\nOne.  \\n\\n"', True, None),
    ('text: "One.\\n\\nTwo.", gives: "# Title\\n\\nOne.\\n\\nTwo."', True, None),
    ('text: "One.\\n\\nTwo.", gives: "One. Two."', False, None),
    ('text: "One.\\n\\nOther", gives: One.', False, None),
    ('text: Own, gives: ""', True, None),
    ("text: fail, gives: fail", False, "RuntimeError: it went wrong"),
    ('text: "One and\\n  two.", contains: and two', True, None),
    ("text: One., contains: [One., Title]", True, None),
    ("text: One., contains: '# Title'", True, None),
    ("text: One., contains: [One., Two.]", False, None),
    ("text: Own, lacks: Own", True, None),
    ("text: One., lacks: [Two., One.]", False, None),
    ("text: One., lacks: one.", True, None),
    ("text: One., headings: []", True, None),
    ("text: One., headings: Title", True, None),
    ("text: One., headings: ['# Title']", True, None),
    ("text: One., headings: ['## Title']", False, None),
    ("text: One., headings: [Title, Title]", False, None),
    ("text: One., gives: One., lacks: Title", False, None),
    ("page: own.yaml.txt, gives: One.", False, "own.yaml.txt: no such file"),
    ("page: ../out.txt, gives: One.", False, f"'../out.txt' {OUTSIDE}"),
    ("page: pages/one.txt, gives: One.", True, None),
    ("page: ./pages/../pages/one.txt, gives: One.", True, None),
    ("page: pages/link.txt, gives: One.", False, f"'pages/link.txt' {OUTSIDE}"),
    ("page: folder.txt, gives: One.", False, "folder.txt: no such file"),
    ("page: pages/large.txt, lacks: Two.", False, "large.txt: larger than 100 bytes"),
]


@pytest.mark.parametrize(("test", "passed", "error"), OUTCOMES)
def test_outcomes(files: Path, monkeypatch: pytest.MonkeyPatch, test: str, passed: bool, error: str | None) -> None:
    monkeypatch.setattr(testing, "MAX_PAGE", 100)
    (files / "pages").mkdir()
    (files / "folder.txt").mkdir()
    (files / "pages/one.txt").write_text("One.\n\nOwn")
    (files / "pages/large.txt").write_text("One. " * 21)
    (files.parent / "out.txt").write_text("One.")
    (files / "pages/link.txt").symlink_to(files.parent / "out.txt")
    loaded = load(files, f"{{name: n, {test}}}")
    (result,) = run_tests(loaded, clean)
    assert (result.test, result.passed, result.error) == (loaded.tests[0], passed, error)


def test_what_was_left_is_told_as_markdown(files: Path) -> None:
    loaded = load(files, "{name: n, text: One., gives: Two.}")
    assert run_tests(loaded, clean) == [TestResult(loaded.tests[0], passed=False, got="# Title\n\nOne.")]


def test_only_the_tests_that_are_asked_for_run(files: Path) -> None:
    loaded = load(files, "{name: first, text: a, gives: a}", "{name: second, text: a, gives: a}")
    results = run_tests(loaded, clean, loaded.tests[1:])
    assert [(result.test.name, result.passed) for result in results] == [("second", True)]


def test_tests_of_a_file_share_their_rule_set(files: Path) -> None:
    seen: list[RuleSet] = []

    def watch(rules: RuleSet, data: str, media_type: str, url: str | None) -> Document:
        seen.append(rules)
        assert (media_type, url) == ("text/markdown", None)
        return paragraphs(data)

    loaded = load(files, *["{name: n, markdown: a, gives: a}"] * 3)
    assert all(result.passed for result in run_tests(loaded, watch))
    assert len(seen) == 3
    assert len({id(rules) for rules in seen}) == 1


def test_a_page_may_be_anywhere_in_the_project_around_a_rule_file(files: Path) -> None:
    (files / "rules").mkdir()
    (files / "page.txt").write_text("One.\n\nOwn")
    (files / "rules/own.yaml").write_text(OWN + "- {name: n, page: ../page.txt, gives: One.}\n")
    loaded = load_rules(files / "rules/own.yaml")
    assert [result.passed for result in run_tests(loaded, clean)] == [False]
    (files / "cleaner.toml").touch()
    assert [result.passed for result in run_tests(loaded, clean)] == [True]


def test_loading_reads_no_page(files: Path) -> None:
    loaded = load(files, "{name: n, page: missing.html, lacks: a}")
    assert (loaded.tests[0].data, loaded.tests[0].media_type) == ("", "text/html")
