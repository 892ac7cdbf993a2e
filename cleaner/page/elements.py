"""The block-level elements of a page and what selectors match of them, as arrays: nothing here holds a tree."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field
from typing import NamedTuple


class ElementSignature(NamedTuple):
    """The attributes that elements of the same look share: a page of a thousand elements has about fifty signatures."""

    tag: str
    classes: str = ""
    id: str = ""
    role: str = ""
    """`role` and `itemprop`."""


@dataclass(slots=True)
class Nodes:
    """The block-level elements of a page in document order, one array for each property; empty for text."""

    parent: list[int] = field(default_factory=list)
    """Number of the enclosing element; -1 for the outermost."""
    signature: list[int] = field(default_factory=list)
    """Index of the element's signature in `signatures`."""
    depth: list[int] = field(default_factory=list)
    """Number of the enclosing block-level elements, plus 1."""
    first: list[int] = field(default_factory=list)
    """Number of the first block inside."""
    end: list[int] = field(default_factory=list)
    """One past the number of the last block inside."""
    signatures: list[ElementSignature] = field(default_factory=list)

    def tag_of(self, node: int) -> str:
        """The name of an element."""
        return self.signatures[self.signature[node]].tag

    def within(self, node: int, tags: Container[str]) -> bool:
        """Whether an element has one of these names or is in one that has; False for -1, a line of text."""
        while node >= 0:
            if self.tag_of(node) in tags:
                return True
            node = self.parent[node]
        return False


@dataclass(frozen=True, slots=True)
class Hit:
    """A match of a selector: an element that holds the blocks `first` to `end` (half-open)."""

    selector: int
    node: int
    """Number of the element in `Nodes`; -1 for an inline element that covers the whole text of one block."""
    first: int
    end: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A match of a selector: an element that is a part of a block, its text from `start` to `end` (half-open)."""

    selector: int
    block: int
    start: int
    end: int


DEFINITIONS = frozenset(("dt", "dd"))
"""The parts of a definition list, whose terms are all alike: none of them is a heading by its looks."""
