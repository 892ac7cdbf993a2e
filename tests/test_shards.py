"""Shards: which rows they have, that they are whole, and what a resumed run leaves alone."""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from command_line import files, make_folder, run
from stand_ins import Obedient, pages

from cleaner.batch import Summary, run_batch
from cleaner.batch.jobs import Result
from cleaner.batch.outputs import NotesFailures, Rendering
from cleaner.batch.shards import InputsChanged, ShardOutput
from cleaner.document import Block, Cell, Container, Document, Removal, Span
from cleaner.readers import Record

LINES = Rendering("jsonl", fields=("id", "text"))


def clean(records: list[Record], out: Path, mark: str = "", *, resume: bool = False, **given: Any) -> Summary:
    output = ShardOutput(out, given.pop("rendering", LINES), given.pop("size", 3), fingerprint="same", resume=resume)
    return run_batch(records, Obedient(mark), output, workers=0, failures=out / "failures.jsonl", **given)


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def ids(path: Path) -> list[str]:
    return [json.loads(line)["id"] for line in path.read_text().splitlines()]


def numbered(count: int, failing: tuple[int, ...] = ()) -> list[Record]:
    texts = ("raise x" if number in failing else f"text {number}" for number in range(count))
    return [Record(f"r{number}", data=text) for number, text in enumerate(texts)]


def test_what_other_packages_add_to_base_classes_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(AbstractContextManager, "added_by_another_package", 1, raising=False)
    assert isinstance(ShardOutput(tmp_path, LINES), NotesFailures)


def test_each_shard_is_of_so_many_inputs_and_what_fails_has_no_row(tmp_path: Path) -> None:
    summary = clean(numbered(8, failing=(1, 3, 4, 5)), tmp_path)
    assert (summary.written, summary.failures) == (4, 4)
    assert list(bytes_of(tmp_path)) == [
        "failures.jsonl", "manifest.jsonl", "part-00000.jsonl", "part-00001.jsonl", "part-00002.jsonl"
    ]  # fmt: skip
    assert [ids(tmp_path / f"part-0000{number}.jsonl") for number in range(3)] == [["r0", "r2"], [], ["r6", "r7"]]
    head, first, _, last = map(json.loads, (tmp_path / "manifest.jsonl").read_text().splitlines())
    assert head == {"fingerprint": "same", "shard_size": 3}
    data = (tmp_path / "part-00000.jsonl").read_bytes()
    assert (first["rows"], first["size"], first["sha256"]) == (2, len(data), hashlib.sha256(data).hexdigest())
    assert (first["first"], first["last"], first["first_id"], first["last_id"]) == (0, 2, "r0", "r2")
    assert [(failure["position"], failure["id"]) for failure in first["failures"]] == [(1, "r1")]
    assert (last["shard"], last["first"], last["last"]) == ("part-00002.jsonl", 6, 7)
    failed = map(json.loads, (tmp_path / "failures.jsonl").read_text().splitlines())
    assert [(failure["id"], failure["code"], failure["reason"]) for failure in failed] == [
        (f"r{number}", "error", "ValueError: x") for number in (1, 3, 4, 5)
    ]


@pytest.mark.parametrize("stop", range(11))
def test_a_run_that_was_stopped_anywhere_is_resumed_exactly(tmp_path: Path, stop: int) -> None:
    records = numbered(11, failing=(2, 7, 10))
    clean(records, tmp_path / "whole")

    def interrupt(result: Result) -> None:
        if result.id == f"r{stop}":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        clean(records, tmp_path / "out", on_result=interrupt)
    summary = clean(records, tmp_path / "out", resume=True)
    assert bytes_of(tmp_path / "out") == bytes_of(tmp_path / "whole")
    assert summary.failures == 3 and summary.files == 11
    # Only what stands is left alone: a cleaner that writes something else shows which.
    assert clean(records, tmp_path / "out", " (again)", resume=True).skipped == 8
    assert bytes_of(tmp_path / "out") == bytes_of(tmp_path / "whole")


