"""The result of `clean`: a document of blocks, with the removals and their reasons."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any, Literal, Self, TypeVar, cast

if TYPE_CHECKING:
    from cleaner.sections import Chunk, Section
    from cleaner.writers.markdown.options import MarkdownOptions

T = TypeVar("T")
_AS_THEY_ARE = frozenset((str, int, float, bool))

FORMAT_VERSION = 1
"""Version of the dictionary that `Document.to_dict` gives. A higher one means that old readers would misread it."""

RECORD = ("id", "path")
"""What outputs put before a document's own fields: of the record that it was made from."""

BlockKind = Literal["heading", "paragraph", "list_item", "code", "table", "image", "math", "rule"]
ContainerKind = Literal["quote", "item", "callout", "footnote", "post"]
SpanKind = Literal["link", "strong", "emphasis", "code", "image", "math", "footnote_ref", "sub", "sup", "delete"]


@dataclass(frozen=True, slots=True)
class Span:
    """A span is a part of a text that is a link, is emphasised, and so on.

    `start` and `end` are a half-open range in code points. Spans of a text are properly nested and ordered by their
    starts, the outer before the inner. The range of an image is empty.
    """

    start: int
    end: int
    kind: SpanKind
    href: str | None = None
    """The address of a link or an image."""
    value: str | None = None
    """The alternative text of an image, the TeX of math, the label of a footnote reference."""
    title: str | None = None
    """The title of a link or an image, which browsers show beside the pointer."""
    link: str | None = None
    """The address that an image leads to. Where the image begins a link, this tells it from one before the link."""


@dataclass(frozen=True, slots=True)
class Container:
    """A container is around blocks. Two blocks are in the same container if their containers have the same `key`."""

    kind: ContainerKind
    key: int
    ordered: bool | None = None
    """Items: whether the list is numbered."""
    number: int | None = None
    """Items of a numbered list: the number."""
    checked: bool | None = None
    """Items of a task list: whether the box is ticked."""
    label: str | None = None
    """Callouts: type and title ("note", "warning Mind the step"). Footnotes: the label."""
    list: int | None = None
    """Items: the number, in the document, of the list that they are in. None where it is not known."""
    author: str | None = None
    """Posts, answers and comments: who wrote it."""
    date: str | None = None
    """Posts: when it was written, in ISO 8601."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, which may span several columns and rows."""

    text: str = ""
    spans: tuple[Span, ...] = ()
    header: bool = False
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True)
class Block:
    """A block is a heading, a paragraph, a list item, ... of the document.

    The first paragraph of a list item has the kind `list_item`. Further blocks of the item keep their kind and share
    its container. The `text` of a table has tabs between cells and newlines between rows. An image has no text.
    """

    kind: BlockKind
    text: str = ""
    level: int | None = None
    """Headings: 1 to 6."""
    role: Literal["title"] | None = None
    spans: tuple[Span, ...] = ()
    containers: tuple[Container, ...] = ()
    """From the outermost in."""
    score: float | None = None
    """The probability that the block is main content, 0 to 1. None if the extractor gives no scores."""
    language: str | None = None
    """Code: the programming language, if the page tells."""
    rows: tuple[tuple[Cell, ...], ...] = ()
    src: str | None = None
    alt: str | None = None
    caption: str | None = None
    href: str | None = None
    """Images: the address that the image leads to."""


@dataclass(frozen=True, slots=True)
class Removal:
    """A removal is a text that was removed, with the reason."""

    text: str
    reason: str
    """The id of the rule, or the stage: "content.score", "content.trafilatura", ..."""
    source: str | None = None
    """The file and line of the rule: "generic/ads.yaml:12" for a shipped one. What repeats over a site: on how many of
    its pages."""
    score: float | None = None
    index: int = 0
    """The number, on the page, of the block that it was or was part of."""
    before: int = 0
    """The number, in `Document.blocks`, of the block that it stood before or in."""
    replacement: str | None = None
    """The new text, if a rule replaced it."""


class PageWarning(str):
    """A warning about a page is a sentence for people, with a `code` for programs.

    The sentence may change between releases. The code does not. `docs/document.md` lists the codes.
    """

    __slots__ = ("code",)
    code: str
    """"page.empty", "rules.selector_cost", ...: the part of cleaner that warns, and the problem."""

    def __new__(cls, code: str, message: str) -> Self:
        """Makes a warning of a code and a sentence."""
        made = super().__new__(cls, message)
        made.code = code
        return made

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]  # pickle calls `__new__` with both
        return self.code, str(self)


