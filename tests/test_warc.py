"""Web archives: which records are pages, what is told of them, and what becomes of archives that are broken."""

from __future__ import annotations

import gzip
import io
import json
import tracemalloc
import zlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import brotli
import pytest
import zstandard
from command_line import files, run

from cleaner.readers import ReadFailure, Record, expand, holds_many, warc_records
from cleaner.readers.warc import decoded

PAGE = b"<p>The lamp is lit at dusk.</p>"


def warc(
    kind: str, block: bytes, *, type: str, url: str = "https://example.com/a", id: str = "1", more: str = ""
) -> bytes:
    """A record of an archive."""
    lines = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Target-URI: {url}",
        "WARC-Date: 2024-01-02T03:04:05Z",
        f"WARC-Record-ID: <urn:uuid:{id}>",
        f"Content-Type: {type}",
        f"Content-Length: {len(block)}",
    ]
    return ("\r\n".join(lines) + "\r\n" + more + "\r\n").encode() + block + b"\r\n\r\n"


def response(
    body: bytes = PAGE,
    headers: str = "Content-Type: text/html; charset=utf-8",
    *,
    status: str = "200 OK",
    kind: str = "response",
    **others: str,
) -> bytes:
    block = f"HTTP/1.1 {status}\r\n{headers}\r\n\r\n".encode() + body
    return warc(kind, block, type="application/http; msgtype=response", **others)


def read(data: bytes, path: str = "crawl.warc", **options: Any) -> list[Record]:
    return list(warc_records(path, io.BytesIO(data), **options))


def codes(records: list[Record]) -> list[str | None]:
    return [record.failure and record.failure.code for record in records]


@pytest.mark.parametrize(
    ("path", "holds"),
    [
        ("crawl.warc", True),
        ("a/CRAWL.WARC.GZ", True),
        ("crawl.warc.zst", True),
        ("crawl.wet.gz", True),
        ("pages.jsonl.gz", True),
        ("warc", False),
        ("page.html.gz", False),
        ("crawl.warc.txt", False),
    ],
)
def test_names_of_files_that_hold_many_pages(path: str, holds: bool) -> None:
    assert holds_many(path) == holds


def test_what_is_told_of_a_page() -> None:
    (record,) = read(response(more="WARC-Truncated: length\r\n"), "in/crawl.warc")
    assert record == Record(
        "crawl.warc/000001",
        path="in/crawl.warc",
        data=PAGE,
        url="https://example.com/a",
        media_type="text/html; charset=utf-8",
        id="urn:uuid:1",
        metadata={"date": "2024-01-02T03:04:05Z", "status": 200, "truncated": "length"},
    )


def test_texts_of_wet() -> None:
    block = b"Die Lampe brennt."
    (record,) = read(warc("conversion", block, type="text/plain", more="WARC-Identified-Content-Language: deu,eng\r\n"))
    assert (record.data, record.media_type, record.language) == (block, "text/plain", "deu")
    assert record.metadata == {"date": "2024-01-02T03:04:05Z"}


@pytest.mark.parametrize(
    "other",
    [
        warc("warcinfo", b"software: none\r\n", type="application/warc-fields"),
        warc("request", b"GET / HTTP/1.1\r\n\r\n", type="application/http; msgtype=request"),
        warc("metadata", b"a: b\r\n", type="application/warc-fields"),
        warc("resource", b"<p>Not of a page", type="text/html", url="urn:view:https://example.com/"),
        warc("response", b"20240102030405\n192.0.2.1", type="text/dns", url="dns:example.com"),
        response(kind="revisit"),
        response(status="404 Not Found"),
        response(status="301 Moved Permanently"),
        response(headers="Content-Type: image/png"),
        response(headers="Content-Type: application/json"),
        response(headers="Server: none"),
    ],
)
def test_what_is_no_page_is_passed_over(other: bytes) -> None:
    records = read(other + response(id="2") + other)
    assert [(record.name, record.id) for record in records] == [("crawl.warc/000001", "urn:uuid:2")]


