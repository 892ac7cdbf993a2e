"""Names of people and teams, out of what pages write around them."""

from __future__ import annotations

import re

from cleaner import dates
from cleaner.normalize import fold

MAX_NAME = 100
"""Characters of a name; what is longer is a sentence."""
MAX_WORDS = 12
_MAX_SHOWN_WORDS = 5

_BY = (
    r"(?:(?:article|blog|content|contributed|created|edited|guest|guide|post|posted|published|reported|review|reviewed|story|submitted|text|"
    r"words|written)\s+)*(?:by|von|por|par|di|door|av|af)(?:\s*:\s*|\s+|$)"
    r"|(?:about\s+the\s+)?(?:author|writer|autor|auteur|autore)s?(?:\s*[:|]\s*|$)"
)
_LABEL = re.compile(f"^(?:{_BY})", re.IGNORECASE)
_BY_LINE = re.compile(r"^(?:(?:posted|published|written|article|story|words|review|guide|reported|text|post)\s+)?by(?:\s*:\s*|\s+|$)", re.IGNORECASE)
_JOIN = re.compile(r"^(?:,|&|and|,\s*and|und|et|y)$", re.IGNORECASE)
_TAIL = re.compile(
    r"\s*[|•·–—(\[].*$|\s+-\s.*$|\s+/\s.*$|\s+@\w+.*$"
    r"|(?<!\bSign)(?<!\bLog),?\s+(?:on|in|at|for|updated|published|posted|last|about|follow|is an?|read|reviewed)\b.*$",
    re.IGNORECASE,
)
_NO_NAME = re.compile(r"https?:|www\.|@|\.(?:com|org|net|io|php|html?)\b|[<>{}=\\\[\]|?!]", re.IGNORECASE)
_NAME_WORD = re.compile(r"[^\W\d_][\w.’'\-]*,?$")
_LOGIN = re.compile(r"[a-z0-9]+(?:[._-]?[a-z0-9]+)*$")
_PARTICLES = frozenset("al and bin da de del della den der di dos du el la le of the van von y".split())
_NOBODY = frozenset(
    (
        *"account admin administrator advertisement anonymous author authors by comments contributor default editor editorial".split(),
        *"editors follow guest home menu na none null published root search share staff superuser support team undefined unknown".split(),
        *"updated user webmaster website wordpress writer www menu login subscribe sponsored contact blog news".split(),
        *("about us", "contact us", "editorial staff", "editorial team", "guest author", "log in", "more posts", "n a", "read more"),
        *("sign in", "sign", "previous", "next", "post", "posts", "review", "reviews", "cart", "sections", "all", "shop all", "topic author", "top", "article", "human", "sign up", "site admin", "staff writer", "super user", "the author", "view all posts", "view more posts"),
        *("web admin", "skip to content", "the editors", "the editor", "about the author", "all posts", "guest post", "guest contributor"),
    )
)


def told(text: str) -> str | None:
    """The name in a value that says it holds an author's name; None where it does not."""
    text = _LABEL.sub("", " ".join(text.split()), count=1).split("|")[0].strip(" ,;:-–—•·*\"“”")
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
    for line in filter(None, map(str.strip, text.split("\n"))):
        if _JOIN.match(line):
            joined = True
            continue
        if found and not joined:
            break
        name = _TAIL.sub("", _LABEL.sub("", line, count=1)).strip(" ,;:.-–—•·*\"“”")
        if is_name(name) or (login and is_login(name) and _is_possible(name, 1)):
            found.append(name)
            joined = line.endswith(",")
        elif name and not dates.parse(name) and not _is_label(name):
            break
    return ", ".join(found) or None


def opened(texts: list[str]) -> str | None:
    """The name after a "By" among the texts that follow a page's heading."""
    for place, text in enumerate(texts):
        lines = [" ".join(line.split()) for line in (" ".join(text.split()), *texts[place + 1 : place + 8])]
        if _BY_LINE.match(lines[0]) and (name := shown("\n".join(lines))):
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


def _is_label(text: str) -> bool:
    return fold(text) in _NOBODY
