"""What `cleaner clean` is asked for, apart from rules and extractor, and which options do not go together."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from cleaner.readers import Columns, OpenInput
    from cleaner.writers import MarkdownOptions

STDIN = "-"
PARQUET = ".parquet"
FAILURES = "failures.jsonl"
FORMATS = ("md", "json", "jsonl", "text", "parquet")  # of `cleaner.writers`, which `--help` need not load
ROWS = ("json", "jsonl", "parquet")
SHARDED = ("jsonl", "parquet")
ENGINES = ("local", "ray", "spark")


@dataclass(frozen=True, slots=True)
class BatchOptions:
    """What the user asked for, apart from rules and extractor."""

    inputs: tuple[str, ...]
    output: str | None
    format: str | None
    url: str | None
    media_type: str | None
    removed: bool
    fields: tuple[str, ...] | None
    front_matter: bool
    markdown: MarkdownOptions
    columns: Columns
    urls: str | None
    url_from: str | None
    workers: int | None
    timeout: float | None
    max_size: int
    site_repeats: bool
    resume: bool
    engine: str
    shard_size: int | None
    quiet: bool
    verbose: bool
    stdin: OpenInput | None
    """Standard input, where it is the input."""

    @property
    def single(self) -> bool:
        """One page, by the name of its file or from standard input."""
        from cleaner.readers import holds_many
        from cleaner.readers.files import is_single_file

        if self.stdin is not None:
            return self.stdin.kind is None
        return is_single_file(self.inputs) and not holds_many(self.inputs[0], self.columns)

    @property
    def into_folder(self) -> bool:
        """Whether the output is named as a folder, or is one."""
        return self.output is not None and (self.output.endswith(("/", "\\")) or Path(self.output).is_dir())

    @property
    def sharded(self) -> bool:
        """Whether the output is a folder of shards."""
        if self.output is None or self.chosen_format not in SHARDED:
            return False
        is_table = self.chosen_format == "parquet"
        names_file = Path(self.output).suffix.lower() == PARQUET and not self.into_folder
        return self.shard_size is not None or (is_table and not names_file)

    @property
    def chosen_format(self) -> str:
        """The format: as asked for, else by the suffix of the output file, else Markdown."""
        from cleaner.writers import WRITERS

        if self.format is None and self.output is not None and not self.into_folder:
            suffix = Path(self.output).suffix.lower()
            if suffix == PARQUET:
                return "parquet"
            return next((name for name, writer in WRITERS.items() if writer.suffix == suffix), "md")
        return self.format or "md"

    @property
    def writes_folder(self) -> bool:
        """Whether the output is a folder, of files or of shards."""
        if self.output is None:
            return False
        return self.sharded or self.into_folder or not (self.single or self.chosen_format in SHARDED)

    @property
    def failures(self) -> Path | None:
        """The list of failures: in the output folder, or beside a file. There is none beside a pipe or a device."""
        from cleaner.batch.writing import replaced_file

        if self.output is None or (self.single and not self.sharded):
            return None
        output = Path(self.output)
        if self.writes_folder:
            return output / FAILURES
        return output.parent / FAILURES if replaced_file(output) is not None else None

    @property
    def outputs(self) -> list[Path]:
        """What is written, apart from what an output folder holds."""
        return [*([Path(self.output)] if self.output else []), *([self.failures] if self.failures else [])]


def check_options(options: BatchOptions) -> None:
    """Raises click.UsageError for options that do not go together."""
    from cleaner.readers.kinds import is_place

    if options.quiet and options.verbose:
        raise click.UsageError("--quiet and --verbose exclude each other")
    if STDIN in options.inputs and options.stdin is None:
        raise click.UsageError("'-' (standard input) cannot be combined with other inputs")
    if options.fields is not None and options.chosen_format not in ROWS:
        raise click.UsageError(f"--fields is for -f {', '.join(ROWS)}")
    _check_shards(options)
    _check_engine(options)
    if options.fields is not None and not options.removed:
        raise click.UsageError("--fields says whether there is 'removed'; --no-removed is for the whole document")
    if options.url and not options.single:
        raise click.UsageError("--url is the address of one page; there are several inputs")
    if options.url and (options.urls or options.url_from):
        raise click.UsageError("--url is the address of one page; --urls and --url-from are for others")
    if options.output is not None and is_place(options.output):
        raise click.UsageError(f"{options.output}: OUT is a file or folder of this machine")
    if not options.single:
        _check_output_of_many(options)
    _check_not_input(options)
    if options.site_repeats:
        _check_read_twice(options)
    if options.resume and not options.writes_folder:
        raise click.UsageError("--resume needs a folder as OUT: a single file is always written whole")


def _check_shards(options: BatchOptions) -> None:
    if options.chosen_format == "parquet" and options.output is None:
        raise click.UsageError("-f parquet needs -o OUT")
    if options.shard_size is None:
        return
    if options.chosen_format not in SHARDED:
        raise click.UsageError(f"--shard-size is for -f {' and '.join(SHARDED)}")
    if options.output is None or (Path(options.output).exists() and not options.into_folder):
        raise click.UsageError("--shard-size needs a folder as OUT")


def _check_engine(options: BatchOptions) -> None:
    if options.engine == "local":
        return
    if options.chosen_format not in SHARDED:
        raise click.UsageError(f"--engine {options.engine} is for -f {' and '.join(SHARDED)}")
    if options.workers is not None:
        raise click.UsageError("--workers is for --engine local: another engine knows its processors")


def _check_read_twice(options: BatchOptions) -> None:
    for given in options.inputs:
        path = Path(given)
        if given == STDIN or (path.exists() and not path.is_dir() and not path.is_file()):
            name = "standard input" if given == STDIN else given
            raise click.UsageError(f"--site-repeats reads its input twice; {name} can be read only once")
    if options.single:
        raise click.UsageError("--site-repeats compares the pages of a site; there is one page")


def _check_not_input(options: BatchOptions) -> None:
    """Refuses a file that would be read and written. An output folder is another matter."""
    outputs = [output for output in options.outputs if output.exists() and not output.is_dir()]
    for given in options.inputs:
        for output in outputs:
            if given != STDIN and _same(output, Path(given)):
                raise click.UsageError(f"{output}: is an input too")


def _same(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)


def _check_output_of_many(options: BatchOptions) -> None:
    from cleaner.writers import WRITERS

    if options.output is None:
        if options.chosen_format != "jsonl":
            raise click.UsageError("several inputs need -o OUT, or -f jsonl to go to standard output")
        return
    output = Path(options.output)
    if not options.writes_folder:
        return
    looks_like_file = output.suffix.lower() in (writer.suffix for writer in WRITERS.values())
    if not options.into_folder and (output.exists() or looks_like_file):
        raise click.UsageError(f"{options.output}: several inputs need a folder, or -f jsonl to go into one file")
    if any(Path(given).is_dir() and _same(output, Path(given)) for given in options.inputs):
        raise click.UsageError(f"{options.output}: is an input too, its results would be read as pages")
