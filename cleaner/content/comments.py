"""Readers' comments on a page, found by the class names and ids of its elements."""

from __future__ import annotations

import re
from functools import lru_cache

from cleaner import lazily
from cleaner.page.page import Page

_COMMENTS = lazily.pattern(
    r"(?:^|[\s_-]|(?<=[a-z]))(?:[Cc]omments?(?=$|[\s_-]|[A-Z])|commentlist\b|[Dd]isqus|replies\b|respond\b)"
)
_MAYBE_COMMENTS = ("omment", "isqus", "replies", "respond")
"""Parts of the names that the pattern matches; a search for these takes a tenth of its time."""
_FORUM = lazily.pattern(r"thread|topic|forum|message|question|answer|\bposts?\b|votes", re.I)
_MAX_ARTICLE_SHARE = 0.03
"""Maximum share of a page's elements with such class names if the page is no discussion."""
_MIN_POSTS = 4
"""Minimum number of such elements of a discussion: an article is often called a post as well, by two elements."""
_FORUM_TYPES = ("DiscussionForumPosting", "QAPage")
"""Types of discussions in JSON-LD."""


def is_forum(page: Page) -> bool:
    """Whether a page is a discussion, by the class names of its elements and by its JSON-LD."""
    if any(kind in source for source in page.facts.json_ld for kind in _FORUM_TYPES):
        return True
    named = {number for number, like in enumerate(page.nodes.signatures) if _is_for_posts(like.classes)}
    posts = sum(number in named for number in page.nodes.signature)
    return posts >= _MIN_POSTS and posts > _MAX_ARTICLE_SHARE * len(page.nodes.signature)


def comments_of(page: Page) -> set[int]:
    """The numbers of the blocks in elements whose class names or ids say that they hold comments."""
    nodes = page.nodes
    all_names = "\n".join([f"{like.classes}\n{like.id}" for like in nodes.signatures])
    if not any(part in all_names for part in _MAYBE_COMMENTS):
        return set()
    named = {
        n for n, like in enumerate(nodes.signatures) if _is_for_comments(like.classes) or _is_for_comments(like.id)
    }
    if not named:
        return set()
    found: set[int] = set()
    end = 0
    for number, first, last in zip(nodes.signature, nodes.first, nodes.end, strict=True):
        if number in named and last > max(first, end):
            found.update(range(first, last))
            end = last
    return found


@lru_cache(maxsize=16_384)
def _is_for_comments(name: str) -> bool:
    return any(part in name for part in _MAYBE_COMMENTS) and _COMMENTS.search(name) is not None


@lru_cache(maxsize=16_384)
def _is_for_posts(classes: str) -> bool:
    return _FORUM.search(classes) is not None
