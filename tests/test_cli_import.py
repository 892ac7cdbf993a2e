"""`cleaner rules import`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import run


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The current folder has a site config and a filter list."""
    monkeypatch.chdir(tmp_path)
    Path("configs").mkdir()
    Path("configs/example.com.txt").write_text("body: //article\nstrip_id_or_class: promo\ntidy: no\nmove: //b\n")
    Path("configs/.example.org.txt").write_text("title: //h1\ntest_url: https://a.example.org/\n")
    Path("list.txt").write_text("example.com##.promo\n##.ad\n||ads.example.com^\n")


def test_site_configs() -> None:
    result = run("rules", "import", "ftr", "configs", "-o", "out")
    assert result.exit_code == 0
    assert result.stdout == (
        "example.com.txt:4: move: //b\n"
        "    unknown key 'move'; did you mean 'move_into'?\n"
        "\n"
        "                   translated  noted      needless   missing    all\n"
        "?                                                    1          1\n"
        "body               1                                            1\n"
        "strip_id_or_class  1                                            1\n"
        "test_url                       1                                1\n"
        "tidy                                      1                     1\n"
        "title              1                                            1\n"
        "all                3 (50.0%)   1 (16.7%)  1 (16.7%)  1 (16.7%)  6\n"
        "\n"
        "translated  is a rule now\n"
        "noted       is about tests, and kept as a comment\n"
        "needless    asks for what cleaner does anyway\n"
        "missing     has no counterpart\n"
        "\n"
        "2 of 2 files imported: 2 rule files in out\n"
    )
    assert sorted(path.name for path in Path("out").iterdir()) == ["example.com.yaml", "example.org.subdomains.yaml"]
    assert run("rules", "check", "out").exit_code == 0


def test_filter_lists() -> None:
    assert run("rules", "import", "adblock", "list.txt", "-o", "out").exit_code == 0
    assert [path.name for path in Path("out").iterdir()] == ["adblock.example.com.yaml"]
    assert run("rules", "import", "adblock", "list.txt", "-o", "all", "--generic").exit_code == 0
    assert sorted(path.name for path in Path("all").iterdir()) == ["adblock.example.com.yaml", "adblock.generic.yaml"]
    assert run("rules", "check", "all").stdout == "2 rules, 0 tests: fine\n"


def test_json() -> None:
    told = json.loads(run("rules", "import", "ftr", "configs/example.com.txt", "--dry-run", "--format", "json").stdout)
    findings = told.pop("findings")
    assert told == {
        "read": 1,
        "imported": 1,
        "written": [],
        "errors": [],
        "counts": {"translated": 2, "needless": 1, "missing": 1},
    }
    assert findings[3] == {
        "file": "example.com.txt",
        "line": 4,
        "key": "?",
        "text": "move: //b",
        "outcome": "missing",
        "reason": "unknown key 'move'; did you mean 'move_into'?",
    }


def test_many_lines_without_a_counterpart_are_counted_by_reason() -> None:
    Path("many.txt").write_text("||a.com^\n" * 50 + "a.com##.x:style(a: b)\n")
    result = run("rules", "import", "adblock", "many.txt", "--dry-run")
    assert result.stdout.splitlines()[:3] == [
        "    WITHOUT A COUNTERPART  WHY",
        "50  network filter         it is about requests, and cleaner makes none",
        "1   style                  it changes how an element looks",
    ]


def test_files_that_are_there_stay() -> None:
    Path("out").mkdir()
    Path("out/example.com.yaml").write_text("rules: []\n")
    result = run("rules", "import", "ftr", "configs", "-o", "out")
    assert (result.exit_code, Path("out/example.com.yaml").read_text()) == (2, "rules: []\n")
    assert "out/example.com.yaml: there already; give --force to write over it" in result.stderr
    assert run("rules", "import", "ftr", "configs", "-o", "out", "--force").exit_code == 0
    assert Path("out/example.com.yaml").read_text() != "rules: []\n"


def test_what_cannot_be_imported_is_told_and_the_others_are_imported() -> None:
    Path("configs/bad.example.txt").write_bytes(b"title: //h1\nbody: //\xff\n")
    result = run("rules", "import", "ftr", "configs", "-o", "out")
    assert (result.exit_code, len(list(Path("out").iterdir()))) == (1, 2)
    assert result.stderr == "cleaner: configs/bad.example.txt:2: the file is not UTF-8\n"
    result = run("rules", "import", "adblock", "configs/bad.example.txt", "-o", "out")
    assert (result.exit_code, result.stderr) == (1, "cleaner: configs/bad.example.txt:2: the file is not UTF-8\n")


MISTAKES = [
    (["ftr", "configs"], 2, "--out is missing; or give --dry-run, which writes nothing"),
    (["ftr", "none.txt", "--dry-run"], 1, "none.txt: no such file"),
    (["ftr", ".", "-o", "out"], 1, "list.txt:1: not a site config; it has no directive"),
    (["ftr", "configs", "-o", "list.txt"], 4, "list.txt: cannot be written"),
    (["adblok", "x"], 2, "unknown command 'adblok'; did you mean 'adblock'?"),
]


@pytest.mark.parametrize(("words", "code", "message"), MISTAKES)
def test_mistakes(words: list[str], code: int, message: str) -> None:
    result = run("rules", "import", *words)
    assert (result.exit_code, message in result.stderr) == (code, True)


def test_a_report_obeys_no_terminal() -> None:
    Path("evil.com.txt").write_text("tidy: no\nx\x1b]0;title\x07: y\n")
    assert "\x1b" not in run("rules", "import", "ftr", "evil.com.txt", "-o", "out").output
    assert "\x1b" not in Path("out/evil.com.yaml").read_text()
