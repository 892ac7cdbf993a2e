"""The JSON Schema of the output: what `Document.to_dict` gives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from cleaner.document import FORMAT_VERSION, BlockKind, ContainerKind, SpanKind
from cleaner.writers.schema_parts import choice, count, flag, list_of, object_of, ref, share, text, texts_by_name

_SPAN = object_of(
    "A stretch of a text that is a link, is emphasised, and so on. Spans are properly nested and stand in the order of "
    "their starts, the outer before the inner.",
    {
        "start": count("Where it begins, in code points of the text."),
        "end": count("Where it ends: the number of the first code point behind it. An image has no width."),
        "kind": choice(
            get_args(SpanKind), "What it is. The text of a math span is its TeX, that of a footnote_ref its label."
        ),
        "href": text("Address of a link or an image; only http, https, mailto, tel, ftp and relative ones."),
        "value": text("Alternative text of an image, TeX of math, label of a footnote reference."),
        "title": text("Title of a link or an image."),
        "link": text("Address that an image leads to."),
    },
    ("start", "end", "kind"),
)

_CONTAINER = object_of(
    "Something around blocks: two blocks whose containers have the same key are in the same one.",
    {
        "kind": choice(get_args(ContainerKind), "A quote, an item of a list, a callout, a footnote, or a post."),
        "key": {
            "type": "integer",
            "description": "Tells containers of a document apart; the number itself means nothing.",
        },
        "ordered": flag("Items: whether the list is numbered."),
        "number": count("Items of a numbered list: the item's number."),
        "checked": flag("Items of a task list: whether the box is ticked."),
        "label": text(
            'Callouts: type and title, with a space between ("note", "warning Mind the step"). Footnotes: what '
            "references call it."
        ),
        "list": count("Items: the number of their list in the document; left out where it is not known.", 1),
        "author": text("Posts: who wrote it, where the page marks it."),
        "date": text("Posts: when it was written, in ISO 8601."),
    },
    ("kind", "key"),
)

_CELL = object_of(
    "A cell of a table.",
    {
        "text": text("The cell's text; left out where it is empty."),
        "spans": list_of(ref("span"), "Links, emphasis and so on in the text."),
        "header": flag("Whether it is the header of a row or a column; false where it is left out."),
        "colspan": count("Columns that it reaches over; 1 where it is left out.", 0),
        "rowspan": count("Rows that it reaches over; 1 where it is left out.", 0),
    },
)

_BLOCK = object_of(
    "A heading, paragraph, list item, ... of the document, in reading order.",
    {
        "kind": choice(
            get_args(BlockKind),
            "What it is. The first paragraph of a list item is a list_item; its further blocks keep their kind and "
            "share its container. A rule is a thematic break.",
        ),
        "text": text(
            "Its text, with \\n for a hard line break. A table's is its cells by tab and its rows by newline, that of "
            "a math block its TeX; an image and a rule have none."
        ),
        "level": count("Headings: 1 for the highest to 6 for the lowest.", 1, 6),
        "role": choice(("title",), "On the heading that is the document's title, where the page shows it."),
        "spans": list_of(ref("span"), "Links, emphasis and so on in the text."),
        "containers": list_of(ref("container"), "What the block stands in, from the outermost in."),
        "score": share(
            "How sure the extractor was that the block is main content, 0 to 1; left out where it gives no scores."
        ),
        "language": text("Code: the programming language, where the page tells."),
        "rows": list_of(list_of(ref("cell"), "The cells of a row."), "Tables: the rows."),
        "src": text("Images: the address."),
        "alt": text("Images: the alternative text."),
        "caption": text("Images: the caption."),
        "href": text("Images: the address that the image leads to."),
    },
    ("kind",),
)

_REMOVAL = object_of(
    "A text that was taken out, and why.",
    {
        "text": text("What was taken out."),
        "reason": text(
            'Id of the rule that did it, or "content.score", "content.trafilatura" and their like for a stage.'
        ),
        "source": text(
            'Where the rule stands ("generic/ads.yaml:12"), relative to the rule root. What repeats over a site: on '
            'how many pages it is ("example.com: 34 of 40 pages").'
        ),
        "score": share("The probability that the block is main content, where the extractor gave one."),
        "index": count(
            "Place in the page's order: the number of the block that it was or was part of; 0 where left out."
        ),
        "before": count(
            "Number of the block of the document that it stood before, or in, for a part of a block; 0 where left out."
        ),
        "replacement": text("What stands in its place, where a rule replaced it."),
    },
    ("text", "reason"),
)

_DOCUMENT = object_of(
    "The document that the page's author wrote. Fields that hold nothing are left out.",
    {
        "version": {"const": FORMAT_VERSION, "description": "Version of this format."},
        "id": text("What its source calls the page; left out where the document was made without a record of it."),
        "path": text("The file that the page is in; left out where there is none."),
        "title": text("The title; where the page shows it, a block of role title has it as well."),
        "author": text("Who wrote it."),
        "date": text("When it was published, in ISO 8601: 2024-03-18, or with a time."),
        "site_name": text("The name of the site."),
        "description": text("What the page says that it is about."),
        "language": text('The language, as a BCP 47 tag: "en", "pt-BR".'),
        "licence": text("The licence, by its address or name."),
        "fields": texts_by_name("Metadata that rules add, by name."),
        "url": text("The page's own address; its source's where the page has none."),
        "blocks": list_of(ref("block"), "The text, in reading order."),
        "removed": list_of(ref("removal"), "What was taken out of the page, in its order."),
        "warnings": list_of({"type": "string"}, "What could not be done, in sentences for people."),
        "warning_codes": list_of({"type": "string"}, "The code of each warning, for programs."),
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
