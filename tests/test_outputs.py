"""`cleaner.batch.outputs`: names of files, streams, what is current."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from stand_ins import TEXT, Obedient, pages, written

from cleaner.batch import run_batch
from cleaner.batch.jobs import Result
from cleaner.batch.outputs import FolderOutput, StreamOutput
from cleaner.readers import Record


def test_a_file_for_each_record_in_folders_as_named(tmp_path: Path) -> None:
    records = [Record("a.txt", data="one"), Record("sub/a.txt", data="two"), Record("sub/deep/b.html", data="three")]
    summary = run_batch(records, Obedient(), FolderOutput(tmp_path, TEXT), workers=1)
    assert written(tmp_path) == {"a.txt.txt": "one\n", "sub/a.txt.txt": "two\n", "sub/deep/b.html.txt": "three\n"}
    assert (summary.files, summary.written, summary.failures) == (3, 3, 0)


@pytest.mark.parametrize("name", ["../a", "/etc/a", "a/../../b", "", "."])
def test_a_name_cannot_leave_the_output_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="no file inside the output folder"):
        run_batch([Record(name, data="text")], Obedient(), FolderOutput(tmp_path / "out", TEXT), workers=0)


def run_resumed(records: list[Record], out: Path, mark: str, fingerprint: str) -> tuple[int, int]:
    output = FolderOutput(out, TEXT, fingerprint=fingerprint, resume=True)
    summary = run_batch(records, Obedient(mark), output, workers=0)
    return summary.written, summary.skipped


def test_resume_leaves_alone_what_is_current(tmp_path: Path) -> None:
    records, out = pages(tmp_path / "in", "one", "two", "three"), tmp_path / "out"
    assert run_resumed(records, out, " (1)", "same") == (3, 0)
    (out / "1.txt.txt").unlink()
    later = time.time() + 10
    os.utime(tmp_path / "in" / "2.txt", (later, later))
    assert run_resumed(records, out, " (2)", "same") == (2, 1)
    assert written(out) == {"0.txt.txt": "one (1)\n", "1.txt.txt": "two (2)\n", "2.txt.txt": "three (2)\n"}


def test_resume_with_other_options_writes_all_anew_even_over_two_runs(tmp_path: Path) -> None:
    records, out = pages(tmp_path / "in", "one", "two"), tmp_path / "out"
    run_resumed(records, out, " (1)", "old")
    past = time.time() - 10
    for path in out.iterdir():
        os.utime(path, (past, past))
    os.utime(tmp_path / "in" / "1.txt", (past - 10, past - 10))
    # The first run with new options gets no further than the first page; the second must not take the rest for current.
    assert run_resumed(records[:1], out, " (2)", "new") == (1, 0)
    assert run_resumed(records, out, " (2)", "new") == (1, 1)
    assert written(out) == {"0.txt.txt": "one (2)\n", "1.txt.txt": "two (2)\n"}


@pytest.mark.parametrize(
    "data", [b"", b"on", b"one (1)\n and more", b"\0" * 9], ids=["empty", "cut", "longer", "zeros"]
)
def test_resume_makes_anew_what_has_another_size(tmp_path: Path, data: bytes) -> None:
    records, out = pages(tmp_path / "in", "one", "two"), tmp_path / "out"
    assert run_resumed(records, out, " (1)", "same") == (2, 0)
    (out / "0.txt.txt").write_bytes(data)
    assert run_resumed(records, out, " (2)", "same") == (1, 1)
    assert written(out) == {"0.txt.txt": "one (2)\n", "1.txt.txt": "two (1)\n"}
    assert run_resumed(records, out, " (3)", "same") == (0, 2)


def test_resume_does_not_trust_files_that_no_run_wrote(tmp_path: Path) -> None:
    records, out = pages(tmp_path / "in", "one"), tmp_path / "out"
    out.mkdir()
    (out / "0.txt.txt").write_text("from elsewhere")
    assert run_resumed(records, out, "", "same") == (1, 0)


def test_a_run_without_resume_writes_all(tmp_path: Path) -> None:
    records = pages(tmp_path / "in", "one")
    for mark in (" (1)", " (2)"):
        run_batch(records, Obedient(mark), FolderOutput(tmp_path / "out", TEXT), workers=0)
    assert written(tmp_path / "out") == {"0.txt.txt": "one (2)\n"}


def test_a_stream_into_a_file_appears_at_the_end_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "all.txt"
    target.write_text("old")

    def interrupt(result: Result) -> None:
        assert target.read_text() == "old"
        if result.path == "b":
            raise KeyboardInterrupt

    records = [Record(name, data=name) for name in "abc"]
    with pytest.raises(KeyboardInterrupt):
        run_batch(records, Obedient(), StreamOutput(target, TEXT), workers=1, on_result=interrupt)
    assert written(tmp_path) == {"all.txt": "old"}
    run_batch(records, Obedient(), StreamOutput(target, TEXT), workers=1)
    assert written(tmp_path) == {"all.txt": "a\nb\nc\n"}


def test_a_stream_of_failures_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "all.txt"
    target.write_text("old")
    run_batch([Record("a", data="raise x")], Obedient(), StreamOutput(target, TEXT), workers=0)
    assert written(tmp_path) == {"all.txt": "old"}
