"""The README's figures of quality, beside the peers: `python benchmarks/peers.py BENCH [--write]`.

BENCH is the folder of the scorers (`html_f1.py`, `structure.py`, `flat.py`, `flat_pages.py`), beside which
`corpora/` holds their page sets; both are kept outside this repository. Runs each scorer for cleaner and for its peer
and prints the tables as Markdown; `--write` puts them into the README as well. Needs the packages of the peers
(Trafilatura is one of ours, jusText and Resiliparse are not), and takes some minutes.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from marked import put

HERE = Path(__file__).resolve().parent
README = HERE.parent / "README.md"


@dataclass(frozen=True)
class Figure:
    """One row: what is measured, and where a scorer's line has it."""

    label: str
    name: str
    """What stands before the figure in what the scorer prints."""


@dataclass(frozen=True)
class Run:
    """One scorer on one set; its figures are read from the first line that begins as told."""

    label: str
    """The pages; `{}` is their number."""
    scorer: str
    options: Sequence[str]
    figures: Sequence[Figure]
    line: str = ""
    """What the line begins with; the peer's name where it is empty."""
    factory: str = ""
    """The cleaners to use, on pages that the shipped model has learnt from: those that have not."""


CONTENT = Figure("main content, word F1", "F1")
STRUCTURE = (
    Figure("main content, word F1", "word F1"),
    Figure("headings, F1", "heading F1"),
    Figure("paragraphs and items whole, F1", "block F1"),
)
LAYOUT = (Figure("headings, F1", "heading F1"), Figure("other blocks whole, F1", "block F1"))
REMOVED = (Figure("ad labels gone", "markers gone"), Figure("words lost", "lost"))
ALL = ("--layouts", "all")

UNSEEN = "out_of_fold:engine"

PAGES = (
    Run(
        "wcxb-dev, every 5th ({} pages)",
        "html_f1.py",
        ("--set", "wcxb-dev", "--every", "5"),
        (CONTENT,),
        factory=UNSEEN,
    ),
    Run("cleanportaleval ({} pages)", "structure.py", ("--set", "cleanportaleval"), STRUCTURE),
    Run("cleaneval-dev ({} pages)", "structure.py", ("--set", "cleaneval-dev"), STRUCTURE),
)
TEXTS = (
    Run("a block a line, blank lines between ({} texts)", "flat.py", ALL, (*LAYOUT, *REMOVED), "blank", UNSEEN),
    Run("wrapped at 66 to 90 columns ({} texts)", "flat.py", ALL, (*LAYOUT, *REMOVED), "wrapped", UNSEEN),
    Run("the same without blank lines ({} texts)", "flat.py", ALL, (*LAYOUT, *REMOVED), "wrapped-tight", UNSEEN),
    Run("a PDF's lines, in a proportional font ({} texts)", "flat.py", ALL, LAYOUT, "proportional", UNSEEN),
    Run("broken by hand at 48 to 72 columns ({} texts)", "flat.py", ALL, LAYOUT, "hand", UNSEEN),
    Run("printed pages with running heads ({} texts)", "flat.py", ALL, LAYOUT, "paged", UNSEEN),
)
WHOLE = (Run("whole pages as lines of text ({} texts)", "flat_pages.py", (), (CONTENT,), factory=UNSEEN),)


class Scorers:
    """Runs the scorers of a folder, each command once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.printed: dict[tuple[str, ...], str] = {}

    def score(self, run: Run, peer: str) -> tuple[str, list[str]]:
        """How many pages there were, and the figures."""
        line = self._line(run, peer)
        count = re.search(r"(\d+) (?:pages|texts)", line)
        return count[1] if count else "?", [_read(line, figure.name) for figure in run.figures]

    def _line(self, run: Run, peer: str) -> str:
        options = [self._set(word) if before == "--set" else word for before, word in _pairs(run.options)]
        factory = ("--factory", run.factory) if run.factory and peer == "cleaner" else ()
        printed = self.run(run.scorer, *options, "--peer", peer, *factory)
        start = run.line or peer
        return next((line for line in printed.splitlines() if line.split(None, 1)[:1] == [start]), "")

    def _set(self, name: str) -> str:
        return str(self.folder.parent / "corpora" / name)

    def run(self, *command: str) -> str:
        """What a scorer prints."""
        if command not in self.printed:
            paths = os.pathsep.join(filter(None, (str(HERE), os.environ.get("PYTHONPATH"))))
            done = subprocess.run(
                [sys.executable, *command],
                cwd=self.folder,
                env={**os.environ, "PYTHONPATH": paths},
                stdout=subprocess.PIPE,
                text=True,
                check=True,
            )
            self.printed[command] = done.stdout
        return self.printed[command]


def _pairs(words: Sequence[str]) -> Iterable[tuple[str, str]]:
    return zip(("", *words), words, strict=False)


def _read(line: str, name: str) -> str:
    found = re.search(rf"\s{name}\s+([\d.]+)", line)
    return f"{float(found[1]):.3f}".removeprefix("0") if found else "?"


def table(heading: str, runs: Sequence[Run], peer: str, shown: str, scorers: Scorers) -> str:
    """A Markdown table of cleaner beside a peer."""
    rows = [f"| {heading} | what | cleaner | {shown} |", "| --- | --- | --- | --- |"]
    for run in runs:
        count, ours = scorers.score(run, "cleaner")
        _, theirs = scorers.score(run, peer)
        for number, (figure, our, their) in enumerate(zip(run.figures, ours, theirs, strict=True)):
            label = run.label.format(count) if number == 0 else ""
            rows.append(f"| {label} | {figure.label} | {our} | {their} |".replace("|  |", "| |"))
    return "\n".join(rows) + "\n"


def main() -> None:
    """Runs everything, prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path, metavar="BENCH", help="the folder of the scorers")
    parser.add_argument("--write", action="store_true", help="put the tables into the README")
    args = parser.parse_args()
    scorers = Scorers(args.bench)
    pages = table("pages", PAGES, "trafilatura", f"Trafilatura {version('trafilatura')}", scorers)
    texts = table("text alone", TEXTS, "naive", "a naive script", scorers)
    whole = table("text with its menus", WHOLE, "justext", f"jusText {version('justext')}", scorers)
    tables = "\n".join((pages, texts, whole))
    print(tables)
    if args.write:
        put(README, "figures", tables)


if __name__ == "__main__":
    main()