@pytest.mark.parametrize(
    "page",
    [
        response(headers="content-type: TEXT/HTML"),
        response(headers="Content-Type: application/xhtml+xml"),
        response(headers="Content-Type: text/plain;charset=latin1"),
        response(headers="Server: none", more="WARC-Identified-Payload-Type: text/html\r\n"),
        response(status="206 Partial Content"),
        response(url="<https://example.com/a>"),
        response(headers="Content-Type: text/html\r\nTransfer-Encoding: chunked"),
        response(b"6; a=b\r\n" + PAGE[:6] + b"\r\n19\r\n" + PAGE[6:] + b"\r\n0\r\n\r\n", "Content-Type: text/html\r\nTransfer-Encoding: chunked"),
        response(gzip.compress(PAGE), "Content-Type: text/html\r\nContent-Encoding: gzip"),
        warc("resource", PAGE, type="text/html"),
        response().replace(b"\r\nContent-Type: text/html; charset=utf-8\r\n\r\n", b"\nContent-Type: text/html;charset=UTF-8    \n\n"),
    ],
)  # fmt: skip
def test_what_is_a_page(page: bytes) -> None:
    (record,) = read(page)
    assert (record.data, record.url, record.failure) == (PAGE, "https://example.com/a", None)


@pytest.mark.parametrize(
    ("encodings", "data"),
    [
        ("gzip", gzip.compress(PAGE)),
        ("x-gzip", gzip.compress(PAGE)),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", zlib.compress(PAGE)[2:-4]),
        ("br", brotli.compress(PAGE)),
        ("zstd", zstandard.compress(PAGE)),
        ("deflate, gzip", gzip.compress(zlib.compress(PAGE))),
        ("gzip", PAGE),
        ("br", PAGE),
        ("deflate", PAGE),
        ("identity", PAGE),
        ("", PAGE),
    ],
)
def test_content_encodings(encodings: str, data: bytes) -> None:
    assert decoded(data, encodings, 10_000) == PAGE


@pytest.mark.parametrize(
    ("page", "code"),
    [
        (response(b"x" * 1001), "limit"),
        (response(gzip.compress(b"x" * 100_000), "Content-Type: text/html\r\nContent-Encoding: gzip"), "limit"),
        (response(gzip.compress(PAGE)[:-9], "Content-Type: text/html\r\nContent-Encoding: gzip"), "unreadable.gzip"),
        (response().replace(b"HTTP/1.1 ", b"nonsense "), "warc.bad_http"),
    ],
)
def test_a_page_that_cannot_be_read_is_a_failure_and_the_others_go_on(page: bytes, code: str) -> None:
    records = read(page + response(id="2"), max_size=1000)
    assert codes(records) == [code, None]
    assert [(record.name, record.id, record.url) for record in records] == [
        ("crawl.warc/000001", "urn:uuid:1", "https://example.com/a"),
        ("crawl.warc/000002", "urn:uuid:2", "https://example.com/a"),
    ]


@pytest.mark.parametrize("cut", range(5, 300, 7))
@pytest.mark.parametrize("other", [response(id="2"), warc("metadata", b"a: b\r\n" * 40, type="text/x")])
def test_an_archive_that_is_cut_short_keeps_what_was_read(cut: int, other: bytes) -> None:
    first, *rest = read(response() + other[:-cut])
    assert first.data == PAGE and all(codes(rest)) and codes(rest)[-1] == "warc.broken"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"no archive at all\r\n\r\n", "warc.broken"),
        (response() + b"garbage\r\n\r\n" + response(), "warc.broken"),
        ((gzip.compress(response()) + gzip.compress(response(PAGE * 99)))[:-20], "unreadable.gzip"),
        (gzip.compress(response()) + b"garbage" * 9, "unreadable.gzip"),
        (gzip.compress(response() + response(PAGE * 99))[:-20], "unreadable.gzip"),
    ],
)
def test_a_broken_archive_ends_with_a_failure(data: bytes, code: str) -> None:
    *pages, last = read(data, "crawl.warc.gz")
    assert codes([*pages, last])[-1] == code
    assert all(page.failure is None for page in pages) and len(pages) == data.startswith((b"WARC", b"\x1f\x8b"))


