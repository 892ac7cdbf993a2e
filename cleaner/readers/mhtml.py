"""MHTML to the page in it (RFC 2557): what browsers save as one file, `.mhtml` or `.mht`."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesHeaderParser

from cleaner.readers.record import ReadFailure

MAX_PARTS = 1_000
"""Parts that are looked at; browsers write the page as one of the first."""
_MAX_DEPTH = 4
_MAX_HEADERS = 100_000
"""Bytes of the headers of a part."""
_MAX_BOUNDARY = 200
"""Bytes; RFC 2046 allows 70."""
_PAGES = ("text/html", "application/xhtml+xml")
_END_OF_HEADERS = re.compile(rb"\r?\n\r?\n")
_ADDRESS = re.compile(r"https?://[^\s/]\S*", re.I)


@dataclass(frozen=True, slots=True)
class SavedPage:
    """The page of an MHTML file, as it was before it was saved."""

    data: bytes
    media_type: str
    """With the charset that the headers of its part say."""
    url: str | None


@dataclass(frozen=True, slots=True)
class _Part:
    headers: Message
    body: memoryview

    @property
    def media_type(self) -> str:
        return self.headers.get_content_type()

    @property
    def url(self) -> str | None:
        return _address(self.headers["Content-Location"])


def page_of(data: bytes) -> SavedPage:
    """The page in MHTML: the part that `start` names, else the first of HTML. Its transfer encoding is undone.

    Raises ReadFailure where there is none.
    """
    whole = _part(memoryview(data.lstrip()))
    page = _page(whole, _MAX_DEPTH)
    if page is None:
        raise ReadFailure("not_a_page", "a saved page (MHTML) without HTML", "not_a_page.mhtml")
    charset = page.headers.get_content_charset()
    url = _address(whole.headers["Snapshot-Content-Location"]) or page.url or whole.url
    return SavedPage(_decoded(page), f"{page.media_type}; charset={charset}" if charset else page.media_type, url)


def _page(part: _Part, depth: int) -> _Part | None:
    if part.media_type in _PAGES:
        return part
    if not part.media_type.startswith("multipart/") or depth == 0:
        return None
    start = _bare(part.headers.get_param("start"))
    first = None
    for inner in _parts(part):
        page = _page(inner, depth - 1)
        if page is not None and (not start or _bare(inner.headers["Content-ID"]) == start):
            return page
        first = first or page
    return first


def _parts(part: _Part) -> Iterator[_Part]:
    """The parts of a part, the first `MAX_PARTS` of them."""
    boundary = (part.headers.get_boundary() or "").encode(errors="surrogateescape")
    if not 0 < len(boundary) <= _MAX_BOUNDARY:
        return
    line = re.compile(rb"(?:\A|\r?\n)--" + re.escape(boundary) + rb"(--)?[ \t]*(?=\r?\n|\Z)")
    begin = None
    for number, found in enumerate(line.finditer(part.body)):
        if begin is not None:
            yield _part(part.body[begin : found.start()])
        if found[1] or number == MAX_PARTS:
            return
        begin = found.end()
    if begin is not None:  # cut short
        yield _part(part.body[begin:])


def _part(data: memoryview) -> _Part:
    """A part from the line of its headers on."""
    head = bytes(data[:_MAX_HEADERS])
    begin = re.match(rb"(?:\r?\n)?", head)
    assert begin is not None
    end = _END_OF_HEADERS.search(head, begin.end())
    headers = head[begin.end() : end.start() if end else len(head)]
    body = data[end.end() :] if end else data[len(data) :]
    return _Part(BytesHeaderParser().parsebytes(headers), body)


def _decoded(part: _Part) -> bytes:
    encoding = str(part.headers["Content-Transfer-Encoding"] or "").strip().lower()
    data = bytes(part.body)
    if encoding == "quoted-printable":
        return binascii.a2b_qp(data)
    if encoding == "base64":
        letters = re.sub(rb"[^A-Za-z0-9+/]", b"", data)
        return binascii.a2b_base64(letters[: len(letters) // 4 * 4] + _padded(letters[len(letters) // 4 * 4 :]))
    return data


def _padded(letters: bytes) -> bytes:
    """The last letters of base64, whose padding may be missing."""
    return letters.ljust(4, b"=") if len(letters) > 1 else b""


def _bare(given: object) -> str:
    """What a header says, without angle brackets around it."""
    return str(given or "").strip().strip("<>")


def _address(given: object) -> str | None:
    """The address of a header that may be folded; None for those of files and of parts."""
    text = _bare("".join(str(given or "").split()))
    return text if _ADDRESS.fullmatch(text) else None
