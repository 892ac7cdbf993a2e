"""A page as numbers: a key for each of its blocks, kept or removed, in the page's order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple, Self

from cleaner.document import Document
from cleaner.normalize import count_words, fold

_WORD_BITS = 8
_MOST_WORDS = (1 << _WORD_BITS) - 1
_TEXT_BITS = 44
"""Few enough that a floating-point number holds a key, as JSON and columns with nulls have them in places."""


class Place(NamedTuple):
    """A block where it stands on its page."""

    text: int
    """A hash of the folded text, or of an image's address."""
    words: int
    """0 for an image, at least 1 for a text."""
    block: int | None
    """Its number in `Document.blocks`; None if it was removed."""


class Key(NamedTuple):
    """What counting needs of a `Place`."""

    text: int
    words: int
    is_kept: bool

    @classmethod
    def unpacked(cls, key: int) -> Self:
        """What a number of `page_keys` stands for."""
        return cls(key >> (_WORD_BITS + 1), key >> 1 & _MOST_WORDS, bool(key & 1))


def page_keys(document: Document) -> list[int]:
    """A key for each block with a text and each image, in the page's order: integers from 0 to 2**53 - 1.

    Removed blocks have keys, too: what the score drops on most pages of a site and keeps on a few repeats all the same.
    The title has none.
    """
    return [_packed(place) for place in places_of(document)]


def text_key(text: str, src: str | None, is_kept: bool) -> int | None:
    """The key of a block by its text or, of an image, by its address; None where it has none."""
    number = 0 if is_kept else None
    place = Place(_hash(f"image {src}"), 0, number) if src else _text_place(text, number)
    return _packed(place) if place is not None else None


def _packed(place: Place) -> int:
    return place.text << (_WORD_BITS + 1) | min(place.words, _MOST_WORDS) << 1 | (place.block is not None)


def keys_of(packed: Iterable[int]) -> list[Key]:
    """What the numbers of `page_keys` stand for."""
    return list(map(Key.unpacked, packed))


def places_of(document: Document) -> list[Place]:
    """The blocks of the document, and its removals where they stood."""
    return [place for place in _places(document) if place is not None]


def pair(first: int, second: int) -> int:
    """A hash of two texts that stand one after the other."""
    return _hash(f"{first} {second}")


def _places(document: Document) -> Iterator[Place | None]:
    removed = iter(document.removed)
    removal = next(removed, None)
    for number, block in enumerate(document.blocks):
        while removal is not None and removal.before <= number:
            yield _text_place(removal.text, None)
            removal = next(removed, None)
        if block.kind == "image":
            yield Place(_hash(f"image {block.src}"), 0, number) if block.src else None
        elif block.role != "title":
            yield _text_place(block.text, number)
    while removal is not None:
        yield _text_place(removal.text, None)
        removal = next(removed, None)


def _text_place(text: str, block: int | None) -> Place | None:
    folded = fold(text)
    return Place(_hash(folded), max(count_words(folded), 1), block) if folded else None


@lru_cache(maxsize=1 << 14)
def _hash(text: str) -> int:
    """A number of `_TEXT_BITS` bits that is the same in every process."""
    return int.from_bytes(blake2b(text.encode(errors="surrogatepass"), digest_size=8).digest()) >> (64 - _TEXT_BITS)
