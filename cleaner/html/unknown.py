"""Elements that HTML does not know, such as those of a site's own scripts: which are parts of a sentence."""

from __future__ import annotations

import re
from typing import Any

from cleaner.html.tags import BLOCK_LEVEL, TAGS, Tag

_BOXES = frozenset(["body", "div", "section", "article", "main", "header", "footer", "aside", "nav", "form"])
"""Elements that hold blocks, and sentences only where they hold text of their own."""
_INLINE = re.compile(r"(?:^|;)\s*display\s*:\s*inline\s*(?:!important\s*)?(?:;|$)", re.IGNORECASE)


def shows_inline(style: str) -> bool:
    """Whether a `style` makes a block-level element a part of the line."""
    return "inline" in style and _INLINE.search(style) is not None


class UnknownElements:
    """The elements of a page that HTML does not know.

    A browser shows them as parts of a line. So they are here, unless they hold block-level elements or nothing but
    their like stands beside them: then the site's style makes boxes of them. Each element of a page is looked at twice
    at most, however deeply they are nested.
    """

    def __init__(self) -> None:
        self._tags: dict[Any, Tag] = {}
        self._boxes: dict[Any, bool] = {}

    def tag_of(self, element: Any) -> Tag:
        """Whether an element is inline or starts a block."""
        tag = self._tags.get(element)
        if tag is None:
            self._look_into(element)
            tag = self._tags[element]
        return Tag.BLOCK if tag is Tag.INLINE and self._is_in_box(element.getparent()) else tag

    def _look_into(self, element: Any) -> None:
        """Notes which of an element and the unknown ones inside it hold a block-level one, up to the first of these."""
        self._tags[element] = Tag.INLINE
        for inner in element.iterdescendants():
            tag = TAGS.get(inner.tag)
            if tag is None:
                self._tags[inner] = Tag.INLINE
            elif tag in BLOCK_LEVEL:
                self._note_around(inner, element)
                return

    def _note_around(self, block: Any, outermost: Any) -> None:
        """Notes that the elements around a block-level one up to `outermost` hold it."""
        for around in block.iterancestors():
            self._tags[around] = Tag.BLOCK
            if around is outermost:
                return

    def _is_in_box(self, parent: Any) -> bool:
        """Whether an element has nothing but blocks and unknown elements as its children."""
        found = self._boxes.get(parent)
        if found is None:
            is_box = parent is not None and (parent.tag in _BOXES or self._tags.get(parent) is Tag.BLOCK)
            found = self._boxes[parent] = is_box and _holds_no_sentence(parent)
        return found


def _holds_no_sentence(parent: Any) -> bool:
    if parent.text and not parent.text.isspace():
        return False
    for child in parent:
        if TAGS.get(child.tag) in (Tag.INLINE, Tag.BREAK) or (child.tail and not child.tail.isspace()):
            return False
    return True
