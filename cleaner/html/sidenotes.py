"""Notes that a site's style shows in the margin, or its script beside their reference.

Tufte CSS and Org mode write notes into the sentence that they belong to, with a checkbox that opens them on small
screens. Plugins of WordPress hide them there or at the end, and name them in an attribute of the reference. They are
made what other pages write: a link, and a note behind the paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from lxml import etree

from cleaner.html.tags import BLOCK_LEVEL, TAGS, Tag
from cleaner.page.elements import ElementSignature

_CLASSES = frozenset(("sidenote", "side-note", "marginnote", "margin-note"))
_ATTRIBUTES = ("data-definition", "aria-describedby")
"""Attributes with the id of a note that a script shows."""
_NOWHERE = ("#", "javascript:")
"""Addresses of links that a script follows."""
_TAGS = ("span", "small")
_TOGGLES = frozenset(("label", "input"))
_AT_FOOT = re.compile(r"foot-?(?:note|def|para)")
_REFERENCE = re.compile(r"\W?(?:\d{1,3}|[a-z]|\W{1,2})\W?", re.IGNORECASE)
_DESCRIBED = etree.XPath("descendant::*[@data-definition or @aria-describedby]")
_NAMED = etree.XPath("//*[@id]")
_NUMBER = re.compile(r"^\s*(\d{1,3})\b[.:)]?\s*")


def may_have_notes(signatures: Iterable[ElementSignature]) -> bool:
    """Whether elements of a page may be such notes, or be called so by a script."""
    return any(
        (own.tag == "aside" and "fn" in own.classes)
        or own.role == "tooltip"
        or ("note" in own.classes and _is_note(own.classes))
        for own in signatures
    )


def _is_note(classes: str) -> bool:
    return not _CLASSES.isdisjoint(classes.split())


def set_behind(root: Any) -> bool:
    """Moves the notes in the sentences of a page behind their paragraphs, and tells whether there are any.

    One that the page repeats at its foot leaves nothing but its number.
    """
    is_changed = _show_described(root)
    notes = [note for note in root.iter(*_TAGS) if _is_note(note.get("class", ""))]
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
        _set_aside(note, name, holder)
    return is_changed or bool(notes)


def _show_described(root: Any) -> bool:
    """Links references to the notes that they name, shows these, and tells whether there are any."""
    is_changed = False
    references = [r for r in _DESCRIBED(root) if _REFERENCE.fullmatch(_text(r))]
    named = {element.get("id"): element for element in _NAMED(root)} if references else {}
    for number, reference in enumerate(references, 1):
        note = named.pop(next(filter(None, map(reference.get, _ATTRIBUTES)), ""), None)
        link = next(reference.iter("a"), None)
        if note is None or link is None or not link.get("href", "#").startswith(_NOWHERE):
            continue
        if len(_text(note)) <= len(_text(reference)) or reference in note.iter():
            continue
        is_changed = True
        name = f"sidenote-0{number}"
        link.set("href", f"#{name}")
        for attribute in ("style", "hidden", "class"):
            note.attrib.pop(attribute, None)
        holder = next((around for around in note.iterancestors() if TAGS.get(around.tag) in BLOCK_LEVEL), None)
        is_inline = TAGS.get(note.tag) is Tag.INLINE and holder is not None
        if is_inline:
            _cut_out(note)
        _set_aside(note, name, holder if is_inline else None)
    return is_changed


def _set_aside(note: Any, name: str, holder: Any) -> None:
    """Makes an element a note with an id, at the end of `holder` where one is given."""
    note.tag = "aside"
    note.set("id", name)
    if holder is not None:
        holder.append(note)


def _cut_out(note: Any) -> None:
    """Takes an element out of its line, which goes on behind it."""
    before, parent, tail = note.getprevious(), note.getparent(), note.tail or ""
    note.tail = None
    parent.remove(note)
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail


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
