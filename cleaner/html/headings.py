"""Headings that are marked up as bold lines, terms of definition lists, and the links to themselves that both have."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleaner.document import Span
from cleaner.html.inline import Inline
from cleaner.page.candidate import Candidate
from cleaner.page.elements import DEFINITIONS, Nodes
from cleaner.page.heading_signs import is_label, words_of
from cleaner.page.spans import Edited

_MAX_WORDS = 14
_MAX_CHARACTERS = 100
_NO_HEADING_END = re.compile(r"""[.,;:…。，；：]["'”’»)\]]*$""")
_NO_HEADING = re.compile(r"https?://|www\.|\S@\S+\.\w|^[\W\d_]*$")


def promote(blocks: Sequence[Candidate], nodes: Nodes) -> None:
    """Makes headings of paragraphs that are one short bold line with plain prose under them.

    A page that sets whole runs of lines in bold has no headings in them, so a bold line counts only if the block
    under it is not another one. One in a definition list is a term, or explains one.
    """
    level, headlines = 1, 0
    found = [is_bold_line(block) and not nodes.within(block.element, DEFINITIONS) for block in blocks]
    for number, block in enumerate(blocks):
        if block.kind == "heading":
            headlines += 1
            level = (block.level or level) if headlines > 1 else 1  # the first is the title, whatever its level
        elif found[number] and number + 1 < len(blocks):
            below = blocks[number + 1]
            if not found[number + 1] and below.kind != "heading" and len(below.text) > len(block.text):
                block.kind, block.level = "heading", min(level + 1, 6)
                block.spans = [s for s in block.spans if s.kind != "strong"]


def is_bold_line(block: Candidate) -> bool:
    """Whether a block is a single bold line that has the form of a heading."""
    text = block.text
    if block.kind != "paragraph" or block.containers or len(text) > _MAX_CHARACTERS:
        return False
    if not any(s.kind == "strong" and s.start == 0 and s.end == len(text) for s in block.spans):
        return False
    return has_heading_form(text)


def has_heading_form(text: str) -> bool:
    """Whether a text is a single line that could be a heading."""
    if len(text) > _MAX_CHARACTERS or "\n" in text or len(text.split()) > _MAX_WORDS:
        return False
    return not (_NO_HEADING_END.search(text) or _NO_HEADING.search(text))


def mark_term(inline: Inline) -> None:
    """Makes the term of a definition list strong, as all of the list's terms are, and cuts the links to it."""
    drop_permalinks(inline)
    inline.spans = [Span(0, len(inline.text), "strong"), *(s for s in inline.spans if s.kind != "strong")]


def drop_permalinks(inline: Inline) -> None:
    """Cuts off the edges of a heading what programs put there: its links to itself ("#", "¶"), icons, "[edit]"."""
    for span in reversed(inline.spans):
        at_edge = span.start == 0 or span.end == len(inline.text)
        is_part = span.end - span.start < len(inline.text)
        is_edge_link = span.kind == "link" and at_edge and is_part
        if is_edge_link and is_label(inline.text[span.start : span.end], span.href or ""):
            _cut(inline, (span.start, span.end))
    start, end = words_of(inline.text)
    if start < end and end - start < len(inline.text):
        _cut(inline, (0, start), (end, len(inline.text)))


def _cut(inline: Inline, *stretches: tuple[int, int]) -> None:
    edited = Edited(inline.text, [(start, end, "") for start, end in stretches if start < end])
    inline.text = edited.text
    inline.spans, inline.marks = edited.spans(inline.spans), edited.marks(inline.marks)
