"""`cleaner rules`: list, show, check, test."""

from __future__ import annotations

import json
import os
import re
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest
import yaml
from command_line import OWN, RULES, make_folder, run, start

from cleaner.cli.rules import table


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The current folder has pages and rules."""
    make_folder(tmp_path, monkeypatch)


def test_rules_list() -> None:
    assert run("rules", "list", *OWN).stdout == (
        "ID           VERB  SOURCE      SCOPE       WHY\n"
        "own.sponsor  drop  own.yaml:2  everywhere  The label of a sponsor is no part of the text.\n"
        "own.idle     drop  own.yaml:5  everywhere\n"
    )
    listed = json.loads(run("rules", "list", "--json", *OWN).stdout)
    assert listed[0] == {
        "id": "own.sponsor",
        "verb": "drop",
        "source": "own.yaml:2",
        "tier": "user",
        "sites": [],
        "languages": [],
        "why": "The label of a sponsor is no part of the text.",
        "matches": [{"text": ["Sponsored by nobody"]}],
    }


def test_rules_show_prints_what_rules_check_accepts() -> None:
    Path("more.yaml").write_text(
        "sites: [example.com]\n"
        "rules:\n"
        "  - drop: {like: sponsord, edits: 2, css: 'aside > p', place: {last: 3}}\n"
        "    id: more.like\n"
        "    why: Misspelt labels.\n"
    )
    result = run("rules", "show", "more.like", "--rules", "more.yaml", *OWN)
    assert (result.exit_code, result.stdout) == (
        0,
        "# more.like, more.yaml:3\n"
        "sites:\n"
        "  - example.com\n"
        "rules:\n"
        "  - drop:\n"
        "      like: sponsord\n"
        "      edits: 2\n"
        "      css: aside > p\n"
        "      place:\n"
        "        last: 3\n"
        "    id: more.like\n"
        "    why: Misspelt labels.\n",
    )
    Path("shown.yaml").write_text(result.stdout)
    assert run("rules", "check", "shown.yaml").output == "1 rule, 0 tests: fine\n"
    listed = json.loads(run("rules", "list", "--json", "--rules", "more.yaml", "--no-shipped-rules").stdout)
    assert listed[0]["matches"] == [{"like": ["sponsord"], "edits": 2, "css": ["aside > p"], "place": {"last": 3}}]


WIDE = [
    ("ID", "VERB", "SOURCE", "SCOPE", "WHY"),
    (
        "ads.label",
        "drop",
        "generic/ads.yaml:4",
        "everywhere",
        "The well-known label of an ad slot is no part of the text.",
    ),
    ("very-long.identifier_of.a-rule", "drop", "a.yaml:1", "example.com, de", ""),
]


@pytest.mark.parametrize(
    ("width", "lines"),
    [
        (
            None,
            [
                "ID                              VERB  SOURCE              SCOPE            WHY",
                "ads.label                       drop  generic/ads.yaml:4  everywhere       The well-known label of an ad slot is no part of the text.",
                "very-long.identifier_of.a-rule  drop  a.yaml:1            example.com, de",
            ],
        ),
        (
            110,
            [
                "ID                              VERB  SOURCE              SCOPE            WHY",
                "ads.label                       drop  generic/ads.yaml:4  everywhere       The well-known label of an ad slot",
                "                                                                           is no part of the text.",
                "very-long.identifier_of.a-rule  drop  a.yaml:1            example.com, de",
            ],
        ),
        (
            50,
            [
                "ID  VERB  SOURCE  SCOPE",
                "    WHY",
                "ads.label  drop  generic/ads.yaml:4  everywhere",
                "    The well-known label of an ad slot is no part",
                "    of the text.",
                "very-long.identifier_of.a-rule  drop  a.yaml:1",
                "    example.com, de",
            ],
        ),
        (
            20,
            [
                "ID  VERB  SOURCE",
                "    SCOPE",
                "    WHY",
                "ads.label  drop",
                "    generic/ads.yaml:4",
                "    everywhere",
                "    The well-known",
                "    label of an ad",
                "    slot is no part",
                "    of the text.",
                "very-long.identifier_of.a-rule",
                "    drop  a.yaml:1",
                "    example.com, de",
            ],
        ),
    ],
)
def test_a_table_fits_its_width_and_breaks_no_word(width: int | None, lines: list[str]) -> None:
    assert list(table(WIDE, width)) == lines


@pytest.mark.skipif(os.name == "nt", reason="terminals of POSIX")
@pytest.mark.parametrize("columns", [60, 130])
def test_a_terminal_gets_lines_that_fit(columns: int) -> None:
    import pty
    import termios

    main, other = pty.openpty()
    termios.tcsetwinsize(other, (24, columns))
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    subprocess.run(start("rules", "list"), stdout=other, stderr=other, env=environment, check=True)
    os.close(other)
    shown = b""
    with suppress(OSError):  # the end, on Linux
        while block := os.read(main, 65536):
            shown += block
    os.close(main)
    lines = shown.decode().splitlines()
    assert max(map(len, lines)) <= columns
    assert len(lines) > len(run("rules", "list").stdout.splitlines()) > 40
    words = run("rules", "list").stdout.split()
    assert " ".join(lines).split() == words


def test_rules_show_of_an_unknown_rule() -> None:
    result = run("rules", "show", "own.sponsr", *OWN)
    assert result.exit_code == 2
    assert result.stderr.startswith("cleaner rules show: unknown rule 'own.sponsr'; did you mean 'own.sponsor'?")


def test_rules_check() -> None:
    assert run("rules", "check", "own.yaml").output == "2 rules, 1 test: fine\n"
    Path("bad.yaml").write_text("rules:\n  - dorp: x\n  - dropp: y\n")
    result = run("rules", "check", "own.yaml", "bad.yaml")
    assert (result.exit_code, result.stderr) == (3, "")
    told = [line.split(" ")[0] for line in result.stdout.splitlines() if "error" in line]
    assert told == ["bad.yaml:2:5:", "bad.yaml:3:5:", "2"]


def test_rules_test() -> None:
    result = run("rules", "test", "own.yaml")
    assert (result.exit_code, result.output) == (0, "1 test, 0 failing\n")
    assert run("rules", "test", "own.yaml", "--quiet").output == ""
    Path("own.yaml").write_text(RULES.replace("from shore to shore that week.\n", "over.\n", 1))
    failing = run("rules", "test", "own.yaml")
    assert (failing.exit_code, failing.stderr) == (1, "")
    assert failing.stdout == (
        "FAILED own.yaml:8: the label goes\n"
        "  --- wanted\n"
        "  +++ got\n"
        "  @@ -1 +1 @@\n"
        "  -The lake was frozen from shore to shore that week.\n"
        "  +The lake was frozen over.\n"
        "1 test, 1 failing\n"
    )


def test_the_tests_of_the_shipped_rules_pass() -> None:
    result = run("rules", "test")
    assert (result.exit_code, result.output.splitlines()[-1][-10:]) == (0, " 0 failing")


HOOKS = yaml.safe_load((Path(__file__).parent.parent / ".pre-commit-hooks.yaml").read_text("utf-8"))


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_the_hooks_of_pre_commit_run_on_files(hook: dict[str, str]) -> None:
    program, *words = hook["entry"].split()
    assert (program, hook["language"], hook["types"]) == ("cleaner", "python", ["yaml"])
    assert hook["name"] == " ".join(["cleaner", *words[:2]])
    assert re.search(hook["files"], "rules/site.yaml")
    assert re.search(hook["files"], "sites/rules/de/site.yml")
    assert not re.search(hook["files"], ".github/workflows/rules.yml")
    good = RULES.replace("  - drop: Never seen anywhere\n    id: own.idle\n", "")
    Path("good.yaml").write_text(good)
    Path("bad.yaml").write_text(good.replace("gives: |", "givs: |"))
    assert run(*words, "good.yaml").exit_code == 0
    assert run(*words, "good.yaml", "bad.yaml").exit_code == 3


def test_the_hooks_are_documented() -> None:
    text = (Path(__file__).parent.parent / "docs" / "rules.md").read_text("utf-8")
    assert all(f"- id: {hook['id']}\n" in text for hook in HOOKS)
