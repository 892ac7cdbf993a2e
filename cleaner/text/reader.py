"""Flattened text to candidates: the lines put back together, and each block's kind told from its form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.document import BlockKind, Container, PageWarning
from cleaner.intake.language import detect
from cleaner.normalize import normalize
from cleaner.page.candidate import HEADING_SCORE, Candidate, Decision
from cleaner.page.facts import Facts
from cleaner.page.page import Origin, Page, TextLines
from cleaner.page.reading import RuleScope
from cleaner.page.splitting import PartOrigin
from cleaner.text import SHIPPED
from cleaner.text.layout import Paragraph, ParagraphKind, layout_of
from cleaner.text.levels import levels_of
from cleaner.text.references import decode_references
from cleaner.text.wrapping import ends_sentence

if TYPE_CHECKING:
    from cleaner.text.features.lines import Lines

_BY_SCORE, _BY_NUMBER = Decision("heading", HEADING_SCORE), Decision("heading", "headings.numbers")
_BY_LINE = Decision("heading", "headings.underlined")
"""Why a line is a heading."""
_WITHOUT_FEATURES = ("printed", "rule")
"""What is no line of the text for the scores."""
_BULLETS = "-*+•‣▪◦●○·–o"
_BULLET = re.compile(r"(?:[-*+•‣▪◦●○·–]|o(?=\s{2}))\s+(?=\S)")
_SPEAKS = "–"
"""Before what somebody says, and before what is not said in it."""
_NUMBER = re.compile(r"(\d{1,3})[.)]\s+(?=\S)")
_DEEPEST = 20
"""Lists inside one another that are told apart."""
_KINDS: dict[ParagraphKind, BlockKind] = {"code": "code", "table": "table", "rule": "rule"}
"""Of what does not flow; everything else is a paragraph."""


def read_text(text: str, scope: RuleScope, *, text_model: Path = SHIPPED) -> Page:
    """The page that flattened text is; see `Reader`."""
    text = normalize(text, printed=True)
    language = detect(text)
    scope(None, language)  # selectors match nothing in text
    layout = layout_of(text, text_model)
    lines = _text_lines(layout, text_model)
    blocks = list(_Reader(layout, _decisions(lines)).blocks()) if layout else []
    decode_references(blocks)
    return Page(
        Origin.TEXT,
        blocks,
        facts=Facts(language=language, language_source="text"),
        lines=lines,
        printed=frozenset(number for number, paragraph in enumerate(layout) if paragraph.kind == "printed"),
        warnings=[] if layout else [PageWarning("page.empty", "the text is empty")],
    )


def lines_of(layout: Sequence[Paragraph]) -> Lines:
    """The blocks of a layout, as lines with features: all but what belongs to printed pages, and thematic breaks."""
    from cleaner.text.features.lines import Lines

    blocks = [block for block in layout if block.kind not in _WITHOUT_FEATURES]
    return Lines([b.text for b in blocks], [b.gap for b in blocks], [b.indent for b in blocks])


def _text_lines(layout: Sequence[Paragraph], model: Path) -> TextLines | None:
    """The lines of a layout with their features and the headings among them; None where it has none."""
    numbers = [number for number, block in enumerate(layout) if block.kind not in _WITHOUT_FEATURES]
    signs = {number: block.sign for number, block in enumerate(layout) if block.sign}
    return _scored(lines_of(layout), numbers, signs, model) if numbers else None


def _scored(lines: Lines, numbers: Sequence[int], signs: Mapping[int, str], model: Path) -> TextLines:
    """Lines with their features and the headings among them; `numbers` are those of their blocks."""
    from cleaner.text.features.line_features import line_features
    from cleaner.text.headings import find_headings

    features = line_features(lines, numbers)
    return TextLines(features, find_headings(features, lines.texts, model), lines, signs)


def score_without(page: Page, dropped: Set[int], *, text_model: Path = SHIPPED) -> None:
    """Scores the headings of a text again, without the blocks that rules have dropped.

    Labels between the lines blur what the score sees of them. `dropped` are the numbers of these blocks. Lists stay as
    they were read.
    """
    if page.lines is None or page.lines.lines is None or dropped.isdisjoint(page.lines.features.blocks):
        return
    lines = _scored_without(page.lines, page.lines.lines, dropped, text_model)
    if lines is None:
        return
    page.lines = lines
    _settle_headings(page, lines, lines.features.blocks)


def _settle_headings(page: Page, lines: TextLines, scored: Iterable[int]) -> None:
    """Makes the headings of a text that the scores have found anew among the blocks `scored`, with their levels."""
    numbers, decisions = lines.features.blocks, _decisions(lines)
    for number in scored:
        _score_anew(page.blocks[number], decisions.get(number))
    headings = [number for number in numbers if page.blocks[number].kind == "heading"]
    signs = [lines.signs.get(number, "") for number in headings]
    _set_levels([page.blocks[number] for number in headings], signs, page.blocks[numbers[0]])


def score_parts(page: Page, origins: Sequence[PartOrigin], *, text_model: Path = SHIPPED) -> None:
    """Scores the lines of a text whose blocks have been split, with the parts as lines of their own.

    `origins` tells what each block was. A part may become a heading; the other blocks stay what they are.
    """
    if page.lines is None or page.lines.lines is None:
        return
    from cleaner.text.features.lines import Lines

    before, signs = page.lines.lines, page.lines.signs
    place_of = {number: place for place, number in enumerate(page.lines.features.blocks)}
    split = {old for old, position in origins if position}
    numbers = [number for number, (old, _) in enumerate(origins) if old in place_of]
    places = [place_of[origins[number][0]] for number in numbers]
    parts = [number for number in numbers if origins[number][0] in split]
    text_of = {number: page.blocks[number].text for number in parts}
    texts = [text_of.get(number, before.texts[place]) for number, place in zip(numbers, places, strict=True)]
    lines = Lines(texts, [before.gaps[place] for place in places], [before.indents[place] for place in places])
    moved = {number: signs[old] for number, (old, position) in enumerate(origins) if old in signs and not position}
    page.lines = _scored(lines, numbers, moved, text_model)
    _settle_headings(page, page.lines, parts)


def _scored_without(before: TextLines, lines: Lines, dropped: Set[int], model: Path) -> TextLines | None:
    """The lines whose blocks are not dropped, scored anew; None where there are none.

    What a line is by itself, and what it says, is known from `before`.
    """
    from cleaner.text.features.line_features import line_features
    from cleaner.text.headings import find_headings

    kept = [place for place, number in enumerate(before.features.blocks) if number not in dropped]
    if not kept:
        return None
    numbers = [before.features.blocks[place] for place in kept]
    left = _only(lines, kept)
    features = line_features(left, numbers, before.features.forms.only(kept))
    headings = find_headings(features, left.texts, model, said=before.headings.said_of(kept))
    return TextLines(features, headings, left, before.signs)


def _only(lines: Lines, kept: Sequence[int]) -> Lines:
    """Some of the lines, by their places; a blank line before one that goes stays."""
    from cleaner.text.features.lines import Lines

    first = (0, *(place + 1 for place in kept[:-1]))
    gaps = [any(lines.gaps[start : place + 1]) for start, place in zip(first, kept, strict=True)]
    return Lines([lines.texts[place] for place in kept], gaps, [lines.indents[place] for place in kept])


def _score_anew(block: Candidate, decision: Decision | None) -> None:
    """Makes a block a heading, or a paragraph again, as a score has decided."""
    if block.kind == "heading" and block.history[:1] in ((_BY_SCORE,), (_BY_NUMBER,)):
        block.kind, block.level, block.role, block.history = "paragraph", None, None, block.history[1:]
    if decision is not None and block.kind == "paragraph" and "\n" not in block.text:
        block.kind, block.containers, block.history = "heading", (), (decision, *block.history)


def _set_levels(headings: Sequence[Candidate], signs: Sequence[str], first: Candidate) -> None:
    """Gives headings their levels; what a text begins with, its `first` block, is its title."""
    levels = levels_of([block.text for block in headings], signs)
    for block, level in zip(headings, levels, strict=True):
        block.level, block.role = level, None
    if first.kind == "heading":
        first.level, first.role = 1, "title"


def _decisions(lines: TextLines | None) -> dict[int, Decision]:
    """Why blocks are headings, by their numbers: what the score looked at is told when somebody asks."""
    if lines is None:
        return {}
    numbered, blocks = lines.headings.numbered, lines.features.blocks
    return {blocks[line]: _BY_NUMBER if line in numbered else _BY_SCORE for line in lines.headings.lines}


@dataclass(slots=True)
class _Item:
    """An item of a list that is open, and how far it is indented."""

    container: Container
    indent: int


class _Reader:
    """Makes blocks of paragraphs, with the containers that go over several of them."""

    def __init__(self, paragraphs: list[Paragraph], headings: dict[int, Decision]) -> None:
        self.paragraphs = paragraphs
        self.markers = _without_speech([_marker(paragraph) for paragraph in paragraphs], paragraphs)
        lines = [number for number, paragraph in enumerate(paragraphs) if paragraph.kind == "underlined"]
        scored = [n for n in headings if paragraphs[n].kind == "text" and self._may_head(n)]
        self.decisions = headings | dict.fromkeys(lines, _BY_LINE)
        self.headings = sorted(scored + lines)
        self.keys = count(1)
        self.items: list[_Item] = []
        self.quotes: list[Container] = []

    def _may_head(self, number: int) -> bool:
        """Whether a block may be a heading: one with a bullet is an item."""
        return not self.markers[number] or self.markers[number][0].isdigit()

    def blocks(self) -> list[Candidate]:
        headings = [self.paragraphs[number] for number in self.headings]
        levels = levels_of([heading.text for heading in headings], [heading.sign for heading in headings])
        level_of = dict(zip(self.headings, levels, strict=True))
        found = [self._block(number, level_of.get(number)) for number in range(len(self.paragraphs))]
        if len(found) > 1 and found[0].kind == "heading":  # what a text begins with is its title
            found[0].level, found[0].role = 1, "title"
        return found

    def _block(self, number: int, level: int | None) -> Candidate:
        paragraph = self.paragraphs[number]
        quotes = self._quotes(paragraph.quoted)
        if paragraph.kind == "printed":
            return Candidate("paragraph", paragraph.text)
        if level is not None:
            self.items.clear()
            return Candidate("heading", paragraph.text, level=level, history=(self.decisions[number],))
        if self.markers[number] and self._is_item(number):
            return self._item(paragraph, self.markers[number], quotes)
        self.items.clear()
        kind = _KINDS.get(paragraph.kind, "paragraph")
        return Candidate(kind, paragraph.text, rows=paragraph.cells, containers=quotes)

    def _quotes(self, depth: int) -> tuple[Container, ...]:
        """The quotations around a block; the same as around the one before it, as far as they go."""
        if depth != len(self.quotes):
            self.items.clear()
        del self.quotes[depth:]
        while len(self.quotes) < depth:
            self.quotes.append(Container("quote", next(self.keys)))
        return tuple(self.quotes)

    def _is_item(self, number: int) -> bool:
        """A bullet makes an item; a number only beside another number, since headings are numbered too."""
        marker = self.markers[number]
        if not marker[0].isdigit():
            return True
        value = _value(marker)
        for near, expected in ((number - 1, value - 1), (number + 1, value + 1)):
            if 0 <= near < len(self.markers) and self.markers[near][:1].isdigit():
                return _value(self.markers[near]) == expected
        return False

    def _item(self, paragraph: Paragraph, marker: str, quotes: tuple[Container, ...]) -> Candidate:
        while self.items and (self.items[-1].indent >= paragraph.indent or len(self.items) >= _DEEPEST):
            self.items.pop()
        value = _value(marker) if marker[0].isdigit() else None
        item = Container("item", next(self.keys), ordered=value is not None, number=value)
        self.items.append(_Item(item, paragraph.indent))
        containers = (*quotes, *(open_item.container for open_item in self.items))
        return Candidate("list_item", paragraph.text[len(marker) :], containers=containers)


def _marker(paragraph: Paragraph) -> str:
    """The bullet or number that a block begins with."""
    text = paragraph.text
    if paragraph.kind != "text":
        return ""
    if text[0].isdigit():
        found = _NUMBER.match(text)
    elif text[0] not in _BULLETS or _is_between(text):
        return ""
    else:
        found = _BULLET.match(text)
    return found.group() if found else ""


def _is_between(text: str) -> bool:
    """Whether a line is a label between two signs: "* Label *"."""
    return text[-1] == text[0] and text[-2:-1] == " "


def _without_speech(markers: list[str], paragraphs: Sequence[Paragraph]) -> list[str]:
    """The markers without the dashes of what people say: a run of lines with a sentence that a dash ends too."""
    if _SPEAKS not in "".join(markers):
        return markers
    out, number = markers[:], 0
    while number < len(out):
        end = number
        while end < len(out) and out[end].startswith(_SPEAKS):
            end += 1
        said = (paragraph.text[len(_SPEAKS) :] for paragraph in paragraphs[number:end])
        if any(f" {_SPEAKS} " in text and ends_sentence(text) for text in said):
            out[number:end] = [""] * (end - number)
        number = end + 1
    return out


def _value(marker: str) -> int:
    return int(marker.strip().rstrip(".)"))
