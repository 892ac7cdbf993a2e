"""The value of a verb in a rule file, read to the conditions of its matches."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, get_args

from cleaner.document import BlockKind
from cleaner.normalize import fold
from cleaner.rules import values
from cleaner.rules.keys import MATCH
from cleaner.rules.source import Mapping, Node, Problems, Scalar, Sequence, quote
from cleaner.rules.types import DEFAULT_EDITS, LONGEST_LIKE, Conditions, Place, Verb

SELECTOR_KEYS = ("css", "xpath")
SELECTOR_VERBS = ("main", "unwrap")
"""Verbs that are about elements of the page, not about a block's text."""
_ALONE = ("heads_next", "heads_links", "place", "recurs_irregularly", "repeats", "takes_links")
"""What is asked of blocks when these are there: `split` makes them, so it cannot ask."""
KINDS: tuple[str, ...] = get_args(BlockKind)
MAX_EDITS = 3

_READERS: dict[str, Callable[[Node, str, Problems], Any]] = {
    "text": values.words,
    "like": values.words,
    "edits": lambda node, key, problems: values.number(node, key, 0, MAX_EDITS, problems),
    "misspelt": values.flag,
    "with_companions": values.words,
    "unless": values.words,
    "regex": values.patterns,
    "words": values.folded_patterns,
    "css": lambda node, key, problems: values.selectors(node, key, problems, elements=True),
    "xpath": lambda node, key, problems: values.selectors(node, key, problems, elements=True),
    "kind": lambda node, key, problems: values.choices(node, key, KINDS, problems),
    "from_markup": values.flag,
    "max_words": lambda node, key, problems: values.number(node, key, 1, None, problems),
    "repeats": lambda node, key, problems: values.number(node, key, 2, None, problems),
    "heads_next": values.flag,
    "heads_links": values.flag,
    "takes_links": values.flag,
    "recurs_irregularly": lambda node, key, problems: values.number(node, key, 2, None, problems),
    "place": lambda node, key, problems: _place(node, key, problems),
    "keep": values.flag,
}
MATCH_KEYS = tuple(_READERS)
ALIASES = {
    "beside": "with_companions",
    "interrupts": "recurs_irregularly",
    "marked": "from_markup",
    "subject": "heads_next",
}
"""Former names of keys, which keep working."""


@cache
def keys_of(verb: str) -> tuple[str, ...]:
    """The keys that a match of a verb may have, with their former names."""
    known = (*SELECTOR_KEYS, "keep") if verb in SELECTOR_VERBS else (*MATCH_KEYS, *ALIASES)
    if verb == "heading":
        known = (*known, "level")
    without = {
        *(_ALONE if verb == "split" else ()),
        *(name for name, key in MATCH.items() if key.verbs and verb not in key.verbs),
    }
    return tuple(key for key in known if ALIASES.get(key, key) not in without)


