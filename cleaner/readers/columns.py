"""Which columns of a table hold what: as the user names them, else as common names say."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cleaner.readers.kinds import Columns
from cleaner.readers.record import MAX_SIZE, ReadFailure, Record, too_large

MAX_METADATA = 1_000
"""Characters of a value that goes into a record's metadata; a longer one is no note on a page but a text."""

HTML = [
    "html",
    "raw_html",
    "html_raw",
    "html_content",
    "content_html",
    "page_html",
    "html_body",
    "body_html",
    "full_html",
    "raw_page",
    "rendered_html",
    "source_html",
]
MARKDOWN = ["markdown", "md", "page_markdown", "markdown_content", "content_markdown"]
TEXT = [
    "text",
    "raw_text",
    "plain_text",
    "full_text",
    "text_content",
    "content_text",
    "page_text",
    "plaintext",
    "article_text",
]
ANY = ["content", "raw_content", "page_content", "body", "page", "raw"]
"""Names of columns that may hold HTML as well as text: the content tells."""
KINDS: tuple[tuple[list[str], str | None], ...] = (
    (HTML, "text/html"),
    (MARKDOWN, "text/markdown"),
    (TEXT, "text/plain"),
    (ANY, None),
)
"""Names of columns with pages, what is preferred first, and the media type of what they hold."""
URLS = [
    "url",
    "page_url",
    "source_url",
    "canonical_url",
    "warc_target_uri",
    "target_uri",
    "uri",
    "link",
    "permalink",
]
IDS = [
    "id",
    "doc_id",
    "document_id",
    "docid",
    "page_id",
    "record_id",
    "warc_record_id",
    "_id",
    "uuid",
    "uid",
]
LANGUAGES = ["language", "lang", "language_code", "lang_code", "locale", "detected_language"]

_SAFE = re.compile(r"[A-Za-z0-9][\w.-]{0,79}", re.ASCII)
_WORDS = {"text/html": "html", "text/markdown": "markdown", "text/plain": "text", None: "page"}


@dataclass(frozen=True, slots=True)
class Chosen:
    """The columns that a table is read by."""

    pages: tuple[tuple[str, str | None], ...]
    """Columns with pages and the media types of what they hold. In each row the first counts that is not null."""
    url: str | None
    id: str | None
    language: str | None
    told: tuple[str, ...]
    """For people: what was guessed, and which columns are not there."""

    @property
    def used(self) -> frozenset[str]:
        """The names of the columns that have a meaning."""
        return frozenset((*(name for name, _ in self.pages), *filter(None, (self.url, self.id, self.language))))


def choose(columns: Columns, names: Iterable[str], has: Callable[[str], bool], *, is_own: bool = False) -> Chosen:
    """The columns of a table with the columns `names`; `has` knows names with dots, too.

    `is_own` says that cleaner has written the table: its documents are not cleaned again but by a named column. Raises
    ReadFailure where no column holds pages.
    """
    known = {name.lower().replace("-", "_"): name for name in reversed(list(names))}
    told: list[str] = []
    pages = _named_pages(columns, has) if columns.html or columns.text else ()
    if not pages:
        if columns.html or columns.text:
            wanted = " or ".join(repr(name) for name in (columns.html, columns.text) if name)
            raise ReadFailure("unreadable", f"no column {wanted}{_listed(known.values())}", "table.no_column")
        if is_own:
            raise ReadFailure(
                "unreadable",
                "holds documents that cleaner has written; to clean a column of them, name it with --html-field or "
                "--text-field",
                "table.own_output",
            )
        pages = tuple(_guessed_pages(known))
        if not pages:
            reason = f"no column that holds pages by its name{_listed(known.values())}; name one with --html-field or "
            raise ReadFailure("unreadable", f"{reason}--text-field", "table.no_column")
        told += [f"{_WORDS[media_type]} from column {name!r}" for name, media_type in pages]
    found: dict[str, str | None] = {}
    taken = {name for name, _ in pages}
    for field, word, common in (("url", "address", URLS), ("id", "id", IDS), ("language", "language", LANGUAGES)):
        given: str | None = getattr(columns, field)
        if given is not None:
            found[field] = given if has(given) else None
            told += [] if has(given) else [f"no column {given!r}"]
            continue
        found[field] = next((known[name] for name in common if name in known and known[name] not in taken), None)
        told += [f"{word} from {found[field]!r}"] if found[field] else []
    return Chosen(pages, found["url"], found["id"], found["language"], tuple(told))


