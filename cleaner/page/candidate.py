"""A block while the stages work on it: private and mutable, while `Block` is public and frozen.

A stage never deletes a candidate, it decides (kept or dropped, kind, level) and leaves its name, so that `explain`
can tell the story.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from cleaner.document import BlockKind, Cell, Container, Span

HEADING_SCORE = "headings.score"
"""Name of the stage that makes headings of lines of text by their form and their words."""


Action = Literal["keep", "drop", "heading", "paragraph", "replace", "cut", "split"]


@dataclass(frozen=True, slots=True)
class Decision:
    """The decision of a stage or a rule about a candidate."""

    action: Action
    by: str
    """Id of the rule, or name of the stage."""
    source: str | None = None
    """File and line of the rule: "generic/ads.yaml:12"."""
    score: float | None = None
    detail: str | None = None
    """For readers of `explain`: the rules that it won over, or the text that it matched."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A stretch that was cut out of a candidate's text or replaced."""

    text: str
    by: str
    source: str | None
    replacement: str | None = None


@dataclass(slots=True)
class Candidate:
    """A block before it is frozen: its content, its origin, and the decisions about it."""

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
    href: str | None = None

    is_prominent: bool = False
    """Whether all of it is set off from the text by its size, or its class calls it a heading."""
    is_sign: bool = False
    """Whether an image is an icon, an avatar, a logo or an advertisement, by its size or its names."""
    is_outside: bool = False
    """Whether it is dropped only because it is outside the elements of `main` rules."""
    caption_of: int | None = None
    """Number of the image block whose caption it is; the two become one block if both are kept."""
    merged: bool = False
    """Whether it has become a part of another block."""
    element: int = -1
    """Number of the element in the page's `nodes` whose text it is; -1 for a line of text."""
    kept: bool = True
    score: float | None = None
    decided: Decision | None = None
    """The decision that set `kept`; None where there was none."""
    history: tuple[Decision, ...] = ()
    cuts: tuple[Cut, ...] = ()

    def is_formula(self) -> bool:
        """Whether it is a formula and nothing else: a block of math, or a paragraph that is one span of math."""
        if self.kind == "math":
            return True
        only = self.spans[0] if len(self.spans) == 1 else None
        return only is not None and only.kind == "math" and (only.start, only.end) == (0, len(self.text))
