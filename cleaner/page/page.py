"""What reading gives: the candidates of a page in its order, and what is known around them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from cleaner.document import PageWarning
from cleaner.page.candidate import Candidate

if TYPE_CHECKING:
    from cleaner.text.features.line_features import LineFeatures
    from cleaner.text.headings import Headings


class Sort(NamedTuple):
    """What elements of a page have in common that look the same: a page of a thousand has some fifty sorts."""

    tag: str
    classes: str = ""
    id: str = ""
    role: str = ""
    """`role` and `itemprop`."""


@dataclass(slots=True)
class Nodes:
    """The block-level elements of a page in document order, as columns; none for text, which has none."""

    parent: list[int] = field(default_factory=list)
    """Number of the one around it, -1 for the outermost."""
    sort: list[int] = field(default_factory=list)
    """Place of its sort in `sorts`."""
    depth: list[int] = field(default_factory=list)
    """Block-level elements around it, itself included."""
    first: list[int] = field(default_factory=list)
    """Number of the first block inside."""
    end: list[int] = field(default_factory=list)
    """One past the number of the last block inside."""
    sorts: list[Sort] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Hit:
    """A selector matched an element around blocks `first` to `end` (half-open)."""

    selector: int
    node: int
    first: int
    end: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A selector matched an element that is a part of a block: its text from `start` to `end`."""

    selector: int
    block: int
    start: int
    end: int


@dataclass(slots=True)
class Facts:
    """What a page says of itself outside its text, as it says it; `metadata.py` decides what of it to believe."""

    title: str | None = None
    """The <title>."""
    headings: list[str] = field(default_factory=list)
    """Texts of the first few <h1> elements."""
    language: str | None = None
    """`lang` of the page."""
    canonical: str | None = None
    """Its address: canonical link, `og:url`, or the comment that a browser saves a page with."""
    licence: str | None = None
    """Target of a link with `rel=license`."""
    meta: list[tuple[str, str]] = field(default_factory=list)
    """(name, property, itemprop or http-equiv in lower case; content) of the <meta> elements."""
    json_ld: list[str] = field(default_factory=list)
    """Sources of the JSON-LD scripts."""
    bylines: list[tuple[str, str]] = field(default_factory=list)
    """(what marks it: "rel=author", "itemprop=author", "class", each with " aside" where it stands in a comment, a
    sidebar, a footer or a list of other pages; text, its text nodes on lines) of elements that look like bylines."""
    times: list[tuple[str, str]] = field(default_factory=list)
    """(what marks it: "time", "time published", "itemprop=datepublished", "class", with " aside" as above; value) of
    elements that carry dates."""
    opening: list[str] = field(default_factory=list)
    """Short texts around the page's own <h1>, a text node each: where a page without markup for it has its byline."""
    front_matter: dict[str, str] = field(default_factory=dict)
    """Metadata that Markdown begins with, by the names of `Document`'s fields."""


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


@dataclass(slots=True)
class Page:
    """A page that has been read; readers make it, and the stages after them work on its blocks."""

    origin: Origin = Origin.HTML
    blocks: list[Candidate] = field(default_factory=list)
    nodes: Nodes = field(default_factory=Nodes)
    hits: list[Hit] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    facts: Facts = field(default_factory=Facts)
    base: str | None = None
    """HTML: the address that relative links start from, where the page names one."""
    source: str = ""
    """HTML: the text that it was read from, for an extractor that reads it itself."""
    title_position: int | None = None
    """Markdown: how many blocks stand before the title that its front matter holds; None where that is no block."""
    lines: TextLines | None = None
    """Text: its lines; None where it has none."""
    printed: frozenset[int] = frozenset()
    """Text: numbers of the blocks at the edges of the pages that it was printed on: page numbers, running heads."""
    warnings: list[PageWarning] = field(default_factory=list)
