"""`cleaner clean`: what it prints, where it writes, how it ends."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from command_line import BATCH, CLEAN, FIRST, LAST, OWN, PAGE, RULES, files, has_ended, make_folder, run, start

from cleaner.cli.report import Report


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The current folder has pages and rules."""
    make_folder(tmp_path, monkeypatch)


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
    given = json.loads(result.stdout)
    assert (given["id"], given["path"], given["url"]) == ("a.txt", "pages/a.txt", "https://example.com/a")


@pytest.mark.parametrize(("options", "listed"), [([], True), (["--no-removed"], False)])
def test_removals_are_listed_unless_they_are_not_wanted(options: list[str], listed: bool) -> None:
    document = json.loads(run("clean", "pages/a.txt", "-f", "json", *OWN, *options).stdout)
    assert [removal["reason"] for removal in document.get("removed", [])] == ["own.sponsor"] * listed


def test_fields_say_what_a_row_has() -> None:
    command = ["clean", "pages", "-f", "jsonl", "--fields", "id, author,text", *BATCH]
    rows = [json.loads(line) for line in run(*command).stdout.splitlines()]
    text = CLEAN.rstrip()
    assert rows == [{"id": name, "author": None, "text": text} for name in ("a.txt", "sub/b.txt")]


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


@pytest.mark.skipif(not Path("/dev/fd").is_dir(), reason="needs /dev/fd")
@pytest.mark.parametrize("inputs", [["pages/a.txt"], ["pages"]])
def test_an_output_that_is_no_file_is_written_into(inputs: list[str]) -> None:
    Path("pages/bad.txt").write_text("x" * 500)  # a failure, whose list must not appear beside the pipe
    command = ["clean", *inputs, "-f", "jsonl", "--max-size", "400", *BATCH]
    before = sorted(files("."))
    reader, writer = os.pipe()
    result = run(*command, "-o", f"/dev/fd/{writer}")
    os.close(writer)
    with open(reader, "rb") as stream:  # noqa: PTH123
        documents = stream.read().splitlines()
    assert len(documents) == (2 if inputs == ["pages"] else 1)
    assert "failures are listed" not in result.stderr
    assert sorted(files(".")) == before


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_an_output_that_is_a_link_stays_one() -> None:
    Path("link.md").symlink_to("new.md")
    for options in ([], ["--no-front-matter"]):
        assert run("clean", "pages/a.txt", "-o", "link.md", *options, *OWN).output == ""
        assert Path("link.md").is_symlink() and not Path("new.md").is_symlink()
        assert Path("new.md").read_text().startswith("---") == (not options)


@pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX")
def test_many_pages_into_a_pipe_need_a_format_of_one_stream() -> None:
    os.mkfifo("pipe")
    result = run("clean", "pages", "-o", "pipe", *OWN)
    message = "pipe: several inputs need a folder, or -f jsonl to go into one file"
    assert (result.exit_code, result.stderr) == (2, f"cleaner clean: {message} (see 'cleaner clean --help')\n")


LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
sys.argv[0] = "cleaner"
from cleaner.cli import main
main()
"""


@pytest.mark.skipif(os.name == "nt", reason="limits of POSIX")
@pytest.mark.parametrize("old", [None, "old"])
def test_a_file_that_may_not_grow_leaves_what_was_there(old: str | None) -> None:
    for number in range(40):
        Path(f"pages/{number}.txt").write_text(PAGE)
    if old:
        Path("all.jsonl").write_text(old)
    command = [sys.executable, "-c", LIMITED, "clean", "pages", "-o", "all.jsonl", *BATCH]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (ended.returncode, ended.stdout) == (4, "")
    assert ended.stderr == (
        "cleaner: all.jsonl: File too large\n"
        "cleaner: all.jsonl was not written; a single file is always written whole\n"
    )
    assert files(".").get("all.jsonl") == old
    assert not list(Path().glob(".*.part"))


@pytest.mark.skipif(os.name == "nt", reason="limits of POSIX")
def test_a_folder_that_takes_no_more_ends_the_run_and_says_what_is_done() -> None:
    for number in range(200):
        Path(f"pages/{number}.txt").write_text(PAGE)
    # The journal is the file that reaches the limit.
    command = [sys.executable, "-c", LIMITED, "clean", "pages", "-o", "out", "-f", "text", "--quiet", *BATCH]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert ended.returncode == 4
    told = re.fullmatch(
        "cleaner: out: File too large\n"
        r"cleaner: (\d+) files written; the same command with --resume goes on from there\n",
        ended.stderr,
    )
    assert told, ended.stderr
    assert 50 < int(told.group(1)) < 202
    assert set(files("out").values()) == {CLEAN}


@pytest.mark.parametrize("output", [["-o", "all.jsonl"], ["-f", "jsonl", "-o", "all.jsonl"], ["-f", "jsonl"]])
def test_many_pages_into_one_stream_in_input_order(output: list[str]) -> None:
    Path("pages/sub/b.txt").write_text(PAGE.replace("dough", "second dough"))
    result = run("clean", "pages/sub/b.txt", "pages/*.txt", *output, *BATCH)
    assert result.exit_code == 0
    text = Path("all.jsonl").read_text() if "-o" in output else result.stdout
    documents = [json.loads(line) for line in text.splitlines()]
    assert ["second" in document["blocks"][0]["text"] for document in documents] == [True, False]
    assert [document["id"] for document in documents] == ["sub/b.txt", "a.txt"]
    assert [document["path"] for document in documents] == ["pages/sub/b.txt", "pages/a.txt"]


def test_inputs_of_one_name_have_outputs_of_their_own() -> None:
    Path("pages/sub/a.txt").write_text(PAGE)
    assert run("clean", "pages/a.txt", "pages/sub/a.txt", "-o", "out", "-f", "text", *BATCH).exit_code == 0
    assert list(files("out")) == ["a.txt.txt", "sub/a.txt.txt"]


def test_the_output_folder_is_no_input() -> None:
    for _ in range(2):
        assert run("clean", "pages", "-o", "pages/out", "-f", "text", *BATCH).exit_code == 0
    assert list(files("pages/out")) == ["a.txt.txt", "sub/b.txt.txt"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("inputs", "options"),
    [
        ("pages", ["-f", "jsonl", "-o", "pages/all.txt"]),
        ("pages/*.*", ["-o", "pages/all.jsonl"]),
        ("pages/**/*.*", ["-f", "text", "-o", "pages/out"]),
    ],
)
def test_no_output_is_read_in_a_second_run(inputs: str, options: list[str]) -> None:
    Path("pages/bad.txt").write_text("x" * 500)  # a failure, so that there is a list of failures
    runs = []
    for _ in range(2):
        result = run("clean", inputs, *options, "--max-size", "400", *BATCH)
        runs.append((result.exit_code, result.stderr, files("pages")))
    assert runs[0] == runs[1]
    assert runs[0][0] == 1 and "failures are listed" in runs[0][1]


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
        {
            "path": "pages/big.txt",
            "reason": "larger than 400 bytes",
            "kind": "limit",
            "id": "pages/big.txt",
            "url": None,
            "code": "limit",
        },
        {
            "path": "missing.html",
            "reason": "No such file or directory",
            "kind": "unreadable",
            "id": "missing.html",
            "url": None,
            "code": "unreadable",
        },
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


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["pages"], "several inputs need -o OUT, or -f jsonl to go to standard output"),
        (["pages/a.txt", "pages/sub/b.txt", "-o", "own.yaml"], "own.yaml: several inputs need a folder"),
        (["pages", "-o", "all.md"], "all.md: several inputs need a folder, or -f jsonl to go into one file"),
        (["pages", "-o", "pages"], "pages: is an input too, its results would be read as pages"),
        (["pages/a.txt", "-o", "pages/a.txt"], "pages/a.txt: is an input too"),
        (["pages/*", "pages/a.txt", "-f", "jsonl", "-o", "pages/a.txt"], "pages/a.txt: is an input too"),
        (["own.yaml", "failures.jsonl", "-f", "jsonl", "-o", "all"], "failures.jsonl: is an input too"),
        (
            ["empty", "-o", "out"],
            "empty: no page to clean; .htm, .html, .mht, .mhtml, .txt, .xhtml and archives are looked for, and there",
        ),
        (["pages", "-", "-o", "out"], "'-' (standard input) cannot be combined with other inputs"),
        (["pages", "-o", "out", "--url", "https://example.com/"], "--url is the address of one page"),
        (["pages/a.txt", "--resume"], "--resume needs a folder as OUT: a single file is always written whole"),
        (["pages", "-o", "all.jsonl", "--resume"], "--resume needs a folder as OUT"),
        (["pages", "-o", "out", "--fields", "id,text"], "--fields is for -f json, jsonl, parquet"),
        (["pages", "-f", "jsonl", "--fields", "id,titel"], "--fields: unknown field 'titel'; did you mean 'title'?"),
        (["pages", "-f", "jsonl", "--fields", ","], "--fields: no field is named"),
        (["pages", "-f", "jsonl", "--fields", "id", "--no-removed"], "--fields says whether there is 'removed'"),
        (["pages", "-f", "parquet"], "-f parquet needs -o OUT"),
        (["pages", "-o", "out", "--shard-size", "5"], "--shard-size is for -f jsonl and parquet"),
        (["pages", "-f", "jsonl", "--shard-size", "5"], "--shard-size needs a folder as OUT"),
        (["pages/a.txt", "--quiet", "--verbose"], "--quiet and --verbose exclude each other"),
        (["https://example.com/"], "https://example.com/: cleaner does not fetch: save the page and give the file"),
        (["pages", "https://example.com/", "-o", "out"], "https://example.com/: cleaner does not fetch"),
        (["pages/*.pdf", "-o", "out"], "pages/*.pdf: no file matches"),
        (["pages/a.txt", "--disable", "own.sponsr"], "unknown rule 'own.sponsr'; did you mean 'own.sponsor'?"),
    ],
)
def test_a_command_line_that_makes_no_sense_is_answered_in_one_line(args: list[str], message: str) -> None:
    Path("empty").mkdir()
    Path("failures.jsonl").touch()
    before = files(".")
    result = run("clean", *args, *OWN)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith(f"cleaner clean: {message}")
    assert result.stderr.endswith("(see 'cleaner clean --help')\n")
    assert result.stderr.count("\n") == 1
    assert files(".") == before


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


FOLDER_STOPPED = r"cleaner: {name}: (\d+) files written; the same command with --resume goes on from there\n"


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize(
    ("number", "whole_group", "name"),
    [
        (signal.SIGINT, True, "interrupted"),  # as a terminal does
        (signal.SIGINT, False, "interrupted"),
        (signal.SIGTERM, True, "terminated"),
        (signal.SIGTERM, False, "terminated"),
        (signal.SIGHUP, True, "hangup"),
    ],
)
@pytest.mark.parametrize(
    ("output", "message"),
    [
        (["-o", "out"], FOLDER_STOPPED),
        (["-o", "all.jsonl"], "cleaner: {name}: all.jsonl was not written; a single file is always written whole\n"),
    ],
)
def test_a_signal_leaves_whole_files_and_says_what_is_done(
    number: int, whole_group: bool, name: str, output: list[str], message: str
) -> None:
    for page in range(400):
        Path(f"pages/{page:03}.txt").write_text(f"{FIRST}\n\n" * 400)
    command = start("clean", "pages", *output, "-f", "text" if "out" in output else "jsonl", "--workers", "2", *OWN)
    running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    while len(list(Path().glob("out/*.txt"))) < 5 and not Path(".all.jsonl.part").exists() and running.poll() is None:
        time.sleep(0.02)
    (os.killpg if whole_group else os.kill)(running.pid, number)
    _, errors = running.communicate(timeout=20)
    assert running.returncode == 128 + number
    told = re.fullmatch(message.format(name=name), errors)
    assert told, errors
    assert has_ended(running.pid)
    assert not list(Path().glob("**/.*.part")) and not Path("all.jsonl").exists()
    if "out" in output:
        written = files("out")
        assert {text.count(FIRST) for text in written.values()} == {400}
        assert 5 <= len(written) < 402
        # A worker may write a page at the last moment, and its answer comes too late.
        assert 0 <= len(written) - int(told.group(1)) <= 2


def test_a_terminal_sees_progress_and_failures_above_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from rich.console import Console

    from cleaner.batch import jobs

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


def make_table() -> None:
    """pages.jsonl: three pages, of which one is null."""
    rows = [{"raw": PAGE, "link": "https://example.com/a", "key": "a"}, {"raw": None, "key": "b"}, {"raw": PAGE}]
    Path("pages.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))


FIELDS = ["--text-field", "raw", "--url-field", "link", "--id-field", "key"]


def test_each_row_of_a_table_is_a_page() -> None:
    make_table()
    result = run("clean", "pages.jsonl", "-o", "out.jsonl", *FIELDS, *BATCH)
    assert result.exit_code == 1 and "3 files, 2 written, 1 failed (1 unreadable)" in result.stderr
    assert "cleaner: pages.jsonl: b: no page: null in 'raw'\n" in result.stderr
    documents = [json.loads(line) for line in Path("out.jsonl").read_text().splitlines()]
    assert [document.get("url") for document in documents] == ["https://example.com/a", None]
    (failure,) = map(json.loads, Path("failures.jsonl").read_text().splitlines())
    assert (failure["path"], failure["id"], failure["kind"], failure["code"]) == (
        "pages.jsonl",
        "b",
        "unreadable",
        "null",
    )


def test_a_table_becomes_a_folder_that_can_be_resumed() -> None:
    make_table()
    run("clean", "pages.jsonl", "-o", "out", "-f", "text", *FIELDS, *BATCH)
    names = {"pages.jsonl/000001-a.txt", "pages.jsonl/000003.txt", "failures.jsonl"}
    assert set(files("out")) == names
    result = run("clean", "pages.jsonl", "-o", "out", "-f", "text", "--resume", *FIELDS, *BATCH)
    assert "3 files, 0 written, 2 already current, 1 failed" in result.stderr
    result = run("clean", "pages.jsonl", "-o", "out", "-f", "text", "--resume", "--text-field", "raw", *BATCH)
    assert "2 written" in result.stderr  # other columns, other documents


def test_a_table_needs_an_output_for_many() -> None:
    make_table()
    result = run("clean", "pages.jsonl", *FIELDS, *BATCH)
    assert (result.exit_code, "several inputs need -o OUT" in result.stderr) == (2, True)
    assert run("clean", "pages.jsonl", "-f", "jsonl", *FIELDS, *BATCH).stdout.count("\n") == 2


def test_guessed_columns_are_told_once_unless_that_is_not_wanted() -> None:
    Path("a.csv").write_text("text,id\nTides,1\n")
    Path("b.csv").write_text("text,id\nTides,1\n")
    result = run("clean", "a.csv", "b.csv", "pages/a.txt", "-o", "out", *BATCH)
    assert result.stderr.count("cleaner: a.csv: text from column 'text', id from 'id'\n") == 1
    assert "b.csv: text" not in result.stderr and "3 written" in result.stderr
    assert "column" not in run("clean", "a.csv", "-o", "out", "--quiet", *BATCH).stderr


def test_explain_takes_no_table() -> None:
    make_table()
    result = run("explain", "pages.jsonl")
    assert (result.exit_code, "pages.jsonl: explain takes one page" in result.stderr) == (2, True)


def test_addresses_of_a_list_choose_rules_for_sites() -> None:
    Path("site.yaml").write_text("sites: [example.com]\nrules:\n  - drop: {regex: dough}\n    id: site.dough\n")
    Path("urls.csv").write_text("a.txt,https://www.example.com/a\n")
    rules = ["--no-shipped-rules", "--rules", "site.yaml", "--workers", "1"]
    result = run("clean", "pages", "-f", "jsonl", "--urls", "urls.csv", *rules)
    first, second = map(json.loads, result.stdout.splitlines())
    assert [removal["reason"] for removal in first["removed"]] == ["site.dough"] and "removed" not in second
    assert result.stderr.count("cleaner: urls.csv: warning: has no address for 1 page\n") == 1
    result = run("clean", "pages", "-f", "jsonl", "--url-from", "https://example.com/{path}", *rules)
    assert [json.loads(line)["url"] for line in result.stdout.splitlines()] == [
        "https://example.com/a.txt",
        "https://example.com/sub/b.txt",
    ]
    result = run("clean", "pages", "-f", "jsonl", "--url-from", "https://example.com/{file}", *rules)
    assert (result.exit_code, "there are {path}, {name}, {stem}, {id}" in result.stderr) == (2, True)


HTML = "<html><body><div id=story><p>The ferry left at noon, and nobody waved from the pier.</p></div></body></html>"
IDLE = """\
sites: [example.com]
rules:
  - drop: {css: .newsletter}
  - drop: {css: .ad, max_words: 3}
    id: own.ad
  - drop: Never seen
  - main: {css: "#content"}
  - keep: {css: .box}
