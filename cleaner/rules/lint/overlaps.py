"""Rules that say what other rules of their file have said: duplicates, shadows, and drops that a keep always beats."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

from cleaner.rules.lint.comparing import folded, least_name, names_of, normal
from cleaner.rules.lint.covering import covers, is_own, is_same
from cleaner.rules.lint.lists import find_in_lists
from cleaner.rules.lint.views import LIST_KEYS, FileView, MatchView, RuleView
from cleaner.rules.source import Node, Scalar, quote
from cleaner.rules.types import Conditions, Rule

MAX_COMPARED = 20
"""Matches that are compared with an item of another: those with something in common, in the order of the file."""
MAX_ITEMS = 20_000
"""Items of a file that are compared with others; a file that has more is made by a program."""
MAX_COMPARISONS = 50_000
"""Comparisons of an item with a match, in a file."""
MAX_UNFILED = 100
"""Matches of a file, without a text or selector, that are compared with the items of all others."""
_EFFECT = [each.name for each in fields(Rule) if each.name not in ("matches", "id", "why", "source", "tier", "order")]
_KINDS = ("heading", "paragraph")


@dataclass(frozen=True, slots=True)
class _Match:
    """A match with its rule; `number` is its place in the file."""

    number: int
    rule: RuleView
    match: MatchView

    @property
    def conditions(self) -> Conditions:
        return self.match.conditions


@dataclass(frozen=True, slots=True)
class _Item:
    """A match with one item of its list alone, and the node of that item."""

    owner: _Match
    conditions: Conditions
    node: Node
    key: str | None


def find_overlaps(file: FileView) -> None:
    """Adds what rules of the file say twice, or in vain."""
    matches = [
        _Match(number, rule, match)
        for number, (rule, match) in enumerate((rule, match) for rule in file.rules for match in rule.matches)
        if all(len(nodes) <= MAX_ITEMS for nodes in match.items.values())
    ]
    find_in_lists(file)
    if len(matches) > MAX_ITEMS:
        return
    filed = _Filed(matches)
    items: dict[int, list[_Item]] = defaultdict(list)
    for match in matches:
        items[id(match.rule)] += _items(match)
    left = MAX_ITEMS
    for rule in file.rules:
        left -= len(items[id(rule)])
        if left < 0:
            break
        _find_in_rule(file, rule, items[id(rule)], filed)


def _find_in_rule(file: FileView, rule: RuleView, items: list[_Item], filed: _Filed) -> None:
    said = [(item, filed.cover(item, _same_effect)) for item in items]
    covers = [cover for _, cover in said if cover is not None]
    if items and len(covers) == len(items) and all(cover.rule is not rule for cover in covers):
        lines = ", ".join(dict.fromkeys(str(cover.rule.node.line) for cover in covers))
        same = all(is_same(item.owner.conditions, cover.conditions) for item, cover in said if cover)
        if same:
            file.add("duplicate-rule", rule.node, f"this rule is the one in line {lines} once more")
        else:
            message = f"this rule is never needed: the one in line {lines} matches all that it matches"
            file.add("shadowed-rule", rule.node, message)
        return
    for item, cover in said:
        if cover is not None:
            where = "above" if cover.match.node.line == item.node.line else f"in line {cover.match.node.line}"
            file.add("duplicate-item", item.node, f"{_shown(item)} is matched by the {rule.verb} {where} already")
    for item in items:
        winner = filed.cover(item, _wins_over)
        if winner is None:
            continue
        if rule.verb == "drop":
            message = f"{_shown(item)} is never dropped: the keep in line {winner.match.node.line} always wins"
            file.add("keep-drop-conflict", item.node, message)
        else:
            message = f"{_shown(item)} never becomes a {rule.verb}: the {winner.rule.verb} in line"
            file.add("shadowed-rule", item.node, f"{message} {winner.match.node.line} comes later and wins")


def _shown(item: _Item) -> str:
    return quote(item.node.text) if isinstance(item.node, Scalar) else "this match"


def _items(match: _Match) -> list[_Item]:
    """A match as its items: of the first list that it has, each alone; any other match is one item."""
    for key in LIST_KEYS:
        values = getattr(match.conditions, key)
        nodes = match.match.items.get(key, [])
        if values and len(nodes) == len(values) <= MAX_ITEMS:
            if len(values) == 1:
                return [_Item(match, match.conditions, nodes[0], key)]
            pairs = zip(values, nodes, strict=True)
            return [_Item(match, _with(match.conditions, key, value), node, key) for value, node in pairs]
    return [_Item(match, match.conditions, match.match.node, None)]


# What is compared with what.


class _Filed:
    """The matches of a file by what they have in common with others."""

    def __init__(self, matches: list[_Match]) -> None:
        self._by_key: dict[tuple[str, str], list[_Match]] = defaultdict(list)
        self._unfiled: list[_Match] = []
        self._left = MAX_COMPARISONS
        for match in matches:
            keys = set(_keys(match.conditions))
            for key in keys:
                if len(self._by_key[key]) < MAX_COMPARED:
                    self._by_key[key].append(match)
            if not keys and len(self._unfiled) < MAX_UNFILED:
                self._unfiled.append(match)

    def cover(self, item: _Item, relation: Callable[[_Match, _Match], bool]) -> _Match | None:
        """The first match of the file that covers an item and stands in a relation to its rule.

        Of two that cover each other only the later one is covered, so that one of them stays.
        """
        for other in self._candidates(item.conditions):
            if other is item.owner or not relation(item.owner, other):
                continue
            self._left -= 1
            if self._left < 0:
                return None
            if not covers(other.conditions, item.conditions):
                continue
            if relation is _same_effect and other.number > item.owner.number and self._covered_back(item, other):
                continue
            return other
        return None

    def _covered_back(self, item: _Item, other: _Match) -> bool:
        """Whether the later match has an item that is this one once more: then that one is told."""
        return any(
            covers(same, item.conditions) and covers(item.owner.conditions, same)
            for same in _variants(other.conditions, item)
        )

    def _candidates(self, conditions: Conditions) -> Iterable[_Match]:
        seen: set[int] = set()
        for key in _asked(conditions):
            for match in self._by_key.get(key, ()):
                if match.number not in seen:
                    seen.add(match.number)
                    yield match
        yield from self._unfiled


def _variants(conditions: Conditions, item: _Item) -> Iterator[Conditions]:
    """A match with one item of its list alone, for each that may be the given one."""
    key = item.key
    values = getattr(conditions, key) if key else ()
    if key in ("text", "like") and values:
        values = getattr(item.conditions, key)
    yield from (_with(conditions, key, value) for value in values) if key and values else (conditions,)


def _with(conditions: Conditions, key: str, value: Any) -> Conditions:
    """A match with one item in its list."""
    changed: dict[str, Any] = {key: (value,)}
    return replace(conditions, **changed)


def _keys(conditions: Conditions) -> Iterator[tuple[str, str]]:
    """What a match is filed under: a match that it covers is looked up under one of these."""
    yield from (("text", folded(text)) for text in (*conditions.text, *conditions.like))
    yield from (("xpath", normal(selector)) for selector in conditions.xpath)
    for selector in conditions.css:
        yield "css", normal(selector)
        for compound in selector.compounds or ():
            yield "compound", least_name(compound)


def _asked(conditions: Conditions) -> Iterator[tuple[str, str]]:
    yield from _keys(conditions)
    for selector in conditions.css:
        for compound in (selector.compounds or ())[:1]:
            yield from (("compound", name) for name in names_of(compound))


def _same_effect(one: _Match, other: _Match) -> bool:
    return all(getattr(one.rule.rule, name) == getattr(other.rule.rule, name) for name in _EFFECT)


def _wins_over(one: _Match, other: _Match) -> bool:
    """Whether of two rules on the same block the other always wins, and differently."""
    if one.rule.verb == "drop":
        return other.rule.verb == "keep" and is_own(one.conditions) == is_own(other.conditions)
    kinds = one.rule.verb in _KINDS and other.rule.verb in _KINDS
    return kinds and other.rule.rule.order > one.rule.rule.order and not _same_effect(one, other)
