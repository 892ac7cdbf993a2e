"""What a page tells for the rules of its site: its blocks, the places that they are in, where its metadata stands."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Self

from cleaner.document import Document
from cleaner.html.parse import parse
from cleaner.normalize import fold
from cleaner.page.candidate import Candidate
from cleaner.page.elements import ElementSignature
from cleaner.page.page import Origin, Page
from cleaner.repeats import text_key
from cleaner.repeats.keys import Key
from cleaner.rules.learning.names import selectors_of
from cleaner.selectors import Elements

MAX_TEXT = 200
"""Characters of a block's text that are remembered."""
MAX_BLOCKS = 5_000
"""Blocks of a page that are surveyed, from its beginning."""
MAX_PLACES = 1_000
"""Selectors of a page that are surveyed: together with `MAX_BLOCKS` they bound the time that a hostile page takes."""
_MAX_PREFIX = 24
"""Characters before an author's name: "Written by "."""
_COMMENTS = "content.comments"
"""The stage that drops readers' comments."""
ReadDate = Callable[[str, str | None], str | None]
"""Reads a date of a text in a language, as ISO 8601."""


class SurveyedBlock(NamedTuple):
    """A block as it was decided."""

    text: str
    """At most `MAX_TEXT` characters."""
    packed: int
    """Its key, as `page_keys` gives them; -1 for a block without text or image."""
    kind: str
    kept: bool
    names_page: bool
    """Whether it is the title."""
    score: float
    """The score of its content; 0 without one."""
    comments: bool = False
    """Whether it was dropped as a reader's comment, which is for the user to choose."""

    @property
    def key(self) -> Key:
        """What tells equal texts."""
        return Key.unpacked(self.packed)

    @property
    def words(self) -> int:
        """The number of its words; 0 for an image."""
        return self.key.words if self.packed >= 0 else 0


class FieldPlace(NamedTuple):
    """Where a field of metadata stands: in the text or an attribute of an element, perhaps behind a prefix."""

    field: str
    css: str
    attr: str = ""
    prefix: str = ""


@dataclass(slots=True)
class PageSurvey:
    """A page, as its site's rules are learnt from it."""

    blocks: list[SurveyedBlock] = field(default_factory=list)
    places: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    """By selector: the ranges of blocks (half-open, disjoint, in order) inside the elements that it matches."""
    counts: dict[str, int] = field(default_factory=dict)
    """By selector: how many elements it matches, those without blocks too."""
    fields: dict[str, str] = field(default_factory=dict)
    """Title, author and date of the document."""
    field_places: list[FieldPlace] = field(default_factory=list)
    """Places whose first value is that of the document."""

    def to_bytes(self) -> bytes:
        """What `from_bytes` reads; compressed."""
        plain = [self.blocks, self.places, self.counts, self.fields, self.field_places]
        return zlib.compress(json.dumps(plain, separators=(",", ":")).encode(), 1)

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """What `to_bytes` was called on."""
        blocks, places, counts, fields, field_places = json.loads(zlib.decompress(data))
        return cls(
            [SurveyedBlock(*block) for block in blocks],
            {selector: [(first, end) for first, end in ranges] for selector, ranges in places.items()},
            counts,
            fields,
            [FieldPlace(*place) for place in field_places],
        )


def survey(page: Page, document: Document, read_date: ReadDate) -> PageSurvey:
    """Surveys a decided page; of a page that is no HTML, nothing."""
    if page.origin is not Origin.HTML:
        return PageSurvey()
    found = PageSurvey([_surveyed(block, document.title) for block in page.blocks[:MAX_BLOCKS]])
    _add_places(found, page)
    fields = {name: getattr(document, name) for name in ("title", "author", "date")}
    found.fields = {name: value for name, value in fields.items() if value}
    root, _ = parse(page.source)
    if root is not None:
        _add_fields(found, Elements.of(root), document.language, read_date)
    return found


def _surveyed(block: Candidate, title: str | None) -> SurveyedBlock:
    kept = block.kept or block.merged
    text = block.text or (" ".join(cell.text for row in block.rows for cell in row))
    key = text_key(text, block.src if block.kind == "image" else None, kept)
    is_title = block.role == "title" or (title is not None and fold(text) == fold(title))
    is_comment = block.decided is not None and block.decided.by == _COMMENTS
    score = round(block.score or 0.0, 2)
    shown = " ".join(text.split())[:MAX_TEXT]
    return SurveyedBlock(shown, -1 if key is None else key, block.kind, kept, is_title, score, is_comment and not kept)


def _add_places(found: PageSurvey, page: Page) -> None:
    nodes = page.nodes
    selectors = [selectors_of(signature) for signature in nodes.signatures]
    for number, signature in enumerate(nodes.signature):
        first, end = nodes.first[number], min(nodes.end[number], MAX_BLOCKS)
        if first >= end:
            continue
        for selector in selectors[signature]:
            if len(found.places) >= MAX_PLACES and selector not in found.places:
                continue
            ranges = found.places.setdefault(selector, [])
            if not ranges or first >= ranges[-1][1]:  # inside an element of the same name there is nothing new
                ranges.append((first, end))


def _add_fields(found: PageSurvey, elements: Elements, language: str | None, read_date: ReadDate) -> None:
    """Notes which selectors the page has, and the places whose first value is that of the document."""
    classes, ids = elements.attribute("class"), elements.attribute("id")
    roles = elements.attribute("role")
    seen: set[tuple[str, str]] = set()
    for number, tag in enumerate(elements.tag):
        signature = ElementSignature(tag, classes.get(number, ""), ids.get(number, ""), roles.get(number, ""))
        selectors = selectors_of(signature)
        if tag in ("h1", "time"):
            selectors += (tag,)
        values: list[tuple[str, str]] | None = None
        for selector in selectors:
            if len(found.counts) >= MAX_PLACES and selector not in found.counts:
                continue
            found.counts[selector] = found.counts.get(selector, 0) + 1
            values = _values(elements, number) if values is None else values
            for attr, value in values:
                if (selector, attr) not in seen:
                    seen.add((selector, attr))
                    told = _told(value, found.fields, language, read_date)
                    found.field_places += [FieldPlace(name, selector, attr, prefix) for name, prefix in told]


def _values(elements: Elements, number: int) -> list[tuple[str, str]]:
    """The text of an element, if it is short, and what it says for programs; by the attribute, "" for the text."""
    layout = elements.layout
    start, stop = layout.start[number], layout.stop[number]
    text = " ".join(layout.text[start:stop].split()) if stop - start < 5 * MAX_TEXT else ""
    stamp = elements.nodes[number].get("datetime")
    return [*([("datetime", stamp)] if stamp else []), ("", text)]


def _told(
    value: str, fields: Mapping[str, str], language: str | None, read_date: ReadDate
) -> Iterator[tuple[str, str]]:
    """The fields whose value this is, with what stands before it."""
    if not value or len(value) > MAX_TEXT:
        return
    folded = fold(value)
    if "title" in fields and folded == fold(fields["title"]):
        yield "title", ""
    author = fields.get("author", "")
    if author and folded == fold(author):
        yield "author", ""
    elif author and value.endswith(author) and len(value) - len(author) <= _MAX_PREFIX:
        yield "author", value[: -len(author)].strip()
    date = fields.get("date", "")
    if date and any(map(str.isdigit, value)) and (read_date(value, language) or "")[:10] == date[:10]:
        yield "date", ""
