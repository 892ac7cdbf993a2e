"""What a score sees of the elements around a block: what they are for, how much is in them, how many look the same."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from cleaner.content.features.blocks import HEADINGS, LINKED_WORDS, PROSE_WORDS, WORDS, Blocks
from cleaner.content.features.element_tree import LEVELS, ElementTree
from cleaner.content.features.keywords import KEYWORDS, TAGS
from cleaner.models.arrays import Floats
from cleaner.models.table import Columns

_OF_ANCESTORS: dict[str, tuple[tuple[int, ...], str]] = {
    "words": ((0, 1, 2), "its words"),
    "share": ((0, 4), "its share of the page's words"),
    "link_density": ((0, 2, 3, 4, 5), "share of its words in links"),
    "prose": ((2, 3), "share of its words that are prose"),
    "words_a_block": ((5,), "its words per block"),
    "blocks": ((2,), "its blocks"),
    "headings": ((1, 2), "its headings per block"),
    "twins": ((0, 1, 3, 4, 5), "siblings that look the same"),
    "copies": ((0, 1, 2), "elements of the page that look the same"),
    "children": ((1, 2), "its block-level children"),
}
"""What is looked at in the ancestors of some levels."""
_ASKED = [(level, name) for level in range(LEVELS) for name, (levels, _) in _OF_ANCESTORS.items() if level in levels]
_GROUP_LEVELS = 3
"""Number of levels of ancestors that are looked at together with all elements that look the same."""
_OF_GROUPS = {
    "share": "their share of the page's words",
    "prose": "share of their words that are prose",
    "words_a_block": "their words per block",
}


MEANINGS = {
    **{f"near_{name}": f"level of the nearest element for *{name}*" for name in KEYWORDS},
    **{f"in_{tag}": f"level of the nearest `<{tag}>` or element with its role" for tag in TAGS},
    **{f"up{level}_{name}": _OF_ANCESTORS[name][1] for level, name in _ASKED},
    **{f"like{level}_{name}": meaning for level in range(_GROUP_LEVELS) for name, meaning in _OF_GROUPS.items()},
    "most_twins": f"maximum of `upN_twins` over {LEVELS} levels",
}
_PURPOSE_FEATURES = [*(f"near_{name}" for name in KEYWORDS), *(f"in_{tag}" for tag in TAGS)]


def sums_inside(blocks: Blocks, tree: ElementTree) -> npt.NDArray[np.float64]:
    """Elements by columns of `Blocks.sums`: the sums over the blocks inside each element."""
    inside: npt.NDArray[np.float64] = blocks.sums[tree.end] - blocks.sums[tree.first]
    return inside


def purpose_columns(distance: Floats) -> Columns:
    """How far up the nearest element for each purpose is; `distance` has blocks by PURPOSES."""
    return dict(zip(_PURPOSE_FEATURES, distance.T, strict=True))


def ancestor_columns(blocks: Blocks, tree: ElementTree, inside: npt.NDArray[np.float64]) -> Columns:
    """What the nearest elements around each block hold and look like; `inside` are the sums inside each element."""
    size = tree.end - tree.first
    some, words = np.maximum(size, 1), np.maximum(inside[:, WORDS], 1)
    columns = {
        "words": inside[:, WORDS],
        "share": inside[:, WORDS] / blocks.total_words,
        "link_density": inside[:, LINKED_WORDS] / words,
        "prose": inside[:, PROSE_WORDS] / words,
        "words_a_block": inside[:, WORDS] / some,
        "blocks": size,
        "headings": inside[:, HEADINGS] / some,
        "twins": tree.twins,
        "copies": np.bincount(tree.look)[tree.look],
        "children": tree.children,
    }
    return {f"up{level}_{name}": columns[name][tree.above[level]] for level, name in _ASKED}


def group_columns(blocks: Blocks, tree: ElementTree) -> Columns:
    """What all elements hold that look like one around each block: they come from one place of a template."""
    columns = {}
    for level, above in enumerate(tree.above[:_GROUP_LEVELS]):
        group = tree.look[above]
        words, prose = np.bincount(group, blocks.words), np.bincount(group, blocks.prose_words)
        columns[f"like{level}_share"] = (words / blocks.total_words)[group]
        columns[f"like{level}_prose"] = (prose / np.maximum(words, 1))[group]
        columns[f"like{level}_words_a_block"] = (words / np.maximum(np.bincount(group), 1))[group]
    return columns


def most_twins_column(tree: ElementTree) -> Columns:
    """The number of siblings that look the same, for the element around each block that has most."""
    return {"most_twins": np.max([tree.twins[above] for above in tree.above], axis=0)}
