"""Tables to records: which columns are read, what a row becomes, what is told of rows that cannot be read."""

from __future__ import annotations

import io
import json
import tracemalloc
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from cleaner import Cleaner
from cleaner.readers import Columns, ReadFailure, Record, expand, table_kind, table_records

PAGE = "<p>The ferry was late.</p>"


def jsonl(*rows: object) -> bytes:
    return b"".join((json.dumps(row) if not isinstance(row, str) else row).encode() + b"\n" for row in rows)


def read(path: str, data: bytes, columns: Columns | None = None, **options: Any) -> list[Record]:
    return list(table_records(path, io.BytesIO(data), columns, **options))


def failures(records: list[Record]) -> list[tuple[str, str, str, str] | None]:
    return [(r.id, r.failure.kind, r.failure.code, str(r.failure)) if r.failure else None for r in records]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("a.jsonl", "jsonl"),
        ("crawl/A.NDJSON", "jsonl"),
        ("a.jsonl.gz", "jsonl"),
        ("a.csv.zst", "csv"),
        ("a.tsv", "tsv"),
        ("a.parquet", "parquet"),
        ("a.parquet.gz", None),
        ("a.txt", None),
        ("a.html.gz", None),
        ("jsonl", None),
        ("a.json", None),
    ],
)
def test_a_table_is_known_by_its_name(path: str, kind: str | None) -> None:
    assert table_kind(path) == kind


def test_a_row_is_a_record() -> None:
    row = {"raw_html": PAGE, "url": "https://example.com/a", "doc_id": "a-17", "lang": "en", "score": 0.5, "tags": [1]}
    (record,) = read("crawl/pages.jsonl", jsonl(row))
    assert record == Record(
        "pages.jsonl/000001-a-17",
        path="crawl/pages.jsonl",
        data=PAGE,
        url="https://example.com/a",
        media_type="text/html",
        id="a-17",
        language="en",
        metadata={"score": 0.5},
    )


@pytest.mark.parametrize(
    ("id", "name", "expected"),
    [
        (None, "t.jsonl/000001", "t.jsonl#1"),
        ("", "t.jsonl/000001", "t.jsonl#1"),
        (7, "t.jsonl/000001-7", "7"),
        ("../../etc", "t.jsonl/000001", "../../etc"),
        ("a b", "t.jsonl/000001", "a b"),
        (".hidden", "t.jsonl/000001", ".hidden"),
        ("x" * 90, "t.jsonl/000001", "x" * 90),
        ("é", "t.jsonl/000001", "é"),
        (True, "t.jsonl/000001", "t.jsonl#1"),
    ],
)
def test_names_are_safe_and_ids_are_as_given(id: object, name: str, expected: str) -> None:
    (record,) = read("t.jsonl", jsonl({"html": PAGE, "id": id}))
    assert (record.name, record.id) == (name, expected)


def test_ids_that_repeat_name_two_files() -> None:
    assert len({record.name for record in read("t.jsonl", jsonl(*2 * [{"html": PAGE, "id": "a"}]))}) == 2


@pytest.mark.parametrize(
    ("row", "data", "media_type"),
    [
        ({"html": "<p>a", "text": "b"}, "<p>a", "text/html"),
        ({"html": None, "text": "b"}, "b", "text/plain"),
        ({"html": float("nan"), "text": "b"}, "b", "text/plain"),
        ({"html": "", "text": "b"}, "b", "text/plain"),
        ({"html": "", "text": None}, "", "text/html"),
        ({"HTML": "<p>a", "Text": "b"}, "<p>a", "text/html"),
        ({"markdown": "# a", "text": "b"}, "# a", "text/markdown"),
        ({"content": "a", "title": "b"}, "a", None),
        ({"raw_content": "a", "digest": "b"}, "a", None),
        ({"text": "\ud800"}, "\ud800", "text/plain"),
    ],
)
def test_the_column_with_the_page_is_guessed(row: dict[str, object], data: str, media_type: str | None) -> None:
    (record,) = read("t.jsonl", jsonl(row))
    assert (record.data, record.media_type) == (data, media_type)


