"""What one evaluation may cost."""

from __future__ import annotations

from cleaner.selectors.errors import SelectorTooCostly

BASE = 5_000_000
PER_NODE = 100
SCALAR = 8
"""Units of a look-up for one node, where a visit in a pass over many is one."""
CHARACTERS_PER_UNIT = 16


class Budget:
    """Counts units of about a tenth of a microsecond."""

    def __init__(self, nodes: int) -> None:
        self._left = BASE + PER_NODE * nodes

    def charge(self, units: int) -> None:
        """Raises SelectorTooCostly where nothing is left."""
        self._left -= units
        if self._left < 0:
            raise SelectorTooCostly("the selector takes too long on this page; make it more specific")

    def charge_text(self, characters: int) -> None:
        self.charge(SCALAR + characters // CHARACTERS_PER_UNIT)
