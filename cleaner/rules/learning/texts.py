"""Short texts that repeat over the pages of a site, where no place holds them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cleaner.normalize import fold
from cleaner.rules.learning.evidence import COMMENT, REPEATS, STAYS, Site
from cleaner.rules.learning.places import Place, number_of
from cleaner.rules.learning.survey import MAX_TEXT

MOST_TEXTS = 24
"""Texts that are told of a site: those on most pages."""
SELDOM = 0.1
"""The most of its pages on which a text may be kept and yet go: cleaner takes it for boilerplate elsewhere."""
OFTEN = 0.5
"""The same, for a text that is told as doubtful."""


@dataclass(slots=True)
class RepeatedText:
    """A text that is on more pages than chance allows."""

    text: str
    pages: int = 0
    kept_pages: int = 0
    """Pages on which it stays, and is no part of what repeats."""
    repeating: int = 0
    """Pages on which cleaner keeps it although it repeats together with its neighbours."""

    @property
    def certain(self) -> bool:
        """Whether it goes."""
        return self.kept_pages <= SELDOM * self.pages


def repeated_texts(site: Site, places: Iterable[Place]) -> list[RepeatedText]:
    """The texts that repeat outside of the places that go already; those on most pages first."""
    covered = {number for place in places for number in place.numbers}
    found: dict[int, RepeatedText] = {}
    for number, page in enumerate(site.pages):
        seen: set[int] = set()
        for place, block in enumerate(page.blocks):
            fate = site.fates[number][place]
            if number_of(number, place) in covered or fate == COMMENT or not block.words or len(block.text) >= MAX_TEXT:
                continue
            text = block.key.text
            if text in site.repeats.texts and text not in seen:
                seen.add(text)
                told = found.setdefault(text, RepeatedText(block.text))
                told.pages += 1
                told.kept_pages += fate == STAYS
                told.repeating += fate == REPEATS
    titles = {fold(page.fields["title"]) for page in site.pages if "title" in page.fields}
    likely = (
        told
        for told in found.values()
        if told.pages >= site.least and told.kept_pages <= OFTEN * told.pages and fold(told.text) not in titles
    )
    return sorted(likely, key=lambda told: (-told.pages, told.text))[:MOST_TEXTS]
