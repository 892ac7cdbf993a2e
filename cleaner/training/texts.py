"""Flattened text with known answers, made from pages with gold text: content alone in several layouts, and whole pages.

The texts of a page are the same every time: what is drawn at random is drawn from the page's id.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import textwrap
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from cleaner.characters import Floats
from cleaner.content.alignment import coverage
from cleaner.normalize import fold, normalize, words
from cleaner.text import breaks
from cleaner.text.features import forms_of
from cleaner.text.layout import layout_of, wrapped_at
from cleaner.text.reading import lines_of

LAYOUTS = ("blank", "tight", "wrapped", "wrapped-tight")
PAGES = ("page", "bare page")
"""Whole pages: with the bullets, indents and blank lines that flattening gives them, and without."""
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_UNCLEAR = ("strong", "b", "th", "dt", "summary", "button", "legend")
"""Elements whose text may be read as a heading or not."""
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
"""Lines between paragraphs that are none of the text's."""
_BULLET = re.compile(r"^\s*(?:[-*•–]|\d{1,3}[.)])\s+")
_FEWEST_LINES = 4
"""Lines of a page's content from which texts are made."""
_LONGEST_PAGE = 300_000
"""Characters of a flattened page; longer ones teach nothing more."""


@dataclass(slots=True)
class Source:
    """A page with what is known of it."""

    id: str
    kind: str
    fold: int
    flattened: str
    """All that it shows, as text."""
    gold: list[str]
    """Lines of its main content."""
    headings: set[str]
    unclear: set[str]


@dataclass(slots=True)
class TextSample:
    """One text as rows of features, with its answers."""

    id: str
    kind: str
    layout: str
    """One of LAYOUTS or PAGES."""
    fold: int
    matrix: Floats
    """Features by lines."""
    words: Floats
    headings: npt.NDArray[np.int8]
    """1 for headings, 0 for other lines, -1 where it cannot be told."""
    share: Floats
    """Of each line's words, how much is content."""
    texts: list[Counter[str]]
    gold: Counter[str]


@dataclass(slots=True)
class BreakSample:
    """The doubtful line ends of a wrapped text, as rows of features, with whether a block ends there."""

    fold: int
    matrix: Floats
    ends: npt.NDArray[np.bool_]


def sources(folder: Path, folds: Path | None = None, every: int = 1) -> Iterator[Source]:
    """The pages of a set in the order of their ids."""
    from resiliparse.extract.html2text import extract_plain_text

    fold_of = json.loads((folds or folder / "folds.json").read_text("utf-8"))
    for path in sorted((folder / "ground-truth").glob("*.json"))[::every]:
        data = json.loads(path.read_text("utf-8"))
        markup = gzip.decompress((folder / "html" / f"{path.stem}.html.gz").read_bytes()).decode("utf-8", "replace")
        kind = ((data.get("_internal") or {}).get("page_type") or {}).get("primary") or "article"
        gold = [" ".join(line.split()) for line in (data["ground_truth"].get("main_content") or "").split("\n")]
        flattened = extract_plain_text(markup, main_content=False, alt_texts=False)[:_LONGEST_PAGE]
        gold = [line for line in gold if fold(line)]
        yield Source(path.stem, kind, fold_of[path.stem]["fold"], flattened, gold, *_marked_up(markup))


def _marked_up(markup: str) -> tuple[set[str], set[str]]:
    """The texts of a page's headings, and of elements that may be taken for headings."""
    from resiliparse.parse.html import HTMLTree

    root = HTMLTree.parse(markup).document

    def texts(tags: tuple[str, ...]) -> set[str]:
        return {fold(e.text) for tag in tags for e in root.get_elements_by_tag_name(tag)}

    return texts(_HEADINGS), texts(_UNCLEAR)


def break_samples(source: Source) -> Iterator[BreakSample]:
    """The line ends of a page's content, wrapped with and without blank lines between its blocks."""
    if len(source.gold) < _FEWEST_LINES:
        return
    for blanks in (0.0, 0.9):
        rng = random.Random(f"{source.id} {blanks}")
        width, rows, ends = rng.randint(55, 100), [], []
        for line in source.gold:
            wrapped = _wrapped(line, width)
            rows += wrapped
            ends += [False] * (len(wrapped) - 1) + [True]
            if rng.random() < blanks:
                rows.append("")
                ends.append(True)
        found = wrapped_at(rows)
        if found is None:
            continue
        certain = breaks.certain_ends(rows, found)
        asked = breaks.doubtful(rows, certain)
        if asked:
            matrix = breaks.forms(rows, found, certain, asked)
            yield BreakSample(source.fold, matrix, np.array([ends[number] for number in asked]))


def text_samples(source: Source, model: Path) -> Iterator[TextSample]:
    """The texts of a page, their lines put together by a model whose line ends are not the page's."""
    if len(source.gold) >= _FEWEST_LINES:
        for layout in LAYOUTS:
            rng = random.Random(f"{source.id} {layout}")
            lines = _with_labels(source.gold, rng) if rng.random() < 0.7 else source.gold
            yield _sample(source, layout, _laid_out(lines, layout, rng), model)
    if source.flattened.strip():
        yield _sample(source, "page", source.flattened, model)
        bare = (_BULLET.sub("", line).strip() for line in source.flattened.split("\n"))
        yield _sample(source, "bare page", "\n".join(filter(None, bare)), model)


def _with_labels(lines: list[str], rng: random.Random) -> list[str]:
    """The lines with a label between them here and there: a known one, or any few words that come again and again."""
    some = rng.choice(lines).split()[: rng.randint(1, 4)]
    label = rng.choice(_LABELS) if rng.random() < 0.7 else " ".join(some).title()
    out = lines[:]
    for place in sorted(rng.sample(range(1, len(lines)), min(rng.randint(2, 6), len(lines) - 1)), reverse=True):
        out.insert(place, label)
    return out


def _laid_out(lines: list[str], layout: str, rng: random.Random) -> str:
    if layout.startswith("wrapped"):
        width = rng.randint(55, 100)
        lines = ["\n".join(_wrapped(line, width)) for line in lines]
    return ("\n" if layout.endswith("tight") else "\n\n").join(lines) + "\n"


def _wrapped(line: str, width: int) -> list[str]:
    return textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False)


def _sample(source: Source, layout: str, text: str, model: Path) -> TextSample:
    lines = lines_of(layout_of(normalize(text), model))
    forms = forms_of(lines)
    target = words("\n".join(source.gold))
    blocks = [words(text) for text in lines.texts]
    gold = set(map(fold, source.gold))
    return TextSample(
        source.id,
        source.kind,
        layout,
        source.fold,
        forms.matrix,
        forms.words,
        np.array([_heading(source, text, gold) for text in lines.texts], np.int8),
        np.array(coverage(blocks, target), np.float32),
        [Counter(block) for block in blocks],
        Counter(target),
    )


def _heading(source: Source, text: str, gold: set[str]) -> int:
    """Whether a line is a heading, as far as the page's markup says so: 1, 0, or -1 for unknown."""
    key = fold(text)
    if key in source.headings:
        return 1 if key in gold and not _BULLET.match(text) else -1
    return -1 if key in source.unclear else 0
