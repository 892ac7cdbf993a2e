"""Notes that stand in the sentence which they belong to, and that the site's style shows in the margin.

Tufte CSS and Org mode write them so, with a checkbox that opens them on small screens. They are moved behind their
paragraph, with a reference in their place, as other pages write footnotes.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from cleaner.html.tags import BLOCK_LEVEL, TAGS, Tag

_CLASSES = frozenset(("sidenote", "side-note", "marginnote", "margin-note"))
_TAGS = ("span", "small")
_TOGGLES = frozenset(("label", "input"))
_AT_FOOT = re.compile(r"foot-?(?:note|def|para)")
_NUMBER = re.compile(r"^\s*(\d{1,3})\b[.:)]?\s*")


def may_have_sidenotes(text: str) -> bool:
    """Whether a page may have such notes."""
    return any(name in text for name in _CLASSES)


def set_behind(root: Any) -> None:
    """Moves the notes in the sentences of a page behind their paragraphs.

    One that the page repeats at its foot leaves nothing but its number.
    """
    notes = [note for note in root.iter(*_TAGS) if not _CLASSES.isdisjoint(note.get("class", "").split())]
    repeated = _texts_at_foot(root) if notes else frozenset()
    known = set(notes)
    for number, note in enumerate(notes, 1):
        holder = next((a for a in note.iterancestors() if a in known or TAGS.get(a.tag) in BLOCK_LEVEL), None)
        if holder is None or holder in known or TAGS[holder.tag] is Tag.HEADING:
            continue
        label, text = _drop_toggles(note), _text(note)
        own = _NUMBER.match(text)
        reference = etree.Element("sup")
        reference.tail, note.tail = note.tail, None
        note.getparent().replace(note, reference)
        if text[own.end() if own else 0 :] in repeated:
            reference.text = own[1] if own else label
            continue
        name = f"sidenote-{number}"
        link = etree.SubElement(reference, "a", href=f"#{name}")
        link.text = own[1] if own else str(number)
        note.tag = "aside"
        note.set("id", name)
        holder.append(note)


def _texts_at_foot(root: Any) -> frozenset[str]:
    """The texts of the elements that are called footnotes."""
    named = (e for e in root.iter("li", "p", "div") if e.get("role") == "doc-footnote" or _is_at_foot(e))
    return frozenset(map(_text, named))


def _is_at_foot(element: Any) -> bool:
    return _AT_FOOT.search(element.get("class", "")) is not None


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _drop_toggles(note: Any) -> str:
    """Removes the checkbox before a note and its label, and returns what the label says."""
    said = ""
    before = note.getprevious()
    while before is not None and before.tag in _TOGGLES and not (before.tail or "").strip():
        said = _text(before) or said
        before.getparent().remove(before)
        before = note.getprevious()
    return said
