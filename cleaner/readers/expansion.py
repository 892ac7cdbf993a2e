"""Files that hold many pages to the records in them, whatever they are: tables, web archives, zip and tar."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, BinaryIO

from cleaner.readers.contents import kind_of_file
from cleaner.readers.files import IN_FOLDERS, MEDIA_TYPES, page_suffix
from cleaner.readers.kinds import ARCHIVES, KINDS, SEEKING, TABLES, Columns, Kind, kind_of
from cleaner.readers.record import MAX_SIZE, ReadFailure, Record, open_file, too_large, unreadable

if TYPE_CHECKING:
    from cleaner.readers.archives import Member

Tell = Callable[[str], None]

MAX_DEPTH = 2
"""Archives in which a page may lie, one within the other: a bomb of archives within archives ends here."""
_NESTED: dict[Kind, frozenset[Kind]] = {"wacz": frozenset(("warc",))}
"""What is expanded of an archive's files, where that is not all: tables in WACZ are lists of what its WARCs hold."""


def expand(
    records: Iterable[Record], columns: Columns | None = None, *, max_size: int = MAX_SIZE, tell: Tell | None = None
) -> Iterator[Record]:
    """The records, and instead of those whose files hold many pages the records in them, lazily.

    - Tables: a record for each row; see `table_records`. `columns` says what their columns hold.
    - Web archives: a record for each page; see `warc_records`.
    - Archives of files: the pages in them, compressed or not, in their order, and what the tables, web archives and
      archives in them hold. A record is named by the archive and the place in it: "pages.zip/news/a.html". Parts that
      lead out of the archive are left out, and a name that comes twice gets a number.

    The names of the files tell what they are, and their content where a name tells nothing. `max_size` is in bytes of a
    page. `tell` is called once for each way of reading tables with which columns were guessed.

    Never raises because of a file: one that cannot be read is a record with a `failure`, and one that is broken ends
    with such a record.
    """
    expansion = _Expansion(columns, max_size, _once(tell))
    for record in records:
        is_file = record.path is not None and record.data is None and record.failure is None
        kind = kind_of_file(record.path or "", columns) if is_file else None
        if kind is None:
            yield record
        else:
            yield from expansion.file(record, kind)


def expand_stream(
    record: Record, kind: Kind, stream: BinaryIO, columns: Columns | None, *, max_size: int, tell: Tell | None
) -> Iterator[Record]:
    """The records in an open file of a kind, decompressed, for which `record` stands. See `expand`."""
    yield from _Expansion(columns, max_size, _once(tell)).stream(record, kind, stream, "")


def _once(tell: Tell | None) -> Tell | None:
    """A `tell` that says of each choice of columns only once which it is."""
    said: set[str] = set()

    def tell_once(line: str) -> None:
        choice = line.partition(": ")[2]
        if tell is not None and choice not in said:
            said.add(choice)
            tell(line)

    return tell_once if tell is not None else None


@dataclass(frozen=True, slots=True)
class _Expansion:
    columns: Columns | None
    max_size: int
    tell: Tell | None

    def file(self, record: Record, kind: Kind) -> Iterator[Record]:
        """The records in the file of a record."""
        try:
            with open_file(record.path or "") as stream:
                yield from self.stream(record, kind, stream, record.path or "")
        except ReadFailure as failure:
            yield replace(record, failure=failure)

    def stream(self, record: Record, kind: Kind, stream: BinaryIO, name: str, depth: int = 1) -> Iterator[Record]:
        """The records in an open file, which `record` stands for; `name` tells how it is compressed."""
        try:
            with _ready(kind, stream, name, depth) as ready:
                if kind in ARCHIVES:
                    yield from self._archive(record, kind, ready, depth)
                else:
                    yield from self._pages(record, kind, ready)
        except ReadFailure as failure:
            yield replace(record, failure=failure)
        except OSError as error:
            yield replace(record, failure=unreadable(error))

    def _pages(self, record: Record, kind: Kind, stream: BinaryIO) -> Iterator[Record]:
        path = record.path or record.name
        if kind in TABLES:
            from cleaner.readers.tables import table_records

            return table_records(
                path,
                stream,
                self.columns,
                name=record.name,
                kind=kind,
                media_type=record.media_type,
                max_size=self.max_size,
                tell=self.tell,
            )
        from cleaner.readers.warc import warc_records

        return warc_records(path, stream, name=record.name, media_type=record.media_type, max_size=self.max_size)

    def _archive(self, record: Record, kind: Kind, stream: BinaryIO, depth: int) -> Iterator[Record]:
        from cleaner.readers.archives import members

        nested = _NESTED.get(kind, frozenset(KINDS.values()))
        is_empty = depth == 1  # one within another is a file as any other
        for member in members(kind, stream, lambda path: _is_page(path) or kind_of(path) in nested):
            name = f"{record.name}/{member.name}"
            inner = replace(record, name=name, id=name)
            is_empty = False
            if _is_page(member.path):
                yield self._page(inner, member)
            else:
                yield from self._nested(inner, kind_of(member.path), member, depth)
        if is_empty:
            raise ReadFailure("not_a_page", "an archive without a page", f"not_a_page.{kind}")

    def _page(self, record: Record, member: Member) -> Record:
        from cleaner.readers.compression import read_up_to

        media_type = record.media_type or MEDIA_TYPES[page_suffix(member.path)]
        try:
            with member.open() as stream:
                data = read_up_to(stream, self.max_size + 1)
            if len(data) > self.max_size:
                raise too_large(self.max_size)
        except ReadFailure as failure:
            return replace(record, failure=failure, media_type=media_type)
        return replace(record, data=data, media_type=media_type)

    def _nested(self, record: Record, kind: Kind | None, member: Member, depth: int) -> Iterator[Record]:
        """The records in a file of an archive that holds many pages."""
        assert kind is not None
        try:
            if kind in ARCHIVES and depth == MAX_DEPTH:
                raise ReadFailure("not_a_page", "an archive that lies too deep within others", f"not_a_page.{kind}")
            with member.open() as stream:
                for found in self.stream(record, kind, stream, member.path, depth + 1):
                    if not self._is_other_table(found):
                        yield replace(found, metadata={"member": member.path, **found.metadata})
        except ReadFailure as failure:
            yield replace(record, failure=failure)

    def _is_other_table(self, record: Record) -> bool:
        """Whether a record is a table without pages, of which nobody has named a column: a file as any other."""
        named = self.columns is not None and (self.columns.html or self.columns.text)
        return record.failure is not None and record.failure.code == "table.no_column" and not named


@contextmanager
def _ready(kind: Kind, stream: BinaryIO, name: str, depth: int) -> Iterator[BinaryIO]:
    """What the readers of a kind ask for: decompressed data, or a stream that can seek."""
    from cleaner.readers.compression import plain_stream

    if kind not in SEEKING:
        yield plain_stream(stream, name)
    elif stream.seekable():
        yield stream
    else:
        from cleaner.readers.archives import MAX_SPOOLED, spooled

        with spooled(stream, MAX_SPOOLED if depth > 1 else None) as copy:
            yield copy


def _is_page(path: str) -> bool:
    return page_suffix(path) in IN_FOLDERS
