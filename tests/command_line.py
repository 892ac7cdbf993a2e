"""What the tests of the command line share: a folder of pages, ways to run commands."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cleaner.batch.journal import JOURNAL
from cleaner.batch.repeats import REPEATS
from cleaner.cli.commands import cli

FIRST = "The dough rests for an hour in a warm corner of the kitchen."
LAST = "It is folded twice before it goes into the oven at last."
PAGE = f"{FIRST}\n\nSponsored by nobody\n\n{LAST}\n"
CLEAN = f"{FIRST}\n\n{LAST}\n"
RULES = """\
rules:
  - drop: Sponsored by nobody
    id: own.sponsor
    why: The label of a sponsor is no part of the text.
  - drop: Never seen anywhere
    id: own.idle
tests:
  - name: the label goes
    text: |
      The lake was frozen from shore to shore that week.

      Sponsored by nobody
    gives: |
      The lake was frozen from shore to shore that week.
"""
OWN = ["--no-shipped-rules", "--rules", "own.yaml"]
BATCH = [*OWN, "--workers", "1"]  # quicker to start than two


def run(*args: str, stdin: bytes | None = None) -> Result:
    """Runs a command in this process."""
    return CliRunner().invoke(cli, args, input=stdin, prog_name="cleaner")


def start(*args: str) -> list[str]:
    """The command line of a process of its own."""
    return [sys.executable, "-m", "cleaner", *args]


def make_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes this the current folder, with a rule file and a tree of pages."""
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    (folder / "own.yaml").write_text(RULES)
    for name in ("pages/a.txt", "pages/sub/b.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(PAGE)


def files(folder: str) -> dict[str, str]:
    """Every file under the folder with its text, but those that are there for `--resume`."""
    found = (path for path in sorted(Path(folder).rglob("*")) if path.is_file() and path.name not in (JOURNAL, REPEATS))
    return {path.relative_to(folder).as_posix(): path.read_text() for path in found}


def has_ended(group: int) -> bool:
    """Whether no process of the group is left, after a moment for multiprocessing's own helper to notice the end."""
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False
