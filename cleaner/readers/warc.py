"""Web archives to records, a page at a time: WARC, and WET, which holds texts of pages. Needs the extra `warc`."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from cleaner.readers.compression import plain_data, plain_stream, read_up_to
from cleaner.readers.extras import needed
from cleaner.readers.kinds import last_part
from cleaner.readers.record import MAX_SIZE, ReadFailure, Record, too_large

PAGES = frozenset(("text/html", "application/xhtml+xml", "text/plain"))
"""Media types of pages; what else a crawl has is passed over."""
BROKEN = "warc.broken"
_MAX_HEADERS = 1_000_000
"""Bytes of the headers of one response."""
_CHUNK_SIZE = re.compile(rb"\s*([0-9a-fA-F]{1,12})[^\n]{0,1000}\n")


def warc_records(
    path: str,
    stream: BinaryIO,
    *,
    name: str | None = None,
    media_type: str | None = None,
    max_size: int = MAX_SIZE,
) -> Iterator[Record]:
    """The pages of a web archive (WARC 1.0 and 1.1, ISO 28500; WET), lazily: memory does not grow with their number.

    - `path`: the archive's file, which messages name.
    - `stream`: what the file holds, compressed or not.
    - `name`: the archive's place in the batch, by default the name of its file. Records are named by it and the number
      of the page: "crawl.warc.gz/000017".
    - `media_type`: what all pages are; otherwise their headers tell, with the charset.
    - `max_size`: bytes that a page may have, after Content-Encoding.

    Pages are responses of HTTP with a status of 2xx, resources, and conversions (the texts of WET), each with the media
    type of a page. The others are passed over, and so are `revisit` records: the page is elsewhere in the crawl.

    A record's `id` is WARC-Record-ID without its brackets, its `url` WARC-Target-URI; `metadata` has "date" (WARC-Date)
    and, of a response, "status"; "truncated" where the crawler cut the page.

    Never raises because of what the archive holds: a page that cannot be read is a record with a `failure`, and an
    archive that is broken or cut short ends with one. Without the extra `warc` there is only that.
    """
    archive = _Archive(path, name or last_part(path), media_type, max_size)
    try:
        source = _Source(plain_stream(stream, path))
        yield from archive.pages(_warc_records(source), source)
    except ReadFailure as failure:
        yield Record(archive.name, path=path, failure=failure)


class _Source:
    """A stream as fastwarc reads it. An error ends the data and is kept: not all errors come through that library."""

    def __init__(self, stream: BinaryIO) -> None:
        self._take = getattr(stream, "read1", stream.read)  # a longer read would lose what comes before an error
        self._read = 0
        self._tail = b""
        self.failure: ReadFailure | None = None

    def read(self, size: int) -> bytes:
        try:
            data = self._take(size) if self.failure is None else b""
        except ReadFailure as failure:
            self.failure, data = failure, b""
        except OSError as error:
            self.failure, data = ReadFailure("unreadable", error.strerror or str(error)), b""
        self._read += len(data)
        self._tail = (self._tail + data[-4:])[-4:]
        return data

    def tell(self) -> int:
        return self._read

    def check_end(self) -> None:
        """Raises ReadFailure where the data ended with an error, or not as a record does: with two line ends."""
        if self.failure is not None:
            raise self.failure
        if self._read and not self._tail.replace(b"\r", b"").endswith(b"\n\n"):
            raise ReadFailure("unreadable", "the archive is cut short", BROKEN)


def _warc_records(source: _Source) -> Iterator[Any]:
    """The records of an archive that may hold pages. Raises ReadFailure where it is broken."""
    fastwarc = needed("fastwarc.warc", "warc")
    kinds = fastwarc.WarcRecordType
    try:
        yield from fastwarc.ArchiveIterator(
            source,
            record_types=kinds.response | kinds.resource | kinds.conversion,
            parse_http=False,
            stream_detect=False,
        )
    except (OSError, ValueError) as error:
        raise source.failure or ReadFailure("unreadable", f"the archive is broken ({error})", BROKEN) from None
    source.check_end()


@dataclass(frozen=True, slots=True)
class _Archive:
    """What the records of an archive have in common."""

    path: str
    name: str
    media_type: str | None
    max_size: int

    def pages(self, records: Iterable[Any], source: _Source) -> Iterator[Record]:
        number = 0
        for record in records:
            found = self._found(record)
            if found is None:
                continue
            number += 1
            failure = found.get("failure")
            if failure is None or failure.code != BROKEN:
                yield self._record(number, record.headers, found)
                continue
            found["failure"] = source.failure or failure
            yield self._record(number, record.headers, found)
            return  # nothing comes after it

    def _found(self, record: Any) -> dict[str, Any] | None:
        try:
            return self._page(record)
        except ReadFailure as failure:
            return {"failure": failure}

    def _record(self, number: int, headers: Any, found: dict[str, Any]) -> Record:
        languages = headers.get("WARC-Identified-Content-Language") or ""
        metadata = {
            "date": headers.get("WARC-Date"),
            "status": found.pop("status", None),
            "truncated": headers.get("WARC-Truncated"),
        }
        return Record(
            f"{self.name}/{number:06d}",
            path=self.path,
            url=_bare(headers.get("WARC-Target-URI")),
            id=_bare(headers.get("WARC-Record-ID")) or f"{self.name}#{number}",
            language=languages.partition(",")[0].strip() or None,
            metadata={key: value for key, value in metadata.items() if value is not None},
            **found,
        )

    def _page(self, record: Any) -> dict[str, Any] | None:
        """What is told of a page and not by the headers of its record; None for what is no page. Raises ReadFailure."""
        headers = record.headers
        status: int | None = None
        encodings: Mapping[str, str] = {}
        if record.is_http:
            status, encodings = _response(record)
            if not 200 <= status < 300:
                return None
            said = encodings.get("Content-Type") or headers.get("WARC-Identified-Payload-Type")
        elif not (_bare(headers.get("WARC-Target-URI")) or "").lower().startswith(("http:", "https:")):
            return None  # notes of crawlers have addresses of their own: "urn:", "dns:", "metadata:"
        else:
            said = headers.get("Content-Type")
        if (said or "").partition(";")[0].strip().lower() not in PAGES:
            return None
        data = _body(record, self.max_size)
        if "chunked" in (encodings.get("Transfer-Encoding") or "").lower():
            data = _unchunked(data)
        data = decoded(data, encodings.get("Content-Encoding") or "", self.max_size)
        if len(data) > self.max_size:
            raise too_large(self.max_size)
        return {"data": data, "media_type": self.media_type or said, "status": status}


def _bare(value: str | None) -> str | None:
    """An identifier or address without the angle brackets that some writers put around it."""
    return value.strip().strip("<>") if value else None


def _response(record: Any) -> tuple[int, Mapping[str, str]]:
    """The status and the headers of a response; the body is left to be read. Raises ReadFailure."""
    try:
        record.parse_http(max_header_len=_MAX_HEADERS, quirks_mode=True)
    except (OSError, ValueError) as error:
        raise ReadFailure("unreadable", f"its HTTP headers cannot be read ({error})", "warc.bad_http") from None
    status = record.http_headers.status_code if record.http_headers is not None else None
    if status is None:
        raise ReadFailure("unreadable", "its HTTP response has no status", "warc.bad_http")
    return status, record.http_headers


def _body(record: Any, max_size: int) -> bytes:
    """The body as it was sent. Raises ReadFailure where it is too large, or less than the record's header says."""
    size = record.content_length
    if size > max_size:
        raise too_large(max_size)
    try:
        data: bytes = record.reader.read(size)
    except (OSError, ValueError):
        data = b""
    if len(data) < size:
        raise ReadFailure("unreadable", "the archive is cut short in this page", BROKEN)
    return data


