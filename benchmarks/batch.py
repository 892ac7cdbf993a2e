"""Throughput and memory of batches: `python benchmarks/batch.py [--files 3000] [--size 50000] [--html FOLDER]`.

Makes text files of generated sentences in a temporary folder, cleans them with one and with two worker processes, and
prints wall times, their ratio, the peak memory of the parent process for a tenth of the files and for all, and the CPU
time of a file: all processes of the batch, from the start of Python on, beside `clean` in a loop over the same bytes.
With `--html` the files are the pages of 15 to 40 kB in FOLDER (`.html` or `.html.gz`), each under several names.

Each run is a process of its own, so that one run's peak is not another's, and writes into a folder of its own: ext4
takes half a millisecond longer for a new file within seconds after files were deleted. Wall times mean something only
on a machine that does nothing else; CPU times grow by a quarter beside other work.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SUBJECTS = ("The council", "A gardener", "Our neighbour", "The ferry", "A small bakery", "The archive", "Every visitor")
VERBS = ("opened", "described", "repaired", "remembered", "measured", "carried", "postponed")
OBJECTS = ("the old bridge", "a list of birds", "the winter timetable", "three boxes of letters", "the northern wall")
ENDINGS = ("before noon", "without much noise", "as the rain stopped", "for the second time", "in front of the school")


def sentence(chance: random.Random) -> str:
    """A sentence that nobody has written."""
    parts = (chance.choice(words) for words in (SUBJECTS, VERBS, OBJECTS, ENDINGS))
    return " ".join(parts) + f" in {chance.randrange(1900, 2000)}."


def page(chance: random.Random, size: int) -> str:
    """A flattened page of about `size` characters: headings, paragraphs, ad labels."""
    blocks, length = [], 0
    while length < size:
        blocks.append(chance.choice(OBJECTS).capitalize() if len(blocks) % 8 == 0 else paragraph(chance))
        if len(blocks) % 12 == 0:
            blocks.append("Advertisment")
        length += len(blocks[-1]) + 2
    return "\n\n".join(blocks)


def paragraph(chance: random.Random) -> str:
    """Three to eight sentences."""
    return " ".join(sentence(chance) for _ in range(chance.randrange(3, 9)))


def make_pages(folder: Path, files: int, size: int) -> None:
    """Writes pages in folders of a hundred."""
    chance = random.Random(2)
    for number in range(files):
        path = folder / f"{number // 100:03}" / f"{number:05}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(chance, size))


def copy_pages(source: Path, folder: Path, files: int) -> None:
    """Writes the saved pages of middling size again and again, in folders of a hundred."""
    found = [data for path in sorted(source.rglob("*.html*")) if 15_000 <= len(data := saved(path)) <= 40_000]
    for number, data in zip(range(files), itertools.cycle(found), strict=False):
        path = folder / f"{number // 100:03}" / f"{number:05}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def saved(path: Path) -> bytes:
    """A page, compressed or not."""
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix == ".gz" else data


def own_process(*arguments: object) -> dict[str, float]:
    """The figures that this script gives for the arguments in a process of its own, and its CPU seconds in all."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, __file__, *map(str, arguments)]
    given = subprocess.run(command, check=True, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    figures: dict[str, float] = json.loads(given.stdout)
    return {"cpu": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime} | figures


def loop_here(pages: str) -> None:
    """Cleans the pages one after another and prints the CPU seconds of that alone as JSON."""
    from cleaner import Cleaner
    from cleaner.readers import find_files

    cleaner = Cleaner()
    seconds = 0.0
    for number, record in enumerate(find_files([pages])):
        data = record.read()
        if not number:
            cleaner.clean(data, media_type=record.media_type)  # what the first page loads is no page's time
        start = time.process_time()
        cleaner.clean(data, media_type=record.media_type)
        seconds += time.process_time() - start
    json.dump({"cpu": seconds}, sys.stdout)


def run_here(pages: str, out: str, workers: str, files: str) -> None:
    """Cleans the first `files` pages and prints the figures as JSON."""
    from itertools import islice

    from cleaner import Cleaner
    from cleaner.batch import run_batch
    from cleaner.batch.outputs import FolderOutput, Rendering
    from cleaner.readers import find_files

    start = time.perf_counter()
    output = FolderOutput(Path(out), Rendering("md"))
    summary = run_batch(islice(find_files([pages]), int(files)), Cleaner(), output, workers=int(workers))
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
    json.dump({"seconds": seconds, "peak": peak, "written": summary.written}, sys.stdout)


def main() -> None:
    """Reads the arguments and prints the table."""
    if sys.argv[1:2] == ["--run"]:
        run_here(*sys.argv[2:])
        return
    if sys.argv[1:2] == ["--loop"]:
        loop_here(sys.argv[2])
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=3000)
    parser.add_argument("--size", type=int, default=50_000, help="characters of a file")
    parser.add_argument("--html", type=Path, metavar="FOLDER", help="saved pages, instead of generated text")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        pages = Path(folder, "pages")
        if options.html:
            copy_pages(options.html, pages, options.files)
        else:
            make_pages(pages, options.files, options.size)
        table(pages, Path(folder), options.files)


def table(pages: Path, folder: Path, files: int) -> None:
    """Runs all and prints a line for each."""
    alone = own_process("--loop", pages)["cpu"] / files
    sys.stdout.write(f"`clean` in a loop: {1e3 * alone:.2f} ms CPU a file\n")
    seconds = {}
    for workers, count in ((1, files), (2, files), (2, files // 10)):
        given = own_process("--run", pages, folder / f"out-{workers}-{count}", workers, count)
        cpu = given["cpu"] / count
        seconds.setdefault(workers, given["seconds"])
        sys.stdout.write(
            f"{workers} workers  {count:6} files  {given['seconds']:7.1f} s  {count / given['seconds']:7.1f} files/s"
            f"  parent's peak {given['peak']:6.1f} MB"
            f"  {1e3 * cpu:6.2f} ms CPU a file, {1e3 * (cpu - alone):.2f} above the loop\n"
        )
    sys.stdout.write(f"2 workers are {seconds[1] / seconds[2]:.2f} times as fast as 1\n")


if __name__ == "__main__":
    main()
