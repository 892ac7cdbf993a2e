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
from cleaner.text.features import forms_of
from cleaner.text.reading import lines_of

LAYOUTS = ("blank", "tight", "wrapped", "wrapped-tight")
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
_HEADING, _TEXT, _UNKNOWN = 1, 0, -1


@dataclass(slots=True)
class TextSample:
    """One text as rows of features, with its answers."""

    id: str
    kind: str
    layout: str
    """One of LAYOUTS, or "page" for a whole page."""
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
class _Source:
    """A page with what is known of it."""

    id: str
    kind: str
    fold: int
    html: str
    gold: list[str]
    """Lines of its main content."""
    headings: set[str]
    unclear: set[str]


def load_texts(folder: Path, folds: Path | None = None, every: int = 1) -> Iterator[TextSample]:
    """The texts of a set's pages, in the order of their ids."""
    fold_of = json.loads((folds or folder / "folds.json").read_text("utf-8"))
    for path in sorted((folder / "ground-truth").glob("*.json"))[::every]:
        data = json.loads(path.read_text("utf-8"))
        markup = gzip.decompress((folder / "html" / f"{path.stem}.html.gz").read_bytes()).decode("utf-8", "replace")
        kind = ((data.get("_internal") or {}).get("page_type") or {}).get("primary") or "article"
        gold = [" ".join(line.split()) for line in (data["ground_truth"].get("main_content") or "").split("\n")]
        gold = [line for line in gold if fold(line)]
        headings, unclear = _marked_up(markup)
        yield from _texts(_Source(path.stem, kind, fold_of[path.stem]["fold"], markup, gold, headings, unclear))


def _marked_up(markup: str) -> tuple[set[str], set[str]]:
    """The texts of a page's headings, and of elements that may be taken for headings."""
    from resiliparse.parse.html import HTMLTree

    tree = HTMLTree.parse(markup)
    root = tree.document

    def texts(tags: tuple[str, ...]) -> set[str]:
        return {fold(e.text) for tag in tags for e in root.get_elements_by_tag_name(tag)}

    return texts(_HEADINGS), texts(_UNCLEAR)


def _texts(source: _Source) -> Iterator[TextSample]:
    if len(source.gold) >= 4:
        for layout in LAYOUTS:
            rng = random.Random(f"{source.id} {layout}")
            lines = _with_labels(source.gold, rng) if rng.random() < 0.7 else source.gold
            yield _sample(source, layout, _laid_out(lines, layout, rng))


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
        lines = ["\n".join(textwrap.wrap(t, width, break_long_words=False, break_on_hyphens=False)) for t in lines]
    return ("\n" if layout.endswith("tight") else "\n\n").join(lines) + "\n"


def _sample(source: _Source, layout: str, text: str) -> TextSample:
    lines = lines_of(normalize(text)).lines
    forms = forms_of(lines)
    target = words("\n".join(source.gold))
    blocks = [words(text) for text in lines.texts]
    whole = layout == "page"
    share = coverage(blocks, target) if whole else [1.0] * len(blocks)
    gold = set(map(fold, source.gold))
    return TextSample(
        source.id,
        source.kind,
        layout,
        source.fold,
        forms.matrix,
        forms.words,
        np.array([_heading(source, text, gold) for text in lines.texts], np.int8),
        np.array(share, np.float32),
        [Counter(block) for block in blocks],
        Counter(target),
    )


def _heading(source: _Source, text: str, gold: set[str]) -> int:
    """Whether a line is a heading, as far as the page's markup says so."""
    key = fold(text)
    if key in source.headings:
        return _HEADING if key in gold and not _BULLET.match(text) else _UNKNOWN
    return _UNKNOWN if key in source.unclear else _TEXT
