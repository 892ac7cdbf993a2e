"""`cleaner.integrations.arrow`: batches of rows in, the same rows with documents or failures out."""

from __future__ import annotations

import dataclasses
import os
import pickle
import re
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

pa = pytest.importorskip("pyarrow", reason="needs the extra 'arrow'")

from batch_cases import BAD, FIELDS, OPTIONS, page, rows  # noqa: E402
from programs import check_programs  # noqa: E402

from cleaner import Cleaner, load_rules  # noqa: E402
from cleaner.integrations.arrow import BatchCleaner, clean_batch, schema  # noqa: E402
from cleaner.integrations.kept import Kept, kept  # noqa: E402
from cleaner.readers import Columns  # noqa: E402
from cleaner.writers.rows import FIELDS as ALL_FIELDS  # noqa: E402

ROOT = Path(__file__).parent.parent.parent
HERE: dict[str, Any] = {"workers": 0, "timeout": None}


def cleaned(table: dict[str, Any], **options: Any) -> list[dict[str, Any]]:
    options = {"fields": ("id", "text"), **HERE, **options}
    return clean_batch(pa.table(table), **options).to_pylist()


def texts(table: dict[str, Any], **options: Any) -> list[str | None]:
    return [row["text"] for row in cleaned(table, **options)]


def test_a_row_has_the_document_that_the_cleaner_gives() -> None:
    (row,) = clean_batch(rows(1), **HERE).to_pylist()
    document = Cleaner().clean(page(0), url="https://example.com/boat-0000")
    assert (row["id"], row["url"], row["title"]) == ("boat-0000", document.url, "Boat 0")
    assert (row["text"], row["markdown"]) == (document.text, document.to_markdown(front_matter=False))
    assert [block["text"] for block in row["blocks"]] == [block.text for block in document.blocks]
    assert row["error"] is None


def test_what_comes_out_is_of_the_kind_that_went_in_and_of_the_schema() -> None:
    table = rows(3)
    names = [name for name in ALL_FIELDS if name != "path"]
    for given in (table, table.combine_chunks().to_batches()[0], table.slice(0, 0), table.to_batches()[0].slice(0, 0)):
        found = clean_batch(given, fields=names, **HERE)
        assert type(found) is type(given)
        assert found.schema == schema(names)
        assert found.num_rows == given.num_rows
        found.validate(full=True)


@pytest.mark.parametrize("workers", [1, 2])
def test_each_bad_record_is_one_row_with_its_failure(workers: int) -> None:
    table = rows(96, tuple(BAD))
    found = clean_batch(table, fields=FIELDS, workers=workers, **OPTIONS).to_pylist()
    assert [row["id"] for row in found] == table["doc_id"].to_pylist()
    failed = {row["id"]: row for row in found if row["error"] is not None}
    assert {name: (row["error"]["kind"], row["error"]["code"]) for name, row in failed.items()} == {
        name: (kind, code) for name, (_, kind, code) in BAD.items()
    }
    for name, row in failed.items():
        told = {name for name in FIELDS if row[name] is not None}
        assert told == {"id", "url", "warning_codes"}
        assert (row["url"], row["warning_codes"]) == (f"https://example.com/{name}", [row["error"]["code"]])
    good = [row for row in found if row["error"] is None]
    assert [row["title"] for row in good] == [f"Boat {number}" for number in range(96)]


def test_a_page_of_60_megabytes_is_refused() -> None:
    (row,) = cleaned({"html": ["x" * 60_000_000]})
    assert row["error"]["kind"] == "limit"


def test_a_text_that_is_no_utf8_is_one_failure() -> None:
    broken = pa.array([b"<p>A lamp.</p>", b"\xff\xfe\xff", b"<p>A quay.</p>"], pa.binary()).view(pa.string())
    found = cleaned({"html": broken, "id": ["a", "b", "c"]})
    assert [row["text"] for row in found] == ["A lamp.", None, "A quay."]
    assert (found[1]["id"], found[1]["error"]["code"]) == ("b", "row.not_text")


@pytest.mark.parametrize(
    "kind",
    [pa.string(), pa.large_string(), pa.binary(), pa.large_binary(), pa.dictionary(pa.int32(), pa.string())],
    ids=str,
)
def test_pages_of_each_type_of_arrow(kind: Any) -> None:
    given = pa.array(["<p>A lamp.</p>", None], pa.string()).cast(kind)
    assert texts({"html": given}) == ["A lamp.", None]


@pytest.mark.parametrize(
    ("columns", "options", "expected"),
    [
        ({"text": ["A lamp."]}, {}, "A lamp."),
        ({"html": [None], "text": ["A lamp."]}, {}, "A lamp."),
        ({"raw": ["<p>A lamp.</p>"]}, {"columns": Columns(html="raw")}, "A lamp."),
        ({"page": [{"raw": "<p>A lamp.</p>"}]}, {"columns": Columns(html="page.raw")}, "A lamp."),
        ({"html": ["1 < 2 <b>"]}, {"media_type": "text/plain"}, "1 < 2 <b>"),
        ({"html": ["<p>“A” lamp.</p>"]}, {"ascii_punctuation": True}, '"A" lamp.'),
    ],
)
def test_columns_and_options(columns: dict[str, Any], options: dict[str, Any], expected: str) -> None:
    assert texts(columns, extractor="none", **options) == [expected]


