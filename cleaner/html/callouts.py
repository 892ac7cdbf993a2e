"""Callouts: which elements are notes, tips or warnings set apart from the text, and their labels.

The classes are those of documentation generators: Sphinx and Docutils, MkDocs, Docusaurus, VitePress and VuePress,
Starlight, GitHub, Obsidian, Quarto, Asciidoctor, mdBook, MDN, Microsoft Learn, ReadMe, Ghost, Confluence, Bootstrap.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from cleaner import lazily
from cleaner.html.tags import BLOCK_LEVEL, TAGS

_BOXES = frozenset([
    "admonition", "theme-admonition", "admonitionblock", "markdown-alert", "callout", "bd-callout", "notecard",
    "custom-block", "hint-container", "starlight-aside", "nextra-callout", "blockquote-tag", "kg-callout-card",
    "confluence-information-macro", "alert",
])  # fmt: skip
"""Classes of boxes, which say elsewhere what kind of box they are."""
_NEED_TYPE = frozenset(("alert", "custom-block", "callout", "bd-callout"))
"""Of these, the ones that other boxes have too: a title does not make them callouts without a type."""
_PLAIN_BOXES = frozenset(("note", "tip", "warning", "caution"))
"""Types that make an element a callout where they are a class by themselves."""
_TYPES = frozenset([
    "note", "tip", "hint", "info", "important", "warning", "caution", "danger", "error", "attention", "success",
    "question", "example", "seealso", "abstract", "todo", "bug", "quote", "failure", "summary", "details",
])  # fmt: skip
_SYNONYMS = {
    "information": "info",
    "warn": "warning",
    "okay": "success",
    **dict.fromkeys(["primary", "secondary", "light", "dark", "kg-callout-card", "nextra-callout"], "note"),
}
_PREFIX = lazily.pattern(
    r"^(?:theme-admonition|admonition|markdown-alert|bd-callout|callout|alert|starlight-aside|blockquote-tag|"
    r"confluence-information-macro)[-_]+"
)
_TITLE = lazily.pattern(
    r"(?:^|\s)(?:admonition-title|markdown-alert-title|callout-title|callout-title-container|callout-heading|"
    r"custom-block-title|hint-container-title|alert-heading|starlight-aside__title|blockquote-tag-title|"
    r"admonition[-_]?(?:heading|header)\S*|admonitionHeading\S*|title)(?=\s|$)"
)
_UNSEEN = lazily.pattern(r"(?:^|\s)(?:screen-reader-only|sr-only|visually-hidden)(?=\s|$)")
"""Classes of the parts of a box that are for machines."""
_ICON = lazily.pattern(r"(?:^|\s)(?:\S*icon\S*|\S*emoji)(?=\s|$)")
"""Classes of decoration, but also of what has an icon beside it or in it."""
_MAX_TITLE_DISTANCE = 8
"""Number of elements at the start of a callout among which its title is searched."""
_LONGEST_TYPE = 20
"""Characters of a first line that may say no more than the type."""


class Callout(NamedTuple):
    """What a callout says of itself."""

    label: str
    """Its type, and its title if that differs from the type."""
    consumed: tuple[Any, ...]
    """The elements whose text is in the label, or is decoration."""


def callout_of(element: Any, attributes: dict[str, str]) -> Callout | None:
    """The callout that an element is by its classes; None where it is none."""
    tokens = attributes.get("class", "").lower().split()
    boxes = _BOXES.intersection(tokens)
    is_plain = not boxes and not _PLAIN_BOXES.isdisjoint(tokens)
    is_details = element.tag == "details" and not _TYPES.isdisjoint(tokens)
    if not (boxes or is_plain or is_details) or "alert-dismissible" in tokens:
        return None
    names = [attributes.get("data-callout", "").lower(), *(_PREFIX.sub("", token) for token in tokens)]
    names = [_SYNONYMS.get(name, name) for name in names]
    kind = next((name for name in names if name in _TYPES), None)
    start = list(islice(element.iterdescendants(), _MAX_TITLE_DISTANCE))
    title = element[0] if is_details and len(element) and element[0].tag == "summary" else _title(start, kind)
    if kind is None:
        if title is None or not boxes - _NEED_TYPE:
            return None
        kind = _shown(title).lower().strip(" :!")
        kind = kind if kind in _TYPES else "note"
    icons = [inner for inner in start if inner.tag in ("div", "td", "i") and _is_unseen(inner)]
    return Callout(_label(kind, title), tuple([*icons, title] if title is not None else icons))


def _title(start: list[Any], kind: str | None) -> Any:
    """The element that titles a callout: by its class, or a first line that says no more than the type."""
    named = next((e for e in start if _TITLE.search(e.get("class", "")) and not _in_icon(e) and _stands_out(e)), None)
    if named is not None or not start or kind is None:
        return named
    first = start[0]
    is_line = first.tag in ("p", "div", "h3", "h4", "h5", "h6") and sum(map(len, first.itertext())) <= _LONGEST_TYPE
    return first if is_line and _shown(first).lower().strip(" :!") == kind else None


def _in_icon(element: Any) -> bool:
    parent = element.getparent()
    return parent is not None and _is_unseen(parent)


def _stands_out(title: Any) -> bool:
    """Whether an element is a line of its own or begins one, and is no word of a sentence in a paragraph."""
    if TAGS.get(title.tag) in BLOCK_LEVEL:
        return True
    parent, before = title.getparent(), title.getprevious()
    if (parent.text or "").strip() or (before is not None and not _is_unseen(before)):
        return False
    text = (title.tail or "").strip()
    return not text or parent.tag != "p" or "".join(_texts(title)).rstrip()[-1:] in (":", ".", "!")


def _is_unseen(element: Any) -> bool:
    """Whether an element is for machines, or an icon: a word at most, and not the text of the box.

    The name of an icon's font is a word too.
    """
    classes = element.get("class", "")
    if not classes or _UNSEEN.search(classes) is not None:
        return bool(classes)
    if _ICON.search(classes) is None:
        return False
    words = list(islice((word for text in _texts(element, is_whole=True) for word in text.split()), 2))
    if not words:
        return True
    has_text_behind = element.getnext() is not None or bool((element.tail or "").strip())
    return len(words) == 1 and has_text_behind and (element.tag == "td" or not _holds_block(element))


def _holds_block(element: Any) -> bool:
    return any(TAGS.get(inner.tag) in BLOCK_LEVEL for inner in element.iterdescendants())


def _label(kind: str, title: Any) -> str:
    text = _shown(title) if title is not None else ""
    return kind if text.lower().strip(" :!") in ("", kind) else f"{kind} {text}"


def _shown(title: Any) -> str:
    """The text of a title without what only machines read."""
    return " ".join("".join(_texts(title)).split())


def _texts(element: Any, *, is_whole: bool = False) -> Iterator[str]:
    """The texts of an element without images, and without what is unseen unless `is_whole`."""
    waiting: list[Any] = [element]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            yield node
            continue
        if node.tail and node is not element:
            waiting.append(node.tail)
        if node is element or not (node.tag == "svg" or (not is_whole and _is_unseen(node))):
            waiting.extend(reversed(node))
            if node.text:
                yield node.text
