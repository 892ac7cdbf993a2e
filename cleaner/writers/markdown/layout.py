"""How lines are laid out: their width, and where the addresses of links go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Self

_LEAST_WIDTH = 20
"""Characters of a line that quotes and lists leave at least."""


class References:
    """The addresses of links that are written at the end of the document, numbered in the order of their first use."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def label(self, target: str) -> str:
        """The label of an address, which has the form that Markdown wants."""
        return str(self._numbers.setdefault(target, len(self._numbers) + 1))

    def definitions(self) -> Iterator[str]:
        """The lines that define the labels."""
        for target, number in self._numbers.items():
            yield f"[{number}]: {target}"


@dataclass(frozen=True, slots=True)
class Layout:
    """What the blocks of a document share when they are written."""

    width: int | None = None
    """Maximum characters of a line of prose; None where lines are not wrapped."""
    references: References | None = field(default=None)
    """None where the address stands behind the text of a link."""

    def narrower(self, characters: int) -> Self:
        """The layout of what is indented by a number of characters."""
        return self if self.width is None else replace(self, width=max(self.width - characters, _LEAST_WIDTH))


INLINE = Layout()
