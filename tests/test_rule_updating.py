"""`cleaner rules test --update`: what is written into a rule file, and what stays as it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cleaner.rules.check import check_file
from cleaner.rules.testing import TestResult
from cleaner.rules.updating import updated

HEAD = "# A comment.\nrules:\n- drop: Own   # another\n\ntests:\n"
TWO = "One.\n\n- two\n- three"

CASES = {
    "a block scalar becomes one": (
        "- name: n\n  text: a\n  gives: |\n    One.\n\n    Own\n\n# the end\n",
        TWO,
        "- name: n\n  text: a\n  gives: |\n    One.\n\n    - two\n    - three\n\n# the end\n",
    ),
    "a folded scalar, and keys after it": (
        "- name: n\n  gives: >-\n      One.\n      Own\n  text: a\n",
        TWO,
        "- name: n\n  gives: |\n    One.\n\n    - two\n    - three\n  text: a\n",
    ),
    "one line stays one": ("- name: n\n  text: a\n  gives: Own  # why\n", "One.", "- name: n\n  text: a\n  gives: One.  # why\n"),
    "a line becomes several": (
        "- {name: m, text: b, gives: b}\n- name: n\n  text: a\n  gives: Own\n",
        TWO,
        "- {name: m, text: b, gives: b}\n- name: n\n  text: a\n  gives: |\n    One.\n\n    - two\n    - three\n",
    ),
    "several become a line": (
        "- name: n\n  gives: |\n    One.\n\n    Own\n  text: a\n",
        "One: 1",
        "- name: n\n  gives: |\n    One: 1\n  text: a\n",
    ),
    "nothing is left": ("- name: n\n  text: a\n  gives: |\n    One.\n", "", "- name: n\n  text: a\n  gives: ''\n"),
    "nothing was given": ("- name: n\n  text: a\n  gives:\n", "One.", "- name: n\n  text: a\n  gives: One.\n"),
    "a line that needs quotes": (
        "- name: n\n  text: a\n  gives: Own\n",
        "One: 1",
        "- name: n\n  text: a\n  gives: 'One: 1'\n",
    ),
    "in braces": ("- {name: n, gives: Own, text: a}\n", "One, two", "- {name: n, gives: 'One, two', text: a}\n"),
    "several lines in braces": (
        "- {name: n, text: a, gives: Own}\n",
        TWO,
        '- {name: n, text: a, gives: "One.\\n\\n- two\\n- three"}\n',
    ),
    "a first line that begins with spaces": (
        "- name: n\n  text: a\n  gives: Own\n",
        "    code\n\nOne.",
        "- name: n\n  text: a\n  gives: |2\n        code\n\n    One.\n",
    ),
    "line ends of Windows": (
        "- name: n\r\n  text: a\r\n  gives: |\r\n    Own\r\n\r\n# the end\r\n",
        TWO,
        "- name: n\r\n  text: a\r\n  gives: |\r\n    One.\r\n\r\n    - two\r\n    - three\r\n\r\n# the end\r\n",
    ),
    "characters that YAML does not take": (
        "- name: n\n  text: a\n  gives: Own\n",
        "a\x85b",
        '- name: n\n  text: a\n  gives: "a\\u0085b"\n',
    ),
    "a key in brackets": ("- [name, gives]\n- {name: n, text: a, gives: |\n", "One.", None),
    "a long line of a page in quotes": (
        "- name: n\n  text: a\n  gives: \"Own\n    and more\"\n",
        "One. " * 40 + "end",
        "- name: n\n  text: a\n  gives: " + "One. " * 40 + "end\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("tests", "got", "expected"), CASES.values(), ids=CASES)
def test_gives_is_written(tests: str, got: str, expected: str | None) -> None:
    text = HEAD + tests
    found = check_file(text.encode(), "own.yaml", 0, shipped=False)
    if expected is None:
        assert found.problems.found
        return
    assert found.problems.found == []
    test = next(test for test in found.tests if test.name == "n")
    result = TestResult(test, passed=False, got=got, differs=True)
    new, done = updated(text, [result])
    assert new == HEAD + expected
    assert done == [result]
    (again,) = (t for t in check_file(new.encode(), "own.yaml", 0, shipped=False).tests if t.name == "n")
    assert (again.gives or "").rstrip("\n") == got


def test_several_tests_of_a_file_are_written_at_once() -> None:
    text = HEAD + "".join(f"- name: n{number}\n  text: a\n  gives: |\n    Own\n" for number in range(3))
    tests = check_file(text.encode(), "own.yaml", 0, shipped=False).tests
    results = [TestResult(test, passed=False, got=f"{test.name}\nand more", differs=True) for test in tests[::2]]
    new, done = updated(text, results)
    assert done == results
    given = [test.gives for test in check_file(new.encode(), "own.yaml", 0, shipped=False).tests]
    assert given == ["n0\nand more\n", "Own\n", "n2\nand more\n"]


def test_what_cannot_be_said_again_stays() -> None:
    text = HEAD + "- name: n\n  text: a\n  gives: Own\n"
    (test,) = check_file(text.encode(), "own.yaml", 0, shipped=False).tests
    elsewhere = TestResult(replace(test, source="own.yaml:2"), passed=False, got="One.", differs=True)
    assert updated(text, [elsewhere]) == (text, [])
