"""The first pass of `cleaner clean --site-repeats`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypedDict

import click

from cleaner.batch import run_batch
from cleaner.batch.jobs import Cleans
from cleaner.batch.repeats import REPEATS, RepeatCounts, RepeatsFile, known_repeats
from cleaner.cli.batch_options import BatchOptions
from cleaner.cli.report import Report
from cleaner.readers import Record

if TYPE_CHECKING:
    from cleaner.batch.run import Engine


class How(TypedDict):
    """How the records of a batch are worked on, in each pass: see `run_batch`."""

    workers: int | None
    timeout: float | None
    max_size: int


@contextmanager
def counted_repeats(
    options: BatchOptions,
    cleaner: Cleans,
    how: How,
    fingerprint: str,
    records: Callable[[], Iterable[Record]],
    total: int | None,
    engine: Engine | None = None,
) -> Iterator[RepeatsFile]:
    """What repeats over the pages of each site of the records.

    The file of it stands in the output folder. A run with --resume takes it as it is, where it was made with the same
    `fingerprint`, or goes on with one that is not whole. Without an output folder it is gone with the run. `total` is
    how many records there are, for a progress bar; an `engine` cleans instead of worker processes.
    """
    with TemporaryDirectory(prefix="cleaner-") as scratch:
        path = Path(options.output if options.output is not None and options.writes_folder else scratch) / REPEATS
        known = known_repeats(path, fingerprint) if options.resume else None
        if known is None:
            if not options.quiet:
                click.echo("cleaner: first pass: counts what repeats over the pages of each site", err=True)
            with Report(options, total) as report:
                counts = RepeatCounts(path, fingerprint=fingerprint, resume=options.resume)
                run_batch(records(), cleaner, counts, **how, on_result=report.advance, engine=engine)
            known = RepeatsFile(path)
        with closing(known):
            yield known
