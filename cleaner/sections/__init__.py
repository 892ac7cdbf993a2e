"""Sections and chunks of a document: what its headings divide, and pieces of a limited size for retrieval.

This file has the types; `tree` finds sections, `chunks` makes chunks. They are loaded when they are asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it, or what stands above the first heading."""

    heading: str
    """Empty above the first heading."""
    headings: tuple[str, ...]
    """The headings that it stands under, the highest first and its own last. The document's title is none of them."""
    level: int
    """1 (highest) to 6; 0 above the first heading."""
    first_block: int
    """The number, in `Document.blocks`, of its heading."""
    last_block: int
    """The number of its last block, those of the sections in it included."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a document for retrieval."""

    number: int
    """0 for the first one of its document."""
    text: str
    """The text of its blocks, with blank lines between."""
    words: int
    """How many words the text has."""
    headings: tuple[str, ...]
    """The headings that all of it stands under, the highest first. The document's title is none of them."""
    first_block: int
    """The number, in `Document.blocks`, of the first block that it has words of; what is repeated does not count."""
    last_block: int
    """The number of the last such block."""
    repeated: int = 0
    """How many code points of the text, from its beginning, are repeated: the overlap, and the header of a table."""
    title: str | None = None
    """The title of the document."""
    url: str | None = None
    """The address of the page."""
    id: str | None = None
    """What the caller calls the page."""

    def to_dict(self) -> dict[str, Any]:
        """Gives all fields, for a row of a table. The path of headings is a list."""
        return {name: getattr(self, name) for name in self.__slots__} | {"headings": list(self.headings)}
