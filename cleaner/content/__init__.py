"""Which candidates are main content, when no rule says so."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

from cleaner.content.alignment import coverage
from cleaner.normalize import words
from cleaner.page import Page

Extractor = Literal["auto", "trafilatura", "none"]
EXTRACTORS: tuple[str, ...] = get_args(Extractor)

_LARGEST_FOR_TRAFILATURA = 10_000_000
"""Characters; beyond it Trafilatura takes minutes."""


@dataclass(slots=True)
class Choice:
    """What an extractor chose of a page."""

    kept: list[bool]
    by: str = "content.none"
    scores: list[float] | None = None
    warnings: list[str] = field(default_factory=list)


def choose(page: Page, extractor: Extractor, source: str, url: str | None) -> Choice:
    """The choice of an extractor; `source` is the page's HTML, empty where there was none.

    Where an extractor finds nothing on a page that has text, everything is kept, with a warning.
    """
    name = ("trafilatura" if source else "none") if extractor == "auto" else extractor
    if name == "none" or not source:
        return Choice([True] * len(page.blocks))
    if len(source) > _LARGEST_FOR_TRAFILATURA:
        return _everything(page, f"Trafilatura was not asked: more than {_LARGEST_FOR_TRAFILATURA} characters")
    return _by_trafilatura(page, source, url)


def _everything(page: Page, warning: str) -> Choice:
    return Choice([True] * len(page.blocks), warnings=[f"{warning}; every block was kept"] if page.blocks else [])


def _by_trafilatura(page: Page, source: str, url: str | None) -> Choice:
    """Keeps the blocks whose text Trafilatura keeps (Barbaresi, ACL 2021); the structure stays ours."""
    import trafilatura

    try:
        found = trafilatura.bare_extraction(source, url=url, include_comments=False, with_metadata=False)
        text = getattr(found, "text", None) or ""
    except Exception as error:  # whatever it stumbles over, the page is still there
        return _everything(page, f"Trafilatura failed ({type(error).__name__})")
    if not text:
        return _everything(page, "Trafilatura found no main content")
    shares = coverage([words(block.text) for block in page.blocks], words(text))
    kept = [share >= 0.5 for share in shares]
    _keep_wordless(page, kept)
    return Choice(kept, "content.trafilatura")


def _keep_wordless(page: Page, kept: list[bool]) -> None:
    """Images, rules and other blocks without words go with their neighbours: kept between two that are."""
    silent = [not words(block.text) for block in page.blocks]
    before = _nearest(kept, silent, range(len(kept)))
    after = _nearest(kept, silent, range(len(kept) - 1, -1, -1))
    for number, wordless in enumerate(silent):
        if wordless:
            kept[number] = before[number] and after[number]


def _nearest(kept: list[bool], silent: list[bool], order: range) -> list[bool]:
    """For each block whether the last one with words, going in `order`, is kept."""
    last, found = False, [False] * len(kept)
    for number in order:
        found[number] = last
        if not silent[number]:
            last = kept[number]
    return found
