"""Headings that are marked up as bold lines, and the links to themselves that headings carry."""

from __future__ import annotations

import re
from dataclasses import replace

from cleaner.html.inline import Inline
from cleaner.page.candidate import Candidate
from cleaner.page.page import Page

_MOST_WORDS = 14
_LONGEST = 100
_NO_HEADING_END = re.compile(r"""[.,;:…。，；：]["'”’»)\]]*$""")
_NO_HEADING = re.compile(r"https?://|www\.|\S@\S+\.\w|^[\W\d_]*$")


def promote(page: Page) -> None:
    """Makes headings of paragraphs that are one short bold line with plain prose under them.

    A page that sets whole runs of lines in bold has no headings in them, so a bold line counts only if the block
    under it is not another one.
    """
    level, headlines = 1, 0
    blocks = page.blocks
    found = [is_bold_line(block) for block in blocks]
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
    """Whether a block is one bold line with the form of a heading."""
    text = block.text
    if block.kind != "paragraph" or block.containers or len(text) > _LONGEST or "\n" in text:
        return False
    if not any(s.kind == "strong" and s.start == 0 and s.end == len(text) for s in block.spans):
        return False
    return len(text.split()) <= _MOST_WORDS and not (_NO_HEADING_END.search(text) or _NO_HEADING.search(text))


def drop_permalinks(inline: Inline) -> None:
    """Takes the signs off that link a heading to itself ("#", "¶"): they have no words."""
    for span in reversed(inline.spans):
        is_part = span.end - span.start < len(inline.text)
        if span.kind == "link" and is_part and not re.search(r"\w", inline.text[span.start : span.end]):
            if span.end == len(inline.text):
                inline.text = inline.text[: span.start].rstrip()
            elif span.start == 0:
                shift = len(inline.text) - len(inline.text[span.end :].lstrip())
                inline.text = inline.text[shift:]
                inline.spans = [
                    replace(s, start=s.start - shift, end=s.end - shift) for s in inline.spans if s.start >= shift
                ]
                inline.marks = [(n, s - shift, e - shift) for n, s, e in inline.marks if s >= shift]
    inline.spans = [s for s in inline.spans if s.end <= len(inline.text)]
    inline.marks = [m for m in inline.marks if m[2] <= len(inline.text)]
