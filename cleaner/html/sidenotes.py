"""Notes that a site's style shows in the margin, or its script beside their reference.

Tufte CSS and Org mode write notes into the sentence that they belong to, with a checkbox that opens them on small
screens. Plugins of WordPress hide them there or at the end, and name them in an attribute of the reference. They are
made what other pages write: a link, and a note behind the paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from itertools import islice
from typing import Any

from lxml import etree

from cleaner import lazily
from cleaner.html.tags import BLOCK_LEVEL, TAGS, Tag
from cleaner.page.elements import ElementSignature

_CLASSES = frozenset(("sidenote", "side-note", "marginnote", "margin-note"))
_ATTRIBUTES = ("data-definition", "aria-describedby")
"""Attributes with the id of a note that a script shows."""
_NOWHERE = ("#", "javascript:")
"""Addresses of links that a script follows."""
_TAGS = ("span", "small")
_DESCRIBED_TAGS = frozenset(("div", "span", "p", "aside", "small"))
_CELLS = frozenset(("td", "th", "li", "dd", "dt"))
_MOST_WORDS = 200
"""Words that a note which a script shows may have; what is longer is a part of the page."""
_MOST_SIBLINGS = 100
"""Elements before and behind a note among which the text of its line is looked for."""
_AT_FOOT = lazily.pattern(r"foot-?(?:note|def|para)")
_REFERENCE = lazily.pattern(r"\W?(?:\d{1,3}|[a-z]|\W{1,2})\W?", re.IGNORECASE)
_DESCRIBED = etree.XPath("descendant::*[@data-definition or @aria-describedby]")
_NAMED = etree.XPath("//*[@id]")
_NUMBER = lazily.pattern(r"^\s*(\d{1,3})\b[.:)]?\s*")


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

    One that the page repeats at its foot leaves nothing but its number. One in a line of its own is a text like others.
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
        if _is_alone(note, known):
            continue
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
        if not _may_be_described(note) or len(_text(note)) <= len(_text(reference)) or reference in note.iter():
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


def _may_be_described(note: Any) -> bool:
    """Whether an element can be a note that a script shows: a short one that is not the whole of a cell or an item."""
    if note.tag not in _DESCRIBED_TAGS or len(_text(note).split()) > _MOST_WORDS:
        return False
    parent = note.getparent()
    is_all = len(parent) == 1 and not (parent.text or "").strip() and not (note.tail or "").strip()
    return parent.tag not in _CELLS or not is_all


def _is_alone(note: Any, known: Set[Any]) -> bool:
    """Whether there is no text in the line of a note but that of other notes: it could only be a note to nothing."""
    node = note
    while TAGS.get(node.tag) not in BLOCK_LEVEL:
        if any(_in_line(node, known)):
            return False
        node = node.getparent()
    return True


def _in_line(node: Any, known: Set[Any]) -> Iterator[str]:
    """The texts beside an element up to the next block-level ones, without white space, notes and their toggles."""
    before, behind = islice(node.itersiblings(preceding=True), _MOST_SIBLINGS), node.itersiblings()
    yield (node.tail or "").strip()
    for sibling in islice(behind, _MOST_SIBLINGS):
        if TAGS.get(sibling.tag) in BLOCK_LEVEL:
            break
        yield from (_said(sibling, known), (sibling.tail or "").strip())
    for sibling in before:
        yield (sibling.tail or "").strip()
        if TAGS.get(sibling.tag) in BLOCK_LEVEL:
            return
        yield _said(sibling, known)
    yield (node.getparent().text or "").strip()


def _said(element: Any, known: Set[Any]) -> str:
    return "" if element in known or _is_toggle(element) else _text(element)


def _is_toggle(element: Any) -> bool:
    """Whether an element is a checkbox that opens a note, or its label, which is a sign or a number."""
    if element.tag != "label":
        return bool(element.tag == "input")
    said = _text(element)
    return not said or _REFERENCE.fullmatch(said) is not None


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
    while before is not None and _is_toggle(before) and not (before.tail or "").strip():
        said = _text(before) or said
        before.getparent().remove(before)
        before = note.getprevious()
    return said