class MatchReader:
    """Reads the matches of one rule; `levels` are the heading levels that stood inside them."""

    def __init__(self, verb: Verb, beside: tuple[str, ...], problems: Problems) -> None:
        self.verb = verb
        self.problems = problems
        self.levels: list[tuple[Node, int]] = []
        self.known = keys_of(verb)
        keys = (*MATCH_KEYS, *ALIASES, "level")
        misplaced = {key: f"'{verb}' does not take {key!r}" for key in keys if key not in self.known}
        self.elsewhere = {key: f"{key!r} belongs beside '{verb}', not inside it" for key in beside} | misplaced

    def matches(self, node: Node) -> tuple[Conditions, ...]:
        """The matches of a verb's value: a text, a mapping, or a list of those."""
        nodes = node.items if isinstance(node, Sequence) else [node]
        if not nodes:
            self.problems.add(node, f"'{self.verb}' is an empty list")
        plain = Sequence(node.line, node.column, [item for item in nodes if not isinstance(item, Mapping)])
        found = [self._texts(plain)] if plain.items else []
        found += [self._match(item) for item in nodes if isinstance(item, Mapping)]
        return tuple(match for match in found if match is not None)

    def _texts(self, node: Sequence) -> Conditions | None:
        first = node.items[0]
        if self.verb == "split" and isinstance(first, Scalar):
            self.problems.add(first, "'split' takes css, xpath or regex: a block with only this text begins already")
            return None
        if self.verb in SELECTOR_VERBS and isinstance(first, Scalar):
            hint = f"{self.verb}: {{css: ...}}"
            self.problems.add(first, f"'{self.verb}' takes css or xpath, not a text; write {hint}")
            return None
        text = values.words(node, self.verb, self.problems)
        return Conditions(text=text) if text else None

    def _match(self, node: Mapping) -> Conditions | None:
        before = len(self.problems.found)
        entries = values.entries(node, self.verb, self.known, self.problems, self.elsewhere) or {}
        if not node.entries:
            named = ", ".join(key for key in self.known if key not in ALIASES and key != "keep")
            self.problems.add(node, f"an empty match; give one of {named}", "missing-key")
        level = entries.pop("level", None)
        if level is not None:
            self._level(level[1])
        parts = {ALIASES.get(key, key): self._part(key, entries) for key in entries}
        if len(self.problems.found) == before:
            self._together(node, parts)
        return Conditions(**parts) if len(self.problems.found) == before else None

    def _part(self, key: str, entries: dict[str, tuple[Scalar, Node]]) -> Any:
        node, value = entries[key]
        name = ALIASES.get(key, key)
        if name != key and name in entries:
            self.problems.add(node, f"{key!r} is the former name of {name!r}; give only one of them", "combination")
        return _READERS[name](value, key, self.problems)

    def _level(self, node: Node) -> None:
        level = values.number(node, "level", 1, 6, self.problems)
        if level is not None:
            self.levels.append((node, level))

    def _together(self, node: Mapping, parts: dict[str, Any]) -> None:
        """What is wrong with parts that are right one by one."""
        if not parts:
            named = ", ".join(key for key in MATCH_KEYS if key in self.known and key != "keep")
            self.problems.add(node, f"'level' alone matches nothing; give one of {named}", "missing-key")
        for key, say in (("takes_links", "which labels take their links along"), ("keep", "which blocks are kept")):
            if list(parts) == [key]:
                message = f"{key!r} alone matches every block; say {say}"
                self.problems.add(node.entries[key][0], message, "missing-key")
        if "edits" in parts and "like" not in parts:
            self.problems.add(node.entries["edits"][0], "'edits' goes with 'like'", "combination")
        for key in ("with_companions", "beside", "misspelt"):
            if key in node.entries and "text" not in parts:
                self.problems.add(node.entries[key][0], f"{key!r} goes with 'text'", "combination")
        if self.verb == "split" and not {*SELECTOR_KEYS, "regex"} & parts.keys():
            self.problems.add(node, "'split' needs 'css', 'xpath' or 'regex'", "missing-key")
        edits = parts.get("edits", DEFAULT_EDITS)
        for like in parts.get("like", ()):
            if len(fold(like)) < 2 * edits:
                self.problems.add(node.entries["like"][1], f"'like': {quote(like)} is too short for {edits} edits")
            if len(fold(like)) > LONGEST_LIKE:
                message = f"'like' is for short texts, of {LONGEST_LIKE} characters at most"
                self.problems.add(node.entries["like"][1], message)


def _place(node: Node, what: str, problems: Problems) -> Place | None:
    if isinstance(node, Mapping):
        return _counted_place(node, what, problems)
    chosen = values.choices(node, what, ("first", "last"), problems)
    if chosen is None:
        return None
    if len(chosen) > 1:
        problems.add(node, f"{what!r} is one of first, last")
        return None
    return Place("first" if chosen[0] == "first" else "last", 1)


def _counted_place(node: Mapping, what: str, problems: Problems) -> Place | None:
    entries = values.entries(node, what, ("first", "last"), problems) or {}
    if len(node.entries) != 1:
        problems.add(node, f"{what!r} is one of {{first: n}}, {{last: n}}")
        return None
    for key, (_, value) in entries.items():
        count = values.number(value, key, 1, None, problems)
        if count is not None:
            return Place("first" if key == "first" else "last", count)
    return None