@pytest.mark.parametrize(
    ("columns", "data", "media_type", "url"),
    [
        (Columns(html="page"), "<p>c", "text/html", "u"),
        (Columns(text="page"), "<p>c", "text/plain", "u"),
        (Columns(text="text", html="none"), "b", "text/plain", "u"),
        (Columns(html="doc.body", url="meta.link"), "<p>d", "text/html", "v"),
        (Columns(html="doc.body", url="meta.none"), "<p>d", "text/html", None),
        (Columns(html="a.b"), "<p>e", "text/html", "u"),
    ],
)
def test_columns_are_named(columns: Columns, data: str, media_type: str, url: str | None) -> None:
    row = {"text": "b", "page": "<p>c", "doc": {"body": "<p>d"}, "url": "u", "meta": {"link": "v"}, "a.b": "<p>e"}
    (record,) = read("t.jsonl", jsonl(row), columns)
    assert (record.data, record.media_type, record.url) == (data, media_type, url)


def test_the_caller_may_say_what_all_pages_are() -> None:
    (record,) = read("t.jsonl", jsonl({"body": "# A"}), Columns(text="body"), media_type="text/markdown")
    assert record.media_type == "text/markdown"


def test_what_was_guessed_is_told() -> None:
    told: list[str] = []
    row = {"raw_html": PAGE, "text": "x", "URL": "u", "_id": "1", "lang": "en"}
    read("d/t.jsonl", jsonl(row), tell=told.append)
    read("d/t.jsonl", jsonl(row), Columns("raw_html", None, "URL", "_id", "lang"), tell=told.append)
    read("d/t.jsonl", jsonl(row), Columns("raw_html", url="lnk"), tell=told.append)
    assert told == [
        "d/t.jsonl: html from column 'raw_html', text from column 'text', address from 'URL', id from '_id', "
        "language from 'lang'",
        "d/t.jsonl: no column 'lnk', id from '_id', language from 'lang'",
    ]


def test_rows_that_cannot_be_read_are_failures_and_the_others_go_on() -> None:
    data = (
        jsonl(
            {"html": PAGE},
            "{no json",
            "",
            [1],
            {"html": None},
            {"url": "https://example.com/a", "id": "a"},
            {"html": ["<p>"]},
            {"html": "x" * 21},
            "[" * 100_000,
            {"html": PAGE[:20]},
        )
        + b'{"html": "\xff"}\n{"html": "no line end"}'
    )
    records = read("t.jsonl", data, max_size=len(PAGE[:20]))
    assert failures(records)[1:] == [
        (
            "t.jsonl#2",
            "unreadable",
            "row.not_json",
            "line 2 is no JSON (Expecting property name enclosed in double quotes)",
        ),
        ("t.jsonl#4", "unreadable", "row.not_object", "line 4 is no JSON object"),
        ("t.jsonl#5", "unreadable", "null", "no page: null in 'html'"),
        ("a", "unreadable", "null", "no page: null in 'html'"),
        ("t.jsonl#7", "unreadable", "row.not_text", "column 'html' holds a list, which is no page"),
        ("t.jsonl#8", "limit", "limit", "larger than 20 bytes"),
        ("t.jsonl#9", "limit", "limit", "line 9 is larger than 120 bytes"),
        None,
        ("t.jsonl#11", "unreadable", "row.not_json", "line 11 is no UTF-8"),
        None,
    ]
    assert records[5 - 1].url == "https://example.com/a"
    assert {record.path for record in records} == {"t.jsonl"}
    with pytest.raises(ReadFailure, match="no page"):
        records[3].read()


