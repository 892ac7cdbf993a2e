"""Levels of the headings of a text: by their numbers, by the signs below them, or by capitals where some have none."""

from __future__ import annotations

import re
from collections.abc import Sequence

_NUMBER = re.compile(r"(\d{1,3}(?:\.\d{1,3})*)(?:[.):]|(?<=\.\d)|(?<=\.\d\d))?\s+\D")
_MAX_LEVEL = 6


def levels_of(headings: Sequence[str], signs: Sequence[str] = ()) -> list[int]:
    """The levels, 2 to 6, of headings in their order; each is at most one level below the last.

    `signs` are those that the headings are underlined with, an empty string where one is not.
    """
    depths = [_depth(text) for text in headings]
    plain = [text for text, depth in zip(headings, depths, strict=True) if not depth]
    by_case = any(map(_is_capitals, plain)) and not all(map(_is_capitals, plain)) and _is_capitals(plain[0])
    by_sign = _levels_of_signs(signs)
    levels: list[int] = []
    for number, (text, depth) in enumerate(zip(headings, depths, strict=True)):
        level = 1 + depth if depth else 3 if by_case and not _is_capitals(text) else 2
        if number < len(signs) and signs[number]:
            level = by_sign[signs[number]]
        levels.append(min(level, (levels[-1] if levels else 1) + 1, _MAX_LEVEL))
    return levels


def _levels_of_signs(signs: Sequence[str]) -> dict[str, int]:
    """The level of each sign, in their order; a sign that only the first heading has is that of the title."""
    order = [sign for sign in dict.fromkeys(signs) if sign]
    if len(order) > 1 and signs[0] and signs.count(signs[0]) == 1:
        order.remove(signs[0])
        return {signs[0]: 2} | {sign: 2 + rank for rank, sign in enumerate(order)}
    return {sign: 2 + rank for rank, sign in enumerate(order)}


def _depth(text: str) -> int:
    """The number of parts of the number that a heading begins with; 0 where it has none."""
    found = _NUMBER.match(text)
    if not found or ("." not in found.group() and ")" not in found.group() and ":" not in found.group()):
        return 0
    return found.group(1).count(".") + 1


def _is_capitals(text: str) -> bool:
    return text.isupper() and sum(map(str.isalpha, text)) > 1
