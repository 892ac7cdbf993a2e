"""A first pass over the records of a batch: what repeats over the pages of each site, in a file."""

from __future__ import annotations

import hashlib
import json
from array import array
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import lru_cache
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol, Self

from cleaner.batch.writing import part_of
from cleaner.document import Document
from cleaner.readers.record import Record
from cleaner.repeats import FEWEST, SAMPLE, SiteRepeats, page_keys, repeats_of, site_of, without_repeats

if TYPE_CHECKING:
    import sqlite3

    from cleaner.batch.jobs import Result

REPEATS = ".cleaner.repeats"
"""The name, in an output folder, of the file with what repeats."""
SITES_AT_HAND = 64
"""Sites of which a process keeps what repeats: pages of a site often follow one another."""
TOGETHER = 200
"""Pages that are committed together: a process that is killed loses as many."""
_TOLD = "CREATE TABLE told (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;"
_PAGES = f"""
    {_TOLD}
    CREATE TABLE pages (rank INTEGER PRIMARY KEY, site TEXT, keys BLOB);
    CREATE INDEX pages_of_sites ON pages (site, rank);
"""
_REPEATS = f"""
    {_TOLD}
    CREATE TABLE repeats (site TEXT PRIMARY KEY, repeats TEXT) WITHOUT ROWID;
"""


class KnowsRepeats(Protocol):
    """What repeats on each site: a dictionary, or a `RepeatsFile`. Picklable where there are worker processes."""

    def get(self, site: str, /) -> SiteRepeats | None:
        """What repeats on a site; None where nothing is known of it."""


def record_site(record: Record, document: Document) -> str:
    """The site of a record's page: the host of its address, else of the one that the page names, else its folder."""
    return site_of(record.url) or site_of(document.url) or str(PurePosixPath(record.name).parent)


def record_without_repeats(document: Document, record: Record, repeats: KnowsRepeats) -> Document:
    """The document of a record without what repeats on its site."""
    site = record_site(record, document)
    known = repeats.get(site)
    return without_repeats(document, known, site) if known is not None else document


class RepeatsFile:
    """What repeats on each site, in a file that a `RepeatCounts` has written. A process opens it when it first asks."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._open()

    def __getstate__(self) -> Path:
        return self.path

    def __setstate__(self, path: Path) -> None:
        self.path = path
        self._open()

    @property
    def digest(self) -> str:
        """A hash of all that repeats: files with the same one drop the same."""
        return self._told("digest")

    @property
    def fingerprint(self) -> str:
        """What the counts were made with, as `RepeatCounts` was told."""
        return self._told("fingerprint")

    def get(self, site: str, /) -> SiteRepeats | None:
        """What repeats on a site; None where nothing does."""
        return self._get(site)

    def in_memory(self) -> dict[str, SiteRepeats]:
        """What repeats on each site, for processes that do not reach the file."""
        with disk_errors(self.path):
            rows = self._database().execute("SELECT site, repeats FROM repeats ORDER BY site").fetchall()
        return {site: SiteRepeats.from_dict(json.loads(found)) for site, found in rows}

    def _open(self) -> None:
        self._connection: sqlite3.Connection | None = None
        self._get = lru_cache(maxsize=SITES_AT_HAND)(self._read)

    def _read(self, site: str) -> SiteRepeats | None:
        found = self._ask("SELECT repeats FROM repeats WHERE site = ?", site)
        return SiteRepeats.from_dict(json.loads(found)) if found is not None else None

    def _told(self, name: str) -> str:
        return self._ask("SELECT value FROM told WHERE name = ?", name) or ""

    def _ask(self, query: str, value: str) -> str | None:
        with disk_errors(self.path):
            row = self._database().execute(query, (value,)).fetchone()
        return row[0] if row is not None else None

    def _database(self) -> sqlite3.Connection:
        if self._connection is None:
            import sqlite3

            address = f"{self.path.resolve().as_uri()}?mode=ro&immutable=1"
            self._connection = sqlite3.connect(address, uri=True, check_same_thread=False)
        return self._connection

    def close(self) -> None:
        """Closes the file; it may be removed then."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def known_repeats(path: Path, fingerprint: str) -> RepeatsFile | None:
    """What an earlier run has counted with the same `fingerprint`; None where there is no such file."""
    if not path.is_file():
        return None
    found = RepeatsFile(path)
    with suppress(OSError):  # a file that is none of ours
        if found.fingerprint == fingerprint:
            return found
    found.close()
    return None


