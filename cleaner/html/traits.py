"""What elements of the same signature share, which is asked once for each signature of a page."""

from __future__ import annotations

from typing import Any, NamedTuple

from cleaner.html.class_names import names_of
from cleaner.html.math import MATH_TAGS
from cleaner.html.posts import is_post_name
from cleaner.page.elements import ElementSignature
from cleaner.page.reading import Lookup


class Traits(NamedTuple):
    """What is known of an element by its signature alone."""

    number: int
    """Index of the signature in the page's signatures."""
    selectors: tuple[int, ...]
    """The selectors that match every element with the signature."""
    has_special_class: bool
    """Whether its classes may make it a callout or a formula."""
    is_caption: bool
    """Whether its classes call it a caption."""
    may_hide: bool
    """Whether its classes are those of a hidden element."""
    is_line: bool
    """Whether its classes show it on a line of its own."""
    names_heading: bool = False
    """Whether its classes call it a heading."""
    may_be_code: bool = False
    """Whether it may be code that is in no <pre>, or line numbers beside code."""
    may_be_formula: bool = False
    """Whether it may be a formula, by its tag or its classes."""
    may_be_post: bool = False
    """Whether it is named like a post of a discussion."""


class TraitsTable(dict[Any, Traits]):
    """Traits by tag, or by tag, class, id, role and itemprop where an element has attributes; filled when asked."""

    def __init__(self, lookup: Lookup, signatures: list[ElementSignature]) -> None:
        super().__init__()
        self._lookup = lookup
        self._signatures = signatures

    def __missing__(self, key: Any) -> Traits:
        tag, classes, id, role, item = key if isinstance(key, tuple) else (key, "", "", "", "")
        named = names_of(classes)
        is_plain_name = not id and not item and "-" not in tag and tag != "article"
        traits = Traits(
            len(self._signatures),
            self._lookup.of(tag, id, classes),
            named.may_be_callout or (tag == "details" and bool(classes)),
            named.is_caption,
            named.hides,
            named.is_line,
            named.is_heading,
            tag == "code" or named.is_code,
            tag in MATH_TAGS or named.is_formula,
            named.is_post or named.is_post_or_article or (not is_plain_name and is_post_name(tag, classes, id, item)),
        )
        self._signatures.append(ElementSignature(tag, classes, id, f"{role} {item}" if item else role))
        self[key] = traits
        return traits
