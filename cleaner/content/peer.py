"""Main content as Trafilatura sees it (Barbaresi, ACL 2021): its choice, our structure."""

from __future__ import annotations

from cleaner.content.alignment import coverage
from cleaner.normalize import words
from cleaner.page.page import Page

LARGEST = 10_000_000
"""Characters; beyond it Trafilatura takes minutes."""
MOST_TAGS = 50_000
"""Tags; it takes up to 0.1 ms for each, more where tables are nested."""
_MOSTLY = 0.5
"""Share of a block's words that must be in Trafilatura's text."""


class NoChoice(Exception):
    """Trafilatura could not be asked, or found nothing; the text says why."""


def kept_by_trafilatura(page: Page, url: str | None) -> list[bool]:
    """For each block of a page that was HTML whether Trafilatura keeps its text.

    Raises NoChoice where it gives no answer.
    """
    if len(page.source) > LARGEST:
        raise NoChoice(f"Trafilatura was not asked: more than {LARGEST} characters")
    if page.source.count("<") > MOST_TAGS:
        raise NoChoice(f"Trafilatura was not asked: more than {MOST_TAGS} tags")
    import trafilatura

    try:
        found = trafilatura.bare_extraction(page.source, url=url, include_comments=False, with_metadata=False)
    except Exception as error:  # whatever it stumbles over, the page is still there
        raise NoChoice(f"Trafilatura failed ({type(error).__name__})") from error
    text = getattr(found, "text", None)
    if not text:
        raise NoChoice("Trafilatura found no main content")
    shares = coverage([words(block.text) for block in page.blocks], words(text))
    return [share >= _MOSTLY for share in shares]
