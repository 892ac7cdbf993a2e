"""What a text is: HTML, Markdown or plain text."""

from __future__ import annotations

import re
from enum import Enum

_TAG = (
    "html|head|body|title|meta|link|base|script|style|noscript|template|div|span|p|br|hr|a|b|i|u|em|strong|small|font|center|"
    "h[1-6]|header|footer|main|nav|section|article|aside|address|blockquote|pre|code|ul|ol|li|dl|dt|dd|table|caption|thead|"
    "tbody|tfoot|tr|td|th|col|sup|sub|label|button|mark|q|s|del|ins|kbd|samp|cite|abbr|var|time|menu|input|select|textarea|"
    "object|frameset|form|fieldset|figure|figcaption|picture|img|video|audio|iframe|svg|details|summary|dialog"
)
_MARKUP = re.compile(rf"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!doctype\b|</?(?:{_TAG})(?=[\s/>]))", re.I | re.S)
_LOOK_AT = 20_000
"""Characters; the comments that a page begins with are shorter."""


class MediaType(Enum):
    HTML = "text/html"
    MARKDOWN = "text/markdown"
    TEXT = "text/plain"


_KNOWN = {
    "text/html": MediaType.HTML,
    "application/xhtml+xml": MediaType.HTML,
    "text/xml": MediaType.HTML,
    "application/xml": MediaType.HTML,
    "text/markdown": MediaType.MARKDOWN,
    "text/x-markdown": MediaType.MARKDOWN,
    "text/plain": MediaType.TEXT,
}


def media_type_of(text: str, said: str | None) -> MediaType:
    """What `text` is: what was said of it, else HTML if it begins with a doctype, a comment before a tag, or a tag."""
    known = _KNOWN.get((said or "").split(";")[0].strip().lower())
    if known is not None:
        return known
    return MediaType.HTML if _MARKUP.match(text[:_LOOK_AT].lstrip("\ufeff\0")) else MediaType.TEXT


def charset_of(said: str | None) -> str | None:
    """The `charset` parameter of a media type."""
    found = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", said or "", re.I)
    return found.group(1) if found else None
