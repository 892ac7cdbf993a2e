"""datatrove: real pipelines from a WARC to JSONL."""

from __future__ import annotations

import gzip
import json
import time
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("datatrove", reason="needs the extra 'datatrove'")
pytest.importorskip("magic", reason="datatrove's WarcReader needs libmagic", exc_type=ImportError)

from datatrove.data import Document
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.base import PipelineStep
from datatrove.pipeline.readers import WarcReader
from datatrove.pipeline.writers import JsonlWriter, ParquetWriter
from programs import address, archive, check_programs, page

import cleaner
from cleaner import Cleaner, load_rules
from cleaner.integrations.datatrove import CleanerExtractor, CleanerStep, parquet_schema

NAMES = ("lamps", "tides", "sails")


def rows(folder: Path) -> list[dict[str, Any]]:
    """What a JsonlWriter has written, sorted by id."""
    lines = [line for path in folder.glob("*.jsonl.gz") for line in gzip.decompress(path.read_bytes()).splitlines()]
    return sorted(map(json.loads, lines), key=lambda row: row["id"])


def crawl(folder: Path) -> Path:
    """Two archives; the second page of the first one is empty."""
    folder.mkdir()
    archive(
        folder / "a.warc.gz", {address("lamps"): page("lamps").encode(), address("bad"): b"<html><body></body></html>"}
    )
    archive(folder / "b.warc.gz", {address("tides"): page("tides").encode()})
    return folder


def run(tmp_path: Path, step: PipelineStep, **options: Any) -> tuple[list[dict[str, Any]], Any]:
    reader = WarcReader(str(crawl(tmp_path / "crawl")))
    pipeline = [reader, step, JsonlWriter(str(tmp_path / "out"))]
    stats = LocalPipelineExecutor(pipeline, logging_dir=str(tmp_path / "logs"), **options).run()
    return rows(tmp_path / "out"), stats


def counts(stats: Any) -> dict[str, int]:
    """The counts of the second step of a pipeline."""
    return {name: value.total for name, value in stats.stats[1].stats.items()}


def test_a_pipeline_from_warc_to_jsonl(tmp_path: Path) -> None:
    found, stats = run(tmp_path, CleanerStep(exclusion_writer=JsonlWriter(str(tmp_path / "bad"))))
    assert [row["id"] for row in found] == ["<urn:uuid:lamps>", "<urn:uuid:tides>"]
    lamps = found[0]
    assert "Home" not in lamps["text"] and "Copyright" not in lamps["text"]
    told = lamps["metadata"]
    assert (told["url"], told["title"], told["author"], told["date"]) == (
        address("lamps"),
        "Of lamps by the sea",
        "Ada Pike",
        "2024-03-18",
    )
    assert told["source_date"] == "2025-01-02T03:04:05Z"
    assert told["language"] == "en" and told["licence"] is None
    (bad,) = rows(tmp_path / "bad")
    assert bad["metadata"]["filter_reason"] == "page.empty" and bad["metadata"]["failure"]
    assert bad["text"] == "<html><body></body></html>"
    assert {"total": 3, "forwarded": 2, "dropped": 1, "dropped_page.empty": 1}.items() <= counts(stats).items()


def test_two_tasks_in_two_processes_give_the_same(tmp_path: Path) -> None:
    found, stats = run(tmp_path, CleanerStep(Cleaner(), format="markdown"), tasks=2, workers=2)
    assert [row["metadata"]["title"] for row in found] == ["Of lamps by the sea", "Of tides by the sea"]
    assert "## What it costs" in found[0]["text"]
    assert "[chart](https://example.com/chart)" in found[0]["text"]
    assert counts(stats)["forwarded"] == 2


def test_the_extractor_takes_the_place_of_trafilatura(tmp_path: Path) -> None:
    found, stats = run(tmp_path, CleanerExtractor(format="markdown"))
    assert len(found) == 2 and all("## What it costs" in row["text"] and "Home" not in row["text"] for row in found)
    assert {"extracted": 3, "dropped": 1, "forwarded": 2}.items() <= counts(stats).items()


def test_the_extractor_loads_all_before_the_first_page() -> None:
    extractor = CleanerExtractor()
    assert extractor.extract("") == ""  # what datatrove extracts first
    assert "lamp" in extractor.extract(page("lamps"))


