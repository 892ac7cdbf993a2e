"""What a score sees of the whole document, and of the place of a line in it."""

from __future__ import annotations

import numpy as np

from cleaner.models.arrays import Flags, Floats
from cleaner.models.table import Columns, Table
from cleaner.text.features.lines import MAX_DISTANCE
from cleaner.text.features.prose import MIN_PROSE_WORDS

_MAX_RUN = 20
"""Maximum of `short_run` that counts in its mean."""

MEANINGS = {
    "lines_before": "lines before it",
    "lines_after": "lines after it",
    "place": "place among the lines, 0 to 1",
    "place_in_words": "share of the document's words before its end",
    "doc_lines": "lines",
    "doc_words": "words",
    "doc_short": f"share of lines that are short (fewer than {MIN_PROSE_WORDS} words)",
    "doc_prose": "share of words that are prose",
    "doc_median_words": "median of `words`",
    "doc_gaps": "mean of `gap_before`",
    "doc_indents": "share of lines that are indented",
    "doc_caseless": "mean of `caseless`",
    "doc_ends": "mean of `last_end`",
    "doc_short_ends": "mean of `last_end` of short lines",
    "doc_short_capitalised": "mean of `capitalised` of short lines",
    "doc_short_signs": "mean of `first_sign` of short lines",
    "doc_copies": "share of lines that have a copy",
    "doc_runs": f"mean of `short_run` of short lines, at most {_MAX_RUN} for each",
    "doc_longest_run": "maximum of `short_run`",
}


def place_columns(words: Floats) -> Columns:
    """Where each line is in the document; `words` are the numbers of words of the lines."""
    order, last, words_passed = np.arange(len(words)), len(words) - 1, np.cumsum(words)
    return {
        "lines_before": np.minimum(order, MAX_DISTANCE),
        "lines_after": np.minimum(last - order, MAX_DISTANCE),
        "place": order / max(last, 1),
        "place_in_words": words_passed / max(float(words_passed[-1]), 1),
    }


def _median(values: Floats) -> float:
    """The median, as `np.median` gives it, which imports masked arrays when it is first called."""
    ordered, size = np.sort(values), len(values)
    return float((ordered[(size - 1) // 2] + ordered[size // 2]) / 2)


def document_columns(own: Table, short_run: Floats, prose: Flags) -> Columns:
    """What the document is, the same for all of its lines."""
    words = own["words"]
    total = float(np.cumsum(words)[-1])
    short = words < MIN_PROSE_WORDS

    def mean_of_short(column: Floats) -> float:
        return float(column[short].sum() / max(int(short.sum()), 1))

    return {
        "doc_lines": len(own),
        "doc_words": total,
        "doc_short": short.mean(),
        "doc_prose": (words * prose).sum() / max(total, 1),
        "doc_median_words": _median(words),
        "doc_gaps": own["gap_before"].mean(),
        "doc_indents": (own["indent"] > 0).mean(),
        "doc_caseless": own["caseless"].mean(),
        "doc_ends": own["last_end"].mean(),
        "doc_short_ends": mean_of_short(own["last_end"]),
        "doc_short_capitalised": mean_of_short(own["capitalised"]),
        "doc_short_signs": mean_of_short(own["first_sign"]),
        "doc_copies": (own["copies"] > 1).mean(),
        "doc_runs": mean_of_short(np.minimum(short_run, _MAX_RUN)),
        "doc_longest_run": short_run.max(),
    }
