"""Which texts stand on more pages of a site than chance allows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count as numbers
from itertools import pairwise
from math import exp, inf, lgamma, log
from typing import Any, Self

from cleaner.repeats.keys import Key, keys_of, pair

SAMPLE = 500
"""Pages of a site that are enough to count: a share of a fifth is then known to 2 of 100."""
AUTHORS_SHARE = 0.2
"""The largest share of a site's pages that a text of its authors stands on: a heading, a label, a phrase they like."""
CHANCE = 0.001
"""A text repeats if one that is on `AUTHORS_SHARE` of the pages were on as many of those counted with this chance."""
NEW_SHARE = 0.5
"""The least share of a page's kept words that the pages counted before it do not have, for the page to count.

Words that are on so many pages that they would repeat in any case are left aside. A page with less is one of those
before at another address, for print, in another version: it says nothing about repeating.
"""


@dataclass(frozen=True, slots=True)
class SiteRepeats:
    """What repeats over the pages of a site."""

    pages: int = 0
    """The distinct pages that were counted."""
    texts: Mapping[int, int] = field(default_factory=dict)
    """On how many of them a text or an image is, for those that repeat."""
    pairs: frozenset[int] = frozenset()
    """Two texts that stand one after the other on as many pages as repeat."""

    def __bool__(self) -> bool:
        return bool(self.texts)

    def to_dict(self) -> dict[str, Any]:
        """Numbers in lists, for JSON. Equal ones are equal texts."""
        return {"pages": self.pages, "texts": sorted(self.texts.items()), "pairs": sorted(self.pairs)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """What `to_dict` was called on."""
        return cls(data["pages"], dict(data["texts"]), frozenset(data["pairs"]))


def repeats_of(pages: Iterable[Sequence[int]]) -> SiteRepeats:
    """What repeats over the pages of one site, of which `page_keys` gave the keys; their order does not matter.

    A page counts once however often it is there, and so do its versions: see `NEW_SHARE`. What repeats does so both
    over the pages that count and over all whose text is not the same. With fewer than `FEWEST` of them nothing
    repeats. Memory holds the keys: `SAMPLE` pages of a site are enough.
    """
    distinct = _without_copies(pages)
    counts = _count(distinct)
    least = least_pages(len(distinct))
    different = list(_different(distinct, counts, least))
    least_here = least_pages(len(different))
    texts = {text: count for text, count in _count(different).items() if count >= least_here and counts[text] >= least}
    pairs = Counter(both for page in different for both in _pairs(page, texts))
    return SiteRepeats(
        len(different), texts, frozenset(pair(*both) for both, count in pairs.items() if count >= least_here)
    )


def count_repeats(pages: Iterable[tuple[str, Sequence[int]]]) -> dict[str, SiteRepeats]:
    """What repeats on each site, of pages as their site and `page_keys`. Memory holds the keys of all pages."""
    sites: dict[str, list[Sequence[int]]] = {}
    for site, keys in pages:
        sites.setdefault(site, []).append(keys)
    return {site: repeats_of(keys) for site, keys in sites.items()}


@lru_cache(maxsize=1 << 12)
def least_pages(pages: int) -> int | float:
    """On how many of so many pages a text must be to repeat; infinity where these are too few to say."""
    chance, least = 0.0, inf
    for count in range(pages, 0, -1):
        chance += _chance(pages, count)
        if chance > CHANCE:
            break
        least = count
    return least


def _chance(pages: int, count: int) -> float:
    """The chance of exactly so many pages, by the binomial distribution."""
    ways = lgamma(pages + 1) - lgamma(count + 1) - lgamma(pages - count + 1)
    return exp(ways + count * log(AUTHORS_SHARE) + (pages - count) * log(1 - AUTHORS_SHARE))


FEWEST = next(pages for pages in numbers(1) if least_pages(pages) <= pages)
"""The fewest distinct pages of a site over which a text can repeat."""


def _without_copies(pages: Iterable[Sequence[int]]) -> list[list[Key]]:
    """The pages, and of those with the same kept blocks one: the same whatever order they come in."""
    distinct: dict[frozenset[int], list[Key]] = {}
    for packed in sorted(tuple(map(int, page)) for page in pages):  # arrays have integers of their own
        keys = keys_of(packed)
        distinct.setdefault(frozenset(key.text for key in keys if key.is_kept), keys)
    return list(distinct.values())


def _count(pages: list[list[Key]]) -> Counter[int]:
    """On how many of the pages each text is."""
    return Counter(text for page in pages for text in {key.text for key in page})


def _different(pages: list[list[Key]], counts: Mapping[int, int], least: float) -> Iterator[list[Key]]:
    """The pages whose kept words are new for the most part; texts on `least` pages or more are left aside."""
    known: set[int] = set()
    for page in pages:
        words: Counter[bool] = Counter()
        for key in page:
            if key.is_kept and counts[key.text] < least:
                words[key.text not in known] += key.words
        if words[True] > NEW_SHARE * words.total():
            known.update(key.text for key in page if key.is_kept)
            yield page


def _pairs(page: list[Key], repeated: Mapping[int, int]) -> set[tuple[int, int]]:
    texts = [key.text for key in page if key.words]
    return {both for both in pairwise(texts) if both[0] in repeated and both[1] in repeated}
