"""The scores for text, learnt from texts with known answers: where blocks end, which lines are headings, and which are
content."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from cleaner.content import lines
from cleaner.models.characters import Floats
from cleaner.models.trees import Trees, save_parts
from cleaner.models.wording import Wording
from cleaner.text import breaks, headings
from cleaner.text.features import names_of
from cleaner.training.boosting import Settings, fit
from cleaner.training.samples import weights as page_weights
from cleaner.training.texts import PAGES, BreakSample, Source, TextSample, break_samples, text_samples
from cleaner.training.wording import wordings

TEXT_SETTINGS = Settings(rounds=250, rate=0.1)
"""For each of the scores."""
_HEADING_COLUMNS = 0.25
"""Share of the features that each tree of the headings' score may look at; it has more trees and is asked about short
lines only."""
_SECTIONED = ("article", "documentation", "service")
"""Kinds of pages whose headings head sections; those of shops, lists and forums name goods and people."""
_OTHER_KINDS = 0.3
"""What a line of the other kinds counts."""
_PAGE_LINES = 0.2
"""Share of the lines of whole pages that the score of headings learns from: menus teach it next to nothing."""
_OFTEN = 0.6
"""Quantile of a text's lines, by their weight, above which all of them are learnt from; of the others a share by it."""
_SELDOM = 0.15

Parts = dict[str, Trees | Wording]
"""The scores for text, by their names in a model's file."""


def train_texts(
    sources: Sequence[Source], settings: Settings, *, by_fold: bool = True, tell: Callable[[str], None] = lambda _: None
) -> dict[int | None, Parts]:
    """The scores of all pages, under None, and for each fold those of all the others.

    Line ends come first: the other two learn from texts whose lines were put together by a score that does not know
    them.
    """
    ends = [item for source in sources for item in break_samples(source)]
    folds = sorted({source.fold for source in sources})
    with TemporaryDirectory() as folder:
        made = {fold: train_breaks((item for item in ends if item.fold != fold), settings) for fold in (*folds, None)}
        paths = {fold: Path(folder, f"{fold}.npz") for fold in made}
        for fold, path in paths.items():
            save_parts(path, {breaks.PART: made[fold]})
        samples = [item for source in sources for item in text_samples(source, paths[source.fold])]
    tell(f"{len(ends)} wrapped texts, {len(samples)} texts, {sum(len(item.words) for item in samples)} lines")
    said = wordings(samples, folds)
    tell(f"{len(said)} wordings, the one of all pages with {len(said[frozenset()].keys)} weights")
    out: dict[int | None, Parts] = {}
    for fold in (*(folds if by_fold else ()), None):
        learnt = [item for item in samples if item.fold != fold]
        out[fold] = {
            breaks.PART: made[fold],
            headings.PART: train_headings(learnt, settings, _unseen(said, fold)),
            headings.WORDING: said[_left_out(fold)],
            lines.PART: train_content(learnt, settings),
        }
        tell(f"fold {fold}: trained" if fold is not None else "all: trained")
    return out


def train_breaks(samples: Iterable[BreakSample], settings: Settings) -> Trees:
    """The score that tells the ends of blocks from wraps."""
    samples = list(samples)
    matrix = np.concatenate([item.matrix.T for item in samples])
    answers = np.concatenate([item.ends for item in samples]).astype(np.float32)
    return fit(matrix, answers, np.ones_like(answers), breaks.NAMES, settings)


def _left_out(*folds: int | None) -> frozenset[int]:
    return frozenset(fold for fold in folds if fold is not None)


def _unseen(said: Mapping[frozenset[int], Wording], fold: int | None) -> Callable[[TextSample], Floats]:
    """What the wording says of a text that has not seen it, nor the fold that is left out."""
    return lambda item: said[_left_out(fold, item.fold)].sums(item.keys)


def train_headings(samples: Iterable[TextSample], settings: Settings, say: Callable[[TextSample], Floats]) -> Trees:
    """The score that tells headings: of the lines that it is asked about and whose answer is known."""
    chance = np.random.default_rng(settings.seed)
    matrices, labels, weights = [], [], []
    for item in samples:
        taken = chance.random(len(item.asked)) < (_PAGE_LINES if item.layout in PAGES else 1)
        matrices.append(np.concatenate((item.matrix[:, item.asked], say(item)))[:, taken].T)
        labels.append(item.answers[taken])
        weights.append(np.full(len(labels[-1]), 1 if item.kind in _SECTIONED else _OTHER_KINDS, np.float32))
    answers = np.concatenate(labels).astype(np.float32)
    slower = replace(settings, rounds=2 * settings.rounds, rate=0.6 * settings.rate, columns=_HEADING_COLUMNS)
    return fit(np.concatenate(matrices), answers, np.concatenate(weights), headings.score_names(), slower)


def train_content(samples: Iterable[TextSample], settings: Settings) -> Trees:
    """The score that tells content, in whole pages and in texts that are nothing else."""
    chance = np.random.default_rng(settings.seed)
    matrices, labels, counts = [], [], []
    for item in samples:
        weight = page_weights(item)
        share = np.clip(weight / np.quantile(weight, _OFTEN), _SELDOM, 1)
        taken = chance.random(len(weight)) < share
        matrices.append(item.matrix[:, taken].T)
        labels.append(item.share[taken] >= 0.5)
        counts.append((weight / share)[taken])
    answers = np.concatenate(labels).astype(np.float32)
    return fit(np.concatenate(matrices), answers, np.concatenate(counts), names_of(), settings)
