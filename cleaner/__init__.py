"""Scraped pages and flattened text in, the document that its author wrote out, with a reason for everything removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cleaner.document import Block, Cell, Container, Document, PageWarning, Removal, Span

if TYPE_CHECKING:
    from cleaner.engine import Cleaner
    from cleaner.explanation import ExplainedBlock, Explanation
    from cleaner.rules import RuleError, RuleSet, load_rules

__version__ = "0.1.0"

__all__ = [
    "Block",
    "Cell",
    "Cleaner",
    "Container",
    "Document",
    "ExplainedBlock",
    "Explanation",
    "PageWarning",
    "Removal",
    "RuleError",
    "RuleSet",
    "Span",
    "clean",
    "load_rules",
]

_LATER = {
    "Cleaner": "cleaner.engine",
    "Explanation": "cleaner.explanation",
    "ExplainedBlock": "cleaner.explanation",
    "RuleError": "cleaner.rules",
    "RuleSet": "cleaner.rules",
    "load_rules": "cleaner.rules",
}
"""Names that come with the first use, since what they need takes a while to import."""


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module 'cleaner' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_LATER[name]), name)


def clean(data: bytes | str, *, url: str | None = None, media_type: str | None = None) -> Document:
    """The document in a page, by the shipped rules: see `Cleaner.clean`.

    For more than a few pages make a `Cleaner` once and use its `clean`: rules are then read and compiled once. Here
    they are kept between calls.
    """
    from cleaner.engine import shared_cleaner

    return shared_cleaner().clean(data, url=url, media_type=media_type)
