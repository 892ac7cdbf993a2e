"""Which blocks of a page a given text is made of.

Blocks and text are sequences of words; runs of up to four words that both share vote for a place of a block in the
text, and of all these places the heaviest chain in increasing order is taken (Fenwick tree over the places' ends). So
a short block that occurs in the menu and in the article is found where its neighbours are.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple

_RUN = 4
"""Words of a run that votes; a shorter block votes as a whole."""
_DRIFT = 32
"""Words by which places of runs may differ and still be one place of the block."""
_SAME_RUN = 60
"""Places of one run that are looked at; a run that occurs more often says little."""
_MOST_VOTES = 600_000
"""Words of a target times places of a run that are looked at: in a long text, which may say one thing again and again,
these are fewer."""
_PLACES = 24
"""Places of one block that are kept."""


class _Place(NamedTuple):
    start: int
    end: int
    weight: int


@dataclass(slots=True)
class _Link:
    """The heaviest chain that ends with a block at a place."""

    weight: float
    block: int
    place: _Place
    before: _Link | None


def coverage(blocks: list[list[str]], target: list[str]) -> list[float]:
    """For each block the share of its words, 0 to 1, that `target` has at the block's place in it."""
    shares = [0.0] * len(blocks)
    runs = _runs(target)
    tree: list[_Link | None] = [None] * (len(target) + 2)
    for number, block in enumerate(blocks):
        links = []
        for place in _places(block, runs, len(target)):
            before = _heaviest(tree, place.start)
            links.append(_Link((before.weight if before else 0.0) + place.weight, number, place, before))
        for link in links:
            _enter(tree, link)
    covered = bytearray(len(target))
    chain = _heaviest(tree, len(target))
    while chain is not None:
        shares[chain.block] = min(1.0, chain.place.weight / len(blocks[chain.block]))
        covered[chain.place.start : chain.place.end] = b"\1" * (chain.place.end - chain.place.start)
        chain = chain.before
    _out_of_order(blocks, runs, covered, shares)
    return shares


def _runs(target: list[str]) -> dict[int, dict[tuple[str, ...], list[int]]]:
    """Where each run of one to four words begins in the target."""
    runs: dict[int, dict[tuple[str, ...], list[int]]] = {}
    most = max(2, min(_SAME_RUN, _MOST_VOTES // max(1, len(target))))
    for size in range(1, _RUN + 1):
        places: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for start, run in enumerate(zip(*(target[i:] for i in range(size)), strict=False)):
            found = places[run]
            if len(found) < most:
                found.append(start)
        runs[size] = places
    return runs


def _places(block: list[str], runs: dict[int, dict[tuple[str, ...], list[int]]], length: int) -> list[_Place]:
    """The places of a block in the target that cover half of it or more, the best first."""
    size = min(len(block), _RUN)
    if not size:
        return []
    index = runs[size]
    votes: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for start, run in enumerate(zip(*(block[i:] for i in range(size)), strict=False)):
        for at in index.get(run, ()):
            votes[(at - start) // _DRIFT].append((start, at))
            votes[(at - start) // _DRIFT + 1].append((start, at))
    places = set()
    for pairs in votes.values():
        words: set[int] = set()
        for start, _ in pairs:
            words.update(range(start, start + size))
        if 2 * len(words) >= len(block):
            ends = [at for _, at in pairs]
            places.add(_Place(min(ends), min(length, max(ends) + size), len(words)))
    return sorted(places, key=lambda p: (-p.weight, p.end - p.start, p.start))[:_PLACES]


def _heaviest(tree: list[_Link | None], end: int) -> _Link | None:
    best = None
    at = end + 1
    while at > 0:
        link = tree[at]
        if link is not None and (best is None or link.weight > best.weight):
            best = link
        at -= at & -at
    return best


def _enter(tree: list[_Link | None], link: _Link) -> None:
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
    """Blocks that stand elsewhere in the target than on the page: long enough to be told, and not yet covered."""
    for number, block in enumerate(blocks):
        if shares[number] or len(block) < 6:
            continue
        words: set[int] = set()
        taken: set[int] = set()
        for start in range(len(block) - _RUN + 1):
            for at in runs[_RUN].get(tuple(block[start : start + _RUN]), ()):
                if not (covered[at] and covered[at + _RUN - 1]):
                    words.update(range(start, start + _RUN))
                    taken.update(range(at, at + _RUN))
                    break
        if len(words) >= 0.6 * len(block):
            shares[number] = len(words) / len(block)
            for at in taken:
                covered[at] = 1
