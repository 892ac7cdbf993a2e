"""Headings in Markdown: their levels below the title, and the formatting that they can do without."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from cleaner.document import Block, Span
from cleaner.writers.markdown.options import MarkdownOptions

_LETTER = re.compile(r"[^\W\d_]")
_HIGHEST, _LOWEST = 1, 6


def below_title(blocks: Sequence[Block], title: str | None) -> Iterator[Block]:
    """The blocks, where no heading but the title has level 1.

    Headings of level 1 go one down. Where several of them divide the text, they push down those that have this level
    already; a single one is another name of the page, whose sections stay sections. `title` is the title of a
    document that no block shows as such: a heading with its words is it. It is "" where one does, and None where the
    Markdown has no title.
    """
    lower = Counter(block.level for block in blocks if title is not None and _may_go_down(block, title))
    last = _HIGHEST if lower[_HIGHEST] == 1 else _LOWEST - 1
    levels: dict[int | None, int] = {}
    level = _HIGHEST
    while level <= last and lower[level]:
        levels[level] = level + 1
        level += 1
    for block in blocks:
        goes_down = title is not None and block.level in levels and _may_go_down(block, title)
        yield replace(block, level=levels[block.level]) if goes_down else block


def _may_go_down(block: Block, title: str) -> bool:
    return block.kind == "heading" and block.role != "title" and block.text != title


def without_idle(heading: str, spans: Iterable[Span], options: MarkdownOptions) -> list[Span]:
    """The spans without those that set apart what the level sets apart already, or only lead from it to a page."""
    return [span for span in spans if not _is_idle(heading, span, options)]


def _is_idle(heading: str, span: Span, options: MarkdownOptions) -> bool:
    if span.kind == "link" and options.heading_links:
        return False
    covers_all = not _LETTER.search(heading[: span.start] + heading[span.end :])
    return span.kind == "strong" or (span.kind in ("emphasis", "link") and covers_all)
