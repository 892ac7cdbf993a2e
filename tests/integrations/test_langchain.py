"""LangChain: the loader and the transformer, with LangChain's own classes around them."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

import pytest

pytest.importorskip("langchain_core", reason="needs the extra 'langchain'")

from langchain_core.document_loaders import BaseLoader
from langchain_core.documents import Document
from langchain_core.embeddings import DeterministicFakeEmbedding
from langchain_core.vectorstores import InMemoryVectorStore
from programs import WORDS, address, check_programs, page, prepare

from cleaner import Cleaner, Failure, load_rules
from cleaner.integrations.langchain import CleanerLoader, CleanerTransformer
from cleaner.readers import Columns, InputError

NAMES = sorted(WORDS)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with pages in files, a table and a web archive."""
    prepare(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_files_become_documents(folder: Path) -> None:
    loader = CleanerLoader("pages", url_from="https://example.com/{stem}", format="markdown")
    assert isinstance(loader, BaseLoader)
    documents = loader.load()
    assert [document.id for document in documents] == [f"{name}.html" for name in NAMES]
    lamps = documents[0]
    assert "## What it costs" in lamps.page_content and "Home" not in lamps.page_content
    assert "[chart](https://example.com/chart)" in lamps.page_content
    told = {"source": address("lamps"), "url": address("lamps"), "title": "Of lamps by the sea", "author": "Ada Pike"}
    assert (told | {"date": "2024-03-18", "language": "en", "id": "lamps.html"}).items() <= lamps.metadata.items()
    assert all(isinstance(value, str | int | float) for value in lamps.metadata.values())


@pytest.mark.parametrize(("inputs", "columns"), [("crawl.jsonl", Columns(html="html")), (["crawl.warc.gz"], None)])
def test_tables_and_archives_become_documents(folder: Path, inputs: str, columns: Columns | None) -> None:
    if inputs != "crawl.jsonl":
        pytest.importorskip("fastwarc", reason="needs the extra 'warc'")
    documents = CleanerLoader(inputs, columns=columns).load()
    assert sorted(document.metadata["url"] for document in documents) == [address(name) for name in NAMES]
    if columns is None:
        assert {document.metadata["source_date"] for document in documents} == {"2025-01-02T03:04:05Z"}


def test_chunks_have_their_headings_and_blocks(folder: Path) -> None:
    documents = CleanerLoader(folder / "pages" / "lamps.html", max_words=60, overlap=5).load()
    assert [document.id for document in documents] == [f"lamps.html#{n}" for n in range(len(documents))]
    assert all(len(document.page_content.split()) <= 60 for document in documents)
    last = documents[-1].metadata
    assert (last["headings"], last["chunk"]) == ("What it costs", len(documents) - 1)
    assert 0 < last["first_block"] <= last["last_block"]
    assert documents[0].metadata["title"] == last["title"] == "Of lamps by the sea"


def test_a_page_that_fails_is_told_and_the_others_come(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    (folder / "pages" / "plan.html").write_bytes(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n" + bytes(range(256)))
    (folder / "pages" / "empty.html").write_text("<html><body></body></html>")
    failures: list[Failure] = []
    assert len(CleanerLoader("pages", on_failure=failures.append).load()) == 3
    assert [(failure.id, failure.code) for failure in failures] == [
        ("empty.html", "page.empty"),
        ("plan.html", "not_a_page.pdf"),
    ]
    with caplog.at_level(logging.WARNING):
        assert len(CleanerLoader(["pages", "missing.html"]).load()) == 3
    assert "(not_a_page.pdf)" in caplog.text and "(unreadable)" in caplog.text


def test_loading_is_lazy_and_may_be_asynchronous(folder: Path) -> None:
    first = next(iter(CleanerLoader("pages").lazy_load()))
    assert first.metadata["title"] == "Of lamps by the sea"
    assert len(asyncio.run(CleanerLoader("pages").aload())) == 3


def test_worker_processes_give_the_same(folder: Path) -> None:
    assert CleanerLoader("pages", workers=2, timeout=60).load() == CleanerLoader("pages").load()


def test_the_transformer_cleans_documents_of_other_loaders(tmp_path: Path) -> None:
    (tmp_path / "rules.yaml").write_text("sites: [example.com]\nrules:\n  - drop: [What it costs]\n")
    cleaner = Cleaner(load_rules(tmp_path / "rules.yaml"))
    given = [
        Document(page("lamps"), id="a", metadata={"source": address("lamps"), "title": "wrong", "depth": 2}),
        Document("<html><body></body></html>", metadata={"source": "empty.html"}),
        Document(page("tides"), metadata={"source": "tides.html"}),
    ]
    failures: list[Failure] = []
    lamps, tides = CleanerTransformer(cleaner, on_failure=failures.append).transform_documents(given)
    assert "What it costs" not in lamps.page_content and "What it costs" in tides.page_content
    assert (lamps.id, tides.id) == ("a", None)
    assert {"title": "Of lamps by the sea", "depth": 2, "source": address("lamps")}.items() <= lamps.metadata.items()
    assert [(failure.id, failure.code) for failure in failures] == [("empty.html", "page.empty")]
    assert given[0].page_content == page("lamps") and given[0].metadata["title"] == "wrong"


def test_chunks_go_into_a_vector_store() -> None:
    store = InMemoryVectorStore(DeterministicFakeEmbedding(size=8))
    given = [Document(page(name), id=name, metadata={"source": address(name)}) for name in NAMES]
    chunks = CleanerTransformer(max_words=60).transform_documents(given)
    assert len(chunks) > len(given)
    store.add_documents(list(chunks))
    (found,) = store.similarity_search(chunks[-1].page_content, k=1)
    assert (found.id, found.metadata["headings"]) == (chunks[-1].id, chunks[-1].metadata["headings"])


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"format": "html"}, "unknown format 'html'; there are text, markdown"),
        ({"format": "markdown", "max_words": 9}, "chunks are text"),
        ({"overlap": 9}, "overlap needs max_words"),
        ({"max_words": 9, "overlap": 9}, "overlap is 9"),
    ],
)
def test_options_that_cannot_be_meant_are_errors(options: dict[str, object], message: str) -> None:
    for kind in (lambda **given: CleanerLoader("pages", **given), CleanerTransformer):
        with pytest.raises(ValueError, match=message):
            kind(**options)


def test_inputs_that_cannot_be_meant_are_errors(folder: Path) -> None:
    with pytest.raises(InputError, match="does not fetch"):
        CleanerLoader("https://example.com/").load()


def test_the_programs_of_the_page_run(tmp_path: Path) -> None:
    check_programs("langchain", tmp_path)
