"""Where the time of a page goes: `python benchmarks/stages.py FILE ... [--rounds 3]`.

Cleans saved pages (`.html`, or `.html.gz`) with a timer around each stage and prints the milliseconds a page that each
takes by itself, beside lxml's bare parse of the same pages. Run nothing else meanwhile.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import lxml.html

import cleaner.html.reader
from cleaner import Cleaner, engine
from cleaner.content import choice as content
from cleaner.content import scorer
from cleaner.matching import matching, verdicts
from cleaner.metadata import fields as metadata
from cleaner.models import trees

STAGES: dict[str, tuple[Any, str]] = {
    "decode": (engine, "_text_of"),
    "tags with too many attributes": (cleaner.html.reader, "without_excess"),
    "parse": (cleaner.html.reader, "parse"),
    "facts": (cleaner.html.reader, "collect"),
    "walk": (cleaner.html.reader.Walker, "walk"),
    "rules": (matching.Compiled, "claims"),
    "features": (scorer, "rows_of"),
    "trees": (trees.Trees, "scores"),
    "choice": (content, "choose"),
    "verdicts": (verdicts, "decide"),
    "metadata": (metadata, "decide"),
    "document": (engine._Cleaned, "document"),
}


class Timers:
    """Seconds by stage, without those of the stages inside it."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self._inner = [0.0]

    def around(self, label: str, job: Any) -> Any:
        """The job, timed."""

        @functools.wraps(job)
        def timed(*args: Any, **options: Any) -> Any:
            start = time.perf_counter()
            self._inner.append(0.0)
            try:
                return job(*args, **options)
            finally:
                taken = time.perf_counter() - start
                self.spent[label] += taken - self._inner.pop()
                self._inner[-1] += taken

        return timed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    pages = [gzip.decompress(p.read_bytes()) if p.suffix == ".gz" else p.read_bytes() for p in args.files]
    warm = Cleaner()
    warm.clean(pages[0])
    timers = Timers()
    for label, (owner, name) in STAGES.items():
        setattr(owner, name, timers.around(label, getattr(owner, name)))
    clean = timers.around("everything else", warm.clean)
    parse = timers.around("lxml's bare parse", lxml.html.document_fromstring)
    for _ in range(args.rounds):
        for page in pages:
            parse(page)
            clean(page)
    count = args.rounds * len(pages)
    for label, spent in sorted(timers.spent.items(), key=lambda item: -item[1]):
        print(f"{label:30} {1e3 * spent / count:6.2f} ms")


if __name__ == "__main__":
    main()
