"""`cleaner.integrations.engines`: a batch whose pages are cleaned elsewhere, with a stand-in for the elsewhere."""

from __future__ import annotations

import dataclasses
import gzip
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from click.testing import CliRunner

from cleaner import Cleaner, Record
from cleaner.batch import run_batch
from cleaner.batch.jobs import Job, Result, Settings, failed
from cleaner.batch.outputs import FolderOutput, Rendering, StreamOutput
from cleaner.batch.run import runner_of
from cleaner.cli.commands import cli
from cleaner.integrations.engines import MOST, MOST_SIZE, Cluster, EngineRunner, Packed, Wait

SETTINGS = Settings(Cleaner(extractor="none"), Rendering("text"), 1_000_000)


@dataclass
class Here(AbstractContextManager["Here", None]):
    """Calls at once, in this process, and notes how many calls wait."""

    calls: list[int] = field(default_factory=list)
    waiting: int = 0
    most: int = 0
    fails: bool = False

    def __exit__(self, *_: object) -> None:
        """Nothing runs."""

    def window(self) -> int:
        return 2

    def submit(self, packed: Packed, jobs: bytes) -> Wait:
        self.calls.append(len(jobs))
        self.waiting += 1
        self.most = max(self.most, self.waiting)
        return lambda: self._answer(packed, jobs)

    def _answer(self, packed: Packed, jobs: bytes) -> bytes:
        self.waiting -= 1
        if self.fails:
            raise RuntimeError("the cluster is gone")
        return packed(jobs)


def results(jobs: list[Job | Result], cluster: Cluster | None = None) -> list[Result]:
    with EngineRunner(cluster or Here(), SETTINGS, None) as runner:
        return list(runner.run(jobs))


def pages(count: int, text: str = "<p>Lamp {}.</p>") -> Iterator[Job]:
    return (Job(Record(f"page-{number}", data=text.format(number)), None) for number in range(count))


def test_results_come_in_order_with_those_that_are_known() -> None:
    jobs: list[Job | Result] = list(pages(3))
    jobs[1] = failed(Record("known"), "limit", "large")
    assert [result.text or str(result.failure and result.failure.kind) for result in results(jobs)] == [
        "Lamp 0.\n",
        "limit",
        "Lamp 2.\n",
    ]


def test_what_is_under_way_is_limited_in_number_and_size() -> None:
    cluster = Here()
    assert len(results(list(pages(MOST * 5)), cluster)) == MOST * 5
    assert (len(cluster.calls), cluster.most) == (5, 3)
    cluster = Here()
    results(list(pages(20, "<p>" + "x" * 900_000)), cluster)
    assert max(cluster.calls) < MOST_SIZE + 1_100_000


def test_nothing_is_sent_for_what_is_known() -> None:
    cluster = Here()
    known = Result("a", skipped=True)
    assert results([known] * 3, cluster) == [known] * 3
    assert not cluster.calls


def test_files_are_read_here_once(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<p>A lamp.</p>")
    (tmp_path / "b.html.gz").write_bytes(gzip.compress(b"<p>A quay.</p>"))
    (tmp_path / "c.html.gz").write_bytes(gzip.compress(gzip.compress(b"<p>A boat.</p>")))
    (tmp_path / "d.html").write_text("x" * 1_000_001)
    head = "From: <Saved>\nSnapshot-Content-Location: https://example.com/e\nMIME-Version: 1.0\n"
    kind = 'Content-Type: multipart/related; type="text/html"; boundary="b"\n\n'
    part = "--b\nContent-Type: text/html\nContent-Location: https://example.com/e\n\n<p>A mast.</p>\n--b--\n"
    mhtml = (head + kind + part).replace("\n", "\r\n").encode()
    (tmp_path / "e.mhtml").write_bytes(mhtml)
    names = ["a.html", "b.html.gz", "c.html.gz", "d.html", "e.mhtml", "missing.html"]
    jobs: list[Job | Result] = [Job(Record(name, path=str(tmp_path / name)), None) for name in names]
    found = results(jobs)
    assert found == list(runner_of(SETTINGS, 0, None).run(jobs))
    assert [result.text or (result.failure and result.failure.code) for result in found] == [
        "A lamp.\n",
        "A quay.\n",
        "not_a_page.gzip",
        "limit",
        "A mast.\n",
        "unreadable",
    ]
    assert found[4].url == "https://example.com/e"


def test_another_version_is_refused() -> None:
    packed = dataclasses.replace(Packed.of(SETTINGS, None), version="0.0.1")
    with pytest.raises(RuntimeError, match=r"started by 0\.0\.1"):
        packed(b"")


def test_files_of_pages_are_refused(tmp_path: Path) -> None:
    output = FolderOutput(tmp_path / "out", Rendering("md"))
    with pytest.raises(ValueError, match="no files of its own"):
        run_batch([Record("a", data="A lamp.")], SETTINGS.cleaner, output, engine=engine(Here()))


def test_a_batch_ends_where_the_engine_gives_up(tmp_path: Path) -> None:
    output = StreamOutput(tmp_path / "out.txt", Rendering("text"))
    with pytest.raises(RuntimeError, match="the cluster is gone"):
        run_batch([Record("a", data="A lamp.")], SETTINGS.cleaner, output, engine=engine(Here(fails=True)))
    assert not (tmp_path / "out.txt").exists()


def engine(cluster: Cluster):  # type: ignore[no-untyped-def]
    return lambda settings, timeout: EngineRunner(cluster, settings, timeout)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["-f", "md", "-o", "out/"], "--engine ray is for -f jsonl and parquet"),
        (["-f", "jsonl", "--workers", "2"], "--workers is for --engine local"),
    ],
)
def test_options_that_do_not_go_with_an_engine(options: list[str], words: str) -> None:
    result = CliRunner().invoke(cli, ["clean", "pages/", "--engine", "ray", *options])
    assert (result.exit_code, words in result.output) == (2, True)


@pytest.mark.parametrize("name", ["ray", "spark"])
def test_a_missing_package_is_named_with_its_extra(name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import sys

    for module in ("ray", "pyspark.sql", "pyspark"):
        monkeypatch.setitem(sys.modules, module, None)
    (tmp_path / "a.html").write_text("<p>A lamp.</p>")
    result = CliRunner().invoke(cli, ["clean", str(tmp_path / "a.html"), "-f", "jsonl", "--engine", name])
    assert result.exit_code == 2
    assert f"pip install 'cleaner[{name}]'" in result.output
