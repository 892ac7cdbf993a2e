"""Which ids and classes of an element are fit for a selector: those that an author has written, not a program.

A program writes hashes (`css-1x2y3z`, `sc-hKgILt`, `Card_body__3xYz1`) and numbers (`post-48213`), which are others on
the next page or after the next release.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from cleaner.page.elements import ElementSignature
from cleaner.rules.learning.names import looks_generated, names_layout

_IDENTIFIER = re.compile(r"-?[^\W\d][\w-]*")
"""Names that CSS takes without an escape."""
_TAG = re.compile("[a-z][a-z0-9-]*")
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_MODULE = re.compile(r"([A-Za-z][A-Za-z_-]*[a-z]_{1,2})([A-Za-z0-9+-]{4,})")
"""CSS modules: a name, and behind lines a hash."""
_PROGRAMS = re.compile(r"(?:css|sc|jsx|jss|svelte|styled|tw|emotion|ember|yui|radix|headlessui|data-v)[-_]", re.I)
_WORD = re.compile("[A-Za-z]{2,}[aeiouy]|[aeiouyAEIOUY][A-Za-z]{2,}")
_SHORT = re.compile("[A-Za-z]{4,8}")
_VOWEL = re.compile("[aeiouy]", re.I)
_MOST_NO_WORDS = 0.3
"""Share of the short classes of a page that may be no words: abbreviations."""
_PASSING = frozenset(
    ("is", "has", "js", "no", "active", "current", "open", "first", "last", "odd", "even", "font", "text")
)
"""Words with which names of a state or a look begin or end."""

_PLAIN, _NUMBERED = 0.0, 1.2
_COST_OF_CLASS, _COST_OF_PREFIX, _COST_OF_PASSING, _COST_OF_TAG = 1.0, 1.8, 0.4, 1.6


class Compound(NamedTuple):
    """A selector of one element, and how far it is from what a person would like to write."""

    text: str
    cost: float


@lru_cache(maxsize=4_096)
def cost_of_name(name: str) -> float | None:
    """What an id or a class costs in a selector: 0 for words, more with a number; None for what looks generated."""
    if not _IDENTIFIER.fullmatch(name) or looks_generated(name) or _PROGRAMS.match(name):
        return None
    return _NUMBERED if any(char.isdigit() for char in name) else _PLAIN


def _is_passing(name: str) -> bool:
    """Whether a class tells a state, a look or a place in the layout: `col-wide`, `is-resized`, `thread-even`."""
    words = _WORDS.findall(name) or [""]
    return names_layout(name) or words[0].lower() in _PASSING or words[-1].lower() in _PASSING


def prefix_of_module(name: str) -> str | None:
    """What a class of a CSS module begins with before its hash, `Card_body__`; None for other classes."""
    found = _MODULE.fullmatch(name)
    if found is None or cost_of_name(found[1].rstrip("_")) is None or not _WORD.search(found[1]):
        return None
    tail = found[2]
    is_hash = any(char.isdigit() for char in tail) or cost_of_name(tail) is None or not tail.islower()
    return found[1] if is_hash else None


def described(signature: ElementSignature) -> str:
    """An element with all of its names, as they stand: `p#lead.intro.css-1x2y`."""
    id = f"#{signature.id.strip()}" if signature.id.strip() else ""
    return signature.tag + id + "".join(f".{name}" for name in signature.classes.split())


def is_scrambled(signatures: Iterable[ElementSignature]) -> bool:
    """Whether a program has given the short classes of a page their names: many of them are letters, and no words."""
    short = {name for signature in signatures for name in signature.classes.split() if _SHORT.fullmatch(name)}
    return sum(map(_is_no_word, short)) > max(3, _MOST_NO_WORDS * len(short))


def _is_no_word(name: str) -> bool:
    """Whether letters are no words in camel case: a hump is short, or has no vowel."""
    return any(len(word) < 3 or not _VOWEL.search(word) for word in _WORDS.findall(name))


def compounds_of(signature: ElementSignature, *, scrambled: bool = False) -> Iterator[Compound]:
    """The selectors that fit an element by its own names, without its place.

    With `scrambled` short classes are taken for names that a program gave.
    """
    tag = signature.tag
    if not _TAG.fullmatch(tag):
        return
    cost = cost_of_name(signature.id)
    if cost is not None:
        yield Compound(f"#{signature.id}", cost)
    costs: dict[str, float] = {}
    for name in dict.fromkeys(signature.classes.split()):
        if scrambled and _SHORT.fullmatch(name):
            continue
        cost, prefix = cost_of_name(name), prefix_of_module(name)
        if prefix is not None:
            yield Compound(f"{tag}[class*='{prefix}']", _COST_OF_PREFIX)
        elif cost is not None:
            costs[name] = cost + (_COST_OF_PASSING if _is_passing(name) else 0)
    for name, cost in costs.items():
        yield Compound(f"{tag}.{name}", _COST_OF_CLASS + cost)
    yield Compound(tag, _COST_OF_TAG)
