"""The layout of flattened text: which lines are one block, told from the text itself.

Three things are asked: whether blank lines stand between blocks, whether lines are hard-wrapped and at which width
(`wrapping`), and what does not flow at all (quotes, tables, verse).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from cleaner.text.joining import Joiner
from cleaner.text.wrapping import width_of

_DOUBLE = 0.8
"""Share of lines with one blank line after them in a text that is double-spaced."""
_FEWEST_DOUBLE = 6


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that are one block."""

    text: str
    indent: int
    """Columns before its first line."""
    gap: bool
    """Whether a blank line, or the text's beginning, stands before it."""


@dataclass(frozen=True, slots=True)
class Layout:
    paragraphs: list[Paragraph]
    width: int | None
    """The column that lines were wrapped at; None where they were not."""


def layout_of(text: str, model: Path) -> Layout:
    """The blocks of a text by its lines alone."""
    rows = rows_of(text)
    width = wrapped_at(rows)
    if width is None:
        return Layout(list(_line_by_line(rows)), None)
    return Layout(list(_joined(rows, width, Joiner(text), model)), width)


def rows_of(text: str) -> list[str]:
    """The lines of a text as they stand, without what is at their ends."""
    return _single_spaced([row.rstrip() for row in (text.expandtabs(4) if "\t" in text else text).split("\n")])


def wrapped_at(rows: list[str]) -> int | None:
    """The width that rows were wrapped at, None where they were not."""
    return width_of([row for row in rows if row], [(a, b) for a, b in pairwise(rows) if a and b])


def _single_spaced(rows: list[str]) -> list[str]:
    """The rows of a double-spaced text without the blank ones that only double it."""
    written = [number for number, row in enumerate(rows) if row]
    steps = [after - before for before, after in pairwise(written)]
    if len(steps) < _FEWEST_DOUBLE or steps.count(1) > 0 or steps.count(2) < _DOUBLE * len(steps):
        return rows
    lines = [rows[number] for number in written]
    if width_of(lines, list(pairwise(lines))) is None:
        return rows
    out = lines[:1]
    for step, line in zip(steps, lines[1:], strict=True):
        out += [""] * (step > 2) + [line]
    return out


def _line_by_line(rows: list[str]) -> Iterator[Paragraph]:
    gap = True
    for row in rows:
        if row:
            line = row.lstrip()
            yield Paragraph(" ".join(line.split()) if "  " in line else line, len(row) - len(line), gap)
        gap = not row


def _joined(rows: list[str], width: int, joiner: Joiner, model: Path) -> Iterator[Paragraph]:
    """The blocks of a text wrapped at `width`."""
    from cleaner.text.breaks import block_ends

    held: list[str] = []
    gap = True
    for row, end in zip(rows, block_ends(rows, width, model), strict=True):
        if not row:
            gap = True
            continue
        held.append(row)
        if end:
            yield Paragraph(joiner.join(held), len(held[0]) - len(held[0].lstrip()), gap)
            held, gap = [], False
