"""`run_batch`: order, failures, memory, interrupts."""

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

import pytest
from command_line import has_ended
from stand_ins import TEXT, Obedient, pages, written

from cleaner.batch import Summary, clean_records, run_batch
from cleaner.batch.jobs import Failure, FailureKind, Result
from cleaner.batch.outputs import FolderOutput, Rendering, StreamOutput
from cleaner.readers import Record


def test_results_come_in_input_order_whoever_is_first(tmp_path: Path) -> None:
    order: list[str] = []
    records = [Record(str(number), data=text) for number, text in enumerate(["nap", "a", "b", "nap", "c"])]
    target = tmp_path / "all.txt"
    run_batch(records, Obedient(), StreamOutput(target, TEXT), workers=2, on_result=lambda r: order.append(r.path))
    assert order == ["0", "1", "2", "3", "4"]
    assert target.read_text().split() == ["nap", "a", "b", "nap", "c"]


def test_whatever_a_page_does_the_others_are_written(tmp_path: Path) -> None:
    records = pages(tmp_path / "in", "first", "exit 3", "kill", "sleep", "raise no\nluck", "x" * 2000, "", "last")
    Path(records[6].path or "").unlink()
    out, log = tmp_path / "out", tmp_path / "failures.jsonl"
    summary = run_batch(records, Obedient(), FolderOutput(out, TEXT), workers=2, timeout=2, max_size=1000, failures=log)
    assert written(out) == {"0.txt.txt": "first\n", "7.txt.txt": "last\n"}
    failures = map(json.loads, log.read_text().splitlines())
    assert [(failure["path"], failure["reason"], failure["kind"]) for failure in failures] == [
        (records[1].path, "ended its worker process (exit code 3)", "crash"),
        (records[2].path, "ended its worker process (signal SIGKILL)", "crash"),
        (records[3].path, "took longer than 2 seconds", "timeout"),
        (records[4].path, "ValueError: no luck", "error"),
        (records[5].path, "larger than 1000 bytes", "limit"),
        (records[6].path, "No such file or directory", "unreadable"),
    ]
    assert (summary.files, summary.written, summary.failures) == (8, 2, 6)
    assert summary.failed == {"crash": 2, "timeout": 1, "error": 1, "limit": 1, "unreadable": 1}


def test_without_workers_failures_are_told_too() -> None:
    told: list[Result] = []
    records = [Record("a", data="raise x"), Record("b", path="missing.txt"), Record("c", data="ad\nad\nfine")]
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123
        summary = run_batch(records, Obedient(), StreamOutput(nowhere, TEXT), workers=0, on_result=told.append)
    assert [(result.failure.kind if result.failure else None) for result in told] == ["error", "unreadable", None]
    assert summary == Summary(
        files=3, written=1, failed=summary.failed, removed=summary.removed
    ) and summary.removed == {"ads.label": 2}


@pytest.mark.parametrize(
    ("broken", "kind", "reason", "code"),
    [
        ("cleaner.engine.media_type_of", "error", "the page could not be read (KeyError: 'x')", "page.failed"),
        ("cleaner.engine.MAX_CHARACTERS", "limit", "the page is larger than 3 characters", "page.too_large"),
    ],
)
def test_a_page_that_the_cleaner_gives_up_is_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str, kind: FailureKind, reason: str, code: str
) -> None:
    from cleaner.engine import Cleaner
    from cleaner.rules import RuleSet

    monkeypatch.setattr(broken, 3 if "MAX" in broken else lambda *_: {}["x"])
    told: list[Result] = []
    run_batch(
        [Record("a", data="text")], Cleaner(RuleSet()), FolderOutput(tmp_path, TEXT), workers=0, on_result=told.append
    )
    assert [result.failure for result in told] == [Failure("a", reason, kind, "a", code=code)]
    assert written(tmp_path) == {}


def test_an_empty_page_is_no_failure(tmp_path: Path) -> None:
    from cleaner.engine import Cleaner
    from cleaner.rules import RuleSet

    summary = run_batch([Record("a", data="")], Cleaner(RuleSet()), FolderOutput(tmp_path, TEXT), workers=0)
    assert (summary.written, summary.failures, summary.warnings) == (1, 0, 1)


def test_an_output_that_cannot_be_written_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a file where a folder is needed")
    told: list[Result] = []
    records = [Record("a/page", data="text"), Record("x" * 300, data="text"), Record("fine", data="text")]
    run_batch(records, Obedient(), FolderOutput(tmp_path, TEXT), workers=0, on_result=told.append)
    assert [result.failure.kind if result.failure else None for result in told] == ["error", "error", None]


@pytest.mark.parametrize("count", [0, 1, 200])
def test_batches_of_all_sizes(tmp_path: Path, count: int) -> None:
    records = [Record(str(number), data="text") for number in range(count)]
    assert run_batch(records, Obedient(), FolderOutput(tmp_path, TEXT), workers=2).written == count
    assert len(written(tmp_path)) == count


def test_the_list_of_failures_goes_when_there_are_none(tmp_path: Path) -> None:
    log = tmp_path / "failures.jsonl"
    for text, listed in (("raise x", True), ("fine", False)):
        run_batch([Record("a", data=text)], Obedient(), FolderOutput(tmp_path / "out", TEXT), workers=0, failures=log)
        assert log.exists() == listed


