"""Where an image is: its address, which pages that load late keep elsewhere."""

from __future__ import annotations

import re

_NO_SOURCE = re.compile(r"\s*(?:data|blob|about):", re.I)
"""Addresses that stand for an image that comes later."""


def image_source(attributes: dict[str, str]) -> str | None:
    """The address of an image: pages that load late keep it outside `src`; measuring pixels have none."""
    if attributes.get("width") in ("0", "1") or attributes.get("height") in ("0", "1"):
        return None
    for name in ("src", "data-src", "data-lazy-src", "data-original", "srcset", "data-srcset"):
        value = attributes.get(name, "").strip()
        if name.endswith("srcset"):
            value = value.split(",")[0].split(" ")[0].strip()
        if value and not _NO_SOURCE.match(value):
            return value
    return None
