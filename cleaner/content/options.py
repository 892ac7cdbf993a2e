"""How the main content is chosen: the options of a cleaner that concern it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from cleaner.text.reader import SHIPPED

Extractor = Literal["auto", "trafilatura", "none"]
EXTRACTORS: tuple[str, ...] = get_args(Extractor)
Favor = Literal["precision", "balanced", "recall"]
FAVORS: tuple[str, ...] = get_args(Favor)
Comments = Literal["auto", "keep", "drop"]
COMMENTS: tuple[str, ...] = get_args(Comments)


@dataclass(frozen=True, slots=True)
class Options:
    """How main content is chosen; see `Cleaner`."""

    extractor: Extractor = "auto"
    favor: Favor = "balanced"
    comments: Comments = "auto"
    model: Path | None = None
    """The score of a page's blocks."""
    text_model: Path = SHIPPED
    """The scores of a text's lines."""
