"""Posts of discussions: which elements are posts, answers or comments, and what they say of their author and date."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import lru_cache
from itertools import chain, islice, takewhile
from typing import Any, NamedTuple

from cleaner import lazily
from cleaner.html.class_names import names_of
from cleaner.page.posts import PostHead

_TYPES = lazily.pattern(r"/(?:Comment|UserComments|Answer|Question|DiscussionForumPosting)\s*$")
"""Types of posts in schema.org."""
_STRONG_ID = lazily.pattern(
    r"(?:js-|div-?|el)?(?:(?<=js-)post-|post_?|p_?|comment[-_]|answer[-_]|reply[-_]|msg_?|message[-_]|discussion_)\d+$",
    re.IGNORECASE,
)
_PROPERTIES = frozenset(("comment", "suggestedAnswer", "acceptedAnswer"))
_AUTHOR = lazily.pattern(
    r"(?:^|[\s_-])(?:(?:post|comment)?-?author|user-?name|nick-?name|nick|poster|display-?name|byline|creator|hnuser|"
    r"bigusername|postleft|user-details|comment-user|commenter|member-?name|full-?name|fn|PostUser-name|person-listing|author-?link)"
    r"(?:[-_]?(?:name|login|link|url|info|information|vcard))*(?=$|\s|--|__)",
    re.IGNORECASE,
)
_DATE = lazily.pattern(
    r"(?:^|[\s_-])(?:(?:post|comment)?-?(?:date|time)|datetime|dateline|posted|time-?stamp|published|created|age|"
    r"relative-?(?:date|time)(?:-clean)?|comment-?meta-?data|submitted)(?=$|\s|--|__)",
    re.IGNORECASE,
)
_ACCOUNT = lazily.pattern("user|nick|poster|member", re.IGNORECASE)
_LATER = lazily.pattern(r"(?:^|[\s_-])(?:updated|modified|edited|edit)(?=$|\s)", re.IGNORECASE)
"""Names of dates on which a post was changed."""
_SAYS_LATER = lazily.pattern(r"\s*(?:last |zuletzt )?(?:edited|modified|updated|bearbeitet|modifié)", re.IGNORECASE)
_DATE_TAGS = frozenset(("time", "relative-time", "time-ago", "local-time"))
_DATE_PROPERTIES = frozenset(("datePublished", "dateCreated", "commentTime"))
_DATE_ATTRIBUTES = ("datetime", "content", "title", "data-time", "data-timestamp")
_POST_DATES = ("created-timestamp", "data-timestamp", "data-date")
"""Attributes of a post itself that may hold its date."""
_EPOCH = lazily.pattern(r"\d{10}(?:\d{3})?$")
_TEASER = lazily.pattern(r"(?:^|[\s_-])(?:title|headline|excerpt|teaser|read-?more)(?=$|\s|--|__)", re.IGNORECASE)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_NAMES_AUTHOR, _NAMES_ACCOUNT, _HOLDS_DATE, _IS_TITLE = 1, 2, 4, 8
_MAX_ELEMENTS = 400
"""Elements of a post that are searched for its author."""
_MAX_NAME = 60
_LETTER = lazily.pattern(r"[^\W_]")
_NO_NAME = lazily.pattern(r"<|\d[:.]\d\d|\b(?:19|20)\d\d\b")
"""Signs of a date or of markup where a name should be."""
_MAX_TEXT = 200
_MAX_DATES = 3
_CLOCK = lazily.pattern(r"\d[:.]\d\d")
_MAX_STAMP = 60
_MAX_STAMP_TEXTS = 80
_NEAR = 3
"""Siblings on each side of a post among which there is another one."""


def is_post_name(tag: str, classes: str, id: str, item: str) -> bool:
    """Whether the name of an element may be that of a post; `item` is its `itemprop`."""
    return tag == "article" or _is_strong_name(tag, classes, id, item) or names_of(classes).is_post_or_article


def _is_strong_name(tag: str, classes: str, id: str, item: str) -> bool:
    if item in _PROPERTIES or (id and _STRONG_ID.match(id)):
        return True
    if "-" in tag and (tag.endswith("-post") or names_of(tag).is_post):
        return True
    return names_of(classes).is_post


def is_post_type(itemtype: str) -> bool:
    """Whether a type of schema.org is that of a post."""
    return _TYPES.search(itemtype) is not None


def head_of(element: Any) -> PostHead | None:
    """What a post says of itself; None where the element is no post, or only holds several.

    Called for elements whose names or types may be those of posts. A post names its author.
    """
    if not _is_strong(element) and not _is_among_posts(element):
        return None
    inside = _Inside(element)
    authors, dates, changes = _marked(inside)
    if not authors:
        return None
    author, name = next((found for found in authors if _is_property(found[0], "author", "creator")), authors[0])
    own_path = inside.path(author)
    if _holds_several(inside, author, own_path, [other for other, _ in authors]):
        return None
    own = [date for date in dates if inside.around(date).inner in own_path][:_MAX_DATES]
    values = [value for date in own for value in _values(date)] + _given(element, _POST_DATES)
    shown = list(map(_text, own)) if own else list(islice(_stamps(element), _MAX_DATES))
    texts = filter(None, [*shown, *map(_text, changes[:_MAX_DATES])])
    return PostHead(name, tuple(dict.fromkeys(values + shown)), tuple(dict.fromkeys(texts)))


class _Around(NamedTuple):
    """What stands around an element inside a post: the innermost and the outermost of what is named like posts."""

    inner: Any = None
    outer: Any = None
    is_quoted: bool = False


class _Inside:
    """The elements inside a post; each is looked at once, however many stand in each other."""

    def __init__(self, post: Any) -> None:
        self.post = post
        self._known: dict[Any, _Around] = {post: _Around()}

    def around(self, element: Any) -> _Around:
        """What stands around an element, which is inside the post or the post itself."""
        path = []
        while element not in self._known:
            path.append(element)
            element = element.getparent()
        found = self._known[element]
        for inner in reversed(path):
            if element is not self.post:
                named = element if _is_named(element) else None
                found = _Around(
                    found.inner if named is None else named,
                    named if found.outer is None else found.outer,
                    found.is_quoted or element.tag == "blockquote",
                )
            self._known[inner] = found
            element = inner
        return found

    def path(self, element: Any) -> set[Any]:
        """An element and those around it inside the post; with None, which stands for nothing around."""
        if element is self.post:
            return {None}
        return {None, element, *takewhile(lambda around: around is not self.post, element.iterancestors())}


def _marked(inside: _Inside) -> tuple[list[tuple[Any, str]], list[Any], list[Any]]:
    """The elements of a post that name authors, with the names, those that hold dates, and those of dates of changes.

    The search ends with the first of both, unless the one that microdata call the author may come behind another.
    """
    post = inside.post
    given = _name(post.get("data-author") or post.get("author") or "")
    authors = [(post, given)] if given else []
    dates: list[Any] = []
    changes: list[Any] = []
    is_typed = not given and any(each.get("itemtype") for each in (post, *islice(post.iterancestors(), _NEAR)))
    for inner in islice(post.iterdescendants("*"), _MAX_ELEMENTS):
        marks = _marks(inner.tag, inner.get("class", ""), inner.get("itemprop", ""), inner.get("rel", ""))
        if not marks:
            continue
        if marks & _NAMES_AUTHOR and not given and not inside.around(inner).is_quoted:
            name = _name_in(inner)
            authors += [(inner, name)] if name else []
        if marks & _HOLDS_DATE:
            (changes if _is_of_change(inner) else dates).append(inner)
        if authors and dates and not (is_typed and not _is_property(authors[-1][0], "author", "creator")):
            author = authors[-1][0] if is_typed else authors[0][0]
            own = (None, author if author is not post else None)
            if inside.around(author).inner is None and inside.around(dates[-1]).inner in own:
                break
    return authors, dates, changes


@lru_cache(maxsize=16_384)
def _marks(tag: str, classes: str, item: str, rel: str) -> int:
    """What an element is marked as: the sum of `_NAMES_AUTHOR`, `_HOLDS_DATE` and the like."""
    marks = 0
    if item in ("author", "creator") or rel == "author" or _AUTHOR.search(classes):
        marks |= _NAMES_AUTHOR | (_NAMES_ACCOUNT if _ACCOUNT.search(classes) else 0)
    is_date = tag in _DATE_TAGS or item in _DATE_PROPERTIES or _DATE.search(classes)
    if is_date and item != "dateModified" and not _LATER.search(classes):
        marks |= _HOLDS_DATE
    return marks | _IS_TITLE if _TEASER.search(classes) else marks


def _is_property(element: Any, *names: str) -> bool:
    return element.get("itemprop") in names


def _is_strong(element: Any) -> bool:
    get: Callable[..., str] = element.get
    name = (element.tag, get("class", ""), get("id", ""), get("itemprop", ""))
    return _is_strong_name(*name) or is_post_type(get("itemtype", ""))


def _is_named(element: Any) -> bool:
    get: Callable[..., str] = element.get
    name = (element.tag, get("class", ""), get("id", ""), get("itemprop", ""))
    return is_post_name(*name) or is_post_type(get("itemtype", ""))


def _is_among_posts(element: Any) -> bool:
    """Whether there is another one like it near, and it is no teaser: it has a date or an account, and no title."""
    near = [*islice(element.itersiblings(), _NEAR), *islice(element.itersiblings(preceding=True), _NEAR)]
    if not any(_is_like(other, element) for other in near):
        return False
    is_signed = False
    for inner in islice(element.iterdescendants("*"), _MAX_ELEMENTS):
        marks = _marks(inner.tag, inner.get("class", ""), inner.get("itemprop", ""), "")
        if marks & _IS_TITLE or (inner.tag in _HEADINGS and _leads_away(inner)):
            return False
        is_signed = is_signed or marks & (_HOLDS_DATE | _NAMES_ACCOUNT) != 0
    return is_signed


def _leads_away(heading: Any) -> bool:
    if any(_AUTHOR.search(inner.get("class", "")) for inner in heading.iter("*")):
        return False
    around = heading.getparent()
    links = [*heading.iterdescendants("a"), *([around] if around is not None and around.tag == "a" else [])]
    return not all("#" in link.get("href", "#") for link in links)


def _is_like(one: Any, other: Any) -> bool:
    look, other_look = ((each.tag, *each.get("class", "").split()[:1]) for each in (one, other))
    return look == other_look


def _holds_several(inside: _Inside, own: Any, own_path: set[Any], authors: list[Any]) -> bool:
    """Whether an element that is named like a post only holds posts: the author's one, and others of another look."""
    if inside.around(own).outer is None:
        return False
    outer = {inside.around(author).outer for author in authors} - (own_path - {own})
    return not all(_is_like(around, inside.post) for around in outer)


