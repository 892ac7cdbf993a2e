"""Headings above the text that are none: they say who wrote it, or when."""

from __future__ import annotations

from cleaner.metadata import dates, names
from cleaner.normalize import count_words, fold
from cleaner.page.candidate import Candidate, Decision
from cleaner.page.page import Page

_BY = "structure.byline"
_MOST_ABOVE = 12
"""Words of a block that may stand above the text: a kicker, a line under the title. Longer ones are the text."""
_WORDS_BESIDE_DATE = 1
"""A weekday, or "published"."""


def settle(page: Page, title: str | None, author: str | None, date: str | None) -> None:
    """Drops headings above the text that repeat the `author` or the `date` (ISO 8601) of the page.

    They become paragraphs where they say what the page says nowhere else. The `title` stays, whatever it says, and so
    do the dates over the entries of a diary.
    """
    for number, block in enumerate(page.blocks):
        if not block.kept:
            continue
        if block.kind != "heading":
            if count_words(block.text) > _MOST_ABOVE:
                return
            continue
        by_rule = block.decided is not None and block.decided.source is not None
        if by_rule or block.role is not None or fold(block.text) == fold(title or ""):
            continue
        if names.has_label(block.text) and names.shown(block.text):
            _settle_names(block, author, date)
            continue
        day = _only_date(block.text)
        if day is not None and any(_is_entry(below) for below in page.blocks[number + 1 :]):
            return
        if day and date and day == date[:10]:
            _drop(block)
        elif day and date is None:
            _make_paragraph(block)


def _settle_names(block: Candidate, author: str | None, date: str | None) -> None:
    """Drops a byline that says nothing but what is known; another one is a paragraph."""
    if all(_is_known(part, author) for part in names.parts(_without_date(block.text, date))):
        _drop(block)
    else:
        _make_paragraph(block)


def _without_date(text: str, date: str | None) -> str:
    """A text without the date that it names, where that is the page's."""
    found = dates.parse_all(text)
    is_known = len(found) == 1 and date is not None and found[0].date[:10] == date[:10]
    return f"{found[0].before} | {found[0].after}" if is_known else text


def _is_known(name: str, author: str | None) -> bool:
    return f" {fold(name)} " in f" {fold(author or '')} "


def _make_paragraph(block: Candidate) -> None:
    block.kind, block.level = "paragraph", None


def _only_date(text: str) -> str | None:
    """The day that a text names (ISO 8601), None where it says anything else."""
    found = dates.parse_all(text)
    if len(found) != 1 or count_words(found[0].before) + count_words(found[0].after) > _WORDS_BESIDE_DATE:
        return None
    return found[0].date[:10]


def _is_entry(block: Candidate) -> bool:
    return block.kept and block.kind == "heading" and _only_date(block.text) is not None


def _drop(block: Candidate) -> None:
    block.kept = False
    block.decided = Decision("drop", _BY)
    block.history += (block.decided,)
