"""What the models for text see of a line: its form, its neighbours and the document, as one row of numbers a line.

Nothing here knows a language: a word is a run of letters, and what is counted is its length and its case. A *line* is
a block of the text with its hard wraps undone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.models import characters as ch
from cleaner.models.characters import Floats

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

FAR = 60
"""Lines beyond which a distance is not told."""
LOOKED_AT = 400
"""Characters of a line that are counted; how long it is counts in full."""
PROSE_WORDS = 12
"""Words of a line that is prose rather than a label."""
SHORT = 200
"""Characters of the lines whose copies are counted."""
_ROOM = 256
"""Features that a table has room for."""
_LETTERS = 6
"""Letters by which a word is known again, whatever ending it has."""
SIDES = (-3, -2, -1, 1, 2, 3)
"""The neighbours that are looked at."""


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a document, and what the layout has told of them."""

    texts: Sequence[str]
    gaps: Sequence[bool]
    """Whether a blank line, or the text's beginning, stands before each."""
    indents: Sequence[int]


@dataclass(slots=True)
class Forms:
    """The features of a document's lines."""

    matrix: Floats
    """Features by lines."""
    names: tuple[str, ...]
    blocks: list[int]
    """Number of each line's block in the page."""
    words: Floats
    """Words of each line; in scripts without spaces two characters count as one."""

    def __getitem__(self, name: str) -> Floats:
        column: Floats = self.matrix[self.names.index(name)]
        return column


@cache
def names_of() -> tuple[str, ...]:
    """The names of all features, in their order."""
    return forms_of(Lines(["One line is enough."], [True], [0])).names


class _Columns:
    """Columns as they are made, by name."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.places: dict[str, int] = {}
        self.matrix = np.empty((_ROOM, size), np.float32)

    def add(self, name: str, column: Any) -> None:
        place = self.places[name] = len(self.places)
        self.matrix[place] = column

    def add_all(self, names: Sequence[str], columns: Floats) -> None:
        """Several at once."""
        first = len(self.places)
        self.places.update(zip(names, range(first, first + len(names)), strict=True))
        self.matrix[first : len(self.places)] = columns

    def __getitem__(self, name: str) -> Floats:
        found: Floats = self.matrix[self.places[name]]
        return found


def forms_of(lines: Lines) -> Forms:
    """The features of one line or more, none of them empty."""
    table = _Columns(len(lines.texts))
    _characters(table, lines)
    _words(table)
    _layout(table, lines)
    _copies(table, lines)
    prose = _is_prose(table)
    _neighbours(table)
    _runs(table, prose)
    _document(table, prose)
    return Forms(table.matrix[: len(table.places)], tuple(table.places), list(range(table.size)), table["words"])


_COUNTED = (
    ("letters", ch.LETTER),
    ("upper", ch.UPPER),
    ("cased", ch.UPPER | ch.LOWER),
    ("digits", ch.DIGIT),
    ("word", ch.WORD),
    ("spaceless", ch.SPACELESS),
    ("pauses", ch.PAUSE),
    ("colons", ch.COLON),
    ("dashes", ch.DASH),
    ("separators", ch.SEPARATOR),
    ("currency", ch.CURRENCY),
    ("openings", ch.OPENING),
)
"""What is counted of a line's characters."""
_COUNTER_BITS = 10
"""Of one counter among several in one number; LOOKED_AT fits."""
_AT_ONCE = 6
"""Counters that one number holds."""
_LINES_AT_ONCE = 4_096
"""Lines whose signs and words are counted together: an array a sign takes many times the text."""


@cache
def _counters() -> list[npt.NDArray[np.uint64]]:
    """For the kinds of characters the numbers to add up, each of which holds several counters of _COUNTED."""
    kinds = np.arange(1 << 15)
    found = []
    for first in range(0, len(_COUNTED), _AT_ONCE):
        packed = np.zeros(1 << 15, np.uint64)
        for place, (_, bits) in enumerate(_COUNTED[first : first + _AT_ONCE]):
            packed |= (kinds & bits > 0).astype(np.uint64) << np.uint64(place * _COUNTER_BITS)
        found.append(packed)
    return found


