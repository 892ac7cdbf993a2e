"""`cleaner clean`."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cleaner.cli.batch_options import ENGINES, FORMATS, STDIN, BatchOptions, check_options
from cleaner.cli.errors import BrokenOff, Stopped
from cleaner.cli.exits import EXIT_CODES, Exit
from cleaner.cli.options import (
    COLUMN_OPTIONS,
    CONTENT_OPTIONS,
    MARKDOWN_OPTIONS,
    CleanerOptions,
    column_options,
    count_of,
    markdown_options,
    page_options,
    rule_options,
    standard_input,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cleaner.batch import Summary
    from cleaner.batch.outputs import FolderOutput, Rendering, StreamOutput
    from cleaner.batch.repeats import RepeatsFile
    from cleaner.batch.run import Engine
    from cleaner.batch.shards import ShardOutput
    from cleaner.batch.tables import TableRendering
    from cleaner.cli.site_repeats import How
    from cleaner.engine import Cleaner
    from cleaner.readers import Record
    from cleaner.readers.addresses import Addresses

EPILOG = """\
\b
Examples:
  cleaner clean page.html                           Markdown to standard output
  cleaner clean page.html -f json -o page.json      one page, one file
  curl -s https://example.com/ | cleaner clean - --url https://example.com/
  cleaner clean pages/ -o out/                      page.html becomes out/page.html.md
  cleaner clean 'crawl/**/*.html' -o all.jsonl      one document a line, in input order
  cleaner clean pages/ -o out/ --resume             only what is new or has changed
  cleaner clean pages/ -o out/ --rules my-site.yaml --disable share.bar
  cleaner clean pages/ -f jsonl | jq .title
  cleaner clean crawl.parquet --html-field raw -o clean.jsonl
  cleaner clean crawl.warc.gz -o clean.jsonl
  cleaner clean crawl.warc.gz -o clean.jsonl --site-repeats

