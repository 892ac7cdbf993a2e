"""Rows for the engines: good ones, and one of each kind of bad ones."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet
from click.testing import CliRunner

from cleaner.cli.commands import cli

SLOW = "".join(
    f"<p>The <b>boat</b> <a href='/{number}'>{number}</a> comes in on the tide.</p>" for number in range(350_000)
)
"""A page that takes several times as long as the time-out of the tests."""
LARGE = "<p>" + "x" * 26_500_000
OPTIONS: dict[str, Any] = {"timeout": 5.0, "max_size": 26_000_000}
FIELDS = ("id", "url", "title", "text", "markdown", "blocks", "warning_codes")
BAD = {
    "null": (None, "unreadable", "null"),
    "binary": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< >>\nendobj\n", "not_a_page", "not_a_page.pdf"),
    "large": (LARGE, "limit", "limit"),
    "slow": (SLOW, "timeout", "timeout"),
}
"""Pages that have no document, with the kind and the code of the failure."""


def page(number: int) -> bytes:
    """A page with a menu, a heading and prose."""
    items = "".join(f"<li><a href='/{place}'>Place {place}</a></li>" for place in range(number % 7))
    prose = f"<p>The boat number {number} comes in on the tide and waits at the quay for the next one.</p>" * 3
    body = f"<nav><ul>{items}</ul></nav><article><h1>Boat {number}</h1>{prose}</article>"
    return f"<html lang='en'><title>Boat {number}</title><body>{body}</body></html>".encode()


def rows(count: int, bad: tuple[str, ...] = ()) -> pa.Table:
    """A table with pages; the bad ones stand among the good ones, and have the id that `BAD` has for them."""
    pages: list[tuple[str, Any]] = [(f"boat-{number:04}", page(number)) for number in range(count)]
    for place, name in enumerate(bad, 1):
        given = BAD[name][0]
        pages.insert(place * count // (len(bad) + 1), (name, given.encode() if isinstance(given, str) else given))
    return pa.table(
        {
            "html": pa.array([data for _, data in pages], pa.binary()),
            "doc_id": [name for name, _ in pages],
            "url": [f"https://example.com/{name}" for name, _ in pages],
            "day": pa.array(range(len(pages)), pa.int64()),
        }
    )


def by_id(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows sorted by id."""
    return sorted(found, key=lambda row: row["id"])


def command_line_gives_the_same(engine: str, folder: Path) -> None:
    """Checks that `cleaner clean` makes the same files with an engine, and goes on where it was stopped."""
    pyarrow.parquet.write_table(rows(150, ("null", "binary", "large")), folder / "in.parquet")
    (folder / "a.html").write_bytes(page(7))
    options = ["--timeout", str(OPTIONS["timeout"]), "--max-size", str(OPTIONS["max_size"]), "--shard-size", "40"]

    def run(name: str, *more: str, out: str) -> dict[str, bytes]:
        inputs = [str(folder / given) for given in ("in.parquet", "a.html", "missing.html")]
        command = ["clean", *inputs, "-f", "parquet", "-o", str(folder / out), *options, "--engine", name, *more]
        result = CliRunner().invoke(cli, command)
        assert result.exit_code == 1, result.output
        assert "151 written" in result.stderr or "already current" in result.stderr
        return {path.name: path.read_bytes() for path in (folder / out).iterdir()}

    expected = run("local", out="local")
    assert sorted(expected) == [
        "failures.jsonl",
        "manifest.jsonl",
        *(f"part-0000{number}.parquet" for number in range(4)),
    ]
    assert run(engine, out="out") == expected
    (folder / "out" / "part-00001.parquet").write_bytes(b"")
    assert run(engine, "--resume", out="out") == expected
    shutil.rmtree(folder / "out")
