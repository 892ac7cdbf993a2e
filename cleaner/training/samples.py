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
from typing import Protocol

import numpy as np
import numpy.typing as npt

from cleaner.content.alignment import coverage
from cleaner.content.contents import tables_of_contents
from cleaner.content.features.block_features import BlockFeatures, block_features
from cleaner.html.reader import HtmlSource
from cleaner.intake.encoding import decode
from cleaner.matching.compiled import CompiledRules
from cleaner.matching.lookup import PageLookup
from cleaner.matching.match import match_page
from cleaner.models.arrays import Floats
from cleaner.normalize import words
from cleaner.rules import load_rules

MIN_CONTENT_SHARE = 0.5
"""Minimum share of the words of a block that are in the gold text if the block is content."""
_MIN_GOLD_WORDS = 30
"""Minimum number of gold words that weights are shares of."""
_MAX_CONTENT_WEIGHT, _MAX_OTHER_WEIGHT = 1.2, 1.5
"""Maximum weight of all blocks of a page that are content, and of all others."""
_BASE_WEIGHT = 0.0002
"""What every block weighs in addition."""


class Labelled(Protocol):
    """A page or text of labelled rows."""

    @property
    def words(self) -> Floats: ...
    @property
    def share(self) -> Floats: ...
    @property
    def gold(self) -> Counter[str]: ...


@dataclass(frozen=True, slots=True)
class RawPage:
    """A page of a set."""

    id: str
    kind: str
    """Its kind, "article" where the set names none."""
    fold: int
    html: bytes
    gold: str
    """The text of its main content."""


@dataclass(slots=True)
class Sample:
    """A page as rows of features with labels."""

    id: str
    kind: str
    fold: int
    rows: BlockFeatures
    share: Floats
    """The share of each block's words that the gold text has at its place."""
    dropped: npt.NDArray[np.bool_]
    """The blocks that shipped rules drop before the score is asked, and tables of contents."""
    texts: list[Counter[str]]
    """The words of each block."""
    gold: Counter[str]
    """The words of the gold text."""
    weight: float = 1.0
    """Weight of the page beside others."""

    @property
    def matrix(self) -> Floats:
        """Features by blocks."""
        return self.rows.table.matrix

    @property
    def words(self) -> Floats:
        """The number of words of each block."""
        return self.rows.words


def raw_pages(folder: Path, folds: Path | None = None, every: int = 1) -> Iterator[RawPage]:
    """The pages of a set in the order of their ids."""
    fold_of = json.loads((folds or folder / "folds.json").read_text("utf-8"))
    for path in sorted((folder / "ground-truth").glob("*.json"))[::every]:
        data = json.loads(path.read_text("utf-8"))
        source = gzip.decompress((folder / "html" / f"{path.stem}.html.gz").read_bytes())
        kind = ((data.get("_internal") or {}).get("page_type") or {}).get("primary") or "article"
        gold = data["ground_truth"].get("main_content") or ""
        yield RawPage(path.stem, kind, fold_of[path.stem]["fold"], source, gold)


def load(folder: Path, folds: Path | None = None, every: int = 1) -> Iterator[Sample]:
    """The samples of a set in the order of their ids; pages without blocks of text are left out."""
    compiled = CompiledRules(load_rules().scoped(None, None))
    for page in raw_pages(folder, folds, every):
        found = sample(page, compiled)
        if found is not None:
            yield found


def sample(raw: RawPage, compiled: CompiledRules) -> Sample | None:
    """The sample of a page; None where it has no block of text."""
    page = HtmlSource(decode(raw.html)[0]).read(PageLookup(compiled))
    matches, _ = match_page(compiled, page)
    gone = matches.dropped() | tables_of_contents(page)
    rows = block_features(page)
    if rows is None:
        return None
    blocks = [words(page.blocks[number].text) for number in rows.blocks]
    target = words(raw.gold)
    return Sample(
        raw.id,
        raw.kind,
        raw.fold,
        rows,
        share=np.array(coverage(blocks, target), np.float32),
        dropped=np.array([number in gone for number in rows.blocks]),
        texts=[Counter(block) for block in blocks],
        gold=Counter(target),
    )


def weights(item: Labelled) -> Floats:
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