@pytest.mark.parametrize(
    ("path", "data", "columns", "code", "reason"),
    [
        (
            "t.jsonl",
            jsonl({"title": "a", "n": 1}),
            Columns(),
            "table.no_column",
            "no column that holds pages by its name; there are n, title; name one with --html-field or --text-field",
        ),
        ("t.jsonl", jsonl({"html": "a"}), Columns("raw"), "table.no_column", "no column 'raw'; there are html"),
        ("t.csv", b"html,n\na,1\n", Columns(text="x"), "table.no_column", "no column 'x'; there are html, n"),
        ("t.jsonl", b"\0\n" * 200, Columns(), "table.broken", "no JSONL: line 1 is no JSON (Expecting value)"),
        (
            "t.jsonl",
            Cleaner().clean(PAGE).to_json(indent=None).encode(),
            Columns(),
            "table.own_output",
            "holds documents that cleaner has written",
        ),
        ("t.parquet", b"PAR1 no PAR1", Columns(), "table.broken", "no Parquet file"),
    ],
)
def test_a_table_that_cannot_be_read_is_one_failure(
    path: str, data: bytes, columns: Columns, code: str, reason: str
) -> None:
    if path.endswith("parquet"):
        pytest.importorskip("pyarrow")
    (record,) = read(path, data, columns)
    assert record.failure is not None and record.failure.code == code
    assert str(record.failure).startswith(reason) and (record.name, record.id) == (path, path)


def test_cleaners_own_rows_are_cleaned_where_a_column_is_named() -> None:
    own = json.dumps({**Cleaner().clean(PAGE).to_dict(), "markdown": "# A"})
    (record,) = read("t.jsonl", own.encode(), Columns(text="markdown"))
    assert (record.data, record.failure) == ("# A", None)


def test_a_table_without_rows_has_no_records() -> None:
    assert read("t.jsonl", b"") == read("t.csv", b"") == read("t.csv", b"html,url\n") == []


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("t.csv", 'id,html,url\r\n7,"<p>One, ""two""\nthree",https://example.com/a\r\n\r\n8,<p>b,\r\n'),
        ("t.csv", '\ufeffid;html;url\n7;"<p>One, ""two""\nthree";https://example.com/a\n8;<p>b\n'),
        ("t.tsv", 'id\thtml\turl\n7\t"<p>One, ""two""\nthree"\thttps://example.com/a\n8\t<p>b\t\n'),
    ],
)
def test_separated_values(path: str, data: str) -> None:
    first, second = read(path, data.encode())
    assert (first.name, first.data) == (f"{path}/000001-7", '<p>One, "two"\nthree')
    assert (first.id, first.url, second.id, second.data, second.url) == (
        "7",
        "https://example.com/a",
        "8",
        "<p>b",
        None,
    )


def test_values_may_be_long_and_missing() -> None:
    long = "x" * 200_000
    records = read("t.csv", f'text,n\n"{long}",1\n,2\n"never closed'.encode())
    assert [record.data for record in records] == [long, None, "never closed"]
    assert failures(records)[1] == ("t.csv#2", "unreadable", "null", "no page: null in 'text'")


def table(rows: dict[str, list[Any]], tmp_path: Path, **options: Any) -> Path:
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    path = tmp_path / "t.parquet"
    parquet.write_table(pa.table(rows), path, **options)
    return path


def test_parquet(tmp_path: Path) -> None:
    path = table(
        {
            "raw": [b"<p>\xe4", None, b"<p>c"],
            "text": ["a", "b", "c"],
            "link": ["https://example.com/a", None, "x"],
            "id": [1, 2, None],
            "meta": [{"lang": "en", "other": "o" * 10}, None, {"lang": None, "other": None}],
            "score": [0.5, None, 1.0],
            "copy": ["y" * 2000, "y" * 3000, "z" * 4000],
        },
        tmp_path,
    )
    records = list(expand([Record("t.parquet", path=str(path))], Columns("raw", "text", language="meta.lang")))
    assert [(r.name, r.data, r.media_type, r.url, r.id, r.language) for r in records] == [
        ("t.parquet/000001-1", b"<p>\xe4", "text/html", "https://example.com/a", "1", "en"),
        ("t.parquet/000002-2", "b", "text/plain", None, "2", None),
        ("t.parquet/000003", b"<p>c", "text/html", "x", "t.parquet#3", None),
    ]
    assert [record.metadata for record in records] == [{"score": 0.5}, {}, {"score": 1.0}]


