"""Compressed pages: read as what they were, within a limit, and broken ones told."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from not_pages import PAGE

from cleaner.readers import ReadFailure, Record, expand, find_files
from cleaner.readers.compression import compression_of, plain_stream

brotli = pytest.importorskip("brotli")
zstandard = pytest.importorskip("zstandard")

COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": zstandard.compress,
    ".br": brotli.compress,
}


@pytest.mark.parametrize("suffix", COMPRESS)
def test_a_compressed_file_is_read_as_the_page(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"page.html{suffix}"
    path.write_bytes(COMPRESS[suffix](PAGE))
    (record,) = find_files([tmp_path])
    assert (record.read(), record.media_type, record.name) == (PAGE, "text/html", path.name)


@pytest.mark.parametrize("suffix", [suffix for suffix in COMPRESS if suffix != ".br"])
def test_the_content_tells_whatever_the_name(suffix: str) -> None:
    assert Record("page.html", data=COMPRESS[suffix](PAGE)).read() == PAGE


@pytest.mark.parametrize("suffix", [suffix for suffix in COMPRESS if suffix != ".br"])
def test_streams_one_after_another(suffix: str) -> None:
    assert Record("a", data=COMPRESS[suffix](PAGE) + COMPRESS[suffix](PAGE)).read() == PAGE * 2


@pytest.mark.parametrize("suffix", COMPRESS)
def test_a_bomb_is_over_the_limit_and_takes_no_memory(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"page.html{suffix}"
    path.write_bytes(COMPRESS[suffix](bytes(30_000_000)))
    tracemalloc.start()  # the window of xz is 8 MB
    with pytest.raises(ReadFailure) as failure:
        Record("page", path=str(path)).read(max_size=100_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (failure.value.code, peak < 16_000_000) == ("limit", True)


@pytest.mark.parametrize("suffix", COMPRESS)
@pytest.mark.parametrize("fault", ["cut", "broken"])
def test_broken_data_is_a_failure(tmp_path: Path, suffix: str, fault: str) -> None:
    whole = COMPRESS[suffix](bytes(number * number % 251 for number in range(9000)))
    path = tmp_path / f"page.html{suffix}"
    path.write_bytes(whole[:-20] if fault == "cut" else whole[:30] + b"\xff\x00\x55" * 20 + whole[60:])
    record = Record("page", path=str(path))
    with pytest.raises(ReadFailure) as failure:
        record.read()
    name = {".gz": "gzip", ".bz2": "bzip2", ".xz": "xz", ".zst": "zstd", ".br": "brotli"}[suffix]
    assert (failure.value.kind, failure.value.code) == ("unreadable", f"unreadable.{name}")


def test_a_missing_package_says_which_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "zstandard", None)
    with pytest.raises(ReadFailure, match=r"needs the extra 'zstd': pip install 'cleaner\[zstd\]'") as failure:
        Record("a", data=zstandard.compress(PAGE)).read()
    assert failure.value.code == "missing_extra.zstd"


def test_text_is_not_taken_for_compressed() -> None:
    assert compression_of(b"BZh9 is a word") is None
    assert compression_of(b"<p>A page named after Brazil", "page.br") is None
    assert plain_stream(io.BytesIO(b"A text")).read() == b"A text"


def test_a_failure_can_be_pickled() -> None:
    import pickle

    failure = pickle.loads(pickle.dumps(ReadFailure("unreadable", "broken", "unreadable.zip")))
    assert (failure.kind, str(failure), failure.code) == ("unreadable", "broken", "unreadable.zip")
    with pytest.raises(ReadFailure, match="broken"):
        Record("a", failure=failure).read()


@pytest.mark.parametrize("suffix", COMPRESS)
@pytest.mark.parametrize("table", ["jsonl", "csv"])
def test_compressed_tables(tmp_path: Path, suffix: str, table: str) -> None:
    rows = (
        b'{"html": "<p>One</p>"}\n{"html": "<p>Two</p>"}\n' if table == "jsonl" else b"html\n<p>One</p>\n<p>Two</p>\n"
    )
    path = tmp_path / f"pages.{table}{suffix}"
    path.write_bytes(COMPRESS[suffix](rows))
    records = expand([Record(path.name, path=str(path))])
    assert [record.read() for record in records] == ["<p>One</p>", "<p>Two</p>"]


@pytest.mark.parametrize("table", ["jsonl", "csv"])
def test_a_table_that_is_cut_short_keeps_what_was_read(tmp_path: Path, table: str) -> None:
    numbers = range(20_000)
    lines = (
        (f'{{"html": "<p>{n * n}</p>"}}' for n in numbers) if table == "jsonl" else (f"<p>{n * n}</p>" for n in numbers)
    )
    path = tmp_path / f"pages.{table}.gz"
    path.write_bytes(gzip.compress("\n".join(["html" if table == "csv" else "", *lines]).encode())[:-3000])
    *read, last = expand([Record(path.name, path=str(path))])
    assert len(read) > 1000 and not any(record.failure for record in read)
    assert last.failure is not None and last.failure.code == "unreadable.gzip"
