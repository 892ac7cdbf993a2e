"""What stands in an open file or pipe: told by its content, read without a copy where that is possible."""

from __future__ import annotations

import gzip
import io
import json
import os
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from command_line import files, run
from not_pages import NOT_PAGES, PAGE, zipped
from test_archives import write
from test_warc import codes, response

from cleaner.readers import Columns, Record, expand, open_input
from cleaner.readers.contents import kind_of_content, kind_of_file

JSONL = b'{"html": "<p>One</p>", "id": "a"}\n{"html": "<p>Two</p>", "id": "b"}\n'
CSV = b"body,n\n<p>One</p>,a\n<p>Two</p>,b\n"
ONE_TWO = ["<p>One</p>", "<p>Two</p>"]


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"", None),
        (PAGE, None),
        (b"WARC/1.0\r\n", "warc"),
        (JSONL, "jsonl"),
        (b'\xef\xbb\xbf { "a b\\"c" : 1}', "jsonl"),
        (b'{"html": "<p>' + b"x" * 5000, "jsonl"),
        (b'{\n  "html": "a page of its own"\n}', None),
        (b"{braces} are text", None),
        (b'{"quoted"} is text, too', None),
        (b'["a", "list"]', None),
        (NOT_PAGES["zip"], "zip"),
        (NOT_PAGES["docx"], None),
        (NOT_PAGES["epub"], None),
        (NOT_PAGES["tar"], "tar"),
        (NOT_PAGES["pdf"], None),
        (NOT_PAGES["parquet"], "parquet"),
    ],
)
def test_the_content_tells_the_kind(head: bytes, kind: str | None) -> None:
    assert kind_of_content(head[:4096]) == kind


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("train.json", JSONL, "jsonl"),
        ("part-00000", JSONL, "jsonl"),
        ("part-00000.gz", gzip.compress(JSONL), "jsonl"),
        ("part-00000.json.gz", gzip.compress(JSONL), "jsonl"),
        ("crawl", response(), "warc"),
        ("crawl.dat.gz", gzip.compress(response()), "warc"),
        ("crawl.html", response(), None),
        ("download", zipped(("a.html", PAGE)), "zip"),
        ("photos.zip", zipped(("a.png", PAGE)), "zip"),
        ("download", NOT_PAGES["docx"], None),
        ("letter.docx", NOT_PAGES["docx"], None),
        (
            "letter.docx",
            zipped(("a.bin", os.urandom(90_000)), ("[Content_Types].xml", b"<T/>"), ("word/a.xml", b"<d/>")),
            None,
        ),
        ("notes", PAGE, None),
        ("page.json", b'{\n "html": "<p>"}', None),
        ("broken.gz", gzip.compress(JSONL)[:12], None),
        ("nul\0", None, None),
        ("missing", None, None),
        (".", None, None),
    ],
)
def test_the_content_of_a_file_tells_where_its_name_does_not(
    tmp_path: Path, name: str, data: bytes | None, kind: str | None
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    assert kind_of_file(f"{tmp_path}/{name}") == kind
    records = list(expand([Record(name, path=f"{tmp_path}/{name}")]))
    assert (records[0].name == name) == (kind is None or name == "photos.zip")
    assert codes(records[:1]) == ["not_a_page.zip" if name == "photos.zip" else None]


def test_a_named_pipe_is_not_read_twice(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert kind_of_file(str(tmp_path / "pipe")) is None


def piped(data: bytes) -> io.BufferedReader:
    """The data in a pipe, which cannot seek and gives little at a time."""
    reading, writing = os.pipe()

    def write_all() -> None:
        with suppress(BrokenPipeError), os.fdopen(writing, "wb") as stream:
            stream.write(data[:1])
            stream.flush()
            stream.write(data[1:])

    threading.Thread(target=write_all, daemon=True).start()
    return os.fdopen(reading, "rb")


@pytest.mark.parametrize("make", [io.BytesIO, piped])
@pytest.mark.parametrize("compressed", [False, True])
@pytest.mark.parametrize("kind", ["jsonl", "csv", "warc", "zip", "tar", "parquet", "page"])
def test_what_a_stream_holds(tmp_path: Path, kind: str, compressed: bool, make: type[io.BytesIO]) -> None:
    data, columns, expected = JSONL, Columns(), [row.encode() for row in ONE_TWO]
    if kind == "csv":
        data, columns = CSV, Columns(html="body")
    elif kind == "warc":
        data = response(expected[0]) + response(expected[1])
    elif kind in ("zip", "tar"):
        data = write(tmp_path / f"p.{kind}", {"a.html": expected[0], "b.html": expected[1]}).read_bytes()
    elif kind == "page":
        data, expected = PAGE, [PAGE]
    elif kind == "parquet":
        pa = pytest.importorskip("pyarrow")
        from pyarrow import parquet

        parquet.write_table(pa.table({"html": ONE_TWO}), tmp_path / "t.parquet")
        data = (tmp_path / "t.parquet").read_bytes()
    with make(gzip.compress(data) if compressed else data) as stream:
        found = open_input(stream, columns)
        assert (found.kind or "page") == kind
        records = list(found.records("in"))
    read = [record.read() for record in records]
    assert [text.encode() if isinstance(text, str) else text for text in read] == expected
    assert all(record.name == "in" if kind == "page" else record.name.startswith("in/") for record in records)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (gzip.compress(PAGE * 99)[:-20], "unreadable.gzip"),
        (gzip.compress(bytes(5_000_000)), "limit"),
        (bytes(5_000_000), "limit"),
        (gzip.compress(JSONL)[:20] + b"\xff" * 40, "unreadable.gzip"),
        (b"PK\x03\x04" + bytes(300), "zip.broken"),
        (b"WARC/1.0\r\nbroken", "warc.broken"),
    ],
)
@pytest.mark.parametrize("make", [io.BytesIO, piped])
def test_what_is_broken_or_too_large_is_a_failure(data: bytes, code: str, make: type[io.BytesIO]) -> None:
    with make(data) as stream:
        (record,) = open_input(stream).records(max_size=100_000)
    try:
        record.read(100_000)
    except Exception as failure:
        assert getattr(failure, "code", None) == code
    else:
        pytest.fail("was read")