def _totals(kinds: npt.NDArray[np.uint16], starts: Ints) -> dict[str, Floats]:
    """How many characters of each sort a line has."""
    totals: dict[str, Floats] = {}
    names = iter(_COUNTED)
    for packed in _counters():
        sums = np.concatenate([np.add.reduceat(packed[part], at) for part, at in _parts(kinds, starts)])
        for place, (name, _) in zip(range(_AT_ONCE), names, strict=False):
            mask = np.uint64((1 << _COUNTER_BITS) - 1)
            totals[name] = (sums >> np.uint64(place * _COUNTER_BITS) & mask).astype(np.float32)
    return totals


def _parts(kinds: npt.NDArray[Any], starts: Ints) -> Iterator[tuple[npt.NDArray[Any], Ints]]:
    """The characters of some lines at a time, and where each of these begins."""
    for first in range(0, len(starts), _LINES_AT_ONCE):
        at = starts[first : first + _LINES_AT_ONCE + 1]
        end = at[-1] if len(at) > _LINES_AT_ONCE else len(kinds)
        yield kinds[at[0] : end], at[:_LINES_AT_ONCE] - at[0]


def _characters(own: _Columns, lines: Lines) -> None:
    """Counts of signs, and what stands at a line's two ends."""
    heads = [text[:LOOKED_AT] for text in lines.texts]
    codes, kinds = ch.kinds_of("\n".join(heads) + "\n")
    ends = np.cumsum(np.fromiter(map(len, heads), np.int64, own.size) + 1)
    starts = np.concatenate(([0], ends[:-1]))
    size = np.maximum(ends - starts - 1, 1).astype(np.float32)
    total = _totals(kinds, starts)
    some_letters = np.maximum(total["letters"], 1)
    own.add("characters", np.fromiter(map(len, lines.texts), np.float32, own.size))
    own.add("letters", total["letters"])
    own.add("upper", total["upper"] / some_letters)
    own.add("caseless", 1 - total["cased"] / some_letters)
    own.add("digits", total["digits"] / size)
    own.add("signs", (size + 1 - total["word"]) / size)
    for name in ("spaceless", "pauses", "colons", "dashes", "separators", "currency", "openings"):
        own.add(name, total[name])
    own.add("addresses", _count_at(np.flatnonzero((codes == 64) | (codes == 95)), starts))
    signs = np.flatnonzero(kinds & ch.END)
    following = codes[np.minimum(signs + 1, len(codes) - 1)]
    own.add("sentence_ends", _count_at(signs[(following == 32) | (following == 10) | (codes[signs] > 255)], starts))
    _edges(own, codes, kinds, starts, ends)
    _word_forms(own, codes, kinds, starts)


def _count_at(places: Ints, starts: Ints) -> Ints:
    """How many of some characters, by their places, each line has."""
    return np.diff(np.append(np.searchsorted(places, starts), len(places)))


def _edges(
    own: _Columns, codes: npt.NDArray[np.uint32], kinds: npt.NDArray[np.uint16], starts: Ints, ends: Ints
) -> None:
    """What a line begins and ends with."""
    first, last = kinds[starts], kinds[np.maximum(ends - 2, starts)]
    second_last = kinds[np.maximum(ends - 3, starts)]
    closed = (last & ch.CLOSING > 0) & (second_last & ch.END > 0)
    for name, bit in (("upper", ch.UPPER), ("lower", ch.LOWER), ("digit", ch.DIGIT), ("opening", ch.OPENING)):
        own.add(f"first_{name}", first & bit > 0)
    own.add("first_sign", (first & (ch.WORD | ch.OPENING)) == 0)
    last_code = codes[np.maximum(ends - 2, starts)]
    own.add("last_end", (last & ch.END > 0) | closed)
    own.add("last_question", (last_code == 63) | (last_code == 0xFF1F) | (last_code == 0x61F))
    for name, bit in (("colon", ch.COLON), ("pause", ch.PAUSE), ("closing", ch.CLOSING), ("digit", ch.DIGIT)):
        own.add(f"last_{name}", last & bit > 0)
    own.add("last_letter", last & ch.LETTER > 0)


