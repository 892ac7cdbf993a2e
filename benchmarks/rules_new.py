"""What a file of `cleaner rules new` gains: `python rules_new.py [--set DIR] [--least N] [--files DIR] [--pages]`.

For each site of a set with at least N pages, a file is made from every second page and the other pages are cleaned
with and without it, then the other way round. Scores are word F1. DIR is in the layout of CleanEval (the site in the
name of a file before "_") or of WCXB (the site in the address). Needs the folder of the scorers on PYTHONPATH.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory

import out_of_fold
import pages as sets
import site_repeats
from metrics import word_prf

from cleaner import Cleaner, load_rules
from cleaner.batch.drafts import drafted, seen
from cleaner.readers import Record

MOST_LOST = 0.01
"""Recall that no page may lose."""


@dataclass(frozen=True)
class Given:
    """A page of a set."""

    id: str
    record: Record
    gold: str


@dataclass(frozen=True)
class Score:
    """A page's precision, recall and F1 without and with the rules that others of its site gave."""

    id: str
    before: tuple[float, float, float]
    after: tuple[float, float, float]

    @property
    def lost(self) -> float:
        return self.before[1] - self.after[1]


def given(folder: Path, least: int) -> dict[str, list[Given]]:
    """The pages of the sites that have enough of them."""
    is_wcxb = (folder / "ground-truth").is_dir()
    found = defaultdict(list)
    for name, site, url, data, gold in (site_repeats._of_wcxb if is_wcxb else site_repeats._of_cleaneval)(folder):
        record = Record(name, data=data, url=url or f"https://{site}/", media_type="text/html")
        found[site].append(Given(name, record, gold))
    return {site: pages for site, pages in found.items() if site and len(pages) >= least}


def scored(site: str, pages: list[Given], cleaner: Cleaner, files: Path) -> Iterator[Score]:
    """The pages of a site, each with the rules that the other half of them gave."""
    for half in (0, 1):
        path = files / f"{site}-{half}.yaml"
        path.write_text(drafted(site, list(seen((page.record for page in pages[half::2]), cleaner)), cleaner), "utf-8")
        ruled = cleaner.with_rules(load_rules(path))
        for page in pages[1 - half :: 2]:
            before, after = (_score(each, page) for each in (cleaner, ruled))
            yield Score(page.id, before, after)


def _score(cleaner: Cleaner, page: Given) -> tuple[float, float, float]:
    data = page.record.data
    assert data is not None
    return word_prf(cleaner.clean(data, url=page.record.url, media_type="text/html").text, page.gold)


def tell(name: str, scores: list[Score]) -> None:
    before, after = (mean(f) for f in zip(*((s.before[2], s.after[2]) for s in scores), strict=True))
    worst = max(scores, key=lambda score: score.lost)
    fallen = sum(score.lost > MOST_LOST for score in scores)
    print(
        f"{name:24} {len(scores):4} pages  F1 {before:.4f} -> {after:.4f} ({after - before:+.4f})  largest fall of "
        f"recall {worst.lost:.4f} ({worst.id})  {fallen} above {MOST_LOST}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", type=Path, default=sets.CORPORA / "cleanportaleval")
    parser.add_argument("--least", type=int, default=6, help="pages that a site must have")
    parser.add_argument("--files", type=Path, help="where to leave the rule files")
    parser.add_argument("--pages", action="store_true", help="tell of each page that changed")
    args = parser.parse_args()
    everything = []
    with TemporaryDirectory() as scratch:
        files = args.files or Path(scratch)
        files.mkdir(parents=True, exist_ok=True)
        for site, pages in given(args.set, args.least).items():
            cleaner = out_of_fold.engine(pages[0].id) if args.set.name == "wcxb-dev" else Cleaner()
            scores = list(scored(site, pages, cleaner, files))
            tell(site, scores)
            everything += scores
            for score in scores if args.pages else ():
                if score.before != score.after:
                    print(
                        "   ", score.id, *(f"{b:.3f}->{a:.3f}" for b, a in zip(score.before, score.after, strict=True))
                    )
    tell("all", everything)


if __name__ == "__main__":
    main()
