"""Footnotes: short links to notes become references, and what they point to becomes notes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import NamedTuple

from cleaner import lazily
from cleaner.document import Container, Span
from cleaner.page.candidate import Candidate
from cleaner.page.edits import Edit, apply, put_spans, texts_with_spans
from cleaner.page.elements import Nodes
from cleaner.page.spans import in_order

_BACK = r"(?![-_:.]?(?:ref|anchor|back|link|marker|r\d|r[-_:.]))"
_NOTE_ID = lazily.pattern(
    rf"(?:user-content-)?_?(?:fn|ftnt?|footnote|endnote|edn|note|nb|cite_note|sdfootnote|sdendnote|easy-footnote-bottom){_BACK}"
    rf"[\w:.-]*|[\w-]*?(?:foot|end)?note{_BACK}[-_:.]?\d[\w-]*",
    re.I,
)
"""Ids that name an element a note."""
_REFERENCE = lazily.pattern(
    r"[\[(]?\s*(?:(?:note|nb|fn)\.?\s*)?(?:\d{1,3}|[a-z]|[ivx]{1,5}|[*†‡§¶]{1,3})\s*[\])]?", re.I
)
_CORE = lazily.pattern(r"[\w*†‡§¶]+(?=\W*$)")
_PLACE_OF_NOTES = lazily.pattern(
    r"foot-?_?notes?|end-?_?notes?|(?:^|[\s_-])notes?(?=$|[\s_-])|(?:^|\s)fn(?=$|\s)|sidenote", re.I
)
"""Classes, ids and roles of elements that hold notes."""
_SIGN_BACK = lazily.pattern(r"(?<!\s)\s*+[↩↵⏎↑⤴]\ufe0e?$")
_SIGN_ALONE = lazily.pattern(r"[\W_]*+(?:\d{1,3}|[a-z]|[ivx]{1,4})?[\W_]*+", re.I)
_SIGNS = lazily.pattern(r"[\W_]*")
_MAX_GAP = 8
"""Maximum blocks that a note may have, beyond those of its own element."""
_MAX_WORDS_BACK = 4
_MAX_ID = 200
"""Maximum characters of an id that names a note."""


class Anchor(NamedTuple):
    """The place that an id names."""

    block: int
    """Number of the block that it is in or before."""
    node: int
    """Number of the block-level element that has the id, or that the inline element with the id is in."""


@dataclass(slots=True)
class Places:
    """What the links within a page lead to, and what is known of them."""

    anchors: dict[str, Anchor] = field(default_factory=dict)
    """By ids and names."""
    noted: set[str] = field(default_factory=set)
    """The ids that a link leads to which the page calls a reference to a note."""
    has_links: bool = False
    """Whether any link leads to an id of the page."""

    def add_link(self, target: str, attributes: dict[str, str]) -> None:
        """Notes a link to an id of the page, and that id if the link's role or type is that of a reference."""
        self.has_links = True
        if attributes.get("role") == "doc-noteref" or attributes.get("epub:type") == "noteref":
            self.noted.add(target)


class _Reference(NamedTuple):
    """A link, or a raised number, that may refer to a note."""

    block: int
    start: int
    end: int
    target: str
    """The id that it leads to; empty for a number."""
    text: str
    is_raised: bool


@dataclass(slots=True)
class _Note:
    """A note: the blocks `start` to `end` (half-open)."""

    start: int
    end: int
    node: int
    label: str = ""
    core: str = ""
    """What its references say: a number, a letter or a sign."""
    references: list[_Reference] = field(default_factory=list)


def resolve(blocks: Sequence[Candidate], nodes: Nodes, places: Places, new_key: Callable[[], int]) -> None:
    """Makes footnotes of the blocks that links or raised numbers refer to; `new_key` gives keys for containers.

    A link refers to a note if it has the form of a reference and leads on to an element that the page calls a note, or
    which two of these signs speak for: the link is raised, the element begins with the same number, it links back, or
    stands where notes stand. Notes that no id leads to are found by their links back, or by their numbers from 1 on.
    """
    found = list(_references(blocks))
    if not found:
        return
    page = _Page(blocks, nodes, places)
    numbered = page.numbered_notes([reference for reference in found if not reference.target])
    notes: dict[int, _Note] = {}
    for reference in found:
        anchor = page.target(reference) if reference.target else numbered.get(reference.text)
        if anchor is not None and (not reference.target or page.is_note(reference, anchor)):
            note = notes.setdefault(anchor.block, _Note(anchor.block, anchor.block + 1, anchor.node))
            note.references.append(reference)
    if not notes:
        return
    ordered = sorted(notes.values(), key=lambda note: note.start)
    page.set_ends(ordered)
    inside = {number for note in ordered for number in range(note.start, note.end)}
    for note in ordered:
        note.references = [reference for reference in note.references if reference.block not in inside]
    ordered = [note for note in ordered if note.references]
    for number, note in enumerate(sorted(ordered, key=lambda note: note.references[0]), 1):
        note.label = str(number)
        core = _CORE.search(note.references[0].text)
        note.core = core[0] if core else ""
    _refer(blocks, ordered)
    for note in ordered:
        page.define(note, new_key())


