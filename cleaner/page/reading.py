"""The protocol of readers: each makes a page of a text, with the rules that hold for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from cleaner.page.page import Page


class Stretch(NamedTuple):
    """A text of the tree that selectors take by itself, without the element that it is in."""

    element: Any
    """The element that it stands in, before the first child, or behind."""
    is_tail: bool
    """Whether it stands behind the element."""
    selectors: tuple[int, ...]


@dataclass(slots=True)
class Replaced:
    """An element of the tree whose content a rule replaces before the page is walked."""

    element: Any
    value: str
    id: str
    """Of the rule."""
    source: str
    text: str = ""
    """What it said."""


class Lookup(Protocol):
    """The rules as a reader asks for them: which selectors match an element, and which of them unwrap it."""

    @property
    def special(self) -> Mapping[Any, tuple[int, ...]]:
        """By element: the selectors that match it for its place on the page."""

    @property
    def stretches(self) -> Sequence[Stretch]:
        """The texts that selectors take by themselves."""

    @property
    def replaced(self) -> Sequence[Replaced]:
        """The elements whose content is the value of an attribute; the reader notes their texts."""

    def prepare(self, root: Any) -> None:
        """Called before the page is walked, with the root of its tree, which may then change only for `stretches`."""

    def mark(self, element: Any, selectors: tuple[int, ...]) -> None:
        """Notes that selectors match an element, for a stretch of it or around it."""

    def of(self, tag: str, id: str, classes: str) -> tuple[int, ...]:
        """The selectors that match every element with this tag, id and `class`."""

    def unwraps(self, selectors: tuple[int, ...]) -> bool:
        """Whether one of the selectors is an `unwrap` rule's."""


class RuleScope(Protocol):
    """The rules of a cleaner, of which some hold for a page."""

    def __call__(self, address: str | None, language: str | None) -> Lookup:
        """The rules for a page.

        A reader calls this once, with the address that the page gives itself and its language (a BCP 47 tag), as soon
        as it knows both.
        """


class Reader(Protocol):
    """Reads a text of one media type."""

    def __call__(self, text: str, scope: RuleScope, *, text_model: Path) -> Page:
        """The page that a text is.

        `text_model` is the file of the scores for flattened text. Never raises on any text: what cannot be read is
        told in the page's warnings.
        """
