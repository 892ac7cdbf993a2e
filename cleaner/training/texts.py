"""Flattened texts with known answers, made of pages with gold text: content alone in several layouts, and whole pages.

The texts of a page are the same every time, because the seed of what is drawn at random is the page's id.
"""

from __future__ import annotations

import random
import re
import textwrap
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.content.alignment import coverage
from cleaner.models.arrays import Flags, Floats
from cleaner.models.wording import Keys, keys_of
from cleaner.normalize import fold, normalize, words
from cleaner.text import breaks
from cleaner.text.features.line_ends import LineEnds
from cleaner.text.features.line_features import line_features
from cleaner.text.features.openings import opening, openings, opens_sentence
from cleaner.text.features.rows import rows_of
from cleaner.text.headings import may_be_heading
from cleaner.text.layout import layout_of
from cleaner.text.reader import lines_of
from cleaner.training import line_breaks, scripts
from cleaner.training.line_breaks import Broken
from cleaner.training.samples import raw_pages

LAYOUTS = ("blank", "tight", "wrapped", "wrapped-tight")
PAGES = ("page", "bare page")
"""Whole pages, with the bullets, indents and blank lines that flattening gives them, and without."""
PARTS = ("excerpt", "beginning")
"""Parts of the content, from anywhere in it or from its first line: short texts."""
_BEGINNING = (6, 24)
"""Minimum and maximum number of lines of a beginning."""
_WIDTHS = (55, 100)
"""Minimum and maximum width of a wrapped text."""
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_UNCLEAR = ("strong", "b", "th", "dt", "summary", "button", "legend")
"""Elements whose text may be a heading or not."""
_LABELS = (
    "Advertisement",
    "ADVERTISEMENT",
    "Sponsored",
    "Read more",
    "Anzeige",
    "Publicité",
    "Publicidad",
    "Pubblicità",
    "Reklama",
    "Article continues below",
    "Scroll to continue",
    "Share this",
    "[Ad]",
    "- ad -",
    "Реклама",
    "広告",
)
"""Lines between paragraphs that are no part of the text."""
_BULLET = re.compile(r"^\s*(?:[-*•–]|\d{1,3}[.)])\s+")
_MIN_LINES = 4
"""Minimum number of lines of a page's content from which texts are made."""
_BROKEN_OF_A_PAGE = 9
"""Number of texts that are made of the content of each page for the score of line ends."""
_MAX_LINES_OF_A_PAGE = 400
"""Maximum number of lines of a flattened page for this score."""
_MAX_ENDS = 110
"""Maximum number of line ends of a text that it learns from."""
_SENTENCE_END = re.compile(r"(?<=[.!?…]) (?=[\"'“‘„«(¿¡]?[^\W\d_])")
_MIN_PROSE = 90
"""Minimum characters of a block whose sentences tell how blocks open."""
_MAX_OPENINGS = 60
"""Maximum number of sentences of a page whose openings are learnt from."""
_AS_THEY_ARE: tuple[Callable[[str], str], ...] = (*(str,) * 6, scripts.with_nouns, *scripts.SCRIPTS.values())
"""Scripts of texts for this score; most stay as they are."""
_LAYOUTS_OF_A_PAGE = 2
"""Number of LAYOUTS of the content of each page; its lines are nearly the same in all of them."""
_MAX_PAGE = 300_000
"""Maximum number of characters of a flattened page; the rest of a longer page adds nothing."""


@dataclass(slots=True)
class GoldPage:
    """A page with gold text, and what its markup says about headings."""

    id: str
    kind: str
    fold: int
    flattened: str
    """All text that the page shows."""
    gold: list[str]
    """The lines of its main content."""
    headings: tuple[str, ...]
    """The texts of its headings."""
    unclear: tuple[str, ...]
    """The texts of elements that may be headings or not."""
    script: str = ""
    """The name of the script that it was put in, in `scripts`; empty where it is as it was."""


