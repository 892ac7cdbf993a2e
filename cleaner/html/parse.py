"""HTML text to a tree: lxml, and a way around its limits."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from cleaner import lazily
from cleaner.document import PageWarning

MAX_DEPTH = 1_000
"""Elements inside one another that are kept; deeper ones are left out and their text stays. lxml's own limit is 2,048,
and it ends the page there."""

MAX_ATTRIBUTES = 1_000
"""Attributes of one element that are read: lxml's time grows with the square of their number."""
_FEW_CHARACTERS = 200_000
"""Length of a page up to which that is bearable, unless one tag is longer than `_LONG_TAG`."""
_LONG_TAG = 10_000

_ATTRIBUTE = r"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|(?=>)|[^\s>"'][^\s>]*+))?+"""
_OPEN = rf"<[a-zA-Z][^\s/>]*+(?:{_ATTRIBUTE}){{0,{MAX_ATTRIBUTES}}}+"
_RAW_TEXT = r"<(?:script|style)\b[^>]*+>(?:[^<]++|<(?!/s(?:cript|tyle)))*+"
_ORDINARY = lazily.pattern(rf"(?:[^<]++|<(?![a-zA-Z])|{_RAW_TEXT}|{_OPEN}[\s/]*+>)*+", re.I)
_EXCESS = lazily.pattern(rf"({_RAW_TEXT}|{_OPEN})((?:{_ATTRIBUTE})*+)", re.I)
# Quantifiers that give nothing back ("*+") keep both linear: a tag is read once, whatever stands in its quotes.

_END = lazily.pattern(r"</(?:body|html)\s*+>", re.I)
_TEXT_OR_END = lazily.pattern(
    r"<(?:(!--(?:[^-]++|-(?!->))*+"
    r"|(script|style|title|textarea|xmp|iframe|noembed|noframes)(?=[\s/>])[^<>]*+(?<!/)>(?:[^<]++|<(?!/\2))*+)"
    r"|/(?:body|html)\s*+>)",
    re.I,
)
"""Comments and elements in which tags are text, with a group 1, or such an end. In XHTML they may end with "/>". All
begin with the same sign, which is what makes the search fast."""
_NOTHING_BEHIND = lazily.pattern(r"\s*+(?:(?:</(?:body|html)\s*+>|<!--(?:[^-]++|-(?!->))*+-->)\s*+)*+\Z", re.I)
"""Further ends, and the comments of caches and editors."""

# Two expressions, since libxml2 sorts what "|" unites, in more than linear time where elements are deeply nested.
_IDS = etree.XPath("/descendant::*/@id", smart_strings=False)
_NAMES = etree.XPath("/descendant::a/@name", smart_strings=False)


def parse(text: str) -> tuple[Any, list[PageWarning]]:
    """The <html> element of a page or a fragment, None where there is nothing; and warnings.

    `text` is without excess. Raises nothing: what lxml cannot read is read anew with its nesting cut at `MAX_DEPTH`.
    """
    text = _without_early_end(text)
    root, complete = _parse(text)
    if complete:
        return root, []
    from cleaner.html.shallow import shallow

    root, _ = _parse(shallow(text, MAX_DEPTH // 2))
    return root, [
        PageWarning("html.nesting", f"elements nested deeper than {MAX_DEPTH} were left out, their text was kept")
    ]


def names_in(root: Any) -> frozenset[str]:
    """The ids of a page's elements and the names of its <a>: what a fragment can name (HTML, 7.4.6.4)."""
    return frozenset(_IDS(root)).union(_NAMES(root))


def _without_early_end(text: str) -> str:
    """The page without end tags of <body> and <html> where more stands behind them.

    Browsers read on in the <body>. lxml puts what follows beside it, and leaves out what follows the <html>.
    """
    end = _END.search(text)
    if end is None or _NOTHING_BEHIND.match(text, end.end()) is not None:
        return text
    return _TEXT_OR_END.sub(lambda found: found[0] if found[1] else "", text)


def without_excess(text: str) -> tuple[str, list[PageWarning]]:
    """The page without NUL characters and attributes over the limit, and a warning if there were any of these."""
    if "\0" in text:
        text = text.replace("\0", "")
    if len(text) <= _FEW_CHARACTERS and not _has_long_tag(text):
        return text, []
    ordinary = _ORDINARY.match(text)
    if ordinary is not None and ordinary.end() == len(text):
        return text, []
    shorter = _EXCESS.sub(r"\1", text)
    if len(shorter) == len(text):
        return text, []
    return shorter, [PageWarning("html.attributes", f"attributes over {MAX_ATTRIBUTES} of one element were left out")]


def _has_long_tag(text: str) -> bool:
    """Whether a tag may be longer than `_LONG_TAG`: whether so much stands behind a "<" with neither "<" nor ">" in it.

    The next look is behind the last "<" within reach, so that most are passed over.
    """
    start = 0
    while (end := start + _LONG_TAG) < len(text):
        last = text.rfind("<", start, end + 1)
        if last < 0:
            if text.find(">", start, end) < 0:
                return True
            last = text.find("<", end + 1)
            if last < 0:
                return False
        start = last + 1
    return False


def _parse(text: str) -> tuple[Any, bool]:
    # A parser of its own for every page: its error log belongs to the page, and threads must not share it.
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, default_doctype=False
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:  # nothing in it but white space, comments or a doctype
        return None, True
    return root, not len(parser.error_log.filter_from_fatals())
