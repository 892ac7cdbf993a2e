"""The addresses of pages in files: from a list of paths and addresses, or made by a pattern."""

from __future__ import annotations

import hashlib
import io
import json
import os
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from string import Formatter
from typing import Any
from urllib.parse import quote

from cleaner.readers.files import InputError
from cleaner.readers.record import Record

PATHS = ("path", "file", "filename", "file_name", "filepath", "file_path", "name", "id", "key")
"""Names of columns with paths, in a list of addresses."""
PLACEHOLDERS = ("path", "name", "stem", "id")
"""What stands in braces in a pattern of addresses."""
_ADDRESS = re.compile(r"https?://[^\s/]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class AddressPattern:
    """An address with placeholders: "https://example.com/{path}".

    - `{path}`: the page's name in the batch, with "/" between folders: "news/a.html".
    - `{name}`: the last part of it: "a.html".
    - `{stem}`: that without its suffix: "a".
    - `{id}`: what the page's source calls it, with "/" escaped.

    All are percent-encoded. Raises InputError for another placeholder, for none at all, and for what is no address.
    """

    pattern: str

    def __post_init__(self) -> None:
        known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
        try:
            parts = list(Formatter().parse(self.pattern))
        except ValueError as error:
            raise InputError(f"{self.pattern}: {error}; there are {known}") from None
        names = [name for _, name, _, _ in parts if name is not None]
        for _, name, form, conversion in parts:
            if name is not None and (name not in PLACEHOLDERS or form or conversion):
                shown = f"{name}{'!' + conversion if conversion else ''}{':' + form if form else ''}"
                raise InputError(f"{self.pattern}: unknown placeholder {{{shown}}}; there are {known}")
        if not names:
            raise InputError(f"{self.pattern}: gives every page the same address; there are {known}")
        if not _ADDRESS.match(self.pattern):
            raise InputError(f"{self.pattern}: is no address that begins with http:// or https://")

    def of(self, record: Record) -> str:
        """The address of a page."""
        name = PurePosixPath(record.name)
        return self.pattern.format(
            path=_quoted(record.name, "/"), name=_quoted(name.name), stem=_quoted(name.stem), id=_quoted(record.id)
        )


def _quoted(text: str, safe: str = "") -> str:
    return quote(text, safe=safe + "~", errors="surrogateescape")


@dataclass(slots=True)
class Addresses:
    """The addresses of pages that have none: by a list, and by a pattern for what the list does not have.

    Memory grows with the list.
    """

    listed: Mapping[str, str] = field(default_factory=dict)
    """Addresses by paths, as `read_addresses` gives them."""
    pattern: AddressPattern | None = None
    folders: Sequence[str] = ()
    """Folders that the paths of the list may start from, beside the current one and that of the batch."""
    missing: int = 0
    """How many pages have been given no address."""

    def __call__(self, records: Iterable[Record]) -> Iterator[Record]:
        """The records, with addresses; a record that has one keeps it."""
        for record in records:
            url = record.url or self._listed(record) or (self.pattern.of(record) if self.pattern else None)
            self.missing += url is None
            yield record if url == record.url else replace(record, url=url)

    def _listed(self, record: Record) -> str | None:
        if not self.listed:
            return None
        return next((url for name in self._names(record) if (url := self.listed.get(name))), None)

    def _names(self, record: Record) -> Iterator[str]:
        """What a list may call a page: its name, its id, its path from a folder or the root."""
        yield record.name
        yield record.id
        if record.path is None:
            return
        yield _normal(record.path)
        path = os.path.abspath(record.path)  # noqa: PTH100  # a link keeps its name
        yield _normal(path)
        for folder in (".", *self.folders):
            full = os.path.abspath(folder)  # noqa: PTH100
            if path.startswith(full.rstrip(os.sep) + os.sep):
                yield _normal(os.path.relpath(path, full))

    @property
    def fingerprint(self) -> tuple[str, str]:
        """What tells these addresses from others, for `--resume`."""
        listed = hashlib.sha256(repr(sorted(self.listed.items())).encode(errors="surrogatepass")).hexdigest()
        return (listed if self.listed else "", self.pattern.pattern if self.pattern else "")


def read_addresses(path: Path) -> dict[str, str]:
    """The addresses in a list by the paths beside them, normalized: CSV, TSV or JSONL of path and url.

    CSV and TSV may begin with a line of names; without one, the address is what begins with http:// or https:// in
    the first line, and the path is the value beside it. Objects of JSONL have `path` (or `file`, `name`, ...) and `url`
    (or `link`, ...).

    Raises InputError where the file cannot be read, and for a line that has not both, with its number.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or 'cannot be read'}") from None
    except UnicodeDecodeError:
        raise InputError(f"{path}: is no UTF-8") from None
    pairs = _of_objects(path, text) if text.lstrip().startswith("{") else _of_lines(path, text)
    found = {_normal(name): url for name, url in pairs}
    if not found:
        raise InputError(f"{path}: has no address")
    return found


def _of_objects(path: Path, text: str) -> Iterator[tuple[str, str]]:
    from cleaner.readers.columns import URLS

    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            row = None
        if not isinstance(row, dict):
            raise InputError(f"{path}: line {number} is no JSON object")
        yield _pair(path, number, _first(row, PATHS), _first(row, URLS))


def _first(row: Mapping[str, Any], names: Iterable[str]) -> str | None:
    from cleaner.readers.columns import text_of

    by_name = {name.lower(): value for name, value in row.items()}
    return next((text for name in names if (text := text_of(by_name.get(name)))), None)


def _of_lines(path: Path, text: str) -> Iterator[tuple[str, str]]:
    import csv

    first = text.partition("\n")[0]
    delimiter = "\t" if "\t" in first else ";" if "," not in first and ";" in first else ","
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    places: tuple[int, int] | None = None
    try:
        for row in rows:
            cells = [cell.strip() for cell in row]
            if not any(cells):
                continue
            if places is None:
                places = _places(path, cells)
                if not _ADDRESS.match(cells[places[1]]):
                    continue  # a line of names
            name, url = (cells[place] if place < len(cells) else None for place in places)
            yield _pair(path, rows.line_num, name, url)
    except csv.Error as error:
        raise InputError(f"{path}: line {rows.line_num}: {error}") from None


def _places(path: Path, cells: list[str]) -> tuple[int, int]:
    """The places of path and address in the lines, by the first of them."""
    from cleaner.readers.columns import URLS

    at = next((place for place, cell in enumerate(cells) if _ADDRESS.match(cell)), None)
    if at is not None and len(cells) > 1:
        return (at - 1 if at else 1), at
    names = [cell.lower() for cell in cells]
    name = next((names.index(known) for known in PATHS if known in names), None)
    url = next((names.index(known) for known in URLS if known in names), None)
    if name is None or url is None:
        raise InputError(f"{path}: line 1 has neither an address beside a path nor the names 'path' and 'url'")
    return name, url


def _pair(path: Path, number: int, name: str | None, url: str | None) -> tuple[str, str]:
    if not name or not url or not _ADDRESS.match(url):
        raise InputError(f"{path}: line {number} needs a path and an address that begins with http:// or https://")
    return name, url


def _normal(path: str) -> str:
    """A path in one of its spellings: "./a//b.html" is "a/b.html"."""
    return posixpath.normpath(path.replace(os.sep, "/"))
