"""When a match covers another: all that the narrow one asks for makes what the wide one asks for hold.

Only what is certain counts, so a condition that is not known here must be the same in both.
"""

from __future__ import annotations

from dataclasses import fields
from functools import lru_cache
from typing import Any

from cleaner.rules.lint.comparing import folded, is_selected_by, normal
from cleaner.rules.types import Conditions
from cleaner.selectors import Selector

_EFFECTS = ("takes_links", "keep")
"""Parts of a match that say what is done, not where."""
_AT_MOST, _AT_LEAST = ("max_words",), ("repeats", "recurs_irregularly")


def covers(wide: Conditions, narrow: Conditions) -> bool:
    """Whether every block that the narrow match is on is one that the wide match is on, with the same strength."""
    if is_own(narrow) and not is_own(wide):
        return False
    return all(_follows(each.name, getattr(wide, each.name), narrow, wide) for each in fields(Conditions))


def is_own(conditions: Conditions) -> bool:
    """Whether a match is on the block itself rather than on an element around it."""
    selects = conditions.css or conditions.xpath
    return not selects or bool(conditions.text or conditions.like or conditions.regex or conditions.words)


def is_same(one: Conditions, other: Conditions) -> bool:
    """Whether two matches cover each other."""
    return covers(one, other) and covers(other, one)


def _follows(name: str, wanted: Any, narrow: Conditions, wide: Conditions) -> bool:
    """Whether one condition of the wide match holds where the narrow one does."""
    given = getattr(narrow, name)
    if name in ("edits", "misspelt", "with_companions"):  # part of `text` and `like`
        return True
    if name in ("text", "like"):
        return not wanted or (_text_follows if name == "text" else _like_follows)(narrow, wide)
    if name in ("css", "xpath"):
        return not wanted or (bool(given) and all(_selected_by(selector, wanted) for selector in given))
    if name == "words" and wanted and not given:
        return _is_plain(narrow) and all(_finds(wanted, text) for text in narrow.text)
    if name in ("regex", "words", "kind"):
        return not wanted or (bool(given) and set(given) <= set(wanted))
    if name == "unless":
        return _unless_follows(wanted, narrow)
    if name in _AT_MOST or name in _AT_LEAST:
        sign = 1 if name in _AT_MOST else -1
        return wanted is None or (given is not None and sign * given <= sign * wanted)
    if name == "place" and wanted is not None and given is not None:
        return bool(given.where == wanted.where and given.count <= wanted.count)
    if name in _EFFECTS:
        return bool(given == wanted)
    return wanted is None or wanted == () or bool(given == wanted)


def _text_follows(narrow: Conditions, wide: Conditions) -> bool:
    if not narrow.text or (narrow.misspelt and not wide.misspelt):
        return False
    if not set(map(folded, narrow.with_companions)) <= set(map(folded, wide.with_companions)):
        return False
    return set(map(folded, narrow.text)) <= set(map(folded, wide.text))


def _like_follows(narrow: Conditions, wide: Conditions) -> bool:
    near = set(map(folded, wide.like))
    if narrow.text and _is_plain(narrow) and set(map(folded, narrow.text)) <= near:
        return True
    return bool(narrow.like) and narrow.edits <= wide.edits and set(map(folded, narrow.like)) <= near


def _unless_follows(wanted: tuple[str, ...], narrow: Conditions) -> bool:
    spared = set(map(folded, wanted)) - set(map(folded, narrow.unless))
    return not spared or (_is_plain(narrow) and spared.isdisjoint(map(folded, narrow.text)))


def _is_plain(conditions: Conditions) -> bool:
    """Whether a match is on its texts and on no variant of them."""
    return bool(conditions.text) and not conditions.misspelt and not conditions.with_companions


def _selected_by(narrow: Selector, wide: tuple[Selector, ...]) -> bool:
    if normal(narrow) in {normal(selector) for selector in wide if selector.language == narrow.language}:
        return True
    compounds = [compound for selector in wide for compound in selector.compounds or ()]
    return bool(narrow.compounds) and all(
        any(is_selected_by(compound, other) for other in compounds) for compound in narrow.compounds or ()
    )


@lru_cache(maxsize=65_536)
def _finds(patterns: tuple[str, ...], text: str) -> bool:
    import re2

    return any(re2.search(pattern, folded(text)) is not None for pattern in patterns)
