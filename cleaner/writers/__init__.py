"""Documents to text: the formats there are, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from cleaner.document import Document
from cleaner.readers.record import Record
from cleaner.writers.json import to_json, to_jsonl
from cleaner.writers.markdown.options import MarkdownOptions
from cleaner.writers.markdown.writer import to_markdown
from cleaner.writers.rows import located
from cleaner.writers.text import to_text

__all__ = ["WRITERS", "MarkdownOptions", "Writer", "to_json", "to_jsonl", "to_markdown", "to_text", "write"]


@dataclass(frozen=True, slots=True)
class Writer:
    """A format that documents are written in."""

    suffix: str
    """What the names of its files end with."""
    write: Callable[[Document, WriterOptions], str]
    """Each format heeds those options that it can."""


@dataclass(frozen=True, slots=True)
class WriterOptions:
    """How documents are written."""

    removed: bool = True
    """JSON and JSONL: whether to list what was removed."""
    front_matter: bool = True
    """Markdown: whether to put the metadata on top."""
    markdown: MarkdownOptions | None = None
    """Markdown: the other options."""
    record: Record | None = None
    """What the document was made from, where an output is to say so."""
    fields: tuple[str, ...] | None = None
    """JSON and JSONL: what a row has, where that is not the whole document."""

    @property
    def row(self) -> dict[str, Any]:
        """The options of rows."""
        return {name: getattr(self, name) for name in ("removed", "record", "fields", "markdown")}


WRITERS: Mapping[str, Writer] = MappingProxyType(
    {
        "json": Writer(".json", lambda document, options: to_json(document, **options.row)),
        "jsonl": Writer(".jsonl", lambda document, options: to_jsonl(document, **options.row)),
        "md": Writer(
            ".md",
            lambda document, options: to_markdown(
                located(document, options.record),
                options.markdown,
                front_matter=options.front_matter,
                id=_own_id(options.record),
            ),
        ),
        "text": Writer(".txt", lambda document, _: to_text(document)),
    }
)


def write(
    document: Document,
    format: str,
    *,
    removed: bool = True,
    front_matter: bool = True,
    markdown: MarkdownOptions | None = None,
    record: Record | None = None,
    fields: tuple[str, ...] | None = None,
) -> str:
    """The document in a format of `WRITERS`, ending with a newline unless it is empty.

    `removed` lists in JSON and JSONL what was taken out; `front_matter` puts the metadata on top of Markdown, and
    `markdown` are its other options. With a `record`, JSON and JSONL have its id and path, and the front matter has its
    id unless that is its name. `fields` are what a row of JSON or JSONL has instead of the whole document, as
    `cleaner.writers.rows.check_fields` gives them. Raises ValueError for a format that there is not.
    """
    writer = WRITERS.get(format)
    if writer is None:
        raise ValueError(_unknown(format))
    return writer.write(document, WriterOptions(removed, front_matter, markdown, record, fields))


def _own_id(record: Record | None) -> str | None:
    """The id that the name of the output does not tell."""
    return record.id if record is not None and record.id != record.name else None


def _unknown(format: str) -> str:
    import difflib

    near = difflib.get_close_matches(format.lower(), WRITERS, n=1, cutoff=0.4)
    hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(WRITERS)}"
    return f"unknown format {format!r}; {hint}"
