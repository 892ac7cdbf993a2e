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
    "words": ((0, 1, 2), "words in {}"),
    "share": ((0, 4), "share of the page's words in {}"),
    "link_density": ((0, 2, 3, 4, 5), "share of the words in {} that are links"),
    "prose": ((2, 3), "share of the words in {} that are prose"),
    "words_a_block": ((5,), "words per block in {}"),
    "blocks": ((2,), "blocks in {}"),
    "headings": ((1, 2), "headings per block in {}"),
    "twins": ((0, 1, 3, 4, 5), "siblings of {} that look the same, itself included"),
    "copies": ((0, 1, 2), "elements of the page that look like {}, itself included"),
    "children": ((1, 2), "block-level children of {}"),
}
"""What is looked at in the ancestors of some levels; braces stand for the ancestor."""
_ASKED = [(level, name) for level in range(LEVELS) for name, (levels, _) in _OF_ANCESTORS.items() if level in levels]
_GROUP_LEVELS = 3
"""Number of levels of ancestors that are looked at together with all elements that look the same."""
_OF_GROUPS = {
    "share": "share of the page's words in all elements that look like {}",
    "prose": "share of the words in all elements that look like {} that are prose",
    "words_a_block": "words per block in all elements that look like {}",
}


def _ancestor(level: int) -> str:
    return ("its element", "the element 1 level up")[level] if level < 2 else f"the element {level} levels up"


MEANINGS = {
    **{f"near_{name}": f"levels up to the nearest element for *{name}*" for name in KEYWORDS},
    **{f"in_{tag}": f"levels up to the nearest `<{tag}>`, or element with its role" for tag in TAGS},
    **{f"up{level}_{name}": _OF_ANCESTORS[name][1].format(_ancestor(level)) for level, name in _ASKED},
    **{
        f"like{level}_{name}": meaning.format(_ancestor(level))
        for level in range(_GROUP_LEVELS)
        for name, meaning in _OF_GROUPS.items()
    },
    "most_twins": f"most siblings that look the same, of the {LEVELS} nearest elements",
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
