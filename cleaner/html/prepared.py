"""What rules change of a tree before it is walked.

Texts that they select by themselves get an element of their own, so that the walk sees what selected them. The content
of an element that a rule replaces by the value of an attribute is this value.
"""

from __future__ import annotations

from typing import Any

from lxml import etree

from cleaner.html.tags import STRETCH, TAGS, Tag
from cleaner.page.reading import Lookup, Replaced


def prepare(lookup: Lookup, root: Any) -> None:
    """Prepares a look-up for the walk over a tree, in which the texts that selectors take become elements.

    May be called again when the tree has changed.
    """
    if lookup.stretches:
        etree.strip_tags(root, STRETCH)
    lookup.prepare(root)
    for replaced in lookup.replaced:
        _replace_content(replaced)
    for stretch in lookup.stretches:
        around = stretch.element.getparent() if stretch.is_tail else stretch.element
        tag = TAGS.get(around.tag) if around is not None else Tag.SKIP
        if tag is Tag.CODE:  # it is read at once, so its text is not seen by itself
            lookup.mark(around, stretch.selectors)
        elif tag is not Tag.SKIP:
            lookup.mark(_wrapped(stretch.element, is_tail=stretch.is_tail), stretch.selectors)


def _replace_content(replaced: Replaced) -> None:
    element, said = replaced.element, " ".join("".join(replaced.element.itertext()).split())
    if said != " ".join(replaced.value.split()):
        replaced.text = said
    del element[:]
    element.text = replaced.value


def _wrapped(element: Any, *, is_tail: bool) -> Any:
    """An element with the text of `element` before its first child, or with the text behind it, in their place."""
    wrapper = etree.Element(STRETCH)
    if is_tail:
        wrapper.text, element.tail = element.tail, None
        element.addnext(wrapper)
    else:
        wrapper.text, element.text = element.text, None
        element.insert(0, wrapper)
    return wrapper