class SiteSample:
    """An output of `run_batch` that has some bytes of each page of each site, until all are there and it is done.

    Of a site with more pages than `sample`, that many are taken. Which ones depends on the names of the records
    alone, neither on their order nor on the number of workers. Pages that are known not to be among them are not even
    cleaned. Memory holds the bytes of one site's sample, and a number for each site that has one; the rest is on disk,
    in a file beside `path`.

    With `resume`, pages that a run with the same `fingerprint` has counted before it was stopped are not cleaned again.

    Raises OSError where the file cannot be written.
    """

    def __init__(
        self,
        path: Path,
        rendering: KeysRendering,
        *,
        fingerprint: str = "",
        sample: int = SAMPLE,
        resume: bool = False,
    ) -> None:
        self.rendering = rendering
        self._path = path
        self._pages = path.with_name(f"{path.name}.pages")
        self._fingerprint = fingerprint
        self._sample = sample
        self._resume = resume
        self._last: dict[str, int] = {}
        """The highest rank in the sample of each site that has as many pages."""
        self._uncommitted = 0
        self._connection: Any = None

    def __enter__(self) -> Self:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.unlink(missing_ok=True)  # counts of an earlier run are no longer good, whatever becomes of this
        if not (self._resume and self._goes_on()):
            with disk_errors(self._path):
                self._connection = _new(self._pages, _PAGES)
                self._connection.execute("INSERT INTO told VALUES ('fingerprint', ?)", (self._fingerprint,))
                self._connection.commit()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            with disk_errors(self._path):
                self._connection.commit()
                if kind is None:
                    self.finish()
        finally:
            self._connection.close()
        if kind is None:
            self._pages.unlink()

    def target(self, record: Record) -> None:
        """None: the keys come to `add`."""

    def is_current(self, record: Record) -> bool:
        """Whether the page is counted, or is not in the sample of its site, as far as that is known."""
        place = rank(record)
        last = self._last.get(site_of(record.url))
        if last is not None and place > last:
            return True
        return self._resume and self._one("SELECT count(*) FROM pages WHERE rank = ?", place) > 0

    def add(self, result: Result) -> None:
        """Takes the bytes of a page."""
        if result.skipped:
            return
        place, site, keys = KeysRendering.read(result.data)
        last = self._last.get(site)
        if last is not None and place > last:
            return
        with disk_errors(self._path):
            self._connection.execute("INSERT OR REPLACE INTO pages VALUES (?, ?, ?)", (place, site, keys))
            if last is not None:
                self._connection.execute("DELETE FROM pages WHERE rank = ?", (last,))
            if last is not None or self._one("SELECT count(*) FROM pages WHERE site = ?", site) >= self._sample:
                self._last[site] = self._one("SELECT max(rank) FROM pages WHERE site = ?", site)
            self._uncommitted += 1
            if self._uncommitted >= TOGETHER:
                self._connection.commit()
                self._uncommitted = 0

    def _goes_on(self) -> bool:
        """Opens what a run that was stopped has counted, if there is any with the same fingerprint."""
        if not self._pages.is_file():
            return False
        with suppress(OSError), disk_errors(self._path):  # a file that is none of ours, or one without tables
            self._connection = _opened(self._pages)
            if self._one("SELECT value FROM told WHERE name = ?", "fingerprint") == self._fingerprint:
                full = "SELECT site, max(rank) FROM pages GROUP BY site HAVING count(*) >= ?"
                self._last = dict(self._connection.execute(full, (self._sample,)))
                return True
        if self._connection is not None:
            self._connection.close()
        return False

    def _one(self, query: str, value: object) -> Any:
        row = self._connection.execute(query, (value,)).fetchone()
        return row[0] if row is not None else None

    def finish(self) -> None:
        """What is done when all pages are there."""

    def sites(self, fewest: int = 1) -> Iterator[str]:
        """The sites with so many pages or more, in order."""
        enough = "SELECT site FROM pages GROUP BY site HAVING count(*) >= ? ORDER BY site"
        yield from (site for (site,) in self._connection.execute(enough, (fewest,)))

    def pages_of(self, site: str) -> Iterator[bytes]:
        """The bytes of each page of a site."""
        rows = self._connection.execute("SELECT keys FROM pages WHERE site = ? ORDER BY rank", (site,))
        yield from (keys for (keys,) in rows)


