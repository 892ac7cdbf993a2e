"""Where the time of a page goes: `python benchmarks/stages.py FILE ... [--rounds 3]`.

Cleans saved pages (`.html`, or `.html.gz`) with a timer around each of `cleaner.engine.STAGES` and prints the
milliseconds a page that each takes, beside lxml's bare parse of the same pages. Steps inside a stage that take much of
its time are printed under it. Run nothing else meanwhile.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import lxml.html

from cleaner import Cleaner, engine
from cleaner.content import revision
from cleaner.content.features import block_features
from cleaner.html import reader
from cleaner.models.trees import Trees

STEPS: dict[str, list[tuple[str, Any, str]]] = {
    "read": [
        ("tags with too many attributes", reader, "without_excess"),
        ("parse", reader, "parse"),
        ("facts", reader, "collect"),
        ("walk", reader.Walker, "walk"),
    ],
    "choose": [
        ("features", block_features, "block_features"),
        ("trees", Trees, "scores"),
        ("second decision", revision.Reviser, "revised"),
        ("confidence", revision.Reviser, "confidence"),
    ],
}
"""For a stage its steps: a label, and the function that is timed by its owner and name."""
PARSE, FREEZE = "lxml's bare parse", "freeze"

Spent = dict[str, float]


def timed(label: str, job: Callable[..., Any], spent: Spent) -> Callable[..., Any]:
    """The job, its seconds added to `spent`."""

    @functools.wraps(job)
    def run(*args: Any, **options: Any) -> Any:
        start = time.perf_counter()
        try:
            return job(*args, **options)
        finally:
            spent[label] += time.perf_counter() - start

    return run


def clean(cleaner: Cleaner, page: bytes, spent: Spent) -> None:
    """Sends a page through the stages, each timed."""
    work = engine.Work(cleaner, page, None, None, None)
    for stage in engine.STAGES:
        timed(stage.__name__, stage, spent)(work)
    timed(FREEZE, work.document, spent)()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    pages = [gzip.decompress(p.read_bytes()) if p.suffix == ".gz" else p.read_bytes() for p in args.files]
    cleaner = Cleaner()
    cleaner.clean(pages[0])
    spent: Spent = defaultdict(float)
    for steps in STEPS.values():
        for label, owner, name in steps:
            setattr(owner, name, timed(label, getattr(owner, name), spent))
    parse = timed(PARSE, lxml.html.document_fromstring, spent)
    for _ in range(args.rounds):
        for page in pages:
            parse(page)
            clean(cleaner, page, spent)
    count = args.rounds * len(pages)
    names = [*(stage.__name__ for stage in engine.STAGES), FREEZE]
    for name in names:
        print(f"{name:34} {1e3 * spent[name] / count:6.2f} ms")
        for label, _, _ in STEPS.get(name, ()):
            print(f"    {label:30} {1e3 * spent[label] / count:6.2f} ms")
    print(f"{'together':34} {1e3 * sum(spent[name] for name in names) / count:6.2f} ms")
    print(f"{PARSE:34} {1e3 * spent[PARSE] / count:6.2f} ms")


if __name__ == "__main__":
    main()