@dataclass(frozen=True)
class Document:
    """The document that the page's author wrote: metadata, blocks, removals and warnings."""

    title: str | None = None
    author: str | None = None
    date: str | None = None
    """ISO 8601: 2024-03-18, or with a time."""
    site_name: str | None = None
    description: str | None = None
    language: str | None = None
    """BCP 47: "en", "pt-BR"."""
    licence: str | None = None
    url: str | None = None
    blocks: tuple[Block, ...] = ()
    removed: tuple[Removal, ...] = ()
    warnings: tuple[PageWarning, ...] = ()
    confidence: float | None = None
    """The expected word F1 of the choice of main content, 0 to 1. None if the learnt score of HTML did not choose."""
    fields: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Metadata that rules add, by name."""

    @cached_property
    def text(self) -> str:
        """The text of all blocks but the title, with blank lines between."""
        return "\n\n".join(b.text for b in self.blocks if b.text and b.role != "title")

    def to_markdown(self, options: MarkdownOptions | None = None, *, front_matter: bool = True) -> str:
        """Gives CommonMark with tables. Without the YAML front matter, the title is a heading."""
        from cleaner.writers.markdown.writer import to_markdown  # against the direction of imports: a convenience

        return to_markdown(self, options, front_matter=front_matter)

    def sections(self) -> tuple[Section, ...]:
        """Gives the sections that the headings make, in reading order, each before those in it."""
        from cleaner.sections.tree import sections_of  # a convenience against the direction, as `to_markdown`

        return sections_of(self)

    def chunks(self, max_words: int = 250, *, overlap: int = 0, id: str | None = None) -> tuple[Chunk, ...]:
        """Gives the text of all blocks in chunks of at most `max_words` words, for retrieval.

        Sections, lists and blocks stay whole where they fit. A longer block is cut at the ends of its sentences, lines
        or rows, and a longer sentence between words. A heading is in the chunk of the text that follows it, if the
        chunk has room for a word or a row of it. A chunk that goes on where the one before ended begins with up to
        `overlap` words of it. `id` is what you call the page.

        Raises ValueError for `max_words` below 1, or an `overlap` that is negative or not less than `max_words`.
        """
        from cleaner.sections.chunks import chunks_of

        return chunks_of(self, max_words, overlap=overlap, id=id)

    def to_dict(self, *, removed: bool = True) -> dict[str, Any]:
        """Gives dictionaries and lists, without empty fields. `cleaner schema` describes them."""
        given: dict[str, Any] = {"version": FORMAT_VERSION, **_plain(self)}
        given.setdefault("blocks", [])
        if self.warnings:
            given["warning_codes"] = [getattr(warning, "code", "unknown") for warning in self.warnings]
        if not removed:
            given.pop("removed", None)
        return given

    def to_json(self, *, indent: int | None = 2, removed: bool = True) -> str:
        """Gives `to_dict` as JSON. Keys have a fixed order, so equal documents are equal texts."""
        return json.dumps(self.to_dict(removed=removed), ensure_ascii=False, indent=indent)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Makes the document that `to_dict` was called on. What an output says of its record is passed over: `RECORD`.

        Raises ValueError if the data has another version or an unknown field.
        """
        if data.get("version") != FORMAT_VERSION:
            raise ValueError(
                f"document of version {data.get('version')!r}; this cleaner reads version {FORMAT_VERSION}"
            )
        fields = {key: value for key, value in data.items() if key != "version" and key not in RECORD}
        fields["blocks"] = tuple(_block(b) for b in fields.get("blocks", ()))
        fields["removed"] = tuple(_build(Removal, r) for r in fields.get("removed", ()))
        fields["fields"] = dict(fields.get("fields", {}))
        codes = chain(fields.pop("warning_codes", ()), repeat("unknown"))
        fields["warnings"] = tuple(map(PageWarning, codes, fields.get("warnings", ())))
        return _build(cls, fields)


def table_text(rows: Iterable[Iterable[Cell]]) -> str:
    """The text of a table: cells by tab, rows by newline."""
    return "\n".join("\t".join(cell.text.replace("\n", " ") for cell in row) for row in rows)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, PageWarning):
        return str(value)
    if isinstance(value, Mapping):
        return dict(value)
    kind: Any = type(value)
    defaults = _defaults(kind)
    if defaults is None:
        return value
    given = {}
    for name, default in defaults:
        item = getattr(value, name)
        if item != default:
            given[name] = item if type(item) in _AS_THEY_ARE else _plain(item)
    return given


@cache
def _defaults(kind: type) -> tuple[tuple[str, Any], ...] | None:
    """The fields of a dataclass with their defaults, `MISSING` where there is none; None for another class."""
    if not dataclasses.is_dataclass(kind):
        return None
    return tuple((field.name, _default(field)) for field in dataclasses.fields(kind))


def _default(field: dataclasses.Field[Any]) -> Any:
    return field.default if field.default_factory is dataclasses.MISSING else field.default_factory()


def _build(kind: type[T], data: Mapping[str, Any]) -> T:
    try:
        return kind(**data)
    except TypeError:
        fields = {field.name: _default(field) is dataclasses.MISSING for field in dataclasses.fields(cast(Any, kind))}
        wrong = [f"unknown field {name!r}" for name in data if name not in fields]
        wrong += [f"no field {name!r}" for name, needed in fields.items() if needed and name not in data]
        raise ValueError(f"not a {kind.__name__.lower()} of this version: {', '.join(wrong)}") from None


def _block(data: Mapping[str, Any]) -> Block:
    fields = dict(data)
    fields["spans"] = _spans(data)
    fields["containers"] = tuple(_build(Container, c) for c in data.get("containers", ()))
    fields["rows"] = tuple(tuple(_cell(c) for c in row) for row in data.get("rows", ()))
    return _build(Block, fields)


def _cell(data: Mapping[str, Any]) -> Cell:
    return _build(Cell, {**data, "spans": _spans(data)})


def _spans(data: Mapping[str, Any]) -> tuple[Span, ...]:
    return tuple(_build(Span, s) for s in data.get("spans", ()))
