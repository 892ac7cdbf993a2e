"""Links to places on the page that it does not have: they lead nowhere, and are text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from urllib.parse import unquote

from cleaner.document import Span
from cleaner.links import fragment_within
from cleaner.normalize import fold
from cleaner.page.candidate import Candidate
from cleaner.page.edits import change_spans
from cleaner.page.page import Page

_ADDRESSES = ("/", "!", "?", ":~:")
"""What begins the fragment of an address that a script or the browser reads."""


def settle(page: Page, url: str | None) -> None:
    """Takes off the links of the blocks that stay which lead to an id or a name that nothing on the page has.

    A heading has one as well, since scripts and readers of Markdown give it. `url` is the page's address, None where it
    is not known. Links stay where the names of the page are not known, and where a <base> leads them to another page.
    """
    if page.names is None or fragment_within("#top", url, page.facts.base) is None:
        return
    linked = [block for block in page.blocks if block.kept and any(map(_is_within, _spans(block)))]
    if not linked:
        return
    names = page.names | {fold(block.text).replace(" ", "-") for block in page.blocks if block.kind == "heading"}

    def living(spans: Iterable[Span]) -> list[Span]:
        return [span for span in spans if not _is_within(span) or _is_alive((span.href or "")[1:], names)]

    for block in linked:
        change_spans(block, living)


def _spans(block: Candidate) -> Iterator[Span]:
    yield from block.spans
    for row in block.rows or ():
        for cell in row:
            yield from cell.spans


def _is_within(span: Span) -> bool:
    href = span.href or ""
    return span.kind == "link" and href[:1] == "#" and len(href) > 1 and not href.startswith(_ADDRESSES, 1)


def _is_alive(fragment: str, names: Set[str]) -> bool:
    """Whether a browser finds the place: by the name as it is, else decoded; "top" is no name (HTML, 7.4.6.4)."""
    decoded = unquote(fragment)
    return fragment in names or decoded in names or decoded.lower() == "top"
