"""What reading gives: the candidates of a page in its order, and what is known around them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cleaner.page.candidate import Candidate
from cleaner.page.elements import Hit, Mark, Nodes
from cleaner.page.facts import Facts

if TYPE_CHECKING:
    from cleaner.text.features import Forms
    from cleaner.text.headings import Headings


@dataclass(slots=True)
class Page:
    """A page that has been read."""

    blocks: list[Candidate] = field(default_factory=list)
    nodes: Nodes = field(default_factory=Nodes)
    hits: list[Hit] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    facts: Facts = field(default_factory=Facts)
    selected: dict[int, list[str]] = field(default_factory=dict)
    """Values of the selectors that were asked for metadata."""
    title_position: int | None = None
    """Markdown: how many blocks stand before the title that its front matter holds; None where that is no block."""
    base: str | None = None
    """Address that relative links start from."""
    forms: Forms | None = None
    """The lines of a text, as scores see them; None where the page is none."""
    headings: Headings | None = None
    """The headings of a text, as the score for them saw them."""
    printed: set[int] = field(default_factory=set)
    """Blocks of a text, by number, that belong to the pages that it was printed on: page numbers, running heads."""
    source: str = ""
    """The HTML that it was read from, for an extractor that reads it itself; empty where the page was none."""
    warnings: list[str] = field(default_factory=list)
