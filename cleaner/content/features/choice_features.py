"""What a choice looks like from each of its blocks: how those around it and like it were scored, which were chosen."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from cleaner.content.features import branches, whole_page
from cleaner.content.features.block_features import BlockFeatures
from cleaner.content.features.branches import branch_columns
from cleaner.models.arrays import Flags, Floats, Ints
from cleaner.models.table import Columns, Table
from cleaner.models.wording import WORDING_FEATURES

_PAGE = tuple(whole_page.MEANINGS)
_PROMISES = ("expected_f1", "chosen_share")
OWN = ("words", "link_density", "sentence_ends", "kind", "level", "upper", "separators", "copies", "near_details")
"""Features of blocks that are looked at again."""
_FAR = 99
"""Distance to a chosen block that does not exist."""
_LOWEST = 1e-4
"""Scores are cut here before they become log-odds: they have four digits."""

_SURE = 2.2
"""Log-odds of a score of .9, from which on a score is sure; below -2.2 too."""

MEANINGS = {
    "score": "its score, in log-odds like all scores here",
    "chosen": "1 if it was chosen",
    "score-1": "score of the block before",
    "score+1": "score of the block after",
    "kind-1": "kind of the block before",
    "kind+1": "kind of the block after",
    "within3_score": "mean score, of it and 3 blocks on each side",
    "within3_chosen": "share of blocks that were chosen, of it and 3 blocks on each side",
    "within20_chosen": "share of blocks that were chosen, of it and 20 blocks on each side",
    "chosen_before": "blocks since the last chosen one",
    "chosen_after": "blocks until the next chosen one",
    "inside": "1 if it is between chosen blocks",
    "run_blocks": "blocks of its run: neighbours that were all chosen, or all not",
    "run_words": "words of its run",
    "run_link_density": "share of words in links, of its run",
    "run_score": "mean score of its run",
    "run_best": "highest score of its run",
    "parent_score": "mean score of the blocks that have the same parent element",
    "parent_best": "highest of these scores",
    "parent_chosen": "share of the others of these blocks that were chosen",
    "up3_score": "mean score of the blocks that have the same element three levels up",
    "twins_blocks": "blocks of its kind whose element, parent and grandparent look like its own",
    "twins_score": "mean score of these blocks",
    "twins_best": "highest of these scores",
    "twins_chosen": "share of the others of these blocks that were chosen",
    "kind_score": "mean score of all blocks of its kind and level",
    "heading_score": "score of the last heading",
    "section_score": "mean score from the last heading, or itself if it is one, to the next",
    "heading_next": "1 if a heading or nothing follows",
    **branches.MEANINGS,
    "said": "sum of the learnt weights of its words and pairs of words",
    "shaped": "sum of the learnt weights of its shapes",
    "known": "words and pairs of it that have a weight, per word",
    "said-1": "`said` of the block before",
    "said+1": "`said` of the block after",
    "shaped-1": "`shaped` of the block before",
    "shaped+1": "`shaped` of the block after",
    "expected_f1": "expected F1 of the choice",
    "chosen_share": "share of the page's words that were chosen",
}
"""What each feature of a block in a choice means."""
PAGE_MEANINGS = {
    "chosen_words": "words that were chosen",
    "chosen_runs": "runs of chosen blocks",
    "chosen_score": "mean score of the chosen words",
    "sure_share": "share of the page's words in blocks with a score below .1 or above .9",
}
"""What each feature of a choice means that no feature of its blocks is."""


def choice_features(
    rows: BlockFeatures, scores: npt.NDArray[np.float64], chosen: Flags, said: Floats | None = None
) -> Table:
    """The features of the blocks of a page in a choice: those that are `chosen` by their scores.

    `said` is what they say, WORDING_FEATURES by blocks; None stands for nothing.
    """
    score = log_odds(scores)
    columns = {name: rows[name] for name in OWN}
    return Table.of(
        len(scores),
        {
            **columns,
            "score": score,
            "chosen": chosen,
            **_neighbour_columns(rows, score),
            **_window_columns(score, chosen),
            **_place_columns(chosen),
            **_run_columns(rows, score, chosen),
            **_group_columns(rows, score, chosen),
            **_section_columns(rows, score),
            **branch_columns(rows.tree, rows.words, score, chosen),
            **_wording_columns(np.zeros((len(WORDING_FEATURES), len(score)), np.float32) if said is None else said),
            **_promise_columns(rows, scores, chosen),
        },
    )


def page_features(rows: BlockFeatures, scores: npt.NDArray[np.float64], chosen: Flags) -> Table:
    """The features of a page whose blocks were `chosen` in the end, one row: what tells how good the choice is."""
    score, words = log_odds(scores), rows.words
    kept = float(words[chosen].sum())
    sure = float(words[np.abs(score) > _SURE].sum())
    columns = {
        **{name: rows[name][:1] for name in _PAGE},
        **_promise_columns(rows, scores, chosen),
        "chosen_words": kept,
        "chosen_runs": int(np.count_nonzero(chosen[1:] & ~chosen[:-1]) + chosen[0]),
        "chosen_score": float((words * score)[chosen].sum()) / max(kept, 1),
        "sure_share": sure / rows.forms.total_words,
    }
    return Table.of(1, columns)


@cache
def choice_names() -> tuple[str, ...]:
    """The names of the features of blocks in a choice, in their order."""
    return (*OWN, *MEANINGS)


@cache
def page_names() -> tuple[str, ...]:
    """The names of the features of a whole choice, in their order."""
    return (*_PAGE, *_PROMISES, *PAGE_MEANINGS)


def log_odds(scores: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The logarithm of the odds of each score."""
    cut = np.clip(scores, _LOWEST, 1 - _LOWEST)
    found: npt.NDArray[np.float64] = np.log(cut / (1 - cut))
    return found


