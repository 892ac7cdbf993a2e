"""Tables in documents that a command writes, between two comments."""

from __future__ import annotations

import re
from pathlib import Path


def put(document: Path, mark: str, tables: str) -> None:
    """Replaces what stands between `<!-- MARK: ... -->` and `<!-- end of MARK -->`.

    Raises ValueError where the document has no such comments.
    """
    place = re.compile(rf"(<!-- {mark}: [^\n]*-->\n\n).*?(\n<!-- end of {mark} -->)", re.S)
    text, count = place.subn(lambda found: found[1] + tables + found[2], document.read_text(encoding="utf-8"))
    if not count:
        raise ValueError(f"{document} has no place for {mark}")
    document.write_text(text, encoding="utf-8")
