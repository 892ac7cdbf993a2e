"""What rule files say, as plain data: rules, metadata rules, inline tests, and the problems of a file."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from cleaner.selectors import Selector

Verb = Literal[
    "keep", "drop", "drop_after", "drop_before", "main", "heading", "paragraph", "unwrap", "replace", "split"
]
MetadataField = Literal["title", "author", "date", "site_name", "description", "language", "licence"]

MAX_BYTES = 2_000_000
"""Bytes of a rule file."""
DEFAULT_EDITS = 1
LONGEST_LIKE = 80
"""Characters of a block that is tried for near matches: what costs time for each rule is for labels, not for prose."""


class Tier(IntEnum):
    """Who wrote a rule, and so who wins: the higher over the lower."""

    GENERIC = 0
    LANGUAGE = 1
    SITE = 2
    USER = 3


@dataclass(frozen=True, slots=True)
class Place:
    """Among the first or the last `count` blocks of the main region."""

    where: Literal["first", "last"]
    count: int


@dataclass(frozen=True, slots=True)
class Conditions:
    """What one match of a rule asks for: every condition that is given must hold, any one item of it is enough.

    The local conditions are asked of a block by itself, the contextual ones of its place among the others.
    """

    text: tuple[str, ...] = ()
    """Whole blocks, as written in the file; compared folded."""
    like: tuple[str, ...] = ()
    """Whole blocks at most `edits` characters away, compared folded."""
    edits: int = DEFAULT_EDITS
    misspelt: bool | None = None
    """Whether a long `text` may have a wrong letter or two."""
    with_companions: tuple[str, ...] = ()
    """Texts that may stand before and after a `text`, compared folded; so may numbers of at most three digits."""
    unless: tuple[str, ...] = ()
    """Whole blocks that do not match, compared folded."""
    regex: tuple[str, ...] = ()
    """RE2 patterns, searched for in a block's text."""
    words: tuple[str, ...] = ()
    """RE2 patterns, searched for in a block's folded text."""
    css: tuple[Selector, ...] = ()
    xpath: tuple[Selector, ...] = ()
    kind: tuple[str, ...] = ()
    from_markup: bool | None = None
    """Whether the page's markup makes it the block that it is; lines of flattened text are told by their form."""
    max_words: int | None = None
    repeats: int | None = None
    """Contextual: minimum number of times that the folded text stands in the document, not adjacent."""
    heads_next: bool | None = None
    """Contextual: whether the next block that stays begins with its words."""
    heads_links: bool | None = None
    """Contextual: whether links to other pages stand under it."""
    takes_links: bool | None = None
    """Whether a `drop` takes the links to other pages under the block along."""
    recurs_irregularly: int | None = None
    """Contextual: minimum number of times that the text comes back, out of order or at uneven distances."""
    place: Place | None = None
    """Contextual: where in the main region."""
    keep: bool | None = None
    """Of the verbs `heading` and `paragraph`: whether the block is kept, too. Of `main`: whether all that no rule drops
    is kept."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One verb with what it matches."""

    verb: Verb
    matches: tuple[Conditions, ...]
    """Any of them is enough."""
    id: str
    why: str | None
    source: str
    """The file and line: "generic/ads.yaml:12" for a shipped rule, the path as given for a user's."""
    level: int | None
    """Of the verb `heading`: 1 to 6, None where the rule leaves it to the page."""
    replacement: str
    """Of the verb `replace`: what stands in the place of the match."""
    tier: Tier
    order: tuple[int, int]
    """Number of the file in load order, number of the rule in its file; of equal rules the higher wins."""
    sites: tuple[str, ...] = ()
    """Host names in lower case, without "www."; empty for every site."""
    languages: tuple[str, ...] = ()
    """Language tags in lower case; empty for every language."""
    paths: tuple[str, ...] = ()
    """Paths of addresses, with `*` for any characters; empty for every path."""
    attribute: str | None = None
    """Of the verb `replace`: the attribute whose value stands in the place of an element's content."""
    max_drop_ratio: float | None = None
    """The share of a page's words that it may take; where it would take more, it does not apply. None: all."""


@dataclass(frozen=True, slots=True)
class Disabled:
    """Rules that are off where a file applies."""

    ids: tuple[str, ...]
    source: str
    tier: Tier
    order: tuple[int, int]
    sites: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkRule:
    """What is done to the links of a page."""

    strip_parameters: tuple[str, ...]
    """Names of parameters that are taken off, with `*` for any characters."""
    source: str
    tier: Tier
    order: tuple[int, int]
    sites: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MetadataRule:
    """Where a page tells a field of its metadata."""

    field: str
    """A `MetadataField`, or the name of a field of the file's own."""
    css: tuple[Selector, ...]
    xpath: tuple[Selector, ...]
    attr: str | None
    """The attribute to take instead of the element's text."""
    regex: str | None
    """RE2 pattern whose first group, or whole match where it has none, is the value."""
    source: str
    tier: Tier
    order: tuple[int, int]
    sites: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    is_own: bool = False
    """Whether the field is one of the file's own, for `Document.fields`."""

    @property
    def key(self) -> str:
        """What it is called where a rule has its id: "author my.yaml:7"."""
        return f"{self.field} {self.source}"


@dataclass(frozen=True, slots=True)
class RuleTest:
    """A test that stands in a rule file."""

    name: str
    media_type: str
    """Which key gave `data`: "text/plain", "text/html" or "text/markdown"; of a `page` what its suffix says."""
    data: str
    """Empty where the test has a `page`."""
    gives: str | None
    """The Markdown, or the text, that is left; None where the test does not say it."""
    url: str | None
    language: str | None
    shipped: bool
    """Whether the shipped rules run too."""
    source: str
    file: int
    """Number of the file in load order."""
    tier: Tier
    page: str | None = None
    """The path of a saved page, from the folder of the rule file, as it is written there."""
    contains: tuple[str, ...] = ()
    """What must be in the text that is left; so must what it `lacks` not be."""
    lacks: tuple[str, ...] = ()
    headings: tuple[str, ...] | None = None
    """All headings that are left, in order, as texts or as "## Text"; None where the test does not say it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A mistake in a rule file; `line` and `column` count from 1, both 0 where the file could not be read at all."""

    file: str
    line: int
    column: int
    message: str
    code: str = field(default="wrong-value", compare=False)
    """The kind of mistake, as docs/rule-findings.md lists them."""

    def __str__(self) -> str:
        place = [self.file] if self.file else []
        if self.line:
            place += [str(self.line), str(self.column)]
        return ":".join(place) + ": " + self.message if place else self.message


class RuleError(ValueError):
    """Raised for rule files with mistakes and for unknown rules. `str` gives one problem per line."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))