def _word_forms(own: _Columns, codes: npt.NDArray[np.uint32], kinds: npt.NDArray[np.uint16], starts: Ints) -> None:
    """Counts of words by their length and case, and by where they come again."""
    made: list[_Words] = []
    passed = 0
    for (part, at), (letters, _) in zip(_parts(kinds, starts), _parts(codes, starts), strict=True):
        made.append(_words_among(letters, part, at, passed))
        passed += len(at)
    for name in made[0].columns:
        own.add(name, np.concatenate([words.columns[name] for words in made]))
    _echoes(own, np.concatenate([words.names for words in made]), np.concatenate([words.line for words in made]))


class _Words(NamedTuple):
    """The words of some lines."""

    columns: dict[str, Floats]
    """Counts, by the feature's name."""
    names: Ints
    """Of the long words."""
    line: Ints
    """Of each long word its line's number."""


def _words_among(codes: npt.NDArray[np.uint32], kinds: npt.NDArray[np.uint16], starts: Ints, passed: int) -> _Words:
    """The words of some lines, of which the first has the number `passed`."""
    is_word = (kinds & ch.WORD > 0).view(np.int8)
    turns = np.diff(is_word, prepend=0)
    first, after = np.flatnonzero(turns == 1), np.flatnonzero(turns == -1)
    in_line = _count_at(first, starts)
    size = len(starts)
    line = np.repeat(np.arange(size), in_line)
    length = after - first

    def count(flags: Any) -> Floats:
        return np.bincount(line, flags, size).astype(np.float32)

    uppers = np.concatenate(([0], np.cumsum(kinds & ch.UPPER > 0, dtype=np.int32)))
    capital = kinds[first] & ch.UPPER > 0
    all_capitals = (uppers[after] - uppers[first] == length) & (length > 1)
    number = kinds[first] & ch.DIGIT > 0
    long = length > 3
    seen = in_line.astype(np.float32)
    some = np.maximum(seen, 1)
    columns: dict[str, Any] = {
        "words_seen": seen,
        "short_words": count(length < 4) / some,
        "word_length": count(length) / some,
        "longest_word": _largest(length, in_line),
        "capitalised": count(capital) / some,
        "long_capitalised": count(capital & long) / np.maximum(count(long & ~number), 1),
        "capitals": count(all_capitals) / some,
        "numbers": count(number) / some,
    }
    chosen = np.flatnonzero(long & ~number)
    return _Words(columns, _names_of_words(codes, first[chosen], length[chosen]), line[chosen] + passed)


def _names_of_words(codes: npt.NDArray[np.uint32], first: Ints, length: Ints) -> Ints:
    """A number for each word: the same for words that begin with the same letters, in either case."""
    names = np.zeros(len(first), np.int64)
    lower = ch.lower()
    for place in range(_LETTERS):
        letter = lower[np.minimum(codes[np.minimum(first + place, len(codes) - 1)], 65_535)]
        names = names * 65_599 + np.where(place < length, letter, 0)
    return names


def _echoes(own: _Columns, names: Ints, line: Ints) -> None:
    """How many of a line's long words come again in the lines under it, and how often in the whole text."""
    some = np.maximum(np.bincount(line, minlength=own.size), 1)
    bits = 62 - own.size.bit_length()
    places, at = np.unique((names & (1 << bits) - 1) * own.size + line, return_inverse=True)  # by word, then by line
    word, where = np.divmod(places, own.size)
    for reach in (1, 2, 3):
        again = np.zeros(len(places), bool)
        for step in range(1, min(reach + 1, len(places))):
            again[:-step] |= places[step:] == places[:-step] + reach
        again &= where + reach < own.size
        own.add(f"echo+{reach}", np.bincount(line, again[at], own.size) / some)
    begins = np.flatnonzero(np.diff(word, prepend=-1))
    lines_with = np.diff(np.append(begins, len(places)))
    lines_with = np.repeat(lines_with, lines_with)[at]
    own.add("echoes", np.bincount(line, np.minimum(lines_with - 1, FAR), own.size) / some)
    own.add("new_words", np.bincount(line, lines_with == 1, own.size) / some)


