"""The second decision: a choice of blocks is looked at as a whole, gaps in it are filled and strays in it go.

The first score judges each block by itself, and most short blocks say little. The score here sees what was decided
about their neighbours, about the blocks that look like them, and about the section that they stand in. It is stacked on
the first one: Wolpert, "Stacked generalization" (1992).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from cleaner.content.features.block_features import BlockFeatures
from cleaner.content.features.choice_features import choice_features, choice_names, page_features, page_names
from cleaner.content.options import Favor
from cleaner.content.scorer import SHIPPED, Scorer
from cleaner.content.series import section_of, series_of
from cleaner.models.arrays import Flags, Floats
from cleaner.models.trees import Trees, parts_of
from cleaner.models.wording import WORDING_FEATURES, Wording

REVISION, CONFIDENCE, WORDING = "revision", "confidence", "revision.wording"
"""Parts of a model's file: the score of the blocks of a choice, the expected F1 of the choice, and the weights of what
blocks say."""


@dataclass(frozen=True, slots=True)
class RevisionProfile:
    """How scores change a choice, for one value of `favor`."""

    fill: float
    """Score that a block between chosen ones must exceed to be chosen as well."""
    drop: float
    """Score below which a chosen block goes."""
    fill_section: float
    """Mean score that the blocks under a chosen heading must exceed if none of them is chosen."""


_PROFILES: dict[str, RevisionProfile] = {
    "precision": RevisionProfile(0.6, 0.35, 0.5),
    "balanced": RevisionProfile(0.38, 0.32, 0.25),
    "recall": RevisionProfile(0.2, 0.05, 0.1),
}


_MAX_BLOCKS_OF_ITEM = 2
"""Maximum number of blocks of an item, on average, of a list that is chosen whole: more are cards or posts."""
_MOST = 0.5
"""Share of the words of a list that must be chosen if all of it is."""
_MIN_IN_LIST = 0.1
"""Score that a block must exceed to come with its list."""


class Reviser:
    """The second part of a model: scores of the blocks of a choice, and of a whole choice."""

    def __init__(self, blocks: Trees, page: Trees | None = None, wording: Wording | None = None) -> None:
        """Raises ValueError where the trees ask for features that this version does not make."""
        self._blocks = Scorer(blocks, choice_names())
        self._wording = wording
        self._page = Scorer(page, page_names()) if page is not None else None

    def revised(
        self, rows: BlockFeatures, scores: npt.NDArray[np.float64], chosen: Flags, dropped: Flags, favor: Favor
    ) -> tuple[Flags, dict[int, str]]:
        """What is chosen in the end, where the first `scores` have `chosen` and rules have `dropped` some blocks.

        With it, for each block that was decided otherwise, what decided.
        """
        asked = open_blocks(rows, chosen, dropped)
        if not asked.any():
            return chosen, {}
        chances, profile = self._chances(rows, scores, chosen, asked), _PROFILES[favor]
        by_chance = asked & np.where(chosen, chances >= profile.drop, chances > profile.fill)
        with_sections = by_chance.copy()
        fill_sections(rows, with_sections, asked, chances, profile.fill_section)
        whole = with_sections.copy()
        complete_lists(rows, whole, scores, dropped)
        reasons = {row: f"second score {chances[row]:.2f}" for row in np.flatnonzero(by_chance != chosen).tolist()}
        reasons |= dict.fromkeys(np.flatnonzero(with_sections != by_chance).tolist(), "with the heading above it")
        reasons |= dict.fromkeys(np.flatnonzero(whole != with_sections).tolist(), "with its list")
        return whole, {row: reason for row, reason in reasons.items() if whole[row] != chosen[row]}

    def second_scores(
        self, rows: BlockFeatures, scores: npt.NDArray[np.float64], chosen: Flags, dropped: Flags, favor: Favor
    ) -> dict[int, tuple[float, float]]:
        """For each row that is decided again its score and the one that it must have, for readers of `explain`."""
        asked = open_blocks(rows, chosen, dropped)
        if not asked.any():
            return {}
        chances, profile = self._chances(rows, scores, chosen, asked), _PROFILES[favor]
        return {
            row: (float(chances[row]), profile.drop if chosen[row] else profile.fill)
            for row in np.flatnonzero(asked).tolist()
        }

    def _chances(
        self, rows: BlockFeatures, scores: npt.NDArray[np.float64], chosen: Flags, asked: Flags
    ) -> npt.NDArray[np.float64]:
        """The second score of the blocks that are `asked`, 0 for others."""
        said = said_of(rows, asked, self._wording) if self._wording is not None else None
        matrix = choice_features(rows, scores, chosen, said).matrix[:, asked]
        chances = np.zeros(len(scores))
        chances[asked] = self._blocks.trees.scores(matrix[self._blocks.columns])
        return chances

    def confidence(self, rows: BlockFeatures, scores: npt.NDArray[np.float64], chosen: Flags) -> float | None:
        """The expected word F1 of a choice, 0 to 1; None without a score of whole choices."""
        if self._page is None:
            return None
        matrix = page_features(rows, scores, chosen).matrix
        return round(float(self._page.trees.scores(matrix[self._page.columns])[0]), 4)


@lru_cache(maxsize=16)
def reviser_of(model: Path | None) -> Reviser | None:
    """The second part of a model's file, None where it has none; see `scorer_of`."""
    path = model or SHIPPED
    if REVISION not in parts_of(path):
        return None
    return Reviser(Trees.load(path, REVISION), Trees.load(path, CONFIDENCE), Wording.load(path, WORDING))


