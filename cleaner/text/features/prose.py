"""What a score sees of the prose before and after a line."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from cleaner.models.arrays import Flags, Floats
from cleaner.models.table import Columns, Table
from cleaner.text.features.lines import MAX_DISTANCE

MIN_PROSE_WORDS = 12
"""Minimum number of words of a line that is prose if a sentence ends in it; twice as many are prose in any case."""
_REACHES = (2, 5, 12)
"""Numbers of lines before and after a line whose words are added up."""

MEANINGS = {
    "since_prose": "lines since the last prose",
    "until_prose": "lines until the next prose",
    "short_run": "lines between the last prose and the next",
    **{
        name: meaning
        for reach in _REACHES
        for name, meaning in {
            f"prose_share_before_{reach}": f"share of words of the {reach} lines before that are prose",
            f"prose_share_after_{reach}": f"share of words of the {reach} lines after that are prose",
            f"words_before_{reach}": f"words per line of the {reach} lines before",
            f"words_after_{reach}": f"words per line of the {reach} lines after",
        }.items()
    },
    "next_prose_words": "words of the next prose",
    "prose_words_before": "words of all prose before it",
    "prose_words_after": "words of all prose after it",
}


def prose_lines(own: Table) -> Flags:
    """The lines that are prose."""
    words = own["words"]
    is_prose: Flags = (words >= MIN_PROSE_WORDS) & ((own["sentence_ends"] > 0) | (words >= 2 * MIN_PROSE_WORDS))
    return is_prose


def prose_columns(words: Floats, prose: Flags) -> Columns:
    """Where each line is among prose and other lines; `words` are the numbers of words of the lines."""
    size = len(words)
    order = np.arange(size)
    before = np.maximum.accumulate(np.where(prose, order, -MAX_DISTANCE))
    after = np.minimum.accumulate(np.where(prose, order, size + MAX_DISTANCE)[::-1])[::-1]
    previous, following = np.append(-MAX_DISTANCE, before[:-1]), np.append(after[1:], size + MAX_DISTANCE)
    next_words = words[np.minimum(following, size - 1)]
    prose_sums = _running_sums(words * prose)
    return {
        "since_prose": np.minimum(order - previous, MAX_DISTANCE),
        "until_prose": np.minimum(following - order, MAX_DISTANCE),
        "short_run": np.minimum(following - previous - 1, MAX_DISTANCE),
        **_window_columns(_running_sums(words), prose_sums),
        "next_prose_words": np.where(following < size, next_words, 0),
        "prose_words_before": prose_sums[:-1],
        "prose_words_after": prose_sums[-1] - prose_sums[1:],
    }


def _window_columns(sums: npt.NDArray[np.float64], prose_sums: npt.NDArray[np.float64]) -> Columns:
    """The words and the share of prose in the lines before and after each line, from the running sums of both."""
    order = np.arange(len(sums) - 1)
    columns = {}
    for reach in _REACHES:
        first, end = np.maximum(order - reach, 0), np.minimum(order + reach + 1, len(order))
        words_before, words_after = sums[:-1] - sums[first], sums[end] - sums[1:]
        prose_before, prose_after = prose_sums[:-1] - prose_sums[first], prose_sums[end] - prose_sums[1:]
        columns[f"prose_share_before_{reach}"] = prose_before / np.maximum(words_before, 1)
        columns[f"prose_share_after_{reach}"] = prose_after / np.maximum(words_after, 1)
        columns[f"words_before_{reach}"] = words_before / np.maximum(order - first, 1)
        columns[f"words_after_{reach}"] = words_after / np.maximum(end - order - 1, 1)
    return columns


def _running_sums(values: Floats) -> npt.NDArray[np.float64]:
    """The sums of the values before each value, and of all."""
    return np.append(0.0, np.cumsum(values))
