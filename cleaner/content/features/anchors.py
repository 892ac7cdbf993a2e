"""What a score sees of a block's place: in the page, and from the main element, the longest block and the headline."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from cleaner.content.features.blocks import LINKED_WORDS, WORDS, Blocks
from cleaner.content.features.element_tree import ElementTree
from cleaner.models.table import Columns

_PROSE_SHARES = (1.0, 0.6, 0.3, 0.15)
"""Weight of the prose of a block for its own element and for the elements above, in the choice of the main element."""
_ANCHORS = ("top", "longest", "headline")
MEANINGS = {
    "in_top": "it is in *top*",
    "top_share": "share of the page's words in *top*",
    "top_from_start": "blocks since the beginning of *top*",
    "top_from_end": "blocks until the end of *top*",
    "depth": "block-level elements around it",
    **{
        f"{anchor}_{what}": meaning.format(f"*{anchor}*")
        for anchor in _ANCHORS
        for what, meaning in {
            "common": "depth of the deepest element around it and {}",
            "up": "level of this element, for {}",
            "down": "levels from this element down to {}",
        }.items()
    },
    "after_headline": "blocks since *headline*",
    "words_after_headline": "share of the page's words since *headline*",
    "position": "place among the page's blocks, 0 to 1",
    "word_position": "share of the page's words before it",
    "from_start": "blocks before it",
    "from_end": "blocks from it to the end",
}


def anchor_columns(blocks: Blocks, tree: ElementTree, inside: npt.NDArray[np.float64]) -> Columns:
    """The place of each block as seen from some anchors; `inside` are the sums inside each element."""
    top = _main_element(blocks, tree, inside)
    own = tree.above[0]
    anchors = {"top": top, "longest": int(own[_longest(blocks)]), "headline": int(own[_headline(blocks)])}
    first, end = tree.first[top], tree.end[top]
    columns = {
        "in_top": (blocks.order >= first) & (blocks.order < end),
        "top_share": inside[top, WORDS] / blocks.total_words,
        "top_from_start": blocks.order - first,
        "top_from_end": end - blocks.order,
        "depth": tree.block_depth,
    }
    for name, anchor in anchors.items():
        common = tree.common_depth(anchor)
        columns[f"{name}_common"] = common
        columns[f"{name}_up"] = tree.block_depth - common
        columns[f"{name}_down"] = tree.depth[anchor] - common
    return columns


def position_columns(blocks: Blocks) -> Columns:
    """The place of each block in the page, and as seen from the headline."""
    headline = _headline(blocks)
    words_before = blocks.sums[:-1, WORDS]
    return {
        "after_headline": blocks.order - headline,
        "words_after_headline": (words_before - words_before[headline]) / blocks.total_words,
        "position": blocks.order / len(blocks),
        "word_position": words_before / blocks.total_words,
        "from_start": blocks.order,
        "from_end": len(blocks) - blocks.order,
    }


def _main_element(blocks: Blocks, tree: ElementTree, inside: npt.NDArray[np.float64]) -> int:
    """The element with most prose near its surface and few links."""
    weight = np.zeros(len(tree))
    for share, above in zip(_PROSE_SHARES, tree.above, strict=False):
        weight += np.bincount(above, blocks.prose_words * share, len(tree))
    weight *= 1 - inside[:, LINKED_WORDS] / np.maximum(inside[:, WORDS], 1)
    return int(weight.argmax())


def _longest(blocks: Blocks) -> int:
    """The row of the block with most words outside links."""
    return int((blocks.words * (1 - blocks.link_density)).argmax())


def _headline(blocks: Blocks) -> int:
    """The row of the heading with most of the title's words, of level 1 if there is one; 0 without headings."""
    main = np.flatnonzero(blocks.is_heading & (blocks.levels == 1))
    rows = main if len(main) else np.flatnonzero(blocks.is_heading)
    return int(rows[blocks.title_share[rows].argmax()]) if len(rows) else 0
