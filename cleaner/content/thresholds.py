"""What the scores of a page had to be, for readers of `explain`: worked out anew, so that cleaning costs nothing."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from cleaner.content.choice import Choice
from cleaner.content.options import Options
from cleaner.page.page import Page


class Thresholds(NamedTuple):
    """The scores from which on blocks of one page were chosen."""

    first: float | None = None
    """For the content score; None where it did not choose, since the page has few words or another extractor."""
    second: Mapping[int, tuple[float, float]] = MappingProxyType({})
    """By the number of a block that was decided again: its second score, and the one that it must have."""


def thresholds_of(page: Page, choice: Choice, options: Options) -> Thresholds:
    """The thresholds that a choice had."""
    scored, chosen, gone = choice.scored, choice.first, choice.gone
    if scored is None or chosen is None or gone is None or gone.all():
        return Thresholds()
    if page.lines is not None:
        from cleaner.content import lines

        return Thresholds(lines.threshold(page.lines.features.words[~gone], scored.scores[~gone], options.favor))
    from cleaner.content.features.block_features import BlockFeatures
    from cleaner.content.revision import reviser_of
    from cleaner.content.scorer import threshold

    assert isinstance(scored.rows, BlockFeatures)
    first = threshold(scored.rows.words[~gone], scored.scores[~gone], options.favor)
    reviser = reviser_of(options.model)
    if reviser is None:
        return Thresholds(first)
    found = reviser.second_scores(scored.rows, scored.scores, chosen, gone, options.favor)
    return Thresholds(first, {scored.rows.blocks[row]: pair for row, pair in found.items()})
