"""Levels of the headings of a text: by their numbers, or by whether they are in capitals where only some are."""

from __future__ import annotations

import re
from collections.abc import Sequence

_NUMBER = re.compile(r"(\d{1,3}(?:\.\d{1,3})*)(?:[.):]|(?<=\.\d)|(?<=\.\d\d))?\s+\D")
_MAX_LEVEL = 6


def levels_of(headings: Sequence[str]) -> list[int]:
    """The levels, 2 to 6, of headings in their order; each is at most one level below the last."""
    depths = [_depth(text) for text in headings]
    plain = [text for text, depth in zip(headings, depths, strict=True) if not depth]
    by_case = any(map(_is_capitals, plain)) and not all(map(_is_capitals, plain)) and _is_capitals(plain[0])
    levels: list[int] = []
    for text, depth in zip(headings, depths, strict=True):
        level = 1 + depth if depth else 3 if by_case and not _is_capitals(text) else 2
        levels.append(min(level, (levels[-1] if levels else 1) + 1, _MAX_LEVEL))
    return levels


def _depth(text: str) -> int:
    """The number of parts of the number that a heading begins with; 0 where it has none."""
    found = _NUMBER.match(text)
    if not found or ("." not in found.group() and ")" not in found.group() and ":" not in found.group()):
        return 0
    return found.group(1).count(".") + 1


def _is_capitals(text: str) -> bool:
    return text.isupper() and sum(map(str.isalpha, text)) > 1