@pytest.mark.parametrize("suffix", [".gz", ".zst", ".bz2"])
def test_compressed_archives(tmp_path: Path, suffix: str) -> None:
    import bz2

    compress = {".gz": gzip.compress, ".zst": zstandard.compress, ".bz2": bz2.compress}[suffix]
    path = tmp_path / f"crawl.warc{suffix}"
    path.write_bytes(compress(response()) + compress(response(id="2")))
    assert [record.name for record in expand([Record(path.name, path=str(path))])] == [
        f"{path.name}/000001",
        f"{path.name}/000002",
    ]


def test_the_caller_says_what_all_pages_are() -> None:
    assert read(response(), media_type="text/markdown")[0].media_type == "text/markdown"


def test_files_that_hold_many_pages_stand_beside_others(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'{"html": "<p>One</p>"}\n')
    (tmp_path / "b.warc").write_bytes(response())
    given = [Record(name, path=str(tmp_path / name)) for name in ("a.jsonl", "b.warc", "c.html", "d.warc")]
    records = list(expand([*given, Record("e.warc", data=PAGE)]))
    assert [record.name for record in records] == [
        "a.jsonl/000001",
        "b.warc/000001",
        "c.html",
        "d.warc",
        "e.warc",
    ]
    assert codes(records) == [None, None, None, "unreadable", None]


def test_a_missing_package_says_which_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "fastwarc.warc", None)
    (record,) = read(response())
    with pytest.raises(ReadFailure, match=r"needs the extra 'warc': pip install 'cleaner\[warc\]'") as failure:
        record.read()
    assert (record.name, failure.value.code) == ("crawl.warc", "missing_extra.warc")


class Endless(io.RawIOBase):
    """An archive that has no end, for which memory must not grow."""

    def __init__(self, record: bytes) -> None:
        self.record, self.rest = record, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self.rest = self.rest or self.record
        given, self.rest = self.rest[: len(buffer)], self.rest[len(buffer) :]
        buffer[: len(given)] = given
        return len(given)


def test_memory_does_not_grow_with_the_pages() -> None:
    pages: Iterator[Record] = warc_records("crawl.warc", io.BufferedReader(Endless(response(b"x" * 1000))))
    for _ in islice(pages, 1000):
        pass
    tracemalloc.start()
    try:
        for page in islice(pages, 20_000):
            assert page.data == b"x" * 1000
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


CLEAN = ("--no-shipped-rules", "--extractor", "none", "--workers", "1")


def test_an_archive_on_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("crawl.warc.gz").write_bytes(gzip.compress(response()) + gzip.compress(response(b"%PDF-1.7", id="2")))
    result = run("clean", "crawl.warc.gz", "-f", "jsonl", *CLEAN)
    row = json.loads(result.stdout)
    assert [row[name] for name in ("id", "path", "url")] == ["urn:uuid:1", "crawl.warc.gz", "https://example.com/a"]
    assert "not a page but a PDF document" in result.stderr and result.exit_code == 1

    result = run("clean", "crawl.warc.gz", "-o", "out", *CLEAN)
    assert "The lamp is lit at dusk." in files("out")["crawl.warc.gz/000001.md"]
    failure = json.loads(Path("out/failures.jsonl").read_text())
    assert [failure[name] for name in ("id", "code")] == ["urn:uuid:2", "not_a_page.pdf"]
    assert "several inputs need -o" in run("clean", "crawl.warc.gz", *CLEAN).stderr
    assert "takes one page" in run("explain", "crawl.warc.gz").stderr


def test_an_archive_is_resumed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("crawl.warc").write_bytes(response() + response(id="2"))
    for said in ("2 written", "2 already current"):
        assert said in run("clean", "crawl.warc", "-o", "out", "--resume", *CLEAN).stderr
