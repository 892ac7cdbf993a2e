"""Options of a cleaner that say how main content is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from cleaner.text import SHIPPED

Extractor = Literal["auto", "trafilatura", "none"]
EXTRACTORS: tuple[str, ...] = get_args(Extractor)
Favor = Literal["precision", "balanced", "recall"]
FAVORS: tuple[str, ...] = get_args(Favor)
Comments = Literal["auto", "keep", "drop"]
COMMENTS: tuple[str, ...] = get_args(Comments)


@dataclass(frozen=True, slots=True)
class Options:
    """Says how main content is chosen; see `Cleaner`."""

    extractor: Extractor = "auto"
    favor: Favor = "balanced"
    comments: Comments = "auto"
    model: Path | None = None
    """The model that scores the blocks of a page; None stands for the model that comes with the package."""
    text_model: Path = SHIPPED
    """The file of the scores for text."""