@pytest.mark.parametrize(
    ("name", "data", "columns", "kind"),
    [
        ("part-00000", CSV, Columns(text="body"), "csv"),
        ("part-00000.gz", gzip.compress(CSV), Columns(html="body"), "csv"),
        ("train.data", b'"n";"body"\r\n1;<p>One</p>\r\n', Columns(html="body"), "csv"),
        ("part-00000", JSONL, Columns(html="html"), "jsonl"),
        ("part-00000", CSV, Columns(html="other"), None),
        ("part-00000", CSV, Columns(id="body"), None),
        ("part-00000", PAGE, Columns(html="body"), None),
        ("part-00000", b"", Columns(html="body"), None),
        ("a.html", CSV, Columns(html="body"), None),
    ],
)
def test_csv_whose_name_tells_nothing(
    tmp_path: Path, name: str, data: bytes, columns: Columns, kind: str | None
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert kind_of_file(str(path), columns) == kind
    first = next(expand([Record(name, path=str(path))], columns))
    assert first.name.startswith(f"{name}/000001") == (kind is not None)


CLEAN = ("--no-shipped-rules", "--extractor", "none", "--workers", "1")


@pytest.mark.parametrize(
    ("stdin", "options"),
    [
        (JSONL, ()),
        (gzip.compress(JSONL), ()),
        (CSV, ("--html-field", "body", "--id-field", "n")),
        (JSONL.replace(b"html", b"body"), ("--html-field", "body")),
    ],
)
def test_tables_on_standard_input(stdin: bytes, options: tuple[str, ...]) -> None:
    result = run("clean", "-", "-f", "jsonl", "--fields", "id,text,path", "--quiet", *options, *CLEAN, stdin=stdin)
    assert [json.loads(line) for line in result.stdout.splitlines()] == [
        {"id": "a", "text": "One", "path": "stdin"},
        {"id": "b", "text": "Two", "path": "stdin"},
    ]


def test_archives_on_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    stdin = gzip.compress(response()) + gzip.compress(response(b"%PDF-1.7", id="2"))
    assert run("clean", "-", "-o", "out", *CLEAN, stdin=stdin).exit_code == 1
    assert "The lamp is lit at dusk." in files("out")["stdin/000001.md"]
    assert "several inputs need -o" in run("clean", "-", *CLEAN, stdin=stdin).stderr
    assert "address of one page" in run("clean", "-", "-f", "jsonl", "--url", "https://a.example/", stdin=stdin).stderr
    zipped = write(Path("p.zip"), {"news/a.html": b"<p>One</p>"}).read_bytes()
    shown = run("clean", "-", "-f", "jsonl", "--url-from", "https://example.com/{path}", *CLEAN, stdin=zipped).stdout
    assert json.loads(shown)["url"] == "https://example.com/stdin/news/a.html"


def test_shards_of_standard_input_are_resumed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    command = ("clean", "-", "-o", "out", "-f", "jsonl", "--shard-size", "1", "--resume", *CLEAN)
    assert "2 written" in run(*command, stdin=JSONL).stderr
    whole = files("out")
    assert "2 already current" in run(*command, stdin=JSONL).stderr
    changed = run(*command, stdin=JSONL.replace(b"Two", b"New"))
    assert "give it to the same command again" in changed.stderr and changed.exit_code == 4
    assert run(*command, stdin=JSONL).exit_code == 0 and files("out").keys() == whole.keys()


def test_standard_input_is_alone() -> None:
    assert "cannot be combined" in run("clean", "-", "a.html", stdin=PAGE).stderr
    assert codes(list(open_input(io.BytesIO(PAGE)).records())) == [None]
