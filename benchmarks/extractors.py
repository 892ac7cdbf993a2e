"""Cleaners with an extractor that is not the default, for the scorers' `--factory extractors:trafilatura`."""

from __future__ import annotations

from functools import cache

from cleaner import Cleaner


@cache
def _cleaner(extractor: str) -> Cleaner:
    return Cleaner(extractor=extractor)  # type: ignore[arg-type]


def trafilatura(page_id: str) -> Cleaner:
    """Trafilatura's choice of blocks, our structure."""
    return _cleaner("trafilatura")


def everything(page_id: str) -> Cleaner:
    """All that no rule removes."""
    return _cleaner("none")
