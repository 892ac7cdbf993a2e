"""The lines of a document, and the characters of many lines at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cleaner.models.characters import Characters

MAX_CHARACTERS = 400
"""Maximum number of characters of a line that are looked at."""
MAX_DISTANCE = 60
"""Maximum distance between two lines, in lines; a larger one says no more."""
_BATCH = 4_096
"""Number of lines whose characters are looked at together: the arrays take many times the memory of the text."""


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a document, and what its layout says of them."""

    texts: Sequence[str]
    """None of them is empty."""
    gaps: Sequence[bool]
    """Whether a blank line, or the beginning of the text, is before each line."""
    indents: Sequence[int]
    """Number of columns before each line."""


def batches(texts: Sequence[str]) -> Iterator[Characters]:
    """The beginnings of lines, in batches."""
    for first in range(0, len(texts), _BATCH):
        yield Characters.of([text[:MAX_CHARACTERS] for text in texts[first : first + _BATCH]])