def test_a_path_that_is_no_text_can_be_listed(tmp_path: Path) -> None:
    log = tmp_path / "failures.jsonl"
    name = os.fsdecode(b"caf\xe9.txt")
    run_batch([Record("a", path=name)], Obedient(), FolderOutput(tmp_path, TEXT), workers=0, failures=log)
    assert json.loads(log.read_text())["path"] == name


def test_what_an_interrupted_batch_has_written_is_counted_and_current(tmp_path: Path) -> None:
    def interrupt(result: Result) -> None:
        raise KeyboardInterrupt

    out, first = tmp_path / "out", Summary()
    # The first result comes when the other worker has done the last page.
    records = pages(tmp_path / "in", f"await {out / '30.txt.txt'}", *("text" for _ in range(30)))
    with pytest.raises(KeyboardInterrupt):
        run_batch(records, Obedient(), FolderOutput(out, TEXT), workers=2, on_result=interrupt, summary=first)
    assert len(written(out)) - 2 <= first.written <= len(written(out))
    assert first.written > 10
    second = run_batch(records, Obedient(), FolderOutput(out, TEXT, resume=True), workers=2)
    assert (second.skipped, second.written) == (first.written, 31 - first.written)


INTERRUPTED = """
import sys
from pathlib import Path
sys.path[:0] = [{tests!r}]
from stand_ins import Obedient, TEXT
from cleaner.batch import run_batch
from cleaner.batch.outputs import FolderOutput
from cleaner.readers import Record

if __name__ == "__main__":
    records = [Record("first", data="nap"), *(Record(str(n), data={order!r}) for n in range(100))]
    try:
        run_batch(records, Obedient(), FolderOutput(Path(sys.argv[1]), TEXT), workers=2,
                  on_result=lambda result: print(result.path, flush=True))
    except KeyboardInterrupt:
        sys.exit(130)
"""


def start_script(folder: Path, order: str) -> subprocess.Popen[str]:
    """A program that cleans pages with this order into the folder's `out`, and tells of each; a group of its own."""
    script = folder / "run.py"
    script.write_text(INTERRUPTED.format(tests=str(Path(__file__).parent), order=order))
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.Popen(
        [sys.executable, str(script), str(folder / "out")],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("early", [True, False], ids=["while workers start", "while pages are cleaned"])
def test_an_interrupt_leaves_whole_files_and_no_process(tmp_path: Path, early: bool) -> None:
    out = tmp_path / "out"
    running = start_script(tmp_path, "nap")
    assert running.stdout is not None
    if early:
        while not out.exists():
            time.sleep(0.01)
        time.sleep(0.1)
    else:
        running.stdout.readline()
    os.killpg(running.pid, signal.SIGINT)  # as a terminal does: to the whole group
    _, errors = running.communicate(timeout=20)
    assert (running.returncode, errors) == (130, "")
    assert set(written(out).values()) <= {"nap\n"}
    assert not [name for name in written(out) if name.startswith(".")]
    assert has_ended(running.pid)


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_workers_end_with_the_process_that_started_them(tmp_path: Path, number: int) -> None:
    running = start_script(tmp_path, "sleep")
    assert running.stdout is not None
    running.stdout.readline()
    running.send_signal(number)  # to that process alone
    _, errors = running.communicate(timeout=20)
    assert (running.returncode, errors) == (-number, "")
    assert has_ended(running.pid)


@pytest.mark.parametrize("workers", [0, 1])
def test_records_give_documents_in_their_order(workers: int) -> None:
    records = [
        Record("a", data="one", url="https://example.com/a"),
        Record("b", data="raise x"),
        Record("c", data="two"),
    ]
    results = list(clean_records(records, Obedient(), workers=workers))
    assert [(result.id, result.document and result.document.text) for result in results] == [
        ("a", "one"), ("b", None), ("c", "two")
    ]  # fmt: skip
    assert results[1].failure and results[1].failure.reason == "ValueError: x"
    assert results[0].url == "https://example.com/a"


def test_records_are_read_as_they_are_needed() -> None:
    def endless() -> Iterator[Record]:
        while True:
            yield Record("a", data="one")

    results = clean_records(endless(), Obedient(), workers=1, timeout=5)
    assert next(results).document == next(results).document
    results.close()  # type: ignore[attr-defined]


def test_a_timeout_needs_workers() -> None:
    with pytest.raises(ValueError, match="worker"):
        clean_records([], Obedient(), timeout=1)


@pytest.mark.parametrize(
    ("workers", "timeout", "words"),
    [(-1, None, "workers is"), (1, 0, "timeout is"), (1, -1.0, "timeout is"), (1, float("nan"), "timeout is")],
)
def test_limits_with_which_no_page_could_be_cleaned(workers: int, timeout: float | None, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        clean_records([], Obedient(), workers=workers, timeout=timeout)
    with pytest.raises(ValueError, match=words):
        run_batch([], Obedient(), StreamOutput(io.BytesIO(), Rendering()), workers=workers, timeout=timeout)


def test_the_language_of_a_record_goes_to_the_cleaner() -> None:
    from cleaner.engine import Cleaner
    from cleaner.rules import RuleSet

    records = [Record("a", data="Tides.", language="sv"), Record("b", data="Tides.")]
    with io.BytesIO() as stream:
        run_batch(records, Cleaner(RuleSet()), StreamOutput(stream, Rendering("jsonl")), workers=0)
        assert [json.loads(line).get("language") for line in stream.getvalue().splitlines()] == ["sv", None]
