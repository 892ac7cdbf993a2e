"""Training of the scores for text: where blocks end, which lines are headings, and which lines are content."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from cleaner.content import lines
from cleaner.models.arrays import Floats
from cleaner.models.trees import Trees, save_parts
from cleaner.models.wording import Wording
from cleaner.text import breaks, headings
from cleaner.text.features.line_features import feature_names
from cleaner.text.features.openings import opening_rows
from cleaner.training.boosting import Hyperparameters, fit
from cleaner.training.samples import MIN_CONTENT_SHARE
from cleaner.training.samples import weights as page_weights
from cleaner.training.texts import PAGES, BreakSample, GoldPage, TextSample, break_samples, opening_sample, text_samples
from cleaner.training.wording import Penalty, SaidLines, without_folds, wordings

TEXT_HYPERPARAMETERS = Hyperparameters(rounds=250, rate=0.1)
"""The hyperparameters of each of the scores."""
_BREAK_ROUNDS = 3.6
"""Trees of the score of line ends by those of the others: it has more lines, and more kinds of texts, to learn from."""
_HEADING_COLUMNS = 0.25
"""Share of the features that each tree of the score of headings may look at; it has more trees and fewer lines."""
_SECTIONED = ("article", "documentation", "service")
"""Kinds of pages whose headings begin sections; those of shops, lists and forums name goods and people."""
_OTHER_WEIGHT = 0.3
"""Weight of a line of the other kinds."""
_PAGE_LINES = 0.2
"""Share of the lines of whole pages from which the score of headings learns: menus add nothing."""
_ALWAYS_TAKEN = 0.6
"""Quantile of a text's weights of lines above which the score of content learns from all lines."""
_MIN_TAKEN = 0.15
"""Minimum share of the lines with a lower weight from which it learns."""

Parts = dict[str, Trees | Wording]
"""The scores for text by their names in a model's file."""


