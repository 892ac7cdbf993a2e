"""The containers and figures that the walk is in: lists and their items, quotes, callouts, footnotes, captions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from cleaner.document import Container
from cleaner.html.callouts import callout_of
from cleaner.html.lists import Lists
from cleaner.page.candidate import Candidate


class Containers:
    """The containers around the place that the walk has reached; `blocks` and `is_markdown` as in `Lists`."""

    def __init__(self, blocks: Sequence[Candidate], *, is_markdown: bool = False) -> None:
        self.current: tuple[Container, ...] = ()
        """From the outermost in."""
        self.items: dict[str, int] = {}
        """By the ids of list items: their keys. Some of the items are footnotes."""
        self.consumed: tuple[Any, ...] = ()
        """The elements of the last callout whose text is in its label."""
        self._lists = Lists(blocks, is_markdown=is_markdown)
        self._begun: set[int] = set()
        """Keys of the items that have their first paragraph."""
        self._last_key = 0

    def start_list(self, element: Any, attributes: Mapping[str, str]) -> None:
        """A list element starts."""
        self.current = self._lists.start(element, attributes, self.current)

    def end_list(self) -> None:
        """The innermost list element ends."""
        self._lists.end()

    def start_item(self, element: Any, attributes: Mapping[str, str]) -> None:
        """An item starts."""
        key = self._new_key()
        self.current = self._lists.start_item(element, attributes, self.current, key)
        if "id" in attributes:
            self.items.setdefault(attributes["id"], key)

    def end_item(self) -> None:
        """The innermost item ends."""
        self._lists.end_item()

    def start_word_item(self, element: Any, style: str) -> None:
        """A paragraph starts, which is an item if Word's style says so."""
        inside = self._lists.start_word_item(element, style, self.current, self._new_key())
        self.current = self.current if inside is None else inside

    def tick(self, attributes: dict[str, str]) -> None:
        """A form control stands here: a checkbox before the end of an item's first paragraph makes the item a task."""
        item = self.current[-1] if self.current else None
        if item is None or item.kind != "item" or item.key in self._begun:
            return
        if attributes.get("type", "").lower() == "checkbox":
            self.current = (*self.current[:-1], replace(item, checked="checked" in attributes))

    def begins_item(self) -> bool:
        """Whether a paragraph that stands here is the first of an item, which is asked once for each paragraph."""
        inner = self.current[-1]
        if inner.kind != "item" or inner.key in self._begun:
            return False
        self._begun.add(inner.key)
        return True

    def start_quote(self, element: Any, attributes: dict[str, str]) -> None:
        """A quote starts, or a callout: one of the page's, or one that was a quote in Markdown."""
        kind, title = attributes.get("data-callout"), attributes.get("data-callout-title", "")
        if kind:
            self._enter(Container("callout", self._new_key(), label=f"{kind} {title}".strip()))
        elif "class" not in attributes or not self.start_callout(element, attributes):
            self._enter(Container("quote", self._new_key()))

    def start_callout(self, element: Any, attributes: dict[str, str]) -> bool:
        """A callout starts if the element is one by its classes; tells whether it is."""
        callout = callout_of(element, attributes)
        if callout is None:
            return False
        self.consumed = callout.consumed
        self._enter(Container("callout", self._new_key(), label=callout.label))
        return True

    def _enter(self, container: Container) -> None:
        self.current = (*self.current, container)

    def _new_key(self) -> int:
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
