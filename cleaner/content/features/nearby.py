"""What a score sees of the blocks before and after a block."""

from __future__ import annotations

import numpy as np

from cleaner.content.features.blocks import LINKED_WORDS, WORDS, Blocks
from cleaner.models.arrays import Ints
from cleaner.models.table import Columns

_OFFSETS = (-2, -1, 1)
"""Neighbours whose depth is looked at."""
_RADII = (3, 8, 20)
"""Numbers of blocks on each side of a block whose links are looked at; their words too, for the last."""

MEANINGS = {
    "heading_distance": "blocks since the last heading",
    "heading_depth": "its depth less that of the last heading",
    "heading_words": "words of the last heading",
    **{f"n{offset:+d}_depth": f"depth of the block at place {offset:+d} less its own" for offset in _OFFSETS},
    "n-1_kind": "kind of the block before",
    **{
        f"within{radius}_link_density": f"share of words in links, of it and {radius} blocks on each side"
        for radius in _RADII
    },
    f"within{_RADII[-1]}_words": f"words per block, of it and {_RADII[-1]} blocks on each side",
}


def heading_columns(blocks: Blocks, depth: Ints) -> Columns:
    """How each block is related to the last heading before it; `depth` is that of the blocks."""
    last = np.maximum.accumulate(np.where(blocks.is_heading, blocks.order, -1))
    before = np.where(blocks.is_heading, np.append(-1, last[:-1]), last)
    exists, heading = before >= 0, np.maximum(before, 0)
    return {
        "heading_distance": np.where(exists, blocks.order - heading, -1),
        "heading_depth": np.where(exists, depth - depth[heading], 0),
        "heading_words": np.where(exists, blocks.words[heading], -1),
    }


def neighbour_columns(blocks: Blocks, depth: Ints) -> Columns:
    """What the neighbours of each block are; `depth` is that of the blocks."""
    columns = {}
    for offset in _OFFSETS:
        neighbour = blocks.order + offset
        exists = (neighbour >= 0) & (neighbour < len(blocks))
        columns[f"n{offset:+d}_depth"] = np.where(exists, depth[neighbour * exists] - depth, 0)
    columns["n-1_kind"] = np.append(-1, blocks.kinds[:-1])
    return columns


def window_columns(blocks: Blocks) -> Columns:
    """How many links and words there are around each block."""
    columns = {}
    for radius in _RADII:
        first, end = np.maximum(blocks.order - radius, 0), np.minimum(blocks.order + radius + 1, len(blocks))
        around = blocks.sums[end] - blocks.sums[first]
        columns[f"within{radius}_link_density"] = around[:, LINKED_WORDS] / np.maximum(around[:, WORDS], 1)
        if radius == _RADII[-1]:
            columns[f"within{radius}_words"] = around[:, WORDS] / (end - first)
    return columns
