"""`cleaner.writers.rows`: what an output says of a page and its record."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from cleaner.document import Block, Document, PageWarning, Removal
from cleaner.readers import Record
from cleaner.repeats import page_keys
from cleaner.writers import write
from cleaner.writers.rows import FIELDS, TABLE_FIELDS, check_fields, json_value
from cleaner.writers.schema import document_schema

DOCUMENT = Document(
    title="Tides",
    url="https://example.com/tides",
    blocks=(Block("heading", "Tides", 1, "title"), Block("paragraph", "The harbour is dry until noon.")),
    removed=(Removal("Advertisement", "ads.label"),),
    warnings=(PageWarning("encoding.broken", "some bytes are broken"),),
)
RECORD = Record("crawl/a.html", path="crawl/a.warc", url="https://example.org/a", id="urn:1", metadata={"status": 200})


def row(document: Document = DOCUMENT, record: Record | None = RECORD, **options: Any) -> dict[str, Any]:
    given = write(document, "jsonl", record=record, **options)
    loaded: dict[str, Any] = json.loads(given)
    assert json.loads(write(document, "json", record=record, **options)) == loaded
    return loaded


def test_id_and_path_stand_before_the_fields_of_the_document() -> None:
    given = row()
    assert list(given)[:4] == ["version", "id", "path", "title"]
    assert (given["id"], given["path"], given["url"]) == ("urn:1", "crawl/a.warc", "https://example.com/tides")
    assert Document.from_dict(given) == DOCUMENT
    Draft202012Validator(document_schema()).validate(given)


def test_without_a_file_there_is_no_path_and_without_a_record_no_id() -> None:
    assert list(row(record=Record("a", data="")))[:3] == ["version", "id", "title"]
    assert row(record=None) == DOCUMENT.to_dict()


def test_the_address_of_the_source_is_not_lost_where_the_page_has_none() -> None:
    given = row(Document(licence="CC0", confidence=0.5))
    assert given["url"] == "https://example.org/a"
    assert list(given)[:5] == ["version", "id", "path", "licence", "url"]
    assert "url: https://example.org/a\n" in write(Document(title="A"), "md", record=RECORD)


def test_front_matter_has_the_id_that_the_name_does_not_tell() -> None:
    assert write(DOCUMENT, "md", record=RECORD).startswith("---\nid: urn:1\ntitle: Tides\n")
    assert "id:" not in write(DOCUMENT, "md", record=Record("a.html", path="in/a.html"))
    assert "urn:1" not in write(DOCUMENT, "md", record=RECORD, front_matter=False)


def test_a_path_that_is_no_utf8_is_written_as_json_writes_it() -> None:
    given = write(DOCUMENT, "jsonl", record=Record("a", path="in/\udcff.html"))
    assert json.loads(given.encode())["path"] == "in/\udcff.html"


def test_a_row_has_exactly_the_fields_that_are_asked_for_in_their_order() -> None:
    assert row(fields=("title", "id", "author", "warning_codes", "metadata", "blocks", "text")) == {
        "title": "Tides",
        "id": "urn:1",
        "author": None,
        "warning_codes": ["encoding.broken"],
        "metadata": {"status": 200},
        "blocks": DOCUMENT.to_dict()["blocks"],
        "text": "The harbour is dry until noon.",
    }
    assert list(row(fields=tuple(reversed(FIELDS)))) == list(reversed(FIELDS))
    assert row(fields=("markdown", "removed")) == {
        "markdown": "# Tides\n\nThe harbour is dry until noon.\n",
        "removed": [{"text": "Advertisement", "reason": "ads.label"}],
    }


def test_fields_of_a_document_without_a_record_are_null() -> None:
    assert row(record=None, fields=("id", "path", "url", "metadata")) == {
        "id": None, "path": None, "url": "https://example.com/tides", "metadata": {}
    }  # fmt: skip


def test_tables_leave_out_what_was_removed() -> None:
    assert "removed" not in TABLE_FIELDS and TABLE_FIELDS[:3] == ("id", "path", "url")


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (["id", "titel"], "unknown field 'titel'; did you mean 'title'?"),
        (["id", "xyz"], "unknown field 'xyz'; there are id, path, url"),
        (["id", "id"], "the field 'id' comes twice"),
        ([], "no field is named"),
    ],
)
def test_fields_that_cannot_be_meant(names: list[str], message: str) -> None:
    with pytest.raises(ValueError) as error:
        check_fields(names)
    assert str(error.value).startswith(message)


def test_chunks_are_objects_that_name_the_page() -> None:
    (chunk,) = row(fields=("chunks",))["chunks"]
    assert chunk["text"].splitlines() == ["Tides", "", "The harbour is dry until noon."]
    assert (chunk["id"], chunk["title"], chunk["headings"]) == ("urn:1", "Tides", [])
    assert (chunk["first_block"], chunk["last_block"]) == (0, 1)
    assert "chunks" not in TABLE_FIELDS


def test_keys_are_numbers_by_which_repeats_are_counted() -> None:
    found = row(fields=("page_keys",))["page_keys"]
    assert list(found) == page_keys(DOCUMENT) and "page_keys" not in TABLE_FIELDS


def test_metadata_of_any_kind_becomes_json() -> None:
    value = {1: date(2024, 3, 18), "nan": float("nan"), "raw": b"\xff", "list": (1, None, True), "deep": {"a": 1.5}}
    assert json_value(value) == {
        "1": "2024-03-18", "nan": None, "raw": "�", "list": [1, None, True], "deep": {"a": 1.5}
    }  # fmt: skip
