"""What a worker does with one record: read, clean, write."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from cleaner.batch.outputs import Renders, RendersRecords
from cleaner.batch.writing import write_output
from cleaner.document import Document, PageWarning
from cleaner.intake.not_pages import CODE as NOT_A_PAGE
from cleaner.pause import COLLECTION_PAUSE
from cleaner.readers.record import ReadFailure, Record

if TYPE_CHECKING:
    from cleaner.batch.repeats import KnowsRepeats

FailureKind = Literal["unreadable", "limit", "not_a_page", "timeout", "crash", "error"]

NOT_CLEANED: dict[str, FailureKind] = {"page.failed": "error", "page.too_large": "limit", NOT_A_PAGE: "not_a_page"}
"""Codes of the warnings for a page that a `Cleaner` gave up: it never raises, but a batch lists these."""


class Cleans(Protocol):
    """What a batch needs of a `Cleaner`. One that knows languages has a keyword `language`, too.

    It is only given for records whose source names one.
    """

    def clean(self, data: bytes | str, *, url: str | None = None, media_type: str | None = None) -> Document: ...


@dataclass(frozen=True, slots=True)
class Failure:
    """An input without an output."""

    path: str
    """The file that it is in; the record's name where there is no file."""
    reason: str
    """For people, in one line."""
    kind: FailureKind
    """unreadable: it could not be read; limit: it is too large; not_a_page: it is a PDF, an image or the like; timeout:
    it took too long; crash: its worker process died; error: anything else, such as a full disk."""
    id: str = ""
    """What its source calls it."""
    url: str | None = None
    code: str = ""
    """The kind, more exact where there is more to tell, as in "not_a_page.pdf"."""

    def __post_init__(self) -> None:
        if not self.code:
            object.__setattr__(self, "code", self.kind)


@dataclass(frozen=True, slots=True)
class Settings:
    """What is the same for all jobs of a batch; goes to each worker once."""

    cleaner: Cleans
    rendering: Renders | None
    """None: the documents themselves come back."""
    max_size: int
    repeats: KnowsRepeats | None = None
    """What repeats on each site, which goes from the documents."""


@dataclass(frozen=True, slots=True)
class Job:
    """One record, and the file to write; without one, the text comes back."""

    record: Record
    target: Path | None


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one record. Small: it travels between processes."""

    path: str
    """The file that it is in; the record's name where there is no file."""
    failure: Failure | None = None
    skipped: bool = False
    """Written by an earlier run and still current."""
    removed: dict[str, int] = field(default_factory=dict)
    """Removals by reason."""
    warnings: tuple[str, ...] = ()
    written: tuple[str, int] | None = None
    """The record's name and the size of its file in bytes, where a worker has written one."""
    text: str | bytes | None = None
    """The document as its output renders it, where the job names no file for it."""
    id: str = ""
    """What its source calls it."""
    url: str | None = None
    document: Document | None = None
    """What `clean_records` gives; None for a failure."""

    @property
    def data(self) -> bytes:
        """`text` as bytes."""
        return self.text.encode() if isinstance(self.text, str) else self.text or b""


def process(settings: Settings, job: Job) -> Result:
    """Reads, cleans and writes one record; whatever goes wrong becomes a failure."""
    with COLLECTION_PAUSE:  # until the document is gone: a search before would look at all of it
        return _processed(settings, job)


def _processed(settings: Settings, job: Job) -> Result:
    record = job.record
    try:
        record = record.loaded(settings.max_size)
        assert record.data is not None
        known = {"language": record.language} if record.language else {}
        document = settings.cleaner.clean(record.data, url=record.url, media_type=record.media_type, **known)
        if given_up := _given_up(document):
            warning, kind = given_up
            return failed(record, kind, str(warning), warning.code)
        if settings.repeats is not None:
            from cleaner.batch.repeats import record_without_repeats

            document = record_without_repeats(document, record, settings.repeats)
        text = _rendered(settings.rendering, document, record) if settings.rendering is not None else None
        written = _write(job.target, record, text) if job.target is not None and text is not None else None
    except ReadFailure as failure:
        return failed(record, failure.kind, str(failure), failure.code)
    except OSError as error:
        return failed(record, "error", f"cannot be written: {error.strerror or error}")
    except MemoryError:
        return failed(record, "error", "not enough memory for the page")
    except Exception as error:
        # One page must not end a batch of thousands; the reason names the exception, and the run goes on.
        return failed(record, "error", told(error))
    return Result(
        record.shown,
        removed=dict(Counter(removal.reason for removal in document.removed)),
        warnings=document.warnings,
        written=written,
        text=text if job.target is None else None,
        id=record.id,
        url=record.url,
        document=document if settings.rendering is None else None,
    )


def _rendered(rendering: Renders, document: Document, record: Record) -> str | bytes:
    if isinstance(rendering, RendersRecords):
        return rendering.of_record(document, record)
    return rendering(document)


def _write(target: Path, record: Record, text: str | bytes) -> tuple[str, int]:
    data = text.encode() if isinstance(text, str) else text
    write_output(target, data)
    return record.name, len(data)


def _given_up(document: Document) -> tuple[PageWarning, FailureKind] | None:
    """The warning of a page that the cleaner gave up, and its kind; "not_a_page.pdf" is of the kind "not_a_page"."""
    for warning in document.warnings:
        kind = NOT_CLEANED.get(warning.code) or NOT_CLEANED.get(warning.code.partition(".")[0])
        if kind is not None:
            return warning, kind
    return None


def told(error: Exception) -> str:
    """An exception for people: its name, and what it says."""
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__


def failed(record: Record, kind: FailureKind, reason: str, code: str = "") -> Result:
    """The result of a record that has no output."""
    failure = Failure(record.shown, " ".join(reason.split()), kind, record.id, record.url, code)
    return Result(record.shown, failure=failure, id=record.id, url=record.url)
