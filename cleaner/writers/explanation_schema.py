"""The JSON Schema of what `cleaner explain --json` prints: `Explanation.to_dict`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from cleaner.document import BlockKind
from cleaner.page.candidate import Action
from cleaner.writers.schema import SCHEMA
from cleaner.writers.schema_parts import Schema, choice, count, flag, list_of, object_of, ref, text, texts_by_name

_FEATURE = {
    "type": "array",
    "prefixItems": [text("Name of the feature."), {"type": "number", "description": "Its value."}],
    "minItems": 2,
    "maxItems": 2,
}


def _or_null(schema: Schema) -> Schema:
    """The same, or null."""
    if "enum" in schema:
        return schema | {"enum": [*schema["enum"], None]}
    return schema | {"type": [schema["type"], "null"]}


def _score(description: str) -> Schema:
    return {"type": ["number", "null"], "minimum": 0, "maximum": 1, "description": description}


_DECISION = object_of(
    "A decision of a stage or a rule about a block.",
    {
        "action": choice(get_args(Action), "What was decided."),
        "by": text("Id of the rule, or name of the stage."),
        "source": _or_null(text('File and line of the rule: "generic/ads.yaml:12"; null for a stage.')),
        "score": _score("The score that it is from; null where it is from none."),
        "detail": _or_null(text("What else is known of it: the rules that it won over, the text that it matched.")),
    },
    ("action", "by", "source", "score", "detail"),
)

_CUT = object_of(
    "A stretch that was cut out of the text or replaced.",
    {
        "text": text("What was cut."),
        "by": text("Id of the rule."),
        "source": _or_null(text("File and line of the rule.")),
        "replacement": _or_null(text("What stands in its place.")),
    },
    ("text", "by", "source", "replacement"),
)

_BLOCK_FIELDS: Mapping[str, Schema] = {
    "index": count("Number of the block on the page, from 0."),
    "kind": choice(get_args(BlockKind), "What it is."),
    "level": _or_null(count("Headings: 1 for the highest to 6 for the lowest.", 1, 6)),
    "text": text("The text after cuts."),
    "kept": flag("Whether it is in the document."),
    "reason": _or_null(text("Id of the rule, or the stage, that decided; null if nothing decided.")),
    "source": _or_null(text("File and line of this rule.")),
    "score": _score("The content score; null where there is none."),
    "decisions": list_of(ref("decision"), "All decisions in order; the last keep or drop counts."),
    "cuts": list_of(ref("cut"), "What was taken out of its text."),
    "original": text("The text as it was read."),
    "against": list_of(_FEATURE, "The features that weighed most against it, if the score dropped it."),
    "src": _or_null(text("The address of an image.")),
    "element": _or_null(text('The element whose text it is: "p#lead.intro"; null for flattened text.')),
    "selector": _or_null(text("A CSS selector that fits this element and few others; null for flattened text.")),
    "fits": count("Blocks in the elements of the selector; without one, those that the rule's match fits."),
    "threshold": _score("The score that blocks of this page must exceed; null where the score did not choose."),
    "second_score": _score("The score of the second decision; null where there was none."),
    "second_threshold": _score("The second score that the block must exceed."),
    "change": _or_null(text("What would have to change for the decision to be the other one, for people.")),
    "rule": _or_null(text('The item of `rules:` in a rule file that changes it: `keep: {css: "p.intro"}`.')),
}

_EXPLANATION = object_of(
    "Every block of a page, in order, with how it came to be kept or dropped.",
    {
        "document": {
            "$ref": "#/$defs/document",
            "description": "The document; with --document.",
        },
        "metadata": texts_by_name("The fields of the document's metadata, by name."),
        "sources": {
            "type": "object",
            "description": "For each field of the metadata the places that it is from, what weighs most first.",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
        "warnings": list_of({"type": "string"}, "What could not be done, in sentences for people."),
        "warning_codes": list_of({"type": "string"}, "The code of each warning, for programs."),
        "blocks": list_of(ref("explained_block"), "The blocks; with --only and --grep those that were asked for."),
    },
    ("metadata", "sources", "warnings", "warning_codes", "blocks"),
)


def explanation_schema() -> dict[str, Any]:
    """JSON Schema, draft 2020-12, of what `Explanation.to_dict` gives, as a dictionary of the caller's own."""
    import copy

    document = {key: value for key, value in SCHEMA.items() if key not in ("$schema", "$defs")}
    block = object_of("A block of the page, kept or not.", dict(_BLOCK_FIELDS), tuple(_BLOCK_FIELDS))
    parts = {"explained_block": block, "decision": _DECISION, "cut": _CUT, "document": document, **SCHEMA["$defs"]}
    return copy.deepcopy({"$schema": SCHEMA["$schema"], "title": "Explanation", **_EXPLANATION, "$defs": parts})