def _references(blocks: Sequence[Candidate]) -> Iterator[_Reference]:
    for number, block in enumerate(blocks):
        if not block.rows and not (block.spans and _may_refer(block.spans)):
            continue
        for at, text, spans in texts_with_spans(block):
            if not _may_refer(spans):
                continue
            raised, linked = _Touching(spans, "sup"), _Touching(spans, "link")
            for span in spans:
                said = text[span.start : span.end]
                if span.kind == "link" and span.href and span.href[0] == "#":
                    if _REFERENCE.fullmatch(said):
                        yield _Reference(
                            number, at + span.start, at + span.end, span.href[1:], said, raised.touches(span)
                        )
                elif span.kind == "sup" and said.isdecimal() and not linked.touches(span):
                    yield _Reference(number, at + span.start, at + span.end, "", said.lstrip("0"), True)


def _may_refer(spans: Sequence[Span]) -> bool:
    for span in spans:  # noqa: SIM110 - a loop takes a third of the time of any()
        if span.kind == "sup" or (span.href is not None and span.href[:1] == "#"):
            return True
    return False


class _Touching:
    """The spans of one kind in a text, which do not overlap, asked whether one touches another span."""

    def __init__(self, spans: Sequence[Span], kind: str) -> None:
        self._spans = sorted((s.start, s.end) for s in spans if s.kind == kind)

    def touches(self, span: Span) -> bool:
        """Whether a span of the kind begins or ends in or at the edge of `span`, or is around it."""
        last = bisect_right(self._spans, (span.end, inf)) - 1
        return last >= 0 and self._spans[last][1] >= span.start


