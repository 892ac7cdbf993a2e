"""Batches of Arrow: a row with a page in, a row with its document or its failure out. The engines run this."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from os import PathLike
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from cleaner.batch.jobs import Failure, Job, Result, Settings
from cleaner.batch.run import TIMEOUT, check_limits
from cleaner.integrations.kept import Kept, kept
from cleaner.readers.columns import Chosen, Table, choose
from cleaner.readers.kinds import Columns
from cleaner.readers.parquet import has_column, is_plain
from cleaner.readers.record import MAX_SIZE, ReadFailure, Record
from cleaner.writers.arrow import arrow_schema, load_pyarrow
from cleaner.writers.markdown.options import MarkdownOptions
from cleaner.writers.rows import TABLE_FIELDS, check_fields

if TYPE_CHECKING:
    import pyarrow

    from cleaner.batch.repeats import KnowsRepeats
    from cleaner.engine import Cleaner
    from cleaner.rules import RuleSet

FIELDS = tuple(name for name in TABLE_FIELDS if name != "path")
"""What a row has where nobody chooses: as in Parquet, without the file."""
EXTRA = "batches of Arrow need the extra 'arrow': pip install 'cleaner[arrow]'"
ERROR = "error"
"""The column that says why a row has no document; null where it has one."""
PORTION = 64
"""Rows for each worker that are cleaned before their results are given."""
PORTION_SIZE = 32_000_000
"""Bytes of pages that a portion may have; the last page may go beyond it."""

Given = TypeVar("Given", "pyarrow.RecordBatch", "pyarrow.Table")


@dataclass(frozen=True)
class BatchCleaner:
    """Cleans batches of rows: for each row one with the chosen fields, in the same order.

    - `fields`: names of `cleaner.writers.rows.FIELDS`, without "path".
    - `columns`: which columns hold what; what is not said is guessed by common names.
    - `keep`: columns that are carried over as they are, behind the fields.
    - `rules`, `extractor`, `favor`, `comments`, `model`, `text_model`, `ascii_punctuation`: as of `Cleaner`.
    - `media_type`: what all pages are; otherwise the column tells: html, text or, by the content, either.
    - `markdown`: how the field "markdown" is written.
    - `repeats`: what repeats on each site, which goes from the documents; a dictionary of `SiteRepeats` by site.
    - `max_size`: bytes (of a text, characters) that a page may have.
    - `timeout`: seconds that a page may take; None: any time.
    - `workers`: processes that clean. They are started with the first row, wait for further batches, and end with this
      process. 0: this process cleans, and has no time-out.

    The last column is `error`, null for a row that has its document. Otherwise it has `kind`, `code` and `reason`, as
    of a `Failure`, and the row has only its id, its address, its warnings and what is kept.

    It can be pickled, does not change and is safe in threads, which take turns.

    Raises ValueError for unknown fields and options that do not go together, ImportError where pyarrow is missing.
    """

    fields: tuple[str, ...] = FIELDS
    columns: Columns = field(default_factory=Columns)
    keep: tuple[str, ...] = ()
    rules: RuleSet | None = None
    extractor: Literal["auto", "trafilatura", "none"] = "auto"
    favor: Literal["precision", "balanced", "recall"] = "balanced"
    comments: Literal["auto", "keep", "drop"] = "auto"
    model: str | PathLike[str] | None = None
    text_model: str | PathLike[str] | None = None
    ascii_punctuation: bool = False
    media_type: str | None = None
    markdown: MarkdownOptions | None = None
    repeats: KnowsRepeats | None = None
    max_size: int = MAX_SIZE
    timeout: float | None = TIMEOUT
    workers: int = 1

    def __post_init__(self) -> None:
        try:
            load_pyarrow()
        except ImportError as error:
            raise ImportError(EXTRA) from error
        object.__setattr__(self, "fields", check_fields(self.fields))
        object.__setattr__(self, "keep", tuple(self.keep))
        if "path" in self.fields:
            raise ValueError("the rows of a batch have no files; keep=('path',) carries a column over")
        double = sorted({*self.fields, ERROR}.intersection(self.keep))
        if double:
            raise ValueError(f"a column to keep has the name of a field: {', '.join(double)}")
        check_limits(self.workers, self.timeout)
        if self.timeout is not None and self.workers == 0:
            raise ValueError("a time-out needs worker processes: with workers=0 goes timeout=None")

    def __call__(self, batch: Given) -> Given:
        """The rows for a batch: a `RecordBatch` for a `RecordBatch`, a `Table` for a `Table`.

        Never raises because of a row. Raises ValueError where no column holds pages, or a named column is missing, and
        RuntimeError where worker processes do not start.
        """
        pa = load_pyarrow()
        table = pa.Table.from_batches(self.batches(batch), self.schema(batch.schema))
        if isinstance(batch, pa.Table):
            return table
        return pa.RecordBatch.from_arrays([_whole(column) for column in table.columns], schema=table.schema)

    def batches(self, batch: pyarrow.RecordBatch | pyarrow.Table) -> Iterator[pyarrow.RecordBatch]:
        """The rows of a batch, a portion at a time, so that memory does not grow with the batch. Raises as a call."""
        chosen = self.chosen(batch.schema)
        schema = self.schema(batch.schema)
        runner = kept(self._key, lambda: Kept(self._settings, self.workers, self.timeout))
        start = 0
        for records in _portions(_records(batch, chosen, self), max(1, self.workers) * PORTION):
            results = runner.results(Job(record, None) for record in records)
            given = batch.slice(start, len(records))
            yield _rows(results, self.fields, [_whole(given.column(name)) for name in self.keep], schema)
            start += len(records)

    def schema(self, given: pyarrow.Schema | None = None) -> pyarrow.Schema:
        """The schema of the rows; `given` is that of the batches, which says what type a column to keep has.

        Raises ValueError where there is no such column.
        """
        schema = _schema(self.fields)
        for name in reversed(self.keep):
            if given is None or name not in given.names:
                raise ValueError(f"no column {name!r} to keep{'' if given is None else _there(given)}")
            schema = schema.insert(len(self.fields), given.field(name).remove_metadata())
        return schema

    def chosen(self, given: pyarrow.Schema) -> Chosen:
        """The columns by which batches of a schema are read.

        Raises ValueError where none holds pages, or a named one is missing.
        """
        named = {name: getattr(self.columns, name) for name in ("html", "text", "url", "id", "language")}
        for told, name in named.items():
            if name is not None and not has_column(given, name):
                raise ValueError(f"no column {name!r} for {told}{_there(given)}")
        pa = load_pyarrow()
        is_own = "blocks" in given.names and pa.types.is_list(given.field("blocks").type)
        try:
            return choose(self.columns, given.names, lambda name: has_column(given, name), is_own=is_own)
        except ReadFailure as failure:
            words = str(failure).replace("--html-field", "Columns(html=...)")
            raise ValueError(words.replace("--text-field", "Columns(text=...)")) from None

    def cleaner(self) -> Cleaner:
        """What cleans a page. Raises as `Cleaner` does."""
        from cleaner.engine import Cleaner

        return Cleaner(
            self.rules,
            extractor=self.extractor,
            favor=self.favor,
            comments=self.comments,
            model=self.model,
            text_model=self.text_model,
            ascii_punctuation=self.ascii_punctuation,
        )

    def _settings(self) -> Settings:
        from cleaner.batch.tables import TableRendering

        return Settings(self.cleaner(), TableRendering(self.fields, self.markdown), self.max_size, self.repeats)

    @cached_property
    def _key(self) -> str:
        """The same for all cleaners that can share workers."""
        own = replace(self, keep=(), columns=Columns(), media_type=None)
        return hashlib.sha256(pickle.dumps(own)).hexdigest()


def clean_batch(batch: Given, **options: Any) -> Given:
    """Cleans the page in each row of a batch or table; the options are those of `BatchCleaner`, which see.

    Never raises because of a row. Raises ValueError and TypeError for wrong options, ValueError where no column holds
    pages, and RuntimeError where worker processes do not start.
    """
    return BatchCleaner(**options)(batch)


def schema(fields: Iterable[str] = FIELDS) -> pyarrow.Schema:
    """The schema of what `clean_batch` gives for these fields. Raises ValueError for an unknown one."""
    return BatchCleaner(fields=tuple(fields)).schema()


@cache
def _schema(fields: tuple[str, ...]) -> Any:
    pa = load_pyarrow()
    error = pa.struct([(name, pa.string()) for name in ("kind", "code", "reason")])
    return arrow_schema(fields).append(pa.field(ERROR, error))


def _there(given: Any) -> str:
    return f"; there are {', '.join(given.names)}"


def _records(batch: Any, chosen: Chosen, options: BatchCleaner) -> Iterator[Record]:
    """A record for each row. One without a page has a failure."""
    pa = load_pyarrow()
    used = {name if name in batch.schema.names else name.partition(".")[0] for name in chosen.used}
    notes = {one.name for one in batch.schema if is_plain(pa, one.type)} if "metadata" in options.fields else set()
    named = [(name, batch.column(name)) for name in batch.schema.names if name in used | notes]
    table = Table("", "", options.media_type, options.max_size)
    for place in range(batch.num_rows):
        try:
            row: Mapping[str, Any] = {name: column[place].as_py() for name, column in named}
        except (UnicodeDecodeError, OverflowError, ValueError) as error:
            yield _without_row(named, place, chosen, ReadFailure("unreadable", str(error), "row.not_text"))
            continue
        record = table.record(place, row, chosen)
        # A number would depend on where the batch was cut: a row that has no id gets none.
        yield replace(record, name="", path=None, id="" if record.id == table.id(place) else record.id)


def _without_row(named: Iterable[tuple[str, Any]], place: int, chosen: Chosen, failure: ReadFailure) -> Record:
    """The record of a row with a value that is no UTF-8: what it is called may be fine."""
    from cleaner.readers.columns import text_of

    known: dict[str, str | None] = {}
    for name, column in named:
        if name in (chosen.id, chosen.url):
            try:
                known[name] = text_of(column[place].as_py())
            except (UnicodeDecodeError, OverflowError, ValueError):
                known[name] = None
    return Record("", url=known.get(chosen.url or ""), id=known.get(chosen.id or "") or "", failure=failure)


def _portions(records: Iterable[Record], most: int) -> Iterator[list[Record]]:
    portion: list[Record] = []
    size = 0
    for record in records:
        portion.append(record)
        size += len(record.data or "")
        if len(portion) == most or size > PORTION_SIZE:
            yield portion
            portion, size = [], 0
    if portion:
        yield portion


def _whole(column: Any) -> Any:
    """A column as one array."""
    pa = load_pyarrow()
    if not isinstance(column, pa.ChunkedArray):
        return column
    return pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)


def _rows(results: list[Result], fields: tuple[str, ...], kept_columns: list[Any], schema: Any) -> Any:
    """The rows of the results: documents, and nulls for failures."""
    pa = load_pyarrow()
    own = arrow_schema(fields)
    documents = [pa.ipc.read_record_batch(pa.py_buffer(result.data), own) for result in results if not result.failure]
    table = pa.Table.from_batches(documents, own)
    failures = {place: result.failure for place, result in enumerate(results) if result.failure}
    columns = [_whole(column) for column in table.columns]
    if failures:
        numbers = iter(range(len(documents)))
        places = pa.array([None if result.failure else next(numbers) for result in results], pa.int64())
        columns = [_told(name, column.take(places), failures) for name, column in zip(fields, columns, strict=True)]
    errors = [_error(result.failure) for result in results]
    return pa.RecordBatch.from_arrays(
        [*columns, *kept_columns, pa.array(errors, schema.field(ERROR).type)], schema=schema
    )


def _error(failure: Failure | None) -> dict[str, str] | None:
    if failure is None:
        return None
    return {"kind": failure.kind, "code": failure.code, "reason": failure.reason}


_TOLD: Mapping[str, Any] = {
    "id": lambda failure: failure.id or None,
    "url": lambda failure: failure.url,
    "warnings": lambda failure: [failure.reason],
    "warning_codes": lambda failure: [failure.code],
}
"""What a row says of a record without a document."""


def _told(name: str, column: Any, failures: Mapping[int, Failure]) -> Any:
    if name not in _TOLD:
        return column
    values = column.to_pylist()
    for place, failure in failures.items():
        values[place] = _TOLD[name](failure)
    return load_pyarrow().array(values, column.type)
