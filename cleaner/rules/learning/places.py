"""Places in the tree of a site's pages: those that hold boilerplate, and the one that holds the main content."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from cleaner import repeats
from cleaner.rules.learning.evidence import COMMENT, FEWEST, REPEATS, STAYS, Site
from cleaner.rules.learning.survey import PageSurvey, SurveyedBlock

FEWEST_OTHERS = repeats.FEWEST
"""Pages that are enough for a place that is not on every page, or whose texts are not the same on each."""
SAME = 0.9
"""The least share of a place's words that are on `Site.shared` pages, for its texts to be a template's."""
ALIKE = 0.5
"""The same share, for a place on `FEWEST_OTHERS` pages."""
NEARLY_ALL = 0.9
"""The least share of the pages that must have a place with other texts on each."""
LOW = 0.3
"""The highest score that a text in such a place may have."""
COMMON = 0.5
"""The least share of the pages that a place is on to be a part of the template, where cleaner keeps nothing of it."""
MOSTLY = 0.2
"""The most of a place's blocks that may stay for it to be told as doubtful."""
MOST_PLACES = 24
"""Places that are told of a site: the largest."""
_BLOCK_BITS = 32
_LONG_SAMPLE = 30
"""Characters of a text that are enough to show what is in a place."""
MAIN_PAGES = 0.9
"""The least share of the pages that must have the main container."""
MAIN_LEFT = 0.02
"""The most of a page's kept words that a main container that is told as doubtful may leave outside."""


@dataclass(slots=True)
class Place:
    """What the pages have in the elements of a selector."""

    css: str
    pages: int = 0
    """Pages with blocks in it."""
    blocks: int = 0
    kept: int = 0
    """Blocks that stay, and do not repeat."""
    kept_pages: int = 0
    repeating: int = 0
    """Blocks that cleaner keeps although they repeat."""
    words: int = 0
    alike: int = 0
    """Words of texts that are on `Site.shared` pages."""
    comments: int = 0
    score: float = 0.0
    """The highest score of a block."""
    names_page: bool = False
    """Whether the page's title is in it."""
    sample: str = ""
    numbers: set[int] = field(default_factory=set)
    """The `number_of` each of its blocks."""


def number_of(page: int, block: int) -> int:
    """A number for a block of a page."""
    return page << _BLOCK_BITS | block


def places_of(site: Site) -> dict[str, Place]:
    """The places of all pages by selector."""
    found: dict[str, Place] = {}
    for number, page in enumerate(site.pages):
        for css, ranges in page.places.items():
            place = found.get(css)
            if place is None:
                place = found[css] = Place(css)
            _add(place, number, page, ranges, site)
    return found


def _add(place: Place, number: int, page: PageSurvey, ranges: list[tuple[int, int]], site: Site) -> None:
    fates = site.fates[number]
    place.pages += 1
    kept = place.kept
    for block in (block for first, end in ranges for block in range(first, end)):
        said = page.blocks[block]
        place.blocks += 1
        place.words += said.words
        place.alike += said.words if said.words and site.spread[said.key.text] >= site.shared else 0
        place.kept += fates[block] == STAYS
        place.score = max(place.score, said.score)
        place.comments += fates[block] == COMMENT
        place.repeating += fates[block] == REPEATS
        place.names_page = place.names_page or said.names_page
        place.numbers.add(number_of(number, block))
        if len(place.sample) < _LONG_SAMPLE and len(said.text) > len(place.sample):
            place.sample = said.text
    place.kept_pages += place.kept > kept


@dataclass(frozen=True, slots=True)
class Found:
    """Places that go, certain and doubtful ones."""

    certain: tuple[Place, ...] = ()
    doubtful: tuple[Place, ...] = ()


def boilerplate(site: Site, places: dict[str, Place]) -> Found:
    """The places that hold boilerplate and nothing else: the outermost, the largest first.

    A place is certain if nothing in it ever stays, and it is on so many pages that this is no chance. It is doubtful if
    a little stays: on some page, cleaner or the place is wrong. Or all of it stays, and is the same on each page.
    """
    several = [place for place in places.values() if _may_go(place, len(site.pages))]
    certain = _outermost(place for place in several if not place.kept and _is_certain(place, len(site.pages)))
    covered = {number for place in certain for number in place.numbers}
    doubtful = _outermost(place for place in several if _is_doubtful(place) and place.numbers - covered)
    return Found(tuple(certain), tuple(doubtful))


def _may_go(place: Place, pages: int) -> bool:
    return (
        place.words > 0
        and not place.names_page
        and place.comments <= place.blocks / 2
        and place.pages >= FEWEST
        and (place.repeating > 0 or place.pages >= COMMON * pages)
    )


def _is_certain(place: Place, pages: int) -> bool:
    """Whether it is no chance that all of the place goes.

    Texts that are the same on each page are a template's. Other texts go by their scores on these pages alone.
    """
    if place.repeating:
        return True
    if place.pages < FEWEST_OTHERS:
        return place.pages == pages and place.alike >= SAME * place.words
    return place.alike >= ALIKE * place.words or (place.pages >= NEARLY_ALL * pages and place.score <= LOW)


def _is_doubtful(place: Place) -> bool:
    """Whether nearly all of a place goes, or all of it is the same on many pages though cleaner keeps it."""
    is_same = place.pages >= FEWEST_OTHERS and place.alike >= SAME * place.words
    return is_same or place.kept <= MOSTLY * place.blocks


def _outermost(places: Iterator[Place]) -> list[Place]:
    """Places that have blocks which none before has; the largest first, of equals the one with the shortest name."""
    ordered = sorted(places, key=lambda place: (-len(place.numbers), len(place.css), place.css))
    chosen: list[Place] = []
    covered: set[int] = set()
    for place in ordered:
        if len(chosen) < MOST_PLACES and not place.numbers <= covered:
            chosen.append(place)
            covered |= place.numbers
    return chosen


@dataclass(frozen=True, slots=True)
class Main:
    """The container of the main content."""

    css: str
    pages: int
    """Pages that have it."""
    left_out: tuple[SurveyedBlock, ...]
    """Blocks that cleaner keeps outside of it."""
    certain: bool


def main_container(site: Site, places: dict[str, Place]) -> Main | None:
    """The smallest place that holds what stays on nearly all pages, and leaves out some of what goes.

    It is certain if nothing of the page's own text is outside on any page.
    """
    candidates = sorted(
        (place for place in places.values() if place.pages >= max(FEWEST, MAIN_PAGES * len(site.pages))),
        key=lambda place: (place.blocks, len(place.css), place.css),
    )
    total = sum(len(page.blocks) for page in site.pages)
    for place in candidates:
        outside = _kept_outside(site, place.css)
        if outside is not None and place.blocks < total:
            certain = not outside and place.pages == len(site.pages)
            return Main(place.css, place.pages, tuple(outside), certain)
    return None


def _kept_outside(site: Site, css: str) -> list[SurveyedBlock] | None:
    """The blocks that stay outside of a place; None where they are too much on a page that has it."""
    found: list[SurveyedBlock] = []
    for page, fates in zip(site.pages, site.fates, strict=True):
        ranges = page.places.get(css)
        if ranges is None:
            continue
        inside = {number for first, end in ranges for number in range(first, end)}
        stays = [number for number, fate in enumerate(fates) if fate == STAYS and not page.blocks[number].names_page]
        outside = [page.blocks[number] for number in stays if number not in inside]
        words = sum(page.blocks[number].words for number in stays)
        if sum(block.words for block in outside) > MAIN_LEFT * words:
            return None
        found += outside
    return found
