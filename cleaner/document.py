"""What `clean` gives back: a document of blocks, and what was taken out of the page to get there."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, repeat
from typing import Any, Literal, Self, TypeVar, cast

T = TypeVar("T")

FORMAT_VERSION = 1
"""Version of the dictionary that `Document.to_dict` gives; raised when a reader of an older one would misread it."""

BlockKind = Literal["heading", "paragraph", "list_item", "code", "table", "image", "math", "rule"]
ContainerKind = Literal["quote", "item", "callout", "footnote"]
SpanKind = Literal["link", "strong", "emphasis", "code", "image", "math", "footnote_ref", "sub", "sup", "delete"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text that is a link, is emphasised, and so on.

    `start` and `end` are a half-open range in code points; spans of a text are properly nested and stand in the
    order of their starts, the outer before the inner. An image has no width.
    """

    start: int
    end: int
    kind: SpanKind
    href: str | None = None
    """Address of a link or an image."""
    value: str | None = None
    """Alternative text of an image, TeX of math, label of a footnote reference."""


@dataclass(frozen=True, slots=True)
class Container:
    """Something around blocks: two blocks whose containers have the same `key` are in the same one."""

    kind: ContainerKind
    key: int
    ordered: bool | None = None
    """Items: whether the list is numbered."""
    number: int | None = None
    """Items of a numbered list: the item's number."""
    checked: bool | None = None
    """Items of a task list: whether the box is ticked."""
    label: str | None = None
    """Callouts: type and title ("note", "warning Mind the step"); footnotes: what references call it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table."""

    text: str = ""
    spans: tuple[Span, ...] = ()
    header: bool = False
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item, ... of the document.

    The first paragraph of a list item has kind `list_item`; further blocks of the item keep their kind and share its
    container. A table's `text` is its cells by tab and its rows by newline; an image's is empty.
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
    """How sure the extractor was that the block is main content, 0 to 1; None where it gives no scores."""
    language: str | None = None
    """Code: the programming language, where the page tells."""
    rows: tuple[tuple[Cell, ...], ...] = ()
    src: str | None = None
    alt: str | None = None
    caption: str | None = None


@dataclass(frozen=True, slots=True)
class Removal:
    """A text that was taken out, and why."""

    text: str
    reason: str
    """Id of the rule, or "content.score", "content.trafilatura" and their like for a stage."""
    source: str | None = None
    """Where the rule stands ("generic/ads.yaml:12"), relative to the rule root."""
    score: float | None = None
    index: int = 0
    """Place in the page's order: the number of the block that it was or was part of."""
    before: int = 0
    """Number, in `Document.blocks`, of the block that it stood before (or in, for a part of a block)."""
    replacement: str | None = None
    """What stands in its place, where a rule replaced it."""


class PageWarning(str):
    """A warning about a page: a sentence for people, with a code for programs.

    It is a `str`, the sentence, so it can be printed as it is. The sentence may change between releases, the code does
    not; `docs/document.md` lists the codes.
    """

    __slots__ = ("code",)
    code: str
    """"page.empty", "rules.selector_cost", ...: the part of the work that warns, and what is the matter."""

    def __new__(cls, code: str, message: str) -> Self:
        """A warning with this code and this sentence."""
        made = super().__new__(cls, message)
        made.code = code
        return made

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]  # pickle calls `__new__` with both
        return self.code, str(self)


@dataclass(frozen=True)
class Document:
    """The document that the page's author wrote."""

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

    @cached_property
    def text(self) -> str:
        """The blocks' text with blank lines between, without the title."""
        return "\n\n".join(b.text for b in self.blocks if b.text and b.role != "title")

    def to_markdown(self, *, front_matter: bool = True) -> str:
        """CommonMark with tables; the metadata as YAML front matter, or the title as `# Title` without it."""
        from cleaner.writers.markdown.writer import to_markdown  # the one import against the direction: a convenience

        return to_markdown(self, front_matter=front_matter)

    def to_dict(self, *, removed: bool = True) -> dict[str, Any]:
        """Plain dictionaries and lists, without fields that hold nothing; `cleaner schema` describes them."""
        given: dict[str, Any] = {"version": FORMAT_VERSION, **_plain(self)}
        given.setdefault("blocks", [])
        if self.warnings:
            given["warning_codes"] = [getattr(warning, "code", "unknown") for warning in self.warnings]
        if not removed:
            given.pop("removed", None)
        return given

    def to_json(self, *, indent: int | None = 2, removed: bool = True) -> str:
        """`to_dict` as JSON; keys keep their order, so that equal documents are equal texts."""
        return json.dumps(self.to_dict(removed=removed), ensure_ascii=False, indent=indent)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The document that `to_dict` was called on.

        Raises ValueError where the data has another version or a field that no document has.
        """
        if data.get("version") != FORMAT_VERSION:
            raise ValueError(
                f"document of version {data.get('version')!r}; this cleaner reads version {FORMAT_VERSION}"
            )
        fields = {key: value for key, value in data.items() if key != "version"}
        fields["blocks"] = tuple(_block(b) for b in fields.get("blocks", ()))
        fields["removed"] = tuple(_build(Removal, r) for r in fields.get("removed", ()))
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
    if not dataclasses.is_dataclass(value):
        return value
    given = {}
    for field in dataclasses.fields(value):
        item = getattr(value, field.name)
        if item != field.default or field.default is dataclasses.MISSING:
            given[field.name] = _plain(item)
    return given


def _build(kind: type[T], data: Mapping[str, Any]) -> T:
    try:
        return kind(**data)
    except TypeError:
        fields = {field.name: field.default is dataclasses.MISSING for field in dataclasses.fields(cast(Any, kind))}
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
