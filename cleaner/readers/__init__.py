"""Where pages come from: each reader gives `Record`s."""

from cleaner.readers.columns import Columns
from cleaner.readers.expand import expand, holds_many
from cleaner.readers.files import InputError, count_files, find_files
from cleaner.readers.record import ReadFailure, Record
from cleaner.readers.tables import table_kind, table_records, with_tables
from cleaner.readers.warc import warc_records

__all__ = [
    "Columns",
    "InputError",
    "ReadFailure",
    "Record",
    "count_files",
    "expand",
    "find_files",
    "holds_many",
    "table_kind",
    "table_records",
    "warc_records",
    "with_tables",
]
