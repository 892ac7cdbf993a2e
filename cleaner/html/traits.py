"""What elements of the same signature share, which is asked once for each signature of a page."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from cleaner.html.hidden import names_hidden
from cleaner.page.elements import ElementSignature
from cleaner.page.reading import Lookup

_SPECIAL_CLASS = re.compile("math|admonition|callout|markdown-alert|notecard")
"""Parts of the classes of formulas and callouts."""
_CAPTION_CLASS = re.compile(
    r"(?:^|[\s_-])(?:(?:fig)?captions?(?:[\s_-]*te?xt)?|(?:(?:photo|image|picture|media)[\s_-]*)?credits?)(?:$|\s)"
    r"|[a-z](?:Caption(?:Text)?|Credit)(?:$|\s)"
)
"""Classes of the captions of images and of the lines that name their makers."""


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


class TraitsTable(dict[Any, Traits]):
    """Traits by tag, or by tag, class, id, role and itemprop where an element has attributes; filled when asked."""

    def __init__(self, lookup: Lookup, signatures: list[ElementSignature]) -> None:
        super().__init__()
        self._lookup = lookup
        self._signatures = signatures

    def __missing__(self, key: Any) -> Traits:
        tag, classes, id, role, item = key if isinstance(key, tuple) else (key, "", "", "", "")
        has_special_class = _SPECIAL_CLASS.search(classes) is not None
        is_caption = ("aption" in classes or "redit" in classes) and _CAPTION_CLASS.search(classes) is not None
        selectors = self._lookup.of(tag, id, classes)
        traits = Traits(len(self._signatures), selectors, has_special_class, is_caption, names_hidden(classes))
        self._signatures.append(ElementSignature(tag, classes, id, f"{role} {item}" if item else role))
        self[key] = traits
        return traits
