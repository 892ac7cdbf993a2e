"""The edges of printed pages: page numbers, and running heads or feet."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from cleaner.text.wrapping import flows

PAGE_END = "\f"
_MIN_PAGES = 3
"""Minimum number of numbers that count pages."""
_MIN_HEADS = 2
"""Minimum number of pages with a running head."""
_MIN_HEADED = 0.6
"""Minimum share of the pages with a running head."""
_MIN_PAGE_ROWS = 8
"""Minimum number of rows from one page number to the next where the text has no form feeds."""
_EDGE = 2
"""Number of rows on each side of a page's end that may be its head or foot."""
_EDGE_ROWS = 6
"""Number of rows, blank ones included, among which these are looked for."""
_MAX_NUMBER_WIDTH = 99
"""Maximum number of characters of a row with a page number, the space before it included."""
_MAX_HEAD = 90
"""Maximum number of characters of a running head."""
_PAGE_WORDS = (
    "pages?|pg|p|seite|s|página|pág|pagina|pag|páxina|blz|side|sida|sivu|strona|str|strana|stran|oldal|sayfa|"
    "страница|стр|с|сторінка|стор|σελίδα|σελ|صفحة|صفحه|עמוד|पृष्ठ|trang|halaman|หน้า|第"
)
_NUMBER = re.compile(
    rf"\W{{0,4}}((?:{_PAGE_WORDS})\b|第)?\W{{0,3}}(\d{{1,4}})(\s?(?:/|[^\W\d_]{{1,4}})\s?\d{{1,4}})?\W{{0,4}}[页頁]?\W{{0,4}}",
    re.IGNORECASE,
)
"""A row with a page number: "12", "- 12 -", "Page 12", "12 / 80", "Seite 12 von 80"; other words before a number count
something else, such as chapters."""
_MAX_BARE_NUMBER = 999
"""Maximum of a page number without a word for pages; a larger number is a year, or something else."""


def without_page_edges(rows: Sequence[str]) -> tuple[list[str], dict[int, list[str]]]:
    """The rows without the edges of printed pages, and these edges by the row before which they were.

    A sentence that is broken by the end of a page becomes whole.
    """
    is_paged = any(PAGE_END in row for row in rows)
    edges = _page_numbers(rows, is_paged) | (_running_heads(rows) if is_paged else set())
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
    """Removes the blank rows at the end of `kept` if a sentence continues after them; else one of them stays."""
    last = next((line for line in reversed(kept) if line), "")
    goes_on = bool(last) and flows(last, row)
    while kept and not kept[-1]:
        kept.pop()
    if last and not goes_on:
        kept.append("")


def _page_numbers(rows: Sequence[str], is_paged: bool) -> set[int]:
    """The rows that are nothing but a page number, each one higher than the last.

    Bare numbers also count verses and steps. So they count pages in a text without form feeds only if one of them is in
    the middle of a sentence.
    """
    series: dict[tuple[str, bool], list[tuple[int, int]]] = defaultdict(list)
    for number, row in enumerate(rows):
        is_short = 0 < len(row) <= _MAX_NUMBER_WIDTH
        found = _NUMBER.fullmatch(row.strip()) if is_short else None  # a form feed is white space
        if found and (found.group(1) or int(found.group(2)) <= _MAX_BARE_NUMBER):
            series[(found.group(1) or "").lower(), bool(found.group(3))].append((number, int(found.group(2))))
    pages: set[int] = set()
    for (word, of_all), found_at in series.items():
        apart = 1 if is_paged else _MIN_PAGE_ROWS
        counted = all(b[1] == a[1] + 1 and b[0] - a[0] >= apart for a, b in itertools.pairwise(found_at))
        is_certain = word or of_all or is_paged or any(_breaks_sentence(rows, number) for number, _ in found_at)
        if len(found_at) >= _MIN_PAGES and counted and is_certain:
            pages.update(number for number, _ in found_at)
    return pages


def _breaks_sentence(rows: Sequence[str], number: int) -> bool:
    """Whether the sentence before a row continues after it."""
    before = next((rows[n] for n in range(number - 1, -1, -1) if rows[n]), "")
    after = next((rows[n] for n in range(number + 1, len(rows)) if rows[n]), "")
    return bool(before and after) and flows(before, after)


def _running_heads(rows: Sequence[str]) -> set[int]:
    """Short rows at the same place beside form feeds that are the same on most pages, except for the page number."""
    ends = [number for number, row in enumerate(rows) if PAGE_END in row]
    places: dict[tuple[str, int], list[tuple[int, int, int]]] = defaultdict(list)
    for page, end in enumerate(ends):
        for place, number in _beside(rows, end):
            text, value = _without_number(rows[number].replace(PAGE_END, "").strip())
            if len(text) <= _MAX_HEAD:
                places[text, place].append((page, value, number))
    heads: set[int] = set()
    for (text, place), found in places.items():
        counts = all(b[1] - a[1] in (0, b[0] - a[0]) for a, b in itertools.pairwise(found))
        if len(found) >= max(_MIN_HEADS, _MIN_HEADED * len(ends)) and counts:
            heads.update(number for _, _, number in found)
            heads.update(_at_the_outside(rows, text, place))
    return heads


def _at_the_outside(rows: Sequence[str], text: str, place: int) -> Iterator[int]:
    """The rows with a head at the beginning of the text, or a foot at its end, where no form feed is."""
    written = [number for number, row in enumerate(rows) if row.replace(PAGE_END, "").strip()]
    outside = written[:_EDGE] if place > 0 else written[-_EDGE:]
    for number in outside:
        if _without_number(rows[number].replace(PAGE_END, "").strip())[0] == text:
            yield number


def _without_number(text: str) -> tuple[str, int]:
    """A row with 0 for its only number, and that number.

    A row with several numbers belongs to a list rather than to a page's edge, and stays as it is.
    """
    numbers = re.findall(r"\d+", text)
    return (re.sub(r"\d+", "0", text), int(numbers[0])) if len(numbers) == 1 else (text, 0)


def _beside(rows: Sequence[str], end: int) -> list[tuple[int, int]]:
    """The rows with text next to a page's end, each with its place: -1 the last of the page, 1 the first of the next.

    A row that is the same as the next row of its page, except for numbers, belongs to a list and is left out.
    """
    first, last = max(end - _EDGE_ROWS, -1), min(end + _EDGE_ROWS, len(rows))
    before = [n for n in range(end - 1, first, -1) if rows[n].strip()][: _EDGE + 1]
    after = [n for n in range(end, last) if rows[n].replace(PAGE_END, "").strip()][: _EDGE + 1]
    found = []
    for sign, side in ((-1, before), (1, after)):
        texts = [re.sub(r"\d+", "0", rows[n].replace(PAGE_END, "").strip()) for n in side]
        found += [(sign * (place + 1), n) for place, n in enumerate(side[:_EDGE]) if texts.count(texts[place]) == 1]
    return found
