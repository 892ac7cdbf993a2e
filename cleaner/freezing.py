"""Candidates to a `Document`: what is kept becomes blocks, what is not becomes removals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from urllib.parse import urljoin

from cleaner.document import Block, Cell, Container, Document, PageWarning, Removal, Span
from cleaner.links import safe_href
from cleaner.metadata.fields import Metadata
from cleaner.page.candidate import Candidate, Decision
from cleaner.page.page import Page


def freeze(
    page: Page,
    metadata: Metadata,
    warnings: Iterable[PageWarning],
    confidence: float | None = None,
    fields: Mapping[str, str] | None = None,
    *,
    removed: Iterable[Removal] = (),
) -> Document:
    """The document that the kept candidates of a decided page make, with each warning once.

    `removed` is what went before there were candidates.
    """
    base = _joined(metadata.url, page.facts.base) if page.facts.base else None
    freezer = _Freezer(base or metadata.url)
    for index, candidate in enumerate(page.blocks):
        freezer.add(index, candidate)
    return Document(
        **asdict(metadata),
        blocks=tuple(freezer.blocks),
        removed=(*removed, *freezer.removed),
        warnings=tuple({(warning.code, warning): warning for warning in warnings}.values()),
        confidence=confidence,
        fields=dict(fields or {}),
    )


def _joined(base: str | None, address: str) -> str | None:
    """An address made absolute; None where one of the two cannot be read."""
    try:
        return urljoin(base or "", address)
    except ValueError:
        return None


class _Freezer:
    """Candidates to blocks and removals."""

    def __init__(self, base: str | None) -> None:
        self.base = base
        self.addresses: dict[str, str | None] = {}
        self.blocks: list[Block] = []
        self.removed: list[Removal] = []
        self.containers: dict[int, Container] = {}
        """By the keys that they had while they were worked on."""
        self.lists: dict[int, int] = {}
        """Numbers of lists by those that they had while they were worked on."""

    def add(self, index: int, candidate: Candidate) -> None:
        before = len(self.blocks)
        if candidate.cuts:
            self.removed += [
                Removal(cut.text, cut.by, cut.source, index=index, before=before, replacement=cut.replacement)
                for cut in candidate.cuts
            ]
        if candidate.kept:
            self.blocks.append(self.block(candidate))
        elif not candidate.merged and candidate.text:
            decided = candidate.decided or Decision("drop", "structure")
            self.removed.append(
                Removal(candidate.text, decided.by, decided.source, candidate.score, index=index, before=before)
            )

    def block(self, candidate: Candidate) -> Block:
        return Block(
            kind=candidate.kind,
            text=candidate.text,
            level=candidate.level if candidate.kind == "heading" else None,
            role=candidate.role,
            spans=self.spans(candidate.spans) if candidate.spans else (),
            containers=tuple(map(self.container, candidate.containers)),
            score=candidate.score,
            language=candidate.language,
            rows=tuple(tuple(map(self.cell, row)) for row in candidate.rows) if candidate.rows else (),
            src=self.address(candidate.src) if candidate.src else None,
            alt=candidate.alt,
            caption=candidate.caption,
            href=self.address(candidate.href) if candidate.href else None,
        )

    def cell(self, cell: Cell) -> Cell:
        return replace(cell, spans=self.spans(cell.spans)) if cell.spans else cell

    def container(self, container: Container) -> Container:
        """Keys and lists count from 1 in the document's order, so that equal documents have equal ones."""
        known = self.containers.get(container.key)
        if known is None:
            known = replace(container, key=len(self.containers) + 1)
            if container.list is not None:
                known = replace(known, list=self.lists.setdefault(container.list, len(self.lists) + 1))
            self.containers[container.key] = known
        return known

    def spans(self, spans: Iterable[Span]) -> tuple[Span, ...]:
        """Spans with their addresses absolute; a link or an image with an unsafe one is none."""
        kept = []
        for span in spans:
            if span.href is None:
                kept.append(span)
            elif href := self.address(span.href):
                link = self.address(span.link) if span.link else None
                kept.append(Span(span.start, span.end, span.kind, href, span.value, span.title, link))
        return tuple(kept)

    def address(self, href: str) -> str | None:
        """An address made absolute, where it is known from where; None for one that could run code."""
        if href not in self.addresses:
            relative = self.base and not href.startswith(("#", "https://", "http://"))
            self.addresses[href] = safe_href((relative and _joined(self.base, href)) or href)
        return self.addresses[href]