def _largest(values: Ints, counts: Ints) -> Floats:
    """The largest of each group of values that follow each other; 0 for a group of none."""
    found = np.zeros(len(counts), np.float32)
    some = counts > 0
    if some.any():
        found[some] = np.maximum.reduceat(values, (np.cumsum(counts) - counts)[some])
    return found


def _words(own: _Columns) -> None:
    """How long lines are in words: those that were looked at, and for the rest what they let expect."""
    whole = own["characters"] / np.minimum(own["characters"], LOOKED_AT).clip(1)
    own.add("words", np.rint(own["words_seen"] * whole + own["spaceless"] * whole / 2))


def _layout(own: _Columns, lines: Lines) -> None:
    gaps = np.asarray(lines.gaps, bool)
    if not gaps[1:].any():  # the same lines are seen alike with blank lines between all of them and between none
        gaps = np.ones(own.size, bool)
    indents = np.asarray(lines.indents, np.float32)
    own.add("gap_before", gaps)
    own.add("gap_after", np.append(gaps[1:], True))
    own.add("indent", indents - (indents.min() if len(indents) else 0))
    depth, value = _numbering(lines.texts, own["first_digit"] > 0)
    own.add("number_depth", depth)
    own.add("number", value)


def _numbering(texts: Sequence[str], candidates: Flags) -> tuple[Floats, Floats]:
    """How many parts a number at a line's beginning has ("2.1 " has two, "2019" none), and its last part."""
    depth, value = np.zeros(len(texts), np.float32), np.full(len(texts), -1, np.float32)
    for number in np.flatnonzero(candidates).tolist():
        head = texts[number].split(None, 1)[0]
        parts = head.rstrip(".):").split(".")
        if len(head) < 12 and head.isascii() and all(part.isdigit() for part in parts):
            closed = head[-1] in ".):"
            if (closed or len(parts) > 1) and len(parts[0]) < 4:
                depth[number], value[number] = len(parts), float(parts[-1])
    return depth, value


def _copies(own: _Columns, lines: Lines) -> None:
    """How often a short line occurs, and how far its nearest copy is."""
    places: dict[str, list[int]] = {}
    for number, text in enumerate(lines.texts):
        if len(text) <= SHORT:
            places.setdefault(text.casefold(), []).append(number)
    copies, distance = np.ones(own.size, np.float32), np.full(own.size, FAR, np.float32)
    for found in places.values():
        if len(found) > 1:
            where = np.array(found)
            apart = np.minimum(np.diff(where), FAR)
            copies[where] = len(found)
            distance[where] = np.minimum(np.append(apart, FAR), np.append(FAR, apart))
    own.add("copies", copies)
    own.add("copy_distance", distance)


def _is_prose(own: _Columns) -> Flags:
    return (own["words"] >= PROSE_WORDS) & ((own["sentence_ends"] > 0) | (own["words"] >= 2 * PROSE_WORDS))


_NEAR = (
    "characters",
    "words",
    "upper",
    "digits",
    "signs",
    "pauses",
    "sentence_ends",
    "first_upper",
    "first_lower",
    "first_sign",
    "last_end",
    "last_colon",
    "last_letter",
    "short_words",
    "capitalised",
    "capitals",
    "gap_before",
    "indent",
    "number_depth",
    "copies",
)
"""What is looked at in a line's neighbours."""


_NEAR_NAMES = {side: [f"{name}{side:+d}" for name in _NEAR] for side in SIDES}


