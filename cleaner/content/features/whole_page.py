"""What a score sees of the whole page; the same for all of its blocks."""

from __future__ import annotations

from collections.abc import Iterable

from cleaner.content.features.blocks import KINDS, LINKED_WORDS, PROSE_WORDS, SHORT_WORDS, WORDS, Blocks
from cleaner.content.features.element_tree import NOT_FOUND, ElementTree
from cleaner.content.features.keywords import PURPOSES
from cleaner.models.arrays import Floats
from cleaner.models.table import Columns

_PURPOSES = ("product", "forum", "review", "list")
"""Purposes of elements whose share tells what kind of page it is."""
_PAGE_TYPES = (("article", 1), ("product", 2), ("web", 3))
"""Parts of a page's `og:type`, with the value of the feature."""
_NO_TYPE, _OTHER_TYPE = 0, 4

MEANINGS = {
    "page_words": "words",
    "page_blocks": "blocks",
    "page_link_density": "share of words in links",
    "page_prose": "share of words that are prose",
    "page_articles": "`<article>` elements",
    "page_headlines": "headings of level 1",
    "page_h2": "headings of level 2",
    "page_h3": "headings of level 3",
    "page_items": "share of blocks that are list items",
    "page_code": "blocks of code",
    "page_currency": "currency signs",
    "page_longest": "words of the longest block",
    "page_short_words": "share of words with at most three letters",
    "page_twins": "maximum of siblings that look the same",
    **{f"page_{purpose}": f"share of elements that are for *{purpose}*" for purpose in _PURPOSES},
    "page_in_article": "share of words in `<article>`",
    "page_in_main": "share of words in `<main>`",
    "page_type": "`og:type`: 0 none, 1 article, 2 product, 3 website, 4 other",
}


def page_columns(blocks: Blocks, tree: ElementTree, distance: Floats, meta: Iterable[tuple[str, str]]) -> Columns:
    """What the page is; `distance` has blocks by PURPOSES, `meta` names and contents of its <meta> elements."""
    total, sums = blocks.total_words, blocks.sums[-1]
    return {
        "page_words": sums[WORDS],
        "page_blocks": len(blocks),
        "page_link_density": sums[LINKED_WORDS] / total,
        "page_prose": sums[PROSE_WORDS] / total,
        "page_articles": tree.purposes[:, PURPOSES.index("<article>")].sum(),
        "page_headlines": (blocks.is_heading & (blocks.levels == 1)).sum(),
        "page_h2": (blocks.levels == 2).sum(),
        "page_h3": (blocks.levels == 3).sum(),
        "page_items": (blocks.kinds == KINDS.index("list_item")).sum() / len(blocks),
        "page_code": (blocks.kinds == KINDS.index("code")).sum(),
        "page_currency": blocks.counts.currency.sum(),
        "page_longest": blocks.words.max(),
        "page_short_words": sums[SHORT_WORDS] / total,
        "page_twins": tree.twins.max(),
        **{f"page_{purpose}": tree.purposes[:, PURPOSES.index(purpose)].mean() for purpose in _PURPOSES},
        **{f"page_in_{tag}": _words_in(tag, blocks, distance) / total for tag in ("article", "main")},
        "page_type": _page_type(meta),
    }


def _words_in(tag: str, blocks: Blocks, distance: Floats) -> float:
    """The number of words in elements with a tag."""
    return float(blocks.words[distance[:, PURPOSES.index(f"<{tag}>")] < NOT_FOUND].sum())


def _page_type(meta: Iterable[tuple[str, str]]) -> int:
    """The type of the page by its `og:type`."""
    said = next((content.lower() for name, content in meta if name == "og:type"), "")
    if not said:
        return _NO_TYPE
    return next((value for part, value in _PAGE_TYPES if part in said), _OTHER_TYPE)
