"""Where pages come from: each reader gives `Record`s."""

from cleaner.readers.files import InputError, count_files, find_files
from cleaner.readers.record import ReadFailure, Record

__all__ = ["InputError", "ReadFailure", "Record", "count_files", "find_files"]
