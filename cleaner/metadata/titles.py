"""The headline as a reader sees it, out of the several titles that a page gives itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set

from cleaner import lazily
from cleaner.metadata.evidence import Found, Sources
from cleaner.normalize import count_words, fold, has_words
from cleaner.page.heading_signs import bare

ENOUGH = 0.25
"""Share of words that a heading has in common with what the page calls itself, from which on it is the headline."""
_LATER_COSTS = 0.05
_LOW_LINES = r"(?<=[\u2e80-\uffef])_+|_+(?=[\u2e80-\uffef])"
"""Low lines beside ideographs and syllables, which stand where others have a bar."""
_SIGNS, _STRONG_SIGNS = r"\s+(?:[|\-–—·•:~⋆/]|::)\s+|\s*[|»«‹›]\s*", r"\s*[|»]\s*|\s+[·•]\s+"
_SEPARATOR = lazily.pattern(_SIGNS), lazily.pattern(rf"{_SIGNS}|{_LOW_LINES}")
_STRONG = lazily.pattern(_STRONG_SIGNS), lazily.pattern(rf"{_STRONG_SIGNS}|{_LOW_LINES}")
"""The first is for titles without low lines: the many characters of the second take long to compile."""
_SECTIONS = frozenset(("blogarchive",))
"""What blogs put between their name and a title, squashed."""
_BEFORE = lazily.pattern(r"^(?:thread|title|topic)\s*:\s*", re.IGNORECASE)


Named = tuple[str, str]
"""(where it is from, a title)"""


def choose(headings: Iterable[Named], told: Iterable[Named], sites: Iterable[str]) -> Found:
    """The headline.

    `headings` are what the page shows large, the first the likeliest; `told` is what it calls itself elsewhere
    (JSON-LD, social networks, <title>), the most trusted first; `sites` are names of the site. A heading that agrees
    with what the page calls itself is the headline; one that has nothing in common with it is a slogan or a menu's.
    """
    known = {squashed(site) for site in sites} - {""} | _SECTIONS
    names = [(source, _first_part(without_site(text, known))) for source, text in told]
    bared = [(source, _BEFORE.sub("", bare(heading.removesuffix(" #")))) for source, heading in headings]
    given = [(source, without_end(heading, known)) for source, heading in bared]
    shown = [(source, text) for source, text in given if text and squashed(text) not in known]
    folded = [fold(name) for _, name in names]
    best, chosen = 0.0, ("", "")
    for place, (source, heading) in enumerate(shown):
        agreement = max((_agreement(fold(heading), name) for name in folded), default=0.0) - _LATER_COSTS * place
        if agreement > best:
            best, chosen = agreement, (source, heading)
    if best >= ENOUGH:
        return Found(chosen[1], (chosen[0], *_like(chosen[1], names)))
    source, title = next((each for each in (*names, *given) if has_words(each[1])), ("", None))
    return Found(title, tuple(dict.fromkeys((source, *_like(title, names))))) if title else Found()


def _like(title: str, names: Iterable[Named]) -> Sources:
    """Where the page calls itself by this title."""
    return tuple(source for source, name in names if fold(name) == fold(title))


def without_site(text: str, sites: set[str]) -> str:
    """`text` without the site's name, one of the squashed `sites`, at its end or its beginning.

    What a title begins with is nothing but the name: "Quay Post Reader - For everyone" is about a thing that has it.
    """
    while True:
        separators = list(_SEPARATOR["_" in text].finditer(text))
        if not separators:
            return text
        if _is_site(squashed(text[separators[-1].end() :]), sites):
            text = text[: separators[-1].start()]
        elif squashed(text[: separators[0].start()]) in sites | {""}:
            text = text[separators[0].end() :]
        else:
            return text


def without_end(heading: str, sites: Set[str]) -> str:
    """A heading without the site's name after a sign at its end, which some pages repeat from their <title>.

    `sites` are squashed.
    """
    separators = list(_SEPARATOR["_" in heading].finditer(heading))
    is_named = bool(separators) and squashed(heading[separators[-1].end() :]) in sites
    return heading[: separators[-1].start()] if is_named else heading


def squashed(text: str) -> str:
    """`text` folded and without spaces, since hosts have none."""
    return fold(text).replace(" ", "")


def _first_part(text: str) -> str:
    """What stands before a bar, which nearly always ends a title, unless it is a single word."""
    first = _STRONG["_" in text].split(text, maxsplit=1)[0]
    return first if count_words(first) > 1 else text


def _is_site(part: str, sites: set[str]) -> bool:
    if not part:
        return True
    return any(
        part == site or (len(site) > 3 and part.startswith(site)) or (len(part) > 3 and site.startswith(part))
        for site in sites
    )


def _agreement(one: str, other: str) -> float:
    if not one or not other:
        return 0.0
    if one == other:
        return 2.0
    if f" {one} " in f" {other} " or f" {other} " in f" {one} ":
        return 1.0
    first, second = set(one.split()), set(other.split())
    return len(first & second) / len(first | second)