def _neighbours(table: _Columns) -> None:
    near = table.matrix[[table.places[name] for name in _NEAR]]
    missing = np.full((len(_NEAR), max(SIDES)), -1, np.float32)
    padded = np.concatenate((missing, near, missing), axis=1)
    for side in SIDES:
        first = max(SIDES) + side
        table.add_all(_NEAR_NAMES[side], padded[:, first : first + table.size])
    before, after = table["number_depth-1"], table["number_depth+1"]
    table.add("numbers_beside", (before > 0).astype(int) + (after > 0))
    for name in ("capitalised", "upper", "words", "indent"):
        table.add(f"{name}_over_next", table[name] - table[f"{name}+1"])


def _runs(table: _Columns, prose: Flags) -> None:
    """Where a line is among prose and short lines."""
    order = np.arange(table.size)
    before = np.maximum.accumulate(np.where(prose, order, -FAR))
    after = np.minimum.accumulate(np.where(prose, order, table.size + FAR)[::-1])[::-1]
    previous = np.append(-FAR, before[:-1])
    following = np.append(after[1:], table.size + FAR)
    table.add("since_prose", np.minimum(order - previous, FAR))
    table.add("until_prose", np.minimum(following - order, FAR))
    table.add("short_run", np.minimum(following - previous - 1, FAR))
    sums = np.concatenate(([0.0], np.cumsum(table["words"])))
    prose_sums = np.concatenate(([0.0], np.cumsum(table["words"] * prose)))
    for reach in (2, 5, 12):
        first, end = np.maximum(order - reach, 0), np.minimum(order + reach + 1, table.size)
        table.add(f"prose_share_before_{reach}", _share(prose_sums, sums, first, order))
        table.add(f"prose_share_after_{reach}", _share(prose_sums, sums, order + 1, end))
        table.add(f"words_before_{reach}", (sums[order] - sums[first]) / np.maximum(order - first, 1))
        table.add(f"words_after_{reach}", (sums[end] - sums[order + 1]) / np.maximum(end - order - 1, 1))
    inside = np.clip(following, 0, table.size - 1)
    table.add("next_prose_words", np.where(following < table.size, table["words"][inside], 0))
    table.add("prose_words_before", prose_sums[order])
    table.add("prose_words_after", prose_sums[-1] - prose_sums[order + 1])


def _share(part: Any, whole: Any, first: Ints, end: Ints) -> Any:
    return (part[end] - part[first]) / np.maximum(whole[end] - whole[first], 1)


def _document(table: _Columns, prose: Flags) -> None:
    """What is true of the whole document, and where in it a line is."""
    order, words = np.arange(table.size), table["words"]
    passed = np.cumsum(words)
    table.add("lines_before", np.minimum(order, FAR))
    table.add("lines_after", np.minimum(table.size - 1 - order, FAR))
    table.add("place", order / max(table.size - 1, 1))
    table.add("place_in_words", passed / max(float(passed[-1]), 1))
    short = words < PROSE_WORDS
    some_short = max(int(short.sum()), 1)
    for name, value in (
        ("doc_lines", table.size),
        ("doc_words", float(passed[-1])),
        ("doc_short", float(short.mean())),
        ("doc_prose", float((words * prose).sum() / max(float(passed[-1]), 1))),
        ("doc_median_words", float(np.median(words))),
        ("doc_gaps", float(table["gap_before"].mean())),
        ("doc_indents", float((table["indent"] > 0).mean())),
        ("doc_caseless", float(table["caseless"].mean())),
        ("doc_ends", float(table["last_end"].mean())),
        ("doc_short_ends", float(table["last_end"][short].sum() / some_short)),
        ("doc_short_capitalised", float(table["capitalised"][short].sum() / some_short)),
        ("doc_short_signs", float(table["first_sign"][short].sum() / some_short)),
        ("doc_copies", float((table["copies"] > 1).mean())),
        ("doc_runs", float(np.minimum(table["short_run"], 20)[short].sum() / some_short)),
        ("doc_longest_run", float(table["short_run"].max())),
    ):
        table.add(name, value)
