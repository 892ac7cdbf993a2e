"""Callouts: which elements are notes, tips or warnings set apart from the text, and their labels."""

from __future__ import annotations

import re
from typing import Any

_BOXES = frozenset(["admonition", "theme-admonition", "admonitionblock", "markdown-alert", "callout", "notecard"])
_TYPES = frozenset(
    [
        "note",
        "tip",
        "hint",
        "info",
        "important",
        "warning",
        "caution",
        "danger",
        "error",
        "attention",
        "success",
        "question",
        "example",
        "seealso",
        "abstract",
        "todo",
        "bug",
    ]
)
_PREFIX = re.compile(r"(?:theme-admonition|markdown-alert|callout|admonition|alert)-+")
_TITLE = re.compile(
    r"(?:^|\s)(?:admonition-title|markdown-alert-title|callout-title|admonition-heading\S*|"
    r"admonitionHeading\S*)(?=\s|$)"
)
_MAX_TITLE_DISTANCE = 8
"""Number of elements at the start of a callout among which its title is searched."""


def callout_of(element: Any, attributes: dict[str, str]) -> tuple[str, Any] | None:
    """The type of a callout and the element of its title, if it has one; None where the element is no callout."""
    tokens = attributes.get("class", "").lower().split()
    if _BOXES.isdisjoint(tokens):
        return None
    names = [attributes.get("data-callout", "").lower(), *(_PREFIX.sub("", token) for token in tokens)]
    kind = next((name for name in names if name in _TYPES), None)
    title = None
    for place, inner in enumerate(element.iterdescendants()):
        if place >= _MAX_TITLE_DISTANCE:
            break
        if _TITLE.search(inner.get("class", "")):
            title = inner
            break
    return (kind or "note", title) if kind or title is not None else None


def label_of(kind: str, title: Any) -> str:
    """The label of a callout: its type, and its title if that differs from the type."""
    text = " ".join("".join(title.itertext()).split()) if title is not None else ""
    return kind if text.lower().strip(" :!") in ("", kind) else f"{kind} {text}"
