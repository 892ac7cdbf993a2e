"""Posts of discussions: which elements are posts, answers or comments, and what they say of their author and date."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import lru_cache
from itertools import chain, islice
from typing import Any

from cleaner.page.posts import PostHead

_TYPES = re.compile(r"/(?:Comment|UserComments|Answer|Question|DiscussionForumPosting)\s*$")
"""Types of posts in schema.org."""
_PART = "item|wrapper|wrap|container|box|bubble|block|card|root|show|single|body|thread|node|view|cell|row|inner|main"
_STRONG = re.compile(
    r"(?:^|\s)(?:[a-z\d]+(?:-{1,2}|_{1,2}))*"
    r"(?:comment|answer|reply|question|topic-?post|postcontainer|postbit\w*|b-post|cpost|commentpost|itemcomment|"
    r"itemdiscussion|comtr|message--post)"
    rf"(?:(?:-{{1,2}}|_{{1,2}})(?:{_PART})|[-_]?\d+)*(?=$|\s)",
    re.IGNORECASE,
)
_STRONG_ID = re.compile(
    r"(?:js-|div-?|el)?(?:(?<=js-)post-|post_?|p_?|comment[-_]|answer[-_]|reply[-_]|msg_?|message[-_]|discussion_)\d+$",
    re.IGNORECASE,
)
_PROPERTIES = frozenset(("comment", "suggestedAnswer", "acceptedAnswer"))
_WEAK = re.compile(
    r"(?:^|\s)(?:[a-z]+-)?(?:post|message|h-entry|hentry|h-cite|status|posting)(?:-?(?:item|row|wrapper))?(?=$|\s)",
    re.IGNORECASE,
)
"""What posts are called, and articles too."""
_AUTHOR = re.compile(
    r"(?:^|[\s_-])(?:(?:post|comment)?-?author|user-?name|nick-?name|nick|poster|display-?name|byline|creator|hnuser|"
    r"bigusername|user-details|comment-user|commenter|member-?name|full-?name|fn|PostUser-name|person-listing|author-?link)"
    r"(?:[-_]?(?:name|link|url|info|information|vcard))*(?=$|\s|--|__)",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?:^|[\s_-])(?:(?:post|comment)?-?(?:date|time)|datetime|dateline|posted|time-?stamp|published|created|age|"
    r"relative-?(?:date|time)(?:-clean)?|comment-?meta-?data|submitted)(?=$|\s|--|__)",
    re.IGNORECASE,
)
_LATER = re.compile(r"(?:^|[\s_-])(?:updated|modified|edited|edit)(?=$|\s)", re.IGNORECASE)
"""Names of dates on which a post was changed."""
_SAYS_LATER = re.compile(r"\s*(?:last |zuletzt )?(?:edited|modified|updated|bearbeitet|modifié)", re.IGNORECASE)
_DATE_TAGS = frozenset(("time", "relative-time", "time-ago", "local-time"))
_DATE_PROPERTIES = frozenset(("datePublished", "dateCreated", "commentTime"))
_DATE_ATTRIBUTES = ("datetime", "content", "title", "data-time", "data-timestamp")
_EPOCH = re.compile(r"\d{10}(?:\d{3})?$")
_TEASER = re.compile(r"(?:^|[\s_-])(?:title|headline|excerpt|teaser|read-?more)(?=$|\s|--|__)", re.IGNORECASE)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_MAX_ELEMENTS = 600
"""Elements of a post that are searched for its author."""
_MAX_NAME = 60
_MAX_TEXT = 200
_MAX_DATES = 3
_CLOCK = re.compile(r"\d[:.]\d\d")
_MAX_STAMP = 60
_MAX_STAMP_TEXTS = 80
_NEAR = 3
"""Siblings on each side of a post among which there is another one."""


@lru_cache(maxsize=16_384)
def is_post_name(tag: str, classes: str, id: str, item: str) -> bool:
    """Whether the name of an element may be that of a post; `item` is its `itemprop`."""
    return _is_strong_name(tag, classes, id, item) or tag == "article" or _WEAK.search(classes) is not None


def _is_strong_name(tag: str, classes: str, id: str, item: str) -> bool:
    if item in _PROPERTIES or _STRONG_ID.match(id):
        return True
    return _STRONG.search(classes) is not None or ("-" in tag and _STRONG.search(tag) is not None)


def is_post_type(itemtype: str) -> bool:
    """Whether a type of schema.org is that of a post."""
    return _TYPES.search(itemtype) is not None


def head_of(element: Any) -> PostHead | None:
    """What a post says of itself; None where the element is no post, or only holds several.

    Called for elements whose names or types may be those of posts. A post names its author.
    """
    if not _is_strong(element) and not _is_among_posts(element):
        return None
    own = _own_author(element)
    if own is None:
        return None
    author, name = own
    dates = list(islice(_dates(element, author), _MAX_DATES))
    values = [value for date in dates for value in _values(date)]
    shown = [*map(_text, dates), *islice(_stamps(element), _MAX_DATES)]
    return PostHead(name, tuple(dict.fromkeys(values + shown)), tuple(dict.fromkeys(filter(None, shown))))


def _is_strong(element: Any) -> bool:
    get: Callable[..., str] = element.get
    name = (element.tag, get("class", ""), get("id", ""), get("itemprop", ""))
    return _is_strong_name(*name) or is_post_type(get("itemtype", ""))


def _is_named(element: Any) -> bool:
    get: Callable[..., str] = element.get
    name = (element.tag, get("class", ""), get("id", ""), get("itemprop", ""))
    return is_post_name(*name) or is_post_type(get("itemtype", ""))


def _is_among_posts(element: Any) -> bool:
    """Whether there is another one like it near, and it is no teaser: it has a date, and no title or link to it."""
    near = [*islice(element.itersiblings(), _NEAR), *islice(element.itersiblings(preceding=True), _NEAR)]
    if not any(_is_like(other, element) for other in near):
        return False
    has_date = False
    for inner in islice(element.iterdescendants(), _MAX_ELEMENTS):
        if not isinstance(inner.tag, str):
            continue
        if _TEASER.search(inner.get("class", "")) or (inner.tag in _HEADINGS and _leads_away(inner)):
            return False
        has_date = has_date or _is_date(inner)
    return has_date


def _leads_away(heading: Any) -> bool:
    if any(_AUTHOR.search(inner.get("class", "")) for inner in heading.iter() if isinstance(inner.tag, str)):
        return False
    around = heading.getparent()
    links = [*heading.iterdescendants("a"), *([around] if around is not None and around.tag == "a" else [])]
    return not all("#" in link.get("href", "#") for link in links)


def _is_like(one: Any, other: Any) -> bool:
    look, other_look = ((each.tag, *each.get("class", "").split()[:1]) for each in (one, other))
    return look == other_look


def _own_author(post: Any) -> tuple[Any, str] | None:
    """The element that names the author of a post, and the name."""
    given = _name(post.get("data-author") or post.get("author") or "")
    if given:
        return post, given
    found = list(_authors(post))
    if not found:
        return None
    own = next((item for item in found if item[0].get("itemprop") in ("author", "creator")), found[0])
    return None if _holds_several(post, own[0], [author for author, _ in found]) else own


def _authors(post: Any) -> Iterator[tuple[Any, str]]:
    for inner in islice(post.iterdescendants(), _MAX_ELEMENTS):
        if not isinstance(inner.tag, str):
            continue
        named = _AUTHOR.search(inner.get("class", "")) or inner.get("itemprop") in ("author", "creator")
        if (named or inner.get("rel") == "author") and not _is_quoted(inner, post):
            name = _name_in(inner)
            if name:
                yield inner, name


def _is_quoted(element: Any, post: Any) -> bool:
    return any(around.tag == "blockquote" for around in _between(element, post))


def _between(element: Any, post: Any) -> Iterator[Any]:
    """The ancestors of an element inside a post, the innermost first."""
    for around in element.iterancestors():
        if around is post:
            return
        yield around


def _holds_several(post: Any, own: Any, authors: list[Any]) -> bool:
    """Whether an element that is named like a post only holds posts: the author's one, and others of another look."""
    if not any(_is_named(around) for around in _between(own, post)):
        return False
    own_path = set(_between(own, post))
    for author in authors:
        outer = [around for around in _between(author, post) if _is_named(around)]
        if outer and outer[-1] not in own_path and not _is_like(outer[-1], post):
            return True
    return False


