"""What the posts of a discussion say of themselves, as they were read."""

from __future__ import annotations

from dataclasses import dataclass

from cleaner.document import Container
from cleaner.page.candidate import Candidate


@dataclass(frozen=True, slots=True)
class PostHead:
    """The author and the date of a post, in the page's own words."""

    author: str
    dates: tuple[str, ...] = ()
    """What may give the date, the best first: attributes, then texts."""
    shown: tuple[str, ...] = ()
    """The texts of the dates that a reader sees."""


def post_of_block(block: Candidate) -> Container | None:
    """The post that a block is in, the innermost where posts stand in each other; None where it is in none.

    Blocks with the same `key` of this container are in the same post.
    """
    return next((container for container in reversed(block.containers) if container.kind == "post"), None)
