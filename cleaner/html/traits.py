"""What elements of the same signature share, which is asked once for each signature of a page."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from cleaner.html.hidden import names_hidden
from cleaner.html.posts import is_post_name
from cleaner.page.elements import ElementSignature
from cleaner.page.reading import Lookup

_SPECIAL_CLASS = re.compile("math|admonition|callout|markdown-alert|notecard")
"""Parts of the classes of formulas and callouts."""


class Traits(NamedTuple):
    """What is known of an element by its signature alone."""

    number: int
    """Index of the signature in the page's signatures."""
    selectors: tuple[int, ...]
    """The selectors that match every element with the signature."""
    has_special_class: bool
    """Whether its classes may make it a callout or a formula."""
    may_hide: bool
    """Whether its classes are those of a hidden element."""
    may_be_post: bool
    """Whether it is named like a post of a discussion."""


class TraitsTable(dict[Any, Traits]):
    """Traits by tag, or by tag, class, id, role and itemprop where an element has attributes; filled when asked."""

    def __init__(self, lookup: Lookup, signatures: list[ElementSignature]) -> None:
        super().__init__()
        self._lookup = lookup
        self._signatures = signatures

    def __missing__(self, key: Any) -> Traits:
        tag, classes, id, role, item = key if isinstance(key, tuple) else (key, "", "", "", "")
        has_special_class = _SPECIAL_CLASS.search(classes) is not None
        selectors = self._lookup.of(tag, id, classes)
        traits = Traits(
            len(self._signatures),
            selectors,
            has_special_class,
            names_hidden(classes),
            is_post_name(tag, classes, id, item),
        )
        self._signatures.append(ElementSignature(tag, classes, id, f"{role} {item}" if item else role))
        self[key] = traits
        return traits