def _promise_columns(rows: BlockFeatures, scores: npt.NDArray[np.float64], chosen: Flags) -> Columns:
    """How good the choice promises to be, and how much of the page it has."""
    words = rows.words
    kept = float(words[chosen].sum())
    expected = float((words * scores).sum())
    return {
        "expected_f1": 2 * float((words * scores)[chosen].sum()) / max(kept + expected, 1e-9),
        "chosen_share": kept / rows.forms.total_words,
    }


def _neighbour_columns(rows: BlockFeatures, score: npt.NDArray[np.float64]) -> Columns:
    lowest, kinds = log_odds(np.zeros(1)), rows.forms.kinds
    return {
        "score-1": np.append(lowest, score[:-1]),
        "score+1": np.append(score[1:], lowest),
        "kind-1": np.append(-1, kinds[:-1]),
        "kind+1": np.append(kinds[1:], -1),
    }


def _window_columns(score: npt.NDArray[np.float64], chosen: Flags) -> Columns:
    return {
        "within3_score": _mean_within(score, 3),
        "within3_chosen": _mean_within(chosen, 3),
        "within20_chosen": _mean_within(chosen, 20),
    }


def _mean_within(values: npt.NDArray[np.generic], radius: int) -> npt.NDArray[np.float64]:
    """For each row the mean of it and of `radius` rows on each side."""
    sums = np.append(0, np.cumsum(values, dtype=np.float64))
    order = np.arange(len(values))
    first, end = np.maximum(order - radius, 0), np.minimum(order + radius + 1, len(values))
    means: npt.NDArray[np.float64] = (sums[end] - sums[first]) / (end - first)
    return means


def _place_columns(chosen: Flags) -> Columns:
    order = np.arange(len(chosen))
    last = np.maximum.accumulate(np.where(chosen, order, -1))
    last = np.append(-1, last[:-1])
    following = np.minimum.accumulate(np.where(chosen, order, len(chosen))[::-1])[::-1]
    following = np.append(following[1:], len(chosen))
    after, before = following < len(chosen), last >= 0
    return {
        "chosen_before": np.where(before, np.minimum(order - last, _FAR), _FAR),
        "chosen_after": np.where(after, np.minimum(following - order, _FAR), _FAR),
        "inside": before & after,
    }