@dataclass(slots=True)
class TextSample:
    """A text as rows of features, with the known answers."""

    id: str
    kind: str
    layout: str
    """One of LAYOUTS, PARTS or PAGES."""
    script: str
    """The same as in `GoldPage`."""
    fold: int
    matrix: Floats
    """Features by lines."""
    words: Floats
    headings: npt.NDArray[np.int8]
    """1 for headings, 0 for other lines, -1 where that is unknown."""
    asked: npt.NDArray[np.int64]
    """The numbers of the lines that may be headings, and whose answer is known."""
    keys: Keys
    """The words and shapes of these lines."""
    share: Floats
    """The share of each line's words that is content."""
    texts: list[Counter[str]]
    gold: Counter[str]

    @property
    def answers(self) -> npt.NDArray[np.int8]:
        """For the lines that are `asked` about, whether they are headings."""
        return self.headings[self.asked]


@dataclass(slots=True)
class BreakSample:
    """The line ends of a wrapped text that may be wraps, as rows of features, with whether a block ends there."""

    fold: int
    matrix: Floats
    opens: Flags
    """The line ends before a sentence."""
    keys: Keys
    """The words and shapes of these sentences."""
    ends: Flags


@dataclass(slots=True)
class OpeningSample:
    """The openings of the sentences of a page's blocks, and whether each is the first of its block."""

    fold: int
    keys: Keys
    answers: npt.NDArray[np.int8]


def gold_pages(folder: Path, folds: Path | None = None, every: int = 1) -> Iterator[GoldPage]:
    """The pages of a set in the order of their ids."""
    from resiliparse.extract.html2text import extract_plain_text

    for raw in raw_pages(folder, folds, every):
        markup = raw.html.decode("utf-8", "replace")
        flattened = extract_plain_text(markup, main_content=False, alt_texts=False)[:_MAX_PAGE]
        gold = [line for text in raw.gold.split("\n") if fold(line := " ".join(text.split()))]
        yield GoldPage(raw.id, raw.kind, raw.fold, flattened, gold, *_marked_up(markup))


