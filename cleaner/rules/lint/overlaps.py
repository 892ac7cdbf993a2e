"""Rules that say what other rules of their file have said: duplicates, shadows, and drops that a keep always beats.

A match *covers* another where all that the second asks for makes what the first asks for hold. Only what is certain
counts, so a condition that is not known here must be the same in both.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Any

from cleaner.normalize import fold
from cleaner.rules.lint.codes import Edit
from cleaner.rules.lint.views import LIST_KEYS, FileView, MatchView, RuleView
from cleaner.rules.source import Node, Scalar, Sequence, quote
from cleaner.rules.types import Conditions, Rule
from cleaner.selectors import CompoundSelector, Selector

MAX_COMPARED = 20
"""Matches that are compared with an item of another: those with something in common, in the order of the file."""
MAX_ITEMS = 20_000
"""Items of a file that are compared with others; a file that has more is made by a program."""
MAX_COMPARISONS = 50_000
"""Comparisons of an item with a match, in a file."""
MAX_UNFILED = 100
"""Matches of a file, without a text or selector, that are compared with the items of all others."""
_EFFECT = [each.name for each in fields(Rule) if each.name not in ("matches", "id", "why", "source", "tier", "order")]
_FOLDED_KEYS, _SELECTED = ("text", "like", "unless", "with_companions"), ("css", "xpath")
_KINDS = ("heading", "paragraph")
_EFFECTS = ("takes_links", "keep")
"""Parts of a match that say what is done, not where."""
_AT_MOST, _AT_LEAST = ("max_words",), ("repeats", "recurs_irregularly")


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
    _find_in_lists(file)
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
        same = all(_is_same(item.owner.conditions, cover.conditions) for item, cover in said if cover)
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
    yield from (("text", _folded(text)) for text in (*conditions.text, *conditions.like))
    yield from (("xpath", _normal(selector)) for selector in conditions.xpath)
    for selector in conditions.css:
        yield "css", _normal(selector)
        for compound in selector.compounds or ():
            yield "compound", _least(compound)


def _asked(conditions: Conditions) -> Iterator[tuple[str, str]]:
    yield from _keys(conditions)
    for selector in conditions.css:
        for compound in (selector.compounds or ())[:1]:
            yield from (("compound", name) for name in _names(compound))


def _same_effect(one: _Match, other: _Match) -> bool:
    return all(getattr(one.rule.rule, name) == getattr(other.rule.rule, name) for name in _EFFECT)


def _wins_over(one: _Match, other: _Match) -> bool:
    """Whether of two rules on the same block the other always wins, and differently."""
    if one.rule.verb == "drop":
        return other.rule.verb == "keep" and _is_own(one.conditions) == _is_own(other.conditions)
    kinds = one.rule.verb in _KINDS and other.rule.verb in _KINDS
    return kinds and other.rule.rule.order > one.rule.rule.order and not _same_effect(one, other)


# When a match covers another.


def covers(wide: Conditions, narrow: Conditions) -> bool:
    """Whether every block that the narrow match is on is one that the wide match is on, with the same strength."""
    if _is_own(narrow) and not _is_own(wide):
        return False
    return all(_follows(each.name, getattr(wide, each.name), narrow, wide) for each in fields(Conditions))


def _is_own(conditions: Conditions) -> bool:
    """Whether a match is on the block itself rather than on an element around it."""
    selects = conditions.css or conditions.xpath
    return not selects or bool(conditions.text or conditions.like or conditions.regex or conditions.words)


def _is_same(one: Conditions, other: Conditions) -> bool:
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
    if not set(map(_folded, narrow.with_companions)) <= set(map(_folded, wide.with_companions)):
        return False
    return set(map(_folded, narrow.text)) <= set(map(_folded, wide.text))


def _like_follows(narrow: Conditions, wide: Conditions) -> bool:
    near = set(map(_folded, wide.like))
    if narrow.text and _is_plain(narrow) and set(map(_folded, narrow.text)) <= near:
        return True
    return bool(narrow.like) and narrow.edits <= wide.edits and set(map(_folded, narrow.like)) <= near


def _unless_follows(wanted: tuple[str, ...], narrow: Conditions) -> bool:
    spared = set(map(_folded, wanted)) - set(map(_folded, narrow.unless))
    return not spared or (_is_plain(narrow) and spared.isdisjoint(map(_folded, narrow.text)))


def _is_plain(conditions: Conditions) -> bool:
    """Whether a match is on its texts and on no variant of them."""
    return bool(conditions.text) and not conditions.misspelt and not conditions.with_companions


def _selected_by(narrow: Selector, wide: tuple[Selector, ...]) -> bool:
    if _normal(narrow) in {_normal(selector) for selector in wide if selector.language == narrow.language}:
        return True
    compounds = [compound for selector in wide for compound in selector.compounds or ()]
    return bool(narrow.compounds) and all(
        any(_is_selected_by(compound, other) for other in compounds) for compound in narrow.compounds or ()
    )


def _is_selected_by(narrow: CompoundSelector, wide: CompoundSelector) -> bool:
    asks = bool(wide.tag or wide.id or wide.classes)
    same = wide.tag in (None, narrow.tag) and wide.id in (None, narrow.id)
    return asks and same and wide.classes <= narrow.classes


@lru_cache(maxsize=65_536)
def _folded(text: str) -> str:
    return fold(text) or text


def _normal(selector: Selector) -> str:
    return _collapsed(selector.source)


def _collapsed(text: str) -> str:
    return " ".join(text.split())


@lru_cache(maxsize=65_536)
def _finds(patterns: tuple[str, ...], text: str) -> bool:
    import re2

    return any(re2.search(pattern, _folded(text)) is not None for pattern in patterns)


# Items of one list.


def _find_in_lists(file: FileView) -> None:
    for rule in file.rules:
        value = rule.node.entries[rule.verb][1]
        for match in rule.matches:
            for key, nodes in match.items.items():
                holder = match.entries[key][1] if key in match.entries else value
                _find_twice(file, key, nodes, holder)
            _find_twice_in_selectors(file, match)


def _find_twice(file: FileView, key: str, nodes: list[Scalar], holder: Node) -> None:
    first: dict[str, Scalar] = {}
    for node in nodes:
        name = _folded(node.text) if key in _FOLDED_KEYS else _collapsed(node.text) if key in _SELECTED else node.text
        known = first.setdefault(name, node)
        if known is not node:
            folded = "" if known.text == node.text else f", where it is {quote(known.text)}"
            message = f"{quote(node.text)} is in this list already, in line {known.line}{folded}"
            file.add("duplicate-item", node, message, *removal(file.text, node, holder))


def _find_twice_in_selectors(file: FileView, match: MatchView) -> None:
    """Adds parts of CSS selectors that another part of the same list selects already."""
    nodes = match.items.get("css", [])
    pairs = zip(match.conditions.css, nodes, strict=False)
    parts = [(part, node) for selector, node in pairs for part in _parts(selector)]
    filed: dict[str, list[tuple[int, CompoundSelector]]] = defaultdict(list)
    for number, (part, _) in enumerate(parts):
        if isinstance(part, CompoundSelector) and len(filed[_least(part)]) < MAX_COMPARED:
            filed[_least(part)].append((number, part))
    seen: set[str] = set()
    whole = Counter(_collapsed(node.text) for node in nodes)
    for number, (part, node) in enumerate(parts):
        if isinstance(part, str):
            twice = part if part in seen else None
            seen.add(part)
        else:
            others = (each for name in _names(part) for each in filed.get(name, ()))
            found = (o for n, o in others if n != number and _is_selected_by(part, o) and (o != part or n < number))
            twice = next(map(_written, found), None)
        if twice is not None and whole[_collapsed(node.text)] == 1:
            what = _written(part) if isinstance(part, CompoundSelector) else part
            file.add("duplicate-item", node, f"{quote(what)} is selected by {quote(twice)} in this list already")


def _parts(selector: Selector) -> list[CompoundSelector | str]:
    if selector.compounds is not None:
        return list(selector.compounds)
    source = selector.source
    return [_collapsed(part) for part in ([source] if "(" in source or '"' in source else source.split(","))]


def _names(compound: CompoundSelector) -> list[str]:
    """What a compound selector asks for, under which one that is wider may be filed."""
    names = [*(f".{each}" for each in sorted(compound.classes)), compound.id and f"#{compound.id}", compound.tag]
    return [name for name in names if name]


def _least(compound: CompoundSelector) -> str:
    return _names(compound)[0] if _names(compound) else ""


def _written(compound: CompoundSelector) -> str:
    id = f"#{compound.id}" if compound.id else ""
    return f"{compound.tag or ''}{id}{''.join(f'.{each}' for each in sorted(compound.classes))}"


def removal(text: str, node: Scalar, holder: Node) -> tuple[Edit, ...]:
    """What takes an item out of its list; nothing where it is not clear what goes with it."""
    if not isinstance(holder, Sequence) or len(holder.items) < 2:
        return ()
    return _from_brackets(text, node) if holder.flow else _from_lines(text, node)


def _from_brackets(text: str, node: Scalar) -> tuple[Edit, ...]:
    end = node.end
    while text[end : end + 1] in (" ", "\t"):
        end += 1
    if text[end : end + 1] == ",":
        end += 1
        rest = text[end:].partition("\n")[0].lstrip()
        return (Edit(*_to_line_end(text, node.start, end) if not rest or rest[0] == "#" else (node.start, end + 1)),)
    start = len(text[: node.start].rstrip(" \t\n"))
    return (Edit(start - 1, node.end),) if text[start - 1 : start] == "," else ()


def _to_line_end(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch that a line ends with, and the space before it; the whole line where it has nothing else."""
    before = len(text[:start].rstrip(" \t"))
    if text[before - 1 : before] != "\n":
        return before, end
    rest = text[end:].partition("\n")[0]
    return (start, end + rest.find("#")) if rest.strip() else (before, end + len(rest) + 1)


def _from_lines(text: str, node: Scalar) -> tuple[Edit, ...]:
    start = text.rfind("\n", 0, node.start) + 1
    if text[start : node.start].strip() != "-":
        return ()
    end = text.find("\n", node.end - (text[node.end - 1 : node.end] == "\n"))
    return (Edit(start, len(text) if end < 0 else end + 1),)
