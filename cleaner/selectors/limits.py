"""Limits on selectors: how long and how deep one may be, what an evaluation may cost, and the errors that say so.

A selector may be far larger than what people write, and is still small enough for recursion to be safe.
"""

from __future__ import annotations

MAX_LENGTH = 2000
"""Characters of a selector."""
MAX_NESTING = 30
"""Levels of parentheses and brackets, or of operators in a row."""
BASE_UNITS = 5_000_000
"""Units that an evaluation may cost on any page. A unit takes about a tenth of a microsecond."""
UNITS_PER_NODE = 100
"""Units more for each node of the page."""
LOOKUP_UNITS = 8
"""Cost of a look-up for a single node, where a visit in a pass over many nodes costs 1."""
CHARACTERS_PER_UNIT = 16


PAGE_UNITS = 5_000_000
"""Units, and `UNITS_PER_NODE` for each node: what all evaluations on a page may cost together beyond the ordinary."""
ORDINARY_UNITS = 5
"""Units for each node that an evaluation may always cost; most cost less."""


class SelectorError(ValueError):
    """Tells why a selector cannot be used.

    `message` is for people; `position` is the 0-based offset in the selector, None where no place is to blame.
    """

    def __init__(self, message: str, position: int | None = None) -> None:
        super().__init__(message, position)
        self.message = message
        self.position = position

    def __str__(self) -> str:
        return self.message if self.position is None else f"{self.message} (at {self.position})"


class SelectorTooCostly(SelectorError):
    """Tells that an evaluation would visit more of the page than its budget allows."""


def check_length(source: str) -> None:
    """Raises SelectorError where the text of a selector is empty or too long."""
    if not source.strip():
        raise SelectorError("the selector is empty", 0)
    if len(source) > MAX_LENGTH:
        raise SelectorError(f"{len(source)} characters; a selector may have {MAX_LENGTH}", MAX_LENGTH)


class Pot:
    """What the evaluations on one page may cost together: without it, a thousand selectors take a thousand budgets.

    Evaluations come one after the other. When one begins, it is counted what the one before has taken.
    """

    def __init__(self) -> None:
        self._left: int | None = None
        self._ordinary = 0
        self._last: Budget | None = None

    def opened_by(self, budget: Budget, nodes: int) -> int:
        """Returns the most that a budget may have on a page of `nodes` nodes."""
        if self._left is None:
            self._left, self._ordinary = PAGE_UNITS + UNITS_PER_NODE * nodes, ORDINARY_UNITS * nodes
        if self._last is not None:
            self._left -= max(0, self._last.spent - self._ordinary)
        self._last = budget
        return self._ordinary + max(0, self._left)


class Budget:
    """Counts down the units that one evaluation may cost on a page of `nodes` nodes, or up to a limit of its own."""

    def __init__(self, nodes: int, limit: int | None = None, pot: Pot | None = None) -> None:
        self._units = BASE_UNITS + UNITS_PER_NODE * nodes if limit is None else limit
        if pot is not None:
            self._units = min(self._units, pot.opened_by(self, nodes))
        self._left = self._units

    @property
    def spent(self) -> int:
        """The units that have been taken off."""
        return self._units - self._left

    def charge(self, units: int) -> None:
        """Takes units off. Raises SelectorTooCostly where none are left."""
        self._left -= units
        if self._left < 0:
            raise SelectorTooCostly("the selector takes too long on this page; make it more specific")

    def charge_text(self, characters: int) -> None:
        """Takes off the cost of one look-up that reads so long a text. Raises SelectorTooCostly."""
        self.charge(LOOKUP_UNITS + characters // CHARACTERS_PER_UNIT)
