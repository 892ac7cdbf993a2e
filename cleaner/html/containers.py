"""The containers and figures that the walk is in: lists and their items, quotes, callouts, footnotes, captions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cleaner.document import Container
from cleaner.html.callouts import callout_of, label_of
from cleaner.html.tables import number
from cleaner.page.candidate import Candidate
from cleaner.page.elements import Nodes

_MAX_NUMBER = 999_999_999
"""Largest number that a Markdown list can have."""
_MAX_WRAPPERS = 3
"""Maximum number of elements around a caption outside figures that its image may stand in."""
_MAX_CAPTION_WORDS = 60
"""Maximum words of the text in a figure that is all caption, though not marked as one."""


@dataclass(slots=True)
class _List:
    ordered: bool
    next_number: int


class Containers:
    """The containers around the place that the walk has reached."""

    def __init__(self) -> None:
        self.current: tuple[Container, ...] = ()
        """From the outermost in."""
        self.items: dict[str, int] = {}
        """By the ids of list items: their keys. Some of the items are footnotes."""
        self.consumed: Any = None
        """The element of the last callout's title, whose text is in the callout's label."""
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
        key = self._new_key()
        self._enter(Container("item", key, ordered=around.ordered, number=value))
        if "id" in attributes:
            self.items.setdefault(attributes["id"], key)

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
        key = self._new_key()
        self._enter(Container("callout", key, label=f"{kind} {title}".strip()) if kind else Container("quote", key))

    def start_callout(self, element: Any, attributes: dict[str, str]) -> None:
        """A callout starts if the element is one by its classes."""
        callout = callout_of(element, attributes)
        if callout is not None:
            kind, self.consumed = callout
            self._enter(Container("callout", self._new_key(), label=label_of(kind, self.consumed)))

    def _enter(self, container: Container) -> None:
        self.current = (*self.current, container)

    def _new_key(self) -> int:
        self._last_key += 1
        return self._last_key


class Figures:
    """The figures and captions of a page; `blocks` are its blocks, `nodes` its elements, while they are read."""

    def __init__(self, blocks: list[Candidate], nodes: Nodes) -> None:
        self.open_captions = 0
        self._blocks = blocks
        self._nodes = nodes
        self._open: list[tuple[int, list[range]]] = []
        """For each open figure the number of its first block, and the blocks of its captions."""
        self._lone: list[int] = []
        """The elements that are captions outside figures."""

    def start(self) -> None:
        """A figure starts."""
        self._open.append((len(self._blocks), []))

    def start_caption(self) -> None:
        """A caption starts."""
        self.open_captions += 1

    def end_caption(self, node: int) -> None:
        """A caption ends: the element with the number `node`."""
        self.open_captions -= 1
        if self._open:
            self._open[-1][1].append(range(self._nodes.first[node], len(self._blocks)))
        else:
            self._lone.append(node)

    def has_image_like(self, alt: str | None) -> bool:
        """Whether the innermost figure has an image with this alternative text: the same one in another size."""
        if not self._open or not alt or " " not in alt:
            return False
        return any(block.kind == "image" and block.alt == alt for block in self._blocks[self._open[-1][0] :])

    def end(self) -> None:
        """The innermost figure ends: its captions are tied to its images.

        A figure of images with a few words is captions but for the images, whatever elements the words stand in.
        """
        first, captions = self._open.pop()
        figure = range(first, len(self._blocks))
        if self._is_picture(figure):
            captions = [figure]
        for caption in captions:
            self._tie(caption, figure)

    def tie_captions(self) -> None:
        """Ties the captions outside figures to the image that stands directly before or after them.

        Called when all elements have ended.
        """
        first, end, parent = self._nodes.first, self._nodes.end, self._nodes.parent
        for node in self._lone:
            caption = range(first[node], end[node])
            around = parent[node]
            for _ in range(_MAX_WRAPPERS):
                near = range(first[around], end[around]) if around >= 0 else caption
                if self._has_neighbour(caption, near):
                    self._tie(caption, near)
                    break
                around = parent[around] if around >= 0 else -1

    def _has_neighbour(self, caption: range, near: range) -> bool:
        return any(n in near and self._blocks[n].kind == "image" for n in (caption.start - 1, caption.stop))

    def _is_picture(self, figure: range) -> bool:
        texts = [self._blocks[n] for n in figure if self._blocks[n].kind != "image"]
        return (
            0 < len(texts) < len(figure)
            and all(block.kind == "paragraph" for block in texts)
            and sum(block.text.count(" ") + 1 for block in texts) <= _MAX_CAPTION_WORDS
        )

    def _tie(self, caption: range, figure: range) -> None:
        """Ties the texts of a caption to the last image before them in the figure, or else to the first behind them."""
        if not caption or (any(self._blocks[n].kind == "image" for n in caption) and caption != figure):
            return
        images = [n for n in figure if self._blocks[n].kind == "image"]
        for place in caption:
            block = self._blocks[place]
            if images and block.text and block.caption_of is None:
                block.caption_of = max((n for n in images if n < place), default=images[0])