class _Page:
    """The blocks and elements of a page, asked about notes."""

    def __init__(self, blocks: Sequence[Candidate], nodes: Nodes, places: Places) -> None:
        self._blocks = blocks
        self._nodes = nodes
        self._anchors = places.anchors
        self._noted = places.noted
        self._led: dict[Anchor, set[int | None]] = {}
        """By the places of notes: the blocks that links in them lead to."""
        self._back: dict[str, int] = {}
        """By what is left of their addresses without "ref": the blocks that begin with a link back."""
        for number, block in enumerate(blocks):
            first = next((span for span in block.spans if span.kind == "link"), None)
            if first is not None and first.start == 0 and "#" in (first.href or ""):
                self._back.setdefault(_bare((first.href or "").rpartition("#")[2]), number)

    def target(self, reference: _Reference) -> Anchor | None:
        """The place behind a reference that it leads to."""
        anchor = self._anchors.get(reference.target) or self._anchors.get(f"user-content-{reference.target}")
        if anchor is None and _names_note(reference.target):
            number = self._back.get(_bare(reference.target))
            anchor = None if number is None else Anchor(number, self._blocks[number].element)
        return anchor if anchor is not None and reference.block < anchor.block < len(self._blocks) else None

    def numbered_notes(self, references: Sequence[_Reference]) -> dict[str, Anchor]:
        """By their numbers: notes that are told by these alone, where there is a reference before each from 1 on."""
        first: dict[str, int] = {}
        for reference in references:
            first.setdefault(reference.text, reference.block)
        if "1" not in first:
            return {}
        for found in (self._notes_by_id(), self._notes_below_rule(), self._notes_aside()):
            expected = {str(number) for number in range(1, len(found) + 1)}
            is_complete = bool(found) and found.keys() == expected <= first.keys()
            if is_complete and all(first[number] < anchor.block for number, anchor in found.items()):
                return found
        return {}

    def _notes_by_id(self) -> dict[str, Anchor]:
        found: dict[str, Anchor] = {}
        for id, anchor in self._anchors.items():
            number = re.search(r"[1-9]\d*$", id) if _names_note(id) else None
            if number and anchor.block < len(self._blocks):
                found.setdefault(number[0], anchor)
        return found

    def _notes_below_rule(self) -> dict[str, Anchor]:
        """What begins with a raised or bold number behind the last rule."""
        found: dict[str, Anchor] = {}
        for number in range(len(self._blocks) - 1, -1, -1):
            block = self._blocks[number]
            if block.kind == "rule":
                return found
            sign = next((s for s in block.spans if s.start == 0 and s.kind in ("sup", "strong")), None)
            text = block.text[: sign.end] if sign else ""
            if text.isdecimal():
                found[text] = Anchor(number, block.element)
        return {}

    def _notes_aside(self) -> dict[str, Anchor]:
        """Numbered items in asides."""
        found: dict[str, Anchor] = {}
        for number, block in enumerate(self._blocks):
            item = block.containers[-1] if block.containers else None
            if item is not None and item.number is not None and self._is_in_aside(block.element):
                found.setdefault(str(item.number), Anchor(number, block.element))
        return found

    def _is_in_aside(self, node: int) -> bool:
        for _ in range(4):
            if node < 0:
                return False
            if self._nodes.signatures[self._nodes.signature[node]].tag == "aside":
                return True
            node = self._nodes.parent[node]
        return False

    def is_note(self, reference: _Reference, anchor: Anchor) -> bool:
        """Whether the place that a reference leads to is a note."""
        if _names_note(reference.target) or reference.target in self._noted:
            return True
        block = self._blocks[anchor.block]
        core = _CORE.search(reference.text)
        same = core is not None and re.match(rf"[\[(^]?\s*{re.escape(core[0])}(?!\w)", block.text) is not None
        is_place, links_back = self._is_place_of_notes(anchor.node), self._links_back(reference, anchor)
        # Brackets are round numbers of equations and theorems too: they say something at the place of notes alone.
        raised = reference.is_raised or (reference.text[0] in "[(" and (is_place or links_back))
        return raised + same + is_place + links_back >= 2

    def _links_back(self, reference: _Reference, anchor: Anchor) -> bool:
        if anchor not in self._led:
            end = max(anchor.block + 1, min(self._nodes.end[anchor.node], anchor.block + _MAX_GAP))
            spans = (span for block in self._blocks[anchor.block : end] for span in block.spans)
            self._led[anchor] = {self._led_to(span) for span in spans if span.kind == "link"}
        return reference.block in self._led[anchor]

    def _led_to(self, span: Span) -> int | None:
        """The number of the block that a link within the page leads to."""
        path, _, target = (span.href or "").partition("#")
        place = self._anchors.get(target) if not path else None
        return None if place is None else place.block

    def _is_place_of_notes(self, node: int) -> bool:
        for _ in range(4):
            if node < 0:
                return False
            signature = self._nodes.signatures[self._nodes.signature[node]]
            if _PLACE_OF_NOTES.search(f"{signature.classes} {signature.id} {signature.role}"):
                return signature.tag != "body"
            node = self._nodes.parent[node]
        return False

    def set_ends(self, notes: Sequence[_Note]) -> None:
        """Finds where notes end.

        A note has the blocks of its element, or of the item or element around that begins with it. Notes at the end of
        the text, but for those in asides of their own, go on to the next note: one may have several paragraphs, of
        which the first has the id.
        """
        last_reference = max(reference.block for note in notes for reference in note.references)
        for note, following in zip(notes, [*notes[1:], None], strict=True):
            limit = following.start if following else len(self._blocks)
            note.end = min(max(self._own_end(note, limit), note.start + 1), limit)
            if note.start > last_reference and not self._is_in_aside(note.node):
                note.end = self._goes_on(note, following)

    def _own_end(self, note: _Note, limit: int) -> int:
        """The end of the largest element around that begins with the note and holds no other one."""
        nodes, node = self._nodes, note.node
        end = nodes.end[node] if nodes.first[node] == note.start else note.start + 1
        while node >= 0 and nodes.first[node] == note.start and nodes.end[node] <= limit:
            if end - note.start > 1 and self._has_words(note.start, end):
                break
            end = nodes.end[node]
            node = nodes.parent[node]
        return end

    def _has_words(self, start: int, end: int) -> bool:
        """Whether blocks are more than the sign of a note."""
        return any(_SIGN_ALONE.fullmatch(block.text) is None for block in self._blocks[start:end])

    def _goes_on(self, note: _Note, following: _Note | None) -> int:
        """The end of a note with the paragraphs behind its own element."""
        if following is not None:
            limit = following.start
        else:
            parent = self._nodes.parent[note.node] if self._nodes.first[note.node] == note.start else note.node
            named = self._is_place_of_notes(parent) or not self._has_words(note.start, note.end)
            limit = self._nodes.end[parent] if named and parent >= 0 else note.end
        end = note.end
        while end < limit and end - note.start < _MAX_GAP and self._blocks[end].kind not in ("heading", "rule"):
            end += 1
        return end if end == limit or following is None else note.end

    def define(self, note: _Note, key: int) -> None:
        """Puts the blocks of a note into a container, and cuts its sign and its links back."""
        mark = Container("footnote", key, label=note.label)
        outer = {c.key for c in self._blocks[note.start - 1].containers} if note.start else set()
        outer |= {c.key for c in self._blocks[note.start].containers if c.kind == "item" and self._is_item(note, c)}
        places = {reference.block for reference in note.references}
        for number in range(note.start, note.end):
            block = self._blocks[number]
            block.containers = (mark, *(c for c in block.containers if c.key not in outer))
            if block.kind == "list_item" and block.containers[-1] is mark:
                block.kind = "paragraph"
            if number == note.start:
                _cut_sign(block, note.core)
            self._cut_links_back(block, places)

    def _is_item(self, note: _Note, item: Container) -> bool:
        """Whether the note is all of a list item, which it then is instead of."""
        return all(item in block.containers for block in self._blocks[note.start : note.end])

    def _cut_links_back(self, block: Candidate, places: set[int]) -> None:
        cut = [span for span in block.spans if span.kind == "link" and self._is_link_back(span, block.text, places)]
        if cut:
            gone = sorted({(span.start, span.end) for span in cut})
            block.spans = [span for span in block.spans if not _is_inside(span, gone)]
            apply(block, [Edit(start, end) for start, end in gone])
        sign = _SIGN_BACK.search(block.text)
        if sign and not block.rows:
            apply(block, [Edit(sign.start(), sign.end())])

    def _is_link_back(self, span: Span, text: str, places: set[int]) -> bool:
        if "#" not in (span.href or ""):
            return False
        said = text[span.start : span.end]
        if _SIGNS.fullmatch(said) and (span.href or "").startswith("#"):
            return True
        at_edge = span.start < 6 or len(text) - span.end < 6
        fragment = (span.href or "").rpartition("#")[2]
        is_back = self._led_to(span) in places or re.search(r"(?:fn|ftn|note|cite)_?-?ref", fragment) is not None
        return is_back and at_edge and len(said.split()) <= _MAX_WORDS_BACK


