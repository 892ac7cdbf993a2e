"""Limits of rules: one that would take more of a page's words than it may does not apply on this page.

Asked when matches have been added, and before anything looks at what they drop. What a rule takes is the blocks that it
drops, with others or alone, and the stretches that it cuts or replaces. `main` takes nothing: what is outside is often
most of a page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import product

from cleaner.document import PageWarning
from cleaner.matching.matches import CUT, WHOLE, PageMatches, RuleMatch
from cleaner.normalize import count_words
from cleaner.page.candidate import Candidate
from cleaner.page.edits import Edit, stretches
from cleaner.page.page import Page
from cleaner.rules.types import Rule

TAKING = ("drop", "drop_after", "drop_before", "replace")


def stop_excessive(page: Page, matches: PageMatches) -> None:
    """Takes the matches of rules away that take more than they may, for good, with a warning for each."""
    if not matches.limited:
        return
    sizes = [count_words(block.text) for block in page.blocks]
    whole = sum(sizes)
    taken, rules = _taken(page, matches, sizes)
    for id, words in taken.items():
        rule = rules[id]
        limit = rule.max_drop_ratio
        if limit is not None and words > limit * whole:
            matches.stop(id)
            share = f"would take {words} of the page's {whole} words, over its limit of {limit:g}"
            matches.warnings.append(
                PageWarning("rules.drop_limit", f"{id} ({rule.source}): {share}; it does not apply here")
            )


def _taken(page: Page, matches: PageMatches, sizes: list[int]) -> tuple[Counter[str], dict[str, Rule]]:
    """The words that each rule with a limit takes, and these rules."""
    taken: Counter[str] = Counter()
    rules: dict[str, Rule] = {}
    for number, said in matches.blocks.items():
        words: dict[str, int] = {}
        dropping = said.whole if matches.drops(number) else []
        for match in (*dropping, *said.parts, *said.replacements):
            if match.rule.max_drop_ratio is None or match.rule.verb not in TAKING:
                continue
            rules[match.rule.id] = match.rule
            words[match.rule.id] = min(sizes[number], words.get(match.rule.id, 0) + _size(page, number, match, sizes))
        taken.update(words)
    return taken, rules


def _size(page: Page, number: int, match: RuleMatch, sizes: list[int]) -> int:
    if match.rule.verb == "replace":
        edits = (edit for edit, _ in replacements(page.blocks[number], match))
        return sum(count_words(page.blocks[number].text[edit.start : edit.end]) for edit in edits)
    if match.end == WHOLE:
        return sizes[number]
    return count_words(page.blocks[number].text[match.start : match.end])


def replacements(block: Candidate, match: RuleMatch) -> Iterable[tuple[Edit, Rule]]:
    """The edits that a match of `replace` makes in a block."""
    rule, conditions = match.rule, match.conditions
    if conditions.text and not conditions.regex:
        yield Edit(0, len(block.text), rule.replacement), rule
        return
    import re2

    for pattern, (at, text) in product(conditions.regex, stretches(block)):
        for found in re2.finditer(pattern, text):
            start, end = found.span(found.re.groupindex.get(CUT, 0))
            if end > start:
                yield Edit(at + start, at + end, rule.replacement), rule
