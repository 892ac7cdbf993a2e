"""Headings that are marked up as bold lines, terms of definition lists, and the links to themselves that both have."""

from __future__ import annotations

from collections.abc import Sequence, Set

from cleaner import lazily
from cleaner.document import Span
from cleaner.html.inline import Inline
from cleaner.page.candidate import Candidate
from cleaner.page.elements import DEFINITIONS, Nodes
from cleaner.page.heading_signs import is_label, words_of
from cleaner.page.spans import Edited

_MAX_WORDS = 14
_MAX_CHARACTERS = 100
_LONGEST_RUN = 2
"""Set-off lines in a row of which the last one heads what follows: a section's and its first part's, or a subtitle."""
_SHORTEST_PROSE = 60
"""Characters under a line that is not bold, but in larger letters or with the class of a heading."""
_LONG_KINDS = ("list_item", "table", "code")
"""What a bold line heads however short it is; one over a list of links is a label."""
_NO_HEADING_END = lazily.pattern(r"""[.,;:…。，；：]["'”’»)\]]*$""")
_NO_HEADING = lazily.pattern(r"https?://|www\.|\S@\S+\.\w|^[\W\d_]*$")


def promote(blocks: Sequence[Candidate], nodes: Nodes) -> None:
    """Makes headings of paragraphs that are one short line, set off from the plain prose under them.

    Bold lines are set off, and lines in larger letters or with the class of a heading. A page that sets whole runs of
    lines in bold has no headings in them, so at most two lines in a row count. One in a definition list is a term, or
    explains one.
    """
    level, headlines = 1, 0
    lines = [
        (block.is_prominent or bool(block.spans))
        and _is_set_off(block)
        and not nodes.within(block.element, DEFINITIONS)
        for block in blocks
    ]
    heads = _heading_lines(blocks, lines) if True in lines else frozenset()
    for number, block in enumerate(blocks):
        if block.kind == "heading":
            headlines += 1
            level = (block.level or level) if headlines > 1 else 1  # the first is the title, whatever its level
        elif number in heads:
            block.kind, block.level = "heading", min(level + 1, 6)
            block.spans = [s for s in block.spans if s.kind != "strong"]


def _heading_lines(blocks: Sequence[Candidate], lines: Sequence[bool]) -> Set[int]:
    """The numbers of the lines that head what follows their run; `lines` tells which blocks are set off."""
    found: set[int] = set()
    run: list[int] = []
    for number, is_line in enumerate(lines):
        if is_line:
            run.append(number)
            continue
        if 0 < len(run) <= _LONGEST_RUN and _heads(blocks[run[-1]], blocks[number]):
            found.update(run)
        run = []
    return found


def _heads(line: Candidate, below: Candidate) -> bool:
    """Whether a block can stand under a line as under its heading."""
    if not is_bold_line(line):
        return below.kind == "paragraph" and not below.is_prominent and len(below.text) >= _SHORTEST_PROSE
    if below.kind in _LONG_KINDS:
        return not any(s.kind == "link" and s.end - s.start == len(below.text) for s in below.spans)
    return below.kind != "heading" and len(below.text) > len(line.text)


def _is_set_off(block: Candidate) -> bool:
    return is_bold_line(block) or (block.is_prominent and _is_line(block))


def is_bold_line(block: Candidate) -> bool:
    """Whether a block is a single bold line that has the form of a heading."""
    is_bold = any(s.kind == "strong" and s.start == 0 and s.end == len(block.text) for s in block.spans)
    return is_bold and _is_line(block)


def _is_line(block: Candidate) -> bool:
    if block.kind != "paragraph" or any(container.kind != "quote" for container in block.containers):
        return False  # old pages indent their text with quotes
    return has_heading_form(block.text)


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
