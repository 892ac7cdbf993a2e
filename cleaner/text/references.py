"""Character references that the flattening of a page has left in its text: "&#8217;", "&amp;eacute;".

Each block that is changed has a decision in its history with the number of references, for `explain`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import replace

from cleaner.page.candidate import Candidate, Decision

_REFERENCE = re.compile(r"&(?:amp;)?((?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[A-Za-z]{2,8}\d{0,2});)")


def decode_references(blocks: Iterable[Candidate]) -> None:
    """Decodes character references, escaped once or twice.

    Only those of characters outside ASCII: "&lt;" may be what the text is about.
    """
    for block in blocks:
        if "&" in block.text and block.kind != "code":
            text, count = _REFERENCE.subn(_decoded, block.text)
            if text != block.text:
                block.text = text
                block.rows = [[replace(c, text=_REFERENCE.sub(_decoded, c.text)) for c in row] for row in block.rows]
                block.history += (Decision("replace", "characters.references", detail=f"of {count} references"),)


def _decoded(found: re.Match[str]) -> str:
    char = html.unescape("&" + found.group(1))
    return char if len(char) == 1 and ord(char) > 0xA0 and char.isprintable() else found.group()
