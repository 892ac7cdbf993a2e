"""A rule set against a page: local conditions first, then the contextual ones, over the blocks that are still there."""

from __future__ import annotations

from cleaner.document import PageWarning
from cleaner.matching.compiled import CompiledRules
from cleaner.matching.contextual import ContextualConditions, is_contextual
from cleaner.matching.limits import stop_excessive
from cleaner.matching.local import LocalConditions, LocalMatch
from cleaner.matching.matches import PageMatches
from cleaner.matching.texts import Texts
from cleaner.page.page import Page


def match_page(compiled: CompiledRules, page: Page) -> tuple[PageMatches, ContextualConditions]:
    """What the rules say of the blocks of a page that was read with a `PageLookup` of these rules.

    The context is asked once more when the extractor has chosen, and adds to the matches.
    """
    matches = PageMatches(limited=compiled.limited)
    local = LocalConditions(compiled, page, Texts(page))
    pending: list[LocalMatch] = []
    for found in local.matches():
        if is_contextual(found):
            pending.append(found)
        elif found.match.conditions.place is not None:
            matches.placed.append((found.number, found.rule_match()))
        else:
            matches.add(found.number, found.rule_match())
    matches.warnings += _unmatched_mains(compiled, matches)
    stop_excessive(page, matches)
    context = ContextualConditions(matches, local, pending)
    context.ask()
    stop_excessive(page, matches)
    return matches, context


def _unmatched_mains(compiled: CompiledRules, matches: PageMatches) -> list[PageWarning]:
    """Warnings about `main` rules that name what is not on the page."""
    matched = {rule.id for rule in matches.main_rules()}
    return [
        PageWarning("rules.main_not_found", f"{id} ({rule.source}): the main content that it names is not on the page")
        for id, rule in compiled.mains.items()
        if id not in matched
    ]
