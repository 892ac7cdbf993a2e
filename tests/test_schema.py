"""The JSON Schema: it says of every field what it is, and every document keeps to it."""

from __future__ import annotations

import dataclasses
import json

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator
from strategies import documents
from strategies_html import pages

from cleaner import Cleaner
from cleaner.document import FORMAT_VERSION, Block, Cell, Container, Document, Removal, Span
from cleaner.explanation import ExplainedBlock
from cleaner.page.candidate import Cut, Decision
from cleaner.writers import to_json, to_jsonl
from cleaner.writers.explanation_schema import explanation_schema
from cleaner.writers.schema import SCHEMA, document_schema

VALIDATOR = Draft202012Validator(document_schema())
PARTS = {"block": Block, "cell": Cell, "container": Container, "removal": Removal, "span": Span}


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(document_schema())
    assert SCHEMA["properties"]["version"]["const"] == FORMAT_VERSION


@pytest.mark.parametrize("name", PARTS)
def test_every_field_is_there_and_nothing_else(name: str) -> None:
    fields = {field.name for field in dataclasses.fields(PARTS[name])}
    assert set(SCHEMA["$defs"][name]["properties"]) == fields


def test_every_field_of_a_document_is_there_with_the_version_and_the_codes() -> None:
    fields = {field.name for field in dataclasses.fields(Document)}
    assert set(SCHEMA["properties"]) == fields | {"version", "warning_codes", "id", "path"}


@pytest.mark.parametrize("name", ["", *PARTS])
def test_every_field_is_described_and_no_other_allowed(name: str) -> None:
    schema = SCHEMA["$defs"][name] if name else SCHEMA
    assert schema["additionalProperties"] is False
    assert all(field["description"].endswith(".") for field in schema["properties"].values())


@pytest.mark.parametrize("name", PARTS)
def test_what_has_no_default_is_required(name: str) -> None:
    fields = {field.name for field in dataclasses.fields(PARTS[name]) if field.default is dataclasses.MISSING}
    assert set(SCHEMA["$defs"][name]["required"]) == fields


@given(documents())
def test_every_document_keeps_to_it(document: Document) -> None:
    VALIDATOR.validate(json.loads(to_json(document)))
    VALIDATOR.validate(json.loads(to_jsonl(document, removed=False)))


@pytest.mark.parametrize(
    "wrong",
    [
        {"version": FORMAT_VERSION},
        {"version": FORMAT_VERSION + 1, "blocks": []},
        {"version": FORMAT_VERSION, "blocks": [], "titel": "A"},
        {"version": FORMAT_VERSION, "blocks": [{"text": "no kind"}]},
        {"version": FORMAT_VERSION, "blocks": [{"kind": "heading", "level": 7}]},
        {
            "version": FORMAT_VERSION,
            "blocks": [{"kind": "paragraph", "spans": [{"start": 0, "end": 1, "kind": "blink"}]}],
        },
    ],
)
def test_what_is_no_document_fails(wrong: dict[str, object]) -> None:
    assert not VALIDATOR.is_valid(wrong)


def test_a_copy_is_the_callers_own() -> None:
    document_schema()["properties"].clear()
    assert document_schema()["properties"]


EXPLANATION = Draft202012Validator(explanation_schema())
EXPLAINED = {"explained_block": ExplainedBlock, "decision": Decision, "cut": Cut}


def test_that_of_explanations_is_a_schema() -> None:
    Draft202012Validator.check_schema(explanation_schema())


@pytest.mark.parametrize("name", EXPLAINED)
def test_every_field_of_an_explanation_is_there_and_described(name: str) -> None:
    part = explanation_schema()["$defs"][name]
    assert set(part["properties"]) == set(part["required"]) == {f.name for f in dataclasses.fields(EXPLAINED[name])}
    assert all(field["description"].endswith(".") for field in part["properties"].values())
    assert part["additionalProperties"] is False


@settings(max_examples=20, deadline=None)
@given(pages())
def test_every_explanation_keeps_to_it(html: str) -> None:
    told = Cleaner().explain(html)
    for document in (True, False):
        given = json.loads(json.dumps(told.to_dict(document=document)))
        EXPLANATION.validate(given)
        assert ("document" in given) == document


@pytest.mark.parametrize("text", ["", "One line.", "# Oars\n\nAsh is best.\n", "x" * 3000])
def test_explanations_of_texts_keep_to_it(text: str) -> None:
    EXPLANATION.validate(json.loads(json.dumps(Cleaner().explain(text).to_dict())))
