"""Files that hold many pages to the records in them, whatever they are: tables, web archives, zip and tar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cleaner.readers.archives import archive_kind, with_archives
from cleaner.readers.columns import Columns
from cleaner.readers.record import MAX_SIZE, Record
from cleaner.readers.tables import Tell, table_kind, with_tables
from cleaner.readers.warc import is_warc, with_warcs


def holds_many(path: str) -> bool:
    """Whether a file holds many pages, by its name: a table, a web archive, zip or tar."""
    return table_kind(path) is not None or is_warc(path) or archive_kind(path) is not None


def expand(
    records: Iterable[Record], columns: Columns | None = None, *, max_size: int = MAX_SIZE, tell: Tell | None = None
) -> Iterator[Record]:
    """The records, and instead of those whose files hold many pages the records in them.

    See `with_tables` for `columns` and `tell`, `warc_records` and `with_archives`. `max_size` is in bytes of a page.
    """
    plain = with_tables(records, columns, max_size=max_size, tell=tell)
    return with_archives(with_warcs(plain, max_size=max_size), max_size=max_size)
