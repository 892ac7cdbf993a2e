"""The containers and figures that the walk is in: lists and their items, quotes, callouts, footnotes, captions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cleaner.document import Container
from cleaner.html.callouts import callout_of, label_of
from cleaner.html.tables import number
from cleaner.page.candidate import Candidate

_MAX_NUMBER = 999_999_999
"""Largest number that a Markdown list can have."""


@dataclass(slots=True)
class _List:
    ordered: bool
    next_number: int


class Containers:
    """The containers around the place that the walk has reached."""

    def __init__(self) -> None:
        self.current: tuple[Container, ...] = ()
        """From the outermost in."""
        self.consumed: set[Any] = set()
        """Elements that were read before the walk comes to them: titles of callouts, lines of code."""
        self._lists: list[_List] = []
        self._begun: set[int] = set()
        """Keys of the items that have their first paragraph."""
        self._last_key = 0

    def start_list(self, ordered: bool, start: str | None) -> None:
        """A list starts; `start` is what it says that its numbers start with."""
        self._lists.append(_List(ordered, number(start, 1, 0, _MAX_NUMBER) if ordered else 1))

    def end_list(self) -> None:
        """The innermost list ends."""
        self._lists.pop()

    def start_item(self, attributes: dict[str, str]) -> None:
        """An item of the innermost list starts; one outside a list is an item without a number."""
        around = self._lists[-1] if self._lists else _List(False, 1)
        value = None
        if around.ordered:
            value = number(attributes.get("value"), around.next_number, 0, _MAX_NUMBER)
            around.next_number = min(value + 1, _MAX_NUMBER)
        key = self.new_key()
        self._enter(Container("item", key, ordered=around.ordered, number=value))

    def tick(self, attributes: dict[str, str]) -> None:
        """A form control stands here: a checkbox before the end of an item's first paragraph makes the item a task."""
        item = self.current[-1] if self.current else None
        if item is None or item.kind != "item" or item.key in self._begun:
            return
        if attributes.get("type", "").lower() == "checkbox":
            task = Container("item", item.key, item.ordered, item.number, "checked" in attributes)
            self.current = (*self.current[:-1], task)

    def begins_item(self) -> bool:
        """Whether a paragraph that stands here is the first of an item, which is asked once for each paragraph."""
        inner = self.current[-1]
        if inner.kind != "item" or inner.key in self._begun:
            return False
        self._begun.add(inner.key)
        return True

    def start_quote(self, attributes: dict[str, str]) -> None:
        """A quote starts, or a callout that was one in Markdown."""
        kind, title = attributes.get("data-callout"), attributes.get("data-callout-title", "")
        key = self.new_key()
        self._enter(Container("callout", key, label=f"{kind} {title}".strip()) if kind else Container("quote", key))

    def start_callout(self, element: Any, attributes: dict[str, str]) -> None:
        """A callout starts if the element is one by its classes."""
        callout = callout_of(element, attributes)
        if callout is not None:
            kind, title = callout
            if title is not None:
                self.consumed.add(title)
            self._enter(Container("callout", self.new_key(), label=label_of(kind, title)))

    def _enter(self, container: Container) -> None:
        self.current = (*self.current, container)

    def new_key(self) -> int:
        """A key that no container has yet."""
        self._last_key += 1
        return self._last_key


class Figures:
    """The figures and captions around the place that the walk has reached; `blocks` are those of the page."""

    def __init__(self, blocks: list[Candidate]) -> None:
        self.open_captions = 0
        self._blocks = blocks
        self._open: list[tuple[int, list[int]]] = []
        """For each figure the number of its first block, and the numbers of the blocks that are captions."""

    def start(self) -> None:
        """A figure starts."""
        self._open.append((len(self._blocks), []))

    def start_caption(self) -> None:
        """A caption starts."""
        self.open_captions += 1

    def end_caption(self, first: int) -> None:
        """A caption ends, whose first block has the number `first`."""
        self.open_captions -= 1
        if self._open:
            self._open[-1][1].extend(range(first, len(self._blocks)))

    def end(self) -> None:
        """The innermost figure ends: its caption is tied to its image, where it has one image only."""
        first, captions = self._open.pop()
        images = [place for place in range(first, len(self._blocks)) if self._blocks[place].kind == "image"]
        if len(images) == 1:
            for place in captions:
                if self._blocks[place].text:  # the image may stand in its own caption
                    self._blocks[place].caption_of = images[0]
