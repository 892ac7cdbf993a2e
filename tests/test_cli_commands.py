"""The command line as a whole: errors, versions, start-up, documentation."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from command_line import make_folder, run, start

from cleaner.cli.batch_options import FORMATS
from cleaner.cli.commands import cli
from cleaner.cli.exits import Exit
from cleaner.writers import WRITERS


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The current folder has pages and rules."""
    make_folder(tmp_path, monkeypatch)


@pytest.mark.parametrize("command", [["clean", "pages/a.txt"], ["explain", "pages/a.txt"], ["rules", "list"]])
def test_a_mistake_in_a_rule_file_ends_the_command(command: list[str]) -> None:
    Path("bad.yaml").write_text("rules:\n  - dorp: x\n  - heading: {css: h7, levl: 3}\n")
    result = run(*command, "--rules", "bad.yaml")
    assert (result.exit_code, result.stdout) == (3, "")
    first, second = result.stderr.splitlines()
    assert first.startswith("cleaner: bad.yaml:2:5: ") and "did you mean 'drop'?" in first
    assert second.startswith("cleaner: bad.yaml:3:") and "did you mean 'level'?" in second


def test_the_schema_is_printed() -> None:
    from cleaner.writers.schema import document_schema

    assert json.loads(run("schema").stdout) == document_schema()


def test_the_version_is_printed() -> None:
    from cleaner import __version__

    assert run("--version").output == f"cleaner {__version__}\n"


def test_formats_are_those_of_the_writers() -> None:
    assert set(FORMATS) == {*WRITERS, "parquet"}  # whose rows are written many at a time


LIGHT = """
import sys
sys.argv = ["cleaner", "--help"]
try:
    from cleaner.cli import main
    main()
finally:
    heavy = {"lxml", "numpy", "trafilatura", "rich", "yaml", "re2", "multiprocessing"} & set(sys.modules)
    assert not heavy, heavy
"""


def test_help_loads_nothing_heavy() -> None:
    told = subprocess.run([sys.executable, "-c", LIGHT], capture_output=True, text=True, check=False)
    assert (told.returncode, told.stderr) == (0, "")
    assert str(cli.help).splitlines()[0] in told.stdout


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="needs /dev/full")
@pytest.mark.parametrize(
    "command", [["clean", "pages/a.txt"], ["rules", "list"], ["schema"], ["explain", "pages/a.txt"]]
)
def test_a_standard_output_that_takes_nothing_is_an_error_of_one_line(command: list[str]) -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        ended = subprocess.run(start(*command), stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (4, "cleaner: standard output: No space left on device\n")


def commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """A command and all under it, with their full names."""
    yield name, command
    if isinstance(command, click.Group):
        for under, inner in command.commands.items():
            yield from commands(inner, f"{name} {under}")


ALL = dict(commands(cli, "cleaner"))


@pytest.mark.parametrize("name", ALL)
def test_every_command_and_option_is_documented(name: str) -> None:
    manual = (Path(__file__).parent.parent / "docs" / "cli.md").read_text()
    assert name.split()[-1] in manual
    for parameter in ALL[name].params:
        if isinstance(parameter, click.Option):
            assert [option for option in parameter.opts if f"`{option}" not in manual] == []


@pytest.mark.parametrize("name", ALL)
def test_help_has_examples_and_every_option_a_word(name: str) -> None:
    command = ALL[name]
    result = run(*name.split()[1:], "--help")
    assert result.exit_code == 0
    assert command.help
    assert [p.name for p in command.params if isinstance(p, click.Option) and not p.help] == []
    if name in ("cleaner", "cleaner clean", "cleaner explain", "cleaner rules"):
        assert "Examples:" in result.stdout and "Exit codes:" in result.stdout


def test_exit_codes_are_documented() -> None:
    manual = (Path(__file__).parent.parent / "docs" / "cli.md").read_text()
    rows = [f"\n- {code:d}: {code.meaning}" for code in Exit]
    assert [row for row in rows if row not in manual] == []


@pytest.mark.skipif(os.name == "nt", reason="a shell of POSIX")
@pytest.mark.parametrize(
    ("redirected", "code", "message"),
    [
        ("clean - <&-", 1, "standard input: is closed"),
        ("explain - <&-", 1, "standard input: is closed"),
        ("clean - 0>there", 1, "standard input: Bad file descriptor"),
        ("clean pages/a.txt >&-", 4, "standard output: is closed"),
    ],
)
def test_a_stream_that_is_not_there_is_an_error_of_one_line(redirected: str, code: int, message: str) -> None:
    command = ["sh", "-c", f'"$0" -m cleaner {redirected}', sys.executable]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (code, f"cleaner: {message}\n")
