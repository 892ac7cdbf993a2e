"""Archives of files: which are pages, what they are called, and what becomes of archives that are broken."""

from __future__ import annotations

import gzip
import io
import tarfile
import warnings
import zipfile
from pathlib import Path

import pytest
from command_line import files, run
from test_warc import codes, response

from cleaner.readers import Record, expand, holds_many

PAGES = {
    "a.html": b"<p>One</p>",
    "news/b.txt.gz": gzip.compress(b"Two"),
    "news/c.png": b"\x89PNG",
    ".hidden/d.html": b"<p>No</p>",
    "../../e.html": b"<p>Three</p>",
    "A.html": b"<p>Four</p>",
    "data/f.warc.gz": gzip.compress(response()),
}
NAMES = ["a.html", "news/b.txt.gz", "e.html", "000006-A.html", "data/f.warc.gz/000001"]


def write(path: Path, pages: dict[str, bytes]) -> Path:
    """Makes an archive; its suffix tells which."""
    if path.suffix in (".zip", ".wacz"):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.mkdir("empty.html")
            for name, data in pages.items():
                archive.writestr(name, data)
        return path
    with tarfile.open(path, f"w:{path.suffix[-2:] if path.suffix != '.tar' else ''}") as archive:
        for name, data in pages.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
        link = tarfile.TarInfo("link.html")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return path


def read(path: Path, max_size: int = 100_000) -> list[Record]:
    return list(expand([Record(path.name, path=str(path))], max_size=max_size))


@pytest.mark.parametrize("name", ["p.zip", "p.wacz", "p.tar", "p.tar.gz", "p.tgz", "p.tar.xz"])
def test_pages_of_archives(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / name, PAGES)
    records = read(path)
    assert holds_many(name)
    assert [record.name for record in records] == [f"{name}/{inner}" for inner in NAMES]
    assert [record.read() for record in records[:4]] == [b"<p>One</p>", b"Two", b"<p>Three</p>", b"<p>Four</p>"]
    assert [record.media_type for record in records[:2]] == ["text/html", "text/plain"]
    assert (records[-1].url, records[-1].path) == ("https://example.com/a", str(path))


@pytest.mark.parametrize("name", ["p.zip", "p.tar.gz"])
def test_a_file_that_is_too_large_is_a_failure(tmp_path: Path, name: str) -> None:
    records = read(write(tmp_path / name, {"a.html": bytes(5_000_000), "b.html": b"b"}), 1000)
    assert codes(records) == ["limit", None]


@pytest.mark.parametrize("cut", [100, 1_000, 30_000, 60_000, 89_000])
@pytest.mark.parametrize("name", ["p.tar", "p.zip"])
def test_an_archive_that_is_cut_short_ends_with_a_failure(tmp_path: Path, name: str, cut: int) -> None:
    with warnings.catch_warnings():
        path = write(tmp_path / name, {f"{n}.html": bytes(range(256)) * n for n in range(50)})
    path.write_bytes(path.read_bytes()[: cut if name == "p.tar" else cut // 20])
    *_, last = read(path)
    assert codes([last]) == [f"{name[2:]}.broken"]


@pytest.mark.parametrize("name", ["p.zip", "p.tar"])
def test_what_is_no_archive_is_a_failure(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"no archive" * 100)
    assert codes(read(tmp_path / name)) == [f"{name[2:]}.broken"]
    assert codes(read(tmp_path / f"missing-{name}")) == ["unreadable"]


def test_a_broken_file_of_a_zip_is_a_failure_and_the_others_go_on(tmp_path: Path) -> None:
    path = tmp_path / "p.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.html", b"<p>One</p>")
        archive.writestr("b.html", b"<p>Two</p>")
    path.write_bytes(path.read_bytes().replace(b"<p>One", b"<p>Own", 1))
    assert codes(read(path)) == ["zip.broken", None]


def test_an_archive_on_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(Path("p.zip"), {"news/a.html": b"<p>One</p>", "../b.html": b"<p>Two</p>"})
    options = ("--no-shipped-rules", "--extractor", "none", "--workers", "1")
    assert run("clean", "p.zip", "-o", "out", *options).exit_code == 0
    assert [name for name in sorted(files("out")) if name.endswith(".md")] == [
        "p.zip/b.html.md",
        "p.zip/news/a.html.md",
    ]
