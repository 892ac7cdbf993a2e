"""Pages that were walked without the stages around the walk, and what stands in for rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cleaner.html.parse import parse
from cleaner.html.walk import Walked, Walker
from cleaner.page.candidate import Candidate


class Selectors:
    """Selectors that are a tag, ".class" or "#id", by their places; those in `unwrapped` unwrap elements."""

    def __init__(self, *selectors: str, unwrapped: tuple[str, ...] = ()) -> None:
        self.names = [*selectors, *unwrapped]
        self.unwrapped = range(len(selectors), len(self.names))
        self.special: Mapping[Any, tuple[int, ...]] = {}
        self.stretches = ()
        self.replaced = ()
        self.asked: list[tuple[str, str, str]] = []

    def prepare(self, root: Any) -> None: ...

    def mark(self, element: Any, selectors: tuple[int, ...]) -> None: ...

    def of(self, tag: str, id: str, classes: str) -> tuple[int, ...]:
        self.asked.append((tag, id, classes))
        known = {tag, f"#{id}", *(f".{name}" for name in classes.split())}
        return tuple(number for number, name in enumerate(self.names) if name in known)

    def unwraps(self, selectors: tuple[int, ...]) -> bool:
        return any(number in self.unwrapped for number in selectors)


def body_of(html: str) -> Any:
    """The <body> of a page."""
    root, _ = parse(f"<html><body>{html}</body></html>")
    return root.find("body")


def walked(html: str, *selectors: str, unwrapped: tuple[str, ...] = (), is_markdown: bool = False) -> Walked:
    """The page that the walk makes of the inside of a <body>."""
    return Walker(Selectors(*selectors, unwrapped=unwrapped), is_markdown=is_markdown).walk(body_of(html))


def said(block: Candidate) -> str:
    """A block in a line: kind and level, its containers, its text."""
    kind = f"{block.kind}{block.level or ''}"
    around = "".join(f" {c.kind}{'' if c.number is None else c.number}" for c in block.containers)
    return f"{kind}{around}: {block.src or block.text}"


def marks_of(page: Walked) -> list[tuple[int, str]]:
    """Each selector with the text of a block that it matched a part of."""
    return [(mark.selector, page.blocks[mark.block].text[mark.start : mark.end]) for mark in page.marks]