def test_pages_of_parquet_in_no_utf_8_are_failures(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    bad = pa.array([b"good", b"\xff\xfe", b"good"]).view(pa.string())
    path = table({"text": bad}, tmp_path)
    records = list(expand([Record("t.parquet", path=str(path))]))
    assert [record.failure and record.failure.code for record in records] == [None, "row.not_text", None]


def test_a_parquet_file_that_is_cut_short_gives_what_it_has(tmp_path: Path) -> None:
    path = table({"html": ["".join(map(chr, range(n, n + 900))) for n in range(1000)]}, tmp_path, row_group_size=100)
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 50_000] = bytes(50_000)
    records = read("t.parquet", bytes(data))
    assert len(records) < 1000 and records[-1].failure is not None and records[0].failure is None


def test_only_tables_are_opened(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(jsonl({"html": "1"}, {"html": "2"}))
    (tmp_path / "b.txt").write_bytes(jsonl({"html": "1"}))
    told: list[str] = []
    records = expand(
        [
            Record("b.txt", path=str(tmp_path / "b.txt")),
            Record("a.jsonl", path=str(tmp_path / "a.jsonl")),
            Record("x/a.jsonl", path=str(tmp_path / "a.jsonl")),
            Record("c.jsonl", path=str(tmp_path / "c.jsonl")),
            Record("d.jsonl", data="text"),
        ],
        tell=told.append,
    )
    assert [(record.name, record.data) for record in records] == [
        ("b.txt", None),
        ("a.jsonl/000001", "1"),
        ("a.jsonl/000002", "2"),
        ("x/a.jsonl/000001", "1"),
        ("x/a.jsonl/000002", "2"),
        ("c.jsonl", None),
        ("d.jsonl", "text"),
    ]
    assert len(told) == 1


class Endless(io.RawIOBase):
    """A table that has no end, for which memory must not grow."""

    def __init__(self, head: bytes, line: bytes) -> None:
        self.head, self.line = head, line

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        given, self.head = (self.head or self.line)[: len(buffer)], b""
        buffer[: len(given)] = given
        return len(given)


@pytest.mark.parametrize(
    ("path", "head", "line"),
    [
        ("t.jsonl", b"", jsonl({"html": "x" * 1000})),
        ("t.csv", b"html,id\n", b'"' + b"x" * 1000 + b'",7\n'),
    ],
)
def test_memory_does_not_grow_with_the_rows(path: str, head: bytes, line: bytes) -> None:
    records: Iterator[Record] = table_records(path, io.BufferedReader(Endless(head, line)))
    for _ in islice(records, 1000):
        pass
    tracemalloc.start()
    try:
        for record in islice(records, 20_000):
            assert record.data == "x" * 1000
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


def test_a_line_of_separated_values_without_an_end_is_not_held() -> None:
    data = b"html,n\n" + b"x" * 10_000_000 + b"\r\n<p>a,1\n" + b'"' + b"y" * 10_000_000
    tracemalloc.start()
    try:
        records = read("t.csv", data, max_size=1000)
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()
    assert [record.failure and record.failure.code for record in records] == ["row.not_csv", None, "row.not_csv"]


def test_a_line_without_an_end_is_not_held() -> None:
    records = table_records("t.jsonl", io.BytesIO(b"x" * 10_000_000 + b"\n" + jsonl({"html": "a"})), max_size=1000)
    tracemalloc.start()
    try:
        first, second = records
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()
    assert first.failure is not None and first.failure.kind == "limit" and second.data == "a"
