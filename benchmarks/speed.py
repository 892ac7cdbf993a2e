"""Speed and quality beside the peers: `python benchmarks/speed.py [--every 15] [--files 3000] [--write]`.

Prints as Markdown the CPU time a page of wcxb-dev for lxml's bare parse, cleaner, and the peers that are installed
(`contenders.py`), to text and to Markdown with metadata, each with the word F1 of its text on the same pages, and the
CPU time of a new process up to its first page; megabytes a second of flattened text, with what is found in it; what a
batch of files takes above a loop; and the ratios of all these. `--write` puts the tables and a plot of quality against
time into docs/performance.md, and the first table into the README.

A page is given once to each, as in a crawl: texts and Markdown are made in processes of their own, and each round takes
other pages. cleaner's quality is that of models which have not seen a page. Needs the shared scorers and page sets; run
nothing else meanwhile.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import batch
from contenders import CONTENDERS, FLOOR, OURS, Job
from marked import put
from scatter import Point, scatter

HERE = Path(__file__).resolve().parent
SHARED = Path(os.environ.get("CLEANER_SHARED") or HERE.parent.parent / "shared")
PERFORMANCE, README = HERE.parent / "docs" / "performance.md", HERE.parent / "README.md"
PEER = "Trafilatura"
FIRST_PAGES = 5
"""Pages that a new process is started for, with each contender."""
WARM_UP = 10
"""Pages that are given before time is taken."""

FIRST = """
import sys, time
html = open(sys.argv[3], "rb").read()
start = time.process_time()
sys.path.insert(0, sys.argv[1])
from contenders import CONTENDERS
CONTENDERS[int(sys.argv[2])].text()(html, sys.argv[4])
print(time.process_time() - start)
"""


@dataclass
class Measured:
    """What is known of a contender."""

    label: str
    text: list[float] = field(default_factory=list)
    """Milliseconds a page, by rounds."""
    markdown: list[float] = field(default_factory=list)
    quality: float | None = None
    """Mean word F1 of the text."""
    first: float | None = None
    """Milliseconds of a new process up to its first page."""


@dataclass
class Flat:
    """What is known of a program that reads flattened text."""

    label: str
    rate: float
    """Megabytes a second."""
    headings: float
    blocks: float


@dataclass
class Batch:
    """What a batch of files takes."""

    files: int
    size: float
    """Mean bytes of a file."""
    loop: float
    """Milliseconds of CPU a file, `clean` in a loop."""
    above: float
    """What the batch takes more."""
    workers: float
    """How many times as fast as one worker process two are."""


# --- a page ---


def samples(every: int, rounds: int) -> tuple[list[Any], list[list[Any]]]:
    """Pages to warm up with, and the pages of each round; no page is in two of them."""
    import pages

    everything = pages.load(SHARED / "corpora" / "wcxb-dev", 1)
    return everything[::every][:WARM_UP], [everything[n::every] for n in range(1, min(rounds, every - 1) + 1)]


def time_pages(form: str, every: int, rounds: int) -> dict[str, dict[str, Any]]:
    """For each contender that writes a form, "text" or "markdown", its milliseconds a page by rounds, and its quality.

    The contenders take turns on each page. A peer that raises has spent its time and has no text.
    """
    import metrics

    chosen = {c.name: getattr(c, form) for c in CONTENDERS if c.installed and getattr(c, form)}
    jobs: dict[str, Job] = {name: make() for name, make in chosen.items()}
    warm_up, taken = samples(every, rounds)
    for page in warm_up:
        for name, job in jobs.items():
            timed(name, job, page)
    found: dict[str, dict[str, Any]] = {name: {"ms": [], "quality": None} for name in jobs}
    rights: dict[str, list[float]] = {name: [] for name in jobs}
    for sample in taken:
        spent = dict.fromkeys(jobs, 0.0)
        for page in sample:
            for name, job in jobs.items():
                seconds, text = timed(name, job, page)
                spent[name] += seconds
                if isinstance(text, str):
                    rights[name].append(metrics.word_prf(text, page.gold.get("main_content") or "")[2])
        for name in jobs:
            found[name]["ms"].append(1e3 * spent[name] / len(sample))
    if form == "text":
        rights[OURS] = list(unseen(page for sample in taken for page in sample))
        for name, values in rights.items():
            found[name]["quality"] = metrics.mean(values) if values else None
    return found


def timed(name: str, job: Job, page: Any) -> tuple[float, object]:
    """The seconds of CPU that a job takes, and what it gives."""
    start, given = time.process_time(), ""
    try:
        given = job(page.html, page.url)
    except Exception:
        if name == OURS:
            raise
    return time.process_time() - start, given


def unseen(pages: Iterable[Any]) -> Iterable[float]:
    """cleaner's word F1 of pages, with models that have not seen them."""
    import metrics
    import out_of_fold

    for page in pages:
        text = out_of_fold.engine(page.id).clean(page.html, url=page.url, media_type="text/html").text
        yield metrics.word_prf(text, page.gold.get("main_content") or "")[2]


