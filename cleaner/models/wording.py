"""What short lines say and what they look like, as learnt weights: of words, pairs of words, and shapes.

A linear score over hashed features (Weinberger et al., "Feature hashing for large scale multitask learning", 2009),
whose sums are rows of features for symmetric trees. It knows the words that it was taught; in other languages it says
by `known` that it knows none, and its shapes hold for every script.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.models import characters as ch
from cleaner.models.characters import Floats

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.uint32]
Hashes = npt.NDArray[np.uint64]

NAMES = ("said", "shaped", "known", "doc_known")
"""Sum of the weights of a line's words and pairs of words, sum of those of its shapes, how many of the first it has for
each of its words, and the same of all the lines that are looked at together."""
LONGEST = 120
"""Characters of a line that are looked at."""
SCALE = 1 << 12
"""What a weight of 1 is stored as."""
_AT_ONCE = 4_096
"""Lines that are looked at together."""
_BEGINNINGS = (3, 8, 60)
"""Signs of a line's shape from its beginning that make a feature."""
_ENDS = (3, 6)
"""The same from its end."""
_ODD = 0x9E3779B97F4A7C15
_POWERS = np.cumprod(np.full(LONGEST + 1, _ODD, np.uint64))
_INVERSES = np.cumprod(np.full(LONGEST + 1, pow(_ODD, -1, 1 << 64), np.uint64))
"""For each place a factor, and the one that undoes it: the hash of a stretch does not depend on where it stands."""


class Keys(NamedTuple):
    """The hashed features of some lines."""

    keys: Codes
    line: npt.NDArray[np.integer]
    """Of each key its line's number."""
    spoken: npt.NDArray[np.bool_]
    """Whether a key is of words rather than of a shape."""
    words: Ints
    """Words of each line."""


@dataclass(frozen=True, slots=True)
class Wording:
    """Learnt weights by hashed feature."""

    keys: Codes
    """In ascending order."""
    weights: npt.NDArray[np.int32]
    """In units of 1 / SCALE: sums of integers do not depend on their order."""

    def rows(self, texts: Sequence[str]) -> Floats:
        """The features NAMES of some lines, by lines."""
        parts = [keys_of(texts[at : at + _AT_ONCE]) for at in range(0, max(len(texts), 1), _AT_ONCE)]
        return self.sums(*parts)

    def sums(self, *parts: Keys) -> Floats:
        """The same of lines whose keys are known, in one or more parts."""
        sums = np.concatenate([self._sums(part) for part in parts], axis=1)
        words = np.concatenate([part.words for part in parts])
        overall = np.full(len(words), sums[2].sum() / max(words.sum(), 1))
        return np.stack((*sums[:2] / SCALE, sums[2] / np.maximum(words, 1), overall)).astype(np.float32)

    def _sums(self, found: Keys) -> npt.NDArray[np.float64]:
        """Of each line the weights of its words, those of its shapes, and how many of the first there are."""
        size = len(found.words)
        if not len(self.keys):
            return np.zeros((3, size))
        place = np.minimum(np.searchsorted(self.keys, found.keys), len(self.keys) - 1)
        hits = np.flatnonzero(self.keys[place] == found.keys)
        line, weight, spoken = found.line[hits], self.weights[place[hits]], found.spoken[hits].astype(float)
        said, all_of_it, known = (np.bincount(line, given, size) for given in (weight * spoken, weight, spoken))
        return np.stack((said, all_of_it - said, known))

    @classmethod
    def load(cls, path: Path, part: str) -> Wording:
        """Weights from a model's file; none where it has no such part."""
        with np.load(path, allow_pickle=False) as held:
            if f"{part}.keys" not in held:
                return cls(np.zeros(0, np.uint32), np.zeros(0, np.int32))
            return cls(held[f"{part}.keys"], held[f"{part}.weights"])

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """What a model's file holds of it."""
        return {"keys": self.keys, "weights": self.weights}


