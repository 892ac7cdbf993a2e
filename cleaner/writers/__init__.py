"""Documents to text: the formats there are, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from cleaner.document import Document
from cleaner.writers.json import to_json, to_jsonl
from cleaner.writers.markdown.options import MarkdownOptions
from cleaner.writers.markdown.writer import to_markdown
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


WRITERS: Mapping[str, Writer] = MappingProxyType(
    {
        "json": Writer(".json", lambda document, options: to_json(document, removed=options.removed)),
        "jsonl": Writer(".jsonl", lambda document, options: to_jsonl(document, removed=options.removed)),
        "md": Writer(
            ".md",
            lambda document, options: to_markdown(document, options.markdown, front_matter=options.front_matter),
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
) -> str:
    """The document in a format of `WRITERS`, ending with a newline unless it is empty.

    `removed` lists in JSON and JSONL what was taken out; `front_matter` puts the metadata on top of Markdown, and
    `markdown` are its other options. Raises ValueError for a format that there is not.
    """
    writer = WRITERS.get(format)
    if writer is None:
        raise ValueError(_unknown(format))
    return writer.write(document, WriterOptions(removed, front_matter, markdown))


def _unknown(format: str) -> str:
    import difflib

    near = difflib.get_close_matches(format.lower(), WRITERS, n=1, cutoff=0.4)
    hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(WRITERS)}"
    return f"unknown format {format!r}; {hint}"
