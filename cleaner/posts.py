"""Posts of a discussion, when it is known which blocks stay: their authors and dates, and bylines that repeat them."""

from __future__ import annotations

import re
from typing import NamedTuple

from cleaner import lazily
from cleaner.document import Container
from cleaner.metadata import dates, labels
from cleaner.normalize import fold
from cleaner.page.candidate import Candidate, Decision
from cleaner.page.page import Page
from cleaner.page.posts import PostHead, post_of_block

_BY = "structure.post"
_LABEL = lazily.pattern(r"(?:posted |written )?by:?\s+(?=\S)", re.IGNORECASE)
_SAYS = lazily.pattern(
    r"\s+(?:says|said|wrote|writes|sagt|schrieb|schreibt|dit|écrit|dice|dijo|disse|ha scritto|zegt)\s*:?$"
)
_BYLINE = lazily.pattern(
    rf"(?:\d.*|{labels.BY}|{labels.AUTHOR}|(?:{labels.SAID.pattern}|{labels.CHANGED.pattern})\w*|"
    r"says?|said|wrote|writes|replied|reply|commented|comment|answered|answer|asked|started|joined|on|at|am|pm|ago|the|"
    r"sagte?|schrieb|schreibt|antwortete|fragte|um|uhr|vor|dit|écrit|répondu|répond|le|à|il|y|a|dice|dijo|respondió|"
    r"el|las|disse|em|ha|scritto|il|alle|zegt|schreef|op|om|"
    r"member|guest|user|admin|administrator|moderator|mod|op|staff|team|senior|junior|new|veteran|regular|owner|"
    r"contributor|collaborator|maintainer|points?|karma|reputation|posts?|level|mitglied|gast|benutzer|membre|invité|"
    r"miembro|invitado|membro|ospite|lid)",
    re.IGNORECASE,
)
"""Words of a byline beside the author and the date: who says it, when, and what the author is there."""
_SENTENCE_ENDS = tuple(".!?…。！？।؟")
_EDGES = " \t\n,;:·•|»«-–—"
_MAX_OTHER_WORDS = 4
"""Most such words of one byline: "wrote on", "Member", "#3"."""
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
    """A byline stands above the text of its post. Below it, it has the date, or is the name beside one that has.

    Besides author and date it has the words of bylines. Others may stand between author and date, if they are no
    sentence, in the first byline of a post.
    """
    begun: set[int] = set()
    signed: set[int] = set()
    """Posts that have had a byline."""
    dropped: Candidate | None = None
    for block in page.blocks:
        post = post_of_block(block) if block.kept and block.kind in _PROSE and block.role is None else None
        if post is None:
            continue
        author = fold(named[post.key].author or "")
        head = page.posts[post.key]
        rest = _without(fold(block.text), author, head)
        may = rest.is_byline(is_first=post.key not in signed, is_sentence=_is_sentence(block.text, head))
        follows = dropped is not None and not rest.words and post_of_block(dropped) == post
        if may and (post.key not in begun or rest.has_date or follows) and not _is_wanted(block):
            block.kept = False
            block.decided = Decision("drop", _BY)
            block.history += (block.decided,)
            dropped = block
            signed.add(post.key)
        else:
            begun.add(post.key)
            dropped = None


class _Rest(NamedTuple):
    """What a text has besides an author and a date."""

    words: list[str]
    has_author: bool
    has_date: bool

    def is_byline(self, *, is_first: bool, is_sentence: bool) -> bool:
        """Whether the words say no more than a byline, which is the first of its post or not."""
        if not (self.has_author or self.has_date) or len(self.words) > _MAX_OTHER_WORDS:
            return False
        if not self.words:
            return True
        if is_first and self.has_author and self.has_date and not is_sentence:
            return True
        return (is_first or self.has_date) and all(map(_BYLINE.fullmatch, self.words))


def _is_sentence(text: str, head: PostHead) -> bool:
    """Whether a text ends as sentences do, and not with a date."""
    return text.endswith(_SENTENCE_ENDS) and not text.endswith(head.shown)


def _without(text: str, author: str, head: PostHead) -> _Rest:
    """The words of a text beside author and date, and whether these are there."""
    rest, has_date, has_author = f" {text} ", False, False
    for shown in sorted(map(fold, head.shown), key=len, reverse=True):
        if shown and not has_date and f" {shown}" in rest:  # a number may follow without a space
            rest, has_date = rest.replace(f" {shown}", " ", 1), True
    if author and f" {author} " in rest:
        rest, has_author = rest.replace(f" {author} ", " "), True
    return _Rest(rest.split(), has_author, has_date)


def _is_wanted(block: Candidate) -> bool:
    """Whether a rule keeps it."""
    return block.decided is not None and block.decided.action == "keep" and block.decided.source is not None
