"""Pages with gold main text, as rows of features with labels.

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
from cleaner.content.features import rows_of
from cleaner.html.reader import HtmlSource
from cleaner.intake.encoding import decode
from cleaner.matching.compiled import CompiledRules
from cleaner.matching.lookup import PageLookup
from cleaner.matching.match import match_page
from cleaner.models.characters import Floats
from cleaner.normalize import words
from cleaner.rules import load_rules

if TYPE_CHECKING:
    from cleaner.training.texts import TextSample


@dataclass(slots=True)
class Sample:
    """One page."""

    id: str
    kind: str
    fold: int
    matrix: Floats
    """Features by blocks."""
    words: Floats
    share: Floats
    """Of each block's words, how much the gold text has at its place."""
    dropped: npt.NDArray[np.bool_]
    """Blocks that shipped rules drop before the score is asked."""
    texts: list[Counter[str]]
    gold: Counter[str]


def load(folder: Path, folds: Path | None = None, every: int = 1) -> Iterator[Sample]:
    """The samples of a set, in the order of their ids; pages without blocks are left out."""
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
    """One page as rows; None where it has no block of text."""
    page = HtmlSource(decode(source)[0]).read(PageLookup(compiled))
    matches, _ = match_page(compiled, page)
    gone = matches.dropped()
    rows = rows_of(page)
    if rows is None:
        return None
    blocks = [words(page.blocks[number].text) for number in rows.blocks]
    target = words(gold)
    share = np.array(coverage(blocks, target), np.float32)
    dropped = np.array([number in gone for number in rows.blocks])
    return Sample(
        id, kind, fold, rows.matrix, rows.words, share, dropped, [Counter(b) for b in blocks], Counter(target)
    )


def weights(item: Sample | TextSample) -> Floats:
    """What a block's label counts: its share of the page's gold words, so that a page counts as one page.

    Blocks that are noise together count one and a half times the gold at most: a page of long menus is no better a
    teacher than another.
    """
    good = item.share >= 0.5
    weight = (item.words + 1) / max(sum(item.gold.values()), 30)
    for mask, most in ((~good, 1.5), (good, 1.2)):
        total = float(weight[mask].sum())
        weight[mask] *= min(1.0, most / max(total, 1e-9))
    return (weight + 0.0002).astype(np.float32)


def word_f1(item: Sample, kept: Iterable[int]) -> tuple[float, float, float]:
    """Precision, recall and F1 of the words of some blocks against the gold text's."""
    found: Counter[str] = Counter()
    for number in kept:
        found.update(item.texts[number])
    got, want = sum(found.values()), sum(item.gold.values())
    if not want or not got:
        same = float(want == got)
        return same, same, same
    both = sum((found & item.gold).values())
    return both / got, both / want, 2 * both / (got + want)
