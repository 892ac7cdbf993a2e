"""Lists: which list an item belongs to, at which level, and its number.

A list may stand in an item, directly in a list, or in an item of its own without a marker. Some editors write no
nesting at all: Quill and others give the items classes for their levels, Google Docs writes a list for each run of
items of a level, and Word paragraphs with the level in their style.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from cleaner.document import Container
from cleaner.html.tables import number
from cleaner.page.candidate import Candidate

MAX_NUMBER = 999_999_999
"""Largest number that a Markdown list can have."""
_MAX_DEPTH = 20
_LIST_TAGS = frozenset(("ul", "ol", "menu", "dir"))
_QUILL_DEPTH = re.compile(r"(?:^|\s)ql-indent-(\d{1,2})(?=\s|$)")
_DEPTH_CLASS = re.compile(r"(?:^|\s)(?:ql-indent|indent|level|lvl|depth|(?:indent|list)-level)[-_]?(\d{1,2})(?=\s|$)")
_MAYBE_DEPTH = ("indent", "level", "lvl", "depth")
"""Parts of the classes that the pattern matches; a search for these takes a fraction of its time."""
_DEPTH_ATTRIBUTES = ("data-indent", "data-level", "data-depth", "data-list-level", "aria-level")
_GOOGLE_LIST = re.compile(r"(?:^|\s)lst-kix_(\w+)-(\d{1,2})(?=\s|$)")
_WORD_ITEM = re.compile(r"mso-list\s*:\s*(l\d+)\s+level(\d{1,2})(?:\s+(lfo\d+))?", re.IGNORECASE)
_WORD_MARKER = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
_WORD_NUMBER = re.compile(r"\(?(?:\d+\.)*(?:(\d{1,9})|[A-Za-z]{1,5})[.)]")
"""A marker that counts: "3.", "1.2.", "a)", "(iv)". A lone "o" is a bullet."""


class _Part(NamedTuple):
    """What a list element says of its items."""

    depth: int = 0
    name: str = ""
    """What an editor calls the list."""
    ordered: bool = False
    start: int | None = None
    step: int = 1


@dataclass(slots=True, eq=False)
class _Level:
    """A list that is open at a level of a nest."""

    depth: int
    name: str
    ordered: bool
    list: int
    around: tuple[Container, ...]
    """The containers around its items."""
    next_number: int = 1
    last: tuple[Container, ...] = ()
    """The containers inside its last item."""


@dataclass(slots=True, eq=False)
class _Nest:
    """A list with those that its editor has not nested in it: a list element, several in a row, or paragraphs."""

    around: tuple[Container, ...]
    part: _Part
    """The element that the walk is in, or was in last."""
    levels: list[_Level] = field(default_factory=list)
    """From the outermost in."""
    in_item: bool = False
    is_flat: bool = False
    """Whether it is made of several list elements, or of none."""
    end: int = -1
    """Number of the page's blocks when it ended."""

    def inside(self) -> tuple[Container, ...]:
        """The containers of what stands in no item of its own: those of the last item."""
        return self.levels[-1].last if self.levels else self.around

    def level(self, depth: int, name: str, ordered: bool, new: int) -> _Level:
        """The level of an item; where it begins one, the new list has the number `new`.

        A list that began deeper than its next item goes on with it.
        """
        levels, deeper = self.levels, None
        while levels and levels[-1].depth > depth:
            deeper = levels.pop()
        if deeper is not None and not (levels and levels[-1].depth == depth):
            deeper.depth = depth
            levels.append(deeper)
        if levels and levels[-1].depth == depth:
            if (levels[-1].ordered, levels[-1].name) == (ordered, name):
                return levels[-1]
            levels.pop()
        levels.append(_Level(depth, name, ordered, new, self.inside()))
        return levels[-1]


