"""Parameters that rules take off links."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from urllib.parse import unquote_plus

from cleaner.document import Span
from cleaner.page.edits import change_spans
from cleaner.page.page import Page
from cleaner.rules.scope import fits


def strip_parameters(page: Page, names: Sequence[str]) -> None:
    """Takes the parameters with these names off the links of the blocks that stay; `*` is any characters.

    What an image leads to is a link; where it is loaded from is none.
    """
    if not names:
        return

    def stripped(spans: Iterable[Span]) -> list[Span]:
        return [_stripped(span, names) for span in spans]

    for block in page.blocks:
        if not block.kept:
            continue
        change_spans(block, stripped)
        if block.href:
            block.href = without_parameters(block.href, names)


def _stripped(span: Span, names: Sequence[str]) -> Span:
    if span.kind == "link" and span.href and "?" in span.href:
        return replace(span, href=without_parameters(span.href, names))
    if span.link and "?" in span.link:
        return replace(span, link=without_parameters(span.link, names))
    return span


def without_parameters(href: str, names: Sequence[str]) -> str:
    """An address without the parameters of its query whose names fit one of `names`; the others stay as they are."""
    address, mark, fragment = href.partition("#")
    before, _, query = address.partition("?")
    given = query.split("&")
    left = [item for item in given if not any(fits(name, unquote_plus(item.partition("=")[0])) for name in names)]
    if len(left) == len(given):
        return href
    return "".join((before, "?" if left else "", "&".join(left), mark, fragment))
