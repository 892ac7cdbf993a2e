"""A text and what is written around its spans: what stands before and after each character."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from cleaner.document import Span
from cleaner.writers.markdown.flanking import Context, Edge


@dataclass(frozen=True)
class Written:
    """A text with what is written around its spans."""

    text: str
    spans: tuple[Span, ...]
    edges: tuple[Edge, ...]
    contexts: tuple[Context, ...]
    markup: tuple[str, ...]
    """What is written at each edge."""
    bracketed: bool = False
    """Whether the whole stands in brackets, as an image's alternative text."""

    def pieces(self) -> Iterator[tuple[int, int, str]]:
        """Stretches of the text itself, start and end, each with the markup that follows it."""
        done = 0
        for edge, markup in zip(self.edges, self.markup, strict=True):
            yield done, edge.position, markup
            done = edge.end
        yield done, len(self.text), ""

    @cached_property
    def _first(self) -> dict[int, str]:
        found: dict[int, str] = {}
        for edge, markup in zip(self.edges, self.markup, strict=True):
            found.setdefault(edge.position, markup[0])
        if self.bracketed:
            found.setdefault(len(self.text), "]")
        return found

    @cached_property
    def _last(self) -> dict[int, str]:
        start = {0: "["} if self.bracketed else {}
        return start | {edge.end: markup[-1] for edge, markup in zip(self.edges, self.markup, strict=True)}

    @cached_property
    def bracket_starts_line(self) -> bool:
        """Whether a line could be the definition of a link."""
        return self.text.startswith("[") or "\n[" in self.text

    def markup_before(self, index: int) -> str:
        """The last character of markup directly before a character of the text; empty if text is there."""
        return self._last.get(index, "")

    def markup_after(self, index: int) -> str:
        """The first character of markup directly after a character of the text; empty if text is there."""
        return self._first.get(index + 1, "")

    def before(self, index: int) -> str:
        """The character that is written before one of the text; empty at the start."""
        return self.markup_before(index) or (self.text[index - 1] if index else "")

    def after(self, index: int) -> str:
        """The character that is written after one of the text; empty at the end."""
        return self.markup_after(index) or self.text[index + 1 : index + 2]
