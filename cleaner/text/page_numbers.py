"""Page numbers of printed pages: rows with a number that goes up by one from page to page, alone or in a running head.

A number stands at the beginning or at the end of its row, or after a word for pages: "12", "- 12 -", "12 / 80",
"12   The Island News", "Island Press, page 12 of 80". Other things are numbered too, such as chapters, steps and
verses. So a series of numbers counts pages only with a sign of it: a word for pages, form feeds, or sentences that
continue after the number.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from cleaner.text.wrapping import flows

MAX_HEAD = 99
"""Maximum number of characters of a running head, the space before it included."""
_MIN_PAGES = 3
"""Minimum number of numbers that count pages."""
_MIN_ROWS, _MIN_ROWS_CERTAIN = 8, 4
"""Minimum number of rows from one page number to the next where the text has no form feeds, and where words say that
it is a page number."""
_MIN_COUNTED = 0.8
"""Minimum share of the numbers of a series that go up from page to page."""
_MIN_BREAKS = 0.3
"""Minimum share of the numbers beside other words that are in the middle of a sentence."""
_MAX_IRREGULAR = 4
"""Maximum difference in rows between the pages of a text whose page numbers are never in the middle of a sentence."""
_MAX_STEP = 2
"""Maximum difference from one number to the next: left and right pages may have different heads."""
_MAX_BARE = 999
"""Maximum of a page number without a word for pages; a larger number is a year, or something else."""
_WORDS = (
    "pages?|pg|p|seite|s|página|pág|pagina|pag|páxina|blz|side|sida|sivu|strona|str|strana|stran|oldal|sayfa|"
    "страница|стр|с|сторінка|стор|σελίδα|σελ|صفحة|صفحه|עמוד|पृष्ठ|trang|halaman|หน้า|第|페이지|ページ"
)
_AFTER = r"\s?(?:[页頁쪽]|페이지|ページ|\|\s?p\s?a\s?g\s?e)"
"""Words for pages that are after the number."""
_TOTAL = rf"(?P<total>(?:{_AFTER})?,?\s?(?:[/|]|[^\W\d_]{{1,4}})\s?\d{{1,4}})?"
_WHOLE = r"(?<![\w.,:/$€£+-])"
"""Before a number that is not a part of a date, a time, a price or a fraction."""
_BY_WORD = re.compile(
    rf"(?:(?<!\w)(?P<word>{_WORDS})\b\W{{0,3}}|第\s?)(?P<value>\d{{1,4}})(?![\d.,:]\d|\d){_TOTAL}(?:{_AFTER})?",
    re.IGNORECASE,
)
_AT_END = re.compile(rf"{_WHOLE}(?P<value>\d{{1,4}}){_TOTAL}(?P<word>{_AFTER})?\W{{0,4}}$", re.IGNORECASE)
_AT_START = re.compile(
    rf"\W{{0,4}}(?P<value>\d{{1,4}})(?![\d.,:/-]*\d){_TOTAL}(?P<word>{_AFTER})?(?=\W)", re.IGNORECASE
)
_DIGIT = re.compile(r"\d")
_ROMAN = re.compile(r"[\s\W]{0,99}?(x{0,3}(?:ix|iv|v?i{0,3}))[\s\W]{0,4}")
"""A small Roman number alone in its row, up to xxxix."""
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10}
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+$")


class _Number(NamedTuple):
    """A number that may be that of a page."""

    row: int
    value: int
    total: int
    """The number of pages that is told beside it; 0 where none is."""
    is_apart: bool
    """Whether a wide space is between it and the rest of its row, or the rest is an address."""


class _Key(NamedTuple):
    """What the rows of a series have in common."""

    text: str
    has_word: bool
    has_total: bool
    is_roman: bool = False

    @property
    def is_told(self) -> bool:
        """Whether the rows say that they count pages, or all the pages, and nothing else."""
        return self.has_word or (self.has_total and not self.text)


_ROMAN_KEY = _Key("", has_word=False, has_total=False, is_roman=True)


def page_numbers(rows: Sequence[str], is_paged: bool) -> set[int]:
    """The rows with page numbers; `is_paged` says whether the text has form feeds."""
    series: dict[_Key, list[_Number]] = defaultdict(list)
    for number, row in enumerate(rows):
        if not 0 < len(row) <= MAX_HEAD:
            continue
        if _DIGIT.search(row):
            for key, found in _numbers_in(number, row.strip()):
                series[key].append(found)
        elif (roman := _ROMAN.fullmatch(row)) and roman.group(1):
            series[_ROMAN_KEY].append(_Number(number, _roman_value(roman.group(1)), 0, False))
    chains = {key: chain for key, found in series.items() if (chain := _chain(rows, key, found, is_paged))}
    if not chains:
        return set()
    bare = _without(rows, {n.row for chain in chains.values() for n in chain})
    sure = [n for key, chain in chains.items() if _counts_pages(bare, key, chain, is_paged) for n in chain]
    pages = {n.value: n.row for n in sure}
    return {n.row for n in sure} | {n.row for found in series.values() for n in found if _fits(n, pages)}


def breaks_sentence(rows: Sequence[str], number: int) -> bool:
    """Whether the sentence before a row continues after it."""
    before = next((rows[n] for n in range(number - 1, -1, -1) if rows[n]), "")
    after = next((rows[n] for n in range(number + 1, len(rows)) if rows[n]), "")
    return bool(before and after) and flows(before, after)


def _without(rows: Sequence[str], numbers: set[int]) -> list[str]:
    """The rows with blank ones in place of those with page numbers, and of short rows that recur as heads do."""
    counts = Counter(row for row in rows if 0 < len(row) <= MAX_HEAD)
    return ["" if n in numbers or counts[row] >= _MIN_PAGES else row for n, row in enumerate(rows)]


def _numbers_in(number: int, row: str) -> Iterator[tuple[_Key, _Number]]:
    """The numbers of a row that may be those of pages, each with what the row is without it."""
    by_word = _BY_WORD.search(row)
    places: set[int] = set()
    for found in (by_word,) if by_word else (_AT_END.search(row), _AT_START.match(row)):
        if found is None or found.start("value") in places:
            continue
        places.add(found.start("value"))
        left, right = row[: found.start()], row[found.end() :]
        text = re.sub(r"[\W_]+", " ", left + right).strip().lower()
        has_word = by_word is not None or found["word"] is not None
        value, total = int(found["value"]), found["total"]
        if has_word or value <= _MAX_BARE:
            is_apart = left.endswith("  ") or right.startswith("  ") or bool(_ADDRESS.match(left.strip()))
            count = int(re.findall(r"\d+", total)[-1]) if total else 0
            yield _Key(text, has_word, total is not None), _Number(number, value, count, is_apart)


def _roman_value(text: str) -> int:
    """The value of a Roman number."""
    values = [_ROMAN_VALUES[char] for char in text]
    return sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))


def _chain(rows: Sequence[str], key: _Key, found: Sequence[_Number], is_paged: bool) -> list[_Number]:
    """The numbers of a series that may count pages; empty where they do not."""
    apart = 1 if is_paged else _MIN_ROWS_CERTAIN if key.is_told else _MIN_ROWS
    chain = _longest(found, apart) if len(found) >= _MIN_PAGES or key.has_total else []
    return chain if len(chain) >= _MIN_COUNTED * len(found) and _are_enough(rows, key, chain) else []


def _counts_pages(rows: Sequence[str], key: _Key, chain: Sequence[_Number], is_paged: bool) -> bool:
    """Whether there is a sign that a chain counts pages; `rows` are without what may be at the edges of pages."""
    breaks = sum(breaks_sentence(rows, n.row) for n in chain)
    if key.is_told or not key.text:
        return key.is_told or is_paged or breaks > 0
    is_apart = all(n.is_apart for n in chain)
    return breaks >= _MIN_BREAKS * len(chain) or (is_apart and (breaks > 0 or is_paged or _are_regular(chain)))


def _longest(found: Sequence[_Number], apart: int) -> list[_Number]:
    """The longest chain of numbers that go up by one, or by two from one left page to the next."""
    return max((_by_step(found, apart, step) for step in range(1, _MAX_STEP + 1)), key=len)


def _by_step(found: Sequence[_Number], apart: int, step: int) -> list[_Number]:
    """The longest chain of numbers that go up by a step."""
    best: dict[int, int] = {}  # where the longest chain that ends with a value ends
    before, lengths = [-1] * len(found), [1] * len(found)
    for place, number in enumerate(found):
        last = best.get(number.value - step, -1)
        if last >= 0 and number.row - found[last].row >= apart * step:
            before[place], lengths[place] = last, lengths[last] + 1
        if number.value not in best or lengths[place] > lengths[best[number.value]]:
            best[number.value] = place
    chain, place = [], max(best.values(), key=lengths.__getitem__)
    while place >= 0:
        chain.append(found[place])
        place = before[place]
    return [*chain[::-1], *_last_page(found, chain[0], step)]


def _last_page(found: Sequence[_Number], before: _Number, step: int) -> list[_Number]:
    """The number of the last page, which may be short."""
    return [n for n in found if n.value == before.value + step and n.row > before.row + 1][:1]


def _are_enough(rows: Sequence[str], key: _Key, chain: Sequence[_Number]) -> bool:
    """Whether there are enough numbers: several, or all the pages that the text says that it has."""
    if len(chain) >= _MIN_PAGES:
        return True
    is_all = key.has_total and len(chain) == chain[-1].total == chain[-1].value
    return is_all and (key.has_word or chain[0].is_apart) and (len(chain) > 1 or not any(rows[chain[0].row + 1 :]))


def _are_regular(chain: Sequence[_Number]) -> bool:
    """Whether the numbers are at the same distance from one another; the last page may be shorter."""
    steps = [(after.row - before.row) // (after.value - before.value) for before, after in pairwise(chain)]
    return max(steps) - min(steps[:-1] or steps) <= _MAX_IRREGULAR


def _fits(found: _Number, pages: dict[int, int]) -> bool:
    """Whether a number is that of a page between two others, or the last: a chapter may begin with another head."""
    before, after = pages.get(found.value - 1), pages.get(found.value + 1)
    if found.value in pages or before is None or before >= found.row:
        return False
    return found.row < after if after is not None else found.is_apart and found.value > max(pages)
