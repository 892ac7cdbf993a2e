"""Packages that only some inputs need."""

from __future__ import annotations

import importlib
from typing import Any

from cleaner.readers.record import ReadFailure


def missing(extra: str) -> str:
    """What to tell of something whose package is not installed."""
    return f"needs the extra '{extra}': pip install 'cleaner[{extra}]'"


def needed(module: str, extra: str) -> Any:
    """The module of a package that an extra of cleaner brings. Raises ReadFailure that names the extra without it."""
    try:
        return importlib.import_module(module)
    except ImportError:
        raise ReadFailure("unreadable", missing(extra), f"missing_extra.{extra}") from None
