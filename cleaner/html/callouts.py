"""Notes, tips and warnings that are set apart from the text: which elements they are, and what they are called."""

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
_TITLE_WITHIN = 8
"""Elements at a box's beginning among which its title is looked for."""


def callout_of(element: Any, attributes: dict[str, str]) -> tuple[str, Any] | None:
    """The type of the callout that an element is, and the element of its title if it has one; None if it is none."""
    tokens = attributes.get("class", "").lower().split()
    if _BOXES.isdisjoint(tokens):
        return None
    names = [attributes.get("data-callout", "").lower(), *(_PREFIX.sub("", token) for token in tokens)]
    kind = next((name for name in names if name in _TYPES), None)
    title = None
    for place, inner in enumerate(element.iterdescendants()):
        if place >= _TITLE_WITHIN:
            break
        if _TITLE.search(inner.get("class", "")):
            title = inner
            break
    return (kind or "note", title) if kind or title is not None else None


def label_of(kind: str, title: Any) -> str:
    """What a callout is labelled: its type, and its title where that says more."""
    text = " ".join("".join(title.itertext()).split()) if title is not None else ""
    return kind if text.lower().strip(" :!") in ("", kind) else f"{kind} {text}"
