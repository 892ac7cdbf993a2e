"""Texts and selectors as they are compared."""

from __future__ import annotations

from functools import lru_cache

from cleaner.normalize import fold
from cleaner.selectors import CompoundSelector, Selector


@lru_cache(maxsize=65_536)
def folded(text: str) -> str:
    """The text for comparing; as it is where it has no word."""
    return fold(text) or text


def collapsed(text: str) -> str:
    """The text with single spaces."""
    return " ".join(text.split())


def normal(selector: Selector) -> str:
    """What a selector is written as, with single spaces."""
    return collapsed(selector.source)


def names_of(compound: CompoundSelector) -> list[str]:
    """What a compound selector asks for, under which one that is wider may be filed."""
    names = [*(f".{each}" for each in sorted(compound.classes)), compound.id and f"#{compound.id}", compound.tag]
    return [name for name in names if name]


def least_name(compound: CompoundSelector) -> str:
    """The name under which a compound selector is filed."""
    return names_of(compound)[0] if names_of(compound) else ""


def written(compound: CompoundSelector) -> str:
    """A compound selector as CSS."""
    id = f"#{compound.id}" if compound.id else ""
    return f"{compound.tag or ''}{id}{''.join(f'.{each}' for each in sorted(compound.classes))}"


def is_selected_by(narrow: CompoundSelector, wide: CompoundSelector) -> bool:
    """Whether every element of the narrow selector is one of the wide selector."""
    asks = bool(wide.tag or wide.id or wide.classes)
    same = wide.tag in (None, narrow.tag) and wide.id in (None, narrow.id)
    return asks and same and wide.classes <= narrow.classes
