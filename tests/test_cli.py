"""The commands: what they print, where they write, how they end."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from cleaner.cli import cli
from cleaner.cli_clean import FORMATS
from cleaner.cli_report import Report
from cleaner.writers import WRITERS

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


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder: a rule file, and a tree of pages."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    (tmp_path / "own.yaml").write_text(RULES)
    for name in ("pages/a.txt", "pages/sub/b.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(PAGE)
    return tmp_path


def files(folder: str) -> dict[str, str]:
    """Every file under the folder but the manifest, with its text."""
    found = (path for path in sorted(Path(folder).rglob("*")) if path.is_file() and path.name != ".cleaner.json")
    return {path.relative_to(folder).as_posix(): path.read_text() for path in found}


def test_one_page_goes_to_standard_output() -> None:
    result = run("clean", "pages/a.txt", "-f", "text", *OWN)
    assert (result.exit_code, result.stdout, result.stderr) == (0, CLEAN, "")


def test_standard_input() -> None:
    result = run("clean", "-", "-f", "text", *OWN, stdin=PAGE.encode())
    assert (result.exit_code, result.stdout, result.stderr) == (0, CLEAN, "")


def test_markdown_is_the_default_and_html_is_known_by_its_content() -> None:
    page = b"<h2>Bread</h2><p>The <b>dough</b> rests.</p>"
    result = run("clean", "-", "--extractor", "none", "--no-front-matter", *OWN, stdin=page)
    assert (result.exit_code, result.stdout) == (0, "## Bread\n\nThe **dough** rests.\n")


def test_the_media_type_can_be_said() -> None:
    result = run("clean", "-", "-f", "text", "--media-type", "text/plain", *OWN, stdin=b"<b>is not bold</b> in text.")
    assert result.stdout == "<b>is not bold</b> in text.\n"


def test_the_address_is_in_the_document() -> None:
    result = run("clean", "pages/a.txt", "-f", "json", "--url", "https://example.com/a", *OWN)
    assert json.loads(result.stdout)["url"] == "https://example.com/a"


@pytest.mark.parametrize(("options", "listed"), [([], True), (["--no-removed"], False)])
def test_removals_are_listed_unless_they_are_not_wanted(options: list[str], listed: bool) -> None:
    document = json.loads(run("clean", "pages/a.txt", "-f", "json", *OWN, *options).stdout)
    assert [removal["reason"] for removal in document.get("removed", [])] == ["own.sponsor"] * listed


def test_rules_can_be_disabled() -> None:
    assert run("clean", "pages/a.txt", "-f", "text", *OWN, "--disable", "own.sponsor").stdout == PAGE


@pytest.mark.parametrize(
    ("output", "options", "written"),
    [
        ("a.md", [], "a.md"),
        ("a.txt", [], "a.txt"),
        ("new/deep/a.json", [], "new/deep/a.json"),
        ("a", ["-f", "text"], "a"),
        ("out/", ["-f", "text"], "out/a.txt.txt"),
        ("pages/sub", ["-f", "text"], "pages/sub/a.txt.txt"),
    ],
)
def test_one_page_into_a_file_or_folder(output: str, options: list[str], written: str) -> None:
    before = set(files("."))
    assert run("clean", "pages/a.txt", "-o", output, *options, *OWN).output == ""
    assert set(files(".")) - before == {written}
    assert LAST in Path(written).read_text()


def test_a_folder_keeps_its_shape_and_the_summary_counts() -> None:
    result = run("clean", "pages", "-o", "out", "-f", "text", *BATCH)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "2 files, 2 written, 0 failed\nremoved: 2\n       2  own.sponsor\n"
    assert files("out") == {"a.txt.txt": CLEAN, "sub/b.txt.txt": CLEAN}


def test_verbose_lists_idle_rules_and_quiet_says_nothing() -> None:
    verbose = run("clean", "pages", "-o", "out", "-f", "text", "--verbose", *BATCH)
    assert verbose.stderr.splitlines()[-2:] == ["       2  own.sponsor", "       0  own.idle"]
    assert run("clean", "pages", "-o", "out", "-f", "text", "--quiet", *BATCH).output == ""


@pytest.mark.parametrize("output", [["-o", "all.jsonl"], ["-f", "jsonl", "-o", "all.jsonl"], ["-f", "jsonl"]])
def test_many_pages_into_one_stream_in_input_order(output: list[str]) -> None:
    Path("pages/sub/b.txt").write_text(PAGE.replace("dough", "second dough"))
    result = run("clean", "pages/sub/b.txt", "pages/*.txt", *output, *BATCH)
    assert result.exit_code == 0
    text = Path("all.jsonl").read_text() if "-o" in output else result.stdout
    documents = [json.loads(line) for line in text.splitlines()]
    assert ["second" in document["blocks"][0]["text"] for document in documents] == [True, False]


def test_inputs_of_one_name_have_outputs_of_their_own() -> None:
    Path("pages/sub/a.txt").write_text(PAGE)
    assert run("clean", "pages/a.txt", "pages/sub/a.txt", "-o", "out", "-f", "text", *BATCH).exit_code == 0
    assert list(files("out")) == ["a.txt.txt", "sub/a.txt.txt"]


def test_the_output_folder_is_no_input() -> None:
    for _ in range(2):
        assert run("clean", "pages", "-o", "pages/out", "-f", "text", *BATCH).exit_code == 0
    assert list(files("pages/out")) == ["a.txt.txt", "sub/b.txt.txt"]


def test_one_and_two_workers_write_the_same() -> None:
    for workers in "12":
        assert run("clean", "pages", "-o", f"out{workers}", "--workers", workers, *OWN).exit_code == 0
    assert files("out1") == files("out2")


def test_failures_are_listed_and_the_rest_is_written() -> None:
    Path("pages/big.txt").write_text("x" * 500)
    result = run("clean", "pages", "missing.html", "-o", "out", "-f", "text", "--max-size", "400", *BATCH)
    assert result.exit_code == 1
    assert result.stderr == (
        "cleaner: pages/big.txt: larger than 400 bytes\n"
        "cleaner: missing.html: No such file or directory\n"
        "4 files, 2 written, 2 failed (1 limit, 1 unreadable)\n"
        f"failures are listed in {Path('out/failures.jsonl')}\n"
        "removed: 2\n"
        "       2  own.sponsor\n"
    )
    assert list(files("out")) == ["failures.jsonl", "pages/a.txt.txt", "pages/sub/b.txt.txt"]
    assert [json.loads(line) for line in Path("out/failures.jsonl").read_text().splitlines()] == [
        {"path": "pages/big.txt", "reason": "larger than 400 bytes", "kind": "limit"},
        {"path": "missing.html", "reason": "No such file or directory", "kind": "unreadable"},
    ]


@pytest.mark.parametrize("output", [[], ["-o", "a.md"], ["-o", "out/"]])
def test_one_page_that_fails(output: list[str]) -> None:
    result = run("clean", "missing.html", *output, *OWN)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "cleaner: missing.html: No such file or directory\n"
    assert not Path("a.md").exists()


def test_resume_skips_what_is_current_and_notices_new_rules() -> None:
    command = ["clean", "pages", "-o", "out", "-f", "text", "--resume", *BATCH]
    assert run(*command).stderr.startswith("2 files, 2 written, 0 failed\n")
    assert run(*command).stderr == "2 files, 0 written, 2 already current, 0 failed\n"
    Path("pages/new.txt").write_text(PAGE)
    assert run(*command).stderr.startswith("3 files, 1 written, 2 already current, 0 failed\n")
    Path("own.yaml").write_text(RULES.replace("Never seen", "Not seen"))
    assert run(*command).stderr.startswith("3 files, 3 written, 0 failed\n")


NEEDS_FILE = "cleaner clean: https://example.com/: cleaner does not fetch: save the page and give the file, with --url"


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ([], "Missing argument 'INPUT...'."),
        (["pages"], "several inputs need -o OUT, or -f jsonl to go to standard output"),
        (["pages/a.txt", "pages/sub/b.txt", "-o", "own.yaml"], "own.yaml: several inputs need a folder"),
        (["pages", "-o", "all.md"], "all.md: several inputs need a folder, or -f jsonl to go into one file"),
        (["pages", "-o", "pages"], "pages: is an input too, its results would be read as pages"),
        (["pages/a.txt", "-o", "pages/a.txt"], "pages/a.txt: is the input too"),
        (["pages", "-", "-o", "out"], "'-' (standard input) cannot be combined with other inputs"),
        (["pages", "-o", "out", "--url", "https://example.com/"], "--url is the address of one page"),
        (["pages/a.txt", "--resume"], "--resume needs a folder as OUT: a single file is always written whole"),
        (["pages", "-o", "all.jsonl", "--resume"], "--resume needs a folder as OUT"),
        (["pages/a.txt", "--quiet", "--verbose"], "--quiet and --verbose exclude each other"),
        (["https://example.com/"], "https://example.com/: cleaner does not fetch: save the page and give the file"),
        (["pages", "https://example.com/", "-o", "out"], "https://example.com/: cleaner does not fetch"),
        (["pages/*.pdf", "-o", "out"], "pages/*.pdf: no file matches"),
        (["pages/a.txt", "--disable", "own.sponsr"], "unknown rule 'own.sponsr'; did you mean 'own.sponsor'?"),
        (["pages/a.txt", "--rulse", "x"], "No such option '--rulse'. "),
        (["pages/a.txt", "-f", "mdd"], "Invalid value for '-f' / '--format': 'mdd' is not one of"),
        (["pages/a.txt", "--workers", "0"], "Invalid value for '--workers': 0 is not in the range x>=1."),
    ],
)
def test_a_command_line_that_makes_no_sense_is_answered_in_one_line(args: list[str], message: str) -> None:
    before = files(".")
    result = run("clean", *args, *OWN)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith(f"cleaner clean: {message}")
    assert result.stderr.endswith("(see 'cleaner clean --help')\n")
    assert result.stderr.count("\n") == 1
    assert files(".") == before


def test_an_unknown_command_is_guessed() -> None:
    result = run("claen")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "cleaner: No such command 'claen'. Did you mean 'clean'? (see 'cleaner --help')\n"


@pytest.mark.parametrize("command", [["clean", "pages/a.txt"], ["explain", "pages/a.txt"], ["rules", "list"]])
def test_a_mistake_in_a_rule_file_ends_the_command(command: list[str]) -> None:
    Path("bad.yaml").write_text("rules:\n  - dorp: x\n  - heading: {css: h7, levl: 3}\n")
    result = run(*command, "--rules", "bad.yaml")
    assert (result.exit_code, result.stdout) == (3, "")
    first, second = result.stderr.splitlines()
    assert first.startswith("cleaner: bad.yaml:2:5: ") and "did you mean 'drop'?" in first
    assert second.startswith("cleaner: bad.yaml:3:") and "did you mean 'level'?" in second


def test_a_time_limit_moves_a_single_page_to_a_worker() -> None:
    result = run("clean", "pages/a.txt", "--timeout", "30", "-f", "text", *OWN)
    assert (result.exit_code, result.stdout) == (0, CLEAN)


def test_a_reader_that_has_seen_enough_is_no_error() -> None:
    Path("pages/a.txt").write_text(f"{FIRST}\n\n" * 20000)
    command = start("clean", "pages/a.txt", "-f", "text", *OWN)
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert running.stdout is not None and running.stderr is not None
    running.stdout.read(10)
    running.stdout.close()
    assert running.stderr.read() == b""
    running.stderr.close()
    assert running.wait(timeout=30) == 1


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_ctrl_c_leaves_whole_files_and_says_so() -> None:
    for number in range(400):
        Path(f"pages/{number:03}.txt").write_text(f"{FIRST}\n\n" * 400)
    command = start("clean", "pages", "-o", "out", "-f", "text", "--workers", "2", *OWN)
    running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    while len(list(Path("out").glob("*.txt"))) < 5 and running.poll() is None:
        time.sleep(0.02)
    os.killpg(running.pid, signal.SIGINT)  # as a terminal does: to the whole group
    _, errors = running.communicate(timeout=20)
    assert (running.returncode, errors.strip()) == (130, "cleaner: interrupted")
    written = files("out")
    assert 5 <= len(written) < 402
    assert {text.count(FIRST) for text in written.values()} == {400}
    assert not [name for name in written if name.startswith(".")]


def test_a_terminal_sees_progress_and_failures_above_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from rich.console import Console

    from cleaner import jobs

    class Loud:
        single, quiet, verbose = False, False, True

    report = Report(Loud(), 3)
    assert report._progress is not None
    report._progress.live.console = Console(force_terminal=True, width=80, record=True, file=io.StringIO())
    with report:
        report.add(jobs.Result("a.html", warnings=("the encoding was\nguessed",)))
        report.add(jobs.Result("b.html", failure=jobs.Failure("b.html", "took [too] long", "timeout")))
    told = report._progress.console.export_text()
    assert "cleaner: a.html: warning: the encoding was guessed\n" in told
    assert "cleaner: b.html: took [too] long\n" in told
    assert "2/3" in told


def test_explain_in_a_pipe_is_a_line_for_each_block() -> None:
    result = run("explain", "pages/a.txt", *OWN)
    assert (result.exit_code, result.stderr) == (0, "")
    head, *lines = result.stdout.splitlines()
    assert head == "pages/a.txt: 3 blocks, 2 kept, 1 dropped"
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
    assert told["document"]["removed"][0]["source"] == "own.yaml:2"


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


def test_rules_show() -> None:
    Path("more.yaml").write_text(
        "sites: [example.com]\n"
        "rules:\n"
        "  - drop: {like: sponsord, edits: 2, place: {last: 3}}\n"
        "    id: more.like\n"
        "    why: Misspelt labels.\n"
    )
    result = run("rules", "show", "more.like", "--rules", "more.yaml", *OWN)
    assert (result.exit_code, result.stdout) == (
        0,
        "more.like\n"
        "  verb    drop\n"
        "  source  more.yaml:3\n"
        "  scope   example.com\n"
        "  why     Misspelt labels.\n"
        "  matches\n"
        "    like      sponsord\n"
        "    edits     2\n"
        "    place     last 3\n",
    )


def test_rules_show_of_an_unknown_rule() -> None:
    result = run("rules", "show", "own.sponsr", *OWN)
    assert result.exit_code == 2
    assert result.stderr.startswith("cleaner rules show: unknown rule 'own.sponsr'; did you mean 'own.sponsor'?")


def test_rules_check() -> None:
    assert run("rules", "check", "own.yaml").output == "2 rules, 1 test: fine\n"
    Path("bad.yaml").write_text("rules:\n  - dorp: x\n  - dropp: y\n")
    result = run("rules", "check", "own.yaml", "bad.yaml")
    assert (result.exit_code, result.stdout) == (3, "")
    assert [line.split(" ")[1] for line in result.stderr.splitlines()] == ["bad.yaml:2:5:", "bad.yaml:3:5:"]


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


def test_the_schema_is_printed() -> None:
    from cleaner.schema import document_schema

    assert json.loads(run("schema").stdout) == document_schema()


def test_the_version_is_printed() -> None:
    from cleaner import __version__

    assert run("--version").output == f"cleaner {__version__}\n"


def test_formats_are_those_of_the_writers() -> None:
    assert set(FORMATS) == set(WRITERS)


LIGHT = """
import sys
sys.argv = ["cleaner", "--help"]
try:
    from cleaner.cli import main
    main()
finally:
    heavy = {"lxml", "numpy", "trafilatura", "rich", "yaml", "re2", "pebble", "multiprocessing"} & set(sys.modules)
    assert not heavy, heavy
"""


def test_help_loads_nothing_heavy() -> None:
    told = subprocess.run([sys.executable, "-c", LIGHT], capture_output=True, text=True, check=False)
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.startswith("Usage: cleaner")


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
