"""Footnotes: list items that short links in the text point to, and the links back."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleaner.document import Container, Span
from cleaner.page.candidate import Candidate
from cleaner.page.edits import Edit, apply
from cleaner.page.spans import in_order

_NOTE_ID = re.compile(
    r"(?:user-content-)?(?:fn|ftn|footnote|endnote|note|cite_note|sdfootnote)(?!ref|_ref|-ref)[-_:.]?\w*", re.I
)
_REFERENCE = re.compile(r"[\[(]?\s*(?:\d{1,3}|[a-z]|[*†‡§¶]{1,3})\s*[\])]?", re.I)


def resolve(blocks: Sequence[Candidate], items: dict[str, int]) -> None:
    """Makes footnotes of the list items that links refer to; `items` has the keys of list items by their ids."""
    notes = {f"#{id}": key for id, key in items.items() if _NOTE_ID.fullmatch(id)}
    if not notes:
        return
    labels: dict[int, str] = {}
    for block in blocks:
        if not any(container.key in notes.values() for container in block.containers):
            _refer(block, notes, labels)
    for block in blocks:
        if any(container.key in labels for container in block.containers):
            _define(block, labels)


def _refer(block: Candidate, notes: dict[str, int], labels: dict[int, str]) -> None:
    """Turns the links of a block that point to notes into references, labelled by their order."""
    edits: list[Edit] = []
    references: list[Span] = []
    for span in block.spans:
        key = notes.get(span.href or "") if span.kind == "link" else None
        if key is None or not _REFERENCE.fullmatch(block.text[span.start : span.end]):
            continue
        label = labels.setdefault(key, str(len(labels) + 1))
        edits.append(Edit(span.start, span.end, label))
        references.append(Span(span.start, span.end, "footnote_ref", value=label))
    if edits:
        gone = {(edit.start, edit.end) for edit in edits}
        others = (s for s in block.spans if not ((s.start, s.end) in gone and s.kind in ("link", "sup")))
        block.spans = in_order([*others, *references])
        apply(block, edits)


def _define(block: Candidate, labels: dict[int, str]) -> None:
    """Makes the containers of a block footnotes, and cuts the links back to the text if they have no words."""
    block.containers = tuple(
        Container("footnote", c.key, label=labels[c.key]) if c.key in labels else c for c in block.containers
    )
    if block.kind == "list_item" and block.containers[-1].kind == "footnote":
        block.kind = "paragraph"
    back = [s for s in block.spans if s.kind == "link" and (s.href or "").startswith("#")]
    signs = [s for s in back if not re.search(r"\w", block.text[s.start : s.end])]
    if signs:
        gone = {(s.start, s.end) for s in signs}
        block.spans = [s for s in block.spans if (s.start, s.end) not in gone]
        apply(block, [Edit(s.start, s.end) for s in signs])
