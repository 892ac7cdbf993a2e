"""`cleaner.readers.record`: reading a record's data, and why it cannot be read."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from cleaner.readers import ReadFailure, Record


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The current folder has a folder with one file."""
    (tmp_path / "crawl").mkdir()
    (tmp_path / "crawl/b.html").write_text("crawl/b.html")
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("record", "kind", "reason"),
    [
        (Record("a", path="missing"), "unreadable", "No such file or directory"),
        (Record("a", path="crawl"), "unreadable", "a folder that cannot be listed"),
        (Record("a", path="nul\0"), "unreadable", "no file has a NUL character in its name"),
        (Record("a", path="crawl/b.html"), "limit", "larger than 5 bytes"),
        (Record("crawl/b.html"), "unreadable", "no page: neither data nor a path"),
        (Record("a", data=b"123456"), "limit", "larger than 5 bytes"),
    ],
)
def test_reading_says_why_it_cannot(record: Record, kind: str, reason: str) -> None:
    with pytest.raises(ReadFailure) as failure:
        record.read(max_size=5)
    assert (failure.value.kind, str(failure.value)) == (kind, reason)


def test_reading_gives_the_data() -> None:
    assert Record("a", path="crawl/b.html").read(max_size=12) == b"crawl/b.html"
    assert Record("a", data="text").read(max_size=4) == "text"
    assert Record("a", data=b"").read() == b""


def test_a_record_without_an_id_has_its_name() -> None:
    assert (Record("a/b.html").id, Record("a/b.html", id="17").id) == ("a/b.html", "17")
    assert hash(Record("a", metadata={"tags": []})) == hash(Record("a", metadata={"tags": []}))


def test_a_record_may_have_failed_before_it_is_read() -> None:
    record = Record("a", path="crawl/b.html", failure=ReadFailure("unreadable", "is null", "null"))
    for one in (record, pickle.loads(pickle.dumps(record))):
        with pytest.raises(ReadFailure) as failure:
            one.read()
        assert (failure.value.kind, str(failure.value), failure.value.code) == ("unreadable", "is null", "null")
