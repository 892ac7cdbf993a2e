"""What can be told of a pattern without a text: that it is found in none, or in every one.

A pattern is read to a small tree. Over it goes what can be known of a place in a text: whether the text begins there,
whether it ends there, and whether a space stands before it. A part that can hold at no place has no places after it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from cleaner.normalize import fold

MAX_GROUPS = 60
"""Groups of a pattern that is looked into; more are left alone, and so is the stack."""

MAX_LENGTH = 2000
"""Characters of such a pattern."""

_TOKEN = re.compile(
    r"""(?P<quoted>\\Q.*?(?:\\E|\Z))|(?P<escape>\\(?:[pP](?:\{[^}]*\}|.)|x(?:\{[^}]*\}|..)|[0-7]{1,3}|.))
    |(?P<set>\[\^?\]?(?:\\[pP]\{[^}]*\}|\\.|\[:\^?\w+:\]|[^\]\\])*\])
    |(?P<flags>\(\?[imsU-]*\))|(?P<open>\((?:\?(?:P?<\w+>|[imsU-]*:))?)|(?P<close>\))|(?P<or>\|)
    |(?P<times>[*+?]|\{(?P<least>\d+)(?:,\d*)?\})\??|(?P<anchor>[\^$])|(?P<any>\.)|(?P<plain>.)""",
    re.DOTALL | re.VERBOSE,
)
_PROBES = (*map(chr, range(0x21, 0x7F)), "é", "я", "漢", "a word", "The ferry is late.")
_FOLDED_PROBES = tuple(dict.fromkeys(fold(text) for text in _PROBES if fold(text)))


@dataclass(frozen=True, slots=True)
class _Place:
    """What is known of a place in a text."""

    begins: bool
    """Whether it is the text's beginning."""
    ends: bool
    """Whether nothing may come any more."""
    after_space: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Atom:
    """One character; `literal` where only this one fits."""

    literal: str | None
    dead: bool = False
    """Whether no character of a text fits."""


@dataclass(frozen=True, slots=True, eq=False)
class _Anchor:
    at_end: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Group:
    """Alternatives, each a sequence of parts."""

    branches: list[list[_Part]]


@dataclass(frozen=True, slots=True, eq=False)
class _Repeat:
    part: _Part
    optional: bool
    several: bool


_Part: TypeAlias = "_Atom | _Anchor | _Group | _Repeat"
_Places: TypeAlias = frozenset[_Place]


def is_found_nowhere(pattern: str, *, folded: bool) -> bool:
    """Whether no text can hold the pattern, as far as anchors, spaces and sets tell; `folded` for folded texts."""
    if (
        len(pattern) > MAX_LENGTH
        or pattern.count("(") > MAX_GROUPS
        or re.search(r"\(\?[a-zA-Z]*[ms]", pattern)
        or "(?i" in pattern
    ):
        return False
    parsed = _parse(pattern, folded)
    start = frozenset((_Place(True, False, False), _Place(False, False, False), _Place(False, False, True)))
    return parsed is not None and not _Walk(folded).after(parsed, start)


def is_found_everywhere(pattern: str, *, folded: bool) -> bool:
    """Whether the pattern is found in every text, as probes tell: each sign alone, letters of scripts, a sentence."""
    import re2

    return all(re2.search(pattern, probe) is not None for probe in (_FOLDED_PROBES if folded else _PROBES))


def is_nullable(pattern: str) -> bool:
    """Whether the pattern is found in an empty text."""
    import re2

    return re2.search(pattern, "") is not None


