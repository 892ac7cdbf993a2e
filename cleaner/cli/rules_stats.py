"""`cleaner rules stats`: how often each rule acts over a batch, what it takes, and what it costs in time."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from cleaner.cli.errors import BrokenOff
from cleaner.cli.exits import EXIT_CODES, Exit
from cleaner.cli.options import (
    COLUMN_OPTIONS,
    CONTENT_OPTIONS,
    CleanerOptions,
    column_options,
    count_of,
    page_options,
    rule_options,
    standard_input,
)

if TYPE_CHECKING:
    from cleaner.cli.rule_acts import Acts
    from cleaner.cli.rule_times import Sample, Times
    from cleaner.readers import Columns, Record
    from cleaner.rules import MetadataRule, Rule, RuleSet

EXAMPLES = 10
STDIN = "-"
EPILOG = """\
\b
Examples:
  cleaner rules stats pages/ --rules my-site.yaml
  cleaner rules stats crawl.warc.gz --rules rules/ --no-shipped-rules --format json

"""


@click.command("stats", epilog=EPILOG + EXIT_CODES)
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)
@rule_options
@page_options
@column_options
@click.option("--examples", metavar="N", type=click.IntRange(min=0), default=EXAMPLES, show_default=True, help="Texts.")
@click.option("--no-time", is_flag=True, help="Do not measure what rules cost.")
@click.option(
    "--workers", metavar="N", type=click.IntRange(min=0), help="Worker processes.  [default: one a processor]"
)
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="For whom."
)
def stats(
    inputs: tuple[str, ...],
    rules: tuple[str, ...],
    disable: tuple[str, ...],
    no_shipped_rules: bool,
    no_project: bool,
    examples: int,
    no_time: bool,
    workers: int | None,
    form: str,
    **others: Any,
) -> int:
    """Count what each rule does on pages: INPUT is what `cleaner clean` takes.

    A rule that did nothing is listed, too. Times are of each rule by itself, on the first pages.
    """
    from cleaner.cli.rule_acts import Acts, Watching, key_of
    from cleaner.readers import Columns

    content = {name: others.pop(name) for name in CONTENT_OPTIONS}
    columns = Columns(**{name: others.pop(f"{name}_field") for name in COLUMN_OPTIONS})
    choice = CleanerOptions(rules, disable, not no_shipped_rules, content, not no_project)
    loaded = choice.load()
    cleaner = choice.cleaner(loaded)
    pages = _Pages(_records(inputs, columns, others["url"], others["media_type"]), 0 if no_time else _sampled(loaded))
    acts, counted, failed = _count(pages, Watching(cleaner, examples), _workers(inputs, workers), examples)
    times = None
    if not no_time:
        from cleaner.cli.rule_times import measure

        times = measure(cleaner, pages.samples, **content)
    every: tuple[Rule | MetadataRule, ...] = (*loaded.rules, *loaded.metadata)
    rows = [_Row.of(rule, acts.get(key_of(rule), Acts()), times) for rule in every]
    rows.sort(key=lambda row: (-row.acts.words, -row.acts.decided, -row.acts.blocks))
    if form == "json":
        click.echo(json.dumps(_as_dict(rows, counted, failed, times), indent=2, ensure_ascii=False))
    else:
        for line in _as_text(rows, counted, failed, times):
            click.echo(line)
    return Exit.FAILURES if failed else Exit.DONE


def _sampled(rules: RuleSet) -> int:
    from cleaner.cli.rule_times import pages_for

    return pages_for(rules)


def _records(inputs: tuple[str, ...], columns: Columns, url: str | None, media_type: str | None) -> Iterable[Record]:
    from cleaner.readers import InputError, expand, find_files

    if inputs == (STDIN,):
        return standard_input(columns).records(url=url, media_type=media_type)
    try:
        return expand(find_files(inputs, media_type=media_type, url=url), columns)
    except InputError as error:
        raise click.UsageError(str(error)) from None


def _workers(inputs: tuple[str, ...], given: int | None) -> int:
    from cleaner.batch.run import default_workers
    from cleaner.readers import holds_many
    from cleaner.readers.files import is_single_file

    if given is not None:
        return given
    is_one = inputs == (STDIN,) or (is_single_file(inputs) and not holds_many(inputs[0]))
    return 0 if is_one else default_workers()


class _Pages:
    """Records on their way to the batch; the first that can be read are kept for measuring."""

    def __init__(self, records: Iterable[Record], sampled: int) -> None:
        self._records = records
        self._sampled = sampled
        self.samples: list[Sample] = []

    def __iter__(self) -> Iterator[Record]:
        from cleaner.cli.rule_times import Sample
        from cleaner.readers import ReadFailure

        for record in self._records:
            if len(self.samples) < self._sampled:
                try:
                    loaded = record.loaded()
                except (ReadFailure, OSError):
                    yield record  # the batch tells it
                    continue
                assert loaded.data is not None
                self.samples.append(Sample(loaded.data, loaded.url, loaded.media_type, loaded.language))
            yield record


def _count(records: Iterable[Record], watching: Any, workers: int, examples: int) -> tuple[dict[str, Acts], int, int]:
    """What the rules did, the pages and the failures, which are told."""
    from cleaner.batch import TIMEOUT, clean_records
    from cleaner.cli.rule_acts import Watched, summed
    from cleaner.readers import InputError

    counts = [0, 0]

    def pages() -> Iterator[Any]:
        for result in clean_records(records, watching, workers=workers, timeout=TIMEOUT if workers else None):
            counts[result.failure is not None] += 1
            if result.failure is not None:
                click.echo(f"cleaner: {result.path}: {result.failure.reason}", err=True)
            elif isinstance(result.document, Watched):
                yield result.document.acts

    try:
        found = summed(pages(), examples)
    except InputError as error:
        raise click.UsageError(str(error)) from None
    except (OSError, RuntimeError) as error:
        raise BrokenOff(str(error)) from None
    return found, counts[0], counts[1]


@dataclass(frozen=True, slots=True)
class _Row:
    """A rule with what it did."""

    id: str
    verb: str
    source: str
    acts: Acts
    milliseconds: float | None
    """None where it was not measured."""

    @classmethod
    def of(cls, rule: Rule | MetadataRule, acts: Acts, times: Times | None) -> _Row:
        """The row of a rule."""
        from cleaner.cli.rule_acts import key_of
        from cleaner.rules import Rule

        spent = times.rules.get(key_of(rule)) if times is not None else None
        if isinstance(rule, Rule):
            return cls(rule.id, rule.verb, rule.source, acts, spent)
        return cls(f"metadata.{rule.field}", "metadata", rule.source, acts, spent)


def _as_text(rows: list[_Row], pages: int, failed: int, times: Times | None) -> Iterator[str]:
    from cleaner.cli.rules import table

    head = ("RULE", "VERB", "PAGES", "MATCHES", "DECIDED", "WORDS", *(("MS",) if times else ()), "SOURCE")
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    yield from table([head, *(_cells(row, times) for row in rows)], width)
    for row in rows:
        if row.acts.examples:
            yield ""
            yield row.id
            yield from (f"  {text}" for text in row.acts.examples)
    yield ""
    idle = sum(not row.acts.pages for row in rows)
    failures = f", {failed} failed" if failed else ""
    yield f"{count_of(pages, 'page')}{failures}; {count_of(len(rows), 'rule')}, {idle} without a match"
    if times:
        measured = f"{times.page:.1f} ms a page, {times.without:.1f} ms without rules"
        yield f"measured on {count_of(times.pages, 'page')}: {measured}; MS is each rule by itself"


def _cells(row: _Row, times: Times | None) -> tuple[str, ...]:
    acts = row.acts
    counts = tuple(map(str, (acts.pages, acts.blocks, acts.decided, acts.words)))
    spent = ("" if row.milliseconds is None else f"{row.milliseconds:.2f}",) if times else ()
    return (row.id, row.verb, *counts, *spent, row.source)


def _as_dict(rows: list[_Row], pages: int, failed: int, times: Times | None) -> dict[str, Any]:
    found: dict[str, Any] = {"pages": pages, "failed": failed}
    if times is not None:
        found["time"] = {
            "pages": times.pages,
            "milliseconds": round(times.page, 3),
            "milliseconds_without_rules": round(times.without, 3),
        }
    found["rules"] = [
        {
            "id": row.id,
            "verb": row.verb,
            "source": row.source,
            "pages": row.acts.pages,
            "matches": row.acts.blocks,
            "decided": row.acts.decided,
            "words": row.acts.words,
            "milliseconds": None if row.milliseconds is None else round(row.milliseconds, 4),
            "examples": row.acts.examples,
        }
        for row in rows
    ]
    return found
