"""The parts that the JSON Schemas of the output are made of, each with its description."""

from __future__ import annotations

from typing import Any, TypeAlias

Schema: TypeAlias = dict[str, Any]


def text(description: str) -> Schema:
    """A string."""
    return {"type": "string", "description": description}


def flag(description: str) -> Schema:
    """A boolean."""
    return {"type": "boolean", "description": description}


def count(description: str, least: int = 0, most: int | None = None) -> Schema:
    """An integer from `least` to `most`."""
    limits = {"minimum": least} if most is None else {"minimum": least, "maximum": most}
    return {"type": "integer", **limits, "description": description}


def share(description: str) -> Schema:
    """A number."""
    return {"type": "number", "description": description}


def choice(values: tuple[str, ...], description: str) -> Schema:
    """One of some strings."""
    return {"enum": list(values), "description": description}


def list_of(items: Schema, description: str) -> Schema:
    """An array."""
    return {"type": "array", "items": items, "description": description}


def texts_by_name(description: str) -> Schema:
    """An object of strings."""
    return {"type": "object", "description": description, "additionalProperties": {"type": "string"}}


def ref(name: str) -> Schema:
    """A part of the schema by its name in `$defs`."""
    return {"$ref": f"#/$defs/{name}"}


def object_of(description: str, properties: Schema, required: tuple[str, ...] = ()) -> Schema:
    """An object that has no other keys."""
    return {
        "type": "object",
        "description": description,
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }
