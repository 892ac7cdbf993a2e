"""The JSON Schema of rule files, for editors: made from the table of keys.

A schema knows keys, types and which of them go together. Only the check knows whether a pattern or selector can be
read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import get_args

from cleaner.rules import keys
from cleaner.rules.keys import Key, Schema, reference
from cleaner.rules.matches import ALIASES, KINDS, SELECTOR_VERBS, keys_of
from cleaner.rules.types import MetadataField

NAME = "schema.json"
"""Of the file beside the shipped rules."""
_ANY_TEXT = {"type": ["string", "number", "boolean", "null"]}
_HOST = r"^(?!\*\.)[^\s/:?#@]+$"
_LANGUAGE = "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$"


def rule_file_schema() -> Schema:
    """The schema, in the draft of 2020-12."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Rule file of cleaner",
        "description": "Rules that keep, drop or change parts of pages. docs/rules.md describes them.",
    } | {**_object(keys.FILE), "$defs": _definitions()}


def _definitions() -> Schema:
    matches = {f"{verb}_match": _match(verb) for verb in keys.VERBS}
    return {
        "rule": _rule(),
        **matches,
        "metadata": _metadata(),
        "metadata_place": _object(keys.PLACE) | {"anyOf": [{"required": ["css"]}, {"required": ["xpath"]}]},
        "metadata_places": _one_or_many(reference("metadata_place"), least=0),
        "test": _test(),
        "when": _closed({"path": _one_or_many({"type": "string", "pattern": r"^[/*][^\s?#]*$"})}, ("path",)),
        "limits": _closed(
            {"max_drop_ratio": {"type": "number", "minimum": 0, "exclusiveMinimum": 0, "maximum": 1}},
            ("max_drop_ratio",),
        ),
        "links": _closed(
            {"strip_parameters": _one_or_many({"type": "string", "pattern": r"^[^\s?#&=]+$"})}, ("strip_parameters",)
        ),
        "replacement": {"anyOf": [_ANY_TEXT, _closed({"attr": keys.PLACE["attr"].schema}, ("attr",))]},
        "place": {"anyOf": [{"enum": ["first", "last", ["first"], ["last"]]}, _counted_place()]},
        "kinds": _one_or_many({"enum": list(KINDS)}),
        "sites": _one_or_many({"type": "string", "pattern": _HOST}),
        "languages": _one_or_many(reference("language")),
        "language": {"type": "string", "pattern": _LANGUAGE},
        "patterns": _one_or_many(reference("text")),
        "selectors": _one_or_many(reference("text")),
        "texts": _one_or_many(reference("text")),
        "headings": _one_or_many(reference("text"), least=0),
        "text": _ANY_TEXT | {"pattern": r"\S"},
        "any_text": _ANY_TEXT,
    }


def _object(table: Mapping[str, Key], names: Iterable[str] | None = None) -> Schema:
    """A mapping that has these keys and no others."""
    known = list(table if names is None else names)
    return _closed({name: _described(table[name]) for name in known}) | _dependencies(table, known)


def _closed(properties: Schema, required: tuple[str, ...] = ()) -> Schema:
    needed = {"required": list(required)} if required else {}
    return {"type": "object", "properties": properties, **needed, "additionalProperties": False}


def _described(key: Key) -> Schema:
    return {"description": key.description, **key.schema}


def _dependencies(table: Mapping[str, Key], names: Iterable[str]) -> Schema:
    found = {name: [needed] for name in names if (needed := table[name].needs) is not None}
    return {"dependentRequired": found} if found else {}


def _one_or_many(item: Schema, least: int = 1) -> Schema:
    return {"anyOf": [item, {"type": "array", "items": item, "minItems": least}]}


def _rule() -> Schema:
    verbs = {verb: {"description": told, **_value(verb)} for verb, told in keys.VERBS.items()}
    rule = _object(keys.RULE)
    return rule | {"properties": verbs | rule["properties"], "oneOf": [{"required": [verb]} for verb in keys.VERBS]}


def _value(verb: str) -> Schema:
    """A text, a match, or a list of these; where a verb takes no text, only matches."""
    match = reference(f"{verb}_match")
    item = match if verb in (*SELECTOR_VERBS, "split") else {"anyOf": [reference("text"), match]}
    return _one_or_many(item)


def _match(verb: str) -> Schema:
    known = keys_of(verb)
    match = _object(keys.MATCH, [name for name in known if name in keys.MATCH])
    for former, name in ALIASES.items():
        if former in known:
            told = f"the former name of `{name}`."
            match["properties"][former] = {"description": told, **keys.MATCH[name].schema, "deprecated": True}
    if "level" in known:
        match["properties"]["level"] = _described(keys.RULE["level"])
    if verb == "split":
        match["anyOf"] = [{"required": [name]} for name in ("css", "xpath", "regex")]
    return match | {"minProperties": 1}


def _metadata() -> Schema:
    places = reference("metadata_places")
    own = {"type": "object", "propertyNames": {"pattern": "^[a-z][a-z0-9_]{0,63}$"}, "additionalProperties": places}
    return _closed({**dict.fromkeys(get_args(MetadataField), places), "fields": own})


def _test() -> Schema:
    one = [{"required": [name]} for name in ("text", "html", "markdown", "page")]
    said = [{"required": [name]} for name in keys.EXPECTED]
    return _object(keys.TEST) | {"required": ["name"], "oneOf": one, "anyOf": said}


def _counted_place() -> Schema:
    count = {"type": "integer", "minimum": 1}
    return _closed({"first": count, "last": count}) | {"minProperties": 1, "maxProperties": 1}
