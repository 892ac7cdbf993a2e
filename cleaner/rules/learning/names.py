"""Selectors that name elements by what stays the same from page to page: ids, classes, and tags that tell a purpose."""

from __future__ import annotations

import re
from functools import lru_cache

from cleaner.page.elements import ElementSignature
from cleaner.selectors import SelectorError, compile_css

TAGS = frozenset(("nav", "aside", "footer", "header", "main", "article", "form", "dialog"))
"""Tags that tell what an element is for, and so may name it."""
_LAYOUT = re.compile(
    "absolute|active|align|alpha|and|auto|background|base|bg|block|body|bold|border|bottom|box|boxed|cell"
    "|center|centered|cf|clear|clearfix|col|color|colour|cols|column|columns|container|current|cursor|dark"
    "|default|disabled|display|end|even|fade|first|fix|fixed|fl|flex|float|focus|font|fr|full|gap|grid|group"
    "|grow|gutter|half|has|height|hidden|hide|horizontal|hover|img|indent|inline|inner|is|item|items|js|justify"
    "|l|large|last|layout|left|lg|light|list|m|margin|max|mb|md|middle|min|mini|ml|mobile|mr|mt|mx|my|no|none"
    "|nowrap|odd|omega|opacity|open|outer|overflow|p|padding|panel|pb|pl|pr|pt|pull|px|py|r|relative|reset|right"
    "|rounded|row|section|self|shadow|show|shrink|size|sm|small|space|spacing|span|start|static|sticky|table"
    "|tablet|text|third|top|truncated|unit|vertical|visible|w|weight|wide|width|wrap|wrapper|x|xl|xs|y|z"
)
"""Words that tell how an element looks or where it stands, but not what it is for."""
_MAX_NAME = 60
_MAX_NAMES = 12
"""Class names of an element that are looked at: frameworks that style with hundreds of them name nothing."""
_DIGITS = re.compile(
    r"\d{3}|(?:^|[-_])\d+$|^[-_]?\d|[a-zA-Z]\d+[a-zA-Z]\w*\d|\d[-_]\d|(?<![a-zA-Z])\d+[a-zA-Z]{4}|\d[a-zA-Z]\d"
    r"|[a-zA-Z]\d+[a-zA-Z]{3}"
)
"""Digits as numbers of articles and builds have them: "post-4711", "x3f9a1"; "col2" and "h1-title" have not."""
_WORDS = re.compile(r"[A-Za-z]+")
_PARTS = re.compile(r"[A-Za-z]+|\d+")
_HUMPS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_VOWELS = re.compile(r"[aeiouyAEIOUY]")
_SHORTEST_HUMP = 3
_LONGEST_WITHOUT_VOWELS = 5
_ESCAPE = re.compile(r"\\(?:([0-9a-f]+) |(.))")
_PLAIN = re.compile(r"-?[A-Za-z_][\w-]*", re.ASCII)


def selectors_of(signature: ElementSignature) -> tuple[str, ...]:
    """CSS selectors that match elements of this look: by id, by each class, by a tag or role that tells a purpose."""
    return _selectors(signature.tag, signature.classes, signature.id, signature.role)


@lru_cache(maxsize=1 << 14)
def _selectors(tag: str, classes: str, id: str, role: str) -> tuple[str, ...]:
    found = [f"#{identifier(id)}"] if id and not looks_generated(id) else []
    found += [
        f".{identifier(name)}"
        for name in classes.split()[:_MAX_NAMES]
        if not (looks_generated(name) or names_layout(name))
    ]
    if tag in TAGS:
        found.append(tag)
    if role.split(" ")[0] == "main":
        found.append("[role=main]")
    return tuple(selector for selector in dict.fromkeys(found) if _compiles(selector))


def looks_generated(name: str) -> bool:
    """Whether a program made an id or class up, so that it will not be there for long: "css-1q2w3e", "sc-bdVaJa"."""
    if len(name) > _MAX_NAME or "\\" in name or not name.isprintable() or any(char.isspace() for char in name):
        return True
    return bool(_DIGITS.search(name)) or any(map(_is_random, _PARTS.findall(name)))


def names_layout(name: str) -> bool:
    """Whether a class tells only where or how an element stands: "col-md-8", "first", "clearFix"."""
    return all(_LAYOUT.fullmatch(hump.lower()) for part in _WORDS.findall(name) for hump in _HUMPS.findall(part))


def _is_random(part: str) -> bool:
    """Whether letters are no words in camel case: short humps, or many letters without a vowel."""
    if len(part) > _LONGEST_WITHOUT_VOWELS and not _VOWELS.search(part):
        return True
    humps = _HUMPS.findall(part)
    short = sum(len(hump) < _SHORTEST_HUMP for hump in humps)
    return len(humps) > 1 and short > 1 and short * 2 >= len(humps)


def identifier(name: str) -> str:
    r"""A name as CSS writes it: "md:w-1" becomes "md\:w-1" (CSSOM, serialize an identifier)."""
    if _PLAIN.fullmatch(name):
        return name
    return "".join(_escaped(place, char, name) for place, char in enumerate(name))


def _escaped(place: int, char: str, name: str) -> str:
    if ord(char) >= 0x80 or char.isalpha() or char == "_":
        return char
    at_start = place == 0 or (place == 1 and name[0] == "-")
    if char.isdigit():
        return f"\\{ord(char):x} " if at_start else char
    if char == "-" and not (place == 0 and name[1:2] in ("", "-")):
        return char
    return f"\\{char}"


def element_of(css: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The tag and the attributes of an element that one of `selectors_of` matches."""
    if css.startswith(("#", ".")):
        name = _ESCAPE.sub(lambda found: chr(int(found[1], 16)) if found[1] else found[2], css[1:])
        return "div", (("id" if css[0] == "#" else "class", name),)
    return ("div", (("role", "main"),)) if css == "[role=main]" else (css, ())


def _compiles(selector: str) -> bool:
    try:
        compile_css(selector)
    except SelectorError:
        return False
    return True
