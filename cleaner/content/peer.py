"""Main content as Trafilatura chooses it (Barbaresi, ACL 2021), in our structure."""

from __future__ import annotations

from cleaner.content.alignment import coverage
from cleaner.normalize import words
from cleaner.page.page import Page

MAX_CHARACTERS = 10_000_000
"""Maximum number of characters of a page that Trafilatura is asked about; it takes minutes for more."""
MAX_TAGS = 50_000
"""Maximum number of tags; it takes up to 0.1 ms for each, and more where tables are nested."""
_MIN_COVERED = 0.5
"""Minimum share of the words of a kept block that are in Trafilatura's text."""


class NoChoice(Exception):
    """Trafilatura could not be asked, or it found nothing; the text says why."""


def kept_by_trafilatura(page: Page, url: str | None) -> list[bool]:
    """For each block of a page that was HTML, whether Trafilatura keeps its text.

    Raises NoChoice if it gives no answer.
    """
    if len(page.source) > MAX_CHARACTERS:
        raise NoChoice(f"Trafilatura was not asked: more than {MAX_CHARACTERS} characters")
    if page.source.count("<") > MAX_TAGS:
        raise NoChoice(f"Trafilatura was not asked: more than {MAX_TAGS} tags")
    import trafilatura

    try:
        found = trafilatura.bare_extraction(page.source, url=url, include_comments=False, with_metadata=False)
    except Exception as error:  # its failure is no reason to lose the page
        raise NoChoice(f"Trafilatura failed ({type(error).__name__})") from error
    text = getattr(found, "text", None)
    if not text:
        raise NoChoice("Trafilatura found no main content")
    shares = coverage([words(block.text) for block in page.blocks], words(text))
    return [share >= _MIN_COVERED for share in shares]
