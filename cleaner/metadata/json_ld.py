"""JSON-LD scripts to a flat list of objects."""

from __future__ import annotations

import json
import re
from typing import Any

MAX_SOURCE = 1_000_000
"""Characters of a script that is read; a longer one is data, not a description of the page."""
MAX_OBJECTS = 5_000

Thing = dict[str, Any]

_OPENERS = ("<!--", "//<![CDATA[", "// <![CDATA[", "/*<![CDATA[*/", "<![CDATA[")
_CLOSERS = (";", "-->", "//]]>", "// ]]>", "/*]]>*/", "]]>", ";")
_TRAILING_COMMA = re.compile(r",(\s*[\]}])")


def things(sources: list[str]) -> list[Thing]:
    """The objects of the scripts, each before those inside it, in the order of the page.

    What is no JSON is left out.
    """
    found: list[Thing] = []
    for source in sources:
        _gather(_loaded(source), found)
    return found


def types(thing: Thing) -> list[str]:
    """Names of its types, without the vocabulary's address: ["NewsArticle"]."""
    given = thing.get("@type")
    names = given if isinstance(given, list) else [given]
    return [name.rpartition("/")[2].rpartition(":")[2] for name in names if isinstance(name, str)]


def strings(value: Any) -> list[str]:
    """The texts of a value that is one, a list of them, or a `{"@value": ...}`."""
    if isinstance(value, dict):
        value = value.get("@value")
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, str) and item.strip()]


def _loaded(source: str) -> Any:
    if len(source) > MAX_SOURCE:
        return None
    try:
        return json.loads(source, strict=False)
    except (ValueError, RecursionError):
        pass
    repaired = _TRAILING_COMMA.sub(r"\1", _unwrapped(source))
    try:
        return json.loads(repaired, strict=False)
    except (ValueError, RecursionError):
        return None


def _unwrapped(source: str) -> str:
    """`source` without what hides a script from browsers of old."""
    text = source.strip()
    for opener in _OPENERS:
        text = text.removeprefix(opener).lstrip()
    for closer in _CLOSERS:
        text = text.removesuffix(closer).rstrip()
    return text


def _gather(data: Any, found: list[Thing]) -> None:
    waiting = [data]
    while waiting and len(found) < MAX_OBJECTS:
        value = waiting.pop()
        if isinstance(value, dict):
            found.append(value)
            waiting.extend(reversed([inner for inner in value.values() if isinstance(inner, dict | list)]))
        elif isinstance(value, list):
            waiting.extend(reversed(value))
