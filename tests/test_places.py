"""Files in places that fsspec reaches: found, read without a copy, and told of where they cannot be had."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from command_line import files, run
from test_archives import write
from test_warc import codes, response

from cleaner.batch import clean_records
from cleaner.readers import InputError, ReadFailure, Record, expand, find_files
from cleaner.readers.files import is_single_file
from cleaner.readers.kinds import is_place, kind_of

fsspec = pytest.importorskip("fsspec")

PAGE = b"<p>The ferry was late.</p>"
NAMES = [
    "bucket/b.html",
    "bucket/a.HTM",
    "bucket/t.jsonl",
    "bucket/c.warc.gz",
    "bucket/news/d.txt.gz",
    "bucket/news/deep/e.mht",
]
HIDDEN = ["bucket/.git/f.html", "bucket/.g.html", "bucket/h.png", "other/i.html"]
WALK = ["a.HTM", "b.html", "c.warc.gz", "news/d.txt.gz", "news/deep/e.mht"]


@pytest.fixture(params=["memory://", "file://"])
def root(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a place with files, which the current process can reach."""
    base = request.param + (f"{tmp_path}/" if request.param == "file://" else "")
    system, path = fsspec.core.url_to_fs(base)
    for name in NAMES + HIDDEN:
        data = {"bucket/c.warc.gz": gzip.compress(response()), "bucket/news/d.txt.gz": gzip.compress(b"One.")}.get(
            name, PAGE
        )
        if name.endswith(".jsonl"):
            data = b'{"html": "<p>One</p>"}\n{"html": "<p>Two</p>"}\n'
        target = f"{path.rstrip('/')}/{name}"
        system.makedirs(target.rpartition("/")[0], exist_ok=True)
        system.pipe(target, data)
    yield base
    if request.param == "memory://":
        system.store.clear()
        system.pseudo_dirs[:] = [""]


@pytest.mark.parametrize(
    ("path", "is_one", "kind"),
    [
        ("s3://bucket/a.html", True, None),
        ("zip://a.jsonl::s3://bucket/b.zip", True, "jsonl"),
        ("zip::s3://bucket/b.zip", True, "zip"),
        ("simplecache::s3://bucket/b.warc.gz", True, "warc"),
        ("gs://bucket/pages", True, None),
        ("C:\\pages\\a.html", False, None),
        ("a::b.jsonl", False, "jsonl"),
        ("pages/s3://a.zip", False, "zip"),
        ("x://a.zip", False, "zip"),
    ],
)
def test_addresses_are_told_from_paths(path: str, is_one: bool, kind: str | None) -> None:
    assert (is_place(path), kind_of(path)) == (is_one, kind)


@pytest.mark.parametrize(
    ("inputs", "names"),
    [
        (["bucket"], WALK),
        (["bucket/"], WALK),
        (["bucket/*.html"], ["b.html"]),
        (["bucket/**/*.gz"], ["c.warc.gz", "news/d.txt.gz"]),
        (["bucket/news", "other"], ["bucket/news/d.txt.gz", "bucket/news/deep/e.mht", "other/i.html"]),
        (["bucket/t.jsonl"], ["t.jsonl"]),
        (["bucket/missing.html"], ["missing.html"]),
        (["bucket", "bucket/news", "bucket/b.html", "bucket/t.jsonl", "bucket/t.jsonl"], [*WALK, "t.jsonl"]),
        (["bucket/.g.html", "bucket"], [".g.html", *WALK]),
    ],
)
def test_files_are_found_as_in_folders(root: str, inputs: list[str], names: list[str]) -> None:
    records = list(find_files([root + name for name in inputs]))
    assert [record.name for record in records] == names
    assert all(is_place(record.path or "") for record in records)
    assert [record.media_type for record in records if record.name == "a.HTM"] == ["text/html"] * ("a.HTM" in names)


def test_they_are_read_and_expanded(root: str) -> None:
    records = list(expand(find_files([f"{root}bucket", f"{root}bucket/t.jsonl"])))
    assert [record.name for record in records] == [
        *WALK[:2],
        "c.warc.gz/000001",
        *WALK[3:],
        "t.jsonl/000001",
        "t.jsonl/000002",
    ]
    assert [record.read() for record in records[:2]] == [PAGE, PAGE] and records[3].read() == b"One."
    assert codes(records) == [None] * len(records)
    texts = [result.document.text for result in clean_records(records) if result.document]
    assert texts[:2] == ["The ferry was late."] * 2 and len(texts) == len(records)


@pytest.mark.parametrize("name", ["p.zip", "p.tar.gz", "t.parquet"])
def test_what_is_read_from_its_end(root: str, tmp_path: Path, name: str) -> None:
    if name == "t.parquet":
        pa = pytest.importorskip("pyarrow")
        from pyarrow import parquet

        parquet.write_table(pa.table({"html": ["<p>One</p>"] * 5000}), tmp_path / name)
    else:
        write(tmp_path / name, {f"{number}.html": PAGE for number in range(5000)})
    fsspec.core.url_to_fs(root)[0].pipe(
        fsspec.core.url_to_fs(f"{root}bucket/{name}")[1], (tmp_path / name).read_bytes()
    )
    records = list(expand(find_files([f"{root}bucket/{name}"])))
    assert len(records) == 5000 and not any(codes(records))


def test_one_in_another(root: str, tmp_path: Path) -> None:
    data = write(tmp_path / "p.zip", {"news/a.html": PAGE, "b.txt": b"Text", "c.png": b"\x89PNG"}).read_bytes()
    place = f"{root}bucket/p.zip"
    fsspec.core.url_to_fs(place)[0].pipe(fsspec.core.url_to_fs(place)[1], data)
    for given, names in (
        (f"zip::{place}", ["b.txt", "news/a.html"]),
        (f"zip://news/*.html::{place}", ["a.html"]),
        (f"simplecache::{place}", ["p.zip"]),
    ):
        records = list(find_files([given]))
        assert [record.name for record in records] == names
        assert records[-1].read() == (PAGE if "simplecache" not in given else data)
        assert records[-1].path is not None and records[-1].path.endswith(("::" + place, place.replace("//", "///", 1)))


class Unread(io.RawIOBase):
    """A file of which only the beginning may be read."""

    def __init__(self) -> None:
        self.rows = 0

    def seekable(self) -> bool:
        return False

    def read(self, size: int = -1) -> bytes:
        self.rows += 1
        assert self.rows < 100
        return b'{"html": "<p>One</p>"}\n' * 1000


def test_rows_are_read_as_they_are_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fsspec.filesystem("memory"), "open", lambda path, mode: Unread())
    records = expand([Record("t.jsonl", path="memory://t.jsonl")])
    assert [next(records).read() for _ in range(3)] == ["<p>One</p>"] * 3


class Broken:
    """A file that ends with an exception of its library."""

    def __init__(self) -> None:
        self.parts = [b'{"html": "<p>One</p>"}\n' * 200]

    def seekable(self) -> bool:
        return False

    def read(self, size: int = -1) -> bytes:
        if self.parts:
            return self.parts.pop()
        raise RuntimeError("the connection\nwas lost")

    def close(self) -> None:
        pass


@pytest.mark.parametrize(("name", "count"), [("t.jsonl", 201), ("c.warc", 1), ("p.tar", 1), ("a.html", 1)])
def test_errors_while_reading_are_failures(monkeypatch: pytest.MonkeyPatch, name: str, count: int) -> None:
    monkeypatch.setattr(fsspec.filesystem("memory"), "open", lambda path, mode: Broken())
    records = list(expand([Record(name, path=f"memory://{name}")]))
    assert len(records) == count
    with pytest.raises(ReadFailure) as failure:
        records[-1].read()
    assert failure.value.kind == "unreadable" and "\n" not in str(failure.value)


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("memory://none/a.html", "No such file or directory"),
        ("nosuch://a.html", "Protocol not known: nosuch"),
        ("https://example.com/a.html", "cleaner does not fetch"),
        ("simplecache::https://example.com/a.html", "cleaner does not fetch"),
    ],
)
def test_a_file_that_cannot_be_opened_is_a_failure(path: str, reason: str) -> None:
    with pytest.raises(ReadFailure, match=reason):
        Record("a", path=path).read()


