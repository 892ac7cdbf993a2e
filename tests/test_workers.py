"""`cleaner.batch.workers`: starts that fail, deaths, deadlines, and what is under way."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from stand_ins import TEXT, Obedient, Unloadable, pages, written

from cleaner.batch import clean_records, run_batch
from cleaner.batch import workers as workers_module
from cleaner.batch.jobs import Cleans, Result
from cleaner.batch.outputs import FolderOutput
from cleaner.batch.writing import part_of
from cleaner.readers import Record

pytestmark = pytest.mark.slow
DO_NOT_START = "worker processes do not start: "


@pytest.mark.timeout(30)
@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("cleaner", "reason"),
    [
        (Unloadable("exit 7"), "exit code 7; each needs memory of its own"),
        (Unloadable("exit 0"), "exit code 0; each needs memory of its own"),
        (Unloadable("kill"), "signal SIGKILL; each needs memory of its own"),
        (Unloadable("raise no model"), "ValueError: no model"),
        (Unloadable("sleep"), "one took longer than 1 seconds"),
    ],
)
def test_workers_that_cannot_start_end_the_batch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cleaner: Cleans, reason: str, count: int
) -> None:
    if "longer" in reason:
        monkeypatch.setattr(workers_module, "START_TIMEOUT", 1.0)
    records = [Record(str(number), data="text") for number in range(200)]
    with pytest.raises(RuntimeError, match=DO_NOT_START + reason):
        run_batch(records, cleaner, FolderOutput(tmp_path, TEXT), workers=count, timeout=None)
    assert written(tmp_path) == {}


@pytest.mark.timeout(30)
@pytest.mark.parametrize("others", [False, True], ids=["all but one", "one"])
def test_the_workers_that_start_do_all(tmp_path: Path, others: bool) -> None:
    records = [Record(str(number), data="nap" if number < 10 else "text") for number in range(100)]
    cleaner = Unloadable("exit 7", tmp_path / "lock", others)
    assert run_batch(records, cleaner, FolderOutput(tmp_path / "out", TEXT), workers=3).written == 100


def test_a_start_that_the_system_refuses_ends_the_batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(process: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr("multiprocessing.context.SpawnProcess.start", refuse)
    with pytest.raises(RuntimeError, match=DO_NOT_START + "Resource temporarily unavailable"):
        run_batch([Record("a", data="text")], Obedient(), FolderOutput(tmp_path, TEXT), workers=2)


SCRIPT = """
import sys
from pathlib import Path
sys.path[:0] = [{tests!r}]
from stand_ins import Obedient, TEXT
from cleaner.batch import clean_records, run_batch
from cleaner.batch.outputs import FolderOutput
from cleaner.readers import Record

Path(sys.argv[1]).mkdir()
{prelude}
try:
    run_batch([Record("a", data="text")], Obedient(), FolderOutput(Path(sys.argv[1]), TEXT), workers=2)
except RuntimeError as error:
    sys.exit(f"RuntimeError: {{error}}")
