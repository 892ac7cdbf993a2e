"""The local conditions of rules: what a block says, what it is, and what stands around it in the page's tree.

Text, near text, patterns, selectors, kind, origin and length are asked here, of each block by itself. Conditions on
other blocks are in `contextual`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import NamedTuple

from cleaner.matching.compiled import CompiledMatch, CompiledRules
from cleaner.matching.matches import WHOLE, RuleMatch
from cleaner.matching.near import is_composed, is_within
from cleaner.matching.texts import Texts
from cleaner.normalize import count_words, fold
from cleaner.page.elements import Mark
from cleaner.page.page import Page


class LocalMatch(NamedTuple):
    """A match whose local conditions hold for a block, or for a stretch of its text."""

    match: CompiledMatch
    number: int
    """Of the block."""
    own: bool
    start: int = 0
    end: int = WHOLE

    def rule_match(self) -> RuleMatch:
        """The match as verdicts read it."""
        return RuleMatch(self.match.rule, self.match.conditions, self.own, self.start, self.end)


class LocalConditions:
    """The local conditions of a rule set, asked of the blocks of one page."""

    def __init__(self, compiled: CompiledRules, page: Page, texts: Texts) -> None:
        self.compiled = compiled
        self.page = page
        self.texts = texts
        self._regexes: dict[str, frozenset[int]] = {}
        self._words: dict[str, frozenset[int]] = {}
        """The numbers of the patterns that a text holds; many texts stand on a page more than once."""
        self._covers = _covers(page)

    def matches(self) -> Iterator[LocalMatch]:
        """All matches whose local conditions hold, but for those of texts that recur irregularly."""
        candidates: dict[str, Collection[CompiledMatch]] = {"": ()}
        for number, text in enumerate(self.texts.raw):
            if text not in candidates:
                candidates[text] = self.compiled.filed_under(text)
            for match in candidates[text]:
                if self.holds(match, number):
                    yield LocalMatch(match, number, own=True)
        yield from self._in_elements()
        yield from self._in_stretches()
        for match in self.compiled.of_any_block:
            yield from (LocalMatch(match, n, own=True) for n in range(len(self.texts.raw)) if self.holds(match, n))

    def holds(self, match: CompiledMatch, number: int) -> bool:
        """Whether the local conditions of a match hold for the whole of a block."""
        conditions, block = match.conditions, self.page.blocks[number]
        if match.selectors and not all(self._is_covered(number, group) for group in match.selectors):
            return False
        if conditions.kind and block.kind not in conditions.kind:
            return False
        if conditions.from_markup is not None and conditions.from_markup != (block.element >= 0):
            return False
        return self._says(match, self.texts.raw[number], number)

    def _in_elements(self) -> Iterator[LocalMatch]:
        for selector, blocks in self._covers.items():
            for match in self.compiled.by_selector.get(selector, ()):
                for number, own in blocks.items():
                    if self.holds(match, number):
                        yield LocalMatch(match, number, own)

    def _in_stretches(self) -> Iterator[LocalMatch]:
        """The matches on elements inside a block; there, the text is the element's."""
        for mark in self.page.marks:
            for match in self.compiled.by_stretch.get(mark.selector, ()):
                if self.holds_in(match, mark):
                    yield LocalMatch(match, mark.block, True, mark.start, mark.end)

    def holds_in(self, match: CompiledMatch, mark: Mark) -> bool:
        """Whether the local conditions of a match, of which one selector made a mark, hold for the marked stretch."""
        conditions = match.conditions
        others = (group for group in match.selectors if mark.selector not in group)
        return (
            all(self._is_covered(mark.block, group) for group in others)
            and (not conditions.kind or self.page.blocks[mark.block].kind in conditions.kind)
            and conditions.from_markup is not False
            and self._says(match, self.texts.raw[mark.block][mark.start : mark.end], None)
        )

    def _says(self, match: CompiledMatch, text: str, number: int | None) -> bool:
        """Whether the conditions on a text hold: of block `number`, or of a stretch where it is None."""
        max_words = match.conditions.max_words
        if max_words and count_words(text) > max_words:
            return False
        if match.texts or match.likes or match.unless:
            folded = fold(text) if number is None else self.texts.folded(number)
            if folded in match.unless:
                return False
            if match.texts and not self._is_text(match, folded):
                return False
            if match.likes and not any(is_within(folded, like, match.conditions.edits) for like in match.likes):
                return False
        if match.regexes and match.regexes.isdisjoint(self._regexes_in(text)):
            return False
        return not match.words or not match.words.isdisjoint(self._words_in(text, number))

    def _is_text(self, match: CompiledMatch, folded: str) -> bool:
        """Whether a folded text is one of a match's texts, in one of the ways that the match allows."""
        if folded in match.texts or is_composed(folded, match.texts, match.companions):
            return True
        return match.conditions.misspelt is True and match in self.compiled.misspelt(folded)

    def _regexes_in(self, text: str) -> frozenset[int]:
        """The patterns that a text holds."""
        known = self._regexes.get(text)
        if known is None:
            known = self._regexes[text] = self.compiled.regexes.find(text)
        return known

    def _words_in(self, text: str, number: int | None) -> frozenset[int]:
        """The patterns that the folded text of block `number` holds; of a stretch where it is None."""
        patterns = self.compiled.words
        if not patterns.may_hold(text):
            return frozenset()
        known = self._words.get(text)
        if known is None:
            known = self._words[text] = patterns.find(fold(text) if number is None else self.texts.folded(number))
        return known

    def _is_covered(self, number: int, group: frozenset[int]) -> bool:
        return any(number in self._covers[selector] for selector in group if selector in self._covers)


def _covers(page: Page) -> dict[int, dict[int, bool]]:
    """For each selector the blocks in elements that it matches, with whether it matches the block's own element."""
    covers: dict[int, dict[int, bool]] = defaultdict(dict)
    for hit in page.hits:
        blocks = covers[hit.selector]
        for number in range(hit.first, hit.end):
            own = hit.node < 0 or page.blocks[number].element == hit.node
            blocks[number] = own or blocks.get(number, False)
    return covers
