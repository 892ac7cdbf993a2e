"""Branches: where a block leaves the elements that the nearest chosen blocks are in.

A heading of an article shares its elements with the text around it. A box that was put into an article has an element
of its own between that text and its blocks: a branch, which is content as a whole or not at all.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from cleaner.content.features.element_tree import NOT_FOUND, ElementTree
from cleaner.models.arrays import Flags, Floats, Ints
from cleaner.models.table import Columns

MEANINGS = {
    "levels_before": "levels up to the nearest element that is around the last chosen block as well",
    "levels_after": "levels up to the nearest element that is around the next chosen block as well",
    "levels_apart": "depth of the first of these elements minus that of the second",
    "branch_blocks": "blocks in its branch: the element below the deeper of these two that it is in",
    "branch_score": "mean score of its branch",
    "branch_words": "words of its branch",
}
"""What each feature means."""


def branch_columns(tree: ElementTree, words: Floats, score: npt.NDArray[np.float64], chosen: Flags) -> Columns:
    """The features of the blocks of a page of which some are `chosen`."""
    depth, shared = tree.block_depth, tree.shared_depth()
    before = _depth_shared_with_last(shared, chosen)
    after = _depth_shared_with_last(shared[::-1], chosen[::-1])[::-1]
    branch = tree.ancestor_below(np.maximum(before, after))
    first, end = tree.first[branch], tree.end[branch]
    blocks = np.maximum(end - first, 1)
    return {
        "levels_before": np.where(before < 0, NOT_FOUND, depth - before),
        "levels_after": np.where(after < 0, NOT_FOUND, depth - after),
        "levels_apart": before - after,
        "branch_blocks": blocks,
        "branch_score": _sums(score, first, end) / blocks,
        "branch_words": _sums(words, first, end),
    }


def _sums(values: npt.NDArray[np.generic], first: Ints, end: Ints) -> npt.NDArray[np.float64]:
    """The sums of the values of rows from `first` up to `end`."""
    sums = np.append(0, np.cumsum(values, dtype=np.float64))
    found: npt.NDArray[np.float64] = sums[end] - sums[first]
    return found


def _depth_shared_with_last(shared: Ints, chosen: Flags) -> Ints:
    """For each block the depth of the deepest element around it and the last chosen block before it; -1 without one.

    `shared` has the same for each two neighbours: of several blocks in a row it is the least of theirs.
    """
    passed = np.cumsum(np.append(False, chosen[:-1]))  # chosen blocks before each block
    below = int(shared.max(initial=0)) + 1  # more than any depth, so that a minimum begins anew after a chosen block
    least = np.minimum.accumulate(np.append(0, shared) - passed * below) + passed * below
    return np.where(passed > 0, least, -1)
