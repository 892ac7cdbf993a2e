"""Images go with the text around them: with an article, not with the teasers, the menus and the labels of a site."""

from __future__ import annotations

import re
from itertools import accumulate

from cleaner import lazily
from cleaner.html.images import names_sign
from cleaner.page.elements import ElementSignature
from cleaner.page.page import Page

_LEAD_WORDS = 40
"""Words of blocks that are no content, a byline or a date, that may stand between an image and the content under it."""
_TAIL_WORDS = 8
"""The same for an image that stands behind the content: a heading, a label."""
_LABEL_WORDS = 5
"""Maximum words of a label, such as "Photo: A. Duck"."""
_FILE = lazily.pattern(r"\.(?:jpe?g|png|gif|webp|avif|svg|bmp|tiff?)(?:[?#]|$)|^#", re.I)
"""The address of a larger image, or a place on the page."""
_NO_CONTENT_TAG = frozenset(("nav", "aside", "footer"))
_NO_CONTENT = lazily.pattern(
    r"(?<![a-z])(?:nav|menu|footer|sidebar|related|recommend\w*|newsletter|comments?)(?![a-z])", re.I
)


def keep_pictures(page: Page, kept: list[bool], silent: list[bool]) -> None:
    """Keeps the images that belong to what is kept, and drops the others; `silent` are the blocks without words.

    An image belongs to the texts next to it in the smallest element around it that holds text. So the picture of a
    teaser goes with the teaser, and the first picture of an article stays where a byline stands before it.
    """
    images = [number for number, block in enumerate(page.blocks) if block.kind == "image"]
    if not images:
        return
    surroundings = _Surroundings(page, kept, silent)
    captioned = {block.caption_of for block in page.blocks if block.caption_of is not None}
    for number in images:
        kept[number] = surroundings.keep(number, has_caption=number in captioned)
    for number, block in enumerate(page.blocks):
        if block.caption_of is not None:
            kept[number] = kept[block.caption_of]


class _Surroundings:
    """What stands around the images of a page."""

    def __init__(self, page: Page, kept: list[bool], silent: list[bool]) -> None:
        self._page = page
        blocks = page.blocks
        words = [0 if wordless else block.text.count(" ") + 1 for block, wordless in zip(blocks, silent, strict=True)]
        self._kept = [stays and not wordless for stays, wordless in zip(kept, silent, strict=True)]
        told = [
            stays or size > _LABEL_WORDS or (size > 0 and (block.kind != "paragraph" or bool(block.spans)))
            for block, size, stays in zip(blocks, words, self._kept, strict=True)
        ]
        self._texts = [0, *accumulate(told)]
        """Texts before each block, without labels that go: they say something of the image beside them."""
        self._words = [0, *accumulate(words)]
        self._before = _last(self._kept, range(len(kept)))
        """The last text that is kept before each block; -1 where there is none."""
        self._after = _last(self._kept, range(len(kept) - 1, -1, -1))
        self._holders: dict[int, tuple[range, bool]] = {}
        self._signs: dict[int, bool] = {}

    def keep(self, number: int, *, has_caption: bool) -> bool:
        """Whether an image belongs to what is kept."""
        block = self._page.blocks[number]
        holder, in_sign = self._holder(block.element)
        if in_sign or (block.is_sign and not has_caption):
            return False
        before, after = self._before[number], self._after[number]
        if before >= 0 and after >= 0 and not self._words_between(before, after):
            return True
        leads_away = block.href is not None and not _FILE.search(block.href)
        if after in holder:
            gap = self._words_between(number, after)
            if before not in holder and gap <= (0 if leads_away else _LEAD_WORDS):
                return True
            if not gap and not leads_away:
                return True
        return before in holder and not leads_away and self._words_between(before, number) <= _TAIL_WORDS

    def _words_between(self, one: int, other: int) -> int:
        """Words of the texts between two blocks."""
        return self._words[other] - self._words[one + 1]

    def _holder(self, element: int) -> tuple[range, bool]:
        """The blocks in the smallest element around an image that holds text, and whether one inside it is a sign."""
        found = self._holders.get(element)
        if found is None:
            nodes = self._page.nodes
            inside = []
            at = element
            while at >= 0 and self._texts[nodes.end[at]] == self._texts[nodes.first[at]]:
                inside.append(at)
                at = nodes.parent[at]
            blocks = range(nodes.first[at], nodes.end[at]) if at >= 0 else range(len(self._page.blocks))
            found = self._holders[element] = blocks, any(map(self._is_sign, inside))
        return found

    def _is_sign(self, element: int) -> bool:
        signature = self._page.nodes.signature[element]
        if signature not in self._signs:
            self._signs[signature] = _is_no_content(self._page.nodes.signatures[signature])
        return self._signs[signature]


def _is_no_content(signature: ElementSignature) -> bool:
    names = f"{signature.classes} {signature.id}"
    return signature.tag in _NO_CONTENT_TAG or names_sign(names) or _NO_CONTENT.search(names) is not None


def _last(kept: list[bool], order: range) -> list[int]:
    """For each block the last one that is kept, going in `order`."""
    last, found = -1, [-1] * len(kept)
    for number in order:
        found[number] = last
        if kept[number]:
            last = number
    return found
