"""Speed on flattened text beside datatrove's C4 line filter: `python benchmarks/text_speed.py [FILE ...]`.

Cleans the texts of the files, or generated ones with ad labels between their paragraphs, in one process, and prints
megabytes a second of CPU time. The peer needs the packages datatrove and spacy; without them it is left out.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable
from pathlib import Path

from batch import page

from cleaner import Cleaner

TEXTS, SIZE = 60, 14_000
"""How many texts are made, and their characters."""
ROUNDS = 3


def rate(job: Callable[[str], object], texts: list[str]) -> float:
    """Megabytes a second, the best of several rounds."""
    job(texts[0])
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        for text in texts:
            job(text)
        best = min(best, time.process_time() - start)
    return sum(len(text.encode()) for text in texts) / 1e6 / best


def datatrove_filter() -> Callable[[str], object] | None:
    """The C4 filter as it filters lines, or None where it is not installed."""
    try:
        from datatrove.data import Document
        from datatrove.pipeline.filters import C4QualityFilter

        lines = C4QualityFilter()
        lines.filter(Document(text="One line.", id="0"))
    except ImportError:
        return None
    return lambda text: lines.filter(Document(text=text, id="0"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    args = parser.parse_args()
    chance = random.Random(4)
    texts = [path.read_text("utf-8") for path in args.files] or [page(chance, SIZE) for _ in range(TEXTS)]
    cleaner = Cleaner()
    print(f"cleaner              {rate(lambda text: cleaner.clean(text, media_type='text/plain'), texts):6.1f} MB/s")
    peer = datatrove_filter()
    print(f"datatrove C4 filter  {rate(peer, texts):6.1f} MB/s" if peer else "datatrove is not installed")


if __name__ == "__main__":
    main()
