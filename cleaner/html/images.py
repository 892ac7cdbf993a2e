"""The address of an image."""

from __future__ import annotations

import re

_NO_SOURCE = re.compile(r"\s*(?:data|blob|about):", re.I)
"""Addresses of placeholders for images that are loaded later."""


def image_source(attributes: dict[str, str]) -> str | None:
    """The address of an image, which pages that load it late keep outside `src`; None for a tracking pixel."""
    if attributes.get("width") in ("0", "1") or attributes.get("height") in ("0", "1"):
        return None
    for name in ("src", "data-src", "data-lazy-src", "data-original", "srcset", "data-srcset"):
        value = attributes.get(name, "").strip()
        if name.endswith("srcset"):
            value = value.split(",")[0].split(" ")[0].strip()
        if value and not _NO_SOURCE.match(value):
            return value
    return None
