"""The lines of a text as the models see them."""

from __future__ import annotations

from dataclasses import dataclass

from cleaner.text.features import Lines
from cleaner.text.lines import Paragraph, join


@dataclass(frozen=True, slots=True)
class Reading:
    paragraphs: list[Paragraph]
    lines: Lines


def lines_of(text: str) -> Reading:
    paragraphs = join(text)
    return Reading(paragraphs, lines_of_paragraphs(paragraphs))


def lines_of_paragraphs(paragraphs: list[Paragraph]) -> Lines:
    return Lines([p.text for p in paragraphs], [p.gap for p in paragraphs], [p.indent for p in paragraphs], False)
