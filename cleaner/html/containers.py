"""The containers and figures that the walk is in: lists, items, quotes, callouts, footnotes, posts, captions."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from cleaner.document import Container
from cleaner.html.callouts import callout_of
from cleaner.html.lists import Lists
from cleaner.html.posts import head_of
from cleaner.page.candidate import Candidate
from cleaner.page.elements import Nodes
from cleaner.page.posts import PostHead

_MAX_WRAPPERS = 3
"""Maximum number of elements around a caption outside figures that its image may stand in."""
_MAX_POSTS = 50
"""Maximum number of posts in each other; each is searched for its author."""
_MAX_CAPTION_PARTS = 2
"""Paragraphs around an image that are its title and its caption."""
_MAX_CAPTION_WORDS = 60
"""Maximum words of the text in a figure that is all caption, though not marked as one."""


class Containers:
    """The containers around the place that the walk has reached; `blocks` and `is_markdown` as in `Lists`."""

    def __init__(self, blocks: Sequence[Candidate], *, is_markdown: bool = False) -> None:
        self.current: tuple[Container, ...] = ()
        """From the outermost in."""
        self.posts: dict[int, PostHead] = {}
        """By the keys of posts: what they say of themselves."""
        self.consumed: set[Any] = set()
        """Elements that were read before the walk comes to them: titles of callouts, lines of code."""
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
        self.current = self._lists.start_item(element, attributes, self.current, self.new_key())

    def end_item(self) -> None:
        """The innermost item ends."""
        self._lists.end_item()

    def start_word_item(self, element: Any, style: str) -> None:
        """A paragraph starts, which is an item if Word's style says so."""
        inside = self._lists.start_word_item(element, style, self.current, self.new_key())
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
            self._enter(Container("callout", self.new_key(), label=f"{kind} {title}".strip()))
        elif "class" not in attributes or not self.start_callout(element, attributes):
            self._enter(Container("quote", self.new_key()))

    def start_post(self, element: Any, *, is_item: bool = False) -> bool:
        """A post starts if the element is one, and not a part of the post that is open; tells whether one has begun.

        `is_item`: the element is an item of a list, which has no marker then.
        """
        around = [self.posts[container.key] for container in self.current if container.kind == "post"]
        head = head_of(element) if len(around) < _MAX_POSTS else None
        if head is None or any(_is_same_post(head, outer) for outer in around):
            return False
        if is_item:
            self._lists.start_plain_item(self.current)
        key = self.new_key()
        self.posts[key] = head
        self._enter(Container("post", key))
        return True

    def start_callout(self, element: Any, attributes: dict[str, str]) -> bool:
        """A callout starts if the element is one by its classes; tells whether it is."""
        callout = callout_of(element, attributes)
        if callout is None:
            return False
        self.consumed.update(callout.consumed)
        self._enter(Container("callout", self.new_key(), label=callout.label))
        return True

    def _enter(self, container: Container) -> None:
        self.current = (*self.current, container)

    def new_key(self) -> int:
        """A key that no container has yet."""
        self._last_key += 1
        return self._last_key


def _is_same_post(head: PostHead, around: PostHead) -> bool:
    """Whether two elements, one in the other, are parts of one post."""
    return head.author == around.author and (not head.dates or not set(head.dates).isdisjoint(around.dates))


@dataclass(slots=True)
class _Figure:
    first: int
    """The number of its first block."""
    captions: list[range] = field(default_factory=list)
    """The blocks of each caption."""
    shown: set[str] = field(default_factory=set)
    """The alternative texts of its images."""


class Figures:
    """The figures and captions of a page; `blocks` are its blocks, `nodes` its elements, while they are read."""

    def __init__(self, blocks: list[Candidate], nodes: Nodes) -> None:
        self.open_captions = 0
        self._blocks = blocks
        self._nodes = nodes
        self._open: list[_Figure] = []
        self._lone: list[int] = []
        """The elements that are captions outside figures."""

    def start(self) -> None:
        """A figure starts."""
        self._open.append(_Figure(len(self._blocks)))

    def start_caption(self) -> None:
        """A caption starts."""
        self.open_captions += 1

    def end_caption(self, node: int) -> None:
        """A caption ends: the element with the number `node`."""
        self.open_captions -= 1
        if self._open:
            self._open[-1].captions.append(range(self._nodes.first[node], len(self._blocks)))
        else:
            self._lone.append(node)

    def shows(self, image: str | None) -> bool:
        """Whether the innermost figure has an image with this alternative text before: the same one in another size."""
        if not self._open or not image or " " not in image:
            return False
        shown = self._open[-1].shown
        is_shown = image in shown
        shown.add(image)
        return is_shown

    def end(self) -> None:
        """The innermost figure ends: its captions are tied to its images, each to the last one before it.

        A figure of images with a few words is captions but for the images, whatever elements the words stand in.
        """
        ended = self._open.pop()
        figure = range(ended.first, len(self._blocks))
        images = [n for n in figure if self._blocks[n].kind == "image"]
        if not images:
            return
        whole = [figure] if self._is_picture(figure, images) else []
        for caption in whole or ended.captions:
            if caption != figure and bisect_left(images, caption.start) < bisect_left(images, caption.stop):
                continue
            for place in caption:
                block = self._blocks[place]
                if block.text and block.caption_of is None:
                    block.caption_of = images[max(bisect_left(images, place) - 1, 0)]

    def tie_captions(self) -> None:
        """Ties the captions outside figures to the image that stands directly before or after them.

        Called when all elements have ended.
        """
        first, end, parent = self._nodes.first, self._nodes.end, self._nodes.parent
        for node in self._lone:
            caption = range(first[node], end[node])
            if not caption or any(self._blocks[n].kind == "image" for n in caption):
                continue
            image, around = None, node
            for _ in range(_MAX_WRAPPERS):
                around = parent[around]
                if around < 0 or image is not None:
                    break
                image = self._image_beside(caption, range(first[around], end[around]))
            for place in caption if image is not None else ():
                self._blocks[place].caption_of = image

    def _image_beside(self, caption: range, around: range) -> int | None:
        """The image beside a caption in an element, or that of the caption beside it."""
        for place in (caption.start - 1, caption.stop):
            if place in around:
                if self._blocks[place].kind == "image":
                    return place
                if self._blocks[place].caption_of is not None:
                    return self._blocks[place].caption_of
        return None

    def _is_picture(self, figure: range, images: Sequence[int]) -> bool:
        """Whether a figure is its images and a few words; some pages put their whole text into one."""
        texts = [place for place in figure if self._blocks[place].kind != "image"]
        if not texts or any(self._blocks[place].kind != "paragraph" for place in texts):
            return False
        if len(texts) > _MAX_CAPTION_PARTS * len(images) and texts[0] < images[0] and images[-1] < texts[-1]:
            return False
        return sum(self._blocks[place].text.count(" ") + 1 for place in texts) <= _MAX_CAPTION_WORDS
