"""Which site a page is of."""

from __future__ import annotations

from urllib.parse import urlsplit


def site_of(url: str | None) -> str:
    """The host of an address, in lower case and without "www."; "" where there is no address with a host."""
    try:
        host = urlsplit(url).hostname if url else None
    except ValueError:  # an address with half a bracket
        host = None
    return host.rstrip(".").removeprefix("www.") if host else ""
