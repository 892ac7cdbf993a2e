"""cleaner turns scraped pages and flattened text into the document that its author wrote, and explains each removal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cleaner.document import Block, Cell, Container, Document, PageWarning, Removal, Span

if TYPE_CHECKING:
    from cleaner.batch.jobs import Failure, Result
    from cleaner.engine import Cleaner
    from cleaner.explanation import ExplainedBlock, Explanation
    from cleaner.readers.record import Record
    from cleaner.rules import RuleError, RuleSet, load_rules
    from cleaner.sections import Chunk, Section
    from cleaner.writers import MarkdownOptions

__version__ = "0.1.0"

__all__ = [
    "Block",
    "Cell",
    "Chunk",
    "Cleaner",
    "Container",
    "Document",
    "ExplainedBlock",
    "Explanation",
    "Failure",
    "MarkdownOptions",
    "PageWarning",
    "Record",
    "Removal",
    "Result",
    "RuleError",
    "RuleSet",
    "Section",
    "Span",
    "clean",
    "load_rules",
]

_LATER = {
    "Chunk": "cleaner.sections",
    "Section": "cleaner.sections",
    "Cleaner": "cleaner.engine",
    "Explanation": "cleaner.explanation",
    "ExplainedBlock": "cleaner.explanation",
    "Failure": "cleaner.batch.jobs",
    "Record": "cleaner.readers.record",
    "Result": "cleaner.batch.jobs",
    "RuleError": "cleaner.rules",
    "RuleSet": "cleaner.rules",
    "MarkdownOptions": "cleaner.writers.markdown.options",
    "load_rules": "cleaner.rules",
}
"""Names that are imported with their first use, because their imports take time."""


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module 'cleaner' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_LATER[name]), name)


def clean(
    data: bytes | str, *, url: str | None = None, media_type: str | None = None, language: str | None = None
) -> Document:
    """Cleans a page with the shipped rules, as `Cleaner.clean` does. The compiled rules are kept between calls.

    Make a `Cleaner` for other rules or options.
    """
    from cleaner.pause import COLLECTION_PAUSE

    with COLLECTION_PAUSE:  # the first call imports and compiles much that stays
        from cleaner.engine import shared_cleaner

        cleaner = shared_cleaner()
    return cleaner.clean(data, url=url, media_type=media_type, language=language)