def test_parquet_has_the_columns_that_the_first_page_does_not_fill(tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet", reason="needs the extra 'parquet'")
    licensed = page("tides").replace(
        "<footer>", "<footer><a rel='license' href='https://creativecommons.org/licenses/by/4.0/'>CC</a>"
    )
    pages = [
        Document(text, name, metadata={"date": "2025-01-02"}) for name, text in (("a", page("lamps")), ("b", licensed))
    ]
    with ParquetWriter(str(tmp_path), schema=parquet_schema("source_date"), batch_size=1) as writer:
        for done in CleanerStep(timeout=None)(iter(pages)):
            writer.write(done)
    first, second = pq.read_table(next(tmp_path.glob("*.parquet"))).to_pylist()
    assert first["metadata"]["licence"] is None and second["metadata"]["licence"]
    assert first["metadata"]["source_date"] == "2025-01-02" and first["id"] == "a" and "lamp" in first["text"]


class Unwritable(Cleaner):
    """A cleaner whose documents cannot be written where a page asks for it."""

    def clean(self, data: bytes | str, **known: Any) -> cleaner.Document:
        broken = cleaner.Document(blocks=(None,))  # type: ignore[arg-type]
        return broken if "unwritable" in str(data) else super().clean(data, **known)


def test_a_document_that_cannot_be_written_is_dropped() -> None:
    pages = [Document("unwritable", "bad"), Document(page("lamps"), "lamps")]
    step = CleanerStep(Unwritable(), timeout=None)
    assert [done.id for done in step(iter(pages))] == ["lamps"]
    assert step.stats.stats["dropped_error"].total == 1


def test_rules_for_a_site_hold_by_the_address(tmp_path: Path) -> None:
    (tmp_path / "rules.yaml").write_text("sites: [example.com]\nrules:\n  - drop: [What it costs]\n")
    step = CleanerStep(Cleaner(load_rules(tmp_path / "rules.yaml")), timeout=None, url_key="address")
    pages = [
        Document(page("sails"), "here", metadata={"address": address("sails")}),
        Document(page("sails"), "elsewhere", metadata={"address": "https://example.org/sails"}),
        Document(page("sails"), "nowhere", metadata={"address": None}),
    ]
    found = {done.id: done for done in step(iter(pages))}
    assert [name for name, done in found.items() if "What it costs" in done.text] == ["elsewhere", "nowhere"]
    assert found["here"].metadata["url"] == found["here"].metadata["address"] == address("sails")


def test_a_page_that_fails_is_dropped_with_its_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "null").write_text("A file that is called as a document without a text is not read for it.")
    bad = {"large": "<p>" + "x" * 50_000, "null": None, "number": 7, "binary": b"\x89PNG\r\n\x1a\n" + bytes(99), "": ""}
    pages = [Document(page(name), name) for name in NAMES]
    pages[1:1] = [Document(text, name) for name, text in bad.items()]
    step = CleanerStep(timeout=None, max_size=40_000)
    assert [done.id for done in step(iter(pages))] == list(NAMES)
    codes = {name.removeprefix("dropped_") for name in step.stats.stats if name.startswith("dropped_")}
    assert codes == {"limit", "null", "row.not_text", "not_a_page.png", "page.empty"}
    assert step.stats.stats["dropped"].total == len(bad)


class Slow(Cleaner):
    """A cleaner that takes long for a page that asks for it."""

    def clean(self, data: bytes | str, **known: Any) -> cleaner.Document:
        time.sleep(60 * ("slowly" in str(data)))
        return super().clean(data, **known)


def test_a_page_that_takes_too_long_is_dropped() -> None:
    pages = [Document(page(name), name) for name in NAMES]
    pages.insert(1, Document("<p>slowly</p>", "slow"))
    step = CleanerStep(Slow(), timeout=3)
    assert [done.id for done in step(iter(pages))] == list(NAMES)
    assert step.stats.stats["dropped_timeout"].total == 1


def test_an_unknown_format_is_an_error() -> None:
    with pytest.raises(ValueError, match="unknown format 'html'; there are text, markdown"):
        CleanerStep(format="html")


def test_the_programs_of_the_page_run(tmp_path: Path) -> None:
    check_programs("datatrove", tmp_path)
