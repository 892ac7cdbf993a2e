"""The containers and figures that the walk is in: lists, items, quotes, callouts, footnotes, posts, captions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cleaner.document import Container
from cleaner.html.callouts import callout_of, label_of
from cleaner.html.posts import head_of
from cleaner.html.tables import number
from cleaner.page.candidate import Candidate
from cleaner.page.posts import PostHead

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
        self.items: dict[str, int] = {}
        """By the ids of list items: their keys. Some of the items are footnotes."""
        self.posts: dict[int, PostHead] = {}
        """By the keys of posts: what they say of themselves."""
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

    def start_post(self, element: Any) -> bool:
        """A post starts if the element is one, and not a part of the post that is open; tells whether one has begun."""
        head = head_of(element)
        if head is None or any(_is_same_post(head, self.posts[c.key]) for c in self.current if c.kind == "post"):
            return False
        key = self._new_key()
        self.posts[key] = head
        self._enter(Container("post", key))
        return True

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


def _is_same_post(head: PostHead, around: PostHead) -> bool:
    """Whether two elements, one in the other, are parts of one post."""
    return head.author == around.author and (not head.dates or head.dates[:1] == around.dates[:1])


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