def _unchunked(data: bytes) -> bytes:
    """A body without the marks of the chunks it was sent in; as it is, where it has none (RFC 9112, 7.1).

    Crawlers often keep the header of what they have joined.
    """
    parts: list[bytes] = []
    place = 0
    while place < len(data):
        size = _CHUNK_SIZE.match(data, place)
        if size is None:
            return data if place == 0 else b"".join(parts)
        length = int(size[1], 16)
        if length == 0:
            break
        parts.append(data[size.end() : size.end() + length])
        place = size.end() + length
        place += 2 if data.startswith(b"\r\n", place) else 1
    return b"".join(parts)


def decoded(data: bytes, encodings: str, limit: int) -> bytes:
    """A body without the Content-Encoding that its headers name, as far as `limit` bytes and one more.

    A body that is not what they say is left as it is: crawlers often keep the header of what they have decoded.

    Raises ReadFailure where it is broken, or a package is missing.
    """
    for encoding in reversed([part.strip().lower() for part in encodings.split(",")]):
        if encoding in ("gzip", "x-gzip", "zstd"):
            data = plain_data(data, limit)
        elif encoding == "deflate":
            data = _inflated(data, limit)
        elif encoding == "br" and not data.lstrip().startswith(b"<"):
            data = read_up_to(plain_stream(io.BytesIO(data), ".br"), limit + 1)
    return data


def _inflated(data: bytes, limit: int) -> bytes:
    for window in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        try:
            return zlib.decompressobj(window).decompress(data, limit + 1)
        except zlib.error:
            continue
    return data
