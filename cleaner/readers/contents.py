"""What files hold many pages by their content, where their names do not tell."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import BinaryIO

from cleaner.readers.files import MEDIA_TYPES, page_suffix
from cleaner.readers.kinds import Columns, Kind, is_place, kind_of
from cleaner.readers.record import ReadFailure

HEAD = 4096
"""Bytes that tell what a file holds."""
_TAIL = 65_536
"""Bytes at the end of a zip archive, which has its list of files there."""
_BY_CONTENT: dict[str, Kind] = {"warc": "warc", "zip": "zip", "tar": "tar", "parquet": "parquet"}
_OBJECT = re.compile(rb"(?:\xef\xbb\xbf)?[ \t]*\{[ \t]*\"(?:[^\"\\\r\n]|\\.){0,200}\"[ \t]*:")


def holds_many(path: str, columns: Columns | None = None) -> bool:
    """Whether a file holds many pages: a table, a web archive, zip or tar. See `kind_of_file`."""
    return kind_of_file(path, columns) is not None


def kind_of_file(path: str, columns: Columns | None = None) -> Kind | None:
    """What kind of file with many pages a file is: by its name or, where that tells nothing, by its content.

    It is CSV where its first line has the column with pages that `columns` names.
    """
    kind = kind_of(path)
    if kind is not None or page_suffix(path) in MEDIA_TYPES or is_place(path):
        return kind
    from cleaner.readers.compression import plain_stream, read_up_to

    try:
        if not Path(path).is_file():  # what a pipe gives can be read but once
            return None
        with Path(path).open("rb") as file:
            start = read_up_to(plain_stream(file), HEAD)
        found = kind_of_content(start)
        if found == "zip":
            with Path(path).open("rb") as file:
                found = kind_of_content(_ends(file))
    except (OSError, ValueError, ReadFailure):
        return None  # reading it tells
    return "csv" if found is None and columns is not None and _names(start, columns) else found


def kind_of_content(head: bytes) -> Kind | None:
    """What kind of file with many pages data is that begins with `head` (`HEAD` bytes); None for any other.

    JSONL is what begins with an object whose first key stands in the first line. CSV looks as any text does.
    """
    from cleaner.intake.not_pages import not_a_page

    if _OBJECT.match(head):
        return "jsonl"
    found = not_a_page(head)
    return _BY_CONTENT.get(found.name) if found is not None else None


def _names(head: bytes, columns: Columns) -> bool:
    """Whether the first line of a text lists a column with pages."""
    first = head.decode("utf-8-sig", errors="replace").splitlines()[:1]
    cells = {cell.strip(' "') for line in first for cell in re.split(r"[,;\t|]", line)}
    return not cells.isdisjoint(name for name in (columns.html, columns.text) if name)


def _ends(file: BinaryIO) -> bytes:
    """The beginning and the end of a file: a document of Office is a zip whose list of files tells it."""
    head = file.read(HEAD)
    file.seek(max(0, file.seek(0, os.SEEK_END) - _TAIL))
    return head + file.read()
