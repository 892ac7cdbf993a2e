"""Elements that a page does not show."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cleaner.html.class_names import names_of

_INVISIBLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-list\s*:\s*ignore)", re.I)
"""Styles of what is not shown, and of what Word shows as the marker of an item."""
_MAYBE_INVISIBLE = ("none", "hidden", "ignore")
"""Parts of such styles; a search for these takes a fraction of the pattern's time."""
_PANEL_ROLES = frozenset(("tabpanel", "region"))
_PANEL = re.compile(
    r"\btab-?_?(?:pane|panel|content)|accordion|toggle-?_*(?:content|panel|body)|\bcollaps|\bcallout-?content", re.I
)


def is_hidden(attributes: Mapping[str, str]) -> bool:
    """Whether an element is hidden and stays so; a click shows the panels of tabs and accordions.

    A modal dialog is no part of the page either: what lies under it is.
    """
    if attributes.get("aria-modal", "").lower() == "true":
        return True
    style, classes = attributes.get("style"), attributes.get("class", "")
    hidden = "hidden" in attributes and attributes["hidden"] != "until-found"
    if not hidden and (style is None or not _is_invisible(style)) and not names_of(classes).hides:
        return False
    return attributes.get("role") not in _PANEL_ROLES and _PANEL.search(classes) is None


def _is_invisible(style: str) -> bool:
    lowered = style.lower()
    return any(part in lowered for part in _MAYBE_INVISIBLE) and _INVISIBLE.search(style) is not None
