"""`Explanation`: how each block of a page came to be kept or dropped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from cleaner.content.choice import Choice
from cleaner.content.options import Options
from cleaner.content.thresholds import thresholds_of
from cleaner.document import BlockKind, Document
from cleaner.explanation.changes import Texts, change_of, match_of
from cleaner.explanation.naming import Naming
from cleaner.metadata.evidence import Sources
from cleaner.page.candidate import HEADING_SCORE, Candidate, Cut, Decision
from cleaner.page.page import Origin, Page
from cleaner.rules.types import Rule
from cleaner.selectors import Elements

_NEVER_DROPPED = ("html", "body")
"""Elements that rules for elements do not take."""


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
    element: str | None = None
    """The element of the page whose text it is, with its id and classes: `p#lead.intro`. None for flattened text."""
    selector: str | None = None
    """A CSS selector that fits this element and few others, for rules. None for flattened text."""
    fits: int = 0
    """Blocks of the page in the elements of `selector`; without one, those that the match of `rule` fits."""
    threshold: float | None = None
    """The score from which on blocks of this page were chosen; None where the score did not choose."""
    second_score: float | None = None
    """The score of the second decision, of blocks among the chosen ones."""
    second_threshold: float | None = None
    """The second score that the block needs, to be chosen or to stay so."""
    change: str | None = None
    """What would have to change for the decision to be the other one, for people."""
    rule: str | None = None
    """The same as an item of `rules:` in a rule file: `keep: {css: "p.intro"}`. None where no rule can."""


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

    def to_dict(self, *, document: bool = True) -> dict[str, Any]:
        """Gives dictionaries and lists.

        Without `document` its warnings and the fields of its metadata are there, but not its blocks and removals.
        """
        found = self.document
        told = {name: getattr(found, name) for name in self.sources if hasattr(found, name)} | dict(found.fields)
        return {
            **({"document": found.to_dict()} if document else {}),
            "metadata": {name: value for name, value in told.items() if value},
            "sources": {name: list(places) for name, places in self.sources.items()},
            "warnings": [str(warning) for warning in found.warnings],
            "warning_codes": [warning.code for warning in found.warnings],
            "blocks": [asdict(block) for block in self.blocks],
        }

    def to_html(self, name: str) -> str:
        """Gives a page for a browser, with the blocks in order and what was decided of each; it loads and runs nothing.

        `name` is what the scraped page is called.
        """
        from cleaner.explanation.report import report

        return report(self, name)


def explain_blocks(
    page: Page, choice: Choice, originals: Mapping[int, str], *, options: Options, rules: Iterable[Rule] = ()
) -> tuple[ExplainedBlock, ...]:
    """The blocks of a decided page with their decisions.

    `originals` are the texts as they were read, by the identity of their candidates.
    """
    _explain_headings(page)
    naming = _naming(page)
    read = [originals.get(id(candidate), candidate.text) for candidate in page.blocks]
    texts, thresholds, against = Texts(read), thresholds_of(page, choice, options), choice.against()
    by_id = {rule.id: rule for rule in rules}
    blocks = []
    for number, (candidate, original) in enumerate(zip(page.blocks, read, strict=True)):
        node = candidate.element
        named = naming.named(node) if naming is not None and node >= 0 else None
        is_page = node >= 0 and page.nodes.tag_of(node) in _NEVER_DROPPED
        match = match_of(None if is_page else named, texts.match(original), candidate.kind, len(read))
        second = thresholds.second.get(number, (None, None))
        block = _explained(number, candidate, original, against.get(number, ()))
        change = change_of(candidate, number, match, thresholds, by_id)
        blocks.append(
            replace(
                block,
                element=naming.described(node) if naming is not None and node >= 0 else None,
                selector=named.selector if named else None,
                fits=named.fits if named else (match.fits or 0) if match else 0,
                threshold=_rounded(thresholds.first) if candidate.score is not None else None,
                second_score=_rounded(second[0]),
                second_threshold=second[1],
                change=change.told,
                rule=change.rule,
            )
        )
    return tuple(blocks)


def _rounded(score: float | None) -> float | None:
    return None if score is None else round(score, 4)


def _naming(page: Page) -> Naming | None:
    """What names the elements of a page; None for one whose blocks are from no elements of its own."""
    codes = {warning.code for warning in page.warnings}
    if not page.nodes.parent or "html.text_from_json" in codes:
        return None
    if page.origin is not Origin.HTML or not page.source:
        return Naming(page.nodes)
    from cleaner.html.parse import parse

    root, _ = parse(page.source)
    elements = Elements.of(root) if root is not None else None
    return Naming(page.nodes, elements, shows_hidden="html.waiting_for_script" in codes)


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
