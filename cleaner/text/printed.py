"""The edges of printed pages: page numbers, and running heads or feet.

Form feeds and page numbers tell where pages end. Beside these places, rows that recur are running heads or feet. A
paragraph that is cut by the end of a page becomes whole again.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from cleaner.text.page_numbers import MAX_HEAD, breaks_sentence, page_numbers
from cleaner.text.wrapping import MAX_WIDTH, ends_sentence, flows, starts_item

PAGE_END = "\f"
_MIN_HEADS, _MIN_HEADED = 2, 0.6
"""Minimum number and share of the pages with a running head."""
_MIN_SIDES, _MIN_SIDED = 3, 0.3
"""The same of one that only left or right pages have."""
_MAX_SENTENCE = 60
"""Maximum number of characters of a running head that ends as a sentence does."""
_EDGE = 2
"""Number of rows on each side of a page's end that may be its head or foot."""
_EDGE_ROWS = 6
"""Number of rows, blank ones included, among which these are looked for."""
_MIN_RECURRING, _MIN_RECURRING_ROWS = 3, 15
"""Minimum number of rows with a head that is the only sign of pages, and minimum number of rows between two of them."""
_MIN_PARTED, _MIN_PARTED_LINE = 0.6, 45
"""Minimum share of these rows that are in the middle of a sentence, and minimum number of characters of the line before
each."""
_MAX_IRREGULAR = 4
"""Maximum difference in rows between these pages."""
_MIN_GAPS, _MIN_LEAST = 2, 0.5
"""Minimum number of ends of pages, and share of them with the least number of blank rows, that tell whether a paragraph
ends there too."""
_USUAL, _MIN_LONG = 0.9, 0.8
"""Share of the lines that are not longer than the usual one, and minimum share of its length that the last line of a
page has in the middle of a paragraph."""

_NUMBER = re.compile(r"\W*(\d+)\W*")

Gap = tuple[int, int]
"""Rows `start` to `end` (half-open) with the end of a page: edges and blank rows, or none."""


@dataclass(slots=True)
class Pages:
    """A text without the edges of its printed pages."""

    rows: list[str]
    edges: dict[int, list[str]] = field(default_factory=dict)
    """What was at the edges, by the row before which it was."""
    seams: set[int] = field(default_factory=set)
    """The rows that continue a sentence of the page before."""


def without_page_edges(rows: Sequence[str]) -> Pages:
    """The text without the edges of its printed pages, and without blank rows in paragraphs that were cut by them."""
    feeds = {number + _is_last(row) for number, row in enumerate(rows) if PAGE_END in row}
    bare = [row.replace(PAGE_END, "").rstrip() for row in rows] if feeds else list(rows)
    edges = page_numbers(bare, bool(feeds))
    edges |= set() if edges or feeds else _recurring(bare)
    if not edges and not feeds:
        return Pages(bare)
    edges |= _running_heads(bare, edges, feeds)
    return _removed(bare, edges, _gaps(bare, edges, feeds))


def _is_last(row: str) -> bool:
    """Whether a row with a form feed is the last one of its page."""
    return row.endswith(PAGE_END) and row != PAGE_END


def _removed(rows: list[str], edges: set[int], gaps: Sequence[Gap]) -> Pages:
    """The text without what is in the gaps between its pages."""
    inner = [gap for gap in gaps if gap[0] > 0 and gap[1] < len(rows)]
    is_cut = _Cuts(rows, edges, inner)
    found = Pages([])
    done = 0
    for gap in gaps:
        start, end = gap
        found.rows += rows[done:start]
        done = end
        if gap in inner:
            if not is_cut(gap):
                found.rows.append("")
            elif flows(rows[start - 1], rows[end]):
                found.seams.add(len(found.rows))
        taken = [rows[number].strip() for number in range(start, end) if number in edges]
        if taken:
            found.edges[len(found.rows)] = taken
    found.rows += rows[done:]
    return found


class _Cuts:
    """Tells at which ends of pages a paragraph continues."""

    def __init__(self, rows: Sequence[str], edges: set[int], gaps: Sequence[Gap]) -> None:
        self.rows = rows
        self.blanks = {gap: sum(number not in edges for number in range(*gap)) for gap in gaps}
        inside = sum(end - start for start, end in gaps)
        written = sorted(min(len(row), MAX_WIDTH) for row in rows if row)
        self.min_length = _MIN_LONG * (written[int(_USUAL * (len(written) - 1))] if written else 0)
        self.is_tight = len(rows) - len(written) <= inside - len(edges)
        self.least = self._least()

    def _least(self) -> int | None:
        """The number of blank rows between pages where no paragraph ends; None where they do not tell."""
        counts = Counter(self.blanks.values())
        least = min(counts, default=0)
        tells = sum(counts.values()) >= _MIN_GAPS and len(counts) > 1 and counts[least] >= _MIN_LEAST * len(self.blanks)
        return least if tells else None

    def __call__(self, gap: Gap) -> bool:
        last, following = self.rows[gap[0] - 1], self.rows[gap[1]]
        if self.is_tight:
            return True
        is_least = self.blanks[gap] == self.least
        if flows(last, following):
            return is_least or len(last) >= min(self.min_length, _MIN_PARTED_LINE)
        is_long = len(last) >= self.min_length
        return is_long and not starts_item(following) and (is_least or not ends_sentence(last))


