"""What reading gives: the candidates of a page in its order, and what is known around them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from cleaner.document import PageWarning
from cleaner.page.candidate import Candidate
from cleaner.page.elements import Hit, Mark, Nodes
from cleaner.page.facts import Facts
from cleaner.page.posts import PostHead

if TYPE_CHECKING:
    from cleaner.text.features.line_features import LineFeatures
    from cleaner.text.features.lines import Lines
    from cleaner.text.headings import Headings


class Origin(Enum):
    """What a page was read from."""

    HTML = "html"
    MARKDOWN = "markdown"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class TextLines:
    """The lines of flattened text, as the learnt scores see them."""

    features: LineFeatures
    headings: Headings
    lines: Lines | None = None
    """What the features were made of."""
    signs: Mapping[int, str] = field(default_factory=dict)
    """What the lines below underlined headings are drawn with, by block."""


@dataclass(slots=True)
class Page:
    """A page that has been read; readers make it, and the stages after them work on its blocks."""

    origin: Origin = Origin.HTML
    blocks: list[Candidate] = field(default_factory=list)
    nodes: Nodes = field(default_factory=Nodes)
    hits: list[Hit] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    facts: Facts = field(default_factory=Facts)
    posts: dict[int, PostHead] = field(default_factory=dict)
    """HTML: what the posts of a discussion say of themselves, by the keys of their containers."""
    source: str = ""
    """HTML: the text that it was read from, for an extractor that reads it itself."""
    names: frozenset[str] | None = None
    """HTML: what links within the page can lead to, ids of elements and names of <a>; None where there is no
    such link, or where they are not known."""
    title_position: int | None = None
    """Markdown: how many blocks stand before the title that its front matter holds; None where that is no block."""
    lines: TextLines | None = None
    """Text: its lines; None where it has none."""
    printed: frozenset[int] = frozenset()
    """Text: numbers of the blocks at the edges of the pages that it was printed on: page numbers, running heads."""
    warnings: list[PageWarning] = field(default_factory=list)
