"""The texts of a page's blocks as rules compare them: as they are, and folded."""

from __future__ import annotations

from cleaner.normalize import fold
from cleaner.page.page import Page


class Texts:
    """The texts of a page's blocks by number; a text is folded when it is first asked for, and once."""

    def __init__(self, page: Page) -> None:
        self.raw = [block.text for block in page.blocks]
        self._folded: dict[int, str] = {}

    def folded(self, number: int) -> str:
        """The folded text of a block."""
        folded = self._folded.get(number)
        if folded is None:
            folded = self._folded[number] = fold(self.raw[number])
        return folded
