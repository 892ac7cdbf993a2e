"""Where the pages of a site have their title, author and date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cleaner.rules.learning.survey import FieldPlace, PageSurvey

FIELDS = ("title", "author", "date")
FEWEST = 3
"""Pages on which a place must have the value."""
CERTAIN = 0.8
"""The least share of the pages with a value on which a place has it, to be certain."""
DOUBTFUL = 0.5


@dataclass(frozen=True, slots=True)
class FieldFound:
    """A place of a field, with what speaks for it."""

    place: FieldPlace
    right: int
    """Pages that have the document's value there."""
    wrong: int
    """Pages that have another value there."""
    pages: int
    """Pages whose document has a value."""
    sample: str

    @property
    def certain(self) -> bool:
        """Whether it may be trusted."""
        return not self.wrong and self.right >= max(FEWEST, CERTAIN * self.pages)

    @property
    def likely(self) -> bool:
        """Whether it may be told as doubtful."""
        return self.right >= max(2, DOUBTFUL * self.pages) and self.wrong <= self.right / 4


def fields_of(pages: Sequence[PageSurvey]) -> Iterator[FieldFound]:
    """For each field its best place, if it has one."""
    for field in FIELDS:
        having = [page for page in pages if field in page.fields]
        right = Counter(place for page in having for place in page.field_places if place.field == field)
        found = [_found(place, count, having) for place, count in right.items()]
        likely = [
            each for each in found if each.right >= max(2, DOUBTFUL * each.pages) and each.wrong <= each.right / 4
        ]
        if likely and len({page.fields[field] for page in having}) > 1:  # what is equal on all pages may be anything
            yield min(likely, key=_order)


def _found(place: FieldPlace, right: int, having: list[PageSurvey]) -> FieldFound:
    wrong = sum(place.css in page.counts and place not in page.field_places for page in having)
    sample = next(page.fields[place.field] for page in having if place in page.field_places)
    return FieldFound(place, right, wrong, len(having), sample)


def _order(found: FieldFound) -> tuple[object, ...]:
    """The surest first; of equals an attribute for programs, then the shortest."""
    place = found.place
    return (not found.certain, found.wrong - found.right, not place.attr, bool(place.prefix), len(place.css), place.css)
