"""Alignment of a page with a text: which blocks the text is made of.

Blocks and text are sequences of words. Runs of up to four words that both have vote for a place of a block in the text;
of all places the heaviest chain in increasing order is chosen, with a Fenwick tree over the ends of places. So a short
block that is in the menu and in the article is found where its neighbours are. Only some places of a frequent label are
compared, so at the end such blocks are looked for between the places of the chain.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

_RUN = 4
"""Number of words of a run that votes; a shorter block votes as a whole."""
_MAX_DRIFT = 32
"""Maximum difference, in words, between the places of runs that vote for one place of the block."""
_MAX_RUN_PLACES = 60
"""Maximum number of places of a run that are looked at; a run that is more frequent says little."""
_MAX_VOTES = 600_000
"""Maximum product of the words of a target and the places of a run, so that fewer places count in a long target."""
_MAX_PLACES = 24
"""Maximum number of places of a block that are compared."""
_MIN_COVERED = 0.5
"""Minimum share of the words of a block that the target has at its place."""
_MIN_MOVED_WORDS, _MIN_MOVED = 6, 0.6
"""Minimum number of words, and minimum share of them in the target, of a block that is out of order there."""


class _Match(NamedTuple):
    """A place of a block in the target: words `start` to `end` (half-open)."""

    start: int
    end: int
    weight: int
    """Number of words of the block that are there."""


@dataclass(slots=True)
class _Chain:
    """The heaviest chain that ends with a block at a place."""

    weight: float
    block: int
    place: _Match
    before: _Chain | None


def coverage(blocks: list[list[str]], target: list[str]) -> list[float]:
    """For each block the share of its words, 0 to 1, that `target` has at the place of the block."""
    shares = [0.0] * len(blocks)
    runs = _runs(target)
    tree: list[_Chain | None] = [None] * (len(target) + 2)
    for number, block in enumerate(blocks):
        links = []
        for place in _places(block, runs, len(target)):
            before = _heaviest(tree, place.start)
            links.append(_Chain((before.weight if before else 0.0) + place.weight, number, place, before))
        for link in links:
            _enter(tree, link)
    covered = bytearray(len(target))
    links = _links(_heaviest(tree, len(target)))
    for link in links:
        shares[link.block] = min(1.0, link.place.weight / len(blocks[link.block]))
        covered[link.place.start : link.place.end] = b"\1" * (link.place.end - link.place.start)
    _out_of_order(blocks, runs, covered, shares)
    _in_gaps(blocks, target, links, covered, shares)
    return shares


def _links(chain: _Chain | None) -> list[_Chain]:
    """The links of a chain, in the order of the page."""
    links = []
    while chain is not None:
        links.append(chain)
        chain = chain.before
    return links[::-1]


def _runs(target: list[str]) -> dict[int, dict[tuple[str, ...], list[int]]]:
    """The places where each run of one to four words begins in the target, by the number of words."""
    runs: dict[int, dict[tuple[str, ...], list[int]]] = {}
    most = max(2, min(_MAX_RUN_PLACES, _MAX_VOTES // max(1, len(target))))
    for size in range(1, _RUN + 1):
        places: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for start, run in enumerate(zip(*(target[i:] for i in range(size)), strict=False)):
            found = places[run]
            if len(found) < most:
                found.append(start)
        runs[size] = places
    return runs


def _places(block: list[str], runs: dict[int, dict[tuple[str, ...], list[int]]], length: int) -> list[_Match]:
    """The places of a block in the target that have enough of its words, the best first."""
    size = min(len(block), _RUN)
    if not size:
        return []
    index = runs[size]
    votes: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for start, run in enumerate(zip(*(block[i:] for i in range(size)), strict=False)):
        for at in index.get(run, ()):
            votes[(at - start) // _MAX_DRIFT].append((start, at))
            votes[(at - start) // _MAX_DRIFT + 1].append((start, at))
    places = set()
    for pairs in votes.values():
        words: set[int] = set()
        for start, _ in pairs:
            words.update(range(start, start + size))
        if len(words) >= _MIN_COVERED * len(block):
            ends = [at for _, at in pairs]
            places.add(_Match(min(ends), min(length, max(ends) + size), len(words)))
    return sorted(places, key=lambda p: (-p.weight, p.end - p.start, p.start))[:_MAX_PLACES]


def _heaviest(tree: list[_Chain | None], end: int) -> _Chain | None:
    """The heaviest chain whose place ends at `end` or before."""
    best = None
    at = end + 1
    while at > 0:
        link = tree[at]
        if link is not None and (best is None or link.weight > best.weight):
            best = link
        at -= at & -at
    return best


def _enter(tree: list[_Chain | None], link: _Chain) -> None:
    """Adds a chain to the tree."""
    at = link.place.end + 1
    while at < len(tree):
        held = tree[at]
        if held is None or link.weight > held.weight:
            tree[at] = link
        at += at & -at


def _out_of_order(
    blocks: list[list[str]],
    runs: dict[int, dict[tuple[str, ...], list[int]]],
    covered: bytearray,
    shares: list[float],
) -> None:
    """Adds the shares of long blocks that are elsewhere in the target than on the page, in words not yet covered."""
    for number, block in enumerate(blocks):
        if shares[number] or len(block) < _MIN_MOVED_WORDS:
            continue
        words: set[int] = set()
        taken: set[int] = set()
        for start in range(len(block) - _RUN + 1):
            for at in runs[_RUN].get(tuple(block[start : start + _RUN]), ()):
                if not (covered[at] and covered[at + _RUN - 1]):
                    words.update(range(start, start + _RUN))
                    taken.update(range(at, at + _RUN))
                    break
        if len(words) >= _MIN_MOVED * len(block):
            shares[number] = len(words) / len(block)
            for at in taken:
                covered[at] = 1


def _in_gaps(
    blocks: list[list[str]], target: list[str], links: list[_Chain], covered: bytearray, shares: list[float]
) -> None:
    """Gives its share to each block between two links whose words stand together between their places, in order."""
    edges = [(-1, 0, 0), *((link.block, link.place.start, link.place.end) for link in links)]
    edges.append((len(blocks), len(target), len(target)))
    for (before, _, at), (after, stop, _) in pairwise(edges):
        for number in range(before + 1, after):
            size = len(blocks[number])
            if not size or shares[number]:
                continue
            for start in range(at, stop - size + 1):
                if target[start : start + size] == blocks[number] and not any(covered[start : start + size]):
                    shares[number], at = 1.0, start + size
                    covered[start:at] = b"\1" * size
                    break
