"""`cleaner rules learn`: rule files from a crawl, one for each site."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click

from cleaner.cli.errors import BrokenOff
from cleaner.cli.exits import EXIT_CODES, Exit
from cleaner.cli.options import COLUMN_OPTIONS, column_options, count_of, standard_input

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cleaner.batch import Summary
    from cleaner.batch.jobs import Result
    from cleaner.batch.surveys import Learnt
    from cleaner.readers import Columns, Record

STDIN = "-"
MAX_LISTED = 20
"""Sites without a file that are named."""
EPILOG = """\
\b
Examples:
  cleaner rules learn crawl.warc.gz -o rules/
  cleaner rules learn crawl.parquet --html-field raw -o rules/
  cleaner rules learn pages/ --url-from 'https://{path}' -o rules/

"""


@dataclass(frozen=True, slots=True)
class _Addresses:
    """Where pages without an address have theirs from."""

    urls: str | None
    url_from: str | None

    def of(self, records: Iterable[Record], inputs: tuple[str, ...]) -> Iterable[Record]:
        """The records with addresses."""
        from cleaner.readers.addresses import Addresses, AddressPattern, read_addresses

        listed = read_addresses(Path(self.urls)) if self.urls else {}
        pattern = AddressPattern(self.url_from) if self.url_from else None
        return Addresses(listed, pattern, [given for given in inputs if Path(given).is_dir()])(records)


@click.command("learn", epilog=EPILOG + EXIT_CODES)
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)
@click.option("-o", "--output", metavar="DIR", required=True, help="The folder for the rule files, one for each site.")
@column_options
@click.option("--urls", metavar="FILE", help="A list of paths and addresses of pages: CSV, TSV or JSONL.")
@click.option("--url-from", metavar="PATTERN", help="Addresses by a pattern: 'https://example.com/{path}'.")
@click.option(
    "--workers", metavar="N", type=click.IntRange(min=0), help="Worker processes.  [default: one a processor]"
)
def learn(
    inputs: tuple[str, ...],
    output: str,
    urls: str | None,
    url_from: str | None,
    workers: int | None,
    **columns: Any,
) -> int:
    """Write rules for what repeats over the pages of each site: INPUT is what `cleaner clean` takes.

    Pages are read once. A site needs five different pages, and the addresses of its pages. What repeats on more pages
    than chance allows becomes a rule, with its counts as a comment. A file that exists is left alone.
    """
    from cleaner.batch import TIMEOUT, run_batch
    from cleaner.batch.surveys import RuleLearner, Surveying
    from cleaner.engine import Cleaner
    from cleaner.readers import Columns, InputError

    chosen = Columns(**{name: columns[f"{name}_field"] for name in COLUMN_OPTIONS})
    addresses = _Addresses(urls, url_from)
    try:
        with TemporaryDirectory(prefix="cleaner-") as scratch:
            learner = RuleLearner(Path(output), Path(scratch))
            summary = run_batch(
                addresses.of(_records(inputs, chosen), inputs),
                Surveying(Cleaner()),
                learner,
                workers=workers,
                timeout=TIMEOUT if workers != 0 else None,
                on_result=_tell_failure,
            )
    except InputError as error:
        raise click.UsageError(str(error)) from None
    except (OSError, RuntimeError) as error:
        raise BrokenOff(str(error)) from None
    for line in summary_lines(learner.learnt, summary):
        click.echo(line, err=True)
    return Exit.FAILURES if summary.failures else Exit.DONE


def _records(inputs: tuple[str, ...], columns: Columns) -> Iterable[Record]:
    from cleaner.readers import expand, find_files

    if inputs == (STDIN,):
        return standard_input(columns).records()
    return expand(find_files(inputs), columns)


def _tell_failure(result: Result) -> None:
    if result.failure is not None:
        click.echo(f"cleaner: {result.path}: {result.failure.reason}", err=True)


def summary_lines(learnt: list[Learnt], summary: Summary) -> Iterator[str]:
    """What was written, and the sites without rules with the reason; pages that were not looked at are in a sum."""
    written = [each for each in learnt if each.file is not None]
    left = [each for each in learnt if each.file is None]
    for each in written:
        yield f"{each.file}: {count_of(each.rules, 'rule')} from {count_of(each.pages, 'page')}"
    for each in left[:MAX_LISTED]:
        yield f"{each.site or 'pages without a site'}: no rules from {count_of(each.pages, 'page')}: {each.reason}"
    if len(left) > MAX_LISTED:
        yield f"and {count_of(len(left) - MAX_LISTED, 'site')} more without rules"
    failed = f", {summary.failures} failed" if summary.failures else ""
    yield f"{count_of(summary.files, 'page')}{failed}; {count_of(len(written), 'file')}, {len(left)} without rules"
