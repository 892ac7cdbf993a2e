"""`cleaner explain`: blocks with their reasons, for people, programs and pipes."""

from __future__ import annotations

import json
import os
import re
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


STORY = "The ferry to the northern island was late again, and the harbour office gave no reason for it. "
HTML = (
    "<html lang=en><body><nav class=top><ul><li>Home<li>Sport<li>Weather</ul></nav><main class=story><h1>Late again</h1>"
    f"<p class=lead>{STORY * 2}</p><p>{STORY * 3}</p><div class=ad-label>Advertisement</div><p>{STORY * 2}</p></main>"
    "<div class=promo><p>Subscribe to our letter</p></div><footer><p>All rights reserved</p></footer></body></html>"
)


@pytest.fixture
def page(tmp_path: Path) -> str:
    """A page with a menu, a story with a label in it, and a footer."""
    (tmp_path / "story.html").write_text(HTML)
    return "story.html"


def numbers(*args: str) -> list[int]:
    """The numbers of the blocks that are shown."""
    result = run("explain", *args)
    assert result.exit_code == 0
    return [int(line.split()[0]) for line in result.stdout.splitlines() if line[:5].strip().isdigit()]


@pytest.mark.parametrize(
    ("options", "shown"),
    [
        ([], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
        (["--only", "dropped"], [0, 1, 2, 6, 8, 9]),
        (["--only", "kept"], [3, 4, 5, 7]),
        (["--only", "rules"], [6, 9]),
        (["--only", "edges"], [0, 1, 2, 3, 6, 7, 8, 9]),
        (["--grep", "SUBSCRIBE"], [8]),
        (["--grep", "div.promo p"], [8]),
        (["--grep", "ad-label|nav.top"], [0, 1, 2, 6]),
        (["--grep", "p.lead"], [4]),
        (["--grep", "("], []),
        (["--only", "dropped", "--grep", "ferry"], []),
    ],
)
def test_only_the_blocks_that_are_asked_for_are_shown(page: str, options: list[str], shown: list[int]) -> None:
    first = numbers(page, *options)
    told = json.loads(run("explain", page, "--json", *options).stdout)
    assert first == [block["index"] for block in told["blocks"]]
    assert first == shown


def test_a_dropped_block_is_one_line_with_its_selector_and_what_changes_it(page: str) -> None:
    lines = run("explain", page).stdout.splitlines()
    label = next(line for line in lines if "Advertisement" in line)
    assert (
        label.split()
        == (
            "6 dropped paragraph ads.label (generic/terms/ads.yaml:4) 0.30 div.ad-label Advertisement"
            ' [--disable ads.label leaves it to the extractor; `keep: {css: "div.ad-label"}` keeps it]'
        )
        .replace("0.30", label.split()[5])
        .split()
    )
    menu = next(line for line in lines if "Sport" in line)
    assert "content.score 0." in menu and " < 0." in menu and "nav.top li (3)" in menu
    assert len([line for line in lines if line[:5].strip().isdigit()]) == len(lines) - 3


def test_details_tell_all_of_a_block(page: str) -> None:
    told = run("explain", page, "--grep", "Subscribe").stdout
    for part in ("element: p\n", "selector: div.promo p\n", "against it: ", "to change it: score 0.", "keeps it\n"):
        assert part in told
    assert "element:" not in run("explain", page, "--grep", "Subscribe", "--no-details").stdout
    assert "element: h1" in run("explain", page, "--details").stdout


@pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals of POSIX")
def test_in_a_terminal_a_block_is_one_line_that_fits(page: str) -> None:
    environment = os.environ | {
        "TERM": "xterm-256color",
        "COLUMNS": "100",
        "LINES": "9",
        "NO_COLOR": "1",
        "PAGER": "cat",
    }
    told = in_terminal(start("explain", page), environment)
    lines = [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in told.splitlines()]
    shown = [line for line in lines if line[:5].strip().isdigit()]
    assert len(shown) == 10
    assert max(map(len, shown)) <= 100
    assert any(line.endswith("…") for line in shown)


def test_html_is_written_to_a_file(page: str, tmp_path: Path) -> None:
    result = run("explain", page, "--html", "why.html")
    assert (result.exit_code, result.stdout) == (0, "")
    assert (tmp_path / "why.html").read_text("utf-8") == run("explain", page, "--html", "-").stdout
    assert run("explain", page, "--html", "pages").exit_code == 4


def test_the_rule_that_is_told_for_a_text_keeps_it() -> None:
    (block,) = json.loads(run("explain", "pages/a.txt", "--json", "--only", "dropped", *OWN).stdout)["blocks"]
    assert (block["element"], block["selector"], block["fits"]) == (None, None, 1)
    assert block["rule"] == 'keep: {text: "Sponsored by nobody"}'
    assert block["change"] == (
        "--disable own.sponsor leaves it to the extractor; "
        '`keep: {text: "Sponsored by nobody"}` in a file that is loaded after own.yaml keeps it'
    )
    Path("later.yaml").write_text(f"rules:\n  - {block['rule']}\n")
    assert numbers("pages/a.txt", *OWN, "--rules", "later.yaml", "--only", "dropped") == []


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        (["missing.html"], 1, "cleaner: missing.html: No such file or directory\n"),
        (["pages"], 2, "cleaner explain: pages: explain takes one file (see 'cleaner explain --help')\n"),
        (["https://example.com/"], 2, "cleaner explain: https://example.com/: cleaner does not fetch: save the page"),
        (["pages/a.txt", "--diff", "--html", "x"], 2, "cleaner explain: --diff and --html exclude each other"),
        (["pages/a.txt", "--diff", "--only", "kept"], 2, "cleaner explain: --diff shows all blocks: --only and --grep"),
        (["pages/a.txt", "--document"], 2, "cleaner explain: --document is for --json"),
        (["pages/a.txt", "--json", "--diff"], 2, "cleaner explain: --json and --diff exclude each other"),
    ],
)
def test_explain_tells_its_errors(args: list[str], code: int, message: str) -> None:
    result = run("explain", *args, *OWN)
    assert (result.exit_code, result.stdout) == (code, "")
    assert result.stderr.startswith(message)
    assert result.stderr.count("\n") == 1
