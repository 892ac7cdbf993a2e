"""Signs inside the blocks that were read: character references left in text, and quotes and dashes as ASCII has them.

Each block that is changed has a decision in its history that tells how many signs were, so `explain` can count them.
"""

from __future__ import annotations

import html
import re
from dataclasses import replace

from cleaner.page.candidate import Candidate, Decision
from cleaner.page.page import Page

_REFERENCE = re.compile(r"&(?:amp;)?((?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[A-Za-z]{2,8}\d{0,2});)")
_ASCII = str.maketrans(dict.fromkeys("‘’‚‛′", "'") | dict.fromkeys("“”„‟«»″", '"') | dict.fromkeys("‐‑‒–—―−", "-"))
_TYPOGRAPHIC = re.compile("[" + "".join(map(chr, _ASCII)) + "]")


def decode_references(page: Page) -> None:
    """Decodes character references that a text's flattening has left, escaped once or twice: "&#8217;", "&amp;eacute;".

    Only those of signs outside ASCII are certain to be none of the text's: "&lt;" may be what it is about.
    """
    for block in page.blocks:
        if "&" in block.text and block.kind != "code":
            text, count = _REFERENCE.subn(_decoded, block.text)
            if text != block.text:
                block.text = text
                block.rows = [[replace(c, text=_REFERENCE.sub(_decoded, c.text)) for c in row] for row in block.rows]
                block.history += (Decision("replace", "characters.references", detail=f"of {count} references"),)


def _decoded(found: re.Match[str]) -> str:
    char = html.unescape("&" + found.group(1))
    return char if len(char) == 1 and ord(char) > 0xA0 and char.isprintable() else found.group()


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
