"""LlamaIndex: the reader and the node parser, in LlamaIndex's own pipelines and readers."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

pytest.importorskip("llama_index.core", reason="needs the extra 'llama-index'")

import fsspec
from llama_index.core import SimpleDirectoryReader
from llama_index.core.ingestion import IngestionPipeline
from llama_index.core.schema import Document, MetadataMode, NodeRelationship
from programs import WORDS, address, check_programs, page, prepare

from cleaner import Cleaner, Failure, load_rules
from cleaner.integrations.llama_index import CleanerNodeParser, CleanerReader

NAMES = sorted(WORDS)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with pages in files, a table and a web archive."""
    prepare(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_files_become_documents(folder: Path) -> None:
    documents = CleanerReader(url_from="https://example.com/{stem}").load_data("pages", extra_info={"set": "sea"})
    assert [document.id_ for document in documents] == [f"{name}.html" for name in NAMES]
    lamps = documents[0]
    assert "What it costs" in lamps.text and "Home" not in lamps.text
    told = {"url": address("lamps"), "title": "Of lamps by the sea", "author": "Ada Pike", "date": "2024-03-18"}
    assert (told | {"set": "sea", "source": address("lamps")}).items() <= lamps.metadata.items()
    assert lamps.get_metadata_str(MetadataMode.EMBED) == "set: sea\ntitle: Of lamps by the sea"
    assert "author: Ada Pike" in lamps.get_metadata_str(MetadataMode.LLM)


@pytest.mark.parametrize("inputs", ["crawl.jsonl", "crawl.warc.gz"])
def test_tables_and_archives_become_documents(folder: Path, inputs: str) -> None:
    if inputs == "crawl.warc.gz":
        pytest.importorskip("fastwarc", reason="needs the extra 'warc'")
    documents = list(CleanerReader(format="markdown").lazy_load_data([inputs]))
    assert sorted(document.metadata["url"] for document in documents) == [address(name) for name in NAMES]
    assert all("## What it costs" in document.text for document in documents)


def test_a_page_that_fails_is_told_and_the_others_come(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    (folder / "pages" / "empty.html").write_text("<html><body></body></html>")
    failures: list[Failure] = []
    assert len(CleanerReader(on_failure=failures.append).load_data("pages")) == 3
    assert [(failure.id, failure.code) for failure in failures] == [("empty.html", "page.empty")]
    with caplog.at_level(logging.WARNING):
        assert len(CleanerReader(workers=1, timeout=60).load_data(Path("pages"))) == 3
    assert "(page.empty)" in caplog.text


def test_it_reads_the_html_of_a_directory_reader(folder: Path) -> None:
    (folder / "pages" / "note.txt").write_text("A note.")
    documents = SimpleDirectoryReader("pages", file_extractor={".html": CleanerReader()}).load_data()
    titles = {Path(d.metadata["file_path"]).name: d.metadata.get("title") for d in documents}
    assert titles == {"note.txt": None, **{f"{name}.html": f"Of {name} by the sea" for name in NAMES}}


def test_it_reads_from_another_file_system(folder: Path) -> None:
    memory = fsspec.filesystem("memory")
    memory.pipe({"/sea/lamps.html": page("lamps").encode(), "/sea/tides.html": page("tides").encode()})
    documents = SimpleDirectoryReader("/sea", fs=memory, file_extractor={".html": CleanerReader()}).load_data()
    assert [document.metadata["title"] for document in documents] == ["Of lamps by the sea", "Of tides by the sea"]


def test_the_parser_makes_nodes_in_a_pipeline() -> None:
    given = [Document(text=page(name), id_=name, metadata={"url": address(name), "set": "sea"}) for name in NAMES]
    given.insert(1, Document(text="<html><body></body></html>", id_="empty"))
    failures: list[Failure] = []
    nodes = IngestionPipeline(
        transformations=[CleanerNodeParser(max_words=60, on_failure=failures.append)], disable_cache=True
    ).run(documents=given)
    assert [failure.id for failure in failures] == ["empty"]
    assert list(dict.fromkeys(node.ref_doc_id for node in nodes)) == NAMES
    lamps = [node for node in nodes if node.ref_doc_id == "lamps"]
    assert [node.metadata["chunk"] for node in lamps] == list(range(len(lamps)))
    assert all(len(node.text.split()) <= 60 and "<" not in node.text for node in nodes)
    last = lamps[-1]
    assert last.metadata["headings"] == "What it costs" and last.metadata["set"] == "sea"
    assert 0 < last.metadata["first_block"] <= last.metadata["last_block"]
    assert last.relationships[NodeRelationship.PREVIOUS].node_id == lamps[-2].node_id
    assert last.get_metadata_str(MetadataMode.EMBED).splitlines()[-2:] == [
        "title: Of lamps by the sea",
        "headings: What it costs",
    ]


def test_nodes_of_processes_are_the_same() -> None:
    given = [Document(text=page(name), id_=name) for name in NAMES]
    texts = [[node.text for node in CleanerNodeParser(workers=n)(given)] for n in (0, 1)]
    assert texts[0] == texts[1]


def test_rules_for_a_site_hold_by_the_address(tmp_path: Path) -> None:
    (tmp_path / "rules.yaml").write_text("sites: [example.com]\nrules:\n  - drop: [What it costs]\n")
    parser = CleanerNodeParser(cleaner=Cleaner(load_rules(tmp_path / "rules.yaml")))
    nodes = parser([Document(text=page("lamps"), metadata={"source": address("lamps")})])
    assert "What it costs" not in "".join(node.text for node in nodes)


def test_the_cache_of_a_pipeline_knows_the_rules(tmp_path: Path) -> None:
    (tmp_path / "rules.yaml").write_text("rules:\n  - drop: [What it costs]\n")
    given = [Document(text=page("lamps"), id_="lamps")]
    pipeline = IngestionPipeline(transformations=[CleanerNodeParser()])
    before = [node.text for node in pipeline.run(documents=given)]
    pipeline.transformations = [CleanerNodeParser(cleaner=Cleaner(load_rules(tmp_path / "rules.yaml")))]
    assert [node.text for node in pipeline.run(documents=given)] != before


def test_a_parser_can_be_stored() -> None:
    stored = CleanerNodeParser(max_words=77).to_json()
    assert CleanerNodeParser.from_json(stored, id_func=None).max_words == 77  # LlamaIndex does not load functions
    own = CleanerNodeParser(cleaner=Cleaner(favor="precision"))
    with pytest.raises(ValueError, match="needs the cleaner"):
        CleanerNodeParser.from_json(own.to_json(), id_func=None)
    assert CleanerNodeParser.from_json(own.to_json(), id_func=None, cleaner=own.cleaner).cleaner is own.cleaner


@pytest.mark.parametrize("options", [{"max_words": 0}, {"max_words": 9, "overlap": 9}])
def test_options_that_cannot_be_meant_are_errors(options: dict[str, int]) -> None:
    with pytest.raises(ValueError):
        CleanerNodeParser(**options)


def test_the_programs_of_the_page_run(tmp_path: Path) -> None:
    check_programs("llama_index", tmp_path)