"""


@pytest.mark.parametrize(
    "prelude",
    ["", "Path(__file__).unlink()", "import resource; resource.setrlimit(resource.RLIMIT_AS, (60_000_000,) * 2)"],
    ids=["no guard", "no script", "no memory"],
)
def test_an_interpreter_that_ends_before_it_is_ours_ends_the_batch(tmp_path: Path, prelude: str) -> None:
    if "resource" in prelude:
        pytest.importorskip("resource", reason="limits of POSIX")
    script = tmp_path / "run.py"
    script.write_text(SCRIPT.format(tests=str(Path(__file__).parent), prelude=prelude))
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, str(script), str(tmp_path / "out")]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=30)
    assert ended.returncode == 1
    last = ended.stderr.splitlines()[-1]
    assert last.startswith(f"RuntimeError: {DO_NOT_START}exit code 1; each needs memory of its own, and a script")


def test_a_worker_that_dies_between_two_pages_costs_neither(tmp_path: Path) -> None:
    def records() -> Iterator[Record]:
        yield Record("a", data="later")
        yield Record("b", data="fine")
        time.sleep(1)
        yield Record("c", data="fine")

    summary = run_batch(records(), Obedient(), FolderOutput(tmp_path, TEXT), workers=1)
    assert (summary.written, summary.failures) == (3, 0)


def test_what_a_killed_worker_had_half_written_goes(tmp_path: Path) -> None:
    records = pages(tmp_path / "in", "sleep", "kill", "fine")
    output = FolderOutput(tmp_path / "out", TEXT)
    (tmp_path / "out").mkdir()
    for record in records[:2]:
        part_of(output.target(record)).write_text("half a pa")
    run_batch(records, Obedient(), output, workers=1, timeout=1)
    assert written(tmp_path / "out") == {"2.txt.txt": "fine\n"}


def test_only_so_many_bytes_of_pages_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers_module, "HELD", 1_000)
    asked = 0

    def records() -> Iterator[Record]:
        nonlocal asked
        for number in range(40):
            asked += 1
            yield Record(str(number), data=("nap " if number == 0 else "text ") + "x" * 400)

    results = clean_records(records(), Obedient(), workers=1)
    assert next(results).document is not None
    assert asked == 3  # the third goes beyond the limit
    assert sum(result.document is not None for result in results) == 39


def test_only_a_window_of_records_is_asked_for(tmp_path: Path) -> None:
    asked = 0
    most = 0

    def records() -> Iterator[Record]:
        nonlocal asked
        for number in range(400):
            asked += 1
            yield Record(str(number), data="text")

    def check(result: Result) -> None:
        nonlocal most
        most = max(most, asked - int(result.path))

    run_batch(records(), Obedient(), FolderOutput(tmp_path, TEXT), workers=1, on_result=check)
    assert asked == 400
    assert most <= 65


@pytest.mark.parametrize("count", [1, 3])
def test_what_waits_behind_a_page_that_kills_its_worker_is_done_by_others(tmp_path: Path, count: int) -> None:
    orders = ["kill" if number % 7 == 3 else "exit 0" if number % 11 == 5 else "text" for number in range(40)]
    told: list[Result] = []
    records = [Record(str(number), data=order) for number, order in enumerate(orders)]
    run_batch(records, Obedient(), FolderOutput(tmp_path, TEXT), workers=count, on_result=told.append)
    failed = {result.path for result in told if result.failure}
    assert failed == {str(number) for number, order in enumerate(orders) if order != "text"}
    assert len(written(tmp_path)) + len(failed) == len(told) == 40


def test_a_record_that_no_process_can_be_given_is_a_failure(tmp_path: Path) -> None:
    told: list[Result] = []
    records = [Record("a", data=memoryview(b"text")), Record("b", data="text")]  # type: ignore[arg-type]
    run_batch(records, Obedient(), FolderOutput(tmp_path, TEXT), workers=1, on_result=told.append)
    assert [result.failure and result.failure.kind for result in told] == ["error", None]


def test_pages_larger_than_a_pipe_go_both_ways(tmp_path: Path) -> None:
    records = [Record(str(number), data=f"{number} " * 200_000) for number in range(4)]
    run_batch(records, Obedient(), FolderOutput(tmp_path, TEXT), workers=2)
    assert written(tmp_path) == {f"{number}.txt": f"{number} " * 200_000 + "\n" for number in range(4)}


def test_a_caller_that_takes_its_time_costs_no_page_its_time(tmp_path: Path) -> None:
    def records() -> Iterator[Record]:
        for number in range(3):
            yield Record(str(number), data="nap")
            time.sleep(1.5)

    summary = run_batch(records(), Obedient(), FolderOutput(tmp_path, TEXT), workers=1, timeout=1)
    assert (summary.written, summary.failures) == (3, 0)