"""


def _fields(context: click.Context, parameter: click.Parameter, given: str | None) -> tuple[str, ...] | None:
    """The names that `--fields` lists."""
    from cleaner.writers.rows import check_fields

    if given is None:
        return None
    try:
        return check_fields(name.strip() for name in given.split(",") if name.strip())
    except ValueError as error:
        raise click.UsageError(f"--fields: {error}", context) from None


@click.command(epilog=EPILOG + EXIT_CODES)
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    metavar="OUT",
    help="A folder; or a file, for one input and for -f jsonl. Left out: standard output.",
)
@click.option(
    "-f", "--format", type=click.Choice(FORMATS), help="Left out: by the suffix of OUT, if it is a file, or md."
)
@rule_options
@page_options
@column_options
@click.option("--urls", metavar="FILE", help="A list of paths and addresses of pages: CSV, TSV or JSONL.")
@click.option(
    "--url-from", metavar="PATTERN", help="Addresses by a pattern: 'https://example.com/{path}', {name}, {stem}, {id}."
)
@click.option("--no-removed", is_flag=True, help="Leave the list of what was removed out of JSON and JSONL.")
@click.option(
    "--fields",
    metavar="NAMES",
    callback=_fields,
    help="What a row of JSON, JSONL or Parquet has, with commas: id,url,title,text.  [default: everything]",
)
@click.option("--no-front-matter", is_flag=True, help="Leave the metadata out of Markdown; the title is a heading.")
@markdown_options
@click.option(
    "--workers", metavar="N", type=click.IntRange(min=1), help="Worker processes.  [default: one a processor]"
)
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default="local",
    show_default=True,
    help="Where pages of -f jsonl and parquet are cleaned.",
)
@click.option(
    "--timeout", metavar="S", type=click.FloatRange(min=0), help="Seconds for a page, 0 for any time.  [default: 60]"
)
@click.option(
    "--max-size",
    metavar="BYTES",
    type=click.IntRange(min=1),
    default=50_000_000,
    show_default=True,
    help="Larger inputs are failures.",
)
@click.option(
    "--shard-size",
    metavar="N",
    type=click.IntRange(min=1),
    help="Shards of N inputs in OUT, a folder, for -f jsonl and parquet.  [default for parquet: 10000]",
)
@click.option(
    "--site-repeats",
    is_flag=True,
    help="Drop what repeats over the pages of a site. The input is read twice; sites are told by the pages' addresses.",
)
@click.option("--resume", is_flag=True, help="Leave alone what OUT, a folder, already has and is current.")
@click.option("--quiet", is_flag=True, help="No progress, no warnings, no summary: errors only.")
@click.option(
    "--verbose", is_flag=True, help="Every warning, and a summary that lists rules that removed nothing, too."
)
def clean(
    inputs: tuple[str, ...],
    rules: tuple[str, ...],
    disable: tuple[str, ...],
    no_shipped_rules: bool,
    no_project: bool,
    no_removed: bool,
    no_front_matter: bool,
    no_images: bool,
    **others: Any,
) -> int:
    """Clean pages: HTML, plain text or Markdown.

    INPUT is a file, a folder (searched for .html .htm .xhtml .txt at any depth), a pattern such as '*.html', or -
    for standard input. Each row of a file .jsonl, .csv, .tsv or .parquet is a page, and each page in a .warc, .wet,
    .wacz, .zip or .tar. The output of a folder keeps its shape: page.html becomes OUT/page.html.md. What fails is
    listed in OUT/failures.jsonl, and everything else is written.
    """
    content = {name: others.pop(name) for name in CONTENT_OPTIONS}
    from cleaner.readers import Columns
    from cleaner.writers import MarkdownOptions

    columns = Columns(**{name: others.pop(f"{name}_field") for name in COLUMN_OPTIONS})
    markdown = MarkdownOptions(images=not no_images, **{name: others.pop(name) for name in MARKDOWN_OPTIONS})
    options = BatchOptions(
        inputs,
        removed=not no_removed,
        front_matter=not no_front_matter,
        markdown=markdown,
        columns=columns,
        stdin=standard_input(columns) if inputs == (STDIN,) else None,
        **others,
    )
    check_options(options)
    choice = CleanerOptions(rules, disable, not no_shipped_rules, content, not no_project)
    return _run(options, choice)


def _run(options: BatchOptions, choice: CleanerOptions) -> int:
    if not options.sharded:
        return _run_once(options, choice)
    from cleaner.batch.shards import InputsChanged

    while True:
        try:
            return _run_once(options, choice)
        except InputsChanged as changed:
            if options.stdin is not None:
                raise BrokenOff(str(changed), "standard input is gone: give it to the same command again") from None
            click.echo(f"cleaner: {changed}", err=True)


def _run_once(options: BatchOptions, choice: CleanerOptions) -> int:
    from cleaner.batch import TIMEOUT, Summary, run_batch
    from cleaner.cli.report import Report
    from cleaner.readers import InputError

    rules = choice.load()
    cleaner = choice.cleaner(rules)
    addresses = _addresses(options)
    rendering = _rendering(options)
    ruled = (rules.rules, rules.metadata, rules.links, rules.disabled)
    chosen = (*ruled, sorted(choice.options.items()), addresses.fingerprint)
    timeout = (TIMEOUT if options.timeout is None else options.timeout) or None
    how: How = {"workers": _workers(options), "timeout": timeout, "max_size": options.max_size}
    engine = _engine(options)
    summary = Summary()
    try:
        with _repeats(options, cleaner, how, chosen, engine) as repeats:
            fingerprinted = chosen if repeats is None else (*chosen, repeats.digest)
            output = _output(options, rendering, fingerprinted)
            with Report(options, _total(options)) as report:
                run_batch(
                    addresses(_records(options)),
                    cleaner,
                    output,
                    **how,
                    failures=options.failures,
                    on_result=report.add,
                    summary=summary,
                    repeats=repeats.in_memory() if repeats is not None and engine is not None else repeats,
                    engine=engine,
                )
    except InputError as error:
        raise click.UsageError(str(error)) from None
    except BrokenPipeError:
        raise
    except (OSError, RuntimeError) as error:
        done = _done_so_far(options, summary) if summary.written else ""
        raise BrokenOff(_reason(error, options), *([done] if done else [])) from None
    except KeyboardInterrupt as error:
        raise Stopped(error, _done_so_far(options, summary)) from None
    if addresses.listed and addresses.missing and not options.quiet:
        click.echo(
            f"cleaner: {options.urls}: warning: has no address for {count_of(addresses.missing, 'page')}", err=True
        )
    report.summarize(summary, rules.rules, options.failures)
    return Exit.FAILURES if summary.failures else Exit.DONE


def _repeats(
    options: BatchOptions, cleaner: Cleaner, how: How, chosen: tuple[object, ...], engine: Engine | None
) -> AbstractContextManager[RepeatsFile | None]:
    """What repeats on each site, by a first pass over the records; None where the user does not ask for it."""
    if not options.site_repeats:
        return nullcontext()
    from cleaner.cli.site_repeats import counted_repeats

    quiet = replace(options, quiet=True)  # what readers tell of tables is told in the pass that writes
    made_with = _fingerprint(
        options.inputs, options.url, options.media_type, options.columns, options.max_size, *chosen
    )
    return counted_repeats(
        options, cleaner, how, made_with, lambda: _addresses(options)(_records(quiet)), _total(options), engine
    )


def _rendering(options: BatchOptions) -> Rendering | TableRendering:
    """How documents become text or rows. Raises click.UsageError where a package is missing."""
    from cleaner.batch.outputs import Rendering
    from cleaner.batch.tables import TableRendering
    from cleaner.writers.rows import TABLE_FIELDS

    if options.chosen_format != "parquet":
        return Rendering(options.chosen_format, options.removed, options.front_matter, options.markdown, options.fields)
    try:
        return TableRendering(options.fields or TABLE_FIELDS, options.markdown)
    except ImportError as error:
        raise click.UsageError(str(error)) from None


def _engine(options: BatchOptions) -> Engine | None:
    """What cleans instead of worker processes. Raises click.UsageError where its package is missing."""
    if options.engine == "local":
        return None
    from cleaner.integrations.engines import engine_of

    try:
        return engine_of(options.engine)
    except ImportError as error:
        raise click.UsageError(str(error)) from None


def _addresses(options: BatchOptions) -> Addresses:
    from cleaner.readers import InputError
    from cleaner.readers.addresses import Addresses, AddressPattern, read_addresses

    folders = [given for given in options.inputs if Path(given).is_dir()]
    try:
        listed = read_addresses(Path(options.urls)) if options.urls else {}
        pattern = AddressPattern(options.url_from) if options.url_from else None
    except InputError as error:
        raise click.UsageError(str(error)) from None
    return Addresses(listed, pattern, folders)


def _done_so_far(options: BatchOptions, summary: Summary) -> str:
    """What a run that was stopped has done, and how to go on."""
    from cleaner.batch.writing import replaced_file

    if options.single:
        return ""
    if options.writes_folder:
        current = f", {summary.skipped} already current" if summary.skipped else ""
        command = "the same command" if options.resume else "the same command with --resume"
        made = count_of(summary.written, "document" if options.sharded else "file")
        if options.sharded:
            return f"{made} made{current}; {command} goes on from the last shard that is whole"
        return f"{made} written{current}; {command} goes on from there"
    if options.output is not None and replaced_file(Path(options.output)) is not None:
        return f"{options.output} was not written; a single file is always written whole"
    return f"{count_of(summary.written, 'document')} written"


def _workers(options: BatchOptions) -> int | None:
    """A single page needs no worker, unless its time is limited."""
    if options.single and options.workers is None:
        return 0 if options.timeout is None else 1
    return options.workers


def _reason(error: OSError | RuntimeError, options: BatchOptions) -> str:
    if isinstance(error, OSError):
        return f"{error.filename or options.output or 'standard output'}: {error.strerror or error}"
    return str(error)


def _output(
    options: BatchOptions, rendering: Rendering | TableRendering, fingerprinted: tuple[object, ...]
) -> FolderOutput | StreamOutput | ShardOutput:
    from cleaner.batch.outputs import FolderOutput, StreamOutput

    if options.output is None:
        if sys.stdout is None:
            raise BrokenOff("standard output: is closed")
        return StreamOutput(sys.stdout.buffer, rendering)
    if not options.writes_folder:
        return StreamOutput(Path(options.output), rendering)
    print_of = _fingerprint(rendering, options.url, options.media_type, options.columns, *fingerprinted)
    if options.sharded:
        from cleaner.batch.shards import SHARD_SIZE, ShardOutput

        print_of = _fingerprint(print_of, options.max_size)
        size = options.shard_size or SHARD_SIZE
        return ShardOutput(Path(options.output), rendering, size, fingerprint=print_of, resume=options.resume)
    return FolderOutput(Path(options.output), rendering, fingerprint=print_of, resume=options.resume)


def _fingerprint(*parts: object) -> str:
    """A text that is the same for the same version, options and rules, in every process."""
    import hashlib

    from cleaner.cli.options import version

    return hashlib.sha256(repr((version(), parts)).encode()).hexdigest()


def _records(options: BatchOptions) -> Iterable[Record]:
    from cleaner.readers import expand, find_files

    tell = None if options.quiet else _tell
    if options.stdin is not None:
        return options.stdin.records(
            url=options.url, media_type=options.media_type, max_size=options.max_size, tell=tell
        )
    files = find_files(options.inputs, skip=options.outputs, media_type=options.media_type, url=options.url)
    return expand(files, options.columns, max_size=options.max_size, tell=tell)


def _tell(line: str) -> None:
    click.echo(f"cleaner: {line}", err=True)


def _total(options: BatchOptions) -> int | None:
    """How many pages there are, where a progress bar will ask; the walk costs little beside the cleaning.

    None where a file holds many: to count them is to read it twice.
    """
    from cleaner.readers import find_files, holds_many

    if options.single or options.stdin is not None or options.quiet or not sys.stderr.isatty():
        return None
    if options.output is None and sys.stdout.isatty():  # a bar among the documents would garble both
        return None
    total = 0
    for record in find_files(options.inputs, skip=options.outputs):
        if holds_many(record.shown, options.columns):
            return None
        total += 1
    return total
