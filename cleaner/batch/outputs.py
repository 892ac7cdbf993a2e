"""Where documents go: a file for each in a folder, or all of them in one stream."""

from __future__ import annotations

from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO, Protocol, Self, runtime_checkable

from cleaner.batch.journal import JOURNAL, Journal
from cleaner.batch.writing import open_output, replaced_file
from cleaner.document import Document
from cleaner.readers.record import Record

if TYPE_CHECKING:
    from cleaner.batch.jobs import Failure, Result
    from cleaner.batch.tables import Sink
    from cleaner.writers import MarkdownOptions


class Renders(Protocol):
    """How documents become text; picklable."""

    @property
    def suffix(self) -> str:
        """What a file's name gets at its end."""

    def __call__(self, document: Document) -> str | bytes:
        """The document's text, or bytes that only its output reads."""


@runtime_checkable
class RendersRecords(Renders, Protocol):
    """How documents become text that says what record they are of, or bytes; picklable. `run_batch` prefers it."""

    def of_record(self, document: Document, record: Record) -> str | bytes:
        """The document's text, or bytes that only its output reads."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """A format of cleaner's writers."""

    format: str = "md"
    """A name in `cleaner.writers.WRITERS`."""
    removed: bool = True
    front_matter: bool = True
    markdown: MarkdownOptions | None = None
    fields: tuple[str, ...] | None = None
    """What a row of JSON or JSONL has, of `FIELDS` in `cleaner.writers.rows`; None: the whole document."""

    @property
    def suffix(self) -> str:
        """What a file's name gets at its end."""
        from cleaner.writers import WRITERS

        return WRITERS[self.format].suffix

    def __call__(self, document: Document) -> str:
        """The document in the format."""
        return self._written(document, None)

    def of_record(self, document: Document, record: Record) -> str:
        """The document in the format, with what its record is called."""
        return self._written(document, record)

    def _written(self, document: Document, record: Record | None) -> str:
        from cleaner.writers import write

        return write(
            document,
            self.format,
            removed=self.removed,
            front_matter=self.front_matter,
            markdown=self.markdown,
            record=record,
            fields=self.fields,
        )


class Output(AbstractContextManager["Output", None], Protocol):
    """Where a batch puts its documents. Entered before the first, left after the last or on an error."""

    @property
    def rendering(self) -> Renders:
        """How documents become text."""

    def target(self, record: Record) -> Path | None:
        """The file that a worker writes for the record; None where `add` takes the text."""

    def is_current(self, record: Record) -> bool:
        """Whether the record's document has been written by an earlier run and needs no new one."""

    def add(self, result: Result) -> None:
        """The next result in input order, unless it is a failure; with its text where `target` is None."""


class FolderOutput:
    """A file for each record, in folders as its name says: "news/page.html" becomes ROOT/news/page.html.md.

    With `resume`, a file is current when earlier runs with the same `fingerprint` (a text that stands for the version,
    options and rules) wrote it, it has the size that they wrote, and it is not older than the file it was made from.
    """

    def __init__(self, root: Path, rendering: Renders, *, fingerprint: str = "", resume: bool = False) -> None:
        self.rendering = rendering
        self._root = root
        self._resume = resume
        self._journal = Journal(root / JOURNAL, fingerprint, resume=resume)

    def __enter__(self) -> Self:
        self._root.mkdir(parents=True, exist_ok=True)
        self._journal.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        """Only closes the journal: workers put each file in its place."""
        self._journal.__exit__(*error)

    def target(self, record: Record) -> Path:
        """The record's file. Raises ValueError for a name that leads out of the folder."""
        name = PurePosixPath(record.name)
        if name.is_absolute() or not name.name or ".." in name.parts:
            raise ValueError(f"{record.name!r} names no file inside the output folder")
        return self._root / name.with_name(name.name + self.rendering.suffix)

    def is_current(self, record: Record) -> bool:
        """See the class; a record that no file holds is never current."""
        if not self._resume or record.path is None:
            return False
        try:
            written, read = self.target(record).stat(), Path(record.path).stat()
        except OSError:
            return False
        return written.st_mtime_ns >= read.st_mtime_ns and self._journal.knows(record.name, written.st_size)

    def add(self, result: Result) -> None:
        """Notes a file that a worker has written."""
        if result.written is not None:
            self._journal.add(*result.written)


@runtime_checkable
class NotesFailures(Protocol):
    """An output that knows what failed in earlier runs, and is told of what fails in this one.

    It has no base class: whatever another package adds to `AbstractContextManager` would be asked for, too.
    """

    def known_failure(self, record: Record) -> Failure | None:
        """The failure that stands for a current record: `is_current` was called with it just now."""

    def fail(self, failure: Failure) -> None:
        """The next result in input order is a failure."""


class StreamOutput:
    """All documents one after another, into an open stream or into one path.

    A file is begun with the first document, so that a run in which every record fails leaves the old file. Pipes and
    devices are opened at once: somebody may wait at the other end.
    """

    def __init__(self, to: BinaryIO | Path, rendering: Renders) -> None:
        self.rendering = rendering
        self._path = to if isinstance(to, Path) else None
        self._stream = None if isinstance(to, Path) else to
        self._opened = ExitStack()
        self._sink: Sink | None = None

    def __enter__(self) -> Self:
        if self._path is not None and replaced_file(self._path) is None:
            self._open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._opened:
            if kind is not None:
                self._opened.__exit__(kind, error, trace)
                return
            if self._sink is not None:
                self._sink.close()
            if self._path is None and self._stream is not None:
                self._stream.flush()  # here, where an error still has somebody to tell

    def target(self, record: Record) -> None:
        """None: the text comes to `add`."""

    def is_current(self, record: Record) -> bool:
        """False: a stream is written anew each time."""
        return False

    def add(self, result: Result) -> None:
        """Appends a document."""
        if self._sink is None:
            from cleaner.batch.tables import sink_of

            self._sink = sink_of(self.rendering, self._write)
        self._sink.add(result.data)

    def _write(self, data: bytes) -> None:
        stream = self._stream or self._open()
        rest = memoryview(data)
        while rest:  # an unbuffered standard output (PYTHONUNBUFFERED) may take only a part
            rest = rest[stream.write(rest) :]

    def _open(self) -> BinaryIO:
        assert self._path is not None
        self._stream = self._opened.enter_context(open_output(self._path))
        return self._stream
