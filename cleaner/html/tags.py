"""The meaning of each HTML element for text. An element that is not listed is unknown to HTML: see `unknown`."""

from __future__ import annotations

from enum import IntEnum, auto

from cleaner.document import SpanKind


class Tag(IntEnum):
    BLOCK = auto()
    SKIP = auto()
    """It has no visible text, or text that is not the page's own (form controls, embedded documents)."""
    INLINE = auto()
    BREAK = auto()
    IMAGE = auto()
    RULE = auto()
    CODE = auto()
    """Preformatted text."""
    HEADING = auto()
    LIST = auto()
    ITEM = auto()
    TERM = auto()
    """A term that a definition list explains."""
    QUOTE = auto()
    TABLE = auto()
    ROW = auto()
    CELL = auto()
    FIGURE = auto()
    CAPTION = auto()
    CHECKBOX = auto()


STRETCH = "cleaner-stretch"
"""Around a text that a rule selects by itself; no page has it."""


def _table() -> dict[str, Tag]:
    groups = {
        Tag.BLOCK: "html body address article aside button caption center dd details div dl fieldset footer form "
        "header hgroup legend main nav p search section summary tbody tfoot thead",
        Tag.SKIP: "script style template noscript head title meta link base svg canvas "
        "audio video iframe frame frameset "
        "noframes object embed applet select option optgroup datalist textarea map area param track "
        "progress meter "
        "dialog colgroup col",
        Tag.INLINE: "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd "
        "label mark nobr output q rb rp rt rtc "
        "math mi mn mo ms mtext mrow msup msub msubsup mfrac msqrt mroot mstyle mover munder munderover mtable mtr mtd "
        "mspace mpadded mphantom menclose semantics "
        "ruby s samp small span strike strong sub sup time tt u var wbr slot blink marquee picture source "
        f"{STRETCH}",
        Tag.BREAK: "br",
        Tag.IMAGE: "img amp-img",
        Tag.RULE: "hr",
        Tag.CODE: "pre listing xmp plaintext",
        Tag.HEADING: "h1 h2 h3 h4 h5 h6",
        Tag.LIST: "ul ol menu dir",
        Tag.ITEM: "li",
        Tag.TERM: "dt",
        Tag.QUOTE: "blockquote",
        Tag.TABLE: "table",
        Tag.ROW: "tr",
        Tag.CELL: "td th",
        Tag.FIGURE: "figure",
        Tag.CAPTION: "figcaption",
        Tag.CHECKBOX: "input",
    }
    return {name: tag for tag, names in groups.items() for name in names.split()}


TAGS = _table()
BLOCK_LEVEL = frozenset(TAGS.values()) - {Tag.SKIP, Tag.INLINE, Tag.BREAK, Tag.IMAGE, Tag.CHECKBOX}
"""What browsers show on lines of its own."""

SPANS: dict[str, SpanKind] = {
    "a": "link",
    "b": "strong",
    "strong": "strong",
    "em": "emphasis",
    "i": "emphasis",
    "dfn": "emphasis",
    "var": "emphasis",
    "code": "code",
    "kbd": "code",
    "samp": "code",
    "tt": "code",
    "sub": "sub",
    "sup": "sup",
    "del": "delete",
    "s": "delete",
    "strike": "delete",
}
