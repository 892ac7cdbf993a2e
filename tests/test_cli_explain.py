"""`cleaner explain`: blocks with their reasons, for people, programs and pipes."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_line import FIRST, LAST, OWN, make_folder, run, start


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The current folder has pages and rules."""
    make_folder(tmp_path, monkeypatch)


def test_explain_in_a_pipe_is_a_line_for_each_block() -> None:
    result = run("explain", "pages/a.txt", *OWN)
    assert (result.exit_code, result.stderr) == (0, "")
    head, language, *lines = result.stdout.splitlines()
    assert head == "pages/a.txt: 3 blocks, 2 kept, 1 dropped"
    assert language == "language: en (text)"
    assert [line.split()[:2] for line in lines] == [["0", "kept"], ["1", "dropped"], ["2", "kept"]]
    assert "own.sponsor (own.yaml:2)  Sponsored by nobody" in lines[1]
    assert lines[0].endswith(FIRST) and lines[2].endswith(LAST)
    assert "\x1b" not in result.stdout


@pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals of POSIX")
@pytest.mark.parametrize("no_color", [False, True])
@pytest.mark.parametrize("options", [[], ["--diff"]])
def test_explain_in_a_terminal_has_colours_unless_they_are_not_wanted(no_color: bool, options: list[str]) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
    environment |= {"TERM": "xterm-256color", "COLUMNS": "100"} | ({"NO_COLOR": "1"} if no_color else {})
    told = in_terminal(start("explain", "pages/a.txt", *options, *OWN), environment)
    assert "Sponsored by nobody" in told
    assert ("31m" in told, "32m" in told) == (not no_color, not no_color)


def in_terminal(command: list[str], environment: dict[str, str]) -> str:
    """What a command shows on a terminal."""
    import pty

    ours, theirs = pty.openpty()
    running = subprocess.Popen(command, stdout=theirs, stderr=theirs, env=environment)
    os.close(theirs)
    told = b"".join(_chunks(ours))
    os.close(ours)
    assert running.wait(timeout=20) == 0
    return told.decode()


def _chunks(descriptor: int) -> Iterator[bytes]:
    while True:
        try:
            chunk = os.read(descriptor, 4096)
        except OSError:  # how Linux says that the other end was closed
            return
        if not chunk:
            return
        yield chunk


def test_explain_for_programs() -> None:
    told = json.loads(run("explain", "pages/a.txt", "--json", *OWN).stdout)
    assert [(block["kept"], block["reason"]) for block in told["blocks"]] == [
        (True, None),
        (False, "own.sponsor"),
        (True, None),
    ]
    assert "document" not in told
    assert told["blocks"][1]["source"] == "own.yaml:2"
    told = json.loads(run("explain", "pages/a.txt", "--json", "--document", *OWN).stdout)
    assert told["document"]["removed"][0]["source"] == "own.yaml:2"


def test_explain_tells_where_metadata_is_from(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        '<html lang="en"><title>Late again | Quay</title><meta property="og:site_name" content="Quay">'
        '<h1>Late again</h1><p>By <a rel="author">Ann Lee</a>, 3 May 2024</p><p>The ferry was late.</p>'
    )
    assert run("explain", str(page)).stdout.splitlines()[1:6] == [
        "title: Late again (heading, title element)",
        "author: Ann Lee (rel=author, text)",
        "date: 2024-05-03 (text)",
        "site_name: Quay (meta og:site_name)",
        "language: en (html lang)",
    ]
    told = json.loads(run("explain", str(page), "--json").stdout)
    assert told["sources"]["author"] == ["rel=author", "text"]


def test_explain_as_a_diff() -> None:
    assert run("explain", "pages/a.txt", "--diff", *OWN).stdout == (
        "--- pages/a.txt (read)\n"
        "+++ pages/a.txt (kept)\n"
        "@@ -1,5 +1,3 @@\n"
        f" {FIRST}\n"
        " \n"
        "-Sponsored by nobody\n"
        "-\n"
        f" {LAST}\n"
    )


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        (["missing.html"], 1, "cleaner: missing.html: No such file or directory\n"),
        (["pages"], 2, "cleaner explain: pages: explain takes one file (see 'cleaner explain --help')\n"),
        (["https://example.com/"], 2, "cleaner explain: https://example.com/: cleaner does not fetch: save the page"),
        (["pages/a.txt", "--json", "--diff"], 2, "cleaner explain: --json and --diff exclude each other"),
    ],
)
def test_explain_tells_its_errors(args: list[str], code: int, message: str) -> None:
    result = run("explain", *args, *OWN)
    assert (result.exit_code, result.stdout) == (code, "")
    assert result.stderr.startswith(message)
    assert result.stderr.count("\n") == 1
