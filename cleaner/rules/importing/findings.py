"""What became of each line of an imported file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What became of a directive."""

    meaning: str
    """For people."""

    def __new__(cls, value: str, meaning: str) -> Outcome:
        member = str.__new__(cls, value)
        member._value_ = value
        member.meaning = meaning
        return member

    TRANSLATED = "translated", "is a rule now"
    NOTED = "noted", "is about tests, and kept as a comment"
    NEEDLESS = "needless", "asks for what cleaner does anyway"
    FETCHING = "fetching", "is about fetching pages, which cleaner does not do"
    LEFT = "left", "holds for all sites, and is imported with --generic"
    MISSING = "missing", "has no counterpart"


@dataclass(frozen=True, slots=True)
class Finding:
    """A directive of an imported file, and what became of it."""

    file: str
    line: int
    """From 1."""
    key: str
    """What the directive is called, or which kind of filter it is."""
    text: str
    """The line."""
    outcome: Outcome
    reason: str = ""
    """Why it has no rule; of a translated one, what is to know about it."""


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """A rule file that was made."""

    name: str
    """Its file name."""
    text: str
    findings: tuple[Finding, ...]


class NotImported(ValueError):
    """Raised for a file that cannot be imported; the message names file and line."""
