"""What can be wrong with a selector: its text, or what it costs on one page."""

from __future__ import annotations


class SelectorError(ValueError):
    """A selector that cannot be used.

    `message` is for people; `position` is the 0-based offset in the expression, None where no place is to blame.
    """

    def __init__(self, message: str, position: int | None = None) -> None:
        super().__init__(message, position)
        self.message = message
        self.position = position

    def __str__(self) -> str:
        return self.message if self.position is None else f"{self.message} (at {self.position})"


class SelectorTooCostly(SelectorError):
    """Raised at evaluation, where a selector would visit more of the page than its budget allows."""
