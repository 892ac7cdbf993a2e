"""Which addresses may stand in a document."""

from __future__ import annotations

import html
import re
from urllib.parse import urldefrag, urljoin

_SAFE = frozenset({"http", "https", "mailto", "tel", "ftp"})
_SCHEME = re.compile(r"([^/?#:]*):")
_DROPPED = re.compile(r"[\t\r\n]+")
_ENCODED = re.compile(r"[\x00-\x1f\x7f]")
_FOREIGN = re.compile(r"[^\x21-\x7e]")
_WEB = re.compile(r"(https?://[^/?#\\]+)(.*)", re.I | re.S)
"""An address of the web: up to its host, and the rest."""
_PLAIN = re.compile(r"https?://[^\x00-\x20/?#\\\x7f-\U0010ffff]+/[!-~]*")
"""An address of the web that nothing can be wrong with."""
_IGNORED = re.compile(r"[\s\x00-\x20\x7f-\xa0\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]+")
"""What browsers or people may overlook within a scheme."""


_TAG = re.compile(r"<[A-Za-z/!?]")


def is_inert(raw: str) -> bool:
    """Whether a text that is written without escapes, such as TeX, is no HTML and no link where it is read as prose."""
    has_address = "](" in raw or "]:" in raw
    return _TAG.search(raw) is None and not (has_address and (":" in raw or "&" in raw))


def safe_href(href: str | None) -> str | None:
    """The address as it may be written, or None for one that could run code or hides its scheme.

    Allowed are http, https, mailto, tel and ftp, and addresses relative to the page. Line ends and tabs are left
    out, as browsers do; other control characters are percent-encoded. What follows the host of a web address is written
    as browsers write it: it begins with a slash, and characters beyond ASCII and spaces are percent-encoded.
    """
    if href is None:
        return None
    if _PLAIN.fullmatch(href):
        return href
    if not _is_safe(href):
        return None
    cleaned = _ENCODED.sub(_percent, _DROPPED.sub("", href).strip())
    web = _WEB.fullmatch(cleaned)
    if web is None:
        return cleaned or None
    path = _FOREIGN.sub(_percent, web[2])
    return web[1] + (path if path.startswith(("/", "\\")) else f"/{path}")


def fragment_within(href: str, address: str | None, base: str | None) -> str | None:
    """The fragment of a link to a place on its own page; None for a link that leads elsewhere, or to no place.

    `address` is the page's own, `base` what its links start from (`href` of <base>), each None where it is not known.
    """
    if "#" not in href[:-1]:
        return None
    if href[0] == "#" and not base:
        return href[1:]
    try:
        own = urldefrag(address or "").url
        target, fragment = urldefrag(urljoin(urljoin(own, base or ""), href))
    except ValueError:  # half a bracket in a host
        return None
    is_own = target == own and (bool(own) or href[0] == "#")
    return fragment if is_own else None


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "replace"))


def _is_safe(href: str) -> bool:
    # Readers differ in whether they decode entities once more, so no reading of the address may be unsafe.
    readings = (href, html.unescape(href), html.unescape(html.unescape(href)))
    return all(_scheme(reading) in _SAFE | {""} for reading in readings)


def _scheme(href: str) -> str:
    found = _SCHEME.match(_IGNORED.sub("", href))
    return found[1].lower() if found else ""
