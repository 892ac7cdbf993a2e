"""A document without what repeats over the pages of its site."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from cleaner.document import Block, Container, Document, Removal
from cleaner.repeats.counting import SiteRepeats
from cleaner.repeats.keys import Place, pair, places_of

REASON = "site.repeat"
MIN_WORDS = 12
"""Words that repeat in a row before they are boilerplate: fewer are a heading, a label or a phrase of the authors."""
LEAST_LEFT = 0.1
"""The least share of a page's words that stays: with less, what repeats is what the page is about."""
_AUTHORS_KINDS = ("code", "math")
"""Kinds that are never boilerplate, however often they repeat."""


def without_repeats(document: Document, repeats: SiteRepeats, site: str = "") -> Document:
    """The document without the blocks that repeat over the pages of its site, each a removal with `REASON`.

    What goes is a row of neighbours that repeat, each and next to each other, with `MIN_WORDS` words or more. What the
    extractor has removed belongs to the row, too. A heading or label above text of the page stays, as do the title,
    code and math. A page that would lose nearly all its text keeps it: it is what the page is about.

    The `source` of a removal says on how many pages of the `site` the text is: "example.com: 34 of 40 pages".
    """
    if not repeats:
        return document
    places = places_of(document)
    texts = [place for place in places if place.words]
    repeated = _repeated(document, texts, repeats)
    dropped = {number for row in _rows(document, texts, repeated, repeats.pairs) for number in row}
    if not dropped or _is_nearly_all(texts, dropped):
        return document
    dropped |= _pictures_beside(dropped, places, repeats)
    where = f"{site}: " if site else ""
    told = {
        place.block: f"{where}{repeats.texts[place.text]} of {repeats.pages} pages"
        for place in places
        if place.block is not None and place.block in dropped
    }
    return _without(document, told)


def _pictures_beside(dropped: set[int], places: list[Place], repeats: SiteRepeats) -> set[int]:
    """Images that repeat, too, next to a block that is dropped."""
    return {
        place.block
        for place in places
        if place.block is not None
        and not place.words
        and place.text in repeats.texts
        and not dropped.isdisjoint((place.block - 1, place.block + 1))
    }


def _repeated(document: Document, places: list[Place], repeats: SiteRepeats) -> list[bool]:
    """Of each text whether it repeats over pages and may go.

    Code and math may not, nor a short text that the page itself has several times, as labels are.
    """
    often = Counter(place.text for place in places if place.block is not None)
    return [
        place.text in repeats.texts
        and (place.words >= MIN_WORDS or often[place.text] < 2)
        and _kind(document, place) not in _AUTHORS_KINDS
        for place in places
    ]


def _rows(document: Document, places: list[Place], repeated: list[bool], pairs: frozenset[int]) -> Iterator[set[int]]:
    """The numbers of the blocks to drop, for each row of neighbours that is long enough."""
    start = 0
    for end in range(1, len(places) + 1):
        before = end - 1
        if (
            end < len(places)
            and repeated[before]
            and repeated[end]
            and pair(places[before].text, places[end].text) in pairs
        ):
            continue
        row = places[start:end]
        if repeated[start] and sum(place.words for place in row) >= MIN_WORDS:
            if end < len(places) and places[end].block is not None:
                row = _without_labels(document, row)
            yield {place.block for place in row if place.block is not None}
        start = end


def _without_labels(document: Document, row: list[Place]) -> list[Place]:
    """A row above text of the page without what may head that text: the headings, or one short paragraph."""
    end = len(row)
    while end and _kind(document, row[end - 1]) == "heading":
        end -= 1
    if end == len(row) and row[-1].words < MIN_WORDS and _kind(document, row[-1]) == "paragraph":
        end -= 1
    return row[:end]


def _kind(document: Document, place: Place) -> str | None:
    """The kind of a block; None if it was removed."""
    return document.blocks[place.block].kind if place.block is not None else None


def _is_nearly_all(texts: list[Place], dropped: set[int]) -> bool:
    """Whether less than `LEAST_LEFT` of the page's words would stay."""
    kept = [place for place in texts if place.block is not None]
    stays = sum(place.words for place in kept if place.block not in dropped)
    return stays < LEAST_LEFT * sum(place.words for place in kept)


def _without(document: Document, told: dict[int, str]) -> Document:
    """The document without the blocks of these numbers; `told` has the source of each removal."""
    breaks = _idle_breaks(document.blocks, told)
    blocks: list[Block] = []
    removed: list[Removal] = []
    older = iter(document.removed)
    removal = next(older, None)
    index = -1
    for number, block in enumerate(document.blocks):
        while removal is not None and removal.before <= number:
            removed.append(replace(removal, before=len(blocks)))
            index = max(index, removal.index)
            removal = next(older, None)
        index += 1
        if number in told:
            text = block.text or block.caption or block.alt
            if text:
                source, before = told[number], len(blocks)
                removed.append(Removal(text, REASON, source, score=block.score, index=index, before=before))
        elif number not in breaks:
            blocks.append(block)
    while removal is not None:
        removed.append(replace(removal, before=len(blocks)))
        removal = next(older, None)
    return replace(document, blocks=tuple(_numbered_anew(blocks)), removed=tuple(removed))


def _idle_breaks(blocks: tuple[Block, ...], dropped: dict[int, str]) -> set[int]:
    """Thematic breaks that no longer stand between two blocks."""
    idle: set[int] = set()
    last: int | None = None
    before = False
    for number, block in enumerate(blocks):
        if number in dropped:
            continue
        if block.kind != "rule":
            last, before = None, True
        elif not before or last is not None:
            idle.add(number)
        else:
            last = number
    if last is not None:
        idle.add(last)
    return idle


def _numbered_anew(blocks: list[Block]) -> Iterator[Block]:
    """The blocks with containers and lists that count from 1, so that equal documents have equal ones."""
    known: dict[int, Container] = {}
    lists: dict[int, int] = {}
    for block in blocks:
        for container in block.containers:
            if container.key not in known:
                number = container.list
                if number is not None:
                    number = lists.setdefault(number, len(lists) + 1)
                known[container.key] = replace(container, key=len(known) + 1, list=number)
        if block.containers:
            block = replace(block, containers=tuple(known[container.key] for container in block.containers))
        yield block
