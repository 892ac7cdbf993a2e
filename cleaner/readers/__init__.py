"""Where pages come from: each reader gives `Record`s. A reader is imported with its first use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cleaner.readers.contents import holds_many
    from cleaner.readers.expansion import expand
    from cleaner.readers.files import InputError, count_files, find_files
    from cleaner.readers.kinds import Columns, table_kind
    from cleaner.readers.opened import OpenInput, open_input
    from cleaner.readers.record import ReadFailure, Record
    from cleaner.readers.tables import table_records
    from cleaner.readers.warc import warc_records

__all__ = [
    "Columns",
    "InputError",
    "OpenInput",
    "ReadFailure",
    "Record",
    "count_files",
    "expand",
    "find_files",
    "holds_many",
    "open_input",
    "table_kind",
    "table_records",
    "warc_records",
]

_MODULES = {
    "Columns": "kinds",
    "InputError": "files",
    "OpenInput": "opened",
    "ReadFailure": "record",
    "Record": "record",
    "count_files": "files",
    "expand": "expansion",
    "find_files": "files",
    "holds_many": "contents",
    "open_input": "opened",
    "table_kind": "kinds",
    "table_records": "tables",
    "warc_records": "warc",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module 'cleaner.readers' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"cleaner.readers.{_MODULES[name]}"), name)