def _name_in(author: Any) -> str | None:
    inside = list(islice(author.iterdescendants("*"), _MAX_ELEMENTS))
    found = [inner for inner in inside if inner.get("itemprop") == "name"]
    found += [inner for inner in inside if inner.tag == "a"]
    found += [inner for inner in inside if inner.tag in ("strong", "b", "cite")]
    found += [inner for inner in inside if _AUTHOR.search(inner.get("class", ""))]
    return next(filter(None, (_name(element.get("content") or _text(element)) for element in [*found, author])), None)


def _name(text: str) -> str | None:
    text = " ".join(text.split())
    return text if 0 < len(text) <= _MAX_NAME and _LETTER.search(text) and not _NO_NAME.search(text) else None


def _text(element: Any) -> str:
    """The start of an element's text, without white space at its edges."""
    return " ".join("".join(islice(element.itertext(), 50)).split())[:_MAX_TEXT]


def _is_of_change(date: Any) -> bool:
    """Whether a date says that it is that of a change, or what stands around it does."""
    return any(_SAYS_LATER.match(_text(element)) for element in (date, date.getparent()))


def _values(date: Any) -> list[str]:
    return [*_given(date, _DATE_ATTRIBUTES), _text(date)]


def _given(element: Any, names: tuple[str, ...]) -> list[str]:
    """The values of those attributes that there are, a number of seconds as a date."""
    values = filter(None, map(element.get, names))
    return [_moment(value) if _EPOCH.match(value) else value[:_MAX_TEXT] for value in values]


def _stamps(post: Any) -> Iterator[str]:
    """Short texts of a post with a time of day, as its head has where nothing is marked; the byline's own first."""
    named = (
        inner for inner in islice(post.iterdescendants("*"), _MAX_ELEMENTS) if _AUTHOR.search(inner.get("class", ""))
    )
    label = ""
    for text in chain(map(_text, named), islice(post.itertext(), _MAX_STAMP_TEXTS)):
        text = " ".join(text.split())
        if _CLOCK.search(text) and len(text) < _MAX_STAMP and not label.endswith(":"):
            yield text
        label = text or label


def _moment(seconds: str) -> str:
    return datetime.fromtimestamp(int(seconds[:10]), UTC).isoformat()
