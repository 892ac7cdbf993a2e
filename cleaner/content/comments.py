"""Where readers' comments stand on a page, by what its elements are called."""

from __future__ import annotations

import re

from cleaner.page import Page

_COMMENTS = re.compile(
    r"(?:^|[\s_-])(?:comments?|commentlist|disqus\w*|replies|respond|reader-?comments)(?=$|[\s_-])", re.I
)


def comments_of(page: Page) -> set[int]:
    """Numbers of the blocks in elements whose class or id says that they hold comments."""
    nodes = page.nodes
    found: set[int] = set()
    end = 0
    for (_, _, classes, id, _, _, first), last in zip(nodes.rows, nodes.end, strict=True):
        if last > max(first, end) and (_COMMENTS.search(classes) or _COMMENTS.search(id)):
            found.update(range(first, last))
            end = last
    return found