class _Walk:
    """Follows places through the parts of one pattern."""

    def __init__(self, folded: bool) -> None:
        self.folded = folded
        self._known: dict[tuple[int, _Places], _Places] = {}

    def after(self, part: _Part, places: _Places) -> _Places:
        """The places at which a match of the part can end that begins at one of these."""
        key = (id(part), places)
        if key not in self._known:
            self._known[key] = self._after(part, places)
        return self._known[key]

    def _after(self, part: _Part, places: _Places) -> _Places:
        match part:
            case _Atom():
                return frozenset(self._next(part, place) for place in places if self._fits(part, place))
            case _Anchor(at_end=True):
                return frozenset(_Place(p.begins, True, p.after_space) for p in places if not self._bare(p))
            case _Anchor():
                return frozenset(place for place in places if place.begins)
            case _Group():
                return frozenset().union(*(self._sequence(branch, places) for branch in part.branches))
            case _Repeat():
                return self._repeat(part, places)

    def _sequence(self, parts: list[_Part], places: _Places) -> _Places:
        for part in parts:
            places = self.after(part, places)
        return places

    def _repeat(self, repeat: _Repeat, places: _Places) -> _Places:
        found = self.after(repeat.part, places)
        while repeat.several:
            more = found | self.after(repeat.part, found)
            if more == found:
                break
            found = more
        return found | places if repeat.optional else found

    def _fits(self, atom: _Atom, place: _Place) -> bool:
        if place.ends or atom.dead:
            return False
        return not (self.folded and atom.literal == " " and (place.begins or place.after_space))

    def _bare(self, place: _Place) -> bool:
        return self.folded and place.after_space

    def _next(self, atom: _Atom, _: _Place) -> _Place:
        return _Place(False, False, atom.literal == " ")


def _parse(pattern: str, folded: bool) -> _Group | None:
    """The tree of a pattern that RE2 reads; None where it is not understood."""
    stack: list[_Group] = [_Group([[]])]
    for token in _TOKEN.finditer(pattern):
        kind, written = token.lastgroup, token[0]
        if kind == "least":
            kind = "times"
        parts = stack[-1].branches[-1]
        if kind == "open":
            stack.append(_Group([[]]))
            parts.append(stack[-1])
        elif kind == "close":
            if len(stack) == 1:
                return None
            stack.pop()
        elif kind == "or":
            stack[-1].branches.append([])
        elif kind == "times":
            if not parts:
                return None
            parts[-1] = _repeated(parts[-1], token["times"], token["least"])
        elif kind != "flags":
            parts += _atoms(kind or "plain", written, folded)
    return stack[0] if len(stack) == 1 else None


def _repeated(part: _Part, sign: str, least: str | None) -> _Repeat:
    if least is None:
        return _Repeat(part, optional=sign != "+", several=sign != "?")
    return _Repeat(part, optional=int(least) == 0, several=int(least) > 1 or "," in sign)


def _atoms(kind: str, written: str, folded: bool) -> list[_Part]:
    match kind, written:
        case ("anchor", "^") | ("escape", r"\A"):
            return [_Anchor(at_end=False)]
        case ("anchor", "$") | ("escape", r"\z"):
            return [_Anchor(at_end=True)]
        case "escape", r"\b" | r"\B":
            return []
        case "quoted", _:
            return [_Atom(char) for char in written[2:].removesuffix(r"\E")]
        case "plain", _:
            return [_Atom(written)]
        case "any", _:
            return [_Atom(None)]
    return [_Atom(None, dead=not _has_member(written, folded))]


@lru_cache(maxsize=4096)
def _has_member(written: str, folded: bool) -> bool:
    """Whether a set or an escape fits a character that a text can hold."""
    import re2

    first = "abcdefghijklmnopqrstuvwxyz0123456789 _"
    return any(re2.search(written, text) is not None for text in (first, _characters(folded)))


@lru_cache(maxsize=2)
def _characters(folded: bool) -> str:
    """Characters that texts hold: the Basic Multilingual Plane and some beyond it."""
    everyone = [chr(code) for code in (*range(0x20, 0xD800), *range(0xE000, 0xFFFE), 0x10000, 0x1F600, 0x20000)]
    return "".join([char for char in everyone if fold(char) == char] if folded else ["\t\n", *everyone])
