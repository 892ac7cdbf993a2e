"""A block while it is being worked on: private and mutable, where `Block` is public and frozen.

A stage never deletes a candidate, it decides (kept or dropped, kind, level) and leaves its name, so that `explain`
can tell the story.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from cleaner.document import BlockKind, Cell, Container, Span

HEADING_SCORE = "headings.score"
"""Who says that a line of text is a heading, where its form and its words tell."""


Action = Literal["keep", "drop", "heading", "paragraph", "replace", "cut"]


@dataclass(frozen=True, slots=True)
class Decision:
    """What a stage or a rule said of a candidate."""

    action: Action
    by: str
    """Id of the rule, or name of the stage."""
    source: str | None = None
    """The rule's place, "generic/ads.yaml:12"."""
    score: float | None = None
    detail: str | None = None
    """For people: what it won over, what was matched."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A stretch that was taken out of a candidate's text."""

    text: str
    by: str
    source: str | None
    replacement: str | None = None


@dataclass(slots=True)
class Candidate:
    """A block to be: its content, where it came from, and what was decided."""

    kind: BlockKind
    text: str = ""
    level: int | None = None
    role: Literal["title"] | None = None
    spans: list[Span] = field(default_factory=list)
    containers: tuple[Container, ...] = ()
    language: str | None = None
    rows: Sequence[list[Cell]] = ()
    src: str | None = None
    alt: str | None = None
    caption: str | None = None

    caption_of: int | None = None
    """Number of the image that it is the caption of; the two become one block if both are kept."""
    merged: bool = False
    """Whether it has become a part of another block."""
    element: int = -1
    """Number of the element that it is the text of, in the page's elements; -1 for a line of text."""
    kept: bool = True
    score: float | None = None
    decided: Decision | None = None
    """The decision that made `kept` what it is; None where nothing spoke against the block."""
    history: tuple[Decision, ...] = ()
    cuts: tuple[Cut, ...] = ()
