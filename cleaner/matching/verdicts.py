"""Who wins where several rules speak of one block, and what becomes of the page's blocks by it.

The user's files win over a site's, these over a language's, these over generic ones, and a later user's file over an
earlier; within a file a match on the block itself wins over one on something around it, then `keep` over `drop`, then
the later rule. One thing crosses these lines: a `keep` around a block never overrides a `drop` on the block itself.
Rules decide before the extractor, always.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace
from itertools import product
from typing import Literal

from cleaner.content.choice import Choice
from cleaner.matching.matching import Claim, Claims
from cleaner.normalize import words
from cleaner.page.candidate import Candidate, Cut, Decision
from cleaner.page.edits import Edit, apply, disjoint, stretches
from cleaner.page.page import Page
from cleaner.rules.types import Match, Place, Rule, Tier

Key = tuple[int, int, bool, bool, tuple[int, int]]
_EVERYWHERE = Match()
_CUT = "cut"
"""The group of a `replace` pattern that is replaced, where it has one: what stands around it is only looked at."""


def decide(page: Page, claims: Claims, choice: Choice) -> None:
    """Decides every candidate of a page, and cuts and replaces stretches of those that are kept."""
    whole, inside = _inside_main(page, claims)
    region = inside if whole is not None else _span(choice.kept)
    _expand_cuts(page, claims, region)
    if whole is not None:
        _outside_main(page, claims, inside, whole)
    scores = choice.scores()
    for number, block in enumerate(page.blocks):
        said = [c for c in claims.by_block.get(number, ()) if _in_place(c.match.place, number, region)]
        _decide_block(block, said, choice, number, scores.get(number))


def settle_kinds(page: Page, claims: Claims) -> None:
    """Makes headings and paragraphs of what rules call so, before the extractor looks at the kinds."""
    for number, said in claims.by_block.items():
        _decide_kind(page.blocks[number], [c for c in said if _names_kind(c) and c.match.place is None])


def _names_kind(claim: Claim) -> bool:
    return claim.end < 0 and claim.rule.verb in ("heading", "paragraph")


def dropped_early(claims: Claims) -> set[int]:
    """Blocks that rules drop whatever the extractor chooses, so that it need not ask itself about them."""
    dropped = set()
    for number, said in claims.by_block.items():
        whole = [c for c in said if c.end < 0 and c.rule.verb in ("keep", "drop") and c.match.place is None]
        if whole and _winner(whole).rule.verb == "drop":
            dropped.add(number)
    return dropped


def _inside_main(page: Page, claims: Claims) -> tuple[Rule | None, range]:
    """The rule that names the main region, the last where several do, and the region's first to last block."""
    numbers, rule = [], None
    for number, said in claims.by_block.items():
        for claim in said:
            if claim.rule.verb == "main":
                numbers.append(number)
                rule = claim.rule if rule is None else max(rule, claim.rule, key=lambda r: (r.tier, r.order))
    for missed in claims.unmatched_main:
        claims.warnings.append(f"{missed.id} ({missed.source}): the main content that it names is not on the page")
    return rule, range(min(numbers), max(numbers) + 1) if numbers else range(len(page.blocks))


def _span(kept: list[bool]) -> range:
    """From the first to the last block that the extractor chose."""
    if True not in kept:
        return range(len(kept))
    return range(kept.index(True), len(kept) - kept[::-1].index(True))


def _outside_main(page: Page, claims: Claims, region: range, rule: Rule) -> None:
    claim = Claim(_as_drop(rule), _EVERYWHERE, own=False)
    for number in range(len(page.blocks)):
        if not any(c.rule.verb == "main" for c in claims.by_block.get(number, ())):
            claims.by_block[number].append(claim)


def _as_drop(rule: Rule) -> Rule:
    """What a rule means for the blocks around its match: that they go."""
    return replace(rule, verb="drop")


def _expand_cuts(page: Page, claims: Claims, region: range) -> None:
    """`drop_after` and `drop_before` take their match and what follows or precedes it inside the region."""
    first_after: dict[int, tuple[int, Claim]] = {}
    last_before: dict[int, tuple[int, Claim]] = {}
    for number in sorted(claims.by_block):
        if number not in region:
            continue
        for claim in claims.by_block[number]:
            if claim.end >= 0 or not _in_place(claim.match.place, number, region):
                continue
            if claim.rule.verb == "drop_after":
                first_after.setdefault(id(claim.rule), (number, claim))
            elif claim.rule.verb == "drop_before":
                last_before[id(claim.rule)] = (number, claim)
    for number, claim in first_after.values():
        _spread(claims, number, range(number + 1, region.stop), claim.rule)
    for number, claim in last_before.values():
        _spread(claims, number, range(region.start, number), claim.rule)


def _spread(claims: Claims, at: int, others: Iterable[int], rule: Rule) -> None:
    drop = _as_drop(rule)
    claims.by_block[at].append(Claim(drop, _EVERYWHERE, own=True))
    around = Claim(drop, _EVERYWHERE, own=False)
    for number in others:
        claims.by_block[number].append(around)


def _in_place(place: Place | None, number: int, region: range) -> bool:
    if place is None:
        return True
    if number not in region:
        return False
    return number < region.start + place.count if place.where == "first" else number >= region.stop - place.count