def _named_pages(columns: Columns, has: Callable[[str], bool]) -> tuple[tuple[str, str | None], ...]:
    given = ((columns.html, "text/html"), (columns.text, "text/plain"))
    return tuple((name, media_type) for name, media_type in given if name is not None and has(name))


def _guessed_pages(known: Mapping[str, str]) -> Iterator[tuple[str, str | None]]:
    for common, media_type in KINDS:
        found = next((known[name] for name in common if name in known), None)
        if found is not None:
            yield found, media_type


def _listed(names: Iterable[str]) -> str:
    listed = ", ".join(sorted(names))
    return f"; there are {listed if len(listed) <= 300 else listed[:300] + ' ...'}" if listed else ""


def value_of(row: Mapping[str, Any], name: str) -> Any:
    """What a row has in a column; a name with dots leads into objects. None where there is nothing."""
    if name in row or "." not in name:
        return row.get(name)
    value: Any = row
    for part in name.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


@dataclass(frozen=True, slots=True)
class Table:
    """What the records of a table have in common."""

    path: str
    """Its file."""
    name: str
    """Its place in the batch."""
    media_type: str | None = None
    """What all its pages are, where the caller says so."""
    max_size: int = MAX_SIZE

    def record(self, number: int, row: Mapping[str, Any], chosen: Chosen) -> Record:
        """The record of a row. One without a page, or with one that is no text, has a `failure`."""
        id = text_of(value_of(row, chosen.id)) if chosen.id else None
        name = f"{self.name}/{number:06d}"
        found: dict[str, Any] = {"data": None}
        try:
            data, media_type = _page(row, chosen)
            if len(data) > self.max_size:
                raise too_large(self.max_size)
            found = {"data": data, "media_type": self.media_type or media_type}
        except ReadFailure as failure:
            found["failure"] = failure
        return Record(
            f"{name}-{id}" if id and _SAFE.fullmatch(id) else name,
            path=self.path,
            url=text_of(value_of(row, chosen.url)) if chosen.url else None,
            id=id or self.id(number),
            language=text_of(value_of(row, chosen.language)) if chosen.language else None,
            metadata=dict(_metadata(row, chosen.used)),
            **found,
        )

    def failed(self, number: int, failure: ReadFailure) -> Record:
        """The record of a row that cannot be read; of row 0, that of the whole table."""
        name = f"{self.name}/{number:06d}" if number else self.name
        return Record(name, path=self.path, id=self.id(number) if number else "", failure=failure)

    def id(self, number: int) -> str:
        """What a row without an id is called."""
        return f"{self.name}#{number}"


def _page(row: Mapping[str, Any], chosen: Chosen) -> tuple[bytes | str, str | None]:
    """The page of a row and its media type: the first that is not null and, where there is one, not empty."""
    found: tuple[bytes | str, str | None] | None = None
    for name, media_type in chosen.pages:
        value = value_of(row, name)
        if value is None or (isinstance(value, float) and math.isnan(value)):
            continue
        if isinstance(value, bytearray | memoryview):
            value = bytes(value)
        if not isinstance(value, bytes | str):
            reason = f"column {name!r} holds {_kind(value)}, which is no page"
            raise ReadFailure("unreadable", reason, "row.not_text")
        if value:
            return value, media_type
        found = found or (value, media_type)
    if found is None:
        names = " and ".join(repr(name) for name, _ in chosen.pages)
        raise ReadFailure("unreadable", f"no page: null in {names}", "null")
    return found


def _kind(value: Any) -> str:
    match value:
        case Mapping():
            return "an object"
        case list():
            return "a list"
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
    return f"a value of type {type(value).__name__}"


def text_of(value: Any) -> str | None:
    """A value as an address, an id or a language: a text that is not empty, or a whole number."""
    if isinstance(value, bytes):
        value = value.decode(errors="replace")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value.strip() or None if isinstance(value, str) else None


def _metadata(row: Mapping[str, Any], used: frozenset[str]) -> Iterator[tuple[str, Any]]:
    """The plain and small values of the other columns; dates as ISO 8601 writes them."""
    for name, value in row.items():
        if name in used:
            continue
        if isinstance(value, datetime.date | datetime.time):
            yield name, value.isoformat()
        elif isinstance(value, bool | int | float) or (isinstance(value, str) and len(value) <= MAX_METADATA):
            yield name, value