def _name_in(author: Any) -> str | None:
    inside = [inner for inner in islice(author.iterdescendants(), _MAX_ELEMENTS) if isinstance(inner.tag, str)]
    found = [inner for inner in inside if inner.get("itemprop") == "name"]
    found += [inner for inner in inside if inner.tag == "a"]
    found += [inner for inner in inside if _AUTHOR.search(inner.get("class", ""))]
    return next(filter(None, (_name(element.get("content") or _text(element)) for element in [*found, author])), None)


def _name(text: str) -> str | None:
    text = " ".join(text.split())
    return text if 0 < len(text) <= _MAX_NAME and any(char.isalnum() for char in text) and "<" not in text else None


def _text(element: Any) -> str:
    """The start of an element's text, without white space at its edges."""
    return " ".join("".join(islice(element.itertext(), 50)).split())[:_MAX_TEXT]


def _dates(post: Any, author: Any) -> Iterator[Any]:
    """The elements that hold the date of a post, and not that of a change or of another post in it."""
    own_path = {post, author, *_between(author, post)} if author is not post else {post}
    for inner in islice(post.iterdescendants(), _MAX_ELEMENTS):
        if not isinstance(inner.tag, str):
            continue
        if not _is_date(inner) or _LATER.search(inner.get("class", "")):
            continue
        around = inner.getparent()
        if _SAYS_LATER.match(_text(around)) or _SAYS_LATER.match(_text(inner)):
            continue
        if all(outer in own_path or not _is_named(outer) for outer in _between(inner, post)):
            yield inner


def _is_date(element: Any) -> bool:
    if element.get("itemprop") == "dateModified":
        return False
    named = element.tag in _DATE_TAGS or element.get("itemprop") in _DATE_PROPERTIES
    return named or _DATE.search(element.get("class", "")) is not None


def _values(date: Any) -> Iterator[str]:
    for attribute in _DATE_ATTRIBUTES:
        value = date.get(attribute)
        if value:
            yield _moment(value) if _EPOCH.match(value) else value[:_MAX_TEXT]
    yield _text(date)


def _stamps(post: Any) -> Iterator[str]:
    """Short texts of a post with a time of day, as its head has where nothing is marked; the byline's own first."""
    named = (inner for inner in islice(post.iterdescendants(), _MAX_ELEMENTS) if _is_byline(inner))
    label = ""
    for text in chain(map(_text, named), islice(post.itertext(), _MAX_STAMP_TEXTS)):
        text = " ".join(text.split())
        if _CLOCK.search(text) and len(text) < _MAX_STAMP and not label.endswith(":"):
            yield text
        label = text or label


def _is_byline(element: Any) -> bool:
    return isinstance(element.tag, str) and _AUTHOR.search(element.get("class", "")) is not None


def _moment(seconds: str) -> str:
    return datetime.fromtimestamp(int(seconds[:10]), UTC).isoformat()
