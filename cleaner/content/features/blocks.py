"""The blocks of a page as columns, from which features are made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from cleaner.content.features.counts import Counts
from cleaner.models.arrays import Flags, Floats, Ints
from cleaner.normalize import words as words_of
from cleaner.page.candidate import Candidate

KINDS = ("heading", "paragraph", "list_item", "code", "table", "image", "math", "rule")

WORDS, LINKED_WORDS, PROSE_WORDS, HEADINGS, SHORT_WORDS = range(5)
"""Columns of `Blocks.sums`."""

MIN_PROSE_WORDS = 12
"""Minimum number of words of prose."""
_PROSE_LINKS = 0.3
"""Link density that prose does not reach."""
_TITLE_WORDS = range(3, 25)
"""Numbers of words of blocks that are compared with the title of the page; headings are always compared."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """The blocks of a page that have text, as columns."""

    texts: Sequence[str]
    counts: Counts
    link_density: Floats
    """Share of the characters that are in links (Kohlschütter, Fankhauser and Nejdl 2010)."""
    kinds: Ints
    """Places in KINDS."""
    levels: Ints
    """Levels of headings, 0 for other blocks."""
    is_prose: Flags
    title_share: Floats
    """Share of the words of the page's title, for blocks that are compared with it; 0 for others."""
    sums: npt.NDArray[np.float64]
    """Rows by WORDS and so on: the sums over all rows before, and at the end over all rows; a range is a difference."""

    @classmethod
    def of(cls, blocks: Sequence[Candidate], title: str) -> Blocks:
        """The columns of one block or more, all with text, of a page with this title."""
        texts = [block.text for block in blocks]
        counts = Counts.of(texts)
        kinds = np.array([KINDS.index(block.kind) for block in blocks])
        is_heading = kinds == KINDS.index("heading")
        link_density = _link_density(blocks, counts.characters)
        is_prose = _prose(counts, link_density)
        words = counts.words
        return cls(
            texts=texts,
            counts=counts,
            link_density=link_density,
            kinds=kinds,
            levels=np.array([block.level or 0 for block in blocks]),
            is_prose=is_prose,
            title_share=_title_share(title, texts, is_heading, words),
            sums=_running_sums(words, words * link_density, words * is_prose, is_heading, counts.short_words * words),
        )

    def __len__(self) -> int:
        return len(self.texts)

    @property
    def order(self) -> Ints:
        """The numbers of the rows."""
        return np.arange(len(self))

    @property
    def words(self) -> Floats:
        """The number of words of each block."""
        return self.counts.words

    @property
    def prose_words(self) -> Floats:
        """The number of words of each block that is prose, 0 for other blocks."""
        return self.words * self.is_prose

    @property
    def is_heading(self) -> Flags:
        """The blocks that are headings."""
        found: Flags = self.kinds == KINDS.index("heading")
        return found

    @property
    def total_words(self) -> float:
        """The number of words of the page, at least 1."""
        return max(float(self.sums[-1, WORDS]), 1.0)


def _link_density(blocks: Sequence[Candidate], characters: Floats) -> Floats:
    linked = [linked_characters(block) if block.spans or block.rows else 0 for block in blocks]
    density: Floats = np.minimum(np.array(linked, np.float32) / characters, 1)
    return density


def linked_characters(block: Candidate) -> int:
    """The number of characters of a block that are in links."""
    spans = block.spans or [span for cells in block.rows for cell in cells for span in cell.spans]
    return sum(span.end - span.start for span in spans if span.kind == "link")


def _prose(counts: Counts, link_density: Floats) -> Flags:
    """The blocks that are prose."""
    is_long = counts.words >= MIN_PROSE_WORDS
    return is_long & (link_density < _PROSE_LINKS) & (counts.sentence_ends > 0)


def _title_share(title: str, texts: Sequence[str], is_heading: Flags, words: Floats) -> Floats:
    share = np.zeros(len(texts), np.float32)
    wanted = set(words_of(title))
    if wanted:
        is_short = (words >= _TITLE_WORDS.start) & (words < _TITLE_WORDS.stop)
        for row in np.flatnonzero(is_heading | is_short).tolist():
            share[row] = len(wanted.intersection(words_of(texts[row]))) / len(wanted)
    return share


def _running_sums(*columns: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    sums = np.zeros((len(columns[0]) + 1, len(columns)))
    np.cumsum(np.stack(columns, 1, dtype=np.float64), 0, out=sums[1:])
    return sums
