"""What dropping the repeats of sites gains and costs: `python site_repeats.py [--set DIR] [--least N] [--pages]`.

Cleans the pages of sites that have at least N pages in a set, counts what repeats, and scores word F1 with and
without it. DIR is in the layout of CleanEval (`input/`, `GoldStandard/`, the site in the name of a file before "_") or
of WCXB (`html/`, `ground-truth/`, the site in the address). The parameters are learnt on half of the sites and scored
on the other half, both ways, beside those that are shipped. Needs the folder of the scorers on PYTHONPATH for pages and
metrics.
"""

from __future__ import annotations

import argparse
import html
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from statistics import mean
from unittest.mock import patch

import out_of_fold
import pages as sets
from metrics import word_prf

from cleaner import Cleaner, Document
from cleaner.repeats import REASON, counting, dropping, page_keys, repeats_of, site_of, without_repeats

SHARES = (0.05, 0.1, 0.2, 0.3)
WORDS = (5, 8, 12, 16, 24)
MOST_LOST = 0.01
"""Recall that no page of the learnt half may lose."""


@dataclass(frozen=True)
class Cleaned:
    """A page that was cleaned alone."""

    id: str
    site: str
    document: Document
    gold: str


@dataclass(frozen=True)
class Score:
    """A page's figures without and with the repeats dropped."""

    page: Cleaned
    before: tuple[float, float, float]
    after: tuple[float, float, float]
    dropped: tuple[str, ...]

    @property
    def lost(self) -> float:
        return self.before[1] - self.after[1]


def cleaned(folder: Path, least: int) -> list[Cleaned]:
    """The pages of sites that have enough of them."""
    found = list(_of_wcxb(folder) if (folder / "ground-truth").is_dir() else _of_cleaneval(folder))
    count = Counter(site for _, site, *_ in found)
    given = []
    for name, site, url, data, gold in found:
        if count[site] >= least:
            cleaner = out_of_fold.engine(name) if folder.name == "wcxb-dev" else _shipped()
            given.append(Cleaned(name, site, cleaner.clean(data, url=url, media_type="text/html"), gold))
    return given


def _shipped(made: list[Cleaner] = []) -> Cleaner:  # noqa: B006  # one for all pages
    if not made:
        made.append(Cleaner())
    return made[0]


def _of_wcxb(folder: Path) -> Iterator[tuple[str, str, str | None, bytes, str]]:
    for page in sets.load(folder):
        yield page.id, site_of(page.url), page.url, page.html, page.gold.get("main_content") or ""


def _of_cleaneval(folder: Path) -> Iterator[tuple[str, str, str | None, bytes, str]]:
    for path in sorted((folder / "input").iterdir()):
        told = (folder / "GoldStandard" / f"{path.stem}.txt").read_text("utf-8", "replace")
        gold = html.unescape(re.sub(r"<[hpl]>", " ", re.sub(r"^\s*URL:.*\n", "", told)))
        yield path.stem, path.stem.split("_")[0], None, path.read_bytes(), gold


def scored(given: list[Cleaned]) -> list[Score]:
    """Each page with its site's repeats dropped, by the parameters that are set."""
    sites = defaultdict(list)
    for page in given:
        sites[page.site].append(page_keys(page.document))
    counting.least_pages.cache_clear()
    repeats = {site: repeats_of(keys) for site, keys in sites.items()}
    found = []
    for page in given:
        document = without_repeats(page.document, repeats[page.site], page.site)
        dropped = tuple(removal.text for removal in document.removed if removal.reason == REASON)
        found.append(Score(page, word_prf(page.document.text, page.gold), word_prf(document.text, page.gold), dropped))
    return found


def with_parameters(given: list[Cleaned], share: float, words: int) -> list[Score]:
    """The scores with other parameters than those shipped."""
    with patch.object(counting, "AUTHORS_SHARE", share), patch.object(dropping, "MIN_WORDS", words):
        return scored(given)


def learnt(given: list[Cleaned]) -> tuple[float, int]:
    """The parameters with the best F1 of those that cost no page much of its recall; the most careful of equals."""
    best: tuple[float, float, int] | None = None
    for share, words in product(SHARES, WORDS):
        scores = with_parameters(given, share, words)
        if max(score.lost for score in scores) <= MOST_LOST:
            found = (round(mean(score.after[2] for score in scores), 6), share, words)
            best = max(best or found, found)
    return best[1:] if best else (SHARES[-1], WORDS[-1])


def tell(name: str, scores: list[Score]) -> None:
    before, after = (mean(f) for f in zip(*((s.before[2], s.after[2]) for s in scores), strict=True))
    changed = sum(bool(score.dropped) for score in scores)
    print(
        f"{name:34} {len(scores):4} pages  F1 {before:.4f} -> {after:.4f}  {changed} pages changed  "
        f"largest fall of a page: recall {max(s.lost for s in scores):.4f}, "
        f"F1 {max(s.before[2] - s.after[2] for s in scores):.4f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", type=Path, action="append")
    parser.add_argument("--least", type=int, default=4, help="pages that a site must have")
    parser.add_argument("--pages", action="store_true", help="tell what was dropped from each page")
    args = parser.parse_args()
    folders = args.set or [sets.CORPORA / "cleanportaleval", sets.CORPORA / "wcxb-dev"]
    given = {folder.name: cleaned(folder, args.least) for folder in folders}
    for name, those in given.items():
        tell(f"{name}, as shipped", scored(those))
    everything = [page for those in given.values() for page in those]
    sites = sorted({page.site for page in everything})
    held_out = []
    for half in (0, 1):
        seen = set(sites[half::2])
        share, words = learnt([page for page in everything if page.site in seen])
        print(f"learnt on {len(seen)} sites: share {share}, words {words}")
        held_out += with_parameters([page for page in everything if page.site not in seen], share, words)
    names = {page.id: name for name, those in given.items() for page in those}
    for name in given:
        tell(f"{name}, sites not seen", [score for score in held_out if names[score.page.id] == name])
    if args.pages:
        for score in (score for those in given.values() for score in scored(those)):
            if score.dropped:
                print(f"{score.page.id} ({score.page.site}) F1 {score.before[2]:.3f} -> {score.after[2]:.3f}")
                print(*(f"    {' '.join(text.split())[:100]}" for text in score.dropped), sep="\n")


if __name__ == "__main__":
    main()