def train_texts(
    pages: Sequence[GoldPage],
    settings: Hyperparameters,
    *,
    by_fold: bool = True,
    breaks_of: Callable[[int | None], Path] | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> dict[int | None, Parts]:
    """The scores that all pages give, under None, and for each fold those that the other folds give.

    Line ends are first: the other two scores learn from texts whose lines are joined by a score that has not seen them.
    With `breaks_of`, the score of line ends stays as it is in that file for a fold. `tell` gets messages about the
    progress.
    """
    folds = sorted({page.fold for page in pages})
    with TemporaryDirectory() as folder:
        if breaks_of is not None:
            made = {fold: _read_breaks(breaks_of(fold)) for fold in (*folds, None)}
        else:
            made = _all_breaks(pages, settings, folds)
        paths = {fold: Path(folder, f"{fold}.npz") for fold in made}
        for fold, path in paths.items():
            save_parts(path, made[fold])
        samples = [item for page in pages for item in text_samples(page, paths[page.fold])]
    tell(f"{len(samples)} texts, {sum(len(item.words) for item in samples)} lines")
    said = wordings(samples, folds)
    tell(f"{len(said)} wordings, the one of all pages with {len(said[frozenset()].keys)} weights")
    out: dict[int | None, Parts] = {}
    for fold in (*(folds if by_fold else ()), None):
        learnt = [item for item in samples if item.fold != fold]
        out[fold] = {
            **made[fold],
            headings.PART: train_headings(learnt, settings, _unseen(said, fold)),
            headings.WORDING: said[_left_out(fold)],
            lines.PART: train_content(learnt, settings),
        }
        tell(f"fold {fold}: trained" if fold is not None else "all: trained")
    return out


def _read_breaks(path: Path) -> Parts:
    """The score of line ends in a model's file."""
    return {breaks.PART: Trees.load(path, breaks.PART), breaks.WORDING: Wording.load(path, breaks.WORDING)}


def _all_breaks(pages: Sequence[GoldPage], settings: Hyperparameters, folds: Sequence[int]) -> dict[int | None, Parts]:
    """The scores of line ends without each fold, and of all pages (None)."""
    ends = [item for page in pages for item in break_samples(page)]
    opened = without_folds([found for page in pages if (found := _openings(page))], folds, Penalty())
    return {fold: _breaks(ends, settings, opened, fold) for fold in (*folds, None)}


def _openings(page: GoldPage) -> SaidLines | None:
    """The openings of the sentences of a page; None where it has none."""
    found = opening_sample(page)
    return SaidLines(found.fold, found.keys, found.answers) if found else None


def _breaks(
    samples: Iterable[BreakSample],
    settings: Hyperparameters,
    opened: Mapping[frozenset[int], Wording],
    fold: int | None,
) -> dict[str, Trees | Wording]:
    """The score of line ends that all folds but one give, with its weights of words."""
    learnt = [item for item in samples if item.fold != fold]
    trees = train_breaks(learnt, settings, lambda item: opened[_left_out(fold, item.fold)].said(item.keys).rows())
    return {breaks.PART: trees, breaks.WORDING: opened[_left_out(fold)]}


def train_breaks(
    samples: Sequence[BreakSample], settings: Hyperparameters, say: Callable[[BreakSample], Floats]
) -> Trees:
    """The score that tells the end of a block from a wrap; `say` gives the features of wording of a text."""
    matrix = np.concatenate([np.concatenate((item.matrix, opening_rows(item.opens, say(item)))).T for item in samples])
    answers = np.concatenate([item.ends for item in samples]).astype(np.float32)
    more = replace(settings, rounds=round(_BREAK_ROUNDS * settings.rounds))
    return fit(matrix, answers, np.ones_like(answers), breaks.score_names(), more)


def _left_out(*folds: int | None) -> frozenset[int]:
    """These folds as a set, without None."""
    return frozenset(fold for fold in folds if fold is not None)


def _unseen(said: Mapping[frozenset[int], Wording], fold: int | None) -> Callable[[TextSample], Floats]:
    """The features of wording of a text, by weights that have seen neither the text nor the fold that is left out."""
    return lambda item: said[_left_out(fold, item.fold)].said(item.keys).rows()


def train_headings(
    samples: Iterable[TextSample], settings: Hyperparameters, say: Callable[[TextSample], Floats]
) -> Trees:
    """The score of headings, from the lines that it is asked about and whose answer is known."""
    chance = np.random.default_rng(settings.seed)
    matrices, labels, weights = [], [], []
    for item in samples:
        taken = chance.random(len(item.asked)) < (_PAGE_LINES if item.layout in PAGES else 1)
        matrices.append(np.concatenate((item.matrix[:, item.asked], say(item)))[:, taken].T)
        labels.append(item.answers[taken])
        weights.append(np.full(len(labels[-1]), 1 if item.kind in _SECTIONED else _OTHER_WEIGHT, np.float32))
    answers = np.concatenate(labels).astype(np.float32)
    slower = replace(settings, rounds=2 * settings.rounds, rate=0.6 * settings.rate, columns=_HEADING_COLUMNS)
    return fit(np.concatenate(matrices), answers, np.concatenate(weights), headings.score_names(), slower)


def train_content(samples: Iterable[TextSample], settings: Hyperparameters) -> Trees:
    """The score of content, from whole pages and from texts that are content only."""
    chance = np.random.default_rng(settings.seed)
    matrices, labels, counts = [], [], []
    for item in samples:
        weight = page_weights(item)
        share = np.clip(weight / np.quantile(weight, _ALWAYS_TAKEN), _MIN_TAKEN, 1)
        taken = chance.random(len(weight)) < share
        matrices.append(item.matrix[:, taken].T)
        labels.append(item.share[taken] >= MIN_CONTENT_SHARE)
        counts.append((weight / share)[taken])
    answers = np.concatenate(labels).astype(np.float32)
    return fit(np.concatenate(matrices), answers, np.concatenate(counts), feature_names(), settings)