def keys_of(texts: Sequence[str]) -> Keys:
    """The features of some lines, none of them empty."""
    if not texts:
        return Keys(np.zeros(0, np.uint32), np.zeros(0, np.int32), np.zeros(0, bool), np.zeros(0, np.int64))
    heads = [text[:LONGEST] for text in texts]
    codes, kinds = ch.kinds_of("\n".join(heads) + "\n")
    codes = np.minimum(codes, 65_535)
    ends = np.cumsum(np.fromiter(map(len, heads), np.int64, len(heads)) + 1)
    starts = np.concatenate(([0], ends[:-1]))
    words, in_line = _words(codes, kinds, starts)
    groups = [*_spoken(words, in_line), *_shapes(codes, kinds, starts)]
    sizes = [len(line) for _, line in groups]
    salts = np.repeat(np.arange(1, len(groups) + 1, dtype=np.uint64), sizes)
    keys = (_mixed(np.concatenate([hashes for hashes, _ in groups]) + salts) >> np.uint64(32)).astype(np.uint32)
    line = np.concatenate([line for _, line in groups])
    shapes = (len(_BEGINNINGS) + len(_ENDS)) * len(texts)
    return Keys(keys, line, np.arange(len(line)) < len(line) - shapes, in_line)


def _mixed(hashes: Hashes) -> Hashes:
    """Hashes whose upper half depends on all their bits (the finalizer of SplitMix64, shortened)."""
    hashes = (hashes ^ (hashes >> np.uint64(31))) * np.uint64(0xBF58476D1CE4E5B9)
    return hashes ^ (hashes >> np.uint64(29))


def _words(codes: Codes, kinds: npt.NDArray[np.uint16], starts: Ints) -> tuple[Hashes, Ints]:
    """The words, whatever their case, and how many each line has; what is written without spaces has none."""
    inside = (kinds & ch.WORD > 0) & (kinds & ch.SPACELESS == 0)
    turns = np.diff(inside.view(np.int8), prepend=0)
    first, after = np.flatnonzero(turns == 1), np.flatnonzero(turns == -1)
    in_line = np.diff(np.append(np.searchsorted(first, starts), len(first)))
    if not len(first):
        return np.zeros(0, np.uint64), in_line
    at = np.flatnonzero(inside)
    letters = ch.lower()[codes[at]].astype(np.uint64) * _POWERS[at - np.repeat(first, after - first)]
    return _mixed(np.add.reduceat(letters, np.cumsum(after - first) - (after - first))), in_line


def _spoken(words: Hashes, in_line: Ints) -> Iterator[tuple[Hashes, Ints]]:
    """Words, pairs, and those that a line begins and ends with."""
    line = np.repeat(np.arange(len(in_line)), in_line)
    pairs = words[:-1] * np.uint64(3) + words[1:]
    joined = line[1:] == line[:-1]
    has = np.flatnonzero(in_line)
    last = np.cumsum(in_line)[has] - 1
    first = last + 1 - in_line[has]
    several = in_line[has] > 1
    yield words, line
    yield pairs[joined], line[1:][joined]
    yield words[first], has
    yield words[last], has
    yield pairs[first[several]], has[several]
    yield pairs[last[several] - 1], has[several]


def _shapes(codes: Codes, kinds: npt.NDArray[np.uint16], starts: Ints) -> Iterator[tuple[Hashes, Ints]]:
    """The beginning, the end and the whole of a line's shape: its signs, with a run of one sort as one letter."""
    shape = codes.copy()
    for name, sort in enumerate((ch.LETTER, ch.LOWER, ch.UPPER, ch.DIGIT), 1):
        shape[kinds & sort > 0] = name
    kept = np.flatnonzero(np.concatenate(([True], shape[1:] != shape[:-1])))
    signs = shape[kept].astype(np.uint64)
    begin = np.searchsorted(kept, starts)
    end = np.maximum(np.append(begin[1:], len(kept)) - 1, begin)
    lines = np.arange(len(starts))
    place = np.arange(len(kept)) - np.repeat(begin, np.diff(np.append(begin, len(kept))))
    sums = np.concatenate((np.zeros(1, np.uint64), np.cumsum(signs * _POWERS[place])))
    for size in _BEGINNINGS:
        yield sums[np.minimum(begin + size, end)] - sums[begin], lines
    for size in _ENDS:
        first = np.maximum(end - size, begin)
        yield (sums[end] - sums[first]) * _INVERSES[first - begin], lines