@pytest.mark.parametrize("damage", [b"", b"{}", None])
def test_only_the_shard_that_is_not_as_it_was_is_made_again(tmp_path: Path, damage: bytes | None) -> None:
    records = numbered(9)
    clean(records, tmp_path)
    before = bytes_of(tmp_path)
    path = tmp_path / "part-00001.jsonl"
    path.unlink() if damage is None else path.write_bytes(damage)
    assert clean(records, tmp_path, resume=True).written == 3
    assert bytes_of(tmp_path) == before


def test_a_manifest_that_was_cut_short_counts_up_to_there(tmp_path: Path) -> None:
    records = numbered(9)
    clean(records, tmp_path)
    before = bytes_of(tmp_path)
    (tmp_path / "manifest.jsonl").write_bytes(before["manifest.jsonl"][:-20])
    assert clean(records, tmp_path, resume=True).written == 3
    assert bytes_of(tmp_path) == before


CHANGES = {
    "other id": (lambda given: [*given[:4], Record("new", data="text 4"), *given[5:]], "its inputs have changed"),
    "other text": (lambda given: [*given[:4], Record("r4", data="text"), *given[5:]], "its inputs have changed"),
    "one more": (lambda given: [Record("new", data="text"), *given], "its first input is 'new' now, and was 'r0'"),
    "more at the end": (lambda given: [*given, Record("new", data="text")], "there are more inputs"),
    "fewer": (lambda given: given[:7], "there are fewer inputs"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_other_inputs_are_told_and_made_anew(tmp_path: Path, change: str) -> None:
    changed, why = CHANGES[change]
    clean(numbered(8), tmp_path / "out")
    records = changed(numbered(8))
    with pytest.raises(InputsChanged, match=why):
        clean(records, tmp_path / "out", resume=True)
    clean(records, tmp_path / "out", resume=True)
    clean(records, tmp_path / "whole")
    assert bytes_of(tmp_path / "out") == bytes_of(tmp_path / "whole")


def test_a_file_that_is_newer_than_its_shard_has_changed(tmp_path: Path) -> None:
    records = pages(tmp_path / "in", "one", "two")
    clean(records, tmp_path / "out")
    later = time.time() + 10
    os.utime(tmp_path / "in" / "1.txt", (later, later))
    with pytest.raises(InputsChanged, match="has changed"):
        clean(records, tmp_path / "out", resume=True)


def test_what_a_longer_run_left_goes(tmp_path: Path) -> None:
    clean(numbered(9), tmp_path)
    clean(numbered(2), tmp_path)
    assert list(bytes_of(tmp_path)) == ["manifest.jsonl", "part-00000.jsonl"]


# --- Parquet


class Rich:
    """A cleaner that gives a document with everything in it."""

    def clean(self, data: bytes | str, *, url: str | None = None, media_type: str | None = None) -> Document:
        cell = Cell("a", (Span(0, 1, "strong"),), header=True)
        item = Container("item", 1, ordered=True, number=2)
        blocks = (
            Block("list_item", str(data), containers=(item,), spans=(Span(0, 2, "link", "/a"),), score=0.5),
            Block("table", "a", rows=((cell, cell),)),
        )
        return Document("Title", url=url, blocks=blocks, removed=(Removal("ad", "ads.label"),))


def table(path: Path) -> list[dict[str, Any]]:
    parquet = pytest.importorskip("pyarrow.parquet")
    rows: list[dict[str, Any]] = parquet.read_table(path).to_pylist()
    return rows


def test_parquet_has_nested_columns_and_nulls(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    from cleaner.batch.tables import TableRendering

    records = [Record(f"r{n}", data=f"text {n}", url=f"https://example.com/{n}") for n in range(3)]
    for out in ("a", "b"):
        run_batch(records, Rich(), ShardOutput(tmp_path / out, TableRendering(), 2), workers=0)
    assert bytes_of(tmp_path / "a") == bytes_of(tmp_path / "b")
    first, second = table(tmp_path / "a" / "part-00000.parquet")
    assert (first["id"], first["path"], first["url"], second["url"]) == (
        "r0", None, "https://example.com/0", "https://example.com/1"
    )  # fmt: skip
    assert (first["author"], first["text"], first["warnings"]) == (None, "text 0\n\na", [])
    assert "removed" not in first
    item, grid = first["blocks"]
    assert (item["kind"], item["level"], item["score"], item["rows"]) == ("list_item", None, 0.5, [])
    assert item["spans"][0]["href"] == "/a" and item["containers"][0]["number"] == 2
    assert grid["rows"][0][1]["header"] is True and grid["rows"][0][1]["spans"][0]["kind"] == "strong"


def test_parquet_of_chosen_fields_in_small_row_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    from cleaner.batch import tables

    monkeypatch.setattr(tables, "ROW_GROUP", 1)
    rendering = tables.TableRendering(("metadata", "id", "removed"))
    records = [Record(f"r{n}", path="\udcff", data="a", metadata={"n": n}) for n in range(3)]
    run_batch(records, Rich(), ShardOutput(tmp_path, rendering), workers=0)
    path = tmp_path / "part-00000.parquet"
    assert parquet.ParquetFile(path).num_row_groups == 3
    assert [(row["metadata"], row["id"]) for row in table(path)] == [(f'{{"n": {n}}}', f"r{n}") for n in range(3)]
    assert table(path)[0]["removed"][0]["reason"] == "ads.label"


def test_an_empty_shard_of_parquet_is_a_table_without_rows(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    from cleaner.batch.tables import TableRendering

    clean(numbered(2, failing=(0, 1)), tmp_path, rendering=TableRendering())
    assert table(tmp_path / "part-00000.parquet") == []


# --- the command line


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    make_folder(tmp_path, monkeypatch)
    return tmp_path


COMMAND = ("clean", "pages", "-o", "out", "-f", "jsonl", "--shard-size", "1", "--workers", "1", "--extractor", "none")


def test_shards_by_the_command_line(folder: Path) -> None:
    assert run(*COMMAND).exit_code == 0
    before = files("out")
    assert list(before) == ["manifest.jsonl", "part-00000.jsonl", "part-00001.jsonl"]
    assert "2 files, 0 written, 2 already current" in run(*COMMAND, "--resume").stderr
    (folder / "pages/c.txt").write_text("One more page of words.")
    told = run(*COMMAND, "--resume")
    assert "part-00001.jsonl: its first input is 'c.txt' now, and was 'sub/b.txt'" in told.stderr
    assert "3 files, 2 written, 1 already current" in told.stderr
    assert list(files("out")) == ["manifest.jsonl", *(f"part-0000{number}.jsonl" for number in range(3))]


def test_parquet_by_the_command_line(folder: Path) -> None:
    pytest.importorskip("pyarrow")
    for output in ("out", "all.parquet"):
        assert run("clean", "pages", "-o", output, "-f", "parquet", "--workers", "1").exit_code == 0
    assert table(folder / "out/part-00000.parquet") == table(folder / "all.parquet")
    assert [row["id"] for row in table(folder / "all.parquet")] == ["a.txt", "sub/b.txt"]


@pytest.mark.slow
@pytest.mark.parametrize("format", ["jsonl", "parquet"])
def test_killed_at_random_moments_and_resumed(folder: Path, format: str) -> None:
    for number in range(120):
        (folder / f"pages/{number}.txt").write_text(f"The {number}th page.\n\nIt has a second paragraph.\n" * 20)
    options = ["-f", format, "--shard-size", "9", "--workers", "2"]
    command = [sys.executable, "-m", "cleaner", "clean", "pages", *options, "-o"]
    subprocess.run([*command, "whole"], check=True, capture_output=True)
    chance = random.Random(13)
    for _ in range(5):
        running = subprocess.Popen([*command, "out", "--resume"], stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.5, 3.0))
        running.send_signal(signal.SIGKILL)
        running.wait()
    subprocess.run([*command, "out", "--resume"], check=True, capture_output=True)
    assert bytes_of(folder / "out") == bytes_of(folder / "whole")
