"""`cleaner clean --site-repeats`, and the first pass under it."""

from __future__ import annotations

import json
import os
import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_line import files, run
from test_repeats import ABOUT, BOX, own

from cleaner import Cleaner, Document, Record
from cleaner.batch import Result, clean_records, run_batch
from cleaner.batch.jobs import Settings
from cleaner.batch.repeats import (
    REPEATS,
    KnowsRepeats,
    RepeatCounts,
    RepeatsFile,
    known_repeats,
    rank,
    record_site,
)
from cleaner.batch.run import Runner, runner_of
from cleaner.integrations import engines
from cleaner.repeats import REASON, count_repeats, page_keys

ALONE = ["--extractor", "none", "--no-shipped-rules"]
"""Nothing goes from a page that is seen alone."""


def html(page: int, *more: str) -> str:
    return "".join(f"<p>{text}</p>" for text in (own(page), BOX, *more))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A folder with two sites of eight pages, and one of two pages."""
    monkeypatch.chdir(tmp_path)
    for site, pages in (("harbour", range(8)), ("coast", range(10, 18)), ("small", range(20, 22))):
        Path("pages", site).mkdir(parents=True)
        for page in pages:
            more = [ABOUT] if site == "coast" else []
            Path("pages", site, f"{page}.html").write_text(html(page, *more))
    yield


def clean(*args: str) -> str:
    """Runs `clean` on the folder with one worker; gives what is told on standard error."""
    result = run(
        "clean", "pages", "--site-repeats", *ALONE, *(() if "--workers" in args else ("--workers", "1")), *args
    )
    assert result.exit_code == 0, result.output
    return result.stderr


def rows(name: str) -> dict[str, tuple[str, dict[str, str]]]:
    """Of each page its text, and the source of each removal by its text."""
    found = {}
    for line in Path(name).read_text().splitlines():
        row = json.loads(line)
        texts = "\n".join(block["text"] for block in row["blocks"])
        found[row["path"]] = texts, {gone["text"]: gone["source"] for gone in row.get("removed", ())}
        assert {gone["reason"] for gone in row.get("removed", ())} <= {REASON}
    return found


def test_what_repeats_goes_from_each_site_by_its_folder() -> None:
    told = clean("-o", "all.jsonl")
    assert told.startswith("cleaner: first pass: counts what repeats over the pages of each site\n18 files, 18 written")
    assert f"24  {REASON}\n" in told
    found = rows("all.jsonl")
    assert found["pages/harbour/3.html"] == (own(3), {BOX: "harbour: 8 of 8 pages"})
    assert found["pages/coast/13.html"] == (own(13), {BOX: "coast: 8 of 8 pages", ABOUT: "coast: 8 of 8 pages"})
    assert found["pages/small/21.html"] == (f"{own(21)}\n{BOX}", {})


def test_addresses_tell_sites() -> None:
    clean("-o", "all.jsonl", "--url-from", "https://www.example.com/{path}")
    found = rows("all.jsonl")
    assert found["pages/small/21.html"] == (own(21), {BOX: "example.com: 18 of 18 pages"})
    assert list(found["pages/coast/11.html"][1]) == [BOX]  # the other is on 8 of 18 pages, as a text of authors may be


@pytest.mark.parametrize("output", [["-o", "out"], ["-o", "out", "-f", "jsonl", "--shard-size", "5"]])
def test_the_output_is_the_same_with_any_number_of_workers(output: list[str]) -> None:
    clean(*output)
    one = files("out")
    clean(*output, "--workers", "2")
    assert files("out") == one


def test_a_run_is_resumed_with_the_counts_of_the_run_before() -> None:
    clean("-o", "out")
    whole = files("out")
    Path("out/coast/12.html.md").unlink()
    Path("pages/small/29.html").write_text(html(29))
    told = clean("-o", "out", "--resume")
    assert "first pass" not in told and "19 files, 2 written, 17 already current" in told
    assert {name: text for name, text in files("out").items() if name in whole} == whole
    assert "first pass" in clean("-o", "out", "--resume", "--ascii-punctuation")


def test_a_first_pass_that_was_stopped_is_resumed(monkeypatch: pytest.MonkeyPatch) -> None:
    clean("-o", "whole")
    added: list[str] = []
    add = RepeatCounts.add

    def stop(self: RepeatCounts, result: Result) -> None:
        if len(added) == 7:
            raise KeyboardInterrupt
        if not result.skipped:
            added.append(result.path)
            add(self, result)

    with monkeypatch.context() as patched:
        patched.setattr(RepeatCounts, "add", stop)
        result = run("clean", "pages", "--site-repeats", *ALONE, "-o", "out", "--workers", "1")
        assert result.exit_code == 130 and [path.name for path in Path("out").iterdir()] == [f"{REPEATS}.pages"]
        first, added[:] = list(added), []
        patched.setattr(RepeatCounts, "add", lambda self, result: result.skipped or stop(self, result))
        run("clean", "pages", "--site-repeats", *ALONE, "-o", "out", "--workers", "1", "--resume")
        assert len(added) == 7 and not {*first} & {*added}
    assert "first pass" in clean("-o", "out", "--resume")
    assert files("out") == files("whole")
    assert Path("out", REPEATS).read_bytes() == Path("whole", REPEATS).read_bytes()


@pytest.mark.parametrize("args", [["--resume", "--ascii-punctuation"], []])
def test_other_options_or_a_new_run_count_anew(args: list[str]) -> None:
    clean("-o", "out")
    part = Path("out", f"{REPEATS}.pages")
    Path("out", REPEATS).rename(part)
    clean("-o", "out", *args)
    assert not part.exists() and RepeatsFile(Path("out", REPEATS)).get("harbour") is not None


def test_a_part_that_is_none_is_written_anew() -> None:
    Path("out").mkdir()
    Path("out", f"{REPEATS}.pages").write_bytes(b"text that is no database")
    clean("-o", "out", "--resume")
    assert RepeatsFile(Path("out", REPEATS)).get("harbour") is not None


def test_the_counts_go_into_what_is_current() -> None:
    clean("-o", "out")
    Path("out", REPEATS).unlink()
    for page in range(22, 28):
        Path("pages/small", f"{page}.html").write_text(html(page))
    assert "24 files, 24 written" in clean("-o", "out", "--resume")
    assert BOX not in Path("out/small/20.html.md").read_text()


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["-"], "--site-repeats reads its input twice; standard input can be read only once"),
        (["pages", "pipe"], "--site-repeats reads its input twice; pipe can be read only once"),
        (["pages/small/21.html"], "--site-repeats compares the pages of a site; there is one page"),
    ],
)
def test_inputs_that_cannot_be_compared(args: list[str], message: str) -> None:
    os.mkfifo("pipe")
    result = run("clean", *args, "--site-repeats", "-f", "jsonl")
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


def test_failures_and_columns_are_told_of_once() -> None:
    page = {"id": "a", "html": html(1)}
    Path("pages.jsonl").write_text("\n".join(json.dumps(row) for row in (page, {"id": "b", "html": None})))
    result = run("clean", "pages.jsonl", "--site-repeats", "-o", "all.jsonl", "--workers", "1")
    assert result.exit_code == 1
    assert result.stderr.count("from column 'html'") == 1 and result.stderr.count("pages.jsonl#b: ") <= 1
    assert len(Path("failures.jsonl").read_text().splitlines()) == 1
    quiet = run("clean", "pages.jsonl", "--site-repeats", "-o", "all.jsonl", "--workers", "1", "--quiet")
    assert "first pass" not in quiet.stderr


def test_a_file_that_cannot_be_written_ends_the_run() -> None:
    Path("out", f"{REPEATS}.pages").mkdir(parents=True)
    result = run("clean", "pages", "--site-repeats", "-o", "out", "--workers", "1")
    assert result.exit_code not in (0, 1) and "Traceback" not in result.output and REPEATS in result.stderr


def test_an_engine_cleans_in_both_passes_and_is_told_what_repeats(monkeypatch: pytest.MonkeyPatch) -> None:
    repeats: list[KnowsRepeats | None] = []

    def engine(settings: Settings, timeout: float | None) -> Runner:
        repeats.append(settings.repeats)
        return runner_of(settings, 1, timeout)

    monkeypatch.setattr(engines, "engine_of", lambda name: engine)
    result = run("clean", "pages", "--site-repeats", *ALONE, "-o", "engine.jsonl", "--engine", "ray")
    assert result.exit_code == 0, result.output
    clean("-o", "local.jsonl")
    assert Path("engine.jsonl").read_text() == Path("local.jsonl").read_text()
    assert repeats[0] is None and isinstance(repeats[1], dict) and sorted(repeats[1]) == ["coast", "harbour"]


class Counting:
    """A cleaner that counts its pages."""

    def __init__(self) -> None:
        self.pages = 0
        self._cleaner = Cleaner(extractor="none")

    def clean(self, data: bytes | str, *, url: str | None = None, media_type: str | None = None) -> Document:
        self.pages += 1
        return self._cleaner.clean(data, url=url, media_type=media_type)


def site(pages: int) -> list[Record]:
    return [
        Record(f"{page}.html", data=html(page, *([ABOUT] if page % 2 else [])), url=f"https://example.com/{page}")
        for page in range(pages)
    ]


def test_of_a_large_site_a_sample_is_cleaned_and_counted() -> None:
    records, cleaner = site(300), Counting()
    run_batch(records, cleaner, RepeatCounts(Path("one"), sample=20), workers=0)
    assert 20 < cleaner.pages < 150
    run_batch(records[::-1], Cleaner(extractor="none"), RepeatCounts(Path("other"), sample=20), workers=0)
    one, other = RepeatsFile(Path("one")), RepeatsFile(Path("other"))
    assert one.digest == other.digest and one.get("example.com") == other.get("example.com")
    sample = sorted(records, key=rank)[:20]
    documents = [result.document for result in clean_records(sample, cleaner)]
    expected = count_repeats(("example.com", page_keys(page)) for page in documents if page is not None)
    assert one.get("example.com") == expected["example.com"] and expected["example.com"].pages == 20


def test_counts_travel_to_other_processes() -> None:
    run_batch(site(20), Cleaner(extractor="none"), RepeatCounts(Path("file"), fingerprint="f"), workers=0)
    found = pickle.loads(pickle.dumps(RepeatsFile(Path("file"))))
    assert found.get("example.com").pages == 20 and found.get("example.org") is None
    found.close()
    assert found.fingerprint == "f"
    found.close()


def test_only_counts_with_the_same_fingerprint_are_known() -> None:
    run_batch(site(20), Cleaner(extractor="none"), RepeatCounts(Path("file"), fingerprint="f"), workers=0)
    Path("none of ours").write_bytes(b"text")
    assert known_repeats(Path("file"), "f") is not None
    assert known_repeats(Path("file"), "g") is None
    assert known_repeats(Path("none of ours"), "f") is None
    assert known_repeats(Path("nothing"), "f") is None


def test_records_without_what_repeats() -> None:
    records = site(20)
    cleaner = Cleaner(extractor="none")
    pages = [result.document for result in clean_records(records, cleaner) if result.document is not None]
    repeats = count_repeats(("example.com", page_keys(page)) for page in pages)
    for workers in (0, 1):
        results = list(clean_records(records, cleaner, repeats=repeats, workers=workers))
        assert [result.document.text for result in results if result.document] == [
            "\n\n".join([own(page), *([ABOUT] if page % 2 else [])]) for page in range(20)
        ]
        assert all(result.removed == {REASON: 1} for result in results)


@pytest.mark.parametrize(
    ("record", "document", "expected"),
    [
        (Record("a/b.html", url="https://www.example.com/"), Document(url="https://example.org/"), "example.com"),
        (Record("a/b.html"), Document(url="https://example.org/"), "example.org"),
        (Record("a/b.html", url="b.html"), Document(url="b.html"), "a"),
        (Record("a/b/c.html"), Document(), "a/b"),
        (Record("c.html"), Document(), "."),
    ],
)
def test_the_site_of_a_record(record: Record, document: Document, expected: str) -> None:
    assert record_site(record, document) == expected
