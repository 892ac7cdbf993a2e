"""The JSON Schema of the output: what `Document.to_dict` gives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from cleaner.document import FORMAT_VERSION, BlockKind, ContainerKind, SpanKind

_Schema = dict[str, Any]


def _text(description: str) -> _Schema:
    return {"type": "string", "description": description}


def _flag(description: str) -> _Schema:
    return {"type": "boolean", "description": description}


def _count(description: str, least: int = 0, most: int | None = None) -> _Schema:
    limits = {"minimum": least} if most is None else {"minimum": least, "maximum": most}
    return {"type": "integer", **limits, "description": description}


def _share(description: str) -> _Schema:
    return {"type": "number", "description": description}


def _choice(values: tuple[str, ...], description: str) -> _Schema:
    return {"enum": list(values), "description": description}


def _list(items: _Schema, description: str) -> _Schema:
    return {"type": "array", "items": items, "description": description}


def _texts_by_name(description: str) -> _Schema:
    return {"type": "object", "description": description, "additionalProperties": {"type": "string"}}


def _ref(name: str) -> _Schema:
    return {"$ref": f"#/$defs/{name}"}


def _object(description: str, properties: _Schema, required: tuple[str, ...] = ()) -> _Schema:
    return {
        "type": "object",
        "description": description,
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


_SPAN = _object(
    "A stretch of a text that is a link, is emphasised, and so on. Spans are properly nested and stand in the order of "
    "their starts, the outer before the inner.",
    {
        "start": _count("Where it begins, in code points of the text."),
        "end": _count("Where it ends: the number of the first code point behind it. An image has no width."),
        "kind": _choice(
            get_args(SpanKind), "What it is. The text of a math span is its TeX, that of a footnote_ref its label."
        ),
        "href": _text("Address of a link or an image; only http, https, mailto, tel, ftp and relative ones."),
        "value": _text("Alternative text of an image, TeX of math, label of a footnote reference."),
        "title": _text("Title of a link or an image."),
        "link": _text("Address that an image leads to."),
    },
    ("start", "end", "kind"),
)

_CONTAINER = _object(
    "Something around blocks: two blocks whose containers have the same key are in the same one.",
    {
        "kind": _choice(get_args(ContainerKind), "A quote, an item of a list, a callout, a footnote, or a post."),
        "key": {
            "type": "integer",
            "description": "Tells containers of a document apart; the number itself means nothing.",
        },
        "ordered": _flag("Items: whether the list is numbered."),
        "number": _count("Items of a numbered list: the item's number."),
        "checked": _flag("Items of a task list: whether the box is ticked."),
        "label": _text(
            'Callouts: type and title, with a space between ("note", "warning Mind the step"). Footnotes: what '
            "references call it."
        ),
        "list": _count("Items: the number of their list in the document; left out where it is not known.", 1),
        "author": _text("Posts: who wrote it, where the page marks it."),
        "date": _text("Posts: when it was written, in ISO 8601."),
    },
    ("kind", "key"),
)

_CELL = _object(
    "A cell of a table.",
    {
        "text": _text("The cell's text; left out where it is empty."),
        "spans": _list(_ref("span"), "Links, emphasis and so on in the text."),
        "header": _flag("Whether it is the header of a row or a column; false where it is left out."),
        "colspan": _count("Columns that it reaches over; 1 where it is left out.", 0),
        "rowspan": _count("Rows that it reaches over; 1 where it is left out.", 0),
    },
)

_BLOCK = _object(
    "A heading, paragraph, list item, ... of the document, in reading order.",
    {
        "kind": _choice(
            get_args(BlockKind),
            "What it is. The first paragraph of a list item is a list_item; its further blocks keep their kind and "
            "share its container. A rule is a thematic break.",
        ),
        "text": _text(
            "Its text, with \\n for a hard line break. A table's is its cells by tab and its rows by newline, that of "
            "a math block its TeX; an image and a rule have none."
        ),
        "level": _count("Headings: 1 for the highest to 6 for the lowest.", 1, 6),
        "role": _choice(("title",), "On the heading that is the document's title, where the page shows it."),
        "spans": _list(_ref("span"), "Links, emphasis and so on in the text."),
        "containers": _list(_ref("container"), "What the block stands in, from the outermost in."),
        "score": _share(
            "How sure the extractor was that the block is main content, 0 to 1; left out where it gives no scores."
        ),
        "language": _text("Code: the programming language, where the page tells."),
        "rows": _list(_list(_ref("cell"), "The cells of a row."), "Tables: the rows."),
        "src": _text("Images: the address."),
        "alt": _text("Images: the alternative text."),
        "caption": _text("Images: the caption."),
        "href": _text("Images: the address that the image leads to."),
    },
    ("kind",),
)

_REMOVAL = _object(
    "A text that was taken out, and why.",
    {
        "text": _text("What was taken out."),
        "reason": _text(
            'Id of the rule that did it, or "content.score", "content.trafilatura" and their like for a stage.'
        ),
        "source": _text(
            'Where the rule stands ("generic/ads.yaml:12"), relative to the rule root. What repeats over a site: on '
            'how many pages it is ("example.com: 34 of 40 pages").'
        ),
        "score": _share("The probability that the block is main content, where the extractor gave one."),
        "index": _count(
            "Place in the page's order: the number of the block that it was or was part of; 0 where left out."
        ),
        "before": _count(
            "Number of the block of the document that it stood before, or in, for a part of a block; 0 where left out."
        ),
        "replacement": _text("What stands in its place, where a rule replaced it."),
    },
    ("text", "reason"),
)

_DOCUMENT = _object(
    "The document that the page's author wrote. Fields that hold nothing are left out.",
    {
        "version": {"const": FORMAT_VERSION, "description": "Version of this format."},
        "id": _text("What its source calls the page; left out where the document was made without a record of it."),
        "path": _text("The file that the page is in; left out where there is none."),
        "title": _text("The title; where the page shows it, a block of role title has it as well."),
        "author": _text("Who wrote it."),
        "date": _text("When it was published, in ISO 8601: 2024-03-18, or with a time."),
        "site_name": _text("The name of the site."),
        "description": _text("What the page says that it is about."),
        "language": _text('The language, as a BCP 47 tag: "en", "pt-BR".'),
        "licence": _text("The licence, by its address or name."),
        "fields": _texts_by_name("Metadata that rules add, by name."),
        "url": _text("The page's own address; its source's where the page has none."),
        "blocks": _list(_ref("block"), "The text, in reading order."),
        "removed": _list(_ref("removal"), "What was taken out of the page, in its order."),
        "warnings": _list({"type": "string"}, "What could not be done, in sentences for people."),
        "warning_codes": _list({"type": "string"}, "The code of each warning, for programs."),
        "confidence": {
            "type": "number",
            "minimum": 0,
            "maximum": 1,
            "description": "The word F1 that the choice of main content is expected to have.",
        },
    },
    ("version", "blocks"),
)

SCHEMA: Mapping[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Document",
    **_DOCUMENT,
    "$defs": {
        "block": _BLOCK,
        "container": _CONTAINER,
        "span": _SPAN,
        "cell": _CELL,
        "removal": _REMOVAL,
    },
}
"""JSON Schema, draft 2020-12, of what `Document.to_dict` gives and every line of JSONL holds."""


def document_schema() -> dict[str, Any]:
    """`SCHEMA` as a dictionary of the caller's own."""
    import copy

    return copy.deepcopy(dict(SCHEMA))
