"""Packages that only some inputs need."""

from __future__ import annotations

import importlib
from typing import Any

from cleaner.readers.record import ReadFailure


def needed(module: str, extra: str) -> Any:
    """The module of a package that an extra of cleaner brings. Raises ReadFailure that names the extra without it."""
    try:
        return importlib.import_module(module)
    except ImportError:
        reason = f"needs the extra '{extra}': pip install 'cleaner[{extra}]'"
        raise ReadFailure("unreadable", reason, f"missing_extra.{extra}") from None
