"""Verdicts: what becomes of each block of a page by the rules and by the extractor's choice.

The user's files win over a site's, these over a language's, these over generic ones, and a later user's file over an
earlier; within a file a match on the block itself wins over one on something around it, then `keep` over `drop`, then
the later rule. `RuleMatch.strength` is this order. One thing crosses it: a `keep` around a block never overrides what
is said of the block itself (`BlockMatches.winner`). Rules decide before the extractor, always.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace

from cleaner.content.choice import Choice
from cleaner.matching.contextual import add_placed
from cleaner.matching.limits import replacements, stop_excessive
from cleaner.matching.matches import WHOLE, BlockMatches, PageMatches, RuleMatch, Strength
from cleaner.normalize import words
from cleaner.page.candidate import Action, Candidate, Cut, Decision
from cleaner.page.edits import Edit, apply, disjoint
from cleaner.page.page import Page
from cleaner.rules.types import Conditions, Rule

_EVERYWHERE = Conditions()
_OUTSIDE = Conditions()
"""Of the matches on what no `main` rule names; told by its identity."""


def settle_kinds(page: Page, matches: PageMatches) -> None:
    """Makes headings and paragraphs of what rules call so, before the extractor looks at the kinds."""
    for number, said in matches.blocks.items():
        _decide_kind(page.blocks[number], said)


def decide(page: Page, matches: PageMatches, choice: Choice) -> None:
    """Decides every candidate of a page, and cuts and replaces stretches of those that are kept."""
    main, region = _main_region(page, matches, choice)
    add_placed(matches, region)
    _spread_cuts(matches, region)
    stop_excessive(page, matches)
    if main is not None:
        _drop_outside(page, matches, main)
        _keep_inside(page, matches)
    scores = choice.scores()
    for number, block in enumerate(page.blocks):
        _choose(block, choice, number, scores.get(number))
        said = matches.blocks.get(number)
        if said is not None:
            _decide_block(block, said)


def _main_region(page: Page, matches: PageMatches, choice: Choice) -> tuple[Rule | None, range]:
    """The strongest rule that names the main region, the last of equals, and the region's first to last block.

    Without such a rule the region goes from the first to the last block that the extractor chose.
    """
    rules = list(matches.main_rules())
    if not rules:
        return None, _span(choice.kept)
    numbers = [number for number, said in matches.blocks.items() if said.mains]
    return max(rules, key=lambda rule: (rule.tier, rule.order)), range(min(numbers), max(numbers) + 1)


def _span(kept: list[bool]) -> range:
    """The range from the first to the last True."""
    if True not in kept:
        return range(len(kept))
    return range(kept.index(True), len(kept) - kept[::-1].index(True))


def _spread_cuts(matches: PageMatches, region: range) -> None:
    """Drops what `drop_after` and `drop_before` match inside the region, and what follows or precedes it there.

    Of several matches of a `drop_after` rule the first counts, of a `drop_before` rule the last.
    """
    first: dict[str, tuple[int, Rule]] = {}
    last: dict[str, tuple[int, Rule]] = {}
    for number in sorted(n for n, said in matches.blocks.items() if said.cuts and n in region):
        for match in matches.blocks[number].cuts:
            if match.rule.verb == "drop_after":
                first.setdefault(match.rule.id, (number, match.rule))
            else:
                last[match.rule.id] = (number, match.rule)
    for number, rule in first.values():
        _spread(matches, number, range(number + 1, region.stop), rule)
    for number, rule in last.values():
        _spread(matches, number, range(region.start, number), rule)


def _spread(matches: PageMatches, at: int, others: Iterable[int], rule: Rule) -> None:
    drop = replace(rule, verb="drop")
    matches.add(at, RuleMatch(drop, _EVERYWHERE, own=True))
    around = RuleMatch(drop, _EVERYWHERE, own=False)
    for number in others:
        matches.add(number, around)


def _drop_outside(page: Page, matches: PageMatches, main: Rule) -> None:
    """Drops what no `main` rule names."""
    around = RuleMatch(replace(main, verb="drop"), _OUTSIDE, own=False)
    for number in range(len(page.blocks)):
        said = matches.blocks.get(number)
        if said is None or not said.mains:
            matches.add(number, around)


def _keep_inside(page: Page, matches: PageMatches) -> None:
    """Keeps what `main` rules name with `keep: true`, where no other rule says what becomes of it."""
    for number in range(len(page.blocks)):
        said = matches.blocks.get(number)
        if said is None or said.whole:
            continue
        keeping = [match.rule for match in said.mains if match.conditions.keep]
        if keeping:
            strongest = max(keeping, key=lambda rule: (rule.tier, rule.order))
            matches.add(number, RuleMatch(replace(strongest, verb="keep"), _EVERYWHERE, own=False))


def _choose(block: Candidate, choice: Choice, number: int, score: float | None) -> None:
    """Notes what the extractor chose."""
    block.score = score
    block.kept = choice.kept[number]
    if choice.by != "content.none" or number in choice.otherwise:
        action: Action = "keep" if block.kept else "drop"
        by, detail = choice.otherwise.get(number, choice.by), choice.details.get(number)
        block.decided = Decision(action, by, score=block.score, detail=detail)
        block.history += (block.decided,)


def _decide_block(block: Candidate, said: BlockMatches) -> None:
    """Decides a block by the rules."""
    _decide_kept(block, said)
    _decide_kind(block, said)
    if block.kept:
        _edit(block, said)


def _decide_kept(block: Candidate, said: BlockMatches) -> None:
    winner = said.winner()
    if winner is None:
        return
    block.kept = winner.rule.verb == "keep"
    block.is_outside = winner.conditions is _OUTSIDE
    beaten = {match.rule.id: None for match in said.whole if match.rule.id != winner.rule.id}
    detail = f"wins over {', '.join(beaten)}" if beaten else None
    block.decided = _decision("keep" if block.kept else "drop", winner.rule, detail)
    block.history += (block.decided,)


def _decision(action: Action, rule: Rule, detail: str | None = None) -> Decision:
    return Decision(action, rule.id, rule.source, detail=detail)


def _decide_kind(block: Candidate, said: BlockMatches) -> None:
    """Gives a block the kind that the strongest match names, unless that has been decided before."""
    kinds, settled = said.kinds, said.settled
    said.settled = len(kinds)
    if len(kinds) == settled or block.kind not in ("heading", "paragraph", "list_item"):
        return
    strongest = max(range(len(kinds)), key=lambda place: kinds[place].strength)
    if strongest < settled:
        return
    rule = kinds[strongest].rule
    if rule.verb == "heading":
        block.kind, block.level = "heading", rule.level or block.level or 2
        block.text = block.text.replace("\n", " ")
        block.history += (_decision("heading", rule),)
    else:
        block.kind, block.level = "paragraph", None
        block.history += (_decision("paragraph", rule),)


def _edit(block: Candidate, said: BlockMatches) -> None:
    """Takes the stretches out that `drop` matches and no `keep` shields, and makes the replacements."""
    drops = [match for match in said.parts if match.rule.verb == "drop"]
    if drops:
        keeps = (match for match in (*said.parts, *said.whole) if match.rule.verb == "keep" and match.own)
        shields = _Shields(keeps)
        drops = [match for match in drops if not shields.cover(match)]
    if drops:
        _apply(block, [(Edit(match.start, match.end), match.rule) for match in drops], "cut")
    for match in sorted(said.replacements, key=lambda match: match.strength):
        _apply(block, list(replacements(block, match)), "replace")


class _Shields:
    """The stretches of a block that rules keep, by strength: each with how far those that start by then reach."""

    def __init__(self, keeps: Iterable[RuleMatch]) -> None:
        self._starts: dict[Strength, list[int]] = {}
        self._reach: dict[Strength, list[float]] = {}
        for keep in sorted(keeps, key=lambda match: match.start):
            reach = self._reach.setdefault(keep.strength, [])
            self._starts.setdefault(keep.strength, []).append(keep.start)
            end = math.inf if keep.end == WHOLE else keep.end
            reach.append(max(end, reach[-1]) if reach else end)

    def cover(self, drop: RuleMatch) -> bool:
        """Whether a stronger rule keeps a stretch around what `drop` takes."""
        for strength, starts in self._starts.items():
            before = bisect_right(starts, drop.start)
            if before and strength > drop.strength and self._reach[strength][before - 1] >= drop.end:
                return True
        return False


def _apply(block: Candidate, edits: list[tuple[Edit, Rule]], action: Action) -> None:
    rules = {(e.start, e.end): rule for e, rule in reversed(edits)}
    made = disjoint([e for e, _ in edits])
    if not made:
        return
    rule = edits[0][1]
    cuts, decisions = [], []
    for edit in made:
        rule = rules.get((edit.start, edit.end), rule)
        text = block.text[edit.start : edit.end]
        cuts.append(Cut(text, rule.id, rule.source, edit.replacement or None))
        decisions.append(_decision(action, rule, text))
    block.cuts += tuple(cuts)
    block.history += tuple(decisions)
    apply(block, made)
    if block.kept and not words(block.text):
        block.kept = False
        block.decided = _decision("drop", rule, "nothing was left of it")
        block.history += (block.decided,)