def _gaps(rows: Sequence[str], edges: set[int], feeds: Iterable[int]) -> list[Gap]:
    """The places between the pages: what is blank or an edge around each form feed and edge."""
    found: list[Gap] = []
    end = -1
    for mark in sorted(edges.union(feeds)):
        if mark <= end:
            continue
        start = mark
        while start > 0 and (not rows[start - 1] or start - 1 in edges):
            start -= 1
        end = mark
        while end < len(rows) and (not rows[end] or end in edges):
            end += 1
        found.append((start, end))
    return found


def _recurring(rows: Sequence[str]) -> set[int]:
    """Rows that recur in the middle of sentences to which they do not belong, always at the distance of a page."""
    counts = Counter(row for row in rows if 0 < len(row) <= MAX_HEAD)
    often = {row for row, count in counts.items() if count >= _MIN_RECURRING}
    places: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        if row in often:
            places[row].append(number)
    regular = {row: found for row, found in places.items() if _is_head(row) and _are_regular(found)}
    numbers = {number for found in regular.values() for number in found}
    bare = ["" if number in numbers else row for number, row in enumerate(rows)] if numbers else rows
    heads: set[int] = set()
    for row, found in regular.items():
        parts = sum(_parts(bare, number, row) for number in found)
        heads.update(found if parts >= _MIN_PARTED * len(found) else ())
    return heads


def _is_head(row: str) -> bool:
    return row[-1] not in ".!?:,;" and not starts_item(row)


def _are_regular(numbers: Sequence[int]) -> bool:
    """Whether rows are always at the distance of a page; the last page may be shorter."""
    steps = [after - before for before, after in pairwise(numbers)]
    least = min(steps[:-1] if len(steps) >= _MIN_RECURRING else steps)
    return least >= _MIN_RECURRING_ROWS and max(steps) - least <= _MAX_IRREGULAR


def _parts(rows: Sequence[str], number: int, row: str) -> bool:
    """Whether a row parts a sentence to which it does not belong."""
    before = _before(rows, number)
    return len(before) >= _MIN_PARTED_LINE and breaks_sentence(rows, number) and not flows(before, row)


def _before(rows: Sequence[str], number: int) -> str:
    """The last row with text before a row."""
    return next((rows[n] for n in range(number - 1, -1, -1) if rows[n]), "")


def _running_heads(rows: Sequence[str], edges: set[int], feeds: Iterable[int]) -> set[int]:
    """Short rows at the same place beside the ends of pages that are the same on most pages but for the page number."""
    gaps = _gaps(rows, edges, feeds)
    inner = sum(start > 0 and end < len(rows) for start, end in gaps)
    first, last = [(0, 0)] * (gaps[0][0] > 0), [(len(rows), len(rows))] * (gaps[-1][1] < len(rows))
    places: dict[tuple[str, int], list[tuple[int, int, int]]] = defaultdict(list)
    for page, gap in enumerate([*first, *gaps, *last]):
        for place, number in _beside(rows, gap):
            text, value = _without_number(rows[number].strip())
            if len(text) <= (_MAX_SENTENCE if ends_sentence(text) else MAX_HEAD):
                places[text, place].append((page, value, number))
    heads: set[int] = set()
    for found in places.values():
        counts = all(b[1] - a[1] in (0, b[0] - a[0]) for a, b in pairwise(found))
        if counts and _is_often(len(found), inner):
            heads.update(number for _, _, number in found)
    return heads


def _is_often(pages: int, of: int) -> bool:
    """Whether a row that some of all pages have is a running head."""
    return pages >= max(_MIN_HEADS, _MIN_HEADED * of) or pages >= max(_MIN_SIDES, _MIN_SIDED * of)


def _without_number(text: str) -> tuple[str, int]:
    """A row without its only number, and that number: left and right pages may have it on different sides.

    A row with several numbers belongs to a list rather than to a page's edge, and stays as it is.
    """
    numbers = _NUMBER.findall(text)
    return (_NUMBER.sub(" ", text).strip(), int(numbers[0])) if len(numbers) == 1 else (text, 0)


def _beside(rows: Sequence[str], gap: Gap) -> list[tuple[int, int]]:
    """The rows with text next to a page's end, each with its place: -1 the last of the page, 1 the first of the next.

    A row that is the same as the next row of its page, except for numbers, belongs to a list and is left out.
    """
    first, last = max(gap[0] - _EDGE_ROWS, 0), min(gap[1] + _EDGE_ROWS, len(rows))
    before = [n for n in range(gap[0] - 1, first - 1, -1) if rows[n]][: _EDGE + 1]
    after = [n for n in range(gap[1], last) if rows[n]][: _EDGE + 1]
    found = []
    for sign, side in ((-1, before), (1, after)):
        texts = [re.sub(r"\d+", "0", rows[n].strip()) for n in side]
        found += [(sign * (place + 1), n) for place, n in enumerate(side[:_EDGE]) if texts.count(texts[place]) == 1]
    return found
