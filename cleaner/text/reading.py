"""The lines of a text as the models see them."""

from __future__ import annotations

from cleaner.text.features import Lines
from cleaner.text.layout import Layout


def lines_of(layout: Layout) -> Lines:
    """The blocks of a layout, as lines with features."""
    blocks = layout.paragraphs
    return Lines([b.text for b in blocks], [b.gap for b in blocks], [b.indent for b in blocks], bool(layout.width))
