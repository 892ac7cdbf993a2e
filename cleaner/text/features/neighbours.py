"""What a score sees of the lines beside a line."""

from __future__ import annotations

import numpy as np

from cleaner.models.arrays import Floats
from cleaner.models.table import Columns, Table

SIDES = (-3, -2, -1, 1, 2, 3)
"""The neighbours that are looked at, by their distance."""
_MISSING = -1
"""Value of a neighbour that does not exist."""
OF_NEIGHBOURS = (
    "characters",
    "words",
    "upper",
    "digits",
    "signs",
    "pauses",
    "sentence_ends",
    "first_upper",
    "first_lower",
    "first_sign",
    "last_end",
    "last_colon",
    "last_letter",
    "short_words",
    "capitalised",
    "capitals",
    "gap_before",
    "indent",
    "number_depth",
    "copies",
)
"""The features of neighbours that are looked at."""
NEIGHBOUR_NAMES = tuple(f"{name}{side:+d}" for side in SIDES for name in OF_NEIGHBOURS)
"""The names of these features."""
_COMPARED = ("capitalised", "upper", "words", "indent")
"""The features that are compared with those of the next line."""

MEANINGS = {
    "numbers_beside": "lines beside it, of two, that begin with a number",
    **{f"{name}_over_next": f"*{name}* less that of the next line" for name in _COMPARED},
}


def write_neighbours(own: Table, out: Floats) -> None:
    """Writes NEIGHBOUR_NAMES of all lines to `out`, a matrix of these features by lines."""
    near = own.select(OF_NEIGHBOURS)
    out[:] = _MISSING
    for side, part in zip(SIDES, out.reshape(len(SIDES), len(OF_NEIGHBOURS), len(own)), strict=True):
        if abs(side) < len(own):
            there = slice(max(side, 0), len(own) + min(side, 0))
            here = slice(max(-side, 0), len(own) + min(-side, 0))
            part[:, here] = near[:, there]


def comparison_columns(own: Table) -> Columns:
    """Each line compared with the lines beside it."""
    numbered = np.concatenate(([False], own["number_depth"] > 0, [False])).astype(int)
    return {
        "numbers_beside": numbered[:-2] + numbered[2:],
        **{f"{name}_over_next": own[name] - np.append(own[name][1:], np.float32(_MISSING)) for name in _COMPARED},
    }
