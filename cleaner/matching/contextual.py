"""The contextual conditions of rules: what a block is among the others that are still there.

They are asked here and nowhere else: when all local conditions are known, of the blocks that no rule drops, and where
they do not hold, once more of the blocks that the extractor keeps. `heads_next` and `heads_links` look at the next
blocks that stay, and a text that recurs irregularly does so among those that stay. `place` is asked last, in the main
region.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from cleaner.matching.compiled import CompiledMatch
from cleaner.matching.local import LocalConditions, LocalMatch
from cleaner.matching.matches import WHOLE, PageMatches, RuleMatch
from cleaner.matching.surroundings import irregular_recurrences, links_below, takes_up
from cleaner.rules.types import Conditions, Place

_SHORT = 80
"""Maximum characters of a folded text that is looked for among short blocks only."""


def is_contextual(found: LocalMatch) -> bool:
    """Whether more than its local conditions decides a match."""
    conditions = found.match.conditions
    asked = (conditions.repeats, conditions.heads_next, conditions.heads_links, conditions.takes_links)
    return any(given is not None for given in asked)


def add_placed(matches: PageMatches, region: range) -> None:
    """Adds the matches that ask for a place and have it in the main region."""
    for number, match in matches.placed:
        if match.conditions.place is not None and _is_in_place(match.conditions.place, number, region):
            matches.add(number, match)


def _is_in_place(place: Place, number: int, region: range) -> bool:
    if number not in region:
        return False
    return number < region.start + place.count if place.where == "first" else number >= region.stop - place.count


def _asks(found: LocalMatch) -> bool:
    return found.match.conditions.heads_next is not None and found.end == WHOLE


_ALONG = Conditions()
"""What the links under a label are asked for: nothing."""


class ContextualConditions:
    """The blocks of a page that are still there, and the matches that wait for an answer about them."""

    def __init__(self, matches: PageMatches, local: LocalConditions, pending: Iterable[LocalMatch]) -> None:
        self.matches = matches
        self.local = local
        self.page = local.page
        self.texts = local.texts
        self._repeats: dict[str, int] | None = None
        self._counts: dict[bool, Counter[str]] = {}
        """How often texts occur: among blocks that are short, and among all."""
        self._kept: list[bool] | None = None
        """What the extractor keeps, when it has chosen."""
        self._beyond: dict[int, int] = {}
        """For blocks that do not stay: a later number up to which no block does."""
        self._recurring: set[tuple[CompiledMatch, int]] = set()
        """Matches of texts that recur irregularly, with the block, that have been asked about the next block."""
        self._takers: list[tuple[int, RuleMatch]] = []
        """The labels that take the links under them along, since these were last asked for."""
        self._waiting = [found for found in pending if self._repeats_enough(found)]

    def ask(self, kept: list[bool] | None = None) -> None:
        """Adds the waiting matches whose conditions hold.

        `kept` tells for each block whether the extractor keeps it, when it has chosen; a rule's `keep` comes first.
        """
        self._kept = kept
        self._beyond.clear()
        self._waiting = self._add_if_heading_fits(self._waiting)
        if self._add_recurring():  # which may have dropped the block that another one heads
            self._waiting = self._add_if_heading_fits(self._waiting)
        self._take_links()

    def _stays(self, number: int) -> bool:
        """Whether a block is still there."""
        is_kept = self._kept is None or self._kept[number] or self.matches.keeps(number)
        return is_kept and number not in self.page.printed and not self.matches.drops(number)

    # --- repeats

    def _repeats_enough(self, found: LocalMatch) -> bool:
        """Whether a block's text stands in the document as often as a match asks for."""
        minimum = found.match.conditions.repeats
        if minimum is None:
            return True
        return found.end == WHOLE and self._repetitions().get(self.texts.folded(found.number), 0) >= minimum

    def _repetitions(self) -> dict[str, int]:
        """How often each text occurs, as far as rules ask; one that follows itself counts once."""
        if self._repeats is None:
            asking = [m.conditions.max_words for m in self.local.compiled.matches if m.conditions.repeats]
            max_words = None if None in asking else max(limit for limit in asking if limit)
            self._repeats = defaultdict(int)
            last = None
            for number, raw in enumerate(self.texts.raw):
                is_short = max_words is None or raw.count(" ") < max_words
                text = self.texts.folded(number) if raw and is_short else ""
                if text and text != last:
                    self._repeats[text] += 1
                last = text
        return self._repeats

    # --- heads_next

    def _add_if_heading_fits(self, pending: Iterable[LocalMatch]) -> list[LocalMatch]:
        """Adds the matches that ask for nothing of the next block, or have it; returns the others.

        Blocks are looked at from the last to the first, so that of two labels in a row the first sees past the second.
        """
        by_block: dict[int, list[LocalMatch]] = defaultdict(list)
        for found in pending:
            by_block[found.number].append(found)
        waiting: list[LocalMatch] = []
        after, last = None, len(self.texts.raw) - 1
        for number in sorted(by_block, reverse=True):
            for other in range(last, number, -1):
                after = other if self.texts.raw[other] and self._stays(other) else after
            last = number
            heads_next = any(_asks(found) for found in by_block[number]) and self._heads(number, after)
            for found in by_block[number]:
                wanted = found.match.conditions.heads_next
                fits = wanted is None or (found.end == WHOLE and heads_next) == wanted
                if fits and self._fits_links(found):
                    self._add(found)
                else:
                    waiting.append(found)
        return waiting

    def _add(self, found: LocalMatch) -> None:
        """Adds a match whose conditions hold, or files it until the main region is known."""
        match = found.rule_match()
        if match.conditions.place is not None:
            self.matches.placed.append((found.number, match))
            return
        self.matches.add(found.number, match)
        if match.rule.verb != "drop":  # it may bring a block back
            self._beyond.clear()
        if match.conditions.takes_links and match.end == WHOLE:
            self._takers.append((found.number, match))

    def _heads(self, number: int, after: int | None) -> bool:
        """Whether the next block that stays takes the words of a block up, which occurs but once."""
        text = self.texts.folded(number)
        return after is not None and self._occurrences(text) == 1 and takes_up(self.texts.folded(after), text)

    # --- heads_links, takes_links

    def _fits_links(self, found: LocalMatch) -> bool:
        wanted = found.match.conditions.heads_links
        return wanted is None or (found.end == WHOLE and bool(self._links(found.number))) == wanted

    def _links(self, number: int) -> list[int]:
        return links_below(self.page.blocks, number, self._next_staying)

    def _next_staying(self, number: int) -> int:
        """The first block that stays from a number on, or the number of blocks; what was skipped once is not again."""
        skipped = []
        while number < len(self.page.blocks):
            beyond = self._beyond.get(number)
            if beyond is None and self._stays(number):
                break
            skipped.append(number)
            number = beyond if beyond is not None else number + 1
        self._beyond.update(dict.fromkeys(skipped, number))
        return number

    def _take_links(self) -> None:
        """Drops the links under the labels that take them along, where the label goes."""
        takers, self._takers = self._takers, []
        for number, match in takers:
            if self.matches.drops(number):
                along = RuleMatch(match.rule, _ALONG, own=False)
                for link in self._links(number):
                    self.matches.add(link, along)

    # --- the blocks of a page

    def _occurrences(self, text: str) -> int:
        """How often a folded text occurs; a block with more signs than letters beside it is not that text."""
        is_short = len(text) <= _SHORT
        if is_short not in self._counts:
            numbers = (n for n, raw in enumerate(self.texts.raw) if not is_short or len(raw) <= 2 * _SHORT)
            self._counts[is_short] = Counter(map(self.texts.folded, numbers))
        return self._counts[is_short][text]

    # --- recurs_irregularly

    def _add_recurring(self) -> bool:
        """Adds the matches of texts that recur irregularly; whether there were any."""
        if not self.local.compiled.recurring:
            return False
        left = [number for number in range(len(self.texts.raw)) if self._stays(number)]
        blocks = [self.page.blocks[n] for n in left]
        recurrences = irregular_recurrences(blocks, lambda place: self.texts.folded(left[place]))
        if not recurrences:
            return False
        found = [
            LocalMatch(match, number, own=True)
            for number in left
            if (count := recurrences.get(self.texts.folded(number)))
            for match in self.local.compiled.recurring
            if (match, number) not in self._recurring
            if count >= (match.conditions.recurs_irregularly or 0) and self.local.holds(match, number)
        ]
        self._recurring.update((one.match, one.number) for one in found)
        self._waiting += self._add_if_heading_fits(filter(self._repeats_enough, found))
        return bool(found)
