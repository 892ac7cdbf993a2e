"""What a score sees of what recurs in a document: the words of a line, and whole lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from cleaner.models.arrays import Flags, Ints
from cleaner.models.table import Columns
from cleaner.text.features.lines import MAX_DISTANCE
from cleaner.text.features.words import Stems

_REACHES = (1, 2, 3)
"""Numbers of lines below a line in which its words are looked for."""
_MAX_COPIED = 200
"""Maximum number of characters of a line whose copies are counted."""
_KEY_BITS = 62
"""Number of bits of a number that holds the hash of a word and the number of its line."""

MEANINGS = {
    **{f"echo+{reach}": f"share of its long words that the line at place {reach:+d} has" for reach in _REACHES},
    "echoes": f"other lines with a long word of it: mean over its long words, at most {MAX_DISTANCE} each",
    "new_words": "share of its long words that no other line has",
    "copies": f"lines with the same text, itself included, in any case; 1 over {_MAX_COPIED} characters",
    "copy_distance": "lines to the nearest of these",
}


def echo_columns(stems: Stems, lines: int) -> Columns:
    """Where the long words of each line recur, in a document of so many `lines`."""
    some = np.maximum(np.bincount(stems.line, minlength=lines), 1)
    bits = _KEY_BITS - lines.bit_length()
    hashes = stems.hashes & (1 << bits) - 1
    keys, at = np.unique(hashes * lines + stems.line, return_inverse=True)  # in the order of words, then of lines

    def mean(values: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
        """The mean, over the long words of each line, of a value that each word has in each line."""
        return np.bincount(stems.line, values[at], lines) / some

    columns = {f"echo+{reach}": mean(_recurs(keys, lines, reach)) for reach in _REACHES}
    others = _lines_with(keys // lines) - 1
    return {**columns, "echoes": mean(np.minimum(others, MAX_DISTANCE)), "new_words": mean(others == 0)}


def _recurs(keys: Ints, lines: int, reach: int) -> Flags:
    """For each word and line, whether the line that is `reach` below has the word too."""
    found: Flags = np.zeros(len(keys), bool)
    for step in range(1, min(reach + 1, len(keys))):  # the word may be in the lines between the two as well
        found[:-step] |= keys[step:] == keys[:-step] + reach
    return found & (keys % lines + reach < lines)


def _lines_with(words: Ints) -> Ints:
    """For each word and line, the number of lines that have the word; the same words are neighbours."""
    begins = np.flatnonzero(np.diff(words, prepend=-1))
    sizes = np.diff(np.append(begins, len(words)))
    return np.repeat(sizes, sizes)


def copy_columns(texts: Sequence[str]) -> Columns:
    """How often each short line occurs, and how far its nearest copy is."""
    keys = [text.casefold() if len(text) <= _MAX_COPIED else "" for text in texts]
    copies = Counter(keys)
    copies[""] = 1
    distance = [MAX_DISTANCE] * len(texts)
    last: dict[str, int] = {}
    for number, key in enumerate(keys):
        if copies[key] > 1:
            before = last.get(key, number - MAX_DISTANCE)
            distance[number] = min(number - before, MAX_DISTANCE)
            if key in last:
                distance[before] = min(distance[before], number - before)
            last[key] = number
    return {"copies": [copies[key] for key in keys], "copy_distance": distance}