def test_rules_and_languages() -> None:
    page = "<p>A lamp.</p><p>Advertisement</p>"
    columns = {"html": [page], "lang": ["de"]}
    fields = ("text", "language")
    (row,) = cleaned(columns, extractor="none", fields=fields)
    assert (row["text"], row["language"]) == ("A lamp.", "de")
    rules = load_rules().without(["ads.label"])
    assert texts(columns, extractor="none", rules=rules) == ["A lamp.\n\nAdvertisement"]


def test_ids_are_those_of_the_rows_and_never_their_numbers() -> None:
    pages = ["<p>A lamp.</p>"] * 2
    assert [row["id"] for row in cleaned({"html": pages, "id": [7, None]})] == ["7", None]
    assert [row["id"] for row in cleaned({"html": pages})] == [None, None]
    (row, _) = cleaned({"html": pages}, fields=("chunks",))
    assert row["chunks"][0]["id"] is None


def test_columns_to_keep_come_over_with_failures_too() -> None:
    table = pa.concat_tables([rows(70, ("null",)), rows(3)])  # in two chunks, and in more than one portion
    found = clean_batch(table, fields=("id",), keep=("day", "html"), **HERE)
    assert found.schema.names == ["id", "day", "html", "error"]
    assert found["day"].to_pylist() == table["day"].to_pylist()
    assert found["html"].to_pylist() == table["html"].to_pylist()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"fields": ("text", "texts")}, "unknown field 'texts'"),
        ({"fields": ("id", "path")}, "no files"),
        ({"keep": ("lamp",)}, "no column 'lamp' to keep; there are html, doc_id, url, day"),
        ({"keep": ("url",)}, "the name of a field: url"),
        ({"columns": Columns(html="raw")}, "no column 'raw' for html; there are html"),
        ({"columns": Columns(url="link")}, "no column 'link' for url"),
        ({"workers": 0, "timeout": 3}, "workers=0"),
        ({"workers": -1, "timeout": 3}, "workers"),
        ({"workers": 1, "timeout": 0}, "timeout"),
        ({"extractor": "some"}, "extractor"),
    ],
)
def test_options_that_cannot_be(options: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        clean_batch(rows(1), **{**HERE, **options})


def test_the_page_describes_every_option() -> None:
    text = (ROOT / "docs" / "integrations" / "arrow.md").read_text().split("\n## Options\n")[1].split("\n## ")[0]
    described = {name for line in re.findall(r"^- (`[^:\n]+):", text, re.M) for name in re.findall(r"`(\w+)`", line)}
    assert described == {field.name for field in dataclasses.fields(BatchCleaner)}


def test_a_missing_package_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ImportError, match=r"cleaner\[arrow\]"):
        BatchCleaner()


@pytest.mark.parametrize("columns", [{"day": [1]}, {"blocks": [[{"kind": "paragraph"}]], "text": ["A lamp."]}])
def test_a_batch_without_pages_raises(columns: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"Columns\(html=\.\.\.\)"):
        cleaned(columns)


def test_a_cleaner_travels_and_shares_its_workers() -> None:
    one = BatchCleaner(fields=("id",), rules=load_rules().without(["ads.label"]), keep=("day",))
    other: BatchCleaner = pickle.loads(pickle.dumps(one))
    assert other(rows(2)).equals(one(rows(2)))
    assert other._key == one._key == BatchCleaner(fields=("id",), rules=one.rules)._key
    assert one._key != BatchCleaner(fields=("id",))._key


def test_workers_stay_between_batches() -> None:
    one = BatchCleaner(fields=("id",), **OPTIONS)
    one(rows(1))

    def never() -> Kept:
        raise AssertionError("there is one")

    before = kept(one._key, never)._opened()
    one(rows(2, ("slow",)))
    assert kept(one._key, never)._opened() is before


def test_threads_take_turns() -> None:
    one = BatchCleaner(fields=("id",), **HERE)
    found: list[list[str]] = []
    threads = [threading.Thread(target=lambda: found.append(one(rows(70))["id"].to_pylist())) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [rows(70)["doc_id"].to_pylist()] * 3


PLAIN_SCRIPT = """
import os, pyarrow as pa
from cleaner.integrations.arrow import clean_batch
print(clean_batch(pa.table({"html": ["<p>A lamp.</p>"]}), fields=("text",))["text"].to_pylist())
if hasattr(os, "fork"):
    child = os.fork()
    print(clean_batch(pa.table({"html": ["<p>A quay.</p>"]}), fields=("text",))["text"].to_pylist(), flush=True)
    if not child:
        os._exit(0)
    os.waitpid(child, 0)
"""


def test_a_script_needs_no_guard_and_may_fork(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(PLAIN_SCRIPT)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}
    run = subprocess.run([sys.executable, script], capture_output=True, text=True, env=environment, check=True)
    lines = run.stdout.splitlines()
    assert (lines.count("['A lamp.']"), lines.count("['A quay.']")) == (1 if len(lines) == 3 else 2, 2)


def test_the_programs_of_the_page_run(tmp_path: Path) -> None:
    check_programs("arrow", tmp_path)