def _marked_up(markup: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The texts of a page's headings, and of elements that may be headings or not."""
    from resiliparse.parse.html import HTMLTree

    root: Any = HTMLTree.parse(markup).document

    def texts(tags: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(e.text for tag in tags for e in root.get_elements_by_tag_name(tag))

    return texts(_HEADINGS), texts(_UNCLEAR)


def break_samples(page: GoldPage) -> Iterator[BreakSample]:
    """Line ends of texts that are made of a page's content and of all of its text."""
    rng = random.Random(f"{page.id} line ends")
    if len(page.gold) >= _MIN_LINES:
        for _ in range(_BROKEN_OF_A_PAGE):
            put = rng.choice(_AS_THEY_ARE)
            yield from _break_sample(page, line_breaks.drawn(list(map(put, page.gold)), _with_labels, rng), rng)
    lines = page.flattened.split("\n")
    first = rng.randrange(len(lines))
    yield from _break_sample(page, line_breaks.rebroken(lines[first : first + _MAX_LINES_OF_A_PAGE], rng), rng)


def _break_sample(page: GoldPage, text: Broken, rng: random.Random) -> Iterator[BreakSample]:
    """The line ends of a text with which a block may end or not, some of them where there are many."""
    rows = rows_of([row.rstrip() for row in text.rows] or [""])
    asked = breaks.asked_ends(rows)
    if len(asked):
        taken = np.array(sorted(rng.sample(asked.tolist(), min(len(asked), _MAX_ENDS))))
        opens = opens_sentence(rows, taken)
        keys = keys_of(openings(rows.texts, taken[opens]))
        yield BreakSample(page.fold, LineEnds(rows).features(taken), opens, keys, np.array(text.ends)[taken])


def opening_sample(page: GoldPage) -> OpeningSample | None:
    """The openings of the sentences of a page, some of them where there are many; None where it has none."""
    found = [
        (opening(sentence), number == 0)
        for line in page.gold
        for number, sentence in enumerate(_SENTENCE_END.split(line))
        if len(line) >= _MIN_PROSE
    ]
    if not found:
        return None
    rng = random.Random(f"{page.id} openings")
    texts, answers = zip(*rng.sample(found, min(len(found), _MAX_OPENINGS)), strict=True)
    return OpeningSample(page.fold, keys_of(texts), np.array(answers, np.int8))


def text_samples(page: GoldPage, model: Path) -> Iterator[TextSample]:
    """The texts of a page, their lines joined by a model that has not seen the page."""
    rng = random.Random(f"{page.id} layouts")
    makers = [(layout, page) for layout in (*rng.sample(LAYOUTS, _LAYOUTS_OF_A_PAGE), *PARTS, *PAGES)]
    script = rng.choice(("", *scripts.SCRIPTS))
    if script:
        other = _in_script(page, script)
        makers += [(rng.choice(LAYOUTS), other), ("page", other)]
    for layout, given in makers:
        text = _text(given, layout, random.Random(f"{page.id} {layout} {given.script}"))
        if text.strip():
            yield _sample(given, layout, text, model)


def _in_script(page: GoldPage, name: str) -> GoldPage:
    """The page with its texts in a script."""
    put = scripts.SCRIPTS[name]
    return replace(
        page,
        script=name,
        flattened=put(page.flattened),
        gold=list(map(put, page.gold)),
        headings=tuple(map(put, page.headings)),
        unclear=tuple(map(put, page.unclear)),
    )


def _text(page: GoldPage, layout: str, rng: random.Random) -> str:
    """The text of a page in a layout; empty where the page has too few lines."""
    if layout == "page":
        return page.flattened
    if layout == "bare page":
        bare = (_BULLET.sub("", line).strip() for line in page.flattened.split("\n"))
        return "\n".join(filter(None, bare))
    lines = page.gold
    if len(lines) < _MIN_LINES:
        return ""
    if layout == "excerpt":
        first = rng.randrange(len(lines) - 1)
        return "\n\n".join(lines[first : first + rng.randint(1, len(lines) // 2)])
    if layout == "beginning":
        lines, layout = lines[: rng.randint(*_BEGINNING)], rng.choice(LAYOUTS)
    return _laid_out(_with_labels(lines, rng) if rng.random() < 0.7 else lines, layout, rng)


def _with_labels(lines: list[str], rng: random.Random) -> list[str]:
    """The lines with a label between some of them: one of _LABELS, or some words of a line, the same each time."""
    some = rng.choice(lines).split()[: rng.randint(1, 4)]
    label = rng.choice(_LABELS) if rng.random() < 0.7 else " ".join(some).title()
    out = lines[:]
    for place in sorted(rng.sample(range(1, len(lines)), min(rng.randint(2, 6), len(lines) - 1)), reverse=True):
        out.insert(place, label)
    return out


def _laid_out(lines: list[str], layout: str, rng: random.Random) -> str:
    if layout.startswith("wrapped"):
        width = rng.randint(*_WIDTHS)
        lines = ["\n".join(_wrapped(line, width)) for line in lines]
    return ("\n" if layout.endswith("tight") else "\n\n").join(lines) + "\n"


def _wrapped(line: str, width: int) -> list[str]:
    if scripts.is_spaceless(line):
        return [line[at : at + width // 2] for at in range(0, len(line), width // 2)]
    return textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False)


def _sample(page: GoldPage, layout: str, text: str, model: Path) -> TextSample:
    lines = lines_of(layout_of(normalize(text, printed=True), model))
    features = line_features(lines)
    target = words("\n".join(page.gold))
    blocks = [words(text) for text in lines.texts]
    known = _Known(*({fold(text) for text in texts} for texts in (page.gold, page.headings, page.unclear)))
    headings = np.array([known.heading(text) for text in lines.texts], np.int8)
    asked = np.flatnonzero(may_be_heading(features) & (headings >= 0))
    return TextSample(
        page.id,
        page.kind,
        layout,
        page.script,
        page.fold,
        features.table.matrix,
        features.words,
        headings,
        asked,
        keys_of([lines.texts[number] for number in asked.tolist()]),
        np.array(coverage(blocks, target), np.float32),
        [Counter(block) for block in blocks],
        Counter(target),
    )


class _Known(NamedTuple):
    """The texts of a page, folded."""

    gold: set[str]
    headings: set[str]
    unclear: set[str]

    def heading(self, text: str) -> int:
        """Whether a line is a heading by the markup of the page: 1, 0, or -1 for unknown."""
        key = fold(text)
        if key in self.headings:
            return 1 if key in self.gold and not _BULLET.match(text) else -1
        return -1 if key in self.unclear else 0
