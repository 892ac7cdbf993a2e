"""Texts whose lines are broken as people, printers and PDF readers break them, drawn for training.

Every text has a way in which its blocks are broken, and a way in which blank lines stand between them. Both are drawn
at random, and so are widths. The answers are known: whether a block ends with a row.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from cleaner.training import scripts
from cleaner.training.standing import STANDING, Words

Block = str | list[str]
"""A text that may be broken, or lines that stand."""
Breaker = Callable[[str], list[str]]

_UNITS = re.compile(r".[。，、？！：；」）]*", re.S)
"""What is not broken in a script without spaces: a character, with signs that may not begin a row."""
_WORDS_OF_UNITS = re.compile(r"\S{1,3}")
"""What stands for words in such a script."""
_TIMES = {
    **dict.fromkeys("ijlt .,;:'|", 0.27),
    **dict.fromkeys("frs-()", 0.35),
    **dict.fromkeys("acez", 0.44),
    **dict.fromkeys("mwMW", 0.8),
}
_HELVETICA = {
    **dict.fromkeys("ijl'|", 0.21),
    **dict.fromkeys("ft .,;:/", 0.28),
    **dict.fromkeys("r-()", 0.33),
    **dict.fromkeys("ckvxyzsJ", 0.5),
    **dict.fromkeys("mwMW", 0.83),
}
"""Widths of characters in two fonts, in ems; nearly, because there are many fonts."""
_FONTS = ((_TIMES, 0.5, 0.67), (_HELVETICA, 0.56, 0.69))
"""Fonts: some characters, other small letters and digits, and capitals and the rest."""
_PROSE = 90
"""Minimum characters of a block around which blank lines stand where short ones are in groups."""
_LABEL_SHARE, _STANDING_SHARE, _ONLY_STANDING = 0.4, 0.35, 0.2
"""Shares of texts with labels between their blocks, with lines that stand, and with nothing else."""


@dataclass(slots=True)
class Broken:
    """The rows of a text, and for each of them whether a block ends with it."""

    rows: list[str] = field(default_factory=list)
    ends: list[bool] = field(default_factory=list)

    def add(self, rows: Sequence[str], *, one: bool) -> None:
        """Adds rows that are `one` block, or a block each."""
        self.rows += rows
        self.ends += [not one] * (len(rows) - 1) + [True] * bool(rows)


def drawn(
    lines: Sequence[str], labelled: Callable[[list[str], random.Random], list[str]], rng: random.Random
) -> Broken:
    """A text of some of the lines of a page, of which there are several; `labelled` puts labels between lines."""
    if rng.random() < _ONLY_STANDING:
        make = rng.choice(STANDING)
        blocks: list[Block] = [_standing(make, lines, rng) for _ in range(rng.randint(1, 4))]
    else:
        some = _part(lines, rng)
        blocks = [*(labelled(some, rng) if len(some) > 1 and rng.random() < _LABEL_SHARE else some)]
        if rng.random() < _STANDING_SHARE:
            for _ in range(rng.randint(1, 3)):
                blocks.insert(rng.randint(0, len(blocks)), _standing(rng.choice(STANDING), lines, rng))
    return broken(blocks, rng)


def _standing(make: Callable[[Words, random.Random], list[str]], lines: Sequence[str], rng: random.Random) -> list[str]:
    """Lines that stand, of the words of a page."""
    if not any(map(scripts.is_spaceless, lines)):
        return make(" ".join(lines).split(), rng)
    return [line.replace(" ", "") for line in make(_WORDS_OF_UNITS.findall("".join(lines)), rng)]


def _part(lines: Sequence[str], rng: random.Random) -> list[str]:
    """All of the lines, some that are together, or one long one: a note."""
    kind = rng.random()
    if kind < 0.5:
        return list(lines)
    if kind < 0.85:
        first = rng.randrange(len(lines) - 1)
        return list(lines[first : first + rng.randint(2, 25)])
    long = [line for line in lines if len(line) > _PROSE] or list(lines)
    return rng.sample(long, min(len(long), rng.randint(1, 2)))


def broken(blocks: Sequence[Block], rng: random.Random) -> Broken:
    """The blocks as the rows of a text, broken in one of the ways of `WAYS`."""
    breaks = rng.choice(WAYS)(rng)
    has_gap = rng.choice(_GAPS)
    out = Broken()
    for number, block in enumerate(blocks):
        following = blocks[number + 1] if number + 1 < len(blocks) else ""
        out.add(breaks(block) if isinstance(block, str) else block, one=isinstance(block, str))
        if has_gap(block, following, rng):
            out.add([""], one=False)
    return out


def rebroken(lines: Sequence[str], rng: random.Random) -> Broken:
    """The lines of a whole page, with blank ones as they are between them; half of the pages are not broken."""
    breaks = rng.choice(WAYS)(rng) if rng.random() < 0.5 else _whole
    out = Broken()
    for line in lines:
        out.add(breaks(line) if line.strip() else [""], one=True)
    return out


def _whole(text: str) -> list[str]:
    return [text]


def _not(rng: random.Random) -> Breaker:
    """Nothing is broken."""
    return _whole


def _at_a_width(rng: random.Random) -> Breaker:
    """As consoles and mail do it; rarely at hyphens too."""
    width = rng.randint(50, 100)
    parts = re.compile(r"(?<=\w-)(?=\w)") if rng.random() < 0.12 else None
    return lambda text: _filled(_tokens(text, parts), len, lambda _: width)


def _in_a_font(rng: random.Random) -> Breaker:
    """As print and PDF have it."""
    known, small, other = rng.choice(_FONTS)
    noise = rng.uniform(0.95, 1.05)
    width = rng.uniform(18, 44)

    def ems(text: str) -> float:
        return sum(
            known.get(c) or (1.0 if ord(c) > 0x2E80 else small * noise if c.islower() or c.isdigit() else other)
            for c in text
        )

    return lambda text: _filled(_tokens(text), ems, lambda _: width)


def _by_hand(rng: random.Random) -> Breaker:
    """Raggedly."""
    low = rng.randint(40, 62)
    high = low + rng.randint(6, 30)
    return lambda text: _filled(_tokens(text), len, lambda _: rng.randint(low, high))


def _at_two_widths(rng: random.Random) -> Breaker:
    """As in the mails of two people."""
    widths = (rng.randint(45, 66), rng.randint(67, 92))

    def breaks(text: str) -> list[str]:
        width = rng.choice(widths)
        return _filled(_tokens(text), len, lambda _: width)

    return breaks


def _with_indents(rng: random.Random) -> Breaker:
    """At a width, with some blocks indented and narrower for it."""
    width = rng.randint(60, 90)

    def breaks(text: str) -> list[str]:
        indent = rng.choice((0, 0, 2, 4, 8)) if len(text) > _PROSE else 0
        room = width - indent if rng.random() < 0.5 else width - 12
        return [" " * indent + row for row in _filled(_tokens(text), len, lambda _: room)]

    return breaks


def _with_first_lines(rng: random.Random) -> Breaker:
    """At a width, with the first row of each block farther in than the others, as in books; rarely farther out."""
    width, indent = rng.randint(50, 90), rng.randint(2, 6)
    is_out = rng.random() < 0.25

    def breaks(text: str) -> list[str]:
        rows = _filled(_tokens(text), len, lambda number: width - indent * ((number == 0) != is_out))
        return [" " * indent + row if (number == 0) != is_out else row for number, row in enumerate(rows)]

    return breaks


def _with_parted_words(rng: random.Random) -> Breaker:
    """At a width, with hyphens in long words at line ends."""
    width = rng.randint(45, 80)
    return lambda text: _filled(_tokens(text), len, lambda _: width, parted=rng)


WAYS: tuple[Callable[[random.Random], Breaker], ...] = (
    *(_not, _not, _at_a_width, _at_a_width, _at_a_width, _in_a_font, _in_a_font),
    *(_by_hand, _at_two_widths, _with_indents, _with_first_lines, _with_parted_words),
)
"""The ways in which texts are broken; those that are more frequent more than once."""


def _around_prose(block: Block, following: Block, rng: random.Random) -> bool:
    """A blank line around long blocks; short ones stand together in groups."""
    return any(isinstance(b, str) and len(b) > _PROSE for b in (block, following)) or rng.random() < 0.2


_GAPS: tuple[Callable[[Block, Block, random.Random], bool], ...] = (
    *(lambda *_: True, lambda *_: True),
    *(lambda *_: False, lambda *_: False, lambda *_: False),
    lambda block, following, rng: rng.random() < 0.9,
    *(_around_prose, _around_prose),
)
"""Whether a blank line stands between two blocks, in each of the ways of a text."""


def _tokens(text: str, parts: re.Pattern[str] | None = None) -> Iterator[tuple[str, str]]:
    """What is not broken, each with what is before it in a row."""
    if scripts.is_spaceless(text):
        yield from (("", unit) for unit in _UNITS.findall(text))
        return
    for word in text.split():
        before = " "
        for part in parts.split(word) if parts else (word,):
            yield before, part
            before = ""


def _filled(
    tokens: Iterator[tuple[str, str]],
    measure: Callable[[str], float],
    limit: Callable[[int], float],
    parted: random.Random | None = None,
) -> list[str]:
    """Rows with as many tokens as the limit of each lets in; `parted` draws the words that are parted."""
    rows: list[str] = []
    row, size, most = "", 0.0, limit(0)
    for before, token in tokens:
        added = measure(before + token)
        if not row:
            row, size = token, measure(token)
        elif size + added <= most:
            row, size = row + before + token, size + added
        else:
            cut = _cut(token, most - size - 2, parted) if parted else 0
            rows.append(f"{row}{before}{token[:cut]}-" if cut else row)
            row, most = token[cut:], limit(len(rows))
            size = measure(row)
    return [*rows, row] if row else rows


def _cut(word: str, room: float, rng: random.Random) -> int:
    """The number of letters of a word before a hyphen; 0 where it is not parted."""
    may_be = word.isalpha() and len(word) >= 7 and room >= 3
    return min(int(room), len(word) - 3) if may_be and rng.random() < 0.9 else 0
