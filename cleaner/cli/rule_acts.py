"""What rules do on a page and on the pages of a batch: how many blocks and words, with examples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from cleaner.document import Document

if TYPE_CHECKING:
    from cleaner.engine import Cleaner
    from cleaner.explanation import ExplainedBlock, Explanation
    from cleaner.rules import MetadataRule, Rule

SHOWN = 80
"""Characters of an example."""
KINDS = ("heading", "paragraph", "split")
"""Actions that change a block and take no words."""


@dataclass(slots=True)
class Acts:
    """What a rule did."""

    pages: int = 0
    """On which it matched."""
    blocks: int = 0
    """Blocks, elements or values that it matched."""
    decided: int = 0
    """Of these, what it decided, alone or before other rules."""
    words: int = 0
    """Words that it took: of blocks that it dropped, and of stretches that it cut or replaced."""
    examples: list[str] = field(default_factory=list)
    """Different texts that it decided on, shortened."""

    def add(self, other: Acts, examples: int) -> None:
        """Adds what the rule did on another page, with at most so many examples in all."""
        self.pages += other.pages
        self.blocks += other.blocks
        self.decided += other.decided
        self.words += other.words
        new = (text for text in other.examples if text not in self.examples)
        self.examples += list(new)[: max(0, examples - len(self.examples))]


@dataclass(frozen=True)
class Watched(Document):
    """A document of which only its warnings count, with what the rules did on its page."""

    acts: Mapping[str, Acts] = field(default_factory=dict)
    """By the rule's id, or the key of a metadata rule."""


@dataclass(frozen=True, slots=True)
class Watching:
    """Cleans as a `Cleaner` does, for a batch, and gives what the rules did."""

    cleaner: Cleaner
    examples: int

    def clean(
        self, data: bytes | str, *, url: str | None = None, media_type: str | None = None, language: str | None = None
    ) -> Watched:
        """Cleans a page."""
        explained = self.cleaner.explain(data, url=url, media_type=media_type, language=language)
        return Watched(warnings=explained.document.warnings, acts=acts_of(explained, self.examples))


def acts_of(explained: Explanation, examples: int) -> dict[str, Acts]:
    """What each rule that matched did on a page."""
    found = {id: Acts(pages=1, blocks=count) for id, count in explained.matched.items()}
    for id, text, words in _decided(explained):
        if id in found:
            found[id].add(Acts(decided=1, words=words, examples=[shortened(text)] if text.strip() else []), examples)
    return found


def _decided(explained: Explanation) -> Iterator[tuple[str, str, int]]:
    """What rules decided, each time with the text and the words that were taken."""
    from cleaner.normalize import count_words

    for block in explained.blocks:
        yield from _of_block(block)
    cutting = {cut.by for block in explained.blocks for cut in block.cuts}
    for removal in explained.document.removed:
        if removal.replacement is not None and removal.reason not in cutting:  # by the value of an attribute
            yield removal.reason, removal.text, count_words(removal.text)
    for name, sources in explained.sources.items():
        value = getattr(explained.document, name, None) or explained.document.fields.get(name)
        for source in sources:
            yield f"{name} {source.removeprefix('rule ')}", str(value or ""), 0


def _of_block(block: ExplainedBlock) -> Iterator[tuple[str, str, int]]:
    from cleaner.normalize import count_words

    if block.reason is not None:
        yield block.reason, block.original, 0 if block.kept else count_words(block.original)
    for cut in block.cuts:
        if cut.by != block.reason or block.kept:
            yield cut.by, cut.text, count_words(cut.text)
    for decision in block.decisions:
        if decision.action in KINDS:
            yield decision.by, block.text, 0


def shortened(text: str) -> str:
    """A text in one line, of at most `SHOWN` characters."""
    line = " ".join(text[: 4 * SHOWN].split())
    return line if len(line) <= SHOWN else line[: SHOWN - 1].rstrip() + "…"


def key_of(rule: Rule | MetadataRule) -> str:
    """What the acts of a rule are found by."""
    from cleaner.rules import Rule

    return rule.id if isinstance(rule, Rule) else rule.key


def summed(pages: Iterable[Mapping[str, Acts]], examples: int) -> dict[str, Acts]:
    """What the rules did on all pages."""
    found: dict[str, Acts] = {}
    for acts in pages:
        for id, one in acts.items():
            if id in found:
                found[id].add(one, examples)
            else:
                found[id] = replace(one)
    return found
