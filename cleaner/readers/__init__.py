"""Where pages come from: each reader gives `Record`s."""

from cleaner.readers.columns import Columns
from cleaner.readers.files import InputError, count_files, find_files
from cleaner.readers.record import ReadFailure, Record
from cleaner.readers.tables import table_kind, table_records, with_tables

__all__ = [
    "Columns",
    "InputError",
    "ReadFailure",
    "Record",
    "count_files",
    "find_files",
    "table_kind",
    "table_records",
    "with_tables",
]
