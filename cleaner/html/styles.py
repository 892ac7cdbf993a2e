"""What the `style` of an element says of its text: how it stands in the line, its weight and its size."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cleaner import lazily
from cleaner.document import SpanKind

_LINE = lazily.pattern(r"(?:^|;)\s*display\s*:\s*(?:block|flex|grid|table|list-item|flow-root)\b", re.IGNORECASE)
_INLINE = lazily.pattern(r"(?:^|;)\s*display\s*:\s*inline\s*(?:!important\s*)?(?:;|$)", re.IGNORECASE)
_WEIGHT = lazily.pattern(
    r"(?:^|;)\s*font-weight\s*:\s*(?:(bold(?:er)?|[6-9]00)|normal|lighter|[1-5]00)\b", re.IGNORECASE
)
_SLANT = lazily.pattern(r"(?:^|;)\s*font-style\s*:\s*(?:(italic|oblique)|normal)\b", re.IGNORECASE)
_SIZE = lazily.pattern(
    r"(?:^|;)\s*font-size\s*:\s*(?:(x*-?large|larger)\b|(\d{1,4}(?:\.\d{1,4})?)(px|pt|r?em|%))", re.IGNORECASE
)
_LARGE = {"px": 18.0, "pt": 14.0, "em": 1.2, "rem": 1.2, "%": 120.0}
"""From which size on a line is larger than the text of a page."""
_FONT_SIZE = lazily.pattern(r"\s*(?:\+[1-6]|[4-7])\s*")
"""Sizes of <font> over the one that text has."""


def shows_line(style: str) -> bool:
    """Whether a `style` shows an inline element on a line of its own."""
    return "display" in style.lower() and _LINE.search(style) is not None


def shows_inline(style: str) -> bool:
    """Whether a `style` makes a block-level element a part of the line."""
    return "inline" in style and _INLINE.search(style) is not None


def styled(kind: SpanKind | None, style: str) -> SpanKind | None:
    """The kind of span that an inline element is with its `style`, which may make it strong or emphasised, or plain."""
    if kind not in (None, "strong", "emphasis") or "font-" not in style:
        return kind
    weight, slant = _WEIGHT.search(style), _SLANT.search(style)
    if weight is not None and (weight[1] or kind == "strong"):
        kind = "strong" if weight[1] else None
    if slant is not None and kind != "strong" and (slant[1] or kind == "emphasis"):
        kind = "emphasis" if slant[1] else None
    return kind


def is_large(attributes: Mapping[str, str]) -> bool:
    """Whether the text of an element is larger than that of a page, by its `style` or the `size` of <font>."""
    size = attributes.get("size")
    if size is not None and _FONT_SIZE.fullmatch(size):
        return True
    style = attributes.get("style")
    found = _SIZE.search(style) if style is not None and "font-size" in style else None
    if found is None:
        return False
    return found[1] is not None or float(found[2]) >= _LARGE[found[3].lower()]
