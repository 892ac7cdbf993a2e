"""Compound selectors of a tag, an id and classes, which an element answers for itself, and lists of nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cleaner.selectors.limits import check_length

_NAMES = re.compile(r"([a-z][a-z0-9]*)?((?:[.#][a-z_][a-z0-9_-]*)*)", re.IGNORECASE)
_TEST = re.compile("([.#])([^.#]+)")
_SPACE = " \t\r\n\f"


@dataclass(frozen=True, slots=True)
class CompoundSelector:
    """Asks for a tag, an id and classes, which one element answers for itself; None and the empty set ask nothing."""

    tag: str | None
    id: str | None
    classes: frozenset[str]

    def matches(self, tag: str, id: str | None, class_tokens: frozenset[str]) -> bool:
        """Tells whether an element passes that has this tag (in lower case), id and class tokens."""
        return (
            (self.tag is None or self.tag == tag)
            and (self.id is None or self.id == id)
            and self.classes <= class_tokens
        )


def compounds_of_names(source: str) -> tuple[CompoundSelector, ...] | None:
    """What most CSS selectors are, told without their parser: a list of tags, classes and ids in ASCII.

    None for every other selector. Raises SelectorError where it is empty or too long.
    """
    check_length(source)
    found = tuple(filter(None, (_compound(each.strip(_SPACE)) for each in source.split(","))))
    return found if len(found) == source.count(",") + 1 else None


def _compound(source: str) -> CompoundSelector | None:
    names = _NAMES.fullmatch(source) if source else None
    if names is None:
        return None
    tests = _TEST.findall(names[2])
    ids = {name for sign, name in tests if sign == "#"}
    tag, classes = names[1], frozenset(name for sign, name in tests if sign == ".")
    return CompoundSelector(tag.lower() if tag else None, ids.pop() if ids else None, classes) if len(ids) < 2 else None
