"""What short lines say and what they look like: learnt weights of words, of pairs of words, and of shapes.

It is a linear score over hashed features (Weinberger et al., "Feature hashing for large scale multitask learning",
2009), whose sums are features for symmetric trees. It knows only the words that it has learnt: in other languages
`known` is near 0, while shapes work in every script.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.models import characters as ch
from cleaner.models.arrays import Flags, Floats, Ints
from cleaner.models.characters import Characters, Codes

Hashes = npt.NDArray[np.uint64]

WORDING_FEATURES = ("said", "shaped", "known", "doc_known")
"""Names of the features."""
MEANINGS = {
    "said": "sum of the learnt weights of its words and pairs of words",
    "shaped": "sum of the learnt weights of its shapes",
    "known": "words and pairs of it that have a weight, per word",
    "doc_known": "the same, for all lines that may be headings",
}
MAX_CHARACTERS = 120
"""Maximum number of characters of a line that are looked at."""
SCALE = 1 << 12
"""What a weight of 1 is stored as."""
_BATCH = 4_096
"""Number of lines that are looked at together."""
_PREFIXES = (3, 8, 60)
"""Numbers of signs from the beginning of a line's shape that make a feature."""
_SUFFIXES = (3, 6)
"""Numbers of signs from its end that make a feature."""
_ODD = 0x9E3779B97F4A7C15
_POWERS = np.cumprod(np.full(MAX_CHARACTERS + 1, _ODD, np.uint64))
"""The factor of each place in the hash of a sequence."""
_INVERSES = np.cumprod(np.full(MAX_CHARACTERS + 1, pow(_ODD, -1, 1 << 64), np.uint64))
"""What undoes it, so that the hash of a sequence does not depend on its place."""


class Keys(NamedTuple):
    """The hashed features of some lines."""

    keys: Codes
    line: npt.NDArray[np.integer]
    """The number of each key's line."""
    of_words: Flags
    """Whether each key is of words; the others are of shapes."""
    words: Ints
    """The number of words of each line."""


class Said(NamedTuple):
    """What some lines say by learnt weights, of each line by itself."""

    sums: npt.NDArray[np.float64]
    """For each line the weights of its words, those of its shapes, and how many of its words have a weight."""
    words: Ints
    """The number of words of each line."""

    def only(self, kept: Flags) -> Said:
        """What some of the lines say."""
        return Said(self.sums[:, kept], self.words[kept])

    def rows(self) -> Floats:
        """WORDING_FEATURES by lines."""
        words, known = self.words, self.sums[2]
        overall = np.full(len(words), known.sum() / max(words.sum(), 1))
        return np.stack((*self.sums[:2] / SCALE, known / np.maximum(words, 1), overall)).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Wording:
    """Learnt weights of hashed features."""

    keys: Codes
    """The hashed features, in ascending order."""
    weights: npt.NDArray[np.int32]
    """Their weights in units of 1 / SCALE: a sum of integers does not depend on its order."""

    def rows(self, texts: Sequence[str]) -> Floats:
        """WORDING_FEATURES by lines."""
        return self.said_in(texts).rows()

    def said_in(self, texts: Sequence[str]) -> Said:
        """What each line says, whatever the others do."""
        parts = [keys_of(texts[first : first + _BATCH]) for first in range(0, max(len(texts), 1), _BATCH)]
        return self.said(*parts)

    def said(self, *parts: Keys) -> Said:
        """What lines say whose keys are known; the keys are in one part or more."""
        sums = np.concatenate([self._sums(part) for part in parts], axis=1)
        return Said(sums, np.concatenate([part.words for part in parts]))

    def _sums(self, found: Keys) -> npt.NDArray[np.float64]:
        """For each line the weights of its words, those of its shapes, and how many of its words have a weight."""
        size = len(found.words)
        if not len(self.keys):
            return np.zeros((3, size))
        place = np.minimum(np.searchsorted(self.keys, found.keys), len(self.keys) - 1)
        hits = np.flatnonzero(self.keys[place] == found.keys)
        line, weight, of_words = found.line[hits], self.weights[place[hits]], found.of_words[hits].astype(float)
        said, both, known = (np.bincount(line, each, size) for each in (weight * of_words, weight, of_words))
        return np.stack((said, both - said, known))

    @classmethod
    def load(cls, path: Path, part: str) -> Wording:
        """The weights of a part of a model's file; no weights where the file has no such part."""
        with np.load(path, allow_pickle=False) as held:
            if f"{part}.keys" not in held:
                return cls(np.zeros(0, np.uint32), np.zeros(0, np.int32))
            return cls(held[f"{part}.keys"], held[f"{part}.weights"])

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """What a model's file has of it."""
        return {"keys": self.keys, "weights": self.weights}


