"""The layout of flattened text: which lines are one block.

Three things are told from the text itself: whether blank lines stand between blocks, whether lines are hard-wrapped,
and at which width. A wrapped line ends where the next word would not have fitted, so a shorter line ends its block.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

_NARROWEST, _WIDEST = 30, 140
"""Columns between which text is hard-wrapped by anything."""
_MOSTLY = 0.6
"""Share of the lines before another that must be full for a text to be hard-wrapped."""
_STARTS_ITEM = re.compile(r"(?:[-*+•‣▪◦●○]|\d{1,3}[.)])\s")
_SPACELESS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef]")
"""Thai, Lao, Burmese, Khmer, Chinese and Japanese are joined without a space; so are the signs used with them."""
_SPACED = re.compile("[\uac00-\ud7a3]")
"""Korean, which lies among them, has spaces."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that are one block."""

    text: str
    indent: int
    """Columns before its first line."""
    gap: bool
    """Whether a blank line, or the text's beginning, stands before it."""


def join(text: str) -> list[Paragraph]:
    """The blocks of a text by its lines alone."""
    lines = text.expandtabs(4).split("\n")
    width = _wrap_width(lines)
    out: list[Paragraph] = []
    held: list[str] = []
    indent, gap, blank = 0, True, True

    def close() -> None:
        if held:
            out.append(Paragraph(_joined(held), indent, gap))
            held.clear()

    for raw in lines:
        line = raw.strip()
        if not line:
            close()
            blank = True
            continue
        if held and not (width and _is_full(held[-1], line, width) and not _STARTS_ITEM.match(line)):
            close()
        if not held:
            indent, gap = len(raw) - len(raw.lstrip()), blank
        held.append(line)
        blank = False
    close()
    return out


def _wrap_width(lines: list[str]) -> int | None:
    """The column at which lines were wrapped, None where they were not."""
    stripped = [line.strip() for line in lines]
    lengths = [len(line) for line in stripped if " " in line or _SPACELESS.search(line)]
    if not lengths:
        return None
    width = max(lengths)
    if not _NARROWEST <= width <= _WIDEST:
        return None
    pairs = [(a, b) for a, b in pairwise(stripped) if a and b]
    if len(pairs) < 2:
        return None
    full = sum(_is_full(a, b, width) for a, b in pairs)
    return width if full >= _MOSTLY * len(pairs) else None


def _is_full(line: str, following: str, width: int) -> bool:
    """Whether the first word of the following line would not have fitted on this one."""
    if _joins_without_space(line, following):
        return len(line) >= width - 2
    return len(line) + 1 + len(following.split(None, 1)[0]) > width


def _joins_without_space(line: str, following: str) -> bool:
    last, first = line[-1], following[0]
    return bool(
        _SPACELESS.match(last) and _SPACELESS.match(first) and not _SPACED.match(last) and not _SPACED.match(first)
    )


def _joined(lines: list[str]) -> str:
    if len(lines) == 1:
        return " ".join(lines[0].split())
    parts = [lines[0]]
    for before, line in pairwise(lines):
        hyphenated = before.endswith("-") and before[-2:-1].isalpha() and line[:1].isalpha()
        parts.append(line if hyphenated or _joins_without_space(before, line) else " " + line)
    return " ".join("".join(parts).split())
