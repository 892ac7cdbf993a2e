"""`Explanation`: how each block of a page came to be kept or dropped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from cleaner.content.choice import Choice
from cleaner.document import BlockKind, Document
from cleaner.metadata.evidence import Sources
from cleaner.page.candidate import HEADING_SCORE, Candidate, Cut, Decision
from cleaner.page.page import Page


@dataclass(frozen=True, slots=True)
class ExplainedBlock:
    """A block of the page, kept or not, with all decisions about it."""

    index: int
    kind: BlockKind
    level: int | None
    text: str
    """The text after cuts."""
    kept: bool
    reason: str | None
    """The id of the rule, or the stage, that decided. None if nothing decided against the block."""
    source: str | None
    score: float | None
    decisions: tuple[Decision, ...]
    """All decisions in order. The last keep or drop counts."""
    cuts: tuple[Cut, ...]
    original: str
    """The text as it was read."""
    against: tuple[tuple[str, float], ...] = ()
    """If the score dropped it: the features that weighed most against it, with their values."""
    src: str | None = None
    """The address of an image, as the page has it."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """The document, and every block of the page with its decisions."""

    document: Document
    blocks: tuple[ExplainedBlock, ...]
    sources: Mapping[str, Sources] = field(default_factory=dict)
    """For each field of the document's metadata where it is from, what weighs most first: ("heading", "meta og:title"),
    ("rule my.yaml:7",). The title of a text is from a heading, a language that the page does not name from "text"."""
    matched: Mapping[str, int] = field(default_factory=dict)
    """How many blocks, elements or values each rule matched, by its id, a metadata rule as "author my.yaml:7". A rule
    that matched may have lost to another."""

    def to_dict(self) -> dict[str, Any]:
        """Gives dictionaries and lists."""
        blocks = [asdict(block) for block in self.blocks]
        sources = {name: list(places) for name, places in self.sources.items()}
        return {"document": self.document.to_dict(), "sources": sources, "blocks": blocks}


def explain_blocks(page: Page, choice: Choice, originals: Mapping[int, str]) -> tuple[ExplainedBlock, ...]:
    """The blocks of a decided page with their decisions.

    `originals` are the texts as they were read, by the identity of their candidates.
    """
    against = choice.against()
    _explain_headings(page)
    return tuple(
        _explained(index, candidate, originals.get(id(candidate), candidate.text), against.get(index, ()))
        for index, candidate in enumerate(page.blocks)
    )


def _explain_headings(page: Page) -> None:
    """Notes what the score of headings looked at, which takes longer than the score itself."""
    if page.lines is None:
        return
    for line, (score, features) in page.lines.headings.reasons().items():
        block = page.blocks[page.lines.features.blocks[line]]
        detail = f"{score:.2f} for {features}" if features else f"{score:.2f}"
        block.history = tuple(
            replace(said, score=score, detail=detail) if said.by == HEADING_SCORE else said for said in block.history
        )


def _explained(
    index: int, candidate: Candidate, original: str, against: tuple[tuple[str, float], ...]
) -> ExplainedBlock:
    decided = candidate.decided
    return ExplainedBlock(
        index=index,
        kind=candidate.kind,
        level=candidate.level,
        text=candidate.text,
        kept=candidate.kept or candidate.merged,
        reason=decided.by if decided else None,
        source=decided.source if decided else None,
        score=candidate.score,
        decisions=candidate.history,
        cuts=candidate.cuts,
        original=original,
        against=() if candidate.kept or candidate.merged else against,
        src=candidate.src,
    )
