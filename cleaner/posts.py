"""Posts of a discussion, when it is known which blocks stay: their authors and dates, and bylines that repeat them."""

from __future__ import annotations

import re

from cleaner.document import Container
from cleaner.metadata import dates
from cleaner.normalize import fold
from cleaner.page.candidate import Candidate, Decision
from cleaner.page.page import Page
from cleaner.page.posts import PostHead, post_of_block

_BY = "structure.post"
_LABEL = re.compile(r"(?:posted |written )?by:?\s+(?=\S)", re.IGNORECASE)
_SAYS = re.compile(
    r"\s+(?:says|said|wrote|writes|sagt|schrieb|schreibt|dit|écrit|dice|dijo|disse|ha scritto|zegt)\s*:?$"
)
_EDGES = " \t\n,;:·•|»«-–—"
_MAX_OTHER_WORDS = 4
"""Words of a byline beside the author and the date: "wrote on", "Member", "#3"."""
_PROSE = frozenset(("paragraph", "list_item", "heading"))


def settle(page: Page) -> None:
    """Gives the containers of posts their authors and dates, and drops bylines that say nothing else."""
    if not page.posts:
        return
    named = {key: _named(key, head) for key, head in page.posts.items()}
    _drop_bylines(page, named)
    for block in page.blocks:
        if post_of_block(block) is not None:
            block.containers = tuple(named.get(c.key, c) if c.kind == "post" else c for c in block.containers)


def _named(key: int, head: PostHead) -> Container:
    author = _SAYS.sub("", _LABEL.sub("", head.author, count=1)).strip(_EDGES)
    date = next(filter(None, map(dates.parse, head.dates)), None)
    return Container("post", key, author=author if author and dates.parse(author) is None else None, date=date)


def _drop_bylines(page: Page, named: dict[int, Container]) -> None:
    """A byline stands above the text of its post. Below it, it has the date, or is the name beside one that has."""
    begun: set[int] = set()
    dropped: Candidate | None = None
    for block in page.blocks:
        post = post_of_block(block) if block.kept and block.kind in _PROSE and block.role is None else None
        if post is None:
            continue
        author = fold(named[post.key].author or "")
        other_words, has_date = _without(fold(block.text), author, page.posts[post.key])
        is_short = other_words is not None and len(other_words) <= _MAX_OTHER_WORDS
        follows = dropped is not None and not other_words and post_of_block(dropped) == post
        if is_short and (post.key not in begun or has_date or follows) and not _is_wanted(block):
            block.kept = False
            block.decided = Decision("drop", _BY)
            block.history += (block.decided,)
            dropped = block
        else:
            begun.add(post.key)
            dropped = None


def _without(text: str, author: str, head: PostHead) -> tuple[list[str] | None, bool]:
    """The words beside author and date, None where neither is there; and whether a date is."""
    rest, has_date, has_author = f" {text} ", False, False
    for shown in sorted(map(fold, head.shown), key=len, reverse=True):
        if shown and not has_date and f" {shown}" in rest:  # a number may follow without a space
            rest, has_date = rest.replace(f" {shown}", " ", 1), True
    if author and f" {author} " in rest:
        rest, has_author = rest.replace(f" {author} ", " "), True
    return (rest.split() if has_date or has_author else None), has_date


def _is_wanted(block: Candidate) -> bool:
    """Whether a rule keeps it."""
    return block.decided is not None and block.decided.action == "keep" and block.decided.source is not None
