"""Where rules split blocks: `split` at the match, `heading` and `paragraph` around an element inside a block."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from cleaner.matching.compiled import CompiledMatch, CompiledRules
from cleaner.matching.local import LocalConditions
from cleaner.matching.matches import CUT
from cleaner.matching.texts import Texts
from cleaner.page.candidate import Decision
from cleaner.page.page import Page
from cleaner.page.splitting import SPLITTABLE, PartOrigin, split_blocks
from cleaner.rules.types import Rule

_Place = tuple[int, int, Rule]
"""A block, a position in its text, and the rule by which a block begins there."""


def split_page(compiled: CompiledRules, page: Page) -> list[PartOrigin] | None:
    """Splits the blocks of a page as rules ask for; gives for each block what it was, None where none was split.

    The rules are matched after that, so what they say of a whole block holds for a part.
    """
    rules: dict[int, dict[int, Rule]] = defaultdict(dict)
    for number, position, rule in _places(compiled, page):
        if page.blocks[number].kind in SPLITTABLE and page.blocks[number].caption_of is None:
            rules[number].setdefault(position, rule)
    if not rules:
        return None
    origins = split_blocks(page, {number: sorted(found) for number, found in rules.items()})
    for block, (number, position) in zip(page.blocks, origins, strict=True):
        if position:
            rule = rules[number][position]
            block.history += (Decision("split", rule.id, rule.source),)
    return origins


def _places(compiled: CompiledRules, page: Page) -> Iterator[_Place]:
    local = LocalConditions(compiled, page, Texts(page))
    by_stretch: dict[int, list[CompiledMatch]] = defaultdict(list)
    for match in compiled.splitting:
        for group in match.selectors:
            for selector in group:
                by_stretch[selector].append(match)
        if match.rule.verb == "split" and match.regexes:
            for number in range(len(page.blocks)):
                if local.holds(match, number):
                    yield from ((number, at, match.rule) for at in _found(match, page.blocks[number].text))
    for mark in page.marks:
        for match in by_stretch.get(mark.selector, ()):
            if local.holds_in(match, mark):
                yield mark.block, mark.start, match.rule
                if match.rule.verb != "split":
                    yield mark.block, mark.end, match.rule


def _found(match: CompiledMatch, text: str) -> Iterator[int]:
    """Where the patterns of a match are found in a text, each time that they are."""
    import re2

    for pattern in match.conditions.regex:
        for found in re2.finditer(pattern, text):
            yield found.start(found.re.groupindex.get(CUT, 0))