class RepeatCounts(SiteSample):
    """An output of `run_batch` that counts what repeats on each site. The file `path` appears when all are counted."""

    def __init__(self, path: Path, *, fingerprint: str = "", sample: int = SAMPLE, resume: bool = False) -> None:
        super().__init__(path, KeysRendering(), fingerprint=fingerprint, sample=sample, resume=resume)

    def finish(self) -> None:
        """Says of each site what repeats."""
        part = part_of(self._path)
        digest = hashlib.sha256()
        with closing(_new(part, _REPEATS)) as written:
            for site in self.sites(FEWEST):
                found = repeats_of(array("Q", keys) for keys in self.pages_of(site))
                if found:
                    text = json.dumps(found.to_dict())
                    digest.update(json.dumps([site, text]).encode())
                    written.execute("INSERT INTO repeats VALUES (?, ?)", (site, text))
            told = {"digest": digest.hexdigest(), "fingerprint": self._fingerprint}
            written.executemany("INSERT INTO told VALUES (?, ?)", told.items())
            written.commit()
        part.replace(self._path)


def _new(path: Path, tables: str) -> sqlite3.Connection:
    """A new database."""
    for old in (path, path.with_name(f"{path.name}-journal")):
        old.unlink(missing_ok=True)
    connection = _opened(path)
    connection.executescript(tables)
    return connection


def _opened(path: Path) -> sqlite3.Connection:
    import sqlite3

    connection = sqlite3.connect(path)
    # What the system has of a file is safe when the process is killed, and counts are worth no more.
    connection.execute("PRAGMA synchronous = OFF")
    return connection


class KeysRendering:
    """A document as bytes for a `SiteSample`: the record's rank, the site, the keys of its blocks."""

    suffix = ""

    def __call__(self, document: Document) -> bytes:
        """Not asked for: the site of a document is told by its record."""
        return self.of_record(document, Record(""))

    def of_record(self, document: Document, record: Record) -> bytes:
        """What `read` reads."""
        site = self.site(document, record).encode(errors="surrogateescape")
        return rank(record).to_bytes(8) + len(site).to_bytes(4) + site + self.told(document)

    def site(self, document: Document, record: Record) -> str:
        """The site of the page."""
        return record_site(record, document)

    def told(self, document: Document) -> bytes:
        """What is kept of the document."""
        return array("Q", page_keys(document)).tobytes()

    @staticmethod
    def read(data: bytes) -> tuple[int, str, bytes]:
        """The rank, the site and the keys."""
        end = 12 + int.from_bytes(data[8:12])
        return int.from_bytes(data[:8]), data[12:end].decode(errors="replace"), data[end:]


def rank(record: Record) -> int:
    """A number by which samples are drawn: those with the lowest ranks are in them."""
    name = record.name.encode(errors="surrogateescape")
    return int.from_bytes(hashlib.blake2b(name, digest_size=8).digest()) >> 1


@contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    """Errors of the database as OSError, as of any other file."""
    import sqlite3

    try:
        yield
    except sqlite3.Error as error:
        raise OSError(None, str(error), str(path)) from error
