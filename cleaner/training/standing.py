"""Lines that stand: short lines that nobody has broken, drawn from the words of a page for training.

Verse, addresses, code, logs, chats, fields, tables of contents and prices are rare among the pages of a set. Where they
are joined, a text is spoilt. So the score of line ends must see many of them.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

_SENTENCE = re.compile(r"(?<=[.!?。！？])\s*(?=\S)")
_MAX_SENTENCE = 130
"""Maximum characters of a sentence that is a line of its own."""
Words = Sequence[str]


def verse(words: Words, rng: random.Random) -> list[str]:
    """A stanza or more: lines of a few words, most of which begin with a capital or end with a comma."""
    most, capital, pause = rng.randint(4, 9), rng.random() < 0.7, rng.choice((0.0, 0.2, 0.5, 1.0))
    least = max(2, most - 4)
    rhymes = _rhymes(words, rng) if rng.random() < 0.6 else None
    lines: list[str] = []
    for _ in range(rng.randint(3, 16)):
        line = _some(words, rng.randint(least, most), rng).strip(".,;:")
        line = f"{line} {next(rhymes)}" if rhymes else line
        line = line[:1].upper() + line[1:] if capital or not lines else line
        lines.append(line + (rng.choice(",,;—.") if rng.random() < pause else ""))
    return [*lines[:-1], lines[-1].rstrip(",;—.") + rng.choice(".! ").strip()]


def _rhymes(words: Words, rng: random.Random) -> Iterator[str]:
    """Words with the same two letters at their ends, by twos, next to one another or crosswise."""
    by_end: dict[str, set[str]] = defaultdict(set)
    for word in words:
        by_end[word[-2:]].add(word)
    pairs = [sorted(found) for end, found in sorted(by_end.items()) if len(found) > 1 and end.isalpha()]
    pairs = pairs or [["word", "ford"]]
    is_cross = rng.random() < 0.5
    while True:
        (one, two), (three, four) = (rng.sample(rng.choice(pairs), 2) for _ in range(2))
        yield from (one, three, two, four) if is_cross else (one, two, three, four)


def address(words: Words, rng: random.Random) -> list[str]:
    """A name, a street, a town, and how to reach somebody."""
    name, street, town = (_some(words, rng.randint(1, 3), rng).strip(" .,;:").title() or "Name" for _ in range(3))
    number, code = rng.randint(1, 300), rng.randint(1000, 99999)
    lines = [
        name,
        *([_some(words, 3, rng).strip(".,;:").title()] if rng.random() < 0.4 else []),
        f"{number} {street}" if rng.random() < 0.5 else f"{street} {number}",
        f"{code} {town}" if rng.random() < 0.6 else f"{town}, {code}",
        f"{rng.choice(('Tel.', 'Phone:', 'T', '☎'))} {rng.randint(10, 999)} {rng.randint(100000, 9999999)}",
        f"{name.split()[0].lower()}@{rng.choice(words).strip('.,').lower()}.example",
    ]
    return lines[: rng.randint(3, len(lines))]


def code(words: Words, rng: random.Random) -> list[str]:
    """A program, with its indents or flush."""
    lines: list[str] = []
    depth = 0
    is_flush = rng.random() < 0.3
    for _ in range(rng.randint(3, 14)):
        one, two, three = (re.sub(r"\W", "", word).lower() or "x" for word in rng.choices(words, k=3))
        made = rng.choice(
            (
                f"{one} = {two}({three}, {rng.randint(0, 99)})",
                f"if {one} > {two}:",
                f"for ({one} = 0; {one} < {two}; {one}++) {{",
                f"return {one}.{two}",
                f"# {_some(words, rng.randint(2, 7), rng)}",
                f"$ {one} --{two} {three}.txt",
                f'print("{_some(words, rng.randint(1, 5), rng)}")',
                f"SELECT {one}, {two} FROM {three}",
                f'"{one}": "{two}",',
                "}",
            )
        )
        lines.append(made if is_flush else "    " * depth + made)
        depth = max(0, min(depth + (made[-1] in ":{") - (made == "}"), 4))
    return lines


def log(words: Words, rng: random.Random) -> list[str]:
    """Lines of a log, each with its time."""
    form = rng.choice(("2031-{:02}-{:02} {:02}:{:02}", "[{3:02}:{2:02}]", "{1:02}/{0:02} {2:02}:{3:02}:00", "{3}"))
    level = rng.choice(("INFO ", "WARN ", "", "- "))
    most = rng.randint(4, 14)
    return [
        f"{form.format(rng.randint(1, 12), rng.randint(1, 28), rng.randint(0, 23), rng.randint(0, 59))} {level}"
        + _some(words, rng.randint(3, most), rng)
        for _ in range(rng.randint(3, 20))
    ]


def chat(words: Words, rng: random.Random) -> list[str]:
    """What several people say, a line each."""
    names = [_some(words, 1, rng).strip(".,;:") for _ in range(rng.randint(2, 4))]
    form, is_small = rng.choice(("{}: {}", "<{}> {}", "{} - {}", "[{}] {}", "{}\t{}")), rng.random() < 0.4
    lines = [form.format(rng.choice(names), _some(words, rng.randint(1, 16), rng)) for _ in range(rng.randint(3, 16))]
    return [line.expandtabs(4).lower() if is_small else line.expandtabs(4) for line in lines]


def fields(words: Words, rng: random.Random) -> list[str]:
    """Names with their values."""
    return [
        f"{_some(words, rng.randint(1, 3), rng).strip('.,;:').capitalize()}: {_some(words, rng.randint(1, 9), rng)}"
        for _ in range(rng.randint(3, 12))
    ]


def contents(words: Words, rng: random.Random) -> list[str]:
    """Titles, with the numbers of their pages or without."""
    leader = rng.choice((" ", " ..... ", "  ", ", ", ""))
    start, most, is_title = rng.randint(1, 9), rng.randint(3, 11), rng.random() < 0.5
    lines = []
    for _ in range(rng.randint(4, 25)):
        title = _some(words, rng.randint(1, most), rng).strip(".,;:")
        title = title.title() if is_title else title[:1].upper() + title[1:]
        start += rng.randint(1, 12)
        lines.append(f"{title}{leader}{start}" if leader else title)
    return lines


def prices(words: Words, rng: random.Random) -> list[str]:
    """Goods or dishes, with their prices or amounts."""
    unit = rng.choice((" €", "$", " g", " Kč", ".00", "%"))
    before = rng.random() < 0.5
    return [
        f"{rng.randint(1, 300)}{unit} {said}" if before else f"{said} {rng.randint(1, 300)}{unit}"
        for said in (_some(words, rng.randint(1, 8), rng).strip(".,;:").lower() for _ in range(rng.randint(3, 14)))
    ]


def sentences(words: Words, rng: random.Random) -> list[str]:
    """Sentences, a line each; none where the words have too few sentences."""
    found = [part for part in _SENTENCE.split(" ".join(words)) if 12 < len(part) <= _MAX_SENTENCE]
    first = rng.randrange(max(1, len(found) - 3))
    return found[first : first + rng.randint(2, 12)]


def greeting(words: Words, rng: random.Random) -> list[str]:
    """How a letter begins or ends: a few words, or a few lines of them."""
    lines = [_some(words, rng.randint(1, 3), rng).strip(".,;:").capitalize() for _ in range(rng.randint(1, 3))]
    return [lines[0] + rng.choice((",", ",", "!", "")), *lines[1:]]


STANDING: tuple[Callable[[Words, random.Random], list[str]], ...] = (
    verse,
    verse,
    verse,
    verse,
    address,
    code,
    log,
    log,
    chat,
    chat,
    fields,
    contents,
    prices,
    sentences,
    sentences,
    greeting,
)
"""What draws lines from the words of a page."""


def _some(words: Words, count: int, rng: random.Random) -> str:
    """Words that stand together somewhere on the page."""
    first = rng.randrange(max(1, len(words) - count))
    return " ".join(words[first : first + count])
