"""Headings above the text that are none: they say who wrote it, or when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from cleaner.metadata import dates, names
from cleaner.normalize import count_words, fold, has_words
from cleaner.page.candidate import Candidate, Decision
from cleaner.page.page import Page

_BY = "structure.byline"
_MOST_ABOVE = 12
"""Words of a block that may stand above the text: a kicker, a line under the title. Longer ones are the text."""
_MOST_HEADINGS = 20
"""Headings of a page that are looked at: more of them above a text are a list, and each is compared with all others."""
_WORDS_BESIDE_DATE = 1
"""A weekday, or "published"."""


def settle(page: Page, title: str | None, author: str | None, date: str | None) -> None:
    """Drops headings above the text that repeat the `author` or the `date` (ISO 8601) of the page.

    They become paragraphs where they say what the page says nowhere else. The `title` stays, whatever it says, and so
    do the headings of sections: dates over the entries of a diary, also over the only one where its level is that of a
    section, and ways to go ("By Sea", "By Land Rover").
    """
    for block, below, over in _above_text(page.blocks):
        by_rule = block.decided is not None and block.decided.source is not None
        if by_rule or block.role is not None or fold(block.text) == fold(title or ""):
            continue
        if names.has_label(block.text) and names.shown(block.text):
            _settle_names(block, page.blocks, author, date)
            continue
        day = _only_date(block.text)
        if day is not None and any(map(_is_entry, below)):
            return
        if day is None or (block.level == over + 1 and _is_bare_date(block.text)):
            continue
        if date is None:
            _make_paragraph(block)
        elif day == date[:10]:
            _drop(block)


def _above_text(blocks: Sequence[Candidate]) -> Iterator[tuple[Candidate, Iterator[Candidate], int]]:
    """The headings above the text, each with the blocks below it and the level of the heading before it, 9 for none."""
    over, count = 9, 0
    for number, block in enumerate(blocks):
        if not block.kept:
            continue
        if block.kind == "heading":
            count += 1
            if count > _MOST_HEADINGS:
                return
            level = block.level or 6
            yield block, islice(blocks, number + 1, None), over
            over = level
        elif count_words(block.text) > _MOST_ABOVE:
            return


def _settle_names(block: Candidate, blocks: Sequence[Candidate], author: str | None, date: str | None) -> None:
    """Drops a byline that says nothing but what is known; another one is a paragraph.

    It is a section where another heading of its level begins like it, or where it has others of its level and names
    nobody who is known.
    """
    peers = [other for other in blocks if other.kept and other.kind == "heading" and other.level == block.level]
    if sum(names.has_label(peer.text) for peer in peers) > 1:
        return
    known = [_is_known(part, author) for part in names.parts(_without_date(block.text, date))]
    if all(known):
        _drop(block)
    elif len(peers) == 1 or any(known):
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


def _is_bare_date(text: str) -> bool:
    return all(not has_words(found.before + found.after) for found in dates.parse_all(text))


def _is_entry(block: Candidate) -> bool:
    return block.kept and block.kind == "heading" and _only_date(block.text) is not None


def _drop(block: Candidate) -> None:
    block.kept = False
    block.decided = Decision("drop", _BY)
    block.history += (block.decided,)
