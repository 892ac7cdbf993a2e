"""The layout of flattened text: which lines are one block.

The text itself tells whether blank lines separate its blocks, which line ends are wraps (`breaks`, `flowed`), and what
is not flowing text: code, tables, verse, the edges of printed pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from math import fsum
from pathlib import Path
from typing import Literal

from cleaner.document import Cell, table_text
from cleaner.text.code import code_in
from cleaner.text.drawn_lines import banners_in, breaks_in, lines_of_signs, underlined_in
from cleaner.text.flowed import flowed
from cleaner.text.joining import Joiner
from cleaner.text.printed import PAGE_END, without_page_edges
from cleaner.text.speech import speeches_in
from cleaner.text.tables import Drawn, tables_in
from cleaner.text.verse import stanzas_in
from cleaner.text.wrapping import MAX_OVER, MAX_WIDTH, hanging

_MIN_DOUBLE_SHARE, _MIN_DOUBLE = 0.8, 6
"""Minimum share and number of lines with one blank line after them in a text that is double-spaced throughout."""
_MIN_FULL, _MIN_APART = 0.9, 4
"""Minimum share that is full, and minimum number, of these lines where more blank lines separate paragraphs."""
_SPACES = "".join(char for char in map(chr, range(0x3001)) if char.isspace() and char != PAGE_END)
_QUOTED = re.compile(r"\s*((?:>\s?)+)")
_MAX_DEPTH = 20
"""Maximum depth of nested quotations; deeper ones count as this deep."""
_MIN_QUOTED = 2
"""Minimum number of lines of a quotation, except in mail whose paragraphs are lines."""

_COUPLET = 2
"""Number of lines of a stanza that is told by its indent, whatever the score says of their ends."""
_MIN_STANDING = 0.33
"""Minimum mean of the probabilities that a block ends with each of the lines of a stanza but the last."""

ParagraphKind = Literal["text", "lines", "code", "table", "printed", "underlined", "rule"]


@dataclass(slots=True)
class Paragraph:
    """A block of the text, put together from its lines."""

    text: str
    indent: int
    """Number of columns before its first line."""
    gap: bool
    """Whether a blank line, or the beginning of the text, is before it."""
    kind: ParagraphKind = "text"
    """What it is: flowing text, lines that stay lines, code or columns, a table, the edge of a printed page, a heading
    with a line below it, or a thematic break."""
    quoted: int = 0
    """Number of quotation signs before each of its lines."""
    cells: list[list[Cell]] = field(default_factory=list)
    """The rows of a table."""
    sign: str = ""
    """What the line below an underlined heading is drawn with."""


def layout_of(text: str, model: Path) -> list[Paragraph]:
    """The blocks of a text; `model` is the file of the scores for text."""
    rows = (text.expandtabs(4) if "\t" in text else text).split("\n")
    joiner = Joiner(text)
    mail = flowed(rows, joiner.join) if " \n" in text else None
    rows = [row.rstrip(_SPACES) for row in (mail.rows if mail else rows)]
    pages = without_page_edges(rows)
    rows, edges, seams = pages.rows, pages.edges, pages.seams
    quoted: dict[int, int] = {}
    if ">" in text:
        rows, quoted, places = _without_quotes(rows, 1 if mail else _MIN_QUOTED)
        edges = {places[number]: texts for number, texts in edges.items()}
        seams = {places[number] for number in seams}
    rows = rows if edges or quoted else _single_spaced(rows)
    fixed = _standing(rows, quoted) if "|" in text or "  " in text else {}
    fixed |= _lines(rows, quoted)
    scores = [1.0] * len(rows) if mail and mail.is_all else _end_scores(_as_wide(rows, quoted), model)
    fixed |= _stanzas(rows, quoted, scores)
    blocks = _Blocks(rows, fixed, quoted, edges)
    under = hanging(rows)
    for number in [*seams, *banners_in(rows)]:
        under[number] = bool(rows[number] and rows[number - 1])
    ends = _ends(rows, scores, under)
    return list(blocks.line_by_line() if all(ends) else blocks.joined(ends, joiner))


def _end_scores(rows: list[str], model: Path) -> list[float]:
    """For each row the probability that a block ends with it."""
    from cleaner.text.breaks import end_scores

    scores: list[float] = end_scores(rows, model).tolist()
    return scores


def _ends(rows: list[str], scores: list[float], under: list[bool]) -> list[bool]:
    """For each row whether a block ends with it; `under` are the rows that continue an item, before which none ends."""
    from cleaner.text.breaks import MIN_SCORE

    ends = [score > MIN_SCORE for score in scores]
    for number in speeches_in(rows):
        ends[max(number, 1) - 1] = True
    following = [*under[1:], False] if under else []
    return [end and not after for end, after in zip(ends, following, strict=True)]


def _as_wide(rows: list[str], quoted: dict[int, int]) -> list[str]:
    """The rows as wide as they were with their quotation signs."""
    if not quoted:
        return rows
    return [" " * (2 * quoted[number]) + row if number in quoted and row else row for number, row in enumerate(rows)]


def _single_spaced(rows: list[str]) -> list[str]:
    """The rows without the blank rows that double the space of a text."""
    written = [number for number, row in enumerate(rows) if row]
    steps = [after - before for before, after in pairwise(written)]
    if 1 in steps or 2 not in steps:
        return rows
    lines = [rows[number] for number in written]
    doubled = [number for number, step in enumerate(steps) if step == 2]
    full = _count_full(lines, doubled)
    is_double = len(doubled) >= _MIN_DOUBLE and len(doubled) >= _MIN_DOUBLE_SHARE * len(steps)
    is_apart = _MIN_APART <= len(doubled) < len(steps) and full >= _MIN_FULL * len(doubled)
    if not full or not (is_double or is_apart):
        return rows
    out = lines[:1]
    for step, line in zip(steps, lines[1:], strict=True):
        out += [""] * (step > 2) + [line]
    return out


def _count_full(lines: list[str], before: list[int]) -> int:
    """The number of the lines `before` others that are full at the width of the text; 0 where it was not wrapped."""
    if len(before) < _MIN_APART or sum(len(line) > MAX_WIDTH for line in lines) > MAX_OVER * len(lines):
        return 0
    import numpy

    from cleaner.text.features.rows import needs, rows_of
    from cleaner.text.widths import width_of

    rows, at = rows_of(lines), numpy.array(before)
    width = width_of(rows, at)
    return 0 if width is None else int((needs(rows, at) > width).sum())


def _without_quotes(rows: list[str], least: int) -> tuple[list[str], dict[int, int], list[int]]:
    """The rows without quotation signs, and with a blank row where the number of signs changes.

    A quotation has `least` rows; a single row may have the arrow of a menu.
    Also gives the number of signs by row, and for each of the given rows, and their end, the row that it has become.
    """
    depths = [_depth(row) for row in rows]
    if not {1, 2} & set(depths):  # three signs and never fewer are the prompt of an interpreter
        return rows, {}, list(range(len(rows) + 1))
    out: list[str] = []
    places: list[int] = []
    quoted: dict[int, int] = {}
    start = 0
    while start < len(rows):
        end = start + 1
        while end < len(rows) and bool(depths[end]) == bool(depths[start]):
            end += 1
        is_quote = depths[start] and end - start >= least
        for number in range(start, end):
            if (is_quote and number and depths[number] != depths[number - 1]) or (number == start and quoted):
                out.append("")
            places.append(len(out))
            if is_quote:
                quoted[len(out)] = depths[number]
            out.append(_QUOTED.sub("", rows[number], count=1) if is_quote else rows[number])
        start = end
    return out, quoted, [*places, len(out)]


def _depth(row: str) -> int:
    found = _QUOTED.match(row)
    return min(found.group(1).count(">"), _MAX_DEPTH) if found else 0


def _standing(rows: list[str], quoted: dict[int, int]) -> dict[int, Paragraph]:
    """The code and the tables of a text by their first rows; blanks these rows in `rows`."""
    found = {}
    for drawn in [*code_in(rows), *tables_in(rows)]:
        if not any(rows[drawn.start : drawn.end]):
            continue  # columns in code
        found[drawn.start] = _drawn(rows, drawn, quoted.get(drawn.start, 0))
        rows[drawn.start : drawn.end] = [""] * (drawn.end - drawn.start)
    return found


def _lines(rows: list[str], quoted: dict[int, int]) -> dict[int, Paragraph]:
    """Underlined headings and thematic breaks by their first rows; blanks these rows in `rows`."""
    found: dict[int, Paragraph] = {}
    drawn = lines_of_signs(rows)
    for heading in underlined_in(rows, drawn):
        title = rows[heading.row].strip()
        found[heading.start] = Paragraph(title, 0, True, "underlined", quoted.get(heading.row, 0), sign=heading.sign)
        rows[heading.start : heading.end] = [""] * (heading.end - heading.start)
    for number in list(breaks_in(rows, drawn)):
        found[number] = Paragraph("", 0, True, "rule", quoted.get(number, 0))
        rows[number] = ""
    return found


def _stanzas(rows: list[str], quoted: dict[int, int], scores: list[float]) -> dict[int, Paragraph]:
    """Verse and addresses by their first rows; blanks these rows in `rows`.

    `scores` tell how probable the ends of blocks are: prose that was broken by hand in narrow lines looks like verse.
    """
    found = {}
    for stanza in list(stanzas_in(rows)):
        inside = [scores[number] for number in stanza[:-1]]
        if len(stanza) > _COUPLET and fsum(inside) / len(inside) < _MIN_STANDING:
            continue
        lines = [" ".join(rows[number].split()) for number in stanza]
        indent = len(rows[stanza[0]]) - len(rows[stanza[0]].lstrip())
        found[stanza[0]] = Paragraph("\n".join(lines), indent, True, "lines", quoted.get(stanza[0], 0))
        rows[stanza.start : stanza.stop] = [""] * len(stanza)
    return found


def _drawn(rows: list[str], drawn: Drawn, quoted: int) -> Paragraph:
    if drawn.cells:
        return Paragraph(table_text(drawn.cells), 0, True, "table", quoted, drawn.cells)
    block = rows[drawn.start : drawn.end]
    indent = min(len(row) - len(row.lstrip()) for row in block)
    return Paragraph("\n".join(row[indent:] for row in block), indent, True, "code", quoted)


@dataclass(slots=True)
class _Blocks:
    """The rows of a text with what is known about some of them; makes the blocks."""

    rows: list[str]
    fixed: dict[int, Paragraph]
    """What is not flowing text, by its first row."""
    quoted: dict[int, int]
    """Number of quotation signs, by row."""
    edges: dict[int, list[str]]
    """What was at the edge of a printed page, by the row before which it was."""

    def line_by_line(self) -> Iterator[Paragraph]:
        """The blocks where every row is one."""
        gap = True
        is_plain = not (self.fixed or self.quoted or self.edges)
        for number, row in enumerate(self.rows):
            if not is_plain:
                yield from self.beside(number)
            if row:
                line = row.lstrip()
                text = " ".join(line.split()) if "  " in line or not line.isascii() else line
                yield Paragraph(text, len(row) - len(line), gap, "text", self.quoted.get(number, 0))
            gap = not row
        yield from self.beside(len(self.rows))

    def joined(self, ends: list[bool], joiner: Joiner) -> Iterator[Paragraph]:
        """The blocks where rows are wraps; `ends` says for each row whether a block ends with it."""
        held: list[str] = []
        gap, first = True, 0
        late: list[Paragraph] = []
        for number, (row, end) in enumerate(zip(self.rows, ends, strict=True)):
            late += self.beside(number)
            if not held:
                yield from late
                late = []
            if not row:
                gap = True
                continue
            first = first if held else number
            held.append(row)
            if end:
                indent = len(held[0]) - len(held[0].lstrip())
                yield Paragraph(joiner.join(held), indent, gap, "text", self.quoted.get(first, 0))
                held, gap = [], False
        yield from late
        yield from self.beside(len(self.rows))

    def beside(self, number: int) -> Iterator[Paragraph]:
        """What is not flowing text and is before a row or in its place."""
        for text in self.edges.get(number, ()):
            yield Paragraph(text, 0, True, "printed")
        if number in self.fixed:
            yield self.fixed[number]
