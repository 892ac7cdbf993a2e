"""What a score sees of the lines beside a line."""

from __future__ import annotations

import numpy as np

from cleaner.models.table import Columns, Table

SIDES = (-3, -2, -1, 1, 2, 3)
"""The neighbours that are looked at, by their distance."""
_REACH = max(SIDES)
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


def neighbour_table(own: Table) -> Table:
    """The features of the lines beside each line."""
    near = own.select(OF_NEIGHBOURS)
    missing = np.full((len(OF_NEIGHBOURS), _REACH), _MISSING, np.float32)
    padded = np.concatenate((missing, near, missing), axis=1)
    return Table(NEIGHBOUR_NAMES, np.concatenate([padded[:, _REACH + side :][:, : len(own)] for side in SIDES]))


def comparison_columns(own: Table, beside: Table) -> Columns:
    """Each line compared with the lines beside it."""
    numbered = [(beside[f"number_depth{side:+d}"] > 0).astype(int) for side in (-1, 1)]
    return {
        "numbers_beside": sum(numbered),
        **{f"{name}_over_next": own[name] - beside[f"{name}+1"] for name in _COMPARED},
    }
