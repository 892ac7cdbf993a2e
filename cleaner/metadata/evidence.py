"""A value that a page gives for a field of its metadata, and where it gives it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

Sources = tuple[str, ...]
"""Where a value is from, what weighs most first: ("json-ld author", "rel=author")."""


class Evidence(NamedTuple):
    """What speaks for a value."""

    sort: str
    """The sort of place that it is from: a key of the votes."""
    value: str
    source: str
    """The place, for people: "meta article:published_time"."""


class Found(NamedTuple):
    """The value of a field, None where there is none to be believed, and where it is from."""

    value: str | None = None
    sources: Sources = ()


def first(values: Iterable[tuple[str, str | None]]) -> Found:
    """The first of some (source, value) that has a value."""
    return next((Found(value, (source,)) for source, value in values if value), Found())


def grouped(evidence: Iterable[Evidence], key: Callable[[str], str]) -> dict[str, list[Evidence]]:
    """The evidence for each value, by what `key` makes of it; one of a sort and a value, in the order given."""
    groups: dict[str, list[Evidence]] = {}
    seen: set[tuple[str, str]] = set()
    for given in evidence:
        if given[:2] not in seen:
            seen.add(given[:2])
            groups.setdefault(key(given.value), []).append(given)
    return groups


def sources_of(evidence: Iterable[Evidence], weight: Callable[[str], int]) -> Sources:
    """The places of some evidence, each once, those first whose sort has most weight."""
    ordered = sorted(evidence, key=lambda given: -weight(given.sort))
    return tuple(dict.fromkeys(given.source for given in ordered))
