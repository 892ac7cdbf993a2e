"""Command lines that click does not take: what is said, which must not depend on click's words."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import make_folder, run

from cleaner.cli.commands import cli


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The current folder has pages and rules."""
    make_folder(tmp_path, monkeypatch)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["claen"], "cleaner: unknown command 'claen'; did you mean 'clean'?"),
        (["zzzzz"], "cleaner: unknown command 'zzzzz'"),
        (["rules", "lits"], "cleaner rules: unknown command 'lits'; did you mean 'list'?"),
        (["--versio"], "cleaner: unknown option '--versio'; did you mean '--version'?"),
        (["clean", "pages/a.txt", "--rulse", "x"], "cleaner clean: unknown option '--rulse'; did you mean '--rules'?"),
        (["clean", "-z"], "cleaner clean: unknown option '-z'"),
        (["clean"], "cleaner clean: INPUT... is missing"),
        (["rules", "check"], "cleaner rules check: PATH... is missing"),
        (["clean", "pages/a.txt", "-o"], "cleaner: -o: its value is missing, or it takes none"),
        (["clean", "pages/a.txt", "--quiet=3"], "cleaner: --quiet: its value is missing, or it takes none"),
        (["clean", "pages/a.txt", "-f", "mdd"], "cleaner clean: --format needs one of md, json, jsonl, text, parquet"),
        (["clean", "pages/a.txt", "--workers", "0"], "cleaner clean: --workers needs a whole number, at least 1"),
        (["clean", "pages/a.txt", "--timeout", "soon"], "cleaner clean: --timeout needs a number, at least 0"),
        (["clean", "pages/a.txt", "--text-model", "gone.npz"], "cleaner clean: --text-model needs a file that exists"),
    ],
)
def test_a_mistake_is_told_in_one_line(words: list[str], told: str) -> None:
    result = run(*words)
    command = told.partition(":")[0]
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"{told} (see '{command} --help')\n")


def test_no_command_gives_the_help() -> None:
    result = run()
    assert (result.exit_code, result.stdout) == (2, "")
    assert str(cli.help).splitlines()[0] in result.stderr
    assert "cleaner:" not in result.stderr