"""


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        (IDLE, ["2 pages: no address is known, so the rules for example.com do not apply; give --url-from or --urls"]),
        ("when: {path: /blog/*}\nrules: [{drop: x}]\n",
         ["2 pages: no address is known, so the rules for /blog/* do not apply; give --url-from or --urls"]),
        (IDLE.partition("\n")[2],
         ["idle:6 (idle.yaml:6): its selector matched on no page",
          "idle:2 (idle.yaml:2): its selector took nothing from any page",
          "own.ad (idle.yaml:3): its selector took nothing from any page"]),
        ("rules: [{drop: {css: p}}]\n", []),
    ],
)  # fmt: skip
def test_the_summary_names_rules_that_could_not_work(rules: str, told: list[str]) -> None:
    Path("idle.yaml").write_text(rules)
    for name in ("a.html", "b.html"):
        Path("saved").mkdir(exist_ok=True)
        (Path("saved") / name).write_text(HTML)
    command = ["clean", "saved", "-o", "out", "--rules", "idle.yaml", "--no-shipped-rules", "--workers", "1"]
    lines = run(*command).stderr.splitlines()
    after = (
        next(n for n, line in enumerate(lines) if n and not line.startswith(("removed", " "))) if told else len(lines)
    )
    assert lines[after:] == told
    assert run(*command, "--quiet").output == ""


def test_a_page_says_that_rules_for_sites_need_its_address() -> None:
    Path("idle.yaml").write_text(IDLE)
    Path("a.html").write_text(HTML)
    command = ["clean", "a.html", "--rules", "idle.yaml", "--no-shipped-rules"]
    told = "cleaner: a.html: warning: no address is known, so the rules for example.com do not apply\n"
    assert run(*command).stderr == told
    assert "no address" not in run(*command, "--url", "https://other.example/").stderr
