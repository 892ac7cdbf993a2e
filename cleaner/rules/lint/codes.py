"""The kinds of findings: each has a code, which docs/rule-findings.md explains."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "note"]
"""An error keeps the file from loading; a warning is most likely a mistake; a note may well be meant."""

SEVERITY: dict[str, Severity] = {
    "file": "error",
    "syntax": "error",
    "too-large": "error",
    "unknown-key": "error",
    "missing-key": "error",
    "wrong-value": "error",
    "combination": "error",
    "pattern": "error",
    "selector": "error",
    "duplicate-id": "error",
    "former-key": "warning",
    "unused-key": "warning",
    "duplicate-item": "warning",
    "duplicate-rule": "warning",
    "shadowed-rule": "warning",
    "keep-drop-conflict": "warning",
    "matches-everything": "warning",
    "matches-nothing": "warning",
    "not-a-block": "warning",
    "costly-selector": "warning",
    "unknown-element": "note",
    "site-www": "warning",
    "site-too-wide": "warning",
    "unknown-language": "warning",
    "replaces-shipped": "warning",
    "literal-group": "warning",
    "test-elsewhere": "warning",
    "untested-rule": "warning",
}


@dataclass(frozen=True, slots=True)
class Edit:
    """Replaces a stretch of a file's text, in characters and half-open."""

    start: int
    end: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong or doubtful at one place of a rule file; line and column count from 1, 0 is the whole file."""

    file: str
    line: int
    column: int
    code: str
    message: str
    width: int = 1
    """Characters that are meant, from the column on."""
    edits: tuple[Edit, ...] = ()
    """What mends it, where that is safe."""

    @property
    def severity(self) -> Severity:
        """How bad it is."""
        return SEVERITY[self.code]