def no_package(*_: Any, **__: Any) -> Any:
    raise ImportError("Install s3fs to access S3")


@pytest.mark.parametrize(
    ("inputs", "reason"),
    [
        (["nosuch://bucket/"], "nosuch://bucket/: Protocol not known: nosuch"),
        (["https://example.com/a.html"], "cleaner does not fetch"),
        (["zip::https://example.com/a.zip"], "cleaner does not fetch"),
        (["memory://bucket/*.nothing"], "no file matches"),
        (["memory://nothing/*"], "no file matches"),
        (["memory://bucket/", "file:///tmp/"], "inputs in different places"),
        (["memory://bucket/", "local.html"], "inputs in different places"),
    ],
)
def test_inputs_that_cannot_be_meant(inputs: list[str], reason: str) -> None:
    fsspec.filesystem("memory").pipe("/bucket/a.html", PAGE)
    with pytest.raises(InputError, match=reason):
        list(find_files(inputs))


def test_missing_packages_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(fsspec.core, "url_to_fs", no_package)
        with pytest.raises(InputError, match="s3://bucket/: Install s3fs to access S3"):
            list(find_files(["s3://bucket/"]))
    monkeypatch.setitem(__import__("sys").modules, "fsspec.core", None)
    with pytest.raises(InputError, match=r"needs the extra 'places': pip install 'cleaner\[places\]'"):
        list(find_files(["s3://bucket/"]))


def test_an_empty_folder_has_no_page() -> None:
    system = fsspec.filesystem("memory")
    system.pipe("/empty/a.png", b"\x89PNG")
    with pytest.raises(InputError, match="memory://empty: no page to clean"):
        find_files(["memory://empty"])


class Store:
    """A store whose objects may have any names."""

    def exists(self, path: str) -> bool:
        return False

    def isdir(self, path: str) -> bool:
        return True

    def ls(self, path: str, detail: bool) -> list[dict[str, Any]]:
        names = ["bucket/in/", "bucket/in/../../etc/x.html", "bucket/in//y.html", "bucket/in/.z.html"]
        return [{"name": name, "type": "file"} for name in names]

    def unstrip_protocol(self, path: str) -> str:
        return f"store://{path}"


def test_names_of_objects_lead_out_of_no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fsspec.core, "url_to_fs", lambda path: (Store(), path.removeprefix("store://")))
    records = list(find_files(["store://bucket/in/"]))
    assert [(record.name, record.path) for record in records] == [
        ("etc/x.html", "store://bucket/in/../../etc/x.html"),
        ("y.html", "store://bucket/in//y.html"),
    ]


@pytest.mark.parametrize(
    ("given", "single"),
    [
        ("s3://b/a.html", True),
        ("s3://b/a.html.gz", True),
        ("s3://b/", False),
        ("s3://b/c", False),
        ("s3://b/*.html", False),
    ],
)
def test_one_file_by_its_suffix(given: str, single: bool) -> None:
    assert is_single_file([given]) == single


CLEAN = ("--no-shipped-rules", "--extractor", "none")


def test_places_on_the_command_line(root: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    if root.startswith("memory"):  # workers have a memory of their own
        assert "late." in run("clean", f"{root}bucket/b.html", "-f", "text", *CLEAN).stdout
        return
    shown = run("clean", f"{root}bucket/", "-f", "jsonl", "--fields", "id,path,text", *CLEAN, "--workers", "1").stdout
    assert [json.loads(line)["id"] for line in shown.splitlines()][:2] == ["a.HTM", "b.html"]
    assert json.loads(shown.splitlines()[1])["path"] == f"{root}bucket/b.html"
    assert run("clean", f"{root}bucket/", "-o", "out", *CLEAN, "--workers", "1").exit_code == 0
    assert "The ferry was late." in files("out")["b.html.md"]
    assert "OUT is a file or folder of this machine" in run("clean", f"{root}bucket/", "-o", f"{root}out/").stderr
    assert run("explain", f"{root}bucket/b.html").exit_code == 0
    assert "Protocol not known" in run("clean", "nosuch://b/", "-f", "jsonl").stderr
