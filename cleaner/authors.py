"""Names of authors, out of what pages write around them."""

from __future__ import annotations

import re

from cleaner import dates
from cleaner.normalize import fold

MAX_NAME = 80
"""Characters of a name; what is longer is a sentence."""
MAX_WORDS = 8

_BY = re.compile(
    r"^(?:(?:article|blog|guest|review|story|text|words|photos?|post|reported|reviewed?|updated|posted|published|written|authored|created|"
    r"contributed|submitted|compiled|edited)\s+)*(?:by|von|por|par|di|door|av|af)\b\s*:?\s*|^(?:author|writer|autor|auteur)s?\b\s*[:|]?\s*|"
    r"^\W+",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"\s*(?:[|•·–—/(\[\n]|\s-\s|,?\s+(?:on|in|at|for|updated|published|posted|last|about|follow|is an?|read)\b).*$",
    re.IGNORECASE | re.DOTALL,
)
_NO_NAME = re.compile(r"https?:|www\.|@|\.(?:com|org|net|io)\b|[<>{}=\\]|\d{3}", re.IGNORECASE)
_CREDENTIALS = re.compile(r",\s*(?:(?:Ph\.?D|M\.?D|M\.?A|M\.?S|B\.?A|R\.?N|R\.?D|J\.?D|MBA|MPH|CPA|CFP|DO|LCSW|Esq|Jr|Sr|II|III)\.?)(?=,|\s|$).*$")
_SPLIT = re.compile(r"\s*(?:,\s*and\s|,|;|\s&\s|\sand\s|\|)\s*")


def names(values: list[str], *, not_these: frozenset[str] = frozenset()) -> list[str]:
    """The names in `values`, each once, in order; `not_these` are folded names that are no author (the site's)."""
    found: dict[str, str] = {}
    for value in values:
        name = name_in(value)
        folded = fold(name) if name else ""
        if name and folded and folded not in not_these:
            found.setdefault(folded, name)
    return list(found.values())


def name_in(text: str) -> str | None:
    """The name, or the names as they stand, in "By Ann Lee | 3 May 2024"; None where there is no name."""
    text = " ".join(text.split())[:300]
    before = None
    while before != text:
        before, text = text, _BY.sub("", text, count=1)
    text = _TAIL.sub("", text)
    text = text.strip(" \t,;:.-–—|•·*\"“”") if not re.search(r"\b[A-Z]\.$|\b[JS]r\.$", text) else text
    if not text or len(text) > MAX_NAME or len(text.split()) > MAX_WORDS or _NO_NAME.search(text):
        return None
    if dates.parse(text) or fold(text) in _NOT_NAMES or not any(c.isalpha() for c in text):
        return None
    return text


_NOT_NAMES = frozenset(
    (
        "", "admin", "administrator", "anonymous", "author", "authors", "by", "default", "editor", "editorial staff", "editorial team",
        "editorial", "editors", "guest", "guest author", "home", "n a", "na", "none", "null", "root", "staff", "staff writer", "super user",
        "superuser", "support", "team", "undefined", "unknown", "user", "webmaster", "wordpress", "writer", "www", "the author", "view all posts",
    )
)
