"""Headings in Markdown: their levels below the title, and the formatting that they can do without."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from cleaner.document import Block, Span
from cleaner.writers.markdown.options import MarkdownOptions

_LETTER = re.compile(r"[^\W\d_]")
_LOWEST = 6


def levels_below(title: bool, blocks: Sequence[Block]) -> Mapping[int, int]:
    """The levels that headings are written with, by their own; a level that is not there stays.

    The title alone has level 1. Headings of its level go one down, and push down those that have this level already.
    """
    present = {block.level for block in blocks if block.kind == "heading" and block.role != "title"}
    lowered: dict[int, int] = {}
    level = 1
    while title and level in present and level < _LOWEST:
        lowered[level] = level + 1
        level += 1
    return lowered


def without_idle(heading: str, spans: Iterable[Span], options: MarkdownOptions) -> list[Span]:
    """The spans without those that set apart what the level sets apart already, or only lead from it to a page."""
    return [span for span in spans if not _is_idle(heading, span, options)]


def _is_idle(heading: str, span: Span, options: MarkdownOptions) -> bool:
    if span.kind == "link" and options.heading_links:
        return False
    covers_all = not _LETTER.search(heading[: span.start] + heading[span.end :])
    return span.kind == "strong" or (span.kind in ("emphasis", "link") and covers_all)
