"""How the sentence after a line end opens: "However, they" goes on with what was said, "In spring" may begin anew.

It is asked where a sentence ends with a row and a capital follows. The weights of words are learnt from the sentences
that blocks begin with and those inside blocks.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cleaner.models.arrays import Flags, Floats, Ints
from cleaner.models.wording import WORDING_FEATURES, Wording
from cleaner.text.features.rows import CAPITAL, Rows

_MAX_CHARACTERS = 50
"""Maximum number of characters of a sentence that are looked at."""

MEANINGS = {
    f"opening_{name}": f"`{name}` of the next row's beginning, where a sentence ends before it"
    for name in WORDING_FEATURES
}


def opening(text: str) -> str:
    """What is looked at of a row or a sentence."""
    return text.strip()[:_MAX_CHARACTERS].rstrip()


def opens_sentence(rows: Rows, at: Ints) -> Flags:
    """Whether a sentence ends with each of some rows, and the next row begins with a capital."""
    found: Flags = rows.ends[at] & (rows.first[at + 1] == CAPITAL)
    return found


def openings(texts: Sequence[str], at: Ints) -> list[str]:
    """The openings of the rows after some rows."""
    return [opening(texts[number + 1]) for number in at.tolist()]


def opening_rows(opens: Flags, said: Floats) -> Floats:
    """The columns of all line ends, of which some open sentences; `said` has what is known of these."""
    out = np.zeros((len(MEANINGS), len(opens)), np.float32)
    out[:, opens] = said
    return out


def rows_by_wording(rows: Rows, at: Ints, wording: Wording) -> Floats:
    """The columns of some line ends."""
    opens = opens_sentence(rows, at)
    if not opens.any():
        return np.zeros((len(MEANINGS), len(at)), np.float32)
    return opening_rows(opens, wording.rows(openings(rows.texts, at[opens])))
