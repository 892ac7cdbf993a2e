"""The pages of a site beside one another: which blocks stay, which go, and which repeat although they stay."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from cleaner.repeats import SiteRepeats, repeats_of
from cleaner.repeats.counting import least_pages
from cleaner.repeats.dropping import MIN_WORDS
from cleaner.repeats.keys import pair
from cleaner.rules.learning.survey import PageSurvey, SurveyedBlock

STAYS, GOES, REPEATS, COMMENT = range(4)
"""What becomes of a block: cleaner keeps it; cleaner drops it; cleaner keeps it, and it repeats over the pages; it is a
reader's comment, which goes or stays as the user chooses."""


FEWEST = 3
"""Pages that a place must be on: on two it may be chance."""


@dataclass(slots=True)
class Site:
    """The surveyed pages of a site."""

    pages: Sequence[PageSurvey]
    repeats: SiteRepeats = field(init=False)
    fates: list[list[int]] = field(init=False)
    """For each page and block STAYS, GOES or REPEATS."""
    spread: Counter[int] = field(init=False)
    """On how many pages each text is."""
    shared: int = FEWEST
    """On how many pages a text must be for a place to be a template's."""

    def __post_init__(self) -> None:
        self.pages = [page for page in self.pages if any(block.kept for block in page.blocks)]
        self.repeats = repeats_of(
            [block.packed for block in page.blocks if block.packed >= 0 and not block.names_page] for page in self.pages
        )
        self.fates = [self._fates(page) for page in self.pages]
        self.spread = Counter(
            text for page in self.pages for text in {b.key.text for b in page.blocks if b.packed >= 0}
        )

    @property
    def least(self) -> float:
        """On how many pages a text must be to repeat."""
        return least_pages(len(self.pages))

    def _fates(self, page: PageSurvey) -> list[int]:
        fates = [STAYS if block.kept else COMMENT if block.comments else GOES for block in page.blocks]
        for row in _rows(page, self.repeats):
            for number in row:
                if fates[number] == STAYS:
                    fates[number] = REPEATS
        return fates


def _rows(page: PageSurvey, repeats: SiteRepeats) -> Iterator[list[int]]:
    """Neighbours that repeat together, with words enough to be no label of the authors; see `cleaner.repeats`."""
    if not repeats:
        return
    row: list[int] = []
    texts = [number for number, block in enumerate(page.blocks) if block.words]
    often = Counter(page.blocks[number].key.text for number in texts)
    for before, number in pairwise([-1, *texts]):
        block = page.blocks[number]
        if row and not (before == row[-1] and _goes_on(page.blocks[before], block, repeats)):
            yield from _long_enough(page, row, is_last=False)
            row = []
        if block.key.text in repeats.texts and (block.words >= MIN_WORDS or often[block.key.text] < 2):
            row.append(number)
    yield from _long_enough(page, row, is_last=True)


def _goes_on(before: SurveyedBlock, block: SurveyedBlock, repeats: SiteRepeats) -> bool:
    return pair(before.key.text, block.key.text) in repeats.pairs


def _long_enough(page: PageSurvey, row: list[int], *, is_last: bool) -> Iterator[list[int]]:
    if sum(page.blocks[number].words for number in row) < MIN_WORDS:
        return
    while row and not is_last and page.blocks[row[-1]].kind == "heading":
        row = row[:-1]  # it may head what follows, which is the page's own
    if row:
        yield row
