"""What the writer of Markdown can be asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Links = Literal["inline", "reference", "none"]
LINKS: tuple[str, ...] = get_args(Links)
_HIGHEST, _LOWEST = 1, 6


@dataclass(frozen=True, slots=True)
class MarkdownOptions:
    """How a document is written as Markdown. Raises ValueError for a value that makes no sense."""

    links: Links = "inline"
    """`[text](address)`, `[text][1]` with the addresses at the end of the document, or the text alone."""
    images: bool = True
    """Whether images are written. Without them, their captions stay."""
    heading_links: bool = False
    """Whether a link around the whole text of a heading is written."""
    heading_offset: int = 0
    """Number that is added to the level of each heading."""
    max_heading_level: int = _LOWEST
    """Headings of lower levels, 1 (highest) to 6, are raised to this one."""
    wrap: int | None = None
    """Maximum characters of a line of prose; None for a paragraph in one line. Headings and tables are not wrapped."""

    def __post_init__(self) -> None:
        if self.links not in LINKS:
            raise ValueError(f"unknown links {self.links!r}; there are {', '.join(LINKS)}")
        if not isinstance(self.images, bool) or not isinstance(self.heading_links, bool):
            raise ValueError(f"images and heading_links are booleans, not {self.images!r} and {self.heading_links!r}")
        if not isinstance(self.heading_offset, int):
            raise ValueError(f"heading_offset is a whole number, not {self.heading_offset!r}")
        if self.max_heading_level not in range(_HIGHEST, _LOWEST + 1):
            raise ValueError(f"max_heading_level is {_HIGHEST} to {_LOWEST}, not {self.max_heading_level!r}")
        if self.wrap is not None and (not isinstance(self.wrap, int) or self.wrap < 1):
            raise ValueError(f"wrap is a whole number, at least 1, not {self.wrap!r}")

    def level(self, given: int | None) -> int:
        """The level that a heading is written with; one without a level has level 2."""
        return min(max((given or 2) + self.heading_offset, _HIGHEST), self.max_heading_level)


DEFAULT = MarkdownOptions()
