"""Series of headings: those of one level that look the same in one element. Their sections belong together."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cleaner.content.features.block_features import BlockFeatures
from cleaner.models.arrays import Flags, Ints

_LEVELS = (1, 2, 3)
"""Levels above a heading's own element where the element may be that holds its series: headings may be wrapped."""
_MIN_CHOSEN = 2
"""Minimum number of chosen headings that make a series of content."""


def series_of(rows: BlockFeatures, chosen: Flags) -> Iterator[Ints]:
    """The headings of each series that has enough chosen ones, and others."""
    tree, forms = rows.tree, rows.forms
    headings = np.flatnonzero(forms.is_heading)
    own, parent = tree.above[0][headings], tree.above[1][headings]
    keys = (forms.levels[headings] * len(tree) + tree.look[own]) * len(tree) + tree.look[parent]
    for key in sorted(set(keys[chosen[headings]].tolist())):
        like = headings[keys == key]
        mine = like[chosen[like]]
        if _MIN_CHOSEN <= len(mine) < len(like):
            element = _holder(rows, mine)
            if element is not None:
                yield like[(like >= tree.first[element]) & (like < tree.end[element])]


def _holder(rows: BlockFeatures, headings: Ints) -> int | None:
    """The smallest element not far above the last of some headings that holds enough of them."""
    for level in _LEVELS:
        element = int(rows.tree.above[level][headings[-1]])
        inside = (headings >= rows.tree.first[element]) & (headings < rows.tree.end[element])
        if np.count_nonzero(inside) >= _MIN_CHOSEN:
            return element
    return None


def section_of(rows: BlockFeatures, heading: int) -> slice:
    """What stands under a heading, in the smallest element that holds more than it, up to the next heading."""
    ends = (int(rows.tree.end[above[heading]]) for above in rows.tree.above[1:])
    end = next((end for end in ends if end > heading + 1), heading + 1)
    following = np.flatnonzero(rows.forms.is_heading[heading + 1 : end])
    return slice(heading + 1, heading + 1 + int(following[0]) if len(following) else end)
