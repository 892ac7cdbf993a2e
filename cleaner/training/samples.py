"""Pages with gold text, as rows of features with labels.

A set is a folder in the layout of WCXB (Web Content eXtraction Benchmark): `html/ID.html.gz` and
`ground-truth/ID.json`, whose `ground_truth.main_content` is the gold text. `folds.json` (id: {"domain", "fold"}) keeps
the pages of a site together.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from cleaner.content.alignment import coverage
from cleaner.content.features.block_features import block_features
from cleaner.html.reader import HtmlSource
from cleaner.intake.encoding import decode
from cleaner.matching.compiled import CompiledRules
from cleaner.matching.lookup import PageLookup
from cleaner.matching.match import match_page
from cleaner.models.arrays import Floats
from cleaner.normalize import words
from cleaner.rules import load_rules

if TYPE_CHECKING:
    from cleaner.training.texts import TextSample

MIN_CONTENT_SHARE = 0.5
"""Minimum share of the words of a block that are in the gold text if the block is content."""
_MIN_GOLD_WORDS = 30
"""Minimum number of gold words that weights are shares of."""
_MAX_CONTENT_WEIGHT, _MAX_OTHER_WEIGHT = 1.2, 1.5
"""Maximum weight of all blocks of a page that are content, and of all others."""
_BASE_WEIGHT = 0.0002
"""What every block weighs in addition."""


@dataclass(slots=True)
class Sample:
    """A page as rows of features with labels."""

    id: str
    kind: str
    fold: int
    matrix: Floats
    """Features by blocks."""
    words: Floats
    share: Floats
    """The share of each block's words that the gold text has at its place."""
    dropped: npt.NDArray[np.bool_]
    """The blocks that shipped rules drop before the score is asked."""
    texts: list[Counter[str]]
    """The words of each block."""
    gold: Counter[str]
    """The words of the gold text."""


def load(folder: Path, folds: Path | None = None, every: int = 1) -> Iterator[Sample]:
    """The samples of a set in the order of their ids; pages without blocks of text are left out."""
    fold_of = json.loads((folds or folder / "folds.json").read_text("utf-8"))
    compiled = CompiledRules(load_rules().scoped(None, None))
    for path in sorted((folder / "ground-truth").glob("*.json"))[::every]:
        data = json.loads(path.read_text("utf-8"))
        source = gzip.decompress((folder / "html" / f"{path.stem}.html.gz").read_bytes())
        kind = ((data.get("_internal") or {}).get("page_type") or {}).get("primary") or "article"
        gold = data["ground_truth"].get("main_content") or ""
        found = sample(path.stem, kind, fold_of[path.stem]["fold"], source, gold, compiled)
        if found is not None:
            yield found


def sample(id: str, kind: str, fold: int, source: bytes, gold: str, compiled: CompiledRules) -> Sample | None:
    """The sample of a page; None where it has no block of text."""
    page = HtmlSource(decode(source)[0]).read(PageLookup(compiled))
    matches, _ = match_page(compiled, page)
    gone = matches.dropped()
    features = block_features(page)
    if features is None:
        return None
    blocks = [words(page.blocks[number].text) for number in features.blocks]
    target = words(gold)
    share = np.array(coverage(blocks, target), np.float32)
    dropped = np.array([number in gone for number in features.blocks])
    return Sample(
        id,
        kind,
        fold,
        features.table.matrix,
        features.words,
        share,
        dropped,
        [Counter(block) for block in blocks],
        Counter(target),
    )


def weights(item: Sample | TextSample) -> Floats:
    """The weight of each block: its share of the page's gold words, so that all pages count the same.

    The blocks of each of the two answers together have a maximum weight, so that long menus do not count more.
    """
    is_content = item.share >= MIN_CONTENT_SHARE
    weight = (item.words + 1) / max(sum(item.gold.values()), _MIN_GOLD_WORDS)
    for mask, most in ((~is_content, _MAX_OTHER_WEIGHT), (is_content, _MAX_CONTENT_WEIGHT)):
        total = float(weight[mask].sum())
        weight[mask] *= min(1.0, most / max(total, 1e-9))
    return (weight + _BASE_WEIGHT).astype(np.float32)


def word_f1(item: Sample, kept: Iterable[int]) -> tuple[float, float, float]:
    """Precision, recall and F1 of the words of the `kept` blocks, compared with the words of the gold text."""
    found: Counter[str] = Counter()
    for number in kept:
        found.update(item.texts[number])
    got, want = sum(found.values()), sum(item.gold.values())
    if not want or not got:
        same = float(want == got)
        return same, same, same
    both = sum((found & item.gold).values())
    return both / got, both / want, 2 * both / (got + want)