def first_page(number: int, pages: Sequence[Any]) -> float:
    """Milliseconds of CPU that a new process takes from its start to the end of its first page; the median of some.

    A first run compiles what is imported, as an installation does.
    """
    spent = []
    with tempfile.TemporaryDirectory() as folder:
        compiled = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        compiled["PYTHONPYCACHEPREFIX"] = str(Path(folder, "bytecode"))
        file = Path(folder, "page.html")
        for page in pages:
            file.write_bytes(page.html)
            command = [sys.executable, "-c", FIRST, str(HERE), str(number), str(file), page.url]
            runs = [subprocess.run(command, env=compiled, check=True, capture_output=True, text=True) for _ in range(2)]
            spent.append(1e3 * float(runs[-1].stdout))
    return statistics.median(spent)


def measure_pages(every: int, rounds: int) -> dict[str, Measured]:
    """All that is known of the contenders that are installed, by their names."""
    found = {c.name: Measured(c.label) for c in CONTENDERS if c.installed}
    for form in ("text", "markdown"):
        command = [sys.executable, __file__, "--run", form, "--every", str(every), "--rounds", str(rounds)]
        given = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
        for name, figures in json.loads(given).items():
            setattr(found[name], form, figures["ms"])
            if form == "text":
                found[name].quality = figures["quality"]
    pages = samples(every, 1)[1][0]
    for number, contender in enumerate(CONTENDERS):
        if contender.installed:
            chosen = pages[:: max(1, len(pages) // FIRST_PAGES)][:FIRST_PAGES]
            found[contender.name].first = first_page(number, chosen)
    return found


# --- flattened text ---


def measure_flat() -> list[Flat]:
    """Flattened texts, blank lines between blocks: cleaner, a naive script, and datatrove where it is installed."""
    import flat
    import pages

    every = pages.load(SHARED / "corpora" / "wcxb-dev", 1)
    markers = (SHARED / "bench" / "markers-dev.txt").read_text("utf-8").split("\n")
    chosen = [page for page in every if page.kind in ("article", "documentation", "service")]
    texts = [made for made in (flat.sample(page, list(filter(str.strip, markers))) for page in chosen) if made]
    fast, right = (flat.cleaner_blocks(factory) for factory in (None, "out_of_fold:engine"))
    runs = [(OURS, fast, right), ("a naive script", flat.naive, flat.naive)]
    if peer := datatrove_filter():
        runs.append(("datatrove's C4 line filter", peer, peer))
    found = []
    for label, quick, judged in runs:
        rate = flat.evaluate(quick, texts, "blank")["mb_per_s"]
        good = flat.evaluate(judged, texts, "blank")
        found.append(Flat(label, rate, good["heading_f1"], good["block_f1"]))
    return found


def datatrove_filter() -> Callable[[str, str], list[tuple[str, str]]] | None:
    """The C4 filter, which filters lines, or None where it is not installed."""
    try:
        from datatrove.data import Document
        from datatrove.pipeline.filters import C4QualityFilter

        lines = C4QualityFilter()
        lines.filter(Document(text="One line.", id="0"))
    except ImportError:
        return None

    def run(page_id: str, text: str) -> list[tuple[str, str]]:
        document = Document(text=text, id=page_id)
        return [("text", line) for line in document.text.split("\n") if line] if lines.filter(document) is True else []

    return run


# --- a batch ---


def measure_batch(files: int) -> Batch:
    """A batch of pages as files against `clean` in a loop, and two worker processes against one.

    The pages are given again where the set has fewer of their size than files are asked for.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "pages")
        batch.copy_pages(SHARED / "corpora" / "wcxb-dev" / "html", folder, files)
        size = sum(path.stat().st_size for path in folder.rglob("*.html"))
        loop = batch.own_process("--loop", folder)["cpu"]
        one, two = (batch.own_process("--run", folder, Path(name, str(n)), n, files) for n in (1, 2))
    each = 1e3 / files
    return Batch(files, size / files, loop * each, (one["cpu"] - loop) * each, one["seconds"] / two["seconds"])


# --- what is shown ---


def table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table as Markdown."""
    lines = [heading, ["---"] * len(heading), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def number(value: float | None, form: str = ".1f", unit: str = "") -> str:
    """A figure as it is shown; without one, nothing, and without a zero before the point."""
    if value is None:
        return ""
    shown = f"{value:{form}}"
    return (shown.removeprefix("0") if form == ".3f" else shown) + unit


def middle(values: Sequence[float]) -> float | None:
    """The median; None of nothing."""
    return statistics.median(values) if values else None


def ratio(above: Sequence[float], below: Sequence[float]) -> float:
    """The median of the rounds' ratios."""
    return statistics.median(a / b for a, b in zip(above, below, strict=True))


def pages_table(found: dict[str, Measured]) -> str:
    """CPU time a page, and quality."""
    return table(
        ("CPU time", "a page to text", "to Markdown with metadata", "first page of a process", "word F1"),
        (
            (
                row.label,
                number(middle(row.text), unit=" ms"),
                number(middle(row.markdown), unit=" ms"),
                number(row.first, ".0f", " ms"),
                number(row.quality, ".3f"),
            )
            for row in found.values()
        ),
    )


def flat_table(found: Iterable[Flat]) -> str:
    """Megabytes a second, and quality."""
    return table(
        ("flattened text", "speed", "headings, F1", "other blocks whole, F1"),
        (
            (row.label, number(row.rate, unit=" MB/s"), number(row.headings, ".3f"), number(row.blocks, ".3f"))
            for row in found
        ),
    )


def ratios_table(found: dict[str, Measured], flat: Sequence[Flat], batch: Batch | None) -> str:
    """One figure for each question."""
    ours, peer, floor = found[OURS], found[PEER], found[FLOOR]
    rows = [
        ("cleaner / lxml's bare parse", number(ratio(ours.text, floor.text))),
        ("Trafilatura / cleaner, text", number(ratio(peer.text, ours.text))),
        ("Trafilatura / cleaner, Markdown with metadata", number(ratio(peer.markdown, ours.markdown))),
        ("flattened text", number(flat[0].rate, unit=" MB/s")),
        ("first page of a new process", number(ours.first, ".0f", " ms")),
    ]
    if batch:
        what = f"batch of {batch.files:,} HTML files of {batch.size / 1e3:.0f} KB: a file above `clean` in a loop"
        rows += [
            (what, f"{batch.above:.1f} ms above {batch.loop:.1f} ms"),
            ("2 worker processes against 1, on the same files", number(batch.workers, ".2f")),
        ]
    return table(("CPU time", "now"), rows)


def points(found: dict[str, Measured]) -> list[Point]:
    """What the plot shows: for each contender with a text its two times."""
    return [
        Point(name, middle(row.text) or 0.0, row.quality, middle(row.markdown))
        for name, row in found.items()
        if row.quality is not None
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=15, help="each round has one page of so many")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--files", type=int, default=3000, help="of the batch; 0 leaves it out")
    parser.add_argument("--write", action="store_true", help="put tables and plot into the documents")
    parser.add_argument("--run", choices=["text", "markdown"], help=argparse.SUPPRESS)
    args = parser.parse_args()
    sys.path[:0] = [str(SHARED / "bench")]
    if args.run:
        json.dump(time_pages(args.run, args.every, args.rounds), sys.stdout)
        return
    found, texts = measure_pages(args.every, args.rounds), measure_flat()
    files = measure_batch(args.files) if args.files else None
    tables = [pages_table(found), flat_table(texts), ratios_table(found, texts, files)]
    print("\n".join(tables))
    if missing := [contender.name for contender in CONTENDERS if not contender.installed]:
        print("Not installed, left out:", ", ".join(missing))
    if args.write:
        (PERFORMANCE.parent / "speed.svg").write_text(scatter(points(found), middle(found[FLOOR].text) or 0.0), "utf-8")
        put(PERFORMANCE, "speed", "\n".join(tables))
        put(README, "speed", tables[0])


if __name__ == "__main__":
    main()
