"""What a printed page has at its edges: numbers that count its pages, and the line that runs over all of them."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Sequence

from cleaner.text.wrapping import flows

PAGE_END = "\f"
_FEWEST = 3
"""Pages from which on numbers count and heads run."""
_APART = 8
"""Lines between two pages' numbers, at least, where no form feed stands between them."""
_EDGE = 2
"""Lines of a page beside its end that may be its head or foot."""
_WIDEST = 100
"""Characters of a row with a page's number, the space before it included."""
_LONGEST = 90
_NUMBER = re.compile(r"(\D{0,12}?)(\d{1,4})((?:\s?(?:/|[^\W\d_]{1,4})\s?\d{1,4})?\W{0,4})")


def without_page_edges(rows: Sequence[str]) -> tuple[list[str], dict[int, list[str]]]:
    """The rows without what belongs to printed pages; and that, by the row before which it stood.

    A sentence that a page's end has broken is whole again.
    """
    is_paged = any(PAGE_END in row for row in rows)
    edges = _page_numbers(rows) | (_running_heads(rows) if is_paged else set())
    if not edges and not is_paged:
        return list(rows), {}
    kept: list[str] = []
    taken: dict[int, list[str]] = defaultdict(list)
    broken = False
    for number, raw in enumerate(rows):
        row = raw.replace(PAGE_END, "").rstrip()
        if number in edges:
            taken[len(kept)].append(row.strip())
            broken = True
        elif row or not broken:
            if broken:
                _close_gap(kept, row)
            broken = PAGE_END in raw or (broken and not row)
            if broken and row and PAGE_END in raw:
                _close_gap(kept, row)
                broken = False
            kept.append(row)
    return kept, {min(place, len(kept)): texts for place, texts in taken.items()}


def _close_gap(kept: list[str], row: str) -> None:
    """Takes the blank rows away over which a sentence goes on; else one stays, for a page's end may end a block."""
    last = next((line for line in reversed(kept) if line), "")
    goes_on = bool(last) and flows(last, row)
    while kept and not kept[-1]:
        kept.pop()
    if last and not goes_on:
        kept.append("")


def _page_numbers(rows: Sequence[str]) -> set[int]:
    """Rows that are nothing but a number, one higher each time."""
    series: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for number, row in enumerate(rows):
        found = _NUMBER.fullmatch(row.strip()) if 0 < len(row) < _WIDEST else None  # the form feed is white space
        if found:
            series[found.group(1), re.sub(r"\d", "", found.group(3))].append((number, int(found.group(2))))
    pages: set[int] = set()
    for found_at in series.values():
        steps = itertools.pairwise(found_at)
        counted = all(b[1] == a[1] + 1 and b[0] - a[0] >= _APART for a, b in steps)
        if len(found_at) >= _FEWEST and counted:
            pages.update(number for number, _ in found_at)
    return pages


def _running_heads(rows: Sequence[str]) -> set[int]:
    """Short rows beside form feeds that are the same, but for numbers, on several pages."""
    ends = [number for number, row in enumerate(rows) if PAGE_END in row]
    places: dict[str, set[int]] = defaultdict(set)
    for end in ends:
        for number in _beside(rows, end):
            text = re.sub(r"\d+", "0", rows[number].replace(PAGE_END, "")).strip()
            if len(text) <= _LONGEST:
                places[text].add(number)
    return {number for found in places.values() if len(found) >= _FEWEST - 1 for number in found}


def _beside(rows: Sequence[str], end: int) -> list[int]:
    """The rows with text next to a page's end."""
    before = [n for n in range(end - 1, max(end - 6, -1), -1) if rows[n].strip()][:_EDGE]
    after = [n for n in range(end, min(end + 6, len(rows))) if rows[n].replace(PAGE_END, "").strip()][:_EDGE]
    return before + after