def _key(claim: Claim) -> Key:
    rule = claim.rule
    file = rule.order[0] if rule.tier is Tier.USER else 0
    return rule.tier, file, claim.own, rule.verb == "keep", rule.order


def _decide_block(block: Candidate, said: list[Claim], choice: Choice, number: int, score: float | None) -> None:
    block.score = score
    block.kept = choice.kept[number]
    if choice.by != "content.none" or number in choice.otherwise:
        action: Literal["keep", "drop"] = "keep" if block.kept else "drop"
        block.decided = Decision(action, choice.otherwise.get(number, choice.by), score=block.score)
        block.history += (block.decided,)
    if not said:
        return
    whole = [c for c in said if c.end < 0]
    _decide_kept(block, [c for c in whole if c.rule.verb in ("keep", "drop")])
    _decide_kind(block, [c for c in whole if _names_kind(c) and c.match.place is not None])
    if block.kept:
        _edit(block, said, whole)


def _decide_kept(block: Candidate, said: list[Claim]) -> None:
    if not said:
        return
    winner = _winner(said)
    block.kept = winner.rule.verb == "keep"
    beaten = {c.rule.id: None for c in said if c.rule.id != winner.rule.id}
    detail = f"wins over {', '.join(beaten)}" if beaten else None
    block.decided = _decision("keep" if block.kept else "drop", winner.rule, detail)
    block.history += (block.decided,)


def _winner(said: list[Claim]) -> Claim:
    ordered = sorted(said, key=_key, reverse=True)
    winner = ordered[0]
    if winner.rule.verb == "keep" and not winner.own:
        # A label inside a kept article still goes: what is said of the block itself comes first here.
        winner = next((c for c in ordered if c.own), winner)
    return winner


def _decision(
    action: Literal["keep", "drop", "heading", "paragraph", "replace", "cut"], rule: Rule, detail: str | None = None
) -> Decision:
    return Decision(action, rule.id, rule.source, detail=detail)


def _decide_kind(block: Candidate, said: list[Claim]) -> None:
    if not said or block.kind not in ("heading", "paragraph", "list_item"):
        return
    rule = max(said, key=_key).rule
    if rule.verb == "heading":
        block.kind, block.level = "heading", rule.level or block.level or 2
        block.text = block.text.replace("\n", " ")
        block.history += (_decision("heading", rule),)
    else:
        block.kind, block.level = "paragraph", None
        block.history += (_decision("paragraph", rule),)


def _edit(block: Candidate, said: list[Claim], whole: list[Claim]) -> None:
    """Takes stretches out that `drop` matched, and makes the replacements."""
    drops = [c for c in said if c.end >= 0 and c.rule.verb == "drop"]
    if drops:
        shields = _Shields(c for c in said if c.rule.verb == "keep" and c.own)
        drops = [c for c in drops if not shields.cover(c)]
    if drops:
        _apply(block, [(Edit(c.start, c.end), c.rule) for c in drops], "cut")
    for claim in sorted((c for c in whole if c.rule.verb == "replace"), key=_key):
        _apply(block, list(_replacements(block, claim)), "replace")


class _Shields:
    """The stretches of a block that rules keep, by their strength: each with how far those that start by then reach."""

    def __init__(self, keeps: Iterable[Claim]) -> None:
        self.starts: dict[Key, list[int]] = {}
        self.reach: dict[Key, list[float]] = {}
        for keep in sorted(keeps, key=lambda c: c.start):
            reach = self.reach.setdefault(_key(keep), [])
            self.starts.setdefault(_key(keep), []).append(keep.start)
            end = math.inf if keep.end < 0 else keep.end
            reach.append(max(end, reach[-1]) if reach else end)

    def cover(self, drop: Claim) -> bool:
        """Whether a stronger rule keeps a stretch around what `drop` takes."""
        for key, starts in self.starts.items():
            before = bisect_right(starts, drop.start)
            if before and key > _key(drop) and self.reach[key][before - 1] >= drop.end:
                return True
        return False


def _replacements(block: Candidate, claim: Claim) -> Iterable[tuple[Edit, Rule]]:
    rule, match = claim.rule, claim.match
    if match.text and not match.regex:
        yield Edit(0, len(block.text), rule.replacement), rule
        return
    import re2

    for pattern, (at, text) in product(match.regex, stretches(block)):
        for found in re2.finditer(pattern, text):
            start, end = found.span(found.re.groupindex.get(_CUT, 0))
            if end > start:
                yield Edit(at + start, at + end, rule.replacement), rule


def _apply(block: Candidate, edits: list[tuple[Edit, Rule]], action: Literal["cut", "replace"]) -> None:
    rules = {(e.start, e.end): rule for e, rule in reversed(edits)}
    made = disjoint([e for e, _ in edits])
    if not made:
        return
    rule = edits[0][1]
    for edit in made:
        rule = rules.get((edit.start, edit.end), rule)
        block.cuts += (Cut(block.text[edit.start : edit.end], rule.id, rule.source, edit.replacement or None),)
        block.history += (_decision(action, rule, block.text[edit.start : edit.end]),)
    apply(block, made)
    if block.kept and not words(block.text) and block.kind not in ("image", "rule"):
        block.kept = False
        block.decided = _decision("drop", rule, "nothing was left of it")
