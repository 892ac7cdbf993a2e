"""What a printed page has at its edges: numbers that count its pages, and the line that runs over all of them."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

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
_MOSTLY = 0.6
"""Share of a text's pages on which a running head stands."""
_PAGE_WORDS = (
    "pages?|pg|p|seite|s|página|pág|pagina|pag|páxina|blz|side|sida|sivu|strona|str|strana|stran|oldal|sayfa|"
    "страница|стр|с|сторінка|стор|σελίδα|σελ|صفحة|صفحه|עמוד|पृष्ठ|trang|halaman|หน้า|第"
)
_NUMBER = re.compile(
    rf"\W{{0,4}}((?:{_PAGE_WORDS})\b|第)?\W{{0,3}}(\d{{1,4}})(\s?(?:/|[^\W\d_]{{1,4}})\s?\d{{1,4}})?\W{{0,4}}[页頁]?\W{{0,4}}",
    re.IGNORECASE,
)
"""A row that counts pages: "12", "- 12 -", "Page 12", "12 / 80", "Seite 12 von 80"; other words before a number count
something else, such as chapters."""
_LARGEST = 1_000
"""Number from which on a row without a word for pages is a year, or anything else."""


def without_page_edges(rows: Sequence[str]) -> tuple[list[str], dict[int, list[str]]]:
    """The rows without what belongs to printed pages; and that, by the row before which it stood.

    A sentence that a page's end has broken is whole again.
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
    """Takes the blank rows away over which a sentence goes on; else one stays, for a page's end may end a block."""
    last = next((line for line in reversed(kept) if line), "")
    goes_on = bool(last) and flows(last, row)
    while kept and not kept[-1]:
        kept.pop()
    if last and not goes_on:
        kept.append("")


def _page_numbers(rows: Sequence[str], is_paged: bool) -> set[int]:
    """Rows that are nothing but a page's number, one higher each time.

    Verses and steps are counted by bare numbers as well. So without form feeds, numbers alone count pages only where
    one of them stands in the midst of a sentence.
    """
    series: dict[tuple[str, bool], list[tuple[int, int]]] = defaultdict(list)
    for number, row in enumerate(rows):
        found = _NUMBER.fullmatch(row.strip()) if 0 < len(row) < _WIDEST else None  # the form feed is white space
        if found and (found.group(1) or int(found.group(2)) < _LARGEST):
            series[(found.group(1) or "").lower(), bool(found.group(3))].append((number, int(found.group(2))))
    pages: set[int] = set()
    for (word, of_all), found_at in series.items():
        apart = 1 if is_paged else _APART
        counted = all(b[1] == a[1] + 1 and b[0] - a[0] >= apart for a, b in itertools.pairwise(found_at))
        told = word or of_all or is_paged or any(_breaks_sentence(rows, number) for number, _ in found_at)
        if len(found_at) >= _FEWEST and counted and told:
            pages.update(number for number, _ in found_at)
    return pages


def _breaks_sentence(rows: Sequence[str], number: int) -> bool:
    """Whether the text before a row goes on after it."""
    before = next((rows[n] for n in range(number - 1, -1, -1) if rows[n]), "")
    after = next((rows[n] for n in range(number + 1, len(rows)) if rows[n]), "")
    return bool(before and after) and flows(before, after)


def _running_heads(rows: Sequence[str]) -> set[int]:
    """Short rows at the same place beside form feeds, the same on most pages but for the number of the page."""
    ends = [number for number, row in enumerate(rows) if PAGE_END in row]
    places: dict[tuple[str, int], list[tuple[int, int, int]]] = defaultdict(list)
    for page, end in enumerate(ends):
        for place, number in _beside(rows, end):
            text, value = _without_number(rows[number].replace(PAGE_END, "").strip())
            if len(text) <= _LONGEST:
                places[text, place].append((page, value, number))
    heads: set[int] = set()
    for (text, place), found in places.items():
        counts = all(b[1] - a[1] in (0, b[0] - a[0]) for a, b in itertools.pairwise(found))
        if len(found) >= max(_FEWEST - 1, _MOSTLY * len(ends)) and counts:
            heads.update(number for _, _, number in found)
            heads.update(_at_the_outside(rows, text, place))
    return heads


def _at_the_outside(rows: Sequence[str], text: str, place: int) -> Iterator[int]:
    """Where a head or foot stands on the first page's beginning or the last one's end, which have no form feed."""
    written = [number for number, row in enumerate(rows) if row.replace(PAGE_END, "").strip()]
    outside = written[:_EDGE] if place > 0 else written[-_EDGE:]
    for number in outside:
        if _without_number(rows[number].replace(PAGE_END, "").strip())[0] == text:
            yield number


def _without_number(text: str) -> tuple[str, int]:
    """A row without the only number in it, and that number; a row with several, which is rather one of a list, as it
    is."""
    numbers = re.findall(r"\d+", text)
    return (re.sub(r"\d+", "0", text), int(numbers[0])) if len(numbers) == 1 else (text, 0)


def _beside(rows: Sequence[str], end: int) -> list[tuple[int, int]]:
    """The rows with text next to a page's end, each with its place: -1 the last of the page, 1 the first of the next.

    A row that has its like in the next row of the same page belongs to a list.
    """
    before = [n for n in range(end - 1, max(end - 6, -1), -1) if rows[n].strip()][: _EDGE + 1]
    after = [n for n in range(end, min(end + 6, len(rows))) if rows[n].replace(PAGE_END, "").strip()][: _EDGE + 1]
    found = []
    for sign, side in ((-1, before), (1, after)):
        texts = [re.sub(r"\d+", "0", rows[n].replace(PAGE_END, "").strip()) for n in side]
        found += [(sign * (place + 1), n) for place, n in enumerate(side[:_EDGE]) if texts.count(texts[place]) == 1]
    return found
