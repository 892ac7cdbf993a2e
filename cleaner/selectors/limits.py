"""How large a selector may be: far above what people write, and small enough for recursion to be safe."""

from __future__ import annotations

from cleaner.selectors.errors import SelectorError

MAX_LENGTH = 2000
"""Characters."""
MAX_NESTING = 30
"""Levels of parentheses and brackets, or of operators in a row."""


def check_length(source: str) -> None:
    """Raises SelectorError where the text of a selector is empty or too long."""
    if not source.strip():
        raise SelectorError("the selector is empty", 0)
    if len(source) > MAX_LENGTH:
        raise SelectorError(f"{len(source)} characters; a selector may have {MAX_LENGTH}", MAX_LENGTH)
