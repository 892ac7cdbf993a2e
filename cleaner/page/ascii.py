"""Quotes and dashes made those of ASCII.

Each block that is changed has a decision in its history with the number of its characters that were, for `explain`.
"""

from __future__ import annotations

from dataclasses import replace

from cleaner import lazily
from cleaner.page.candidate import Candidate, Decision
from cleaner.page.page import Page

_ASCII = str.maketrans(dict.fromkeys("‘’‚‛′", "'") | dict.fromkeys("“”„‟«»″", '"') | dict.fromkeys("‐‑‒–—―−", "-"))
_TYPOGRAPHIC = lazily.pattern("[" + "".join(map(chr, _ASCII)) + "]")


def to_ascii(page: Page) -> None:
    """Makes quotes and dashes those of ASCII, in all blocks but code; one sign becomes one sign, so spans stay."""
    for block in page.blocks:
        if block.kind not in ("code", "math"):
            count = len(_TYPOGRAPHIC.findall(block.text))
            if count:
                _translate(block)
                block.history += (Decision("replace", "characters.ascii", detail=f"{count} signs"),)


def _translate(block: Candidate) -> None:
    block.text = block.text.translate(_ASCII)
    block.rows = [[replace(cell, text=cell.text.translate(_ASCII)) for cell in row] for row in block.rows]
