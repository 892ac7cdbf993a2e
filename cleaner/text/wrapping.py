"""Hard wraps: what a line and the next one tell about whether the first was broken."""

from __future__ import annotations

import re
from collections.abc import Sequence

MIN_WIDTH, MAX_WIDTH = 30, 140
"""Widths at which text is hard-wrapped."""
MAX_OVER = 0.05
"""Maximum share of lines of a wrapped text that are longer than its width: code, tables, text from elsewhere."""
_SLACK = 2
"""Number of characters that a line may lack in scripts without spaces, where some signs may not begin a line."""
_SPACELESS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
"""Characters that are joined without a space: Thai, Lao, Burmese, Khmer, Chinese and Japanese, with their signs."""
_ITEM = re.compile(r"\s*([-*+•‣▪◦●○·–—]|\(?\d{1,3}[.)]|\(?[a-z]\)|\([ivx]{2,4}\)|o(?=\s{2}))\s")
_ENDS = ".!?…。！？।؟"
_CLOSERS = "\"'”’»“›)]}」』）"


def joins_without_space(line: str, following: str) -> bool:
    """Whether the two lines are in a script that has no spaces between words."""
    return bool(_SPACELESS.match(line[-1]) and _SPACELESS.match(following[0]))


def ends_sentence(line: str) -> bool:
    """Whether a line ends as a sentence does."""
    bare = line.rstrip(_CLOSERS)
    return bool(bare) and bare[-1] in _ENDS


def starts_item(line: str) -> str:
    """The bullet or number that a line begins with; empty where there is none."""
    found = _ITEM.match(line)
    return found.group(1) if found else ""


def hanging(rows: Sequence[str]) -> list[bool]:
    """For each row whether it continues the item above it: it begins right below the text of the item."""
    if not any(row[:1].isspace() for row in rows):
        return [False] * len(rows)
    found, column = [], -1
    for row in rows:
        item = _ITEM.match(row)
        indent = len(row) - len(row.lstrip())
        found.append(item is None and bool(row) and indent == column)
        if item:
            column = len(row) - len(row[item.end() :].lstrip())
        elif not found[-1]:
            column = -1
    return found


def flows(line: str, following: str) -> bool:
    """Whether the sentence of a line seems to continue on the next line."""
    first = following.lstrip()[:1]
    return (first.islower() or not (first.isupper() or first.isdigit())) and not ends_sentence(line)


def widest_fit(line: str, following: str) -> int:
    """The maximum width of a text if the end of this line is a wrap."""
    if joins_without_space(line, following.lstrip()):
        return len(line) + _SLACK
    return len(line) + len(following.split(None, 1)[0])