def keys_of(texts: Sequence[str]) -> Keys:
    """The hashed features of some lines, none of them empty."""
    if not texts:
        return Keys(np.zeros(0, np.uint32), np.zeros(0, np.int32), np.zeros(0, bool), np.zeros(0, np.int64))
    heads = [text[:MAX_CHARACTERS] for text in texts]
    chars = Characters.of(heads)
    words, per_line = _words(chars)
    groups = [*_word_hashes(words, per_line), *_shape_hashes(chars)]
    sizes = [len(line) for _, line in groups]
    salts = np.repeat(np.arange(1, len(groups) + 1, dtype=np.uint64), sizes)
    keys = (_mixed(np.concatenate([hashes for hashes, _ in groups]) + salts) >> np.uint64(32)).astype(np.uint32)
    line = np.concatenate([line for _, line in groups])
    shapes = (len(_PREFIXES) + len(_SUFFIXES)) * len(texts)
    return Keys(keys, line, np.arange(len(line)) < len(line) - shapes, per_line)


def _mixed(hashes: Hashes) -> Hashes:
    """Hashes whose upper half depends on all of their bits (the finalizer of SplitMix64, shortened)."""
    hashes = (hashes ^ (hashes >> np.uint64(31))) * np.uint64(0xBF58476D1CE4E5B9)
    return hashes ^ (hashes >> np.uint64(29))


def _words(chars: Characters) -> tuple[Hashes, Ints]:
    """Hashes of words in any case, and how many words each line has; scripts without spaces have none."""
    found = chars.words(without=ch.SPACELESS)
    if not len(found.first):
        return np.zeros(0, np.uint64), found.per_text
    length = found.after - found.first
    begins = np.cumsum(length) - length  # of each word among the letters of all words
    place = np.arange(length.sum()) - np.repeat(begins, length)
    codes = chars.codes.take(place + np.repeat(found.first, length))
    letters = ch.lower_table().take(codes, mode="clip").astype(np.uint64) * _POWERS.take(place)
    return _mixed(np.add.reduceat(letters, begins)), found.per_text


def _word_hashes(words: Hashes, per_line: Ints) -> Iterator[tuple[Hashes, Ints]]:
    """Hashes with their lines: of words, of pairs, and of those that a line begins and ends with."""
    line = np.repeat(np.arange(len(per_line)), per_line)
    pairs = words[:-1] * np.uint64(3) + words[1:]
    joined = line[1:] == line[:-1]
    has = np.flatnonzero(per_line)
    last = np.cumsum(per_line)[has] - 1
    first = last + 1 - per_line[has]
    several = per_line[has] > 1
    yield words, line
    yield pairs[joined], line[1:][joined]
    yield words[first], has
    yield words[last], has
    yield pairs[first[several]], has[several]
    yield pairs[last[several] - 1], has[several]


def _shape_hashes(chars: Characters) -> Iterator[tuple[Hashes, Ints]]:
    """Hashes with their lines: of the beginning and the end of a line's shape.

    A shape is the signs of a line, with one sign for a run of letters of one case or of digits.
    """
    shape = np.minimum(chars.codes, 65_535)
    for name, mask in enumerate((ch.LETTER, ch.LOWER, ch.UPPER, ch.DIGIT), 1):
        shape[chars.classes & mask > 0] = name
    kept = np.flatnonzero(np.concatenate(([True], shape[1:] != shape[:-1])))
    signs = shape[kept].astype(np.uint64)
    begin = np.searchsorted(kept, chars.bounds[:-1])
    end = np.maximum(np.append(begin[1:], len(kept)) - 1, begin)
    lines = np.arange(len(chars))
    place = np.arange(len(kept)) - np.repeat(begin, np.diff(np.append(begin, len(kept))))
    sums = np.concatenate((np.zeros(1, np.uint64), np.cumsum(signs * _POWERS[place])))
    for size in _PREFIXES:
        yield sums[np.minimum(begin + size, end)] - sums[begin], lines
    for size in _SUFFIXES:
        first = np.maximum(end - size, begin)
        yield (sums[end] - sums[first]) * _INVERSES[first - begin], lines