class Lists:
    """The lists around the place that the walk has reached; `blocks` are those of the page.

    Where `is_markdown`, the page was made from Markdown, which nests its lists itself.
    """

    def __init__(self, blocks: Sequence[Candidate], *, is_markdown: bool = False) -> None:
        self._blocks = blocks
        self._is_markdown = is_markdown
        self._open: list[_Nest] = []
        """The nests of the list elements that are open."""
        self._items: list[_Nest] = []
        """The nests of the items that are open."""
        self._ended: _Nest | None = None
        """The nest that ended last, which what follows it directly may be a part of."""
        self._last_list = 0

    def start(
        self, element: Any, attributes: Mapping[str, str], current: tuple[Container, ...]
    ) -> tuple[Container, ...]:
        """A list element starts in the containers `current`; gives those around its items."""
        outer = self._open[-1] if self._open else None
        if outer is not None and not outer.in_item:
            current = outer.inside()
        part = _part(element, attributes)
        nest = self._adjacent(current)
        if nest is None or not (nest.is_flat or (part.name and nest.part.name) or _begins_indented(element)):
            nest = _Nest(current, part)
        else:
            nest.part, nest.is_flat = part, True
        self._open.append(nest)
        return current

    def end(self) -> None:
        """The innermost list element ends."""
        self._ended = self._open.pop()
        self._ended.end = len(self._blocks)

    def start_item(
        self, element: Any, attributes: Mapping[str, str], current: tuple[Container, ...], key: int
    ) -> tuple[Container, ...]:
        """An item starts in the containers `current`; gives those inside it.

        An item outside a list has no number. One that holds only lists is none: they belong to the item before.
        """
        nest = self.start_plain_item(current)
        if not self._is_markdown and _holds_only_lists(element):
            return nest.inside()
        kind = attributes.get("data-list")
        depth, name, ordered, start, step = nest.part
        level = nest.level(depth + _depth(attributes), name, kind == "ordered" if kind else ordered, self._new_list())
        value = None
        if level.ordered:
            value = number(attributes.get("value"), level.next_number if start is None else start, 0, MAX_NUMBER)
            level.next_number = min(max(value + step, 0), MAX_NUMBER)
            nest.part = nest.part if start is None else nest.part._replace(start=None)
        return self._enter(level, key, value, kind == "checked" if kind in ("checked", "unchecked") else None)

    def start_plain_item(self, current: tuple[Container, ...]) -> _Nest:
        """An item starts that may have no marker, such as a comment in a list of comments; gives its nest."""
        nest = self._open[-1] if self._open else None
        if nest is None or nest.in_item or nest.around != current:
            nest = self._loose(current)
        nest.in_item = True
        self._items.append(nest)
        return nest

    def end_item(self) -> None:
        """The innermost item ends."""
        nest = self._items.pop()
        nest.in_item = False
        if not self._open or self._open[-1] is not nest:
            self._ended, nest.end = nest, len(self._blocks)

    def start_word_item(
        self, element: Any, style: str, current: tuple[Container, ...], key: int
    ) -> tuple[Container, ...] | None:
        """The containers inside an item that Word has written as a paragraph; None for any other paragraph."""
        found = _WORD_ITEM.search(style)
        if found is None:
            return None
        nest = self._loose(current)
        marker = _WORD_NUMBER.fullmatch(_word_marker(element))
        level = nest.level(
            min(int(found[2]), _MAX_DEPTH), f"{found[1]} {found[3]}".lower(), marker is not None, self._new_list()
        )
        value = None
        if marker is not None:
            value = number(marker[1], level.next_number, 0, MAX_NUMBER)
            level.next_number = min(value + 1, MAX_NUMBER)
        self._ended, nest.end = nest, len(self._blocks) + 1  # the paragraph will be one block
        return self._enter(level, key, value, None)

    def _adjacent(self, current: tuple[Container, ...]) -> _Nest | None:
        """The nest that has ended directly before what stands here."""
        nest = self._ended
        return nest if nest is not None and nest.end == len(self._blocks) and nest.around == current else None

    def _loose(self, current: tuple[Container, ...]) -> _Nest:
        """The nest of an item that stands in no list element."""
        nest = self._adjacent(current)
        return nest if nest is not None and nest.part is _LOOSE else _Nest(current, _LOOSE, is_flat=True)

    def _new_list(self) -> int:
        self._last_list += 1
        return self._last_list

    @staticmethod
    def _enter(level: _Level, key: int, value: int | None, checked: bool | None) -> tuple[Container, ...]:
        item = Container("item", key, level.ordered, value, checked, list=level.list)
        level.last = (*level.around, item)
        return level.last


_LOOSE = _Part()


def _part(element: Any, attributes: Mapping[str, str]) -> _Part:
    google = _GOOGLE_LIST.search(attributes.get("class", ""))
    name, depth = (google[1], min(int(google[2]), _MAX_DEPTH)) if google else ("", 0)
    if element.tag != "ol":
        return _Part(depth, name)
    start = number(attributes["start"], 1, 0, MAX_NUMBER) if "start" in attributes else None
    if "reversed" not in attributes:
        return _Part(depth, name, True, start)
    count = sum(child.tag == "li" for child in element)
    return _Part(depth, name, True, count if start is None else start, -1)


def _begins_indented(element: Any) -> bool:
    """Whether the first item of a list is one of Quill's that is deeper than the list."""
    return len(element) > 0 and _QUILL_DEPTH.search(element[0].get("class", "")) is not None


def _depth(attributes: Mapping[str, str]) -> int:
    """How deep an item is by its class or attributes."""
    if not attributes:
        return 0
    classes = attributes.get("class", "")
    found = _DEPTH_CLASS.search(classes) if any(part in classes for part in _MAYBE_DEPTH) else None
    if found is not None:
        return min(int(found[1]), _MAX_DEPTH)
    if attributes.keys().isdisjoint(_DEPTH_ATTRIBUTES):
        return 0
    named = next((attributes[name] for name in _DEPTH_ATTRIBUTES if name in attributes), None)
    return number(named, 0, 0, _MAX_DEPTH)


def _holds_only_lists(element: Any) -> bool:
    if not len(element) or element[0].tag not in _LIST_TAGS or (element.text and not element.text.isspace()):
        return False
    return all(child.tag in _LIST_TAGS and not (child.tail and child.tail.strip()) for child in element)


def _word_marker(element: Any) -> str:
    """The marker of an item that Word has written out."""
    for inner in element.iterdescendants("span"):
        if _WORD_MARKER.search(inner.get("style", "")):
            return "".join(inner.itertext()).strip()
    return ""
