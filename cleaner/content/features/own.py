"""What a score sees of a block by itself."""

from __future__ import annotations

from collections import Counter

import numpy as np

from cleaner.content.features.blocks import KINDS, Blocks
from cleaner.models.table import Columns

MEANINGS = {
    "words": "words of the block",
    "link_density": "share of its characters in links",
    "sentence_ends": "ends of sentences",
    "sentences_per_word": "ends of sentences per word",
    "upper": "share of its characters that are capitals",
    "kind": ", ".join(f"{number} {kind}" for number, kind in enumerate(KINDS)),
    "level": "level of a heading, else 0",
    "title_share": "share of the title's words in it (headings and short blocks)",
    "copies": "blocks with the same text, itself included",
    "separators": "bars, bullets and slashes",
}


def own_columns(blocks: Blocks) -> Columns:
    """What each block is by itself."""
    counts, copies = blocks.counts, Counter(blocks.texts)
    return {
        "words": counts.words,
        "link_density": blocks.link_density,
        "sentence_ends": counts.sentence_ends,
        "sentences_per_word": counts.sentence_ends / np.maximum(counts.words, 1),
        "upper": counts.upper,
        "kind": blocks.kinds,
        "level": blocks.levels,
        "title_share": blocks.title_share,
        "copies": [copies[text] for text in blocks.texts],
        "separators": counts.separators,
    }
