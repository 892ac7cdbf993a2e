"""Names of people and teams, out of what pages write around them."""

from __future__ import annotations

import re

from cleaner.metadata import dates
from cleaner.normalize import fold

MAX_NAME = 100
"""Characters of a name; what is longer is a sentence."""
MAX_WORDS = 12
_MAX_SHOWN_WORDS = 5
_MAX_LINES = 8
_MAX_LINE = 300
_MAX_TOLD = 1_000

_LABEL = re.compile(
    r"^(?:(?:article|blog|content|contributed|created|edited|guest|guide|post|posted|published|reported|review|reviewed|"
    r"story|submitted|text|words|written)\s+)*(?:by|von|por|par|di|door|av|af)(?:\s*:\s*|\s+|$)|"
    r"^(?:about\s+the\s+)?(?:author|writer|autor|auteur|autore)s?(?:\s*[:|]\s*|$)",
    re.IGNORECASE,
)
_BY_LINE = re.compile(
    r"(?:(?:article|guide|post|posted|published|reported|review|story|text|words|written)\s+)?by(?:\s*:\s*|\s+|$)",
    re.IGNORECASE,
)
_JOIN = re.compile(r"(?:,|&|and|,\s*and|und|et|y)$", re.IGNORECASE)
_AFTER_NAME = re.compile(
    r"\s*[|•·–—(\[].*$|\s+-\s.*$|\s+/\s.*$|\s+@\w+.*$|"
    r",?\s+(?:on|in|at|for|updated|published|posted|last|about|follow|is an?|read|reviewed)\b.*$",
    re.IGNORECASE,
)
_NO_NAME = re.compile(r"https?:|www\.|@|\.(?:com|org|net|io|php|html?)\b|[<>{}=\\\[\]|?!]", re.IGNORECASE)
_NAME_WORD = re.compile(r"[^\W\d_][\w.’'\-]*,?$")
_LOGIN = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*$")
_EDGES = ' ,;:-–—•·*"“”'
_PARTICLE_WORDS = "al and bin da de del della den der di dos du el la le of the van von y"
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
_NOT_NAMES = (
    "about the author, about us, account, admin, administrator, advertisement, all, all posts, anonymous, "
    "article, author, authors, blog, by, cart, comment, comments, contact, contact us, contributor, default, "
    "editor, editorial, editorial staff, editorial team, editors, follow, guest, guest author, guest contributor, "
    "guest post, home, log, log in, login, menu, more posts, n a, na, news, next, none, null, post, posts, "
    "previous, published, read more, related articles, review, reviews, root, search, sections, share, shop all, "
    "sign, sign in, sign up, site admin, skip to content, sponsored, staff, staff writer, subscribe, super user, "
    "superuser, support, team, the author, the editor, the editors, top, topic author, undefined, unknown, "
    "updated, user, view all posts, view more posts, web admin, webmaster, website, wordpress, writer, www"
)
_NOBODY = frozenset(_NOT_NAMES.split(", "))
"""Folded words that stand where a name should."""


def told(text: str) -> str | None:
    """The name in a value that says it holds an author's name; None where it does not."""
    text = _LABEL.sub("", " ".join(text[:_MAX_TOLD].split()), count=1).split("|")[0].strip(_EDGES)
    return text if _is_possible(text, MAX_WORDS) else None


def has_label(text: str) -> bool:
    """Whether a byline says "by" or "author"."""
    return bool(_LABEL.match(text))


def shown(text: str, *, login: bool = False) -> str | None:
    """The name, or the names with commas between, in a byline whose text nodes stand on lines of their own.

    `login`: the name of an account will do.
    """
    found: list[str] = []
    joined = True
    for line in filter(None, (" ".join(part.split())[:_MAX_LINE] for part in text.split("\n")[:_MAX_LINES])):
        if _JOIN.match(line):
            joined = True
            continue
        if found and not joined:
            break
        name = _AFTER_NAME.sub("", _LABEL.sub("", line, count=1)).strip(_EDGES + ".")
        if is_name(name) or (login and is_login(name) and _is_possible(name, 1)):
            found.append(name)
            joined = line.endswith(",")
        elif name and not dates.parse(name) and fold(name) not in _NOBODY:
            break
    return ", ".join(found) or None


def opened(texts: list[str]) -> str | None:
    """The name after a "By" among the texts that follow a page's heading."""
    for place, text in enumerate(texts):
        if _BY_LINE.match(text) and (
            name := shown("\n".join(" ".join(t.split()) for t in texts[place : place + _MAX_LINES]))
        ):
            return name
    return None


def is_name(text: str) -> bool:
    """Whether `text` looks like a person's or a team's name: few words, all but particles with a capital."""
    words = text.split()
    if not _is_possible(text, _MAX_SHOWN_WORDS):
        return False
    return all(_NAME_WORD.match(word) and (word in _PARTICLES or not word[0].islower()) for word in words)


def is_login(name: str) -> bool:
    """Whether `name` is what an account is called ("jdoe2"), which is worth less than a name."""
    return bool(_LOGIN.match(name)) and " " not in name


def _is_possible(text: str, words: int) -> bool:
    return (
        bool(text)
        and len(text) <= MAX_NAME
        and len(text.split()) <= words
        and any(c.isalpha() for c in text)
        and not _NO_NAME.search(text)
        and fold(text) not in _NOBODY
        and dates.parse(text) is None
    )