def _run_columns(rows: BlockFeatures, score: npt.NDArray[np.float64], chosen: Flags) -> Columns:
    starts = np.flatnonzero(np.append(True, chosen[1:] != chosen[:-1]))
    run = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, len(chosen))))
    blocks = np.bincount(run)
    words = np.bincount(run, rows.words)
    linked = np.bincount(run, rows.words * rows.forms.link_density)
    return {
        "run_blocks": blocks[run],
        "run_words": words[run],
        "run_link_density": (linked / np.maximum(words, 1))[run],
        "run_score": (np.bincount(run, score) / blocks)[run],
        "run_best": np.maximum.reduceat(score, starts)[run],
    }


def _group_columns(rows: BlockFeatures, score: npt.NDArray[np.float64], chosen: Flags) -> Columns:
    """What blocks were given that share an element, or that stand in the same place of a template."""
    tree, kinds = rows.tree, rows.forms.kinds
    own, parent, grandparent, third = tree.above[:4]
    family = _Groups(parent, score)
    twins = _Groups(_combined(kinds, tree.look[own], tree.look[parent], tree.look[grandparent]), score)
    return {
        "parent_score": family.mean,
        "parent_best": family.best,
        "parent_chosen": family.share_of_others(chosen),
        "up3_score": _Groups(third, score).mean,
        "twins_blocks": twins.size,
        "twins_score": twins.mean,
        "twins_best": twins.best,
        "twins_chosen": twins.share_of_others(chosen),
        "kind_score": _Groups(_combined(kinds, rows.forms.levels), score).mean,
    }


def _wording_columns(said: Floats) -> Columns:
    columns = dict(zip(WORDING_FEATURES[:3], said, strict=False))
    for name in WORDING_FEATURES[:2]:
        columns[f"{name}-1"] = np.append(0, columns[name][:-1])
        columns[f"{name}+1"] = np.append(columns[name][1:], 0)
    return columns


def _combined(*keys: Ints) -> Ints:
    """One key for each row that is the same where all keys are."""
    combined = keys[0].astype(np.int64)
    for key in keys[1:]:
        combined = combined * (int(key.max()) + 1) + key
    return combined


class _Groups:
    """The rows in groups of the same key, with what each row's group has."""

    def __init__(self, keys: Ints, score: npt.NDArray[np.float64]) -> None:
        order = np.argsort(keys, kind="stable")
        ordered = keys[order]
        starts = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1]))
        sizes = np.diff(np.append(starts, len(keys)))
        self._group = np.empty(len(keys), np.int64)
        self._group[order] = np.repeat(np.arange(len(starts)), sizes)
        self.size = sizes[self._group]
        self.mean = (np.add.reduceat(score[order], starts) / sizes)[self._group]
        self.best = np.maximum.reduceat(score[order], starts)[self._group]

    def share_of_others(self, flags: Flags) -> Floats:
        """For each row the share of the others of its group that have the flag; -1 where there are no others."""
        others = np.bincount(self._group, flags)[self._group] - flags
        share: Floats = np.where(self.size > 1, others / np.maximum(self.size - 1, 1), -1)
        return share


def _section_columns(rows: BlockFeatures, score: npt.NDArray[np.float64]) -> Columns:
    is_heading = rows.forms.is_heading
    heading = np.maximum.accumulate(np.where(is_heading, np.arange(len(score)), 0))
    ends = np.flatnonzero(np.append(is_heading[1:], True)) + 1
    sizes = np.diff(np.append(0, ends))
    means = np.add.reduceat(score, ends - sizes) / sizes
    return {
        "heading_score": score[heading],
        "section_score": np.repeat(means, sizes),
        "heading_next": np.append(is_heading[1:], True),
    }
