"""What the rules say of a page: matches sorted by block and by what their verbs do, so that verdicts read each once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import chain

from cleaner.document import PageWarning
from cleaner.rules.types import Conditions, Rule, Tier, Verb

WHOLE = -1
"""The end of a match that is on the whole block."""

CUT = "cut"
"""The group of a pattern of `replace` or `split` that is meant, where it has one: the rest is only looked at."""

Strength = tuple[int, int, bool, bool, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class RuleMatch:
    """A rule matches a block, or a stretch of its text."""

    rule: Rule
    conditions: Conditions
    own: bool
    """Whether the match is on the block itself rather than on an element around it."""
    start: int = 0
    end: int = WHOLE
    """The stretch of the block's text in code points, half-open."""

    @property
    def strength(self) -> Strength:
        """What decides between matches on one block: the greater wins."""
        rule = self.rule
        file = rule.order[0] if rule.tier is Tier.USER else 0
        return rule.tier, file, self.own, rule.verb == "keep", rule.order


@dataclass(slots=True)
class BlockMatches:
    """All matches on one block, by what they do to it."""

    whole: list[RuleMatch] = field(default_factory=list)
    """`keep` and `drop` on the whole block."""
    parts: list[RuleMatch] = field(default_factory=list)
    """`keep` and `drop` on stretches of its text."""
    kinds: list[RuleMatch] = field(default_factory=list)
    """`heading` and `paragraph`."""
    settled: int = 0
    """How many of the kinds have been decided on; the others were not known yet."""
    replacements: list[RuleMatch] = field(default_factory=list)
    cuts: list[RuleMatch] = field(default_factory=list)
    """`drop_after` and `drop_before`."""
    mains: list[RuleMatch] = field(default_factory=list)

    def rules(self) -> set[str]:
        """The ids of the rules that match."""
        return {match.rule.id for group in self.groups() for match in group}

    def groups(self) -> tuple[list[RuleMatch], ...]:
        """All matches, by what they do."""
        return self.whole, self.parts, self.kinds, self.replacements, self.cuts, self.mains

    def winner(self) -> RuleMatch | None:
        """The match that decides whether the block is kept; None where no rule says it.

        One thing crosses the order of strength: a `keep` around a block never overrides what is said of the block
        itself, so a label inside a kept article still goes.
        """
        if not self.whole:
            return None
        strongest = max(self.whole, key=lambda match: match.strength)
        if strongest.rule.verb != "keep" or strongest.own:
            return strongest
        own = [match for match in self.whole if match.own]
        return max(own, key=lambda match: match.strength, default=strongest)


@dataclass(slots=True)
class PageMatches:
    """All matches on a page."""

    blocks: dict[int, BlockMatches] = field(default_factory=lambda: defaultdict(BlockMatches))
    """By the number of the block; blocks without a match are left out."""
    placed: list[tuple[int, RuleMatch]] = field(default_factory=list)
    """Matches that ask for a place in the main region, each with its block; they are added when the region is known."""
    warnings: list[PageWarning] = field(default_factory=list)
    limited: bool = False
    """Whether a rule has a limit to what it may take."""
    stopped: set[str] = field(default_factory=set)
    """The ids of rules that do not apply on this page, since they would take more than they may."""

    def stop(self, id: str) -> None:
        """Takes the matches of a rule away, and adds no other."""
        self.stopped.add(id)
        for said in self.blocks.values():
            for group in said.groups():
                group[:] = (match for match in group if match.rule.id != id)

    def add(self, number: int, match: RuleMatch) -> None:
        """Adds a match on block `number`, whatever place it asks for."""
        if match.rule.id in self.stopped:
            return
        group = self._group(number, match)
        if group is None:
            return
        group.append(match)
        if match.conditions.keep and match.end == WHOLE and match.rule.verb != "main":
            self.blocks[number].whole.append(replace(match, rule=replace(match.rule, verb="keep")))

    def drops(self, number: int) -> bool:
        """Whether the rules drop block `number`, as far as they are known."""
        return self._verdict(number) == "drop"

    def keeps(self, number: int) -> bool:
        """Whether the rules keep block `number`, as far as they are known."""
        return self._verdict(number) == "keep"

    def _verdict(self, number: int) -> Verb | None:
        said = self.blocks.get(number)
        winner = said.winner() if said is not None else None
        return winner.rule.verb if winner is not None else None

    def dropped(self) -> set[int]:
        """The blocks that rules drop, whatever the extractor chooses."""
        return {number for number in self.blocks if self.drops(number)}

    def by_rule(self) -> Counter[str]:
        """How many blocks each rule matches, by its id."""
        return Counter(chain.from_iterable(said.rules() for said in self.blocks.values()))

    def main_rules(self) -> Iterable[Rule]:
        """The `main` rules that match, the same one perhaps several times."""
        return (match.rule for said in self.blocks.values() for match in said.mains)

    def _group(self, number: int, match: RuleMatch) -> list[RuleMatch] | None:
        verb, is_whole = match.rule.verb, match.end == WHOLE
        if verb in ("keep", "drop"):
            return self.blocks[number].whole if is_whole else self.blocks[number].parts
        if verb == "main":
            return self.blocks[number].mains
        if not is_whole:
            return None
        if verb in ("heading", "paragraph"):
            return self.blocks[number].kinds
        return self.blocks[number].replacements if verb == "replace" else self.blocks[number].cuts