def said_of(rows: BlockFeatures, asked: Flags, wording: Wording) -> Floats:
    """What the blocks that are `asked` say, WORDING_FEATURES by blocks; other blocks say nothing."""
    said = np.zeros((len(WORDING_FEATURES), len(asked)), np.float32)
    said[:, asked] = wording.rows([rows.forms.texts[row] for row in np.flatnonzero(asked).tolist()])
    return said


def open_blocks(rows: BlockFeatures, chosen: Flags, dropped: Flags) -> Flags:
    """The blocks that are decided again: those `within` the chosen ones.

    Where headings of a series are chosen, the sections of the others as well.
    """
    found = within(rows, chosen, dropped)
    for headings in series_of(rows, chosen):
        found[headings[0] : section_of(rows, int(headings[-1])).stop] = True
    return found & ~dropped


def within(rows: BlockFeatures, chosen: Flags, dropped: Flags) -> Flags:
    """The blocks from the first chosen one to the last, but what rules drop; the second score is learnt from these.

    Where the last one is a heading, what stands under it as well.
    """
    places = np.flatnonzero(chosen)
    found = np.zeros(len(chosen), bool)
    if len(places):
        last = int(places[-1])
        found[places[0] : section_of(rows, last).stop if rows.forms.is_heading[last] else last + 1] = True
    return found & ~dropped


def fill_sections(
    rows: BlockFeatures, chosen: Flags, asked: Flags, chances: npt.NDArray[np.float64], fill: float
) -> None:
    """What stands under a chosen heading is chosen too, if none of it is and the mean of its chances exceeds `fill`."""
    for heading in np.flatnonzero(chosen & asked & rows.forms.is_heading).tolist():
        under = section_of(rows, heading)
        if not chosen[under].any() and asked[under].any() and chances[under][asked[under]].mean() > fill:
            chosen[under] = asked[under]


def complete_lists(rows: BlockFeatures, chosen: Flags, scores: npt.NDArray[np.float64], dropped: Flags) -> None:
    """Lists of short items are chosen whole where most of their words are."""
    tree, words = rows.tree, rows.words
    for element in tree.lists[::-1].tolist():
        first, end = int(tree.first[element]), int(tree.end[element])
        inside = slice(first, end)
        is_plain = tree.defines[element] or end - first <= _MAX_BLOCKS_OF_ITEM * tree.children[element]
        if not is_plain or chosen[inside].all():
            continue
        if words[inside][chosen[inside]].sum() > _MOST * words[inside].sum():
            chosen[inside] |= ~dropped[inside] & (scores[inside] > _MIN_IN_LIST)
