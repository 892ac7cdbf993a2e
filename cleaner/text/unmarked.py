"""Headings of HTML that marks none up: the score for text finds them among the short lines."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from cleaner.page.candidate import Candidate, Decision
from cleaner.page.elements import DEFINITIONS
from cleaner.page.page import Page

_MAX_MARKED = 1
"""Maximum number of headings of a page that marks none up: one may be its title."""
_MIN_BLOCKS = 10
"""Minimum number of blocks of text that the score needs."""
_MIN_SCORE = 0.5
"""Minimum score of a heading; higher than for text, because a page may have no headings on purpose."""
_LINK = 0.5
"""Share of a block's characters in links from which on it is a link rather than a heading."""
_GOES_ON = (",", "，", "、")
"""Ends of lines that the next one goes on with: "Yours," stands over a name."""
_KINDS = ("heading", "paragraph", "list_item")
_NO_HEADINGS = DEFINITIONS | {"figure"}
"""Elements that have none in them: what is left of a figure without an address for its image is its caption."""


def find_unmarked(page: Page, model: Path) -> None:
    """Makes headings of the paragraphs that are headings by the score for text, if the markup of the page has none.

    `model` is the file of the scores for text.
    """
    marked = (block for block in page.blocks if block.text and block.kind == "heading")
    if next(islice(marked, _MAX_MARKED, None), None) is not None:
        return
    blocks = [block for block in page.blocks if block.text and block.kind in _KINDS]
    if len(blocks) < _MIN_BLOCKS:
        return
    from cleaner.text.features.line_features import line_features
    from cleaner.text.features.lines import Lines
    from cleaner.text.headings import find_headings

    texts = [" ".join(block.text.split()) for block in blocks]
    features = line_features(Lines(texts, [True] * len(texts), [0] * len(texts)))
    for number in find_headings(features, texts, model, min_score=_MIN_SCORE).lines:
        block = blocks[number]
        is_other = page.nodes.within(block.element, _NO_HEADINGS)
        is_signature = number > 0 and texts[number - 1].endswith(_GOES_ON)
        if block.kind == "paragraph" and _stands_alone(block) and not is_other and not is_signature:
            block.kind, block.level = "heading", 2
            block.history += (Decision("heading", "headings.unmarked", detail="the page marks no headings up"),)


def _stands_alone(block: Candidate) -> bool:
    """Whether a block is one line, outside lists and quotations, and no link."""
    linked = sum(span.end - span.start for span in block.spans if span.kind == "link")
    return not block.containers and "\n" not in block.text and linked < _LINK * len(block.text)
