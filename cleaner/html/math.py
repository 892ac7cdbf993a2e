"""Formulas: the TeX that a page has for them."""

from __future__ import annotations

from typing import Any


def tex_of(element: Any) -> str | None:
    """The TeX of a <math> element, from its annotation or `alttext`; None where it has none."""
    for note in element.iter("annotation"):
        if note.get("encoding", "").lower() in ("application/x-tex", "tex", "latex", "application/x-latex"):
            return " ".join("".join(note.itertext()).split()) or None
    return " ".join(element.get("alttext", "").split()) or None