def _names_note(id: str) -> bool:
    return len(id) <= _MAX_ID and _NOTE_ID.fullmatch(id) is not None


def _bare(id: str) -> str:
    return re.sub(r"ref|[^a-z0-9]", "", id.lower())


def _is_inside(span: Span, stretches: Sequence[tuple[int, int]]) -> bool:
    """Whether one of the stretches of a text, which are in order and do not overlap, holds a span."""
    at = bisect_right(stretches, (span.start, inf)) - 1
    return at >= 0 and span.end <= stretches[at][1]


def _refer(blocks: Sequence[Candidate], notes: Sequence[_Note]) -> None:
    """Turns links into references, labelled by the order of the notes' first references."""
    edits: dict[int, list[Edit]] = {}
    for note in notes:
        for reference in note.references:
            edits.setdefault(reference.block, []).append(Edit(reference.start, reference.end, note.label))
    for number, found in edits.items():
        put_spans(blocks[number], sorted(found), "footnote_ref", _stands_for_reference)


def _stands_for_reference(span: Span, edit: Edit) -> bool:
    """Whether a span is what a reference was marked up with."""
    return span.kind in ("link", "sup") and (span.start, span.end) == (edit.start, edit.end)


def _cut_sign(block: Candidate, core: str) -> None:
    """Cuts the number that a note begins with."""
    if not core or block.rows:
        return
    form = rf"[\^↑]?\s*[\[(]?\s*{re.escape(core)}\s*[\])]?\s*[↑↩^]?\s*[.:)]?"
    found = re.match(rf"(?:{form}(?=\s|$)|[\^↑](?=\s))\s*", block.text) or _marked_sign(block, form)
    if found:
        block.spans = [span for span in block.spans if span.end > found.end() or span.start == span.end]
        apply(block, [Edit(0, found.end())])
        block.spans = in_order(block.spans)


def _marked_sign(block: Candidate, form: str) -> re.Match[str] | None:
    """The number that is told from the text behind it by its markup alone."""
    for span in block.spans:
        if span.start == 0 and span.kind in ("sup", "link", "strong"):
            found = re.compile(form).fullmatch(block.text, 0, span.end)
            if found:
                return found
    return None
