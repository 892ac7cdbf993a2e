"""`cleaner rules test`: how failures are told, `--update`, `--coverage`, `--format json`."""

from __future__ import annotations

import json
import os
import re
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest
from command_line import run, start

RULES = """\
# Rules of the harbour.
rules:
  - drop: Own   # a label
    id: own.label
  - heading: {css: b, level: 3}
    id: own.heading
  - unwrap: {css: i}
    id: own.idle
metadata:
  author: {css: .by}
tests:
  - name: the label goes
    text: |
      The ferry left at noon.

      Own
    gives: |
      The ferry left at night.

  # A saved page.
  - name: the page
    page: page.html
    contains: [left at noon, came back]
    lacks: Own
    headings: ["### Ferries"]
"""
PAGE = "<p><b>Ferries</b></p><p>The ferry left at noon.</p><p>Own</p><p class=by>Ann</p><p>Own it</p>"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The current folder has a rule file whose tests fail, and a page."""
    monkeypatch.chdir(tmp_path)
    Path("own.yaml").write_text(RULES)
    Path("page.html").write_text(PAGE)


def test_failures_are_told() -> None:
    result = run("rules", "test", "own.yaml")
    assert (result.exit_code, result.stderr) == (1, "")
    assert result.stdout == (
        "FAILED own.yaml:12: the label goes\n"
        "  --- wanted\n"
        "  +++ got\n"
        "  @@ -1 +1 @@\n"
        "  -The ferry left at night.\n"
        "  +The ferry left at noon.\n"
        "FAILED own.yaml:21: the page\n"
        "  does not contain: came back\n"
        "  does not lack: Own\n"
        "2 tests, 2 failing\n"
    )


def test_other_headings_are_told() -> None:
    Path("own.yaml").write_text(RULES.replace("### Ferries", "## Ferries"))
    assert (
        "  has other headings:\n  --- wanted\n  +++ got\n  @@ -1 +1 @@\n  -## Ferries\n  +### Ferries\n"
        in run("rules", "test", "own.yaml").stdout
    )


def test_update_shows_asks_and_writes() -> None:
    no = run("rules", "test", "own.yaml", "--update", stdin=b"n\n")
    assert (no.exit_code, Path("own.yaml").read_text()) == (1, RULES)
    assert "  +The ferry left at noon.\n" in no.stdout
    assert no.stderr.startswith("Write what was left into 1 test of own.yaml? [y/N]:")
    nobody = run("rules", "test", "own.yaml", "--update", stdin=b"")
    assert (nobody.exit_code, Path("own.yaml").read_text()) == (1, RULES)
    yes = run("rules", "test", "own.yaml", "--update", stdin=b"y\n")
    assert yes.stderr.endswith("own.yaml: updated 1 test\n")
    assert Path("own.yaml").read_text() == RULES.replace("left at night", "left at noon")
    assert yes.exit_code == 1  # what the page contains is the user's to change
    again = run("rules", "test", "own.yaml", "--update", "--yes")
    assert again.stderr == "nothing to update: what a test contains, lacks or has for headings is yours to change\n"


def test_update_without_a_question() -> None:
    Path("own.yaml").write_text(RULES.partition("  # A saved")[0])
    result = run("rules", "test", "own.yaml", "--update", "--yes", "--quiet")
    assert (result.exit_code, result.stderr) == (0, "own.yaml: updated 1 test\n")
    assert run("rules", "test", "own.yaml").stdout == "1 test, 0 failing\n"
    assert run("rules", "test", "own.yaml", "--update", "--yes").stderr == ""


def test_coverage() -> None:
    Path("own.yaml").write_text(RULES.replace("night", "noon").partition("    contains")[0] + "    lacks: Nothing\n")
    result = run("rules", "test", "own.yaml", "--coverage")
    assert (result.exit_code, result.stdout) == (
        0,
        "RULE             SOURCE       MATCHES IN\n"
        "own.idle         own.yaml:7   never\n"
        "own.label        own.yaml:3   2 tests\n"
        "own.heading      own.yaml:5   1 test\n"
        "metadata.author  own.yaml:10  1 test\n"
        "4 rules, 1 in no test\n"
        "2 tests, 0 failing\n",
    )
    assert run("rules", "test", "own.yaml", "--coverage", "--strict").exit_code == 1
    quiet = run("rules", "test", "own.yaml", "--coverage", "--quiet").stdout
    assert quiet == "RULE      SOURCE      MATCHES IN\nown.idle  own.yaml:7  never\n"


def test_the_shipped_rules_have_no_rule_that_no_test_exercises() -> None:
    result = run("rules", "test", "--coverage", "--strict")
    assert (result.exit_code, ", 0 in no test\n" in result.stdout) == (0, True)


def test_json() -> None:
    found = json.loads(run("rules", "test", "own.yaml", "--coverage", "--format", "json").stdout)
    assert found["tests"] == [
        {
            "file": "own.yaml",
            "line": 12,
            "name": "the label goes",
            "passed": False,
            "error": None,
            "gives": "The ferry left at night.\n",
            "got": "The ferry left at noon.",
            "missing": [],
            "unwanted": [],
            "headings": None,
        },
        {
            "file": "own.yaml",
            "line": 21,
            "name": "the page",
            "passed": False,
            "error": None,
            "gives": None,
            "got": "### Ferries\n\nThe ferry left at noon.\n\nAnn\n\nOwn it",
            "missing": ["came back"],
            "unwanted": ["Own"],
            "headings": None,
        },
    ]
    assert found["coverage"][2] == {"id": "own.idle", "source": "own.yaml:7", "tests": 0}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--update"], "--update needs a PATH"),
        (["own.yaml", "--yes"], "--yes goes with --update"),
        (["own.yaml", "--strict"], "--strict goes with --coverage"),
    ],
)
def test_options_that_make_no_sense(words: list[str], told: str) -> None:
    result = run("rules", "test", *words)
    assert (result.exit_code, told in result.stderr) == (2, True)


@pytest.mark.skipif(os.name == "nt", reason="terminals of POSIX")
@pytest.mark.parametrize("colours", [True, False])
def test_a_terminal_gets_colours_and_the_words_that_differ(colours: bool) -> None:
    import pty

    main, other = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    environment |= {"PYTHONPATH": str(Path(__file__).parent.parent)} | ({} if colours else {"NO_COLOR": "1"})
    subprocess.run(start("rules", "test", "own.yaml"), stdout=other, stderr=other, env=environment, check=False)
    os.close(other)
    shown = b""
    with suppress(OSError):  # the end, on Linux
        while block := os.read(main, 65536):
            shown += block
    os.close(main)
    text = shown.decode().replace("\r\n", "\n")
    assert re.findall("\x1b\\[31m\x1b\\[4m(\\w+)", text) == (["night"] if colours else [])
    assert re.sub("\x1b\\[[0-9]*m", "", text) == run("rules", "test", "own.yaml").stdout
