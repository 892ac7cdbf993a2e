"""Archives of files: which are pages, what they are called, and what becomes of archives that are broken."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import tracemalloc
import warnings
import zipfile
from pathlib import Path

import pytest
from command_line import files, run
from test_warc import codes, response

from cleaner.readers import Columns, ReadFailure, Record, expand, holds_many
from cleaner.readers.archives import spooled

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


def archive(name: str, pages: dict[str, bytes], tmp_path: Path) -> bytes:
    return write(tmp_path / f"inner-{name}", pages).read_bytes()


ROWS = b'{"html": "<p>One</p>", "id": "r1"}\n{"html": null}\n{"html": "<p>Two</p>"}\n'


@pytest.mark.parametrize("outer", ["p.zip", "p.tar", "p.tar.gz"])
def test_what_holds_many_pages_is_expanded_in_archives(tmp_path: Path, outer: str) -> None:
    inner = {"a.html": b"<p>In</p>", "b.jsonl": ROWS.splitlines(True)[0]}
    pages = {
        "t.jsonl": ROWS,
        "t.csv.gz": gzip.compress(b"html,n\n<p>Three</p>,1\n"),
        "no-pages.csv": b"year,sum\n2020,1\n",
        "deep/z.zip": archive("z.zip", inner, tmp_path),
        "deep/../t.tgz": archive("t.tar.gz", inner, tmp_path),
        "w.wacz": archive(
            "w.wacz", {"archive/d.warc.gz": gzip.compress(response()), "pages/pages.jsonl": ROWS}, tmp_path
        ),
        "last.html": b"<p>Last</p>",
    }
    records = read(write(tmp_path / outer, pages))
    assert [record.name.removeprefix(f"{outer}/") for record in records] == [
        "t.jsonl/000001-r1",
        "t.jsonl/000002",
        "t.jsonl/000003",
        "t.csv.gz/000001",
        "deep/z.zip/a.html",
        "deep/z.zip/b.jsonl/000001-r1",
        "deep/t.tgz/a.html",
        "deep/t.tgz/b.jsonl/000001-r1",
        "w.wacz/archive/d.warc.gz/000001",
        "last.html",
    ]
    assert codes(records) == [None, "null", *8 * [None]]
    assert {record.path for record in records} == {str(tmp_path / outer)}
    assert [record.read() for record in records if record.name.endswith(("csv.gz/000001", "z.zip/a.html"))] == [
        "<p>Three</p>",
        b"<p>In</p>",
    ]


@pytest.mark.parametrize("outer", ["p.zip", "p.tar"])
def test_parquet_in_an_archive(tmp_path: Path, outer: str) -> None:
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    parquet.write_table(pa.table({"html": ["<p>One</p>", None], "id": ["a", "b"]}), tmp_path / "t.parquet")
    records = read(write(tmp_path / outer, {"t.parquet": (tmp_path / "t.parquet").read_bytes()}))
    assert [record.id for record in records] == ["a", "b"] and codes(records) == [None, "null"]


def test_a_row_of_a_table_in_an_archive_says_which_table(tmp_path: Path) -> None:
    path = write(tmp_path / "p.zip", {"in/t.jsonl": ROWS})
    records = list(expand([Record("p.zip", path=str(path))]))
    assert {record.metadata["member"] for record in records} == {"in/t.jsonl"}


def test_a_named_column_that_a_table_in_an_archive_has_not_is_told(tmp_path: Path) -> None:
    path = write(tmp_path / "p.zip", {"t.jsonl": ROWS})
    records = list(expand([Record("p.zip", path=str(path))], Columns(html="raw")))
    assert codes(records) == ["table.no_column"]


def test_archives_within_archives_end(tmp_path: Path) -> None:
    data = archive("0.zip", {"a.html": b"<p>Deep</p>"}, tmp_path)
    for depth in range(1, 5):
        data = archive(f"{depth}.zip", {"in.zip": data, "a.html": b"<p>Here</p>"}, tmp_path)
    (tmp_path / "p.zip").write_bytes(data)
    records = read(tmp_path / "p.zip")
    assert [record.name for record in records] == ["p.zip/in.zip/in.zip", "p.zip/in.zip/a.html", "p.zip/a.html"]
    assert codes(records) == ["not_a_page.zip", None, None]


@pytest.mark.parametrize("inner", ["t.jsonl", "t.csv", "z.tar.gz", "z.zip", "c.warc.gz"])
@pytest.mark.parametrize("outer", ["p.zip", "p.tar"])
def test_a_file_in_an_archive_that_is_broken_is_a_failure_and_the_others_go_on(
    tmp_path: Path, outer: str, inner: str
) -> None:
    whole = {
        "t.jsonl": b"{no json\n" * 200,
        "t.csv": b'"' * 101,
        "z.tar.gz": archive("z.tar.gz", {"x.html": bytes(range(256)) * 99}, tmp_path)[:-40],
        "z.zip": archive("z.zip", {"x.html": PAGES["a.html"]}, tmp_path)[:-30],
        "c.warc.gz": gzip.compress(response())[:-9],
    }[inner]
    records = read(write(tmp_path / outer, {inner: whole, "last.html": b"<p>Last</p>"}))
    assert records[-1].read() == b"<p>Last</p>"
    assert all(record.name.startswith(f"{outer}/{inner}") for record in records[:-1])
    assert inner == "t.csv" or any(codes(records[:-1]))


def test_a_table_of_a_zip_with_a_wrong_checksum_ends_with_a_failure(tmp_path: Path) -> None:
    path = tmp_path / "p.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("t.jsonl", ROWS)
        made.writestr("a.html", b"<p>Two</p>")
    path.write_bytes(path.read_bytes().replace(b"<p>One", b"<p>Own", 1))
    assert codes(read(path))[-2:] == ["zip.broken", None]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("broken", ["data", "place"])
def test_however_a_file_of_a_zip_is_broken_the_others_go_on(tmp_path: Path, method: int, broken: str) -> None:
    path = tmp_path / "p.zip"
    with zipfile.ZipFile(path, "w", method) as made:
        for name in ("a.html", "t.jsonl", "last.html"):
            made.writestr(name, b"<p>One</p>" * 99)
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as whole:
        for number, name in enumerate(("a.html", "t.jsonl")):
            at = whole.getinfo(name).header_offset + 30 + len(name)
            data[at : at + 9] = b"\xff" * 9
            if broken == "place":  # where the list of files says that it begins: beyond the end
                listed = [at for at in range(len(data)) if data.startswith(b"PK\x01\x02", at)][number]
                data[listed + 42 : listed + 46] = (len(data) - 9).to_bytes(4, "little")
    path.write_bytes(data)
    *failed, last = read(path)
    assert codes(failed) == ["zip.broken", "zip.broken"] and last.read() == b"<p>One</p>" * 99


def test_a_password_is_told(tmp_path: Path) -> None:
    path = write(tmp_path / "p.zip", {"t.jsonl": ROWS, "a.html": b"<p>a"})
    data = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := data.find(mark, at + 1)) >= 0:
            data[at + place] |= 1
    path.write_bytes(data)
    records = read(path)
    assert codes(records) == ["zip.broken", "zip.broken"] and "password" in str(records[0].failure)


@pytest.mark.parametrize("outer", ["p.zip", "p.tar.gz"])
def test_bombs_in_archives_take_no_memory(tmp_path: Path, outer: str) -> None:
    zeros = bytes(40_000_000)
    bombs = {
        "a.jsonl": zeros,
        "b.csv": b"html\n" + zeros,
        "c.warc": zeros,
        "d.zip": archive("d.zip", {"x.html": zeros, "y.jsonl": zeros}, tmp_path),
        "e.jsonl.gz": gzip.compress(zeros),
    }
    path = write(tmp_path / outer, {**bombs, "last.html": b"<p>Last</p>"})
    tracemalloc.start()
    try:
        *failed, last = read(path, 50_000)
        assert tracemalloc.get_traced_memory()[1] < 12_000_000
    finally:
        tracemalloc.stop()
    assert all(codes(failed)) and last.read() == b"<p>Last</p>"


@pytest.mark.parametrize("kind", [tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK, tarfile.XHDTYPE, tarfile.XGLTYPE])
def test_the_names_in_a_tar_take_no_memory(tmp_path: Path, kind: bytes) -> None:
    name = tarfile.TarInfo("name")
    name.type, name.size = kind, 40_000_000
    path = tmp_path / "p.tar.gz"
    path.write_bytes(gzip.compress(name.tobuf(tarfile.GNU_FORMAT) + b"a" * (40_000_000 // 512 * 512 + 512), 1))
    tracemalloc.start()
    try:
        assert codes(read(path)) == ["tar.broken"]
        assert tracemalloc.get_traced_memory()[1] < 12_000_000
    finally:
        tracemalloc.stop()


def test_a_long_name_in_a_tar(tmp_path: Path) -> None:
    path = write(tmp_path / "p.tar", {f"{'folder/' * 100}a.html": b"<p>One</p>"})
    assert [record.name for record in read(path)] == [f"p.tar/{'folder/' * 100}a.html"]


def test_a_file_that_is_copied_has_a_limit() -> None:
    with pytest.raises(ReadFailure, match="larger than 1000 bytes"), spooled(io.BytesIO(bytes(5000)), 1000):
        pass


def test_rows_of_a_table_in_an_archive_name_files_in_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(Path("p.zip"), {"../t.jsonl": json.dumps({"html": "<p>One</p>", "id": "../../x"}).encode() + b"\n"})
    assert (
        run("clean", "p.zip", "-o", "out", "--no-shipped-rules", "--extractor", "none", "--workers", "1").exit_code == 0
    )
    assert "p.zip/t.jsonl/000001.md" in files("out")


def test_an_archive_on_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(Path("p.zip"), {"news/a.html": b"<p>One</p>", "../b.html": b"<p>Two</p>"})
    options = ("--no-shipped-rules", "--extractor", "none", "--workers", "1")
    assert run("clean", "p.zip", "-o", "out", *options).exit_code == 0
    assert [name for name in sorted(files("out")) if name.endswith(".md")] == [
        "p.zip/b.html.md",
        "p.zip/news/a.html.md",
    ]
