"""Which lines of flattened text are headings, told by their form and their neighbours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from cleaner.normalize import fold

_MOST_WORDS = 14
_LONGEST = 100
"""Characters of a heading."""
_PROSE_WORDS = 12
_SENTENCE_END = re.compile(r"""[.!?…。！？।؟]["'”’»)\]]*$""")
_NO_HEADING_END = re.compile(r"""(?:(?<!\b[A-Z])[.,;…。，；：:&–—|]|\.\.\.)["'”’»)\]]*$""")
_NO_HEADING = re.compile(
    r"""https?://|www\.|\S@\S+\.\w                          # addresses
    |^[\W\d_]*$                                             # no letter in it
    |^(?:by|von|por|par|di|door|af|av)\s+\p{Lu}             # bylines
    """.replace(r"\p{Lu}", "[A-ZÀ-ÖØ-Þ]"),
    re.X | re.I,
)
_DATE_OR_PRICE = re.compile(
    r"^\W*(?:\d{1,4}[-/. ]\d{1,2}[-/. ]\d{2,4}|[$€£¥]\s?\d|\d+([.,]\d+)?\s?[%$€£¥])|\b\d{1,2}:\d{2}\b|"
    r"^\w{3,9}\.? \d{1,2},? \d{4}$|^\d{1,2}\.? \w{3,9}\.? \d{4}$"
)
_SPACELESS = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")
_QUOTED = re.compile(r"""^["'“‘«„].*["'”’»“]$""")


@dataclass(eq=False)
class Line:
    """A block of flattened text, as seen by the question whether it is a heading."""

    text: str
    marker: str
    """The bullet or number that it begins with."""
    gap: bool

    @cached_property
    def words(self) -> int:
        """Words; in scripts without spaces two characters count as one."""
        return len(self.text.split()) + len(_SPACELESS.findall(self.text)) // 2

    @cached_property
    def is_prose(self) -> bool:
        """Long enough, or a sentence: what can stand under a heading."""
        return (
            len(self.text) > _LONGEST
            or self.words >= _PROSE_WORDS
            or (bool(_SENTENCE_END.search(self.text)) and self.words > 3)
        )

    @cached_property
    def may_be_heading(self) -> bool:
        text = self.text
        if self.words > _MOST_WORDS or len(text) > _LONGEST or (self.marker and not self.marker[0].isdigit()):
            return False
        first = next((c for c in text if c.isalpha()), "")
        if not first or first.islower():
            return False
        return not (
            _NO_HEADING_END.search(text)
            or _NO_HEADING.search(text)
            or _DATE_OR_PRICE.search(text)
            or _QUOTED.match(text)
        )


def find_headings(lines: list[Line]) -> set[int]:
    """Numbers of the lines that are headings: short lines of the right form with prose under them.

    A run of short lines is a menu, a table or a list of names, of which at the most the last ones before the prose
    are headings; a line that comes back is a marker.
    """
    counts: dict[str, int] = {}
    folded = [fold(line.text) if line.may_be_heading else "" for line in lines]
    for text in folded:
        counts[text] = counts.get(text, 0) + 1
    found = set()
    under: list[int] = []
    """The last candidate lines before the current one, nothing but short lines between."""
    run = 0
    for number, line in enumerate(lines):
        if line.is_prose or (line.marker and not line.may_be_heading):
            if line.is_prose or line.marker:
                found.update(_topmost(lines, under, run))
            under, run = [], 0
        elif line.may_be_heading and counts[folded[number]] < 3:
            under.append(number)
            run += 1
        elif counts[folded[number]] < 3 or not line.may_be_heading:
            run += 1
    return found


def _topmost(lines: list[Line], under: list[int], run: int) -> list[int]:
    """Of the short lines above prose, those that are headings of it."""
    if not under:
        return []
    if run <= 2:
        return under
    return under[-1:]
