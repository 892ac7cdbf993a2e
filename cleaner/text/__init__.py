"""Flattened text to candidates: the lines put back together, and each block's kind told from its form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from cleaner.candidate import Candidate
from cleaner.document import Container
from cleaner.page import Page
from cleaner.text.layout import Layout, Paragraph, layout_of

SHIPPED = Path(__file__).with_name("model.npz")
"""The scores for text that come with the package."""
_BULLET = re.compile(r"(?:[-*+•‣▪◦●○·–]|o(?=\s{2}))\s+(?=\S)")
_NUMBER = re.compile(r"(\d{1,3})[.)]\s+(?=\S)")


@dataclass(slots=True)
class _Item:
    """An item of a list that is open: its key and how far it is indented."""

    container: Container
    indent: int


def read_text(text: str, model: Path | None = None) -> Page:
    """The page that flattened text is: `text` is normalized, with "\\n" as its only line end.

    `model` is the file of the scores for text, None for the one that comes with the package.
    """
    model = model or SHIPPED
    layout = layout_of(text, model)
    paragraphs = layout.paragraphs
    lines = [_line(paragraph) for paragraph in paragraphs]
    headings = _headings(layout, model)
    page = Page()
    items = _Items()
    for number, (paragraph, line) in enumerate(zip(paragraphs, lines, strict=True)):
        if number in headings:
            items.close()
            page.blocks.append(Candidate("heading", paragraph.text, level=2))
        elif line.marker and _is_item(lines, number):
            page.blocks.append(items.add(paragraph, line))
        else:
            items.close()
            page.blocks.append(Candidate("paragraph", paragraph.text))
    _set_title(page)
    if not page.blocks:
        page.warnings.append("the text is empty")
    return page


def _headings(layout: Layout, model: Path) -> set[int]:
    """Numbers of the paragraphs that are headings."""
    from cleaner.text.features import forms_of
    from cleaner.text.headings import find_headings
    from cleaner.text.reading import lines_of

    if not layout.paragraphs:
        return set()
    scores = find_headings(forms_of(lines_of(layout)), model)
    return {number for number, score in enumerate(scores.tolist()) if score >= 0.35}


@dataclass(slots=True)
class Line:
    text: str
    marker: str
    gap: bool


def _line(paragraph: Paragraph) -> Line:
    found = _BULLET.match(paragraph.text) or _NUMBER.match(paragraph.text)
    return Line(paragraph.text, found.group() if found else "", paragraph.gap)


def _is_item(lines: list[Line], number: int) -> bool:
    """A bullet makes an item; a number only beside another number, since headings are numbered too."""
    line = lines[number]
    if not line.marker[0].isdigit():
        return True
    value = int(line.marker.strip().rstrip(".)"))
    for near, expected in ((number - 1, value - 1), (number + 1, value + 1)):
        if 0 <= near < len(lines) and lines[near].marker[:1].isdigit():
            return int(lines[near].marker.strip().rstrip(".)")) == expected
    return False


class _Items:
    """Containers of the items, nested by their indents."""

    def __init__(self) -> None:
        self.stack: list[_Item] = []
        self.next_key = 0

    def close(self) -> None:
        self.stack.clear()

    def add(self, paragraph: Paragraph, line: Line) -> Candidate:
        while self.stack and self.stack[-1].indent >= paragraph.indent:
            self.stack.pop()
        self.next_key += 1
        number = int(line.marker.strip().rstrip(".)")) if line.marker[0].isdigit() else None
        item = Container("item", self.next_key, ordered=number is not None, number=number)
        self.stack.append(_Item(item, paragraph.indent))
        containers = tuple(i.container for i in self.stack)
        return Candidate("list_item", paragraph.text[len(line.marker) :], containers=containers)


def _set_title(page: Page) -> None:
    """A heading that the text begins with is its title."""
    if len(page.blocks) > 1 and page.blocks[0].kind == "heading":
        page.blocks[0].level, page.blocks[0].role = 1, "title"
